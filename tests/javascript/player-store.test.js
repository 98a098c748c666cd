import assert from "node:assert/strict";
import { test } from "node:test";

import { forget, read, write } from "../../static/js/player/store.js";
import { keeps, keepsNothing } from "./device.js";

test("what is written is read, until it is forgotten", () => {
  keeps();

  write("place", { exercise: 2, chosen: {} });
  assert.deepEqual(read("place"), { exercise: 2, chosen: {} });
  forget("place");

  assert.equal(read("place"), null);
});

test("what is no JSON reads as nothing", () => {
  keeps({ place: "{exercise: 2" });

  assert.equal(read("place"), null);
});

test("a device that keeps nothing complains of nothing", () => {
  keepsNothing();

  write("place", 1);
  forget("place");

  assert.equal(read("place"), null);
});
