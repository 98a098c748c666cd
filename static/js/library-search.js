/**
 * <library-search>
 *   <form action="/exercises/"><input type="search" name="q">…</form>
 *   <div data-results><h2>5 exercises</h2>…</div>
 * </library-search>
 *
 * Asks for the page's answer anew while somebody types, and puts it in place of the old one. The form stays as it is,
 * with its focus; it works without this.
 */
const PAUSE = 250; // milliseconds after the last key

class LibrarySearch extends HTMLElement {
  #status = document.createElement("output");
  #timer;
  #asked;

  connectedCallback() {
    this.#status.className = "visually-hidden";
    this.append(this.#status);
    this.addEventListener("input", this);
  }

  disconnectedCallback() {
    this.#drop();
    this.removeEventListener("input", this);
  }

  handleEvent() {
    this.#drop();
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#asked?.abort();
  }

  get #address() {
    const form = this.querySelector("form");
    const given = [...new FormData(form)].filter(([, value]) => value.trim());
    return `${form.action}${given.length ? `?${new URLSearchParams(given)}` : ""}`;
  }

  async #ask() {
    const address = this.#address;
    const asked = new AbortController();
    this.#asked = asked;
    try {
      const response = await fetch(address, { signal: asked.signal });
      if (!response.ok) return;
      const html = await response.text();
      // An answer to words that have changed since is dropped.
      if (!asked.signal.aborted) this.#show(new DOMParser().parseFromString(html, "text/html"), address);
    } catch {
      // Without a network, or with newer words: what is shown stays.
    }
  }

  #show(page, address) {
    const answer = page.querySelector("library-search [data-results]");
    const old = this.querySelector("[data-results]");
    answer.querySelector("details").open = old.querySelector("details").open;
    old.replaceWith(answer);
    this.#tellNoPage();
    history.replaceState(history.state, "", address);
    this.#status.value = answer.querySelector("h2").textContent;
  }

  /** Words may be about somebody's health: from here on no page is told the address that they stand in. */
  #tellNoPage() {
    if (!document.querySelector("meta[name=referrer]")) {
      document.head.append(Object.assign(document.createElement("meta"), { name: "referrer", content: "no-referrer" }));
    }
  }
}

customElements.define("library-search", LibrarySearch);
