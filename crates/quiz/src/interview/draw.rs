//! Which problems an interview asks, and the address that tells it to somebody else.
//!
//! A seed makes an interview, so two people get the same one. What is drawn from the problems of today must not change much
//! with one problem more: every problem has lots of its own, made of the seed and its name, and the lowest are drawn.
//! That is rendezvous hashing: Thaler and Ravishankar, "Using name-based mappings to increase hit rates" (IEEE/ACM
//! Transactions on Networking 6, 1998).
//!
//! Who rehearses often is to meet new problems: what a learner answered lately comes last, whatever its lot, and before it comes
//! what is easier than the interview asks otherwise.
//!
//! An address must not change at all: it names the problems themselves, by short codes of their names.

use serde::Serialize;

use super::blueprint::{Blueprint, MOST_QUESTIONS, MOST_ROUNDS, is_name};
use crate::catalog::{Catalog, Entry};
use crate::json::read_struct;
use crate::places;
use crate::problem::{Level, Slug};
use crate::shuffle::{FNV_START, Shuffle, fnv1a};

/// How problems are drawn by this release. It is raised when a seed begins to mean something else.
///
/// 1: by lot. 2: by lot among those that were not answered lately. 3: and where these run out, among easier ones. For whom
/// answered nothing lately a seed means the same in all of them.
pub const DRAW_VERSION: u32 = 3;

/// What lots are made of beside a seed and a name: the version in which they began to be these.
const LOTS_SINCE: u32 = 1;

/// A problem of the candidate's own level has so many lots, one of the level below has one.
const OWN_LEVEL_LOTS: usize = 3;

/// There are too few problems for a blueprint. Rounds and parts are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("part {} of round {} lacks {missing} of its problems for a candidate of level {}", .part + 1, .round + 1, .level.name())]
pub struct Shortfall {
    /// The round.
    pub round: usize,
    /// Its part.
    pub part: usize,
    /// How many problems are missing.
    pub missing: usize,
    /// The candidate's level.
    pub level: Level,
}

/// The problems of an interview for nobody in particular, round by round in the order in which they are asked.
///
/// Within a part they are drawn by lot, those of the candidate's own level with three times the chance of those one below. No
/// problem is drawn twice. One with exactly the concepts of another of its round is drawn only if nothing else is left, and the two
/// are kept apart if the order allows it.
///
/// # Errors
/// When there are too few problems, whatever the seed: the first part that cannot be filled.
pub fn draw(blueprint: &Blueprint, level: Level, seed: u64, catalog: &Catalog) -> Result<Vec<Vec<Slug>>, Shortfall> {
    draw_anew(blueprint, level, seed, catalog, |_| None)
}

/// The problems of an interview for a learner, as by [`draw`], but nothing that was answered lately is asked again while a part can
/// be filled without it, if need be with problems of still lower levels; then it is what was answered longest ago.
///
/// `answered_ms` says when a problem was answered, in milliseconds, or nothing if that is long ago.
///
/// # Errors
/// As [`draw`].
pub fn draw_anew(
    blueprint: &Blueprint,
    level: Level,
    seed: u64,
    catalog: &Catalog,
    answered_ms: impl Fn(&Slug) -> Option<u64>,
) -> Result<Vec<Vec<Slug>>, Shortfall> {
    let turn = |entry: &Entry| Turn { answered_ms: answered_ms(&entry.slug), lot: lot(entry, level, seed) };
    let turns: Vec<Turn> = catalog.problems.iter().map(turn).collect();
    let seat_of = vec![None; turns.len()];
    let mut seating = Seating { catalog, turns, fitting: Vec::new(), easier: Vec::new(), seats: Vec::new(), seat_of };
    for (round, plan) in blueprint.rounds.iter().enumerate() {
        for (part, wanted) in plan.parts.iter().enumerate() {
            seating.fitting.push(seating.in_turn(|entry| wanted.accepts(entry, level)));
            seating.easier.push(seating.in_turn(|entry| wanted.falls_back_on(entry, level)));
            for drawn in 0..wanted.count {
                if !seating.fill_another(round) {
                    return Err(Shortfall { round, part, missing: wanted.count - drawn, level });
                }
            }
        }
    }
    let in_order = |round| seating.in_order(round).into_iter().map(|problem| catalog.problems[problem].slug.clone());
    Ok((0..blueprint.rounds.len()).map(|round| in_order(round).collect()).collect())
}

