// The compiler's files, from the cache that the download put them into.

import startUnpacker, { unpack } from "./unpacker.js";

let started;

/**
 * Unpacks one of them.
 * @param {{ version: string, file: string, size: number }} packed its compiler's version, its name, and how many bytes it has unpacked
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function unpacked({ version, file, size }) {
  started ??= startUnpacker();
  const cache = await caches.open(`borrowed-time-compiler-${version}`);
  const kept = await cache.match(`/borrowed-time-compiler/${file}`);
  if (!kept) throw new Error(`${file} is missing`);
  const packed = new Uint8Array(await kept.arrayBuffer());
  await started;
  const content = new Uint8Array(size);
  unpack(packed, content);
  return content;
}
