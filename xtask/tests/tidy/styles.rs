//! Rules for style sheets.

use super::{Finding, check, check_finds, files, finding, line_of, without_comments};

/// Functions whose result is a colour; `color-mix` is none of them, as it mixes tokens.
const FUNCTIONS: [&str; 10] = ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"];
/// The names of colours that one is tempted to write.
const NAMES: [&str; 16] = [
    "black", "white", "gray", "grey", "silver", "red", "maroon", "orange", "yellow", "olive", "green", "teal", "blue",
    "navy", "purple", "brown",
];

/// The values of a style sheet's declarations, with their places.
fn values(css: &str) -> Vec<(usize, &str)> {
    let mut values = Vec::new();
    let mut start = 0;
    for (end, mark) in css.char_indices().filter(|(_, char)| "{};".contains(*char)) {
        let statement = &css[start..end];
        // What ends with `{` is a selector or a condition, which may have a colon as well.
        if let (true, Some((property, value))) = (mark != '{', statement.split_once(':')) {
            // In a mask a colour is no colour: it says what stays visible.
            if !property.trim().trim_start_matches("-webkit-").starts_with("mask") {
                values.push((end - value.len(), value));
            }
        }
        start = end + 1;
    }
    values
}

fn is_hex_colour(word: &str) -> bool {
    let digits = word.strip_prefix('#').unwrap_or("");
    matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|char| char.is_ascii_hexdigit())
}

fn has_colours(text: &str) -> Vec<Finding> {
    let css = without_comments(text, "/*", "*/");
    let mut findings = Vec::new();
    for (place, value) in values(&css) {
        let is_part = |char: char| char.is_ascii_alphanumeric() || "-_#".contains(char);
        for word in value.split(|char| !is_part(char)).filter(|word| !word.is_empty()) {
            let inside = word.as_ptr() as usize - value.as_ptr() as usize;
            let called = value[inside + word.len()..].starts_with('(');
            if is_hex_colour(word) || NAMES.contains(&word) || called && FUNCTIONS.contains(&word) {
                let remedy =
                    format!("`{word}`: colours come from style/tokens.css: give it a name there and use `var(--…)`");
                findings.push(finding(line_of(&css, place + inside), remedy));
            }
        }
    }
    findings
}

#[test]
fn colours_are_defined_in_the_tokens_only() {
    check(files("style", "css").into_iter().filter(|file| file != "style/tokens.css"), has_colours);
    let bad =
        "p {\n  color: #b5471f;\n  border: 1px solid rgb(0 0 0 / 10%);\n  background: white\n}\na:hover { fill: #FFF }";
    check_finds(has_colours, bad, &[2, 3, 4, 6]);
    let good = "/* color: #fff; */\n#fade, a:hover #add { color: var(--red); white-space: pre; }\n\
        p { background: color-mix(in oklab, var(--ink), transparent 80%); color: currentColor; }\n\
        p { mask: linear-gradient(black, transparent) }\n\
        @media (color) { p { fill: url(#b5471f-mask) } }";
    check_finds(has_colours, good, &[]);
}

fn loads_from_elsewhere(text: &str) -> Vec<Finding> {
    let css = without_comments(text, "/*", "*/").to_lowercase();
    let mut places: Vec<usize> = ["http:", "https:", "url(//", "url(\"//", "url('//", "@import"]
        .into_iter()
        .flat_map(|mark| css.match_indices(mark).map(|(place, _)| place))
        .collect();
    places.sort_unstable();
    let remedy = "a style sheet loads nothing: put the file beside the others, or link it in index.html";
    places.into_iter().map(|place| finding(line_of(&css, place), remedy)).collect()
}

#[test]
fn style_sheets_load_nothing_from_elsewhere() {
    check(files("style", "css"), loads_from_elsewhere);
    let bad = "@import \"a.css\";\np { background: url(https://example.org/a.png); }\ni { background: url(//example.org/a.png); }";
    check_finds(loads_from_elsewhere, bad, &[1, 2, 3]);
    check_finds(loads_from_elsewhere, "/* see https://example.org */\np { background: url(a.svg); }", &[]);
}
