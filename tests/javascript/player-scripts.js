import { Run } from "../../static/js/player/run.js";

export const NOON = Date.UTC(2026, 10, 24, 12);
export const READY = { kind: "ready", seconds: 5 };
export const hold = (seconds) => ({ kind: "hold", seconds });
export const rest = (seconds) => ({ kind: "rest", seconds });
export const reps = (from, to) => ({ kind: "reps", seconds: null, from, to });
export const open = { kind: "open", seconds: null };
export const at = (seconds) => NOON + seconds * 1000;

/** A run of exercises with these steps, each planned and nothing else, that has started at noon. */
export function started(...scripts) {
  const run = new Run(scripts.map((planned) => ({ planned })), { between: 30, version: "3" });
  run.start(NOON);
  return run;
}

export const place = (run) => [run.state.exercise, run.state.step];
