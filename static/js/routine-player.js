/**
 * <routine-player name="knee-strength-starter" version="3" between="30" limit="5">
 *   <template data-part="panel">…</template> <template data-part="finish">…</template> <template data-part="skipped">…</template>
 *   <ol> <li data-title="…" data-side="right" data-steps="[…]">… <template data-variant="easier" data-title="…" data-steps="[…]">…</template></li> </ol>
 * </routine-player>
 *
 * Leads through a routine that already stands on the page: one exercise at a time with a clock, sound and voice. Where the
 * person is is kept on the device, so that a reload goes on to the second. See player/run.js for the clock.
 */
import { afterPaint } from "./player/after-paint.js";
import { keepAwake, prepare, speak, unlock } from "./player/cues.js";
import { finish } from "./player/finish.js";
import { Panel } from "./player/panel.js";
import { Run } from "./player/run.js";
import { Settings } from "./player/settings.js";
import { Stage } from "./player/stage.js";
import { forget, read, write } from "./player/store.js";
import { Voice } from "./player/voice.js";

class RoutinePlayer extends HTMLElement {
  #run;
  #panel;
  #settings;
  #stage;
  #voice;
  #timer;
  #isTakenUp = false; // it went on where it was left, and nobody has pressed anything yet
  #isAsking = false; // which side it is
  #isElsewhere = false; // another window of this routine has taken over
  #me = Math.random().toString(36);

  connectedCallback() {
    const items = this.querySelectorAll(":scope > ol > li[data-steps]");
    if (!items.length) {
      return;
    }
    this.#panel = new Panel(this.querySelector("template[data-part=panel]"));
    this.prepend(this.#panel.element);
    this.#stage = new Stage(this, items, this.#panel.parts);
    this.#run = new Run(this.#stage.exercises.scripts(), {
      between: this.hasAttribute("between") ? Number(this.getAttribute("between")) : null,
      version: this.getAttribute("version"),
    });
    this.#settings = new Settings(this.#panel.controls, this.#run);
    this.#voice = new Voice(this.#settings.own);
    this.#panel.parts.side.hidden = !this.#run.hasSides;
    this.#listen();
    this.#isTakenUp = this.#run.restore(read(this.#key), Date.now());
    this.#goOn();
  }

  #listen() {
    this.addEventListener("pointerdown", prepare, { once: true });
    ["click", "change", "keydown"].forEach((name) => this.addEventListener(name, this));
    document.addEventListener("visibilitychange", this);
    window.addEventListener("storage", this);
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
    const button = event.target.closest("[data-action]");
    if (button) {
      this.#act(button.dataset.action, button.value);
    }
  }

  /** Space is the big button, the arrows go back and on, while the focus is on nothing that wants these keys. */
  onkeydown(event) {
    const action = { " ": "main", ArrowLeft: "back", ArrowRight: "skip" }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    if (action && this.#isMoving && !event.target.closest("button, summary, input, select, a, dialog")) {
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

  #act(action, value) {
    this.#panel.hasSound(unlock());
    if (!this.#isMoving) {
      this.#voice.start();
    }
    if (action === "settings") {
      afterPaint(() => this.#panel.settings.showModal());
    } else if (action === "leave") {
      this.#leave();
    } else if (!this.#isDone && !this.#asks(action, value)) {
      this.#run.act(this.#isMoving ? action : "main", Date.now());
      this.#goOn();
      afterPaint(() => this.#panel.element.scrollIntoView());
    }
  }

  /** Ask once which side it is, where each has its turn; true while there is no answer. */
  #asks(action, value) {
    const wasAsking = this.#isAsking;
    this.#isAsking = !value && !this.#isMoving && this.#run.hasSides && !this.#run.state.side;
    if (action === "side") {
      this.#settings.set("side", value, this.#run, Date.now());
    } else if (this.#isAsking && !wasAsking) {
      this.#show();
      this.#voice.say(this.querySelector("legend").textContent);
      afterPaint(() => this.querySelector("[data-action=side]").focus());
    }
    return this.#isAsking;
  }

  /** Whoever leaves finds the routine where it was. */
  #leave() {
    if (this.#run.state.status === "running") {
      this.#run.pause(Date.now());
      this.#goOn();
    }
  }

  #goOn() {
    this.#isElsewhere = false;
    if (this.#isMoving) {
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
    const { status, endsAt } = this.#run.state;
    this.#paint(now);
    afterPaint(() => keepAwake(this.#run.state.status === "running"));
    if (status === "running" && endsAt) {
      this.#timer = setTimeout(() => this.#tick(), this.#run.left(now) % 1000 || 1000);
    }
  }

  #tick() {
    this.#voice.second(this.#run, Date.now());
    this.#show();
  }

  #paint(now) {
    this.#stage.stand(this.#isAsking ? "asking" : this.#run.state.status);
    this.dataset.step = this.#isMoving ? this.#run.step.kind : "";
    if (this.#isMoving) {
      const said = this.#panel.paint(this.#run, this.#stage.exercises, now);
      this.#tell(said, now);
    }
    if (this.#isElsewhere) {
      this.#panel.isElsewhere();
    }
    this.#stage.show(this.#run);
  }

  /** Read a step out once, to the screen reader and by voice: within the press that begins it, as phones ask. */
  #tell(text, now) {
    if (this.#run.state.status !== "running") {
      return;
    }
    if (this.#voice.begins(this.#run)) {
      this.#panel.say(text);
      this.#isTakenUp || this.#voice.say(text);
      this.#isTakenUp = false;
    }
    this.#voice.beat(this.#run, now);
  }

  #finish() {
    keepAwake(false);
    speak("");
    forget(this.#key);
    this.#stage.clear();
    const { over, did, chosen } = this.#run.state;
    const moves = did.map((number) => this.#stage.exercises.facts(number, chosen[number]).title);
    finish(this, this.#panel.element, { at: over, moves });
  }

  get #isMoving() {
    return ["running", "paused"].includes(this.#run.state.status);
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
