/**
 * <pose-editor data-name="figure" data-url="…/drawing/">…the fields of a drawing, its pictures and its buttons…</pose-editor>
 *
 * Has the server draw what the fields say, whenever one is changed, and turns joints that are dragged in the drawing.
 * Without this, the buttons send the form, which comes back drawn.
 */
import * as fields from "./pose-fields.js";
import { listen } from "./pose-handles.js";
import { History } from "./pose-history.js";

const PAUSE = 80; // ms between what is changed and what is asked
const STILL = 700; // ms until the move is shown again
const UNHEARD = "The drawing could not be fetched. What you typed is kept; change something to try again.";

/** What the server has drawn, and escaped. */
const elements = (html) => [...new DOMParser().parseFromString(html, "text/html").body.children];

class PoseEditor extends HTMLElement {
  #history = new History((said) => this.#ask({ whole: 1 }, said));
  #text = "";
  #timer;
  #player;
  #isBusy = false;
  #waiting = [];

  connectedCallback() {
    this.#part("bar").replaceChildren(...this.#history.buttons);
    this.#equip();
    this.#history.start(this.#said());
    this.addEventListener("input", (event) => this.#input(event.target));
    this.addEventListener("change", (event) => this.#change(event.target));
    this.addEventListener("click", (event) => this.#press(event));
    this.addEventListener("keydown", (event) => this.#key(event));
    for (const seen of ["pointerover", "focusin"]) this.addEventListener(seen, (event) => this.#name(event.target.closest(".pose-handle")));
    listen(this, { turn: (handle, how) => this.#turn(handle, how), done: () => this.#done() });
    this.#ask();
  }

  #part = (name) => this.querySelector(`[data-part="${name}"]`);
  #parts = (name) => [...this.querySelectorAll(`[data-part="${name}"]`)];

  #equip() {
    for (const pose of this.#parts("pose")) fields.equip(pose);
    for (const button of this.querySelectorAll("button[formaction]")) button.type = "button";
    this.#text = this.#part("text").value;
  }

  /** The fields of the drawing as they are sent, without what only tells of the JSON; that alone, where there are none or it was typed. */
  #said() {
    const { name } = this.dataset;
    const typed = this.#part("text").value;
    const all = [...new FormData(this.#part("text").form)].filter(([key]) => key.startsWith(`${name}-`) && ![`${name}-copy`, `${name}-seen`].includes(key));
    const hasPoses = all.some(([key]) => key === `${name}-poses`);
    return new URLSearchParams(hasPoses && typed === this.#text ? all : [[name, typed]]).toString();
  }

  #input(field) {
    if (field.dataset.joint) {
      fields.follow(field.closest("[data-part=pose]"), field);
    }
    if (field.name !== this.dataset.name && field.type !== "range") this.#soon();
  }

  #change(field) {
    if (field.name?.endsWith("-copy")) return;
    if (field.name === this.dataset.name) this.#ask({ whole: 1 });
    else this.#soon();
    this.#keep();
  }

  #press(event) {
    const button = event.target.closest("button[formaction]");
    if (!button) return;
    const { name } = this.dataset;
    const copy = this.querySelector(`[name="${name}-copy"]`).value;
    this.#ask({ [button.name]: button.value, [`${name}-copy`]: copy, whole: 1, kept: 1 });
    this.closest("form").dispatchEvent(new Event("change", { bubbles: true })); // no field has: see unsaved.js
  }

  #turn(handle, how) {
    const pose = this.#parts("pose")[this.#place(handle)];
    fields.turn(pose, handle.dataset.joint, how);
    this.#soon();
  }

  #place = (handle) => Number(handle.dataset.place);

  #keep() {
    this.#history.keep(this.#said());
  }

  /** A joint was let go: its picture is framed anew. */
  #done() {
    this.#keep();
    this.#soon();
  }

  /** Enter ends a number. Ctrl+Z is the drawing's, and not that of the field which was typed into last; words have their own. */
  #key(event) {
    if (event.key === "Enter" && event.target.dataset.joint && event.target.type === "number") {
      event.preventDefault(); // it says that the number is done, and not the exercise
      this.#keep();
      return;
    }
    const key = event.key.toLowerCase();
    const isText = event.target.matches("textarea, [type=text]");
    if (isText || event.altKey || !(event.ctrlKey || event.metaKey) || !["z", "y"].includes(key)) return;
    event.preventDefault();
    this.#keep();
    if (key === "y" || event.shiftKey) this.#history.redo();
    else this.#history.undo();
  }

  /** Says below the picture which joint a dot turns, and where it stands. */
  #name(handle) {
    if (!handle) return;
    const stage = handle.closest("[data-part=stage]");
    stage.dataset.joint = handle.dataset.joint;
    stage.dataset.held = `${handle.getAttribute("aria-label")}: ${handle.getAttribute("aria-valuenow")}\u00b0`;
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  /* One question at a time; of those that wait, the last one that redraws all, or else the last. */
  async #ask(more = {}, said = this.#said()) {
    if (this.#isBusy) {
      if (more.whole || !this.#waiting[0]?.whole) this.#waiting = more.whole ? [more, said] : [more];
      return;
    }
    this.#isBusy = true;
    try {
      const token = this.closest("form").elements.csrfmiddlewaretoken.value;
      const body = new URLSearchParams([...new URLSearchParams(said), ...Object.entries(more), ["csrfmiddlewaretoken", token]]);
      const response = await fetch(this.dataset.url, { method: "POST", body });
      this.#show(await response.json(), more);
    } catch {
      this.#part("words").textContent = UNHEARD;
    }
    this.#isBusy = false;
    const next = this.#waiting;
    this.#waiting = [];
    if (next.length) this.#ask(...next);
  }

  #show(found, more) {
    this.#part("words").textContent = found.words;
    this.classList.toggle("pose-editor--stale", !found.positions);
    if (found.fields) this.#replace(found.fields);
    if (found.positions?.length) this.#draw(found);
    if (more.kept) this.#keep();
  }

  #replace(html) {
    const open = this.#parts("fields")[0].querySelectorAll("details[open]");
    const keys = [...open].map((each) => each.dataset.key).filter((key) => key !== "start");
    const { name, value } = document.activeElement;
    const [fresh] = elements(html);
    this.#part("fields").replaceWith(fresh);
    for (const each of fresh.querySelectorAll("details")) each.open ||= keys.includes(each.dataset.key);
    this.#equip();
    if (document.activeElement === document.body) {
      // Where somebody was: on the button that they pressed, if it is still to be seen.
      const again = [...fresh.querySelectorAll("button[formaction]")].find((each) => each.name === name && each.value === value && each.offsetParent);
      (again ?? fresh.querySelector("summary")).focus({ preventScroll: true });
    }
  }

