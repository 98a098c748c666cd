import { afterPaint } from "./after-paint.js";

/** The moves of a routine as they stand on the page, each with its easier and harder version. */
export class Moves {
  #own = new Map();

  /** `items` are elements with data-title and data-steps, a [data-body] and a template for each other version. */
  constructor(items) {
    this.items = [...items];
  }

  get length() {
    return this.items.length;
  }

  /** For each move its scripts by version: the one that is planned first. */
  scripts() {
    const read = (element) => JSON.parse(element.dataset.steps);
    return this.items.map((item) => {
      const others = [...item.querySelectorAll("template[data-version]")];
      return { own: read(item), ...Object.fromEntries(others.map((other) => [other.dataset.version, read(other)])) };
    });
  }

  /** Show one move alone; all of them for null, none for -1. */
  show(number) {
    this.items.forEach((item, place) => {
      const hidden = number !== null && place !== number;
      if (item.hidden && !hidden) {
        stillUntilPainted(item);
      }
      item.hidden = hidden;
    });
  }

  title(number, version) {
    return (this.#template(number, version) ?? this.items[number]).dataset.title;
  }

  /** Put the body of a version in the place of the one that stands there. */
  choose(number, version) {
    const body = this.items[number].querySelector("[data-body]");
    if ((body.dataset.shown ?? "own") === version) {
      return;
    }
    this.#own.has(number) || this.#own.set(number, [...body.childNodes]);
    const template = this.#template(number, version);
    const content = template ? template.content.cloneNode(true) : new DocumentFragment();
    template || content.append(...this.#own.get(number));
    withoutWayUntilPainted(content);
    body.replaceChildren(content);
    body.dataset.shown = version;
  }

  #template(number, version) {
    return this.items[number].querySelector(`template[data-version="${version}"]`);
  }
}

/* The way from pose to pose is most of a figure's work: a press is answered with the last pose, and the way comes after. */

/** For a move that stood hidden on the page. */
function stillUntilPainted(item) {
  item.dataset.still = "";
  afterPaint(() => delete item.dataset.still);
}

/** Take the way out of what is about to come onto the page: even unseen it would be worked out. */
function withoutWayUntilPainted(content) {
  const strip = content.querySelector(".figure__strip");
  const way = strip ? [...strip.children].slice(0, -1) : [];
  way.forEach((body) => body.remove());
  afterPaint(() => strip?.prepend(...way));
}
