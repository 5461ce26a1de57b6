//! Grading: one pure function from a question and an answer to a graded result.

use crate::answer::{Answer, Prediction};
use crate::assemble;
use crate::discussion::{Discussion, Score};
use crate::exercise::{CodeResult, Exercise, SelfAssessment};
use crate::json_names;
use crate::problem::{ChoiceOption, ExpectedOutcome, Outcome, Question, RoleLine};
use crate::role::Role;
use crate::rule::Code;
use crate::verdict::Verdict;

/// How good an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Not right in any part that counts.
    Wrong,
    /// Some parts are right, not all.
    Partly,
    /// Right in all its parts.
    Right,
}

json_names!(Mark { Wrong = "wrong", Partly = "partly", Right = "right" });

/// What a part of an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// One option of a choice, by its index in the author's order.
    Option(usize),
    /// What the program does on the whole.
    Outcome,
    /// What it prints.
    Output,
    /// At which line it stops.
    Line,
    /// Which rule is broken.
    Rule,
    /// Which line plays a role.
    Role(Role),
    /// What became of the assembled program, or of the one that was written, as a whole.
    Program,
    /// One test of a written program, by its place among all.
    Test(usize),
    /// How the tests went, as the learner says: no compiler has seen the program.
    SelfAssessed,
    /// One row of a rubric, by its place, as the learner scored it.
    Row(usize),
    /// All of it, which the learner does not know.
    Unknown,
}

/// One part of a graded answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is about.
    pub aspect: Aspect,
    /// Whether this part is right.
    pub right: bool,
    /// What the learner said, in words.
    pub given: String,
    /// What is true, in words.
    pub expected: String,
}

/// An answer and its judgement, part by part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graded {
    /// The whole.
    pub mark: Mark,
    /// The parts. Those that a wrong outcome makes meaningless are left out.
    pub parts: Vec<Part>,
}

impl Graded {
    /// Whether the part about `aspect` is there and right.
    pub fn is_right(&self, aspect: Aspect) -> Option<bool> {
        self.parts.iter().find(|part| part.aspect == aspect).map(|part| part.right)
    }

    /// The judgement in a few words: "Right line, wrong rule."
    pub fn summary(&self) -> String {
        if let Some(Part { aspect: Aspect::SelfAssessed, given, .. }) = self.parts.first() {
            return format!("You said: {given}.");
        }
        if let Some(Part { aspect: Aspect::Row(_), .. }) = self.parts.first() {
            let points =
                |part: &Part| Score::ALL.into_iter().find(|score| score.label() == part.given).map_or(0, Score::points);
            let all: u32 = self.parts.iter().map(points).sum();
            return format!("You gave yourself {all} of {} points.", 2 * self.parts.len());
        }
        match self.mark {
            Mark::Right => "Right.".to_owned(),
            Mark::Wrong => self.wrong_summary(),
            Mark::Partly => self.partly_summary(),
        }
    }

    fn wrong_summary(&self) -> String {
        match self.parts.first() {
            Some(part) if part.aspect == Aspect::Outcome => format!("Incorrect: {}.", lower_first(&part.expected)),
            Some(part) if part.aspect == Aspect::Program => format!("{}.", part.given),
            Some(Part { aspect: Aspect::Test(_), .. }) => "No test passes.".to_owned(),
            Some(Part { aspect: Aspect::Unknown, .. }) => "You did not know it yet.".to_owned(),
            _ => "Incorrect.".to_owned(),
        }
    }

    fn partly_summary(&self) -> String {
        let right = self.parts.iter().filter(|part| part.right).count();
        if let Some(Aspect::Test(_)) = self.parts.first().map(|part| part.aspect) {
            return format!("{right} of {} tests pass.", self.parts.len());
        }
        match (self.is_right(Aspect::Line), self.is_right(Aspect::Rule), self.is_right(Aspect::Output)) {
            (Some(true), Some(false), _) => "Right line, wrong rule.".to_owned(),
            (Some(false), Some(true), _) => "Right rule, wrong line.".to_owned(),
            (Some(false), Some(false), _) => "It does not compile, but for another reason.".to_owned(),
            (Some(false), None, _) => self.another_line().to_owned(),
            (_, _, Some(false)) => "It runs, but prints something else.".to_owned(),
            _ => format!("Partly right: {right} of {}.", self.parts.len()),
        }
    }

