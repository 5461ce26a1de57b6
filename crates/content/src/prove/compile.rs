//! Asks rustc about one program.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs, io};

use quiz::diagnostics::{FILE, errors};
use quiz::problem::Edition;
use quiz::verdict::Diagnostic;

use crate::proof::Failure;
use crate::prove::process::{self, End, Limits};
use crate::prove::toolchain::Toolchain;

/// Of rustc: a program can make it write many errors, each told at length.
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
        // Of no use to a small program: several parts to link, and the library's debug information in each. A fifth of the time.
        .args(["-C", "codegen-units=1", "-C", "strip=debuginfo"])
        .args([OsStr::new("-o"), program.as_os_str(), OsStr::new(FILE)]);
    command
}

fn crash_message(errors: &[Diagnostic], stderr: &str) -> String {
    let rendered: Vec<&str> = errors.iter().map(|error| error.rendered.trim_end()).collect();
    if rendered.is_empty() { stderr.trim_end().to_owned() } else { rendered.join("\n\n") }
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
