/**
 * <routine-player name="knee-strength-starter" version="3" between="30">
 *   <template data-part="panel">…</template> <template data-part="finish">…</template>
 *   <ol> <li data-title="…" data-steps="[…]">… <template data-variant="easier" data-title="…" data-steps="[…]">…</template></li> </ol>
 * </routine-player>
 *
 * Leads through a routine that already stands on the page: one exercise at a time with a clock, sound and voice. Where the
 * person is is kept on the device, so that a reload goes on to the second. See player/run.js for the clock.
 */
import { afterPaint } from "./player/after-paint.js";
import { Finish } from "./player/finish.js";
import { Exercises } from "./player/exercises.js";
import { beep, keepAwake, speak } from "./player/cues.js";
import { forget, read, write } from "./player/store.js";
import { Run } from "./player/run.js";
import { Settings } from "./player/settings.js";
import { Panel } from "./player/panel.js";

class RoutinePlayer extends HTMLElement {
  #run;
  #panel;
  #settings;
  #exercises;
  #timer;
  #said = "";
  #wanted = "all"; // which exercise is to stand on the page
  #placed = "all"; // and which does
  #isElsewhere = false; // another window of this routine has taken over
  #me = Math.random().toString(36);

  connectedCallback() {
    const items = this.querySelectorAll(":scope > ol > li[data-steps]");
    if (!items.length) {
      return;
    }
    this.#panel = new Panel(this.querySelector("template[data-part=panel]"));
    this.prepend(this.#panel.element);
    this.#exercises = new Exercises(items);
    this.#run = new Run(this.#exercises.scripts(), {
      between: this.hasAttribute("between") ? Number(this.getAttribute("between")) : null,
      version: this.getAttribute("version"),
    });
    this.#settings = new Settings(this.querySelectorAll(".player-panel :is(input, select)"), this.#run);
    this.addEventListener("click", this);
    this.addEventListener("change", this);
    this.addEventListener("keydown", this);
    document.addEventListener("visibilitychange", this);
    window.addEventListener("storage", this);
    if (this.#run.restore(read(this.#key), Date.now())) {
      this.#said = null;
      this.#keep();
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
    const action = event.target.closest("[data-action]")?.dataset.action;
    if (action) {
      this.#act(action);
    }
  }

  /** Space is the big button, the arrows go back and on, while the focus is on nothing that wants these keys. */
  onkeydown(event) {
    const action = { " ": "main", ArrowLeft: "back", ArrowRight: "skip" }[event.key];
    if (this.#isDone || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    if (action && this.#run.state.status !== "idle" && !event.target.closest("button, summary, input, select, a")) {
      event.preventDefault();
      this.#act(action);
    }
  }

  onchange(event) {
    if (this.#settings.change(event.target, this.#run, Date.now())) {
      speak("");
      this.#goOn();
    }
  }

  onvisibilitychange() {
    if (document.visibilityState === "visible") {
      this.#show();
    }
  }

  /** Another tab took this routine over: let go, so that the two do not talk at once. */
  onstorage(event) {
    const theirs = event.key === this.#key && read(this.#key);
    if (theirs && theirs.owner !== this.#me && this.#run.state.status === "running") {
      this.#run.pause(Date.now());
      this.#isElsewhere = true;
      this.#show();
    }
  }

  #act(action) {
    if (this.#isDone) {
      return;
    }
    const wasIdle = this.#run.state.status === "idle";
    this.#run.act(action, Date.now());
    this.#goOn();
    afterPaint(() => this.#panel.element.scrollIntoView({ block: wasIdle ? "start" : "nearest" }));
  }

  #goOn() {
    this.#isElsewhere = false;
    if (this.#run.state.status !== "idle") {
      this.#keep();
    }
    this.#show();
  }

  /** On the device, and as ours: another window of the same routine then lets go. */
  #keep() {
    write(this.#key, { ...this.#run.state, savedAt: Date.now(), owner: this.#me });
  }

  /** Bring page and clock up to date, and come back when the next second begins. */
  #show() {
    clearTimeout(this.#timer);
    if (this.#isDone) {
      return;
    }
    const now = Date.now();
    if (this.#run.catchUp(now)) {
      this.#keep();
    }
    if (this.#run.isOver) {
      this.#finish();
      return;
    }
    const { status } = this.#run.state;
    this.#paint(now);
    if (this.#isElsewhere) {
      this.#panel.isElsewhere();
    }
    afterPaint(() => keepAwake(this.#run.state.status === "running"));
    if (status === "running" && this.#run.state.endsAt) {
      const left = this.#run.left(now);
      this.#timer = setTimeout(() => this.#tick(), left % 1000 || 1000);
    }
  }

  #tick() {
    const left = this.#run.left(Date.now());
    const seconds = Math.round(left / 1000);
    if (this.#settings.sound && seconds <= 3 && this.#run.step.kind !== "reps") {
      beep(seconds === 0);
    }
    this.#show();
  }

  /** The panel answers at once; the exercise and the way to it follow, as their figures take longer to lay out. */
  #paint(now) {
    const { status } = this.#run.state;
    const idle = status === "idle";
    this.dataset.status = status;
    this.dataset.step = idle ? "" : this.#run.step.kind;
    if (!idle) {
      this.#tell(this.#panel.paint(this.#run, this.#exercises, now), status === "running");
    }
    this.#wanted = idle ? "all" : `${this.#run.state.exercise} ${this.#run.variant}`;
    if (this.#wanted !== this.#placed) {
      afterPaint(() => this.#place());
    }
  }

  #place() {
    if (this.#wanted === this.#placed || this.#run.isOver) {
      return;
    }
    this.#placed = this.#wanted;
    const { status, exercise } = this.#run.state;
    this.#exercises.show(status === "idle" ? null : exercise);
    if (status !== "idle") {
      this.#exercises.choose(exercise, this.#run.variant);
    }
  }

  /** Read a step out once, to the screen reader and by voice. */
  #tell(text, running) {
    const { exercise, step } = this.#run.state;
    const key = `${exercise} ${step} ${this.#run.state.since}`;
    if (!running || this.#said === key) {
      return;
    }
    const quiet = this.#said === null;
    this.#said = key;
    this.#panel.say(text);
    if (this.#settings.voice && !quiet) {
      afterPaint(() => speak(text));
    }
  }

  #finish() {
    keepAwake(false);
    speak("");
    forget(this.#key);
    const facts = { at: this.#run.state.over, routine: this.getAttribute("name"), title: this.getAttribute("label") };
    this.dataset.status = "done";
    this.#exercises.show(-1);
    new Finish(this.#panel.element, this.querySelector("template[data-part=finish]"), facts).show();
  }

  /** Whether the questions at the end stand on the panel: they are asked once, and nothing takes them away. */
  get #isDone() {
    return this.dataset.status === "done";
  }

  get #key() {
    return `kneecare.run.${this.getAttribute("name")}`;
  }
}

customElements.define("routine-player", RoutinePlayer);
