//! Numbers and days as the reader's language writes them.
//!
//! The interface is English, and a German day in an English sentence would be neither. So it is English as it is written where the
//! reader lives: `en-GB` for them is `5 Dec`, `en-US` is `Dec 5`, and `en-DE`, for a reader of German, has commas in its
//! fractions. A browser that knows no English of a region takes its usual one.
//!
//! The first formatter of the browser's takes a slow phone 100 ms to make, of whatever kind it is. So what is seen at the start and after
//! an answer, and is the same in all English or has two forms, is written without: days, small counts, whole per cent.

use js_sys::{Array, Function, Intl, Object, Reflect};
use quiz::learner::calendar::{DateOrder, Day};
use wasm_bindgen::JsValue;

use super::window;

thread_local! {
    // A formatter takes longer to make than a hundred numbers to write.
    static NUMBER: Function = of_numbers(&[]);
    static THOUSANDTHS: Function = of_numbers(&[("minimumFractionDigits", "3"), ("maximumFractionDigits", "3")]);
    static KILOBYTES: Function = of_numbers(&[("style", "unit"), ("unit", "kilobyte"), ("maximumFractionDigits", "0")]);
    static MEGABYTES: Function = of_numbers(&[("style", "unit"), ("unit", "megabyte"), ("maximumFractionDigits", "1")]);
}

/// A count: `1,250`.
pub fn number(count: usize) -> String {
    if count < 1000 { count.to_string() } else { written(&NUMBER, count as f64) }
}

/// A count with its noun: `1 day`, `2 days`, `1,250 days`.
pub fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", number(count))
}

/// A share in whole per cent: `54%`.
pub fn percent(share: f32) -> String {
    format!("{}%", (share.clamp(0.0, 1.0) * 100.0).round() as u8)
}

/// A small number: `0.693`.
pub fn thousandths(number: f32) -> String {
    written(&THOUSANDTHS, f64::from(number))
}

/// How much room something takes: `12 kB`.
pub fn kilobytes(bytes: usize) -> String {
    written(&KILOBYTES, bytes.div_ceil(1000) as f64)
}

/// Bytes as megabytes, rounded up to a tenth: `32.9 MB`.
pub fn megabytes(bytes: u64) -> String {
    written(&MEGABYTES, bytes.div_ceil(100_000) as f64 / 10.0)
}

/// A day, with its year if that is not `today`'s: `5 Dec`.
pub fn day(day: Day, today: Day) -> String {
    order().short(day, today)
}

/// A day with its name: `Sunday 22 November`.
pub fn whole_day(day: Day) -> String {
    order().whole(day)
}

fn of_numbers(wishes: &[(&str, &str)]) -> Function {
    Intl::NumberFormat::new(&english(), &options(wishes)).format()
}

/// English as it is written in the reader's region.
fn english() -> Array {
    Array::of1(&region().map_or_else(|| "en".to_owned(), |region| format!("en-{region}")).into())
}

fn order() -> DateOrder {
    DateOrder::in_region(region().as_deref())
}

/// The region of the reader's language, if it names one: `GB`.
fn region() -> Option<String> {
    let language = window().navigator().language().unwrap_or_default();
    let is_region = |part: &&str| part.len() == 2 && part.bytes().all(|letter| letter.is_ascii_alphabetic());
    language.split('-').skip(1).find(is_region).map(str::to_owned)
}

fn options(wishes: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in wishes {
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}

type Format = std::thread::LocalKey<Function>;

fn written(format: &'static Format, number: f64) -> String {
    format.with(|format| {
        let text = format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(number)).ok();
        text.and_then(|text| text.as_string()).unwrap_or_default()
    })
}
