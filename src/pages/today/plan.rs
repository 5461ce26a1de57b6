//! The way to the day of an interview: what is planned, and what is said of it.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::interview::KeptInterview;
use quiz::learner::calendar::Day;
use quiz::plan::{self, Known, Plan, Rehearsed, Target};
use quiz::problem::Slug;

use crate::browser::clock;
use crate::browser::language::counted;
use crate::state::AppState;
use crate::state::library::Load;

/// How far away the interview is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ahead {
    /// The learner has named no day.
    Unknown,
    /// So many days: 0 on the day itself.
    Days(Day),
    /// Its day has passed.
    Passed,
}

impl Ahead {
    /// Whether there is a plan for today, or will be once all is loaded.
    pub fn has_plan(self) -> bool {
        matches!(self, Ahead::Days(_))
    }
}

/// What the learner prepares for; tracked.
pub fn target(app: AppState) -> Option<Target> {
    app.settings.chosen().read().target
}

/// How far away it is; tracked.
pub fn ahead(app: AppState) -> Ahead {
    match target(app).map(|target| target.day.checked_sub(app.day.get())) {
        None => Ahead::Unknown,
        Some(Some(days)) => Ahead::Days(days),
        Some(None) => Ahead::Passed,
    }
}

/// The plan, once a day is named and what it is made of is here.
pub fn planned(app: AppState, catalog: StoredValue<Arc<Catalog>>) -> Memo<Option<Plan>> {
    let library = app.library;
    let (has_guide, has_interviews) =
        catalog.with_value(|catalog| (!catalog.guide.is_empty(), !catalog.interviews.is_empty()));
    let is_wanted = Memo::new(move |_| ahead(app).has_plan());
    Effect::new(move || {
        if is_wanted.get() && has_guide {
            library.want_guide();
        }
        if is_wanted.get() && has_interviews {
            library.want_blueprints();
        }
    });
    Memo::new(move |_| {
        let target = target(app).filter(|_| is_wanted.get())?;
        let guide = settled(has_guide, library.guide().get())?;
        let interviews = settled(has_interviews, library.blueprints().get())?.unwrap_or_default();
        let log = app.progress.log().read();
        let rehearsed = rehearsed_so_far(app);
        app.learner(&catalog.get_value(), |learner| {
            let known = Known::of(learner, &log, clock::calendar(), guide.as_deref(), &interviews, rehearsed);
            Some(plan::plan(&target, &known))
        })
    })
}

/// The interviews that the learner has rehearsed to their end, at the level that they practise at. One that was broken off prepares for
/// nothing.
fn rehearsed_so_far(app: AppState) -> Vec<Rehearsed> {
    let own = app.settings.chosen().read().level;
    let all = app.interviews.kept().read();
    let rehearsed = |(_, KeptInterview { interview, report }): &(Slug, KeptInterview)| {
        Some(Rehearsed {
            blueprint: interview.invitation.blueprint.clone(),
            day: clock::calendar().counted_day(interview.seen_at_ms, clock::today())?,
            percent: report.as_ref().map(|report| report.percent),
        })
    };
    let counts = |(_, kept): &&(Slug, KeptInterview)| {
        kept.is_carried_through() && own.is_none_or(|own| kept.interview.invitation.level == own)
    };
    all.iter().filter(counts).filter_map(rehearsed).collect()
}

/// What was asked for: nothing as long as it is on its way, and nothing in it if it cannot be had. A plan does without.
fn settled<T>(is_there: bool, load: Option<Load<T>>) -> Option<Option<T>> {
    match load {
        _ if !is_there => Some(None),
        None | Some(Load::Loading) => None,
        Some(Load::Failed(_)) => Some(None),
        Some(Load::Ready(loaded)) => Some(Some(loaded)),
    }
}

/// The heading of the page of who has named a day.
pub fn headline(ahead: Ahead) -> Option<String> {
    match ahead {
        Ahead::Unknown => None,
        Ahead::Passed => Some("How did it go?".to_owned()),
        Ahead::Days(0) => Some("Your interview is today".to_owned()),
        Ahead::Days(1) => Some("Your interview is tomorrow".to_owned()),
        Ahead::Days(days) => Some(format!("{} to your interview", counted(days as usize, "day"))),
    }
}

/// What is said below the heading; of the days before, how much of today's plan is left.
pub fn lede(app: AppState, ahead: Ahead, plan: Option<&Plan>) -> Option<String> {
    let tasks = plan.and_then(|plan| plan.days.first()).map_or(&[][..], |day| &day.tasks);
    let left: u32 = tasks.iter().filter(|planned| !planned.is_done).map(|planned| planned.minutes).sum();
    let words = match (ahead, plan) {
        (Ahead::Unknown, _) => return None,
        (Ahead::Passed, _) => {
            "Write down three things while you remember them: what was asked, what went well, and what to practise next."
        }
        (Ahead::Days(0), _) => "You have prepared for this. Warm up, then rest. Good luck!",
        (Ahead::Days(1), _) => "Today is short. Sleep helps you more than new questions.",
        (Ahead::Days(_), None) => "",
        (Ahead::Days(_), Some(_)) if left > 0 => {
            // A rehearsal may.
            let is_long = target(app).is_some_and(|target| left > target.minutes());
            let why = if is_long { " It is longer than usual, for one whole rehearsal." } else { "" };
            return Some(format!("Today’s plan: {}.{why}", counted(left as usize, "minute")));
        }
        (Ahead::Days(_), Some(_)) => "Today’s plan is done.",
    };
    Some(words.to_owned())
}
