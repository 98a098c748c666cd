import { WAITS, amount, words } from "./words.js";

/** The player's stage: what stands on it follows from the run and the time. */
export class Stage {
  /** `template` holds one element, whose [data-part]s are filled and whose [data-do]s are pressed. */
  constructor(template) {
    const content = template.content.cloneNode(true);
    this.element = content.firstElementChild;
    this.parts = { stage: this.element };
    this.element.querySelectorAll("[data-part]").forEach((part) => (this.parts[part.dataset.part] = part));
  }

  /** Show the step that the run is at; return what is to be said of it. */
  paint(run, moves, now) {
    const { status, move, counting } = run.state;
    const step = run.step;
    const rounds = Math.max(1, ...run.steps().map((other) => other.round ?? 1));
    const text = words(step, { title: moves.title(move, run.version), rounds, counting, seconds: Math.ceil(run.lasts(step) / 1000) });
    const { place, short, where, count, main } = this.parts;
    set(place, `Exercise ${move + 1} of ${moves.length}`);
    set(short, status === "paused" ? "Paused" : enough(run, step, now) ?? text.short);
    set(where, text.where);
    set(count, counted(run, step, now));
    set(main, run.state.endsAt ? "Pause" : status === "paused" || WAITS.has(step.kind) ? "Go on" : "Done");
    this.#offer(run, move);
    return text.said;
  }

  /** For the screen reader. */
  say(text) {
    set(this.parts.said, text);
  }

  isElsewhere() {
    this.parts.said.textContent = this.parts.where.textContent = "This routine goes on in another window.";
  }

  /** The buttons for the other versions of a move: from another one, the way leads back. */
  #offer(run, move) {
    for (const name of ["easier", "harder"]) {
      const offered = run.version === "own" ? name in run.moves[move] : run.version !== name;
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

function set(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function clock(seconds) {
  return seconds < 100 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
