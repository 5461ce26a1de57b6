//! A problem as the app knows it: parsed, checked and proven.
//!
//! Values of these types are made by the content crate from Markdown files and travel to the browser in packs.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::discussion::Discussion;
use crate::exercise::Exercise;
use crate::highlights::{Highlights, Snippet};
use crate::json::{FromJson, Json, deserialize, json_variants, read_struct, read_text};
use crate::json_by_name;
use crate::prose::Prose;
use crate::role::Role;
use crate::rule::{self, Code};
use crate::verdict::Verdict;
use crate::web_address::WebAddress;

/// The permanent name of a problem, unique over all topics and never reused. A learner's history hangs on it.
///
/// It is shared: a hundred thousand attempts name a few hundred problems.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(pub Arc<str>);

impl Serialize for Slug {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl FromJson for Slug {
    fn from_json(json: Json<'_>) -> Slug {
        Slug(String::from_json(json).into())
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a topic's folder, such as `strings-and-slices`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Topic(pub String);

impl Topic {
    /// The topic as a label in a sentence's case: `Strings and slices`.
    pub fn label(&self) -> String {
        let mut words = self.0.replace('-', " ");
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        words
    }
}

/// How a question is asked and graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Pick one or several options.
    Choice,
    /// Say what the program does.
    Predict,
    /// Tap the lines that play a role in a rejected program.
    Spot,
    /// Fill the slots of a program.
    Fill,
    /// Put the lines of a program in order.
    Order,
    /// Write a program that passes tests.
    Write,
    /// Talk about it, then score oneself.
    Discuss,
}

impl Kind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Kind; 7] =
        [Kind::Choice, Kind::Predict, Kind::Spot, Kind::Fill, Kind::Order, Kind::Write, Kind::Discuss];

    /// The name in front matter and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Choice => "choice",
            Kind::Predict => "predict",
            Kind::Spot => "spot",
            Kind::Fill => "fill",
            Kind::Order => "order",
            Kind::Write => "write",
            Kind::Discuss => "discuss",
        }
    }

    /// The name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Choice => "Choose",
            Kind::Predict => "Predict",
            Kind::Spot => "Spot the line",
            Kind::Fill => "Fill in",
            Kind::Order => "Put in order",
            Kind::Write => "Write",
            Kind::Discuss => "Discuss",
        }
    }

    /// Whether it takes as long as a session, or is said aloud: nobody is asked it who did not want it.
    pub fn is_by_choice(self) -> bool {
        match self {
            Kind::Write | Kind::Discuss => true,
            Kind::Choice | Kind::Predict | Kind::Spot | Kind::Fill | Kind::Order => false,
        }
    }

    /// Whether an answer is made in the program itself: then what is to be done stands before it.
    pub fn is_worked_at(self) -> bool {
        match self {
            Kind::Fill | Kind::Order => true,
            Kind::Choice | Kind::Predict | Kind::Spot | Kind::Write | Kind::Discuss => false,
        }
    }

    /// Whether a compiler can judge an answer. What only its learner judges has no part in what is said about them.
    pub fn is_proven(self) -> bool {
        match self {
            Kind::Choice | Kind::Predict | Kind::Spot | Kind::Fill | Kind::Order | Kind::Write => true,
            Kind::Discuss => false,
        }
    }

    /// The kind of this [name](Kind::name).
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

json_by_name!(Kind, Kind::name, Kind::from_name, otherwise Choice);

/// The candidate a problem is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Has read the Book and written small tools.
    Junior,
    /// Ships Rust at work.
    Mid,
    /// Designs the crate's types.
    Senior,
    /// Owns the system.
    Staff,
}

impl Level {
    /// All levels, easiest first.
    pub const ALL: [Level; 4] = [Level::Junior, Level::Mid, Level::Senior, Level::Staff];

    /// The name in front matter and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Level::Junior => "junior",
            Level::Mid => "mid",
            Level::Senior => "senior",
            Level::Staff => "staff",
        }
    }

    /// The name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Level::Junior => "Junior",
            Level::Mid => "Mid",
            Level::Senior => "Senior",
            Level::Staff => "Staff",
        }
    }

    /// The level of this [name](Level::name).
    pub fn from_name(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }
}

