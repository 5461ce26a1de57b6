//! A release with more problems than there are: the real ones and copies of them, under other names, in other words.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use quiz::catalog::{Catalog, Entry, Pack};
use quiz::learner::misconceptions::{Beliefs, Exposed};
use quiz::problem::{Problem, Question, Slug};
use quiz::prose::{Element, Node, Prose};
use quiz::search::Texts;
use quiz::shuffle::{Shuffle, seed_of};

use crate::{pages, release};

/// Where the data of a release lie, from its root.
const PACKS: &str = "packs/";

/// The data of a release.
#[derive(Clone, Debug)]
pub struct Release {
    /// Its index.
    pub catalog: Catalog,
    /// Its problems, in the catalog's order.
    pub packs: Vec<Pack>,
    /// Which options stand for which beliefs.
    pub beliefs: Beliefs,
    /// What does not grow: the guide and the interviews, if there are any, by their addresses from the site's root.
    others: Vec<(String, String)>,
}

/// Copies a release into the folder `to` and gives it `problems` problems.
///
/// # Errors
/// If `site` is no release, or `to` cannot be written.
pub fn grow(site: &Path, to: &Path, problems: usize) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("cannot empty {}", to.display()))?;
    }
    copy(site, to)?;
    let old = pages::catalog(&read(&to.join("index.html"))?).context("the page names no catalog")?;
    let grown = Release::read(to, &old)?.grown(problems);
    fs::remove_dir_all(to.join(PACKS)).context("the release has no packs")?;
    let catalog = grown.write(to, PACKS)?;
    pages::rename_catalog(to, &old, &catalog, &grown.catalog.problems)?;
    release::stamp(to).map(|_| ())
}

impl Release {
    /// Reads the data of a release, whose catalog is at an address from its root.
    ///
    /// # Errors
    /// If a file is not there, or not what the app could read.
    pub fn read(root: &Path, catalog: &str) -> Result<Release> {
        let catalog: Catalog = parsed(&root.join(catalog))?;
        let packs = catalog.packs().map(|pack| parsed(&root.join(&pack.address))).collect::<Result<_>>()?;
        let beliefs = quiz::json::read(&read(&root.join(&catalog.beliefs))?)?;
        let others = [&catalog.guide, &catalog.interviews].into_iter().filter(|address| !address.is_empty());
        let others = others.map(|address| Ok((address.clone(), read(&root.join(address))?))).collect::<Result<_>>()?;
        Ok(Release { catalog, packs, beliefs, others })
    }

    /// The same with copies of its problems, until there are `count`.
    pub fn grown(mut self, count: usize) -> Release {
        let real: Vec<Problem> = self.packs.iter().flat_map(|pack| pack.problems.clone()).collect();
        let mut words = Words::of(&real);
        let mut problems = real.clone();
        for original in real.iter().cycle().take(count.saturating_sub(real.len())) {
            let copy = words.copy(original);
            if let Some(Exposed { choices, .. }) = self.beliefs.problems.iter().find(|one| one.slug == original.slug) {
                self.beliefs.problems.push(Exposed { slug: copy.slug.clone(), choices: choices.clone() });
            }
            problems.push(copy);
        }
        let topics = &self.catalog.topics;
        let topic = |problem: &Problem| topics.iter().position(|packs| packs.topic == problem.topic);
        problems.sort_by_key(|problem| (topic(problem), problem.level, problem.slug.clone()));
        self.packs = content::pack::packs(problems);
        self.catalog.problems = self.problems().map(Entry::from).collect();
        self
    }

    /// All its problems, in the catalog's order.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.packs.iter().flat_map(|pack| &pack.problems)
    }

    /// Writes its files into the folder `prefix` of a site, and returns the catalog's address.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn write(&self, root: &Path, prefix: &str) -> Result<String> {
        let out = root.join(prefix);
        fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
        for (address, text) in &self.others {
            let file = root.join(address);
            fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        }
        let mut catalog = self.catalog.clone();
        let mut files = Vec::new();
        catalog.topics = content::pack::topics(&self.packs, |pack| {
            anyhow::Ok(format!("{prefix}{}", content::pack::write(&out, &pack.topic.0, pack, &mut files)?))
        })?;
        let texts = Texts::of(&self.problems().cloned().collect::<Vec<_>>());
        catalog.texts = format!("{prefix}{}", content::pack::write(&out, "texts", &texts, &mut files)?);
        catalog.beliefs = format!("{prefix}{}", content::pack::write(&out, "beliefs", &self.beliefs, &mut files)?);
        Ok(format!("{prefix}{}", content::pack::write(&out, "catalog", &catalog, &mut files)?))
    }
}

/// The words of the real problems, of which those of the copies are made; the same ones each time.
struct Words {
    of_titles: Vec<String>,
    of_texts: Vec<String>,
    taken: BTreeSet<Slug>,
    dice: Shuffle,
}

impl Words {
    fn of(problems: &[Problem]) -> Words {
        let different = |texts: Vec<String>| {
            let words: BTreeSet<String> = texts
                .iter()
                .flat_map(|text| text.split(' '))
                .filter(|word| is_plain(word))
                .map(str::to_owned)
                .collect();
            Vec::from_iter(words)
        };
        Words {
            of_titles: different(problems.iter().map(|problem| problem.title.to_lowercase()).collect()),
            of_texts: different(problems.iter().map(|problem| problem.prompt.words()).collect()),
            taken: problems.iter().map(|problem| problem.slug.clone()).collect(),
            dice: Shuffle::new(seed_of("scale", 1)),
        }
    }

    fn copy(&mut self, original: &Problem) -> Problem {
        let mut copy = original.clone();
        (copy.slug, copy.title) = self.name(&original.title);
        for prose in [&mut copy.prompt, &mut copy.explanation, &mut copy.interview] {
            self.reword(&mut prose.0);
        }
        for Prose(hint) in &mut copy.hints {
            self.reword(hint);
        }
        if let Question::Choice { options, .. } = &mut copy.question {
            for option in options {
                self.reword(&mut option.text.0);
                self.reword(&mut option.rationale.0);
            }
        }
        copy
    }

    /// A title like this one, and a slug for it that no other problem has.
    fn name(&mut self, title: &str) -> (Slug, String) {
        loop {
            let mut varied = varied(&title.to_lowercase(), &self.of_titles, &mut self.dice);
            varied[..1].make_ascii_uppercase();
            let parts = varied.split(|char: char| !char.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
            let slug = Slug(parts.collect::<Vec<_>>().join("-").to_lowercase().into());
            if self.taken.insert(slug.clone()) {
                return (slug, varied);
            }
        }
    }

    fn reword(&mut self, nodes: &mut [Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => *text = varied(text, &self.of_texts, &mut self.dice),
                Node::Element(Element::Code, _) | Node::Program(_) | Node::Verbatim(_) => {}
                Node::Element(_, inside) | Node::Link { inside, .. } => self.reword(inside),
            }
        }
    }
}

/// The text with every other plain word replaced by one of `words`.
fn varied(text: &str, words: &[String], dice: &mut Shuffle) -> String {
    let vary = |word| match is_plain(word) && dice.number().is_multiple_of(2) {
        true => words[dice.number() as usize % words.len()].as_str(),
        false => word,
    };
    text.split(' ').map(vary).collect::<Vec<_>>().join(" ")
}

fn is_plain(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(&source, &target).with_context(|| format!("cannot copy {}", source.display()))?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn parsed<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    serde_json::from_str(&read(path)?).with_context(|| format!("cannot understand {}", path.display()))
}
