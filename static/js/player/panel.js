import { readout } from "./readout.js";

const ELSEWHERE = "This routine goes on in another window.";
const written = new WeakMap();

/** The player's clock and buttons: what they show follows from the run and the time. */
export class Panel {
  /** `template` holds one element, whose [data-part]s are filled and whose [data-action]s are pressed. */
  constructor(template) {
    const content = template.content.cloneNode(true);
    this.element = content.firstElementChild;
    this.parts = { panel: this.element };
    this.element.querySelectorAll("[data-part]").forEach((part) => (this.parts[part.dataset.part] = part));
  }

  /** Show the step that the run is at; return what is to be said of it. */
  paint(run, exercises, now) {
    const { said, ...shown } = readout(run, exercises.facts(run.state.exercise, run.variant), now);
    Object.entries(shown).forEach(([part, text]) => set(this.parts[part], text));
    this.parts.timer.toggleAttribute("data-long", shown.timer.length > 3);
    this.parts.skip.classList.toggle("button--quiet", shown.skip === "Skip");
    this.#offer(run);
    return said;
  }

  hasSound(isThere) {
    this.parts["no-sound"].hidden = isThere;
  }

  get settings() {
    return this.element.querySelector("dialog");
  }

  /** What somebody sets of the player. */
  get controls() {
    return this.settings.querySelectorAll("input, select");
  }

  /** For the screen reader. */
  say(text) {
    set(this.parts.announcement, text);
  }

  isElsewhere() {
    set(this.parts.announcement, ELSEWHERE);
    set(this.parts.details, ELSEWHERE);
  }

  #offer(run) {
    for (const button of this.#swaps) {
      button.hidden = !run.offers(button.dataset.action);
    }
    // A button that was pressed and is gone now would take the focus along.
    if (document.activeElement?.hidden) {
      (this.#swaps.find((button) => !button.hidden) ?? this.parts.main).focus();
    }
  }

  get #swaps() {
    return [this.parts.easier, this.parts.harder];
  }
}

/** Only on a change of ours: what a page translator has made of our words stays, and does not flicker back each second. */
export function set(element, text) {
  if (written.get(element) !== text) {
    written.set(element, text);
    element.textContent = text;
  }
}
