//! The folder in memory that Linux has.
//!
//! Each journey through a browser makes two thousand files that nobody needs a minute later. On a disk that is a fifth of the journey's time.

use std::path::Path;

/// A folder in memory for temporary files, if the system has one with at least `room` bytes left, and as much memory for it.
///
/// A container's is often too small.
#[cfg(target_os = "linux")]
pub fn folder(room: u64) -> Option<&'static Path> {
    let folder = Path::new("/dev/shm");
    let state = rustix::fs::statvfs(folder).ok()?;
    let is_large = state.f_bavail.saturating_mul(state.f_frsize) >= room;
    (is_large && available()? >= room).then_some(folder)
}

/// The bytes of memory that programs can still have.
#[cfg(target_os = "linux")]
fn available() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| 1024 * kilobytes)
}

/// Other systems have none that is always there.
#[cfg(not(target_os = "linux"))]
pub fn folder(_: u64) -> Option<&'static Path> {
    None
}
