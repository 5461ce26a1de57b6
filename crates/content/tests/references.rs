//! The titles of the pages that problems refer to: those of the documentation that ships with the toolchain, where it has
//! the page. The table is committed, so that titles are the same on machines without that documentation.
//!
//! `UPDATE_EXPECT=1 cargo test -p content references` writes the table anew; `rustup component add rust-docs`
//! brings the documentation. What it lacks keeps its title, which is written by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::{Workshop, render, titles, toolchain_file};
use content::pack::pack;
use content::references::{self, Documentation, SHIPPED};
use expect_test::expect_file;
use quiz::catalog::{Catalog, Pack};

const TABLE: &str = "../../problems/references.toml";

#[test]
fn each_address_has_the_title_of_its_page() {
    let known: BTreeMap<String, String> = toml::from_str(&fs::read_to_string(TABLE).unwrap_or_default()).unwrap();
    let documentation = documentation();
    let mut table = String::from(HEAD);
    for (address, packed) in addresses() {
        let by_page = documentation.as_ref().and_then(|found| found.title_of(&address));
        let title = by_page.or_else(|| known.get(&address).cloned()).unwrap_or(packed);
        // Of these texts Rust and TOML have one notation.
        table += &format!("{address:?} = {title:?}\n");
    }
    expect_file!["../../../problems/references.toml"].assert_eq(&table);
}

#[test]
fn no_address_leads_nowhere() {
    let Some(documentation) = documentation() else { return println!("the documentation is not installed") };
    let shipped = addresses().into_keys().filter(|address| address.starts_with(SHIPPED));
    let lost: BTreeSet<String> = shipped.filter(|address| documentation.title_of(address).is_none()).collect();
    assert!(lost.is_empty(), "the documentation of this toolchain has no such page or place: {lost:#?}");
    let lost = references::lost(Path::new("../../problems"), &documentation).unwrap();
    assert!(lost.is_empty(), "{}", render(&lost));
}

const HEAD: &str = "# The titles of the pages that problems refer to.
# `UPDATE_EXPECT=1 cargo test -p content references` writes this file; titles of pages that do not ship with the
# toolchain are written by hand.

";

/// The addresses of our problems, each with the title that its pack has.
fn addresses() -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let packed = pack(Path::new("../../problems"), folder.path(), "").unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let catalog: Catalog = serde_json::from_str(&read(&packed.catalog)).unwrap();
    let packs = catalog.packs().map(|pack| serde_json::from_str::<Pack>(&read(&pack.address)).unwrap());
    let references = packs.flat_map(|pack| pack.problems).flat_map(|problem| problem.references);
    references.map(|reference| (reference.address.to_string(), reference.title)).collect()
}

fn documentation() -> Option<Documentation> {
    Documentation::find(&toolchain_file()).unwrap()
}

#[test]
fn links_anywhere_in_a_problem_are_followed() {
    let Some(documentation) = documentation() else { return println!("the documentation is not installed") };
    let workshop = Workshop::with("good");
    let file = "ownership/drained-twice.md";
    let lost = || references::lost(&workshop.problems(), &documentation).unwrap();
    assert_eq!(titles(&lost()), [""; 0]);
    let text = workshop.read(file);
    let link = "See [there](https://doc.rust-lang.org/std/vec/struct.Vec.html#method.pusj) and [here](https://doc.rust-lang.org/std/vec/).";
    workshop.write(file, &format!("{text}\n{link}\n<https://doc.rust-lang.org/book/no-such-chapter.html>, \n"));
    let lost = lost();
    assert_eq!(titles(&lost), ["a link leads to no place on its page", "a link leads to no page"]);
    assert_eq!(lost[0].remedies(), ["did you mean `#method.push`?"]);
    assert!(lost[0].file().ends_with(file) && lost[0].line() == Some(text.lines().count() + 2), "{}", render(&lost));
}
