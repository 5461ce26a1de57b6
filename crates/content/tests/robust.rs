//! Whatever stands in a file, its author gets messages, never a crash.

#![allow(clippy::unwrap_used)]

mod support;

use content::pack::pack;
use support::Workshop;

/// Folders and files in them.
const FILES: [(&str, &str); 6] = [
    ("good", "borrowing/pushed-while-read.md"),
    ("good", "ownership/who-frees-the-jobs.md"),
    ("good", "ownership/drained-when-empty.md"),
    ("assembled", "ownership/jobs-left-over.md"),
    ("assembled", "ownership/longest-job.md"),
    ("assembled", "borrowing/lines-of-a-queue.md"),
];

/// Reads the folder and renders every message.
fn messages(workshop: &Workshop) -> String {
    pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap_err().to_string()
}

#[test]
fn files_may_end_anywhere() {
    for (folder, file) in FILES {
        let workshop = Workshop::with(folder);
        let text = workshop.read(file);
        for (end, _) in text.char_indices().step_by(5) {
            workshop.write(file, &text[..end]);
            assert!(messages(&workshop).contains("error: "));
        }
    }
}

#[test]
fn lines_may_be_missing() {
    for (folder, file) in FILES {
        let workshop = Workshop::with(folder);
        let text = workshop.read(file);
        for missing in 0..text.lines().count() {
            let kept = text.lines().enumerate().filter(|(number, _)| *number != missing);
            workshop.write(file, &kept.map(|(_, line)| format!("{line}\n")).collect::<String>());
            assert!(messages(&workshop).contains("error: "));
        }
    }
}

#[test]
fn letters_may_be_long() {
    for (folder, file) in FILES {
        let workshop = Workshop::with(folder);
        let text =
            workshop.read(file).replace('e', "é").replace("rusé", "ruse").replace('o', "🦀").replace('.', "\u{301}");
        workshop.write(file, &text);
        assert!(messages(&workshop).contains("error: "));
        for (end, _) in text.char_indices().step_by(11) {
            workshop.write(file, &text[..end]);
            assert!(messages(&workshop).contains("error: "));
        }
    }
}
