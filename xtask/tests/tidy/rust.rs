//! Rules for Rust sources.

use std::path::Path;

use super::{Finding, check, check_finds, files, finding, line_of, read, root};

/// All Rust sources but the data of tests.
fn sources() -> Vec<String> {
    let all = ["src", "crates", "xtask", "e2e"].into_iter().flat_map(|folder| files(folder, "rs"));
    all.filter(|file| !file.contains("/test_data/")).collect()
}

fn app() -> Vec<String> {
    files("src", "rs")
}

/// A source without the lines that are comments as a whole; the others keep their places.
fn code(text: &str) -> String {
    let blank_comment = |line: &str| match line.trim_start().starts_with("//") {
        true => " ".repeat(line.len()),
        false => line.to_owned(),
    };
    text.split('\n').map(blank_comment).collect::<Vec<_>>().join("\n")
}

/// The words of a source, with their places.
fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    code.split(move |char| !is_part(char))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - code.as_ptr() as usize, word))
}

fn forbidden_words(text: &str, forbidden: impl Fn(&str) -> bool, remedy: &str) -> Vec<Finding> {
    let code = code(text);
    let found = words(&code).filter(|(_, word)| forbidden(word));
    found.map(|(place, word)| finding(line_of(&code, place), format!("`{word}`: {remedy}"))).collect()
}

fn names_the_browser(text: &str) -> Vec<Finding> {
    let forbidden = |word: &str| matches!(word, "web_sys" | "js_sys") || word.starts_with("gloo");
    forbidden_words(text, forbidden, "only src/browser/ touches the browser: add a function there and call it")
}

#[test]
fn only_the_browser_module_touches_the_browser() {
    check(
        app().into_iter().filter(|file| !file.starts_with("src/browser/") && file != "src/browser.rs"),
        names_the_browser,
    );
    check_finds(names_the_browser, "// web_sys\nuse web_sys::window;\nuse leptos::web_sys;", &[2, 3]);
    check_finds(names_the_browser, "fn f() {\n    js_sys::Date::now();\n    gloo_timers::f();\n}", &[2, 3]);
    check_finds(names_the_browser, "use crate::browser::storage;\nlet web_system = 1;", &[]);
}

/// The one file of widgets that reads the context; its module docs say why.
const READS_CONTEXT: &str = "src/ui/device.rs";

fn reads_context(text: &str) -> Vec<Finding> {
    let forbidden = |word: &str| matches!(word, "use_app" | "use_context" | "expect_context");
    forbidden_words(text, forbidden, "a widget takes props: let the page that shows it read the context")
}

#[test]
fn widgets_take_props_instead_of_contexts() {
    check(files("src/ui", "rs").into_iter().filter(|file| file != READS_CONTEXT), reads_context);
    check_finds(reads_context, "use crate::state::use_app;\nfn f() {\n    use_context::<A>();\n}", &[1, 3]);
    check_finds(reads_context, "// use_app\nuse crate::state::AppState;\nlet use_apps = 1;", &[]);
}

fn makes_html_from_strings(text: &str) -> Vec<Finding> {
    let forbidden = |word: &str| {
        ["inner_html", "outer_html", "insert_adjacent_html", "document_write"].iter().any(|name| word.contains(name))
    };
    forbidden_words(text, forbidden, "text never becomes HTML through a string: turn Markdown events into views")
}

#[test]
fn no_html_is_made_from_strings() {
    check(app(), makes_html_from_strings);
    check_finds(
        makes_html_from_strings,
        "view! {\n    <p inner_html=text/>\n}\nelement.set_inner_html(text);",
        &[2, 4],
    );
    check_finds(makes_html_from_strings, "//! No `inner_html` here.\nlet html = 1;", &[]);
}

