import { PACE, isPastLower, lasts, repetitionLasts } from "./pace.js";
import { isPlace } from "./store.js";

/**
 * Where somebody is in a routine, by wall time: no ticks are counted, so that a reload, a locked screen or a phone
 * call loses nothing. Times are milliseconds since 1970. Knows no page.
 *
 * `exercises` is a list of { variant name: steps }, "planned" being the one that the routine has; a step is what
 * exercises/player_script.py says: { kind, seconds, round, leg, rep, from, to, extra }; where the dose says so, also
 * { enough, bound, words, tempo, pause, affected, limb }.
 */
const WORK = new Set(["hold", "move", "reps", "as_able", "open"]);
const [HOUR, OLD] = [3_600_000, 6 * 3_600_000];

export class Run {
  constructor(exercises, { between = null, version = "" } = {}) {
    this.exercises = exercises;
    this.between = between;
    this.state = { version, status: "idle", exercise: 0, step: 0, chosen: {}, did: [], ...PACE };
  }

  /** The steps of this exercise in the variant that is done, with the pause before it. */
  steps() {
    const steps = this.exercises[this.state.exercise][this.variant];
    return this.state.exercise ? [{ kind: "next", seconds: this.between }, ...steps] : steps;
  }

  get step() {
    return this.steps()[this.state.step];
  }

  /** The variant of the exercise that is done now: planned, easier or harder. */
  get variant() {
    return this.state.chosen[this.state.exercise] ?? "planned";
  }

  get isOver() {
    return this.state.status === "done";
  }

  /** Whether each leg has its turn somewhere, so that it matters which side it is. */
  get hasSides() {
    return this.exercises.some((variants) => Object.values(variants).flat().some((step) => step.leg || step.affected));
  }

  /** Whether there is a button for a variant now: from another one, the way leads back. */
  offers(name) {
    return this.variant === "planned" ? name in this.exercises[this.state.exercise] : this.variant !== name;
  }

  /** How long a step lasts, or null where it ends when the person says so. */
  lasts(step) {
    return lasts(step, this.state);
  }

  /** What is left of the step: milliseconds, or null where it has no end. */
  left(now) {
    const { status, endsAt, remaining } = this.state;
    return status === "running" ? endsAt && Math.max(0, endsAt - now) : remaining;
  }

  /** The repetition that is being done, from 1, where they are counted. */
  repetition(now) {
    const left = this.left(now);
    const whole = this.step.to || this.step.from;
    return left === null ? null : Math.min(whole, whole - Math.ceil(left / repetitionLasts(this.step, this.state)) + 1);
  }

  /** Whether the lower end of a range is done: the rest of it is up to the person. */
  isPastLower(now) {
    return isPastLower(this.step, this.left(now), this.repetition(now));
  }

  isEnough(now) {
    return Boolean(this.step.extra) || this.isPastLower(now);
  }

  /** Do what a button says: main, back, skip, or a variant. A press that comes after the end changes nothing. */
  act(action, now) {
    this.catchUp(now);
    if (this.isOver) {
      return;
    }
    if (action === "main") {
      this.#press(now);
    } else if (action === "skip") {
      this.skip(now);
    } else if (action === "back") {
      this.back(now);
    } else {
      this.choose(this.variant === "planned" ? action : "planned", now);
    }
  }

