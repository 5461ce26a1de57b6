//! Whatever is imported, stored, asked for by an address or found in a pack: it is read, or refused in words, and nothing that is there
//! suffers from it. Each test goes through 100,000 texts: any at all, and ours in a state that nobody of ours left them in.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use crate::common::mutations::{Counts, Spoiling, any_garbage, any_spoiling, run, samples, spoilt, with_little_stack};
use crate::common::records::{any_record, years_of_answers};
use crate::common::{attempt, catalog, entry, questions, slug};
use proptest::prelude::*;
use quiz::answering::{Answering, FeedbackTiming, StoredAnswering};
use quiz::attempt::{AttemptId, Confidence, Mode, Record, RemarkKind};
use quiz::catalog::{Catalog, Pack};
use quiz::device::manifest::Manifest;
use quiz::exchange::{self, csv, preview};
use quiz::grading::{Mark, grade};
use quiz::guide::Guide;
use quiz::interview::kept::UnderWay;
use quiz::interview::{Address, Event, Interview, Invitation, KeptInterview, Report};
use quiz::journal::{self, SEGMENT_PREFIX, Storage, StorageError};
use quiz::json;
use quiz::learner::calendar::{self, Calendar, DateOrder};
use quiz::learner::{self, Replay, ReviewContext, mastery};
use quiz::listing::{self, Conditions, Facet};
use quiz::log::{self, AttemptLog};
use quiz::placement::Placement;
use quiz::plan::{Job, Target};
use quiz::practice::{self, Filter};
use quiz::problem::{Level, Problem, Slug};
use quiz::prose::{Element, MOST_NESTED, Node, Prose};
use quiz::remarks::Remarks;
use quiz::search::Texts;
use quiz::session::{self, Session, SessionEvent};
use quiz::settings::{self, Chosen, Fitted, Theme};
use quiz::web_address::WebAddress;

const CASES: u32 = 100_000;
const NOW: u64 = 1_790_000_000_000;

/// A text that nobody made of another one, or one of ours that is spoilt.
#[derive(Clone, Debug)]
enum Hostile {
    Garbage(String),
    Spoilt(Spoiling),
}

fn any_hostile() -> impl Strategy<Value = Hostile> {
    prop_oneof![1 => any_garbage().prop_map(Hostile::Garbage), 9 => any_spoiling().prop_map(Hostile::Spoilt)]
}

impl Hostile {
    fn text(self, of: &[String]) -> String {
        match self {
            Hostile::Garbage(text) => text,
            Hostile::Spoilt(how) => spoilt(&of[(how.which % of.len() as u64) as usize], how),
        }
    }
}

fn library() -> Catalog {
    let concepts: &[&str] = &["move", "drop"];
    catalog(vec![
        entry("gone", Level::Junior, concepts),
        entry("new", Level::Mid, concepts),
        entry("problem-number-0001", Level::Senior, &["move"]),
        entry("problem-number-0002", Level::Staff, &[]),
    ])
}

/// In ms since 1970: what is named after a later time is not brought in.
const YEAR_10000: u64 = 253_402_300_800_000;

/// Logs of any records that an import takes as they are, and such as learners make.
static LOGS: LazyLock<Vec<AttemptLog>> = LazyLock::new(|| {
    let may_be_imported = |record: &Record| {
        let is_cut = matches!(record, Record::Remark(remark) if matches!(remark.what, RemarkKind::Interview(_)));
        record.id().time < YEAR_10000 && !is_cut
    };
    let record = any_record().prop_filter("it is taken", may_be_imported);
    let any = samples(prop::collection::vec(record, 1..5), 40).into_iter();
    let made = (0..8).map(|place| years_of_answers(40, 5).into_iter().skip(place * 5).take(4).collect());
    let kept = RemarkKind::Interview(INTERVIEWS[0].clone());
    let remark = |what| quiz::attempt::Remark { id: AttemptId::new(NOW, 1), made_at_ms: NOW, slug: slug("i-1"), what };
    any.chain(made)
        .map(|records: Vec<Record>| records.into_iter().collect())
        .chain([remark(kept).into()].map(|one: Record| [one].into_iter().collect()))
        .collect()
});

/// As they are exported, and as they are stored.
static EXPORTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let settings = some_settings();
    let as_json = |(log, chosen): (&AttemptLog, &Chosen)| exchange::write(log, chosen);
    let as_table = |log: &AttemptLog| csv::write(log, &library());
    LOGS.iter()
        .zip(settings.iter().cycle())
        .map(as_json)
        .chain(LOGS.iter().map(as_table))
        .chain(LOGS.iter().map(|log| log::write_packed(log.records())))
        .collect()
});

