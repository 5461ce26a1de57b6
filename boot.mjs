// Loads the app and lets it take over from the page that is there already.

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";

// Only a script can import another one by its address.
globalThis.importScript = (address) => import(address);

// Whether it was said that the app cannot start, by what stands in for start.js: then that stays on the screen.
let isLost = false;
followTranslation();
letTakeOver();
sayIfStartIsMissing();
await firstPaint();
try {
  for (const { content } of document.querySelectorAll('meta[name="wanted"]')) preload(content);
  const [{ default: init }, wasm] = await Promise.all([import(meta("app")), download(meta("wasm"))]);
  await init({ module_or_path: wasm });
} catch (error) {
  window.showBootFailure(String(error));
}

// What is there to be read comes first: nothing of the app is loaded before it is on the screen. The shell has nothing to read, and a
// page that nobody sees is not drawn.
function firstPaint() {
  if (document.hidden || !document.querySelector("#boot[data-readable]")) return;
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName("first-contentful-paint").length === 0) return;
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: "paint", buffered: true });
    // Whatever keeps it from being drawn, or said.
    setTimeout(resolve, 1000);
  });
}

function preload(address) {
  const link = Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href: address });
  document.head.append(link);
}

// A host that sends no .js may still have sent this.
function sayIfStartIsMissing() {
  if (window.showBootFailure) return;
  const boot = document.getElementById("boot");
  window.showBootFailure = (why) => {
    isLost = true;
    boot.dataset.state = "failed";
    boot.querySelector("[data-why]").textContent = why;
  };
  addEventListener("error", ({ message }) => window.showBootFailure(message));
  addEventListener("unhandledrejection", ({ reason }) => window.showBootFailure(String(reason)));
  boot.querySelector("[data-reload]").addEventListener("click", () => location.reload());
}

// The wasm file as it comes; the bar says how much of it is there.
async function download(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: the host answered ${response.status}`);
  const bar = document.querySelector("#boot progress");
  const total = Number(meta("wasm-bytes"));
  if (!response.body || !bar || !total) return response;
  bar.max = total;
  bar.value = 0;
  const count = new TransformStream({
    transform(chunk, controller) {
      bar.value += chunk.byteLength;
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count), { headers: response.headers });
}

// The app is drawn behind the page that was readable before it. It comes to the front once nothing in it is loading any more and
// nobody reads what they have unfolded, selects a text or has a finger on the page, in one step: what stands in both stays where it
// was, and so do reader and focus.
function letTakeOver() {
  const [app, boot] = [document.getElementById("app"), document.getElementById("boot")];
  let isTouched = false;
  const isReady = () => app.querySelector("main") && !app.querySelector("[data-loading]");
  const isRead = () => isTouched || boot.querySelector("main details[open]") || getSelection()?.isCollapsed === false;
  // Not in one go with what draws the app: a tap in between is heard.
  const observer = new MutationObserver(() => setTimeout(take));
  const touched = ({ type }) => {
    isTouched = type === "pointerdown";
    // The click that ends a tap is still to come.
    if (!isTouched) setTimeout(take);
  };
  const take = () => {
    if (isLost || !boot.isConnected || !isReady() || isRead()) return;
    observer.disconnect();
    document.removeEventListener("selectionchange", take);
    for (const type of TOUCHES) removeEventListener(type, touched, true);
    const [focused, scrolled] = [document.activeElement, scrollY];
    const hadFocus = boot.contains(focused);
    boot.remove();
    app.removeAttribute("data-waits");
    scrollTo(scrollX, scrolled);
    dispatchEvent(new Event("app-in-front"));
    if (!hadFocus) return;
    const address = focused.getAttribute("href");
    const same = address && app.querySelector(`a[href="${CSS.escape(address)}"]`);
    (same || app.querySelector("main h1"))?.focus({ preventScroll: true });
  };
  const TOUCHES = ["pointerdown", "pointerup", "pointercancel"];
  for (const type of TOUCHES) addEventListener(type, touched, true);
  observer.observe(app, { childList: true, subtree: true });
  document.addEventListener("selectionchange", take);
  boot.addEventListener("toggle", take, true);
}

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
