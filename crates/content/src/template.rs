//! `cargo xtask new`: a problem to fill in. What is left to write carries the word `TODO`, which `verify` reports.

use std::path::{Path, PathBuf};
use std::{fs, io};

use quiz::problem::{Kind, Slug};
use thiserror::Error;

use crate::crates;
use crate::names;
use crate::read::folder;
use crate::read::registry::Registries;
use crate::spelling::nearest;

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
    /// The topic is misspelt.
    #[error("there is no topic `{topic}`; did you mean `{meant}`?")]
    Misspelt {
        /// The topic.
        topic: String,
        /// The one that was probably meant.
        meant: String,
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

/// Creates `<topic>/<slug>.md` below `problems` and says where it is. A topic may be new.
pub fn create(problems: &Path, topic: &str, slug: &str, kind: Kind) -> Result<PathBuf, TemplateError> {
    if let Some(reason) = names::slug_problem(slug) {
        return Err(TemplateError::Slug { slug: slug.to_owned(), reason });
    }
    if let Some(reason) = names::word_problem(topic) {
        return Err(TemplateError::Topic { topic: topic.to_owned(), reason });
    }
    if topic == crates::FOLDER {
        let reason = "the folder of the crates that programs use is called so".to_owned();
        return Err(TemplateError::Topic { topic: topic.to_owned(), reason });
    }
    let folder =
        folder::read(problems).map_err(|source| TemplateError::Problems { path: problems.to_owned(), source })?;
    if !folder.topics.iter().any(|known| known == topic)
        && let Some(meant) = nearest(topic, folder.topics.iter().map(String::as_str))
    {
        return Err(TemplateError::Misspelt { topic: topic.to_owned(), meant: meant.to_owned() });
    }
    let slug = Slug(slug.into());
    if folder.registries.retired.contains_key(&*slug.0) {
        return Err(TemplateError::Retired { slug });
    }
    if let Some(taken) = folder.problems.iter().find(|found| found.file.slug == slug) {
        return Err(TemplateError::Taken { slug, path: taken.path.clone() });
    }
    let path = problems.join(topic).join(names::markdown_file(&slug.0));
    let text = text(kind, &Examples::of(&folder.registries, topic));
    write_new(&path, &text).map_err(|source| TemplateError::Write { path: path.clone(), source })?;
    Ok(path)
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    io::Write::write_all(&mut fs::File::create_new(path)?, text.as_bytes())
}

/// Names that exist, so that the template is about the folder it lies in.
struct Examples {
    concept: String,
    misconceptions: [String; 2],
}

impl Examples {
    fn of(registries: &Registries, topic: &str) -> Examples {
        let of_topic = registries.concepts.iter().find(|(_, concept)| concept.topic.0 == topic);
        let concept = of_topic.or_else(|| registries.concepts.iter().next()).map(|(name, _)| name.clone());
        let mut ids = registries.misconceptions.keys().cloned();
        let mut id = || ids.next().unwrap_or_else(|| "for-borrows".to_owned());
        Examples { concept: concept.unwrap_or_else(|| "move".to_owned()), misconceptions: [id(), id()] }
    }
}

fn text(kind: Kind, examples: &Examples) -> String {
    let (answer, prompt) = match kind {
        Kind::Choice => (CHOICE_ANSWER, CHOICE_PROMPT),
        Kind::Predict => (PREDICT_ANSWER, PREDICT_PROMPT),
        Kind::Spot => (SPOT_ANSWER, SPOT_PROMPT),
        Kind::Fill => (FILL_ANSWER, FILL_PROMPT),
        Kind::Order => (ORDER_ANSWER, ORDER_PROMPT),
        Kind::Write => (WRITE_ANSWER, WRITE_PROMPT),
        Kind::Discuss => (DISCUSS_ANSWER, DISCUSS_PROMPT),
    };
    let let_through = match kind {
        Kind::Choice | Kind::Predict => LET_THROUGH,
        Kind::Spot | Kind::Fill | Kind::Order | Kind::Write | Kind::Discuss => "",
    };
    let (what_ifs, rest) = if kind == Kind::Discuss { ("", "") } else { (WHAT_IFS, REST) };
    format!("{FRONT}{answer}{what_ifs}{let_through}+++\n\n{prompt}{}{rest}", if rest.is_empty() { "" } else { "\n" })
        .replace("KIND", kind.name())
        .replace("CONCEPT", &examples.concept)
        .replace("FIRST_BELIEF", &examples.misconceptions[0])
        .replace("SECOND_BELIEF", &examples.misconceptions[1])
}

const FRONT: &str = r#"+++
title = "TODO: a few words that do not give the answer away"
kind = "KIND"
level = "junior" # TODO: junior, mid, senior or staff
minutes = 2 # TODO: what a candidate at that level should need
concepts = ["CONCEPT"] # TODO: 1 to 4 names from concepts.toml
references = ["https://doc.rust-lang.org/"] # TODO: 1 to 4 deep links that support the very claim
# TODO: `crates = ["tokio"]` if its programs use some, as problems/README.md lists them; or remove this line
"#;

const CHOICE_ANSWER: &str = r#"
[answer]
select = "one" # TODO: "several" if more than one option is right
"#;

const PREDICT_ANSWER: &str = r#"
[answer]
outcome = "prints" # TODO: or "error" with `code` and `line`, or "panics" or "undefined" with `line`
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

const FILL_ANSWER: &str = r#"
[answer]
stdout = "4 jobs\n" # TODO: exactly what a right one prints; or remove it and write `## Check` below the prompt
accepted = [["&jobs"]] # TODO: every right combination, a choice for each slot; verify finds those that are missing

[slots]
a = ["jobs", "&jobs"] # TODO: for each slot 2 to 6 choices, of which one may be empty
"#;

const ORDER_ANSWER: &str = r#"
[answer]
stdout = "4 jobs\n" # TODO: exactly what a right one prints; or remove it and write `## Check` below the prompt
also = [[1, 3, 2]] # TODO: further right orders, lines counted from 1 with decoys; verify finds those that are missing
"#;

const WRITE_ANSWER: &str = r#"
[complexity]
time = "O(n)" # TODO: what a good program costs, in words
space = "O(1)" # TODO: beside the input

[answer]
schedules = 1 # TODO: 2 to 4 if threads are the point: under so many schedules the tests run
"#;

const DISCUSS_ANSWER: &str = r#"
[answer]
round = "concept" # TODO: or "trade-off", "systems-design", "behavioural", "recruiter"
"#;

const WHAT_IFS: &str = r#"
# TODO: up to four `[[what_if]]` edits of the program, as problems/README.md shows them; or remove this line
"#;

const LET_THROUGH: &str = "\
# TODO: for a program that is rejected perhaps `## If it were let through`, as problems/README.md has it; or remove this
";

const CHOICE_PROMPT: &str = r#"TODO: the situation in a sentence or two, a program if there is one, and the question.

## Options

- [x] TODO: the right option.

  TODO: why it is right.

- [ ] TODO: a wrong option that somebody believes.

  TODO: what speaks to that belief; a Rust block as proof if the option claims something about code.

  Misconception: `FIRST_BELIEF` (TODO: an id from misconceptions.toml)

- [ ] TODO: another one; three to six options in all.

  TODO: its rationale.

  Misconception: `SECOND_BELIEF` (TODO: an id from misconceptions.toml)
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

const FILL_PROMPT: &str = r#"TODO: the situation in a sentence or two, and what the program must do.

```rust
fn main() {
    let jobs = vec![1, 2, 3, 4]; // TODO: the program, with a slot such as `/*a*/` for each choice
    for _ in /*a*/ {}
    println!("{} jobs", jobs.len());
}
```
"#;

const ORDER_PROMPT: &str = r#"TODO: the situation in a sentence or two, and what the program must do.

```rust
fn main() {
    // TODO: the program; the markers are described in problems/README.md
    let mut jobs = vec![1, 2, 3]; //@
    jobs.push(4); //@
    jobs.reverse(); //@
    println!("{} jobs", jobs.len());
}
```
"#;

const WRITE_PROMPT: &str = r#"TODO: the situation in a sentence or two, what is to be written, and which bounds hold.

## Start

```rust
pub fn jobs(names: &[&str]) -> usize {
    todo!() // TODO: what the learner begins with
}
```

## Tests

```rust
#[test]
fn counts_the_jobs() {
    // TODO: two to six tests that are shown from the beginning
    assert_eq!(jobs(&["build", "test"]), 2);
}
```

## Hidden tests

```rust
#[test]
fn no_name_is_no_job() {
    // TODO: two to six tests of what is easily forgotten; cost is judged by counting
    assert_eq!(jobs(&["", "test"]), 1);
}
```

## Solution

### TODO: its name

```rust
pub fn jobs(names: &[&str]) -> usize {
    names.iter().filter(|name| !name.is_empty()).count()
}
```

TODO: what it trades. One to three solutions.

## Wrong turn

### TODO: what a candidate thinks

```rust
pub fn jobs(names: &[&str]) -> usize {
    names.len()
}
```

Fails: `no_name_is_no_job`

TODO: what to say to somebody who wrote this. Two to five wrong turns.

## Wrong turn

### TODO: what another one thinks

```rust,compile_fail,E0308
pub fn jobs(names: &[&str]) -> usize {
    names
}
```

TODO: what to say about it.
"#;

const DISCUSS_PROMPT: &str = r#"TODO: what an interviewer says, with the numbers that they give, and the task at its end.

## Clarify

- **TODO: a question worth asking first?** What the interviewer answers. (Remove the section where all is clear.)

## Rubric

- **Reasoning:** TODO: what a strong answer does, in a sentence that a learner can answer with yes or no.
- **Trade-offs:** TODO: four to seven rows; the criteria are listed in problems/README.md.
- **Evidence:** TODO: which example stands behind the claim.
- **Communication:** TODO: in what order it is said.

## Model answer

TODO: what a strong candidate says. Its first sentence stands alone.

## Follow-up

### TODO: what the interviewer asks next?

TODO: the answer.

## Follow-up

### TODO: and after that? Two to five of them.

TODO: the answer.

## Mistake

### TODO: what candidates do

TODO: what it costs, and what to say in its place.

## Mistake

### TODO: what others do. Two to five of them.

TODO: what to say in its place.
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
