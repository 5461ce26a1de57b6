//! The names of the crates that programs may use.
//!
//! It knows neither who names them nor how they are compiled.

/// The folder of their package, beside the topics.
pub(crate) const FOLDER: &str = "crates";
/// What may be named, and what a program can use then.
const ALLOWED: [(&str, &[&str]); 7] = [
    ("anyhow", &["anyhow"]),
    ("crossbeam", &["crossbeam"]),
    ("futures", &["futures"]),
    ("rayon", &["rayon"]),
    ("serde", &["serde", "serde_json"]),
    ("thiserror", &["thiserror"]),
    ("tokio", &["tokio"]),
];

/// Crates that a problem names, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Crates(Vec<&'static str>);

impl Crates {
    /// These of the names that may be named.
    pub(crate) fn of(mut names: Vec<&'static str>) -> Crates {
        names.sort_unstable();
        Crates(names)
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }

    /// Their names in one text.
    pub(crate) fn names(&self) -> String {
        self.0.join(" ")
    }

    /// Whether one of these is among them.
    pub(crate) fn any_of(&self, names: &[&str]) -> bool {
        self.0.iter().any(|name| names.contains(name))
    }

    /// What rustc calls those that a program can use then.
    pub(crate) fn externs(&self) -> impl Iterator<Item = &'static str> {
        ALLOWED.into_iter().filter(|(name, _)| self.0.contains(name)).flat_map(|(_, externs)| externs).copied()
    }
}

/// All that may be named.
pub(crate) fn names() -> [&'static str; ALLOWED.len()] {
    ALLOWED.map(|(name, _)| name)
}
