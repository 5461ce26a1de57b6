//! The page itself: its address, title, theme, focus and visibility.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};

use leptos::ev;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, FocusOptions, HtmlAnchorElement, HtmlDialogElement, HtmlElement, PointerEvent,
    ScrollIntoViewOptions, ScrollLogicalPosition, VisibilityState,
};

use super::{document, window};

/// The path under which the site is hosted, without a slash at its end: empty, or such as `/drills/rust`.
pub fn base_path() -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let path = web_sys::Url::new(&base).map(|url| url.pathname()).unwrap_or_default();
    path.trim_end_matches('/').to_owned()
}

/// An address within the site as others can open it.
pub fn absolute(address: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(address, &base).map(|url| url.href()).unwrap_or_default()
}

/// Takes `index.html` out of the address: some hosts and bookmarks have it, no route does.
pub fn leave_out_index_html() {
    let location = window().location();
    let Some(path) = location.pathname().ok().and_then(|path| path.strip_suffix("index.html").map(str::to_owned))
    else {
        return;
    };
    let address = format!("{path}{}{}", location.search().unwrap_or_default(), location.hash().unwrap_or_default());
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
    }
}

/// Marks this place of the tab's history. The mark stays over a reload; who comes by a link is at a new place.
pub fn mark_place(mark: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state(&mark.into(), "");
    }
}

/// Whether this place of the tab's history has this mark.
pub fn is_at_mark(mark: &str) -> bool {
    let state = window().history().and_then(|history| history.state());
    state.is_ok_and(|state| state.as_string().as_deref() == Some(mark))
}

/// What a `<meta>` element of this name says.
pub fn meta(name: &str) -> Option<String> {
    let element = document().query_selector(&format!("meta[name='{name}']")).ok().flatten()?;
    element.get_attribute("content").filter(|content| !content.is_empty())
}

/// Sets the title that the tab shows.
pub fn set_title(title: &str) {
    document().set_title(&format!("{title} · Borrowed Time"));
}

/// Sets the theme: `light`, `dark`, or none for the system's.
pub fn set_theme(theme: Option<&str>) {
    set_look("theme", theme);
}

