//! What becomes of a text in the hands of somebody who means harm, or of a disk that does not mean it: changed characters, changed
//! words, values of another form, pieces that are missing, there twice or far too long.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::records::Dice;

/// How a text is spoilt: by so many steps, from a seed.
#[derive(Clone, Copy, Debug)]
pub struct Spoiling {
    /// Which of some texts.
    pub which: u64,
    seed: u64,
    steps: u8,
}

pub fn any_spoiling() -> impl Strategy<Value = Spoiling> {
    let steps = prop_oneof![1 => Just(0u8), 8 => Just(1), 4 => 2..5u8];
    (any::<u64>(), any::<u64>(), steps).prop_map(|(which, seed, steps)| Spoiling { which, seed, steps })
}

/// Characters that mean something to somebody.
const PIECES: [&str; 48] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\"\"",
    "'",
    ",",
    ";",
    ":",
    "\\",
    "\\u",
    "\\ud800",
    "\\u0000",
    "\0",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\u{feff}",
    "\u{202e}",
    "\u{1f}",
    "\u{2028}",
    "é",
    "🦀",
    "=",
    "+",
    "-",
    "@",
    "=HYPERLINK(\"x\")",
    "__proto__",
    "NaN",
    "Infinity",
    "null",
    "-1",
    "1e999",
    "1e39",
    "0.5",
    "18446744073709551615",
    "18446744073709551616",
    "4294967296",
    "<script>",
    "javascript:alert(1)",
    "data:,x",
    "%00",
    "&",
    "?",
    "..",
];

/// Values that stand where others are expected.
const VALUES: [&str; 26] = [
    "null",
    "true",
    "-1",
    "0",
    "1",
    "0.5",
    "-0",
    "1e300",
    "1e39",
    "4294967295",
    "4294967296",
    "9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "\"\"",
    "\"\\ud83e\\udd80\"",
    "\"\\u0000\\n\\t\"",
    "\"__proto__\"",
    "\"javascript:alert(1)\"",
    "\"=1+1\"",
    "\"constructor\"",
    "[]",
    "{}",
    "[[]]",
    "{\"__proto__\":{}}",
    "[null,[1],{\"a\":\"b\"}]",
];

/// The text as it is after some steps.
pub fn spoilt(text: &str, how: Spoiling) -> String {
    let mut dice = Dice::new(how.seed);
    let mut text = text.to_owned();
    for _ in 0..how.steps {
        text = match dice.roll(12) {
            0..3 => characters(&text, &mut dice),
            3..6 => words(&text, &mut dice),
            6..11 => structure(&text, &mut dice).unwrap_or_else(|| characters(&text, &mut dice)),
            _ => text[..place(&text, &mut dice)].to_owned(),
        };
    }
    text
}

fn pick<'a>(all: &[&'a str], dice: &mut Dice) -> &'a str {
    all[dice.roll(all.len() as u64) as usize]
}

/// A place between two characters.
fn place(text: &str, dice: &mut Dice) -> usize {
    text.floor_char_boundary(dice.roll(text.len() as u64 + 1) as usize)
}

/// Two places, the first one first.
fn range(text: &str, dice: &mut Dice) -> (usize, usize) {
    let start = place(text, dice);
    let end =
        if dice.roll(4) == 0 { place(text, dice) } else { text.ceil_char_boundary(start + 1 + dice.roll(8) as usize) };
    (start.min(end), start.max(end).min(text.len()))
}

fn characters(text: &str, dice: &mut Dice) -> String {
    let (start, end) = range(text, dice);
    let (before, piece, after) = (&text[..start], &text[start..end], &text[end..]);
    match dice.roll(6) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{piece}{piece}{after}"),
        2 => format!("{before}{}{piece}{after}", pick(&PIECES, dice)),
        3 => format!("{before}{}{after}", pick(&PIECES, dice)),
        4 => {
            let swapped = place(after, dice);
            format!("{before}{}{piece}{}", &after[..swapped], &after[swapped..])
        }
        _ if dice.roll(50) == 0 => {
            format!("{before}{}{after}", pick(&PIECES, dice).repeat(1 + dice.roll(2000) as usize))
        }
        _ => format!("{before}{}{after}", piece.chars().rev().collect::<String>()),
    }
}

/// Words are what stands between the signs of JSON, CSV and addresses.
fn words(text: &str, dice: &mut Dice) -> String {
    let is_sign = |char: char| "{}[]\",:;&=?.\r\n\t|`*_# ".contains(char);
    let from = place(text, dice);
    let start = text[from..].find(|char| !is_sign(char)).map_or(from, |start| from + start);
    let end = text[start..].find(is_sign).map_or(text.len(), |end| start + end);
    let (before, word, after) = (&text[..start], &text[start..end], &text[end..]);
    match dice.roll(5) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{}{after}", pick(&PIECES, dice)),
        2 => format!("{before}{}{after}", pick(&VALUES, dice)),
        3 => format!("{before}{word}{}{word}{after}", pick(&PIECES, dice)),
        // A word from elsewhere.
        _ => {
            let (start, end) = range(text, dice);
            format!("{before}{}{after}", &text[start..end])
        }
    }
}

