//! The headings under which interviewers judge, and the recommendations that they give.

use crate::discussion::Criterion;
use crate::json_names;
use crate::problem::Kind;

/// What interviewers judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// What was answered is true.
    Correctness,
    /// What was right came within the time that it was given.
    Speed,
    /// What a program does, and why, is known before it runs; reasons are given.
    Reasoning,
    /// What is gained is held against what it costs.
    TradeOffs,
    /// Programs are written and completed.
    Code,
    /// What was written passes the tests.
    Tests,
    /// It is asked first what is wanted, and what is said can be followed.
    Communication,
}

json_names!(Heading {
    Correctness = "correctness",
    Speed = "speed",
    Reasoning = "reasoning",
    TradeOffs = "trade-offs",
    Code = "code",
    Tests = "tests",
    Communication = "communication",
});

impl Heading {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Heading; 7] = [
        Heading::Correctness,
        Heading::Speed,
        Heading::Reasoning,
        Heading::TradeOffs,
        Heading::Code,
        Heading::Tests,
        Heading::Communication,
    ];

    /// The name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Heading::Correctness => "Correctness",
            Heading::Speed => "Speed",
            Heading::Reasoning => "Reasoning",
            Heading::TradeOffs => "Trade-offs",
            Heading::Code => "Code",
            Heading::Tests => "Tests",
            Heading::Communication => "Communication",
        }
    }

    /// How much it counts for the recommendation.
    pub fn weight(self) -> u32 {
        match self {
            Heading::Correctness => 3,
            Heading::Reasoning | Heading::Code | Heading::Communication => 2,
            Heading::Speed | Heading::TradeOffs | Heading::Tests => 1,
        }
    }

    /// Whether it is a strength of its own: what is right is the ground of all, and what is fast is worth little alone.
    pub(super) fn is_strength(self) -> bool {
        match self {
            Heading::Correctness | Heading::Speed => false,
            Heading::Reasoning | Heading::TradeOffs | Heading::Code | Heading::Tests | Heading::Communication => true,
        }
    }

    /// What to do about it next, in a sentence.
    pub fn advice(self) -> &'static str {
        match self {
            Heading::Correctness => "Practise the concepts named below before you rehearse again.",
            Heading::Speed => "Look at the time when a question begins, and go on to the next one when it is up.",
            Heading::Reasoning => "Before you answer, say aloud what each line does and which rule decides.",
            Heading::TradeOffs => "With each choice, say what it costs and when you would choose otherwise.",
            Heading::Code => "Write one small program a day from a blank page.",
            Heading::Tests => "Before you hand in, run the tests and try an empty input and a large one.",
            Heading::Communication => {
                "Repeat the task in your own words, ask first, and say what you do while you do it."
            }
        }
    }

    /// The heading under which a row of a question to talk about counts.
    pub fn of_criterion(criterion: Criterion) -> Heading {
        match criterion {
            // Correct is what was proven; what a candidate says of their own words is how they reason.
            Criterion::Correctness
            | Criterion::Reasoning
            | Criterion::Numbers
            | Criterion::Design
            | Criterion::Failure
            | Criterion::Operation => Heading::Reasoning,
            Criterion::TradeOffs => Heading::TradeOffs,
            Criterion::Requirements
            | Criterion::Evidence
            | Criterion::OwnPart
            | Criterion::Result
            | Criterion::Reflection
            | Criterion::Communication => Heading::Communication,
        }
    }

    /// All headings under which questions of these kinds can count, in the order in which they are shown.
    pub fn of_kinds(kinds: &[Kind]) -> Vec<Heading> {
        use Heading::{Code, Communication, Correctness, Reasoning, Speed, Tests, TradeOffs};
        let of_kind = |kind: &Kind| match kind {
            Kind::Choice | Kind::Predict | Kind::Spot => [Correctness, Speed, Reasoning].as_slice(),
            Kind::Fill | Kind::Order => &[Correctness, Speed, Code],
            Kind::Write => &[Correctness, Speed, Code, Tests],
            Kind::Discuss => &[Reasoning, TradeOffs, Communication],
        };
        let counts = |heading: &Heading| kinds.iter().any(|kind| of_kind(kind).contains(heading));
        Heading::ALL.into_iter().filter(counts).collect()
    }

    /// The heading, beside correctness, under which a question of a kind counts as a whole.
    pub(super) fn of_kind(kind: Kind) -> Heading {
        match kind {
            Kind::Choice | Kind::Predict | Kind::Spot => Heading::Reasoning,
            Kind::Fill | Kind::Order | Kind::Write => Heading::Code,
            Kind::Discuss => Heading::Communication,
        }
    }
}

/// Whether the candidate would be hired, as those who interviewed them write it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recommendation {
    /// By no means.
    StrongNo,
    /// No.
    No,
    /// Rather not.
    LeanNo,
    /// Rather so.
    LeanYes,
    /// Yes.
    Yes,
    /// By all means.
    StrongYes,
}

json_names!(Recommendation {
    StrongNo = "strong-no",
    No = "no",
    LeanNo = "lean-no",
    LeanYes = "lean-yes",
    Yes = "yes",
    StrongYes = "strong-yes",
});

impl Recommendation {
    /// All of them, from strong no to strong yes.
    pub const ALL: [Recommendation; 6] = [
        Recommendation::StrongNo,
        Recommendation::No,
        Recommendation::LeanNo,
        Recommendation::LeanYes,
        Recommendation::Yes,
        Recommendation::StrongYes,
    ];

    /// The name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Recommendation::StrongNo => "Strong no",
            Recommendation::No => "No",
            Recommendation::LeanNo => "Lean no",
            Recommendation::LeanYes => "Lean yes",
            Recommendation::Yes => "Yes",
            Recommendation::StrongYes => "Strong yes",
        }
    }

    /// It needs so many of 100 points.
    pub fn least_percent(self) -> u32 {
        match self {
            Recommendation::StrongNo => 0,
            Recommendation::No => 25,
            Recommendation::LeanNo => 42,
            Recommendation::LeanYes => 58,
            Recommendation::Yes => 73,
            Recommendation::StrongYes => 88,
        }
    }

    pub(super) fn of_percent(percent: u32) -> Recommendation {
        let reached = Recommendation::ALL.into_iter().rev().find(|level| percent >= level.least_percent());
        reached.unwrap_or(Recommendation::StrongNo)
    }
}

/// Points of 100 as a score from 0 to 4, to the nearest.
pub(super) fn score(percent: u32) -> u32 {
    (percent.min(100) * 4 + 50) / 100
}
