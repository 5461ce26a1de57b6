//! Several tabs on a storage that fails in every way it can, and processes that die at any moment: what was acknowledged
//! is in the storage, and what was not is in the memory of the tab that has it.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};

use crate::common::attempt;
use crate::common::records::Dice;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use quiz::attempt::{AttemptId, Record, Recount, Remark, RemarkKind, Reset, Undo};
use quiz::grading::Mark;
use quiz::journal::{self, Journal, SEGMENT_PREFIX, Storage, StorageError};
use quiz::log;

const SCHEDULES: u32 = 10_000;
const TABS: usize = 4;

/// What is done, by which tab.
#[derive(Clone, Debug)]
enum Step {
    Open(usize),
    /// So many answers.
    Answer(usize, usize),
    /// Of any attempt, or of none that is known; or the taking back of it.
    Undo(usize),
    /// A bookmark, a note, or a problem begun anew.
    Remark(usize),
    Flush(usize),
    Merge(usize),
    Load(usize),
    Import(usize, usize),
    /// It may still do something.
    Close(usize),
    /// It may not.
    Kill(usize),
    /// The learner clears one value by hand.
    Clear,
}

#[derive(Clone, Debug)]
struct Schedule {
    seed: u64,
    /// One of so many operations fails; 0 for none.
    trouble: u64,
    /// Characters.
    quota: usize,
    steps: Vec<Step>,
}

fn any_schedule() -> impl Strategy<Value = Schedule> {
    let tab = || 0..TABS;
    let step = prop_oneof![
        3 => tab().prop_map(Step::Open),
        8 => (tab(), 1..4usize).prop_map(|(tab, count)| Step::Answer(tab, count)),
        1 => (tab(), 45..60usize).prop_map(|(tab, count)| Step::Answer(tab, count)),
        2 => tab().prop_map(Step::Undo),
        2 => tab().prop_map(Step::Remark),
        1 => tab().prop_map(Step::Flush),
        4 => tab().prop_map(Step::Merge),
        1 => tab().prop_map(Step::Load),
        1 => (tab(), 1..6usize).prop_map(|(tab, count)| Step::Import(tab, count)),
        1 => tab().prop_map(Step::Close),
        2 => tab().prop_map(Step::Kill),
        1 => Just(Step::Clear),
    ];
    let quota = prop_oneof![3 => Just(usize::MAX), 1 => 500..20_000usize];
    let trouble = prop_oneof![Just(0), Just(6), Just(15), Just(50)];
    (any::<u64>(), trouble, quota, prop::collection::vec(step, 1..30))
        .prop_map(|(seed, trouble, quota, steps)| Schedule { seed, trouble, quota, steps })
}

struct Tab {
    name: String,
    journal: Journal,
    /// All that it made itself.
    own: Vec<AttemptId>,
}

