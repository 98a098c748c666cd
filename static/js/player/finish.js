import { dayOf, keep } from "../diary/entries.js";

const NOTHING_KEPT = "This device keeps nothing, so nothing is noted.";
const NOTED = "Noted on this device.";

/** What stands in the place of the clock at the end of a run that was over `at` a moment; `moves` are the titles of what was done. */
export function finish(player, panel, { at, moves }) {
  const facts = { day: dayOf(at), at, routine: player.getAttribute("name"), title: player.getAttribute("label") };
  const asked = () => new Finish(panel, player, facts, moves).show();
  if (moves.length) {
    asked();
    return;
  }
  put(panel, player.querySelector("template[data-part=skipped]"));
  panel.querySelector("button").addEventListener("click", asked);
}

function put(panel, template) {
  panel.replaceChildren(template.content.cloneNode(true));
  panel.querySelector("h2").focus();
  panel.scrollIntoView();
}

/** How it felt, kept on the device and nowhere else. */
class Finish {
  constructor(panel, player, facts, moves) {
    Object.assign(this, { panel, facts, moves });
    this.template = player.querySelector("template[data-part=finish]");
    this.limit = Number(player.getAttribute("limit"));
  }

  /** Note that the routine was done, then ask; an answer is added to the same entry. */
  show() {
    const kept = this.#keep({ pain: null, effort: null });
    put(this.panel, this.template);
    this.form = this.panel.querySelector("form");
    this.#askOfMoves();
    this.form.addEventListener("change", () => this.#advise());
    this.form.addEventListener("submit", (event) => this.#submit(event));
    if (!kept) {
      this.#say(NOTHING_KEPT);
    }
  }

  #askOfMoves() {
    const list = this.panel.querySelector("[data-part=moves]");
    const template = list.querySelector("template");
    for (const title of this.moves) {
      const move = template.content.cloneNode(true);
      move.querySelector("legend").textContent = title;
      list.append(move);
    }
  }

  /** The routine's own advice, once the pain is above its limit: what the number means, the signs to look for, whom to ask. */
  #advise() {
    const pain = Math.max(...this.#all("pain").filter((number) => number !== null), -1);
    const advice = this.panel.querySelector("[data-part=advice]");
    advice.hidden = pain <= this.limit;
    const zones = [...advice.querySelectorAll("[data-last]")];
    const zone = zones.find((each) => pain <= Number(each.dataset.last));
    zones.forEach((each) => (each.hidden = each !== zone));
  }

  #submit(event) {
    event.preventDefault();
    const [pain, ...pains] = this.#all("pain");
    const [effort, ...efforts] = this.#all("effort");
    const moves = this.moves.map((title, i) => ({ title, pain: pains[i], effort: efforts[i] }));
    const felt = { pain, effort, moves: moves.filter((move) => move.pain !== null || move.effort !== null) };
    const isSaid = pain !== null || effort !== null || felt.moves.length;
    const noted = isSaid ? NOTED : "The day is noted. Choose a number to note how it felt.";
    this.#say(this.#keep(felt) ? noted : NOTHING_KEPT);
    if (pain > this.limit || pains.some((each) => each > this.limit)) {
      this.panel.querySelector("[data-part=advice]").scrollIntoView({ block: "center" });
    }
  }

  /** The answers of this name: of the routine, then of each move; null where there is none. */
  #all(name) {
    const chosen = new FormData(this.form).getAll(name);
    const isAnswered = this.form.querySelector(`[name=${name}]:checked`);
    return [...(isAnswered ? [] : [""]), ...chosen].map((text) => (text === "" ? null : Number(text)));
  }

  #keep(answers) {
    return keep({ ...this.facts, ...answers });
  }

  #say(text) {
    this.panel.querySelector("output").textContent = text;
  }
}
