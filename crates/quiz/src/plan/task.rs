//! What a plan consists of: days, and tasks that take minutes.

use crate::learner::calendar::Day;
use crate::practice::Filter;
use crate::problem::{Kind, Slug};

/// What to do until the interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many days there are until the interview: 0 on its day, `None` once it has passed.
    pub days_left: Option<Day>,
    /// Each day from today on, up to the interview or as far as is planned ahead; none once it has passed.
    pub days: Vec<PlannedDay>,
}

/// A day of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDay {
    /// The day.
    pub day: Day,
    /// What there is to do, in this order.
    pub tasks: Vec<Planned>,
}

/// A task with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// What to do.
    pub task: Task,
    /// How many minutes it takes; none to rest.
    pub minutes: u32,
    /// Whether it was done today.
    pub is_done: bool,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// To answer what is due.
    Review,
    /// To practise what the filter accepts.
    Practise(Filter),
    /// To rehearse an interview.
    Rehearse {
        /// The name of its blueprint.
        blueprint: String,
        /// Its title.
        title: String,
    },
    /// To read a section of the guide.
    Read {
        /// Its name.
        section: Slug,
        /// Its title.
        title: String,
    },
    /// To write down one more story of one's own work.
    WriteStory,
    /// To improve a story that lacks something.
    ImproveStory,
    /// To choose what to ask the interviewers, by this section of the guide.
    ChooseQuestions(Slug),
    /// To answer a few questions that are known well.
    WarmUp,
    /// To do nothing more.
    Rest,
}

impl PlannedDay {
    /// How many minutes it takes.
    pub fn minutes(&self) -> u32 {
        self.tasks.iter().map(|planned| planned.minutes).sum()
    }
}

impl Task {
    /// What to do, in a few words.
    pub fn label(&self) -> String {
        match self {
            Task::Review => "Review what is due".to_owned(),
            Task::Practise(filter) => practise(filter),
            Task::Rehearse { title, .. } => format!("Rehearse: {title}"),
            Task::Read { title, .. } => format!("Read: {title}"),
            Task::WriteStory => "Write down a story of your work".to_owned(),
            Task::ImproveStory => "Improve one of your stories".to_owned(),
            Task::ChooseQuestions(_) => "Choose what you want to ask them".to_owned(),
            Task::WarmUp => "Warm up with questions that you know".to_owned(),
            Task::Rest => "Rest. You need nothing new now.".to_owned(),
        }
    }
}

fn practise(filter: &Filter) -> String {
    let topic = filter.topic.as_ref().map(|topic| topic.label());
    match (filter.kind, topic) {
        (Some(Kind::Write), None) => "Write a program".to_owned(),
        (Some(Kind::Write), Some(topic)) => format!("Write a program: {topic}"),
        (Some(Kind::Discuss), None) => "Talk about a question".to_owned(),
        (Some(Kind::Discuss), Some(topic)) => format!("Talk about a question: {topic}"),
        (Some(Kind::Choice | Kind::Predict | Kind::Spot | Kind::Fill | Kind::Order) | None, None) => {
            "Practise".to_owned()
        }
        (Some(Kind::Choice | Kind::Predict | Kind::Spot | Kind::Fill | Kind::Order) | None, Some(topic)) => {
            format!("Practise: {topic}")
        }
    }
}
