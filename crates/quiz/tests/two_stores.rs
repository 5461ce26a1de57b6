//! A store that forgets what it took last when the browser is killed, and a second one that takes its time but forgets nothing: what
//! either had on the disk is in both after the next start.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};

use crate::common::attempt;
use crate::common::records::Dice;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use quiz::attempt::{AttemptId, Record};
use quiz::copies::{Change, Copied, reconcile};
use quiz::grading::Mark;
use quiz::journal::{self, Found, Journal, SEGMENT_PREFIX, Storage, StorageError};
use quiz::log;

const SCHEDULES: u32 = 10_000;
const TABS: usize = 3;

#[derive(Clone, Debug)]
enum Step {
    Answer(usize, usize),
    Close(usize),
    /// The browser writes the first store to the disk.
    Sync,
    /// The second store has done what a tab told it.
    Commit(usize),
    /// The browser is killed, and started again.
    Kill,
    /// Another page of the host, or the browser, empties the first store.
    Clear,
    /// The browser evicts the second store.
    Evict,
    /// A value of the first store is not what it was.
    Spoil,
    /// A page is opened.
    Open(usize),
    /// It has got the copies, some time later, and unites the two stores.
    Unite(usize),
}

fn any_steps() -> impl Strategy<Value = (u64, u64, Vec<Step>)> {
    let tab = || 0..TABS;
    let step = prop_oneof![
        8 => (tab(), 1..5usize).prop_map(|(tab, count)| Step::Answer(tab, count)),
        1 => (tab(), 24..55usize).prop_map(|(tab, count)| Step::Answer(tab, count)),
        2 => tab().prop_map(Step::Close),
        2 => Just(Step::Sync),
        5 => tab().prop_map(Step::Commit),
        2 => Just(Step::Kill),
        1 => Just(Step::Clear),
        1 => Just(Step::Evict),
        1 => Just(Step::Spoil),
        4 => tab().prop_map(Step::Open),
        5 => tab().prop_map(Step::Unite),
    ];
    (any::<u64>(), prop_oneof![Just(0_u64), Just(9), Just(30)], prop::collection::vec(step, 1..25))
}

type Values = BTreeMap<String, String>;

#[derive(Default)]
struct World {
    first: RefCell<Values>,
    /// What of the first store survives the browser.
    on_disk: RefCell<Values>,
    copies: RefCell<Values>,
    /// What each tab has told.
    told: RefCell<[Vec<Change>; TABS]>,
    tabs: RefCell<[Option<Journal>; TABS]>,
    /// What each tab found when it was opened, until it has united the stores, and its log.
    opened: RefCell<[Option<Found>; TABS]>,
    names: RefCell<BTreeSet<String>>,
    dice: RefCell<Option<Dice>>,
    trouble: Cell<u64>,
    clock: Cell<u64>,
    /// What may be gone: it was in one store only, and that lost it.
    excused: RefCell<BTreeSet<AttemptId>>,
    acknowledged: RefCell<BTreeSet<AttemptId>>,
}

impl Storage for &World {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        Ok(self.first.borrow().keys().cloned().collect())
    }
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.first.borrow().get(key).cloned())
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        if self.trouble.get() > 0 && self.roll(self.trouble.get()) == 0 {
            return Err(StorageError::Full);
        }
        self.first.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.first.borrow_mut().remove(key);
        Ok(())
    }
}

fn ids(values: &Values) -> BTreeSet<AttemptId> {
    let segments = values.iter().filter(|(key, _)| key.starts_with(SEGMENT_PREFIX));
    let reads = segments.filter_map(|(_, value)| log::read(value).ok());
    reads.flat_map(|read| read.records).map(|record| record.id()).collect()
}

fn unsaved(journal: &Journal) -> BTreeSet<AttemptId> {
    journal.unsaved().iter().map(Record::id).collect()
}

impl World {
    fn roll(&self, sides: u64) -> u64 {
        self.dice.borrow_mut().as_mut().expect("there are dice").roll(sides)
    }

