//! Rules for what imports what: the layers of a crate, and no circles of files.
//!
//! An import is any path that begins with `crate::`, `super::` or `self::`, in a `use` or elsewhere, and any that begins
//! with the name of a module's own child. Tests at the end of a file are left out: they may look at anything.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, check, files, finding, line_of, read};

/// The modules of a crate in layers: each imports from its own layer and from those above it, never from one below. A
/// module that is not named belongs to the layer of the one around it.
type Layers = &'static [&'static [&'static str]];

const CONTENT: Layers = &[
    &["source", "spelling", "names", "digest", "highlight", "crates", "lint", "error_names", "reading_ease"],
    &["mistake"],
    &["job", "proof"],
    &["prove"],
    &["read"],
    &["plan"],
    &["judge"],
    &["verdict_file"],
    &["proof_lock"],
    &["verify", "pack", "template", "report", "references"],
];

/// Neither of the two imports from the other, whatever their order.
const CONTENT_APART: &[(&str, &str)] =
    &[("prove", "read"), ("prove", "plan"), ("prove", "judge"), ("read", "job"), ("read", "proof"), ("plan", "proof")];

const QUIZ: Layers = &[
    &["json"],
    &[
        "shuffle",
        "places",
        "story",
        "highlights",
        "web_address",
        "program",
        "prose",
        "rule",
        "verdict",
        "role",
        "arrangement",
        "learner::calendar",
    ],
    &["diagnostics", "panic_message", "exercise", "discussion"],
    &["problem"],
    &["answer", "catalog", "device"],
    &["assemble", "failed_check", "receipt"],
    &["grading"],
    &["attempt", "report"],
    &["packed", "envelope", "log", "journal"],
    &["copies"],
    &["answering", "remarks"],
    &["learner"],
    &["practice", "session", "placement", "interview", "search", "similar"],
    &["listing", "guide"],
    &["plan"],
    &["settings"],
    &["exchange"],
];

/// How many files of the app and its tools may import from each other in a circle.
const LARGEST_CIRCLE: usize = 3;

/// The files of a crate by the names of their modules: `judge::notes`, and nothing for the root.
struct Crate {
    sources: BTreeMap<String, String>,
}

impl Crate {
    fn read(folder: &str) -> Crate {
        let source = |file: String| (module(folder, &file), read(&file));
        Crate { sources: files(folder, "rs").into_iter().map(source).collect() }
    }

    fn of(sources: &[(&str, &str)]) -> Crate {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        Crate { sources: sources.iter().map(owned).collect() }
    }

    /// The modules that a module imports from, with the lines; but not the root, which only says what there is.
    fn imports(&self, module: &str) -> Vec<(usize, &str)> {
        let code = without_tests(&self.sources[module]);
        let mut imports = Vec::new();
        for (place, path) in paths(&code) {
            let Some(from) = self.resolve(module, &path) else { continue };
            if !from.is_empty() && from != module {
                imports.push((line_of(&code, place), from));
            }
        }
        imports
    }

    /// The module with the longest name that a path leads through.
    fn resolve(&self, module: &str, path: &[&str]) -> Option<&str> {
        let mut at: Vec<&str> = module.split("::").filter(|name| !name.is_empty()).collect();
        let mut path = path;
        match path.first()? {
            &"crate" => at.clear(),
            &"self" => {}
            &"super" => {
                while path.get(1) == Some(&"super") {
                    at.pop();
                    path = &path[1..];
                }
                at.pop();
            }
            child => {
                // Its own child, or a name that leads nowhere here.
                let child = [at.as_slice(), &[*child]].concat().join("::");
                return self.sources.contains_key(&child).then(|| self.longest(&at, path));
            }
        }
        Some(self.longest(&at, &path[1..]))
    }

    fn longest(&self, base: &[&str], path: &[&str]) -> &str {
        let full: Vec<&str> = base.iter().chain(path).copied().collect();
        let names = (0..=full.len()).rev().map(|length| full[..length].join("::"));
        names
            .filter_map(|name| self.sources.get_key_value(&name))
            .map(|(name, _)| name.as_str())
            .next()
            .unwrap_or_default()
    }

    /// The circles of modules that import from each other.
    fn circles(&self) -> Vec<BTreeSet<&str>> {
        let direct: BTreeMap<&str, BTreeSet<&str>> = self
            .sources
            .keys()
            .map(|module| {
                let imports = self.imports(module).into_iter().map(|(_, from)| from);
                (module.as_str(), imports.collect())
            })
            .collect();
        let reached = |from: &str| {
            let mut reached: BTreeSet<&str> = BTreeSet::new();
            let mut next: Vec<&str> = direct[from].iter().copied().collect();
            while let Some(module) = next.pop() {
                if reached.insert(module) {
                    next.extend(&direct[module]);
                }
            }
            reached
        };
        let reached: BTreeMap<&str, BTreeSet<&str>> = direct.keys().map(|module| (*module, reached(module))).collect();
        let circle = |module: &&str| -> BTreeSet<&str> {
            reached[module].iter().copied().filter(|other| reached[other].contains(module)).collect()
        };
        let circles: BTreeSet<BTreeSet<&str>> = reached.keys().map(circle).filter(|circle| circle.len() > 1).collect();
        circles.into_iter().collect()
    }
}

/// The name of the module in a file.
fn module(folder: &str, file: &str) -> String {
    let name = file.strip_prefix(folder).and_then(|name| name.strip_suffix(".rs")).unwrap_or(file);
    let mut names: Vec<&str> = name.split('/').filter(|name| !name.is_empty()).collect();
    if matches!(names.last(), Some(&("lib" | "main" | "mod"))) {
        names.pop();
    }
    names.join("::")
}

/// A source up to its tests, with comments blanked.
fn without_tests(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let blank = |line: &str| if line.trim_start().starts_with("//") { String::new() } else { line.to_owned() };
    text[..end].split('\n').map(blank).collect::<Vec<_>>().join("\n")
}

/// Every path of a source with its place; `use a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths(code: &str) -> Vec<(usize, Vec<&str>)> {
    let mut paths = Vec::new();
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    let mut at = 0;
    while let Some(start) = code[at..].find(is_part).map(|start| at + start) {
        at = start + code[start..].find(|char| !is_part(char)).unwrap_or(code.len() - start);
        if code[at..].starts_with("::") {
            at = path(code, start, &[], &mut paths);
        }
    }
    paths
}

