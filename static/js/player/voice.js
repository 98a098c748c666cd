import { beep, speak, speakBetween, tick } from "./cues.js";
import { enough } from "./readout.js";

/** What is heard of a run, besides for a screen reader: each step is said, each repetition ticks and is counted, a time is counted down. */
export class Voice {
  #step = "";
  #beat = "";

  /** `own` are the settings sound, voice and numbers. */
  constructor(own) {
    this.own = own;
  }

  /** Whether a step has just begun. */
  begins({ state }) {
    const isNew = this.#step !== place(state);
    this.#step = place(state);
    return isNew;
  }

  say(text) {
    if (this.own.voice) {
      speak(text);
    }
  }

  /** The first sound, within the press that begins the routine: it is heard whether the device is loud enough. */
  start() {
    if (this.own.sound) {
      tick();
    }
  }

  /** A second of the step is over: the last three are counted down. */
  second(run, now) {
    const seconds = Math.round(run.left(now) / 1000);
    if (this.own.sound && seconds <= 3 && run.step.kind !== "reps") {
      beep(seconds === 0);
    }
  }

  /** The repetition that is done now; each is heard once. */
  beat(run, now) {
    const number = run.repetition(now);
    const key = `${place(run.state)} ${number}`;
    if (run.step.kind !== "reps" || number === null || this.#beat === key) {
      return;
    }
    this.#beat = key;
    if (this.own.sound) {
      tick();
    }
    const words = counted(run.step, number, this.own.numbers);
    if (this.own.voice && words) {
      speakBetween(words);
    }
  }
}

const place = ({ exercise, step, since }) => `${exercise} ${step} ${since}`;

/** What is said as repetition `number` begins; the first one begins with the words of the step. */
export function counted({ from, to }, number, numbers) {
  if (to && number === from + 1) {
    return enough({ to });
  }
  const isLast = number > (to || from) - 3 || (number > from - 3 && number <= from);
  const isSaid = { each: true, fives: number % 5 === 0, last: isLast }[numbers];
  return isSaid && number > 1 ? String(number) : "";
}
