//! What is rarely wanted of a question: answers of earlier, suspending it, beginning it anew, reporting a fault.

use leptos::prelude::*;
use quiz::answering::earlier::EarlierAnswer;
use quiz::attempt::Confidence;

use super::{Opened, Panel};
use crate::browser::{clock, language};
use crate::routes;
use crate::state::sitting::Sitting;
use crate::ui::button::Button;
use crate::ui::words::{ANSWERS_STAY, marked, that_stop_counting};

/// The choices.
#[component]
pub(super) fn More(sitting: Sitting, opened: Opened) -> impl IntoView {
    let suspend = move || {
        sitting.suspend();
        opened.close("#tool-resume");
    };
    let suspending = move || {
        (!sitting.is_suspended()).then(|| {
            view! {
                <div class="tool-choice">
                    <Button class="plain" test_id="suspend" label="Suspend" on_press=suspend />
                    <p class="note">"After this time it is not asked again until you resume it."</p>
                </div>
            }
            .into_any()
        })
    };
    let beginning = move || {
        (sitting.may_be_begun_anew() && sitting.standing_answers() > 0).then(|| {
            view! {
                <div class="tool-choice">
                    <Button class="plain" test_id="anew" label="Start this problem over…" on_press=move || opened.open(Panel::BeginAnew) />
                    <p class="note">"As if you had never answered it."</p>
                </div>
            }
            .into_any()
        })
    };
    view! {
        {move || answers(sitting)}
        {move || suspending()}
        {move || beginning()}
        <div class="tool-choice">
            <Button class="plain" test_id="report" label="Report a mistake…" on_press=move || opened.open(Panel::Report) />
            <p class="note">"You get a text to copy. Nothing is sent."</p>
        </div>
    }
}

/// The answers that were given, each the way to itself as it was; nothing where there are none.
fn answers(sitting: Sitting) -> Option<AnyView> {
    let (answers, count) = sitting.earlier_answers();
    let rows = answers.iter().map(|answer| row(sitting, answer)).collect_view();
    let more = count - answers.len();
    let more = (more > 0).then(|| {
        view! { <p class="note">{language::counted(more, "older answer")} ", in your exports."</p> }.into_any()
    });
    (!answers.is_empty()).then(|| {
        view! {
            <div class="given-before">
                <p class="label">"Your answers"</p>
                <ul class="plain-list">{rows}</ul>
                {more}
            </div>
        }
        .into_any()
    })
}

fn row(sitting: Sitting, answer: &EarlierAnswer) -> AnyView {
    let on = language::day(clock::calendar().day(answer.answered_at_ms), clock::today());
    let on = match answer.can_be_shown {
        true => {
            let address = routes::answer(&sitting.problem().slug, answer.first);
            view! { <a href=address data-testid="earlier-answer">{on}</a> }.into_any()
        }
        false => view! { <span>{on}</span> }.into_any(),
    };
    let (class, sign, label) = if answer.has_lapsed { ("state", "↶", "does not count") } else { marked(answer.mark) };
    let about = match (answer.can_be_shown, answer.confidence) {
        (false, _) => "The question has changed since.",
        (true, confidence) => confidence.map_or("", Confidence::label),
    };
    view! {
        <li>
            {on}
            <span class=class><span aria-hidden="true">{sign}</span> " " {label}</span>
            <span class="about">{about}</span>
        </li>
    }
    .into_any()
}

/// Asks whether to begin the problem anew.
#[component]
pub(super) fn BeginAnew(sitting: Sitting, opened: Opened) -> impl IntoView {
    let answers = untrack(|| sitting.standing_answers());
    let told = format!("{}, and this problem is new again.", that_stop_counting(answers));
    let begin = move || {
        opened.0.set(None);
        sitting.begin_anew();
    };
    view! {
        <div class="notice" role="alert">
            <p data-testid="anew-told">{told} {ANSWERS_STAY}</p>
            <div class="actions">
                <Button class="plain danger" test_id="anew-really" label="Start over" on_press=begin />
                <Button class="plain" id="anew-keep" test_id="anew-keep" label="Change nothing" on_press=move || opened.close("#tool-more") />
            </div>
        </div>
    }
}
