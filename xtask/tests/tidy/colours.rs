//! Rust has the same colours where it is read and where it is written, though two programs give them.

use super::read;

/// The words that stand in quotation marks behind `const <name>`, to the end of what it is.
fn words<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let (_, rest) = text.split_once(&format!("const {name}")).unwrap_or_else(|| panic!("no {name}"));
    let end = [");\n", "];\n"].iter().filter_map(|end| rest.find(end)).min().expect("an end");
    rest[..end].split('"').skip(1).step_by(2).flat_map(str::split_whitespace).collect()
}

#[test]
fn the_editor_knows_the_words_that_the_highlighter_knows() {
    let (editor, highlighter) = (read("editor/src/rust.js"), read("crates/content/src/highlight.rs"));
    for name in ["KEYWORDS", "PRIMITIVES"] {
        let known = words(&highlighter, name);
        assert!(known.len() > 10, "{known:?}");
        assert_eq!(words(&editor, name), known);
    }
}

#[test]
fn words_are_found_in_either_language() {
    let script = "const A = new Set(\n  (\n    \"as in \" +\n    \"self\"\n  ).split(\" \"),\n);\nconst B = \"c\";\n";
    assert_eq!(words(script, "A"), ["as", "in", "self"]);
    assert_eq!(words("const A: [&str; 2] = [\n    \"as\", \"in\",\n];\nlet b = \"c\";\n", "A"), ["as", "in"]);
}
