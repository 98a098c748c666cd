import assert from "node:assert/strict";
import { test } from "node:test";

import { sideOf } from "../../static/js/player/pace.js";
import { phase } from "../../static/js/player/phase.js";
import { Run } from "../../static/js/player/run.js";

const NOON = Date.UTC(2026, 10, 24, 12);
const at = (seconds) => NOON + seconds * 1000;

/** Where the figure stands so many seconds after a run of these steps began. */
function stands(steps, seconds, pace = {}) {
  const run = new Run([{ planned: steps }, { planned: steps }], { between: 10 });
  run.setPace(pace, NOON);
  run.start(NOON);
  run.catchUp(at(seconds));
  return phase(run, at(seconds));
}

const REPS = [{ kind: "reps", seconds: null, from: 10 }];

test("in each repetition the figure goes up, stays at the top and comes down again", () => {
  for (const tempo of [2, 4, 10]) {
    for (const number of [0, 1, 9]) {
      const found = [0, 0.2, 0.4, 0.45, 0.7, 0.95].map((share) => stands(REPS, (number + share) * tempo, { tempo }));

      assert.deepEqual(found.map((each) => Math.round(each * 100) / 100), [0, 0.5, 1, 1, 0.5, 0]);
    }
  }
});

test("a dose that times the way there, the pause and the way back is followed to the second", () => {
  const slowDown = [{ kind: "reps", seconds: null, from: 5, tempo: [["down", 3], ["pause", 2], ["up", 1]], pause: 4 }];
  const moments = [0, 1.5, 3, 4.9, 5.5, 6, 9.9];
  for (const number of [0, 4]) {
    const found = moments.map((second) => stands(slowDown, number * 10 + second));

    assert.deepEqual(found.map((each) => Math.round(each * 100) / 100), [0, 0.5, 1, 1, 0.5, 0, 0]);
  }
});

test("a dose that times the whole of a repetition leaves its ways as they are", () => {
  assert.equal(stands([{ kind: "reps", seconds: null, from: 5, tempo: [["each", 10]] }], 4), 1);
});

test("what is held is held to its end, and let go after it", () => {
  const steps = [{ kind: "hold", seconds: 30 }, { kind: "let_go", seconds: 3 }, { kind: "hold", seconds: 30 }];

  assert.deepEqual([0, 0.5, 1, 15, 29.9].map((seconds) => stands(steps, seconds)), [0, 0.5, 1, 1, 1]);
  assert.deepEqual([30, 30.5, 31, 32.9].map((seconds) => stands(steps, seconds)), [1, 0.5, 0, 0]);
});

test("a step without an end moves at the pace that is set", () => {
  assert.equal(stands([{ kind: "open", seconds: null }], 41.6), 1);
});

for (const kind of ["ready", "rest", "switch"]) {
  test(`in a step "${kind}" the figure waits in its first pose`, () => {
    assert.equal(stands([{ kind, seconds: 9 }], 4), 0);
  });
}

test("before the next exercise its figure shows the move", () => {
  assert.equal(stands([{ kind: "hold", seconds: 5 }], 5 + 1.6), 1);
});

test("a figure of a pause stands where it stood", () => {
  const run = new Run([{ planned: REPS }]);
  run.start(NOON);

  run.act("main", at(5.7));

  assert.equal(phase(run, at(900)), 1);
});

test("the first leg is of the side that somebody named, and both begin on the right", () => {
  const legs = (side) => [0, 1, 2].map((leg) => sideOf({ leg }, { side }));

  assert.deepEqual(legs("left"), ["", "left", "right"]);
  assert.deepEqual(legs("right"), ["", "right", "left"]);
  assert.deepEqual(legs("both"), ["", "right", "left"]);
  assert.deepEqual(legs(""), ["", "", ""]);
});
