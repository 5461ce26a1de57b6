//! Whether what an author says of a what-if comes of it.

use std::sync::Arc;

use quiz::verdict::Verdict;

use crate::error_names;
use crate::judge::notes::{and_verdict, notes_on, remedy_for};
use crate::mistake::Mistake;
use crate::plan::what_ifs::Edit;
use crate::proof::Proof;
use crate::read::what_if::StatedOutcome;
use crate::source::Source;

/// The contradiction between what is stated and what the compiler says.
pub(crate) fn judge(source: &Arc<Source>, edit: &Edit, proof: &Proof) -> Option<Mistake> {
    let program = format!("the edited program is\n{}", edit.compiled.trim_end());
    let verdict = match proof {
        Proof::Judged(verdict) => verdict,
        Proof::Unknown => return None,
        Proof::Failed(failure) => {
            let name = edit.written.name.span.clone();
            let mistake = Mistake::at(source, name, failure.to_string(), "with this edit").note(program);
            return Some(notes_on(failure, mistake).help(remedy_for(failure)));
        }
    };
    let stated = &edit.written.outcome;
    if is(&stated.value, verdict) {
        return None;
    }
    let title = format!("{} contradicts a what-if", who(&stated.value, verdict));
    let mistake = Mistake::at(source, stated.span.clone(), title, told(&stated.value)).note(program);
    let mistake = and_verdict(mistake, verdict, |line| format!("line {line}"));
    Some(mistake.help("correct the outcome, or the edit"))
}

/// Whether this is what happened.
fn is(stated: &StatedOutcome, verdict: &Verdict) -> bool {
    match (stated, verdict) {
        (StatedOutcome::Prints, Verdict::Prints { .. })
        | (StatedOutcome::Panics, Verdict::Panics { .. })
        | (StatedOutcome::Undefined, Verdict::Undefined { .. }) => true,
        (StatedOutcome::Error(code), Verdict::Error { errors }) => {
            errors.iter().all(|error| error_names::is_called(error, code))
        }
        _ => false,
    }
}

/// Who says that something else happened.
fn who(stated: &StatedOutcome, verdict: &Verdict) -> &'static str {
    match (stated, verdict) {
        (StatedOutcome::Undefined, Verdict::Prints { .. } | Verdict::Panics { .. })
        | (_, Verdict::Undefined { .. }) => "Miri",
        _ => "the compiler",
    }
}

fn told(stated: &StatedOutcome) -> String {
    match stated {
        StatedOutcome::Prints => "stated: it prints something".to_owned(),
        StatedOutcome::Error(code) => format!("stated: it is rejected with {}", error_names::quoted(code)),
        StatedOutcome::Panics => "stated: it panics".to_owned(),
        StatedOutcome::Undefined => "stated: it is undefined behaviour".to_owned(),
    }
}
