import assert from "node:assert/strict";
import { test } from "node:test";

import { readout } from "../../static/js/player/readout.js";
import { Run } from "../../static/js/player/run.js";

const NOON = Date.UTC(2026, 10, 24, 12);
const at = (seconds) => NOON + seconds * 1000;
const WALL_SIT = { title: "Wall sit", holdOnTo: "" };

/** What stands on the panel of a run of these steps, so many seconds after the start. */
function shown(steps, seconds = 0, pace = {}) {
  const run = new Run([{ planned: steps }, { planned: steps }], { between: null });
  run.setPace(pace, NOON);
  run.start(NOON);
  run.catchUp(at(seconds));
  return readout(run, WALL_SIT, at(seconds));
}

test("a hold on one leg says its set and leg, and its last second is one", () => {
  const step = { kind: "hold", seconds: 30, round: 2, leg: 1 };

  assert.deepEqual(shown([step], 29.5), {
    progress: "1 of 2",
    instruction: "Hold",
    details: "Set 2 of 2. First leg",
    timer: "1",
    main: "Pause",
    skip: "Skip",
    said: "Hold for 30 seconds. Set 2 of 2. First leg",
  });
});

test("a single set is not counted", () => {
  assert.equal(shown([{ kind: "hold", seconds: 30, round: 1, leg: 2 }]).details, "Other leg");
});

test("a long time is told in minutes", () => {
  assert.equal(shown([{ kind: "hold", seconds: 125 }]).timer, "2:05");
  assert.equal(shown([{ kind: "hold", seconds: 99 }]).timer, "99");
});

test("a range says that it is enough once its lower end is done", () => {
  const steps = [{ kind: "reps", seconds: null, from: 3, to: 5 }];

  assert.deepEqual([11, 12].map((seconds) => shown(steps, seconds).instruction), ["Move with the count", "Enough, or on to 5"]);
});

test("who counts alone reads how many, and says when it is done", () => {
  const { timer, main, instruction } = shown([{ kind: "reps", seconds: null, from: 10, to: 15 }], 0, { counting: "self" });

  assert.deepEqual([timer, main, instruction], ["10 to 15", "Done", "At your own pace"]);
});

test("one repetition is said to be one", () => {
  assert.match(shown([{ kind: "reps", seconds: null, from: 1 }]).said, /^1 time\b(?!s)/);
  assert.match(shown([{ kind: "reps", seconds: null, from: 1, to: 2 }]).said, /^1 to 2 times/);
  assert.match(shown([{ kind: "as_able", seconds: null, from: 1 }]).said, /^1 time\. /);
});

test("a dose that is not stated names no number", () => {
  const { timer, main, said } = shown([{ kind: "open", seconds: null }]);

  assert.deepEqual([timer, main], ["", "Done"]);
  assert.doesNotMatch(said, /\d/);
});

test("a rest says how long it is by now, and one without an end says what ends it", () => {
  const half = shown([{ kind: "rest", seconds: 61, round: 2 }], 0, { rest: "half" });
  assert.equal(half.said, "Rest for 31 seconds. Next: Wall sit. Set 2 of 2");

  const endless = shown([{ kind: "rest", seconds: null }]);
  assert.deepEqual([endless.timer, endless.main, endless.details], ["", "Go on", "Press Go on when you are ready"]);
  assert.equal(endless.said, "Rest for as long as you need. Next: Wall sit. Press Go on when you are ready");
});

test("between two exercises the next one is named", () => {
  const { instruction, progress } = shown([{ kind: "hold", seconds: 10 }], 10);

  assert.deepEqual([instruction, progress], ["Next: Wall sit", "2 of 2"]);
});

test("in a pause the panel says so, and the button goes on", () => {
  const run = new Run([{ planned: [{ kind: "hold", seconds: 30 }] }]);
  run.start(NOON);
  run.act("main", at(12));

  const { instruction, timer, main } = readout(run, WALL_SIT, at(500));

  assert.deepEqual([instruction, timer, main], ["Paused", "18", "Go on"]);
});

test("a hold of a range says that it is enough once its lower end is done", () => {
  const steps = [{ kind: "hold", seconds: 60, enough: 30, round: 1 }];

  assert.equal(shown(steps).said, "Hold for 30 to 60 seconds");
  assert.deepEqual([29, 30].map((seconds) => shown(steps, seconds).instruction), ["Hold", "Enough, or on to 1 minute"]);
});

test("a rest of a range is not held on to", () => {
  const steps = [{ kind: "rest", seconds: 120, enough: 60, round: 2 }];

  assert.deepEqual([shown(steps, 90).instruction, shown(steps).said], ["Rest", "Rest for 2 minutes. Next: Wall sit. Set 2 of 2"]);
});

