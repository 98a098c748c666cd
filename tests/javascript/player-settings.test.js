import assert from "node:assert/strict";
import { test } from "node:test";

import { Run } from "../../static/js/player/run.js";
import { Settings } from "../../static/js/player/settings.js";
import { keeps, keepsNothing } from "./device.js";

const NOON = Date.UTC(2026, 10, 24, 12);

function panel() {
  const output = { value: "4" };
  const parentElement = { querySelector: () => output };
  const alone = { querySelector: () => null };
  const controls = {
    sound: { name: "sound", type: "checkbox", checked: true, parentElement: alone },
    voice: { name: "voice", type: "checkbox", checked: true, parentElement: alone },
    tempo: { name: "tempo", type: "range", value: "4", parentElement },
    numbers: select("numbers", ["each", "fives", "last", "none"]),
    wait: select("wait", ["0", "15", "30"]),
    side: select("side", ["", "left", "right", "both"]),
    rest: select("rest", ["full", "half", "off"]),
    counting: select("counting", ["auto", "self"]),
  };
  return { output, controls, all: Object.values(controls) };
}

/** A list as in a browser: a value that it does not hold leaves it empty. */
function select(name, values) {
  let value = values[0];
  return {
    name,
    type: "select-one",
    parentElement: { querySelector: () => null },
    get value() {
      return value;
    },
    set value(given) {
      value = values.includes(String(given)) ? String(given) : "";
    },
  };
}

const newRun = () => new Run([{ planned: [{ kind: "reps", seconds: null, from: 10 }] }]);

test("what somebody sets holds for the run at once and for the next visit", () => {
  keeps();
  const first = panel();
  const run = newRun();
  const settings = new Settings(first.all, run);
  run.start(NOON);
  first.controls.tempo.value = "7";
  first.controls.voice.checked = false;

  assert.equal(settings.change(first.controls.tempo, run, NOON), true);
  assert.equal(settings.change(first.controls.voice, run, NOON), true);

  assert.equal(run.left(NOON), 70_000);
  assert.equal(first.output.value, "7");
  const next = panel();
  const nextRun = newRun();
  const kept = new Settings(next.all, nextRun);
  assert.deepEqual([kept.own.voice, kept.own.sound, next.controls.voice.checked], [false, true, false]);
  assert.deepEqual([nextRun.state.tempo, next.output.value], [7, 7]);
});

test("a control of something else is left alone", () => {
  const items = keeps();
  const run = newRun();
  const settings = new Settings(panel().all, run);

  assert.equal(settings.change({ name: "pain", value: "3" }, run, NOON), false);

  assert.equal(items.size, 0);
});

test("a value that the device made up leaves what stood there", () => {
  keeps({ "kneecare.pace": JSON.stringify({ rest: "forever", counting: "self" }) });
  const { all } = panel();
  const run = newRun();

  new Settings(all, run);

  assert.deepEqual([run.state.rest, run.state.counting], ["full", "self"]);
});

test("a device that keeps nothing sets the pace all the same", () => {
  keepsNothing();
  const { all, controls } = panel();
  const run = newRun();
  const settings = new Settings(all, run);
  controls.rest.value = "off";

  assert.equal(settings.change(controls.rest, run, NOON), true);

  assert.equal(run.state.rest, "off");
});

test("the side that somebody names once is known on the next visit", () => {
  keeps();
  const run = newRun();
  new Settings(panel().all, run).set("side", "left", run, NOON);

  const next = newRun();
  new Settings(panel().all, next);

  assert.equal(next.state.side, "left");
});

test("how the count is said and how long a rest waits are kept, as a name and as a number", () => {
  keeps();
  const run = newRun();
  const { all } = panel();
  const settings = new Settings(all, run);
  settings.set("numbers", "last", run, NOON);
  settings.set("wait", "30", run, NOON);

  const next = newRun();
  const kept = new Settings(panel().all, next);

  assert.equal(kept.own.numbers, "last");
  assert.equal(next.state.wait, 30);
});