static INTERVIEWS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let blueprint = blueprint();
    let invitation =
        Invitation::new(&blueprint, Level::Mid, 7, &interview_library()).expect("there are problems enough");
    let mut interview = Interview::new(invitation, &blueprint, NOW).expect("they fit");
    let mut kept = vec![interview.stored().clone()];
    for (at, event) in
        [Event::BeginRound, Event::Note("a".to_owned()), Event::EndRound, Event::CloseRound].into_iter().enumerate()
    {
        interview.update(event, NOW + 1000 * at as u64);
        kept.push(interview.stored().clone());
    }
    let kept = kept.into_iter().map(|interview| KeptInterview { interview, report: None });
    kept.map(|kept| serde_json::to_string(&kept).expect("it is JSON")).collect()
});

fn blueprint() -> quiz::interview::Blueprint {
    json::read(
        r#"{"name":"phone","title":"","description":"","judged":[],"rounds":[
            {"title":"","minutes":30,"parts":[{"kinds":["predict"],"count":3,"minutes_each":5}]},
            {"title":"","minutes":30,"break_minutes_before":5,"parts":[{"kinds":["predict"],"count":2,"minutes_each":5}]}]}"#,
    )
    .expect("a blueprint")
}

fn interview_library() -> Catalog {
    catalog((0..12).map(|number| entry(&format!("p{number}"), Level::Mid, &[])).collect())
}

fn context(chosen: &Chosen) -> ReviewContext {
    chosen.review_context(NOW, Calendar::default())
}

/// Looks at all that pages tell of a log.
fn look_at(log: &AttemptLog, chosen: &Chosen) {
    let (catalog, context) = (library(), context(chosen));
    let replay = Replay::of(&catalog, log, &context);
    let learner = replay.learner(&catalog, log);
    practice::plan(&learner, &Filter::default(), 7);
    practice::todays_queue(&learner, 7);
    listing::known(&learner, log);
    mastery::weakest(&learner, 3);
    learner::activity::activity(&learner, 60);
    learner::calibration::calibration(&learner);
    learner::readiness::by_level(&learner);
    learner::pace::pace(&learner);
    learner::hardest(&learner, 3);
    learner::card_of(log, &slug("gone"), 1, &context);
    log.standing();
    learner.standings();
    assert!(log.next_id(NOW, 1).time >= NOW);
    let known = quiz::plan::Known::of(&learner, log, context.calendar, None, &[blueprint()], Vec::new());
    if let Some(target) = chosen.target {
        quiz::plan::plan(&target, &known);
    }
    let remarks = Remarks::of(log);
    for (_, kept) in KeptInterview::all(&remarks) {
        look_at_interview(&kept);
    }
}

fn look_at_interview(kept: &KeptInterview) {
    kept.is_over();
    let text = serde_json::to_string(kept).expect("it is JSON");
    assert_eq!(json::read::<KeptInterview>(&text).as_ref(), Ok(kept));
    let (mut interview, _) = Interview::resume(kept.interview.clone(), NOW);
    let report = Report::of(&interview, &interview_library(), |_| None);
    report.compared(&kept.report.iter().cloned().collect::<Vec<_>>());
    for (at, event) in
        [Event::Tick, Event::BeginRound, Event::Flag(0), Event::EndRound, Event::CloseRound, Event::BeginRound]
            .into_iter()
            .enumerate()
    {
        interview.update(event, NOW.wrapping_add((at as u64) << 40));
        interview.current().map(|(_, round)| (round.left_ms(), round.is_time_for_own_questions()));
    }
}

#[test]
fn an_import_adds_or_is_refused_and_changes_nothing_that_is_there() {
    let counts = Counts::default();
    run(CASES, (any_hostile(), any::<u64>()), |(hostile, which)| {
        let text = hostile.text(&EXPORTS);
        let mine = &LOGS[(which % LOGS.len() as u64) as usize];
        let found = match preview(mine, &text) {
            Ok(found) => found,
            Err(refused) => {
                assert!(refused.to_string().ends_with("Nothing was changed."), "{refused}");
                return counts.note("refused");
            }
        };
        counts.note(if found.damaged > 0 { "damaged" } else { "imported" });
        assert_eq!(found.damaged > 0, found.first_damage.is_some());
        assert_eq!(found.new + found.undos + found.resets + found.remarks, found.records.len());
        nothing_is_passed_over(&text);
        let mut imported = mine.clone();
        assert_eq!(imported.union(found.records.clone()), found.records.len());
        let is_there = |record: &&Record| {
            imported
                .records()
                .binary_search_by_key(&record.id(), Record::id)
                .is_ok_and(|place| imported.records()[place] == **record)
        };
        assert_eq!(mine.records().iter().find(|record| !is_there(record)), None, "an import took this away:\n{text}");
        let again = preview(&imported, &text).expect("it was read before");
        assert_eq!((again.records, again.damaged), (Vec::new(), found.damaged), "{text}");
        if !found.records.is_empty() {
            counts.note("with something new");
            for export in [
                log::write(imported.records()),
                csv::write(&imported, &library()),
                log::write_packed(imported.records()),
            ] {
                let back = preview(&AttemptLog::default(), &export).expect("our own");
                assert_eq!((back.damaged, back.records.as_slice()), (0, imported.records()), "{text}");
            }
            if which % 4 == 0 {
                look_at(&imported, &Chosen::default());
            }
        }
        if let Some(theirs) = found.chosen {
            counts.note("with settings");
            let mut chosen = Chosen { retention: 85, ..Chosen::default() };
            chosen.take_over(&theirs, 21_000);
            assert_eq!(chosen.retention, 85, "an import changed what was set:\n{text}");
            if which % 4 == 0 {
                look_at(&imported, &chosen);
            }
        }
    });
    counts.has("with something new", CASES / 10);
    counts.has("with settings", CASES / 20);
    counts.has("refused", CASES / 10);
    counts.has("damaged", CASES / 20);
    counts.say("imports");
}

