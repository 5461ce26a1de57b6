//! The word that a template has where its author is to write something.

use std::sync::Arc;

use crate::mistake::Mistake;
use crate::source::Source;

const PLACEHOLDER: &str = "TODO";

/// A placeholder of a template is one mistake a line; what else is wrong with that line follows from it.
pub(crate) fn report(source: &Arc<Source>, mistakes: Vec<Mistake>) -> Vec<Mistake> {
    let mut mistakes = unfinished_left_out(source, mistakes);
    mistakes.extend(lines(source).map(|line| {
        Mistake::at(source, source.line(line), "a placeholder is left", "fill this in")
            .help("write what the line asks for, and remove the word `TODO`")
    }));
    mistakes
}

/// The mistakes that no placeholder has to do with.
pub(crate) fn unfinished_left_out(source: &Source, mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    let lines: Vec<usize> = lines(source).collect();
    mistakes.retain(|mistake| !lines.iter().any(|line| mistake.marks_line(*line)));
    mistakes
}

/// The lines, from 1, that have one.
fn lines(source: &Source) -> impl Iterator<Item = usize> {
    let lines = source.text.lines().enumerate().filter(|(_, line)| has_placeholder(line));
    lines.map(|(index, _)| index + 1)
}

/// Whether a line has one.
pub(crate) fn has_placeholder(line: &str) -> bool {
    // Most lines are done with after the first question, which is the cheap one.
    line.contains(PLACEHOLDER) && line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == PLACEHOLDER)
}
