//! Paints the pictures of a release: `previews PROBLEMS SITE [REMEMBERED]`. The release hook calls it where the site's address is known.
//!
//! A program of its own behind a feature, since what it is made of takes minutes to compile.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};
use xtask::previews::painted;

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let (problems, site) = match arguments.as_slice() {
        [problems, site] | [problems, site, _] => (problems, site),
        _ => anyhow::bail!("usage: previews PROBLEMS SITE [REMEMBERED]"),
    };
    let scratch = tempfile::tempdir().context("no temporary folder")?;
    let packed = content::pack::pack(problems, scratch.path(), "")?;
    painted::write(site, &packed.problems, arguments.get(2).map(PathBuf::as_path))
}
