//! Stories that a candidate tells of their own work: what one still lacks, by rules that a program can see.
//!
//! The rules look at words. They cannot tell a good story from a bad one; they ask for what interviewers ask for when it is
//! not there.

use std::ops::RangeInclusive;

/// What a story should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StoryRule {
    /// What the candidate did themself.
    OwnPart,
    /// More "I" than "we": the interviewer hires one person.
    WeForI,
    /// What it was done with.
    Technology,
    /// How much, how many, how long.
    Number,
    /// What came of it.
    Result,
    /// Long enough to understand, short enough to tell in two minutes.
    Length,
}

/// So many words are told in one to two minutes.
const WORDS: RangeInclusive<usize> = 60..=260;
/// Words that tell what came of something.
const RESULTS: [&str; 30] = [
    "became",
    "caught",
    "cut",
    "cuts",
    "dropped",
    "fell",
    "faster",
    "fewer",
    "fixed",
    "gained",
    "grew",
    "halved",
    "improved",
    "increased",
    "led",
    "less",
    "lowered",
    "passed",
    "prevented",
    "reduced",
    "replaced",
    "result",
    "rose",
    "saved",
    "shipped",
    "shrank",
    "since",
    "smaller",
    "stopped",
    "won",
];
/// Names that say what something was done with. What stands between backticks does so as well.
const TECHNOLOGIES: [&str; 44] = [
    "android",
    "async",
    "aws",
    "axum",
    "azure",
    "bevy",
    "c",
    "c++",
    "cargo",
    "clippy",
    "criterion",
    "docker",
    "ffi",
    "go",
    "grafana",
    "grpc",
    "http",
    "java",
    "kafka",
    "kubernetes",
    "linux",
    "llvm",
    "miri",
    "mutex",
    "node",
    "perf",
    "postgres",
    "postgresql",
    "prometheus",
    "python",
    "rayon",
    "redis",
    "rust",
    "s3",
    "serde",
    "simd",
    "sql",
    "sqlite",
    "sqlx",
    "tokio",
    "tracing",
    "unsafe",
    "wasm",
    "webassembly",
];

impl StoryRule {
    /// All rules, in the order in which they are told.
    pub const ALL: [StoryRule; 6] = [
        StoryRule::OwnPart,
        StoryRule::WeForI,
        StoryRule::Technology,
        StoryRule::Number,
        StoryRule::Result,
        StoryRule::Length,
    ];

    /// What to do about it.
    pub fn advice(self) -> &'static str {
        match self {
            StoryRule::OwnPart => "Say what you did yourself. Begin a sentence with “I”.",
            StoryRule::WeForI => "There is more “we” than “I”. The interviewer wants to know what you did.",
            StoryRule::Technology => "Name what you used: the language, the crate, the database.",
            StoryRule::Number => "Give a number: how many, how fast, how long.",
            StoryRule::Result => "Say what came of it: what was faster, fewer, saved, or shipped.",
            StoryRule::Length => "Aim at 60 to 260 words. The longest of these takes two minutes to tell.",
        }
    }
}

/// The words of a story. What is no letter of English is one of another language, or a quotation mark: tables of all letters
/// would weigh more than the rules.
pub fn words(story: &str) -> impl Iterator<Item = &str> {
    let is_of_word =
        |letter: char| letter.is_ascii_alphanumeric() || !letter.is_ascii() || matches!(letter, '+' | '\'');
    story.split(move |letter| !is_of_word(letter)).filter(|word| !word.is_empty())
}

/// What a story still lacks, in the order of [`StoryRule::ALL`]; nothing of a text without words.
pub fn lacks(story: &str) -> Vec<StoryRule> {
    let words: Vec<String> = words(story).map(str::to_ascii_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let count = |wanted: &[&str]| words.iter().filter(|word| wanted.contains(&&***word)).count();
    let first = count(&["i", "i'm", "i’m", "i've", "i’ve", "i'd", "i’d", "my", "myself"]);
    let ours = count(&["we", "we're", "we’re", "we've", "we’ve", "we'd", "we’d", "our", "us"]);
    let is_lacking = |rule: &StoryRule| match rule {
        StoryRule::OwnPart => first == 0,
        StoryRule::WeForI => first > 0 && ours > first,
        StoryRule::Technology => !story.contains('`') && count(&TECHNOLOGIES) == 0,
        StoryRule::Number => !story.contains(|letter: char| letter.is_ascii_digit()),
        StoryRule::Result => count(&RESULTS) == 0,
        StoryRule::Length => !WORDS.contains(&words.len()),
    };
    StoryRule::ALL.into_iter().filter(is_lacking).collect()
}
