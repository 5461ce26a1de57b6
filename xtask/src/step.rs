//! Telling what is being done, how long it may take, and how long it took.
//!
//! Progress goes to standard error, so that `--json` can have standard output for itself.

use std::time::{Duration, Instant};

/// Says `what` is done and about how long it takes, does it, and says how long it took.
pub fn step<T>(what: &str, about: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    say(&format!("{what}, {about}"));
    let start = Instant::now();
    let done = work()?;
    eprintln!("    done in {}", spoken(start.elapsed()));
    Ok(done)
}

/// Says one line of progress.
pub fn say(line: &str) {
    eprintln!("==> {line}");
}

/// A duration as one would say it: `0.4 s`, `38 s`, `3 min 40 s`.
pub fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 9.95 {
        return format!("{seconds:.1} s");
    }
    match seconds.round() as u64 {
        short @ ..60 => format!("{short} s"),
        long => format!("{} min {} s", long / 60, long % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_spoken() {
        for (millis, expected) in [
            (40, "0.0 s"),
            (449, "0.4 s"),
            (9_949, "9.9 s"),
            (9_951, "10 s"),
            (59_499, "59 s"),
            (59_600, "1 min 0 s"),
            (220_000, "3 min 40 s"),
            (3_725_000, "62 min 5 s"),
        ] {
            assert_eq!(spoken(Duration::from_millis(millis)), expected);
        }
    }
}
