/** Pain and effort over time as a small drawing; the table beside it says the same in numbers. */
const SVG = "http://www.w3.org/2000/svg";
// Small, so that its letters can still be read on a phone.
const [WIDTH, HEIGHT, EDGE] = [360, 180, 30];

/** `all` as in diary.js; only entries with an answer are drawn, the last thirty of them. */
export function chart(all) {
  const answered = all.filter(({ pain, effort }) => pain !== null || effort !== null).slice(-30);
  const drawing = make("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "diary-chart", role: "img" });
  const title = make("title");
  title.textContent = "Pain and effort, from 0 to 10, over time. The table below has the numbers.";
  drawing.append(title, ...[0, 5, 10].flatMap(grid));
  for (const name of ["effort", "pain"]) {
    drawing.append(...line(answered, name));
  }
  return drawing;
}

function line(answered, name) {
  const points = answered.map((entry, i) => [x(i, answered.length), entry[name]]).filter(([, value]) => value !== null);
  const path = points.map(([left, value]) => `${left},${y(value)}`).join(" ");
  const mark = name === "pain"
    ? ([left, value]) => make("circle", { cx: left, cy: y(value), r: 5, class: "diary-chart__pain" })
    : ([left, value]) => make("rect", { x: left - 4, y: y(value) - 4, width: 8, height: 8, class: "diary-chart__effort" });
  return [make("polyline", { points: path, class: `diary-chart__line diary-chart__${name}` }), ...points.map(mark)];
}

function grid(value) {
  const label = make("text", { x: 0, y: y(value) + 5, class: "diary-chart__label" });
  label.textContent = value;
  return [make("line", { x1: EDGE, x2: WIDTH, y1: y(value), y2: y(value), class: "diary-chart__grid" }), label];
}

const x = (i, count) => EDGE + 10 + (count > 1 ? (i * (WIDTH - EDGE - 20)) / (count - 1) : (WIDTH - EDGE) / 2);
const y = (value) => 10 + ((10 - value) * (HEIGHT - 20)) / 10;

function make(name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}