  #draw({ positions, angles, sheet, text, seen }) {
    const held = document.activeElement.closest?.(".pose-handle")?.dataset;
    this.#parts("stage").forEach((stage, place) => this.#drawPosition(stage, place, positions[place] ?? ""));
    this.#parts("pose").forEach((pose, place) => angles[place] && fields.show(pose, angles[place]));
    if (held) {
      const [stage, joint] = [this.#parts("stage")[held.place], held.joint];
      stage.querySelector(`[data-joint="${joint}"]`)?.focus({ preventScroll: true });
    }
    if (this.#part("text").value === this.#text) this.#part("text").value = text;
    this.#text = text;
    this.#part("seen").value = seen;
    this.#play(sheet);
  }

  #drawPosition(stage, place, drawn) {
    const frame = this.classList.contains("pose-editor--dragging") && stage.querySelector("svg")?.getAttribute("viewBox");
    stage.replaceChildren(...elements(drawn));
    // While a joint is dragged the paper stays as it is: the dot would run away from the pointer.
    if (frame) stage.querySelector("svg")?.setAttribute("viewBox", frame);
    for (const handle of stage.querySelectorAll(".pose-handle")) handle.dataset.place = place;
    if (stage.dataset.joint) this.#name(stage.querySelector(`.pose-handle[data-joint="${stage.dataset.joint}"]`));
  }

  /** The sheet stands still while somebody draws, and then shows the move. */
  #play(sheet) {
    const frame = this.#part("sheet");
    delete frame.dataset.plays;
    frame.replaceChildren(...elements(sheet));
    clearTimeout(this.#player);
    this.#player = setTimeout(() => (frame.dataset.plays = "once"), STILL);
  }
}

customElements.define("pose-editor", PoseEditor);
