//! `cargo xtask new`: a problem to fill in. What is left to write carries the word `TODO`, which `verify` reports.

use std::path::{Path, PathBuf};
use std::{fs, io};

use quiz::problem::{Kind, Slug};
use thiserror::Error;

use crate::folder;
use crate::names;

/// Why no problem was created.
#[derive(Debug, Error)]
pub enum TemplateError {
    /// The slug is malformed.
    #[error("`{slug}` cannot be a slug: {reason}")]
    Slug {
        /// The slug.
        slug: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The topic is malformed.
    #[error("`{topic}` cannot be the name of a topic: {reason}")]
    Topic {
        /// The topic.
        topic: String,
        /// What is wrong with it.
        reason: String,
    },
    /// There is a problem of this name.
    #[error("the slug `{slug}` is taken by {path}; a slug is unique over all topics")]
    Taken {
        /// The slug.
        slug: Slug,
        /// The other problem.
        path: PathBuf,
    },
    /// There was a problem of this name.
    #[error("the slug `{slug}` is retired: a learner's history belongs to the old problem; choose another one")]
    Retired {
        /// The slug.
        slug: Slug,
    },
    /// The folder of problems cannot be read.
    #[error("cannot read the problems in {path}: {source}")]
    Problems {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file cannot be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// Creates `<topic>/<slug>.md` below `problems` and says where it is.
pub fn create(problems: &Path, topic: &str, slug: &str, kind: Kind) -> Result<PathBuf, TemplateError> {
    if let Some(reason) = names::slug_problem(slug) {
        return Err(TemplateError::Slug { slug: slug.to_owned(), reason });
    }
    if let Some(reason) = names::word_problem(topic) {
        return Err(TemplateError::Topic { topic: topic.to_owned(), reason });
    }
    let folder =
        folder::read(problems).map_err(|source| TemplateError::Problems { path: problems.to_owned(), source })?;
    let slug = Slug(slug.to_owned());
    if folder.registries.retired.contains_key(&slug.0) {
        return Err(TemplateError::Retired { slug });
    }
    if let Some(taken) = folder.problems.iter().find(|found| found.file.slug == slug) {
        return Err(TemplateError::Taken { slug, path: taken.path.clone() });
    }
    let path = problems.join(topic).join(names::markdown_file(&slug.0));
    write_new(&path, &text(kind)).map_err(|source| TemplateError::Write { path: path.clone(), source })?;
    Ok(path)
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    io::Write::write_all(&mut fs::File::create_new(path)?, text.as_bytes())
}

fn text(kind: Kind) -> String {
    let (answer, prompt) = match kind {
        Kind::Choice => (CHOICE_ANSWER, CHOICE_PROMPT),
        Kind::Predict => (PREDICT_ANSWER, PREDICT_PROMPT),
        Kind::Spot => (SPOT_ANSWER, SPOT_PROMPT),
    };
    format!("{}{answer}+++\n\n{prompt}\n{REST}", FRONT.replace("KIND", kind.name()))
}

const FRONT: &str = r#"+++
title = "TODO: a few words that do not give the answer away"
kind = "KIND"
level = "junior" # TODO: junior, mid, senior or staff
minutes = 2 # TODO: what a candidate at that level should need
concepts = ["move"] # TODO: 1 to 4 names from concepts.toml
references = ["https://doc.rust-lang.org/"] # TODO: 1 to 4 deep links that support the very claim
"#;

const CHOICE_ANSWER: &str = r#"
[answer]
select = "one" # TODO: "several" if more than one option is right
"#;

const PREDICT_ANSWER: &str = r#"
[answer]
outcome = "prints" # TODO: or "error" with `code` and `line`, or "panics" with `line`
stdout = "4 jobs\n" # TODO: exactly what it prints
"#;

const SPOT_ANSWER: &str = r#"
[answer]
code = "E0382" # TODO: the code of the program's only error

[[answer.roles]]
role = "moved" # TODO: the roles are listed in problems/README.md
line = 3

[[answer.roles]]
role = "used-after-move" # TODO: two to four roles, each on a line of its own
line = 4
"#;

const CHOICE_PROMPT: &str = r#"TODO: the situation in a sentence or two, a program if there is one, and the question.

## Options

- [x] TODO: the right option.

  TODO: why it is right.

- [ ] TODO: a wrong option that somebody believes.

  TODO: what speaks to that belief; a Rust block as proof if the option claims something about code.

  Misconception: `moved-value-still-readable` (TODO: an id from misconceptions.toml)

- [ ] TODO: another one; three to six options in all.

  TODO: its rationale.

  Misconception: `assignment-copies` (TODO: an id from misconceptions.toml)
"#;

const PREDICT_PROMPT: &str = r#"TODO: the situation in a sentence or two. What happens?

```rust
fn main() {
    let jobs = vec![1, 2, 3, 4]; // TODO: the program
    println!("{} jobs", jobs.len());
}
```
"#;

const SPOT_PROMPT: &str = r#"TODO: the situation in a sentence or two. The compiler refuses. Which lines tell the story?

```rust
fn main() {
    let jobs = vec![1, 2, 3, 4]; // TODO: the program
    drop(jobs);
    println!("{} jobs", jobs.len());
}
```
"#;

const REST: &str = r#"## Hint

TODO: name what to look at.

## Hint

TODO: nearly give the step (one to three hints).

## Explanation

TODO: in 60 to 160 words the rule, what would go wrong at run time if it did not hold, and the smallest good fix; show
the fix in a Rust block.

## In an interview

TODO: "The one or two sentences a strong candidate would say aloud, with the trade-off in them."
"#;
