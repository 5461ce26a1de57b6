//! Texts as words: the same ones when an index is made and when somebody searches.

/// The words of a text, as they stand there: letters, digits and underscores. Other signs part them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !is_part(sign)).filter(|word| !word.is_empty())
}

/// Told by ranges: what Unicode calls a letter would be 4 kB of the wasm file, and texts are English.
fn is_part(sign: char) -> bool {
    match sign {
        '\0'..='\u{7f}' => sign.is_ascii_alphanumeric() || sign == '_',
        // Quotation marks, dashes, arrows, mathematical signs, and what only says how to draw.
        '\u{80}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{2bff}' | '\u{fe00}'..='\u{fe0f}' => false,
        _ => true,
    }
}