/// Whether a source finds an element by what tests find it by: `data-testid` within a string. As an attribute it stands in none.
fn finds_by_a_hook_of_tests(text: &str) -> Vec<Finding> {
    let code = code(text);
    let in_text = |place: usize| {
        let line = &code[code[..place].rfind('\n').map_or(0, |end| end + 1)..place];
        line.replace("\\\"", "").matches('"').count() % 2 == 1
    };
    let remedy = "`data-testid` is for tests: find the element by a NodeRef, an id or a role";
    let found = code.match_indices("data-testid").filter(|(place, _)| in_text(*place));
    found.map(|(place, _)| finding(line_of(&code, place), remedy)).collect()
}

#[test]
fn the_app_finds_nothing_by_a_hook_of_tests() {
    check(app(), finds_by_a_hook_of_tests);
    check_finds(
        finds_by_a_hook_of_tests,
        "page::focus(\"[data-testid=summary]\");\nconst A: &str = \"p \\\" [data-testid='a']\";\nview! {\n    <p id=\"a\" data-testid=\"a\">\"[data-testid]\"</p>\n}",
        &[1, 2, 4],
    );
    check_finds(
        finds_by_a_hook_of_tests,
        "// \"[data-testid]\"\n<p id=\"a\" data-testid=\"a\" data-testid=id>\"a\"</p>",
        &[],
    );
}

fn has_inline_styles(text: &str) -> Vec<Finding> {
    let code = code(text);
    let found = words(&code).filter(|(place, word)| {
        let mut after = code[place + word.len()..].chars();
        *word == "style"
            && match after.next() {
                Some('=') => after.next() != Some('='),
                // `style:width=`, but neither `style::` nor a field `style: `.
                Some(':') => after.next().is_some_and(|char| char.is_alphabetic() || char == '-'),
                _ => false,
            }
    });
    let remedy = "no inline styles: give the element a class and write the rule in style/";
    found.map(|(place, _)| finding(line_of(&code, place), remedy)).collect()
}

#[test]
fn no_element_has_an_inline_style() {
    check(app(), has_inline_styles);
    check_finds(
        has_inline_styles,
        "view! {\n    <p style=\"color: red\"/>\n    <p style:width=width/>\n    <p style=move || a/>\n}",
        &[2, 3, 4],
    );
    check_finds(has_inline_styles, "use crate::style::Style;\nlet style = Style { style: 1 };\nif style==1 {}", &[]);
}

fn lacks_module_docs(text: &str) -> Vec<Finding> {
    let documented = text.starts_with("//! ");
    let remedy = "begin the file with `//! `: what the module is for, and what it must not do";
    if documented { Vec::new() } else { vec![finding(1, remedy)] }
}

#[test]
fn every_module_says_what_it_is_for() {
    check(sources(), lacks_module_docs);
    check_finds(lacks_module_docs, "use std::fs;\n//! Late.", &[1]);
    check_finds(lacks_module_docs, "", &[1]);
    check_finds(lacks_module_docs, "//! For tests.\n", &[]);
}

fn has_a_test_that_does_not_test(text: &str) -> Vec<Finding> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim_start()));
    let remedy = |line: &str| match line {
        line if line.starts_with("#[ignore") => Some("no ignored tests: mend it or remove it"),
        line if line.starts_with("#[should_panic") => Some("no `should_panic`: return an error and assert which one"),
        _ => None,
    };
    lines.filter_map(|(number, line)| Some(finding(number, remedy(line)?))).collect()
}

#[test]
fn every_test_is_run_and_says_what_it_expects() {
    check(sources(), has_a_test_that_does_not_test);
    let text = "#[test]\n#[ignore = \"slow\"]\nfn a() {}\n    #[should_panic]\n    fn b() {}\n";
    check_finds(has_a_test_that_does_not_test, text, &[2, 4]);
    check_finds(has_a_test_that_does_not_test, "let attributes = [\"#[ignore]\"];", &[]);
}

/// Modules of the standard library by which a function could depend on more than its arguments.
const OUTSIDE: [&str; 6] = ["env", "fs", "io", "net", "process", "thread"];

