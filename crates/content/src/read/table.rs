//! Reads TOML key by key, so that each wrong key and each wrong value is reported in its own place.
//!
//! Deriving `Deserialize` would stop at the first mistake; this does not. It knows TOML, not problems.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::mistake::Mistake;
use crate::source::{Source, Spanned};
use crate::spelling::{alternatives, enumeration, nearest};

/// A TOML table of a file, and where to complain about it.
pub(crate) struct Table<'a> {
    source: &'a Arc<Source>,
    /// Where the TOML begins in the file.
    base: usize,
    /// What the table is called in messages.
    name: String,
    table: &'a DeTable<'a>,
    span: Range<usize>,
}

/// What is around texts of several lines.
const LONG_TEXT: [&str; 2] = ["\"\"\"", "'''"];
const REMEDY_OF_LONG_TEXT: &str =
    "a text of several lines needs three quotes at both of its ends: look at those on this line and above";

/// Parses a stretch of a file; the mistakes say where it is not TOML.
pub(crate) fn parse<'a>(
    source: &'a Arc<Source>,
    range: Range<usize>,
    what: &str,
) -> Result<toml::Spanned<DeTable<'a>>, Vec<Mistake>> {
    let text = &source.text[range.clone()];
    let (table, mut errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(table);
    }
    // If one of the three quotes of a text is missing, all below it is read the wrong way: only the first error says something.
    let is_torn = LONG_TEXT.iter().any(|quotes| text.matches(quotes).count() % 2 == 1);
    if is_torn {
        errors.truncate(1);
    }
    let mistake = |error: &toml::de::Error| {
        let span =
            error.span().map_or(range.start..range.start, |span| range.start + span.start..range.start + span.end);
        Mistake::at(source, span, format!("{what} is not TOML"), error.message())
            .maybe_help(is_torn.then(|| REMEDY_OF_LONG_TEXT.to_owned()))
            .help("the format is described at https://toml.io/en/v1.0.0")
    };
    Err(errors.iter().map(mistake).collect())
}

