/**
 * What the fields of an editor said, one state after the other, with two buttons that go back and forth. `restore` is
 * called with the state to show.
 */
const MOST = 200;

function button(words, press) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", textContent: words, className: "pose-editor__button" });
  made.addEventListener("click", press);
  return made;
}

export class History {
  #past = [];
  #next = [];
  #now;
  #restore;

  constructor(restore) {
    this.#restore = restore;
    this.buttons = [button("Undo", () => this.undo()), button("Redo", () => this.redo())];
  }

  undo() {
    this.#go(this.#past, this.#next);
  }

  redo() {
    this.#go(this.#next, this.#past);
  }

  start(said) {
    this.#now = said;
    this.#tell();
  }

  keep(said) {
    if (said === this.#now) return;
    this.#past = [...this.#past, this.#now].slice(-MOST);
    this.#next = [];
    this.start(said);
  }

  #go(from, to) {
    if (!from.length) return;
    to.push(this.#now);
    this.start(from.pop());
    this.#restore(this.#now);
  }

  /* Not disabled: the focus stays on a button that has come to its end. */
  #tell() {
    [this.#past, this.#next].forEach((states, index) => {
      this.buttons[index].ariaDisabled = String(!states.length);
    });
  }
}
