// The service worker of Borrowed Time. The release hook (hook.rs) writes RELEASE, ROUTES and FILES above this text:
//
//   RELEASE  the hash of all files together
//   ROUTES   addresses that the app answers, relative to the scope, without slashes at their ends; `*` is one segment
//   FILES    [path, hash] of every file that the app needs offline: the first 12 bytes of its SHA-256, in hexadecimal; and of those in
//            the bundle [path, hash, length], in its order, with the length in bytes
//   BUNDLE   the path of the file that has them all, with one character before each; null if there is none
//   SHELL    the path of the page that the app starts from at every address; it is one of FILES
//   PAGE     the text of that page: hosts put scripts of their own into pages, or send half of one
//
// What it promises:
// - A release is installed completely or not at all. Every file is checked, whatever cache or older release it came from, by its
//   hash, or, if the host has changed its line ends, by the hash that it had before. The shell is not asked of the host at all.
// - A page gets the files of one release only: the one it started with.
// - A new release waits until no page is open, or until a page sends {type: "activate"}.
// - The release before this one is kept for pages that still run it, until the next release is activated.
// - Only caches of this scope are touched: another copy of the app on the same origin has its own.
// - What a cache has is known from its own entries, so that a later worker can read what an earlier one stored.
//
// What it tells all pages of its scope, each message with {scope, release}:
//   {type: "progress", done, total}   while it installs
//   {type: "failed", why}             the installation failed, in words for a person; the old release stays
"use strict";

const SCOPE = self.registration.scope;
const CACHE_PREFIX = `borrowed-time-${new URL(SCOPE).pathname}-`;
const CACHE = CACHE_PREFIX + RELEASE;
/** The key, in each release's cache, of what is known about that release. It is written last: without it the cache is not whole. */
const RECORD = `${SCOPE}.release`;
/** The key, in each release's cache, of its layout: which file lies where in which chunk. Older workers stored each file alone. */
const LAYOUT = `${SCOPE}.layout`;
const HASH_HEADER = "x-sha256";
/** How much of a SHA-256 tells two files apart: the lists would be long otherwise. */
const HASH_BYTES = 12;
/** How many files are fetched at once: enough to keep a slow connection busy beside the page's own requests. */
const LANES = 4;
/** The bundle's files are stored in chunks of about so many bytes: a browser takes milliseconds for an entry, however small it is. */
const CHUNK_BYTES = 512 * 1024;
/** The bundle is fetched if at least so many of its files are missing. */
const BUNDLE_PAYS = 24;
/** How often an installation tells how far it is. Each word goes to every page. */
const STEPS = 20;
/** Headers that describe the transfer rather than the file, and a policy that the host may have corrected since. */
const TRANSFER_HEADERS = ["content-encoding", "content-length", "transfer-encoding", "vary", "age", "date", "content-security-policy"];
const CONTENT_TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  mjs: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
};

const OWN_LAYOUT = layOut();

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data?.type === "activate") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE) || request.headers.has("range")) return;
  event.respondWith(request.mode === "navigate" ? answerNavigation(request) : answerFile(request, event.clientId));
});

// Installing

async function install() {
  const wasWhole = (await recordOf(CACHE)) !== undefined;
  try {
    const cache = await caches.open(CACHE);
    // Usually the own cache is empty, and need not be asked two hundred times. It has files if an installation was interrupted, or
    // if the host has gone back to this release.
    const isEmpty = (await cache.keys()).length === 0;
    const donors = (await releaseCaches()).filter((name) => name !== CACHE || !isEmpty).reverse();
    let [done, told] = [0, 0];
    const progress = () => tell({ type: "progress", done, total: FILES.length });
    const chunks = new Chunks(cache);
    const store = async (path, response) => {
      const place = OWN_LAYOUT.get(urlOf(path));
      await (place ? chunks.add(place, await response.arrayBuffer()) : cache.put(urlOf(path), response));
      done += 1;
      if (done - told < FILES.length / STEPS && done < FILES.length) return;
      told = done;
      await progress();
    };
    await progress();
    // First, so that the next release can use what there is of this one if it is never whole.
    await cache.put(LAYOUT, asJson([...OWN_LAYOUT]));
    const missing = new Map();
    const donorChunks = new Map();
    await inLanes(FILES, async ([path, sha256, length]) => {
      const kept = path === SHELL ? asStored(path, sha256, PAGE, {}) : await fromCaches(donors, path, sha256, donorChunks);
      if (kept) await store(path, kept);
      else missing.set(path, [path, sha256, length]);
    });
    for await (const [path, response] of fromBundle(missing)) {
      await store(path, response);
      missing.delete(path);
    }
    await inLanes([...missing.values()], async ([path, sha256]) => store(path, await fromHost(path, sha256)));
    if (!chunks.areStored) throw new Error("a chunk was not filled");
    await writeRecord({});
  } catch (error) {
    // A release that was whole before, and to which the host has gone back, may still be running in a tab.
    if (!wasWhole) await caches.delete(CACHE);
    await tell({ type: "failed", why: inWords(error) });
    throw error;
  }
}

