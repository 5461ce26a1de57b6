//! Which options of which problems stand for which false beliefs.

use quiz::learner::misconceptions::{Beliefs, Exposed};
use quiz::problem::{ChoiceOption, Problem, Question};

use crate::read::registry::Registries;

/// Which options stand for which beliefs.
pub(crate) fn beliefs(problems: &[Problem], registries: &Registries) -> Beliefs {
    let mut known: Vec<&String> = Vec::new();
    let mut exposed = Vec::new();
    for problem in problems {
        let Question::Choice { options, .. } = &problem.question else { continue };
        let mut place = |option: &ChoiceOption| {
            let id = &option.misconception.as_ref()?.id;
            let (id, _) = registries.misconceptions.get_key_value(id)?;
            let place = known.iter().position(|known| *known == id);
            Some(place.unwrap_or_else(|| {
                known.push(id);
                known.len() - 1
            }))
        };
        let options: Vec<Option<usize>> = options.iter().map(&mut place).collect();
        if options.iter().any(Option::is_some) {
            exposed.push(Exposed { slug: problem.slug.clone(), options });
        }
    }
    let beliefs = known.into_iter().map(|id| registries.misconceptions[id].clone()).collect();
    Beliefs { beliefs, problems: exposed }
}
