// The worker in which the memory model is fitted to a learner: the release hook (trainer.rs) writes this text behind
// wasm-bindgen's, with the name of the wasm file for WASM.
//
// The page sends the task and hears news until the work is done; if something fails, that is news as well. The page stops
// the worker.
{
  const ready = wasm_bindgen({ module_or_path: "WASM" });
  ready.catch(() => {});
  self.onmessage = async ({ data }) => {
    const hear = (news) => self.postMessage(news);
    try {
      await ready;
      wasm_bindgen.work(data, hear);
    } catch (error) {
      hear(JSON.stringify({ Failed: `The fit did not work: ${error?.message || error}.` }));
    }
  };
}
