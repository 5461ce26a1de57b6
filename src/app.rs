//! The frame around all pages: header, navigation, notices, routes.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::{ParamSegment, StaticSegment};

use crate::browser::{focus, keyboard, page};
use crate::pages::guide::GuidePage;
use crate::pages::interviews::{InterviewNotice, InterviewsPage};
use crate::pages::not_found::NotFoundPage;
use crate::pages::placement::PlacementPage;
use crate::pages::practice::PracticePage;
use crate::pages::problem::ProblemPage;
use crate::pages::problems::ProblemsPage;
use crate::pages::progress::ProgressPage;
use crate::pages::scratchpad::ScratchpadPage;
use crate::pages::settings::SettingsPage;
use crate::pages::stories::StoriesPage;
use crate::pages::today::TodayPage;
use crate::routes;
use crate::state::{AppState, Sources};
use crate::ui::keys_help::KeysHelp;
use crate::ui::later::next;
use crate::ui::notices::{QuarantineNotice, RecoveredNotice, SavingNotice, SettingsNotice, UpdateOffer};

/// The app: what is stored, then its state, then the frame, then the page. A slow phone takes a while for each.
#[component]
pub fn App() -> impl IntoView {
    let sources = Sources::load();
    next(move || view! { <Started sources /> }.into_any())
}

#[component]
fn Started(sources: Sources) -> impl IntoView {
    let app = AppState::of(sources);
    provide_context(app);
    page::swallow_second_taps();
    focus::keep();
    next(move || view! { <Frame app /> }.into_any())
}

#[component]
fn Frame(app: AppState) -> impl IntoView {
    page::watch_history();
    view! {
        <Router base=page::base_path()>
            <button type="button" class="skip" on:click=|_| page::focus("main h1, main h2")>"Skip to content"</button>
            <Header />
            <Notices app />
            {next(|| view! { <Pages /> }.into_any())}
            <KeysHelp />
            <SearchKey app />
            <RadioKeys />
            <PageFocus />
            <Address />
        </Router>
    }
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=NotFoundPage>
            <Route path=StaticSegment("") view=TodayPage />
            <Route path=StaticSegment("practice") view=PracticePage />
            <Route path=StaticSegment("placement") view=PlacementPage />
            <Route path=StaticSegment("problems") view=ProblemsPage />
            <Route path=(StaticSegment("problems"), ParamSegment("slug")) view=ProblemPage />
            <Route path=StaticSegment("interviews") view=InterviewsPage />
            <Route path=StaticSegment("progress") view=ProgressPage />
            <Route path=StaticSegment("guide") view=GuidePage />
            <Route path=StaticSegment("stories") view=StoriesPage />
            <Route path=StaticSegment("scratchpad") view=ScratchpadPage />
            <Route path=StaticSegment("settings") view=SettingsPage />
        </FlatRoutes>
    }
}

#[component]
fn Header() -> impl IntoView {
    let pathname = use_location().pathname;
    let base = page::base_path();
    let here = Memo::new(move |_| {
        let path = pathname.get();
        path.strip_prefix(&base).unwrap_or(&path).trim_matches('/').split('/').next().unwrap_or("").to_owned()
    });
    let links = [
        (routes::TODAY, "", "Today"),
        (routes::PRACTICE, "practice", "Practice"),
        (routes::PROBLEMS, "problems", "Problems"),
        (routes::INTERVIEWS, "interviews", "Rehearse"),
        (routes::PROGRESS, "progress", "Progress"),
        (routes::SETTINGS, "settings", "Settings"),
    ]
    .map(|(address, name, label)| {
        view! { <a href=address aria-current=move || (here.get() == name).then_some("page")>{label}</a> }
    });
    view! {
        <header class="bar">
            <a class="mark" href=routes::TODAY>"Borrowed " <i>"Time"</i></a>
            <nav aria-label="Main">{links}</nav>
        </header>
    }
}

#[component]
fn Notices(app: AppState) -> impl IntoView {
    let progress = app.progress;
    let export = Callback::new(move |()| {
        let _ = app.keeping.export();
    });
    let export_unread = Callback::new(move |()| {
        let _ = progress.export_quarantined();
    });
    view! {
        <div class="notices">
            <SavingNotice saving=progress.saving() on_retry=Callback::new(move |()| progress.save_again()) on_export=export />
            <RecoveredNotice recovered=progress.recovered() />
            <SettingsNotice is_kept=app.settings.is_kept() />
            <QuarantineNotice quarantined=progress.quarantined() on_export=export_unread />
            <InterviewNotice app />
            <UpdateOffer waits=app.offline.update_waits() on_update=Callback::new(move |()| app.offline.update()) />
        </div>
    }
}

/// After each change of page the focus is on its heading, as it would be if the browser had loaded it.
#[component]
fn PageFocus() -> impl IntoView {
    let location = use_location();
    // Some pages have parts that are pages by themselves.
    let place = Memo::new(move |_| {
        let mut place = location.pathname.get();
        for part in ["section", "interview", "report", "all"] {
            place.push(' ');
            place += &location.query.read().get(part).unwrap_or_default();
        }
        place
    });
    Effect::new(move |before: Option<String>| {
        let place = place.get();
        let path = |place: &str| place.split(' ').next().unwrap_or_default().to_owned();
        match before {
            Some(before) if path(&before) != path(&place) => page::focus_heading_soon(path(&before)),
            Some(before) if before != place => page::once_shown(|| page::focus("main h1")),
            _ => {}
        }
        place
    });
}

/// The router writes no address that it takes for the one that is there, and after Back and Forward it is wrong about that.
#[component]
fn Address() -> impl IntoView {
    let location = use_location();
    let address = Memo::new(move |_| {
        let mut address = location.pathname.get();
        let search = location.search.read();
        if !search.is_empty() {
            address.push('?');
            address += &search;
        }
        address
    });
    Effect::new(move || {
        address.track();
        request_animation_frame(move || address.with_untracked(|address| page::be_at(address)));
    });
}

/// Arrow keys choose among radio buttons everywhere.
#[component]
fn RadioKeys() -> impl IntoView {
    keyboard::choose_by_arrows();
}

/// `/` leads to the search from everywhere, but not out of a round by the clock.
#[component]
fn SearchKey(app: AppState) -> impl IntoView {
    let navigate = use_navigate();
    let pathname = use_location().pathname;
    keyboard::listen(move |press| {
        if press.key != "/" || press.focus.takes_text() {
            return false;
        }
        let problems = routes::to_navigate(routes::PROBLEMS);
        let is_at =
            |address: &str| pathname.get_untracked().trim_end_matches('/').ends_with(address.trim_end_matches('/'));
        let is_there = is_at(&problems);
        let is_running = || untrack(|| app.interviews.of_round(|_, round| round.is_running())) == Some(true);
        if is_at(&routes::to_navigate(routes::INTERVIEWS)) && is_running() {
            return false;
        }
        if !is_there {
            navigate(&problems, Default::default());
        }
        page::focus_soon("#search");
        true
    });
}
