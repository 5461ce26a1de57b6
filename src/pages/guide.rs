//! The handbook: what happens between an application and the first day, and what to do about it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use quiz::attempt::RemarkKind;
use quiz::catalog::Catalog;
use quiz::guide::{CheckItem, Guide, GuideSection};
use quiz::practice::Filter;
use quiz::problem::{Kind, Slug};

use crate::browser::page;
use crate::pages::gate::with_catalog;
use crate::routes;
use crate::state::library::Load;
use crate::state::{AppState, use_app};
use crate::ui::empty::Empty;
use crate::ui::loading::{LoadFailed, Loading};
use crate::ui::prose::Words;

/// The page.
#[component]
pub fn GuidePage() -> impl IntoView {
    page::set_title("Guide");
    let app = use_app();
    view! { <main id="main" data-testid="page-guide">{with_catalog(move |catalog| loaded(app, catalog))}</main> }
}

fn loaded(app: AppState, catalog: Arc<Catalog>) -> AnyView {
    let library = app.library;
    if catalog.guide.is_empty() {
        return view! {
            <Empty title="There is no guide here." text="The problems of this site came without one.">
                <a href=routes::PROBLEMS>"All problems"</a>
            </Empty>
        }
        .into_any();
    }
    library.want_guide();
    let query = use_query_map();
    let chosen = Memo::new(move |_| query.read().get("section").unwrap_or_default());
    let shown = move || match library.guide().get() {
        None | Some(Load::Loading) => view! { <Loading what="Loading the guide…" /> }.into_any(),
        Some(Load::Failed(why)) => {
            let on_retry = Callback::new(move |()| library.want_guide());
            view! { <LoadFailed what="The guide could not be loaded." why saving=app.progress.saving() on_retry /> }
                .into_any()
        }
        Some(Load::Ready(guide)) => match guide.section(&chosen.get()) {
            Some((place, section)) => one(app, &guide, place, section, &catalog),
            None => contents(app, &guide),
        },
    };
    shown.into_any()
}

/// All sections, with how much of each is done.
fn contents(app: AppState, guide: &Guide) -> AnyView {
    let row = |(number, section): (usize, &GuideSection)| {
        let (title, slug, items) = (section.title.clone(), section.slug.clone(), section.checklist.clone());
        let address = routes::guide(&slug);
        let done = move || {
            let done = items.iter().filter(|item| app.progress.remarks().read().is_done(&slug, item.id)).count();
            if done == 0 { String::new() } else { format!("{done} of {} done", items.len()) }
        };
        view! {
            <li>
                <a href=address data-testid="guide-section"><span class="number">{number}</span> <span>{title}</span></a>
                <span class="note">{done}</span>
            </li>
        }
        .into_any()
    };
    page::set_title("Guide");
    let rows = (1..).zip(&guide.sections).map(row).collect_view();
    view! {
        <h1 class="big" tabindex="-1">"From application to first day"</h1>
        <p class="lede">"A short guide to a Rust interview: what happens, what is judged, what to say. Tick off what you have done."</p>
        <ol class="guide-contents">{rows}</ol>
    }
    .into_any()
}

fn one(app: AppState, guide: &Guide, place: usize, section: &GuideSection, catalog: &Catalog) -> AnyView {
    page::set_title(&section.title);
    let text = view! { <Words text=section.text.clone() /> };
    let items = section.checklist.iter().map(|item| to_tick(app, &section.slug, item)).collect_view();
    let practice = section.practice.iter().filter(|filter| catalog.problems.iter().any(|entry| filter.accepts(entry)));
    let practice = practice
        .map(|filter| view! { <li><a href=problems_of(filter)>{label(filter)}</a></li> }.into_any())
        .collect_view();
    let practice = (!section.practice.is_empty()).then(|| {
        view! { <section><h2>"Practise it"</h2> <ul class="guide-practice">{practice}</ul></section> }.into_any()
    });
    let step = |place: Option<usize>, label: &'static str, test_id: &'static str| {
        let section = place.and_then(|place| guide.sections.get(place))?;
        let (address, title) = (routes::guide(&section.slug), section.title.clone());
        Some(view! { <p><a href=address data-testid=test_id>{label} ": " {title}</a></p> }.into_any())
    };
    let next = step(Some(place + 1), "Next", "guide-next");
    let before = step(place.checked_sub(1), "Before", "guide-before");
    view! {
        <p class="eyebrow"><span><a href=routes::GUIDE>"Guide"</a></span> <span>{format!("{} of {}", place + 1, guide.sections.len())}</span></p>
        <h1 tabindex="-1">{section.title.clone()}</h1>
        <h2 class="hidden">"What to know"</h2>
        <div class="prose guide-text">{text}</div>
        <section data-testid="checklist">
            <h2>"Checklist"</h2>
            {items}
        </section>
        {practice}
        <nav class="guide-steps" aria-label="Sections of the guide">{next} {before}</nav>
    }
    .into_any()
}

fn to_tick(app: AppState, section: &Slug, item: &CheckItem) -> AnyView {
    let (section, id) = (section.clone(), item.id);
    let of = section.clone();
    let is_done = move || app.progress.remarks().read().is_done(&of, id);
    let tick = move |is_done: bool| {
        app.progress.remark(section.clone(), if is_done { RemarkKind::Done(id) } else { RemarkKind::NotDone(id) });
    };
    view! {
        <label class="check">
            <input type="checkbox" data-testid="check-item" prop:checked=is_done on:change=move |event| tick(event_target_checked(&event)) />
            <span><Words text=item.text.clone() /></span>
        </label>
    }
    .into_any()
}

fn problems_of(filter: &Filter) -> String {
    format!("{}{}", routes::PROBLEMS, routes::query(filter, &[]))
}

fn label(filter: &Filter) -> String {
    let kind = match filter.kind {
        Some(Kind::Write) => "Programs to write",
        Some(Kind::Discuss) => "Questions to talk about",
        Some(Kind::Choice | Kind::Predict | Kind::Spot | Kind::Fill | Kind::Order) | None => "Questions",
    };
    match &filter.topic {
        Some(topic) => format!("{kind}: {}", topic.label()),
        None => kind.to_owned(),
    }
}
