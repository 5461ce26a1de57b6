//! A program that is written from a blank page: what it begins with, the tests it must pass, and how these run.
//!
//! Neither the learner's device nor Miri can catch a panic, so a run of the tests ends with the first that fails, and the next
//! run goes on behind it: [`Testing`] says where. Marks that the program prints tell how far it came.

mod own_tests;

use serde::Serialize;

use crate::highlights::Snippet;
use crate::json::{deserialize, json_variants, read_struct};
use crate::json_names;
use crate::prose::Prose;
use crate::rule::Code;
use crate::verdict::{Diagnostic, Verdict};

pub use self::own_tests::OwnTests;

/// What a `write` problem holds beside its prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exercise {
    /// The code that the learner begins with.
    pub start: Snippet,
    /// The tests that are shown from the beginning.
    pub tests: TestBlock,
    /// The tests that are shown once the program was handed in.
    pub hidden_tests: TestBlock,
    /// One to three programs that pass, the first to be shown first.
    pub solutions: Vec<Solution>,
    /// Programs that candidates write and that do not pass.
    pub wrong_turns: Vec<WrongTurn>,
    /// What a good program costs.
    pub complexity: Complexity,
    /// Under how many schedules of threads the tests run, from 1.
    pub schedules: u32,
    /// What is worth asking before one writes, each with what the interviewer answers.
    pub clarify: Option<Box<Prose>>,
}

/// Tests, and what they need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TestBlock {
    /// The code, with `#[test]` on a line of its own before each.
    pub code: Snippet,
    /// The names of the tests in their order.
    pub names: Vec<String>,
}

/// A program that passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Solution {
    /// What is done in it, in a few words.
    pub name: String,
    /// The whole program.
    pub program: Snippet,
    /// What it trades.
    pub trade: Prose,
}

/// A program that candidates write and that does not pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrongTurn {
    /// What is done in it, in a few words.
    pub name: String,
    /// The whole program.
    pub program: Snippet,
    /// What becomes of it, as the compiler and the tests found.
    pub result: CodeResult,
    /// What the compiler said, if it rejects the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// What is to be said to who wrote it.
    pub remark: Prose,
    /// The belief behind it, in the learner's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub belief: Option<String>,
}

/// What a good program costs, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Complexity {
    /// Its time: `O(n log n)`.
    pub time: String,
    /// Its space beside the input.
    pub space: String,
}

/// What became of a written program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeResult {
    /// The compiler rejected it, alone or together with the tests.
    Rejected(Rejection),
    /// Every test was run.
    Tested {
        /// Those that failed, in their order.
        failures: Vec<TestFailure>,
        /// How many there are in all.
        tests: u32,
    },
    /// There was no compiler; the learner said how it went.
    SelfAssessed(SelfAssessment),
}

/// The first error of a program that was rejected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// Its code, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// Its first line.
    pub message: String,
    /// The line of the program that it points at, from 1; none if it is in the tests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// A test that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestFailure {
    /// The test's name.
    pub test: String,
    /// How it failed.
    pub how: FailureKind,
    /// What the program or Miri said; behind it, where a test itself panicked, the statement that did, after `in: `.
    pub message: String,
    /// The line of the learner's program at which it failed, from 1; none if that is in the tests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// How a test fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailureKind {
    /// It panics: an assertion, an index, an `unwrap`.
    Panic,
    /// All threads wait for each other.
    Deadlock,
    /// Two threads touch a place at once, and one of them writes.
    DataRace,
    /// It breaks another rule of the language that the compiler takes on trust.
    Undefined,
    /// Memory is left behind.
    Leak,
    /// It did not end in time.
    Timeout,
    /// It printed too much, or ended in a way that nobody foresaw.
    Other,
}

/// How a learner says it went, where no compiler could judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SelfAssessment {
    /// Nothing passed, or it did not compile.
    Failed,
    /// Some tests passed.
    SomePassed,
    /// All tests passed.
    AllPassed,
}

impl Rejection {
    /// An error, in a program whose first `lines` lines are those that somebody wrote.
    pub fn of(error: &Diagnostic, lines: u32) -> Rejection {
        let line = error.primary().map(|span| span.line).filter(|line| *line <= lines);
        Rejection { code: error.code.clone(), message: error.message.clone(), line }
    }
}

