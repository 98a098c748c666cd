/** Where pain and effort stand in the chart, in units of its viewBox. */
// Small, so that its letters can still be read on a phone.
export const [WIDTH, HEIGHT, EDGE] = [360, 180, 30];
const MOST = 30;

/** The points of one `name`, pain or effort: { left, top }. Only the last thirty entries with an answer are drawn. */
export function points(all, name) {
  const answered = all.filter(({ pain, effort }) => pain !== null || effort !== null).slice(-MOST);
  return answered
    .map((entry, i) => ({ left: leftOf(i, answered.length), value: entry[name] }))
    .filter(({ value }) => value !== null)
    .map(({ left, value }) => ({ left, top: topOf(value) }));
}

/** How far down a value from 0 to 10 stands: 10 is at the top. */
export const topOf = (value) => 10 + ((10 - value) * (HEIGHT - 20)) / 10;

const leftOf = (i, count) => EDGE + 10 + (count > 1 ? (i * (WIDTH - EDGE - 20)) / (count - 1) : (WIDTH - EDGE) / 2);
