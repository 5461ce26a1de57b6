// Stands in for the service worker in `trunk serve`, where nobody wants yesterday's files: it removes the caches of a
// release that was once installed at this address, and then itself.
"use strict";

const SCOPE = self.registration.scope;
const CACHE_PREFIX = `borrowed-time-${new URL(SCOPE).pathname}-`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const names = (await caches.keys()).filter(
    (name) => name.startsWith(CACHE_PREFIX) && /^[0-9a-f]+$/.test(name.slice(CACHE_PREFIX.length)),
  );
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.clients.claim();
  const pages = await self.clients.matchAll({ type: "window" });
  await self.registration.unregister();
  // Pages of the release show old files. Without a release nothing is stale, and reloading would never end.
  if (names.length > 0) await Promise.allSettled(pages.map((page) => page.navigate(page.url)));
}
