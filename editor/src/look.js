// Colours, and how far in a line goes on that does not fit.

import { syntaxTree } from "@codemirror/language";
import { Decoration, ViewPlugin } from "@codemirror/view";

import { classOf } from "./rust.js";

/** No word that has a colour by itself is longer. */
const LONGEST_WORD = 100;

/** In spaces; what is further in goes on where this does. */
const DEEPEST = 24;

/** @type {Map<string, Decoration>} */
const marks = new Map();
/** @type {Map<number, Decoration>} */
const indents = new Map();

/** @param {string} name of a style class */
function mark(name) {
  const known = marks.get(name) ?? Decoration.mark({ class: name });
  marks.set(name, known);
  return known;
}

/** @param {number} spaces that a line begins with */
function indentOf(spaces) {
  const known = indents.get(spaces) ?? Decoration.line({ attributes: { style: `--indent: ${spaces}` } });
  indents.set(spaces, known);
  return known;
}

/** @param {import("@codemirror/view").EditorView} view */
function drawn({ state, visibleRanges }) {
  const { doc } = state;
  const found = [];
  for (const { from, to } of visibleRanges) {
    for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
      // With the letter behind it: between the two a row could end.
      const [begin, spaces] = /^( *)\S?/u.exec(line.text) ?? ["", ""];
      if (spaces) {
        found.push(indentOf(Math.min(spaces.length, DEEPEST)).range(line.from));
        found.push(mark("cm-indentation").range(line.from, line.from + begin.length));
        found.push(mark("cm-spaces").range(line.from, line.from + spaces.length));
      }
      for (const arrow of line.text.matchAll(/->/gu)) {
        // Behind its dash a row could end, too.
        const start = line.from + arrow.index;
        found.push(mark("cm-arrow").range(start, start + arrow[0].length));
      }
      if (line.to >= to || line.number === doc.lines) break;
    }
    syntaxTree(state).iterate({
      from,
      to,
      enter(node) {
        const text = node.to - node.from > LONGEST_WORD ? "" : doc.sliceString(node.from, node.to);
        const name = classOf(node.name, text, doc.sliceString(node.to, node.to + 2));
        if (!name) return true;
        if (node.from < node.to) found.push(mark(name).range(node.from, node.to));
        return false;
      },
    });
  }
  return Decoration.set(found, true);
}

export const look = ViewPlugin.define(
  (view) => ({
    drawn: drawn(view),
    update(update) {
      const hasNewTree = syntaxTree(update.state) !== syntaxTree(update.startState);
      if (update.docChanged || update.viewportChanged || hasNewTree) this.drawn = drawn(update.view);
    },
  }),
  { decorations: (plugin) => plugin.drawn },
);
