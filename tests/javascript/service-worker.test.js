import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SITE = "https://clinic.example";
const GIVEN = { assets: '["/static/js/player.js"]', pages: '["/offline/", "/my-progress/"]', offline: '"/offline/"' };
const SOURCE = readFileSync(new URL("../../templates/service-worker.js", import.meta.url), "utf8")
  .replaceAll(/\{%.*?%\}/g, "")
  .replaceAll(/\{\{ (\w+) \}\}/g, (_, name) => GIVEN[name]);

const OURS = '<link rel="manifest" href="/manifest.webmanifest">';
const html = (text, more = {}) => new Response(`<html><head>${OURS}</head><body>${text}</body></html>`, more);

/** A cache as a browser has one; `pages` are { path: text }. */
function cacheOf(pages) {
  const kept = new Map(Object.entries(pages).map(([path, text]) => [path, html(text, { headers: { date: "Tue, 24 Nov 2026 12:00:00 GMT" } })]));
  const path = (request) => new URL(request.url ?? request, SITE).pathname;
  return {
    kept,
    match: async (request) => kept.get(path(request))?.clone(),
    put: async (request, response) => kept.set(path(request), response),
    delete: async (request) => kept.delete(path(request)),
    keys: async () => [...kept.keys()].map((each) => ({ url: SITE + each })),
    addAll: async (paths) => paths.forEach((each) => kept.set(each, html(each))),
  };
}

/** The worker on a device that keeps `pages`; `answer` is what the network does with a path. */
function worker(pages, answer) {
  const cache = cacheOf(pages);
  const handlers = {};
  const self = { addEventListener: (name, handler) => (handlers[name] = handler), clients: { get: async () => null } };
  const fetch = async (request) => answer(new URL(request.url ?? request, SITE).pathname);
  const caches = { open: async () => cache, match: cache.match };
  vm.runInNewContext(SOURCE, { self, caches, fetch, location: new URL(SITE), URL, Response, Headers, Set, Promise, setTimeout: () => {} });
  return { cache, handlers };
}

/** What the worker answers to a visit, when all that it does is done; undefined where it leaves it to the browser. */
async function visit({ handlers }, address, { method = "GET", mode = "navigate" } = {}) {
  let answer;
  const work = [];
  handlers.fetch({
    request: { url: new URL(address, SITE).href, method, mode },
    respondWith: (given) => (answer = given),
    waitUntil: (given) => work.push(given),
  });
  const response = await answer;
  await Promise.all(work);
  return response;
}

const online = (path) => html(`fresh ${path}`);
const offline = () => {
  throw new TypeError("Failed to fetch");
};

for (const address of ["/admin/", "/admin/account/", "/admin/login/", "/admin/account/kept/", "/book/", "/bookings/x/", "/contact/", "/programs/", "/search/?q=knee", "/media/a.png", "https://elsewhere.example/routines/x/"]) {
  test(`${address} is left to the browser`, async () => {
    const { cache, ...rest } = worker({}, online);

    assert.equal(await visit({ cache, ...rest }, address), undefined);
    assert.equal(cache.kept.size, 0);
  });
}

for (const address of ["/articles/x/preview/", "/exercises/x/preview/", "/routines/x/preview/", "/routines/x/handout/preview/", "/preview/secret/"]) {
  test(`${address}, a page for staff, is never kept`, async () => {
    const device = worker({}, online);

    await visit(device, address);
    await device.handlers.message({ data: { save: [address] }, ports: [], waitUntil: (work) => work });

    assert.equal(device.cache.kept.size, 0);
  });
}

test("what is sent is left to the browser", async () => {
  assert.equal(await visit(worker({}, online), "/routines/x/", { method: "POST" }), undefined);
});

test("a routine that is opened is kept, and is fresh where there is a network", async () => {
  const device = worker({ "/routines/x/": "old" }, online);

  const response = await visit(device, "/routines/x/");

  assert.match(await response.text(), /fresh/);
  assert.match(await device.cache.kept.get("/routines/x/").text(), /fresh/);
});

test("no other page is kept, nor one that is asked for with a query", async () => {
  const device = worker({}, online);

  for (const address of ["/", "/articles/x/", "/routines/x/print/", "/routines/x/?preview=1"]) {
    assert.equal((await visit(device, address)).ok, true);
  }

  assert.equal(device.cache.kept.size, 0);
});

