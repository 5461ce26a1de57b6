// The code editor. The app loads this file where a program is written, and works it through `createEditor`.

import { closeBrackets, closeBracketsKeymap, insertBracket } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, isolateHistory } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { search } from "@codemirror/search";
import { Annotation, EditorState, Prec } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";

import { diagnosticKeys, diagnostics, place, placed } from "./diagnostics.js";
import { look } from "./look.js";
import { language } from "./rust.js";
import { searchKeys, words } from "./search.js";
import { theme } from "./theme.js";

/** What the app itself puts into the editor; it need not hear of that. */
const byApp = Annotation.define();

/** In milliseconds. After Escape no clock runs: Tab leaves the editor until another key is pressed. */
const FOR_EVER = 1e12;

/** A step of indentation. */
const STEP = "    ";

/**
 * Makes an editor within `parent`.
 *
 * @param {Element} parent
 * @param {string} id of the element that is typed into
 * @param {string} label how it is called aloud
 * @param {string} description the id of what describes it, or nothing
 * @param {string} text what stands in it at first
 * @param {(text: string) => void} onChange called with all the text whenever the learner changes it
 * @param {() => void} onRun called for Control or Command with Enter
 * @returns {Editor}
 */
export function createEditor(parent, id, label, description, text, onChange, onRun) {
  const attributes = {
    id,
    "aria-label": label,
    "data-testid": "code",
    "data-answer": "code",
    ...(description && { "aria-describedby": description }),
  };
  const run = () => {
    onRun();
    return true;
  };
  const extensions = [
    Prec.high(keymap.of([{ key: "Mod-Enter", run }, { key: "Ctrl-Enter", run }])),
    EditorView.contentAttributes.of(attributes),
    EditorView.updateListener.of((update) => {
      const isLearners = !update.transactions.some((transaction) => transaction.annotation(byApp));
      if (update.docChanged && isLearners) onChange(update.state.doc.toString());
      if (update.view.hasFocus && update.state.doc.lines < update.startState.doc.lines) keepInSight(update.view);
    }),
    common,
    wrapping(),
  ];
  const view = new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) });
  // To ask for a place lets it measure itself now: else the numbers of lines stand elsewhere for a frame.
  view.coordsAtPos(0);
  const editor = new Editor(view);
  // What stands in it cannot be read from the page: lines out of sight are not drawn.
  parent.editor = editor;
  return editor;
}

/** What the app can do with an editor. */
class Editor {
  /** @type {EditorView} */
  #view;

  /** @param {EditorView} view */
  constructor(view) {
    this.#view = view;
  }

  /** All that stands in it, with `\n` between the lines. */
  text() {
    return this.#view.state.doc.toString();
  }

  /**
   * Puts `text` in place of all that stands in it. This can be undone; `onChange` is not called.
   *
   * @param {string} text
   */
  setText(text) {
    const { state } = this.#view;
    const doc = state.toText(text);
    if (doc.eq(state.doc)) return;
    const changes = { from: 0, to: state.doc.length, insert: doc };
    this.#view.dispatch({ changes, annotations: [byApp.of(true), isolateHistory.of("full")] });
  }

  /**
   * Types `text` as a key would, in place of what is selected. The editor gets the focus if it has not.
   *
   * @param {string} text
   */
  insert(text) {
    const { state } = this.#view;
    const plain = () => state.update(state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    this.#view.dispatch(insertBracket(state, text) ?? plain());
    this.#view.focus();
  }

  /**
   * Marks what a compiler said, in place of what was marked before.
   *
   * @param {string} json a list of `{line, column, endLine, endColumn, severity, message}`: counted from 1, columns in
   *   characters, the end not included, the severity `"error"` or `"warning"`
   */
  setDiagnostics(json) {
    this.#view.dispatch(placed(this.#view.state, JSON.parse(json)));
  }

  /**
   * Goes to a place, and shows it in the middle.
   *
   * @param {number} line from 1
   * @param {number} column from 1, in characters
   */
  goTo(line, column) {
    const anchor = place(this.#view.state.doc, line, column);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    this.#view.focus();
  }

  focus() {
    this.#view.focus();
  }

  destroy() {
    this.#view.destroy();
  }
}

/**
 * A page that has become shorter has moved up, after the editor had looked where the caret is.
 *
 * @param {EditorView} view
 */
function keepInSight(view) {
  requestAnimationFrame(() => {
    view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head) });
  });
}

/**
 * Spaces up to the next step; the lines that are selected go one step further in.
 *
 * @param {EditorView} view
 */
function indent(view) {
  const { state } = view;
  const { empty, head } = state.selection.main;
  if (!empty) return indentMore(view);
  const column = head - state.doc.lineAt(head).from;
  const spaces = STEP.slice(column % STEP.length);
  view.dispatch(state.update(state.replaceSelection(spaces), { userEvent: "input.indent", scrollIntoView: true }));
  return true;
}

/** Tab leaves the editor after Escape, whatever else Escape did, and only while the editor has the focus. */
const leaving = EditorView.domEventObservers({
  keydown(event, view) {
    // CodeMirror's own two seconds are set right after this, and not every reader and hand is as quick.
    if (event.key === "Escape") queueMicrotask(() => view.setTabFocusMode(FOR_EVER));
  },
  blur(_, view) {
    view.setTabFocusMode(0);
  },
});

/** Long lines wrap, unless the reader's settings keep code whole. */
const wrapping = () => (document.documentElement.dataset.code === "whole" ? [] : EditorView.lineWrapping);

const common = [
  lineNumbers(),
  diagnostics,
  highlightSpecialChars(),
  history(),
  language,
  indentUnit.of(STEP),
  EditorState.tabSize.of(STEP.length),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  search({ top: true }),
  words,
  // On a phone a row of signs lies over the lower edge.
  EditorView.scrollMargins.of(() => ({ bottom: matchMedia("(pointer: coarse)").matches ? 110 : 0 })),
  leaving,
  keymap.of([
    { key: "Tab", run: indent, shift: indentLess },
    ...diagnosticKeys,
    ...searchKeys,
    ...closeBracketsKeymap,
    ...historyKeymap,
    ...defaultKeymap,
  ]),
  look,
  theme,
];
