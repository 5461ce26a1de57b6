// What comes before the first paint, and must work when the app does not: it needs no other file.
"use strict";

document.documentElement.dataset.scripts = "";

// The chosen theme. What is not readable means the system's.
try {
  const theme = JSON.parse(localStorage.getItem("borrowed-time/settings")).data.theme;
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* no settings yet, or no storage */ }

// The screens of index.html. The app calls the second one.
function showBootFailure(why) {
  const boot = document.getElementById("boot");
  if (!boot || boot.dataset.state === "failed") return;
  boot.dataset.state = "failed";
  boot.querySelector("[data-why]").textContent = why;
}
function showPanicScreen(message) {
  console.error(message);
  const screen = document.getElementById("panic");
  screen.querySelector("[data-why]").textContent = message;
  screen.hidden = false;
  screen.querySelector("button").focus();
}

addEventListener("error", (event) => {
  if (event.target instanceof HTMLScriptElement) showBootFailure("A file of the app could not be loaded.");
}, true);
addEventListener("error", (event) => { if (event.message) showBootFailure(event.message); });
addEventListener("unhandledrejection", (event) => showBootFailure(String(event.reason)));
addEventListener("beforeunload", (event) => {
  if (document.documentElement.hasAttribute("data-unsaved")) event.preventDefault();
});
// The buttons of those screens.
addEventListener("click", (event) => {
  if (!event.target.closest?.("#boot [data-reload], #panic [data-reload]")) return;
  document.documentElement.removeAttribute("data-unsaved");
  location.reload();
});
