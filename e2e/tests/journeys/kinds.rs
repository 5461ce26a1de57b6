//! Each kind of question, answered right, partly right and wrong: the page judges as the grading does.

use anyhow::{Context, Result, ensure};
use e2e::journey::Journey;
use e2e::problems::answer_marked;
use quiz::answer::Answer;
use quiz::grading::Mark;
use quiz::problem::{ExpectedOutcome, Kind, Problem};
use quiz::verdict::Verdict;

#[tokio::test]
async fn choice_right() -> Result<()> {
    check(Kind::Choice, Mark::Right).await
}

#[tokio::test]
async fn choice_partly_right() -> Result<()> {
    check(Kind::Choice, Mark::Partly).await
}

#[tokio::test]
async fn choice_wrong() -> Result<()> {
    check(Kind::Choice, Mark::Wrong).await
}

#[tokio::test]
async fn predict_right() -> Result<()> {
    check(Kind::Predict, Mark::Right).await
}

#[tokio::test]
async fn predict_partly_right() -> Result<()> {
    check(Kind::Predict, Mark::Partly).await
}

#[tokio::test]
async fn predict_wrong() -> Result<()> {
    check(Kind::Predict, Mark::Wrong).await
}

#[tokio::test]
async fn spot_right() -> Result<()> {
    check(Kind::Spot, Mark::Right).await
}

#[tokio::test]
async fn spot_partly_right() -> Result<()> {
    check(Kind::Spot, Mark::Partly).await
}

#[tokio::test]
async fn spot_wrong() -> Result<()> {
    check(Kind::Spot, Mark::Wrong).await
}

#[tokio::test]
async fn fill_right() -> Result<()> {
    check(Kind::Fill, Mark::Right).await
}

#[tokio::test]
async fn fill_wrong() -> Result<()> {
    check(Kind::Fill, Mark::Wrong).await
}

#[tokio::test]
async fn discuss_right() -> Result<()> {
    check(Kind::Discuss, Mark::Right).await
}

#[tokio::test]
async fn discuss_partly_right() -> Result<()> {
    check(Kind::Discuss, Mark::Partly).await
}

#[tokio::test]
async fn discuss_wrong() -> Result<()> {
    check(Kind::Discuss, Mark::Wrong).await
}

#[tokio::test]
async fn order_right() -> Result<()> {
    check(Kind::Order, Mark::Right).await
}

#[tokio::test]
async fn order_wrong() -> Result<()> {
    check(Kind::Order, Mark::Wrong).await
}

/// Programs that print, that do not compile, that panic and that are undefined are asked and judged differently.
#[tokio::test]
async fn predict_every_outcome() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let outcomes: [fn(&ExpectedOutcome) -> bool; 4] = [
                |happens| matches!(happens, ExpectedOutcome::Prints { .. }),
                |happens| matches!(happens, ExpectedOutcome::Error { .. }),
                |happens| matches!(happens, ExpectedOutcome::Panics { .. }),
                |happens| matches!(happens, ExpectedOutcome::Undefined { .. }),
            ];
            for happens in outcomes {
                let problem = learner.problems.predict(happens)?;
                let answer = answer_marked(problem, Mark::Right).context("every problem has a right answer")?;
                learner.answers(problem, &answer).await?;
            }
            ensure!(learner.attempts().await?.len() == outcomes.len(), "not all answers are stored");
            Ok(())
        })
        .await
}

/// Under the explanation stands what would have gone wrong without the rule, in Miri's words.
#[tokio::test]
async fn a_twin_that_was_let_through() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let with_twin = |problem: &&Problem| problem.let_through.is_some();
            let problem = learner.problems.all().iter().find(with_twin).context("no problem has a twin")?.clone();
            let answer = answer_marked(&problem, Mark::Right).context("every problem has a right answer")?;
            learner.opens_problem(&problem).await?;
            ensure!(!learner.has("let-through").await?, "the twin gives the answer away");
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;
            let twin = problem.let_through.iter().flat_map(|text| text.programs()).find_map(|index| {
                let Verdict::Undefined { message, .. } = &problem.programs.get(index)?.verdict else { return None };
                Some(message.clone())
            });
            let message = twin.context("the twin is undefined")?;
            learner.looks_at("reasons").await?;
            let section = learner.reads("let-through").await?;
            ensure!(section.contains(&message), "the page does not say {message:?}: {section}");
            ensure!(section.contains("miri"), "the slip does not name Miri: {section}");
            Ok(())
        })
        .await
}