fn reaches_outside(text: &str) -> Vec<Finding> {
    let remedy = "crates/quiz does no IO, reads no clock and makes no random number: pass the value in";
    let clock_or_chance = |word: &str| {
        matches!(word, "SystemTime" | "Instant" | "RandomState" | "rand" | "fastrand" | "getrandom" | "chrono")
    };
    let mut findings = forbidden_words(text, clock_or_chance, remedy);
    let code = code(text);
    for (place, _) in code.match_indices("std::") {
        let rest = &code[place + "std::".len()..];
        let imported = match rest.strip_prefix('{') {
            Some(group) => &group[..group.find(';').unwrap_or(group.len())],
            None => words(rest).next().map_or("", |(_, word)| word),
        };
        let found = words(imported).filter(|(_, word)| OUTSIDE.contains(word));
        findings.extend(found.map(|(_, word)| finding(line_of(&code, place), format!("`std::{word}`: {remedy}"))));
    }
    findings
}

#[test]
fn the_domain_depends_on_its_arguments_only() {
    check(files("crates/quiz/src", "rs"), reaches_outside);
    check_finds(reaches_outside, "use std::fmt;\nuse std::fs::File;\nuse std::{\n    fmt, env,\n};", &[2, 3]);
    check_finds(
        reaches_outside,
        "use std::time::{Duration, Instant};\nlet a = rand::random();\nlet now = SystemTime::now();",
        &[1, 2, 3],
    );
    check_finds(
        reaches_outside,
        "//! No `std::fs`.\nuse std::collections::BTreeMap;\nuse std::iter;\nlet environment = 1;",
        &[],
    );
}

/// The files in which a module may be declared for the compiler to find it in `file`; none if `file` is where it begins.
fn parents(file: &str) -> Vec<String> {
    let path = Path::new(file);
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let mut folder = path.parent().unwrap_or(Path::new(""));
    if folder.ends_with("bin") || matches!(name, "main.rs" | "lib.rs" | "build.rs") {
        return Vec::new();
    }
    if name == "mod.rs" {
        folder = folder.parent().unwrap_or(Path::new(""));
    }
    let folder = folder.to_string_lossy();
    ["/mod.rs", "/main.rs", "/lib.rs", ".rs"].iter().map(|end| format!("{folder}{end}")).collect()
}

fn is_declared(file: &str, parent: &str) -> bool {
    let path = Path::new(file.strip_suffix("/mod.rs").unwrap_or(file));
    let module = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    code(parent).lines().any(|line| line.trim_end().ends_with(&format!("mod {module};")))
}

/// Whether the compiler never sees this file, though it belongs to a program.
fn is_left_out(file: &str) -> bool {
    let is_there = |parent: &String| root().join(parent).is_file();
    let known = parents(file);
    let found: Vec<String> = known.iter().filter(|parent| is_there(parent)).map(|parent| read(parent)).collect();
    // A file of tests without a `main.rs` beside it is a program of its own.
    let is_root = known.is_empty() || found.is_empty() && file.contains("/tests/");
    !is_root && !found.iter().any(|parent| is_declared(file, parent))
}

#[test]
fn no_source_is_left_out_of_what_is_compiled() {
    let is_data = |file: &str| file.contains("/tests/") && !is_test(file);
    let left_out: Vec<String> = sources().into_iter().filter(|file| !is_data(file) && is_left_out(file)).collect();
    assert!(left_out.is_empty(), "declare these as modules, or delete them: {left_out:?}");
    assert!(is_left_out("crates/quiz/tests/nowhere.rs") && is_left_out("src/ui/nowhere.rs"));
    assert!(!is_left_out("crates/quiz/tests/grading.rs") && !is_left_out("xtask/tests/packs.rs"));
    assert!(!is_declared("a/tests/log.rs", "// mod log;\nmod log {\n}\nmod catalog;"));
}

/// Whether this is a test, or a module of one, and no data of a test.
fn is_test(file: &str) -> bool {
    let Some((krate, within)) = file.split_once("/tests/") else { return false };
    match within.split_once('/') {
        None => true,
        Some((folder, _)) => {
            ["main.rs", "mod.rs"].iter().any(|name| root().join(format!("{krate}/tests/{folder}/{name}")).is_file())
        }
    }
}
