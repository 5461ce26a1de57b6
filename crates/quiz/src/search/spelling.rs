//! What a word was meant to be that no problem has: the nearest one that some have.
//!
//! Distances are those of Damerau and Levenshtein without overlaps ("optimal string alignment"): letters left out, added, mistaken or
//! exchanged with their neighbours. The first letter has to be right, as it nearly always is, which spares most comparisons.

use strsim::osa_distance;

/// Words with fewer letters have too many neighbours.
const LEAST: usize = 4;
/// From so many letters on two may be wrong.
const LONG: usize = 8;

/// How far a word is from what was typed, the nearer first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Distance {
    letters: usize,
    /// Whether what was typed is near to the beginning of the word only.
    is_beginning: bool,
    /// Whether more was typed than the word has: letters are rather left out than added.
    is_shorter: bool,
}

/// How far `word` is from what was `typed` in lower case; nothing if they are not the same word in all likelihood.
pub(super) fn distance(typed: &str, word: &str) -> Option<Distance> {
    let bound = match typed.chars().count() {
        ..LEAST => return None,
        LEAST..LONG => 1,
        LONG.. => 2,
    };
    let is_first = |letter: &u8| typed.as_bytes().first() == Some(&letter.to_ascii_lowercase());
    if !word.as_bytes().first().is_some_and(is_first) {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let whole = (word.len() <= typed.len() + bound).then(|| osa_distance(typed, &word));
    let is_shorter = word.len() < typed.len();
    let beginnings = (typed.len()..=typed.len() + 1).filter_map(|end| Some(osa_distance(typed, word.get(..end)?)));
    let whole = whole.map(|letters| Distance { letters, is_beginning: false, is_shorter });
    let beginning = beginnings.min().map(|letters| Distance { letters, is_beginning: true, is_shorter });
    whole.into_iter().chain(beginning).min().filter(|distance| distance.letters <= bound)
}
