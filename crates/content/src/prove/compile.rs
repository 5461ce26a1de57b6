//! Asks rustc about one program and turns its answer into the quiz's diagnostics.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs, io};

use quiz::problem::Edition;
use quiz::rule::Code;
use quiz::verdict::{Diagnostic, Span};
use serde::Deserialize;

use crate::proof::Failure;
use crate::prove::process::{self, End, Limits};
use crate::prove::toolchain::Toolchain;

/// The name under which a program is compiled; messages and panics name it.
pub(crate) const FILE: &str = "main.rs";
const LIMITS: Limits = Limits { time: Duration::from_secs(10), output: 4 << 20, resources: None };

/// What rustc said.
#[derive(Debug)]
pub(crate) enum Compiled {
    /// The program is here.
    Program(PathBuf),
    /// It was rejected.
    Rejected(Vec<Diagnostic>),
    /// rustc could not say.
    Failed(Failure),
}

/// Compiles `source` in the folder `scratch`, which must be empty. `externs` are the arguments that name crates.
pub(crate) fn compile(
    toolchain: &Toolchain,
    source: &str,
    edition: Edition,
    externs: &[OsString],
    scratch: &Path,
) -> io::Result<Compiled> {
    fs::write(scratch.join(FILE), source)?;
    let program = scratch.join(format!("program{}", env::consts::EXE_SUFFIX));
    let mut command = command(toolchain, edition, scratch, &program);
    let finished = process::run(command.args(externs), scratch, LIMITS)?;
    let stderr = String::from_utf8_lossy(&finished.stderr);
    Ok(match finished.end {
        End::TimedOut => Compiled::Failed(Failure::CompilerTimedOut { seconds: LIMITS.time.as_secs() }),
        End::Flooded => Compiled::Failed(Failure::CompilerFlooded),
        End::Exited(status) if status.success() => Compiled::Program(program),
        End::Exited(_) => match errors(&stderr, |rendered| same_everywhere(rendered, &toolchain.details)) {
            errors if errors.iter().any(|error| error.code.is_some() || !error.spans.is_empty()) => {
                Compiled::Rejected(errors)
            }
            // Without any place in the program it is not about the program: no linker, a crash of rustc…
            errors => Compiled::Failed(Failure::CompilerCrashed { message: crash_message(&errors, &stderr) }),
        },
    })
}

fn command(toolchain: &Toolchain, edition: Edition, scratch: &Path, program: &Path) -> Command {
    let mut command = Command::new(&toolchain.rustc);
    command
        .current_dir(scratch)
        .env_clear()
        // The linker is found by PATH; nothing else of the environment may have a say.
        .envs(["PATH", "SDKROOT"].into_iter().filter_map(|name| Some((name, env::var_os(name)?))))
        .env("TMPDIR", scratch)
        .args(toolchain.sysroot_arguments())
        .args(["--crate-name", "main", "--crate-type", "bin", "--edition", edition.year()])
        // Not `--cap-lints`: what rustc denies by default must still be an error.
        .args(["--error-format=json", "-A", "warnings", "-C", "debuginfo=0", "-C", "opt-level=0"])
        .args([OsStr::new("-o"), program.as_os_str(), OsStr::new(FILE)]);
    command
}

fn crash_message(errors: &[Diagnostic], stderr: &str) -> String {
    let rendered: Vec<&str> = errors.iter().map(|error| error.rendered.trim_end()).collect();
    if rendered.is_empty() { stderr.trim_end().to_owned() } else { rendered.join("\n\n") }
}

/// The part of rustc's JSON that is needed here; <https://doc.rust-lang.org/rustc/json.html>.
#[derive(Deserialize)]
struct Message {
    message: String,
    code: Option<MessageCode>,
    level: String,
    spans: Vec<MessageSpan>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct MessageCode {
    code: String,
}

#[derive(Deserialize)]
struct MessageSpan {
    file_name: String,
    line_start: u32,
    line_end: u32,
    column_start: u32,
    column_end: u32,
    is_primary: bool,
    label: Option<String>,
    expansion: Option<Box<Expansion>>,
}

#[derive(Deserialize)]
struct Expansion {
    span: MessageSpan,
}

/// The errors among the messages that rustc or Miri writes; `tidy` takes out of their text what differs between machines.
pub(crate) fn errors(stderr: &str, tidy: impl Fn(&str) -> String) -> Vec<Diagnostic> {
    stderr
        .lines()
        .filter_map(|line| serde_json::from_str::<Message>(line).ok())
        .filter(|message| message.level.starts_with("error") && !message.message.starts_with("aborting due to"))
        .map(|message| diagnostic(message, &tidy))
        .collect()
}

fn diagnostic(message: Message, tidy: impl Fn(&str) -> String) -> Diagnostic {
    let rendered = message.rendered.unwrap_or_default();
    Diagnostic {
        code: message.code.map(|code| Code(code.code)),
        message: message.message,
        spans: message.spans.into_iter().filter_map(span).collect(),
        rendered: tidy(&rendered),
    }
}

/// A span inside of a macro of the library stands for the place where the macro is called.
fn span(span: MessageSpan) -> Option<Span> {
    let (primary, label) = (span.is_primary, span.label);
    let mut place = (span.file_name, span.line_start, span.column_start, span.line_end, span.column_end);
    let mut expansion = span.expansion;
    while place.0 != FILE {
        let outer = expansion?.span;
        place = (outer.file_name, outer.line_start, outer.column_start, outer.line_end, outer.column_end);
        expansion = outer.expansion;
    }
    let (_, line, column, end_line, end_column) = place;
    Some(Span { line, column, end_line, end_column, primary, label })
}

/// A message without what differs between machines: where the library lies, and files with long type names.
fn same_everywhere(rendered: &str, details: &str) -> String {
    let hash = details.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");
    let library = format!("/rustc/{hash}/");
    let kept = rendered.lines().filter(|line| !names_a_file_of_types(line)).map(|line| line.replace(&library, ""));
    let lines: Vec<String> = kept.collect();
    lines.join("\n").trim_end().to_owned() + "\n"
}

fn names_a_file_of_types(line: &str) -> bool {
    line.contains("the full type name has been written to")
        || line.contains("the full name for the type has been written to")
        || line.contains("consider using `--verbose` to print the full type name")
}
