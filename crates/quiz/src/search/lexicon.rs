//! Words in the order of the alphabet, each with the places where it occurs.
//!
//! It travels and is kept as two texts, so that reading it makes no thousands of small values: the words, and for each
//! its places, as the distances between them. A number is a few letters, of five bits each, the lowest first.

use std::cmp::Ordering;

use serde::Serialize;

use crate::json::{FromJson, Json, read_struct};

/// Words and their places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lexicon {
    /// In the order of the alphabet, whatever their case, with blanks between them.
    words: String,
    /// The places of each word, with blanks between those of different words.
    places: String,
    /// Where in both texts each word begins.
    #[serde(skip)]
    starts: Vec<(usize, usize)>,
}

/// The form in which a lexicon travels.
struct Form {
    words: String,
    places: String,
}

read_struct!(Form { words, places });

impl FromJson for Lexicon {
    fn from_json(json: Json<'_>) -> Lexicon {
        let Form { words, places } = Form::from_json(json);
        Lexicon::new(words, places)
    }
}

impl Lexicon {
    /// The lexicon of words with a place each. A word has no blanks.
    pub(super) fn of<W: AsRef<str>>(found: Vec<(W, usize)>) -> Lexicon {
        let mut found: Vec<(&str, usize)> = found.iter().map(|(word, place)| (word.as_ref(), *place)).collect();
        found.sort_unstable_by(|(one, place), (other, other_place)| {
            compare(one, other).then_with(|| one.cmp(other)).then(place.cmp(other_place))
        });
        found.dedup();
        let (mut words, mut places) = (String::new(), String::new());
        for of_word in found.chunk_by(|(one, _), (next, _)| one == next) {
            if !words.is_empty() {
                words.push(' ');
                places.push(' ');
            }
            words.push_str(of_word[0].0);
            let mut next = 0;
            for (_, place) in of_word {
                write(place - next, &mut places);
                next = place + 1;
            }
        }
        Lexicon::new(words, places)
    }

    fn new(words: String, places: String) -> Lexicon {
        let starts = starts(&words).zip(starts(&places)).collect();
        Lexicon { words, places, starts }
    }

    /// Whether there are no words.
    pub(super) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// All words, in their order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        (0..self.starts.len()).map(|at| self.word(at))
    }

    /// The places of a word, whatever its case; none if there is no such word.
    pub fn places_of<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let whole = self.beginning_with(word).take_while(move |at| self.word(*at).len() == word.len());
        whole.flat_map(|at| self.places(at))
    }

    /// The indexes of the words that begin with `beginning`, whatever its case.
    pub(super) fn beginning_with<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = usize> + 'a {
        let first = self.starts.partition_point(|start| compare(self.at(start), beginning) == Ordering::Less);
        let begins = move |at: &usize| {
            let word = self.word(*at).as_bytes();
            word.get(..beginning.len()).is_some_and(|part| part.eq_ignore_ascii_case(beginning.as_bytes()))
        };
        (first..self.starts.len()).take_while(begins)
    }

    /// The word at an index.
    pub(super) fn word(&self, at: usize) -> &str {
        self.starts.get(at).map_or("", |start| self.at(start))
    }

    fn at(&self, (start, _): &(usize, usize)) -> &str {
        up_to_blank(&self.words[*start..])
    }

    /// The places of the word at an index, in order.
    pub(super) fn places(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let of_word = self.starts.get(at).map_or("", |(_, start)| up_to_blank(&self.places[*start..]));
        read(of_word)
    }
}

fn starts(text: &str) -> impl Iterator<Item = usize> {
    let text = Some(text).filter(|text| !text.is_empty());
    text.into_iter().flat_map(|text| text.split(' ').map(|part| part.as_ptr() as usize - text.as_ptr() as usize))
}

fn up_to_blank(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

/// The order of the alphabet, whatever the case.
fn compare(one: &str, other: &str) -> Ordering {
    let one = one.bytes().map(|byte| byte.to_ascii_lowercase());
    one.cmp(other.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// A letter of a number stands for so many values.
const VALUES: usize = 32;
/// The letters from here on end a number, and those from the other on do not. JSON takes all of them as they are.
const LAST: u8 = b']';
const MORE: u8 = b'#';

fn write(mut number: usize, to: &mut String) {
    while number >= VALUES {
        to.push((MORE + (number % VALUES) as u8) as char);
        number /= VALUES;
    }
    to.push((LAST + number as u8) as char);
}

/// The places that are written as distances. What no lexicon writes leads nowhere in particular.
fn read(written: &str) -> impl Iterator<Item = usize> + '_ {
    let (mut place, mut number, mut value) = (0_usize, 0_usize, 1_usize);
    written.bytes().filter_map(move |letter| {
        let is_last = letter >= LAST;
        let digit = letter.wrapping_sub(if is_last { LAST } else { MORE }) as usize % VALUES;
        number = number.wrapping_add(digit.wrapping_mul(value));
        value = value.wrapping_mul(VALUES);
        if !is_last {
            return None;
        }
        let found = place.wrapping_add(number);
        (place, number, value) = (found.wrapping_add(1), 0, 1);
        Some(found)
    })
}
