//! What hosts are told: which headers to send, to leave line ends alone, and under which path the installed app is known.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::pages::POLICY;

/// Files below these folders are named by their content, from the site's root.
const NAMED_BY_CONTENT: [&str; 3] = ["packs/*", "trainer/*", "compiler/*"];

/// Completes the manifest for the path that `index.html` is made for, and writes `.gitattributes` and `_headers`.
///
/// # Errors
/// If the manifest or `index.html` cannot be read, or a file cannot be written.
pub fn write(site: &Path) -> Result<()> {
    let index = fs::read_to_string(site.join("index.html")).context("cannot read index.html")?;
    let base = base_of(&index).context("index.html has no <base> with a path")?;
    let manifest = site.join("manifest.webmanifest");
    let text = fs::read_to_string(&manifest).context("cannot read manifest.webmanifest")?;
    fs::write(&manifest, at_path(&text, base)?).context("cannot write manifest.webmanifest")?;
    // A repository that turns LF into CRLF would change every hash.
    fs::write(site.join(".gitattributes"), "* -text\n").context("cannot write .gitattributes")?;
    fs::write(site.join("_headers"), headers(base)).context("cannot write _headers")
}

fn base_of(index: &str) -> Option<&str> {
    let (_, rest) = index.split_once("<base href=\"")?;
    rest.split_once('"').map(|(base, _)| base)
}

/// Without a path of its own, an app that is installed from one folder of a host would be taken for that of another.
fn at_path(manifest: &str, base: &str) -> Result<String> {
    let mut manifest: Value = serde_json::from_str(manifest).context("manifest.webmanifest is no JSON")?;
    for key in ["id", "start_url", "scope"] {
        manifest[key] = Value::String(base.to_owned());
    }
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}

/// For hosts that read a file of this name, such as Netlify and Cloudflare Pages.
fn headers(base: &str) -> String {
    let immutable: String = NAMED_BY_CONTENT
        .iter()
        .map(|files| format!("{base}{files}\n  Cache-Control: public, max-age=31536000, immutable\n"))
        .collect();
    format!(
        "{base}*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: no-referrer\n  Permissions-Policy: microphone=(self), camera=(), geolocation=()\n\
         {base}sw.js\n  Cache-Control: no-cache\n{immutable}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn site() -> TempDir {
        let site = TempDir::new().unwrap();
        fs::write(site.path().join("index.html"), "<base href=\"/drills/rust/\">").unwrap();
        fs::write(site.path().join("manifest.webmanifest"), r#"{"name":"a","id":"./","start_url":"./","scope":"./"}"#)
            .unwrap();
        write(site.path()).unwrap();
        site
    }

    fn text(site: &TempDir, file: &str) -> String {
        fs::read_to_string(site.path().join(file)).unwrap()
    }

    /// Two apps of one host are told apart by their paths.
    #[test]
    fn an_installed_app_is_known_by_its_path() {
        let manifest: Value = serde_json::from_str(&text(&site(), "manifest.webmanifest")).unwrap();
        for key in ["id", "start_url", "scope"] {
            assert_eq!(manifest[key], "/drills/rust/", "{key}");
        }
        assert_eq!(manifest["name"], "a");
    }

    #[test]
    fn hosts_are_told_to_leave_line_ends_alone_and_what_a_page_may_do() {
        let site = site();
        assert_eq!(text(&site, ".gitattributes"), "* -text\n");
        let headers = text(&site, "_headers");
        assert!(headers.contains("/drills/rust/*\n  Content-Security-Policy: default-src 'self';"), "{headers}");
        assert!(headers.contains("frame-ancestors 'none'"), "{headers}");
        assert!(
            headers.contains("/drills/rust/packs/*\n  Cache-Control: public, max-age=31536000, immutable"),
            "{headers}"
        );
    }

    #[test]
    fn the_recipe_for_nginx_sends_what_other_hosts_send() {
        let recipe = include_str!("../../docs/hosting/nginx.conf");
        let of_recipe: Vec<(&str, &str)> = recipe
            .lines()
            .filter_map(|line| line.trim().strip_prefix("add_header ")?.strip_suffix(" always;")?.split_once(' '))
            .map(|(name, value)| (name, value.trim_matches('"')))
            .filter(|(name, _)| *name != "Cache-Control")
            .collect();
        let headers = headers("/");
        let of_all = headers.lines().skip(1).map_while(|line| line.strip_prefix("  ")?.split_once(": "));
        assert_eq!(of_recipe, of_all.collect::<Vec<_>>());
        assert_eq!(of_recipe.len(), 4);
    }

    #[test]
    fn a_page_without_a_path_is_refused() {
        let site = TempDir::new().unwrap();
        fs::write(site.path().join("index.html"), "<html>").unwrap();
        assert!(write(site.path()).unwrap_err().to_string().contains("<base>"));
    }
}
