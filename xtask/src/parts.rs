//! What the parts of the app weigh in its wasm file: its functions, by the page, module or crate whose code they are.
//!
//! A function made for some part of ours, such as a list of the library's for a page's rows, counts for that part. The figures are of the
//! file before wasm-opt, since that forgets names.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use anyhow::Context;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Our crates whose modules are told apart, with how deep.
const OURS: [(&str, usize); 2] = [("borrowed_time", 2), ("quiz", 1)];
/// What is so small is added up.
const LEAST: u64 = 4_000;

/// Functions that belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Part {
    functions: u32,
    bytes: u64,
}

/// The parts of a wasm file that has names, as a table: the heaviest first.
///
/// # Errors
/// If it is no wasm file, or has no names.
pub fn table(wasm: &[u8]) -> anyhow::Result<String> {
    let (mut parts, data) = parts_of(wasm)?;
    let mut small = Part::default();
    parts.retain(|_, part| {
        if part.bytes < LEAST {
            small = Part { functions: small.functions + part.functions, bytes: small.bytes + part.bytes };
        }
        part.bytes >= LEAST
    });
    let mut parts: Vec<(String, Part)> = parts.into_iter().collect();
    parts.push(("what is smaller".to_owned(), small));
    parts.push(("data: texts and tables".to_owned(), Part { functions: 0, bytes: data }));
    parts.sort_by_key(|(_, part)| std::cmp::Reverse(part.bytes));
    let mut table = format!("{:<34}{:>10}{:>12}\n", "before wasm-opt", "functions", "kB");
    for (name, Part { functions, bytes }) in &parts {
        writeln!(table, "{name:<34}{functions:>10}{:>12.1}", *bytes as f64 / 1000.0)?;
    }
    let all: u64 = parts.iter().map(|(_, part)| part.bytes).sum();
    write!(table, "{:<34}{:>10}{:>12.1}", "all", "", all as f64 / 1000.0)?;
    Ok(table)
}

/// The parts by their names, and the bytes of data.
fn parts_of(wasm: &[u8]) -> anyhow::Result<(BTreeMap<String, Part>, u64)> {
    let (mut imported, mut data) = (0, 0);
    let mut bodies = Vec::new();
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(length(body.range())),
            Payload::DataSection(section) => data += length(section.range()),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(section) = section.as_known() else { continue };
                for name in section {
                    let Name::Function(functions) = name? else { continue };
                    for naming in functions {
                        let naming = naming?;
                        names.insert(naming.index, naming.name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for (index, bytes) in (imported..).zip(bodies) {
        let name = names.get(&index).context("a function has no name: the file was stripped")?;
        let part = parts.entry(part_of(&format!("{:#}", rustc_demangle::demangle(name)))).or_default();
        part.functions += 1;
        part.bytes += bytes;
    }
    Ok((parts, data))
}

fn length(range: Range<u64>) -> u64 {
    range.end - range.start
}

/// Whose code a function is, by its name: `borrowed_time::pages::interviews`, `quiz::log`, `tachys`.
fn part_of(function: &str) -> String {
    let paths =
        || function.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).filter(|path| !path.is_empty());
    for (krate, depth) in OURS {
        let of_crate = |path: &&str| path.split("::").next() == Some(krate);
        if let Some(path) = paths().find(of_crate) {
            return path.split("::").take(depth + 1).collect::<Vec<_>>().join("::");
        }
    }
    let first = paths().find(|path| path.contains("::")).or_else(|| paths().next()).unwrap_or(function);
    first.split("::").find(|name| !name.is_empty()).unwrap_or(function).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_part(function: &str, part: &str) {
        assert_eq!(part_of(function), part, "{function}");
    }

    #[test]
    fn a_function_belongs_to_the_page_that_it_was_made_for() {
        check_part("borrowed_time::pages::interviews::report::rows", "borrowed_time::pages::interviews");
        check_part("<borrowed_time::ui::tabs::Tab as core::clone::Clone>::clone", "borrowed_time::ui::tabs");
        check_part(
            "<tachys::html::Html<borrowed_time::pages::today::Plan> as Render>::build",
            "borrowed_time::pages::today",
        );
        check_part("core::ptr::drop_in_place::<quiz::log::AttemptLog>", "quiz::log");
        check_part("borrowed_time::main", "borrowed_time::main");
    }

    #[test]
    fn what_is_nobodys_belongs_to_its_crate() {
        check_part("<alloc::vec::Vec<u8> as core::fmt::Write>::write_str", "alloc");
        check_part("tachys::dom::document", "tachys");
        check_part("memcpy", "memcpy");
        check_part("__rustc::__rust_alloc", "__rustc");
    }

    /// A module with a function of three bytes for each name, behind an imported one.
    fn module(names: &[&str], is_named: bool) -> Vec<u8> {
        let section = |id: u8, content: &[u8]| [&[id, content.len() as u8][..], content].concat();
        let count = names.len() as u8;
        let mut bodies = vec![count];
        names.iter().for_each(|_| bodies.extend([3, 0, 1, 11]));
        let mut functions = vec![count];
        (1..).zip(names).for_each(|(index, name)| {
            functions.extend([index, name.len() as u8]);
            functions.extend(name.bytes());
        });
        let named = [&[4][..], b"name", &section(1, &functions)].concat();
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend(section(1, &[1, 0x60, 0, 0]));
        module.extend(section(2, &[1, 1, b'a', 1, b'b', 0, 0]));
        module.extend(section(3, &[&[count][..], &vec![0; names.len()]].concat()));
        module.extend(section(10, &bodies));
        if is_named {
            module.extend(section(0, &named));
        }
        module
    }

    #[test]
    fn functions_are_counted_behind_the_imported_ones() {
        let (parts, data) = parts_of(&module(&["quiz::log::read", "quiz::log::write", "main"], true)).unwrap();
        let found: Vec<_> = parts.iter().map(|(name, part)| (name.as_str(), part.functions, part.bytes)).collect();
        assert_eq!((found, data), (vec![("main", 1, 3), ("quiz::log", 2, 6)], 0));
    }

    #[test]
    fn a_file_without_names_is_refused() {
        let error = table(&module(&["main"], false)).unwrap_err().to_string();
        assert!(error.contains("stripped"), "{error}");
        assert!(table(b"no wasm").is_err());
    }
}
