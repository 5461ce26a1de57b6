//! The crates that problems may use, compiled into the user's cache once for rustc and once for Miri.

use content::prove::package::{Compiled, NoCrates, Package};

use crate::cache::Cache;
use crate::step::step;

use super::shown;

/// The compiled crates; compiles them where that is needed.
pub fn compile(package: &Package) -> Result<Compiled, NoCrates> {
    find_or_compile(package).map_err(|error| NoCrates(crate::told(&error)))
}

fn find_or_compile(package: &Package) -> anyhow::Result<Compiled> {
    let (cache, name, version) = (Cache::of_user()?, package.name(), &package.version);
    if let Some(folder) = cache.installed(name, version) {
        return Ok(Compiled::new(&folder));
    }
    let what = format!("compiling the crates of the problems into {}", shown(&cache.tool(name, version)));
    let folder = step(&what, "about half a minute", || {
        cache.install(name, version, |staging| Ok(package.compile(&staging.tool, &staging.scratch)?))
    })?;
    Ok(Compiled::new(&folder))
}
