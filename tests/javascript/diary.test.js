import assert from "node:assert/strict";
import { test } from "node:test";

import { months } from "../../static/js/diary/calendar.js";
import { csv } from "../../static/js/diary/csv.js";
import { dayOf, deleteAll, entries, keep } from "../../static/js/diary/entries.js";
import { points } from "../../static/js/diary/plot.js";
import { summary } from "../../static/js/diary/summary.js";
import { keeps, keepsNothing } from "./device.js";

// A place that changes its clocks: on 8 March and 1 November 2026.
process.env.TZ = "America/New_York";

const NOON = new Date(2026, 10, 24, 12).getTime();
const entry = (at, answers = {}) => ({ at, day: dayOf(at), routine: "starter", title: "Starter", pain: null, effort: null, moves: [], ...answers });
const on = (day, answers) => entry(new Date(`${day}T12:00`).getTime(), answers);

test("entries are kept in the order of their moments, whatever came first", () => {
  keeps();

  keep(entry(NOON));
  keep(entry(NOON - 1000));

  assert.deepEqual(entries().map(({ at }) => at), [NOON - 1000, NOON]);
});

test("an answer is added to the entry of the same moment, and makes no second one", () => {
  keeps();

  keep(entry(NOON));
  keep(entry(NOON, { pain: 0, effort: 7 }));

  assert.deepEqual(entries(), [entry(NOON, { pain: 0, effort: 7 })]);
});

test("a device that keeps nothing says so and shows an empty diary", () => {
  keepsNothing();

  assert.equal(keep(entry(NOON)), false);
  deleteAll();
  assert.deepEqual(entries(), []);
});

test("all is gone when somebody deletes it", () => {
  keeps();
  keep(entry(NOON));

  deleteAll();

  assert.deepEqual(entries(), []);
});

for (const junk of ["{", "null", "7", "{}", '"words"', "[null, 1, []]", '[{"at": "noon", "day": "2026-11-24"}]', '[{"at": 1}]']) {
  test(`a diary that reads ${junk} is empty, and takes an entry`, () => {
    keeps({ "kneecare.diary": junk });

    assert.deepEqual(entries(), []);
    assert.equal(keep(entry(NOON)), true);
    assert.equal(entries().length, 1);
  });
}

for (const answer of ["much", -1, 11, true, [3], {}]) {
  test(`${JSON.stringify(answer)} is no answer to how it felt`, () => {
    keeps({ "kneecare.diary": JSON.stringify([entry(NOON, { pain: answer, effort: 2 })]) });

    const [{ pain, effort }] = entries();

    assert.deepEqual([pain, effort], [null, 2]);
  });
}

test("an entry that lacks its answers is one without answers", () => {
  keeps({ "kneecare.diary": JSON.stringify([{ at: NOON, day: "2026-11-24" }]) });

  assert.deepEqual(points(entries(), "pain"), []);
});

test("a day is the day on the device's own clock", () => {
  assert.equal(dayOf(new Date(2026, 0, 5, 0, 0)), "2026-01-05");
  assert.equal(dayOf(Date.UTC(2026, 0, 5, 4, 59)), "2026-01-04");
});

test("the summary counts each day once", () => {
  const all = [on("2026-10-15"), on("2026-11-21"), on("2026-11-24"), on("2026-11-24")];

  assert.match(summary(all, NOON), /^You moved on 2 days in the last seven days, and on 3 days in all\./);
  assert.match(summary([on("2026-11-24")], NOON), /on 1 day in the last seven days, and on 1 day in all/);
});

test("seven days are seven days of the calendar, also when the clocks change", () => {
  const march = ["08", "09", "10", "11", "12", "13", "14", "15"].map((day) => on(`2026-03-${day}`));
  assert.match(summary(march, new Date("2026-03-15T00:30")), /on 7 days in the last seven days/);

  const fall = ["10-26", "10-27", "10-28", "10-29", "10-30", "10-31", "11-01"].map((day) => on(`2026-${day}`));
  assert.match(summary(fall, new Date("2026-11-01T23:30")), /on 7 days in the last seven days/);
});

test("the calendar shows this month and the one before, each day under its weekday", () => {
  const [october, november] = months([on("2026-11-24"), on("2026-11-24"), on("2026-10-31")], NOON, 2);

  assert.deepEqual([october.name, november.name], ["October 2026", "November 2026"]);
  assert.equal(november.weeks.length, 5); // the first is a Sunday
  assert.deepEqual(november.weeks[3][2], { number: 24, times: 2 }); // a Tuesday
  assert.deepEqual(october.weeks[0].slice(0, 5), [null, null, null, null, { number: 1, times: 0 }]);
  assert.deepEqual(october.weeks.at(-1).at(-1), { number: 31, times: 1 });
});

