//! Runs a compiled program many times and says what it does, if it always does the same.

use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::Duration;
use std::{fs, io};

use quiz::exercise::{FailureKind, RunEnd};
use quiz::panic_message::{self, Panic, Thread};
use quiz::verdict::Verdict;

use crate::proof::{Failure, Proof};
use crate::prove::process::{self, End, Finished, Limits, Resources};

/// How often each program runs.
pub(crate) const RUNS: usize = 20;
/// Of a program that was compiled; rustc and Miri have limits of their own.
pub(crate) const LIMITS: Limits = Limits {
    time: Duration::from_secs(5),
    output: 64 << 10,
    resources: Some(Resources { memory: 2 << 30, file: 1 << 20, processes: 1024 }),
};
/// The exit status of a program whose main thread panicked.
const PANICKED: i32 = 101;

/// Runs the program in fresh folders below `scratch`.
pub(crate) fn run(program: &Path, scratch: &Path) -> io::Result<Proof> {
    let first = once(program, scratch, 1)?;
    let Proof::Judged(expected) = &first else { return Ok(first) };
    for number in 2..=RUNS {
        match once(program, scratch, number)? {
            Proof::Judged(verdict) if verdict == *expected => {}
            Proof::Judged(other) => {
                return Ok(Proof::Failed(Failure::Varies { first: tell(expected), other: tell(&other), run: number }));
            }
            Proof::Failed(failure) => {
                let other = failure.to_string();
                return Ok(Proof::Failed(Failure::Varies { first: tell(expected), other, run: number }));
            }
            Proof::Unknown => return Ok(Proof::Unknown),
        }
    }
    Ok(first)
}

fn once(program: &Path, scratch: &Path, number: usize) -> io::Result<Proof> {
    let folder = scratch.join(format!("run-{number}"));
    fs::create_dir(&folder)?;
    let finished = process::run(Command::new(program).env_clear().current_dir(&folder), scratch, LIMITS)?;
    Ok(judge(finished))
}

/// What a run says of the program.
pub(crate) fn judge(finished: Finished) -> Proof {
    let (status, stdout, stderr) = match exited(finished) {
        Ok(exited) => exited,
        Err(failure) => return Proof::Failed(failure),
    };
    if status.success() {
        return Proof::Judged(Verdict::Prints { stdout });
    }
    match panic_message::last(&stderr, Thread::Main).filter(|_| status.code() == Some(PANICKED)) {
        Some(Panic { line: Some(line), message, .. }) => Proof::Judged(Verdict::Panics { line, message, stdout }),
        Some(Panic { line: None, location, message }) => Proof::Failed(Failure::PanicElsewhere { location, message }),
        None => Proof::Failed(Failure::Stopped { how: describe(status), stderr }),
    }
}

/// How a run of tests ended that nobody stopped for another reason than a panic.
pub(crate) fn ended(finished: Finished) -> Result<(String, RunEnd), Failure> {
    let (status, stdout, stderr) = exited(finished)?;
    match panic_message::last(&stderr, Thread::Any) {
        Some(Panic { line, message, .. }) => Ok((stdout, RunEnd::Stopped { how: FailureKind::Panic, message, line })),
        None if status.success() => Ok((stdout, RunEnd::Ended)),
        None => Err(Failure::Stopped { how: describe(status), stderr }),
    }
}

/// The status of a run that ended by itself, and what it wrote to its two outputs.
fn exited(finished: Finished) -> Result<(ExitStatus, String, String), Failure> {
    let status = match finished.end {
        End::Exited(status) => status,
        End::TimedOut => return Err(Failure::TimedOut { seconds: LIMITS.time.as_secs() }),
        End::Flooded => return Err(Failure::Flooded { bytes: LIMITS.output }),
    };
    if finished.left_processes {
        return Err(Failure::LeftProcesses);
    }
    let Ok(stdout) = String::from_utf8(finished.stdout) else { return Err(Failure::NotText) };
    Ok((status, stdout, String::from_utf8_lossy(&finished.stderr).into_owned()))
}

#[cfg(unix)]
fn describe(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("ends with the exit status {code}"),
        (None, Some(6)) => "aborts (signal 6, SIGABRT)".to_owned(),
        (None, Some(25)) => "writes a file that is too long (signal 25, SIGXFSZ)".to_owned(),
        (None, Some(11)) => "crashes (signal 11, SIGSEGV)".to_owned(),
        (None, signal) => format!("is killed by signal {}", signal.unwrap_or_default()),
    }
}

#[cfg(not(unix))]
fn describe(status: ExitStatus) -> String {
    format!("ends with the exit status {}", status.code().unwrap_or_default())
}

/// A run in a sentence, for the message that two runs differ.
pub(crate) fn tell(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Prints { stdout } => format!("prints {stdout:?}"),
        Verdict::Panics { line, message, stdout } => {
            format!("panics in line {line} with {message:?}, after printing {stdout:?}")
        }
        Verdict::Undefined { .. } => "is undefined".to_owned(),
        Verdict::Error { .. } | Verdict::Compiles | Verdict::Ignored { .. } => "does not run".to_owned(),
    }
}
