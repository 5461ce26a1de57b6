//! Stories of the learner's own work, to be told in an interview: written down, held against what interviewers ask for, printed.

use leptos::prelude::*;
use quiz::attempt::{RemarkKind, STORY_LIMIT};
use quiz::practice::Filter;
use quiz::problem::{Kind, Slug, Topic};
use quiz::story::{StoryRule, lacks, words};

use crate::browser::page;
use crate::browser::{clock, random};
use crate::routes;
use crate::state::{AppState, use_app};
use crate::ui::button::Button;

/// A story before and after the rules were held against it.
const BEFORE: &str =
    "We had problems with a slow importer and our team made it much better. In the end everybody was happy.";
const AFTER: &str = "Our importer took 40 minutes for one shop, and two shops had left because of it. I profiled it and saw that each \
    row was cloned three times on its way to PostgreSQL. I changed the parser in Rust to borrow from the file's buffer, and I \
    sent rows in batches of 500. My change was 200 lines, with a test that counts allocations. The import fell to 3 minutes. \
    Today I would measure allocations before I touch the database.";

/// The field of the story that was added last.
const NEWEST: &str = ".story:nth-last-of-type(1) textarea";

/// The page.
#[component]
pub fn StoriesPage() -> impl IntoView {
    page::set_title("Stories");
    let app = use_app();
    // Those that are on the page, in the order in which they came: one whose text was removed stays until the page is left.
    let shown = RwSignal::new(untrack(|| stored(app)));
    let add = move || {
        shown.update(|shown| shown.push(Story::of(new_name(), "")));
        page::once_drawn(|| {
            page::focus_in_sight(NEWEST);
        });
    };
    let fields =
        move || (1..).zip(shown.get()).map(|(number, story)| field(app, story, number)).collect_view().into_any();
    let talk = Filter { kind: Some(Kind::Discuss), topic: Some(Topic("behavioural".to_owned())), ..Filter::default() };
    let practise = format!("{}{}", routes::PROBLEMS, routes::query(&talk, &[]));
    view! {
        <main id="main" data-testid="page-stories">
            <h1 class="big" tabindex="-1">"Your stories"</h1>
            <p class="lede">"Five or six stories of your own work answer most behavioural questions. Write each one down as you would tell it. They stay in this browser and in your exports."</p>
            <details class="turn not-printed">
                <summary>"One story, before and after"</summary>
                <p class="own-notes">{BEFORE}</p>
                <p class="own-notes">{AFTER}</p>
            </details>
            {fields}
            <div class="actions not-printed">
                <Button class="go" test_id="add-story" label="Add a story" on_press=add />
                <Button class="quiet" test_id="print" label="Print" on_press=page::print />
            </div>
            <p class="note links not-printed"><a href=practise>"Questions that they answer"</a> " · " <a href=routes::GUIDE>"Guide"</a></p>
        </main>
    }
}

/// A story on the page. What is written is kept here, so that one more story does not disturb it.
#[derive(Clone, Copy)]
struct Story {
    slug: StoredValue<Slug>,
    written: RwSignal<String>,
    /// What the log has. Only what was written here is stored: in another tab there may be a newer text.
    kept: StoredValue<String>,
}

impl Story {
    fn of(slug: Slug, text: &str) -> Story {
        let text = text.to_owned();
        Story { slug: StoredValue::new(slug), written: RwSignal::new(text.clone()), kept: StoredValue::new(text) }
    }

    /// Stores what was written, if it is something new.
    fn keep(self, app: AppState) {
        let (Some(written), Some(kept)) = (self.written.try_get_untracked(), self.kept.try_get_value()) else { return };
        if kept != written {
            self.kept.set_value(written.clone());
            app.progress.remark(self.slug.get_value(), RemarkKind::story(&written));
        }
    }
}

fn stored(app: AppState) -> Vec<Story> {
    let remarks = app.progress.remarks();
    let remarks = remarks.read();
    remarks.stories().map(|(slug, story)| Story::of(slug.clone(), story)).collect()
}

/// Names sort by when they were made, so stories keep their order.
fn new_name() -> Slug {
    Slug(format!("story-{:012x}-{:04x}", clock::now(), random::bits() >> 48).into())
}

fn field(app: AppState, story: Story, number: usize) -> AnyView {
    let written = story.written;
    let id = story.slug.get_value().to_string();
    page::on_visibility_change(move || story.keep(app));
    on_cleanup(move || story.keep(app));
    let lacking = Memo::new(move |_| lacks(&written.read()));
    let advice = move || {
        let row = |rule: &StoryRule| view! { <li data-testid="lacks">{rule.advice()}</li> }.into_any();
        let rows = lacking.read().iter().map(row).collect_view();
        match (lacking.read().is_empty(), written.read().trim().is_empty()) {
            (_, true) => ().into_any(),
            (true, false) => view! { <p class="note" data-testid="lacks-nothing">"It has what interviewers ask for. Tell it aloud, in two minutes."</p> }.into_any(),
            (false, false) => view! { <ul class="lacks">{rows}</ul> }.into_any(),
        }
    };
    let count = move || words(&written.read()).count();
    view! {
        <section class="story" data-testid="story">
            <label for=id.clone()>{format!("Story {number}")}</label>
            <textarea
                id=id
                class="not-printed"
                data-testid="story-text"
                rows="9"
                maxlength=STORY_LIMIT
                prop:value=untrack(|| written.get())
                on:input=move |event| written.set(event_target_value(&event))
                on:blur=move |_| story.keep(app)
            ></textarea>
            <p class="own-notes only-printed">{move || written.get()}</p>
            <div class="not-printed" aria-live="polite">
                {move || advice()}
            </div>
            <p class="note not-printed">{move || format!("{} words", count())}</p>
        </section>
    }
    .into_any()
}