json_by_name!(Level, Level::name, Level::from_name, otherwise Junior);

/// A Rust edition, by its year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// Rust 2015.
    E2015,
    /// Rust 2018.
    E2018,
    /// Rust 2021.
    E2021,
    /// Rust 2024.
    #[default]
    E2024,
}

impl Edition {
    /// All editions, oldest first.
    pub const ALL: [Edition; 4] = [Edition::E2015, Edition::E2018, Edition::E2021, Edition::E2024];

    /// The year, as rustc's `--edition` takes it.
    pub fn year(self) -> &'static str {
        match self {
            Edition::E2015 => "2015",
            Edition::E2018 => "2018",
            Edition::E2021 => "2021",
            Edition::E2024 => "2024",
        }
    }

    /// The edition of this [year](Edition::year).
    pub fn from_year(year: &str) -> Option<Edition> {
        Edition::ALL.into_iter().find(|edition| edition.year() == year)
    }
}

json_by_name!(Edition, Edition::year, Edition::from_year, otherwise E2024);

/// A Rust block of a problem, and what the compiler said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Program {
    /// The block as it is shown: without the lines that rustdoc hides.
    pub source: String,
    /// The colours of `source`.
    pub highlights: Highlights,
    /// The program as it was compiled, where that differs: hidden lines and the wrapping `fn main` included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compiled: Option<String>,
    /// The edition it was compiled in.
    pub edition: Edition,
    /// What the compiler said and what the program did.
    pub verdict: Verdict,
}

impl Program {
    /// The text that was compiled.
    pub fn compiled_source(&self) -> &str {
        self.compiled.as_deref().unwrap_or(&self.source)
    }

    /// Whether it panics behind its last line: in the check, where there is one.
    pub fn fails_check(&self) -> bool {
        matches!(self.verdict, Verdict::Panics { line, .. } if line as usize > self.source.lines().count())
    }
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChoiceOption {
    /// What the learner reads before answering.
    pub text: Prose,
    /// Why it is right or wrong.
    pub rationale: Prose,
    /// Whether it is a right option.
    pub right: bool,
    /// The belief behind a wrong option, in the learner's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misconception: Option<Misconception>,
}

/// A wrong belief that several problems test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Misconception {
    /// Its name in `problems/misconceptions.toml`.
    pub id: String,
    /// The belief in the learner's own words.
    pub belief: String,
    /// The truth in a sentence.
    pub truth: String,
}

/// What a program really does, as far as a prediction asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedOutcome {
    /// It runs to its end and prints exactly this.
    Prints {
        /// The standard output.
        stdout: String,
    },
    /// The compiler rejects it.
    Error {
        /// The error's code, or the first words of its message.
        code: Code,
        /// The line, from 1, of the error's primary span.
        line: u32,
    },
    /// It compiles and panics.
    Panics {
        /// The line, from 1, at which it panics.
        line: u32,
    },
    /// It compiles, and what it does is undefined.
    Undefined {
        /// The line, from 1, that Miri points at.
        line: u32,
    },
}

json_variants!(ExpectedOutcome, "prints, error, panics or undefined" {
    "prints" => Prints { stdout },
    "error" => Error { code, line },
    "panics" => Panics { line },
    "undefined" => Undefined { line },
});

/// A role and the one line that plays it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RoleLine {
    /// The role that is asked for.
    pub role: Role,
    /// Its line, from 1.
    pub line: u32,
}

/// A slot of a program and what can be put into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slot {
    /// Its name, one lower-case letter: `a` stands in the program as `/*a*/`.
    pub name: String,
    /// What a learner chooses from, in the author's order. A text may be empty.
    pub choices: Vec<Snippet>,
    /// For each choice the belief behind it, in the learner's words; empty if none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beliefs: Vec<Option<String>>,
}

/// A line of a program that is put in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// It stays where it is; indented as its author wrote it.
    Fixed(Snippet),
    /// A learner puts one of the movable lines here.
    Gap,
}

json_variants!(Row, "fixed or gap" {
    "gap" => Gap,
    "fixed" => Fixed(snippet),
});

