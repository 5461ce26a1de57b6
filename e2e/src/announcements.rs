//! What a page says of itself to those who hear it: what the focus comes to, and what changes in a live region.
//!
//! As screen readers do it, a region counts that was there before its words; one that comes with its words is heard only if it is
//! an alert.

use std::fmt;

use anyhow::{Result, bail};
use serde::Deserialize;

use crate::learner::Learner;
use crate::wait::until;

/// Something that was said.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Said {
    /// Why.
    pub by: By,
    /// What.
    pub words: String,
}

/// Why something is said.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The focus came to it.
    Focus,
    /// It changed, and is said once there is a pause.
    Polite,
    /// It changed, and is said at once.
    Assertive,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: “{}”", self.by, self.words)
    }
}

/// Listens to the page from now on, until it is loaded anew.
///
/// # Errors
/// If it runs no scripts.
pub async fn listen(learner: &Learner) -> Result<()> {
    learner.runs(LISTEN, &[]).await
}

/// Waits until something is said for this reason that contains `words`. It is forgotten then, and what was said before it is not.
///
/// # Errors
/// If it is not said in time; the message has what was.
pub async fn hears(learner: &Learner, by: By, words: &str) -> Result<()> {
    const HEARD: &str = "return window.said;";
    const FORGET: &str = "window.said.splice(arguments[0], 1); return null;";
    let place = until(&format!("the page to say {words:?}, {by:?}"), async || {
        let said: Vec<Said> = learner.runs(HEARD, &[]).await?;
        if let Some(place) = said.iter().position(|said| said.by == by && said.words.contains(words)) {
            return Ok(Some(place));
        }
        let said: Vec<String> = said.iter().map(Said::to_string).collect();
        bail!("it said: {}", said.join(", "))
    })
    .await?;
    learner.runs(FORGET, &[place.into()]).await
}

const LISTEN: &str = r#"
    const LIVE = '[aria-live], [role=alert], [role=status], [role=log]';
    const urgency = (region) => region.getAttribute('aria-live') ??
        (region.getAttribute('role') === 'alert' ? 'assertive' : 'polite');
    const isSaidWhole = (region) =>
        region.matches('[aria-atomic=true], :is([role=alert], [role=status]):not([aria-atomic=false])');
    const isHeard = (element) => !element.closest('[aria-hidden=true], [hidden]') && element.checkVisibility();
    const words = (node) => {
        const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), found = [];
        for (let text = node.nodeType === 3 ? node : texts.nextNode(); text; text = texts.nextNode()) {
            if (text.parentElement && isHeard(text.parentElement)) found.push(text.data);
        }
        return found.join(' ').replace(/\s+/g, ' ').replace(/ (?=[.,:;])/g, '').trim();
    };
    const name = (element) => {
        const by = element.getAttribute('aria-labelledby');
        return element.getAttribute('aria-label') ?? (by && words(document.getElementById(by))) ??
            (element.labels?.[0] && words(element.labels[0])) ?? words(element);
    };
    window.said = [];
    const say = (by, text) => { if (text && by !== 'off') window.said.push({ by, words: text }); };
    const known = new WeakSet(document.querySelectorAll(LIVE));
    new MutationObserver((changes) => {
        const changed = new Set();
        for (const { type, target, addedNodes } of changes) {
            // What goes away is not said.
            const parts = type === 'characterData' ? [target] : [...addedNodes];
            const within = (target.nodeType === 1 ? target : target.parentElement)?.closest(LIVE);
            if (within && known.has(within) && parts.length > 0) {
                if (isSaidWhole(within)) changed.add(within);
                else say(urgency(within), parts.map(words).join(' ').trim());
            }
            for (const added of addedNodes) {
                if (added.nodeType !== 1) continue;
                for (const region of [added, ...added.querySelectorAll(LIVE)].filter((part) => part.matches(LIVE))) {
                    if (region.getAttribute('role') === 'alert') changed.add(region);
                    known.add(region);
                }
            }
        }
        for (const region of changed) {
            if (region.isConnected) say(urgency(region), words(region));
        }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
    document.addEventListener('focusin', ({ target }) => say('focus', name(target)));
    return null;"#;