/// What is missing for a blueprint at the levels that it is for; nothing if every seed makes an interview.
pub fn shortfalls(blueprint: &Blueprint, catalog: &Catalog) -> Vec<Shortfall> {
    let levels = Level::ALL.into_iter().filter(|level| blueprint.is_for(*level));
    levels.filter_map(|level| draw(blueprint, level, 0, catalog).err()).collect()
}

/// When it is a problem's turn: before those with a greater one. What was not answered lately is less than any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Turn {
    /// When it was answered lately, in milliseconds.
    answered_ms: Option<u64>,
    lot: u64,
}

/// The lot of a problem: the lowest is drawn first. The lowest of three is three times as often the lowest of all.
fn lot(entry: &Entry, level: Level, seed: u64) -> u64 {
    let named = [LOTS_SINCE.to_le_bytes().as_slice(), &seed.to_le_bytes(), entry.slug.0.as_bytes()].concat();
    let mut lots = Shuffle::new(fnv1a(FNV_START, &named));
    let count = if entry.level == level { OWN_LEVEL_LOTS } else { 1 };
    (0..count).map(|_| lots.number()).min().unwrap_or(u64::MAX)
}

/// A place of a part, and the problem that is asked there.
struct Seat {
    round: usize,
    /// The index of the part among those of all rounds.
    part: usize,
    problem: usize,
}

/// Which problem is asked in which part. Parts may compete for problems; none stays empty that could be filled.
struct Seating<'a> {
    catalog: &'a Catalog,
    /// When it is each problem's turn.
    turns: Vec<Turn>,
    /// For each part of all rounds the problems that fit, in the order in which they are drawn.
    fitting: Vec<Vec<usize>>,
    /// For each part those that are easier, in the same order.
    easier: Vec<Vec<usize>>,
    /// The seats that are taken, in order.
    seats: Vec<Seat>,
    /// The seat of each problem.
    seat_of: Vec<Option<usize>>,
}

