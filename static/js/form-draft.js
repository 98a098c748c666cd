/**
 * <form-draft><form>…</form></form-draft>
 *
 * Keeps what was filled in over a reload, for this tab alone: sessionStorage ends with the tab. Sending the
 * form deletes it. What the page itself holds, as after an error, is never overwritten.
 */
const FIELDS = "input:not([type=hidden], [tabindex='-1']), select, textarea";

/* A tick box with a value of its own is one of several choices. One that says "on" is consent, which is given anew. */
const isChoice = (field) => field.type === "radio" || (field.type === "checkbox" && field.value !== "on");

class FormDraft extends HTMLElement {
  #key = `form-draft ${location.pathname}`;

  connectedCallback() {
    const form = this.querySelector("form");
    if (!form.querySelector("[aria-invalid], [role=alert]")) {
      this.#restore(form);
    }
    this.#keep(form);
    form.addEventListener("input", () => this.#keep(form));
    form.addEventListener("submit", () => this.#store(null));
  }

  #restore(form) {
    const kept = this.#read();
    for (const field of form.querySelectorAll(FIELDS)) {
      const values = kept[field.name] ?? [];
      if (isChoice(field)) {
        field.checked ||= values.includes(field.value);
      } else if (field.type !== "checkbox" && values.length) {
        field.value = values[0];
      }
    }
  }

  #keep(form) {
    const kept = {};
    for (const field of form.querySelectorAll(FIELDS)) {
      const counts = isChoice(field) ? field.checked : field.type !== "checkbox" && field.value;
      if (counts) {
        (kept[field.name] ??= []).push(field.value);
      }
    }
    this.#store(kept);
  }

  #store(kept) {
    try {
      sessionStorage.removeItem(this.#key);
      if (kept) {
        sessionStorage.setItem(this.#key, JSON.stringify(kept));
      }
    } catch {
      // A browser may be set to keep nothing.
    }
  }

  #read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key)) ?? {};
    } catch {
      return {};
    }
  }
}

customElements.define("form-draft", FormDraft);
