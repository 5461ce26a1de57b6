//! What slugs and the names of topics, concepts and misconceptions may look like.

use std::ops::RangeInclusive;

/// How many characters a slug has.
pub(crate) const SLUG_LENGTH: RangeInclusive<usize> = 3..=60;

/// Why `name` cannot be a slug, if it cannot.
pub(crate) fn slug_problem(name: &str) -> Option<String> {
    if !SLUG_LENGTH.contains(&name.chars().count()) {
        let (least, most) = SLUG_LENGTH.into_inner();
        return Some(format!("it has {} characters, not {least} to {most}", name.chars().count()));
    }
    word_problem(name)
}

/// Why `name` cannot name a topic, a concept or a misconception, if it cannot.
pub(crate) fn word_problem(name: &str) -> Option<String> {
    let strange = name.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-'));
    if let Some(strange) = strange {
        return Some(format!("it contains {strange:?}; only lower-case letters, digits and hyphens may occur"));
    }
    let hyphen_at_an_end = name.is_empty() || name.starts_with('-') || name.ends_with('-');
    hyphen_at_an_end.then(|| "it must begin and end with a letter or a digit".to_owned())
}

/// The file name of a problem's Markdown.
pub(crate) fn markdown_file(slug: &str) -> String {
    format!("{slug}.md")
}

/// Says which problems of a folder were proven as they stand.
pub(crate) const PROOF_LOCK: &str = "proofs.lock";
/// The file name of a problem's verdicts.
pub(crate) fn verdict_file(slug: &str) -> String {
    format!("{slug}{VERDICT_SUFFIX}")
}

/// What the names of verdict files end in.
pub(crate) const VERDICT_SUFFIX: &str = ".verdict.json";
