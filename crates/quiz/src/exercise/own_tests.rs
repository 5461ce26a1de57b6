//! Tests that learners write into their own program: where they are, and the program with them.
//!
//! Without `--test` rustc leaves out what is marked by `#[test]` or `#[cfg(test)]`. Here the marks are taken away, and nothing else
//! moves: each line stays where it is. This is no parser: it knows comments, literals, attributes, braces, `mod` and `fn`. A test
//! that it does not understand is left out as rustc would. Two items of one name, one for tests and one for all else, are an error.

use crate::places;

/// What such a test says if it was to panic and did not.
const DID_NOT_PANIC: &str = "this test should panic, and did not";
/// Leads from the module that lists the tests to the program. No test of a problem begins so.
const PROGRAM: &str = concat!("super", "::");
/// What calls a test, whatever it gives back, as Cargo's harness does.
const CALL: &str = "trait OutcomeOfOwnTest { fn of_a_test(self); }\nimpl OutcomeOfOwnTest for () { fn of_a_test(self) {} }\n\
    impl<E: ::core::fmt::Debug> OutcomeOfOwnTest for ::core::result::Result<(), E> { fn of_a_test(self) { self.unwrap() } }\n";

/// A program with the tests that its writer put into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTests {
    /// The program, in which the tests are functions like others.
    pub(super) program: String,
    tests: Vec<OwnTest>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct OwnTest {
    /// As the list of tests leads to it.
    path: String,
    /// What the panic has to say, of a test that should panic: often nothing.
    should_panic: Option<String>,
}

impl OwnTests {
    /// Those in `code`.
    pub fn of(code: &str) -> OwnTests {
        let mut reader = Reader { code, marked: without_words(code).into_bytes(), ..Reader::default() };
        reader.read();
        let Reader { mut edits, tests, .. } = reader;
        if tests.is_empty() {
            return OwnTests::none(code);
        }
        places::sort_by_key(&mut edits, |edit| edit.0);
        let mut program = String::new();
        let mut done = 0;
        for (from, to, text) in edits {
            program += &code[done..from];
            program += text;
            done = to;
        }
        OwnTests { program: without_main(&(program + &code[done..])), tests }
    }

    /// `code` with none of its own.
    pub fn none(code: &str) -> OwnTests {
        OwnTests { program: without_main(code), tests: Vec::new() }
    }

    /// Their names as a run of them tells them, in the order of the program.
    pub(crate) fn marks(&self) -> impl Iterator<Item = &str> {
        self.tests.iter().map(|test| test.path.as_str())
    }

    /// Their names for their writer: `tests::of_one`.
    pub fn names(&self) -> Vec<String> {
        self.marks().map(|mark| mark.trim_start_matches(PROGRAM).to_owned()).collect()
    }

    /// The rows of the list of tests.
    pub(super) fn listed(&self) -> String {
        let row = |OwnTest { path, should_panic }: &OwnTest| match should_panic {
            None => format!("(\"{path}\", || {path}().of_a_test()),"),
            Some(_) => format!("(\"{path}\", || {{ {path}(); panic!(\"{DID_NOT_PANIC}\") }}),"),
        };
        self.tests.iter().map(row).collect()
    }

    /// What the list needs beside the rows.
    pub(super) fn needed(&self) -> &'static str {
        if self.tests.is_empty() { "" } else { CALL }
    }

    /// The name for its writer of the test that a run tells by this name, if it is one of these.
    pub(crate) fn name_of<'a>(&self, mark: &'a str) -> Option<&'a str> {
        self.marks().any(|own| own == mark).then(|| mark.trim_start_matches(PROGRAM))
    }

    /// Whether the test that a run tells by this name should panic with such a message.
    pub(crate) fn should_panic_so(&self, mark: &str, message: &str) -> bool {
        let test = self.tests.iter().find(|test| test.path == mark);
        let said = test.and_then(|test| test.should_panic.as_deref());
        said.is_some_and(|said| message != DID_NOT_PANIC && message.contains(said))
    }
}

/// The tests have a `main` of their own.
fn without_main(code: &str) -> String {
    let is_main = |line: &str| line.starts_with("fn main(") || line.starts_with("pub fn main(");
    let renamed = |line: &str| match is_main(line) {
        true => format!("#[allow(dead_code)] {}\n", line.replacen("fn main(", "fn main_of_the_program(", 1)),
        false => format!("{line}\n"),
    };
    code.lines().map(renamed).collect()
}

/// What stands before an item.
#[derive(Clone, Debug, Default)]
struct Marks {
    is_test: bool,
    is_left_out: bool,
    should_panic: Option<String>,
    /// From where to where the mark of a test stands.
    test_at: (usize, usize),
    /// Where the item itself begins, behind its attributes.
    item_at: Option<usize>,
}

