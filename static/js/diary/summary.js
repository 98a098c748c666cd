import { dayOf } from "./entries.js";

/** On how many days something was done, in words; `all` as in entries.js. Never what was missed. */
export function summary(all, now) {
  const today = new Date(now);
  // Days of a calendar: one of 23 or 25 hours is a day too.
  const before = dayOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() - 7));
  const days = new Set(all.map((entry) => entry.day));
  const week = [...days].filter((day) => day > before).length;
  return `You moved on ${count(week)} in the last seven days, and on ${count(days.size)} in all. Each one counts.`;
}

const count = (number) => `${number} day${number === 1 ? "" : "s"}`;