impl FailureKind {
    /// All kinds.
    pub const ALL: [FailureKind; 7] = [
        FailureKind::Panic,
        FailureKind::Deadlock,
        FailureKind::DataRace,
        FailureKind::Undefined,
        FailureKind::Leak,
        FailureKind::Timeout,
        FailureKind::Other,
    ];

    /// The name on the screen, and in a problem's file.
    pub fn label(self) -> &'static str {
        match self {
            FailureKind::Panic => "panic",
            FailureKind::Deadlock => "deadlock",
            FailureKind::DataRace => "data race",
            FailureKind::Undefined => "undefined behaviour",
            FailureKind::Leak => "memory leak",
            FailureKind::Timeout => "out of time",
            FailureKind::Other => "stopped",
        }
    }

    /// The kind of this [label](FailureKind::label).
    pub fn from_label(label: &str) -> Option<FailureKind> {
        FailureKind::ALL.into_iter().find(|kind| kind.label() == label)
    }
}

impl Exercise {
    /// The names of all tests, those that are shown first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tests.names.iter().chain(&self.hidden_tests.names).map(String::as_str)
    }

    /// The same with the tests that are shown, and no others.
    pub fn with_shown_tests_only(&self) -> Exercise {
        Exercise { hidden_tests: TestBlock::default(), ..self.clone() }
    }

    /// `code` with all tests as Cargo has them, those that are hidden too: for a compiler elsewhere.
    pub fn with_tests(&self, code: &str) -> String {
        let tests = [&self.tests, &self.hidden_tests].map(|block| block.code.text.trim_end());
        let indented = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") };
        let tests: Vec<&str> = tests.into_iter().filter(|code| !code.is_empty()).collect();
        let tests: String = tests.join("\n\n").lines().map(indented).collect();
        // Learners have tests of their own in a module of this name.
        let module = if code.contains("mod tests") { MODULE } else { "tests" };
        format!("{}\n\n#[cfg(test)]\nmod {module} {{\n    use super::*;\n\n{tests}}}\n", code.trim_end())
    }

    /// The program that runs the tests on `code`, from the test with the index `from` on. The lines of `code` stand first, in
    /// their places.
    pub fn test_program(&self, code: &str, from: usize) -> String {
        self.test_program_with(&OwnTests::none(code), from)
    }

    /// The same with the tests that are the learner's own behind them.
    pub fn test_program_with(&self, own: &OwnTests, from: usize) -> String {
        let tests = without_attributes(&self.tests.code.text) + &without_attributes(&self.hidden_tests.code.text);
        let listed: String = self.names().map(|name| format!("(\"{name}\", {name}),")).collect();
        let (code, needed, listed_own) = (&own.program, own.needed(), own.listed());
        format!(
            "{code}\nmod {MODULE} {{\n#[allow(unused_imports)]\nuse super::*;\n{tests}\n{needed}pub const ALL: &[(&str, fn())] = &[{listed}{listed_own}];\n}}\n\
             fn main() {{\nfor (name, test) in &{MODULE}::ALL[{from}..] {{\nprint!(\"{MARK}begins {{name}}\\n\");\ntest();\n\
             print!(\"{MARK}passed {{name}}\\n\");\n}}\n}}\n"
        )
    }
}

/// How far a line is indented that follows `before`, the text up to where it begins: as far as the line before it.
pub fn indentation_after(before: &str) -> &str {
    let line = before.rsplit('\n').next().unwrap_or_default();
    &line[..line.len() - line.trim_start_matches(' ').len()]
}

/// What the tests' module is called: a name that no learner gives.
const MODULE: &str = "tests_of_this_problem";

/// What begins each mark: a character that no program prints by itself.
pub const MARK: char = '\u{2}';

/// Without `--test` rustc would leave the functions out.
fn without_attributes(tests: &str) -> String {
    tests.lines().flat_map(|line| [if line.trim() == "#[test]" { "" } else { line }, "\n"]).collect()
}

/// How a run of a test program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunEnd {
    /// By itself.
    Ended,
    /// In the middle of a test, or behind the last one.
    Stopped {
        /// How.
        how: FailureKind,
        /// What was said, in a line.
        message: String,
        /// The line of the test program, from 1.
        line: Option<u32>,
    },
}

/// What is to be done next with the tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Run them again, from the test with this index on.
    RunFrom(usize),
    /// All were run.
    Done(CodeResult),
}