    /// Right but for the line, and no rule was asked for.
    fn another_line(&self) -> &'static str {
        match self.parts.first() {
            Some(part) if part.expected == UNDEFINED => "It has undefined behaviour, but on another line.",
            _ => "It panics, but on another line.",
        }
    }
}

/// Grades an answer. An answer of another kind than the question is wrong and has no parts.
pub fn grade(question: &Question, answer: &Answer) -> Graded {
    if *answer == Answer::Unknown {
        return unknown();
    }
    match question {
        Question::Choice { options, .. } => match answer {
            Answer::Choice { chosen } => grade_choice(options, |index| chosen.contains(&index)),
            Answer::Predict(_)
            | Answer::Spot { .. }
            | Answer::Fill { .. }
            | Answer::Order { .. }
            | Answer::Write { .. }
            | Answer::Discuss { .. }
            | Answer::Unknown => no_parts(),
        },
        Question::Predict { expected, .. } => match answer {
            Answer::Predict(prediction) => grade_prediction(question, expected, prediction),
            Answer::Choice { .. }
            | Answer::Spot { .. }
            | Answer::Fill { .. }
            | Answer::Order { .. }
            | Answer::Write { .. }
            | Answer::Discuss { .. }
            | Answer::Unknown => no_parts(),
        },
        Question::Spot { roles } => match answer {
            Answer::Spot { lines } => grade_spot(roles, |role| lines.get(&role).copied()),
            Answer::Choice { .. }
            | Answer::Predict(_)
            | Answer::Fill { .. }
            | Answer::Order { .. }
            | Answer::Write { .. }
            | Answer::Discuss { .. }
            | Answer::Unknown => no_parts(),
        },
        // An answer of another kind has no outcome.
        Question::Fill { .. } | Question::Order { .. } => {
            assemble::outcome(question, answer).map_or_else(no_parts, grade_outcome)
        }
        Question::Write(exercise) => match answer {
            Answer::Write { result, .. } => grade_code(exercise, result),
            Answer::Choice { .. }
            | Answer::Predict(_)
            | Answer::Spot { .. }
            | Answer::Fill { .. }
            | Answer::Order { .. }
            | Answer::Discuss { .. }
            | Answer::Unknown => no_parts(),
        },
        Question::Discuss(discussion) => match answer {
            Answer::Discuss { scores, .. } => grade_scores(discussion, scores),
            Answer::Choice { .. }
            | Answer::Predict(_)
            | Answer::Spot { .. }
            | Answer::Fill { .. }
            | Answer::Order { .. }
            | Answer::Write { .. }
            | Answer::Unknown => no_parts(),
        },
    }
}

fn no_parts() -> Graded {
    Graded { mark: Mark::Wrong, parts: Vec::new() }
}

/// What is right is told all the same, by whoever shows it: it is no part of what was said.
fn unknown() -> Graded {
    let part = Part { aspect: Aspect::Unknown, right: false, given: String::new(), expected: String::new() };
    Graded { mark: Mark::Wrong, parts: vec![part] }
}

/// Partly right needs more right options chosen than wrong ones, so that choosing everything gains nothing.
fn grade_choice(options: &[ChoiceOption], is_chosen: impl Fn(usize) -> bool) -> Graded {
    let in_words = |chosen: bool| if chosen { "chosen" } else { "not chosen" }.to_owned();
    let parts: Vec<Part> = options
        .iter()
        .enumerate()
        .filter(|(index, option)| option.right || is_chosen(*index))
        .map(|(index, option)| Part {
            aspect: Aspect::Option(index),
            right: option.right == is_chosen(index),
            given: in_words(is_chosen(index)),
            expected: in_words(option.right),
        })
        .collect();
    let hits = options.iter().enumerate().filter(|(index, option)| option.right && is_chosen(*index)).count();
    let misses = options.iter().enumerate().filter(|(index, option)| !option.right && is_chosen(*index)).count();
    let mark = match parts.iter().all(|part| part.right) {
        true => Mark::Right,
        false if hits > misses => Mark::Partly,
        false => Mark::Wrong,
    };
    Graded { mark, parts }
}