    /// The stores as a tab has them.
    fn storage(&self, tab: usize) -> Copied<&World, impl Fn(Change) + '_> {
        Copied { first: self, tell: move |change| self.told.borrow_mut()[tab].push(change) }
    }

    fn time(&self) -> u64 {
        self.clock.set(self.clock.get() + 1);
        self.clock.get()
    }

    fn goes(&self, step: &Step) {
        match *step {
            Step::Answer(tab, count) => (0..count).for_each(|_| self.answer(tab)),
            Step::Close(tab) => self.close(tab),
            Step::Sync => *self.on_disk.borrow_mut() = self.first.borrow().clone(),
            Step::Commit(tab) => self.commit(tab),
            Step::Kill => self.kill(),
            Step::Clear => self.loses(&self.first, &self.copies),
            Step::Evict => self.loses(&self.copies, &self.first),
            Step::Spoil => self.spoil(),
            Step::Open(tab) => self.open(tab),
            Step::Unite(tab) => self.unite(tab),
        }
    }

    /// A store loses all. What the other one does not have is gone, but for what living tabs know and the clear is not noticed.
    fn loses(&self, this: &RefCell<Values>, other: &RefCell<Values>) {
        let gone = ids(&this.borrow());
        let safe = ids(&other.borrow());
        self.excused.borrow_mut().extend(gone.difference(&safe));
        this.borrow_mut().clear();
    }

    fn spoil(&self) {
        let keys: Vec<String> = self.first.borrow().keys().cloned().collect();
        if keys.is_empty() {
            return;
        }
        let key = &keys[self.roll(keys.len() as u64) as usize];
        let before = ids(&self.first.borrow());
        self.first.borrow_mut().insert(key.clone(), "garbage".to_owned());
        let after: BTreeSet<_> = ids(&self.first.borrow()).union(&ids(&self.copies.borrow())).copied().collect();
        self.excused.borrow_mut().extend(before.difference(&after));
    }

    fn answer(&self, tab: usize) {
        let at = self.time();
        let record: Record = attempt(at, "gone", Mark::Right).into();
        let mut tabs = self.tabs.borrow_mut();
        let journal = tabs[tab].get_or_insert_with(|| {
            let name = format!("tab{at:x}");
            self.names.borrow_mut().insert(name.clone());
            Journal::new(name)
        });
        let mut before = unsaved(journal);
        before.insert(record.id());
        if let Some(found) = &mut self.opened.borrow_mut()[tab] {
            found.log.insert(record.clone());
        }
        let _ = journal.append(&self.storage(tab), record);
        let after = unsaved(journal);
        let mut acknowledged = self.acknowledged.borrow_mut();
        acknowledged.extend(before.difference(&after));
        acknowledged.retain(|id| !after.contains(id));
    }

    /// What a page had not begun to write is not written.
    fn close(&self, tab: usize) {
        self.tabs.borrow_mut()[tab] = None;
        self.opened.borrow_mut()[tab] = None;
        self.told.borrow_mut()[tab].clear();
    }

    fn merge(&self, tab: usize) {
        let Ok(found) = journal::load(&self) else { return };
        let alive: BTreeSet<String> = self.alive();
        let own = format!("merger{tab}");
        let closed = journal::closed_segments(&found.loose, &own, &alive);
        let _ = journal::merge(&self.storage(tab), &closed, &format!("merged{:x}", self.time()));
    }

    /// The names of living tabs are not known to a test; a tab's segments are those of its journal.
    fn alive(&self) -> BTreeSet<String> {
        let tabs = self.tabs.borrow();
        let written = tabs.iter().flatten().filter_map(Journal::last_written);
        written.filter_map(|key| journal::tab_of(&key).map(str::to_owned)).collect()
    }

    fn commit(&self, tab: usize) {
        let first = self.first.borrow();
        let mut copies = self.copies.borrow_mut();
        for change in std::mem::take(&mut self.told.borrow_mut()[tab]) {
            match change.now(|key| first.get(key).cloned()) {
                Some((key, Some(value))) => _ = copies.insert(key, value),
                Some((key, None)) => _ = copies.remove(&key),
                None => {}
            }
        }
    }

    /// What was not on either disk is gone, and nobody may be blamed for it.
    fn kill(&self) {
        let known = ids(&self.first.borrow());
        *self.first.borrow_mut() = self.on_disk.borrow().clone();
        self.told.borrow_mut().iter_mut().for_each(Vec::clear);
        let left: BTreeSet<_> = ids(&self.first.borrow()).union(&ids(&self.copies.borrow())).copied().collect();
        self.excused.borrow_mut().extend(known.difference(&left));
        (0..TABS).for_each(|tab| self.close(tab));
        self.start(0);
    }

    /// What a page does when it is opened.
    fn open(&self, tab: usize) {
        self.close(tab);
        self.opened.borrow_mut()[tab] = journal::load(&self).ok();
    }

    /// What it does when it has got the copies.
    fn unite(&self, tab: usize) {
        let Some(mut found) = self.opened.borrow_mut()[tab].take() else { return };
        let log = std::mem::take(&mut found.log);
        let copies = Vec::from_iter(self.copies.borrow().clone());
        let Ok(needed) = reconcile(&self, found, &log, &copies) else { return };
        let name = format!("again{:x}", self.time());
        if needed.missing.is_empty() || journal::import(&self.storage(tab), &needed.missing, &name).is_ok() {
            self.told.borrow_mut()[tab].extend(needed.changes);
            // Not before: what only a copy has would go with it.
            self.merge(tab);
        }
    }

    fn start(&self, tab: usize) {
        self.open(tab);
        self.unite(tab);
    }
}

