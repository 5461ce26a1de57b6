// What a compiler said, in the gutter and under the code.

import { forEachDiagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorView } from "@codemirror/view";

/**
 * What a compiler said of a piece of code. Lines and columns are counted from 1, columns in characters; the end is the
 * first character behind the piece.
 *
 * @typedef {{line: number, column: number, endLine: number, endColumn: number, severity: "error" | "warning", message: string}} Said
 */

export const diagnostics = lintGutter();

/** Goes to what was said next, or before, and reads it aloud. */
export const diagnosticKeys = [{ key: "F8", run: spoken(nextDiagnostic), shift: spoken(previousDiagnostic) }];

/**
 * @param {import("@codemirror/state").EditorState} state
 * @param {Said[]} all
 */
export function placed(state, all) {
  const { doc } = state;
  const diagnostics = all.map(({ line, column, endLine, endColumn, severity, message }) => {
    const from = place(doc, line, column);
    return { from, to: Math.max(from, place(doc, endLine, endColumn)), severity, message };
  });
  return setDiagnostics(state, diagnostics);
}

/**
 * The text may have become shorter since the compiler saw it.
 *
 * @param {import("@codemirror/state").Text} doc
 * @param {number} number
 * @param {number} column
 */
export function place(doc, number, column) {
  if (number > doc.lines) return doc.length;
  const line = doc.line(Math.max(number, 1));
  const before = [...line.text].slice(0, Math.max(column - 1, 0)).join("");
  return line.from + before.length;
}

/**
 * @param {import("@codemirror/view").Command} move
 * @returns {import("@codemirror/view").Command}
 */
function spoken(move) {
  return (view) => {
    if (!move(view)) return false;
    const { state } = view;
    const { from, to } = state.selection.main;
    forEachDiagnostic(state, ({ message }, start, end) => {
      if (start !== from || end !== to) return;
      const line = state.doc.lineAt(from).number;
      view.dispatch({ effects: EditorView.announce.of(`Line ${line}: ${message}`) });
    });
    return true;
  };
}
