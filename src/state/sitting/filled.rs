//! What a learner has filled in, and the answer that it makes.

use std::collections::{BTreeMap, BTreeSet};

use quiz::answer::{Answer, Prediction};
use quiz::problem::{Question, Row};
use quiz::role::Role;
use quiz::rule::Code;

/// What a program can be said to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PredictedOutcome {
    /// It runs and prints.
    Prints,
    /// It does not compile.
    Error,
    /// It panics.
    Panics,
    /// Its behaviour is undefined.
    Undefined,
}

impl PredictedOutcome {
    /// All outcomes, in the order in which they are offered.
    pub const ALL: [PredictedOutcome; 4] =
        [PredictedOutcome::Prints, PredictedOutcome::Error, PredictedOutcome::Panics, PredictedOutcome::Undefined];
}

/// What is filled in so far. Changing the outcome keeps what belongs to the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct AnswerDraft {
    pub(super) chosen: Vec<usize>,
    pub(super) outcome: Option<PredictedOutcome>,
    pub(super) stdout: String,
    pub(super) line: Option<u32>,
    pub(super) rule: Option<Code>,
    pub(super) lines: BTreeMap<Role, u32>,
    /// A choice for each slot, or a movable line for each gap.
    pub(super) places: Vec<Option<usize>>,
}

impl AnswerDraft {
    /// What a draft held; slots and gaps that it says nothing of are empty.
    pub(super) fn of(answer: Option<Answer>, places: Vec<Option<usize>>, question: &Question) -> AnswerDraft {
        let mut filled = answer.map(AnswerDraft::from).unwrap_or_default();
        let (count, choices): (usize, Box<dyn Fn(usize) -> usize>) = match question {
            Question::Fill { slots, .. } => (slots.len(), Box::new(|slot| slots[slot].choices.len())),
            Question::Order { rows, lines, .. } => {
                (rows.iter().filter(|row| **row == Row::Gap).count(), Box::new(|_| lines.len()))
            }
            Question::Choice { .. } | Question::Predict { .. } | Question::Spot { .. } => (0, Box::new(|_| 0)),
        };
        let place = |at: usize| places.get(at).copied().flatten().filter(|chosen| *chosen < choices(at));
        filled.places = (0..count).map(place).collect();
        filled
    }

    pub(super) fn answer(&self, question: &Question) -> Option<Answer> {
        match question {
            Question::Choice { .. } => Some(Answer::Choice { chosen: self.chosen_options() }),
            Question::Spot { .. } => Some(Answer::Spot { lines: self.lines.clone() }),
            Question::Fill { .. } => {
                self.places.iter().copied().collect::<Option<_>>().map(|picks| Answer::Fill { picks })
            }
            Question::Order { .. } => {
                self.places.iter().copied().collect::<Option<_>>().map(|lines| Answer::Order { lines })
            }
            Question::Predict { .. } => self.outcome.map(|outcome| {
                Answer::Predict(match outcome {
                    PredictedOutcome::Prints => Prediction::Prints { stdout: self.stdout.clone() },
                    PredictedOutcome::Error => Prediction::Error { line: self.line, rule: self.rule.clone() },
                    PredictedOutcome::Panics => Prediction::Panics { line: self.line },
                    PredictedOutcome::Undefined => Prediction::Undefined { line: self.line },
                })
            }),
        }
    }

    fn chosen_options(&self) -> BTreeSet<usize> {
        let mut options = BTreeSet::new();
        options.extend(&self.chosen);
        options
    }

    pub(super) fn missing(&self, question: &Question) -> Option<&'static str> {
        match question {
            Question::Choice { .. } if self.chosen.is_empty() => Some("Choose an option first."),
            Question::Spot { roles } if self.lines.len() < roles.len() => Some("Each role needs a line."),
            Question::Fill { .. } if self.places.contains(&None) => Some("Each slot needs a choice."),
            Question::Order { .. } if self.places.contains(&None) => Some("Each place needs a line."),
            Question::Choice { .. } | Question::Spot { .. } | Question::Fill { .. } | Question::Order { .. } => None,
            Question::Predict { .. } => match (self.outcome, self.line, &self.rule) {
                (None, ..) => Some("Say what happens first."),
                (Some(PredictedOutcome::Error | PredictedOutcome::Panics | PredictedOutcome::Undefined), None, _) => {
                    Some("Pick a line in the program.")
                }
                (Some(PredictedOutcome::Error), _, None) => Some("Choose the rule that is broken."),
                _ => None,
            },
        }
    }
}

impl From<Answer> for AnswerDraft {
    fn from(answer: Answer) -> AnswerDraft {
        let mut filled = AnswerDraft::default();
        match answer {
            Answer::Choice { chosen } => filled.chosen = chosen.into_iter().collect(),
            Answer::Spot { lines } => filled.lines = lines,
            Answer::Fill { picks: places } | Answer::Order { lines: places } => {
                filled.places = places.into_iter().map(Some).collect();
            }
            Answer::Predict(Prediction::Prints { stdout }) => {
                filled.outcome = Some(PredictedOutcome::Prints);
                filled.stdout = stdout;
            }
            Answer::Predict(Prediction::Error { line, rule }) => {
                filled.outcome = Some(PredictedOutcome::Error);
                filled.line = line;
                filled.rule = rule;
            }
            Answer::Predict(Prediction::Panics { line }) => {
                filled.outcome = Some(PredictedOutcome::Panics);
                filled.line = line;
            }
            Answer::Predict(Prediction::Undefined { line }) => {
                filled.outcome = Some(PredictedOutcome::Undefined);
                filled.line = line;
            }
        }
        filled
    }
}