/// Plays a schedule and tells how many answers had been acknowledged, and how many of them neither store had on its disk at a kill.
fn play((seed, trouble, steps): &(u64, u64, Vec<Step>)) -> (usize, usize) {
    let world = World::default();
    *world.dice.borrow_mut() = Some(Dice::new(*seed));
    world.trouble.set(*trouble);
    steps.iter().for_each(|step| world.goes(step));
    world.trouble.set(0);
    // All tabs go, before or after they have written; the next one finds everything.
    (0..TABS).for_each(|tab| {
        if seed % 2 == 0 {
            world.commit(tab);
        }
        world.close(tab);
    });
    world.start(0);
    let stored = ids(&world.first.borrow());
    let excused = world.excused.borrow();
    let acknowledged = world.acknowledged.borrow();
    let lost: Vec<_> = acknowledged.iter().filter(|id| !stored.contains(id) && !excused.contains(id)).collect();
    assert!(lost.is_empty(), "{} of {} acknowledged answers are lost", lost.len(), acknowledged.len());

    // What the first store refused may be in the copy, and comes from there; a copy that is not needed then goes at the next start.
    world.commit(0);
    for _ in 0..2 {
        world.start(0);
        world.commit(0);
    }
    let stored = ids(&world.first.borrow());
    assert!(stored.is_subset(&ids(&world.copies.borrow())), "the copy lacks what the first store has");
    let found = journal::load(&&world).expect("it is well");
    let copies = Vec::from_iter(world.copies.borrow().clone());
    let log = found.log.clone();
    let again = reconcile(&&world, found, &log, &copies).expect("it is well");
    assert!(again.missing.is_empty(), "a further start finds {} records again", again.missing.len());
    assert_eq!(again.changes, Vec::new(), "a further start has something to do");
    (acknowledged.len(), acknowledged.difference(&stored).count())
}

#[test]
fn what_either_store_has_on_its_disk_is_never_lost() {
    let config = ProptestConfig { cases: SCHEDULES, failure_persistence: None, ..ProptestConfig::default() };
    let (answers, gone) = (Cell::new(0), Cell::new(0));
    TestRunner::new(config)
        .run(&any_steps(), |schedule| {
            let (acknowledged, on_no_disk) = play(&schedule);
            answers.set(answers.get() + acknowledged);
            gone.set(gone.get() + on_no_disk);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    writeln!(
        io::stderr(),
        "{SCHEDULES} schedules of two stores, {} answers acknowledged, 0 lost of those on a disk ({} were on none)",
        answers.get(),
        gone.get()
    )
    .expect("there is an output");
}

/// Two tabs that were opened one after the other, with an answer of the first one in both stores.
fn two_tabs() -> World {
    let world = World::default();
    world.start(0);
    world.answer(0);
    world.commit(0);
    world.open(1);
    world
}

fn missing_for_the_second_tab(world: &World) -> usize {
    let mut found = world.opened.borrow_mut()[1].take().expect("it is open");
    let log = std::mem::take(&mut found.log);
    let copies = Vec::from_iter(world.copies.borrow().clone());
    reconcile(&world, found, &log, &copies).expect("it is well").missing.len()
}

#[test]
fn what_another_tab_wrote_meanwhile_is_not_missing() {
    let world = two_tabs();
    world.answer(0);
    world.commit(0);
    assert_eq!(missing_for_the_second_tab(&world), 0, "in a segment that was there");

    let world = two_tabs();
    (0..60).for_each(|_| world.answer(0));
    world.commit(0);
    assert_eq!(missing_for_the_second_tab(&world), 0, "in another segment");
}

#[test]
fn what_the_first_store_lost_meanwhile_is_missing() {
    let world = two_tabs();
    world.first.borrow_mut().clear();
    assert_eq!(missing_for_the_second_tab(&world), 1);

    // A segment that it did not take, for it was full.
    let world = two_tabs();
    let refused: Record = attempt(world.time(), "gone", Mark::Right).into();
    world.copies.borrow_mut().insert(format!("{SEGMENT_PREFIX}full-0"), log::write([&refused]));
    assert_eq!(missing_for_the_second_tab(&world), 1);
}
