import { WAITS, amount, instructions } from "./instructions.js";

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
    const { status, exercise, counting } = run.state;
    const step = run.step;
    const rounds = Math.max(1, ...run.steps().map((other) => other.round ?? 1));
    const text = instructions(step, { title: exercises.title(exercise, run.variant), rounds, counting, seconds: Math.ceil(run.lasts(step) / 1000) });
    const { progress, instruction, details, timer, main } = this.parts;
    set(progress, `Exercise ${exercise + 1} of ${exercises.length}`);
    set(instruction, status === "paused" ? "Paused" : enough(run, step, now) ?? text.short);
    set(details, text.where);
    set(timer, counted(run, step, now));
    set(main, run.state.endsAt ? "Pause" : status === "paused" || WAITS.has(step.kind) ? "Go on" : "Done");
    this.#offer(run, exercise);
    return text.said;
  }

  /** For the screen reader. */
  say(text) {
    set(this.parts.announcement, text);
  }

  isElsewhere() {
    set(this.parts.announcement, ELSEWHERE);
    set(this.parts.details, ELSEWHERE);
  }

  /** The buttons for the other variants of an exercise: from another one, the way leads back. */
  #offer(run, exercise) {
    for (const name of ["easier", "harder"]) {
      const offered = run.variant === "planned" ? name in run.exercises[exercise] : run.variant !== name;
      this.parts[name].hidden = !offered;
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

function counted(run, step, now) {
  const left = run.left(now);
  if (step.kind === "reps") {
    return left === null ? amount(step) : String(run.repetition(now));
  }
  return left === null ? "" : clock(Math.ceil(left / 1000));
}

/** In a range, once the lower end is done: the rest is up to the person. */
function enough(run, step, now) {
  const done = step.kind === "reps" && step.to && run.repetition(now) > step.from;
  return done ? `Enough, or on to ${step.to}` : null;
}

/** Only on a change of ours: what a page translator has made of our words stays, and does not flicker back each second. */
function set(element, text) {
  if (written.get(element) !== text) {
    written.set(element, text);
    element.textContent = text;
  }
}

function clock(seconds) {
  return seconds < 100 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
