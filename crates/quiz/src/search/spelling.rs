//! What a word was meant to be that no problem has: the nearest one that some have.
//!
//! Distances are those of Damerau and Levenshtein without overlaps ("optimal string alignment"): letters left out, added, mistaken or
//! exchanged with their neighbours.

use strsim::osa_distance;

/// Words with fewer letters have too many neighbours, and are those of too many.
const LEAST: usize = 4;
/// From so many letters on two may be wrong.
const LONG: usize = 8;

/// How far `word` is from what was `typed` in lower case, the nearer the less; nothing if they are not the same word in all likelihood.
/// Of words with as many wrong letters a whole one is nearer than the beginning of one, and one with letters that were left out nearer
/// than one to which some were added.
pub(super) fn distance(typed: &str, word: &str) -> Option<usize> {
    let bound = match typed.len() {
        ..LEAST => return None,
        LEAST..LONG => 1,
        LONG.. => 2,
    };
    if word.len() < LEAST {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let ends = [word.len(), typed.len(), typed.len() + 1];
    let of_beginning = |end: usize| {
        let beginning = word.get(..end).filter(|_| end <= typed.len() + bound)?;
        let letters = osa_distance(typed, beginning);
        let is_worse = usize::from(end < word.len()) * 2 + usize::from(word.len() < typed.len());
        (letters <= bound).then_some(letters * 4 + is_worse)
    };
    ends.into_iter().filter_map(of_beginning).min()
}
