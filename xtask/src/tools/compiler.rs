//! The compiler for the learner's device: rustc's front end with Miri as a WebAssembly module, from npm, packed smaller
//! than it comes. A release can do without.
//!
//! Which compiler it is, is pinned here and nowhere else. How it gets into a release is in `xtask/src/compiler.rs`.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, ensure};
use flate2::read::GzDecoder;
use packer::Effort;
use quiz::device::manifest::{Manifest, PackedFile};
use sha2::{Digest, Sha256};
use xtask::compiler::{archive, names};
use xtask::files::{all_files, hexadecimal};

use crate::cache::{Cache, Staging};
use crate::step::{say, step};

use super::npm;

const PACKAGE: &str = "@live-codes/wasm-rustc";
const VERSION: &str = "0.2.0";
/// Of all files that are taken: a hash of their paths and hashes.
const SHA256: &str = "f4a844f5a989c6538f7f2a5e00e5aa1e0f42df93a31d2159968b4b387c3d18dc";
/// What it calls itself, and the year of the sources that it was made from.
const NAME: &str = "rustc 1.78.0-dev with Miri, of 2024";
/// What WASI asks of a browser.
const SHIM: &str = "@bjorn3/browser_wasi_shim";
const SHIM_VERSION: &str = "0.4.2";
const SHIM_SHA256: &str = "e8e5a26fe454fb6c040e4d8a4cf875a50841a92b12be05015434352724a2f923";
const SHIM_FILES: [&str; 5] = ["debug.js", "fd.js", "fs_mem.js", "wasi.js", "wasi_defs.js"];
/// Raised when what is made of the same package changes.
const PACKING: u32 = 1;
/// Parts of the package that no program needs: the library as a shared object, the test harness, procedural macros.
const UNNEEDED: [&str; 6] =
    [".so.gz", "/libtest-", "/libproc_macro-", "/libgetopts-", "/libunicode_width-", "/libsysroot-"];
/// Where the worker looks for the module, whatever its build is called.
const MODULE: &str = "bin/miri.wasm";
/// Hexadecimal digits of a hash that name a file.
const NAME_DIGITS: usize = 16;

/// The folder with the packed files, their manifest, and the shim in `wasi`; made if it is not there yet.
///
/// # Errors
/// If npm is missing or cannot have it, or if it is not what was pinned.
pub fn packed(cache: &Cache) -> anyhow::Result<PathBuf> {
    let version = format!("{VERSION}-{PACKING}");
    if let Some(folder) = cache.installed("compiler", &version) {
        return Ok(folder);
    }
    let package = npm::package(cache, PACKAGE, VERSION, |tool| {
        let package = folder_of(tool, PACKAGE);
        check(&package, &needed(&package)?, SHA256)
    })?;
    let shim = npm::package(cache, SHIM, SHIM_VERSION, |tool| {
        check(&folder_of(tool, SHIM).join("dist"), &SHIM_FILES.map(str::to_owned), SHIM_SHA256)
    })?;
    step("packing the compiler for the learner's device", "about 2 minutes, once", || {
        cache.install("compiler", &version, |staging| {
            pack(&folder_of(&package, PACKAGE), staging)?;
            take_shim(&folder_of(&shim, SHIM).join("dist"), staging)
        })
    })
}

/// The folder, if it can be had; if not, why not is said, and the release is made without.
pub fn if_possible(cache: &Cache) -> Option<PathBuf> {
    packed(cache)
        .inspect_err(|error| say(&format!("the release has no compiler for the learner's device: {error:#}")))
        .ok()
}

fn folder_of(tool: &Path, package: &str) -> PathBuf {
    package.split('/').fold(tool.join("node_modules"), |folder, name| folder.join(name))
}

/// The paths of the files that are taken, in their order.
fn needed(package: &Path) -> anyhow::Result<Vec<String>> {
    let all = all_files(package)?;
    let is_needed = |path: &String| path.ends_with(".gz") && !UNNEEDED.iter().any(|part| path.contains(part));
    let mut needed: Vec<String> = all.into_iter().filter(is_needed).collect();
    needed.sort();
    Ok(needed)
}

fn check(folder: &Path, files: &[String], expected: &str) -> anyhow::Result<()> {
    let mut all = Sha256::new();
    for file in files {
        all.update(format!("{file}\0{}\n", sha256(&read(&folder.join(file))?)));
    }
    let found = hexadecimal(&all.finalize());
    ensure!(found == expected, "{} is not what was pinned: its hash is {found}", folder.display());
    Ok(())
}

fn pack(package: &Path, staging: &Staging) -> anyhow::Result<()> {
    let files = needed(package)?;
    let packed = thread::scope(|scope| {
        let all: Vec<_> = files.iter().map(|file| scope.spawn(|| pack_file(package, file, &staging.tool))).collect();
        all.into_iter().map(|one| one.join().expect("packing does not panic")).collect::<anyhow::Result<Vec<_>>>()
    })?;
    let manifest = Manifest {
        version: version_of(&packed),
        name: NAME.to_owned(),
        worker: String::new(),
        licences: String::new(),
        files: packed,
    };
    write(&staging.tool.join(names::MANIFEST), manifest.to_text().as_bytes())
}

fn pack_file(package: &Path, file: &str, folder: &Path) -> anyhow::Result<PackedFile> {
    let mut content = Vec::new();
    GzDecoder::new(&read(&package.join(file))?[..]).read_to_end(&mut content)?;
    let path = match file.strip_suffix(".gz").unwrap_or(file) {
        library if library.ends_with(".rlib") => library,
        _ => MODULE,
    };
    if path != MODULE {
        content = archive::only_metadata(&content).with_context(|| format!("{file} is no library of Rust"))?;
    }
    let packed = packer::pack(&content, Effort::Much)?;
    let sha256 = sha256(&packed);
    let file = format!("{}.{}", &sha256[..NAME_DIGITS], names::PACKED);
    write(&folder.join(&file), &packed)?;
    let size = |bytes: &[u8]| u32::try_from(bytes.len()).context("a file is larger than 4 GB");
    Ok(PackedFile { path: path.to_owned(), file, size: size(&content)?, packed: size(&packed)?, sha256 })
}

fn version_of(files: &[PackedFile]) -> String {
    let mut all = Sha256::new();
    files.iter().for_each(|file| all.update(format!("{}\0{}\n", file.path, file.sha256)));
    format!("{VERSION}-{}", &hexadecimal(&all.finalize())[..NAME_DIGITS])
}

fn take_shim(shim: &Path, staging: &Staging) -> anyhow::Result<()> {
    let folder = staging.tool.join(names::SHIM);
    fs::create_dir_all(&folder)?;
    for file in SHIM_FILES {
        write(&folder.join(file), &read(&shim.join(file))?)?;
    }
    Ok(())
}

fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("could not read {}", file.display()))
}

fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(file, bytes).with_context(|| format!("could not write {}", file.display()))
}
