import assert from "node:assert/strict";
import { test } from "node:test";

import { Run } from "../../static/js/player/run.js";

const NOON = Date.UTC(2026, 10, 24, 12);
const at = (seconds) => NOON + seconds * 1000;
const READY = { kind: "ready", seconds: 5 };
const hold = (seconds) => ({ kind: "hold", seconds });
const REPS = { kind: "reps", seconds: null, from: 10 };
const SCRIPTS = [{ planned: [READY, hold(30)], easier: [READY, hold(10)] }, { planned: [READY, REPS] }];
const SAVED = {
  version: "3", status: "running", exercise: 0, step: 1, chosen: {}, tempo: 4, counting: "auto", rest: "full",
  endsAt: at(35), savedAt: at(10),
};

function restored(change, now = at(20)) {
  const run = new Run(SCRIPTS, { between: 30, version: "3" });
  return { run, went: run.restore({ ...structuredClone(SAVED), ...change }, now) };
}

test("a saved run goes on to the second", () => {
  const { run, went } = restored({});

  assert.equal(went, true);
  assert.equal(run.left(at(20)), 15_000);
});

test("a saved run goes on at the pace that is set by now", () => {
  const run = new Run(SCRIPTS, { between: 30, version: "3" });
  run.setPace({ tempo: 8 }, NOON);

  run.restore({ ...SAVED, exercise: 1, step: 2, endsAt: at(50) }, at(20));

  assert.equal(run.left(at(20)), 80_000);
});

test("a paused run is still paused, whatever time has passed", () => {
  const { run, went } = restored({ status: "paused", endsAt: null, remaining: 9000 }, at(3600));

  assert.equal(went, true);
  assert.equal(run.left(at(7200)), 9000);
});

const UNFIT = {
  "of another version": { version: "2" },
  "of yesterday": { savedAt: at(-86_400) },
  "that is over": { status: "done" },
  "of an unknown status": { status: "flying" },
  "of an exercise that is gone": { exercise: 2 },
  "of a step that is gone": { step: 2 },
  "of a step that is none": { step: -1 },
  "of half a step": { step: 0.5 },
  "of an exercise that every list has": { exercise: "__proto__", step: 0 },
  "of a variant that is gone": { chosen: { 0: "harder" } },
  "of a variant that every object has": { step: 0, chosen: { 0: "constructor" } },
  "of a variant that is gone in another exercise": { chosen: { 1: "easier" } },
  "with no choices": { chosen: null },
  "with words for a choice": { chosen: "easier" },
  "with words for a time": { endsAt: "soon" },
  "with words for what is left": { remaining: "much" },
};

for (const [name, change] of Object.entries(UNFIT)) {
  test(`a saved run ${name} is not taken up, and the player waits at its beginning`, () => {
    const { run, went } = restored(change);

    assert.equal(went, false);
    assert.deepEqual([run.state.status, run.state.exercise, run.state.step], ["idle", 0, 0]);
  });
}

test("nothing that is saved is nothing to take up", () => {
  assert.equal(new Run(SCRIPTS).restore(null, NOON), false);
});
