/** What the player says of a step. `short` stands on the screen, `said` is read out: once a step, never each second. */
const LEGS = ["", "First leg", "Other leg"];
/** What is over when the person says so, where it has no end. */
export const WAITS = new Set(["rest", "next"]);
const READY = "Press Go on when you are ready";

export function instructions(step, { title, rounds, counting, seconds }) {
  const leg = LEGS[step.leg];
  const set = rounds > 1 && step.round ? `Set ${step.round} of ${rounds}` : "";
  // A rest without an end says what ends it, also to who hears nothing.
  const ready = WAITS.has(step.kind) && !step.seconds ? READY : "";
  const where = [set, leg, ready].filter(Boolean).join(". ");
  const say = (short, said) => ({ short, where, said: [said, step.kind === "rest" ? "" : set, leg, ready].filter(Boolean).join(". ") });
  switch (step.kind) {
    case "ready":
      return say("Get ready", `${title}. Get ready`);
    case "hold":
      return say(step.extra ? "Hold, if you can" : "Hold", `Hold for ${step.seconds} seconds`);
    case "let_go":
      return say("Let go", step.extra ? "Let go. Stop here if you like" : "Let go");
    case "reps":
      return say(counting === "auto" ? "Move with the count" : "At your own pace", `${amount(step)} times`);
    case "as_able":
      return say("As you are able", "As you are able. Press Done when you have had enough");
    case "open":
      return say("As your clinician says", "How many is not stated. Do as your clinician says, then press Done");
    case "switch":
      return say("Switch legs", "Switch legs");
    case "rest":
      return say("Rest", step.seconds ? `Rest for ${seconds} seconds` : "Rest for as long as you need");
    default:
      return say(`Next: ${title}`, `Next: ${title}`);
  }
}

export const amount = (step) => (step.to ? `${step.from} to ${step.to}` : String(step.from));
