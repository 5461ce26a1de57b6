//! What can be said of all problems together: what is covered, what gives answers away, how hard the texts are to read.
//!
//! Each figure is a pure function of what is known of the problems (`described`); only this file and that one touch a
//! disk. Nothing is refused here: these are aims for whoever plans what to write next.

mod alike;
mod coverage;
mod described;
mod figure;
mod interviews;
mod lengths;
mod predictions;
mod reading;
mod table;
mod tricks;

use std::io;
use std::path::Path;

pub use figure::{Aim, Figure};

use self::described::Described;
use crate::read::folder;
use crate::{plan, read};

/// All figures on the problems in a folder, from what was committed; nothing is compiled. Problems that cannot be read are left out.
///
/// # Errors
/// If the folder cannot be read.
pub fn report(problems: &Path) -> io::Result<Vec<Figure>> {
    let folder = folder::read(problems)?;
    let planned = plan::plan(&folder);
    let problems: Vec<Described> = planned.iter().filter_map(Described::of).collect();
    let registries = &folder.registries;
    let files = folder.problems.iter().map(|found| &found.file);
    let mut figures = vec![
        coverage::mixture(&problems, &folder.topics),
        coverage::concepts(&problems, registries.concepts.keys().map(String::as_str)),
        coverage::misconceptions(&problems, registries.misconceptions.keys().map(String::as_str)),
    ];
    figures.extend(registries.syllabus.as_deref().map(|rows| coverage::syllabus(&problems, &folder.guide, rows)));
    figures.extend([
        coverage::interview_lines(&problems),
        interviews::repeats(&folder.interviews, &read::interviews::catalog(files, Vec::new())),
        predictions::outcomes(&problems, &folder.topics),
        predictions::unsafe_programs(&problems),
        tricks::choices(&problems),
        tricks::fills(&problems),
        tricks::compiles_and_is_wrong(&problems),
        lengths::lengths(&problems),
        reading::ease(&problems),
        alike::programs(&problems),
        alike::texts(&problems),
    ]);
    Ok(figures)
}

/// All figures as text for a terminal.
pub fn render(figures: &[Figure]) -> String {
    let texts: Vec<String> = figures.iter().map(Figure::render).collect();
    texts.join("\n")
}
