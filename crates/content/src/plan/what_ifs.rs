//! The programs that what-ifs make. That of a `fill` or an `order` is edited as the author's first right answer makes it.
//!
//! It must not know what comes of them.

use quiz::problem::Edition;
use quiz::program;

use crate::crates::Crates;
use crate::job::{Job, Mode};
use crate::mistake::Mistake;
use crate::plan::answers::AnswerSet;
use crate::plan::blocks::run_mode;
use crate::read::blocks::{Block, Claim};
use crate::read::problem::ProblemFile;
use crate::read::what_if::{StatedOutcome, WrittenEdit};
use crate::spelling::count;

/// An edit without a mistake, and the program that it makes.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    /// What its author wrote.
    pub(crate) written: WrittenEdit,
    /// The program that is compiled.
    pub(crate) compiled: String,
    /// Whether that is what a learner sees: nothing is hidden and nothing was wrapped around it.
    pub(crate) is_whole: bool,
    /// The edition of the program that is edited.
    pub(crate) edition: Edition,
    mode: Mode,
    crates: Crates,
}

/// The edits of a problem's program; those with a mistake are reported and left out.
pub(crate) fn edits(file: &ProblemFile, answers: Option<&AnswerSet>, mistakes: &mut Vec<Mistake>) -> Vec<Edit> {
    let written = &file.front.what_ifs;
    let Some(first) = written.first() else { return Vec::new() };
    let Some(block) = file.first_program() else {
        let title = "a what-if without a program";
        let mistake = Mistake::at(&file.source, first.name.span.clone(), title, "nothing to edit");
        mistakes.push(mistake.help("add a ```` ```rust ```` block to the prompt"));
        return Vec::new();
    };
    if let Claim::Ignored(_) = block.claim {
        let title = "a what-if of a program that is not looked at";
        let mistake = Mistake::at(&file.source, first.name.span.clone(), title, "nothing can be proven of it");
        mistakes.push(mistake.and(&file.source, block.fence.clone(), "ignored here").help("let it be compiled"));
        return Vec::new();
    }
    let original = match answers {
        Some(set) => set.program(set.first()),
        // What is wrong with its answers has been reported.
        None if file.is_assembled() => return Vec::new(),
        None => block.code.clone(),
    };
    let edited = Edited { file, answers, block, original };
    written.iter().filter_map(|written| edited.edit(written, mistakes)).collect()
}

/// A program that is edited.
struct Edited<'a> {
    file: &'a ProblemFile,
    /// The answers that make it whole, if it is assembled.
    answers: Option<&'a AnswerSet>,
    block: &'a Block,
    original: String,
}

impl Edited<'_> {
    fn edit(&self, written: &WrittenEdit, mistakes: &mut Vec<Mistake>) -> Option<Edit> {
        let (file, original) = (self.file, &self.original);
        let Some(index) = code_line(original, written.line.value) else {
            let length = program::shown(original).lines().count();
            let title = format!("there is no line {} in the program", written.line.value);
            let label = format!("the program has {} only", count(length, "line"));
            let mistake = Mistake::at(&file.source, written.line.span.clone(), title, label);
            mistakes.push(self.and_original(mistake));
            return None;
        };
        let mut lines: Vec<&str> = original.lines().collect();
        if lines[index].trim() == written.replace.value.trim() {
            let title = "a what-if changes nothing";
            let mistake = Mistake::at(&file.source, written.replace.span.clone(), title, "the line as it is");
            let mistake = match self.answers {
                Some(_) => self.and_original(mistake),
                None => mistake.and(&file.source, self.block.line(&file.source, index as u32 + 1), "this line"),
            };
            mistakes.push(mistake.help("write another line, or correct `line`"));
            return None;
        }
        lines[index] = &written.replace.value;
        let code: String = lines.into_iter().flat_map(|line| [line, "\n"]).collect();
        let (compiled, shown) = match self.answers {
            Some(set) => (set.with_check(code.clone()), code),
            None => (program::compiled(&code), program::shown(&code)),
        };
        Some(Edit {
            is_whole: compiled == shown,
            compiled,
            edition: file.edition(self.block),
            mode: if written.outcome.value == StatedOutcome::Undefined { Mode::Undefined } else { run_mode(file) },
            crates: file.front.crates.clone(),
            written: written.clone(),
        })
    }

    /// Shows the program that is edited; one that is assembled stands nowhere in the file.
    fn and_original(&self, mistake: Mistake) -> Mistake {
        let mistake = mistake.and(&self.file.source, self.block.fence.clone(), "the program");
        match self.answers {
            Some(_) => mistake.note(format!("as the first right answer makes it, it is\n{}", self.original.trim_end())),
            None => mistake,
        }
    }
}

/// The index of the line of the code that is shown as this one.
fn code_line(code: &str, shown: u32) -> Option<usize> {
    let lines = code.lines().enumerate().filter(|(_, line)| !program::has_hidden_lines(line));
    lines.map(|(index, _)| index).nth((shown as usize).checked_sub(1)?)
}

impl Edit {
    /// How verdict files call it.
    pub(crate) fn place(&self) -> String {
        format!("what if: {}", self.written.name.value)
    }

    /// What has to be proven.
    pub(crate) fn job(&self) -> Job {
        let (source, crates) = (self.compiled.clone(), self.crates.clone());
        Job { source, edition: self.edition, mode: self.mode, crates }
    }
}
