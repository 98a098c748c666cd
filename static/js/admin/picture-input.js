/**
 * <picture-input data-max-bytes="10000000"><img src="…"><input type="file" name="image"></picture-input>
 *
 * Shows a picture as soon as it is chosen, and lets its focal point be set on it: a click, or the arrow keys on the
 * mark. The point is kept by two number inputs of the same form, focus_x and focus_y, which work without this.
 */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LONGEST_SIDE = 640;

class PictureInput extends HTMLElement {
  #stage;
  #mark;
  #status;

  connectedCallback() {
    // A new row of a form is a copy of an empty one, which holds no picture: there is nothing built to copy.
    this.addEventListener("change", this);
    const stored = this.querySelector("img");
    if (stored) this.#show(stored);
  }

  disconnectedCallback() {
    this.removeEventListener("change", this);
    for (const input of this.#point()) input.removeEventListener("input", this);
  }

  handleEvent(event) {
    if (event.type === "input") {
      this.#place();
    } else if (event.target.type === "file" && event.target.files[0]) {
      this.#preview(event.target.files[0]);
    }
  }

  get #file() {
    return this.querySelector("input[type=file]");
  }

  /** The two inputs of the focal point, or none where the form has no such fields. */
  #point() {
    const file = this.#file;
    const beside = (name) => file?.form?.elements[file.name.replace(/[^-]+$/, name)];
    return [beside("focus_x"), beside("focus_y")].filter(Boolean);
  }

  async #preview(file) {
    if (file.size > Number(this.dataset.maxBytes)) {
      this.#say("This file is larger than 10 MB. Choose a smaller picture.");
      return;
    }
    try {
      const bitmap = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(bitmap.width * scale));
      canvas.height = Math.max(1, Math.round(bitmap.height * scale));
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      bitmap.close();
      canvas.className = "picture-input__picture";
      canvas.role = "img";
      canvas.ariaLabel = "The picture that you chose";
      this.#show(canvas);
      this.#say("Save to keep this picture.");
    } catch {
      this.#say("This file cannot be shown. Choose a JPEG, PNG or WebP picture.");
    }
  }

  #show(picture) {
    this.#build();
    this.#stage.querySelector(".picture-input__picture")?.remove();
    this.#stage.prepend(picture);
    this.#place();
  }

  #build() {
    if (this.#stage) return;
    this.#stage = document.createElement("div");
    this.#stage.className = "picture-input__stage";
    this.prepend(this.#stage);
    if (this.#point().length < 2) return;
    this.#mark = document.createElement("button");
    this.#mark.type = "button";
    this.#mark.className = "picture-input__mark";
    this.#stage.append(this.#mark);
    this.#stage.addEventListener("click", (event) => this.#click(event));
    this.#mark.addEventListener("keydown", (event) => this.#key(event));
    for (const input of this.#point()) input.addEventListener("input", this);
  }

  #click(event) {
    if (event.target === this.#mark) return;
    const box = this.#stage.getBoundingClientRect();
    this.#move((100 * (event.clientX - box.left)) / box.width, (100 * (event.clientY - box.top)) / box.height);
    this.#mark.focus();
  }

  #key(event) {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const step = event.shiftKey ? 10 : 1;
    const [x, y] = this.#point().map((input) => Number(input.value));
    this.#move(x + step * move[0], y + step * move[1]);
  }

  #move(...values) {
    this.#point().forEach((input, axis) => {
      input.value = Math.min(100, Math.max(0, Math.round(values[axis])));
    });
    this.#place();
  }

  #place() {
    if (!this.#mark) return;
    const [x, y] = this.#point().map((input) => Math.min(100, Math.max(0, Number(input.value) || 0)));
    this.#mark.style.insetInlineStart = `${x}%`;
    this.#mark.style.insetBlockStart = `${y}%`;
    this.#mark.ariaLabel = `Focal point: ${x}% from the left, ${y}% from the top. Move it with the arrow keys.`;
  }

  #say(words) {
    if (!this.#status) {
      this.#status = document.createElement("output");
      this.#status.className = "picture-input__status";
      this.append(this.#status);
    }
    this.#status.value = words;
  }
}

customElements.define("picture-input", PictureInput);
