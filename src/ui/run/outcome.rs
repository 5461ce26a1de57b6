//! What a program did that was run by itself.

use leptos::prelude::*;
use quiz::device::age;
use quiz::device::outcome::Outcome;
use quiz::problem::{Edition, Program};
use quiz::receipt::CheckedBy;
use quiz::verdict::{Diagnostic, Verdict};

use crate::ui::playground;
use crate::ui::receipt::{Printed, Slip, Toolchain, VerdictSlip};

/// The receipt.
pub fn receipt(outcome: Outcome, code: &str, judge: &str) -> AnyView {
    match outcome {
        Outcome::Judged(verdict) => of_verdict(verdict, code, judge),
        Outcome::Deadlocks { line, stdout } => {
            slip(judge, &format!("Deadlock{}: all threads wait for each other.", at(line)), &stdout, "")
        }
        Outcome::Exits { status, stdout, stderr } => {
            slip(judge, &format!("Compiled, ran, and ended with status {status}."), &stdout, &stderr)
        }
        Outcome::Floods { stdout } => slip(judge, "Stopped, because it printed too much.", &stdout, ""),
        Outcome::Stops { line, message, stdout } => {
            slip(judge, &format!("Stopped{}: {message}", at(line)), &stdout, "")
        }
        Outcome::Fails { message } => slip(judge, "The compiler itself failed.", "", &message),
    }
}

/// The receipt of a program that took too long.
pub fn timed_out(printed: &str, seconds: u64, judge: &str) -> AnyView {
    slip(judge, &format!("Stopped after {seconds} s. The settings say how long a program may run."), printed, "")
}

/// The receipt of a program that the learner stopped.
pub fn stopped(printed: &str, judge: &str) -> AnyView {
    slip(judge, "You stopped it. Until then it printed:", printed, "")
}

/// The receipt of a verdict.
pub fn of_verdict(verdict: Verdict, code: &str, judge: &str) -> AnyView {
    with_age(verdict, code, judge, false)
}

/// The receipt of a program that was handed in and does not compile. As long as that may come from the compiler's age, it is no try.
pub fn of_handed_in(errors: Vec<Diagnostic>, code: &str, judge: &str) -> AnyView {
    with_age(Verdict::Error { errors }, code, judge, true)
}

fn with_age(verdict: Verdict, code: &str, judge: &str, is_handed_in: bool) -> AnyView {
    let young = match &verdict {
        Verdict::Error { errors } => young(errors, code, is_handed_in),
        _ => otherwise(code),
    };
    let program = Program {
        source: code.to_owned(),
        highlights: Default::default(),
        compiled: None,
        edition: Edition::default(),
        verdict,
    };
    let toolchain = Toolchain::on_device(judge);
    view! {
        <VerdictSlip program toolchain by=CheckedBy::Output label="The verdict of the compiler on this device" />
        {young}
    }
    .into_any()
}

/// That a younger compiler may do something else.
fn otherwise(code: &str) -> Option<AnyView> {
    age::may_run_otherwise(code).then(|| {
        view! {
            <p class="note" data-testid="may-run-otherwise">
                "The compiler on this device is of 2024. In an " <code>"if let"</code> " it drops a guard behind the " <code>"else"</code>
                ". By edition 2024 it is dropped before it: "
                {in_the_playground(code)}
                "."
            </p>
        }
        .into_any()
    })
}

fn in_the_playground(code: &str) -> AnyView {
    view! {
        <a class="outside" href=playground::address(code, Edition::default()) rel="external noopener" target="_blank">
            "try it in the Rust Playground"
        </a>
    }
    .into_any()
}

/// That an error may come from the compiler's age.
fn young(errors: &[Diagnostic], code: &str, is_handed_in: bool) -> Option<AnyView> {
    let may_be = errors.iter().any(|error| age::may_be_of_age(error, code));
    let not_counted = is_handed_in.then_some(
        " So it is not handed in yet. If it is right there, say so below. If the error is yours, mend it, or hand it in once more as it is.",
    );
    may_be.then(|| {
        view! {
            <p class="note" data-testid="may-be-of-age">
                "The compiler on this device is of 2024 and does not know all of edition 2024. If this is about something newer, your program may be right: "
                {in_the_playground(code)}
                "."
                {not_counted}
            </p>
        }
        .into_any()
    })
}

fn slip(judge: &str, what: &str, printed: &str, said: &str) -> AnyView {
    let inside = view! {
        <p class="no">{what.to_owned()}</p>
        <Printed text=printed.to_owned() />
        {(!said.trim().is_empty()).then(|| view! { <pre tabindex="0">{said.trim_end().to_owned()}</pre> })}
    };
    view! { <Slip judge=judge.to_owned() edition=Edition::default() label="What became of your program" inside=inside.into_any() /> }.into_any()
}

fn at(line: Option<u32>) -> String {
    line.map_or_else(String::new, |line| format!(" at line {line}"))
}
