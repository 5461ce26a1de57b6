//! Whatever stands in a file, its author gets messages about that file, never a crash.

use crate::support::{Workshop, render};
use content::mistake::Mistake;
use content::pack::{PackError, pack};

/// Folders and files in them.
const FILES: [(&str, &str); 6] = [
    ("good", "borrowing/pushed-while-read.md"),
    ("good", "ownership/who-frees-the-jobs.md"),
    ("good", "ownership/drained-when-empty.md"),
    ("assembled", "ownership/jobs-left-over.md"),
    ("assembled", "ownership/longest-job.md"),
    ("assembled", "borrowing/lines-of-a-queue.md"),
];
/// The heading of the last section; its words may be any.
const LAST: &str = "## In an interview\n\n";
/// Lines that no problem can do without, by how they begin.
const NEEDED: [&str; 11] = [
    "+++",
    "title =",
    "kind =",
    "level =",
    "minutes =",
    "concepts =",
    "references =",
    "## Options",
    "## Explanation",
    "## In an interview",
    "```rust",
];

/// Reads the folder and renders every message. Nothing but this file may be blamed; verdicts are not what this is about.
fn messages(workshop: &Workshop, file: &str) -> Vec<Mistake> {
    let PackError::Mistakes(mistakes) = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap_err() else {
        panic!("the folder cannot be read");
    };
    let (verdicts, mistakes): (Vec<Mistake>, Vec<Mistake>) =
        mistakes.into_iter().partition(|mistake| mistake.file().ends_with(".verdict.json"));
    assert!(verdicts.iter().all(|mistake| mistake.title() == "the verdict file is missing"), "{}", render(&verdicts));
    let lines = workshop.read(file).lines().count() + 1;
    for mistake in &mistakes {
        let text = mistake.render(false);
        assert!(mistake.file().ends_with(file), "another file is blamed:\n{text}");
        assert!(mistake.line().is_some_and(|line| (1..=lines).contains(&line)), "at no line of the file:\n{text}");
        assert!(text.starts_with("error: ") && text.contains(file), "{text}");
    }
    mistakes
}

#[test]
fn files_may_end_anywhere() {
    for (folder, file) in FILES {
        let workshop = Workshop::with(folder);
        let text = workshop.read(file);
        let enough = text.find(LAST).unwrap() + LAST.len();
        let mut cuts: Vec<usize> = text.char_indices().map(|(end, _)| end).step_by(5).collect();
        cuts.extend([enough, enough + 1]);
        for end in cuts {
            workshop.write(file, &text[..end]);
            let mistakes = messages(&workshop, file);
            assert_eq!(mistakes.is_empty(), end > enough, "{file} up to {end}:\n{}", render(&mistakes));
        }
    }
}

#[test]
fn lines_may_be_missing() {
    for (folder, file) in FILES {
        let workshop = Workshop::with(folder);
        let text = workshop.read(file);
        let mut needed = 0;
        for (missing, line) in text.lines().enumerate() {
            let kept = text.lines().enumerate().filter(|(number, _)| *number != missing);
            workshop.write(file, &kept.map(|(_, line)| format!("{line}\n")).collect::<String>());
            let mistakes = messages(&workshop, file);
            if NEEDED.iter().any(|beginning| line.starts_with(beginning)) {
                assert!(!mistakes.is_empty(), "{file} without {line:?} is said to be whole");
                needed += 1;
            }
        }
        assert!(needed >= 10, "{file} has {needed} of the lines that are needed");
    }
}

#[test]
fn letters_may_be_long() {
    for (folder, file) in FILES {
        let workshop = Workshop::with(folder);
        let text =
            workshop.read(file).replace('e', "é").replace("rusé", "ruse").replace('o', "🦀").replace('.', "\u{301}");
        let mut cuts: Vec<usize> = text.char_indices().map(|(end, _)| end).step_by(11).collect();
        cuts.push(text.len());
        for end in cuts {
            workshop.write(file, &text[..end]);
            assert!(!messages(&workshop, file).is_empty(), "{file} up to {end} is said to be whole");
        }
    }
}
