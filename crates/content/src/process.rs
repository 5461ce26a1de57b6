//! Runs a program that nobody trusts: with a clock, with limits on output and memory, with nothing to read.
//!
//! Output goes to files, so that no pipe can fill up and no grandchild can hold one open.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a program may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// By the clock on the wall.
    pub(crate) time: Duration,
    /// Bytes on each of the two outputs.
    pub(crate) output: u64,
    /// Bytes of address space.
    pub(crate) memory: Option<u64>,
}

/// What became of it.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) end: End,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Exited(ExitStatus),
    TimedOut,
    Flooded,
}

/// Runs `command` to its end, or to the end of our patience. `scratch` is a folder for its outputs.
pub(crate) fn run(command: &mut Command, scratch: &Path, limits: Limits) -> io::Result<Finished> {
    let (stdout, stderr) = (scratch.join("stdout"), scratch.join("stderr"));
    command.stdin(Stdio::null()).stdout(File::create(&stdout)?).stderr(File::create(&stderr)?);
    own_group(command);
    limit_memory(command, limits.memory);
    let mut child = command.spawn()?;
    let end = wait(&mut child, &[&stdout, &stderr], limits)?;
    Ok(Finished { end, stdout: beginning(&stdout, limits.output)?, stderr: beginning(&stderr, limits.output)? })
}

fn wait(child: &mut Child, outputs: &[&Path], limits: Limits) -> io::Result<End> {
    let start = Instant::now();
    // Most programs are done in a millisecond, so it pays to look often at first.
    let mut pause = Duration::from_micros(200);
    loop {
        let status = child.try_wait()?;
        let end = if outputs.iter().any(|path| fs::metadata(path).is_ok_and(|file| file.len() > limits.output)) {
            Some(End::Flooded)
        } else if let Some(status) = status {
            Some(End::Exited(status))
        } else if start.elapsed() > limits.time {
            Some(End::TimedOut)
        } else {
            None
        };
        if let Some(end) = end {
            kill_group(child);
            child.wait()?;
            return Ok(end);
        }
        thread::sleep(pause);
        pause = (pause * 5 / 4).min(Duration::from_millis(10));
    }
}

fn beginning(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

/// Whatever the program started ends with it.
#[cfg(unix)]
fn kill_group(child: &mut Child) {
    let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    if let Some(group) = group {
        // It fails if all of them are gone already, which is what is wanted.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill_group(child: &mut Child) {
    let _ = child.kill();
}

/// The limits hold from the program's first instruction on: set from outside, they could come too late.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the standard library has no safe way to set limits between fork and exec")]
fn limit_memory(command: &mut Command, memory: Option<u64>) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = move || {
        if memory.is_some() {
            setrlimit(Resource::As, Rlimit { current: memory, maximum: memory })?;
        }
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
        Ok(())
    };
    // SAFETY: between fork and exec only two system calls are made; nothing is allocated and no lock is taken.
    unsafe { std::os::unix::process::CommandExt::pre_exec(command, limit) };
}

#[cfg(not(target_os = "linux"))]
fn limit_memory(_: &mut Command, _: Option<u64>) {}
