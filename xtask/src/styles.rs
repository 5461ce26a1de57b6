//! One style sheet instead of a dozen: what a page waits for before its first paint is one small file.
//!
//! The sources stay apart, one file a widget; the order of the links in `index.html` is the order in the bundle.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::files::hexadecimal;
use crate::script::without_comments;

const HASH_DIGITS: usize = 16;

/// Joins the style sheets that `index.html` links into one file, named by its content, and links that instead.
///
/// # Errors
/// If the page links none, or one of them cannot be read.
pub fn bundle(site: &Path) -> Result<()> {
    let index = site.join("index.html");
    let html = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let links = links(&html);
    ensure!(!links.is_empty(), "index.html links no style sheet");
    let mut css = String::new();
    for link in &links {
        let file = site.join(link.file);
        css += &fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    }
    let css = without_comments(&css);
    let hash = hexadecimal(&Sha256::digest(&css));
    let name = format!("styles-{}.css", &hash[..HASH_DIGITS]);
    fs::write(site.join(&name), css).with_context(|| format!("cannot write {name}"))?;

    let mut page = html.replacen(links[0].tag, &format!("<link rel=\"stylesheet\" href=\"{name}\">"), 1);
    for link in &links[1..] {
        page = page.replacen(link.tag, "", 1);
    }
    fs::write(&index, page).with_context(|| format!("cannot write {}", index.display()))
}

/// A style sheet's link as Trunk wrote it. Its file lies at the site's root.
struct Link<'a> {
    tag: &'a str,
    file: &'a str,
}

fn links(html: &str) -> Vec<Link<'_>> {
    let tags = html.match_indices("<link ").filter_map(|(start, _)| html[start..].split_inclusive('>').next());
    let styles = tags.filter(|tag| tag.contains("rel=\"stylesheet\""));
    styles.filter_map(|tag| Some(Link { tag, file: file(tag)? })).collect()
}

fn file(tag: &str) -> Option<&str> {
    let (_, rest) = tag.split_once("href=\"")?;
    let (address, _) = rest.split_once('"')?;
    address.rsplit('/').next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn site(html: &str) -> TempDir {
        let site = TempDir::new().unwrap();
        for (file, text) in [("index.html", html), ("a-1.css", "/* A */\na { }\n"), ("b-2.css", "b { }\n")] {
            fs::write(site.path().join(file), text).unwrap();
        }
        site
    }

    #[test]
    fn the_sheets_become_one_in_their_order() {
        let site = site(
            "<head>\n<link rel=\"icon\" href=\"i.svg\"><link rel=\"stylesheet\" href=\"/x/b-2.css\" integrity=\"sha384-x\"/>\
             <link integrity=\"sha384-y\" rel=\"stylesheet\" href=\"/x/a-1.css\"/>\n</head>",
        );
        bundle(site.path()).unwrap();
        let page = fs::read_to_string(site.path().join("index.html")).unwrap();
        let name = file(page.split_once("stylesheet\"").unwrap().1).unwrap();
        assert_eq!(
            page,
            format!("<head>\n<link rel=\"icon\" href=\"i.svg\"><link rel=\"stylesheet\" href=\"{name}\">\n</head>")
        );
        assert_eq!(fs::read_to_string(site.path().join(name)).unwrap(), "b { }\na { }\n");
        assert!(!site.path().join("a-1.css").exists() && !site.path().join("b-2.css").exists());
    }

    #[test]
    fn a_page_without_style_sheets_is_refused() {
        assert!(bundle(site("<head></head>").path()).is_err());
    }

    #[test]
    fn a_missing_sheet_is_named() {
        let site = site("<link rel=\"stylesheet\" href=\"c-3.css\">");
        assert!(bundle(site.path()).unwrap_err().to_string().contains("c-3.css"));
    }
}
