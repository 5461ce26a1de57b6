//! The end of a session: what was asked, what is to be remembered of it, how long it took, and when it comes again.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::attempt::Attempt;
use quiz::catalog::{Catalog, Entry};
use quiz::grading::Mark;
use quiz::learner::Learner;
use quiz::learner::calendar::{self, Day};
use quiz::problem::Slug;
use quiz::session::Given;

use super::again::link_id;
use crate::pages::start::start;
use crate::routes;
use crate::state::AppState;
use crate::state::library::Load;
use crate::ui::button::Button;
use crate::ui::prose::Words;
use crate::ui::words::marked;
use quiz::interview::clock_face;

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    Answered(Mark),
    TakenBack,
    Unanswered,
}

/// A question of the session.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    entry: Entry,
    came: Came,
    /// The time that it took, in ms; none if it was not answered.
    elapsed_ms: Option<u64>,
    /// In how many days it comes again.
    due_in: Option<Day>,
    /// Whether it does not, as the learner wants.
    is_suspended: bool,
    /// Whether only the learner judged it.
    is_self_assessed: bool,
}

/// The page part.
#[component]
pub fn Finished(app: AppState, catalog: StoredValue<Arc<Catalog>>) -> impl IntoView {
    let asked = Memo::new(move |_| asked(app, &catalog.get_value()));
    app.keeping.back_up();
    Effect::new(move || asked.read().iter().for_each(|asked| app.library.want(&asked.entry.slug)));
    let rows = move || asked.get().into_iter().map(|asked| row(app, asked)).collect_view();
    view! {
        <div data-testid="session-finished">
            <h1 class="big" tabindex="-1" data-testid="score">{move || score(&asked.read())}</h1>
            <p class="lede" data-testid="session-words">{move || lede(&asked.read())}</p>
            <Ways app catalog asked />
            <section>
                <h2>"What you were asked"</h2>
                <ol class="asked-list">{move || rows()}</ol>
            </section>
        </div>
    }
}

/// What can be done next.
#[component]
fn Ways(app: AppState, catalog: StoredValue<Arc<Catalog>>, asked: Memo<Vec<Asked>>) -> impl IntoView {
    let filter = move || app.sessions.current().read_untracked().as_ref().map(|session| session.filter.clone());
    let retry = move || {
        let missed = missed(&asked.read_untracked());
        app.sessions.start(filter().unwrap_or_default(), missed);
    };
    let another = move || start(app, &catalog.get_value(), filter().unwrap_or_default());
    let has_missed = Memo::new(move |_| !missed(&asked.read()).is_empty());
    let buttons = move || match has_missed.get() {
        true => view! {
            <Button class="go" test_id="retry" label="Retry what you missed" on_press=retry />
            <Button class="plain" test_id="again" label="Another session" on_press=another />
        }
        .into_any(),
        false => view! { <Button class="go" test_id="again" label="Another session" on_press=another /> }.into_any(),
    };
    view! {
        <div class="actions">
            {move || buttons()}
            <a class="quiet" href=routes::TODAY on:click=move |_| app.sessions.end()>"Back to today"</a>
        </div>
    }
}

/// The questions of the session in their order.
fn asked(app: AppState, catalog: &Catalog) -> Vec<Asked> {
    let log = app.progress.log();
    let log = log.read();
    let session = app.sessions.current();
    let given = session.read().as_ref().map(|session| session.given(&log)).unwrap_or_default();
    let took = |first: &Attempt| Some(log.last_try(first).elapsed_ms);
    let one = |learner: &Learner<'_>, (slug, given): (Slug, Given<'_>)| {
        let entry = catalog.entry(&slug)?.clone();
        let is_self_assessed = matches!(given, Given::Counts(first) if first.answer.is_self_assessed());
        let (came, elapsed_ms) = match given {
            Given::Nothing => (Came::Unanswered, None),
            Given::TakenBack(first) => (Came::TakenBack, took(first)),
            Given::Counts(first) => (Came::Answered(first.mark), took(first)),
        };
        let place = catalog.problems.place(&slug)?;
        let (due, is_suspended) = (learner.cards[place].due, learner.suspended[place]);
        let due_in = due.map(|due| due.saturating_sub(learner.today));
        Some(Asked { entry, came, elapsed_ms, due_in, is_suspended, is_self_assessed })
    };
    app.learner(catalog, |learner| given.into_iter().filter_map(|given| one(learner, given)).collect())
}

