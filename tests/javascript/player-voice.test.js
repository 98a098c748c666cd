import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { documentElement: { lang: "en-US" } };
const { counted } = await import("../../static/js/player/voice.js");

/** Which of the repetitions are said, in words. */
const said = (step, pace) => Array.from({ length: step.to || step.from }, (_, i) => counted(step, i + 1, pace)).filter(Boolean);

test("each number is said but the first, which begins with the words of the step", () => {
  assert.deepEqual(said({ from: 4 }, "each"), ["2", "3", "4"]);
});

test("every fifth number is said", () => {
  assert.deepEqual(said({ from: 12 }, "fives"), ["5", "10"]);
});

test("the last three are said, in a range those of both ends", () => {
  assert.deepEqual(said({ from: 10 }, "last"), ["8", "9", "10"]);
  assert.deepEqual(said({ from: 8, to: 12 }, "last"), ["6", "7", "8", "Enough, or on to 12", "10", "11", "12"]);
});

test("who wants no numbers still hears that it is enough", () => {
  assert.deepEqual(said({ from: 10 }, "none"), []);
  assert.deepEqual(said({ from: 3, to: 5 }, "none"), ["Enough, or on to 5"]);
});
