//! Progress: what the log says about the learner.

mod activity;
mod beliefs;
mod calibration;
mod hardest;
mod mastery;
mod pace;
mod parts;
mod readiness;
mod report;

use std::sync::Arc;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::learner::misconceptions;

use crate::browser::{language, page};
use crate::pages::gate::{once_known, with_catalog};
use crate::pages::start::Starter;
use crate::routes;
use crate::state::library::Load;
use crate::state::{AppState, use_app};
use crate::ui::empty::Empty;
use activity::activity_part;
use beliefs::beliefs_part;
use calibration::calibration_part;
use hardest::hardest_part;
use mastery::mastery_part;
use pace::pace_part;
use parts::counted;
use readiness::readiness_part;
use report::report;

/// The page.
#[component]
pub fn ProgressPage() -> impl IntoView {
    page::set_title("Progress");
    let app = use_app();
    view! {
        <main id="main" class="progress" data-testid="page-progress">
            {with_catalog(move |catalog| {
                app.library.want_beliefs();
                let has_none = catalog.beliefs.is_empty();
                let is_known = move || has_none || !matches!(*app.library.beliefs().read(), Load::Loading);
                once_known(
                    is_known,
                    move || {
                        let catalog = catalog.clone();
                        view! { <Overview app catalog /> }.into_any()
                    },
                )
            })}
        </main>
    }
}

#[component]
fn Overview(app: AppState, catalog: Arc<Catalog>) -> impl IntoView {
    let catalog = StoredValue::new(catalog);
    let starter = Starter::here(app, catalog);
    let report = Memo::new(move |_| app.learner(&catalog.get_value(), report));
    let held = Memo::new(move |_| match &*app.library.beliefs().read() {
        Load::Ready(beliefs) => app.learner(&catalog.get_value(), |learner| misconceptions::held(learner, beliefs)),
        Load::Loading | Load::Failed(_) => Vec::new(),
    });
    let shown = move || {
        let report = report.read();
        if report.answers == 0 {
            return view! {
                <Empty title="Nothing to show yet" text="Answer a few questions first. Then this page shows what you master, what you forget, and what you only think you know.">
                    <a class="go" href=routes::TODAY>"Start"</a>
                </Empty>
            }
            .into_any();
        }
        let lede = format!(
            "{} on {}. You have seen {} of {} problems.",
            counted(report.answers, "answer"),
            counted(report.activity.active as usize, "day"),
            language::number(report.met),
            language::number(catalog.get_value().problems.len())
        );
        let parts = [
            readiness_part(&report.readiness),
            mastery_part(&report, &catalog.get_value(), starter),
            beliefs_part(&held.read(), starter),
            hardest_part(app, &report.hardest, report.missed, starter),
            activity_part(&report),
            calibration_part(&report.calibration),
            pace_part(&report.pace),
        ];
        view! { <h1 tabindex="-1">"Progress"</h1> <p class="lede">{lede}</p> {parts.collect_view()} }.into_any()
    };
    view! { {move || shown()} }
}
