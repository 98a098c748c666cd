import assert from "node:assert/strict";
import { test } from "node:test";

import { Run } from "../../static/js/player/run.js";
import { NOON, READY, at, hold, open, place, reps, rest, started } from "./player-scripts.js";

test("what ends by itself or by Done is done, and what is skipped is not", () => {
  const run = started([READY, hold(10)], [open], [hold(10)]);

  run.catchUp(at(15));
  run.act("skip", at(16));
  run.act("main", at(17));
  run.act("skip", at(18));
  run.act("skip", at(19));

  assert.equal(run.isOver, true);
  assert.deepEqual(run.state.did, [0, 1]);
});

test("a routine of which every step is skipped is one of which nothing is done", () => {
  const run = started([READY, reps(3, 5)], [READY, hold(30)]);

  for (let second = 1; !run.isOver; second++) {
    run.act("skip", at(second));
  }

  assert.deepEqual(run.state.did, []);
});

test("enough of a range is done, though the button is pressed before its end", () => {
  const run = started([reps(3, 5)]);

  run.act("skip", at(13));

  assert.deepEqual(run.state.did, [0]);
});

test("enough of holds leads past all that are extra", () => {
  const extra = (each) => ({ ...each, extra: true });
  const letGo = { kind: "let_go", seconds: 3 };
  const run = started([hold(5), extra(letGo), extra(hold(5)), extra(letGo), extra(hold(5)), rest(60), hold(5)]);
  run.catchUp(at(6));
  assert.equal(run.isEnough(at(6)), true);

  run.act("skip", at(6));

  assert.equal(run.step.kind, "rest");
  assert.deepEqual(run.state.did, [0]);
});

test("a clock that jumps by days does not end the routine", () => {
  const run = started([READY, hold(30)], [hold(20)]);
  run.catchUp(at(10));

  run.catchUp(at(3 * 86_400));

  assert.deepEqual([run.state.status, ...place(run)], ["paused", 0, 1]);
  run.act("main", at(3 * 86_400));
  assert.equal(run.left(at(3 * 86_400 + 10)), 20_000);
  assert.equal(run.state.isAway, false);
});

test("a rest without a length ends by itself where somebody wants that", () => {
  const run = started([hold(10), rest(null), hold(20)]);
  run.setPace({ wait: 15 }, NOON);

  run.catchUp(at(26));

  assert.deepEqual(place(run), [0, 2]);
  assert.equal(run.lasts({ kind: "next", seconds: null }), 15_000);
  assert.equal(run.lasts(open), null);
});

test("whether each leg has its turn is known of all variants", () => {
  const leg = { ...hold(10), leg: 1 };

  assert.equal(new Run([{ planned: [hold(10)] }]).hasSides, false);
  assert.equal(new Run([{ planned: [hold(10)], easier: [leg] }]).hasSides, true);
});
