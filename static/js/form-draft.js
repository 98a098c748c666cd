/**
 * <form-draft><form>…</form></form-draft>
 *
 * Keeps what was filled in over a reload, for this tab alone: sessionStorage ends with the tab. What the page itself
 * holds, as after an error, is never overwritten. An empty <form-draft></form-draft>, on the page that says that it has
 * arrived, deletes what was sent last: until then a network may fail, or a server refuse it.
 */
const SENT = "form-draft sent";
const FIELDS = "input:not([type=hidden], [tabindex='-1']), select, textarea";

/* A tick box with a value of its own is one of several choices. One that says "on" is consent, which is given anew. */
const isChoice = (field) => field.type === "radio" || (field.type === "checkbox" && field.value !== "on");

function store(key, value) {
  try {
    sessionStorage.removeItem(key);
    if (value) {
      sessionStorage.setItem(key, JSON.stringify(value));
    }
  } catch {
    // A browser may be set to keep nothing.
  }
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

class FormDraft extends HTMLElement {
  #key = `form-draft ${location.pathname}`;

  connectedCallback() {
    const form = this.querySelector("form");
    if (!form) {
      this.#forget();
      return;
    }
    if (!form.querySelector("[aria-invalid], [role=alert]")) {
      this.#restore(form);
    }
    this.#keep(form);
    form.addEventListener("input", () => this.#keep(form));
    form.addEventListener("submit", () => store(SENT, this.#key));
  }

  #restore(form) {
    const kept = read(this.#key) ?? {};
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
    store(this.#key, kept);
  }

  #forget() {
    const sent = read(SENT);
    if (!sent) return;
    store(sent, null);
    store(SENT, null);
  }
}

customElements.define("form-draft", FormDraft);
