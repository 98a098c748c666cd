/**
 * <offline-copy pages="/routines/x/ /routines/x/play/" automatic>
 *   <button type="button" hidden>Save it on this device</button> <output></output>
 * </offline-copy>
 *
 * Has the service worker save these pages: at once (`automatic`), or when the button is pressed. Says when the page on the
 * screen is a saved copy, and when a newer one has come.
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
    if (this.hasAttribute("automatic")) {
      this.#save(false);
    }
  }

  async #save(aloud) {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      this.dataset.isSaved = data.saved;
      if (aloud) {
        this.#say(data.saved ? "Saved. You can open it without a network." : "It could not be saved. Try again with a network.");
      }
    };
    active.postMessage({ save: this.getAttribute("pages").split(" ") }, [port2]);
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