/** Does `work` for all items, a few at once. Returns when nothing is under way any more, even if it fails. */
async function inLanes(items, work) {
  const queue = items.values();
  let stopped = false;
  const lane = async () => {
    for (const item of queue) {
      if (stopped) return;
      try {
        await work(item);
      } catch (error) {
        stopped = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  const failure = outcomes.find((outcome) => outcome.status === "rejected");
  if (failure) throw failure.reason;
}

/** Puts the files of the bundle into the cache of this release, each chunk as soon as it is full. */
class Chunks {
  #cache;
  /** Of each chunk that is not stored yet: its length, its bytes, and the places that are still empty. */
  #open = new Map();

  constructor(cache) {
    this.#cache = cache;
    for (const place of OWN_LAYOUT.values()) {
      const { places = new Set() } = this.#open.get(place.chunk) ?? {};
      this.#open.set(place.chunk, { length: place.end, bytes: undefined, places: places.add(place) });
    }
  }

  get areStored() {
    return this.#open.size === 0;
  }

  async add(place, body) {
    const chunk = this.#open.get(place.chunk);
    if (!chunk) return;
    chunk.bytes ??= new Uint8Array(chunk.length);
    chunk.bytes.set(new Uint8Array(body), place.start);
    chunk.places.delete(place);
    if (chunk.places.size > 0) return;
    await this.#cache.put(urlOfChunk(place.chunk), new Response(chunk.bytes));
    this.#open.delete(place.chunk);
  }
}

/** The file from a release that is already here, if one has exactly this content. What cannot be read is not here. */
async function fromCaches(names, path, sha256, chunks) {
  for (const name of names) {
    try {
      const kept = await storedIn(name, urlOf(path), chunks);
      if (kept?.headers.get(HASH_HEADER) !== sha256) continue;
      const body = await intact(path, sha256, await kept.arrayBuffer());
      if (body) return asStored(path, sha256, body, kept.headers);
    } catch (error) {
      console.warn("A file of an older release cannot be read.", path, error);
    }
  }
  return undefined;
}

/** Those of the missing files that the bundle brings, as [path, response]. Whatever becomes of it: each can be had alone. */
async function* fromBundle(missing) {
  const bundled = [...missing.values()].filter(([, , length]) => length !== undefined);
  if (bundled.length < BUNDLE_PAYS) return;
  try {
    // Its parts are stored, so the browser need not keep it as well.
    const response = await fetch(urlOf(BUNDLE), { cache: "no-store", mode: "same-origin", credentials: "same-origin" });
    if (response.status !== 200) return;
    for await (const [path, sha256, part] of parts(response.body.getReader())) {
      const body = missing.has(path) ? await intact(path, sha256, part) : undefined;
      if (body) yield [path, asStored(path, sha256, body, {})];
    }
  } catch (error) {
    console.warn("The packs are fetched one by one.", error);
  }
}

/** The files of the bundle as they arrive. */
async function* parts(reader) {
  let [chunk, at] = [new Uint8Array(), 0];
  try {
    for (const [path, sha256, length] of FILES) {
      if (length === undefined) continue;
      const part = new Uint8Array(1 + length);
      for (let filled = 0; filled < part.length; ) {
        if (at === chunk.length) {
          const { done, value } = await reader.read();
          if (done) return;
          [chunk, at] = [value, 0];
        }
        const piece = chunk.subarray(at, at + part.length - filled);
        part.set(piece, filled);
        filled += piece.length;
        at += piece.length;
      }
      yield [path, sha256, part.subarray(1)];
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** The file from the host. The browser's HTTP cache usually has it, since the page has just loaded it. */
async function fromHost(path, sha256) {
  let problem;
  for (const cache of ["default", "reload"]) {
    const response = await fetch(urlOf(path), { cache, mode: "same-origin", credentials: "same-origin" }).catch(() => undefined);
    if (response?.status !== 200) {
      problem = response ? `the host answered ${response.status}` : "the host could not be reached";
      continue;
    }
    const body = await intact(path, sha256, await response.arrayBuffer());
    if (body) return asStored(path, sha256, body, response.headers);
    problem = "the host sent something else than belongs to this release. It may have changed the file, or kept an old one";
  }
  throw new Error(`${path}: ${problem}`);
}

/** The content if it belongs to this release, as it is to be stored. */
async function intact(path, sha256, body) {
  if ((await sha256Of(body)) === sha256) return body;
  if (!/\.(css|html|js|json|mjs|svg|txt|webmanifest)$/.test(path)) return undefined;
  const text = new TextDecoder().decode(body);
  const withoutReturns = new TextEncoder().encode(text.replaceAll("\r\n", "\n"));
  return (await sha256Of(withoutReturns)) === sha256 ? withoutReturns : undefined;
}

/** A response of our own: hosts get the type of wasm wrong, and a redirected response would be refused for a page. */
function asStored(name, sha256, body, hostHeaders) {
  const headers = new Headers(hostHeaders);
  for (const name of TRANSFER_HEADERS) headers.delete(name);
  const type = CONTENT_TYPES[name.slice(name.lastIndexOf(".") + 1).toLowerCase()];
  if (type) headers.set("content-type", type);
  headers.set(HASH_HEADER, sha256);
  return new Response(body, { headers });
}

async function sha256Of(body) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return Array.from(digest.subarray(0, HASH_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function inWords(error) {
  return error?.name === "QuotaExceededError" ? "the browser has no room left for the app's files" : error?.message || String(error);
}

// Taking over

async function activate() {
  const names = await releaseCaches();
  const previous = await lastActive(names.filter((name) => name !== CACHE));
  // If the host has gone back to this release, pages may be open that ran it before the one between.
  const between = previous ? await recordOf(previous) : undefined;
  const ownPages = (between?.previous === CACHE && between.olderPages) || [];
  const olderPages = previous ? (await pages()).map((page) => page.id).filter((id) => !ownPages.includes(id)) : [];
  await writeRecord({ activatedAt: Date.now(), previous, olderPages });
  // A cache made after ours belongs to a release that is being installed right now.
  const older = names.slice(0, names.indexOf(CACHE)).filter((name) => name !== previous);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The cache of the release that was activated last. */
async function lastActive(names) {
  let last;
  let lastTime = 0;
  for (const name of names) {
    const time = (await recordOf(name))?.activatedAt ?? 0;
    if (time > lastTime) [last, lastTime] = [name, time];
  }
  return last;
}

// Answering

/** Every page of the app is the shell of this release; anything else may be a real file or another site below our scope. */
async function answerNavigation(request) {
  const path = pathOf(request.url);
  if (isRoute(path)) return (await shell()) ?? fetch(request);
  const kept = await keptIn([CACHE], request.url);
  if (kept) return kept;
  const answer = await fetch(request).catch(() => undefined);
  const isUsable = answer?.ok || answer?.type === "opaqueredirect";
  return isUsable ? answer : ((await shell()) ?? answer ?? Response.error());
}

function shell() {
  return keptIn([CACHE], urlOf(SHELL));
}

async function answerFile(request, pageId) {
  return (await keptIn(await cachesFor(pageId), request.url)) ?? fetch(request);
}

/** The first of the caches that has it. A browser whose cache storage fails must still be able to use the network. */
async function keptIn(names, url) {
  try {
    for (const name of names) {
      const kept = await storedIn(name, url);
      if (kept) return kept;
    }
  } catch (error) {
    console.warn("The offline copy cannot be read.", error);
  }
  return undefined;
}

/** Where the files of a page are: a page that was open before this release took over still runs the release before. */
async function cachesFor(pageId) {
  const { previous, olderPages = [] } = (await ownRecord()) ?? {};
  if (!previous) return [CACHE];
  return olderPages.includes(pageId) ? [previous, CACHE] : [CACHE, previous];
}

function isRoute(path) {
  const segments = path.replace(/(^|\/)index\.html$/, "").split("/").filter((segment) => segment !== "");
  return ROUTES.some((route) => {
    const wanted = route.split("/").filter((segment) => segment !== "");
    return wanted.length === segments.length && wanted.every((segment, at) => segment === "*" || segment === segments[at]);
  });
}

// Caches, records, pages

/** The names of this scope's caches, oldest first. A scope's path ends in a slash, so a name that goes on with one is not ours. */
async function releaseCaches() {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(CACHE_PREFIX) && /^[0-9a-f]+$/.test(name.slice(CACHE_PREFIX.length)));
}

/**
 * What a release has stored for this address, alone or in a chunk. A browser checks an entry when it is read to its end, which a part
 * of a chunk is not, so that is checked here. `chunks` has those that were read before.
 */
async function storedIn(cacheName, address, chunks = new Map()) {
  const url = address.replace(/#.*$/s, "");
  const place = (await layoutOf(cacheName)).get(url);
  if (!place) return caches.match(url, { cacheName });
  const chunk = urlOfChunk(place.chunk);
  const key = `${cacheName} ${chunk}`;
  if (!chunks.has(key)) chunks.set(key, caches.match(chunk, { cacheName }).then((kept) => kept?.blob()));
  const part = (await chunks.get(key))?.slice(place.start, place.end);
  const body = part && (await intact(url, place.sha256, await part.arrayBuffer()));
  return body && asStored(url, place.sha256, body, {});
}

/** Where each file of the bundle lies in the cache of this release: by its address the chunk, the bytes in it, and the hash. */
function layOut() {
  const layout = new Map();
  let [chunk, start] = [0, 0];
  for (const [path, sha256, length] of FILES.filter(([, , length]) => length !== undefined)) {
    if (start > 0 && start + length > CHUNK_BYTES) [chunk, start] = [chunk + 1, 0];
    layout.set(urlOf(path), { chunk, start, end: start + length, sha256 });
    start += length;
  }
  return layout;
}

const layouts = new Map();
async function layoutOf(cacheName) {
  // The release's id is made of this text too, so that its cache was never laid out in another way.
  if (cacheName === CACHE) return OWN_LAYOUT;
  if (!layouts.has(cacheName)) layouts.set(cacheName, await readLayout(cacheName));
  return layouts.get(cacheName);
}

async function readLayout(cacheName) {
  const kept = await caches.match(LAYOUT, { cacheName });
  return new Map(await kept?.json());
}

async function recordOf(cacheName) {
  const kept = await caches.match(RECORD, { cacheName });
  return kept?.json();
}

let ownRecordOnce;
function ownRecord() {
  ownRecordOnce ??= recordOf(CACHE).catch(() => undefined);
  return ownRecordOnce;
}

async function writeRecord(record) {
  ownRecordOnce = undefined;
  const cache = await caches.open(CACHE);
  await cache.put(RECORD, asJson(record));
}

async function tell(message) {
  for (const page of await pages()) page.postMessage({ ...message, scope: SCOPE, release: RELEASE });
}

/** The open pages of this scope, those that another release or none controls included. */
async function pages() {
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((page) => page.url.startsWith(SCOPE));
}

function asJson(value) {
  return new Response(JSON.stringify(value), { headers: { "content-type": "application/json" } });
}

function urlOfChunk(number) {
  return `${SCOPE}.chunks/${number}`;
}

function urlOf(path) {
  return SCOPE + encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}

function pathOf(url) {
  const { origin, pathname } = new URL(url);
  return (origin + pathname).slice(SCOPE.length);
}
