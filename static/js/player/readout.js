import { WAITS, amount, instructions, span } from "./instructions.js";

const AWAY = "You were away, or the clock was changed";

/** What stands on the panel at `now`, as { part: text }, and what is `said` of the step. `exercise` has a title and what to hold on to. */
export function readout(run, { title, holdOnTo }, now) {
  const { status, exercise, counting, side, endsAt, isAway } = run.state;
  const step = run.step;
  const rounds = Math.max(1, ...run.steps().map((other) => other.round ?? 1));
  const seconds = Math.ceil(run.lasts(step) / 1000);
  const { short, where, said } = instructions(step, { title, holdOnTo, rounds, counting, side, seconds });
  const isEnough = run.isEnough(now);
  return {
    progress: `${exercise + 1} of ${run.exercises.length}`,
    instruction: status === "paused" ? "Paused" : run.isPastLower(now) ? enough(step) : short,
    details: isAway ? AWAY : where,
    timer: counted(run, step, now),
    main: endsAt ? "Pause" : status === "paused" || WAITS.has(step.kind) ? "Go on" : "Done",
    skip: isEnough ? "Enough" : "Skip",
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
export const enough = ({ to, seconds }) => `Enough, or on to ${to || span(seconds)}`;

function clock(seconds) {
  return seconds < 100 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
