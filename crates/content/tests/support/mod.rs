//! Folders of problems for tests, and the calls that every test makes.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use content::mistake::Mistake;
use content::prove::miri::{self, COMPONENTS, Miri, NoMiri, TOOLCHAIN};
use content::prove::package::{Compiled, NoCrates, Package};
use content::verify::{Report, VerifyOptions, verify};
use tempfile::TempDir;

/// A folder that remembers proofs.
pub struct Proofs {
    folder: PathBuf,
    /// Removes it at the end.
    _temporary: Option<TempDir>,
}

impl Proofs {
    /// An empty one that is gone at the end; or the one that `CONTENT_PROOFS` names, for whom the tests run again and again
    /// while neither the programs nor what proves them changes.
    pub fn new() -> Proofs {
        match env::var_os("CONTENT_PROOFS") {
            Some(folder) => Proofs { folder: folder.into(), _temporary: None },
            None => {
                let temporary = tempfile::tempdir().unwrap();
                Proofs { folder: temporary.path().to_owned(), _temporary: Some(temporary) }
            }
        }
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.clone()
    }
}

/// Filled with the good folder once, so that not every test compiles it again.
static CACHE: LazyLock<Proofs> = LazyLock::new(|| {
    let cache = Proofs::new();
    let options = VerifyOptions {
        problems: PathBuf::from("tests/good"),
        cache: cache.folder(),
        toolchain_file: toolchain_file(),
        crates: crates_folder(),
        compile_crates,
        find_miri,
        bless: false,
        deny_warnings: false,
        only: Vec::new(),
        lock: false,
        turn: None,
        read: |_| {},
        progress: |_| {},
    };
    verify(&options).unwrap();
    cache
});

/// A copy of a folder of problems. It is gone at the end of the test.
pub struct Workshop {
    folder: TempDir,
}

impl Workshop {
    /// A copy of `tests/<name>`.
    pub fn with(name: &str) -> Workshop {
        let folder = tempfile::tempdir().unwrap();
        copy(&Path::new("tests").join(name), &folder.path().join("problems"));
        Workshop { folder }
    }

    pub fn problems(&self) -> PathBuf {
        self.folder.path().join("problems")
    }

    pub fn cache(&self) -> PathBuf {
        CACHE.folder()
    }

    pub fn packs(&self) -> PathBuf {
        self.folder.path().join("packs")
    }

    pub fn verify(&self) -> Report {
        verify(&self.options(false)).unwrap()
    }

    pub fn bless(&self) -> Report {
        verify(&self.options(true)).unwrap()
    }

    pub fn options(&self, bless: bool) -> VerifyOptions {
        VerifyOptions {
            problems: self.problems(),
            cache: self.cache(),
            toolchain_file: toolchain_file(),
            crates: crates_folder(),
            compile_crates,
            find_miri,
            bless,
            deny_warnings: false,
            only: Vec::new(),
            lock: false,
            turn: None,
            read: |_| {},
            progress: |_| {},
        }
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.problems().join(file)).unwrap()
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.problems().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Messages without the name of the temporary folder.
    pub fn shorten(&self, text: &str) -> String {
        text.replace(&self.folder.path().display().to_string(), "")
    }

    /// Replaces a text that must be there.
    pub fn edit(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert!(text.contains(old), "{file} does not contain {old:?}");
        self.write(file, &text.replace(old, new));
    }
}

pub fn toolchain_file() -> PathBuf {
    PathBuf::from("../../rust-toolchain.toml")
}

pub fn crates_folder() -> PathBuf {
    PathBuf::from("../../problems/crates")
}

/// The real crates, compiled once for all tests.
pub fn compile_crates(package: &Package) -> Result<Compiled, NoCrates> {
    let tests = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = tests.join(format!("problem-crates-{}", package.version));
    let lock = fs::File::create(tests.join("problem-crates.lock")).unwrap();
    lock.lock().unwrap();
    if !folder.is_dir() {
        let unfinished = tempfile::tempdir_in(tests).unwrap();
        package.compile(&unfinished.path().join("crates"), &unfinished.path().join("scratch")).unwrap();
        fs::rename(unfinished.path().join("crates"), &folder).unwrap();
    }
    Ok(Compiled::new(&folder))
}

/// The real Miri. Its library is compiled once for all tests.
pub fn find_miri() -> Result<Miri, NoMiri> {
    let toolchain = miri::toolchain_folder().unwrap_or_else(|| {
        let install = format!("rustup toolchain install {TOOLCHAIN} --profile minimal --component {COMPONENTS}");
        panic!("these tests run Miri, which is not there; `cargo xtask test` installs it, and so does `{install}`")
    });
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let library = folder.join(format!("miri-library-{TOOLCHAIN}"));
    let lock = fs::File::create(folder.join("miri-library.lock")).unwrap();
    lock.lock().unwrap();
    if !library.is_dir() {
        let unfinished = folder.join("miri-library-unfinished");
        miri::set_up(&unfinished).unwrap();
        fs::rename(unfinished, &library).unwrap();
    }
    Ok(Miri::new(&toolchain, &library))
}

/// What the author reads.
pub fn render(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|mistake| mistake.render(false) + "\n\n").collect()
}

pub fn titles(mistakes: &[Mistake]) -> Vec<&str> {
    mistakes.iter().map(Mistake::title).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
