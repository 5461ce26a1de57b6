// The worker that downloads the compiler, looks how much of it is here, and removes it. Files come one by one and are kept
// in a cache of their own, which outlives releases of the app: whoever cancels, or loses the connection, goes on where
// it ended. The page cancels by ending this worker.
//
// Messages are JSON texts; crates/quiz/src/device/download.rs has their types:
//   from the page  {"what": "look" | "download" | "remove", "folder", "manifest"}
//   to the page    {"here": {bytes, complete, other}}, {"progress": {bytes}}, {"no-room": {needed, free}}, {"failed": why}

/**
 * @typedef {{ file: string, packed: number, sha256: string }} PackedFile
 * @typedef {{ version: string, files: PackedFile[] }} Manifest
 * @typedef {{ what: "look" | "download" | "remove", folder: string, manifest: Manifest }} Request
 */

/** What the names of all its caches begin with. */
const CACHES = "borrowed-time-compiler-";
/** What is stored last: without it, files are missing. */
const COMPLETE = "/borrowed-time-compiler/complete";
/** Rooms are estimated, so so much more than is needed must be there. */
const SPARE = 1.1;
/** How often at most, in ms, the page is told how far a file is. */
const NEWS = 100;

self.onmessage = async ({ data }) => {
  try {
    await act(JSON.parse(data));
  } catch (error) {
    tell({ failed: String(error?.message ?? error) });
  }
};

function tell(message) {
  self.postMessage(JSON.stringify(message));
}

/** @param {Request} request */
async function act({ what, folder, manifest }) {
  if (what === "remove") {
    const names = await ours();
    await Promise.all(names.map((name) => caches.delete(name)));
  }
  if (what === "download") {
    if (!(await download(folder, manifest))) return;
  }
  tell({ here: await here(manifest) });
}

async function ours() {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(CACHES));
}

/** @param {PackedFile} file */
function key({ file }) {
  return `/borrowed-time-compiler/${file}`;
}

/** How much of it is here, and whether another one is. */
async function here({ version, files }) {
  const names = await ours();
  const own = CACHES + version;
  const other = names.some((name) => name !== own);
  if (!names.includes(own)) return { bytes: 0, complete: false, other };
  const cache = await caches.open(own);
  const missing = await lacking(cache, files);
  const bytes = sum(files) - sum(missing);
  return { bytes, complete: missing.length === 0 && (await cache.match(COMPLETE)) !== undefined, other };
}

async function lacking(cache, files) {
  const kept = await Promise.all(files.map((file) => cache.match(key(file))));
  return files.filter((_, index) => kept[index] === undefined);
}

/** @param {PackedFile[]} files */
function sum(files) {
  return files.reduce((bytes, { packed }) => bytes + packed, 0);
}

/** Whether all of it is here then; else why not has been told. */
async function download(folder, { version, files }) {
  const cache = await caches.open(CACHES + version);
  const missing = await lacking(cache, files);
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  const [needed, free] = [sum(missing), quota - usage];
  if (free < needed * SPARE) {
    tell({ "no-room": { needed, free: Math.max(0, Math.floor(free)) } });
    return false;
  }
  let bytes = sum(files) - needed;
  for (const file of missing) {
    const content = await whole(folder, file, (part) => tell({ progress: { bytes: bytes + part } }));
    await cache.put(key(file), new Response(content));
    bytes += file.packed;
    tell({ progress: { bytes } });
  }
  await cache.put(COMPLETE, new Response(version));
  // Only now the one that this replaces may go.
  const older = (await ours()).filter((name) => name !== CACHES + version);
  await Promise.all(older.map((name) => caches.delete(name)));
  return true;
}

/**
 * The content of a file, fetched once more if it is broken.
 * @param {string} folder
 * @param {PackedFile} file
 * @param {(bytes: number) => void} hear
 */
async function whole(folder, file, hear) {
  for (const cache of ["no-store", "reload"]) {
    const content = await fetched(folder + file.file, cache, hear);
    if ((await sha256(content)) === file.sha256) return content;
  }
  throw new Error(`The file ${file.file} is broken on the site.`);
}

async function fetched(address, cache, hear) {
  const response = await fetch(address, { cache }).catch(() => {
    throw new Error("The connection was lost.");
  });
  if (!response.ok) throw new Error(`The site answered with status ${response.status}.`);
  const parts = [];
  let [bytes, told] = [0, performance.now()];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error("The connection was lost.");
    });
    if (done) return new Blob(parts);
    parts.push(value);
    bytes += value.length;
    if (performance.now() - told > NEWS) {
      told = performance.now();
      hear(bytes);
    }
  }
}

/** @param {Blob} content */
async function sha256(content) {
  const hash = await crypto.subtle.digest("SHA-256", await content.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
