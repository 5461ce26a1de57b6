//! What goes on behind a page: requests to other origins, and errors on the console.
//!
//! Chromium writes down every request of its network stack and who asked for it, pages and workers alike; its own
//! requests have no page behind them. Of the other browsers only the page's own account of its requests is known.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use thirtyfour::WebDriver;

use crate::browser::Engine;
use crate::wait::until;

/// What was noticed so far.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// The addresses that pages and workers of the site asked for.
    requests: Vec<String>,
    /// Errors on the console.
    errors: Vec<String>,
}

impl Watch {
    /// Adds what a session has noticed. Ask before it ends: what it knows ends with it.
    ///
    /// # Errors
    /// If the driver does not tell.
    pub async fn ask(&mut self, engine: Engine, session: &WebDriver) -> Result<()> {
        if engine == Engine::Chromium {
            let errors = session.get_log("browser").await?;
            self.errors.extend(errors.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message));
        } else {
            const ENTRIES: &str = "return performance.getEntries().map((entry) => entry.name);";
            // While one page takes another's place, a script comes to no end in Firefox and nothing is what it returns.
            let names: Vec<String> =
                until("a page to ask", async || Ok(session.execute(ENTRIES, Vec::new()).await?.convert()?)).await?;
            self.requests.extend(names.into_iter().filter(|name| name.contains("://")));
        }
        Ok(())
    }

    /// Adds the requests that a page or worker of `origin` made, according to a log that Chromium wrote.
    ///
    /// # Errors
    /// If the log is not whole, as when the browser did not end in peace.
    pub fn read(&mut self, net_log: &Path, origin: &str) -> Result<()> {
        let file = File::open(net_log).with_context(|| format!("there is no {}", net_log.display()))?;
        let log: NetLog = serde_json::from_reader(BufReader::new(file)).context("the log of requests is not whole")?;
        self.requests.extend(log.requests_of(origin));
        Ok(())
    }

    /// Checks that nothing was asked from another origin, and that the console has no error but the expected ones.
    ///
    /// # Errors
    /// If something was, or if no request was seen at all: then the watch has slept.
    pub fn check(&self, origin: &str, expected_errors: &[String]) -> Result<()> {
        let (foreign, own): (Vec<_>, Vec<_>) = self.requests.iter().partition(|address| is_foreign(address, origin));
        ensure!(!own.is_empty(), "no request was seen, not even to the site itself");
        ensure!(foreign.is_empty(), "the page asked another origin: {foreign:#?}");
        let is_expected = |error: &String| expected_errors.iter().any(|expected| error.contains(expected));
        let errors: Vec<&String> = self.errors.iter().filter(|error| !is_expected(error)).collect();
        ensure!(errors.is_empty(), "the console has errors: {errors:#?}");
        Ok(())
    }
}

#[derive(Deserialize)]
struct NetLog {
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    params: Parameters,
}

/// The start of a request has both; other events have neither or something else of these names.
#[derive(Default, Deserialize)]
struct Parameters {
    url: Option<serde_json::Value>,
    initiator: Option<serde_json::Value>,
}

impl NetLog {
    fn requests_of(self, origin: &str) -> impl Iterator<Item = String> {
        let of_origin = move |Parameters { url, initiator }: Parameters| {
            (initiator?.as_str()? == origin).then_some(url?.as_str()?.to_owned())
        };
        self.events.into_iter().filter_map(move |event| of_origin(event.params))
    }
}

fn is_foreign(address: &str, origin: &str) -> bool {
    let goes_out = ["http:", "https:", "ws:", "wss:", "ftp:"].iter().any(|scheme| address.starts_with(scheme));
    let is_ours = address.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    goes_out && !is_ours
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "http://127.0.0.1:8080";

    #[test]
    fn other_origins_are_foreign() {
        for ours in ["http://127.0.0.1:8080", "http://127.0.0.1:8080/a?b", "data:image/png,x", "blob:http://a/1"] {
            assert!(!is_foreign(ours, ORIGIN), "{ours}");
        }
        for foreign in ["http://127.0.0.1:80801/", "https://127.0.0.1:8080/", "https://a.b/x", "wss://127.0.0.1:8080/"]
        {
            assert!(is_foreign(foreign, ORIGIN), "{foreign}");
        }
    }

    #[test]
    fn only_requests_of_the_site_count() {
        let log = r#"{"constants":{},"events":[
            {"type":1,"params":{"url":"https://a.b/font","initiator":"http://127.0.0.1:8080"}},
            {"type":1,"params":{"url":"https://a.b/update","initiator":"not an origin"}},
            {"type":2,"params":{"url":7}},
            {"type":3}
        ]}"#;
        let log: NetLog = serde_json::from_str(log).expect("a log");
        assert_eq!(log.requests_of(ORIGIN).collect::<Vec<_>>(), ["https://a.b/font"]);
    }

    #[test]
    fn what_is_noticed_fails_the_check() {
        let watch = |requests: &[&str], errors: &[&str]| Watch {
            requests: requests.iter().map(|text| (*text).to_owned()).collect(),
            errors: errors.iter().map(|text| (*text).to_owned()).collect(),
        };
        let own = "http://127.0.0.1:8080/app.js";
        let expected = ["sw.js".to_owned()];
        assert!(watch(&[own], &[]).check(ORIGIN, &[]).is_ok());
        assert!(watch(&[], &[]).check(ORIGIN, &[]).is_err());
        assert!(watch(&[own, "https://example.org/font.woff2"], &[]).check(ORIGIN, &[]).is_err());
        assert!(watch(&[own], &["sw.js - Failed to load"]).check(ORIGIN, &[]).is_err());
        assert!(watch(&[own], &["sw.js - Failed to load"]).check(ORIGIN, &expected).is_ok());
    }
}