/// Each item of a list was read, or is damaged.
fn nothing_is_passed_over(text: &str) {
    let Ok(value) = json::parse(text.trim_start_matches('\u{feff}')) else { return };
    if let Some(items) = value.get("data").and_then(|data| data.as_array()) {
        let read = log::read(text.trim_start_matches('\u{feff}')).expect("it was read before");
        assert_eq!(read.records.len() + read.damaged.len(), items.len(), "{text}");
    }
}

/// A spreadsheet that reads our table may take anything for the separator, and begins a cell where we do not.
#[test]
fn no_spreadsheet_finds_a_formula() {
    let piece = prop::sample::select(vec![
        "=1+1", "+1", "-1", "@SUM(1)", "＝1", "\"", "\"\"", ";", ",", "\t", "\r", "\n", "\r\n", " ", "'", "'~", "a",
        "- a", ";=1", "\n- b",
    ]);
    let counts = Counts::default();
    run(CASES, prop::collection::vec(piece, 0..8), |pieces| {
        let text = pieces.concat();
        let id = AttemptId::new(NOW, 1);
        let what = RemarkKind::Note(text.clone());
        let remark: Record = quiz::attempt::Remark { id, made_at_ms: NOW, slug: slug(&text), what }.into();
        let answer = quiz::answer::Answer::Discuss { notes: text.clone(), scores: Vec::new() };
        let given: Record = quiz::attempt::Attempt { answer, ..attempt(NOW + 1, &text, Mark::Right) }.into();
        let log: AttemptLog = [remark, given].into_iter().collect();
        let table = csv::write(&log, &Catalog::default());
        let read = csv::read(&table).expect("our own");
        assert_eq!(read.records, log.records(), "{table}");
        for separator in [',', ';', '\t'] {
            for cell in cells(&table, separator) {
                assert!(!cell.starts_with(['=', '+', '-', '@', '＝']), "{cell:?} by {separator:?} in\n{table}");
            }
        }
        counts.note(if table.contains("'~") { "guarded inside" } else { "others" });
    });
    counts.has("guarded inside", CASES / 20);
    counts.say("tables");
}

/// The cells of a table as a spreadsheet sees them: quotes count at the beginning of a cell only.
fn cells(table: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut letters = table.trim_start_matches('\u{feff}').chars().peekable();
    let (mut is_quoted, mut is_begun) = (false, false);
    while let Some(letter) = letters.next() {
        let ends = letter == separator || letter == '\n' || letter == '\r';
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => cells.last_mut().expect("there is one").push('"'),
            '"' if is_quoted => is_quoted = false,
            '"' if !is_begun => (is_quoted, is_begun) = (true, true),
            _ if ends && !is_quoted => {
                cells.push(String::new());
                is_begun = false;
            }
            letter => {
                cells.last_mut().expect("there is one").push(letter);
                is_begun = true;
            }
        }
    }
    cells
}

/// A storage of one tab that does as it is told.
#[derive(Default)]
struct Values(RefCell<BTreeMap<String, String>>);

impl Storage for Values {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        Ok(self.0.borrow().keys().cloned().collect())
    }
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.0.borrow().get(key).cloned())
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }
}

/// As segments are stored: lists, packed ones, and packed ones whose checksum is right whatever they hold.
static SEGMENTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let written = LOGS.iter().flat_map(|log| [log::write(log.records()), log::write_packed(log.records())]);
    let released = [
        include_str!("data/attempts-v1.json"),
        include_str!("data/attempts-v3.json"),
        include_str!("data/attempts-v5-packed.json"),
    ];
    written.chain(released.map(str::to_owned)).collect()
});

fn segment(key: &str) -> String {
    format!("{SEGMENT_PREFIX}{key}")
}

