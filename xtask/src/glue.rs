//! The JavaScript between the browser and the wasm file, made small.
//!
//! wasm-bindgen names each of the two hundred imports by what it does and by a hash, once in either file. Nobody reads
//! them in a release, and hashes do not compress: short names save 6 kB by brotli.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{EntityType, ImportSection, Imports, Module};

use crate::release::hexadecimal;
use crate::script::without_comments;

const WASM_SUFFIX: &str = "_bg.wasm";
const HASH_DIGITS: usize = 16;

/// Shortens the names in the site's wasm file and its script, and names both files by what is in them now.
///
/// # Errors
/// If the site does not have exactly one such pair of files, or they do not fit together.
pub fn shrink(site: &Path) -> Result<()> {
    let stem = stem(site)?;
    let (old_wasm, old_script) = (site.join(format!("{stem}{WASM_SUFFIX}")), site.join(format!("{stem}.js")));
    let mut names = Names::default();
    let wasm = names.shorten(&read(&old_wasm)?)?;
    let script = String::from_utf8(read(&old_script)?).context("the script is not UTF-8")?;
    let script = without_comments(&names.replace_in(&script)?);

    let new_stem = renamed(&stem, &[&wasm, script.as_bytes()]);
    let index = site.join("index.html");
    let html = String::from_utf8(read(&index)?).context("index.html is not UTF-8")?;
    ensure!(html.contains(&stem), "index.html does not load {stem}");
    write(&index, html.replace(&stem, &new_stem).as_bytes())?;
    for old in [old_wasm, old_script] {
        fs::remove_file(&old).with_context(|| format!("cannot remove {}", old.display()))?;
    }
    write(&site.join(format!("{new_stem}{WASM_SUFFIX}")), &wasm)?;
    write(&site.join(format!("{new_stem}.js")), script.replace(&stem, &new_stem).as_bytes())
}

/// What the names of the two files have in common: `borrowed-time-9fccde7ab7b7892b`.
fn stem(site: &Path) -> Result<String> {
    let mut stems = Vec::new();
    for entry in fs::read_dir(site).with_context(|| format!("cannot list {}", site.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        stems.extend(name.strip_suffix(WASM_SUFFIX).map(str::to_owned));
    }
    match <[String; 1]>::try_from(stems) {
        Ok([stem]) => Ok(stem),
        Err(stems) => bail!("there should be one wasm file, but there are {}", stems.len()),
    }
}

/// The stem with the hash of `contents` in place of the hash that Trunk gave it.
pub(crate) fn renamed(stem: &str, contents: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    contents.iter().for_each(|content| hasher.update(content));
    let hash = hexadecimal(&hasher.finalize());
    let name = stem.rsplit_once('-').map_or(stem, |(name, _)| name);
    format!("{name}-{}", &hash[..HASH_DIGITS])
}

/// The imports of a wasm file and the short name of each, in the order in which they were met.
#[derive(Default)]
struct Names {
    /// The import's module and name, and its short name. All modules become one of an empty name.
    short: BTreeMap<(String, String), String>,
}

impl Names {
    fn shorten(&mut self, wasm: &[u8]) -> Result<Vec<u8>> {
        let mut module = Module::new();
        let parsed = self.parse_core_module(&mut module, wasmparser::Parser::new(0), wasm);
        parsed.map_err(|error| anyhow::anyhow!("the wasm file cannot be read: {error}"))?;
        Ok(module.finish())
    }

    /// The script with the short names. Every import must stand in it exactly as wasm-bindgen writes imports.
    fn replace_in(&self, script: &str) -> Result<String> {
        let mut script = script.to_owned();
        // Longer names first: one may be the beginning of another.
        let mut names: Vec<_> = self.short.iter().collect();
        names.sort_by_key(|((_, name), _)| std::cmp::Reverse(name.len()));
        for ((_, name), short) in names {
            let (old, new) = (format!("        {name}: "), format!("        {short}: "));
            ensure!(script.matches(&old).count() == 1, "the script does not define the import `{name}` once");
            script = script.replacen(&old, &new, 1);
        }
        let modules: BTreeSet<&String> = self.short.keys().map(|(module, _)| module).collect();
        for module in &modules {
            let old = format!("\"{module}\": ");
            ensure!(
                modules.len() == 1 && script.matches(&old).count() == 1,
                "the script has another module than `{module}`"
            );
            script = script.replacen(&old, "\"\": ", 1);
        }
        Ok(script)
    }
}

impl Reencode for Names {
    type Error = std::convert::Infallible;

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: wasmparser::Imports<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let wasmparser::Imports::Single(_, import) = imports else {
            return reencode::utils::parse_imports(self, section, imports);
        };
        let ty: EntityType = self.entity_type(import.ty)?;
        let count = self.short.len();
        let key = (import.module.to_owned(), import.name.to_owned());
        let name = self.short.entry(key).or_insert_with(|| short(count));
        section.imports(Imports::Single(wasm_encoder::Import { module: "", name, ty }));
        Ok(())
    }
}

