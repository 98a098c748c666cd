/**
 * <saved-routines><p>…</p></saved-routines>
 *
 * Adds links to the routines that are kept on this device.
 */
class SavedRoutines extends HTMLElement {
  async connectedCallback() {
    if (!window.caches) {
      return;
    }
    const cache = await caches.open("kneecare");
    const kept = (await cache.keys()).filter(({ url }) => /^\/(routines|handouts)\/[^/]+\/$/.test(new URL(url).pathname));
    const items = await Promise.all(kept.map((request) => this.#link(cache, request)));
    if (items.length) {
      const list = Object.assign(document.createElement("ul"), { className: "plain-list" });
      list.append(...items);
      this.replaceChildren(list);
    }
  }

  async #link(cache, request) {
    const text = await (await cache.match(request)).text();
    const title = new DOMParser().parseFromString(text, "text/html").querySelector("h1").textContent;
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: new URL(request.url).pathname, textContent: title, className: "tap" }));
    return item;
  }
}

customElements.define("saved-routines", SavedRoutines);
