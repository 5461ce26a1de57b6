//! How the lines of the program are marked: what is picked, and after the answer what is true.

use quiz::grading::{Aspect, Graded};
use quiz::problem::{ExpectedOutcome, Question};
use quiz::verdict::Verdict;

use crate::state::sitting::Sitting;
use crate::ui::code_block::{LineMark, MarkedLine};

const COMPILER_STOPS: &str = "the compiler stops here";
const PANICS: &str = "it panics here";
const UNDEFINED: &str = "undefined behaviour here";

/// The marks of all lines.
pub fn marks(sitting: Sitting) -> Vec<MarkedLine> {
    match sitting.graded() {
        Some(graded) => marks_of_truth(sitting, &graded),
        None => marks_of_picks(sitting),
    }
}

fn marks_of_picks(sitting: Sitting) -> Vec<MarkedLine> {
    let roles = sitting.roles();
    let of_roles = (0..).zip(roles).filter_map(|(step, asked)| {
        let label = asked.role.label().to_owned();
        let mark = if step == sitting.step() { LineMark::Picked(label) } else { LineMark::PickedBefore(label) };
        Some((sitting.line_of(asked.role)?, mark))
    });
    let of_outcome = sitting.line().filter(|_| sitting.asks_line());
    of_roles
        .chain(of_outcome.map(|line| (line, LineMark::Picked(String::new()))))
        .chain(marks_of_try(sitting))
        .collect()
}

fn marks_of_truth(sitting: Sitting, graded: &Graded) -> Vec<MarkedLine> {
    match &sitting.problem().question {
        Question::Spot { roles } => {
            let right = roles.iter().map(|asked| (asked.line, LineMark::Right(asked.role.label().to_owned())));
            let wrong = roles.iter().filter_map(|asked| {
                let line = sitting.line_of(asked.role).filter(|line| *line != asked.line)?;
                Some((line, LineMark::Wrong(format!("you: {}", asked.role.label().to_ascii_lowercase()))))
            });
            right.chain(wrong).collect()
        }
        Question::Predict { expected, .. } => {
            // A line that the learner found is a success, whatever the program does there.
            let mark = |words: &str| match graded.is_right(Aspect::Line) {
                Some(true) => LineMark::Right(format!("{words}: your line")),
                Some(false) | None => LineMark::Stop(words.to_owned()),
            };
            let stop = match expected {
                ExpectedOutcome::Prints { .. } => None,
                ExpectedOutcome::Error { line, .. } => Some((*line, mark(COMPILER_STOPS))),
                ExpectedOutcome::Panics { line } => Some((*line, mark(PANICS))),
                ExpectedOutcome::Undefined { line } => Some((*line, mark(UNDEFINED))),
            };
            let missed = graded.is_right(Aspect::Line) == Some(false);
            let picked = sitting.line().filter(|_| missed).map(|line| (line, LineMark::Wrong("your line".to_owned())));
            stop.into_iter().chain(picked).collect()
        }
        Question::Choice { .. } => marks_of_verdict(sitting),
        Question::Fill { .. } | Question::Order { .. } => marks_of_try(sitting),
        Question::Write(_) | Question::Discuss(_) => Vec::new(),
    }
}

/// Where the last try stops, as long as the program is the one that was tried.
fn marks_of_try(sitting: Sitting) -> Vec<MarkedLine> {
    match sitting.tried_program() {
        Some((program, false)) if sitting.is_as_tried() => marks_of(&program.verdict),
        _ => Vec::new(),
    }
}

fn marks_of_verdict(sitting: Sitting) -> Vec<MarkedLine> {
    let problem = sitting.problem();
    let Some(program) = problem.main_program().filter(|program| program.compiled.is_none()) else {
        return Vec::new();
    };
    marks_of(&program.verdict)
}

fn marks_of(verdict: &Verdict) -> Vec<MarkedLine> {
    match verdict {
        Verdict::Error { errors } => errors
            .iter()
            .filter_map(|error| Some((error.primary()?.line, LineMark::Stop(COMPILER_STOPS.to_owned()))))
            .collect(),
        Verdict::Panics { line, .. } => vec![(*line, LineMark::Stop(PANICS.to_owned()))],
        Verdict::Undefined { line, .. } => vec![(*line, LineMark::Stop(UNDEFINED.to_owned()))],
        Verdict::Prints { .. } | Verdict::Compiles | Verdict::Ignored { .. } => Vec::new(),
    }
}
