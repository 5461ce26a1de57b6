//! What axe-core says of a page: what keeps people with disabilities from using it.

use std::env;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::learner::Learner;
use crate::wait::until;

/// The script of axe-core, if there is one to look with.
///
/// # Errors
/// If it is named but cannot be read.
pub fn script() -> Result<Option<String>> {
    let Some(path) = env::var_os("E2E_AXE") else { return Ok(None) };
    Ok(Some(fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?))
}

/// Whether colours are looked at as well, which takes most of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contrast {
    /// They are.
    Checked,
    /// They are the same as in a state that was looked at, or the system's.
    Known,
}

/// Lets axe-core look at the page as it is now, by all rules of WCAG 2.2 AA and all that it calls good practice.
///
/// # Errors
/// If it finds anything. `state` says what is on the screen.
pub async fn finds_nothing(learner: &Learner, axe: &str, contrast: Contrast, state: &str) -> Result<()> {
    const IS_THERE: &str = "return typeof axe === 'object';";
    const LOOK: &str = "const [checked, done] = arguments;
        axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: checked } } }).then(
            ({ violations }) => done(violations.map(({ id, help, nodes }) =>
                `${id} (${help}): ${nodes.slice(0, 3).map((node) => node.target + ' ' + node.failureSummary).join(' | ')}`)),
            (error) => done([String(error)]));";
    if !learner.runs::<bool>(IS_THERE, &[]).await? {
        // A script of the driver is a function: what it declares would be gone with it.
        let script = format!("const module = undefined, define = undefined; {axe}; return null;");
        learner.runs::<Value>(&script, &[]).await?;
    }
    // What fades is looked at when it has.
    const SETTLED: &str = "return document.getAnimations().every(({ playState }) => playState !== 'running');";
    until("what fades has faded", async || Ok(learner.runs::<bool>(SETTLED, &[]).await?.then_some(()))).await?;
    let found = learner
        .session()
        .execute_async(LOOK, vec![(contrast == Contrast::Checked).into()])
        .await?
        .convert::<Vec<String>>()?;
    ensure!(found.is_empty(), "{state}: {}", found.join("\n"));
    Ok(())
}