#[test]
fn a_stored_log_is_read_or_kept_as_it_is() {
    let counts = Counts::default();
    run(CASES, (any_hostile(), any::<u64>()), |(hostile, which)| {
        let text = hostile.text(&SEGMENTS);
        let own = &LOGS[(which % LOGS.len() as u64) as usize];
        let storage = Values::default();
        let (good, bad) = (segment("good-0"), segment("bad-0"));
        storage.0.borrow_mut().insert(good.clone(), log::write(own.records()));
        storage.0.borrow_mut().insert(bad.clone(), text.clone());
        let before = storage.0.borrow().clone();
        let found = journal::load(&storage).expect("it can be read");
        assert_eq!(*storage.0.borrow(), before, "reading has changed what is stored");
        assert!(found.readable.contains(&good));
        let quarantined = found.quarantined.iter().find(|value| value.key == bad);
        assert_eq!(quarantined.is_none(), found.readable.contains(&bad), "it is neither read nor reported:\n{text}");
        if let Some(quarantined) = quarantined {
            assert_eq!(quarantined.raw, text);
            assert!(!quarantined.why.to_string().is_empty());
        }
        counts.note(if quarantined.is_some() { "kept aside" } else { "read" });
        journal::merge(&storage, &found.loose, "merged").expect("there is room");
        if quarantined.is_some() {
            assert_eq!(storage.0.borrow().get(&bad), Some(&text), "what cannot be read was touched");
        }
        let merged = journal::load(&storage).expect("it can be read");
        assert_eq!(merged.log, found.log, "a merge has changed the log:\n{text}");
        if which % 8 == 0 {
            look_at(&found.log, &Chosen::default());
        }
    });
    counts.has("kept aside", CASES / 4);
    counts.has("read", CASES / 10);
    counts.say("stored logs");
}

/// Bytes behind a right checksum, as whoever can write into the storage can make them.
#[test]
fn no_packed_bytes_do_harm() {
    let bodies: Vec<Vec<u8>> = LOGS.iter().map(|log| body(&quiz::packed::pack(log.records()))).collect();
    let counts = Counts::default();
    run(
        CASES,
        (
            any::<u64>(),
            prop::collection::vec((any::<u64>(), prop_oneof![any::<u8>(), Just(0xff), Just(0x80), Just(0)]), 1..4),
            any::<bool>(),
        ),
        |(which, changes, is_cut)| {
            let mut bytes = bodies[(which % bodies.len() as u64) as usize].clone();
            let length = bytes.len() as u64;
            for (at, byte) in changes {
                bytes[(at % length) as usize] = byte;
            }
            if is_cut {
                bytes.truncate((which / 64 % length) as usize + 1);
            }
            match quiz::packed::unpack(&quiz::packed::seal(&bytes)) {
                Ok(records) => {
                    counts.note("read");
                    assert_eq!(quiz::packed::unpack(&quiz::packed::pack(&records)).as_ref(), Ok(&records));
                    if which % 16 == 0 {
                        look_at(&records.into_iter().collect(), &Chosen::default());
                    }
                }
                Err(_) => counts.note("refused"),
            }
        },
    );
    counts.has("read", CASES / 20);
    counts.say("packed segments");
}

/// What stands behind format and checksum.
fn body(packed: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = (0_u32, 0_u32);
    let mut bytes = Vec::new();
    for digit in packed.bytes() {
        let value = DIGITS.iter().position(|known| *known == digit).expect("it is base64") as u32;
        bits = (bits.0 << 6 | value, bits.1 + 6);
        if bits.1 >= 8 {
            bits.1 -= 8;
            bytes.push((bits.0 >> bits.1) as u8);
            bits.0 &= (1 << bits.1) - 1;
        }
    }
    bytes.split_off(9)
}

fn some_settings() -> Vec<Chosen> {
    let target = Target { day: 21_000, job: Job::Systems, minutes_a_day: 40 };
    let fitted = |parameters| Fitted { parameters, reviews: 700, at: NOW };
    vec![
        Chosen::default(),
        Chosen { theme: Theme::Dark, level: Some(Level::Senior), target: Some(target), ..Chosen::default() },
        Chosen { fits: vec![fitted(fsrs::DEFAULT_PARAMETERS.to_vec()), fitted(vec![1.0, 0.5])], ..Chosen::default() },
    ]
}

