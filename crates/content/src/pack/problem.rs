//! A problem as the app knows it: what its author wrote, with the verdicts.
//!
//! It must not check anything: whoever calls has found the verdicts to be current and to bear out what the author says.

use quiz::discussion::{Discussion, Round, RubricRow, TitledText};
use quiz::exercise::{CodeResult, Exercise, Rejection, Solution, WrongTurn};
use quiz::learner::misconceptions::Belief;
use quiz::problem::{ChoiceOption, ExpectedOutcome, Misconception, Problem, Program, Question, RoleLine, WhatIf};
use quiz::prose::Prose;
use quiz::rule::Code;
use quiz::verdict::{Diagnostic, Verdict};
use quiz::{program, rule, shuffle};

use crate::error_names;
use crate::highlight::{self, snippet};
use crate::pack::prose;
use crate::pack::references::reference;
use crate::plan::Plan;
use crate::plan::exercise::ExercisePlan;
use crate::plan::what_ifs::Edit;
use crate::proof::TestVerdict;
use crate::read::exercise::{WrittenExercise, WrittenProgram};
use crate::read::options::WrittenOption;
use crate::read::problem::ProblemFile;
use crate::read::registry::Registries;
use crate::read::sections::Text;
use crate::read::statement::{StatedAnswer, StatedPrediction, WrittenSlot};
use crate::read::what_if::WrittenEdit;
use crate::source::Spanned;
use crate::verdict_file::VerdictFile;

/// The problem as the app knows it; `None` if something of it is missing, which has been reported then.
pub(crate) fn problem(
    file: &ProblemFile,
    plan: &Plan,
    verdicts: VerdictFile,
    registries: &Registries,
) -> Option<Problem> {
    let front = &file.front;
    Some(Problem {
        slug: file.slug.clone(),
        topic: file.topic.clone(),
        title: front.title.as_ref()?.value.clone(),
        level: front.level?,
        minutes: front.minutes?,
        revision: front.revision,
        concepts: front.concepts.clone(),
        references: front.references.iter().map(|address| reference(address, registries)).collect(),
        crates: front.crates.iter().map(str::to_owned).collect(),
        prompt: prose_of(file, &file.prompt),
        question: question(file, plan, &verdicts, registries)?,
        hints: file.hints.iter().map(|hint| prose_of(file, hint)).collect(),
        explanation: prose_of(file, &file.explanation),
        let_through: file.let_through.as_ref().map(|text| prose_of(file, text)),
        interview: prose_of(file, &file.interview),
        check: check(file, &verdicts),
        what_ifs: what_ifs(plan, &verdicts),
        programs: programs(file, plan, verdicts),
    })
}

fn prose_of(file: &ProblemFile, text: &Text) -> quiz::prose::Prose {
    prose::parse(&text.markdown, file.blocks_before(text.span.start))
}

fn programs(file: &ProblemFile, plan: &Plan, verdicts: VerdictFile) -> Vec<Program> {
    let in_prompt = file.blocks_before(file.prompt.span.end);
    let judged = file.blocks.iter().zip(verdicts.programs).enumerate();
    let program = judged.map(|(index, (block, entry))| {
        let template = plan.answers.as_ref().filter(|_| file.program() == Some(index)).map(|set| set.template.clone());
        let source = template.unwrap_or_else(|| program::shown(&block.code));
        let compiled = Some(plan.compiled[index].clone()).filter(|compiled| *compiled != source);
        let highlights = highlight::highlights(&source);
        let verdict = if index < in_prompt { entry.verdict } else { caption(entry.verdict) };
        Program { source, highlights, compiled, edition: file.edition(block), verdict }
    });
    program.collect()
}

/// What a caption says of a verdict: an error's code and message. Only the programs of a prompt have a receipt, and unsafe
/// twins, in which there are no errors; without the rest of all the others a pack is a tenth smaller.
fn caption(verdict: Verdict) -> Verdict {
    let brief = |error: Diagnostic| Diagnostic { spans: Vec::new(), rendered: String::new(), ..error };
    match verdict {
        Verdict::Error { errors } => Verdict::Error { errors: errors.into_iter().map(brief).collect() },
        verdict => verdict,
    }
}

/// The hidden tests, with the verdict on the program that they were compiled with.
fn check(file: &ProblemFile, verdicts: &VerdictFile) -> Option<Program> {
    let check = file.check.as_ref()?;
    Some(Program {
        source: check.code.clone(),
        highlights: highlight::highlights(&check.code),
        compiled: None,
        edition: file.front.edition,
        verdict: verdicts.programs.get(file.program()?)?.verdict.clone(),
    })
}

fn what_ifs(plan: &Plan, verdicts: &VerdictFile) -> Vec<WhatIf> {
    let judged = plan.edits.iter().zip(&verdicts.what_ifs);
    judged.map(|(edit, entry)| what_if(edit, entry.verdict.clone())).collect()
}

fn what_if(edit: &Edit, verdict: Verdict) -> WhatIf {
    let WrittenEdit { name, line, replace, .. } = &edit.written;
    let compiled = (!edit.is_whole).then(|| edit.compiled.clone());
    WhatIf { name: name.value.clone(), line: line.value, replacement: snippet(&replace.value), compiled, verdict }
}

