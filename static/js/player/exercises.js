/** The exercises of a routine as they stand on the page, each with its easier and harder variant. */
export class Exercises {
  #planned = new Map();

  /** `items` are elements with data-title and data-steps, a [data-body] and a template for each other variant. */
  constructor(items) {
    this.items = [...items];
  }

  /** For each exercise its scripts by variant: the one that is planned first. */
  scripts() {
    const read = (element) => JSON.parse(element.dataset.steps);
    return this.items.map((item) => {
      const others = [...item.querySelectorAll("template[data-variant]")];
      return { planned: read(item), ...Object.fromEntries(others.map((other) => [other.dataset.variant, read(other)])) };
    });
  }

  /** Show one exercise alone; all of them for null, none for -1. */
  show(number) {
    this.items.forEach((item, place) => {
      item.hidden = number !== null && place !== number;
    });
  }

  /** { title, side, holdOnTo }: `side` is the one that works in the drawing, "left", "right" or "". */
  facts(number, variant) {
    return (this.#template(number, variant) ?? this.items[number]).dataset;
  }

  /** Where the drawing and the words of an exercise stand. */
  body(number) {
    return this.items[number].querySelector("[data-body]");
  }

  /** Put the body of a variant in the place of the one that stands there. */
  choose(number, variant) {
    const body = this.body(number);
    if ((body.dataset.shown ?? "planned") === variant) {
      return;
    }
    this.#planned.has(number) || this.#planned.set(number, [...body.childNodes]);
    const template = this.#template(number, variant);
    const content = template ? template.content.cloneNode(true) : new DocumentFragment();
    template || content.append(...this.#planned.get(number));
    body.replaceChildren(content);
    body.dataset.shown = variant;
  }

  #template(number, variant) {
    return this.items[number].querySelector(`template[data-variant="${variant}"]`);
  }
}
