//! What the compiler, a run or Miri said, as notes below a mistake; and what to do when there is no verdict.
//!
//! It knows verdicts and failures, not what they are compared with.

use quiz::verdict::{Diagnostic, Verdict};

use crate::mistake::Mistake;
use crate::proof::Failure;

/// The remedy for everything that is out of date.
pub(crate) const BLESS: &str = "run `cargo xtask verify --bless` and review what it writes";

/// Shows what a program did. `place` tells a line of the compiled program in words.
pub(crate) fn and_verdict(mistake: Mistake, verdict: &Verdict, place: impl Fn(u32) -> String) -> Mistake {
    match verdict {
        Verdict::Error { errors } => and_errors(mistake, errors),
        Verdict::Panics { line, message, .. } => mistake.note(format!("it panics in {} with: {message}", place(*line))),
        Verdict::Prints { stdout } if stdout.is_empty() => mistake.note("it runs to its end and prints nothing"),
        Verdict::Prints { stdout } => and_output(mistake, stdout),
        Verdict::Undefined { rendered, .. } => and_miri(mistake, rendered),
        Verdict::Compiles | Verdict::Ignored { .. } => mistake.note("it has not been run"),
    }
}

/// Shows errors.
pub(crate) fn and_errors(mistake: Mistake, errors: &[Diagnostic]) -> Mistake {
    errors.iter().fold(mistake, |mistake, error| mistake.note(format!("rustc says:\n{}", error.rendered.trim_end())))
}

/// Shows an output.
pub(crate) fn and_output(mistake: Mistake, stdout: &str) -> Mistake {
    mistake.note(format!("it prints:\n{}", stdout.trim_end()))
}

/// Shows what Miri wrote.
pub(crate) fn and_miri(mistake: Mistake, rendered: &str) -> Mistake {
    mistake.note(format!("Miri says:\n{}", rendered.trim_end()))
}

/// Where an output begins to differ from the one that is stated.
pub(crate) fn first_difference(stated: &str, actual: &str) -> String {
    let mut lines = stated.split_inclusive('\n').zip(actual.split_inclusive('\n')).enumerate();
    let differing = lines.find(|(_, (stated, actual))| stated != actual);
    match differing {
        Some((index, (stated, actual))) => {
            format!("the first difference is in line {}: stated {stated:?}, printed {actual:?}", index + 1)
        }
        None if stated.len() > actual.len() => format!("not printed: {:?}", &stated[actual.len()..]),
        None => format!("not stated: {:?}", &actual[stated.len()..]),
    }
}

/// What to do about a failure.
pub(crate) fn remedy_for(failure: &Failure) -> &'static str {
    match failure {
        Failure::CompilerTimedOut { .. } | Failure::CompilerFlooded => "make the program smaller",
        Failure::CompilerCrashed { .. } => "is a linker installed? If this is a bug of rustc, choose another program",
        Failure::TimedOut { .. } => "let it end, or write `rust,no_run` if it is not to be run",
        Failure::Flooded { .. } | Failure::NotText => "let it print what a learner can read",
        Failure::Varies { .. } => "a program must not depend on time, threads, addresses or the order in a `HashMap`",
        Failure::LeftProcesses => "let it wait for every process that it starts, or start none",
        Failure::Undefined { .. } => "correct it; a `predict` or a what-if may state it: `outcome = \"undefined\"`",
        Failure::UndefinedElsewhere { .. } => "a learner picks the line: let the program itself break the rules",
        Failure::Unsupported { .. } => {
            "do it in another way, or say in the front matter why Miri cannot: `miri = \"ignore (opens a file)\"`"
        }
        Failure::MiriTimedOut { .. } => {
            "let it do less: Miri is a hundred times slower; or `miri = \"ignore (why)\"` in the front matter"
        }
        Failure::MiriStopped { .. } => "change the program, or write `miri = \"ignore (why)\"` in the front matter",
        Failure::OtherUnderMiri { .. } => {
            "a program must not depend on threads, addresses or layout; or `miri = \"ignore (why)\"` in the front matter"
        }
        Failure::Stopped { .. } => "a program must end normally or with a panic of its main thread",
        Failure::PanicElsewhere { .. } => {
            "a learner picks the line that panics: let the program itself panic, as with `expect`"
        }
    }
}

/// Shows what is known of a failure.
pub(crate) fn notes_on(failure: &Failure, mistake: Mistake) -> Mistake {
    match failure {
        Failure::CompilerTimedOut { .. }
        | Failure::CompilerFlooded
        | Failure::TimedOut { .. }
        | Failure::Flooded { .. }
        | Failure::NotText
        | Failure::LeftProcesses
        | Failure::MiriTimedOut { .. } => mistake,
        Failure::Undefined { rendered } | Failure::UndefinedElsewhere { rendered } => and_miri(mistake, rendered),
        Failure::Unsupported { message } | Failure::MiriStopped { message } => and_miri(mistake, message),
        Failure::OtherUnderMiri { native, miri } => {
            mistake.note(format!("compiled by rustc, it {native}")).note(format!("under Miri, it {miri}"))
        }
        Failure::CompilerCrashed { message } => mistake.note(format!("it wrote:\n{message}")),
        Failure::Varies { first, other, run } => {
            mistake.note(format!("the first run {first}")).note(format!("run {run}: {other}"))
        }
        Failure::Stopped { stderr, .. } => match stderr.trim_end() {
            "" => mistake,
            said => mistake.note(format!("it wrote:\n{said}")),
        },
        Failure::PanicElsewhere { message, .. } => mistake.note(format!("the panic's message: {message}")),
    }
}
