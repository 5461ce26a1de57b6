//! After the answer a program can be edited: guessed first, then told by the compiler.

use anyhow::{Context, Result, ensure};
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use quiz::answer::Answer;
use quiz::assemble;
use quiz::grading::Mark;
use quiz::problem::{Kind, Problem};
use quiz::verdict::Verdict;

#[tokio::test]
async fn an_edit_is_guessed_and_then_told() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.goes_offline().await?;
            let with_edits = |problem: &&Problem| problem.what_ifs.len() > 1;
            let problem = learner.problems.all().iter().find(with_edits).context("no problem has edits")?.clone();
            let answer = answer_marked(&problem, Mark::Right).context("every problem has a right answer")?;
            guesses_at_each_edit(learner, &problem, &answer).await?;
            ensure!(learner.attempts().await?.len() == 1, "guesses are stored as answers");
            Ok(())
        })
        .await
}

/// Slots and gaps are filled in by then, whatever the learner answered.
#[tokio::test]
async fn an_assembled_program_is_edited_as_its_author_would_answer() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            for kind in [Kind::Fill, Kind::Order] {
                let with_edits = |problem: &&Problem| problem.question.kind() == kind && problem.what_ifs.len() > 1;
                let found = learner.problems.all().iter().find(with_edits).cloned();
                let problem = found.with_context(|| format!("no {} has edits", kind.name()))?;
                let answer = assemble::accepted(&problem.question).pop().context("there is a right answer")?;
                guesses_at_each_edit(learner, &problem, &answer).await?;
            }
            Ok(())
        })
        .await
}

/// Answers, and says of every edit that it does not compile.
async fn guesses_at_each_edit(learner: &Learner, problem: &Problem, answer: &Answer) -> Result<()> {
    learner.opens_problem(problem).await?;
    ensure!(!learner.has("what-ifs").await?, "edits are offered before the answer");
    learner.fills_in(answer).await?;
    learner.submits().await?;
    learner.sees_judgement(problem, answer).await?;
    learner.looks_at("what-ifs").await?;
    let original = assemble::original(problem).context("it has a program")?;
    for (index, what_if) in problem.what_ifs.iter().enumerate() {
        learner.clicks_on(&format!("[data-testid=what-ifs] .toggles > button:nth-child({})", index + 1)).await?;
        learner.sees_part("guess-fails").await?;
        ensure!(!learner.has("what-if-judgement").await?, "the truth is told before the guess");
        let shown = learner.reads("diff").await?;
        let before = original.source.lines().nth(what_if.line as usize - 1).context("the line is there")?;
        for line in [before, &what_if.replacement.text] {
            ensure!(shown.contains(line.trim()), "{}: {line:?} is not in {shown:?}", what_if.name);
        }
        learner.clicks("guess-fails").await?;
        let judgement = learner.reads("what-if-judgement").await?;
        let expected = match &what_if.verdict {
            Verdict::Error { .. } => "You are right: it does not compile.",
            Verdict::Panics { .. } => "Incorrect: it compiles, but it panics.",
            Verdict::Undefined { .. } => "Incorrect: it compiles, but it has undefined behaviour.",
            Verdict::Prints { .. } | Verdict::Compiles | Verdict::Ignored { .. } => "Incorrect: it compiles.",
        };
        ensure!(judgement == expected, "{}: the page says {judgement:?}", what_if.name);
        match &what_if.verdict {
            Verdict::Error { errors } => {
                let message = errors.first().map(|error| error.message.clone()).unwrap_or_default();
                learner.sees(&message).await?;
            }
            Verdict::Undefined { line, .. } => {
                learner.sees(&format!("Miri found undefined behaviour at line {line}")).await?;
            }
            Verdict::Panics { .. } | Verdict::Prints { .. } | Verdict::Compiles | Verdict::Ignored { .. } => {}
        }
    }
    Ok(())
}
