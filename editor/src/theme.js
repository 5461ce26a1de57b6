// How the editor looks: by the tokens of `style/tokens.css`, so that it is light or dark as the page is.

import { EditorView } from "@codemirror/view";
import { StyleModule } from "style-mod";

// CodeMirror adds a `<style>` to a page, which a page that forbids inline styles ignores. This is what it does itself within
// a shadow root. All editors of a page have the same styles.
const sheet = new CSSStyleSheet();
let rules = "";
StyleModule.mount = (_, modules) => {
  const needed = [modules].flat().map((module) => module.getRules()).join("\n");
  if (needed === rules) return;
  rules = needed;
  sheet.replaceSync(rules);
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
};

const NARROW = "@media (max-width: 640px)";
const TOUCHED = "@media (pointer: coarse)";
const FORCED = "@media (forced-colors: active)";
/** @param {string} colour */
const wavy = (colour) => `underline wavy var(--${colour})`;

export const theme = EditorView.theme({
  "&": { border: "1px solid var(--edge)", borderRadius: "3px", background: "var(--sunken)", color: "var(--ink)", fontSize: "0.9062rem" },
  "&.cm-focused": { outline: "2px solid var(--rust)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content, .cm-gutters": { minHeight: "calc(12 * 1.6em + 20px)" },
  ".cm-content": { "--space": "1", padding: "10px 0", caretColor: "var(--ink)" },
  // What does not fit goes on below, two characters further in than it begins.
  ".cm-line": {
    "--hang": "calc((var(--indent, 0) * var(--space) + 2) * 1ch)",
    padding: "0 12px 0 calc(8px + var(--hang))",
    textIndent: "calc(-1 * var(--hang))",
  },
  // Else a long word would leave nothing but its indentation in a row.
  ".cm-indentation": { whiteSpace: "pre" },

  ".cm-gutters": { border: "0", background: "none", color: "var(--comment)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.4em", padding: "0", fontVariantNumeric: "tabular-nums" },
  ".cm-gutter-lint": { width: "1.2em" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0", textAlign: "center" },

  ".cm-lint-marker": { content: "normal", width: "auto", height: "auto", fontWeight: "700" },
  ".cm-lint-marker-error": { color: "var(--bad)", "&::before": { content: '"✕"' } },
  ".cm-lint-marker-warning": { color: "var(--partly)", "&::before": { content: '"▲"' } },
  ".cm-lintRange": { paddingBottom: "0", backgroundImage: "none", textUnderlineOffset: ".2em" },
  ".cm-lintRange-error": { textDecoration: wavy("bad"), backgroundColor: "var(--bad-wash)" },
  ".cm-lintRange-warning": { textDecoration: wavy("partly"), backgroundColor: "var(--partly-wash)" },
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--bad)" },
  ".cm-lintPoint-warning::after": { borderBottomColor: "var(--partly)" },

  ".cm-tooltip": { border: "1px solid var(--edge)", borderRadius: "6px", background: "var(--raised)", color: "var(--ink)", maxWidth: "min(36em, 100vw - 2 * var(--gutter))", overflow: "hidden" },
  ".cm-diagnostic": { margin: "0", padding: "8px 12px", font: "0.875rem/1.5 var(--ui)", overflowWrap: "anywhere" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--bad)" },
  ".cm-diagnostic-warning": { borderLeft: "4px dotted var(--partly)" },

  "&.cm-focused .cm-matchingBracket": { background: "var(--pick-wash)", outline: "1px solid var(--pick)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "var(--bad-wash)" },
  // Not `nowrap`, in which spaces are nothing: WebKit then takes one that is typed behind it for one that must not break.
  ".cm-arrow": { whiteSpace: "pre" },
  ".cm-specialChar": { color: "var(--bad)" },
  ".cm-searchMatch": { background: "var(--partly-wash)", outline: "1px solid var(--partly)" },
  ".cm-searchMatch-selected": { background: "var(--pick-wash)", outline: "2px solid var(--pick)" },

  ".cm-panels": { background: "var(--raised)", color: "var(--ink)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--rule)" },
  ".cm-panel.cm-search": {
    display: "flex", flexWrap: "wrap", alignItems: "center", gap: "6px", padding: "8px 44px 8px 8px", font: "0.875rem/1.4 var(--ui)",
    "& input, & button, & label": { margin: "0", fontSize: "0.875rem" },
    "& label": { display: "inline-flex", alignItems: "center", gap: "6px" },
    // Of more than these nobody makes use in so short a program.
    "& [name=select], & label:has([name=re]), & label:has([name=word])": { display: "none" },
    "& [name=close]": { top: "2px", right: "2px", width: "40px", height: "40px", fontSize: "1.25rem", color: "var(--muted)" },
  },
  ".cm-textfield": { flex: "1 1 10em", minWidth: "0", minHeight: "36px", padding: "4px 8px", border: "1px solid var(--edge)", borderRadius: "4px", background: "var(--sunken)", color: "inherit", fontFamily: "var(--mono)" },
  ".cm-button": { minHeight: "36px", padding: "4px 12px", border: "1px solid var(--edge)", borderRadius: "4px", background: "none", color: "inherit", "&:active": { background: "var(--pick-wash)" } },

  [NARROW]: {
    ".cm-lineNumbers .cm-gutterElement": { minWidth: "1.6em" },
    ".cm-gutter-lint": { width: "1em" },
    ".cm-line": { padding: "0 8px 0 calc(4px + var(--hang))" },
    // A step of indentation is two characters wide: what is nested deep would have no room.
    ".cm-content": { "--space": "0.5" },
    ".cm-spaces": { letterSpacing: "-0.5ch" },
    ".cm-panel.cm-search .cm-textfield": { flexBasis: "100%" },
  },
  // What is smaller than this some phones enlarge as soon as one types, and the rest of the page with it.
  // Within a condition `&` is not the editor.
  [TOUCHED]: {
    ".cm-scroller": { fontSize: "1rem", lineHeight: "1.5" },
    ".cm-content, .cm-gutters": { minHeight: "calc(12 * 1.5em + 20px)" },
    ".cm-panel.cm-search .cm-textfield": { fontSize: "1rem" },
    ".cm-textfield, .cm-button": { minHeight: "44px" },
    ".cm-panel.cm-search [name=close]": { width: "44px", height: "44px" },
  },
  [FORCED]: {
    ".cm-lint-marker": { color: "CanvasText" },
    ".cm-searchMatch, .cm-matchingBracket": { outline: "1px solid CanvasText" },
    ".cm-searchMatch-selected": { outline: "2px solid Highlight" },
    ".cm-lintRange-error": { textDecoration: "underline wavy" },
    ".cm-lintRange-warning": { textDecoration: "underline dotted" },
  },
});
