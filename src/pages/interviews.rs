//! Interviews: which there are, one that is under way, and the reports on those that are over.

mod asked;
mod handing_in;
mod list;
mod lobby;
mod material;
mod notice;
mod report;
mod running;
mod waiting;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use quiz::problem::Slug;

use self::list::List;
use self::lobby::Lobby;
use self::material::Material;
pub use self::notice::InterviewNotice;
use self::report::ReportPage;
use self::running::Running;
use crate::browser::page;
use crate::pages::gate::with_catalog;
use crate::routes;
use crate::state::library::Load;
use crate::state::{AppState, use_app};
use crate::ui::loading::{LoadFailed, Loading};

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    /// The report on an interview, or the answer to one of its questions.
    Report(Slug, Option<Slug>),
    /// The interview under way.
    Running,
    /// An interview that can begin, by the query of its address.
    Lobby(String),
    /// All of them.
    List,
}

/// The page.
#[component]
pub fn InterviewsPage() -> impl IntoView {
    page::set_title("Interviews");
    let app = use_app();
    let shown = shown(app);
    leads_to_the_report(app);
    view! {
        <main id="main" data-testid="page-interviews">
            {with_material(app, move |material| {
                let part = move || match titled(shown.get()) {
                    Shown::Report(name, answer) => view! { <ReportPage app material name answer /> }.into_any(),
                    Shown::Running => view! { <Running app material /> }.into_any(),
                    Shown::Lobby(query) => view! { <Lobby app material query /> }.into_any(),
                    Shown::List => view! { <List app material /> }.into_any(),
                };
                view! { {move || part()} }.into_any()
            })}
        </main>
    }
}

/// Says in the title what is shown. A lobby does so itself.
fn titled(shown: Shown) -> Shown {
    page::set_title(match shown {
        Shown::Report(..) => "Report on an interview",
        Shown::Running => "Interview",
        Shown::Lobby(_) | Shown::List => "Interviews",
    });
    shown
}

fn shown(app: AppState) -> Memo<Shown> {
    let query = use_query_map();
    let search = use_location().search;
    Memo::new(move |_| {
        let query = query.read();
        let named = |name: &str| query.get(name).filter(|value| !value.is_empty());
        // A round that has begun is in sight.
        let has_begun =
            || app.interviews.of_round(|_, round| round.is_running() || round.is_handing_in()) == Some(true);
        let slug = |name: &str| named(name).map(|value| Slug(value.into()));
        match slug("report") {
            Some(report) => Shown::Report(report, slug("answer")),
            None if app.interviews.is_under_way() && (named("all").is_none() || has_begun()) => Shown::Running,
            None if named("interview").is_some() => Shown::Lobby(search.get()),
            None => Shown::List,
        }
    })
}

/// When the last round is over, the report comes.
fn leads_to_the_report(app: AppState) {
    let navigate = use_navigate();
    let current = Memo::new(move |_| app.interviews.current().read().as_ref().map(|(name, _)| name.clone()));
    Effect::new(move |before: Option<Option<Slug>>| {
        let now = current.get();
        if let (Some(Some(over)), None) = (before, &now)
            && untrack(|| is_over(app, &over))
        {
            let options = NavigateOptions { replace: true, ..Default::default() };
            navigate(&routes::to_navigate(&routes::report(&over)), options);
            page::begin();
        }
        now
    });
}

/// One that was left before its end has no report yet.
fn is_over(app: AppState, name: &Slug) -> bool {
    app.interviews.kept().read().iter().any(|(known, kept)| known == name && kept.is_over())
}

/// Shows `page` once it is known what interviews are made of.
fn with_material(app: AppState, page: impl Fn(StoredValue<Material>) -> AnyView + Copy + Send + 'static) -> AnyView {
    let library = app.library;
    with_catalog(move |catalog| {
        library.want_blueprints();
        let shown = move || match library.blueprints().get() {
            Some(Load::Ready(blueprints)) => page(StoredValue::new(Material { catalog: catalog.clone(), blueprints })),
            Some(Load::Failed(why)) => {
                let on_retry = Callback::new(move |()| library.want_blueprints());
                view! { <LoadFailed what="The interviews could not be loaded." why saving=app.progress.saving() on_retry /> }.into_any()
            }
            Some(Load::Loading) | None => view! { <Loading what="Loading the interviews…" /> }.into_any(),
        };
        shown.into_any()
    })
}
