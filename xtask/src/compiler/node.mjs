// The compiler under Node.js, for tests: reads requests, one JSON text a line, from standard input, and answers each by a
// line on standard output. `node node.mjs FOLDER SECONDS`: FOLDER has the packed compiler and its manifest, and a
// program gets so many seconds of processor time, so that a busy machine does not decide.
//
// Programs run in a thread of their own, because none can be interrupted.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { brotliDecompressSync } from "node:zlib";

import { prepare, run } from "./program.js";

if (isMainThread) {
  await serve(process.argv[2], Number(process.argv[3]));
} else {
  work();
}

async function serve(folder, seconds) {
  const files = filesOf(folder);
  const begin = () => new Worker(fileURLToPath(import.meta.url), { workerData: files });
  let worker = begin();
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = await answered(worker, line, seconds);
    if (answer === undefined) {
      await worker.terminate();
      worker = begin();
    }
    console.log(answer ?? '"timeout"');
  }
  await worker.terminate();
}

/** The compiler's files in memory that threads share. */
function filesOf(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  return manifest.files.map(({ path, file, size }) => {
    const shared = new Uint8Array(new SharedArrayBuffer(size));
    shared.set(brotliDecompressSync(readFileSync(join(folder, file))));
    return [path, shared];
  });
}

/** The answer, or nothing if it takes longer than it may. */
function answered(worker, request, seconds) {
  const spent = () => process.cpuUsage().user / 1e6;
  const before = spent();
  return new Promise((resolve) => {
    const end = (answer) => {
      clearInterval(watch);
      worker.off("message", end);
      resolve(answer);
    };
    const watch = setInterval(() => spent() - before > seconds && end(undefined), 100);
    worker.on("message", end);
    worker.postMessage(request);
  });
}

function work() {
  // Modules are not compiled from shared memory.
  const own = ([path, bytes]) => [path, path.endsWith(".wasm") ? bytes.slice() : bytes];
  const compiler = prepare(workerData.map(own));
  parentPort.on("message", async (text) => {
    const request = JSON.parse(text);
    const answer = { id: request.id, ...(await run(await compiler, request, () => {})) };
    parentPort.postMessage(JSON.stringify({ done: answer }));
  });
}
