//! Made-up learners with a past: attempts as the app would have stored them, over months, right and wrong.
//!
//! The same seed makes the same past. Nothing here knows how the app schedules; this learner practises at random.

use quiz::answer::Answer;
use quiz::attempt::{Attempt, AttemptId, Confidence, Mode, Record};
use quiz::grading::Mark;
use quiz::problem::Problem;
use quiz::shuffle::{Shuffle, seed_of};

use super::answers::answer_marked;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// A problem and an answer for each mark that it can get.
struct Asked<'a> {
    problem: &'a Problem,
    answers: Vec<(Mark, Answer)>,
}

/// `count` attempts at `problems` in the `days` before `now` (ms since 1970), oldest first.
///
/// The learner gets better, forgets, is a little too sure, rests on some days, and is slower where it is hard.
pub fn history(problems: &[Problem], count: usize, days: u64, now: u64, seed: u64) -> Vec<Record> {
    // Who has written a hundred thousand programs is not to be measured.
    let short = problems.iter().filter(|problem| !problem.question.kind().is_by_choice());
    let asked: Vec<Asked<'_>> = short.map(asked).collect();
    let mut dice = Dice { seed, thrown: 0 };
    let mut times: Vec<u64> = (0..count).map(|_| moment(&mut dice, days, now)).collect();
    times.sort_unstable();
    let mut met = vec![0_u32; asked.len()];
    let attempt = |at: u64| {
        let index = dice.below(asked.len() as u64) as usize;
        let Asked { problem, answers } = &asked[index];
        let level = problem.level as u64;
        let chance = (60 + 8 * u64::from(met[index].min(4)) - 9 * level).min(92);
        let is_right = dice.below(100) < chance;
        met[index] += 1;
        let wanted = if is_right {
            Mark::Right
        } else if dice.below(3) == 0 {
            Mark::Partly
        } else {
            Mark::Wrong
        };
        let (mark, answer) =
            answers.iter().find(|(mark, _)| *mark == wanted).or(answers.first()).expect("every problem has an answer");
        let sure = dice.below(100) + if is_right { 25 } else { 0 };
        let confidence = match sure {
            ..25 => Confidence::Guess,
            25..75 => Confidence::FairlySure,
            _ => Confidence::Certain,
        };
        Attempt {
            id: AttemptId::new(at, dice.next() >> 32),
            answered_at_ms: at,
            slug: problem.slug.clone(),
            revision: problem.revision,
            answer: answer.clone(),
            mark: *mark,
            elapsed_ms: u64::from(problem.minutes) * 600 * (30 + dice.below(90) + 15 * level),
            hints: u32::from(dice.below(12) == 0),
            confidence: Some(confidence),
            mode: if dice.below(6) == 0 { Mode::Single } else { Mode::Practice },
            try_number: 1,
        }
    };
    times.into_iter().map(attempt).map(Record::Attempt).collect()
}

/// Some time in the evening of a day, more often lately; on every third day nothing.
fn moment(dice: &mut Dice, days: u64, now: u64) -> u64 {
    loop {
        let back = dice.below(days).min(dice.below(days));
        if days < 10 || !seed_of("rest", dice.seed ^ back).is_multiple_of(3) || back == 0 {
            let evening = now - back * DAY;
            return evening.saturating_sub(dice.below(2 * 60 * 60 * 1000) + 1);
        }
    }
}

fn asked(problem: &Problem) -> Asked<'_> {
    let marks = [Mark::Right, Mark::Partly, Mark::Wrong];
    let answers = marks.into_iter().filter_map(|mark| Some((mark, answer_marked(problem, mark)?))).collect();
    Asked { problem, answers }
}

/// Numbers that look random.
struct Dice {
    seed: u64,
    thrown: u64,
}

impl Dice {
    fn next(&mut self) -> u64 {
        self.thrown += 1;
        Shuffle::new(self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ self.thrown).number()
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }
}
