//! Which options and choices of which problems stand for which false beliefs.

use std::collections::BTreeMap;

use quiz::learner::misconceptions::{Belief, Beliefs, Exposed};
use quiz::problem::{Problem, Slug};

use crate::read::folder::Folder;
use crate::read::problem::ProblemFile;
use crate::read::statement::StatedAnswer;

/// Which options and choices stand for which beliefs, in the order of the problems.
pub(crate) fn beliefs(problems: &[Problem], folder: &Folder) -> Beliefs {
    let files: BTreeMap<&Slug, &ProblemFile> =
        folder.problems.iter().map(|found| (&found.file.slug, &found.file)).collect();
    let registry = &folder.registries.misconceptions;
    let mut known: Vec<&String> = Vec::new();
    let mut place = |id: Option<String>| {
        let (id, _) = registry.get_key_value(&id?)?;
        let place = known.iter().position(|known| *known == id);
        Some(place.unwrap_or_else(|| {
            known.push(id);
            known.len() - 1
        }))
    };
    let mut exposed = Vec::new();
    for problem in problems {
        let slots = files.get(&problem.slug).map(|file| named(file)).unwrap_or_default();
        let choices: Vec<Vec<Option<usize>>> =
            slots.into_iter().map(|ids| ids.into_iter().map(&mut place).collect()).collect();
        if choices.iter().flatten().any(Option::is_some) {
            exposed.push(Exposed { slug: problem.slug.clone(), choices });
        }
    }
    let beliefs: Vec<Belief> = known.into_iter().map(|id| registry[id].clone()).collect();
    Beliefs { beliefs, problems: exposed }
}

/// The ids that a file names for what can be chosen: slot by slot, and the options of a `choice` as one slot.
fn named(file: &ProblemFile) -> Vec<Vec<Option<String>>> {
    match &file.front.answer {
        Some(StatedAnswer::Choice { .. }) => {
            vec![file.options.iter().map(|option| option.misconception.clone()).collect()]
        }
        Some(StatedAnswer::Fill { slots, .. }) => slots.iter().map(|slot| slot.misconceptions.clone()).collect(),
        Some(
            StatedAnswer::Predict { .. }
            | StatedAnswer::Spot { .. }
            | StatedAnswer::Order { .. }
            | StatedAnswer::Write { .. }
            | StatedAnswer::Discuss { .. },
        )
        | None => Vec::new(),
    }
}
