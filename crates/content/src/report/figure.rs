//! A figure as it is printed: a title, what is aimed at and whether it is met, lines.

/// How many columns a terminal has at least.
pub(crate) const COLUMNS: usize = 100;

/// Something that was measured.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What was measured.
    pub title: String,
    /// What it should be, if there is an aim.
    pub aim: Option<Aim>,
    /// What it is, at most 100 columns wide.
    pub lines: Vec<String>,
}

/// What a figure should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    /// In words.
    pub words: String,
    /// Whether it is so.
    pub is_met: bool,
}

impl Figure {
    /// A figure without an aim.
    pub(crate) fn new(title: &str, lines: Vec<String>) -> Figure {
        Figure { title: title.to_owned(), aim: None, lines }
    }

    /// With an aim.
    pub(crate) fn aim(mut self, words: &str, is_met: bool) -> Figure {
        self.aim = Some(Aim { words: words.to_owned(), is_met });
        self
    }

    /// The figure as text, with a line end.
    pub fn render(&self) -> String {
        let mut text =
            format!("── {} {}\n", self.title, "─".repeat(COLUMNS.saturating_sub(self.title.chars().count() + 4)));
        if let Some(Aim { words, is_met }) = &self.aim {
            for line in wrapped(&format!("aim: {words}: {}", if *is_met { "met" } else { "NOT MET" }), 0) {
                text += &(line + "\n");
            }
        }
        for line in &self.lines {
            text += &format!("{}\n", line.trim_end());
        }
        text
    }
}

/// Words in lines that fit, each indented by so many blanks but the first.
pub(crate) fn wrapped(text: &str, indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > COLUMNS {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
        } else if !line.trim().is_empty() {
            line.push(' ');
        }
        line += word;
    }
    lines.push(line);
    lines
}

/// `never named (2): a, b`, wrapped; nothing of no names.
pub(crate) fn listed(what: &str, names: &[String]) -> Vec<String> {
    if names.is_empty() {
        return Vec::new();
    }
    wrapped(&format!("{what} ({}): {}", names.len(), names.join(", ")), 4)
}

/// A share as a percentage without a fraction; a dash of nothing.
pub(crate) fn percent(part: f64, whole: f64) -> String {
    if whole == 0.0 { "–".to_owned() } else { format!("{:.0} %", 100.0 * part / whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_whether_its_aim_is_met() {
        let figure = Figure::new("Hints", vec!["3".to_owned()]);
        let title = format!("── Hints {}\n", "─".repeat(91));
        assert_eq!(figure.render(), format!("{title}3\n"));
        assert_eq!(figure.clone().aim("at least 2", true).render(), format!("{title}aim: at least 2: met\n3\n"));
        assert_eq!(figure.aim("at least 4", false).render(), format!("{title}aim: at least 4: NOT MET\n3\n"));
    }

    #[test]
    fn lists_fit_into_the_columns() {
        let names: Vec<String> = (0..60).map(|number| format!("a-name-of-{number}")).collect();
        let lines = listed("never", &names);
        assert!(lines.len() > 1 && lines.iter().all(|line| line.chars().count() <= COLUMNS), "{lines:#?}");
        assert!(lines[0].starts_with("never (60): a-name-of-0, ") && lines[1].starts_with("    a-name"), "{lines:#?}");
        assert_eq!(listed("never", &[]), [""; 0]);
    }

    #[test]
    fn shares_of_nothing_are_none() {
        assert_eq!((percent(1.0, 3.0), percent(0.0, 0.0)), ("33 %".to_owned(), "–".to_owned()));
    }
}