/// Reads the path, or the group of paths, that begins at `start`; returns where it ends.
fn path<'a>(code: &'a str, start: usize, before: &[&'a str], paths: &mut Vec<(usize, Vec<&'a str>)>) -> usize {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    let mut names = before.to_vec();
    let mut at = start;
    loop {
        let length = code[at..].find(|char| !is_part(char)).unwrap_or(code.len() - at);
        names.extend(Some(&code[at..at + length]).filter(|name| !name.is_empty()));
        at += length;
        let Some(rest) = code[at..].strip_prefix("::") else { break };
        at += 2;
        if !rest.starts_with('{') {
            continue;
        }
        at += 1;
        loop {
            at += code[at..].len() - code[at..].trim_start_matches([' ', '\n', ',']).len();
            match code[at..].chars().next() {
                None | Some('}') => return at + 1,
                Some(char) if is_part(char) => at = path(code, at, &names, paths),
                // `*`, and the rest of `self as name`.
                Some(char) => at += char.len_utf8(),
            }
        }
    }
    paths.push((start, names));
    at
}

/// The layer of a module, by the longest name in the table that it has or lies in.
fn layer(layers: Layers, module: &str) -> Option<usize> {
    let named = layers.iter().enumerate().flat_map(|(index, names)| names.iter().map(move |name| (index, *name)));
    named.filter(|(_, name)| lies_in(module, name)).max_by_key(|(_, name)| name.len()).map(|(index, _)| index)
}