fn question(file: &ProblemFile, plan: &Plan, verdicts: &VerdictFile, registries: &Registries) -> Option<Question> {
    Some(match file.front.answer.as_ref()? {
        StatedAnswer::Choice { several } => Question::Choice {
            several: *several,
            options: file.options.iter().map(|option| choice_option(file, option, registries)).collect(),
        },
        StatedAnswer::Predict { prediction, rules } => {
            let expected = expected(prediction);
            let right = match &expected {
                ExpectedOutcome::Error { code, .. } => Some(code),
                ExpectedOutcome::Prints { .. } | ExpectedOutcome::Panics { .. } | ExpectedOutcome::Undefined { .. } => {
                    None
                }
            };
            let seed = shuffle::seed_of(&file.slug.0, u64::from(file.front.revision));
            let rules = rules.clone().unwrap_or_else(|| rule::offer(right, seed));
            let title = |rule: &Code| Some((rule.clone(), error_names::in_rustcs_words(rule)?));
            let titles = rules.iter().filter_map(title).collect();
            Question::Predict { expected, rules, titles }
        }
        StatedAnswer::Spot { roles, .. } => Question::Spot {
            roles: roles.iter().map(|(role, line)| RoleLine { role: role.value, line: line.value }).collect(),
        },
        StatedAnswer::Fill { slots, .. } => {
            let set = plan.answers.as_ref()?;
            with_beliefs(set.question(verdicts.outcomes(set)), slots, registries)
        }
        StatedAnswer::Order { .. } => {
            let set = plan.answers.as_ref()?;
            set.question(verdicts.outcomes(set))
        }
        StatedAnswer::Write { .. } => {
            Question::Write(exercise(file, file.exercise.as_ref()?, plan.exercise.as_ref()?, verdicts, registries))
        }
        StatedAnswer::Discuss { round } => Question::Discuss(discussion(file, *round)?),
    })
}

/// A `fill` with the beliefs behind its choices, as far as any are named.
fn with_beliefs(mut question: Question, written: &[WrittenSlot], registries: &Registries) -> Question {
    if let Question::Fill { slots, .. } = &mut question {
        for (slot, written) in slots.iter_mut().zip(written) {
            let belief = |id: &Option<String>| Some(registries.misconceptions.get(id.as_ref()?)?.belief.clone());
            if written.misconceptions.iter().any(Option::is_some) {
                slot.beliefs = written.misconceptions.iter().map(belief).collect();
            }
        }
    }
    question
}

/// The exercise with its solutions, and its wrong turns with what became of them.
fn exercise(
    file: &ProblemFile,
    written: &WrittenExercise,
    plan: &ExercisePlan,
    verdicts: &VerdictFile,
    registries: &Registries,
) -> Exercise {
    let solution = |program: &WrittenProgram| Solution {
        name: program.name.value.clone(),
        program: snippet(&program.block.code),
        trade: prose_of(file, &program.text),
    };
    let tests = plan.exercise.names().count() as u32;
    // The start and the solutions stand before them.
    let became = verdicts.trials().into_iter().skip(1 + written.solutions.len());
    let wrong_turn = |(program, became): (&WrittenProgram, TestVerdict)| {
        let lines = program.block.code.lines().count() as u32;
        let (result, verdict) = match became {
            TestVerdict::Rejected(errors) => {
                let rejection = errors.first().map(|error| Rejection::of(error, lines)).unwrap_or_default();
                (CodeResult::Rejected(rejection), Some(caption(Verdict::Error { errors })))
            }
            TestVerdict::Tested(failures) => (CodeResult::Tested { failures, tests }, None),
        };
        let remark = prose_of(file, &program.text);
        let belief = program.misconception.as_ref().and_then(|id| registries.misconceptions.get(id));
        WrongTurn {
            name: program.name.value.clone(),
            program: snippet(&program.block.code),
            result,
            verdict,
            remark,
            belief: belief.map(|belief| belief.belief.clone()),
        }
    };
    Exercise {
        solutions: written.solutions.iter().map(solution).collect(),
        wrong_turns: written.wrong_turns.iter().zip(became).map(wrong_turn).collect(),
        clarify: written.clarify.as_ref().map(|text| Box::new(prose_of(file, text))),
        ..Exercise::clone(&plan.exercise)
    }
}

fn discussion(file: &ProblemFile, round: Round) -> Option<Discussion> {
    let written = file.discussion.as_ref()?;
    let titled = |(title, text): &(Spanned<String>, Text)| TitledText {
        title: Prose::line(&title.value),
        text: prose_of(file, text),
    };
    Some(Discussion {
        round,
        clarify: written.clarify.as_ref().map(|text| prose_of(file, text)),
        rubric: written
            .rubric
            .iter()
            .map(|(criterion, text)| RubricRow { criterion: *criterion, text: prose_of(file, text) })
            .collect(),
        follow_ups: written.follow_ups.iter().map(titled).collect(),
        mistakes: written.mistakes.iter().map(titled).collect(),
    })
}

/// The truth of a prediction, for the app.
fn expected(stated: &StatedPrediction) -> ExpectedOutcome {
    match stated {
        StatedPrediction::Prints { stdout, .. } => ExpectedOutcome::Prints { stdout: stdout.value.clone() },
        StatedPrediction::Error { code, line, .. } => {
            ExpectedOutcome::Error { code: code.value.clone(), line: line.value }
        }
        StatedPrediction::Panics { line, .. } => ExpectedOutcome::Panics { line: line.value },
        StatedPrediction::Undefined { line, .. } => ExpectedOutcome::Undefined { line: line.value },
    }
}

fn choice_option(file: &ProblemFile, option: &WrittenOption, registries: &Registries) -> ChoiceOption {
    let first_program = file.blocks_before(option.span.start);
    let misconception = option.misconception.as_ref().and_then(|id| {
        let Belief { belief, truth, .. } = registries.misconceptions.get(id)?.clone();
        Some(Misconception { id: id.clone(), belief, truth })
    });
    ChoiceOption {
        text: prose::parse(&option.text, first_program),
        rationale: prose::parse(&option.rationale, first_program),
        right: option.right,
        misconception,
    }
}
