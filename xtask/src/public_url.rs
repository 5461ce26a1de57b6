//! The path under which a host serves the app.

use std::fmt;
use std::str::FromStr;

/// A path that begins and ends with a slash, such as `/` or `/drills/rust/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    path: String,
    /// What was typed, where slashes had to be added to it.
    typed: Option<String>,
}

impl PublicUrl {
    /// The top of a host.
    pub fn root() -> PublicUrl {
        PublicUrl { path: "/".to_owned(), typed: None }
    }

    /// The path, slashes included.
    pub fn as_str(&self) -> &str {
        &self.path
    }

    /// What to tell the person whose path was completed.
    pub fn correction(&self) -> Option<String> {
        let typed = self.typed.as_ref()?;
        Some(format!("the public URL `{typed}` must begin and end with a slash: using `{}`", self.path))
    }
}

/// The scheme and name of a host, such as `https://example.org`, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host(String);

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Host {
    type Err = String;

    fn from_str(typed: &str) -> Result<Host, String> {
        let host = typed.trim_end_matches('/');
        let name = host.strip_prefix("https://").or_else(|| host.strip_prefix("http://"));
        let name = name.ok_or("begin it with `https://`, such as `https://example.org`")?;
        let is_plain = |char: char| char.is_ascii_alphanumeric() || "-.:[]".contains(char);
        match name.is_empty() || !name.chars().all(is_plain) {
            true => Err("give the host alone, such as `https://example.org`; its path is the public URL".to_owned()),
            false => Ok(Host(host.to_owned())),
        }
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(typed: &str) -> Result<PublicUrl, String> {
        if typed.contains("://") {
            return Err("give the path alone, such as `/drills/rust/`, without the host".to_owned());
        }
        let path = match typed.trim_matches('/') {
            "" => "/".to_owned(),
            segments => format!("/{segments}/"),
        };
        let segments = path.trim_matches('/').split('/');
        if path != "/" && segments.into_iter().any(|segment| matches!(segment, "" | "." | "..")) {
            return Err("empty segments, `.` and `..` have no place in the path".to_owned());
        }
        let plain = |char: char| char.is_ascii_alphanumeric() || "-._~/".contains(char);
        if let Some(odd) = path.chars().find(|char| !plain(*char)) {
            return Err(format!("`{odd}` has no place in the path: use letters, digits, `-`, `.`, `_` and `~`"));
        }
        let typed = (typed != path).then(|| typed.to_owned());
        Ok(PublicUrl { path, typed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_paths_stay_as_they_are() {
        for path in ["/", "/drills/", "/drills/rust/", "/~ada/v1.2_x-y/"] {
            let url: PublicUrl = path.parse().unwrap();
            assert_eq!((url.as_str(), url.correction()), (path, None));
        }
    }

    #[test]
    fn missing_slashes_are_added_and_said() {
        for (typed, path) in [("", "/"), ("drills", "/drills/"), ("/drills", "/drills/"), ("a/b/", "/a/b/")] {
            let url: PublicUrl = typed.parse().unwrap();
            assert_eq!(url.as_str(), path);
            let correction = url.correction().unwrap();
            assert!(correction.contains(&format!("`{typed}`")) && correction.contains(path), "{correction}");
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for typed in ["https://example.org/", "/a//b/", "/../", "/a/./b/", "/a b/", "/a?b/", "/a#b/", "\\a\\", "/ä/"] {
            assert!(typed.parse::<PublicUrl>().is_err(), "{typed}");
        }
    }
}
