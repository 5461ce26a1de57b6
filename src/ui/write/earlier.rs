//! Programs that the learner handed in before, to be looked at or gone on from.

use leptos::prelude::*;
use quiz::answering::earlier::EarlierProgram;
use quiz::highlights::{Highlights, Snippet};

use crate::browser::{clock, language, page};
use crate::state::sitting::Sitting;
use crate::ui::button::Button;
use crate::ui::code_block::SnippetBlock;
use crate::ui::words;

/// The programs, folded away; nothing where there are none.
#[component]
pub fn EarlierPrograms(sitting: Sitting, is_too_long: RwSignal<bool>, restores: RwSignal<u32>) -> impl IntoView {
    let programs = Memo::new(move |_| sitting.earlier_programs());
    let shown = move || {
        let programs = programs.get();
        let count = language::counted(programs.len(), "program");
        let rows = programs.iter().map(|program| one(sitting, program, is_too_long, restores)).collect_view();
        (!programs.is_empty()).then(|| {
            view! {
                <details class="elsewhere" data-testid="earlier-programs">
                    <summary>"What you handed in before: " {count}</summary>
                    <ul class="earlier">{rows}</ul>
                </details>
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}

fn one(sitting: Sitting, program: &EarlierProgram, is_too_long: RwSignal<bool>, restores: RwSignal<u32>) -> AnyView {
    let on = language::day(clock::calendar().day(program.answered_at_ms), clock::today());
    let (class, sign, word) = words::marked(program.mark);
    let snippet = Snippet { text: program.code.clone(), highlights: Highlights::default() };
    let code = StoredValue::new(program.code.clone());
    let is_asked = RwSignal::new(false);
    let take = move || {
        is_asked.set(false);
        is_too_long.set(false);
        sitting.type_code(code.get_value());
        restores.update(|restores| *restores += 1);
        page::once_drawn(|| page::focus("#code"));
    };
    let wish = move || match untrack(|| sitting.would_be_lost()) || is_too_long.get_untracked() {
        true => is_asked.set(true),
        false => take(),
    };
    let asks = move || {
        match is_asked.get() {
        true => view! {
            <div class="notice" role="alert">
                <p>"The program in the editor goes away, and this one comes in its place."</p>
                <div class="actions">
                    <Button class="plain danger" test_id="earlier-really" label="Replace it" on_press=take />
                    <Button class="plain" test_id="earlier-keep" label="Keep my program" on_press=move || is_asked.set(false) />
                </div>
            </div>
        }
        .into_any(),
        false => {
            view! { <Button class="plain" test_id="earlier-take" label="Go on from this one" on_press=wish /> }.into_any()
        }
    }
    };
    view! {
        <li data-testid="earlier-program">
            <details>
                <summary><span class="when">{on}</span> <span class=class><span aria-hidden="true">{sign}" "</span>{word} {program.is_self_assessed.then_some(", you said")}</span></summary>
                <SnippetBlock snippet label="What you handed in" />
                {move || asks()}
            </details>
        </li>
    }
    .into_any()
}