  /** The big button: a step with a clock pauses, one without is over. */
  #press(now) {
    const { status, endsAt } = this.state;
    if (status === "idle") {
      this.start(now);
    } else if (status === "paused") {
      this.resume(now);
    } else if (endsAt) {
      this.pause(now);
    } else {
      this.#next(now);
    }
  }

  start(now) {
    this.state.status = "running";
    this.#enter(0, 0, now);
  }

  /** Bring the state up to `now`; true when it went on to another step, or began one anew as the clock was set back. */
  catchUp(now) {
    const { status, endsAt } = this.state;
    let moved = status === "running" && endsAt !== null && endsAt - now > this.lasts(this.step);
    if (moved) {
      this.state.endsAt = now + this.lasts(this.step);
    }
    while (this.state.status === "running" && this.state.endsAt && this.state.endsAt <= now) {
      this.#pass(now);
      moved = true;
    }
    return moved;
  }

  /** The step is over by itself. After more than an hour nobody has moved along, or the clock was set: wait at its beginning. */
  #pass(now) {
    if (now - this.state.endsAt > HOUR) {
      Object.assign(this.state, { remaining: this.lasts(this.step), endsAt: null, status: "paused", isAway: true });
    } else {
      this.#next(this.state.endsAt);
    }
  }

  /** On to the next step; past what is extra where it is enough, which then counts as done. */
  skip(now) {
    const isEnough = this.isEnough(now);
    this.#unpause();
    while (isEnough && this.steps()[this.state.step + 1]?.extra) {
      this.state.step += 1;
    }
    this.#next(now, isEnough);
  }

  back(now) {
    const { exercise, step } = this.state;
    this.#unpause();
    if (step > 0) {
      this.#enter(exercise, step - 1, now, -1);
    } else {
      this.#enter(Math.max(0, exercise - 1), 0, now);
    }
  }

  pause(now) {
    Object.assign(this.state, { remaining: this.left(now), endsAt: null, status: "paused" });
  }

  resume(now) {
    const { remaining } = this.state;
    this.#unpause();
    this.state.endsAt = remaining === null ? null : now + remaining;
  }

  /** Do another variant of this exercise instead, from its beginning. */
  choose(name, now) {
    this.state.chosen = { ...this.state.chosen, [this.state.exercise]: name };
    this.#unpause();
    this.#enter(this.state.exercise, this.state.exercise ? 1 : 0, now);
  }

  get pace() {
    return Object.fromEntries(Object.keys(PACE).map((name) => [name, this.state[name]]));
  }

  /** Change the pace; the step that is under way begins anew when its length depends on it, or is passed over. */
  setPace(change, now) {
    const before = this.step && this.lasts(this.step);
    Object.assign(this.state, change);
    const { status, exercise, step } = this.state;
    if (before === this.lasts(this.step)) {
      return;
    }
    if (status === "running" || status === "paused") {
      this.#unpause();
      this.#enter(exercise, step, now);
    }
    if (status === "paused") {
      this.pause(now);
    }
  }

  /** Go on where a saved state stood, at the pace that is set now; false when it is of another version of the routine, or old, or over. */
  restore(saved, now) {
    const fits = saved?.version === this.state.version && now - saved.savedAt < OLD;
    if (!fits || !["running", "paused"].includes(saved.status) || !isPlace(saved, this.exercises)) {
      return false;
    }
    const { pace } = this;
    this.state = { did: [], ...saved };
    this.setPace(pace, now);
    this.catchUp(now);
    return true;
  }

  #unpause() {
    Object.assign(this.state, { status: "running", remaining: null, isAway: false });
  }

  #next(at, isDone = true) {
    const { exercise, step, did } = this.state;
    if (isDone && WORK.has(this.step.kind) && !did.includes(exercise)) {
      did.push(exercise);
    }
    if (step + 1 < this.steps().length) {
      this.#enter(exercise, step + 1, at);
    } else if (exercise + 1 < this.exercises.length) {
      this.#enter(exercise + 1, 0, at);
    } else {
      Object.assign(this.state, { status: "done", endsAt: null, over: at });
    }
  }

  /** Begin a step at `at`; one that lasts no time is passed over in the direction of travel. */
  #enter(exercise, step, at, direction = 1) {
    Object.assign(this.state, { exercise, step, since: at });
    const length = this.lasts(this.step);
    this.state.endsAt = length === null ? null : at + length;
    if (length === 0 && direction > 0) {
      this.#next(at);
    } else if (length === 0 && step > 0) {
      this.#enter(exercise, step - 1, at, direction);
    } else if (length === 0) {
      this.#enter(exercise - 1, 0, at);
    }
  }
}
