/**
 * <my-progress> <template>…</template> </my-progress>
 *
 * Shows what player/diary.js keeps on this device: days, pain and effort. Sends nothing anywhere.
 */
import { dayOf, deleteAll, entries } from "./player/diary.js";
import { chart } from "./player/chart.js";

const MONTHS = 2;

class MyProgress extends HTMLElement {
  connectedCallback() {
    this.replaceChildren(this.querySelector("template").content.cloneNode(true));
    this.addEventListener("click", this);
    window.addEventListener("storage", this);
    this.#show();
  }

  disconnectedCallback() {
    window.removeEventListener("storage", this);
  }

  handleEvent(event) {
    const action = event.type === "click" ? event.target.closest("[data-action]")?.dataset.action : "show";
    const actions = {
      export: () => this.#export(),
      print: () => window.print(),
      ask: () => this.querySelector("dialog").showModal(),
      delete: () => this.#delete(),
      show: () => {},
    };
    if (action in actions) {
      actions[action]();
      this.#show();
    }
  }

  #show() {
    const all = entries();
    this.querySelector("[data-part=empty]").hidden = all.length > 0;
    this.querySelector("[data-part=diary]").hidden = all.length === 0;
    this.querySelector("[data-part=summary]").textContent = summary(all);
    this.querySelector("[data-part=days]").replaceChildren(...months(all));
    this.querySelector("[data-part=chart]").replaceChildren(chart(all));
    this.querySelector("[data-part=rows]").replaceChildren(...all.toReversed().map(row));
  }

  #delete() {
    deleteAll();
    this.#show();
    this.querySelector("[data-part=empty]").focus();
  }

  #export() {
    const file = new Blob([JSON.stringify(entries(), null, 2)], { type: "application/json" });
    const link = Object.assign(document.createElement("a"), {
      href: URL.createObjectURL(file),
      download: `knee-diary-${dayOf(Date.now())}.json`,
    });
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

/** Never what was missed: only what was done. */
function summary(all) {
  const days = new Set(all.map((entry) => entry.day));
  const week = [...days].filter((day) => day > dayOf(Date.now() - 7 * 86_400_000)).length;
  const count = (number) => `${number} day${number === 1 ? "" : "s"}`;
  return `You moved on ${count(week)} in the last seven days, and on ${count(days.size)} in all. Each one counts.`;
}

function months(all) {
  const done = Map.groupBy ? Map.groupBy(all, (entry) => entry.day) : group(all);
  const today = new Date();
  return Array.from({ length: MONTHS }, (_, back) => new Date(today.getFullYear(), today.getMonth() - back, 1))
    .reverse()
    .map((first) => month(first, done));
}

function group(all) {
  return new Map(all.map((entry) => [entry.day, all.filter((other) => other.day === entry.day)]));
}

function month(first, done) {
  const table = element("table", { className: "days" });
  table.append(element("caption", { textContent: first.toLocaleDateString("en-US", { month: "long", year: "numeric" }) }));
  const head = table.createTHead().insertRow();
  for (const [short, long] of [["S", "Sunday"], ["M", "Monday"], ["T", "Tuesday"], ["W", "Wednesday"], ["T", "Thursday"], ["F", "Friday"], ["S", "Saturday"]]) {
    head.append(element("th", { scope: "col", abbr: long, textContent: short }));
  }
  const body = table.createTBody();
  const days = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate();
  for (let cell = -first.getDay(); cell < days; cell++) {
    const week = (cell + first.getDay()) % 7 ? body.lastChild : body.insertRow();
    fill(week.insertCell(), cell < 0 ? null : new Date(first.getFullYear(), first.getMonth(), cell + 1), done);
  }
  return table;
}

function fill(cell, date, done) {
  if (date) {
    const times = done.get(dayOf(date))?.length ?? 0;
    cell.textContent = date.getDate();
    if (times) {
      cell.className = "days__done";
      cell.append(element("span", { className: "visually-hidden", textContent: `: done${times > 1 ? ` ${times} times` : ""}` }));
    }
  }
}

function row({ at, title, pain, effort }) {
  const line = element("tr");
  const day = new Date(at).toLocaleDateString("en-US", { weekday: "short", month: "short", day: "numeric" });
  line.append(...[day, title, pain ?? "–", effort ?? "–"].map((text) => element("td", { textContent: text })));
  return line;
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

customElements.define("my-progress", MyProgress);
