// Trunk calls these while it loads the wasm file: they move the bar and show what failed.
export default function boot() {
  const bar = document.querySelector("#boot progress");
  return {
    onStart: () => {},
    onProgress: ({ current, total }) => {
      if (bar && total) {
        bar.max = total;
        bar.value = current;
      }
    },
    onComplete: () => {},
    onSuccess: () => {},
    onFailure: (error) => window.showBootFailure(String(error)),
  };
}

// Only a script can import another one by its address.
globalThis.importScript = (address) => import(address);

followTranslation();

// A browser that translates the page puts a <font> in the place of each text. The app does not know of it, and goes on to
// change texts that are on no page any more. So each such text goes into its <font>, empty; when the app changes it or takes
// it away, the translation goes, and what the app says now stands there, to be translated in its turn.
function followTranslation() {
  const hidden = new WeakMap();
  const show = (text) => {
    const { font, translation } = hidden.get(text);
    hidden.delete(text);
    for (const node of translation) node.remove();
    font.replaceWith(...font.childNodes);
  };
  const observer = new MutationObserver((records) => {
    const changed = records.filter(({ type }) => type === "characterData").map(({ target }) => target);
    for (const text of changed) if (hidden.has(text)) show(text);
    const isNew = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]).filter(({ nodeName }) => nodeName === "FONT"));
    for (const { removedNodes, addedNodes, previousSibling, nextSibling } of records) {
      for (const text of removedNodes) {
        if (text.nodeType !== Node.TEXT_NODE) continue;
        const own = hidden.get(text);
        if (own) {
          if (text.parentNode === own.font) continue;
          show(text);
          // The translation was taken back.
          if (text.isConnected) text.data = own.said;
        } else if (!text.isConnected) {
          const font = [...addedNodes, previousSibling, nextSibling].find((node) => isNew.delete(node));
          if (!font?.isConnected) continue;
          if (changed.includes(text)) {
            font.replaceWith(text);
          } else {
            hidden.set(text, { font, translation: [...font.childNodes], said: text.data });
            text.data = "";
            font.append(text);
          }
        }
      }
    }
    observer.takeRecords();
  });
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
}