fn grade_prediction(question: &Question, expected: &ExpectedOutcome, prediction: &Prediction) -> Graded {
    let outcome = outcome_part(expected, prediction);
    if !outcome.right {
        return Graded { mark: Mark::Wrong, parts: vec![outcome] };
    }
    let mut parts = vec![outcome];
    // The outcome is right, so the prediction is of the same kind.
    match expected {
        ExpectedOutcome::Prints { stdout } => {
            if let Prediction::Prints { stdout: given } = prediction {
                parts.push(output_part(stdout, given));
            }
        }
        ExpectedOutcome::Error { code, line } => {
            if let Prediction::Error { line: given_line, rule: given_rule } = prediction {
                parts.push(line_part(Aspect::Line, *line, *given_line));
                parts.push(rule_part(question, code, given_rule.as_ref()));
            }
        }
        ExpectedOutcome::Panics { line } | ExpectedOutcome::Undefined { line } => {
            if let Prediction::Panics { line: given } | Prediction::Undefined { line: given } = prediction {
                parts.push(line_part(Aspect::Line, *line, *given));
            }
        }
    }
    let mark = if parts.iter().all(|part| part.right) { Mark::Right } else { Mark::Partly };
    Graded { mark, parts }
}

const UNDEFINED: &str = "It has undefined behaviour";

fn outcome_part(expected: &ExpectedOutcome, prediction: &Prediction) -> Part {
    const PRINTS: &str = "It prints";
    const ERROR: &str = "It does not compile";
    const PANICS: &str = "It panics";
    let given = match prediction {
        Prediction::Prints { .. } => PRINTS,
        Prediction::Error { .. } => ERROR,
        Prediction::Panics { .. } => PANICS,
        Prediction::Undefined { .. } => UNDEFINED,
    };
    let truth = match expected {
        ExpectedOutcome::Prints { .. } => PRINTS,
        ExpectedOutcome::Error { .. } => ERROR,
        ExpectedOutcome::Panics { .. } => PANICS,
        ExpectedOutcome::Undefined { .. } => UNDEFINED,
    };
    let (right, given) = (given == truth, given.to_owned());
    let expected = match expected {
        ExpectedOutcome::Prints { .. } => "It compiles and runs".to_owned(),
        ExpectedOutcome::Error { .. } | ExpectedOutcome::Panics { .. } | ExpectedOutcome::Undefined { .. } => {
            truth.to_owned()
        }
    };
    Part { aspect: Aspect::Outcome, right, given, expected }
}

fn output_part(stdout: &str, given: &str) -> Part {
    Part {
        aspect: Aspect::Output,
        right: same_output(stdout, given),
        given: given.trim_end().to_owned(),
        expected: stdout.trim_end().to_owned(),
    }
}

fn rule_part(question: &Question, code: &Code, given: Option<&Code>) -> Part {
    let in_words = |code: &Code| question.rule_in_words(code).to_owned();
    Part {
        aspect: Aspect::Rule,
        right: given == Some(code),
        given: given.map_or_else(|| "none".to_owned(), in_words),
        expected: in_words(code),
    }
}

fn line_part(aspect: Aspect, line: u32, given: Option<u32>) -> Part {
    Part {
        aspect,
        right: given == Some(line),
        given: given.map_or_else(|| "none".to_owned(), |given| given.to_string()),
        expected: line.to_string(),
    }
}

fn grade_spot(roles: &[RoleLine], line_for: impl Fn(Role) -> Option<u32>) -> Graded {
    let parts: Vec<Part> =
        roles.iter().map(|asked| line_part(Aspect::Role(asked.role), asked.line, line_for(asked.role))).collect();
    Graded { mark: mark_of_parts(&parts), parts }
}

/// Right if all parts are, partly if some are.
fn mark_of_parts(parts: &[Part]) -> Mark {
    match parts.iter().filter(|part| part.right).count() {
        right if right == parts.len() => Mark::Right,
        0 => Mark::Wrong,
        _ => Mark::Partly,
    }
}

fn grade_outcome(outcome: &Outcome) -> Graded {
    let mark = if outcome.accepted { Mark::Right } else { Mark::Wrong };
    let part = Part {
        aspect: Aspect::Program,
        right: outcome.accepted,
        given: became(outcome).to_owned(),
        expected: "It compiles and passes".to_owned(),
    };
    Graded { mark, parts: vec![part] }
}