/// What becomes of every answer to a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcomes {
    /// The different outcomes, in the order in which they first occur.
    pub outcomes: Vec<Outcome>,
    /// The index of the outcome of each answer, by the answer's [rank](crate::assemble::rank).
    pub of: Vec<usize>,
}

impl Outcomes {
    /// What becomes of the answer of this rank.
    pub fn of_rank(&self, rank: usize) -> Option<&Outcome> {
        self.outcomes.get(*self.of.get(rank)?)
    }
}

/// What becomes of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Whether the program compiles and meets the check.
    pub accepted: bool,
    /// What the compiler said, its first error only, and what the program did. Lines beyond the program are the
    /// hidden check's.
    pub verdict: Verdict,
    /// Whether the place of the error or the panic is in the hidden check.
    pub checked: bool,
}

/// The part of a problem that is asked and graded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Pick options.
    Choice {
        /// Whether several may be right.
        several: bool,
        /// The options in the author's order.
        options: Vec<ChoiceOption>,
    },
    /// Predict what the prompt's only program does.
    Predict {
        /// The truth.
        expected: ExpectedOutcome,
        /// The rules a learner chooses from when they say it does not compile.
        rules: Vec<Code>,
        /// Those of them that the app has no sentence for, in rustc's own words.
        titles: BTreeMap<Code, String>,
    },
    /// Tap lines of the prompt's only program.
    Spot {
        /// The roles and their lines.
        roles: Vec<RoleLine>,
    },
    /// Fill the slots of the prompt's only program.
    Fill {
        /// The slots in the order of their names.
        slots: Vec<Slot>,
        /// What becomes of every combination.
        outcomes: Outcomes,
    },
    /// Put the lines of the prompt's only program in order; decoys are left out.
    Order {
        /// The program from top to bottom, with a gap for each line that is to be placed.
        rows: Vec<Row>,
        /// The movable lines in the author's order, decoys included.
        lines: Vec<Snippet>,
        /// What becomes of every arrangement.
        outcomes: Outcomes,
    },
    /// Write a program that passes tests.
    Write(Exercise),
    /// Talk about it, then score oneself by a rubric. The model answer is the problem's explanation.
    Discuss(Discussion),
}

json_variants!(Question, "a question" {
    "spot" => Spot { roles },
    "choice" => Choice { several, options },
    "predict" => Predict { expected, rules, titles },
    "fill" => Fill { slots, outcomes },
    "order" => Order { rows, lines, outcomes },
    "write" => Write(exercise),
    "discuss" => Discuss(discussion),
});

impl Question {
    /// The slots that are to be filled; none but for `fill`.
    pub fn slots(&self) -> &[Slot] {
        if let Question::Fill { slots, .. } = self { slots } else { &[] }
    }

    /// The lines that can be moved; none but for `order`.
    pub fn movable_lines(&self) -> &[Snippet] {
        if let Question::Order { lines, .. } = self { lines } else { &[] }
    }

    /// A rule in a sentence: the app's own, or else what rustc says.
    pub fn rule_in_words<'a>(&'a self, rule: &'a Code) -> &'a str {
        let title = match self {
            Question::Predict { titles, .. } => titles.get(rule).map(String::as_str),
            Question::Choice { .. }
            | Question::Spot { .. }
            | Question::Fill { .. }
            | Question::Order { .. }
            | Question::Write(_)
            | Question::Discuss(_) => None,
        };
        rule::sentence(rule).or(title).unwrap_or(&rule.0)
    }

    /// What happens, where, and why, with code between backticks. What is printed comes behind it.
    pub fn expected_in_words(&self, expected: &ExpectedOutcome) -> String {
        match expected {
            ExpectedOutcome::Prints { stdout } if stdout.trim().is_empty() => {
                "It compiles, runs and prints nothing.".to_owned()
            }
            ExpectedOutcome::Prints { .. } => "It compiles and prints:".to_owned(),
            ExpectedOutcome::Error { code, line } => {
                let rule = self.rule_in_words(code);
                format!("It does not compile. The compiler stops at line {line}. {rule}.")
            }
            ExpectedOutcome::Panics { line } => format!("It panics at line {line}."),
            ExpectedOutcome::Undefined { line } => format!("It has undefined behaviour at line {line}."),
        }
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Question::Choice { .. } => Kind::Choice,
            Question::Predict { .. } => Kind::Predict,
            Question::Spot { .. } => Kind::Spot,
            Question::Fill { .. } => Kind::Fill,
            Question::Order { .. } => Kind::Order,
            Question::Write(_) => Kind::Write,
            Question::Discuss(_) => Kind::Discuss,
        }
    }
}