/// Makes this the address, unless it is already: a path with its query.
pub fn be_at(address: &str) {
    let location = window().location();
    let there = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    if let Ok(history) = window().history()
        && there != address
    {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Sets how something looks on all pages, for style sheets: `data-<name>` on the root, or none for the usual look.
pub fn set_look(name: &str, look: Option<&str>) {
    let attribute = format!("data-{name}");
    if let Some(root) = document().document_element() {
        let _ = match look {
            Some(look) => root.set_attribute(&attribute, look),
            None => root.remove_attribute(&attribute),
        };
    }
}

/// Says whether answers are in memory only: index.html then asks before the page goes away, and does not promise on its
/// panic screen that they are saved.
pub fn mark_unsaved(unsaved: bool) {
    if let Some(root) = document().document_element() {
        let _ = root.toggle_attribute_with_force("data-unsaved", unsaved);
    }
}

/// Moves the focus to the first element that fits `selector`, without scrolling.
pub fn focus(selector: &str) {
    if let Some(element) = find::<HtmlElement>(selector) {
        give_focus(&element);
    }
}

fn give_focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    super::focus::give(element, &options);
}

/// Presses the first element that fits `selector`, and tells whether there is one.
pub fn press(selector: &str) -> bool {
    find::<HtmlElement>(selector).map(|element| element.click()).is_some()
}

/// As [`focus`], and scrolls as far as it takes to see it: what opens may be longer than what is left of the window.
pub fn focus_in_sight(selector: &str) {
    focus(selector);
    reveal(selector, Place::Nearest);
}

/// Acts once what has changed is in the page, and before the next key can come: in a frame's time, which is long on a busy machine,
/// that key would meet what had the focus before.
pub fn once_drawn(act: impl FnOnce() + 'static) {
    once_drawn_boxed(Box::new(act));
}

fn once_drawn_boxed(act: Box<dyn FnOnce()>) {
    spawn_local(async move {
        tick().await;
        act();
    });
}

/// Whether some text is selected.
pub fn has_selection() -> bool {
    window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}

/// Moves the focus to the heading of the page that is about to be drawn, unless the learner or something on it moves it first. Who
/// comes back from the page at the path `left` is where they were: on the link that led there.
pub fn focus_heading_soon(left: String) {
    let change = PAGE_CHANGES.get() + 1;
    PAGE_CHANGES.set(change);
    let came_back = CAME_BACK_TO.take().is_some_and(|path| window().location().pathname() == Ok(path));
    let arrival = Arrival {
        change,
        left: came_back.then_some(left),
        before: document().active_element(),
        frames: 0,
        frames_of_old: 0,
        settled: 0,
    };
    request_animation_frame(move || arrival.look());
}

/// Hears of Back and Forward, as long as the app runs. Call it before there is a router: what hears of it first acts first.
pub fn watch_history() {
    let hear = |_: &Event| CAME_BACK_TO.set(window().location().pathname().ok());
    EventListener::new(&window(), "popstate", hear).forget();
}

thread_local! {
    /// How often the page has changed: a heading is awaited until the next change.
    static PAGE_CHANGES: Cell<u32> = const { Cell::new(0) };
    /// The path that Back or Forward led to last.
    static CAME_BACK_TO: Cell<Option<String>> = const { Cell::new(None) };
}

/// So many frames are waited for a heading, half a minute or more: a problem may have to be loaded first, over a slow network.
const FRAMES: u32 = 60 * 60;
/// So many may pass until the page that was left is gone: a frame can come before.
const FRAMES_OF_OLD: u32 = 120;

/// The wait for the heading of a page, frame by frame.
struct Arrival {
    /// Of [`PAGE_CHANGES`].
    change: u32,
    /// The path of the page that one comes back from; none after a link.
    left: Option<String>,
    /// What had the focus when the address changed.
    before: Option<Element>,
    frames: u32,
    /// For how many the page that was left has been there still.
    frames_of_old: u32,
    /// For how many frames the heading has had the focus; it may still have been that of the page that was left.
    settled: u32,
}

impl Arrival {
    fn look(mut self) {
        // Of a page that one comes back to, the links may be drawn after the heading.
        let settled = if self.left.is_some() { 60 } else { 10 };
        if PAGE_CHANGES.get() != self.change {
            return;
        }
        let active = document().active_element().filter(|active| active.local_name() != "body");
        let is_as_before = active.is_some() && active == self.before;
        let link = || self.left.as_deref().and_then(link_to);
        let target = place_named().or_else(link).or_else(|| find::<Element>(HEADING));
        if active.is_some() && active == target {
            self.settled += 1;
        } else if active.is_some() && !is_as_before && !has_focus(HEADING) {
            return;
        } else if is_as_before && has_focus("main *") {
            self.frames_of_old += 1;
        } else if let Some(target) = target {
            give_focus(target.unchecked_ref());
            if self.left.is_some() && target.local_name() == "a" {
                scroll_to(&target, ScrollLogicalPosition::Nearest);
            }
        }
        self.frames += 1;
        if self.settled < settled && self.frames_of_old < FRAMES_OF_OLD && self.frames < FRAMES {
            request_animation_frame(move || self.look());
        }
    }
}

const HEADING: &str = "main h1";

/// Goes to the beginning of the page once it is shown, as if it had just been opened.
pub fn begin() {
    once_shown(|| {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        focus("main h1");
    });
}

/// Acts with the next frame. While the app is still behind the page that was there before it, nothing in it can have the focus: then
/// as soon as it is in front.
pub fn once_shown(act: impl FnOnce() + 'static) {
    if is_behind() {
        EventListener::once(&window(), IN_FRONT, move |_| act()).forget();
    } else {
        request_animation_frame(act);
    }
}

/// Whether the focus is on an element that fits `selector`.
pub fn has_focus(selector: &str) -> bool {
    let active = document().active_element();
    active.is_some_and(|element| element.matches(selector).unwrap_or(false))
}

/// Scrolls the first element that fits `selector` into view, if it is not.
pub fn reveal(selector: &str, place: Place) {
    let Some(element) = find::<HtmlElement>(selector) else { return };
    match place {
        Place::Nearest => scroll_to(&element, ScrollLogicalPosition::Nearest),
        // What begins far below shows hardly more than its beginning.
        Place::Top if (0.0..=window_height() / 2.0).contains(&element.get_bounding_client_rect().top()) => {}
        Place::Top => scroll_to(&element, ScrollLogicalPosition::Start),
        Place::Below(under) => lay_over(&element, under),
    }
}

/// Scrolls to the part of the page that the address names, where that is drawn late: when the browser looked for it, it was not there.
pub fn go_to_fragment() {
    once_drawn(|| {
        if let Some(place) = place_named() {
            scroll_to(&place, ScrollLogicalPosition::Start);
            give_focus(place.unchecked_ref());
        }
    });
}

/// The first link of the page that leads to this path.
fn link_to(path: &str) -> Option<Element> {
    let links = document().query_selector_all("main a[href]").ok()?;
    let mut links = (0..links.length()).filter_map(|at| links.get(at)?.dyn_into::<HtmlAnchorElement>().ok());
    links.find(|link| link.pathname() == path).map(Element::from)
}

/// The part of the page that the address names by its fragment, if it can have the focus.
fn place_named() -> Option<Element> {
    let fragment = window().location().hash().ok()?;
    document().get_element_by_id(fragment.strip_prefix('#')?).filter(|place| place.has_attribute("tabindex"))
}

/// Shows what led to the page that one comes back from, and gives it the focus.
pub fn go_back_to(selector: String) {
    request_animation_frame(move || focus_in_sight(&selector));
}

/// Scrolls within the first element that fits `selector`, to where it begins.
pub fn scroll_to_start(selector: &str) {
    if let Some(element) = find::<HtmlElement>(selector) {
        element.set_scroll_top(0);
    }
}

/// Scrolls what has the focus of who uses keys into view, if it is beyond the window, or below what sticks to its edge: what sticks
/// there itself is in view wherever it stands in the text.
pub fn keep_focus_in_sight() {
    if let Some(element) = focus_out_of_sight() {
        scroll_to(&element, ScrollLogicalPosition::Nearest);
    }
}

/// The same, if it is something that can be worked: a heading is read, and one reads on.
pub fn keep_control_in_sight() {
    if let Some(element) = focus_out_of_sight().filter(|element| element.tab_index() >= 0) {
        scroll_to(&element, ScrollLogicalPosition::Nearest);
    }
}

/// Lets the first element that fits `selector` have the focus in place of what cannot be seen any more, once what has changed was
/// scrolled to. What takes text keeps it.
pub fn pass_focus_to(selector: &'static str) {
    let pass = move || {
        if focus_out_of_sight().is_some_and(|element| !element.matches("input, textarea, .cm-content").unwrap_or(true))
        {
            focus(selector);
        }
    };
    request_animation_frame(move || request_animation_frame(pass));
}

fn focus_out_of_sight() -> Option<HtmlElement> {
    let element = find::<HtmlElement>(":focus-visible")?;
    let sides = element.get_bounding_client_rect();
    let (across, down) = ((sides.left() + sides.right()) / 2.0, (sides.top() + sides.bottom()) / 2.0);
    let top = document().element_from_point(across as f32, down as f32);
    let is_covered = !top.is_some_and(|top| element.contains(Some(&top)));
    (sides.top() < 0.0 || sides.bottom() > window_height() || is_covered).then_some(element)
}

/// In pixels.
fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

fn scroll_to(element: &Element, block: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(block);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether what is asked stands below the program, at the window's edge, and not beside it: the style sheets' own limit.
pub fn is_one_column() -> bool {
    fits("(max-width: 999px)")
}

/// Whether the page is as narrow as on a phone: the style sheets' own limit.
pub fn is_narrow() -> bool {
    fits("(max-width: 640px)")
}

/// Whether a finger is what points, and a keyboard is drawn on the screen.
pub fn is_touched() -> bool {
    fits("(pointer: coarse)")
}

fn fits(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|query| query.matches())
}

/// Where something is scrolled to.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// As little as possible.
    Nearest,
    /// Its beginning, if that was scrolled out of sight above.
    Top,
    /// Below what fits this selector, a program with a marked line: that line stays in sight above, and what is revealed lies over
    /// the rest like a sheet.
    Below(&'static str),
}

/// The share of the window that what lies below a sheet keeps for itself.
const KEPT: f64 = 0.42;

/// Scrolls `sheet` so far up that a part of `under` stays in sight above it: the part with the line that is marked. The style
/// sheet holds `under` there, at `--pin`, while one scrolls on. Where both are side by side, `under` is held so that the marked line
/// is in sight, and `sheet` is scrolled to.
fn lay_over(beginning: &HtmlElement, under: &str) {
    let Some(under) = find::<HtmlElement>(under) else { return };
    let height = window_height();
    let (sheet, whole) = (beginning.get_bounding_client_rect(), under.get_bounding_client_rect());
    let line = |selector: &str| under.query_selector(selector).ok().flatten();
    let marked = [".l.stop", ".l.right", ".l.wrong", ".l"].into_iter().find_map(line);
    let marked = marked.map_or(0.0, |line| line.get_bounding_client_rect().top() - whole.top());
    let is_beside = sheet.left() >= whole.right();
    let room = if is_beside { height } else { KEPT * height };
    // As far up as the marked line needs, and never so far that room is left below the program.
    let most = match is_beside {
        true => BESIDE_TOP,
        // And always so far that who scrolls back can read it to its end.
        false => (above_dock(height) - whole.height()).min(0.0),
    };
    let pin = (0.4 * room - marked).max(room - whole.height()).min(most);
    let _ = under.style().set_property("--pin", &format!("{}px", pin as i32));
    if is_beside {
        scroll_to(beginning, ScrollLogicalPosition::Nearest);
    } else {
        let scrolled = window().scroll_y().unwrap_or_default();
        window().scroll_to_with_x_and_y(0.0, scrolled + sheet.top() - room);
    }
}

/// How much of a window of this height is above what is fixed at its lower edge.
fn above_dock(height: f64) -> f64 {
    // It holds the edge as long as there is feedback below it.
    find::<HtmlElement>(".dock").map_or(height, |dock| dock.get_bounding_client_rect().top().min(height))
}

/// How far below the window's edge a program begins that stands beside its answer, in pixels.
const BESIDE_TOP: f64 = 24.0;

fn find<T: JsCast>(selector: &str) -> Option<T> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Whether the learner can see the app.
pub fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible && !is_behind()
}

