/**
 * <copy-field><input type="text" readonly value="…"></copy-field>
 *
 * Adds a button that copies what stands in the field.
 */
class CopyField extends HTMLElement {
  #button = document.createElement("button");
  #status = document.createElement("output");

  connectedCallback() {
    this.#button.type = "button";
    this.#button.className = "button";
    this.#button.textContent = "Copy";
    this.#button.addEventListener("click", () => this.#copy());
    this.append(this.#button, this.#status);
  }

  async #copy() {
    const field = this.querySelector("input");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      this.#status.textContent = "Copied.";
    } catch {
      this.#status.textContent = "It is selected. Press Ctrl and C to copy it.";
    }
  }
}

customElements.define("copy-field", CopyField);