/// Changes the JSON of a text; none if it is none.
fn structure(text: &str, dice: &mut Dice) -> Option<String> {
    if dice.roll(6) == 0 {
        return key_twice(text, dice);
    }
    let mut value: Value = serde_json::from_str(text).ok()?;
    let other = if dice.roll(2) == 0 {
        let count = count(&value);
        nth(&mut value, &mut (dice.roll(count) as usize)).cloned()
    } else {
        None
    };
    let other = other.or_else(|| serde_json::from_str(pick(&VALUES, dice)).ok())?;
    let count = count(&value);
    let node = nth(&mut value, &mut (dice.roll(count) as usize))?;
    change(node, other, dice);
    serde_json::to_string(&value).ok()
}

/// A key that stands there twice, with different values.
fn key_twice(text: &str, dice: &mut Dice) -> Option<String> {
    let from = place(text, dice);
    let brace = text[from..].find('{').map(|at| from + at).or_else(|| text.find('{'))?;
    let key = text[brace + 1..].strip_prefix('"')?.split('"').next()?;
    Some(format!("{}{{\"{key}\":{},{}", &text[..brace], pick(&VALUES, dice), &text[brace + 1..]))
}

fn count(value: &Value) -> u64 {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// The value at a place, counted from 0, from the outside in.
fn nth<'a>(value: &'a mut Value, left: &mut usize) -> Option<&'a mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, left)),
        Value::Object(fields) => fields.values_mut().find_map(|field| nth(field, left)),
        _ => None,
    }
}

fn change(node: &mut Value, other: Value, dice: &mut Dice) {
    match node {
        Value::Array(items) if !items.is_empty() && dice.roll(3) > 0 => {
            let at = dice.roll(items.len() as u64) as usize;
            match dice.roll(4) {
                0 => _ = items.remove(at),
                1 => items.push(items[at].clone()),
                2 => items.swap(0, at),
                _ => items.insert(at, other),
            }
        }
        Value::Object(fields) if !fields.is_empty() && dice.roll(3) > 0 => {
            let at = dice.roll(fields.len() as u64) as usize;
            let key = fields.keys().nth(at).cloned().unwrap_or_default();
            match dice.roll(4) {
                0 => _ = fields.remove(&key),
                1 => _ = fields.insert(pick(&PIECES, dice).to_owned(), other),
                2 => {
                    let value = fields.remove(&key).unwrap_or_default();
                    fields.insert(format!("{key}{}", pick(&PIECES, dice)), value);
                }
                _ => _ = fields.insert(key, other),
            }
        }
        Value::String(text) => match dice.roll(4) {
            0 => *node = other,
            // What is long already would be longer than the memory after some times.
            1 if dice.roll(20) == 0 && text.len() < 4_000 => *text = text.repeat(1 + dice.roll(400) as usize),
            _ => *text = characters(text, dice),
        },
        node => match dice.roll(8) {
            0 => {
                for _ in 0..dice.roll(160) {
                    *node = Value::Array(vec![node.take()]);
                }
            }
            1 => *node = Value::Object(Map::from_iter([(pick(&PIECES, dice).to_owned(), node.take())])),
            _ => *node = other,
        },
    }
}

/// Texts that nobody made of another one.
pub fn any_garbage() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        2 => prop::sample::select(&VALUES[..]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Does `work` in a thread that has no more stack than a page has.
pub fn with_little_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(work).expect("there is a thread");
    thread.join().expect("it has stack enough");
}

/// So many values of a strategy, the same each time.
pub fn samples<S: Strategy>(strategy: S, count: usize) -> Vec<S::Value> {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).expect("there is a value").current()).collect()
}

/// Counts cases, and says at the end how many of each there were; not by `println`, which a passing test keeps to itself.
#[derive(Default)]
pub struct Counts(std::cell::RefCell<std::collections::BTreeMap<&'static str, u32>>);

impl Counts {
    pub fn note(&self, what: &'static str) {
        *self.0.borrow_mut().entry(what).or_default() += 1;
    }

    pub fn say(&self, of: &str) {
        let mut line = of.to_owned();
        for (what, count) in self.0.borrow().iter() {
            write!(line, ", {count} {what}").expect("a text takes anything");
        }
        use std::io::Write as _;
        writeln!(std::io::stderr(), "{line}").expect("there is an output");
    }

    #[track_caller]
    pub fn has(&self, what: &'static str, least: u32) {
        let count = self.0.borrow().get(what).copied().unwrap_or(0);
        assert!(count >= least, "only {count} cases were {what}: what is tested is hardly met");
    }
}

/// Runs so many cases of a strategy.
pub fn run<S: Strategy>(cases: u32, strategy: S, check: impl Fn(S::Value)) {
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let run = |value| {
        check(value);
        Ok(())
    };
    proptest::test_runner::TestRunner::new(config).run(&strategy, run).unwrap_or_else(|failure| panic!("{failure}"));
}