impl<'a> Table<'a> {
    /// A whole document. `span` is the place to point at when something is missing.
    pub(crate) fn new(
        source: &'a Arc<Source>,
        base: usize,
        name: &str,
        table: &'a DeTable<'a>,
        span: Range<usize>,
    ) -> Table<'a> {
        Table { source, base, name: name.to_owned(), table, span }
    }

    /// The file it is in.
    pub(crate) fn source(&self) -> &'a Arc<Source> {
        self.source
    }

    /// A mistake somewhere in its file.
    pub(crate) fn mistake(&self, span: Range<usize>, title: impl Into<String>, label: impl Into<String>) -> Mistake {
        Mistake::at(self.source, span, title, label)
    }

    /// The place to point at when something is missing.
    pub(crate) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    fn place(&self, span: Range<usize>) -> Range<usize> {
        self.base + span.start..self.base + span.end
    }

    fn entry(&self, key: &str) -> Option<(Range<usize>, &'a toml::Spanned<DeValue<'a>>)> {
        let (written, value) = self.table.iter().find(|(known, _)| known.get_ref().as_ref() == key)?;
        Some((self.place(written.span()), value))
    }

    /// The place of a key.
    pub(crate) fn key(&self, key: &str) -> Option<Range<usize>> {
        self.entry(key).map(|(span, _)| span)
    }

    /// The keys in the order of the file.
    pub(crate) fn keys(&self) -> Vec<Spanned<String>> {
        let mut keys: Vec<_> = self
            .table
            .keys()
            .map(|key| Spanned { value: key.get_ref().to_string(), span: self.place(key.span()) })
            .collect();
        keys.sort_by_key(|key| key.span.start);
        keys
    }

    /// Reports every key that is not one of `known`.
    pub(crate) fn only(&self, known: &[&str], mistakes: &mut Vec<Mistake>) {
        for key in self.keys().iter().filter(|key| !known.contains(&key.value.as_str())) {
            let title = format!("unknown key `{}` in {}", key.value, self.name);
            let remedy = match nearest(&key.value, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => match known {
                    [only] => format!("the only key is `{only}`"),
                    _ => format!("the keys are {}", enumeration(known.iter().copied())),
                },
            };
            mistakes.push(Mistake::at(self.source, key.span.clone(), title, "not a key here").help(remedy));
        }
    }

    /// Reports that a key is missing.
    pub(crate) fn missing(&self, key: &str, example: &str, mistakes: &mut Vec<Mistake>) {
        mistakes.push(
            Mistake::at(
                self.source,
                self.span(),
                format!("`{key}` is missing"),
                format!("{} has no `{key}`", self.name),
            )
            .help(format!("add `{example}`")),
        );
    }

    /// The table below a key, if it is one.
    pub(crate) fn table(&self, key: &str, name: &str, mistakes: &mut Vec<Mistake>) -> Option<Table<'a>> {
        let (key_span, value) = self.entry(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Table::new(self.source, self.base, name, table, key_span)),
            other => {
                mistakes.push(self.wrong_type(key, value, other, "a table"));
                None
            }
        }
    }

    /// The tables of an array of tables.
    pub(crate) fn tables(&self, key: &str, name: &str, mistakes: &mut Vec<Mistake>) -> Vec<Table<'a>> {
        let Some(items) = self.array(key, "an array of tables", mistakes) else { return Vec::new() };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    let span = self.place(item.span());
                    let header = span.start..span.end.min(self.source.line_around(span.start).end).max(span.start);
                    tables.push(Table::new(self.source, self.base, name, table, header));
                }
                other => mistakes.push(self.wrong_type(key, item, other, "an array of tables")),
            }
        }
        tables
    }

    /// A string.
    pub(crate) fn string(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Option<Spanned<String>> {
        let (_, value) = self.entry(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Spanned { value: text.to_string(), span: self.place(value.span()) }),
            other => {
                mistakes.push(self.wrong_type(key, value, other, "a string"));
                None
            }
        }
    }

    /// A string that must not be missing.
    pub(crate) fn required_string(
        &self,
        key: &str,
        example: &str,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<Spanned<String>> {
        if self.key(key).is_none() {
            self.missing(key, example, mistakes);
        }
        self.string(key, mistakes)
    }

    /// Several strings.
    pub(crate) fn strings(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Option<Vec<Spanned<String>>> {
        let items = self.array(key, "an array of strings", mistakes)?;
        let mut strings = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => {
                    strings.push(Spanned { value: text.to_string(), span: self.place(item.span()) });
                }
                other => mistakes.push(self.wrong_type(key, item, other, "an array of strings")),
            }
        }
        Some(strings)
    }

    /// Several lists of strings.
    pub(crate) fn lists_of_strings(
        &self,
        key: &str,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<Vec<Spanned<Vec<Spanned<String>>>>> {
        self.lists(key, "an array of arrays of strings", mistakes, |value| value.as_str().map(str::to_owned))
    }

    /// Several lists of whole numbers.
    pub(crate) fn lists_of_numbers(
        &self,
        key: &str,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<Vec<Spanned<Vec<Spanned<u32>>>>> {
        self.lists(key, "an array of arrays of whole numbers", mistakes, |value| {
            value.as_integer().and_then(|integer| u32::from_str_radix(integer.as_str(), integer.radix()).ok())
        })
    }

    /// A list with an entry of another type is left out.
    fn lists<T>(
        &self,
        key: &str,
        wanted: &str,
        mistakes: &mut Vec<Mistake>,
        read: impl Fn(&DeValue<'_>) -> Option<T>,
    ) -> Option<Vec<Spanned<Vec<Spanned<T>>>>> {
        let items = self.array(key, wanted, mistakes)?;
        let mut lists = Vec::new();
        for item in items {
            let DeValue::Array(entries) = item.get_ref() else {
                mistakes.push(self.wrong_type(key, item, item.get_ref(), wanted));
                continue;
            };
            let mut list = Vec::new();
            for entry in entries {
                match read(entry.get_ref()) {
                    Some(value) => list.push(Spanned { value, span: self.place(entry.span()) }),
                    None => mistakes.push(self.wrong_type(key, entry, entry.get_ref(), wanted)),
                }
            }
            if list.len() == entries.len() {
                lists.push(Spanned { value: list, span: self.place(item.span()) });
            }
        }
        Some(lists)
    }

    fn array(&self, key: &str, wanted: &str, mistakes: &mut Vec<Mistake>) -> Option<&'a [toml::Spanned<DeValue<'a>>]> {
        let (_, value) = self.entry(key)?;
        match value.get_ref() {
            DeValue::Array(items) => Some(items),
            other => {
                mistakes.push(self.wrong_type(key, value, other, wanted));
                None
            }
        }
    }

    /// A whole number.
    pub(crate) fn number(
        &self,
        key: &str,
        allowed: RangeInclusive<u32>,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<Spanned<u32>> {
        let (_, value) = self.entry(key)?;
        let span = self.place(value.span());
        let DeValue::Integer(integer) = value.get_ref() else {
            mistakes.push(self.wrong_type(key, value, value.get_ref(), "a whole number"));
            return None;
        };
        let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok();
        if let Some(value) = number.filter(|number| allowed.contains(number)) {
            return Some(Spanned { value, span });
        }
        let wanted = match *allowed.end() {
            u32::MAX => format!("{} or more", allowed.start()),
            end => format!("{} to {end}", allowed.start()),
        };
        mistakes.push(Mistake::at(self.source, span, format!("`{key}` is out of range"), format!("must be {wanted}")));
        None
    }

    /// One of several words.
    pub(crate) fn word<T>(
        &self,
        key: &str,
        words: &[&str],
        meaning: impl Fn(&str) -> Option<T>,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<Spanned<T>> {
        let written = self.string(key, mistakes)?;
        if let Some(value) = meaning(&written.value) {
            return Some(Spanned { value, span: written.span });
        }
        let title = format!("unknown {key} `{}`", written.value);
        let label = format!("expected {}", alternatives(words.iter().copied()));
        let remedy = nearest(&written.value, words.iter().copied()).map(|meant| format!("did you mean `{meant}`?"));
        mistakes.push(Mistake::at(self.source, written.span, title, label).maybe_help(remedy));
        None
    }

    /// One of several words that must not be missing.
    pub(crate) fn required_word<T>(
        &self,
        key: &str,
        words: &[&str],
        meaning: impl Fn(&str) -> Option<T>,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<Spanned<T>> {
        if self.key(key).is_none() {
            self.missing(key, &format!("{key} = {:?}", words.first().unwrap_or(&"")), mistakes);
        }
        self.word(key, words, meaning, mistakes)
    }

    fn wrong_type(&self, key: &str, value: &toml::Spanned<DeValue<'_>>, found: &DeValue<'_>, wanted: &str) -> Mistake {
        let label = format!("this is {}", with_article(found.type_str()));
        Mistake::at(self.source, self.place(value.span()), format!("`{key}` must be {wanted}"), label)
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}
