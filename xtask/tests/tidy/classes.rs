//! Rules for the classes of style sheets: each belongs to one widget, and what is styled is what is drawn.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, check, check_finds, files, finding, line_of, read, without_comments};

/// The selectors of a style sheet, with their lines. Those for forced colours are left out: they name what is marked anywhere.
fn selectors(text: &str) -> Vec<(usize, String)> {
    let css = without_comments(text, "/*", "*/");
    let (mut found, mut open, mut start) = (Vec::new(), Vec::new(), 0);
    for (end, mark) in css.char_indices().filter(|(_, char)| "{};".contains(*char)) {
        let (statement, place) = (css[start..end].trim(), end - css[start..end].trim_start().len());
        start = end + 1;
        match mark {
            '{' => {
                open.push(statement.contains("forced-colors"));
                if !statement.starts_with('@') && !open.contains(&true) {
                    found.push((line_of(&css, place), statement.to_owned()));
                }
            }
            '}' => _ = open.pop(),
            _ => {}
        }
    }
    found
}

/// The selector without what stands in brackets: conditions on attributes, and the arguments of `:is` and its like.
fn without_brackets(selector: &str) -> String {
    let mut depth = 0;
    let mut plain = String::new();
    for char in selector.chars() {
        match char {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if depth == 0 => plain.push(char),
            _ => {}
        }
    }
    plain
}

/// Whether a letter may stand in the name of a class.
fn is_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-_".contains(letter)
}

fn classes_in(selector: &str) -> Vec<String> {
    let names = selector.split('.').skip(1).map(|rest| rest.split(|letter| !is_part(letter)).next().unwrap_or(""));
    // What begins with a digit is a number: `.5em`.
    names.filter(|name| name.starts_with(|char: char| char.is_ascii_alphabetic())).map(str::to_owned).collect()
}

/// The classes that a style sheet defines by themselves: `.chips`, `.chips:hover`, `ul.chips`. A class that is told apart by
/// another one (`.option.right`) or by what it stands in (`.dock .option`) modifies what is defined elsewhere.
fn defined(text: &str) -> BTreeMap<String, usize> {
    let mut defined = BTreeMap::new();
    for (line, list) in selectors(text) {
        for selector in without_brackets(&list).split(',').map(str::trim) {
            let classes = classes_in(selector);
            if let ([class], false) = (classes.as_slice(), selector.contains([' ', '>', '+', '~'])) {
                defined.entry(class.clone()).or_insert(line);
            }
        }
    }
    defined
}

#[test]
fn a_class_belongs_to_one_style_sheet() {
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files("style", "css") {
        for (class, line) in defined(&read(&file)) {
            owners.entry(class).or_default().push(format!("{file}:{line}"));
        }
    }
    assert!(!owners.is_empty());
    owners.retain(|_, places| places.len() > 1);
    assert!(owners.is_empty(), "two widgets share a class, and each gets what is meant for the other: {owners:#?}");
}

#[test]
fn what_only_modifies_defines_nothing() {
    let names = |css: &str| defined(css).into_keys().collect::<Vec<_>>();
    assert_eq!(
        names("@layer a { .chips { gap: 1px } ul.panel:hover, .tools[open] { gap: .5em } }"),
        ["chips", "panel", "tools"]
    );
    assert_eq!(names(".option.right, .dock .chips, .a > .b, p:has(.c) { gap: 1px }"), [""; 0]);
    assert_eq!(names("@media (forced-colors: active) { .option { gap: 1px } } /* .x {} */ .y { gap: 1px }"), ["y"]);
    assert_eq!(defined("p {\n}\n.a {\n}\n.a:hover {\n}")["a"], 3);
}

