//! A question that is talked about: what an interviewer looks for in the answer, and how a learner scores themself by it.
//!
//! Nothing here can be proven. The mark is the learner's own, and says so wherever it is shown.

use serde::Serialize;

use crate::json::read_struct;
use crate::json_names;
use crate::prose::Prose;

/// What a `discuss` problem holds beside its prompt and its model answer, which is its explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Discussion {
    /// The round of an interview in which it is asked.
    pub round: Round,
    /// Questions worth asking first, and what the interviewer answers; none where the question is clear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clarify: Option<Prose>,
    /// What a strong answer has, row by row.
    pub rubric: Vec<RubricRow>,
    /// What the interviewer asks next.
    pub follow_ups: Vec<TitledText>,
    /// What candidates say or leave out, and what it costs them.
    pub mistakes: Vec<TitledText>,
}

/// A round of an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Round {
    /// A concept is explained aloud, in a technical round.
    Concept,
    /// A choice is defended, in a technical round.
    TradeOff,
    /// A system is designed.
    SystemsDesign,
    /// How the candidate works with others.
    Behavioural,
    /// A recruiter's call.
    Recruiter,
}

json_names!(Round {
    Concept = "concept",
    TradeOff = "trade-off",
    SystemsDesign = "systems-design",
    Behavioural = "behavioural",
    Recruiter = "recruiter",
});

impl Round {
    /// All rounds.
    pub const ALL: [Round; 5] =
        [Round::Concept, Round::TradeOff, Round::SystemsDesign, Round::Behavioural, Round::Recruiter];
}

/// Something that a strong answer has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RubricRow {
    /// What it is about.
    pub criterion: Criterion,
    /// What a strong answer does.
    pub text: Prose,
}

/// What interviewers judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Criterion {
    /// What is asked for is found out first.
    Requirements,
    /// Load, sizes and times are estimated.
    Numbers,
    /// Parts and their duties fit the need.
    Design,
    /// What happens when a part fails.
    Failure,
    /// How it is run, watched and changed.
    Operation,
    /// What is said is true.
    Correctness,
    /// Reasons are given.
    Reasoning,
    /// What is gained is held against what it costs.
    TradeOffs,
    /// A story or a measurement stands behind a claim.
    Evidence,
    /// What the candidate did themself.
    OwnPart,
    /// What came of it.
    Result,
    /// What was learnt.
    Reflection,
    /// It can be followed.
    Communication,
}

json_names!(Criterion {
    Requirements = "requirements",
    Numbers = "numbers",
    Design = "design",
    Failure = "failure",
    Operation = "operation",
    Correctness = "correctness",
    Reasoning = "reasoning",
    TradeOffs = "trade-offs",
    Evidence = "evidence",
    OwnPart = "own-part",
    Result = "result",
    Reflection = "reflection",
    Communication = "communication",
});

impl Criterion {
    /// All of them.
    pub const ALL: [Criterion; 13] = [
        Criterion::Requirements,
        Criterion::Numbers,
        Criterion::Design,
        Criterion::Failure,
        Criterion::Operation,
        Criterion::Correctness,
        Criterion::Reasoning,
        Criterion::TradeOffs,
        Criterion::Evidence,
        Criterion::OwnPart,
        Criterion::Result,
        Criterion::Reflection,
        Criterion::Communication,
    ];

    /// The name on the screen, and in a problem's file.
    pub fn label(self) -> &'static str {
        match self {
            Criterion::Requirements => "Requirements",
            Criterion::Numbers => "Numbers",
            Criterion::Design => "Design",
            Criterion::Failure => "Failure",
            Criterion::Operation => "Operation",
            Criterion::Correctness => "Correctness",
            Criterion::Reasoning => "Reasoning",
            Criterion::TradeOffs => "Trade-offs",
            Criterion::Evidence => "Evidence",
            Criterion::OwnPart => "Own part",
            Criterion::Result => "Result",
            Criterion::Reflection => "Reflection",
            Criterion::Communication => "Communication",
        }
    }

    /// The criterion of this [label](Criterion::label).
    pub fn from_label(label: &str) -> Option<Criterion> {
        Criterion::ALL.into_iter().find(|criterion| criterion.label() == label)
    }
}

/// A question of the interviewer and its answer, or a mistake and what to say in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TitledText {
    /// The question, or the mistake in a few words.
    pub title: Prose,
    /// What is to be said of it.
    pub text: Prose,
}

/// How far the learner's own answer had what a row of the rubric asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Score {
    /// It had not.
    No,
    /// In part.
    Partly,
    /// It had.
    Yes,
}

json_names!(Score { No = "no", Partly = "partly", Yes = "yes" });

impl Score {
    /// All of them, the least first.
    pub const ALL: [Score; 3] = [Score::No, Score::Partly, Score::Yes];

    /// The name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Score::No => "No",
            Score::Partly => "Partly",
            Score::Yes => "Yes",
        }
    }

    /// Its points, 2 at most.
    pub fn points(self) -> u32 {
        match self {
            Score::No => 0,
            Score::Partly => 1,
            Score::Yes => 2,
        }
    }
}

read_struct!(Discussion { round, clarify, rubric, follow_ups, mistakes });
read_struct!(RubricRow { criterion, text });
read_struct!(TitledText { title, text });