/// Calls `on_change` whenever the app is shown or hidden, and when the page is about to go away.
pub fn on_visibility_change(on_change: impl Fn() + 'static) {
    on_visibility_change_boxed(Rc::new(on_change));
}

fn on_visibility_change_boxed(on_change: Rc<dyn Fn()>) {
    let (again, first) = (Rc::clone(&on_change), Rc::clone(&on_change));
    let shown = window_event_listener(ev::visibilitychange, move |_| on_change());
    let gone = window_event_listener(ev::pagehide, move |_| again());
    let in_front = window_event_listener_untyped(IN_FRONT, move |_| first());
    on_cleanup(move || {
        shown.remove();
        gone.remove();
        in_front.remove();
    });
}

thread_local! {
    /// When and where the last tap was, and on what.
    static LAST_TAP: RefCell<Option<(f64, i32, i32, Element)>> = const { RefCell::new(None) };
}

/// Within so many ms, a second tap on a place belongs to the first one,
const DOUBLE_TAP_MS: f64 = 400.0;
/// or within so few where one taps in haste on purpose,
const HASTE_MS: f64 = 220.0;
/// if it is no further away than so many pixels.
const DOUBLE_TAP_PX: i32 = 24;

/// Lets the second tap of a double tap do nothing where something else has come under the finger since: a submitted answer
/// brings other buttons to its place, a line that was placed the next one, and a line that was picked the next question.
pub fn swallow_second_taps() {
    let capture = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    let listener = EventListener::new_with_options(&document(), "click", capture, |event| {
        let Some(tap) = event.dyn_ref::<PointerEvent>().filter(|tap| tap.pointer_type() == "touch") else { return };
        let Some(target) = tap.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        // By the time of the finger: a slow page hears of it later.
        let (now, x, y) = (tap.time_stamp(), tap.client_x(), tap.client_y());
        let is_second = LAST_TAP.with_borrow(|last| {
            last.as_ref().is_some_and(|(at, last_x, last_y, on)| {
                let is_near = (x - last_x).abs() <= DOUBLE_TAP_PX && (y - last_y).abs() <= DOUBLE_TAP_PX;
                let in_haste = is_in(&target, "[data-pool]");
                // Signs beside each other are typed in haste as well, and each is meant.
                let is_typed = is_in(&target, "[data-signs]");
                let within = if in_haste { HASTE_MS } else { DOUBLE_TAP_MS };
                let is_other = in_haste || is_in(&target, "[data-line]") || !on.is_same_node(Some(&target));
                now - at < within && is_near && is_other && !is_typed
            })
        });
        if is_second {
            event.stop_immediate_propagation();
            event.prevent_default();
        } else {
            LAST_TAP.set(Some((now, x, y, target)));
        }
    });
    // The page listens for as long as it lives.
    listener.forget();
}

