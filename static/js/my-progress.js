/**
 * <my-progress> <template>…</template> </my-progress>
 *
 * Shows what diary/entries.js keeps on this device: days, pain and effort. Sends nothing anywhere.
 */
import { months } from "./diary/calendar.js";
import { chart } from "./diary/chart.js";
import { csv } from "./diary/csv.js";
import { dayOf, deleteAll, entries } from "./diary/entries.js";
import { summary } from "./diary/summary.js";
import { groups, make } from "./diary/table.js";

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
      csv: () => save("csv", "text/csv", csv(entries())),
      json: () => save("json", "application/json", JSON.stringify(entries(), null, 2)),
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
    const rows = this.querySelector("[data-part=rows]");
    [...rows.tBodies].forEach((body) => body.remove());
    rows.append(...groups(all));
  }

  #delete() {
    deleteAll();
    this.#show();
    this.querySelector("[data-part=empty]").focus();
  }
}

/** Give the person a file of their notes. */
function save(suffix, type, text) {
  const file = new Blob([text], { type });
  const link = make("a", { href: URL.createObjectURL(file), download: `exercise-diary-${dayOf(Date.now())}.${suffix}` });
  link.click();
  URL.revokeObjectURL(link.href);
}

function table({ name, weeks }) {
  const days = make("table", { className: "days" });
  days.append(make("caption", { textContent: name }));
  const head = days.createTHead().insertRow();
  head.append(...WEEKDAYS.map((day) => make("th", { scope: "col", abbr: day, textContent: day[0] })));
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
      cell.append(make("span", { className: "visually-hidden", textContent: `: done${times}` }));
    }
  }
}

customElements.define("my-progress", MyProgress);
