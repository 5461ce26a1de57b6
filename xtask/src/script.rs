//! Scripts and style sheets as they are sent.

/// The text without comments that fill whole lines, and without indentation: both are for whoever reads the source.
///
/// It knows no syntax, so a text that goes over several lines must not have lines that look like comments.
pub(crate) fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        let begins = line.starts_with("/*") && (line.ends_with("*/") || !line.contains("*/"));
        if !(in_comment || begins || line.is_empty() || line.starts_with("//")) {
            kept.push_str(line);
            kept.push('\n');
        }
        in_comment = (in_comment || begins) && !line.ends_with("*/");
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_stay_at_home() {
        let script = "/* a */ kept;\n// What\n\n/** Why */\n/**\n * @returns {a}\n */\nlet a = \"https://x\"; // kept\n  // how\n  a /* b */;\n";
        assert_eq!(without_comments(script), "/* a */ kept;\nlet a = \"https://x\"; // kept\na /* b */;\n");
    }
}
