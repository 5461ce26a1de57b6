//! Numbers and days as the reader's language writes them.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use quiz::learner::calendar::{self, Day, MS_A_DAY};
use wasm_bindgen::JsValue;

thread_local! {
    // A formatter takes longer to make than a hundred days to write.
    static NUMBER: Function = of_numbers(&[]);
    static PERCENT: Function = of_numbers(&[("style", "percent")]);
    static DAY: Function = of_days(&[("day", "numeric"), ("month", "short")]);
    static DAY_AND_YEAR: Function = of_days(&[("day", "numeric"), ("month", "short"), ("year", "numeric")]);
}

/// A count: `1,250`.
pub fn number(count: usize) -> String {
    NUMBER.with(|format| written(format, count as f64))
}

/// A share in whole per cent: `54%`.
pub fn percent(share: f32) -> String {
    PERCENT.with(|format| written(format, f64::from(share.clamp(0.0, 1.0))))
}

/// A day, with its year if that is not `today`'s: `5 Dec`.
pub fn day(day: Day, today: Day) -> String {
    let is_this_year = calendar::date(day).year == calendar::date(today).year;
    let format = if is_this_year { &DAY } else { &DAY_AND_YEAR };
    // The day has the learner's time in it already.
    let noon = u64::from(day) * MS_A_DAY + MS_A_DAY / 2;
    format.with(|format| written_value(format, &Date::new(&JsValue::from_f64(noon as f64))))
}

fn of_numbers(wishes: &[(&str, &str)]) -> Function {
    Intl::NumberFormat::new(&Array::new(), &options(wishes)).format()
}

fn of_days(wishes: &[(&str, &str)]) -> Function {
    let options = options(wishes);
    let _ = Reflect::set(&options, &"timeZone".into(), &"UTC".into());
    Intl::DateTimeFormat::new(&Array::new(), &options).format()
}

fn options(wishes: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in wishes {
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}

fn written(format: &Function, number: f64) -> String {
    written_value(format, &JsValue::from_f64(number))
}

fn written_value(format: &Function, value: &JsValue) -> String {
    format.call1(&JsValue::UNDEFINED, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}