impl Seating<'_> {
    /// These problems, in their turn.
    fn in_turn(&self, is_wanted: impl Fn(&Entry) -> bool) -> Vec<usize> {
        let is_wanted = |problem: &usize| is_wanted(&self.catalog.problems[*problem]);
        let mut wanted: Vec<usize> = (0..self.turns.len()).filter(is_wanted).collect();
        places::sort_by_key(&mut wanted, |problem| (self.turns[*problem], &self.catalog.problems[*problem].slug));
        wanted
    }

    /// Draws another problem for the last part. Whether there is one.
    fn fill_another(&mut self, round: usize) -> bool {
        let Some(part) = self.fitting.len().checked_sub(1) else { return false };
        let is_free = |problem: &usize| self.seat_of[*problem].is_none();
        let free = || self.fitting[part].iter().copied().filter(is_free);
        let is_like_another = |problem: &usize| {
            let of_round = self.seats.iter().filter(|seat| seat.round == round);
            of_round.into_iter().any(|seat| are_alike(self.catalog, seat.problem, *problem))
        };
        let is_new = |problem: &usize| self.turns[*problem].answered_ms.is_none();
        let of_new = || free().filter(is_new);
        let is_unlike = |problem: &usize| !is_like_another(problem);
        // An easier one takes the place of one that would be asked again, and of no other.
        let easier =
            || self.easier[part].iter().copied().filter(is_free).filter(is_new).filter(|_| free().next().is_some());
        let next = of_new().find(is_unlike).or_else(|| of_new().next());
        let next = next.or_else(|| easier().find(is_unlike)).or_else(|| easier().next());
        if let Some(problem) = next.or_else(|| free().find(is_unlike)).or_else(|| free().next()) {
            self.seats.push(Seat { round, part, problem });
            self.seat_of[problem] = Some(self.seats.len() - 1);
            return true;
        }
        let seat = self.seats.len();
        let Some(any) = self.fitting[part].first().copied() else { return false };
        self.seats.push(Seat { round, part, problem: any });
        let is_filled = self.make_room(seat, &mut vec![false; self.seat_of.len()]);
        if !is_filled {
            self.seats.pop();
        }
        is_filled
    }

    /// Fills a seat with a problem that another part can spare: an augmenting path, as in Kuhn, "The Hungarian method for the
    /// assignment problem" (Naval Research Logistics Quarterly 2, 1955).
    fn make_room(&mut self, seat: usize, tried: &mut [bool]) -> bool {
        let part = self.seats[seat].part;
        for place in 0..self.fitting[part].len() {
            let problem = self.fitting[part][place];
            if std::mem::replace(&mut tried[problem], true) {
                continue;
            }
            let is_spared = self.seat_of[problem].is_none_or(|other| self.make_room(other, tried));
            if is_spared {
                self.seats[seat].problem = problem;
                self.seat_of[problem] = Some(seat);
                return true;
            }
        }
        false
    }

    /// The problems of a round, part by part, such that two that are alike do not follow each other where it can be avoided.
    fn in_order(&self, round: usize) -> Vec<usize> {
        let of_round: Vec<&Seat> = self.seats.iter().filter(|seat| seat.round == round).collect();
        let mut order = Vec::with_capacity(of_round.len());
        for part in of_round.chunk_by(|one, next| one.part == next.part) {
            let mut waiting: Vec<usize> = part.iter().map(|seat| seat.problem).collect();
            while let Some(place) = self.next_apart(order.last().copied(), &waiting) {
                order.push(waiting.remove(place));
            }
        }
        order
    }

    /// The place of the problem to ask behind `last`: the first that is not like it and leaves the others a way to be kept apart.
    fn next_apart(&self, last: Option<usize>, waiting: &[usize]) -> Option<usize> {
        let is_apart = |place: &usize| last.is_none_or(|last| !are_alike(self.catalog, last, waiting[*place]));
        let leaves_a_way = |place: &usize| {
            let rest: Vec<usize> = waiting.iter().copied().filter(|other| *other != waiting[*place]).collect();
            self.can_be_apart(waiting[*place], &rest)
        };
        let apart = || (0..waiting.len()).filter(is_apart);
        let first = (!waiting.is_empty()).then_some(0);
        apart().find(leaves_a_way).or_else(|| apart().next()).or(first)
    }

    /// Whether an order of `rest` behind `last` has no two alike next to each other: no kind of them fills more than half of the
    /// places, or of those behind the first if `last` is of that kind.
    fn can_be_apart(&self, last: usize, rest: &[usize]) -> bool {
        rest.iter().all(|problem| {
            let alike = 1 + rest.iter().filter(|other| are_alike(self.catalog, **other, *problem)).count();
            let room = if are_alike(self.catalog, last, *problem) { rest.len() } else { rest.len() + 1 };
            alike <= room / 2
        })
    }
}

/// Whether two different problems ask for exactly the same concepts.
fn are_alike(catalog: &Catalog, one: usize, other: usize) -> bool {
    let (own, others) = (&catalog.problems[one].concepts, &catalog.problems[other].concepts);
    one != other
        && !own.is_empty()
        && own.iter().all(|concept| others.contains(concept))
        && others.iter().all(|concept| own.contains(concept))
}

/// An interview that somebody is invited to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Invitation {
    /// The name of its blueprint.
    pub blueprint: String,
    /// The candidate's level.
    pub level: Level,
    /// How its problems were drawn: the [`DRAW_VERSION`] of that release.
    pub version: u32,
    /// The seed by which they were drawn; whoever answered other things lately gets others by it.
    pub seed: u64,
    /// The problems, round by round.
    pub problems: Vec<Vec<Slug>>,
}

/// An invitation as it stands in an address: with a short code of each problem's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    blueprint: String,
    level: Level,
    version: u32,
    seed: u64,
    codes: Vec<Vec<u32>>,
}

/// What an address leads to in a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The invitation, without the problems that are gone.
    pub invitation: Invitation,
    /// The round of each problem that this release does not have any more.
    pub gone: Vec<usize>,
}

