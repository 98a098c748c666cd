/** The entries of the diary in rows, newest first, under the title of their routine, which stands there once. */

/** `all` as in entries.js: a <tbody> for each routine, the one that was done last first. */
export function groups(all) {
  const newest = [...all].reverse();
  return [...new Set(newest.map(({ title }) => title))].map((title) => {
    const body = make("tbody");
    const head = make("th", { scope: "rowgroup", colSpan: 3, textContent: title, className: "diary__routine" });
    body.insertRow().append(head);
    body.append(...newest.filter((entry) => entry.title === title).flatMap(rows));
    return body;
  });
}

function rows({ at, pain, effort, moves }) {
  const day = new Date(at).toLocaleDateString("en-US", { weekday: "short", month: "short", day: "numeric" });
  return [row("diary__day", day, pain, effort), ...moves.map((move) => row("diary__move", move.title, move.pain, move.effort))];
}

function row(className, name, ...answers) {
  const line = make("tr");
  line.append(make("th", { scope: "row", className, textContent: name }));
  line.append(...answers.map((answer) => make("td", { textContent: answer ?? "–" })));
  return line;
}

export function make(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
