import { dayOf, keep } from "../diary/entries.js";

/** What stands in the place of the clock at the end: how it felt, kept on the device and nowhere else. */
export class Finish {
  constructor(panel, template, facts) {
    this.panel = panel;
    this.template = template;
    this.facts = facts;
  }

  /** Note that the routine was done, then ask; an answer is added to the same entry. */
  show() {
    const kept = this.#keep({ pain: null, effort: null });
    this.panel.replaceChildren(this.template.content.cloneNode(true));
    const form = this.panel.querySelector("form");
    form.addEventListener("submit", (event) => this.#submit(event, form));
    if (!kept) {
      this.#say("This device keeps nothing, so nothing is noted.");
    }
    this.panel.querySelector("h2").focus();
  }

  #submit(event, form) {
    event.preventDefault();
    const answers = new FormData(form);
    const number = (name) => (answers.has(name) ? Number(answers.get(name)) : null);
    const felt = { pain: number("pain"), effort: number("effort") };
    const said = felt.pain ?? felt.effort ?? null;
    const noted = said === null ? "The day is noted. Choose a number to note how it felt." : "Noted on this device.";
    this.#say(this.#keep(felt) ? noted : "This device keeps nothing, so nothing is noted.");
  }

  #keep(answers) {
    const { at, routine, title } = this.facts;
    return keep({ day: dayOf(at), at, routine, title, ...answers });
  }

  #say(text) {
    this.panel.querySelector("output").textContent = text;
  }
}