test("the calendar of January leads back into the year before", () => {
  const names = months([], new Date(2027, 0, 31, 12), 2).map(({ name }) => name);

  assert.deepEqual(names, ["December 2026", "January 2027"]);
});

test("every day of every month stands once in the calendar", () => {
  for (const { weeks, name } of months([], NOON, 30)) {
    const days = weeks.flat().filter(Boolean).map(({ number }) => number);
    const length = new Date(Date.parse(`1 ${name}`)).getMonth() === 1 ? [28, 29] : [30, 31];

    assert.deepEqual(days, days.map((_, i) => i + 1), name);
    assert.ok(length.includes(days.length), name);
  }
});

test("worse stands higher, and later further to the right", () => {
  const all = [on("2026-11-20", { pain: 2 }), on("2026-11-21", { pain: 8 }), on("2026-11-22", { pain: 5 })];

  const [first, second, third] = points(all, "pain");

  assert.ok(second.top < third.top && third.top < first.top);
  assert.ok(first.left < second.left && second.left < third.left);
});

test("the ends of the scale stand at the edges of the drawing", () => {
  const tops = points([on("2026-11-20", { pain: 0 }), on("2026-11-21", { pain: 10 })], "pain").map(({ top }) => top);

  assert.deepEqual(tops, [170, 10]);
});

test("an entry without an answer takes no room, and one with half an answer keeps its place", () => {
  const all = [on("2026-11-19"), on("2026-11-20", { pain: 1, effort: 2 }), on("2026-11-21", { effort: 3 }), on("2026-11-22", { pain: 4 })];

  assert.deepEqual(points(all, "pain").map(({ left }) => left), [40, 350]);
  assert.deepEqual(points(all, "effort").map(({ left }) => left), [40, 195]);
});

test("two answers stand at the two ends", () => {
  const all = [on("2026-11-20", { pain: 1 }), on("2026-11-21", { pain: 1 })];

  assert.deepEqual(points(all, "pain").map(({ left }) => left), [40, 350]);
});

test("a single answer stands in the middle", () => {
  assert.deepEqual(points([on("2026-11-20", { pain: 3 })], "pain"), [{ left: 205, top: 122 }]);
});

test("of many answers the last thirty are drawn", () => {
  const all = Array.from({ length: 40 }, (_, i) => entry(NOON + i, { pain: i < 10 ? 0 : 10 }));

  const drawn = points(all, "pain");

  assert.equal(drawn.length, 30);
  assert.deepEqual(new Set(drawn.map(({ top }) => top)), new Set([10]));
});

test("what was noted of a move stays with its entry, and junk does not", () => {
  const moves = [{ title: "Bridge", pain: 2, effort: null }, { title: 4, pain: 1 }, null, { title: "Squat", pain: 99, effort: "x" }];
  keeps({ "kneecare.diary": JSON.stringify([{ ...entry(NOON), moves }, { ...entry(NOON + 1), moves: "many" }]) });

  const [first, second] = entries();

  assert.deepEqual(first.moves, [{ title: "Bridge", pain: 2, effort: null }, { title: "Squat", pain: null, effort: null }]);
  assert.deepEqual(second.moves, []);
});

test("a table for a spreadsheet has a line for each entry and each move that was noted", () => {
  const all = [on("2026-11-21", { pain: 2, effort: 5, moves: [{ title: "Bridge", pain: 0, effort: null }] }), on("2026-11-24")];

  assert.deepEqual(csv(all).split("\r\n"), [
    "\uFEFFDay,Routine,Move,Pain (0 to 10),How hard (0 to 10)",
    "2026-11-21,Starter,,2,5",
    "2026-11-21,Starter,Bridge,0,",
    "2026-11-24,Starter,,,",
    "",
  ]);
});

test("a title is no formula in a spreadsheet, and its signs do not break the table", () => {
  for (const sign of ["=", "+", "-", "@", "\t"]) {
    assert.match(csv([entry(NOON, { title: `${sign}1+1` })]), new RegExp(`,'\\${sign}1\\+1,`));
  }
  assert.match(csv([entry(NOON, { title: 'Say "hi", knee\nand hip' })]), /,"Say ""hi"", knee\nand hip",,/);
});
