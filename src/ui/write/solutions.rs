//! The learner's program beside one that passes.

use leptos::prelude::*;
use quiz::exercise::{Exercise, Solution};
use quiz::highlights::{Highlights, Snippet};

use crate::state::sitting::Sitting;
use crate::ui::code_block::SnippetBlock;
use crate::ui::prose::{Line, Prose};

/// The solutions, one at a time, each beside the learner's program.
#[component]
pub fn Solutions(sitting: Sitting) -> impl IntoView {
    let Some(exercise) = sitting.exercise() else { return ().into_any() };
    let own = Snippet { text: sitting.code(), highlights: Highlights::default() };
    let chosen = RwSignal::new(0_usize);
    let (buttons, complexity) = (choices(&exercise, chosen), complexity(&exercise));
    let shown = move || exercise.solutions.get(chosen.get()).map(|solution| one(sitting, solution));
    view! {
        <section data-testid="solutions">
            <h2>"Your program beside a solution"</h2>
            {buttons}
            <div class="side-by-side">
                <figure class="program">
                    <figcaption>"Your program"</figcaption>
                    <SnippetBlock snippet=own label="Your program" />
                </figure>
                {move || shown()}
            </div>
            {complexity}
        </section>
    }
    .into_any()
}

/// The solutions by their names, if there is something to choose.
fn choices(exercise: &Exercise, chosen: RwSignal<usize>) -> Option<AnyView> {
    let button = |(index, solution): (usize, &Solution)| {
        view! {
            <button
                type="button"
                class="plain"
                data-testid="solution-choice"
                aria-pressed=move || (chosen.get() == index).to_string()
                on:click=move |_| chosen.set(index)
            >
                <Line text=solution.name.clone() />
            </button>
        }
        .into_any()
    };
    (exercise.solutions.len() > 1).then(|| {
        let buttons = exercise.solutions.iter().enumerate().map(button).collect_view();
        view! { <div class="toggles" role="group" aria-label="Solutions">{buttons}</div> }.into_any()
    })
}

fn one(sitting: Sitting, solution: &Solution) -> AnyView {
    view! {
        <figure class="program" data-testid="solution">
            <figcaption><Line text=solution.name.clone() /></figcaption>
            <SnippetBlock snippet=solution.program.clone() label="Solution" />
            <Prose problem=sitting.problem() text=solution.trade.clone() />
        </figure>
    }
    .into_any()
}

fn complexity(exercise: &Exercise) -> AnyView {
    let (time, space) = (exercise.complexity.time.clone(), exercise.complexity.space.clone());
    view! {
        <dl class="costs" data-testid="complexity">
            <dt>"Time"</dt>
            <dd><Line text=time /></dd>
            <dt>"Space"</dt>
            <dd><Line text=space /></dd>
        </dl>
    }
    .into_any()
}
