//! Fitting the memory model to the learner: offered, watched, judged, taken back.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::learner::fitting::{Fit, LEAST_REVIEWS, Task};
use quiz::settings::Fitted;

use crate::browser::clock;
use crate::browser::language::{counted, thousandths};
use crate::state::AppState;
use crate::state::training::Stage;
use crate::ui::button::Button;

/// The section.
#[component]
pub fn FitToMe(app: AppState, catalog: Arc<Catalog>) -> impl IntoView {
    let own = catalog.clone();
    let reviews = Memo::new(move |_| app.learner(&own, |learner| learner.seen.len()));
    let body = move || {
        let in_use = in_use(app);
        let stage = match app.training.stage().get() {
            Stage::Idle => idle(app, &catalog, reviews.get()),
            Stage::Running(share) => running(app, share),
            Stage::Done(fit) => done(app, &fit),
            Stage::Failed(why) => failed(app, why),
        };
        view! { {in_use} {stage} }.into_any()
    };
    view! {
        <section data-testid="fitting">
            <h2>"Fit to me"</h2>
            {move || body()}
        </section>
    }
}

fn in_use(app: AppState) -> AnyView {
    let chosen = app.settings.chosen();
    let Some(fitted) = chosen.read().fitted().cloned() else {
        return view! { <p>"Problems come again as they do for an average learner."</p> }.into_any();
    };
    let learnt_from = counted(fitted.reviews, "answer");
    let words = format!("Problems come again when it suits your memory. This was learnt from {learnt_from}.");
    let words = view! { <p>{words}</p> }.into_any();
    let undo = move || app.settings.change(|chosen| _ = chosen.fits.pop());
    let undo = view! {
        <div class="actions">
            <Button class="quiet" test_id="fit-undo" label="Undo the fit" on_press=undo />
        </div>
    };
    view! { {words} {undo.into_any()} }.into_any()
}

fn idle(app: AppState, catalog: &Arc<Catalog>, reviews: usize) -> AnyView {
    if reviews < LEAST_REVIEWS {
        let text = format!("After {LEAST_REVIEWS} answers, this can be fitted to you. You have {reviews} that count.");
        return view! { <p class="note">{text}</p> }.into_any();
    }
    let catalog = catalog.clone();
    let fit = move || {
        let histories = untrack(|| {
            app.learner(&catalog, |learner| {
                learner.cards.iter().map(|card| card.reviews.clone()).filter(|reviews| !reviews.is_empty()).collect()
            })
        });
        // An earlier fit has seen most of the answers that it would be judged by: the average learner has not.
        app.training.start(&Task { parameters: Vec::new(), histories });
    };
    view! {
        <div class="actions">
            <Button class="plain" test_id="fit" label="Fit it to my answers" on_press=fit />
        </div>
    }
    .into_any()
}

fn running(app: AppState, share: f32) -> AnyView {
    view! {
        <div class="actions" data-testid="fit-running">
            <progress aria-label="Fitting" max=100 value=(share * 100.0) as u32></progress>
            <Button class="quiet" test_id="fit-cancel" label="Cancel" on_press=move || app.training.cancel() />
        </div>
    }
    .into_any()
}

/// What the fit is worth, and whether it is wanted.
fn done(app: AppState, fit: &Fit) -> AnyView {
    let fitted = Fitted { parameters: fit.parameters.clone(), reviews: fit.reviews, at: clock::now() };
    let accept = move || {
        let fitted = fitted.clone();
        app.settings.change(|chosen| chosen.fits.push(fitted));
        app.training.cancel();
    };
    let judgement = match fit.is_better() {
        true => "The fit predicts your answers better.",
        false => "The fit does not predict your answers better. More answers will help.",
    };
    let text = format!(
        "{judgement} Its error is {}. For an average learner it is {}. Less is better. Both were measured on answers that the fit had not seen. (The error is the log loss.)",
        thousandths(fit.after),
        thousandths(fit.before)
    );
    let better = fit.is_better();
    view! {
        <div class="notice update" role="alert" data-testid="fit-done">
            <p>{text}</p>
            <div class="actions">
                {better.then(|| view! { <Button class="plain" test_id="fit-accept" label="Use it" on_press=accept /> })}
                <Button class="plain" test_id="fit-discard" label="Change nothing" on_press=move || app.training.cancel() />
            </div>
        </div>
    }
    .into_any()
}

fn failed(app: AppState, why: String) -> AnyView {
    view! {
        <div class="notice" role="alert" data-testid="fit-failed">
            <p>{format!("{why} Nothing was changed.")}</p>
            <div class="actions">
                <Button class="quiet" label="Close" on_press=move || app.training.cancel() />
            </div>
        </div>
    }
    .into_any()
}
