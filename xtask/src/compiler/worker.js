// The worker that has the compiler. It takes the compiler's files from their cache, unpacks them, and then runs one
// program at a time. It fetches nothing: downloading is the page's.
//
// All messages are JSON texts; crates/quiz/src/device/message.rs has their types:
//   from the page  first the manifest, then requests
//   to the page    {"ready": {ms}}, {"broken": why}, {"output": {id, stdout}}, {"done": {id, end, stdout, stderr, ms}}
//
// A running program cannot be interrupted: the page ends this worker and starts another one.

import { unpacked } from "./files.js";
import { prepare, run } from "./program.js";

/**
 * @typedef {object} Manifest `Manifest` in crates/quiz/src/device/manifest.rs.
 * @property {string} version
 * @property {{ path: string, file: string, size: number }[]} files
 */

/** How many workers unpack at once, at most. */
const WORKERS = 3;

/** @type {Worker[]} */
const helpers = [];

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
    const ready = await prepare(files(manifest));
    tell({ ready: { ms: Math.round(performance.now() - begun) } });
    return ready;
  } catch (error) {
    tell({ broken: String(error?.message ?? error) });
    // Nothing is answered any more: the page ends this worker.
    return new Promise(() => {});
  } finally {
    helpers.forEach((helper) => helper.terminate());
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
 * The compiler's files, unpacked, the large ones first: by this worker and by others beside it, as long as there are processors for them.
 * @param {Manifest} manifest
 * @returns {Promise<import("./program.js").Unpacked>[]}
 */
function files({ version, files }) {
  const count = typeof Worker === "undefined" ? 1 : Math.min(WORKERS, navigator.hardwareConcurrency || 1);
  const workers = Array.from({ length: count }, (_, place) => ({
    bytes: 0,
    unpack: place === 0 ? unpacked : beside(),
    last: Promise.resolve(),
  }));
  const largestFirst = [...files].sort((one, other) => other.size - one.size);
  return largestFirst.map(({ path, file, size }) => {
    const worker = workers.reduce((least, worker) => (worker.bytes < least.bytes ? worker : least));
    worker.bytes += size;
    worker.last = worker.last.then(() => worker.unpack({ version, file, size }));
    return worker.last.then((content) => [path, content]);
  });
}

/**
 * Unpacks in another worker, one file at a time; in this one where that is lost. WebKit asks the network for the worker of a worker,
 * whatever is stored, so offline there is none.
 */
function beside() {
  const helper = new Worker(new URL("unpack.js", import.meta.url), { type: "module" });
  helpers.push(helper);
  const lost = new Promise((resolve) => (helper.onerror = () => resolve(undefined)));
  return async (file) => {
    const told = new Promise((resolve) => (helper.onmessage = ({ data }) => resolve(data)));
    helper.postMessage(file);
    const data = await Promise.race([told, lost]);
    if (!data) return unpacked(file);
    if (data.broken) throw new Error(data.broken);
    return data.content;
  };
}
