import { forget } from "../player/store.js";

/** What somebody did and how it felt. It stays on the device: nothing here is ever sent. */
const KEY = "kneecare.diary";

/** { day: "2026-11-24", at, routine, title, pain, effort, moves }, oldest first; pain and effort 0 to 10 or null, also of each move. */
export function entries() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return found
      .filter((entry) => Number.isFinite(entry?.at) && typeof entry.day === "string")
      .map((entry) => ({ ...felt(entry), moves: moves(entry) }));
  } catch {
    return [];
  }
}

/** Whatever can write on the device may have written it. */
const answer = (value) => (typeof value === "number" && value >= 0 && value <= 10 ? value : null);

const felt = (noted) => ({ ...noted, pain: answer(noted.pain), effort: answer(noted.effort) });
const moves = ({ moves: noted }) => (Array.isArray(noted) ? noted.filter((move) => typeof move?.title === "string").map(felt) : []);

/** Add an entry; one with the same moment is replaced. False where the device keeps nothing. */
export function keep(entry) {
  const others = entries().filter((other) => other.at !== entry.at);
  return write([...others, entry].sort((a, b) => a.at - b.at));
}

function write(all) {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
    return true;
  } catch {
    return false;
  }
}

export function deleteAll() {
  forget(KEY);
}

/** The day on the device's own clock. */
export function dayOf(moment) {
  const date = new Date(moment);
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