/// A named edit of one line of the prompt's first program, as the author's first accepted answer makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// What is changed, in a few words; unique in the problem.
    pub name: String,
    /// The line of the program as it is shown, from 1.
    pub line: u32,
    /// The line's new text; it may be empty.
    pub replacement: Snippet,
    /// The edited program as it was compiled, where that differs: hidden lines, the wrapping `fn main` and the check
    /// included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compiled: Option<String>,
    /// What the compiler said of the edited program and what that did. Its lines are those of the compiled program.
    pub verdict: Verdict,
}

/// A page that supports an explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// Where it is.
    pub address: WebAddress,
    /// What it is called.
    pub title: String,
}

/// A whole problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Its permanent name.
    pub slug: Slug,
    /// Its topic.
    pub topic: Topic,
    /// Its title.
    pub title: String,
    /// The candidate it is for.
    pub level: Level,
    /// The minutes a candidate at that level should need.
    pub minutes: u32,
    /// Raised when the question changed its meaning.
    pub revision: u32,
    /// Names from `problems/concepts.toml`.
    pub concepts: Vec<String>,
    /// Pages that support the explanation.
    pub references: Vec<Reference>,
    /// The crates that its programs use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crates: Vec<String>,
    /// The situation, the program and the question.
    pub prompt: Prose,
    /// What is asked.
    pub question: Question,
    /// One to three hints, the gentlest first; none of a `discuss`.
    pub hints: Vec<Prose>,
    /// Why it is so; of a `discuss` the model answer.
    pub explanation: Prose,
    /// What would happen if the compiler accepted the program that it rejects: words, and an unsafe twin of the program
    /// on which Miri has judged. Of a `choice` or a `predict`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub let_through: Option<Prose>,
    /// What a strong candidate would say aloud; nothing of a `discuss`, where that is the explanation.
    pub interview: Prose,
    /// Every Rust block of the file in its order, but for the check.
    pub programs: Vec<Program>,
    /// The hidden tests of a `fill` or an `order`, shown after the answer; none if the output is the check. They are
    /// compiled behind the program, separated from it by an empty line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Program>,
    /// Named edits of the prompt's first program, and what comes of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub what_ifs: Vec<WhatIf>,
}

impl Problem {
    /// The program that the question is about, and the first of a choice's prompt if it has one.
    ///
    /// The source is the template with its markers for `fill`, and the author's order for `order`; compiled was then
    /// the author's first accepted answer with the check behind it, and of that is the verdict.
    pub fn main_program(&self) -> Option<&Program> {
        let index = self.prompt.programs().first().copied()?;
        self.programs.get(index)
    }

    /// What is to be remembered of it, in one sentence: the first one of its explanation, which says why what is right is right.
    pub fn takeaway(&self) -> Prose {
        self.explanation.first_sentence()
    }
}

read_text!(Topic);
read_struct!(Program { source, highlights, compiled, edition, verdict });
read_struct!(ChoiceOption { text, rationale, right, misconception });
read_struct!(Misconception { id, belief, truth });
read_struct!(Reference { address, title });
read_struct!(WhatIf { name, line, replacement, compiled, verdict });
read_struct!(RoleLine { role, line });
read_struct!(Slot { name, choices; beliefs });
read_struct!(Outcomes { outcomes, of });
read_struct!(Outcome { accepted, verdict, checked });
read_struct!(Problem {
    slug,
    topic,
    title,
    level,
    minutes,
    revision,
    concepts,
    references,
    prompt,
    question,
    hints,
    explanation,
    let_through,
    interview,
    programs,
    check;
    crates,
    what_ifs
});

deserialize!(Edition);
