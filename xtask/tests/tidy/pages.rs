//! Rules for the page.

use super::{Finding, check, check_finds, finding, line_of, read, without_comments};

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

/// Files that a browser would ask for one round trip later: where a page has a policy, it looks for nothing beyond a script that it
/// waits for, until that is there.
fn comes_late(html: &str) -> Vec<Finding> {
    let tags = html.match_indices('<').filter(|(place, _)| !html[*place..].starts_with("<!--"));
    let mut is_waited_for = false;
    let mut late = Vec::new();
    for (place, _) in tags {
        let tag = html[place..].split('>').next().unwrap_or_default();
        let is_script = tag.starts_with("<script");
        // Trunk takes these out, puts one sheet into the place of all, and the addresses of the app into the place of its link.
        let loads = is_script || tag.contains("rel=\"css\"");
        if is_waited_for && loads {
            late.push(finding(line_of(html, place), "put it before the script that is not a module"));
        }
        is_waited_for |= is_script && !tag.contains("type=\"module\"");
    }
    late
}

#[test]
fn what_a_page_waits_for_is_asked_for_at_once() {
    check(["index.html".to_owned()], comes_late);
    let good = "<link rel=\"css\" href=\"a.css\">\n<script type=\"module\" src=\"b.mjs\"></script>\n<script src=\"c.js\"></script>\n<main>";
    check_finds(comes_late, good, &[]);
    let bad = "<script src=\"c.js\"></script>\n<link rel=\"css\" href=\"a.css\">\n<script type=\"module\" src=\"b.mjs\"></script>";
    check_finds(comes_late, bad, &[2, 3]);
}

/// What a style sheet says of a token: its colours in the light and in the dark.
fn token(css: &str, name: &str) -> [String; 2] {
    let (_, rest) = css.split_once(&format!("--{name}: light-dark(")).unwrap_or_else(|| panic!("no token {name}"));
    let (light, dark) = rest.split_once(')').and_then(|(both, _)| both.split_once(", ")).expect("two colours");
    [light.to_owned(), dark.to_owned()]
}

/// The colours that a text names as they are.
fn literals(text: &str) -> Vec<(usize, &str)> {
    let is_colour = |(place, _): (usize, &str)| {
        let word = text[place + 1..].split(|char: char| !char.is_ascii_alphanumeric()).next().unwrap_or("");
        let is_hex = matches!(word.len(), 3 | 6) && word.chars().all(|char| char.is_ascii_hexdigit());
        (is_hex && text[..place].ends_with('"')).then(|| (place, &text[place..=place + word.len()]))
    };
    text.match_indices('#').filter_map(is_colour).collect()
}

fn differs_from_tokens(text: &str) -> Vec<Finding> {
    let css = read("style/tokens.css");
    let remedy = |colour: &str| format!("`{colour}` is no colour of style/tokens.css: take over what it says there");
    let unknown = literals(text)
        .into_iter()
        .filter(|(_, colour)| !css.contains(&format!("{colour}, ")) && !css.contains(&format!("{colour})")));
    unknown.map(|(place, colour)| finding(line_of(text, place), remedy(colour))).collect()
}

/// Where no style sheet reaches, colours are written as they are.
#[test]
fn colours_outside_the_style_sheets_are_those_of_the_tokens() {
    let places = ["index.html", "public/manifest.webmanifest", "public/icons/icon.svg", "editor/src/theme.js"];
    check(places.map(str::to_owned), differs_from_tokens);
    check_finds(differs_from_tokens, "<p a=\"#fbf8f2\">\n<p a=\"#fbf8f3\">\n<a href=\"#main\">", &[2]);
}

/// What the browser draws around the page goes on in the colour of the page.
#[test]
fn the_frame_around_the_page_has_its_colour() {
    let [light, dark] = token(&read("style/tokens.css"), "paper");
    let (page, manifest) = (read("index.html"), read("public/manifest.webmanifest"));
    for (scheme, colour) in [("light", &light), ("dark", &dark)] {
        let meta =
            format!("<meta name=\"theme-color\" content=\"{colour}\" media=\"(prefers-color-scheme: {scheme})\">");
        assert!(page.contains(&meta), "index.html lacks {meta}");
    }
    for name in ["background_color", "theme_color"] {
        let pair = format!("\"{name}\": \"{light}\"");
        assert!(manifest.contains(&pair), "public/manifest.webmanifest lacks {pair}");
    }
}
