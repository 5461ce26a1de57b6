// A worker that unpacks the compiler's files for `worker.js`, one at a time:
//   to it    {version, file, size}
//   from it  {content}, handed over without a copy, or {broken: why}

import { unpacked } from "./files.js";

self.onmessage = async ({ data }) => {
  try {
    const content = await unpacked(data);
    self.postMessage({ content }, [content.buffer]);
  } catch (error) {
    self.postMessage({ broken: String(error?.message ?? error) });
  }
};
