{% autoescape off %}/**
 * Keeps routines on the device. Pages come from the network first, so that a new version arrives by itself; what is kept
 * is shown when there is no network, with its day. Forms, the admin and bookings are never kept. A private sheet is kept
 * only when somebody presses the button for it. Whenever the worker starts with a network, it asks for each of these again,
 * and drops those that are over.
 */
const VERSION = "{{ version }}";
const ASSETS = {{ assets }};
const PAGES = {{ pages }};
const OFFLINE = {{ offline }};
const KEPT = "kneecare";
const ROUTINE = /^\/routines\/[^/]+\/(play\/)?$/;
const SHEET = /^\/handouts\/[^/]+\/(play\/)?$/;
const OF_SHEET = /^\/handouts\/[^/]+\//;
const GONE = [404, 410];
const PATIENCE = 4000;
let sheetsAreFresh = false;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(renew().then(() => self.clients.claim())));
self.addEventListener("message", (event) => {
  if (event.data?.keep) {
    event.waitUntil(keepAll(event.data.keep).then((kept) => event.ports[0]?.postMessage({ kept })));
  }
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) {
    return;
  }
  if (url.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  } else if (request.mode === "navigate" && isOurs(url)) {
    event.respondWith(page(event, url));
  }
});

const isPage = (url) => ROUTINE.test(url.pathname) || SHEET.test(url.pathname) || PAGES.includes(url.pathname);
const isOurs = (url) => isPage(url) || !/^\/(admin|book|bookings|contact|programs|search|media)(\/|$)/.test(url.pathname);

async function install() {
  const cache = await caches.open(KEPT);
  await cache.addAll([...ASSETS, ...PAGES]);
  await self.skipWaiting();
}

/** After a new worker: fetch what is kept again, then drop the files that nothing needs any more. */
async function renew() {
  const cache = await caches.open(KEPT);
  const needed = new Set(ASSETS);
  const kept = (await cache.keys()).map(({ url }) => new URL(url)).filter(isPage);
  const whole = await Promise.all(kept.map((url) => keep(url.pathname).catch(() => false)));
  for (const url of kept) {
    const text = await (await cache.match(url))?.text();
    files(text ?? "").forEach((file) => needed.add(file));
  }
  if (whole.every(Boolean)) {
    await dropOthers(cache, needed);
  }
}

async function dropOthers(cache, needed) {
  const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  const others = paths.filter((path) => path.startsWith("/static/") && !needed.has(path));
  await Promise.all(others.map((path) => cache.delete(path)));
}

/** From the network, else from the device; a copy that turns out to be old is said to be so. */
async function page(event, url) {
  const cache = await caches.open(KEPT);
  const kept = isPage(url) ? await cache.match(url.pathname) : undefined;
  const fresh = fetch(event.request).then((response) => arrived(cache, url, response, kept));
  event.waitUntil(fresh.then(() => renewSheets(cache)).catch(() => {}));
  try {
    return await (kept ? Promise.race([fresh, impatience()]) : fresh);
  } catch {
    if (kept) {
      event.waitUntil(fresh.then((response) => !url.search && tell(event, kept.clone(), response.clone())).catch(() => {}));
      return dated(kept.clone());
    }
    return (await cache.match(OFFLINE)) ?? Response.error();
  }
}

const impatience = () => new Promise((_, refuse) => setTimeout(refuse, PATIENCE));

async function arrived(cache, url, response, kept) {
  const mine = ROUTINE.test(url.pathname) || PAGES.includes(url.pathname);
  if (response.ok && (mine || kept) && !url.search) {
    await cache.put(url.pathname, response.clone());
  } else if (GONE.includes(response.status)) {
    await forget(cache, url.pathname);
  }
  return response;
}

/** Drop a page that is over; of a sheet, all its pages. */
async function forget(cache, path) {
  const [sheet] = path.match(OF_SHEET) ?? [];
  const paths = sheet ? [sheet, `${sheet}play/`] : [path];
  await Promise.all(paths.map((each) => cache.delete(each)));
}

async function renewSheets(cache) {
  if (!sheetsAreFresh) {
    sheetsAreFresh = true;
    const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname);
    await Promise.all(kept.filter((path) => SHEET.test(path)).map(keep));
  }
}

/** The copy, with the day on which it was fetched, for offline-copy.js to say. */
async function dated(kept) {
  const saved = kept.headers.get("date") ?? "";
  const text = (await kept.text()).replace("<body", `<body data-saved="${saved.replace(/[^\w ,:+-]/g, "")}"`);
  const headers = new Headers(kept.headers);
  ["content-length", "content-encoding"].forEach((name) => headers.delete(name));
  return new Response(text, { status: kept.status, headers });
}

async function tell(event, old, fresh) {
  if ((await old.text()) !== (await fresh.text())) {
    const client = await self.clients.get(event.resultingClientId);
    client?.postMessage({ newer: true });
  }
}

/** Keep pages with all their files; true when every one of them is there. */
async function keepAll(paths) {
  try {
    return (await Promise.all(paths.filter((path) => isPage(new URL(path, location))).map(keep))).every(Boolean);
  } catch {
    return false;
  }
}

async function keep(path) {
  const cache = await caches.open(KEPT);
  const response = await fetch(path, { cache: "no-cache" });
  if (GONE.includes(response.status) || response.redirected) {
    await forget(cache, path);
  }
  if (!response.ok || response.redirected) {
    return false;
  }
  const missing = [];
  for (const file of files(await response.clone().text())) {
    (await cache.match(file)) ?? missing.push(file);
  }
  await cache.addAll(missing);
  await cache.put(path, response);
  return true;
}

/** The static files that a page names. */
const files = (html) => [...new Set([...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, file]) => file))];
{% endautoescape %}
