//! Waiting for something to become true. Nothing in these tests sleeps for a fixed time.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

/// How long a page may take to show what a learner expects. Generous: the machine may be busy.
pub const PATIENCE: Duration = Duration::from_secs(20);

const PAUSE: Duration = Duration::from_millis(25);

/// Looks until there is something to see, and gives it. An error while looking counts as nothing to see: elements come
/// and go while a page draws.
///
/// # Errors
/// After [`PATIENCE`], saying what was waited for and what went wrong last.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    until_for(PATIENCE, what, look).await
}

/// As [`until`], for as long as the caller says.
///
/// # Errors
/// After `patience`.
pub async fn until_for<T>(
    patience: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let start = Instant::now();
    loop {
        let looked = look().await;
        match looked {
            Ok(Some(found)) => return Ok(found),
            Ok(None) if start.elapsed() > patience => {
                return Err(anyhow!("waited {} s for {what}", patience.as_secs()));
            }
            Err(error) if start.elapsed() > patience => {
                return Err(error.context(format!("waited {} s for {what}", patience.as_secs())));
            }
            _ => tokio::time::sleep(PAUSE).await,
        }
    }
}
