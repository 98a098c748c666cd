/** How a run goes, as the person sets it: `wait` ends a rest without a length, in seconds; `side` is the one to begin with. */
export const PACE = { tempo: 4, counting: "auto", rest: "full", wait: 0, side: "" };

const RESTS = new Set(["rest", "next"]);

/** Milliseconds of a step at a pace, or null where it ends when the person says so. */
export function lasts(step, { tempo, counting, rest, wait }) {
  if (step.kind === "reps") {
    return counting === "auto" ? (step.to || step.from) * repetitionLasts(step, { tempo }) : null;
  }
  if (!RESTS.has(step.kind)) {
    return step.seconds && step.seconds * 1000;
  }
  if (rest === "off") {
    return 0;
  }
  return step.seconds === null ? wait * 1000 || null : step.seconds * (rest === "half" ? 500 : 1000);
}

/** One repetition with the rest after it, in milliseconds: as the dose times it, or else at the pace that is set. */
export function repetitionLasts({ tempo: phases = [], pause = 0 }, { tempo }) {
  const timed = phases.reduce((sum, [, seconds]) => sum + seconds, 0);
  return ((timed || tempo) + pause) * 1000;
}

/** Whether the lower end of a step's range is done, at the repetition that is done now or with the milliseconds that are left. */
export function isPastLower({ kind, from, to, seconds, enough }, left, repetition) {
  if (kind === "reps") {
    return Boolean(to && repetition > from);
  }
  return Boolean(enough && (kind === "hold" || kind === "move") && left !== null && left <= (seconds - enough) * 1000);
}

/** The side that works in a step: "left", "right", or "" where both do or nobody has said. */
export function sideOf(step, { side }) {
  if (step.affected) {
    return side === "both" ? "" : side;
  }
  const first = side === "both" ? "right" : side;
  const other = { left: "right", right: "left" }[first] ?? "";
  return [/* both at once */ "", first, other][step.leg ?? 0];
}
