/** How a run goes, as the person sets it: `wait` ends a rest without a length, in seconds; `side` is the one to begin with. */
export const PACE = { tempo: 4, counting: "auto", rest: "full", wait: 0, side: "" };

const RESTS = new Set(["rest", "next"]);

/** Milliseconds of a step at a pace, or null where it ends when the person says so. */
export function lasts(step, { tempo, counting, rest, wait }) {
  if (step.kind === "reps") {
    return counting === "auto" ? (step.to || step.from) * tempo * 1000 : null;
  }
  if (!RESTS.has(step.kind)) {
    return step.seconds && step.seconds * 1000;
  }
  if (rest === "off") {
    return 0;
  }
  return step.seconds === null ? wait * 1000 || null : step.seconds * (rest === "half" ? 500 : 1000);
}

/** The side that works in a step: "left", "right", or "" where both do or nobody has said. */
export function sideOf(step, { side }) {
  const first = side === "both" ? "right" : side;
  const other = { left: "right", right: "left" }[first] ?? "";
  return [/* both at once */ "", first, other][step.leg ?? 0];
}
