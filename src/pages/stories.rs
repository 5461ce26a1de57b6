//! Stories of the learner's own work, to be told in an interview: written down, held against what interviewers ask for, printed.

use leptos::prelude::*;
use quiz::attempt::{RemarkKind, STORY_LIMIT};
use quiz::places;
use quiz::practice::Filter;
use quiz::problem::{Kind, Slug, Topic};
use quiz::remarks::{PAUSE_TO_KEEP, is_much};
use quiz::story::{StoryRule, lacks, words};

use crate::browser::language::counted;
use crate::browser::{clock, page, random};
use crate::routes;
use crate::state::progress::Saving;
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
    // Those that are on the page, by their names: one whose text was removed stays until the page is left.
    let shown = RwSignal::new(Vec::new());
    // Another tab writes as well, and what a browser lost comes back after the page has begun. What is on the page belongs to the page,
    // not to one run of the effect; and the effect must not keep the page alive.
    let owner = Owner::current().map(|owner| owner.downgrade());
    Effect::new(move || {
        if let Some(owner) = owner.as_ref().and_then(WeakOwner::upgrade) {
            owner.with(|| shown.update(|shown| take_in(app, shown)));
        }
    });
    let add = move || {
        shown.update(|shown| shown.push(Story::of(new_name(), "")));
        page::once_drawn(|| {
            page::focus_in_sight(NEWEST);
        });
    };
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
            <For each=move || shown.get() key=|story| story.slug.get_value() let:story>
                {field(app, story, Memo::new(move |_| 1 + shown.read().iter().take_while(|other| other.slug != story.slug).count()))}
            </For>
            <div class="actions not-printed">
                <Button class="go" test_id="add-story" label="Add a story" on_press=add />
                <Button class="quiet" test_id="print" label="Print" on_press=page::print />
            </div>
            <p class="note links not-printed"><a href=practise>"Questions that they answer"</a> <a href=routes::GUIDE>"Guide"</a></p>
        </main>
    }
}

/// A story on the page. What is written is kept here, so that one more story does not disturb it.
#[derive(Clone, Copy)]
struct Story {
    slug: StoredValue<Slug>,
    written: RwSignal<String>,
    /// What the log has. Only what was written here is stored: in another tab there may be a newer text.
    kept: RwSignal<String>,
    /// Changes when its text came from elsewhere, and the field does not have it.
    came: Trigger,
    /// What was there before it was deleted, as long as it can be put back.
    deleted: RwSignal<Option<String>>,
}

impl Story {
    fn of(slug: Slug, text: &str) -> Story {
        let (written, kept) = (RwSignal::new(text.to_owned()), RwSignal::new(text.to_owned()));
        Story { slug: StoredValue::new(slug), written, kept, came: Trigger::new(), deleted: RwSignal::new(None) }
    }

    /// Takes in what the log has, unless something else is being written.
    fn take_in(self, text: &str) {
        let (written, kept) = (self.written.get_untracked(), self.kept.get_untracked());
        if written == kept && kept.trim() != text {
            self.written.set(text.to_owned());
            self.kept.set(text.to_owned());
            self.deleted.set(None);
            self.came.notify();
        }
    }

    /// Takes in that the log does not have it any more: another tab has deleted it.
    fn take_leave(self) {
        let (written, kept) = (self.written.get_untracked(), self.kept.get_untracked());
        if written == kept && !kept.trim().is_empty() {
            self.written.set(String::new());
            self.kept.set(String::new());
            self.deleted.set(Some(kept));
        }
    }

    /// Stores what was written, if it is something new.
    fn keep(self, app: AppState) {
        let (Some(written), Some(kept)) = (self.written.try_get_untracked(), self.kept.try_get_untracked()) else {
            return;
        };
        if kept != written {
            self.kept.set(written.clone());
            app.progress.remark(self.slug.get_value(), RemarkKind::story(&written));
        }
    }