test("a limit on a number is said with it", () => {
  const said = (bound) => shown([{ kind: "hold", seconds: 30, bound }]).said;

  assert.deepEqual(["about", "at_least", "up_to"].map(said), ["Hold for about 30 seconds", "Hold for at least 30 seconds", "Hold for up to 30 seconds"]);
  assert.equal(shown([{ kind: "reps", seconds: null, from: 10, bound: "up_to" }], 0, { counting: "self" }).timer, "up to 10");
});

test("an activity says what to do and for how long", () => {
  const walk = shown([{ kind: "move", seconds: 120, words: "walk" }]);

  assert.deepEqual([walk.instruction, walk.timer, walk.said], ["Walk", "2:00", "Walk for 2 minutes"]);
  assert.equal(shown([{ kind: "move", seconds: 300 }]).said, "Keep moving for 5 minutes");
});

test("a distance ends when the person says so", () => {
  const { instruction, timer, main, said } = shown([{ kind: "move", seconds: null, words: "1 mile" }]);

  assert.deepEqual([instruction, timer, main], ["1 mile", "", "Done"]);
  assert.equal(said, "1 mile. Press Done when you have done it");
});

test("words of a clinician stand beside the number that they are about", () => {
  const { instruction, timer, details, said, main } = shown([{ kind: "as_able", seconds: null, from: 5, to: 12, words: "to fatigue" }]);

  assert.deepEqual([instruction, timer, details, main], ["As you are able", "5 to 12", "To fatigue", "Done"]);
  assert.equal(said, "5 to 12 times. As you are able. Press Done when you have had enough. To fatigue");
});

test("a tempo stands beside the count, phase by phase", () => {
  const { details } = shown([{ kind: "reps", seconds: null, from: 5, tempo: [["down", 3], ["pause", 3], ["up", 1]] }]);

  assert.equal(details, "Seconds: down 3, pause 3, up 1");
});

test("the side is named as the limb that it is, and the affected one as such", () => {
  const details = (step) => shown([{ kind: "hold", seconds: 5, ...step }]).details;

  assert.equal(details({ leg: 2, limb: "arm" }), "Other arm");
  assert.equal(details({ leg: 0, affected: true }), "Affected leg");
  assert.equal(details({ leg: 1, affected: true, limb: "arm" }), "Affected arm");
  assert.equal(shown([{ kind: "switch", seconds: 5, leg: 2, limb: "foot" }]).instruction, "Switch feet");
});

const KINDS = ["ready", "hold", "move", "let_go", "reps", "as_able", "open", "switch", "rest"];

for (const kind of KINDS) {
  test(`a step "${kind}" is told in words that are whole`, () => {
    const { instruction, said } = shown([{ kind, seconds: kind === "reps" ? null : 5, from: 8 }]);

    assert.notEqual(instruction, "Next: Wall sit");
    assert.doesNotMatch(`${instruction} ${said}`, /undefined|null|NaN/);
  });
}

test("before a move it is said what to hold on to, and on the screen which move it is", () => {
  const run = new Run([{ planned: [{ kind: "ready", seconds: 5 }] }]);
  run.start(NOON);

  const { said, details } = readout(run, { title: "Calf raise", holdOnTo: "a wall" }, NOON);

  assert.equal(said, "Calf raise. Hold on to a wall. Get ready");
  assert.equal(details, "Calf raise");
});

test("a leg is named by the side that somebody gave, and a switch names the other", () => {
  const steps = [{ kind: "hold", seconds: 5, leg: 1 }, { kind: "switch", seconds: 5, leg: 2 }];

  assert.equal(shown(steps, 0, { side: "left" }).details, "Left leg");
  assert.equal(shown(steps, 6, { side: "left" }).said, "Switch legs. Next. Right leg");
});

test("the next exercise is named with the rest before it", () => {
  const run = new Run([{ planned: [{ kind: "hold", seconds: 5 }] }, { planned: [] }], { between: 20 });
  run.start(NOON);
  run.catchUp(at(5));

  assert.equal(readout(run, WALL_SIT, at(5)).said, "Next: Wall sit. Rest for 20 seconds");
});

test("beyond the lower end of a range the button says that it is enough", () => {
  const steps = [{ kind: "reps", seconds: null, from: 3, to: 5 }];

  assert.deepEqual([11, 12].map((seconds) => shown(steps, seconds).skip), ["Skip", "Enough"]);
});

test("who comes back to a player that waits is told why", () => {
  const { instruction, details, main } = shown([{ kind: "hold", seconds: 5 }], 7000);

  assert.deepEqual([instruction, details, main], ["Paused", "You were away, or the clock was changed", "Go on"]);
});
