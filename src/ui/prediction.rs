//! Saying what a program does: the outcome, and then its parts.

use leptos::ev;
use leptos::prelude::*;
use quiz::answering::PredictedOutcome;
use quiz::answering::draft::Missing;
use quiz::problem::Question;

use super::prose::Line;
use super::radio::tab_stop;
use crate::state::sitting::Sitting;

/// The part that was said by an arrow key just now.
type ByArrow = StoredValue<Option<Missing>>;

/// Arrow keys choose by a click that no hand has made.
fn keep_if_by_arrow(by_arrow: ByArrow, part: Missing, click: &ev::MouseEvent) {
    if !click.is_trusted() {
        by_arrow.set_value(Some(part));
    }
}

/// The outcome, and what it needs: the output, or the line and the rule.
#[component]
pub fn PredictionPicker(sitting: Sitting) -> impl IntoView {
    // Where there is little room, only the part that is open is drawn; a tap on what was said opens it again, until something is
    // said there, the same as before or not.
    // An arrow key says what it comes to, and the next arrow goes on from there: the part stays until Enter is pressed.
    let reopened: RwSignal<Option<Missing>> = RwSignal::new(None);
    let by_arrow = ByArrow::new(None);
    Effect::new(move || {
        sitting.edits().track();
        sitting.nudge();
        reopened.set(by_arrow.try_update_value(Option::take).flatten());
    });
    let open = move || match reopened.get().or(sitting.missing()) {
        Some(Missing::Outcome) => "outcome",
        Some(Missing::Line) => "line",
        Some(Missing::Rule) => "rule",
        _ => "done",
    };
    let details = move || match sitting.outcome() {
        None => ().into_any(),
        Some(PredictedOutcome::Prints) => view! { <div class="part output"><StdoutField sitting /></div> }.into_any(),
        Some(PredictedOutcome::Error) => view! {
            <p class="ask part line">{move || line_question(sitting)}</p>
            <div class="part rule">
                <p class="ask">"Which rule is broken?"</p>
                <RulePicker sitting by_arrow />
            </div>
        }
        .into_any(),
        Some(PredictedOutcome::Panics | PredictedOutcome::Undefined) => {
            view! { <p class="ask part line">{move || line_question(sitting)}</p> }.into_any()
        }
    };
    let said = move || {
        let problem = sitting.problem();
        // Beside a line and a rule there is no room for more.
        let in_short = |outcome| match outcome {
            PredictedOutcome::Error => "Error",
            PredictedOutcome::Prints | PredictedOutcome::Panics | PredictedOutcome::Undefined => {
                outcome_label(outcome).0
            }
        };
        let outcome = sitting.outcome().map(|outcome| (in_short(outcome).to_owned(), Missing::Outcome));
        let needs_line = sitting.outcome().is_some_and(PredictedOutcome::needs_line);
        let line = sitting.line().filter(|_| needs_line).map(|line| (format!("Line {line}"), Missing::Line));
        let is_error = sitting.outcome() == Some(PredictedOutcome::Error);
        let rule = sitting.rule().filter(|_| is_error);
        let rule = rule.map(|rule| (problem.question.rule_in_words(&rule).to_owned(), Missing::Rule));
        let chip = |(words, part): (String, Missing)| {
            view! { <button type="button" class="said-part" on:click=move |_| reopened.set(Some(part))><Line text=words /></button> }
                .into_any()
        };
        [outcome, line, rule].into_iter().flatten().map(chip).collect_view()
    };
    view! {
        <div class="predict" data-open=open>
            <div class="said-parts">{move || said()}</div>
            <div class="part outcome">
                <p class="ask">"What happens?"</p>
                <div class="segments outcomes" role="radiogroup" aria-label="What happens?">
                    {PredictedOutcome::ALL.map(|outcome| view! { <OutcomeButton sitting by_arrow outcome /> })}
                </div>
            </div>
            {move || details()}
        </div>
    }
}

