import { dayOf } from "./entries.js";

/**
 * The last `count` months up to `now`, oldest first: { name, weeks }. A week begins on Sunday; what stands in it is
 * null before the first of the month, else { number, times }: the day, and how often something was done on it.
 */
export function months(all, now, count) {
  const done = new Map();
  all.forEach(({ day }) => done.set(day, (done.get(day) ?? 0) + 1));
  const today = new Date(now);
  return Array.from({ length: count }, (_, back) => new Date(today.getFullYear(), today.getMonth() - back, 1))
    .reverse()
    .map((first) => ({
      name: first.toLocaleDateString("en-US", { month: "long", year: "numeric" }),
      weeks: weeks(first, done),
    }));
}

function weeks(first, done) {
  const length = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate();
  const days = Array.from({ length }, (_, i) => {
    const date = new Date(first.getFullYear(), first.getMonth(), i + 1);
    return { number: i + 1, times: done.get(dayOf(date)) ?? 0 };
  });
  const cells = [...Array(first.getDay()).fill(null), ...days];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
