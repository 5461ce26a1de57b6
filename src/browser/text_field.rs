//! Typing into a field of several lines, at the caret, as a key would.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlInputElement, HtmlTextAreaElement};

use super::document;

/// The text of the field with this id before its caret.
pub fn before_caret(id: &str) -> String {
    let Some(field) = field(id) else { return String::new() };
    let caret = field.selection_start().ok().flatten().unwrap_or_default() as usize;
    // The browser counts in UTF-16.
    let units: Vec<u16> = field.value().encode_utf16().take(caret).collect();
    String::from_utf16_lossy(&units)
}

/// Types `text` into the field with this id, in place of what is selected there. It can be undone like what is typed by hand.
///
/// The field gets the focus if it has not; a field that listens to its input hears of it. Says whether it was typed: not every
/// engine can.
pub fn type_into(id: &str, text: &str) -> bool {
    let Some(field) = field(id) else { return false };
    let _ = field.focus();
    // No newer way leaves the browser's own undo as it is.
    let document = document().dyn_into::<HtmlDocument>();
    document.is_ok_and(|document| {
        document.exec_command_with_show_ui_and_value("insertText", false, text).unwrap_or_default()
    })
}

/// Puts `text` in place of all that stands in the field with this id. The field hears nothing of it.
pub fn replace_text(id: &str, text: &str) {
    match document().get_element_by_id(id).map(JsCast::dyn_into::<HtmlInputElement>) {
        Some(Ok(field)) => field.set_value(text),
        Some(Err(element)) => _ = element.dyn_into::<HtmlTextAreaElement>().map(|field| field.set_value(text)),
        None => {}
    }
}

/// Puts the caret of the field with this id to the beginning of a line, counted from 1.
pub fn go_to_line(id: &str, line: u32) {
    let Some(field) = field(id) else { return };
    let before = field.value().split_inclusive('\n').take(line.saturating_sub(1) as usize).collect::<String>();
    // The browser counts in UTF-16.
    let caret = before.encode_utf16().count() as u32;
    let _ = field.focus();
    let _ = field.set_selection_range(caret, caret);
}

fn field(id: &str) -> Option<HtmlTextAreaElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
