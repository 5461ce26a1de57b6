//! Packed copies beside the files of a finished release, for hosts that send them as they are: `.br` by brotli, `.gz` by gzip.
//!
//! They are for the host alone: the service worker's hashes are those of what a browser unpacks.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use packer::Effort;

use crate::compiler::names::PACKED;
use crate::files::all_files;
use crate::parallel::for_each;
use crate::release::{COPIES, is_copy};

/// Makes the content of a copy.
type Pack = fn(&[u8]) -> io::Result<Vec<u8>>;

/// How they are made, in the same order.
const PACKERS: [Pack; COPIES.len()] = [brotli, gzip];
/// What is packed already.
const IMAGES: [&str; 6] = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico"];
/// What is shorter is sent in one piece anyway.
const SHORTEST: usize = 200;
/// A copy has at most so many hundredths of the bytes.
const MOST: usize = 95;

/// Writes the copies, removes those that are not worth it any more, and returns how many there are.
///
/// # Errors
/// If a file cannot be read or written.
pub fn write(site: &Path) -> Result<usize> {
    let files: Vec<String> = all_files(site)?.into_iter().filter(|path| !is_copy(path)).collect();
    let copies = AtomicUsize::new(0);
    for_each(&files, |path| {
        let file = site.join(path);
        let content = fs::read(&file).with_context(|| format!("cannot read {path}"))?;
        let may_be_packed = is_sent(path) && content.len() >= SHORTEST;
        for (ending, pack) in COPIES.into_iter().zip(PACKERS) {
            let copy = PathBuf::from(format!("{}{ending}", file.display()));
            let packed = if may_be_packed { Some(pack(&content)?) } else { None };
            match packed.filter(|packed| packed.len() * 100 <= content.len() * MOST) {
                Some(packed) => {
                    fs::write(&copy, packed).with_context(|| format!("cannot write {}", copy.display()))?;
                    copies.fetch_add(1, Ordering::Relaxed);
                }
                None if copy.exists() => {
                    fs::remove_file(&copy).with_context(|| format!("cannot remove {}", copy.display()))?;
                }
                None => {}
            }
        }
        Ok(())
    })?;
    Ok(copies.into_inner())
}

/// Whether a host sends it and it is not packed already. What begins with a dot or an underscore is for the host itself.
fn is_sent(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !name.starts_with(['.', '_']) && !name.ends_with(PACKED) && !IMAGES.iter().any(|ending| name.ends_with(ending))
}

fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    packer::pack(content, Effort::Most)
}

/// The content, packed by gzip as small as it gets.
///
/// # Errors
/// None that is known: memory takes all.
pub fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(content)?;
    gzip.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read;
    use tempfile::TempDir;

    const PAGE: &str = "<!doctype html><meta name=\"release\" content=\"\">";

    /// Bytes that nothing makes smaller.
    fn noise() -> Vec<u8> {
        let mut state = 1_u32;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        std::iter::repeat_with(next).take(4000).collect()
    }

    fn site() -> TempDir {
        let site = TempDir::new().unwrap();
        let text = "let borrowed = time;\n".repeat(100).into_bytes();
        for (path, content) in [
            ("app-1.js", text.clone()),
            ("problems/one/index.html", [PAGE.as_bytes(), &text].concat()),
            ("index.html", PAGE.as_bytes().to_vec()),
            ("shell.html", [PAGE.as_bytes(), &text].concat()),
            ("short.css", b"p { color: red }".repeat(12)),
            ("noise.json", noise()),
            ("icons/icon.png", text.clone()),
            ("compiler/1.packed", text.clone()),
            ("_headers", text),
        ] {
            let path = site.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        site
    }

    fn copies(site: &TempDir) -> Vec<String> {
        let mut copies: Vec<String> =
            all_files(site.path()).unwrap().into_iter().filter(|path| is_copy(path)).collect();
        copies.sort();
        copies
    }

    #[test]
    fn what_gets_smaller_has_a_copy_of_either_kind_and_nothing_else_has() {
        let site = site();
        let count = write(site.path()).unwrap();
        let expected = [
            "app-1.js.br",
            "app-1.js.gz",
            "problems/one/index.html.br",
            "problems/one/index.html.gz",
            "shell.html.br",
            "shell.html.gz",
        ];
        assert_eq!(copies(&site), expected);
        assert_eq!(count, expected.len());
    }

    #[test]
    fn a_copy_unpacks_to_the_file() {
        let site = site();
        write(site.path()).unwrap();
        let read = |path: &str| fs::read(site.path().join(path)).unwrap();
        let mut unpacked = Vec::new();
        GzDecoder::new(&*read("app-1.js.gz")).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, read("app-1.js"));
        assert_eq!(read("app-1.js.br"), packer::pack(&read("app-1.js"), Effort::Most).unwrap());
        assert!(read("app-1.js.br").len() < 100 && read("app-1.js.gz").len() < 100);
    }

    #[test]
    fn a_second_time_nothing_is_packed_twice_and_what_is_stale_goes() {
        let site = site();
        write(site.path()).unwrap();
        let first = copies(&site);
        write(site.path()).unwrap();
        assert_eq!(copies(&site), first);
        fs::write(site.path().join("app-1.js"), noise()).unwrap();
        write(site.path()).unwrap();
        assert_eq!(copies(&site), first[2..]);
    }

    #[test]
    fn a_release_stays_the_same_with_them() {
        let site = site();
        let id = crate::release::stamp(site.path()).unwrap();
        let worker = fs::read(site.path().join("sw.js")).unwrap();
        write(site.path()).unwrap();
        assert_eq!(crate::release::stamp(site.path()).unwrap(), id);
        assert_eq!(fs::read(site.path().join("sw.js")).unwrap(), worker);
    }
}
