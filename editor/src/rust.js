// Rust, as far as an editor must know it.

import { rustLanguage } from "@codemirror/lang-rust";
import { delimitedIndent, indentNodeProp } from "@codemirror/language";

/** A single quote more often begins a lifetime than a character, so it is not closed. */
const brackets = { brackets: ["(", "[", "{", '"'], stringPrefixes: ["b", "r", "br"] };

/**
 * As rustfmt has it: what goes on in another line stands one step further in, not below what came before it.
 *
 * @param {string} closing
 */
const block = (closing) => delimitedIndent({ closing, align: false });
const indentation = indentNodeProp.add({
  "ArgList ParamList ParenthesizedTokens": block(")"),
  "BracketedTokens ArrayExpression": block("]"),
  BracedTokens: block("}"),
});

const rust = rustLanguage.configure({ props: [indentation] });

export const language = [rust, rust.data.of({ closeBrackets: brackets })];

/** The same as in `crates/content/src/highlight.rs`. */
const KEYWORDS = new Set(
  (
    "as async await break const continue crate dyn else enum extern false fn for if impl in let loop macro_rules match " +
    "mod move mut pub ref return self Self static struct super trait true type unsafe use where while"
  ).split(" "),
);
const PRIMITIVES = new Set(
  "bool char str f32 f64 i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize".split(" "),
);

/** The style classes of nodes whose text does not matter; those of `src/ui/code_block.rs`. */
const CLASSES = new Map([
  ["LineComment", "comment"],
  ["BlockComment", "comment"],
  ["String", "text"],
  ["RawString", "text"],
  ["Char", "text"],
  ["Integer", "numeral"],
  ["Float", "numeral"],
  ["Lifetime", "lifetime"],
  ["LoopLabel", "lifetime"],
]);

/**
 * The style class of a node, if it is coloured: the same that a program has where it is only read, so that both look alike.
 *
 * @param {string} name of the node
 * @param {string} text of the node
 * @param {string} behind the two characters behind it
 * @returns {string | undefined}
 */
export function classOf(name, text, behind) {
  const known = CLASSES.get(name);
  if (known) return known;
  const isIdentifier = name.endsWith("Identifier") && /^\p{XID_Start}\p{XID_Continue}*$/u.test(text);
  if (isIdentifier && behind.startsWith("!") && behind !== "!=") return "macro";
  if (KEYWORDS.has(text)) return "keyword";
  const isType = PRIMITIVES.has(text) || (isIdentifier && /^\p{Lu}/u.test(text));
  return isType ? "type" : undefined;
}
