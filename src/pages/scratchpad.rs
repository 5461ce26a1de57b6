//! The scratchpad: any program of one file, or the program of a problem to be changed.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use quiz::answering::draft::CODE_LIMIT;
use quiz::problem::{Edition, Slug};

use crate::browser::keyboard::{self, Focus};
use crate::browser::page;
use crate::pages::gate::with_problem;
use crate::routes;
use crate::state::runner::{Purpose, Runner};
use crate::state::scratch::Scratch;
use crate::state::use_app;
use crate::ui::button::Button;
use crate::ui::device::{CompilerAwaited, CompilerOffer};
use crate::ui::editor::{Editor, LABEL, Written};
use crate::ui::playground;
use crate::ui::run::{ReportView, RunButtons};

/// The page.
#[component]
pub fn ScratchpadPage() -> impl IntoView {
    page::set_title("Scratchpad");
    let query = use_query_map();
    let of = Memo::new(move |_| query.read().get("problem").filter(|slug| !slug.is_empty()));
    let shown = move || match of.get() {
        None => view! { <Pad scratch=Scratch::Own edition=Edition::default() title="Scratchpad" /> }.into_any(),
        Some(slug) => {
            let slug = Slug(slug.into());
            with_problem(
                slug,
                |problem| match Scratch::of(&problem) {
                    Some(scratch) => {
                        let edition = problem.main_program().map_or_else(Edition::default, |program| program.edition);
                        view! { <Pad scratch edition title=problem.title.clone() /> }.into_any()
                    }
                    None => nothing_to_change(),
                },
                nothing_to_change,
            )
        }
    };
    view! { <main id="main" data-testid="page-scratchpad">{move || shown()}</main> }
}

fn nothing_to_change() -> AnyView {
    view! {
        <h1 tabindex="-1">"Scratchpad"</h1>
        <p>"This problem has no program that can be changed here. " <a href=routes::SCRATCHPAD>"Open the empty scratchpad"</a> "."</p>
    }
    .into_any()
}

#[component]
fn Pad(scratch: Scratch, edition: Edition, #[prop(into)] title: String) -> impl IntoView {
    let app = use_app();
    let runner = Runner::new(app.compiler, app.settings);
    runner.compiler().open();
    let code = RwSignal::new(scratch.text());
    let is_kept = RwSignal::new(true);
    let of = match &scratch {
        Scratch::Own => None,
        // Who is in a session goes on with it.
        Scratch::Of { slug, .. } if app.sessions.is_at(slug) => Some(routes::PRACTICE.to_owned()),
        Scratch::Of { slug, .. } => Some(routes::problem(slug)),
    };
    let scratch = StoredValue::new(scratch);
    let text = Memo::new(move |_| code.get());
    let take = move |written: String| {
        is_kept.set(written.len() <= CODE_LIMIT && scratch.read_value().keep(&written));
        code.set(written);
    };
    let on_text = Callback::new(move |written: String| {
        take(written);
        runner.look_soon(move || {
            let code = code.get_untracked();
            let lines = code.lines().count() as u32;
            (code, edition, lines)
        });
    });
    let run = move |purpose| runner.run_program(code.get_untracked(), edition, purpose);
    let has_compiler = Memo::new(move |_| app.device.is_here());
    let on_run = Callback::new(move |()| {
        if has_compiler.get_untracked() == Some(true) {
            run(Purpose::Run);
        }
    });
    keyboard::listen(move |press| {
        let is_run = press.key == "Enter" && press.command && press.focus != Focus::Text;
        if is_run {
            on_run.run(());
        }
        is_run
    });
    let restores = RwSignal::new(0);
    let is_changed = Memo::new(move |_| *code.read() != scratch.read_value().begun());
    let reset = move || {
        let begun = scratch.read_value().begun().to_owned();
        take(begun);
        restores.update(|restores| *restores += 1);
        page::once_drawn(|| page::focus("#code"));
    };
    let ways = move || match has_compiler.get() {
        None => view! { <CompilerAwaited /> }.into_any(),
        Some(true) => view! {
            <RunButtons runner label="Run" on_run=Callback::new(run) />
            <ReportView runner code=text />
        }
        .into_any(),
        Some(false) => view! { <CompilerOffer /> }.into_any(),
    };
    view! {
        <h1 tabindex="-1">{title}</h1>
        <p>{about(of.is_some())} {of.map(|address| view! { " " <a href=address>"Back to the problem"</a> "." })}</p>
        <div class="editor-head">
            <span class="ask" aria-hidden="true">{LABEL}</span>
            {move || is_changed.get().then(|| view! { <Button class="quiet" test_id="scratch-reset" label="Start again" on_press=reset /> })}
        </div>
        <Editor written=Written { text, on_text, restores, errors: runner.errors(), on_run } />
        <p class="nudge" role="alert">{move || (!is_kept.get()).then_some("This program is not kept: it is too long, or the browser has no room.")}</p>
        {move || ways()}
        <p class="note">
            <a class="outside" href=move || playground::address(&code.read(), edition) rel="external noopener" target="_blank">
                "Open in the Rust Playground"
            </a>
        </p>
    }
}

fn about(is_of_problem: bool) -> &'static str {
    match is_of_problem {
        true => {
            "Change the program and see what becomes of it. Nobody has proven that beforehand: you see what the compiler on this device says, which is of 2024. Where it contradicts the receipt of the question, the receipt is right."
        }
        false => {
            "Write any program of one file, with the standard library. Nobody has proven beforehand what it does: you see what the compiler says."
        }
    }
}
