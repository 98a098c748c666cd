import { sideOf } from "./pace.js";
import { set } from "./panel.js";
import { phase } from "./phase.js";

/** The figure of the exercise that is done: its drawing, taken from where it stands on the page, with its last panel alone. */
export class Figure {
  #drawing;
  #strip;
  #bodies = [];
  #now;
  #home;
  #labels = [];
  #asksForLessMotion = matchMedia("(prefers-reduced-motion: reduce)");

  /** `slot` is where it stands, `pose` where the words of the two poses do. */
  constructor(slot, pose) {
    this.slot = slot;
    this.pose = pose;
  }

  /** Show the drawing that stands in `body`. */
  take(body) {
    this.#drawing = body.querySelector(".figure");
    if (!this.#drawing) {
      return;
    }
    this.#labels = [...body.querySelectorAll(".exercise-figure__labels > li")].slice(-2).map((each) => each.textContent);
    this.#strip = this.#drawing.querySelector(".figure__strip");
    this.#home = { place: document.createComment("figure"), view: this.#drawing.getAttribute("viewBox") };
    this.#bodies = this.#strip ? [...this.#strip.children] : [];
    this.#show(0);
    this.#drawing.replaceWith(this.#home.place);
    this.slot.append(this.#drawing);
    this.#drawing.setAttribute("viewBox", lastPanel(this.#strip) ?? this.#home.view);
  }

  /** Put it back where it came from. */
  giveBack() {
    this.#strip?.replaceChildren(...this.#bodies);
    this.#strip?.removeAttribute("transform");
    this.#drawing?.setAttribute("viewBox", this.#home.view);
    this.#home?.place.replaceWith(this.#drawing);
    this.#drawing = this.#home = this.#strip = this.#now = undefined;
    this.#labels = [];
  }

  /** Stand as the run has it now, on the side that works; `drawn` is the side that the drawing shows. */
  follow(run, drawn, now) {
    this.#turn(run, drawn);
    const share = phase(run, now);
    const last = Math.round(share);
    const isSparing = this.#asksForLessMotion.matches;
    set(this.pose, (isSparing && (this.#labels[last] ?? this.#labels[0])) || "");
    const steps = this.#bodies.length - 1;
    this.#show(steps - (isSparing ? last * steps : Math.round(share * steps)));
  }

  /** Let the body that stands so many places before the last one be all that there is of them: each is as much to work out as a page. */
  #show(back) {
    const body = this.#bodies[this.#bodies.length - 1 - back];
    if (body !== this.#now) {
      this.#now = body;
      this.#strip.replaceChildren(body);
      this.#strip.setAttribute("transform", `translate(${back * this.#strip.ownerSVGElement.viewBox.baseVal.width})`);
    }
  }

  /** The other side is the picture in a mirror; what it says of left and right in words holds no longer. */
  #turn(run, drawn) {
    const working = [run.step, ...run.steps()].find(({ leg, affected }) => leg || affected) ?? run.step;
    const side = sideOf(working, run.state);
    const isOther = Boolean(drawn && (side ? side !== drawn : working.leg === 2));
    if (this.slot.hasAttribute("data-mirrored") !== isOther) {
      this.slot.toggleAttribute("data-mirrored", isOther);
      this.slot.setAttribute("aria-hidden", String(isOther));
    }
  }
}

/** Where the panel with the strip is in the drawing. */
function lastPanel(strip) {
  const panel = strip?.ownerSVGElement;
  if (!panel) {
    return null;
  }
  const { e, f } = panel.parentNode.transform.baseVal.getItem(0).matrix;
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => panel[name].baseVal.value);
  return `${x + e} ${y + f} ${width} ${height}`;
}
