//! The report on an interview that is over, its questions with what became of them, and what the learner writes about it.

mod given;
mod reflection;
mod written;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use quiz::interview::{Evidence, Interview, KeptInterview, Report};
use quiz::problem::{Problem, Slug};

use self::given::{Again, Given};
use self::reflection::ReflectionForm;
use self::written::Written;
use super::material::Material;
use crate::browser::page;
use crate::pages::gate::once_known;
use crate::routes;
use crate::state::AppState;
use crate::state::library::Load;
use crate::ui::button::Button;
use crate::ui::empty::Empty;
use crate::ui::loading::{LoadFailed, Loading};
use crate::ui::recording::RecordingList;

/// The page part: the report, or the answer to one question.
#[component]
pub(super) fn ReportPage(
    app: AppState,
    material: StoredValue<Material>,
    name: Slug,
    answer: Option<Slug>,
) -> impl IntoView {
    if let Some(slug) = answer {
        return view! { <Again app material name slug /> }.into_any();
    }
    let wanted = name.clone();
    let kept = Memo::new(move |_| {
        let all = app.interviews.kept().read();
        all.iter().find(|(name, _)| *name == wanted).map(|(_, kept)| kept.clone())
    });
    let stage = Memo::new(move |_| match &*kept.read() {
        None => Stage::Gone,
        Some(kept) if !kept.is_over() => Stage::Unfinished,
        Some(KeptInterview { report: None, .. }) => Stage::Unjudged,
        Some(_) => Stage::Judged,
    });
    let name = StoredValue::new(name);
    let shown = move || match stage.get() {
        Stage::Gone => gone(),
        Stage::Unfinished => view! { <Unfinished app name kept /> }.into_any(),
        Stage::Unjudged => view! { <Judging app material name kept /> }.into_any(),
        Stage::Judged => view! { <Judged app material name kept /> }.into_any(),
    };
    view! { {move || shown()} }.into_any()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Gone,
    Unfinished,
    Unjudged,
    Judged,
}

fn gone() -> AnyView {
    view! {
        <Empty title="There is no such interview." text="There may be a mistake in the link, or it was rehearsed in another browser. An export brings it here.">
            <a class="go" href=routes::INTERVIEWS>"All interviews"</a>
        </Empty>
    }
    .into_any()
}

#[component]
fn Unfinished(app: AppState, name: StoredValue<Slug>, kept: Memo<Option<KeptInterview>>) -> impl IntoView {
    let trouble = RwSignal::new(false);
    let navigate = StoredValue::new_local(use_navigate());
    let go = move || {
        navigate.with_value(|navigate| navigate(&routes::to_navigate(routes::INTERVIEWS), Default::default()));
    };
    let go_on = move || {
        let Some(kept) = kept.get_untracked() else { return };
        if app.interviews.is_this_under_way(&name.get_value()) {
            return go();
        }
        app.interviews.go_on(name.get_value(), kept.interview, move |begins| {
            trouble.set(!begins);
            if begins {
                go();
            }
        });
    };
    let said = move || if trouble.get() { "Another interview is under way. End it first." } else { "" };
    view! {
        <Empty title="This interview is not finished." text="What you handed in is kept. You go on with the round that was not over.">
            <p class="nudge" role="alert">{move || said().to_owned()}</p>
            <Button class="go" test_id="go-on" label="Go on" on_press=go_on />
            <a class="quiet" href=routes::INTERVIEWS>"All interviews"</a>
        </Empty>
    }
}

/// Looks up what was asked, writes the report, and keeps it.
#[component]
fn Judging(
    app: AppState,
    material: StoredValue<Material>,
    name: StoredValue<Slug>,
    kept: Memo<Option<KeptInterview>>,
) -> impl IntoView {
    let slugs = move || -> Vec<Slug> {
        let kept = kept.read();
        let rounds = kept.iter().flat_map(|kept| &kept.interview.rounds);
        // The file of one that was lost is not waited for a second time.
        let asked = rounds.flat_map(|round| &round.questions).filter(|asked| !asked.is_lost);
        asked.map(|asked| asked.slug.clone()).collect()
    };
    Effect::new(move || slugs().iter().for_each(|slug| app.library.want(slug)));
    let problems = Memo::new(move |_| -> Load<Vec<Arc<Problem>>> {
        let mut problems = Vec::new();
        for slug in slugs() {
            match app.library.problem(&slug) {
                Load::Loading => return Load::Loading,
                Load::Failed(why) => return Load::Failed(why),
                Load::Ready(problem) => problems.extend(problem),
            }
        }
        Load::Ready(problems)
    });
    Effect::new(move || {
        let (Load::Ready(problems), Some(kept)) = (problems.get(), kept.get_untracked()) else { return };
        let report = material.with_value(|material| judge(app, material, &problems, &kept));
        let kept = KeptInterview { report: Some(report), ..kept };
        app.progress.remark(name.get_value(), kept.to_remark());
        page::begin();
    });
    move || match problems.get() {
        Load::Failed(why) => {
            let on_retry = Callback::new(move |()| app.library.retry());
            view! { <LoadFailed what="The questions of this interview could not be loaded." why saving=app.progress.saving() on_retry /> }.into_any()
        }
        Load::Loading | Load::Ready(_) => view! { <Loading what="Writing the report…" /> }.into_any(),
    }
}

fn judge(app: AppState, material: &Material, problems: &[Arc<Problem>], kept: &KeptInterview) -> Report {
    let log = app.progress.log();
    let log = log.read_untracked();
    let (interview, _) = Interview::resume(kept.interview.clone(), kept.interview.seen_at_ms);
    Report::of(&interview, &material.catalog, |asked| {
        let problem = problems.iter().find(|problem| problem.slug == asked.slug)?;
        let attempt = asked.answer.and_then(|answer| log.attempt(answer.attempt));
        Some(Evidence::of(problem, attempt))
    })
}

#[component]
fn Judged(
    app: AppState,
    material: StoredValue<Material>,
    name: StoredValue<Slug>,
    kept: Memo<Option<KeptInterview>>,
) -> impl IntoView {
    // What is written below must not draw the report anew.
    let Some(now) = kept.get_untracked() else { return ().into_any() };
    let KeptInterview { interview, report } = now;
    let Some(report) = report else { return ().into_any() };
    let blueprint = interview.invitation.blueprint.clone();
    let round_title =
        Callback::new(move |round| material.with_value(|material| material.round_title(&blueprint, round)));
    let written = RwSignal::new(interview.reflection.clone().unwrap_or_default());
    let (interview, report) = (StoredValue::new(interview), StoredValue::new(report));
    app.recordings.look();
    once_known(
        move || app.recordings.is_known(),
        move || {
            view! {
                <article class="interview-report" data-testid="interview-report">
                    <Written app material interview report=report.get_value() reflection=written />
                    <Given app material name=name.get_value() interview />
                    <RecordingList recordings=app.recordings interview=name.get_value().to_string() name_of=round_title />
                </article>
                <ReflectionForm app name kept written />
            }
            .into_any()
        },
    )
}
