//! What `cargo xtask` runs first: compiles the developer commands, which takes most of a minute the first time, and hands
//! over to them.
//!
//! `cargo run` alone is silent all the while if it is told to be quiet, and says two lines each time if it is not. This
//! says what is compiled, and nothing when nothing is.

use std::io::{BufRead, BufReader, IsTerminal};
use std::process::{Command, ExitCode, Stdio};

fn main() -> ExitCode {
    match compile() {
        Ok(true) => run(),
        Ok(false) => ExitCode::FAILURE,
        Err(error) => failed("compile", &error),
    }
}

fn failed(what: &str, error: &std::io::Error) -> ExitCode {
    eprintln!("error: could not {what} the developer commands: {error}");
    ExitCode::FAILURE
}

/// Compiles, and tells whether that went well. What Cargo says is passed on, but for its last word.
fn compile() -> std::io::Result<bool> {
    let mut build = cargo();
    build.args(["build", "--package", "xtask"]).stderr(Stdio::piped());
    if std::io::stderr().is_terminal() && std::env::var_os("CARGO_TERM_COLOR").is_none() {
        build.env("CARGO_TERM_COLOR", "always");
    }
    let mut build = build.spawn()?;
    let mut told = false;
    for line in BufReader::new(build.stderr.take().expect("it is piped")).lines() {
        let line = line?;
        if is_compiling(&line) && !told {
            told = true;
            eprintln!("==> compiling the developer commands, about a minute the first time");
        }
        if !is_last_word(&line) {
            eprintln!("{line}");
        }
    }
    Ok(build.wait()?.success())
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn is_compiling(line: &str) -> bool {
    without_colours(line).trim_start().starts_with("Compiling ")
}

fn is_last_word(line: &str) -> bool {
    without_colours(line).trim_start().starts_with("Finished ")
}

fn without_colours(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let before = parts.next().unwrap_or("").to_owned();
    before + &parts.filter_map(|part| part.split_once('m')).map(|(_, text)| text).collect::<String>()
}

/// Runs what was compiled, by Cargo, which tells it where it is. It is up to date, so nothing is said.
fn run() -> ExitCode {
    let mut run = cargo();
    run.args(["run", "--quiet", "--package", "xtask", "--"]).args(std::env::args_os().skip(1));
    hand_over(run)
}

/// On Unix this process becomes the other one: what stops it by a signal stops nothing else.
#[cfg(unix)]
fn hand_over(mut run: Command) -> ExitCode {
    failed("run", &std::os::unix::process::CommandExt::exec(&mut run))
}

#[cfg(not(unix))]
fn hand_over(mut run: Command) -> ExitCode {
    match run.status() {
        Ok(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
        Err(error) => failed("run", &error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_lines_are_told_apart_with_and_without_colours() {
        for line in ["   Compiling syn v2.0.119", "\u{1b}[1m\u{1b}[92m   Compiling\u{1b}[0m syn v2.0.119"] {
            assert!(is_compiling(line) && !is_last_word(line), "{line:?}");
        }
        for line in [
            "    Finished `dev` profile [unoptimized + debuginfo] target(s) in 0.17s",
            "\u{1b}[1m\u{1b}[92m    Finished\u{1b}[0m `dev` profile target(s) in 0.17s",
        ] {
            assert!(is_last_word(line) && !is_compiling(line), "{line:?}");
        }
        for line in ["error: could not compile `xtask`", "warning: unused", "    Blocking waiting for file lock", ""] {
            assert!(!is_last_word(line) && !is_compiling(line), "{line:?}");
        }
    }
}
