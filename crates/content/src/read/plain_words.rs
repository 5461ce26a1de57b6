//! Plain words: sentences that somebody understands who learnt English late and is under pressure.
//!
//! It looks at sentences of any section alike, and never at code.

use std::sync::Arc;

use crate::lint::Lint;
use crate::mistake::Mistake;
use crate::read::sentences::{self, Sentence};
use crate::source::Source;
use crate::spelling::count;

/// The reading ease that a problem has at least.
pub(crate) const EASY_ENOUGH: f64 = 75.0;
/// Fewer words say nothing about how hard a text is to read.
pub(crate) const FEWEST_WORDS: usize = 100;
/// How many words a sentence has at most.
const LONGEST: usize = 30;
/// A sentence of fewer words is not shown as one that is hard to read.
const SHORT: usize = 10;

/// What begins a condition that is turned around.
const INVERTED: [&str; 3] = ["Were", "Had", "Should"];
const LOAN: [&str; 4] = ["loan", "loans", "loaned", "loaning"];
/// Words in lower case, and what to write in their place.
const DISCOURAGED: [(&[&str], &str); 10] = [
    (&["simply"], "leave it out: what is simple to one is not to another"),
    (&["obviously"], "leave it out: whoever finds it obvious need not read it"),
    (&["the", "former"], "name the thing"),
    (&["the", "latter"], "name the thing"),
    (&["round", "brackets"], "write “parentheses”"),
    (&["round", "braces"], "write “parentheses”"),
    (&["curly", "brackets"], "write “braces”"),
    (&["curly", "braces"], "write “braces”"),
    (&["pointy", "brackets"], "write “angle brackets”"),
    (&["square", "braces"], "write “square brackets”"),
];

/// Reports what is not said in plain words.
pub(crate) fn check(source: &Arc<Source>, sentences: &[Sentence], mistakes: &mut Vec<Mistake>) {
    hard_to_read(source, sentences, mistakes);
    for sentence in sentences {
        too_long(source, sentence, mistakes);
        inverted(source, sentence, mistakes);
        words(source, sentence, mistakes);
    }
}

/// Points at the sentence that is hardest to read.
fn hard_to_read(source: &Arc<Source>, sentences: &[Sentence], mistakes: &mut Vec<Mistake>) {
    let text = &source.text;
    let all = sentences::counts(sentences, text);
    let Some(ease) = all.reading_ease().filter(|ease| all.words >= FEWEST_WORDS && *ease < EASY_ENOUGH) else { return };
    let long = sentences.iter().filter(|sentence| sentence.words.len() >= SHORT);
    let known = long.filter_map(|sentence| Some((sentence.counts(text).reading_ease()?, sentence)));
    let Some((hardest, sentence)) = known.min_by(|(one, _), (other, _)| one.total_cmp(other)) else { return };
    let title = format!("the texts are hard to read: their reading ease is {ease:.1}");
    let label = format!("the hardest sentence has {hardest:.0}; {EASY_ENOUGH} is wanted of all together");
    mistakes.push(
        Mistake::at(source, sentence.span(), title, label)
            .lint(Lint::HardToRead)
            .help("write shorter sentences with shorter words: subject, verb, object, one idea each"),
    );
}

fn too_long(source: &Arc<Source>, sentence: &Sentence, mistakes: &mut Vec<Mistake>) {
    let words = sentence.words.len();
    if words > LONGEST {
        let title = format!("a sentence of {}", count(words, "word"));
        let mistake = Mistake::at(source, sentence.span(), title, format!("at most {LONGEST} are good"));
        mistakes.push(mistake.lint(Lint::LongSentence).help("make two of it"));
    }
}

/// A question may begin with these words.
fn inverted(source: &Arc<Source>, sentence: &Sentence, mistakes: &mut Vec<Mistake>) {
    let span = sentence.span();
    let is_question = source.text[span.clone()].contains('?');
    let [first, _, ..] = sentence.words.as_slice() else { return };
    let word = source.text[first.span.clone()].trim_start_matches(['"', '“', '(', '*', '_']);
    if !is_question && INVERTED.contains(&word) {
        let mistake = Mistake::at(source, first.span.clone(), "a condition that is turned around", "");
        let remedy = "begin it with “if”: “If the borrow were exclusive, …”";
        mistakes.push(mistake.lint(Lint::InvertedConditional).help(remedy));
    }
}

fn words(source: &Arc<Source>, sentence: &Sentence, mistakes: &mut Vec<Mistake>) {
    let words: Vec<String> = sentence
        .words
        .iter()
        .map(|word| if word.is_code { String::new() } else { lower_case(&source.text[word.span.clone()]) })
        .collect();
    for (place, word) in words.iter().enumerate() {
        let span = &sentence.words[place].span;
        if LOAN.contains(&word.as_str()) {
            let mistake = Mistake::at(source, span.clone(), "a borrow is called a loan", "the compiler says “borrow”");
            mistakes.push(mistake.lint(Lint::LoanForBorrow));
        }
        for (discouraged, remedy) in DISCOURAGED {
            let rest = &words[place..];
            if rest.len() >= discouraged.len() && discouraged.iter().zip(rest).all(|(one, other)| one == other) {
                let end = sentence.words[place + discouraged.len() - 1].span.end;
                let title = format!("“{}” in the text", discouraged.join(" "));
                let mistake = Mistake::at(source, span.start..end, title, "");
                mistakes.push(mistake.lint(Lint::DiscouragedWord).help(remedy));
            }
        }
    }
}

/// A word without the signs that cling to it.
fn lower_case(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}