/// `a`, `b`, … `z`, `ba`, …
fn short(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return letters.into_iter().rev().collect();
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;
    use wasm_encoder::{TypeSection, ValType};

    const STEM: &str = "app-0123456789abcdef";

    /// A module that imports functions of these names.
    fn wasm(imports: &[&str]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], []);
        let mut section = ImportSection::new();
        for name in imports {
            section.import("./app_bg.js", name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&section);
        module.finish()
    }

    fn site(imports: &[&str], script: &str) -> TempDir {
        let site = TempDir::new().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(site.path().join(name), bytes).unwrap();
        write(&format!("{STEM}{WASM_SUFFIX}"), &wasm(imports));
        write(&format!("{STEM}.js"), script.as_bytes());
        write("index.html", format!("<script src=\"/{STEM}.js\">/{STEM}_bg.wasm").as_bytes());
        site
    }

    fn script(imports: &[&str]) -> String {
        let body: String = imports.iter().map(|name| format!("        {name}: function(arg0) {{}},\n")).collect();
        format!(
            "    const import0 = {{\n{body}    }};\n    return {{\n        \"./app_bg.js\": import0,\n    }};\n{STEM}"
        )
    }

    fn imports_of(wasm: &[u8]) -> Vec<(String, String)> {
        let mut names = Names::default();
        names.shorten(wasm).unwrap();
        names.short.into_keys().collect()
    }

    #[test]
    fn both_files_have_the_short_names() {
        let imports = ["__wbg_now_0f", "__wbg_now_0f_more", "__wbg_set_1a"];
        let site = site(&imports, &script(&imports));
        shrink(site.path()).unwrap();
        let stem = stem(site.path()).unwrap();
        assert!(stem.starts_with("app-") && stem != STEM, "{stem}");
        let names = ["a", "b", "c"].map(|name| (String::new(), name.to_owned()));
        assert_eq!(imports_of(&read(&site.path().join(format!("{stem}{WASM_SUFFIX}"))).unwrap()), names);
        let script = fs::read_to_string(site.path().join(format!("{stem}.js"))).unwrap();
        assert_eq!(
            script,
            format!(
                "const import0 = {{\na: function(arg0) {{}},\nb: function(arg0) {{}},\nc: function(arg0) {{}},\n}};\n\
                 return {{\n\"\": import0,\n}};\n{stem}\n"
            )
        );
        let page = fs::read_to_string(site.path().join("index.html")).unwrap();
        assert_eq!(page, format!("<script src=\"/{stem}.js\">/{stem}_bg.wasm"));
        assert_eq!(fs::read_dir(site.path()).unwrap().count(), 3, "the files of the old names are left");
    }

    #[test]
    fn other_contents_have_another_name() {
        let names = [["a_1"], ["a_2"]].map(|imports| {
            let site = site(&imports, &(script(&imports) + imports[0]));
            shrink(site.path()).unwrap();
            stem(site.path()).unwrap()
        });
        assert_ne!(names[0], names[1]);
    }

    #[test]
    fn a_script_that_does_not_fit_is_refused() {
        let message = shrink(site(&["a_1", "b_2"], &script(&["a_1"])).path()).unwrap_err().to_string();
        assert!(message.contains("b_2"), "{message}");
    }

    #[test]
    fn short_names_differ() {
        let names: Vec<String> = (0..2000).map(short).collect();
        let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
        assert_eq!([&names[0], &names[25], &names[26]], ["a", "z", "ba"]);
    }
}
