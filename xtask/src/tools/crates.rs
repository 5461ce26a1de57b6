//! The crates that problems may use, compiled once into the user's cache.

use content::crates::{Compiled, NoCrates, Package};

use crate::cache::Cache;
use crate::step::step;

use super::shown;

const NAME: &str = "problem-crates";

/// The compiled crates; compiles them where that is needed.
pub fn compile(package: &Package) -> Result<Compiled, NoCrates> {
    find_or_compile(package).map_err(|error| NoCrates(crate::told(&error)))
}

fn find_or_compile(package: &Package) -> anyhow::Result<Compiled> {
    let cache = Cache::of_user()?;
    if let Some(folder) = cache.installed(NAME, &package.version) {
        return Ok(Compiled::new(&folder));
    }
    let what = format!("compiling the crates of the problems into {}", shown(&cache.tool(NAME, &package.version)));
    let folder = step(&what, "about half a minute", || {
        cache.install(NAME, &package.version, |staging| Ok(package.compile(&staging.tool, &staging.scratch)?))
    })?;
    Ok(Compiled::new(&folder))
}
