//! What is exported comes back whole, as JSON and as a table; what is imported adds and never takes away.

use crate::common::records::any_code_result;
use crate::common::{attempt, catalog, entry, slug};
use proptest::prelude::*;
use quiz::answer::{Answer, Prediction};
use quiz::attempt::{Attempt, AttemptId, Confidence, Mode, Record, Recount, Remark, RemarkKind, Reset, Undo};
use quiz::catalog::Catalog;
use quiz::discussion::Score;
use quiz::exchange::{self, Preview, Refused, csv, preview};
use quiz::grading::Mark;
use quiz::learner::calendar::Day;
use quiz::log::{self, AttemptLog};
use quiz::plan::{Job, Target};
use quiz::problem::Level;
use quiz::role::Role;
use quiz::rule::Code;
use quiz::settings::{Chosen, Fitted, Theme};
use serde_json::json;

fn undo(at: u64, of: AttemptId) -> Undo {
    Undo { id: AttemptId::new(at, 1), undone_at_ms: at, of }
}

/// Two attempts, of which the first is undone twice, and an undo of an attempt that is not there.
fn small_log() -> AttemptLog {
    let wrong = attempt(1_732_250_000_001, "gone", Mark::Wrong);
    let answer = Answer::Predict(Prediction::Prints { stdout: "\"1\";\n2 é 🦀".to_owned() });
    let right =
        Attempt { answer, confidence: Some(Confidence::Certain), ..attempt(1_732_250_000_002, "new", Mark::Right) };
    let undos = [
        undo(1_732_250_000_003, wrong.id),
        undo(1_732_250_000_004, wrong.id),
        undo(1_732_250_000_005, AttemptId::new(9, 9)),
    ];
    [wrong, right].into_iter().map(Record::from).chain(undos.map(Record::from)).collect()
}

fn small_catalog() -> Catalog {
    let mut entry = entry("gone", Level::Senior, &["move", "drop"]);
    entry.title = "=Gone, \"really\"".to_owned();
    catalog(vec![entry])
}

/// The log that a table holds, all of it readable.
fn read_whole(table: &str) -> AttemptLog {
    let read = csv::read(table).expect("a table of ours");
    assert_eq!(read.damaged, Vec::<String>::new(), "{table}");
    read.records.into_iter().collect()
}

