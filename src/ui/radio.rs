//! Radio buttons as the ARIA Authoring Practices have them: one tab stop a group; arrow keys move to the next one and choose it.

/// The `tabindex` of a radio button: of a group only the one that is chosen can be reached by Tab, or the first one while none is.
pub fn tab_stop(is_chosen: bool, is_first_of_none: bool) -> &'static str {
    if is_chosen || is_first_of_none { "0" } else { "-1" }
}
