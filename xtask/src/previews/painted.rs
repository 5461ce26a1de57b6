//! The pictures as files: drawn as SVG, painted by `painter`, and remembered by what they show, so that a second build paints nothing.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use quiz::problem::Problem;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::{FOLDER, Preview, drawing};
use crate::files::hexadecimal;
use crate::parallel::for_each;

/// Writes all pictures. `remembered` is the folder in which they are kept from one build to the next.
///
/// # Errors
/// If one cannot be painted or written.
pub fn write(site: &Path, problems: &[Problem], remembered: Option<&Path>) -> Result<()> {
    let folder = site.join(FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let put = |Preview { address, .. }: Preview, svg: &str| -> Result<()> {
        let png = painted(svg, remembered).with_context(|| format!("cannot paint {address}"))?;
        fs::write(site.join(&address), png).with_context(|| format!("cannot write {address}"))
    };
    put(Preview::common(), &drawing::common())?;
    for_each(problems, |problem| put(Preview::of(problem), &drawing::problem(problem)))
}

fn painted(svg: &str, remembered: Option<&Path>) -> Result<Vec<u8>> {
    let Some(folder) = remembered else { return Ok(painter::paint(svg)?) };
    let name = hexadecimal(&Sha256::digest(format!("{}\n{svg}", painter::VERSION)));
    let file = folder.join(format!("{name}.png"));
    if let Ok(png) = fs::read(&file) {
        return Ok(png);
    }
    let png = painter::paint(svg)?;
    // Who cannot remember paints again next time.
    let _ = remember(folder, &file, &png);
    Ok(png)
}

/// Another build may be at it as well, and either may be interrupted.
fn remember(folder: &Path, file: &Path, png: &[u8]) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut temporary = NamedTempFile::new_in(folder)?;
    temporary.write_all(png)?;
    temporary.persist(file)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::all_files;
    use crate::pages::tests::problem;
    use tempfile::TempDir;

    /// As far as people share links: most do not load more than some hundred kilobytes, and a release has hundreds of pictures.
    const MOST_BYTES: usize = 30_000;

    #[test]
    fn each_problem_has_a_picture_and_all_other_pages_have_one() {
        let site = TempDir::new().unwrap();
        let problems = [problem("two-loans", "Two loans"), problem("gone", "Gone after the loop")];
        write(site.path(), &problems, None).unwrap();
        for preview in problems.iter().map(Preview::of).chain([Preview::common()]) {
            let png = fs::read(site.path().join(&preview.address)).unwrap();
            // The size stands in the first chunk of a PNG.
            let number = |place: usize| u32::from_be_bytes(png[place..place + 4].try_into().unwrap());
            assert_eq!(
                (&png[..4], number(16), number(20)),
                (&b"\x89PNG"[..], super::super::WIDTH, super::super::HEIGHT)
            );
            assert!(png.len() < MOST_BYTES, "{} has {} bytes", preview.address, png.len());
        }
    }

    #[test]
    fn what_was_painted_is_not_painted_again_until_it_shows_something_else() {
        let (site, cache) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let remembered = cache.path().join("previews");
        let picture = |title: &str| {
            write(site.path(), &[problem("two-loans", title)], Some(&remembered)).unwrap();
            fs::read(site.path().join("social/two-loans.png")).unwrap()
        };
        let first = picture("Two loans");
        assert_eq!(all_files(&remembered).unwrap().len(), 2);
        for file in all_files(&remembered).unwrap() {
            fs::write(remembered.join(file), "remembered").unwrap();
        }
        assert_eq!(picture("Two loans"), b"remembered");
        assert_ne!(picture("Three loans"), first);
        assert_eq!(all_files(&remembered).unwrap().len(), 3);
    }

    #[test]
    fn a_cache_that_cannot_be_written_is_no_reason_to_fail() {
        let (site, cache) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let file = cache.path().join("a-file");
        fs::write(&file, "").unwrap();
        write(site.path(), &[], Some(&file)).unwrap();
        assert!(site.path().join(Preview::common().address).is_file());
    }
}
