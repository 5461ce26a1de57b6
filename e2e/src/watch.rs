//! What went on behind the page: requests to other origins, and errors on the console.

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::Value;
use thirtyfour::WebDriver;

use crate::browser::Engine;

/// What was noticed in a session so far.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// The addresses that were asked for.
    requests: Vec<String>,
    /// Errors on the console.
    errors: Vec<String>,
}

impl Watch {
    /// Adds what the browser has noticed since the last time. Ask before a session ends: its logs end with it.
    ///
    /// # Errors
    /// If the driver does not tell.
    pub async fn look(&mut self, engine: Engine, session: &WebDriver) -> Result<()> {
        if engine == Engine::Chromium {
            for entry in session.get_log("performance").await? {
                self.requests.extend(requested(&entry.message));
            }
            let errors = session.get_log("browser").await?;
            self.errors.extend(errors.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message));
        } else {
            const ENTRIES: &str = "return performance.getEntries().map((entry) => entry.name);";
            let names: Vec<String> = session.execute(ENTRIES, Vec::new()).await?.convert()?;
            self.requests.extend(names.into_iter().filter(|name| name.contains("://")));
        }
        Ok(())
    }

    /// Checks that nothing was asked from another origin, and that the console has no error but the expected ones.
    ///
    /// # Errors
    /// If something was.
    pub fn check(&self, origin: &str, expected_errors: &[String]) -> Result<()> {
        let foreign: Vec<&String> = self.requests.iter().filter(|address| is_foreign(address, origin)).collect();
        ensure!(foreign.is_empty(), "the page asked another origin: {foreign:#?}");
        let is_expected = |error: &String| expected_errors.iter().any(|expected| error.contains(expected));
        let errors: Vec<&String> = self.errors.iter().filter(|error| !is_expected(error)).collect();
        ensure!(errors.is_empty(), "the console has errors: {errors:#?}");
        Ok(())
    }

    /// How many requests were seen. A watch that sees nothing proves nothing.
    pub fn requests(&self) -> usize {
        self.requests.len()
    }
}

#[derive(Deserialize)]
struct Entry {
    message: Event,
}

#[derive(Deserialize)]
struct Event {
    method: String,
    params: Value,
}

/// The address in an entry of the performance log, if it is about a request.
fn requested(entry: &str) -> Option<String> {
    let Entry { message: Event { method, params } } = serde_json::from_str(entry).ok()?;
    let address = match method.as_str() {
        "Network.requestWillBeSent" => &params["request"]["url"],
        "Network.webSocketCreated" => &params["url"],
        _ => return None,
    };
    address.as_str().map(str::to_owned)
}

fn is_foreign(address: &str, origin: &str) -> bool {
    let goes_out = ["http:", "https:", "ws:", "wss:", "ftp:"].iter().any(|scheme| address.starts_with(scheme));
    let is_ours = address.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    goes_out && !is_ours
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_origins_are_foreign() {
        let origin = "http://127.0.0.1:8080";
        for ours in ["http://127.0.0.1:8080", "http://127.0.0.1:8080/a?b", "data:image/png,x", "blob:http://127.0.0.1:8080/1"]
        {
            assert!(!is_foreign(ours, origin), "{ours}");
        }
        for foreign in ["http://127.0.0.1:80801/", "https://127.0.0.1:8080/", "https://example.org/x", "wss://127.0.0.1:8080/"]
        {
            assert!(is_foreign(foreign, origin), "{foreign}");
        }
    }

    #[test]
    fn a_request_is_found_in_the_log() {
        let entry = r#"{"message":{"method":"Network.requestWillBeSent","params":{"request":{"url":"https://a.b/"}}}}"#;
        assert_eq!(requested(entry).as_deref(), Some("https://a.b/"));
        let entry = r#"{"message":{"method":"Page.loadEventFired","params":{}}}"#;
        assert_eq!(requested(entry), None);
    }

    #[test]
    fn what_is_noticed_fails_the_check() {
        let origin = "http://127.0.0.1:8080";
        let foreign = Watch { requests: vec!["https://example.org/font.woff2".to_owned()], errors: Vec::new() };
        assert!(foreign.check(origin, &[]).is_err());
        let error = Watch { requests: Vec::new(), errors: vec!["sw.js - Failed to load".to_owned()] };
        assert!(error.check(origin, &[]).is_err());
        assert!(error.check(origin, &["sw.js".to_owned()]).is_ok());
    }
}