/// An answer that is not complete is not taken, and the page says what is missing.
#[tokio::test]
async fn nothing_filled_in() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            // What is talked about has another first step.
            let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Discuss);
            for kind in kinds.clone() {
                let (problem, answer) = learner.problems.to_be_marked(kind, Mark::Right)?;
                learner.opens_problem(&problem).await?;
                learner.submits().await?;
                ensure!(learner.has("submit").await?, "{} was judged without an answer", problem.slug);
                learner.fills_in(&answer).await?;
                learner.submits().await?;
                learner.sees_judgement(&problem, &answer).await?;
            }
            ensure!(learner.attempts().await?.len() == kinds.count(), "an empty answer was stored");
            Ok(())
        })
        .await
}

/// Who does not know says so in one tap and sees what is right. It counts like any answer that is wrong.
#[tokio::test]
async fn who_does_not_know_says_so_and_sees_the_answer() -> Result<()> {
    const SAYS: &str = "return document.querySelector('[data-testid=comparison]')?.innerText ?? '';";
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            for (number, kind) in
                [Kind::Choice, Kind::Predict, Kind::Spot, Kind::Fill, Kind::Order].into_iter().enumerate()
            {
                let (problem, _) = learner.problems.to_be_marked(kind, Mark::Right)?;
                learner.opens_problem(&problem).await?;
                learner.clicks("unknown").await?;
                learner.sees_judgement(&problem, &Answer::Unknown).await?;
                let says: String = learner.runs(SAYS, &[]).await?;
                let is_made = matches!(kind, Kind::Fill | Kind::Order);
                ensure!(says.contains("Right") != is_made && !says.contains("You"), "{kind:?} says {says:?}");
                learner.reloads().await?;
                learner.sees_judgement(&problem, &Answer::Unknown).await?;
                let attempts = learner.attempts().await?;
                ensure!(attempts.len() == number + 1, "{} answers are stored", attempts.len());
                let last = attempts.last().context("it is stored")?;
                ensure!(last.answer == Answer::Unknown && last.mark == Mark::Wrong, "stored was {last:?}");
            }
            learner.sees("It comes again tomorrow.").await?;
            // A slip of the finger is taken back like any answer.
            learner.clicks("undo").await?;
            learner.sees("does not count").await?;
            // Whoever has an answer hands it in.
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.sees_part("unknown").await?;
            learner.fills_in(&answer).await?;
            learner.no_longer_sees_part("unknown").await
        })
        .await
}

async fn check(kind: Kind, mark: Mark) -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(kind, mark)?;
            learner.answers(&problem, &answer).await?;
            let attempts = learner.attempts().await?;
            let [attempt] = attempts.as_slice() else { anyhow::bail!("one answer, {} stored", attempts.len()) };
            ensure!(attempt.slug == problem.slug && attempt.mark == mark, "stored was {attempt:?}");
            ensure!(attempt.answer == answer, "answered was {answer:?}, stored was {:?}", attempt.answer);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_empty_output_is_a_slip_until_it_is_said_to_be_empty() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let problem =
                learner.problems.predict(|happens| matches!(happens, ExpectedOutcome::Prints { .. }))?.clone();
            learner.opens_problem(&problem).await?;
            learner.clicks("outcome-prints").await?;
            learner.submits().await?;
            learner.sees("Type what it prints, or say that it prints nothing.").await?;
            ensure!(learner.attempts().await?.is_empty(), "nothing was said, and it was graded");
            learner.clicks("prints-nothing").await?;
            learner.submits().await?;
            learner.sees_part("summary").await?;
            ensure!(learner.attempts().await?.len() == 1, "that it prints nothing cannot be said");
            Ok(())
        })
        .await
}

/// A learner reads the question and then its options, with nothing between.
#[tokio::test]
async fn the_question_of_a_choice_stands_right_above_its_options() -> Result<()> {
    const BETWEEN: &str = "const ask = document.querySelector('.asking .ask').getBoundingClientRect();
        const end = document.querySelector('.asking .prose').getBoundingClientRect();
        return [end.height, ask.top - end.bottom, document.querySelectorAll('.subject > .prose').length];";
    Journey::new()
        .tells(async |learner| {
            let with_end = |problem: &&Problem| {
                problem.question.kind() == Kind::Choice && !problem.prompt.around_program().1.is_empty()
            };
            let problem =
                learner.problems.all().iter().find(with_end).context("no prompt ends with a question")?.clone();
            learner.opens_problem(&problem).await?;
            let [height, between, _]: [f64; 3] = learner.runs(BETWEEN, &[]).await?;
            ensure!(
                height > 0.0 && (0.0..40.0).contains(&between),
                "{between} px between the question and its options"
            );
            Ok(())
        })
        .await
}
