//! Where the focus is while a journey presses keys: somewhere, in sight, and shown. Whoever has no mouse has nothing else to go by.
//!
//! The driver asks before and after each press, so that every journey with a key in it is a test of this.

use std::time::Duration;

use anyhow::{Result, bail};
use serde::Deserialize;
use thirtyfour::{Key, TypingData};

use crate::learner::Learner;
use crate::wait::until_for;

/// How long the focus may be on its way: a page that is changed to may have to be loaded.
const PATIENCE: Duration = Duration::from_secs(6);

/// What is wrong with the focus after a press.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(tag = "kind", content = "about", rename_all = "snake_case")]
enum Fault {
    /// What had it is gone or cannot have it any more, and nothing has it now.
    Lost(String),
    /// What had it is still there, and nothing has it now.
    Dropped(String),
    /// It is outside of the window.
    OutOfSight(String),
    /// Something else lies over it.
    Covered(String),
    /// Nothing shows that it is there: no outline, no shadow.
    NotShown(String),
    /// What had it before the press looks the same without it.
    LooksTheSame(String),
}

impl Fault {
    fn in_words(&self) -> String {
        match self {
            Fault::Lost(about) => format!("the focus is lost: it was on {about}, which is gone"),
            Fault::Dropped(about) => format!("the focus is dropped: {about} had it and is still there"),
            Fault::OutOfSight(about) => format!("the focus is out of sight: on {about}"),
            Fault::Covered(about) => format!("the focus is covered: {about}"),
            Fault::NotShown(about) => format!("the focus is not shown: on {about}"),
            Fault::LooksTheSame(about) => {
                format!("the focus is not shown: {about} looks the same with it and without it")
            }
        }
    }
}

/// Where the focus was before a press.
#[must_use]
pub struct Before {
    keys: String,
    leaves_pages: bool,
}

impl Before {
    /// Remembers, in the page, what has the focus and how that looks.
    ///
    /// # Errors
    /// If the page runs no scripts.
    pub async fn pressing(learner: &Learner, keys: &TypingData) -> Result<Before> {
        learner.runs::<()>(&format!("{LOOKS} {REMEMBER}"), &[]).await?;
        let keys = keys.to_string();
        // After the last element of a page, Tab leads out of it.
        let leaves_pages = keys == Key::Tab.value().to_string();
        Ok(Before { keys, leaves_pages })
    }

    /// Waits until the focus is where it can be seen.
    ///
    /// # Errors
    /// If that does not come to pass, saying what is wrong with it.
    pub async fn is_kept(self, learner: &Learner) -> Result<()> {
        let script = format!("{LOOKS} {LOOK}");
        let mut last = None;
        let kept = until_for(PATIENCE, "the focus in sight", async || {
            last = learner.runs::<Option<Fault>>(&script, &[self.leaves_pages.into()]).await?;
            Ok(last.is_none().then_some(()))
        })
        .await;
        match (kept, last) {
            (Ok(()), _) => Ok(()),
            (Err(_), Some(fault)) => bail!("after the keys {:?}: {}", self.keys, fault.in_words()),
            (Err(error), None) => Err(error),
        }
    }
}

/// How an element is called in a message, and how it looks, with the label around it.
const LOOKS: &str = r#"
    const called = (element) => {
        const name = element.getAttribute('aria-label') || element.textContent.trim().replace(/\s+/g, ' ').slice(0, 50);
        const id = element.dataset.testid ?? element.id;
        return `<${element.localName}${id ? ' ' + id : ''}> “${name}”`;
    };
    // An input that is hidden is shown by its label, and what a code editor has within it by its edge.
    const shown = (element) => element.closest('input.hidden') ? element.closest('label') ?? element
        : element.closest('.cm-content')?.closest('.cm-editor') ?? element;
    const looks = (element) => {
        const style = getComputedStyle(shown(element));
        const outline = style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0 ? 'none' :
            [style.outlineStyle, style.outlineWidth, style.outlineColor].join(' ');
        return [outline, style.boxShadow];
    };"#;

/// A page that was just opened has the focus nowhere, and a dialog that is closed gives it back to where it was.
const REMEMBER: &str = r#"
    const element = document.activeElement;
    const has = element && element !== document.body && element !== document.documentElement;
    if (!has || !element.closest('dialog')) window.hadFocus = Boolean(has);
    window.focusBefore = { element: has ? element : null, looks: has && element.matches(':focus-visible') ? looks(element) : null };
    return null;"#;

const LOOK: &str = r#"
    const [leavesPages] = arguments;
    const before = window.focusBefore;
    if (!before) return null;
    // A heading takes it to be read; nobody works it.
    const isRead = (element) => element.matches(':is(h1, h2, p)[tabindex="-1"]');
    const can = (element) => element.isConnected && element.getClientRects().length > 0 && !element.disabled;
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) {
        if (!before.element || before.element.closest('dialog') && !window.hadFocus) return null;
        if (!can(before.element)) return { kind: 'lost', about: called(before.element) };
        return leavesPages ? null : { kind: 'dropped', about: called(before.element) };
    }
    // Behind the last element the browser's own bars have it. From there it comes back to where the page remembers it.
    if (leavesPages && !element.matches(':focus')) {
        window.focus();
        return null;
    }
    const old = before.element;
    if (before.looks && old !== element && can(old) && !old.contains(element) && !isRead(old)) {
        const now = looks(old);
        if (now.every((look, at) => look === before.looks[at])) return { kind: 'looks_the_same', about: called(old) };
    }
    const host = shown(element);
    const boxes = [...host.getClientRects()].map((box) => ({
        left: Math.max(box.left, 0), right: Math.min(box.right, innerWidth),
        top: Math.max(box.top, 0), bottom: Math.min(box.bottom, innerHeight),
    })).filter((box) => box.left < box.right && box.top < box.bottom);
    if (boxes.length === 0) return { kind: 'out_of_sight', about: called(element) };
    const parts = [0.5, 0.1, 0.9, 0.3, 0.7];
    const points = boxes.flatMap(({ left, right, top, bottom }) => parts.flatMap((across) => parts.map((down) =>
        [left + (right - left) * across, top + (bottom - top) * down])));
    const over = points.map(([x, y]) => document.elementFromPoint(x, y));
    if (!over.some((at) => at && host.contains(at))) {
        return { kind: 'covered', about: `${called(element)} lies below ${over[0] ? called(over[0]) : 'nothing'}` };
    }
    if (isRead(element)) return null;
    // Who clicked on something knows where the focus is; some browsers do not show it then, whatever key is pressed on it.
    if (old === element && !before.looks) return null;
    const [outline, shadow] = looks(element);
    return outline === 'none' && shadow === 'none' ? { kind: 'not_shown', about: called(element) } : null;"#;