/// Why a text is no address of an interview.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// Something is missing.
    #[error("This address is not complete: `{0}` is missing.")]
    Missing(&'static str),
    /// Something is there twice.
    #[error("This address says `{0}` twice.")]
    Twice(&'static str),
    /// Something is not what it should be.
    #[error("This address is damaged: what it says as `{0}` cannot be read.")]
    Unreadable(&'static str),
    /// It is far too long.
    #[error("This address is too long.")]
    TooLong,
    /// It was made by a newer release.
    #[error("This address was made by a newer version of Borrowed Time. Reload the page to get that version.")]
    Newer,
}

const BLUEPRINT: &str = "interview";
const LEVEL: &str = "level";
const VERSION: &str = "draw";
const PROBLEMS: &str = "problems";
const SEED: &str = "seed";

/// An address is no longer than this, in bytes: all that a blueprint can ask, and some parameters of others.
const LONGEST: usize = MOST_ROUNDS * MOST_QUESTIONS * CODE_DIGITS + 800;

/// A code has so many digits to the base 36. Of a thousand problems two have the same one with a chance of less than 1%, and
/// [`clashes`] tells.
const CODE_DIGITS: usize = 5;
const CODES: u64 = 36_u64.pow(CODE_DIGITS as u32);

/// The short code of a name. It must never change: addresses that somebody keeps are made of it.
fn code(slug: &Slug) -> u32 {
    (Shuffle::new(fnv1a(FNV_START, slug.0.as_bytes())).number() % CODES) as u32
}

/// The names that addresses cannot tell from each other, of problems that there are or were; each of a pair leads nowhere.
pub fn clashes(catalog: &Catalog) -> Vec<(Slug, Slug)> {
    let mut names: Vec<(u32, &Slug)> = names(catalog).map(|slug| (code(slug), slug)).collect();
    names.sort();
    names.dedup();
    let same = names.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    same.map(|pair| (pair[0].1.clone(), pair[1].1.clone())).collect()
}

fn names(catalog: &Catalog) -> impl Iterator<Item = &Slug> {
    catalog.problems.iter().map(|entry| &entry.slug).chain(&catalog.retired)
}

impl Invitation {
    /// Draws the problems of an interview for nobody in particular.
    ///
    /// # Errors
    /// When there are too few problems.
    pub fn new(blueprint: &Blueprint, level: Level, seed: u64, catalog: &Catalog) -> Result<Invitation, Shortfall> {
        Invitation::anew(blueprint, level, seed, catalog, |_| None)
    }

    /// Draws the problems of an interview for a learner, by [`draw_anew`].
    ///
    /// # Errors
    /// When there are too few problems.
    pub fn anew(
        blueprint: &Blueprint,
        level: Level,
        seed: u64,
        catalog: &Catalog,
        answered_ms: impl Fn(&Slug) -> Option<u64>,
    ) -> Result<Invitation, Shortfall> {
        let problems = draw_anew(blueprint, level, seed, catalog, answered_ms)?;
        Ok(Invitation { blueprint: blueprint.name.clone(), level, version: DRAW_VERSION, seed, problems })
    }

    /// The query of its address, without a question mark. All its characters stand in an address as they are, and it ends in none
    /// that is lost where addresses are found in a text.
    pub fn to_query(&self) -> String {
        let of_round = |round: &Vec<Slug>| round.iter().map(|slug| base36(code(slug).into(), CODE_DIGITS)).collect();
        let rounds: Vec<String> = self.problems.iter().map(of_round).collect();
        let Invitation { blueprint, level, version, seed, .. } = self;
        let (level, problems, seed) = (level.name(), rounds.join("."), base36(*seed, 1));
        format!("{BLUEPRINT}={blueprint}&{LEVEL}={level}&{VERSION}={version}&{PROBLEMS}={problems}&{SEED}={seed}")
    }
}

impl Address {
    /// Reads the query of an address, with or without its question mark. Parameters of others are passed over.
    ///
    /// # Errors
    /// When it is no query that [`Invitation::to_query`] makes.
    pub fn from_query(query: &str) -> Result<Address, BadAddress> {
        if query.len() > LONGEST {
            return Err(BadAddress::TooLong);
        }
        let query = query.strip_prefix('?').unwrap_or(query);
        let blueprint = parameter(query, BLUEPRINT)?;
        if !is_name(blueprint) {
            return Err(BadAddress::Unreadable(BLUEPRINT));
        }
        let level = Level::from_name(parameter(query, LEVEL)?).ok_or(BadAddress::Unreadable(LEVEL))?;
        let version = number(parameter(query, VERSION)?, 10, VERSION)?;
        if version == 0 {
            return Err(BadAddress::Unreadable(VERSION));
        }
        if version > u64::from(DRAW_VERSION) {
            return Err(BadAddress::Newer);
        }
        let codes = codes(parameter(query, PROBLEMS)?).ok_or(BadAddress::Unreadable(PROBLEMS))?;
        let seed = number(parameter(query, SEED)?, 36, SEED)?;
        Ok(Address { blueprint: blueprint.to_owned(), level, version: version as u32, seed, codes })
    }

    /// The name of the blueprint.
    pub fn blueprint(&self) -> &str {
        &self.blueprint
    }

    /// The interview that it names, as far as its problems are there. A code that two names have leads to neither: a wrong problem
    /// would be worse than none.
    pub fn resolve(&self, catalog: &Catalog) -> Resolved {
        let of_code = |wanted: u32| {
            let mut named = names(catalog).filter(|slug| code(slug) == wanted);
            let slug = named.next()?;
            let is_only = named.all(|other| other == slug);
            (is_only && catalog.entry(slug).is_some()).then(|| slug.clone())
        };
        let (mut problems, mut gone) = (Vec::with_capacity(self.codes.len()), Vec::new());
        for (round, codes) in self.codes.iter().enumerate() {
            let found: Vec<Slug> = codes.iter().filter_map(|code| of_code(*code)).collect();
            gone.extend(std::iter::repeat_n(round, codes.len() - found.len()));
            problems.push(found);
        }
        let Address { blueprint, level, version, seed, .. } = self.clone();
        Resolved { invitation: Invitation { blueprint, level, version, seed, problems }, gone }
    }
}

/// The only parameter of this name.
fn parameter<'a>(query: &'a str, name: &'static str) -> Result<&'a str, BadAddress> {
    let mut values = query.split('&').filter_map(|pair| pair.split_once('=')).filter(|(key, _)| *key == name);
    match (values.next(), values.next()) {
        (None, _) => Err(BadAddress::Missing(name)),
        (Some((_, value)), None) => Ok(value),
        (Some(_), Some(_)) => Err(BadAddress::Twice(name)),
    }
}

/// A number in small digits, without a sign.
fn number(text: &str, base: u32, name: &'static str) -> Result<u64, BadAddress> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    let digits = Some(text).filter(|text| text.bytes().all(is_digit));
    digits.and_then(|digits| u64::from_str_radix(digits, base).ok()).ok_or(BadAddress::Unreadable(name))
}

/// The codes of the rounds; none if there are too many of them, or if one stands there twice.
fn codes(text: &str) -> Option<Vec<Vec<u32>>> {
    let rounds: Option<Vec<Vec<u32>>> = text.split('.').map(codes_of_round).collect();
    let rounds = rounds.filter(|rounds| rounds.len() <= MOST_ROUNDS)?;
    let mut all = rounds.concat();
    let count = all.len();
    places::sort_by(&mut all, u32::cmp);
    all.dedup();
    (count > 0 && all.len() == count).then_some(rounds)
}

fn codes_of_round(text: &str) -> Option<Vec<u32>> {
    let digits = text.as_bytes().chunks(CODE_DIGITS);
    let code = |digits: &[u8]| {
        let digits = std::str::from_utf8(digits).ok().filter(|digits| digits.len() == CODE_DIGITS)?;
        number(digits, 36, PROBLEMS).ok().map(|code| code as u32)
    };
    digits.map(code).collect::<Option<Vec<u32>>>().filter(|codes| codes.len() <= MOST_QUESTIONS)
}

/// A number to the base 36, with so many digits at least.
fn base36(mut number: u64, least: usize) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.len() < least {
        digits.extend(char::from_digit((number % 36) as u32, 36));
        number /= 36;
    }
    digits.into_iter().rev().collect()
}

read_struct!(Invitation { blueprint, level, version, seed, problems });
