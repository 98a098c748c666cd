import { EDGE, HEIGHT, WIDTH, points, topOf } from "./plot.js";

/** Pain and effort over time as a small drawing; the table beside it says the same in numbers. */
const SVG = "http://www.w3.org/2000/svg";

/** `all` as in entries.js. */
export function chart(all) {
  const drawing = make("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "diary-chart", role: "img" });
  const title = make("title");
  title.textContent = "Pain and effort, from 0 to 10, over time. The table below has the numbers.";
  drawing.append(title, ...[0, 5, 10].flatMap(grid));
  for (const name of ["effort", "pain"]) {
    drawing.append(...line(points(all, name), name));
  }
  return drawing;
}

function line(marks, name) {
  const path = marks.map(({ left, top }) => `${left},${top}`).join(" ");
  const mark = name === "pain"
    ? ({ left, top }) => make("circle", { cx: left, cy: top, r: 5, class: "diary-chart__pain" })
    : ({ left, top }) => make("rect", { x: left - 4, y: top - 4, width: 8, height: 8, class: "diary-chart__effort" });
  return [make("polyline", { points: path, class: `diary-chart__line diary-chart__${name}` }), ...marks.map(mark)];
}

function grid(value) {
  const top = topOf(value);
  const label = make("text", { x: 0, y: top + 5, class: "diary-chart__label" });
  label.textContent = value;
  return [make("line", { x1: EDGE, x2: WIDTH, y1: top, y2: top, class: "diary-chart__grid" }), label];
}

function make(name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}