#[derive(Default)]
struct Reader<'a> {
    code: &'a str,
    /// The code without comments and literals, byte by byte where it was.
    marked: Vec<u8>,
    at: usize,
    marks: Marks,
    /// For each brace that is open the module that it belongs to, if it is one that can be reached.
    open: Vec<Option<&'a str>>,
    module: Option<&'a str>,
    /// What is replaced: from where, to where, by what.
    edits: Vec<(usize, usize, &'static str)>,
    tests: Vec<OwnTest>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        while let Some(byte) = self.marked.get(self.at).copied() {
            match byte {
                // Of what it stands in, and no item begins with it.
                b'#' if self.marked[self.at + 1..].starts_with(b"![") => {
                    self.at += self.marked[self.at..].iter().position(|byte| *byte == b']').unwrap_or_default();
                }
                b'#' if self.marked.get(self.at + 1) == Some(&b'[') => self.read_attribute(),
                b'{' => {
                    self.open.push(self.module.take());
                    self.end_item();
                }
                b'}' => {
                    self.open.pop();
                    self.end_item();
                }
                b';' => self.end_item(),
                _ if is_of_word(byte) => self.read_word(),
                _ => {}
            }
            self.at += 1;
        }
    }

    fn end_item(&mut self) {
        (self.marks, self.module) = (Marks::default(), None);
    }

    /// Stops at its last byte.
    fn read_attribute(&mut self) {
        let from = self.at;
        let Some(to) = self.marked[from..].iter().position(|byte| *byte == b']').map(|length| from + length + 1) else {
            return;
        };
        let text: String = self.code[from..to].split_whitespace().collect();
        match text.trim_start_matches("#[").trim_end_matches(']') {
            "test" => (self.marks.is_test, self.marks.test_at) = (true, (from, to)),
            // What is for tests only is needed by them.
            "cfg(test)" if !self.code[from..to].contains('\n') => self.edits.push((from, to, "")),
            name if name.starts_with("cfg") || name.starts_with("ignore") => self.marks.is_left_out = true,
            name if name.starts_with("should_panic") => {
                let said = self.code[from..to].split('"').nth(1).unwrap_or_default();
                // What stands for other signs is not read: any panic will do then.
                let is_plain = !said.contains('\\') && !name.contains("=r");
                self.marks.should_panic = Some(if is_plain { said.to_owned() } else { String::new() });
            }
            _ => {}
        }
        self.at = to - 1;
    }

    /// Stops at its last byte.
    fn read_word(&mut self) {
        let from = self.at;
        self.marks.item_at.get_or_insert(from);
        match self.word() {
            "mod" => {
                let name = self.next_word();
                if !self.marks.is_left_out {
                    self.module = Some(name);
                    self.make_reachable();
                }
            }
            "fn" => {
                let name = self.next_word();
                self.take_test(name);
                self.marks = Marks::default();
            }
            _ => {}
        }
    }

    fn word(&mut self) -> &'a str {
        let from = self.at;
        let length = self.marked[from..].iter().take_while(|byte| is_of_word(**byte)).count();
        self.at = from + length.saturating_sub(1);
        &self.code[from..from + length]
    }

    fn next_word(&mut self) -> &'a str {
        let from = self.at + 1;
        self.at = from + self.marked[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let word = self.word();
        if word.is_empty() {
            self.at -= 1;
        }
        word
    }

    fn take_test(&mut self, name: &str) {
        let Marks { is_test: true, is_left_out: false, should_panic, test_at: (from, to), .. } = &self.marks else {
            return;
        };
        // A function within a function is no test.
        let Some(modules) = self.open.iter().copied().collect::<Option<Vec<&str>>>() else { return };
        let path = [modules.as_slice(), &[name]].concat().join("::");
        self.tests.push(OwnTest { path: format!("{PROGRAM}{path}"), should_panic: should_panic.clone() });
        self.edits.push((*from, *to, ""));
        self.make_reachable();
    }

    /// At the root everything is.
    fn make_reachable(&mut self) {
        let Some(at) = self.marks.item_at else { return };
        if !self.open.is_empty() && !self.code[at..].starts_with("pub") {
            self.edits.push((at, at, "pub "));
        }
    }
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// The code with blanks in place of what comments and literals say, as long as before.
fn without_words(code: &str) -> String {
    let mut blank = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let is_after_word = blank.as_bytes().last().is_some_and(|byte| is_of_word(*byte));
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => comment_length(rest),
            '"' => literal_length(rest, 1, '"'),
            '\'' if is_character(rest) => literal_length(rest, 1, '\''),
            'r' | 'b' | 'c' if !is_after_word => raw_length(rest),
            _ => 0,
        };
        match length {
            0 => {
                blank.push(first);
                rest = &rest[first.len_utf8()..];
            }
            _ => {
                blank.extend(std::iter::repeat_n(' ', length));
                rest = &rest[length..];
            }
        }
    }
    blank
}

/// Comments may stand in comments.
fn comment_length(text: &str) -> usize {
    let mut depth = 0_u32;
    let mut at = 0;
    loop {
        let rest = &text[at..];
        match rest.chars().next() {
            None => return at,
            Some(_) if rest.starts_with("/*") => (depth, at) = (depth + 1, at + 2),
            Some(_) if rest.starts_with("*/") => (depth, at) = (depth - 1, at + 2),
            Some(other) => at += other.len_utf8(),
        }
        if depth == 0 {
            return at;
        }
    }
}

/// Up to the end of a literal whose words begin at `from`.
fn literal_length(text: &str, from: usize, end: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in text[from..].char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == end => return from + at + end.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// `'a'`, and not the lifetime `'a`.
fn is_character(text: &str) -> bool {
    let mut after = text.chars().skip(1);
    let first = after.next();
    first == Some('\\') || (first.is_some() && after.next() == Some('\''))
}

/// A raw string, with what stands before it; 0 if it is none.
fn raw_length(text: &str) -> usize {
    let letters = if text.starts_with("br") || text.starts_with("cr") { 2 } else { 1 };
    let hashes = text[letters..].bytes().take_while(|byte| *byte == b'#').count();
    let begins = letters + hashes + 1;
    let is_raw = text[..letters].ends_with('r') && text[letters + hashes..].starts_with('"');
    if !is_raw {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    text[begins..].find(&end).map_or(text.len(), |at| begins + at + end.len())
}
