//! Whether an error may come from the compiler's age: the one on the device is of 2024, and what the language and its
//! library have gained since is unknown to it.

use crate::verdict::Diagnostic;

/// Whether a younger compiler may have no such error: the message says that something of the library is not there, or
/// that something is not stable yet, or that a temporary lives longer than edition 2024 lets it. Of what the program itself declares,
/// the library knows nothing.
pub fn may_be_of_age(error: &Diagnostic, source: &str) -> bool {
    let Some(code) = &error.code else { return has_newer_syntax(error, source) };
    match code.0.as_str() {
        "E0499" | "E0502" | "E0505" | "E0597" | "E0716" => is_of_temporary(error),
        "E0658" => true,
        "E0432" | "E0433" | "E0425" | "E0412" | "E0405" => of_library(error),
        "E0599" => !is_declared(&error.message, source),
        _ => false,
    }
}

/// What the language has gained since, where the parser meets it.
const NEWER_SYNTAX: [&str; 6] = ["use<", "unsafe extern", "#[unsafe(", "&raw ", "async ||", "async |"];

/// Whether the line at which the parser stops has a word of the language that it does not know.
fn has_newer_syntax(error: &Diagnostic, source: &str) -> bool {
    let line = error.primary().and_then(|span| source.lines().nth((span.line as usize).checked_sub(1)?));
    line.is_some_and(|line| NEWER_SYNTAX.iter().any(|syntax| line.contains(syntax)))
}

/// Whether what is borrowed too long is a temporary: at the end of a block, and in the condition of an `if let`, edition 2024 drops
/// it earlier than this compiler does.
fn is_of_temporary(error: &Diagnostic) -> bool {
    let labels = error.spans.iter().filter_map(|span| span.label.as_deref());
    labels.chain([error.message.as_str(), error.rendered.as_str()]).any(|text| text.contains("temporary"))
}

/// What gives out a guard that is dropped with the temporary in which it is.
const GUARDS: [&str; 5] = [".lock()", ".borrow()", ".borrow_mut()", ".read()", ".write()"];

/// Whether a program may do something else here than by a younger compiler: a guard in the condition of an `if let` lives through
/// the `else` here.
pub fn may_run_otherwise(source: &str) -> bool {
    source.lines().any(|line| line.contains("if let ") && GUARDS.iter().any(|guard| line.contains(guard)))
}

/// Whether a path of the library is said not to lead anywhere. What can be imported is there.
fn of_library(error: &Diagnostic) -> bool {
    if error.rendered.contains("consider importing") {
        return false;
    }
    let labels = error.spans.iter().filter_map(|span| span.label.as_deref());
    labels.chain([error.message.as_str(), error.rendered.as_str()]).any(|text| {
        ["std::", "core::", "alloc::", "in `std", "in `core", "in `alloc"].iter().any(|path| text.contains(path))
    })
}

/// Whether the type of which something was not found, the last word in backticks, is one of the program's own.
fn is_declared(message: &str, source: &str) -> bool {
    let Some(of) = message.split('`').nth(3) else { return false };
    let name: String = of.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect();
    let declared = ["struct", "enum", "trait", "union", "type"].map(|keyword| format!("{keyword} {name}"));
    !name.is_empty() && declared.iter().any(|declaration| has_word(source, declaration))
}

/// Whether the text is there, and does not go on as a longer word.
fn has_word(source: &str, text: &str) -> bool {
    source.match_indices(text).any(|(start, _)| {
        let next = source[start + text.len()..].chars().next();
        next.is_none_or(|next| !(next.is_alphanumeric() || next == '_'))
    })
}
