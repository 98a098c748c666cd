/**
 * <my-progress> <template>…</template> </my-progress>
 *
 * Shows what diary/entries.js keeps on this device: days, pain and effort. Sends nothing anywhere.
 */
import { months } from "./diary/calendar.js";
import { chart } from "./diary/chart.js";
import { dayOf, deleteAll, entries } from "./diary/entries.js";
import { summary } from "./diary/summary.js";

const MONTHS = 2;
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

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
    this.querySelector("[data-part=summary]").textContent = summary(all, Date.now());
    this.querySelector("[data-part=days]").replaceChildren(...months(all, Date.now(), MONTHS).map(table));
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

function table({ name, weeks }) {
  const days = element("table", { className: "days" });
  days.append(element("caption", { textContent: name }));
  const head = days.createTHead().insertRow();
  head.append(...WEEKDAYS.map((day) => element("th", { scope: "col", abbr: day, textContent: day[0] })));
  const body = days.createTBody();
  for (const week of weeks) {
    const line = body.insertRow();
    week.forEach((day) => fill(line.insertCell(), day));
  }
  return days;
}

function fill(cell, day) {
  if (day) {
    cell.textContent = day.number;
    if (day.times) {
      cell.className = "days__done";
      const times = day.times > 1 ? ` ${day.times} times` : "";
      cell.append(element("span", { className: "visually-hidden", textContent: `: done${times}` }));
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
