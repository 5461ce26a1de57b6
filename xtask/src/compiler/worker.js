// The worker that has the compiler. It takes the compiler's files from their cache, unpacks them, and then runs one
// program at a time. It fetches nothing: downloading is the page's.
//
// All messages are JSON texts; crates/quiz/src/device/message.rs has their types:
//   from the page  first the manifest, then requests
//   to the page    {"ready": {ms}}, {"broken": why}, {"output": {id, stdout}}, {"done": {id, end, stdout, stderr, ms}}
//
// A running program cannot be interrupted: the page ends this worker and starts another one.

import { prepare, run } from "./program.js";
import startUnpacker, { unpack } from "./unpacker.js";

/**
 * @typedef {object} Manifest `Manifest` in crates/quiz/src/device/manifest.rs.
 * @property {string} version
 * @property {{ path: string, file: string, size: number }[]} files
 */

/** @type {Promise<import("./program.js").Compiler> | undefined} */
let compiler;

self.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  if (compiler === undefined) {
    compiler = start(message);
  } else {
    answer(message);
  }
};

function tell(message) {
  self.postMessage(JSON.stringify(message));
}

/** @param {Manifest} manifest */
async function start(manifest) {
  const begun = performance.now();
  try {
    const ready = await prepare(await files(manifest));
    tell({ ready: { ms: Math.round(performance.now() - begun) } });
    return ready;
  } catch (error) {
    tell({ broken: String(error?.message ?? error) });
    // Nothing is answered any more: the page ends this worker.
    return new Promise(() => {});
  }
}

/** @param {import("./program.js").Request} request */
async function answer(request) {
  const ready = await compiler;
  const hear = (stdout) => tell({ output: { id: request.id, stdout } });
  try {
    tell({ done: { id: request.id, ...(await run(ready, request, hear)) } });
  } catch (error) {
    tell({ broken: String(error?.message ?? error) });
  }
}

/**
 * The compiler's files, unpacked, by their paths.
 * @param {Manifest} manifest
 */
async function files(manifest) {
  const cache = await caches.open(`borrowed-time-compiler-${manifest.version}`);
  await startUnpacker();
  const unpacked = new Map();
  for (const { path, file, size } of manifest.files) {
    const kept = await cache.match(`/borrowed-time-compiler/${file}`);
    if (!kept) throw new Error(`${path} is missing`);
    const bytes = new Uint8Array(size);
    unpack(new Uint8Array(await kept.arrayBuffer()), bytes);
    unpacked.set(path, bytes);
  }
  return unpacked;
}