/// The tests of one program, run by run.
#[derive(Clone, Debug)]
pub struct Testing {
    names: Vec<String>,
    /// The program that runs them all.
    program: String,
    /// How many of its lines are the learner's.
    lines: u32,
    from: usize,
    failures: Vec<TestFailure>,
}

impl Testing {
    /// Nothing was run yet.
    pub fn new(exercise: &Exercise, code: &str) -> Testing {
        Testing::with(exercise, &OwnTests::none(code))
    }

    /// The same with the tests that are the learner's own behind them.
    pub fn with(exercise: &Exercise, own: &OwnTests) -> Testing {
        let names = exercise.names().chain(own.marks()).map(str::to_owned).collect();
        let (program, lines) = (exercise.test_program_with(own, 0), own.program.lines().count() as u32);
        Testing { names, program, lines, from: 0, failures: Vec::new() }
    }

    /// Takes in what a run printed and how it ended.
    pub fn take_in(&mut self, stdout: &str, end: RunEnd) -> Next {
        let stopped_at = self.from + passed_tests(stdout);
        let (how, message, line) = match end {
            RunEnd::Ended if stopped_at >= self.names.len() => return self.done(),
            // Its own `exit` passes no test.
            RunEnd::Ended => (FailureKind::Other, "the program ended itself".to_owned(), None),
            RunEnd::Stopped { how, message, line } => (how, message, line),
        };
        let message = match line.filter(|line| *line > self.lines && how == FailureKind::Panic) {
            Some(of_tests) => {
                message
                    + &statement(&self.program, of_tests).map_or_else(String::new, |in_test| format!("\nin: {in_test}"))
            }
            None => message,
        };
        let line = line.filter(|line| *line <= self.lines);
        // Behind the last test only what all of them left behind can be found.
        let test = self.names.get(stopped_at).or(self.names.last()).cloned().unwrap_or_default();
        self.failures.push(TestFailure { test, how, message, line });
        self.from = stopped_at + 1;
        match self.from < self.names.len() {
            true => Next::RunFrom(self.from),
            false => self.done(),
        }
    }

    /// The tests that have failed so far.
    pub fn failures(&self) -> &[TestFailure] {
        &self.failures
    }

    fn done(&self) -> Next {
        Next::Done(CodeResult::Tested { failures: self.failures.clone(), tests: self.names.len() as u32 })
    }
}

/// A statement has no more lines than this, or is cut.
const MOST_LINES: usize = 6;

/// The statement that begins at a line, from 1, in one line.
fn statement(program: &str, line: u32) -> Option<String> {
    let lines = program.lines().skip(line.checked_sub(1)? as usize).take(MOST_LINES).map(str::trim);
    let mut words = Vec::new();
    for line in lines {
        words.push(line);
        if line.ends_with([';', '}']) {
            break;
        }
    }
    let statement = words.join(" ").replace("( ", "(").replace(", )", ")").replace(" )", ")");
    (!statement.is_empty()).then_some(statement)
}

/// How many tests have passed in a run that has printed this.
pub fn passed_tests(stdout: &str) -> usize {
    stdout.split(MARK).filter(|piece| piece.starts_with("passed ")).count()
}

/// A test's name as words: `evicts the oldest`.
pub fn in_words(name: &str) -> String {
    name.replace('_', " ")
}

json_variants!(CodeResult, "what became of a program" {
    "rejected" => Rejected(why),
    "tested" => Tested { failures, tests },
    "self-assessed" => SelfAssessed(said),
});

json_names!(FailureKind {
    Panic = "panic",
    Deadlock = "deadlock",
    DataRace = "data-race",
    Undefined = "undefined",
    Leak = "leak",
    Timeout = "timeout",
    Other = "other",
});

json_names!(SelfAssessment { Failed = "failed", SomePassed = "some-passed", AllPassed = "all-passed" });

read_struct!(Exercise { start, tests, hidden_tests, solutions, wrong_turns, complexity, schedules, clarify });
read_struct!(TestBlock { code, names });
read_struct!(Solution { name, program, trade });
read_struct!(WrongTurn { name, program, result, verdict, remark, belief });
read_struct!(Complexity { time, space });
read_struct!(Rejection { code, message, line });
read_struct!(TestFailure { test, how, message, line });
deserialize!(TestFailure);