/// All tests make it right, some partly: each is a part. What only the learner judged has one, and says so.
fn grade_code(exercise: &Exercise, result: &CodeResult) -> Graded {
    match result {
        CodeResult::Rejected(_) => {
            let (given, expected) = ("It does not compile".to_owned(), "It passes all tests".to_owned());
            Graded { mark: Mark::Wrong, parts: vec![Part { aspect: Aspect::Program, right: false, given, expected }] }
        }
        CodeResult::Tested { failures, .. } => {
            let parts: Vec<Part> = exercise
                .names()
                .enumerate()
                .map(|(place, name)| {
                    let failure = failures.iter().find(|failure| failure.test == name);
                    let given = failure.map_or("passed", |failure| failure.how.label()).to_owned();
                    Part { aspect: Aspect::Test(place), right: failure.is_none(), given, expected: "passed".to_owned() }
                })
                .collect();
            Graded { mark: mark_of_parts(&parts), parts }
        }
        CodeResult::SelfAssessed(said) => {
            let (mark, given) = match said {
                SelfAssessment::Failed => (Mark::Wrong, "no test passes, or it does not compile"),
                SelfAssessment::SomePassed => (Mark::Partly, "some tests pass"),
                SelfAssessment::AllPassed => (Mark::Right, "all tests pass"),
            };
            let (right, expected) = (mark == Mark::Right, "all tests pass".to_owned());
            Graded {
                mark,
                parts: vec![Part { aspect: Aspect::SelfAssessed, right, given: given.to_owned(), expected }],
            }
        }
    }
}

/// Of the points that the learner could give, four fifths make it right, two fifths partly.
fn grade_scores(discussion: &Discussion, scores: &[Score]) -> Graded {
    let scored = |row: usize| scores.get(row).copied().unwrap_or(Score::No);
    let part = |row: usize| Part {
        aspect: Aspect::Row(row),
        right: scored(row) == Score::Yes,
        given: scored(row).label().to_owned(),
        expected: Score::Yes.label().to_owned(),
    };
    let rows = discussion.rubric.len();
    let points: u32 = (0..rows).map(|row| scored(row).points()).sum();
    let most = Score::Yes.points() * rows as u32;
    let mark = match points * 5 {
        fifths if fifths >= most * 4 => Mark::Right,
        fifths if fifths >= most * 2 => Mark::Partly,
        _ => Mark::Wrong,
    };
    Graded { mark, parts: (0..rows).map(part).collect() }
}

/// What became of an assembled program, in a few words.
fn became(outcome: &Outcome) -> &'static str {
    match (&outcome.verdict, outcome.checked) {
        _ if outcome.accepted => "It compiles and passes",
        (Verdict::Error { .. }, false) => "It does not compile",
        (Verdict::Error { .. }, true) => "It compiles, but not together with the check",
        (Verdict::Panics { .. }, false) => "It panics",
        (Verdict::Panics { .. }, true) => "It compiles, but fails the check",
        (Verdict::Undefined { .. }, _) => "It compiles, but it has undefined behaviour",
        (Verdict::Prints { .. } | Verdict::Compiles | Verdict::Ignored { .. }, _) => {
            "It compiles, but prints something else"
        }
    }
}

/// Whether a typed output is the real one.
///
/// Lines count, blank lines at the end do not. White space counts only where it parts two words: what is tested is
/// what the program does, not typing on a phone. Quotes that a keyboard has curled are straightened.
fn same_output(real: &str, typed: &str) -> bool {
    normalised(real) == normalised(typed)
}

fn normalised(output: &str) -> Vec<String> {
    let mut lines: Vec<String> = output.lines().map(normalised_line).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

fn normalised_line(line: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut kept = String::with_capacity(line.len());
    let mut space_before = false;
    for c in line.chars().map(straightened) {
        if c.is_whitespace() {
            space_before = true;
            continue;
        }
        if space_before && is_word(c) && kept.chars().next_back().is_some_and(is_word) {
            kept.push(' ');
        }
        space_before = false;
        kept.push(c);
    }
    kept
}

fn straightened(c: char) -> char {
    match c {
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2018}' | '\u{2019}' => '\'',
        _ => c,
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| std::iter::once(first.to_ascii_lowercase()).chain(chars).collect())
}