fn missed(asked: &[Asked]) -> Vec<Slug> {
    let is_missed =
        |asked: &&Asked| matches!(asked.came, Came::Answered(Mark::Partly | Mark::Wrong)) && !asked.is_suspended;
    asked.iter().filter(is_missed).map(|asked| asked.entry.slug.clone()).collect()
}

fn count(asked: &[Asked], is_one: impl Fn(Came) -> bool) -> usize {
    asked.iter().filter(|asked| is_one(asked.came)).count()
}

fn score(asked: &[Asked]) -> String {
    let counted = count(asked, |came| matches!(came, Came::Answered(_)));
    match counted {
        0 => "No answer counts".to_owned(),
        _ => format!("{} of {counted} right", count(asked, |came| came == Came::Answered(Mark::Right))),
    }
}

/// What counts, what does not, and how long it took.
fn lede(asked: &[Asked]) -> String {
    let mut parts = Vec::new();
    parts.extend(match count(asked, |came| came == Came::TakenBack) {
        0 => None,
        1 => Some("One answer does not count.".to_owned()),
        many => Some(format!("{many} answers do not count.")),
    });
    parts.extend(match count(asked, |came| came == Came::Unanswered) {
        0 => None,
        1 => Some("One question was not answered.".to_owned()),
        many => Some(format!("{many} questions were not answered.")),
    });
    // In whole seconds, as each is shown.
    let times: Vec<u64> = asked.iter().filter_map(|asked| Some(asked.elapsed_ms? / 1000 * 1000)).collect();
    let sum: u64 = times.iter().sum();
    if let Some(mean) = sum.checked_div(times.len() as u64) {
        parts.push(match times.len() {
            1 => format!("It took {}.", clock_face(sum)),
            _ => format!("It took {} in all. That is {} for each question.", clock_face(sum), clock_face(mean)),
        });
    }
    parts.join(" ")
}

fn row(app: AppState, asked: Asked) -> AnyView {
    let Asked { entry, came, elapsed_ms, due_in, is_suspended, is_self_assessed } = asked;
    let (class, sign, label) = match came {
        Came::Answered(mark) => marked(mark),
        Came::TakenBack => ("state", "↶", "taken back"),
        Came::Unanswered => ("state", "–", "not answered"),
    };
    let look_again = (came != Came::Unanswered).then(|| {
        let (id, address) = (link_id(&entry.slug), routes::look_again(&entry.slug));
        view! { <a class="quiet" id=id data-testid="look-again" href=address>"Look at the answer again"</a> }.into_any()
    });
    let (times, slug) = (times(&entry, elapsed_ms, due_in, is_suspended), entry.slug.clone());
    view! {
        <li class="asked" data-testid="asked" data-slug=entry.slug.to_string() data-came=label>
            <a class="title" href=routes::problem(&entry.slug)>{entry.title}</a>
            <span class=class><span aria-hidden="true">{sign}</span> " " {label} {is_self_assessed.then_some(", you said")}</span>
            {move || (came != Came::Unanswered).then(|| takeaway(app, &slug))}
            <p class="note">{times}</p>
            {look_again}
        </li>
    }
    .into_any()
}

/// What is to be remembered, once the problem is here.
fn takeaway(app: AppState, slug: &Slug) -> Option<AnyView> {
    match app.library.problem(slug) {
        Load::Ready(Some(problem)) => {
            Some(view! { <p class="takeaway" data-testid="takeaway"><Words text=problem.takeaway() /></p> }.into_any())
        }
        Load::Ready(None) | Load::Loading | Load::Failed(_) => None,
    }
}

/// `0:48 of 3:00. It comes again tomorrow.`
fn times(entry: &Entry, elapsed_ms: Option<u64>, due_in: Option<Day>, is_suspended: bool) -> String {
    let expected = clock_face(u64::from(entry.minutes) * 60_000);
    let took = elapsed_ms.map(|elapsed_ms| format!("{} of {expected}.", clock_face(elapsed_ms)));
    let comes = match due_in {
        _ if is_suspended => "It is suspended, so it does not come again.".to_owned(),
        Some(days) => format!("It comes again {}.", calendar::ahead(days)),
        None => "It is still new to you.".to_owned(),
    };
    took.into_iter().chain([comes]).collect::<Vec<_>>().join(" ")
}
