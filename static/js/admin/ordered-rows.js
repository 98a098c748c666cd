/**
 * <ordered-rows data-field="position">…the stacked rows of an inline formset, each with a number input "position"…</ordered-rows>
 *
 * Rows change places by dragging their handle, or by two buttons for the keyboard; the number inputs follow. Without
 * this, the numbers are typed.
 */
const ROW = ".inline-related:not(.empty-form)";

class OrderedRows extends HTMLElement {
  #status = document.createElement("output");
  #dragged;

  connectedCallback() {
    if (!this.#rows.every(this.#input)) return; // for somebody who may only look
    this.#status.className = "ordered-rows__status";
    this.append(this.#status);
    for (const row of this.#rows) this.#equip(row);
    this.#sort(this.#place);
    this.addEventListener("formset:added", (event) => this.#take(event.target));
    // Django renumbers the fields of rows as they stand. Rows that are stored must then come first, as they came.
    this.addEventListener("click", (event) => event.target.closest(".inline-deletelink") && this.#sort(this.#number), true);
    document.addEventListener("formset:removed", () => queueMicrotask(() => this.#sort(this.#place)));
  }

  get #rows() {
    return [...this.querySelectorAll(ROW)];
  }

  #input = (row) => row.querySelector(`input[name$="-${this.dataset.field}"]`);
  #place = (row) => Number(this.#input(row).value);
  #number = (row) => Number(row.id.match(/\d+$/)[0]);

  #sort(by) {
    const rows = this.#rows;
    const sorted = rows.toSorted((one, other) => by(one) - by(other));
    const after = rows.at(-1)?.nextElementSibling;
    // What stands in order already is left alone, with its focus.
    if (sorted.some((row, index) => row !== rows[index])) after.before(...sorted);
  }

  #equip(row) {
    const bar = document.createElement("span");
    bar.className = "ordered-rows__bar";
    const handle = document.createElement("span");
    handle.className = "ordered-rows__handle";
    handle.ariaHidden = "true";
    handle.addEventListener("pointerdown", (event) => this.#lift(event, row));
    bar.append(handle, this.#button(row, "up", -1), this.#button(row, "down", 1));
    row.querySelector("h3").prepend(bar);
  }

  #button(row, word, step) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `ordered-rows__button ordered-rows__button--${word}`;
    button.ariaLabel = `Move ${this.#name(row)} ${word}`;
    button.addEventListener("click", () => {
      const rows = this.#rows;
      const to = Math.min(rows.length - 1, Math.max(0, rows.indexOf(row) + step));
      this.#move(row, to);
      button.focus();
      button.scrollIntoView({ block: "nearest" });
    });
    return button;
  }

  #name(row) {
    return row.querySelector(".inline_label").textContent.trim().split("\n")[0];
  }

  #move(row, to) {
    const rows = this.#rows;
    const from = rows.indexOf(row);
    if (to !== from) rows[to][to > from ? "after" : "before"](row);
    this.#renumber();
    this.#status.value = `${this.#name(row)}: place ${to + 1} of ${rows.length}.`;
  }

  #renumber() {
    this.#rows.forEach((row, index) => {
      this.#input(row).value = index + 1;
    });
  }

  #take(row) {
    if (!row.matches(ROW)) return;
    this.#equip(row);
    this.#input(row).value = 1 + Math.max(0, ...this.#rows.filter((other) => other !== row).map(this.#place));
  }

  /* This element keeps the pointer: a row that changes places would lose it. */
  #lift(event, row) {
    if (event.button) return;
    event.preventDefault();
    this.#dragged = row;
    this.setPointerCapture(event.pointerId);
    row.classList.add("ordered-rows__lifted");
    window.scrollBy(0, row.getBoundingClientRect().top - event.clientY + 20);
    const drag = (move) => this.#drag(move.clientY);
    this.addEventListener("pointermove", drag);
    const drop = () => {
      this.removeEventListener("pointermove", drag);
      row.classList.remove("ordered-rows__lifted");
      this.#move(row, this.#rows.indexOf(row));
      row.scrollIntoView({ block: "nearest" });
    };
    this.addEventListener("lostpointercapture", drop, { once: true });
  }

  /* A row gives way once the pointer has passed the middle of its head: rows are as high as a screen. */
  #drag(y) {
    const rows = this.#rows;
    const from = rows.indexOf(this.#dragged);
    const middle = (row) => {
      const head = row.querySelector("h3").getBoundingClientRect();
      return head.top + head.height / 2;
    };
    const before = rows.find((row, index) => index < from && y < middle(row));
    const after = rows.findLast((row, index) => index > from && y > middle(row));
    if (before) before.before(this.#dragged);
    else if (after) after.after(this.#dragged);
  }
}

customElements.define("ordered-rows", OrderedRows);
