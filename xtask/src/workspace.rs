//! Where the clone is and what it pins.

use std::path::{Path, PathBuf};

use anyhow::Context;
use semver::Version;
use serde::Deserialize;

/// The clone that this command works in.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

impl Workspace {
    /// The clone whose `cargo xtask` was called.
    pub fn here() -> Workspace {
        // The variable, because clones that share a target folder may share this program as well.
        let manifest =
            std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).filter(|folder| folder.ends_with("xtask"));
        let manifest = manifest.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = manifest.parent().expect("xtask lies in the workspace").to_path_buf();
        Workspace { root }
    }

    /// The problems that the app ships.
    pub fn problems(&self) -> PathBuf {
        self.root.join("problems")
    }

    /// Where all that is made goes, except for what is asked for elsewhere.
    pub fn target(&self) -> PathBuf {
        let chosen = std::env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty());
        self.root.join(chosen.unwrap_or_else(|| "target".into()))
    }

    /// The release to deploy, unless another folder is asked for.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The pin of the toolchain that builds the app and judges the problems.
    pub fn toolchain_file(&self) -> PathBuf {
        self.root.join("rust-toolchain.toml")
    }

    /// The channel in `rust-toolchain.toml`.
    pub fn pinned_channel(&self) -> anyhow::Result<String> {
        channel(&read(&self.toolchain_file())?).context("rust-toolchain.toml names no channel")
    }

    /// The version of `wasm-bindgen` in `Cargo.lock`: its command-line tool must be of exactly the same one.
    pub fn wasm_bindgen_version(&self) -> anyhow::Result<Version> {
        locked(&read(&self.root.join("Cargo.lock"))?, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")
    }
}

/// A path that a person gave, from the folder they are in.
pub fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("{} is not a path", path.display()))
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))
}

fn channel(toolchain_file: &str) -> anyhow::Result<String> {
    #[derive(Deserialize)]
    struct File {
        toolchain: Toolchain,
    }
    #[derive(Deserialize)]
    struct Toolchain {
        channel: String,
    }
    Ok(toml::from_str::<File>(toolchain_file)?.toolchain.channel)
}

fn locked(lock: &str, name: &str) -> anyhow::Result<Version> {
    #[derive(Deserialize)]
    struct Lock {
        package: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        version: Version,
    }
    let lock: Lock = toml::from_str(lock)?;
    let package = lock.package.into_iter().find(|package| package.name == name);
    Ok(package.context("no such package")?.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pins_of_this_clone_can_be_read() {
        let workspace = Workspace::here();
        assert!(Version::parse(&workspace.pinned_channel().unwrap()).is_ok(), "pin a release, not `stable`");
        let manifest = read(&workspace.root.join("Cargo.toml")).unwrap();
        let version = workspace.wasm_bindgen_version().unwrap();
        assert!(
            manifest.contains(&format!("wasm-bindgen = \"={version}\"")),
            "Cargo.toml does not pin wasm-bindgen {version}, which is in Cargo.lock"
        );
    }

    #[test]
    fn the_lock_gives_the_package_of_exactly_that_name() {
        let lock = "version = 4\n\
            [[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\
            [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked(lock, "wasm-bindgen").unwrap(), Version::new(0, 2, 129));
        assert!(locked(lock, "trunk").is_err());
    }
}