fn is_in(target: &Element, selector: &str) -> bool {
    target.closest(selector).ok().flatten().is_some()
}

/// Lets the browser print the page.
pub fn print() {
    let _ = window().print();
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// Opens the dialog that fits `selector` above the page.
pub fn show_dialog(selector: &str) {
    if let Some(dialog) = find::<HtmlDialogElement>(selector) {
        let _ = dialog.show_modal();
    }
}

/// Gives the focus to the first element that fits `selector` once it is drawn, and brings it into sight.
pub fn focus_soon(selector: &'static str) {
    focus_within(selector, FRAMES_OF_OLD);
}

fn focus_within(selector: &'static str, frames: u32) {
    request_animation_frame(move || {
        reveal(selector, Place::Nearest);
        focus(selector);
        if !has_focus(selector) && frames > 0 {
            focus_within(selector, frames - 1);
        }
    });
}

/// Closes the dialog that fits `selector`.
pub fn close_dialog(selector: &str) {
    if let Some(dialog) = find::<HtmlDialogElement>(selector) {
        dialog.close();
    }
}

/// A text as a part of an address.
pub fn encoded(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// The element that the app is drawn into: behind the page that was readable before it, until boot.mjs lets it take over.
pub fn app_root() -> HtmlElement {
    find("#app").expect("index.html has a place for the app")
}

/// From boot.mjs, when the app takes the place of the page that was there before it.
const IN_FRONT: &str = "app-in-front";

/// Whether the app is still behind the page that was there before it.
pub fn is_behind() -> bool {
    find::<HtmlElement>("#app[data-waits]").is_some()
}

/// Panics if a test asks for it: the address says so and the storage allows it.
pub fn panic_if_told() {
    let asked = window().location().search().is_ok_and(|query| query.contains("panic-for-test=1"));
    let storage = window().local_storage().ok().flatten();
    let allowed = storage.and_then(|storage| storage.get_item("borrowed-time/test").ok().flatten()).is_some();
    assert!(!(asked && allowed), "a test asked for this panic");
}
