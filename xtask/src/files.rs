//! Files of a folder, and what names them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The paths of all files below `folder`, relative to it, with forward slashes.
///
/// # Errors
/// If a folder cannot be listed, or a name is not UTF-8.
pub fn all_files(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let cannot_list = || format!("cannot list {}", next.display());
        for entry in fs::read_dir(&next).with_context(cannot_list)? {
            let path = entry.with_context(cannot_list)?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(relative(folder, &path)?);
            }
        }
    }
    Ok(found)
}

fn relative(folder: &Path, file: &Path) -> Result<String> {
    let parts = file.strip_prefix(folder).with_context(|| format!("{} is outside", file.display()))?;
    let parts: Option<Vec<&str>> = parts.iter().map(|part| part.to_str()).collect();
    Ok(parts.with_context(|| format!("{} has a name that is not UTF-8", file.display()))?.join("/"))
}

/// Bytes in hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
