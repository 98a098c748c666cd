/** What the player says of a step. `short` stands on the screen, `said` is read out: once a step, never each second. */
const LEGS = ["", "First leg", "Other leg"];

export function words(step, { title, rounds, counting }) {
  const leg = LEGS[step.leg];
  const set = rounds > 1 ? `Set ${step.round} of ${rounds}` : "";
  const where = [set, leg].filter(Boolean).join(". ");
  const say = (short, said) => ({ short, where, said: [said, set && step.kind !== "rest" ? set : "", leg].filter(Boolean).join(". ") });
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
      return say("Rest", step.seconds ? `Rest for ${step.seconds} seconds` : "Rest for as long as you need");
    default:
      return say("Next", `Next: ${title}`);
  }
}

export const amount = (step) => (step.to ? `${step.from} to ${step.to}` : String(step.from));
