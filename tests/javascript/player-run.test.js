import assert from "node:assert/strict";
import { test } from "node:test";

import { Run } from "../../static/js/player/run.js";
import { NOON, READY, at, hold, open, place, reps, rest, started } from "./player-scripts.js";

test("a minute that nobody looked at leads to the same second as sixty looks", () => {
  const scripts = [[READY, hold(7), rest(4), READY, reps(3, 5)], [READY, hold(20), rest(11), hold(20)]];
  for (let seconds = 0; seconds <= 150; seconds++) {
    const watched = started(...scripts);
    for (let second = 1; second <= seconds; second++) {
      watched.catchUp(at(second));
    }
    const unwatched = started(...scripts);
    unwatched.catchUp(at(seconds));
    assert.deepEqual(unwatched.state, watched.state);
  }
});

test("the routine is over when its last step is, not when somebody looks", () => {
  const run = started([READY, hold(30)]);

  run.catchUp(at(3600));

  assert.equal(run.isOver, true);
  assert.equal(run.state.over, at(35));
});

test("a step without an end waits until somebody says that it is over", () => {
  const run = started([READY, open, hold(10)]);

  run.catchUp(at(3600));
  assert.deepEqual(place(run), [0, 1]);
  run.act("main", at(3600));

  assert.deepEqual(place(run), [0, 2]);
  assert.equal(run.left(at(3601)), 9000);
});

test("the big button pauses a clock and goes on with what was left", () => {
  const run = started([hold(30)]);

  run.act("main", at(12));
  assert.equal(run.left(at(500)), 18_000);
  run.act("main", at(600));

  assert.equal(run.left(at(601)), 17_000);
});

test("the big button starts a run that waits", () => {
  const run = new Run([{ planned: [READY, hold(30)] }]);

  run.act("main", NOON);

  assert.equal(run.left(at(1)), 4000);
});

test("a press that comes after the end changes nothing", () => {
  for (const action of ["main", "back", "skip", "easier"]) {
    const run = started([READY, hold(30)]);

    run.act(action, at(3600));

    assert.equal(run.isOver, true, action);
    assert.equal(run.state.over, at(35), action);
  }
});

test("skip in the last step ends the routine at that moment", () => {
  const run = started([hold(30)]);

  run.act("skip", at(4));

  assert.equal(run.isOver, true);
  assert.equal(run.state.over, at(4));
});

test("back from the first step of an exercise leads to the beginning of the one before", () => {
  const run = started([READY, hold(30)], [READY, hold(20)]);
  run.catchUp(at(36));
  assert.deepEqual(place(run), [1, 0]);

  run.act("back", at(36));

  assert.deepEqual(place(run), [0, 0]);
  assert.equal(run.left(at(36)), 5000);
});

test("back at the very beginning begins anew", () => {
  const run = started([READY, hold(30)]);

  run.act("back", at(4));

  assert.deepEqual(place(run), [0, 0]);
  assert.equal(run.left(at(4)), 5000);
});

test("a rest that is off is passed over in both directions", () => {
  const run = started([hold(30), rest(60), hold(20)]);
  run.setPace({ rest: "off" }, NOON);

  run.act("skip", at(1));
  assert.deepEqual(place(run), [0, 2]);
  run.act("back", at(2));

  assert.deepEqual(place(run), [0, 0]);
});

test("half a rest is half as long, and one without an end still has none", () => {
  const run = started([rest(61), rest(null)]);

  run.setPace({ rest: "half" }, NOON);

  assert.equal(run.lasts(rest(61)), 30_500);
  assert.equal(run.lasts(rest(null)), null);
  assert.equal(run.lasts(hold(30)), 30_000);
});

test("repetitions are counted from one, at the tempo that is set", () => {
  const run = started([reps(3, 5)]);
  run.setPace({ tempo: 6 }, NOON);

  const counted = [0, 5.9, 6, 12, 29.9].map((seconds) => run.repetition(at(seconds)));

  assert.deepEqual(counted, [1, 1, 2, 3, 5]);
});

test("a tempo of the dose times each repetition, with the rest after it, whatever pace is set", () => {
  const run = started([{ ...reps(3), tempo: [["up", 2], ["down", 4]], pause: 1 }]);
  run.setPace({ tempo: 10 }, NOON);

  assert.equal(run.left(NOON), 21_000);
  assert.deepEqual([0, 6.9, 7, 20.9].map((seconds) => run.repetition(at(seconds))), [1, 1, 2, 3]);
});

test("a rest after each repetition is added to the pace that is set", () => {
  const run = started([{ ...reps(3), pause: 10 }]);

  assert.equal(run.left(NOON), 42_000);
});

test("who counts alone is given no clock", () => {
  const run = started([reps(10)]);

  run.setPace({ counting: "self" }, at(3));

  assert.equal(run.left(at(4)), null);
  assert.equal(run.repetition(at(4)), null);
});

test("another pace begins only the step anew whose length depends on it", () => {
  const holding = started([hold(30)]);
  holding.setPace({ tempo: 10 }, at(12));
  assert.equal(holding.left(at(12)), 18_000);

  const moving = started([reps(5)]);
  moving.setPace({ tempo: 10 }, at(12));
  assert.equal(moving.left(at(12)), 50_000);
});

test("another pace in a pause stays a pause", () => {
  const run = started([reps(5)]);
  run.act("main", at(3));

  run.setPace({ tempo: 10 }, at(9));

  assert.equal(run.state.status, "paused");
  assert.equal(run.left(at(500)), 50_000);
});

test("a clock that is set back begins the step anew", () => {
  const run = started([hold(30)]);

  assert.equal(run.catchUp(at(-3600)), true);

  assert.equal(run.left(at(-3600)), 30_000);
});

test("a variant is offered where there is one, and leads back to the plan", () => {
  const run = new Run([{ planned: [hold(60)], easier: [READY, hold(5)] }]);
  run.start(NOON);
  const offered = () => ["easier", "harder"].filter((name) => run.offers(name));
  assert.deepEqual(offered(), ["easier"]);

  run.act("easier", at(10));
  assert.equal(run.variant, "easier");
  assert.deepEqual(run.step, READY);
  assert.deepEqual(offered(), ["harder"]);

  run.act("harder", at(12));
  assert.equal(run.variant, "planned");
  assert.equal(run.left(at(12)), 60_000);
});

test("a variant of a later exercise begins without the pause before it", () => {
  const run = new Run([{ planned: [hold(5)] }, { planned: [hold(60)], harder: [READY, hold(90)] }], { between: 30 });
  run.start(NOON);
  run.catchUp(at(36));

  run.act("harder", at(36));

  assert.deepEqual(run.step, READY);
});
