import { sideOf } from "./pace.js";

/** What the player says of a step. `short` stands on the screen, `said` is read out: once a step, never each second. */
const BOUNDS = { about: "about ", at_least: "at least ", up_to: "up to " };
/** What is over when the person says so, where it has no end. */
export const WAITS = new Set(["rest", "next"]);
const READY = "Press Go on when you are ready";

/** For each kind of step, what stands on the screen and what is read out; between two exercises the next one is named. */
const WORDS = {
  ready: (step, { title, holdOnTo }) => ["Get ready", `${title}. ${holdOnTo ? `Hold on to ${holdOnTo}. ` : ""}Get ready`],
  hold: (step) => [step.extra ? "Hold, if you can" : "Hold", `Hold for ${time(step)}`],
  move: (step) => [step.words ? capital(step.words) : "Keep moving", step.seconds ? `${capital(step.words || "Keep moving")} for ${time(step)}` : `${capital(step.words)}. Press Done when you have done it`],
  let_go: (step) => ["Let go", step.extra ? "Let go. Stop here if you like" : "Let go"],
  reps: (step, { counting }) => [counting === "auto" ? "Move with the count" : "At your own pace", times(step)],
  as_able: (step) => ["As you are able", `${step.from ? `${times(step)}. ` : ""}As you are able. Press Done when you have had enough`],
  open: () => ["As your clinician says", "Do as many as your clinician told you, then press Done"],
  switch: ({ limb = "leg" }) => [`Switch ${many(limb)}`, `Switch ${many(limb)}. Next`],
  rest: (step, { seconds, title }) => ["Rest", `Rest for ${seconds ? span(seconds) : "as long as you need"}. Next: ${title}`],
  next: (step, { title, seconds }) => [`Next: ${title}`, `Next: ${title}${seconds ? `. Rest for ${span(seconds)}` : ""}`],
};

/** `facts` are title, holdOnTo, rounds, counting and side, and the seconds that the step lasts. */
export function instructions(step, facts) {
  const [short, said] = WORDS[step.kind](step, facts);
  const leg = limbOf(step, facts);
  const title = step.kind === "ready" ? facts.title : "";
  const words = step.kind === "move" ? "" : capital(step.words ?? "");
  const pace = (step.tempo ?? []).map(([phase, seconds]) => `${phase} ${seconds}`).join(", ");
  const set = facts.rounds > 1 && step.round ? `Set ${step.round} of ${facts.rounds}` : "";
  // A rest without an end says what ends it, also to who hears nothing.
  const ready = WAITS.has(step.kind) && !facts.seconds ? READY : "";
  const sentences = (...parts) => parts.filter(Boolean).join(". ");
  return {
    short,
    where: sentences(title, set, leg, words, pace && `Seconds: ${pace}`, ready),
    said: sentences(said, set, leg, words, ready),
  };
}

export const amount = (step) => bounded(step, step.to ? `${step.from} to ${step.to}` : String(step.from));

const times = (step) => `${amount(step)} time${(step.to || step.from) === 1 ? "" : "s"}`;

const time = (step) => bounded(step, span(step.seconds, step.enough));

/** "30 seconds", "1 to 2 minutes". */
export function span(seconds, from = 0) {
  const whole = seconds % 60 === 0 && from % 60 === 0;
  const [last, first] = whole ? [seconds / 60, from / 60] : [seconds, from];
  const unit = whole ? "minute" : "second";
  return `${first ? `${first} to ` : ""}${last} ${unit}${last === 1 ? "" : "s"}`;
}

const bounded = ({ bound = "" }, words) => `${BOUNDS[bound] ?? ""}${words}`;

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

const many = (limb) => ({ foot: "feet" })[limb] ?? `${limb}s`;

/** Whose turn it is, by its side; where nobody has named one, the affected one as such where it alone, or it first, is to work. */
function limbOf(step, facts) {
  const { leg, affected, limb = "leg" } = step;
  const side = capital(sideOf(step, facts)) || (affected ? "Affected" : ["", "First", "Other"][leg ?? 0]);
  return side && `${side} ${limb}`;
}
