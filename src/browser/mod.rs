//! Every touch of the browser's own interfaces: storage, clock, downloads, workers, the page.
//!
//! No other module names `web_sys`, `js_sys` or `gloo`. What comes out of here is plain Rust.

pub mod backup_file;
pub mod clipboard;
pub mod clock;
pub mod code_editor;
pub mod database;
pub mod drag;
pub mod fetch;
pub mod files;
pub mod focus;
pub mod keyboard;
pub mod language;
pub mod locks;
pub mod log_copies;
pub mod page;
pub mod panic;
pub mod persistence;
pub mod random;
pub mod recorder;
pub mod recordings;
pub mod service_worker;
pub mod storage;
pub mod text_field;
pub mod worker;

fn window() -> web_sys::Window {
    web_sys::window().expect("the app runs in a page")
}

fn document() -> web_sys::Document {
    window().document().expect("a page has a document")
}

/// What a thrown value says.
fn said(error: &wasm_bindgen::JsValue) -> String {
    use wasm_bindgen::JsCast;
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}

/// The name of a thrown value, such as `AbortError`; empty if it has none.
fn name_of(error: &wasm_bindgen::JsValue) -> String {
    js_sys::Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}
