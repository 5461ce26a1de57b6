//! Fitting the memory model to the learner: offered, watched, judged, taken back.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::learner::fitting::{Fit, LEAST_REVIEWS, Task};

use crate::browser::clock;
use crate::state::AppState;
use crate::state::settings::Fitted;
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
        return view! { <p>"The memory model has the parameters of the average learner."</p> }.into_any();
    };
    let words =
        view! { <p>{format!("The memory model is fitted to {} of your answers.", fitted.reviews)}</p> }.into_any();
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
        let text = format!("After {LEAST_REVIEWS} answers it can be fitted to you; you have {reviews}.");
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
        true => "Fitted, it foresees your answers better.",
        false => "Fitted, it foresees your answers no better; more answers will help.",
    };
    let text = format!(
        "{judgement} Log loss before, with the average learner's parameters, {}; after, {}; less is better. It is measured on answers that the fit had not seen.",
        thousandths(fit.before),
        thousandths(fit.after)
    );
    let better = fit.is_better();
    view! {
        <div class="notice update" role="status" data-testid="fit-done">
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
            <p>{format!("It could not be fitted: {why} Nothing was changed.")}</p>
            <div class="actions">
                <Button class="quiet" label="Close" on_press=move || app.training.cancel() />
            </div>
        </div>
    }
    .into_any()
}

fn thousandths(loss: f32) -> String {
    let thousandths = (loss * 1000.0).round() as u32;
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}
