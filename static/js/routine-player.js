/**
 * <routine-player name="knee-strength-starter" version="3" between="30">
 *   <template data-part="stage">…</template> <template data-part="finish">…</template>
 *   <ol> <li data-title="…" data-steps="[…]">… <template data-version="easier" data-title="…" data-steps="[…]">…</template></li> </ol>
 * </routine-player>
 *
 * Leads through a routine that already stands on the page: one move at a time with a clock, sound and voice. Where the
 * person is is kept on the device, so that a reload goes on to the second. See player/run.js for the clock.
 */
import { Finish } from "./player/finish.js";
import { Moves } from "./player/moves.js";
import { beep, keepAwake, speak } from "./player/cues.js";
import { read, write } from "./player/store.js";
import { Run } from "./player/run.js";
import { amount, words } from "./player/words.js";

const PACE = "kneecare.pace";

class RoutinePlayer extends HTMLElement {
  #run;
  #parts = {};
  #timer;
  #said = "";
  #moves;
  #me = Math.random().toString(36);
  #sets = { sound: true, voice: true };

  connectedCallback() {
    this.#build();
    this.#moves = new Moves(this.querySelectorAll(":scope > ol > li"));
    this.#run = new Run(this.#moves.scripts(), {
      between: this.hasAttribute("between") ? Number(this.getAttribute("between")) : null,
      version: this.getAttribute("version"),
    });
    this.#readPace();
    this.addEventListener("click", this);
    this.addEventListener("change", this);
    this.addEventListener("keydown", this);
    document.addEventListener("visibilitychange", this);
    window.addEventListener("storage", this);
    if (this.#run.restore(read(this.#key), Date.now())) {
      this.#said = null;
    }
    this.#show();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this);
    window.removeEventListener("storage", this);
    keepAwake(false);
  }

  handleEvent(event) {
    this[`on${event.type}`](event);
  }

  onclick(event) {
    const action = event.target.closest("[data-do]")?.dataset.do;
    if (action) {
      this.#act(action);
    }
  }

  /** Space is the big button, the arrows go back and on, while the focus is on nothing that wants these keys. */
  onkeydown(event) {
    const action = { " ": "main", ArrowLeft: "back", ArrowRight: "skip" }[event.key];
    if (action && this.#run.state.status !== "idle" && !event.target.closest("button, summary, input, select, a")) {
      event.preventDefault();
      this.#act(action);
    }
  }

  onchange(event) {
    const { name, value, checked, type } = event.target;
    if (name in this.#sets) {
      this.#sets[name] = checked;
      speak("");
    } else if (name in Run.pace) {
      this.#run.setPace({ [name]: type === "range" ? Number(value) : value }, Date.now());
    } else {
      return;
    }
    const { tempo, counting, rest } = this.#run.state;
    write(PACE, { ...this.#sets, tempo, counting, rest });
    this.#goOn();
  }

  onvisibilitychange() {
    if (document.visibilityState === "visible") {
      this.#show();
    }
  }

  /** Another tab took this routine over: let go, so that the two do not talk at once. */
  onstorage(event) {
    const theirs = event.key === this.#key && JSON.parse(event.newValue ?? "null");
    if (theirs && theirs.owner !== this.#me && this.#run.state.status === "running") {
      this.#run.pause(Date.now());
      this.#show();
      this.#parts.said.textContent = this.#parts.where.textContent = "This routine goes on in another window.";
    }
  }

  #act(action) {
    const run = this.#run;
    const now = Date.now();
    run.catchUp(now);
    const { status } = run.state;
    if (action === "main" && status === "idle") {
      run.start(now);
    } else if (action === "main" && status === "paused") {
      run.resume(now);
    } else if (action === "main" && run.state.endsAt) {
      run.pause(now);
    } else if (action === "main" || action === "skip") {
      run.skip(now);
    } else if (action === "back") {
      run.back(now);
    } else {
      run.choose(run.version === "own" ? action : "own", now);
    }
    this.#goOn();
    this.#parts.stage.scrollIntoView({ block: status === "idle" ? "start" : "nearest" });
  }

  #goOn() {
    if (this.#run.state.status !== "idle") {
      write(this.#key, { ...this.#run.state, savedAt: Date.now(), owner: this.#me });
    }
    this.#show();
  }

  /** Bring page and clock up to date, and come back when the next second begins. */
  #show() {
    clearTimeout(this.#timer);
    const now = Date.now();
    if (this.#run.catchUp(now)) {
      write(this.#key, { ...this.#run.state, savedAt: now, owner: this.#me });
    }
    if (this.#run.isOver) {
      this.#finish();
      return;
    }
    const { status } = this.#run.state;
    this.#paint(now);
    keepAwake(status === "running");
    if (status === "running" && this.#run.state.endsAt) {
      const left = this.#run.left(now);
      this.#timer = setTimeout(() => this.#tick(), left % 1000 || 1000);
    }
  }

  #tick() {
    const left = this.#run.left(Date.now());
    const seconds = Math.round(left / 1000);
    if (this.#sets.sound && seconds <= 3 && this.#run.step.kind !== "reps") {
      beep(seconds === 0);
    }
    this.#show();
  }

  #paint(now) {
    const { status, move, counting } = this.#run.state;
    const step = this.#run.step;
    const running = status === "running";
    this.#moves.show(status === "idle" ? null : move);
    this.dataset.status = status;
    this.dataset.step = status === "idle" ? "" : step.kind;
    if (status === "idle") {
      return;
    }
    this.#swap(move);
    const rounds = Math.max(1, ...this.#run.steps().map((other) => other.round ?? 1));
    const text = words(step, { title: this.#moves.title(move, this.#run.version), rounds, counting });
    const { place, short, where, count, main } = this.#parts;
    set(place, `Exercise ${move + 1} of ${this.#moves.length}`);
    set(short, status === "paused" ? "Paused" : this.#enough(step, now) ?? text.short);
    set(where, text.where);
    set(count, this.#count(step, now));
    set(main, status === "paused" ? "Go on" : this.#run.state.endsAt ? "Pause" : "Done");
    this.#tell(text.said, running);
  }

  /** Read a step out once, to the screen reader and by voice. */
  #tell(text, running) {
    const { move, step } = this.#run.state;
    const key = `${move} ${step} ${this.#run.state.since}`;
    if (!running || this.#said === key) {
      return;
    }
    const quiet = this.#said === null;
    this.#said = key;
    set(this.#parts.said, text);
    if (this.#sets.voice && !quiet) {
      speak(text);
    }
  }

  #count(step, now) {
    const left = this.#run.left(now);
    if (step.kind === "reps") {
      return left === null ? amount(step) : String(this.#run.repetition(now));
    }
    return left === null ? "" : clock(Math.ceil(left / 1000));
  }

  /** In a range, once the lower end is done: the rest is up to the person. */
  #enough(step, now) {
    const done = step.kind === "reps" && step.to && this.#run.repetition(now) > step.from;
    return done ? `Enough, or on to ${step.to}` : null;
  }

  #finish() {
    keepAwake(false);
    speak("");
    localStorage.removeItem(this.#key);
    const { over, began } = this.#run.state;
    const facts = { at: over, began, routine: this.getAttribute("name"), title: this.getAttribute("label") };
    this.dataset.status = "done";
    this.#moves.show(-1);
    new Finish(this.#parts.stage, this.querySelector("template[data-part=finish]"), facts).show();
  }

  #build() {
    const template = this.querySelector("template[data-part=stage]");
    this.prepend(template.content.cloneNode(true));
    const stage = this.firstElementChild;
    this.#parts = { stage };
    stage.querySelectorAll("[data-part]").forEach((part) => (this.#parts[part.dataset.part] = part));
  }

  #readPace() {
    const kept = read(PACE) ?? {};
    for (const control of this.querySelectorAll(".stage :is(input, select)")) {
      const value = kept[control.name];
      if (control.name in this.#sets) {
        this.#sets[control.name] = control.checked = value ?? control.checked;
      } else if (value !== undefined) {
        control.value = value;
      }
      if (control.name in Run.pace) {
        this.#run.state[control.name] = control.type === "range" ? Number(control.value) : control.value;
      }
    }
  }

  /** Show the chosen version of a move, and the buttons for the others: from another one, the way leads back. */
  #swap(move) {
    const chosen = this.#run.version;
    this.#moves.choose(move, chosen);
    for (const name of ["easier", "harder"]) {
      const offered = chosen === "own" ? name in this.#run.moves[move] : chosen !== name;
      this.#parts[name].hidden = !offered;
    }
  }

  get #key() {
    return `kneecare.run.${this.getAttribute("name")}`;
  }
}

function set(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function clock(seconds) {
  return seconds < 100 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

customElements.define("routine-player", RoutinePlayer);
