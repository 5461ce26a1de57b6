//! How hard a text is to read, by Rudolf Flesch's formula of 1948: about 100 is easy, 60 to 70 plain, below 50 difficult.
//!
//! Syllables are counted by a heuristic, which is one too high for "lifetime" and right for most words: over a whole text that
//! is a point or two. It knows words, not Markdown.

/// What the formula is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) sentences: usize,
    pub(crate) words: usize,
    pub(crate) syllables: usize,
}

impl Counts {
    /// With one more sentence of these words; one without words is none.
    pub(crate) fn and_sentence<'a>(self, words: impl Iterator<Item = &'a str>) -> Counts {
        let mut counts = self;
        for word in words {
            counts.words += 1;
            counts.syllables += syllables(word);
        }
        counts.sentences += usize::from(counts.words > self.words);
        counts
    }

    /// Flesch's reading ease; `None` of no words.
    pub(crate) fn reading_ease(self) -> Option<f64> {
        if self.words == 0 {
            return None;
        }
        let (sentences, words, syllables) = (self.sentences as f64, self.words as f64, self.syllables as f64);
        Some(206.835 - 1.015 * (words / sentences) - 84.6 * (syllables / words))
    }
}

/// How many syllables a word has: those of its parts between hyphens, each of which has at least one.
pub(crate) fn syllables(word: &str) -> usize {
    let parts = word.split(['-', '–', '/']).filter(|part| part.contains(char::is_alphanumeric));
    parts.map(syllables_of_part).sum()
}

/// Each run of vowels is one; an `e` at the end is silent, and so are most of `-es` and `-ed`.
fn syllables_of_part(part: &str) -> usize {
    let letters: Vec<char> = part.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()).collect();
    let runs = (0..letters.len()).filter(|at| is_vowel(letters[*at]) && (*at == 0 || !is_vowel(letters[at - 1])));
    let silent = usize::from(ends_in_silence(&letters));
    runs.count().saturating_sub(silent).max(1)
}

fn ends_in_silence(letters: &[char]) -> bool {
    match letters {
        // "table", but not "while".
        [.., before, 'l', 'e'] if !is_vowel(*before) => false,
        [.., before, 'e'] => !is_vowel(*before),
        // "classes", "changes", "boxes".
        [.., 's' | 'x' | 'z' | 'c' | 'g', 'e', 's'] | [.., 'c' | 's', 'h', 'e', 's'] => false,
        [.., other, 'l', 'e', 's'] if !is_vowel(*other) => false,
        // "counted", "needed".
        [.., 't' | 'd', 'e', 'd'] => false,
        [.., before, 'e', 's' | 'd'] => !is_vowel(*before),
        _ => false,
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_those_that_one_says() {
        let words = [
            ("a", 1),
            ("the", 1),
            ("borrow", 2),
            ("borrows", 2),
            ("moved", 1),
            ("counted", 2),
            ("table", 2),
            ("while", 1),
            ("iterator", 4),
            ("classes", 2),
            ("names", 1),
            ("ownership", 3),
            ("read-only", 3),
            ("64", 1),
            ("Rust's", 1),
        ];
        for (word, expected) in words {
            assert_eq!(syllables(word), expected, "{word}");
        }
    }

    #[test]
    fn short_words_in_short_sentences_are_easy() {
        let text = |sentences: &[&str]| {
            let counts =
                sentences.iter().fold(Counts::default(), |counts, sentence| counts.and_sentence(sentence.split(' ')));
            counts.reading_ease()
        };
        let easy = text(&["The cat sat on the mat"]);
        assert!(easy.is_some_and(|ease| (ease - (206.835 - 1.015 * 6.0 - 84.6)).abs() < 1e-9), "{easy:?}");
        let hard = text(&["The availability of additional synchronization capabilities necessitates consideration"]);
        assert!(hard < Some(0.0), "{hard:?}");
    }

    #[test]
    fn nothing_is_neither_easy_nor_hard() {
        assert_eq!(Counts::default().reading_ease(), None);
        assert_eq!(Counts::default().and_sentence([].into_iter()), Counts::default());
    }
}
