//! Rules for Cargo's files.

use toml::{Table, Value};

use super::{Finding, check, check_finds, finding};

/// The packages that a manifest names, under any target, by the names they have on crates.io; `tables` tells which of
/// its dependencies count.
fn dependencies(manifest: &str, tables: &[&str]) -> Vec<String> {
    let manifest: Table = toml::from_str(manifest).expect("Cargo reads it too");
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let holders = std::iter::once(&manifest).chain(targets.filter_map(Value::as_table));
    let tables = holders.flat_map(|holder| tables.iter().filter_map(|name| holder.get(*name)?.as_table()));
    let package = |(name, dependency): (&String, &Value)| {
        dependency.get("package").and_then(Value::as_str).unwrap_or(name).to_owned()
    };
    tables.flat_map(|table| table.iter().map(package)).collect()
}

fn forbidden(manifest: &str, tables: &[&str], is_forbidden: impl Fn(&str) -> bool, remedy: &str) -> Vec<Finding> {
    let found = dependencies(manifest, tables).into_iter().filter(|name| is_forbidden(name));
    let line = |name: &str| manifest.lines().position(|line| line.contains(name)).map_or(1, |index| index + 1);
    found.map(|name| finding(line(&name), format!("`{name}`: {remedy}"))).collect()
}

fn ties_the_domain_down(manifest: &str) -> Vec<Finding> {
    let is_forbidden = |name: &str| {
        matches!(
            name,
            "web-sys" | "js-sys" | "wasm-bindgen" | "chrono" | "time" | "jiff" | "getrandom" | "tokio" | "reqwest"
        ) || ["leptos", "gloo", "rand"].iter().any(|family| name.starts_with(family))
    };
    let all = ["dependencies", "dev-dependencies", "build-dependencies"];
    forbidden(manifest, &all, is_forbidden, "crates/quiz knows no browser, no clock, no chance: pass the value in")
}

#[test]
fn the_domain_needs_no_browser_clock_or_chance() {
    check(["crates/quiz/Cargo.toml".to_owned()], ties_the_domain_down);
    let bad = "[dependencies]\nserde = \"1\"\nleptos = { version = \"0.8\" }\n[target.'cfg(unix)'.dependencies]\n\
        dice = { package = \"rand\", version = \"0.9\" }\n[dev-dependencies]\nchrono.workspace = true\n";
    let mut found: Vec<usize> = ties_the_domain_down(bad).into_iter().map(|finding| finding.line).collect();
    found.sort_unstable();
    assert_eq!(found, [3, 5, 7]);
    check_finds(ties_the_domain_down, "[dependencies]\nserde = \"1\"\n[dev-dependencies]\nproptest = \"1\"\n", &[]);
}

fn hides_its_errors(manifest: &str) -> Vec<Finding> {
    let is_forbidden = |name: &str| matches!(name, "anyhow" | "eyre" | "color-eyre");
    forbidden(
        manifest,
        &["dependencies"],
        is_forbidden,
        "only xtask passes errors on as text: write a `thiserror` enum",
    )
}

#[test]
fn libraries_name_their_errors() {
    check(
        ["Cargo.toml", "crates/quiz/Cargo.toml", "crates/content/Cargo.toml", "crates/trainer/Cargo.toml"]
            .map(str::to_owned),
        hides_its_errors,
    );
    check_finds(hides_its_errors, "[dependencies]\nanyhow = \"1\"\n", &[2]);
    check_finds(hides_its_errors, "[workspace.dependencies]\nanyhow = \"1\"\n", &[]);
}

/// What this file sets holds in this clone only, so it is kept to what no manifest can say.
fn configures_other_builds(config: &str) -> Vec<Finding> {
    let config: Table = toml::from_str(config).expect("Cargo reads it too");
    let targets = config.get("target").and_then(Value::as_table).into_iter().flat_map(Table::keys);
    let others = config.keys().filter(|key| !["alias", "target"].contains(&key.as_str()));
    let found = others.chain(targets.filter(|target| *target != "wasm32-unknown-unknown"));
    let remedy = "here belong the alias and the flags of the app's own target: set it in a manifest";
    found.map(|key| finding(1, format!("`{key}`: {remedy}"))).collect()
}

#[test]
fn cargos_configuration_is_for_the_app_only() {
    check([".cargo/config.toml".to_owned()], configures_other_builds);
    check_finds(configures_other_builds, "[alias]\nxtask = \"run\"\n[build]\njobs = 1\n", &[1]);
    check_finds(configures_other_builds, "[target.x86_64-unknown-linux-gnu]\nlinker = \"a\"\n", &[1]);
    check_finds(configures_other_builds, "[target.wasm32-unknown-unknown]\nrustflags = []\n", &[]);
}