/// What lies in the storage beside the log.
#[test]
fn stored_settings_are_read_or_kept_beside() {
    let settings: Vec<String> = some_settings()
        .iter()
        .map(|chosen| {
            let storage = Values::default();
            assert!(settings::store(&storage, chosen));
            assert_eq!(settings::stored(&storage).as_ref(), Some(chosen));
            storage.0.into_inner().remove(settings::KEY).expect("it is stored")
        })
        .flat_map(|text| [text.replacen(r#""version":2"#, r#""version":3"#, 1), text])
        .collect();
    let log: AttemptLog = years_of_answers(30, 5).into_iter().collect();
    let counts = Counts::default();
    run(CASES, (any_hostile(), any::<u8>()), |(hostile, which)| {
        let text = hostile.text(&settings);
        let storage = Values::default();
        storage.0.borrow_mut().insert(settings::KEY.to_owned(), text.clone());
        let read = settings::stored(&storage);
        let chosen = read.clone().unwrap_or_default();
        let changed = Chosen { wraps_code: !chosen.wraps_code, ..chosen.clone() };
        let is_stored = settings::store(&storage, &changed);
        let values = storage.0.borrow();
        match (&read, is_stored) {
            (Some(_), _) => {
                counts.note("read");
                assert!(is_stored);
            }
            (None, true) => {
                counts.note("kept beside");
                assert_eq!(values.get(settings::SET_ASIDE_KEY), Some(&text));
            }
            (None, false) => {
                counts.note("of a newer release");
                assert_eq!(values.get(settings::KEY), Some(&text));
            }
        }
        drop(values);
        if is_stored {
            assert_eq!(settings::stored(&storage), Some(changed), "what was stored cannot be read any more:\n{text}");
        }
        assert!((1..=120).contains(&chosen.run_limit().as_secs()));
        if which % 4 == 0 {
            look_at(&log, &chosen);
        }
        if let Some(target) = chosen.target {
            calendar::iso(target.day);
            for order in [DateOrder::Day, DateOrder::Month] {
                order.whole(target.day);
                order.short(target.day, 0);
            }
        }
    });
    counts.has("read", CASES / 10);
    counts.has("kept beside", CASES / 10);
    counts.has("of a newer release", CASES / 50);
    counts.say("settings");
}

/// What a tab has under way: a question, a session, a placement, an interview.
#[test]
fn what_is_under_way_is_read_or_begun_anew() {
    let asked: Vec<Arc<Problem>> = questions::all().into_iter().map(questions::problem).collect();
    let log: AttemptLog = years_of_answers(30, 5).into_iter().collect();
    let texts: Vec<String> = under_way(&asked, &log);
    let counts = Counts::default();
    run(CASES, (any_hostile(), any::<u64>()), |(hostile, which)| {
        let text = hostile.text(&texts);
        if let Ok(stored) = json::read::<StoredAnswering>(&text) {
            counts.note("questions");
            let problem = &asked[(which % asked.len() as u64) as usize];
            let timing = if which % 2 == 0 { FeedbackTiming::AtOnce } else { FeedbackTiming::EndOfRound };
            answer_on(Answering::resume(Arc::clone(problem), Mode::Practice, timing, stored, &log), &log);
        }
        if let Ok(session) = json::read::<Session>(&text) {
            counts.note("sessions");
            let mut session = Some(session);
            session::keep_known(&mut session, &library());
            session.as_ref().map(|session| {
                (session.last_answered().cloned(), session.given(&log), session.attempt_at(&slug("gone")))
            });
            session::update(&mut session, SessionEvent::Answered { slug: slug("gone"), attempt: AttemptId::new(1, 1) });
            session::update(&mut session, SessionEvent::Advance);
            session::update(&mut session, SessionEvent::Stop);
        }
        if let Ok(mut placement) = json::read::<Placement>(&text) {
            counts.note("placements");
            let (catalog, context) = (library(), context(&Chosen::default()));
            let replay = Replay::of(&catalog, &log, &context);
            let learner = replay.learner(&catalog, &log);
            let next = quiz::placement::next(&learner, &placement, which);
            placement.result(&learner, &log);
            placement.advance(Some(AttemptId::new(1, 1)), next);
        }
        if let Ok(kept) = json::read::<KeptInterview>(&text) {
            counts.note("interviews");
            look_at_interview(&kept);
            let under_way = UnderWay { name: slug("i-1"), interview: kept.interview, runner: "tab".to_owned() };
            assert_eq!(UnderWay::read(&under_way.write()), Ok(under_way));
        }
        let _ = UnderWay::read(&text);
    });
    for what in ["questions", "sessions", "placements", "interviews"] {
        counts.has(what, CASES / 100);
    }
    counts.say("things under way");
}

fn answer_on(mut answering: Answering, log: &AttemptLog) {
    use quiz::answering::Event;
    let now = quiz::answering::Now { at_ms: NOW, random: 7, elapsed_ms: 5, log };
    for event in [
        Event::OpenHint,
        Event::Submit(Some(Confidence::Guess)),
        Event::Submit(None),
        Event::GiveUp,
        Event::Undo,
        Event::AskAnew,
        Event::BeginAnew,
    ] {
        answering.update(event, &now);
    }
}

fn under_way(asked: &[Arc<Problem>], log: &AttemptLog) -> Vec<String> {
    let answers = samples(crate::common::records::any_answer(), 40).into_iter();
    let mut texts: Vec<String> = answers
        .enumerate()
        .map(|(place, answer)| {
            let problem = &asked[place % asked.len()];
            let draft = quiz::answering::AnswerDraft::of_answer(answer.clone(), problem);
            let first = log.records().first().map(Record::id);
            let stored = StoredAnswering {
                draft: Some(draft),
                last: Some(answer),
                tries: 1,
                first,
                revision: problem.revision,
                ..StoredAnswering::default()
            };
            serde_json::to_string(&stored).expect("it is JSON")
        })
        .collect();
    let slugs = |count: u32| (0..count).map(|place| slug(&format!("problem-number-000{place}")));
    let attempts = || log.records().iter().map(|record| Some(record.id())).chain([None]);
    for count in 1..6 {
        let queue: Vec<Slug> = slugs(count).collect();
        let session =
            Session { filter: Filter::default(), attempts: attempts().take(queue.len()).collect(), queue, place: 1 };
        texts.push(serde_json::to_string(&session).expect("it is JSON"));
        let asked =
            slugs(count).zip(attempts()).map(|(slug, attempt)| quiz::placement::Asked { slug, attempt }).collect();
        texts.push(serde_json::to_string(&Placement { asked, is_ended: false }).expect("it is JSON"));
    }
    texts.extend(INTERVIEWS.iter().cloned());
    texts
}

#[test]
fn every_address_of_an_interview_has_a_clear_answer() {
    let (blueprint, catalog) = (blueprint(), interview_library());
    let queries: Vec<String> = (0..40)
        .map(|seed| {
            Invitation::new(&blueprint, Level::Mid, seed << 58 | seed, &catalog)
                .expect("there are problems enough")
                .to_query()
        })
        .collect();
    let counts = Counts::default();
    run(CASES, any_hostile(), |hostile| {
        let query = hostile.text(&queries);
        let address = match Address::from_query(&query) {
            Ok(address) => address,
            Err(bad) => {
                assert!(bad.to_string().starts_with("This address"), "{bad}");
                return counts.note("refused");
            }
        };
        counts.note("resolved");
        let resolved = address.resolve(&catalog);
        let named: Vec<&Slug> = resolved.invitation.problems.iter().flatten().collect();
        assert_eq!(named.iter().collect::<BTreeSet<_>>().len(), named.len(), "a problem is asked twice");
        assert!(named.len() + resolved.gone.len() <= 240);
        assert!(named.iter().all(|slug| catalog.entry(slug).is_some()));
        if resolved.gone.is_empty() {
            let again = Address::from_query(&resolved.invitation.to_query());
            assert_eq!(again.as_ref(), Ok(&address), "an address that is written again is another one");
        }
        if let Ok(interview) = Interview::new(resolved.invitation, &blueprint, NOW) {
            look_at_interview(&KeptInterview { interview: interview.stored().clone(), report: None });
        }
    });
    counts.has("resolved", CASES / 20);
    counts.has("refused", CASES / 4);
    counts.say("addresses of interviews");
}

#[test]
fn every_query_of_a_list_names_conditions_or_none() {
    let (catalog, log) = (library(), AttemptLog::default());
    let (context, texts) = (
        context(&Chosen::default()),
        Texts::of(
            &questions::all()
                .into_iter()
                .map(|question| Arc::unwrap_or_clone(questions::problem(question)))
                .collect::<Vec<_>>(),
        ),
    );
    let replay = Replay::of(&catalog, &log, &context);
    let known = listing::known(&replay.learner(&catalog, &log), &log);
    let index = quiz::search::Index::of(&catalog);
    let valid: Vec<String> = Facet::ALL
        .iter()
        .flat_map(|facet| facet.choices(&catalog, &texts, &known))
        .chain(["gone move", "e0382 drop"].map(str::to_owned))
        .collect();
    let counts = Counts::default();
    run(CASES, (any_hostile(), 0..Facet::ALL.len()), |(hostile, place)| {
        let (choice, facet) = (hostile.text(&valid), Facet::ALL[place]);
        let mut conditions = Conditions::default();
        conditions.choose(facet, Some(&choice));
        let chosen = conditions.chosen(facet);
        assert!(chosen.is_none() || chosen == Some(choice.as_str()), "{choice} has become {chosen:?}");
        facet.label_of(&choice);
        counts.note(if chosen.is_some() { "conditions" } else { "none" });
        let accepts = conditions.accepted(&catalog, &texts, &known);
        let accepted = (0..catalog.problems.len() + 2).filter(|problem| accepts(*problem)).count();
        assert!(chosen.is_some() || accepted == catalog.problems.len(), "a list without conditions has all");
        index.find(&texts, &choice, &accepts, |problem| problem % 2 == 0);
    });
    counts.has("conditions", CASES / 10);
    counts.has("none", CASES / 10);
    counts.say("queries");
}

fn any_prose() -> impl Strategy<Value = Prose> {
    let text = || prop_oneof![Just("A `b`. C".to_owned()), any::<String>()];
    let leaf =
        prop_oneof![text().prop_map(Node::Text), (0..5usize).prop_map(Node::Program), text().prop_map(Node::Verbatim),];
    let node = leaf.prop_recursive(4, 16, 3, |inner| {
        let elements =
            vec![Element::Paragraph, Element::Item, Element::List, Element::Code, Element::Table, Element::Quote];
        let address = WebAddress::parse("https://doc.rust-lang.org/std/").expect("a whole address");
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(move |inside| Node::Link { address: address.clone(), inside }),
            (prop::sample::select(elements), prop::collection::vec(inner, 0..3))
                .prop_map(|(element, inside)| Node::Element(element, inside)),
        ]
    });
    prop::collection::vec(node, 0..4).prop_map(Prose)
}

/// Sees that each link leads to a page, and tells how deep the nodes are nested.
fn check_nodes(nodes: &[Node]) -> usize {
    let level = |node: &Node| match node {
        Node::Text(_) | Node::Program(_) | Node::Verbatim(_) => 0,
        Node::Element(_, inside) => 1 + check_nodes(inside),
        Node::Link { address, inside } => {
            let address = address.as_str();
            assert!(
                address.starts_with("https://") && !address.contains(char::is_whitespace),
                "a link leads to {address}"
            );
            1 + check_nodes(inside)
        }
    };
    nodes.iter().map(level).max().unwrap_or(0)
}

#[test]
fn a_text_is_a_tree_of_known_elements_or_refused() {
    let texts: Vec<String> =
        samples(any_prose(), 60).iter().map(|prose| serde_json::to_string(prose).expect("it is JSON")).collect();
    let counts = Counts::default();
    run(CASES, any_hostile(), |hostile| {
        let text = hostile.text(&texts);
        let Ok(prose) = json::read::<Prose>(&text) else { return counts.note("refused") };
        counts.note("read");
        assert!(check_nodes(&prose.0) <= MOST_NESTED);
        let written = serde_json::to_string(&prose).expect("it is JSON");
        assert_eq!(json::read::<Prose>(&written).as_ref(), Ok(&prose));
        let _ = (prose.first_sentence(), prose.words(), prose.programs(), prose.around_program());
    });
    counts.has("read", CASES / 10);
    counts.has("refused", CASES / 10);
    counts.say("trees of text");
}

/// A whole problem, as a pack that somebody else has put there would have it.
#[test]
fn a_problem_of_somebody_else_is_asked_or_refused() {
    let asked: Vec<Problem> =
        questions::all().into_iter().map(|question| Arc::unwrap_or_clone(questions::problem(question))).collect();
    let texts: Vec<String> = asked.iter().map(|problem| serde_json::to_string(problem).expect("it is JSON")).collect();
    let answers = samples(crate::common::records::any_answer(), 40);
    let log = AttemptLog::default();
    let counts = Counts::default();
    run(CASES, (any_hostile(), any::<u64>()), |(hostile, which)| {
        let Ok(problem) = json::read::<Problem>(&hostile.text(&texts)) else { return counts.note("refused") };
        counts.note("asked");
        for prose in [&problem.prompt, &problem.explanation, &problem.interview] {
            check_nodes(&prose.0);
        }
        assert!(problem.references.iter().all(|reference| reference.address.as_str().starts_with("https://")));
        for program in &problem.programs {
            program.highlights.lines(&program.source);
        }
        problem.takeaway();
        let answer = &answers[(which % answers.len() as u64) as usize];
        grade(&problem.question, answer);
        let problem = Arc::new(problem);
        let draft = quiz::answering::AnswerDraft::of_answer(answer.clone(), &problem);
        let _ = draft.answer(&problem.question);
        answer_on(Answering::start(Arc::clone(&problem), Mode::Single, FeedbackTiming::AtOnce, &log), &log);
        Texts::of(&[Arc::unwrap_or_clone(problem)]);
    });
    counts.has("asked", CASES / 10);
    counts.has("refused", CASES / 10);
    counts.say("problems");
}

/// Brackets that lie in each other a hundred thousand times, in a thread with as little stack as a page has.
#[test]
fn nothing_runs_out_of_stack() {
    const DEEP: usize = 100_000;
    with_little_stack(|| {
        for (open, close) in
            [("[", "]"), ("{\"a\":", "}"), ("[\"p\",", "]"), ("[[\"li\",\"x\"],", "]"), ("{\"data\":[", "]}")]
        {
            let deep = open.repeat(DEEP) + "1" + &close.repeat(DEEP);
            let sealed = format!(r#"{{"app":"borrowed-time","kind":"attempts","version":1,"data":{deep}}}"#);
            for text in [&deep, &deep[..deep.len() / 2], &sealed] {
                assert!(preview(&AttemptLog::default(), text).is_err());
                assert!(log::read(text).is_err());
                assert!(json::read::<Prose>(text).is_err());
                assert!(json::read::<Pack>(text).is_err());
                assert!(json::read::<Catalog>(text).is_err());
                assert!(json::read::<Guide>(text).is_err());
                assert!(json::read::<Chosen>(text).is_err());
                assert!(UnderWay::read(text).is_err());
                assert!(Address::from_query(text).is_err());
                assert!(csv::read(text).is_err());
            }
        }
        // As deep as it may be, and as JSON may be.
        for levels in [MOST_NESTED, 126] {
            let deep = "[\"p\",".repeat(levels) + "1" + &"]".repeat(levels);
            let read = json::read::<Prose>(&format!("[{deep}]"));
            assert_eq!(read.is_ok(), levels <= MOST_NESTED);
            read.into_iter().for_each(|prose| _ = (prose.first_sentence(), prose.words()));
        }
    });
}

/// What is long takes its time, and not that of all that could be.
#[test]
fn long_texts_are_read_in_proportion() {
    let many = |piece: &str, count: usize| piece.repeat(count);
    crate::common::check_proportion("commas", 1_000_000, |count| {
        csv::read(&format!("id,slug,answer\n{}", many(",", count))).is_err()
    });
    crate::common::check_proportion("rows of a table", 20_000, |count| {
        let table = csv::write(&AttemptLog::default(), &Catalog::default());
        preview(&AttemptLog::default(), &(table + &many("x,y\r\n", count))).map(|found| found.damaged)
    });
    crate::common::check_proportion("separators in a note", 400_000, |count| {
        let note = RemarkKind::Note(many(";=\"", count));
        let remark: Record =
            quiz::attempt::Remark { id: AttemptId::new(1, 1), made_at_ms: 1, slug: slug("a"), what: note }.into();
        let log: AttemptLog = [remark].into_iter().collect();
        csv::read(&csv::write(&log, &Catalog::default())).map(|read| read.records.len())
    });
    for turns in ["undoes", "recounts", "resets"] {
        crate::common::check_proportion(turns, 20_000, |count| {
            let item = |place: usize| {
                let (id, of) = (AttemptId::new(place as u64, 1), AttemptId::new((count - place) as u64, 1));
                format!(r#"{{"id":"{id}","at":1,"{turns}":"{of}"}}"#)
            };
            let items: Vec<String> = (0..count).map(item).collect();
            let text =
                format!(r#"{{"app":"borrowed-time","kind":"attempts","version":6,"data":[{}]}}"#, items.join(","));
            let found = preview(&AttemptLog::default(), &text).expect("our own form");
            let log: AttemptLog = found.records.into_iter().collect();
            csv::write(&log, &Catalog::default()).len()
        });
    }
    let query = many("interview=a&", 10_000);
    assert!(Address::from_query(&query).is_err());
}

/// A file from elsewhere may say another thing under a name that is here.
#[test]
fn what_is_here_is_not_replaced_by_a_file() {
    let mine = attempt(NOW, "gone", Mark::Right);
    let log: AttemptLog = [mine.clone()].into_iter().collect();
    for changed in [Mark::Wrong, Mark::Partly] {
        let theirs = [Record::from(quiz::attempt::Attempt { mark: changed, ..mine.clone() })];
        for text in [log::write(&theirs), csv::write(&theirs.into_iter().collect(), &Catalog::default())] {
            let found = preview(&log, &text).expect("our own form");
            assert_eq!((found.records, found.damaged), (Vec::new(), 1));
            assert_eq!(found.first_damage, Some(format!("another record has the same name, {}", mine.id)));
        }
    }
}

#[test]
fn no_address_but_of_a_page_is_one() {
    for text in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://a.example",
        "https://",
        "https:a.example",
        "https://a",
        "http://a.example",
        "data:text/html,x",
        "https://a.example/\n",
        "https://a.example/ b",
        "//a.example",
        "/a",
        "",
        "https://a.example\u{0}",
        "\u{1}javascript:x",
    ] {
        assert_eq!(WebAddress::parse(text), None, "{text:?}");
        let link = serde_json::to_string(&("a", text, "x")).expect("it is JSON");
        assert!(json::read::<Prose>(&format!("[{link}]")).is_err(), "{link} was read");
    }
    assert!(WebAddress::parse("https://doc.rust-lang.org/book/#a?b").is_some());
}

#[test]
fn the_files_of_a_compiler_are_of_this_site() {
    let manifest = |licences: &str| {
        let text =
            format!(r#"{{"version":"1","name":"","worker":"compiler/worker.js","licences":"{licences}","files":[]}}"#);
        Manifest::from_text(&text).is_ok()
    };
    assert!(manifest("compiler/LICENSES.txt"));
    for elsewhere in
        ["javascript:alert(1)", "https://a.example/x", "//a.example/x", " //a.example", "\\\\\\\\a.example"]
    {
        assert!(!manifest(elsewhere), "{elsewhere}");
    }
}