#[test]
fn a_table_looks_like_this() {
    let table = csv::write(&small_log(), &small_catalog());
    let rows: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(rows.len(), 5, "a header, two attempts, an undo, and nothing after the last end of a line");
    let header = "\u{feff}id,time,at_ms,slug,title,topic,kind,level,concepts,mark,confidence,took_ms,seconds,hints,mode,try,\
                  revision,counts,undone_by,undoes,recounts,event,note,answer";
    assert_eq!(rows[0], header);
    let id = |at: u64| attempt(at, "", Mark::Right).id.to_string();
    let first = format!(
        "{},2024-11-22T04:33:20.001Z,1732250000001,gone,\"'=Gone, \"\"really\"\"\",ownership,predict,senior,move drop,wrong,,1000,\
         1.0,0,practice,1,1,no,{}@1732250000003 {}@1732250000004,,,,,\"{{\"\"choice\"\":{{\"\"chosen\"\":[0]}}}}\"",
        id(1_732_250_000_001),
        AttemptId::new(1_732_250_000_003, 1),
        AttemptId::new(1_732_250_000_004, 1),
    );
    assert_eq!(rows[1], first);
    assert!(
        rows[2].ends_with(r#""{""predict"":{""prints"":{""stdout"":""\""1\""\u003b\n2 \u00e9 \ud83e\udd80""}}}""#),
        "{table}"
    );
    let undo = AttemptId::new(1_732_250_000_005, 1);
    assert_eq!(
        rows[3],
        format!("{undo},2024-11-22T04:33:20.005Z,1732250000005{},000000000009-0000000000000009,,,,", ",".repeat(16))
    );
    assert_eq!(read_whole(&table), small_log());
}

/// A log with a record of each kind.
fn full_log() -> AttemptLog {
    let at = 1_732_250_000_010;
    let wrong = attempt(1_732_250_000_001, "gone", Mark::Wrong);
    let remark = |after: u64, what: RemarkKind| Remark {
        id: AttemptId::new(at + after, 1),
        made_at_ms: at + after,
        slug: slug("gone"),
        what,
    };
    let mut log = small_log();
    log.insert(Recount { id: AttemptId::new(at, 1), recounted_at_ms: at, of: wrong.id });
    log.insert(remark(1, RemarkKind::Bookmarked));
    log.insert(remark(2, RemarkKind::note("=1+1; \"a\",\n\té 🦀 ")));
    log.insert(remark(3, RemarkKind::Suspended));
    log.insert(Reset { id: AttemptId::new(at + 4, 1), reset_at_ms: at + 4, slug: slug("new") });
    log
}

#[test]
fn what_is_no_attempt_has_a_row_of_its_own() {
    let table = csv::write(&full_log(), &small_catalog());
    let rows: Vec<&str> = table.split("\r\n").collect();
    assert!(rows[1].contains(",1,1,yes,"), "it counts again: {table}");
    assert!(rows[2].contains(",1,1,no,"), "its problem was begun anew: {table}");
    let id = |after: u64| AttemptId::new(1_732_250_000_010 + after, 1);
    let begins = |after: u64| format!("{},2024-11-22T04:33:20.{:03}Z,{},", id(after), 10 + after, id(after).time);
    let wrong = attempt(1_732_250_000_001, "gone", Mark::Wrong).id;
    assert_eq!(rows[4], format!("{}{}{wrong},,,", begins(0), ",".repeat(17)));
    let title = "gone,\"'=Gone, \"\"really\"\"\",ownership";
    assert_eq!(rows[5], format!("{}{title}{}bookmarked,,", begins(1), ",".repeat(16)));
    let note = format!("{}{title}{}note,\"'=1+1; \"\"a\"\",\n\té 🦀\",", begins(2), ",".repeat(16));
    assert_eq!(rows[6], note);
    assert_eq!(rows[7], format!("{}{title}{}suspended,,", begins(3), ",".repeat(16)));
    assert_eq!(rows[8], format!("{}new{}reset,,", begins(4), ",".repeat(18)));
    assert_eq!(read_whole(&table), full_log());
    for separator in [";", "\t"] {
        let without_note = full_log().records().iter().filter(|record| !has_lines(record)).cloned().collect();
        let table = csv::write(&without_note, &small_catalog());
        assert_eq!(read_whole(&separated(&table, separator)), without_note);
    }
    let lost = table.replacen(",note,answer", ",my own,answer", 1);
    let found = preview(&AttemptLog::default(), &lost).expect("a table of ours");
    assert_eq!(found.first_damage.as_deref(), Some("row 7: the table has lost its column “note”"));
    let lost = table.replacen(",event,", ",my own,", 1);
    let found = preview(&AttemptLog::default(), &lost).expect("a table of ours");
    assert_eq!(found.damaged, 4, "no record of another kind is taken for an answer");
}

fn has_lines(record: &Record) -> bool {
    matches!(record, Record::Remark(Remark { what: RemarkKind::Note(note), .. }) if note.contains('\n'))
}

/// A table as releases wrote it that knew attempts and undos only.
#[test]
fn tables_of_earlier_releases_can_be_read() {
    let table = csv::write(&small_log(), &small_catalog());
    let earlier: Vec<String> = table.split("\r\n").map(|row| row.replace("recounts,event,note,", "")).collect();
    let earlier = earlier.join("\r\n").replace(",no,", ",").replace(",yes,", ",").replace("counts,", "");
    let earlier = earlier
        .replace(",,,,,\"{", ",,\"{")
        .replace("0009,,,,", "0009,")
        .replace(",,,,,,,,,,,,,,,,0000", ",,,,,,,,,,,,,,,0000");
    assert!(earlier.contains(",revision,undone_by,undoes,answer\r\n"), "{earlier}");
    assert_eq!(read_whole(&earlier), small_log());
}

/// Spreadsheets choose separators and ends of lines by the country, and round great numbers.
#[test]
fn a_table_may_have_been_saved_by_a_spreadsheet() {
    let table = csv::write(&small_log(), &small_catalog());
    let with_lf = table.replace("\r\n", "\n");
    assert_eq!(read_whole(&with_lf), small_log());
    assert_eq!(read_whole(with_lf.trim_end().trim_start_matches('\u{feff}')), small_log());
    let rounded =
        (1..=5).fold(table, |table, ms| table.replace(&format!(",{},", 1_732_250_000_000u64 + ms), ",1.73225E+12,"));
    assert!(!rounded.contains(",1732250000001,"));
    assert_eq!(read_whole(&rounded), small_log());
    for separator in [";", "\t"] {
        assert_eq!(read_whole(&separated(&rounded, separator)), small_log());
    }
}

/// The table with every cell quoted, another separator, and the columns in the opposite order behind one of the
/// learner's own.
fn separated(table: &str, separator: &str) -> String {
    let mut lines = Vec::new();
    for line in table.trim_start_matches('\u{feff}').split("\r\n") {
        // Commas that part cells are those outside of quotes.
        let mut cells = vec![String::new()];
        let mut is_quoted = false;
        for letter in line.chars() {
            match letter {
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => {
                    cells.push(String::new());
                    continue;
                }
                _ => {}
            }
            cells.last_mut().expect("there is one").push(letter);
        }
        let quoted = |cell: &String| if cell.starts_with('"') { cell.clone() } else { format!("\"{cell}\"") };
        let mut row = vec![if lines.is_empty() { "My notes" } else { "" }.to_owned()];
        row.extend(cells.iter().rev().map(quoted));
        lines.push(row.join(separator));
    }
    lines.join("\n")
}

#[test]
fn a_bad_row_is_named_and_does_not_spoil_the_others() {
    let table = csv::write(&small_log(), &Catalog::default());
    let check = |table: &str, damage: &str, left: usize| {
        let found = preview(&AttemptLog::default(), table).expect("a table of ours");
        assert_eq!((found.damaged, found.first_damage.as_deref()), (1, Some(damage)), "{table}");
        assert_eq!(found.records.len(), left, "{table}");
    };
    check(&table.replace(",wrong,", ",fine,"), "row 2: mark: `fine` is not known", 2);
    check(&table.replacen(",practice,", ",,", 1), "row 2: mode: `` is not known", 2);
    check(&table.replacen(",1000,", ",many,", 1), "row 2: took: a whole number was expected", 2);
    check(&table.replace("\"\"choice\"\"", "\"\"guess\"\""), "row 2: answer: an answer was expected", 2);
    check(&table.replace("@1732250000004", "@"), "row 2: undone_by: `019352255a84-0000000000000001@` is no undo", 2);
    check(
        &table.replace("2024-11-22T04:33:20.005Z,1732250000005", "2024-11-31T04:33:20.005Z,"),
        "row 4: at_ms: a whole number was expected",
        4,
    );
    check(&table.replace("000000000009-", "9-"), "row 4: undoes: `9-0000000000000009` is not known", 4);
    let with_empty_rows = table.replacen("\r\n", "\r\n,,,,,,,,,\r\n\r\n", 1);
    check(&with_empty_rows.replace(",right,", ",,"), "row 5: mark: `` is not known", 4);
    let place = table.find("ud83e").expect("it is in the last answer");
    check(&table[..place], "row 3: its last text has no end", 3);
}

#[test]
fn files_of_others_are_refused_in_words() {
    let check = |text: &str, refused: Refused| {
        assert_eq!(preview(&small_log(), text), Err(refused.clone()), "{text}");
        assert!(refused.to_string().ends_with("Nothing was changed."));
    };
    let unreadable = |why: &str| Refused::Unreadable(why.to_owned());
    check("", Refused::Empty);
    check("\u{feff} \r\n", Refused::Empty);
    check("Dear diary", Refused::Foreign);
    check("%PDF-1.7 and so on\n1\n", Refused::Foreign);
    check("name,id,street\r\nAda,1,\r\n", Refused::OtherTable("slug"));
    check("name;street\r\nAda;\r\n", Refused::OtherTable("id"));
    check("{}", unreadable("it was not written by Borrowed Time"));
    check(
        r#"{"app":"borrowed-time","kind":"settings","version":1,"data":{}}"#,
        unreadable("it holds “settings” where “attempts” was expected"),
    );
    check(r#"{"app":"borrowed-time","kind":"attempts","version":999,"data":[]}"#, Refused::Newer(999));
    check(&csv::write(&small_log(), &small_catalog()).replacen(",hints,", ",,", 1), Refused::LostColumn("hints"));
    let cut = log::write(small_log().records());
    let refused = preview(&small_log(), &cut[..cut.len() / 2]).expect_err("half a file");
    assert!(refused.to_string().starts_with("The file was not imported: it is not in a format of Borrowed Time"));
}

#[test]
fn a_preview_tells_what_is_new() {
    let known: AttemptLog = small_log().records()[..1].iter().cloned().collect();
    for text in [log::write(small_log().records()), csv::write(&small_log(), &Catalog::default())] {
        let found = preview(&known, &text).expect("our own");
        let expected = Preview {
            new: 1,
            known: 1,
            undos: 3,
            resets: 0,
            remarks: 0,
            damaged: 0,
            first_damage: None,
            first: Some(1_732_250_000_002),
            last: Some(1_732_250_000_005),
            records: small_log().records()[1..].to_vec(),
            chosen: None,
            unread_settings: None,
        };
        assert_eq!(found, expected);
        let nothing = preview(&small_log(), &text).expect("our own");
        assert_eq!(nothing, Preview { known: 2, ..Preview::default() });
    }
    for text in [log::write(full_log().records()), csv::write(&full_log(), &Catalog::default())] {
        let found = preview(&small_log(), &text).expect("our own");
        assert_eq!((found.new, found.known, found.undos, found.resets, found.remarks), (0, 2, 1, 1, 3));
    }
}

/// With nothing as it comes.
fn all_chosen() -> Chosen {
    let fitted = Fitted { parameters: vec![0.5; 21], reviews: 600, at: 1_732_250_000_000 };
    // All fields by name: one that is new is not forgotten.
    Chosen {
        theme: Theme::Dark,
        retention: 85,
        asks_confidence: false,
        fits: vec![fitted],
        backed_up: 12,
        asked_to_keep: true,
        new_a_day: 3,
        single_keys: false,
        wraps_code: false,
        shows_clock: false,
        level: Some(Level::Senior),
        target: Some(Target { day: 21_000, job: Job::Systems, minutes_a_day: 40 }),
        run_seconds: 30,
        checks_as_typed: false,
        touched: vec!["theme".to_owned()],
    }
}

const TODAY: Day = 20_990;

#[test]
fn what_was_set_comes_along_and_never_replaces_what_is_set() {
    let there = all_chosen();
    let found = preview(&small_log(), &exchange::write(&small_log(), &there)).expect("our own");
    assert_eq!((found.damaged, found.known, found.records.len()), (0, 2, 0));
    assert_eq!(found.unread_settings, None);
    let chosen = found.chosen.clone().expect("it is in the file");
    assert_eq!(chosen, there.portable());
    assert_eq!((chosen.backed_up, chosen.asked_to_keep, chosen.touched.len()), (0, false, 0), "notes of the app stay");

    let noted = Chosen { backed_up: 5, ..Chosen::default() };
    let mut here = noted.clone();
    assert!(!found.is_known(&here, TODAY));
    assert_eq!(here.take_over(&chosen, TODAY).len(), 12, "each is named");
    assert_eq!(
        here,
        Chosen { backed_up: 5, ..chosen.clone() },
        "all of it comes, and what the app notes of here stays"
    );
    assert!(found.is_known(&here, TODAY), "twice is once");

    let mut other = Chosen { level: Some(Level::Junior), new_a_day: 9, ..noted };
    let taken = other.take_over(&chosen, TODAY);
    assert_eq!((other.level, other.new_a_day), (Some(Level::Junior), 9));
    assert_eq!(other.target, there.target);
    assert!(!taken.contains(&"your level") && taken.contains(&"the day of your interview"), "{taken:?}");
    assert_eq!(other.clone().take_over(&Chosen::default(), TODAY), Vec::<&str>::new(), "nothing is set back");
}

/// What was changed and changed back is set: a fit that was undone, a date that was removed.
#[test]
fn what_was_set_back_does_not_come_again() {
    let there = all_chosen();
    let mut here = there.clone();
    here.touch(&Chosen::default());
    let before = here.clone();
    here = Chosen { touched: here.touched, ..Chosen::default() };
    here.touch(&before);
    assert_eq!(here.take_over(&there, TODAY), Vec::<&str>::new());
    here.forget_answers();
    assert_eq!(here.take_over(&there, TODAY), ["the fit to your answers"], "who erased all wants it back");
}

/// An interview that is over is none: neither does it come, nor does it keep another one out.
#[test]
fn a_day_that_has_passed_is_no_interview() {
    let day = |day: Day| Chosen { target: Some(Target { day, job: Job::Any, minutes_a_day: 30 }), ..Chosen::default() };
    assert!(Chosen::default().take_over(&day(TODAY - 1), TODAY).is_empty());
    assert_eq!(Chosen::default().take_over(&day(TODAY), TODAY), ["the day of your interview"]);
    assert_eq!(day(TODAY - 1).take_over(&day(TODAY + 7), TODAY), ["the day of your interview"]);
    assert!(day(TODAY + 1).take_over(&day(TODAY + 7), TODAY).is_empty());
}

/// A file may be from anybody: nothing comes from it that could not be chosen on the page.
#[test]
fn settings_from_a_file_are_within_what_can_be_chosen() {
    let fitted = |length| Fitted { parameters: vec![0.5; length], reviews: 9, at: 1 };
    let wild = Chosen {
        retention: 4_000_000_000,
        new_a_day: 9_999,
        run_seconds: 100_000,
        fits: [3, 21].repeat(9_000).into_iter().map(fitted).collect(),
        target: Some(Target { day: Day::MAX, job: Job::Any, minutes_a_day: u32::MAX }),
        ..Chosen::default()
    };
    let brought = |wild: &Chosen| {
        let found = preview(&AttemptLog::default(), &exchange::write(&small_log(), wild)).expect("our own");
        found.chosen.expect("it can be read")
    };
    let tame = brought(&wild);
    assert_eq!((tame.retention, tame.new_a_day, tame.run_seconds, tame.target), (97, 30, 120, None));
    assert!((1..=10).contains(&tame.fits.len()) && tame.fits.iter().all(|fitted| fitted.parameters.len() == 21));
    let busy = Target { day: TODAY, job: Job::Any, minutes_a_day: u32::MAX };
    let tame = brought(&Chosen { target: Some(busy), ..wild });
    assert_eq!(tame.target.map(|target| target.minutes_a_day), Some(480));
}

/// The answers of a file come in whatever its settings are; what is wrong with them is told.
#[test]
fn settings_that_cannot_be_read_are_told_and_spoil_no_answer() {
    let file = exchange::write(&small_log(), &all_chosen());
    let newer = file.replacen(r#""kind":"settings","version":2"#, r#""kind":"settings","version":99"#, 1);
    let strange = file.replacen(r#""theme":"dark""#, r#""theme":"sepia""#, 1);
    let foreign = file.replacen(r#""kind":"settings""#, r#""kind":"sessions""#, 1);
    let list = file.replacen(r#""settings":{"#, r#""settings":[],"more":{"#, 1);
    for (text, why) in [(newer, "newer version"), (strange, "theme"), (foreign, "sessions"), (list, "an object")] {
        assert_ne!(text, file);
        let found = preview(&AttemptLog::default(), &text).expect("the answers can be read");
        assert_eq!((found.records.as_slice(), found.damaged), (small_log().records(), 0), "{text}");
        assert_eq!(found.chosen, None);
        let said = found.unread_settings.expect("it is told");
        assert!(said.contains(why), "{said}");
    }
}

/// A file that backups go to is written over only if nothing is lost by that.
#[test]
fn a_file_with_more_than_is_here_is_known() {
    let has_more = |log: &AttemptLog, chosen: &Chosen, text: &str| exchange::has_more(log, chosen, text, TODAY);
    let (all, unset) = (all_chosen(), Chosen::default());
    let file = exchange::write(&small_log(), &all);
    assert!(!has_more(&small_log(), &all, &file));
    assert!(!has_more(&full_log(), &all, &file), "what is here is more");
    assert!(has_more(&AttemptLog::default(), &all, &file), "its answers are not here");
    assert!(has_more(&full_log(), &unset, &file), "its settings are not here");
    assert!(!has_more(&full_log(), &unset, &exchange::write(&small_log(), &unset)));
    let damages = [(r#""data":[{"id""#, r#""data":[{"ID""#), (r#""theme":"dark""#, r#""theme":"sepia""#)];
    for (right, wrong) in damages {
        let damaged = file.replacen(right, wrong, 1);
        assert_ne!(damaged, file);
        assert!(has_more(&small_log(), &all, &damaged), "what cannot be read is not here: {damaged}");
    }
    assert!(has_more(&small_log(), &all, r#"{"app":"borrowed-time","kind":"attempts","version":999,"data":[]}"#));
    assert!(!has_more(&small_log(), &all, ""), "a new file is empty");
    assert!(!has_more(&small_log(), &all, "a letter"), "the learner chose to replace it");
}

/// A program for spreadsheets cuts what is longer than its cells.
#[test]
fn an_interview_that_was_cut_is_named_and_does_not_take_the_place_of_the_whole_one() {
    let whole = json!({ "interview": { "notes": "a".repeat(40_000) } }).to_string();
    let id = AttemptId::new(7, 7);
    let log = |text: &str| -> AttemptLog {
        let what = RemarkKind::Interview(text.to_owned());
        [Remark { id, made_at_ms: 7, slug: slug("interview-7"), what }].into_iter().collect()
    };
    let found =
        preview(&AttemptLog::default(), &csv::write(&log(&whole[..32_767]), &Catalog::default())).expect("a table");
    assert_eq!((found.remarks, found.damaged), (0, 1), "{:?}", found.first_damage);
    assert!(found.first_damage.expect("it is named").ends_with("is an interview that was cut off"));
    assert_eq!(read_whole(&csv::write(&log(&whole), &Catalog::default())), log(&whole));
}

/// Whatever is made later must be named after it, or the newest word would not be the last one.
#[test]
fn a_record_named_after_the_end_of_time_is_refused() {
    for (time, damaged) in [(YEAR_10000 - 1, 0), (YEAR_10000, 1), (u64::MAX, 1)] {
        let log: AttemptLog =
            [undo(1, AttemptId::new(1, 1)), Undo { id: AttemptId::new(time, 1), ..undo(2, AttemptId::new(1, 1)) }]
                .into_iter()
                .collect();
        for text in [log::write(log.records()), csv::write(&log, &Catalog::default())] {
            let found = preview(&AttemptLog::default(), &text).expect("our own");
            assert_eq!((found.damaged, found.records.len()), (damaged, 2 - damaged), "{time}");
        }
    }
}

/// What is twice in one file, as in two exports pasted together, is one attempt.
#[test]
fn an_attempt_twice_in_a_file_counts_once() {
    let table = csv::write(&small_log(), &Catalog::default());
    let (_, rows) = table.split_once("\r\n").expect("a header");
    let found = preview(&AttemptLog::default(), &format!("{table}{rows}")).expect("our own");
    assert_eq!((found.new, found.known, found.undos), (2, 0, 3));
}

/// Texts that spreadsheets, CSV and JSON each have a meaning for.
fn nasty_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "=",
            "+",
            "-",
            "@",
            "'",
            "''",
            "\"",
            "\"\"",
            ",",
            ";",
            "\t",
            "\r",
            "\n",
            "\r\n",
            " ",
            "\u{feff}",
            "\0",
            "\\",
            "=HYPERLINK(\"x\")",
            "é",
            "🦀",
            "1e5",
            "null",
            "",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let indexes = || proptest::collection::vec(0..1000usize, 0..4);
    let line = || proptest::option::of(any::<u32>());
    let roles = proptest::collection::btree_map(proptest::sample::select(Role::ALL.to_vec()), any::<u32>(), 0..4);
    prop_oneof![
        indexes().prop_map(|chosen| Answer::Choice { chosen: chosen.into_iter().collect() }),
        nasty_text().prop_map(|stdout| Answer::Predict(Prediction::Prints { stdout })),
        (line(), proptest::option::of(nasty_text().prop_map(Code)))
            .prop_map(|(line, rule)| Answer::Predict(Prediction::Error { line, rule })),
        line().prop_map(|line| Answer::Predict(Prediction::Panics { line })),
        line().prop_map(|line| Answer::Predict(Prediction::Undefined { line })),
        roles.prop_map(|lines| Answer::Spot { lines }),
        indexes().prop_map(|picks| Answer::Fill { picks }),
        indexes().prop_map(|lines| Answer::Order { lines }),
        (nasty_text(), any_code_result(), 0..9u32).prop_map(|(code, result, runs)| Answer::Write {
            code,
            result,
            runs
        }),
        (nasty_text(), proptest::collection::vec(proptest::sample::select(&Score::ALL[..]), 0..8))
            .prop_map(|(notes, scores)| Answer::Discuss { notes, scores }),
    ]
}

/// In ms since 1970: no record is named after a later time.
const YEAR_10000: u64 = 253_402_300_800_000;

fn any_id() -> impl Strategy<Value = AttemptId> {
    // Few enough that undos meet attempts, and each other.
    (prop_oneof![0..6u64, Just(YEAR_10000 - 1)], 0..3u64).prop_map(|(time, random)| AttemptId::new(time, random))
}

fn any_time() -> impl Strategy<Value = u64> {
    prop_oneof![any::<u64>(), 0..4_102_444_800_000u64]
}

fn any_attempt() -> impl Strategy<Value = Attempt> {
    let confidence = proptest::option::of(proptest::sample::select(Confidence::ALL.to_vec()));
    let mark = proptest::sample::select(vec![Mark::Wrong, Mark::Partly, Mark::Right]);
    let mode = proptest::sample::select(vec![Mode::Practice, Mode::Single, Mode::Interview]);
    let numbers = (any::<u32>(), any::<u64>(), any::<u32>(), 1..9u32);
    (any_id(), any_time(), nasty_text(), any_answer(), mark, confidence, mode, numbers).prop_map(
        |(id, at, name, answer, mark, confidence, mode, (revision, elapsed_ms, hints, try_number))| {
            let slug = slug(&name);
            Attempt {
                id,
                answered_at_ms: at,
                slug,
                revision,
                answer,
                mark,
                elapsed_ms,
                hints,
                confidence,
                mode,
                try_number,
            }
        },
    )
}

fn any_log() -> impl Strategy<Value = AttemptLog> {
    let remark = prop_oneof![
        proptest::sample::select(vec![RemarkKind::Bookmarked, RemarkKind::NotBookmarked, RemarkKind::Suspended]),
        Just(RemarkKind::Resumed),
        any::<u32>().prop_map(RemarkKind::Done),
        nasty_text().prop_map(RemarkKind::Story),
        nasty_text().prop_map(|text| RemarkKind::Interview(json!({ "reflection": text }).to_string())),
        any::<u32>().prop_map(RemarkKind::NotDone),
        nasty_text().prop_map(RemarkKind::Note),
    ];
    let record = prop_oneof![
        4 => any_attempt().prop_map(Record::from),
        2 => (any_id(), any_time(), any_id()).prop_map(|(id, at, of)| Undo { id, undone_at_ms: at, of }.into()),
        1 => (any_id(), any_time(), any_id()).prop_map(|(id, at, of)| Recount { id, recounted_at_ms: at, of }.into()),
        1 => (any_id(), any_time(), nasty_text())
            .prop_map(|(id, at, name)| Reset { id, reset_at_ms: at, slug: slug(&name) }.into()),
        2 => (any_id(), any_time(), nasty_text(), remark)
            .prop_map(|(id, at, name, what)| Remark { id, made_at_ms: at, slug: slug(&name), what }.into()),
    ];
    proptest::collection::vec(record, 0..12).prop_map(|records| records.into_iter().collect())
}

proptest! {
    #[test]
    fn a_log_survives_a_table(log in any_log(), title in nasty_text()) {
        let mut catalog = Catalog::default();
        if let Some(attempt) = log.iter().next() {
            let entry = entry("", Level::Staff, &["one", "two"]);
            catalog.problems = vec![quiz::catalog::Entry { slug: attempt.slug.clone(), title, ..entry }].into();
        }
        let read = csv::read(&csv::write(&log, &catalog)).expect("our own");
        prop_assert_eq!(read.damaged, Vec::<String>::new());
        prop_assert_eq!(read.records.into_iter().collect::<AttemptLog>(), log);
    }

    /// No spreadsheet takes any of it for a formula.
    #[test]
    fn no_cell_begins_a_formula(log in any_log(), title in nasty_text()) {
        let mut catalog = Catalog::default();
        catalog.problems = log.iter().map(|attempt| {
            quiz::catalog::Entry { slug: attempt.slug.clone(), title: title.clone(), ..entry("", Level::Staff, &["=1+1"]) }
        }).collect();
        for cell in cells(&csv::write(&log, &catalog)) {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
        }
    }

    #[test]
    fn importing_is_the_union_and_twice_adds_nothing(mine in any_log(), theirs in any_log()) {
        let (contradicting, fitting): (Vec<Record>, Vec<Record>) =
            theirs.records().iter().cloned().partition(|record| mine.contradicts(record));
        let theirs: AttemptLog = fitting.into_iter().collect();
        let mut union = mine.clone();
        let new = union.union(theirs.records().to_vec());
        let all: AttemptLog = theirs.records().iter().chain(&contradicting).cloned().collect();
        for text in [log::write(all.records()), csv::write(&all, &Catalog::default())] {
            let found = preview(&mine, &text).expect("our own");
            prop_assert_eq!(found.damaged, contradicting.len());
        }
        for text in [log::write(theirs.records()), csv::write(&theirs, &Catalog::default())] {
            let found = preview(&mine, &text).expect("our own");
            prop_assert_eq!((found.damaged, found.new + found.undos + found.resets + found.remarks), (0, new));
            prop_assert_eq!(found.new + found.known, theirs.len());
            let mut imported = mine.clone();
            prop_assert_eq!(imported.union(found.records), new);
            prop_assert_eq!(&imported, &union);
            let again = preview(&imported, &text).expect("our own");
            prop_assert_eq!((again.new, again.undos, again.records), (0, 0, Vec::new()));
            prop_assert_eq!((again.known, again.first, again.last), (theirs.len(), None, None));
        }
    }

    #[test]
    fn no_text_makes_importing_panic(text in nasty_text(), place in 0..2000usize, log in any_log()) {
        let _ = preview(&AttemptLog::default(), &text);
        let mut table: Vec<char> = csv::write(&log, &Catalog::default()).chars().collect();
        let place = place.min(table.len());
        table.splice(place..place, text.chars());
        let _ = preview(&AttemptLog::default(), &table.into_iter().collect::<String>());
    }
}

/// The cells of a table as any reader of RFC 4180 sees them.
fn cells(table: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut rest = table.trim_start_matches('\u{feff}');
    while !rest.is_empty() {
        let end = match rest.strip_prefix('"') {
            Some(quoted) => {
                let end = quoted.replace("\"\"", "''").find('"').expect("quotes are closed");
                cells.push(quoted[..end].replace("\"\"", "\""));
                end + 2
            }
            None => {
                let end = rest.find([',', '\r']).expect("lines end");
                cells.push(rest[..end].to_owned());
                end
            }
        };
        rest = &rest[end..];
        rest = rest.strip_prefix(',').or_else(|| rest.strip_prefix("\r\n")).expect("a cell ends here");
    }
    cells
}