/// What is asked about a line, or which one is picked.
fn line_question(sitting: Sitting) -> String {
    match (sitting.line(), sitting.outcome()) {
        (Some(line), _) => format!("You picked line {line}. Tap another one to change it."),
        (None, Some(PredictedOutcome::Undefined)) => "Which line has undefined behaviour? Tap it.".to_owned(),
        (None, Some(PredictedOutcome::Panics)) => "Which line panics? Tap it.".to_owned(),
        (None, _) => "At which line does the compiler stop? Tap it.".to_owned(),
    }
}

/// An outcome's name, its key, and how tests find it.
pub fn outcome_label(outcome: PredictedOutcome) -> (&'static str, &'static str, &'static str) {
    match outcome {
        PredictedOutcome::Prints => ("Prints", "p", "outcome-prints"),
        PredictedOutcome::Error => ("Does not compile", "e", "outcome-error"),
        PredictedOutcome::Panics => ("Panics", "x", "outcome-panics"),
        PredictedOutcome::Undefined => ("Undefined behaviour", "u", "outcome-undefined"),
    }
}

#[component]
fn OutcomeButton(sitting: Sitting, by_arrow: ByArrow, outcome: PredictedOutcome) -> impl IntoView {
    let (label, key, id) = outcome_label(outcome);
    let is_first = outcome == PredictedOutcome::ALL[0];
    view! {
        <button
            type="button"
            role="radio"
            data-answer="outcome"
            data-testid=id
            aria-keyshortcuts=key
            aria-checked=move || (sitting.outcome() == Some(outcome)).to_string()
            tabindex=move || tab_stop(sitting.outcome() == Some(outcome), is_first && sitting.outcome().is_none())
            on:click=move |event| {
                keep_if_by_arrow(by_arrow, Missing::Outcome, &event);
                sitting.say(outcome);
            }
        >
            {label}
            <kbd aria-hidden="true">{key}</kbd>
        </button>
    }
}

#[component]
fn StdoutField(sitting: Sitting) -> impl IntoView {
    // Not a standard attribute, but the one that keeps phones from correcting code.
    let no_correction = leptos::attr::custom::custom_attribute("autocorrect", "off");
    view! {
        <label class="ask" for="stdout">"What does it print, line by line?"</label>
        <textarea
            id="stdout"
            data-answer="stdout"
            data-testid="stdout"
            rows=move || sitting.stdout().lines().count().clamp(2, 12) + 1
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            {..no_correction}
            prop:value=move || sitting.stdout()
            on:input=move |event| sitting.type_stdout(event_target_value(&event))
        ></textarea>
        <p class="note">"Spaces do not matter, but lines do."</p>
        <button
            type="button"
            class="quiet nothing-printed"
            role="checkbox"
            data-answer="nothing"
            data-testid="prints-nothing"
            aria-checked=move || sitting.prints_nothing().to_string()
            on:click=move |_| sitting.print_nothing(!untrack(|| sitting.prints_nothing()))
        >
            "It prints nothing"
        </button>
    }
}

#[component]
fn RulePicker(sitting: Sitting, by_arrow: ByArrow) -> impl IntoView {
    let problem = sitting.problem();
    let Question::Predict { rules, .. } = &problem.question else { return ().into_any() };
    let items = (1..)
        .zip(sitting.order(rules.len()))
        .map(|(place, index)| {
            let code = rules[index].clone();
            let sentence = problem.question.rule_in_words(&code).to_owned();
            let (picked, chosen, own) = (code.clone(), code.clone(), code.clone());
            view! {
                <button
                    type="button"
                    class="option"
                    role="radio"
                    data-answer="rule"
                    data-testid="rule"
                    data-code=code.0
                    aria-checked=move || (sitting.rule().as_ref() == Some(&chosen)).to_string()
                    tabindex=move || {
                        let rule = sitting.rule();
                        tab_stop(rule.as_ref() == Some(&own), place == 1 && rule.is_none())
                    }
                    on:click=move |event| {
                        keep_if_by_arrow(by_arrow, Missing::Rule, &event);
                        sitting.choose_rule(picked.clone());
                    }
                >
                    <kbd>{place}</kbd>
                    <span><Line text=sentence /></span>
                </button>
            }
            .into_any()
        })
        .collect_view();
    view! { <div class="options" role="radiogroup" aria-label="The rule that is broken">{items}</div> }.into_any()
}
