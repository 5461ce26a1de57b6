//! What the parts of this page know of interviews.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::interview::Blueprint;
use quiz::interview::machine::{AskedQuestion, Round};
use quiz::problem::Kind;

use crate::browser::language::counted;
use crate::state::AppState;

/// What interviews are made of.
#[derive(Clone)]
pub struct Material {
    pub catalog: Arc<Catalog>,
    pub blueprints: Arc<Vec<Blueprint>>,
}

impl Material {
    /// What an interview consists of, unless this release has it no more.
    pub fn blueprint(&self, name: &str) -> Option<&Blueprint> {
        self.blueprints.iter().find(|blueprint| blueprint.name == name)
    }

    /// The title of an interview.
    pub fn title(&self, name: &str) -> String {
        self.blueprint(name).map_or_else(|| name.replace('-', " "), |blueprint| blueprint.title.clone())
    }

    /// The title of one of its rounds.
    pub fn round_title(&self, name: &str, round: usize) -> String {
        let plan = self.blueprint(name).and_then(|blueprint| blueprint.rounds.get(round));
        plan.map_or_else(|| format!("Round {}", round + 1), |plan| plan.title.clone())
    }
}

impl Material {
    /// The questions of a round that are handed in while it runs: what is only spoken is scored behind it.
    pub fn to_hand_in<'a>(&self, round: &'a Round) -> Vec<&'a AskedQuestion> {
        round.questions.iter().filter(|asked| !self.is_spoken(asked)).collect()
    }

    /// Whether a question is only spoken.
    pub fn is_spoken(&self, asked: &AskedQuestion) -> bool {
        self.catalog.entry(&asked.slug).is_some_and(|entry| entry.kind == Kind::Discuss)
    }
}

/// How long it takes, and in how many rounds.
pub fn length(blueprint: &Blueprint) -> String {
    let minutes = format!("{} min", blueprint.minutes());
    match blueprint.rounds.len() {
        1 => minutes,
        rounds => format!("{minutes} · {}", counted(rounds, "round")),
    }
}

/// The name of the blueprint under way.
pub fn blueprint_name(app: AppState) -> String {
    let current = app.interviews.current().read();
    current.as_ref().map(|(_, interview)| interview.stored().invitation.blueprint.clone()).unwrap_or_default()
}
