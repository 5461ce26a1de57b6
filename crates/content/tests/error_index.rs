//! The index of rustc's errors is that of the pinned rustc.
//!
//! `UPDATE_EXPECT=1 cargo test -p content error_index` writes it anew.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use expect_test::expect_file;

/// Codes are asked for by the hundred, up to the first hundred without any.
const AT_ONCE: usize = 100;

#[test]
fn it_lists_what_rustc_explains() {
    let rustc = rustc();
    let mut index = String::new();
    for first in (0..).step_by(AT_ONCE) {
        let found = titles(&rustc, first);
        if found.is_empty() {
            break;
        }
        index.extend(found);
    }
    assert!(index.lines().count() > 300, "rustc explains {} errors only", index.lines().count());
    expect_file!["../src/error_index.txt"].assert_eq(&index);
}

/// The compiler itself: rustup's stand-in would take twice as long.
fn rustc() -> PathBuf {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    Path::new(String::from_utf8(sysroot.stdout).unwrap().trim()).join("bin").join("rustc")
}

/// A line for each code from this number on that rustc explains and still emits.
fn titles(rustc: &Path, first: usize) -> Vec<String> {
    let numbers: Vec<usize> = (first..first + AT_ONCE).collect();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let chunks = numbers.chunks(AT_ONCE.div_ceil(cores));
    thread::scope(|scope| {
        let running: Vec<_> = chunks.map(|chunk| scope.spawn(|| lines(rustc, chunk))).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

fn lines(rustc: &Path, numbers: &[usize]) -> Vec<String> {
    let line = |number: &usize| {
        let code = format!("E{number:04}");
        let explained = Command::new(rustc).args(["--explain", &code]).output().unwrap();
        let text = String::from_utf8(explained.stdout).unwrap();
        let title = title(&text).filter(|_| explained.status.success())?;
        Some(format!("{code} {title}\n"))
    };
    numbers.iter().filter_map(line).collect()
}

/// The first sentence of an explanation; `None` if rustc does not emit the error, or not for programs of ours.
fn title(explanation: &str) -> Option<String> {
    let text = explanation.trim_start();
    if text.starts_with('#') {
        return None;
    }
    let paragraph = text.split("\n\n").next()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = paragraph.split(". ").next()?.trim_end_matches(['.', ':']);
    Some(sentence.replace("[`", "`").replace("`]", "`")).filter(|sentence| !sentence.is_empty())
}

#[test]
fn a_title_is_the_first_sentence() {
    let told = |text| title(text).unwrap();
    assert_eq!(told("\nA variable was\nused. It was.\n\nErroneous code example:\n"), "A variable was used");
    assert_eq!(told("[`await`] has been used outside:\n\n```\n"), "`await` has been used outside");
    assert_eq!(title("#### Note: this error code is no longer emitted by the compiler.\n\nIt was.\n"), None);
}