/// Segments that cannot be read, or not completely: nobody may touch them.
const UNREADABLE: [(&str, &str); 3] = [
    ("borrowed-time/attempts/gone1-0", "garbage"),
    ("borrowed-time/attempts/gone2-0", r#"{"app":"borrowed-time","kind":"attempts","version":99,"data":[]}"#),
    ("borrowed-time/attempts/gone3-0", r#"{"app":"borrowed-time","kind":"attempts","version":4,"data":[{"id":"?"}]}"#),
];

/// The storage, the tabs, and what may be expected of them.
struct World {
    values: RefCell<BTreeMap<String, String>>,
    quota: Cell<usize>,
    trouble: Cell<u64>,
    dice: RefCell<Dice>,
    tabs: [RefCell<Option<Tab>>; TABS],
    names: RefCell<[Option<String>; TABS]>,
    made: RefCell<BTreeMap<AttemptId, Record>>,
    acknowledged: RefCell<BTreeSet<AttemptId>>,
    cleared: RefCell<BTreeSet<AttemptId>>,
    /// The process that is at work is dead: nothing that it still does has any effect.
    is_dead: Cell<bool>,
    /// A write was said to be done and was not, so the process has to live until it has noticed.
    has_lied: Cell<bool>,
    is_meanwhile: Cell<bool>,
    clock: Cell<u64>,
}

fn failure() -> StorageError {
    StorageError::Failed("it just did".to_owned())
}

fn half(value: &str) -> &str {
    &value[..value.floor_char_boundary(value.len() / 2)]
}

impl Storage for World {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.before()?;
        Ok(self.values.borrow().keys().cloned().collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.before()?;
        let value = self.values.borrow().get(key).cloned();
        if !self.is_trouble() {
            return Ok(value);
        }
        match self.roll(4) {
            0 => Err(failure()),
            1 => Ok(None),
            2 => Ok(Some("garbage".to_owned())),
            _ => Ok(value.map(|value| half(&value).to_owned())),
        }
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.before()?;
        let others: usize =
            self.values.borrow().iter().filter(|(other, _)| *other != key).map(|(_, value)| value.len()).sum();
        if others.saturating_add(value.len()) > self.quota.get() {
            return Err(StorageError::Full);
        }
        if !self.is_trouble() {
            self.write(key, value);
            return Ok(());
        }
        match self.roll(4) {
            0 => Err(failure()),
            1 => {
                self.write(key, value);
                self.dies();
                Err(failure())
            }
            2 => {
                self.write(key, value);
                Err(failure())
            }
            _ => {
                self.write(key, half(value));
                self.has_lied.set(true);
                Ok(())
            }
        }
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.before()?;
        if self.is_trouble() && self.roll(2) == 0 {
            return Err(failure());
        }
        self.values.borrow_mut().remove(key);
        if self.is_trouble() {
            self.dies();
        }
        Ok(())
    }
}

/// What can happen around every operation.
impl World {
    fn before(&self) -> Result<(), StorageError> {
        if !self.is_dead.get() && self.is_trouble() && !self.is_meanwhile.get() {
            self.is_meanwhile.set(true);
            self.meanwhile();
            self.is_meanwhile.set(false);
        }
        if self.is_trouble() {
            self.dies();
        }
        if self.is_dead.get() { Err(failure()) } else { Ok(()) }
    }

    /// Another tab does something.
    fn meanwhile(&self) {
        let tab = self.roll(TABS as u64) as usize;
        match self.roll(6) {
            0 => self.write("somebody-elses", "{not json"),
            1 => self.clear(),
            _ => self.answer(tab),
        }
    }

    fn dies(&self) {
        if !self.has_lied.get() && !self.is_meanwhile.get() {
            self.is_dead.set(true);
        }
    }

    fn is_trouble(&self) -> bool {
        self.trouble.get() > 0 && self.roll(self.trouble.get()) == 0
    }

    fn roll(&self, sides: u64) -> u64 {
        self.dice.borrow_mut().roll(sides)
    }

    fn write(&self, key: &str, value: &str) {
        self.values.borrow_mut().insert(key.to_owned(), value.to_owned());
    }

    fn clear(&self) {
        let is_untouched = |key: &&String| UNREADABLE.iter().all(|(other, _)| other != key);
        let keys: Vec<String> = self.values.borrow().keys().filter(is_untouched).cloned().collect();
        if keys.is_empty() {
            return;
        }
        let key = &keys[self.roll(keys.len() as u64) as usize];
        let value = self.values.borrow_mut().remove(key).expect("it is there");
        for record in log::read(&value).map(|read| read.records).unwrap_or_default() {
            self.cleared.borrow_mut().insert(record.id());
            self.acknowledged.borrow_mut().remove(&record.id());
        }
    }
}

/// What tabs do.
impl World {
    fn new(schedule: &Schedule) -> World {
        World {
            values: RefCell::new(UNREADABLE.map(|(key, value)| (key.to_owned(), value.to_owned())).into()),
            quota: Cell::new(schedule.quota),
            trouble: Cell::new(schedule.trouble),
            dice: RefCell::new(Dice::new(schedule.seed)),
            tabs: Default::default(),
            names: RefCell::default(),
            made: RefCell::default(),
            acknowledged: RefCell::default(),
            cleared: RefCell::default(),
            is_dead: Cell::new(false),
            has_lied: Cell::new(false),
            is_meanwhile: Cell::new(false),
            clock: Cell::new(1_732_250_000_000),
        }
    }

    fn goes(&self, step: &Step) {
        match *step {
            Step::Open(tab) => self.open(tab),
            Step::Answer(tab, count) => {
                self.open(tab);
                (0..count).for_each(|_| self.answer(tab));
            }
            Step::Undo(tab) => {
                let made: Vec<AttemptId> = self.made.borrow().keys().copied().collect();
                let of = made.get(self.roll(made.len() as u64 + 1) as usize).copied();
                let of = of.unwrap_or(AttemptId::new(1, 1));
                let id = self.new_id();
                let record = match self.roll(3) {
                    0 => Recount { id, recounted_at_ms: id.time, of }.into(),
                    _ => Undo { id, undone_at_ms: id.time, of }.into(),
                };
                self.append(tab, record);
            }
            Step::Remark(tab) => self.remark(tab),
            Step::Flush(tab) => self.with(tab, Vec::new(), |journal| journal.flush(self)),
            Step::Merge(tab) => {
                self.open(tab);
                self.merge(tab);
            }
            Step::Load(tab) => self.load(tab),
            Step::Import(tab, count) => self.import(tab, count),
            Step::Close(tab) => {
                self.with(tab, Vec::new(), |journal| journal.flush(self));
                self.close(tab);
            }
            Step::Kill(tab) => self.close(tab),
            Step::Clear => self.clear(),
        }
        self.has_lied.set(false);
        if self.is_dead.replace(false) {
            let (Step::Open(tab)
            | Step::Answer(tab, _)
            | Step::Undo(tab)
            | Step::Remark(tab)
            | Step::Flush(tab)
            | Step::Merge(tab)
            | Step::Load(tab)
            | Step::Import(tab, _)
            | Step::Close(tab)
            | Step::Kill(tab)) = *step
            else {
                return;
            };
            self.close(tab);
        }
    }

    fn open(&self, tab: usize) {
        let mut place = self.tabs[tab].borrow_mut();
        if place.is_none() {
            let name = format!("tab{:x}", self.new_id().time);
            self.names.borrow_mut()[tab] = Some(name.clone());
            *place = Some(Tab { journal: Journal::new(name.clone()), name, own: Vec::new() });
        }
    }

    fn close(&self, tab: usize) {
        *self.tabs[tab].borrow_mut() = None;
        self.names.borrow_mut()[tab] = None;
    }

    fn answer(&self, tab: usize) {
        let id = self.new_id();
        let mark = [Mark::Right, Mark::Wrong][self.roll(2) as usize];
        let answered = quiz::attempt::Attempt { id, ..attempt(id.time, "gone", mark) };
        self.append(tab, answered.into());
    }

    fn remark(&self, tab: usize) {
        let (id, slug) = (self.new_id(), crate::common::slug("gone"));
        let what = match self.roll(4) {
            0 => return self.append(tab, Reset { id, reset_at_ms: id.time, slug }.into()),
            1 => RemarkKind::Bookmarked,
            2 => RemarkKind::Suspended,
            _ => RemarkKind::note(&"“never” 🦀\n".repeat(self.roll(30) as usize)),
        };
        self.append(tab, Remark { id, made_at_ms: id.time, slug, what }.into());
    }

    fn append(&self, tab: usize, record: Record) {
        self.made.borrow_mut().insert(record.id(), record.clone());
        self.with(tab, vec![record.id()], |journal| journal.append(self, record));
    }

    /// Lets a tab do something with its journal, if it is open, alive and not at it already. `new` comes to its journal by that.
    fn with(&self, tab: usize, new: Vec<AttemptId>, act: impl FnOnce(&mut Journal) -> Result<(), StorageError>) {
        let Ok(mut place) = self.tabs[tab].try_borrow_mut() else { return };
        let Some(tab) = place.as_mut().filter(|_| !self.is_dead.get()) else { return };
        tab.own.extend(&new);
        let mut before = unsaved(&tab.journal);
        before.extend(new);
        let done = act(&mut tab.journal);
        let after = unsaved(&tab.journal);
        assert_eq!(done.is_ok(), after.is_empty(), "{done:?} with {} unsaved", after.len());
        let mut acknowledged = self.acknowledged.borrow_mut();
        acknowledged.extend(before.difference(&after));
        after.iter().for_each(|id| _ = acknowledged.remove(id));
    }

    fn merge(&self, tab: usize) {
        let place = self.tabs[tab].borrow();
        let Some(tab) = place.as_ref() else { return };
        let Ok(found) = journal::load(self) else { return };
        let alive = self.names.borrow().iter().flatten().cloned().collect();
        let closed = journal::closed_segments(&found.loose, &tab.name, &alive);
        let _ = journal::merge(self, &closed, &format!("merged{:x}", self.new_id().time));
    }

    fn load(&self, tab: usize) {
        if self.tabs[tab].borrow().is_some()
            && let Ok(found) = journal::load(self)
        {
            self.invented_nothing(found.log.records());
        }
    }

    fn import(&self, tab: usize, count: usize) {
        if self.tabs[tab].borrow().is_none() {
            return;
        }
        let records: Vec<Record> = (0..count)
            .map(|_| {
                let id = self.new_id();
                Record::Attempt(quiz::attempt::Attempt { id, ..attempt(id.time, "gone", Mark::Partly) })
            })
            .collect();
        self.made.borrow_mut().extend(records.iter().map(|record| (record.id(), record.clone())));
        if journal::import(self, &records, &format!("import{:x}", self.new_id().time)).is_ok() {
            self.acknowledged.borrow_mut().extend(records.iter().map(Record::id));
        }
    }

    fn new_id(&self) -> AttemptId {
        self.clock.set(self.clock.get() + 1);
        AttemptId::new(self.clock.get(), self.roll(1 << 32))
    }
}

/// What may be expected.
impl World {
    fn heals(&self) {
        self.trouble.set(0);
        self.quota.set(usize::MAX);
    }

    fn stored(&self) -> BTreeSet<AttemptId> {
        let found = journal::load(self).expect("it is well again");
        self.invented_nothing(found.log.records());
        found.log.records().iter().map(Record::id).collect()
    }

    fn invented_nothing(&self, records: &[Record]) {
        for record in records {
            assert_eq!(self.made.borrow().get(&record.id()), Some(record), "nobody made this");
        }
    }

    fn has_lost_nothing(&self, stored: &BTreeSet<AttemptId>) {
        let acknowledged = self.acknowledged.borrow();
        let lost: Vec<_> = acknowledged.difference(stored).collect();
        assert!(lost.is_empty(), "{} of {} acknowledged answers are lost", lost.len(), acknowledged.len());
    }

    fn living(&self) -> Vec<std::cell::RefMut<'_, Tab>> {
        let tabs = self.tabs.iter().map(RefCell::borrow_mut);
        tabs.filter_map(|tab| std::cell::RefMut::filter_map(tab, Option::as_mut).ok()).collect()
    }
}

fn unsaved(journal: &Journal) -> BTreeSet<AttemptId> {
    journal.unsaved().iter().map(Record::id).collect()
}

/// Plays a schedule and tells how many answers were acknowledged.
fn play(schedule: &Schedule) -> usize {
    let world = World::new(schedule);
    schedule.steps.iter().for_each(|step| world.goes(step));
    world.heals();
    let stored = world.stored();
    world.has_lost_nothing(&stored);
    for mut tab in world.living() {
        let unsaved = unsaved(&tab.journal);
        let cleared = world.cleared.borrow();
        let is_somewhere = |id: &&AttemptId| stored.contains(id) || unsaved.contains(id) || cleared.contains(id);
        assert_eq!(tab.own.iter().find(|id| !is_somewhere(id)), None, "a living tab has forgotten this");
        assert_eq!(tab.journal.flush(&world), Ok(()), "there is room again");
    }
    let stored = world.stored();
    for tab in world.living() {
        let cleared = world.cleared.borrow();
        assert!(tab.own.iter().all(|id| stored.contains(id) || cleared.contains(id)), "a flush left something out");
    }
    (0..TABS).for_each(|tab| world.close(tab));
    world.open(0);
    world.merge(0);
    assert_eq!(world.stored(), stored, "a merge on a healthy storage changed what is stored");
    let values = world.values.borrow();
    for (key, value) in UNREADABLE {
        assert_eq!(values.get(key).map(String::as_str), Some(value), "what cannot be read was touched");
    }
    let segments = values.iter().filter(|(key, _)| key.starts_with(SEGMENT_PREFIX));
    let readable = segments.filter_map(|(_, value)| log::read(value).ok()).filter(|read| read.damaged.is_empty());
    assert!(readable.filter(|read| !read.is_packed).count() == 0, "a merge left lists");
    world.acknowledged.borrow().len()
}

#[test]
fn no_acknowledged_answer_is_ever_lost() {
    let config = ProptestConfig { cases: SCHEDULES, failure_persistence: None, ..ProptestConfig::default() };
    let acknowledged = Cell::new(0);
    TestRunner::new(config)
        .run(&any_schedule(), |schedule| {
            acknowledged.set(acknowledged.get() + play(&schedule));
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    // Not by `println`, which a passing test keeps to itself.
    let (schedules, answers) = (SCHEDULES, acknowledged.get());
    writeln!(io::stderr(), "{schedules} schedules, {answers} answers acknowledged, 0 lost")
        .expect("there is an output");
}

/// A storage where another tab writes whenever we do.
struct Meddled<'a> {
    world: &'a World,
    key: &'a str,
    with: &'a str,
}

impl Storage for Meddled<'_> {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.world.keys()
    }
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.world.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.world.write(self.key, self.with);
        self.world.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.world.remove(key)
    }
}

/// It happens only if a living tab was taken for a dead one.
#[test]
fn a_segment_that_changed_during_a_merge_is_not_removed() {
    let world = World::new(&Schedule { seed: 0, trouble: 0, quota: usize::MAX, steps: Vec::new() });
    let records: Vec<Record> = (1..=2).map(|at| attempt(at, "gone", Mark::Right).into()).collect();
    let (key, longer) = (format!("{SEGMENT_PREFIX}a-0"), log::write(&records));
    world.write(&key, &log::write(&records[..1]));
    let storage = Meddled { world: &world, key: &key, with: &longer };
    assert_eq!(journal::merge(&storage, std::slice::from_ref(&key), "merged"), Ok(0));
    assert_eq!(journal::load(&world).expect("it is well").log.records(), records);
}
