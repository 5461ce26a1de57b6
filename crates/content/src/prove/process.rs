//! Runs a program that nobody trusts: with a clock, with limits on output, memory and processes, with nothing to read.
//!
//! Output goes to files, so that no pipe can fill up and no grandchild can hold one open. Whatever a program starts
//! ends with it, unless it leaves the program's process group (`setsid`), which is out of reach here. The number of
//! processes is limited for ordinary users only: the kernel lets root have as many as it likes.

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
    /// What else a program may use; `None` for one that is trusted.
    pub(crate) resources: Option<Resources>,
}

/// What the kernel lets a program use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resources {
    /// Bytes of address space.
    pub(crate) memory: u64,
    /// Bytes of each file that it writes; its outputs are files.
    pub(crate) file: u64,
    /// Processes and threads, besides those that there are when it starts.
    pub(crate) processes: u64,
}

/// What became of it.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) end: End,
    /// Whether something that it started was still there when it ended.
    pub(crate) left_processes: bool,
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
    limit_resources(command, limits.resources);
    let mut child = command.spawn()?;
    let end = wait(&mut child, &[&stdout, &stderr], limits)?;
    let left_processes = kill_group(&mut child) && matches!(end, End::Exited(_));
    child.wait()?;
    let (stdout, stderr) = (beginning(&stdout, limits.output)?, beginning(&stderr, limits.output)?);
    Ok(Finished { end, left_processes, stdout, stderr })
}

/// Returns when the child has ended or must end.
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

/// Whatever the program started ends with it. Says whether there was anything to end.
#[cfg(unix)]
fn kill_group(child: &mut Child) -> bool {
    let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    // It fails if all of them are gone already, which is what is wanted.
    group.is_some_and(|group| rustix::process::kill_process_group(group, rustix::process::Signal::KILL).is_ok())
}

#[cfg(not(unix))]
fn kill_group(child: &mut Child) -> bool {
    let _ = child.kill();
    false
}

/// The limits hold from the program's first instruction on: set from outside, they could come too late.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the standard library has no safe way to set limits between fork and exec")]
fn limit_resources(command: &mut Command, resources: Option<Resources>) {
    use rustix::process::Resource;
    let processes = processes_now();
    let limit = move || {
        if let Some(resources) = resources {
            lower(Resource::As, resources.memory)?;
            lower(Resource::Fsize, resources.file)?;
            if let Some(processes) = processes {
                lower(Resource::Nproc, processes + resources.processes)?;
            }
        }
        lower(Resource::Core, 0)
    };
    // SAFETY: between fork and exec only system calls are made; nothing is allocated and no lock is taken.
    unsafe { std::os::unix::process::CommandExt::pre_exec(command, limit) };
}

/// Sets a limit, unless there is a stricter one, which only root could lift.
#[cfg(target_os = "linux")]
fn lower(resource: rustix::process::Resource, limit: u64) -> io::Result<()> {
    use rustix::process::{Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(resource).maximum.map_or(limit, |maximum| maximum.min(limit));
    Ok(setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })?)
}

/// How many processes and threads there are, everybody's: the limit counts the user's, which are no more.
#[cfg(target_os = "linux")]
fn processes_now() -> Option<u64> {
    let load = fs::read_to_string("/proc/loadavg").ok()?;
    load.split([' ', '/']).nth(4)?.parse().ok()
}

#[cfg(not(target_os = "linux"))]
fn limit_resources(_: &mut Command, _: Option<Resources>) {}
