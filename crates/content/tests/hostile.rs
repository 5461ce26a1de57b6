//! Whatever Markdown says, the page gets a tree of known elements that it can draw, and no link but to a page elsewhere.

use std::io::{self, Write as _};
use std::sync::LazyLock;
use std::{fs, thread};

use content::pack::prose::parse;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use quiz::json;
use quiz::prose::{MOST_NESTED, Node, Prose};

const CASES: u32 = 100_000;

/// What Markdown has a meaning for, and what pages must not have one for.
const PIECES: [&str; 56] = [
    "*",
    "**",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "```",
    "```rust\n",
    "\n```\n",
    "~~~",
    "[",
    "]",
    "](",
    ")",
    "](javascript:alert(1))",
    "](https://a.example/)",
    "](https://a.example/ \"t\")",
    "](<https://a.example/\\n>)",
    "](JaVaScRiPt:x)",
    "](data:text/html,x)",
    "](//a.example)",
    "](https://)",
    "<https://a.example>",
    "<javascript:alert(1)>",
    "![",
    "[a]: javascript:x\n",
    "[a]",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<img src=x onerror=alert(1)>",
    "&amp;",
    "&#106;avascript:",
    "&#0;",
    "\\",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "> ",
    ">>>>",
    "- ",
    "1. ",
    "# ",
    "| a | b |\n|---|---|\n",
    "|",
    "---\n",
    "é🦀",
    "\0",
    "\u{202e}",
    "a",
    "x *y* z",
    "\u{feff}",
];

fn any_markdown() -> impl Strategy<Value = String> {
    let piece = || prop::sample::select(&PIECES[..]);
    let made = prop::collection::vec(piece(), 0..14).prop_map(|pieces| pieces.concat());
    let real = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), piece(), 0..40usize, any::<bool>())
        .prop_map(|(which, place, piece, cut, repeats)| {
            let text = which.get(&REAL);
            let start = text.floor_char_boundary(place.index(text.len() + 1));
            let end = text.ceil_char_boundary((start + cut).min(text.len()));
            let piece = if repeats { piece.repeat(cut) } else { piece.to_owned() };
            format!("{}{piece}{}", &text[..start], &text[end..])
        });
    prop_oneof![4 => made, 3 => real, 1 => any::<String>()]
}

/// Pieces of problems as they are written.
static REAL: LazyLock<Vec<String>> = LazyLock::new(|| {
    let files =
        ["borrowing/pushed-while-read.md", "ownership/who-frees-the-jobs.md", "ownership/drained-when-empty.md"];
    let text = |file: &str| fs::read_to_string(format!("tests/good/{file}")).unwrap();
    let parts =
        |text: String| text.split("\n## ").map(|part| part.chars().take(600).collect()).collect::<Vec<String>>();
    files.into_iter().map(text).flat_map(parts).collect()
});

fn levels(nodes: &[Node], links: &mut u32) -> usize {
    let mut deepest = 0;
    for node in nodes {
        let inside = match node {
            Node::Text(_) | Node::Program(_) | Node::Verbatim(_) => continue,
            Node::Element(_, inside) => inside,
            Node::Link { address, inside } => {
                assert!(address.as_str().starts_with("https://"), "a link leads to {address}");
                *links += 1;
                inside
            }
        };
        deepest = deepest.max(1 + levels(inside, links));
    }
    deepest
}

#[test]
fn any_markdown_is_a_tree_that_a_page_can_draw() {
    let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let links = std::cell::Cell::new(0);
    TestRunner::new(config)
        .run(&any_markdown(), |markdown| {
            let prose = parse(&markdown, 0);
            let mut found = links.get();
            assert!(levels(&prose.0, &mut found) <= MOST_NESTED);
            links.set(found);
            let text = serde_json::to_string(&prose).unwrap();
            // The page reads it with its own reader, which refuses what it does not draw.
            assert_eq!(json::read::<Prose>(&text), Ok(prose));
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    assert!(links.get() > CASES / 50, "only {} links: what is tested is hardly met", links.get());
    writeln!(io::stderr(), "{CASES} texts, {} links, all of them to pages", links.get()).unwrap();
}

/// A hundred thousand quotations, lists, brackets and stars in each other.
#[test]
fn nothing_runs_out_of_stack() {
    const DEEP: usize = 100_000;
    let deep = || {
        let nested_list =
            |count: usize| (0..count).map(|level| format!("{}- a\n", " ".repeat(2 * level))).collect::<String>();
        let texts =
            [">".repeat(DEEP), "> ".repeat(DEEP) + "a", "- ".repeat(DEEP), "1. ".repeat(1000) + "a", nested_list(300)];
        let more = [
            "[".repeat(DEEP),
            "*".repeat(DEEP) + "a",
            "*a _b ".repeat(500),
            "![".repeat(500) + &"](https://a.example)".repeat(500),
        ];
        for text in texts.iter().chain(&more) {
            assert!(levels(&parse(text, 0).0, &mut 0) <= MOST_NESTED);
        }
    };
    thread::Builder::new().stack_size(256 * 1024).spawn(deep).unwrap().join().expect("it has stack enough");
}
