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
      return within(passed, repetitionLasts(step, state), (step.pause ?? 0) * 1000);
  }
}

function within(passed, whole, pause) {
  const share = (passed % whole) / (whole - pause);
  if (share < UP) {
    return share / UP;
  }
  return share < TOP ? 1 : Math.max(0, 1 - (share - TOP) / (DOWN - TOP));
}