/// The classes that a file of views names where classes stand, with their places.
fn named(text: &str) -> Vec<(usize, String)> {
    let code = without_comments(text, "//", "\n");
    let mut named = Vec::new();
    for (place, mark) in code.match_indices("class=\"") {
        let list = code[place + mark.len()..].split('"').next().unwrap_or("");
        named.extend(list.split_whitespace().map(|class| (line_of(text, place), class.to_owned())));
    }
    for (place, mark) in code.match_indices("class:") {
        let name = code[place + mark.len()..].split('=').next().unwrap_or("");
        // Else it is a parameter of this name.
        if name.chars().all(is_part) {
            named.push((line_of(text, place), name.to_owned()));
        }
    }
    named.sort();
    named
}

/// The files that draw: the app's views, the pages that can be read before it, and the page around all of them.
fn views() -> Vec<String> {
    let pages = files("xtask/src/pages", "rs");
    files("src", "rs").into_iter().chain(pages).chain(["index.html".to_owned()]).collect()
}

fn all_styled() -> BTreeSet<String> {
    files("style", "css")
        .iter()
        .flat_map(|file| selectors(&read(file)))
        .flat_map(|(_, list)| classes_in(&list))
        .collect()
}

fn without_style(text: &str, styled: &BTreeSet<String>) -> Vec<Finding> {
    let lacks = named(text).into_iter().filter(|(_, class)| !styled.contains(class));
    lacks.map(|(line, class)| finding(line, format!("no style sheet has `.{class}`: leave the class out"))).collect()
}

#[test]
fn every_class_in_a_view_has_a_style() {
    let styled = all_styled();
    check(views(), |text| without_style(text, &styled));
    let styled = BTreeSet::from(["go".to_owned(), "slot".to_owned()]);
    let rule = |text: &str| without_style(text, &styled);
    check_finds(
        rule,
        "<a class=\"go button\">\n<p class:slot=a class:empty=b> fn a(class: &str, b: u8)\n// <p class=\"x\">\n<p class=\"y z\">",
        &[1, 2, 4, 4],
    );
}

/// What stands between quotation marks, word by word. A class may be chosen among several before it comes to a view.
fn words_in_quotes(text: &str) -> BTreeSet<&str> {
    text.lines().flat_map(|line| line.split('"').skip(1).step_by(2)).flat_map(str::split_whitespace).collect()
}

#[test]
fn every_style_is_for_something() {
    // The colours of code have their names in the domain.
    let colours = "crates/quiz/src/highlights.rs".to_owned();
    let views: Vec<String> = views().into_iter().chain([colours]).map(|file| read(&file)).collect();
    let mut drawn: BTreeSet<&str> = views.iter().flat_map(|view| words_in_quotes(view)).collect();
    let of_toggles: Vec<(usize, String)> = views.iter().flat_map(|view| named(view)).collect();
    drawn.extend(of_toggles.iter().map(|(_, class)| class.as_str()));
    let unused = |text: &str| {
        let mut findings = Vec::new();
        for (line, list) in selectors(text) {
            for class in classes_in(&list).into_iter().filter(|class| !drawn.contains(class.as_str())) {
                findings.push(finding(line, format!("nothing is drawn with the class `{class}`: leave the rule out")));
            }
        }
        findings
    };
    check(files("style", "css"), unused);
    check_finds(unused, ".go { gap: 1px }\n.nothing-like-it:hover { gap: 1px }", &[2]);
}

/// The style sheets of a list that a page does not link.
fn unlinked(page: &str, sheets: &[String]) -> Vec<Finding> {
    let is_missing = |sheet: &&String| !page.contains(&format!("<link data-trunk rel=\"css\" href=\"{sheet}\">"));
    let missing = sheets.iter().filter(is_missing);
    missing.map(|sheet| finding(1, format!("{sheet} is linked by no page: nothing looks as it says"))).collect()
}

#[test]
fn every_style_sheet_is_linked() {
    let sheets = files("style", "css");
    check(["index.html".to_owned()], |page| unlinked(page, &sheets));
    let (linked, forgotten) = ("style/base.css".to_owned(), "style/pages/forgotten.css".to_owned());
    let page = "<link data-trunk rel=\"css\" href=\"style/base.css\">";
    check_finds(|page| unlinked(page, &[linked.clone(), forgotten.clone()]), page, &[1]);
}
