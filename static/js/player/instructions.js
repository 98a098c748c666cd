/** What the player says of a step. `short` stands on the screen, `said` is read out: once a step, never each second. */
import { sideOf } from "./pace.js";

const LEGS = { 1: "First leg", 2: "Other leg", left: "Left leg", right: "Right leg" };
/** What is over when the person says so, where it has no end. */
export const WAITS = new Set(["rest", "next"]);
const READY = "Press Go on when you are ready";

/** For each kind of step, what stands on the screen and what is read out; what comes next is named. */
const WORDS = {
  ready: (step, { title, holdOnTo }) => ["Get ready", `${title}. ${holdOnTo ? `Hold on to ${holdOnTo}. ` : ""}Get ready`],
  hold: (step) => [step.extra ? "Hold, if you can" : "Hold", `Hold for ${step.seconds} seconds`],
  let_go: (step) => ["Let go", step.extra ? "Let go. Stop here if you like" : "Let go"],
  reps: (step, { counting }) => [counting === "auto" ? "Move with the count" : "At your own pace", `${amount(step)} times`],
  as_able: () => ["As you are able", "As you are able. Press Done when you have had enough"],
  open: () => ["As your clinician says", "How many is not stated. Do as your clinician says, then press Done"],
  switch: () => ["Switch legs", "Switch legs. Next"],
  rest: (step, { seconds, title }) => ["Rest", `Rest for ${seconds ? `${seconds} seconds` : "as long as you need"}. Next: ${title}`],
  next: (step, { title, seconds }) => [`Next: ${title}`, `Next: ${title}${seconds ? `. Rest for ${seconds} seconds` : ""}`],
};

/** `facts` are title, holdOnTo, rounds, counting and side, and the seconds that the step lasts. */
export function instructions(step, facts) {
  const [short, said] = WORDS[step.kind](step, facts);
  const leg = LEGS[sideOf(step, facts) || step.leg];
  const set = facts.rounds > 1 && step.round ? `Set ${step.round} of ${facts.rounds}` : "";
  const title = step.kind === "ready" ? facts.title : "";
  // A rest without an end says what ends it, also to who hears nothing.
  const ready = WAITS.has(step.kind) && !facts.seconds ? READY : "";
  const sentences = (...parts) => parts.filter(Boolean).join(". ");
  return {
    short,
    where: sentences(title, set, leg, ready),
    said: sentences(said, set, leg, ready),
  };
}

export const amount = (step) => (step.to ? `${step.from} to ${step.to}` : String(step.from));
