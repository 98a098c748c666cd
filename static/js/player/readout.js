import { WAITS, WORKS, amount, instructions, span } from "./instructions.js";

/** What stands on the panel at `now`, as { part: text }, and what is `said` of the step. `title` is its exercise's. */
export function readout(run, title, now) {
  const { status, exercise, counting, endsAt } = run.state;
  const step = run.step;
  const rounds = Math.max(1, ...run.steps().map((other) => other.round ?? 1));
  const seconds = Math.ceil(run.lasts(step) / 1000);
  const { short, where, said } = instructions(step, { title, rounds, counting, seconds });
  return {
    progress: `Exercise ${exercise + 1} of ${run.exercises.length}`,
    instruction: status === "paused" ? "Paused" : enough(run, step, now) ?? short,
    details: where,
    timer: counted(run, step, now),
    main: endsAt ? "Pause" : status === "paused" || WAITS.has(step.kind) ? "Go on" : "Done",
    said,
  };
}

function counted(run, step, now) {
  const left = run.left(now);
  if (step.kind === "reps" && left !== null) {
    return String(run.repetition(now));
  }
  if (step.from && left === null) {
    return amount(step);
  }
  return left === null ? "" : clock(Math.ceil(left / 1000));
}

/** In a range, once the lower end is done: the rest is up to the person. */
function enough(run, step, now) {
  if (step.kind === "reps") {
    return step.to && run.repetition(now) > step.from ? `Enough, or on to ${step.to}` : null;
  }
  const left = run.left(now);
  const done = step.enough && WORKS.has(step.kind) && left !== null && left <= (step.seconds - step.enough) * 1000;
  return done ? `Enough, or on to ${span(step.seconds)}` : null;
}

function clock(seconds) {
  return seconds < 100 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
