/* Opens the pages for signing without network. Served as /sw.js, so that it reaches all of them.

   It never touches anything but GET: what is signed is sent by the page itself (deliver.js). Only
   what the server marks is kept (X-Keep), and only until it answers otherwise at that address: no
   receipt, no refusal, and no page of a hotspot. Pages come from the network where it answers in
   time; a file whose name changes with its content is as good from the device. */

const PAGES = "pages-1";
const PARTS = "parts-1";
const SIGNING_PAGE = /^\/(i|t)\/[^/]+\/(luring\/)?$/;
const ENTRANCE = /^\/i\/[^/]+\/$/;
const FINGERPRINT = /\.[0-9a-f]{12}\.\w+$/;
const GONE = new Set([403, 404, 410]);
const PATIENCE = 5_000;
const NAMED = /(?:src|href)="([^"]+)"/g;
const IMPORTED = /(?:from|import)\s*\(?["']([^"']+)["']/g;

let turn = Promise.resolve();

/* One after the other: what is to be forgotten must not be kept by an earlier, slower wish. */
function inTurn(act) {
  turn = turn.then(act).catch(() => {
    /* No network: the next page asks again. */
  });
  return turn;
}

function wait(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

async function keptPage(pathname) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(pathname);
  return kept ?? (ENTRANCE.test(pathname) ? pages.match(`${pathname}luring/`) : undefined);
}

/* The page from the network; the kept copy if that is away, slow or out of order. */
async function page(event) {
  const { pathname } = new URL(event.request.url);
  const kept = await keptPage(pathname);
  const fetched = fetch(event.request);
  const settled = fetched.then((response) => settle(pathname, response.clone()));
  event.waitUntil(settled.catch(() => {}));
  if (!kept) return fetched;
  const best = fetched.then(
    (response) => (response.status >= 500 ? kept : response),
    () => kept,
  );
  return Promise.race([best, wait(PATIENCE).then(() => kept)]);
}

async function part(request) {
  const kept = await caches.match(request, { cacheName: PARTS });
  if (kept && FINGERPRINT.test(request.url)) return kept;
  const fetched = fetch(request);
  return kept ? fetched.catch(() => kept) : fetched;
}

/* Keeps a page once everything it needs is kept; forgets what the server gives no longer. */
async function settle(pathname, response) {
  const pages = await caches.open(PAGES);
  if (response.headers.has("X-Keep")) {
    await keepParts(response.clone());
    await pages.put(pathname, response);
  } else if (response.ok || GONE.has(response.status)) {
    await pages.delete(pathname);
  }
}

/* What a page or a script under `url` needs besides itself. */
function partsOf(text, url) {
  const named = [...text.matchAll(NAMED), ...text.matchAll(IMPORTED)].map(([, name]) => name);
  const addresses = named.map((name) => new URL(name, url).href);
  return addresses.filter((address) => address.startsWith(`${location.origin}/static/`));
}

async function keepParts(response) {
  if (!/html|javascript/.test(response.headers.get("content-type"))) return;
  await Promise.all(partsOf(await response.text(), response.url).map(keepPart));
}

async function keepPart(address) {
  const parts = await caches.open(PARTS);
  if (FINGERPRINT.test(address) && (await parts.match(address))) return;
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Error(address);
  await keepParts(response.clone());
  await parts.put(address, response);
}

async function keepPage(pathname) {
  if (!SIGNING_PAGE.test(pathname)) return;
  const response = await fetch(pathname, { credentials: "omit" });
  if (!response.redirected) await settle(pathname, response);
}

/* Somebody's own pages: what the server marked with this name. */
async function forgetPages(name) {
  const pages = await caches.open(PAGES);
  for (const request of await pages.keys()) {
    const kept = await pages.match(request);
    if (kept?.headers.get("X-Keep") === name) await pages.delete(request);
  }
}

async function removeOld() {
  const names = await caches.keys();
  const old = names.filter((name) => ![PAGES, PARTS].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([removeOld(), self.clients.claim()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(part(request));
  else if (request.mode === "navigate" && SIGNING_PAGE.test(pathname)) {
    event.respondWith(page(event));
  }
});

self.addEventListener("message", (event) => {
  const { keep = [], forget } = event.data;
  for (const pathname of keep) {
    const isKept = inTurn(() => keepPage(pathname)).then(() => keptPage(pathname));
    event.waitUntil(isKept.then((kept) => event.source.postMessage({ kept: kept && pathname })));
  }
  if (forget) event.waitUntil(inTurn(() => forgetPages(forget)));
});
