//! The text of a program: what is shown and what is compiled.
//!
//! The conventions are rustdoc's: a line that begins with `# ` is compiled but not shown, `##` stands for a line that
//! begins with `#`, and a block without `fn main` is wrapped in one.

/// The lines a learner sees.
pub fn shown(block: &str) -> String {
    lines(block, |line| match line {
        Line::Hidden(_) => None,
        Line::Shown(text) => Some(text),
    })
}

/// The program that is compiled.
pub fn compiled(block: &str) -> String {
    let whole = lines(block, |line| match line {
        Line::Hidden(text) | Line::Shown(text) => Some(text),
    });
    if has_main(&whole) { whole } else { format!("fn main() {{\n{whole}}}\n") }
}

/// Whether some lines of `block` are hidden.
pub fn has_hidden_lines(block: &str) -> bool {
    block.lines().any(|line| matches!(classify(line), Line::Hidden(_)))
}

/// Whether the text defines a `main` of its own.
pub fn has_main(source: &str) -> bool {
    source.lines().any(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix("pub ").unwrap_or(line);
        let line = line.strip_prefix("async ").unwrap_or(line);
        line.starts_with("fn main(") || line.starts_with("fn main<")
    })
}

enum Line<'a> {
    Hidden(&'a str),
    Shown(&'a str),
}

fn classify(line: &str) -> Line<'_> {
    let trimmed = line.trim_start();
    if trimmed == "#" {
        Line::Hidden("")
    } else if let Some(rest) = trimmed.strip_prefix("# ") {
        Line::Hidden(rest)
    } else if trimmed.starts_with("##") {
        Line::Shown(&trimmed[1..])
    } else {
        Line::Shown(line)
    }
}

fn lines<'a>(block: &'a str, keep: impl Fn(Line<'a>) -> Option<&'a str>) -> String {
    block.lines().filter_map(|line| keep(classify(line))).flat_map(|line| [line, "\n"]).collect()
}