    /// Takes in what is typed. Much of it is not left to a browser that may die, and neither is what stands there at a pause.
    fn write(self, app: AppState, text: String) {
        self.written.set(text);
        if is_much(&self.kept.read_untracked(), &self.written.read_untracked()) {
            self.keep(app);
        }
    }

    fn delete(self, app: AppState) {
        self.deleted.set(Some(self.written.get_untracked()));
        self.written.set(String::new());
        self.keep(app);
        // What is left of it: not its button, which a second Enter would press.
        let part = format!("#{}", self.part_id());
        page::once_drawn(move || page::focus(&part));
    }

    fn part_id(self) -> String {
        format!("part-{}", self.slug.get_value())
    }

    fn put_back(self, app: AppState) {
        self.written.set(self.deleted.get_untracked().unwrap_or_default());
        self.deleted.set(None);
        self.keep(app);
        let field = format!("#{}", self.slug.get_value());
        page::once_drawn(move || page::focus(&field));
    }
}

/// Takes in the stories of the log; tracked. Names sort by when they were made, so stories keep their order.
fn take_in(app: AppState, shown: &mut Vec<Story>) {
    let remarks = app.progress.remarks();
    let remarks = remarks.read();
    let is_kept = |story: &&Story| remarks.stories().any(|(slug, _)| story.slug.with_value(|own| own == slug));
    shown.iter().filter(|story| !is_kept(story)).for_each(|story| story.take_leave());
    for (slug, text) in remarks.stories() {
        match shown.iter().find(|story| story.slug.with_value(|own| own == slug)) {
            Some(story) => story.take_in(text),
            None => shown.push(Story::of(slug.clone(), text)),
        }
    }
    places::sort_by_cached_key(shown, |story| story.slug.get_value());
}

fn new_name() -> Slug {
    Slug(format!("story-{:012x}-{:04x}", clock::now(), random::bits() >> 48).into())
}

fn field(app: AppState, story: Story, number: Memo<usize>) -> AnyView {
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
    let count = move || {
        let (written, saving) = (written.read(), app.progress.saving());
        let is_saved = !written.is_empty() && *story.kept.read() == *written && *saving.read() == Saving::Works;
        format!("{}{}", counted(words(&written).count(), "word"), if is_saved { ", saved" } else { "" })
    };
    let form = move || {
        let id = id.clone();
        let mut keep_soon = debounce(PAUSE_TO_KEEP, move |()| story.keep(app));
        view! {
            <label for=id.clone()>{move || format!("Story {}", number.get())}</label>
            <textarea
                id=id
                class="not-printed"
                data-testid="story-text"
                rows="9"
                maxlength=STORY_LIMIT
                prop:value=move || {
                    story.came.track();
                    written.get_untracked()
                }
                on:input=move |event| {
                    story.write(app, event_target_value(&event));
                    keep_soon(());
                }
                on:blur=move |_| story.keep(app)
            ></textarea>
            <p class="own-notes only-printed">{move || written.get()}</p>
            <div class="not-printed" aria-live="polite">
                {move || advice()}
            </div>
            <div class="story-end not-printed">
                <p class="note" data-testid="story-words">{move || count()}</p>
                <Button class="quiet" test_id="delete-story" label="Delete this story" on_press=move || story.delete(app) />
            </div>
        }
        .into_any()
    };
    let gone = move || {
        view! {
            <p class="note" role="status">{move || format!("Story {} is deleted. Its text stays in your exports.", number.get())}</p>
            <Button class="quiet" test_id="put-back" label="Put it back" on_press=move || story.put_back(app) />
        }
        .into_any()
    };
    let is_deleted = Memo::new(move |_| story.deleted.read().is_some());
    view! {
        <section class="story" id=story.part_id() tabindex="-1" class:not-printed=is_deleted data-testid="story">
            {move || if is_deleted.get() { gone() } else { form() }}
        </section>
    }
    .into_any()
}
