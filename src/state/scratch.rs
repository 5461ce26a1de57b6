//! Programs that nobody asked for: the scratchpad's, and those of problems that a learner changes to see what happens.

use quiz::journal::Storage;
use quiz::problem::{Problem, Program, Slug};

use crate::browser::storage::{self, LocalStorage};

const KEY: &str = "borrowed-time/scratchpad";

/// What the scratchpad holds before anything was written.
const EMPTY: &str = "fn main() {\n    println!(\"Hello\");\n}\n";

/// Which program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scratch {
    /// The scratchpad's own.
    Own,
    /// The one of a problem, to be changed; `begun` is how it begins.
    Of {
        /// Whose.
        slug: Slug,
        /// The program as the problem has it.
        begun: String,
    },
}

impl Scratch {
    /// The program of a problem; nothing if it has none, or one that needs crates, which no device has.
    pub fn of(problem: &Problem) -> Option<Scratch> {
        let program = problem.main_program().filter(|_| problem.crates.is_empty())?;
        Some(Scratch::Of {
            slug: problem.slug.clone(),
            begun: handed_over(&problem.slug).unwrap_or_else(|| text_of(program)),
        })
    }

    /// How it begins.
    pub fn begun(&self) -> &str {
        match self {
            Scratch::Own => EMPTY,
            Scratch::Of { begun, .. } => begun,
        }
    }

    /// The program as the learner left it.
    pub fn text(&self) -> String {
        let kept = match self {
            Scratch::Own => LocalStorage.get(KEY).ok().flatten(),
            Scratch::Of { slug, .. } => storage::remembered(&key(slug)),
        };
        kept.unwrap_or_else(|| self.begun().to_owned())
    }

    /// Keeps it; tells whether that worked.
    pub fn keep(&self, text: &str) -> bool {
        match self {
            Scratch::Own => LocalStorage.set(KEY, text).is_ok(),
            Scratch::Of { slug, .. } => {
                storage::remember(&key(slug), text);
                true
            }
        }
    }
}

/// Says that the program of a problem begins like this: a learner has put it together.
pub fn hand_over(slug: &Slug, program: &Program) {
    let text = text_of(program);
    let is_new = handed_over(slug).is_none_or(|before| before != text);
    if is_new {
        storage::remember(&begun_key(slug), &text);
        storage::forget(&key(slug));
    }
}

fn handed_over(slug: &Slug) -> Option<String> {
    storage::remembered(&begun_key(slug))
}

fn text_of(program: &Program) -> String {
    let text = program.compiled_source();
    if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") }
}

fn key(slug: &Slug) -> String {
    format!("borrowed-time/changed/{slug}")
}

fn begun_key(slug: &Slug) -> String {
    format!("borrowed-time/to-change/{slug}")
}
