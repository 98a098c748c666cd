{% autoescape off %}/**
 * Saves routines on the device. Pages come from the network first, so that a new version arrives by itself; what is saved
 * is shown, with its day, when there is no network, a server that fails, or an answer that is not ours, such as the page of
 * a network that asks for a sign-in. No such answer takes the place of what is saved. Forms, the admin and bookings are never saved.
 * A private handout is saved only when somebody presses the button for it, and goes when they press the other. Whenever the worker starts with a network, it
 * asks for each of these again, and drops those that are over.
 */
const ASSETS = {{ assets }};
const PAGES = {{ pages }};
const OFFLINE = {{ offline }};
const CACHE = "kneecare";
const ROUTINE = /^\/routines\/[^/]+\/(play\/)?$/;
const HANDOUT = /^\/handouts\/[^/]+\/(play\/)?$/;
const PAGE_OF_HANDOUT = /^\/handouts\/[^/]+\//;
const GONE = [404, 410];
const TIMEOUT = 4000;
// Every page of ours names it.
const OURS = '<link rel="manifest" href="/manifest.webmanifest">';
let handoutsAreFresh = false;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(refresh().then(() => self.clients.claim())));
self.addEventListener("message", (event) => {
  if (event.data?.save) {
    event.waitUntil(saveAll(event.data.save).then((saved) => event.ports[0]?.postMessage({ saved })));
  }
  if (event.data?.remove) {
    event.waitUntil(removeAll(event.data.remove).then(() => event.ports[0]?.postMessage({ removed: true })));
  }
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) {
    return;
  }
  if (isFile(url.pathname)) {
    event.respondWith(caches.match(request).then((cached) => cached ?? fetch(request)));
  } else if (request.mode === "navigate" && isHandled(url)) {
    event.respondWith(respond(event, url));
  }
});

/** What another address has as soon as it is another: files of the site, and drawings. */
const isFile = (path) => path.startsWith("/static/") || path.startsWith("/figures/");
const isPage = (url) => ROUTINE.test(url.pathname) || HANDOUT.test(url.pathname) || PAGES.includes(url.pathname);
const isHandled = (url) => isPage(url) || !/^\/(admin|book|bookings|contact|programs|search|media)(\/|$)/.test(url.pathname);

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...ASSETS, ...PAGES]);
  await self.skipWaiting();
}

/** After a new worker: fetch what is saved again, then drop the files that nothing needs any more. */
async function refresh() {
  const cache = await caches.open(CACHE);
  const needed = new Set(ASSETS);
  const cached = (await cache.keys()).map(({ url }) => new URL(url)).filter(isPage);
  const whole = await Promise.all(cached.map((url) => saveAgain(url.pathname).catch(() => false)));
  for (const url of cached) {
    const text = await (await cache.match(url))?.text();
    files(text ?? "").forEach((file) => needed.add(file));
  }
  if (whole.every(Boolean)) {
    await dropOthers(cache, needed);
  }
}

async function dropOthers(cache, needed) {
  const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  const others = paths.filter((path) => isFile(path) && !needed.has(path));
  await Promise.all(others.map((path) => cache.delete(path)));
}

/** From the network, else from the device; a copy that turns out to be old is said to be so. */
async function respond(event, url) {
  const cache = await caches.open(CACHE);
  const cached = isPage(url) ? await cache.match(url.pathname) : undefined;
  const fresh = ask(event.request, url, cached).then((response) => store(cache, url, response));
  event.waitUntil(fresh.then(() => refreshHandouts(cache)).catch(() => {}));
  try {
    return await (cached ? Promise.race([fresh, timeout()]) : fresh);
  } catch {
    if (cached) {
      event.waitUntil(fresh.then((response) => response.ok && !url.search && notifyIfNewer(event, cached.clone(), response.clone())).catch(() => {}));
      return withDate(cached.clone());
    }
    return (await cache.match(OFFLINE)) ?? Response.error();
  }
}

/** What the network answers. Where there is a copy, an answer that is not ours is no better than none. */
async function ask(request, url, cached) {
  const response = await (cached ? fetch(url.href, { cache: "no-cache" }) : fetch(request));
  if (cached && !(await isOurs(response))) {
    throw new Error();
  }
  return response.redirected ? Response.redirect(response.url) : response;
}

/** A page of ours, or its being gone, and no page on the way to it. */
async function isOurs(response) {
  const isSaid = response.ok || GONE.includes(response.status);
  return isSaid && (await response.clone().text()).includes(OURS);
}

const timeout = () => new Promise((_, refuse) => {
  setTimeout(refuse, TIMEOUT);
});

async function store(cache, url, response) {
  if (isPage(url) && (await isOurs(response))) {
    // Asked now: while the answer was on its way, somebody may have removed the copy.
    const isKept = !HANDOUT.test(url.pathname) || (await cache.match(url.pathname));
    if (!response.ok) {
      await drop(cache, url.pathname);
    } else if (isKept && !url.search) {
      await cache.put(url.pathname, response.clone());
    }
  }
  return response;
}

/** Drop a page that is over; of a handout, all its pages. */
async function drop(cache, path) {
  const [handout] = path.match(PAGE_OF_HANDOUT) ?? [];
  const paths = handout ? [handout, `${handout}play/`] : [path];
  await Promise.all(paths.map((each) => cache.delete(each)));
}

async function refreshHandouts(cache) {
  if (!handoutsAreFresh) {
    handoutsAreFresh = true;
    const cached = (await cache.keys()).map(({ url }) => new URL(url).pathname);
    await Promise.all(cached.filter((path) => HANDOUT.test(path)).map(saveAgain));
  }
}

/** The copy, with the day on which it was fetched, for offline-copy.js to say. */
async function withDate(cached) {
  const saved = cached.headers.get("date") ?? "";
  const text = (await cached.text()).replace("<body", `<body data-saved-at="${saved.replace(/[^\w ,:+-]/g, "")}"`);
  const headers = new Headers(cached.headers);
  ["content-length", "content-encoding"].forEach((name) => headers.delete(name));
  return new Response(text, { status: cached.status, headers });
}

async function notifyIfNewer(event, old, fresh) {
  if ((await old.text()) !== (await fresh.text())) {
    const client = await self.clients.get(event.resultingClientId);
    client?.postMessage({ newer: true });
  }
}

/** Save pages with all their files; true when every one of them is there. */
async function saveAll(paths) {
  try {
    return (await Promise.all(paths.filter((path) => isPage(new URL(path, location))).map(save))).every(Boolean);
  } catch {
    return false;
  }
}

async function removeAll(paths) {
  const cache = await caches.open(CACHE);
  await Promise.all(paths.map((path) => drop(cache, path)));
}

const save = (path) => fetchInto(path, () => true);

/** What was saved before, as it is now; not what is removed in the meantime. */
const saveAgain = (path) => fetchInto(path, (cache) => cache.match(path));

async function fetchInto(path, isWanted) {
  const cache = await caches.open(CACHE);
  const response = await fetch(path, { cache: "no-cache" });
  if (!(await isOurs(response))) {
    return false;
  }
  if (!response.ok || response.redirected) {
    await drop(cache, path);
    return false;
  }
  const missing = [];
  for (const file of files(await response.clone().text())) {
    (await cache.match(file)) ?? missing.push(file);
  }
  await cache.addAll(missing);
  if (await isWanted(cache)) {
    await cache.put(path, response);
  }
  return true;
}

/** The files that a page names. */
const files = (html) => [...new Set([...html.matchAll(/(?:href|src|srcset)="(\/(?:static|figures)\/[^", ]+)"/g)].map(([, file]) => file))];
{% endautoescape %}
