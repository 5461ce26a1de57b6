//! Rules for the page.

use super::{Finding, check, check_finds, finding, line_of, without_comments};

fn loads_from_elsewhere(text: &str) -> Vec<Finding> {
    let html = without_comments(text, "<!--", "-->");
    let mut findings = Vec::new();
    for (place, _) in html.match_indices("//") {
        let before = &html[..place];
        let scheme = before.ends_with("http:") || before.ends_with("https:");
        let quoted = before.ends_with(['"', '\'', '=']);
        // In a tag, not in the text between two.
        let Some(tag) = before.rfind('<').filter(|open| before.rfind('>').is_none_or(|close| close < *open)) else {
            continue;
        };
        let name: String = before[tag + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let attribute = before[tag..].rsplit_once('=').and_then(|(names, _)| names.split_whitespace().last());
        let is_link = name == "a" || attribute.is_some_and(|name| name.starts_with("xmlns"));
        if (scheme || quoted) && !is_link {
            let remedy = format!("`<{name}>`: nothing is loaded from another origin: keep a copy in public/");
            findings.push(finding(line_of(&html, place), remedy));
        }
    }
    findings
}

#[test]
fn the_page_loads_nothing_from_elsewhere() {
    check(["index.html".to_owned()], loads_from_elsewhere);
    let bad = "<script src=\"https://example.org/a.js\"></script>\n<link rel=\"stylesheet\" href='//example.org/a.css'>\n\
        <img src=http://example.org/a.png>";
    check_finds(loads_from_elsewhere, bad, &[1, 2, 3]);
    let good = "<!-- <script src=\"https://example.org/a.js\"> -->\n<p>See <a href=\"https://example.org/\">https://example.org</a>\n\
        <svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n<script>\n  // A comment.\n</script>";
    check_finds(loads_from_elsewhere, good, &[]);
}
