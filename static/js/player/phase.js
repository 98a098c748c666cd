import { repetitionLasts } from "./pace.js";

/** How long a figure takes into a pose that is held, and what of a repetition is the way up, the top and the way down. */
const INTO_POSE = 1000;
const [UP, TOP, DOWN] = [0.4, 0.5, 0.9];

/** Where the figure is at `now`, from 0, the pose that the move begins with, to 1: up on up, down on down, held while held. */
export function phase(run, now) {
  const { step, state } = run;
  const left = run.left(now);
  const passed = left === null ? now - state.since : run.lasts(step) - left;
  switch (step.kind) {
    case "hold":
      return Math.min(1, passed / INTO_POSE);
    case "let_go":
      return Math.max(0, 1 - passed / INTO_POSE);
    case "ready":
    case "rest":
    case "switch":
      return 0;
    default: // repetitions, and what is shown of the next exercise before it begins
      return within(passed, step, repetitionLasts(step, state));
  }
}

function within(passed, { tempo = [], pause = 0 }, whole) {
  const moves = tempo.filter(([name]) => name !== "pause");
  return moves.length === 2 ? timed(passed % whole, tempo) : usual((passed % whole) / (whole - pause * 1000));
}

/** As long in each phase as the dose says: there in the first move, back in the second, still in a pause. */
function timed(passed, tempo) {
  let [left, place] = [passed, 0];
  for (const [name, seconds] of tempo) {
    const share = Math.min(1, left / (seconds * 1000));
    const goal = name === "pause" ? place : 1 - place;
    if (share < 1) {
      return place + (goal - place) * share;
    }
    [left, place] = [left - seconds * 1000, goal];
  }
  return place;
}

function usual(share) {
  if (share < UP) {
    return share / UP;
  }
  return share < TOP ? 1 : Math.max(0, 1 - (share - TOP) / (DOWN - TOP));
}
