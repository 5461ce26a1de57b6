//! All packs in one file, for the service worker: to ask for each of two hundred costs a phone more than all that is in them.
//!
//! It is a JSON list of what the packs hold, so that hosts compress it as they compress packs. The worker cuts it by their
//! lengths and checks each part as if it had come alone; a host that does not send the bundle as it is loses nothing else.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::files::{all_files, hexadecimal};

/// How the path of a bundle begins, from the site's root.
const PREFIX: &str = "packs/bundle-";
/// How many digits of a hash name it.
const DIGITS: usize = 16;

/// Whether this is the path of a bundle, or of a packed copy of it.
pub fn is_bundle(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// Puts these files, of which there is at least one, into the bundle of a site. Returns its path.
///
/// # Errors
/// If a file cannot be read, or the bundle not be written.
pub fn write(site: &Path, files: &[&str]) -> Result<String> {
    // One character before each file and one at the end.
    let mut bundle = b"[".to_vec();
    for (index, file) in files.iter().enumerate() {
        if index > 0 {
            bundle.push(b',');
        }
        bundle.extend(fs::read(site.join(file)).with_context(|| format!("cannot read {file}"))?);
    }
    bundle.push(b']');
    let mut hash = hexadecimal(&Sha256::digest(&bundle));
    hash.truncate(DIGITS);
    let path = format!("{PREFIX}{hash}.json");
    fs::write(site.join(&path), bundle).with_context(|| format!("cannot write {path}"))?;
    Ok(path)
}

/// Removes the bundles of a site that was stamped before, but for the one at this path.
///
/// # Errors
/// If one cannot be removed.
pub fn remove_others(site: &Path, kept: Option<&str>) -> Result<()> {
    let is_copy = |path: &str| kept.is_some_and(|kept| path.starts_with(kept));
    for path in all_files(site)?.iter().filter(|path| is_bundle(path) && !is_copy(path)) {
        fs::remove_file(site.join(path)).with_context(|| format!("cannot remove {path}"))?;
    }
    Ok(())
}
