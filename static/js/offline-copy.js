/**
 * <offline-copy pages="/routines/x/ /routines/x/play/" automatic>
 *   <button type="button" hidden>Save it on this device</button>
 *   <button type="button" data-part="remove" hidden>Remove it from this device</button> <output></output>
 * </offline-copy>
 *
 * Has the service worker save these pages: at once (`automatic`), or when the button is pressed; and remove them again, where
 * there is a button for that. Says when the page on the screen is a saved copy, and when a newer one has come.
 */
class OfflineCopy extends HTMLElement {
  async connectedCallback() {
    this.#sayIfSaved();
    if (!("serviceWorker" in navigator) || !window.isSecureContext) {
      return;
    }
    navigator.serviceWorker.addEventListener("message", ({ data }) => data.newer && this.#offerNewer());
    try {
      await navigator.serviceWorker.register("/service-worker.js");
    } catch {
      return;
    }
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.#save(true));
    this.#removeButton?.addEventListener("click", () => this.#remove(button));
    this.#offerToRemove();
    if (this.hasAttribute("automatic")) {
      this.#save(false);
    }
  }

  get #pages() {
    return this.getAttribute("pages").split(" ");
  }

  get #removeButton() {
    return this.querySelector("[data-part=remove]");
  }

  async #save(aloud) {
    const { saved } = await this.#ask({ save: this.#pages });
    this.dataset.isSaved = saved;
    this.#offerToRemove();
    if (aloud) {
      this.#say(saved ? "Saved. You can open it without a network." : "It could not be saved. Try again with a network.");
    }
  }

  async #remove(saveButton) {
    await this.#ask({ remove: this.#pages });
    this.dataset.isSaved = false;
    saveButton.focus(); // before the pressed button goes
    this.#offerToRemove();
    this.#say("Removed. No copy of it is on this device any more.");
  }

  async #ask(message) {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    return new Promise((answer) => {
      port1.onmessage = ({ data }) => answer(data);
      active.postMessage(message, [port2]);
    });
  }

  async #offerToRemove() {
    if (this.#removeButton) {
      const kept = await Promise.all(this.#pages.map((page) => caches.match(page)));
      this.#removeButton.hidden = !kept.some(Boolean);
    }
  }

  #sayIfSaved() {
    const saved = Date.parse(document.body.dataset.savedAt ?? "");
    if (saved) {
      const day = new Date(saved).toLocaleString("en-US", { dateStyle: "long", timeStyle: "short" });
      this.#say(`${navigator.onLine ? "Our site does not answer" : "You are offline"}. This copy is from ${day}. The clinic may have changed it since.`);
    }
  }

  #offerNewer() {
    this.#say("There is a newer version. ");
    this.querySelector("output").append(Object.assign(document.createElement("a"), { href: location.href, textContent: "Show it" }));
  }

  #say(text) {
    this.querySelector("output").textContent = text;
  }
}

customElements.define("offline-copy", OfflineCopy);