fn lies_in(module: &str, name: &str) -> bool {
    module.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// What is wrong with the imports of a module.
fn breaks_layers(all: &Crate, module: &str, layers: Layers, apart: &[(&str, &str)]) -> Vec<Finding> {
    let Some(own) = layer(layers, module) else {
        return vec![finding(1, format!("`{module}` is in no layer: give it a place in {}", file!()))];
    };
    let mut findings = Vec::new();
    for (line, from) in all.imports(module) {
        if layer(layers, from).is_some_and(|other| other > own) {
            let remedy = "move what both need into a layer above, or let the lower one call";
            findings.push(finding(line, format!("`{module}` imports `{from}`, which lies in a layer below: {remedy}")));
        }
        let are_apart = |(one, other): &&(&str, &str)| {
            lies_in(module, one) && lies_in(from, other) || lies_in(module, other) && lies_in(from, one)
        };
        if let Some((one, other)) = apart.iter().find(are_apart) {
            let remedy = "neither must know the other";
            findings.push(finding(line, format!("`{module}` imports `{from}`: {one}, {other}: {remedy}")));
        }
    }
    findings
}

fn check_layers(folder: &str, layers: Layers, apart: &[(&str, &str)]) {
    let all = Crate::read(folder);
    for file in files(folder, "rs") {
        let module = module(folder, &file);
        if !module.is_empty() {
            check([file], |_| breaks_layers(&all, &module, layers, apart));
        }
    }
}

fn check_circles(folder: &str, largest: usize) {
    let all = Crate::read(folder);
    let circles: Vec<_> = all.circles().into_iter().filter(|circle| circle.len() > largest).collect();
    assert!(circles.is_empty(), "in {folder} import from each other in a circle, at most {largest} may: {circles:#?}");
}

#[test]
fn the_verifier_has_layers() {
    check_layers("crates/content/src", CONTENT, CONTENT_APART);
}

#[test]
fn the_domain_has_layers() {
    check_layers("crates/quiz/src", QUIZ, &[]);
}

#[test]
fn no_files_import_from_each_other_in_a_circle() {
    check_circles("crates/content/src", 0);
    check_circles("crates/quiz/src", 0);
    for folder in ["crates/trainer/src", "src", "xtask/src"] {
        check_circles(folder, LARGEST_CIRCLE);
    }
}

#[test]
fn an_import_that_goes_back_is_noticed() {
    let layers: Layers = &[&["low", "high::base"], &["middle"], &["high"]];
    let all = Crate::of(&[
        ("", "mod low;"),
        ("low", "use crate::high::{\n    self, base::Base,\n    inner::{Inner, Other},\n};\n// crate::high\n"),
        ("middle", "fn f() {\n    crate::high::inner::g();\n    crate::low::g();\n}\n"),
        ("high", "use self::inner::Inner;\nuse crate::middle::f;"),
        ("high::inner", "use super::super::middle;\n#[cfg(test)]\nmod tests {\n    use crate::newcomer::f;\n}"),
        ("high::base", "use super::inner::Inner;"),
        ("newcomer", ""),
    ]);
    let lines = |module: &str, apart: &[(&str, &str)]| -> Vec<usize> {
        breaks_layers(&all, module, layers, apart).into_iter().map(|finding| finding.line).collect()
    };
    assert_eq!(lines("low", &[]), [2, 3, 3]);
    assert_eq!(lines("middle", &[]), [2]);
    assert_eq!(lines("middle", &[("low", "middle")]), [2, 3]);
    assert_eq!(lines("high", &[]), []);
    assert_eq!(lines("high::inner", &[]), []);
    assert_eq!(lines("high::base", &[]), [1]);
    assert_eq!(lines("newcomer", &[]), [1], "it is in no layer");
}

#[test]
fn a_circle_is_noticed() {
    let all = Crate::of(&[
        ("", "use crate::a::f;"),
        ("a", "use crate::b::{self as other, f};"),
        ("b", "mod c;\nfn f() {\n    c::g();\n}"),
        ("b::c", "use crate::a;\nuse std::d::f;"),
        ("d", "use super::a::f;"),
    ]);
    assert_eq!(all.circles(), [BTreeSet::from(["a", "b", "b::c"])]);
}