test("a handout is not kept by opening it, and is renewed where somebody kept it", async () => {
  const fresh = worker({}, online);
  await visit(fresh, "/handouts/x/");
  assert.equal(fresh.cache.kept.size, 0);

  const saved = worker({ "/handouts/x/": "old" }, online);
  await visit(saved, "/handouts/x/");
  assert.match(await saved.cache.kept.get("/handouts/x/").text(), /fresh/);
});

test("a handout that is over leaves the device with its player", async () => {
  let isOver = false;
  const pages = { "/handouts/x/": "old", "/handouts/x/play/": "old", "/routines/x/": "other" };
  const device = worker(pages, (path) => html(path, { status: isOver ? 410 : 200 }));
  await visit(device, "/articles/x/"); // after which the worker asks for no handout of itself
  isOver = true;

  const response = await visit(device, "/handouts/x/play/");

  assert.equal(response.status, 410);
  assert.deepEqual([...device.cache.kept.keys()], ["/routines/x/"]);
});

test("a site in trouble does not take a page from the device", async () => {
  const device = worker({ "/routines/x/": "old" }, () => html("trouble", { status: 503 }));

  await visit(device, "/routines/x/");

  assert.match(await device.cache.kept.get("/routines/x/").text(), /old/);
});

test("without a network a kept page is shown with the day on which it was fetched", async () => {
  const response = await visit(worker({ "/routines/x/": "old" }, offline), "/routines/x/");

  assert.match(await response.text(), /<body data-saved-at="Tue, 24 Nov 2026 12:00:00 GMT">old/);
});

test("without a network any other page leads to what is kept", async () => {
  const response = await visit(worker({ "/offline/": "what is kept" }, offline), "/articles/x/");

  assert.match(await response.text(), /what is kept/);
});

/** Whether all these pages were saved. */
function save({ handlers }, ...pages) {
  return new Promise((answer) => {
    handlers.message({ data: { save: pages }, ports: [{ postMessage: ({ saved }) => answer(saved) }], waitUntil: () => {} });
  });
}

test("a page is saved with the files that it names", async () => {
  const device = worker({}, () => html('<script src="/static/js/x.js"></script>'));

  assert.equal(await save(device, "/handouts/x/"), true);

  assert.deepEqual([...device.cache.kept.keys()], ["/static/js/x.js", "/handouts/x/"]);
});

test("a page that leads elsewhere, as to a question for a code, is not saved", async () => {
  const redirected = Object.defineProperty(html("Your code?"), "redirected", { value: true });
  const device = worker({}, () => redirected);

  assert.equal(await save(device, "/handouts/x/"), false);

  assert.equal(device.cache.kept.size, 0);
});

test("nobody makes the worker save a page that it does not handle", async () => {
  const device = worker({}, online);

  await save(device, "/admin/", "/book/");

  assert.equal(device.cache.kept.size, 0);
});

const STRANGE = {
  "a page of a network that asks for a sign-in": () => new Response("<html>Accept our terms</html>"),
  "a page of somebody else that says it is gone": () => new Response("<html>No such host</html>", { status: 404 }),
  "nothing at all": () => new Response(""),
  "a refusal of a proxy": () => new Response("Forbidden", { status: 403 }),
  "a refusal of ours": () => html("Slow down", { status: 429 }),
  "a failure": () => html("trouble", { status: 500 }),
};

for (const [name, answer] of Object.entries(STRANGE)) {
  for (const address of ["/routines/x/play/", "/handouts/x/"]) {
    test(`${name} neither hides nor replaces what is kept of ${address}`, async () => {
      const device = worker({ [address]: "old" }, answer);

      const response = await visit(device, address);

      assert.match(await response.text(), /data-saved-at=".*">old/);
      assert.match(await device.cache.kept.get(address).clone().text(), /old/);
      assert.equal(await save(device, address), false);
      assert.match(await device.cache.kept.get(address).clone().text(), /old/);
    });
  }
}

test("a strange page is shown where nothing is kept, and is not kept", async () => {
  const device = worker({}, STRANGE["a page of a network that asks for a sign-in"]);

  assert.match(await (await visit(device, "/routines/x/")).text(), /Accept our terms/);
  assert.equal(await save(device, "/routines/x/"), false);
  assert.equal(device.cache.kept.size, 0);
});

test("a kept page that has moved leads on to where it is now", async () => {
  const moved = Object.defineProperties(html("new"), { redirected: { value: true }, url: { value: `${SITE}/routines/y/` } });
  const device = worker({ "/routines/x/": "old" }, () => moved);

  const response = await visit(device, "/routines/x/");

  assert.deepEqual([response.status, response.headers.get("location")], [302, `${SITE}/routines/y/`]);
});
