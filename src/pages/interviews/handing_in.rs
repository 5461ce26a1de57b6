//! The end of a round: what is filled in is handed in as it stands, programs are tested, and what was said is scored.

use leptos::prelude::*;
use quiz::answering::draft::Missing;
use quiz::attempt::{Confidence, Mode};
use quiz::interview::Event;
use quiz::interview::machine::AskedQuestion;
use quiz::problem::{Kind, Slug};

use crate::browser::page;
use crate::pages::gate::with_problem_or;
use crate::state::AppState;
use crate::state::runner::Purpose;
use crate::state::sitting::Sitting;
use crate::ui::button::Button;
use crate::ui::discuss::rubric::Rubric;
use crate::ui::prose::Prose;
use crate::ui::write::went::HowItWent;

/// The page part. It goes from question to question, and closes the round behind the last one.
#[component]
pub(super) fn HandingIn(app: AppState) -> impl IntoView {
    let passed_over = RwSignal::new(Vec::<Slug>::new());
    let next = Memo::new(move |_| {
        let passed_over = passed_over.read();
        app.interviews.of_round(|_, round| {
            let is_open = |slug: &Slug| !passed_over.contains(slug);
            let is_left = |asked: &&AskedQuestion| asked.answer.is_none() && !asked.is_lost && is_open(&asked.slug);
            let mut open = round.questions.iter().filter(is_left);
            open.next().map(|asked| (asked.slug.clone(), asked.spent_ms > 0))
        })
    });
    Effect::new(move || {
        if next.get() == Some(None) {
            app.interviews.send(Event::CloseRound);
            page::begin();
        }
    });
    // Whether the compiler is here decides who judges a program.
    app.device.look();
    let is_known = Memo::new(move |_| app.device.is_here().is_some());
    let pass_over = Callback::new(move |slug: Slug| passed_over.update(|passed_over| passed_over.push(slug)));
    let lose_gone = Callback::new(move |slug: Slug| app.interviews.lose(&slug, false));
    let step = move || match next.get().flatten().filter(|_| is_known.get()) {
        None => ().into_any(),
        Some((slug, was_seen)) => {
            let (missing, lost) = (slug.clone(), slug.clone());
            with_problem_or(
                slug,
                move |problem| {
                    let sitting = Sitting::start(problem, app, Mode::Interview);
                    view! { <One sitting was_seen pass_over /> }.into_any()
                },
                move || {
                    let slug = missing.clone();
                    request_animation_frame(move || lose_gone.run(slug));
                    ().into_any()
                },
                move || without_it(app, lost.clone()),
            )
        }
    };
    view! {
        <p class="eyebrow"><span>"The round is over"</span></p>
        {move || step()}
    }
}

/// The way around a file that does not come.
fn without_it(app: AppState, slug: Slug) -> AnyView {
    view! {
        <p class="note">"If it does not come, you can go on without it. The question then counts as not answered, and the report says why. What you wrote for it is kept: with the problem itself, or else in your notes."</p>
        <Button class="plain" test_id="without-it" label="Go on without it" on_press=move || app.interviews.lose(&slug, true) />
    }
    .into_any()
}

/// What there is to do about a question that is not handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ToDo {
    /// Nothing: it was handed in already, and the interview hears of it.
    Wait,
    /// Nothing: nothing is filled in that could be judged.
    Nothing,
    /// It is complete.
    HandIn,
    /// The compiler judges the program first.
    Test,
    /// The learner says how the tests went.
    AskHowItWent,
    /// The learner scores what was said.
    Score,
}

fn to_do(sitting: Sitting, was_seen: bool) -> ToDo {
    if sitting.is_held() {
        return ToDo::Wait;
    }
    let is_untouched = || sitting.exercise().is_some_and(|exercise| exercise.start.text == sitting.code());
    match (sitting.problem().question.kind(), sitting.missing()) {
        (Kind::Discuss, _) if was_seen || !sitting.notes().is_empty() => ToDo::Score,
        (Kind::Discuss, _) => ToDo::Nothing,
        (_, None) => ToDo::HandIn,
        (Kind::Write, Some(Missing::CodeResult)) if is_untouched() => ToDo::Nothing,
        (Kind::Write, Some(Missing::CodeResult)) if sitting.has_compiler() => ToDo::Test,
        (Kind::Write, Some(Missing::CodeResult)) => ToDo::AskHowItWent,
        (_, Some(_)) => ToDo::Nothing,
    }
}

#[component]
fn One(sitting: Sitting, was_seen: bool, pass_over: Callback<Slug>) -> impl IntoView {
    let to_do = untrack(|| to_do(sitting, was_seen));
    let slug = sitting.problem().slug.clone();
    let skip = move || pass_over.run(slug.clone());
    let shown = match to_do {
        ToDo::Wait => return ().into_any(),
        ToDo::Nothing => {
            request_animation_frame(skip);
            return ().into_any();
        }
        ToDo::HandIn => {
            request_animation_frame(move || sitting.submit(Confidence::FairlySure));
            return ().into_any();
        }
        ToDo::Test => view! { <Tested sitting /> }.into_any(),
        ToDo::AskHowItWent => view! { <HowItWent sitting is_too_long=RwSignal::new(false) /> }.into_any(),
        ToDo::Score => {
            request_animation_frame(move || sitting.finish_saying());
            view! { <Rubric sitting /> }.into_any()
        }
    };
    let problem = sitting.problem();
    let skips = if to_do == ToDo::Score { "I did not answer it" } else { "Leave it out" };
    page::begin();
    view! {
        <section data-testid="to-score" data-slug=problem.slug.to_string()>
            <h1 tabindex="-1">{problem.title.clone()}</h1>
            <details class="turn">
                <summary>"The question again"</summary>
                <Prose problem=problem.clone() text=problem.prompt.clone() />
            </details>
            {shown}
            <div class="actions">
                <p class="nudge" role="alert">{move || sitting.nudge().unwrap_or_default().to_owned()}</p>
                {(to_do != ToDo::Test).then(|| view! { <Button class="go" test_id="hand-in-score" label="Hand in" on_press=move || sitting.submit(Confidence::FairlySure) /> })}
                <Button class="quiet" test_id="leave-out" label=skips on_press=skip />
            </div>
        </section>
    }
    .into_any()
}

/// The program is tested; where the compiler does not answer, the learner says how it went.
#[component]
fn Tested(sitting: Sitting) -> impl IntoView {
    let runner = sitting.runner();
    runner.compiler().open();
    let has_begun = RwSignal::new(false);
    request_animation_frame(move || {
        sitting.run_tests(Purpose::HandIn);
        has_begun.set(true);
    });
    let progress = move || match runner.progress() {
        (_, 0) => "Your program is compiled and tested…".to_owned(),
        (done, of) => format!("Your program is tested: run {} of {of}…", (done + 1).min(of)),
    };
    // However it ended: the compiler may have been removed in another tab.
    let is_lost = Memo::new(move |_| has_begun.get() && runner.doing().get().is_none() && !sitting.is_held());
    let shown = move || match is_lost.get() {
        false => view! { <p role="status">{move || progress()}</p> }.into_any(),
        true => view! {
            <p class="note">"The compiler did not answer. Say yourself how far your program is."</p>
            <HowItWent sitting is_too_long=RwSignal::new(false) />
            <Button class="go" label="Hand in" on_press=move || sitting.submit(Confidence::FairlySure) />
        }
        .into_any(),
    };
    view! { {move || shown()} }
}
