//! The log as a table for spreadsheets, and back, with nothing lost.
//!
//! The text is CSV as RFC 4180 has it, in UTF-8 with a byte order mark. Each attempt is a row with the undos of it; an
//! undo of something else has a row of its own, and so has every record of another kind. Reading goes by the names of the columns and forgives what
//! spreadsheets do to a table when they save it: other separators and ends of lines, other columns and orders, rows
//! without end, and great numbers rounded (`at_ms` is then taken from `time`). It never stops half-way: a row that
//! makes no sense is named and passed over. Nothing here may know what problems ask: columns such as the title are
//! for people and are not read.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

use super::refused::{BYTE_ORDER_MARK, Refused};
use crate::attempt::{Attempt, AttemptId, Record, Remark, RemarkKind, Undo};
use crate::catalog::{Catalog, Entry};
use crate::json;
use crate::learner::calendar::{self, Calendar, Date};
use crate::log::{AttemptLog, Read};
use crate::places;
use crate::problem::Slug;

/// The columns, as they are written.
#[rustfmt::skip]
const COLUMNS: [&str; 24] = [
    "id", "time", "at_ms", "slug", "title", "topic", "kind", "level", "concepts", "mark", "confidence", "took_ms", "seconds",
    "hints", "mode", "try", "revision", "counts", "undone_by", "undoes", "recounts", "event", "note", "answer",
];

/// What in a table makes it one of this app's.
const OURS: [&str; 3] = ["id", "slug", "answer"];

/// What must be read for an attempt or an undo to be the same as before. Tables of earlier releases have no other rows and
/// no columns for them, so those may be missing; a row that needs one then makes no sense.
#[rustfmt::skip]
const READ: [&str; 14] = [
    "id", "time", "at_ms", "slug", "mark", "confidence", "took_ms", "hints", "mode", "try", "revision", "undone_by", "undoes",
    "answer",
];

/// Writes the log as a table. What is said of problems is from `catalog`; of those that it does not know, only the name.
pub fn write(log: &AttemptLog, catalog: &Catalog) -> String {
    let mut table = Table { text: BYTE_ORDER_MARK.to_string(), is_first_cell: true };
    for name in COLUMNS {
        table.cell(name);
    }
    table.end_row();
    let undos = Undos::of(log);
    for record in log.records() {
        match record {
            Record::Attempt(attempt) => {
                let counts = attempt.is_first_try() && !log.has_lapsed(attempt.id);
                let counts = if counts { "yes" } else { "no" };
                write_attempt(&mut table, attempt, counts, undos.by_attempt(attempt.id), catalog);
            }
            Record::Undo(undo) if undos.has_attempt(undo) => {}
            Record::Undo(undo) => write_other(&mut table, record, catalog, &[("undoes", &undo.of.to_string())]),
            Record::Recount(recount) => {
                write_other(&mut table, record, catalog, &[("recounts", &recount.of.to_string())]);
            }
            Record::Reset(reset) => {
                write_other(&mut table, record, catalog, &[("slug", &reset.slug.0), ("event", RESET)])
            }
            Record::Remark(remark) => write_remark(&mut table, record, remark, catalog),
        }
    }
    table.text
}

/// What stands in the column `event` of a reset, and in that of a note. Other remarks have the names that they have in JSON.
const RESET: &str = "reset";
const NOTE: &str = "note";
/// Something of the handbook that is done, or not any more; the column `note` has the number of the item.
const DONE: &str = "done";
const NOT_DONE: &str = "not-done";
/// A story of the learner's own work; the column `note` has its text.
const STORY: &str = "story";
/// An interview that was rehearsed; the column `note` has its JSON.
const INTERVIEW: &str = "interview";

fn write_remark(table: &mut Table, record: &Record, remark: &Remark, catalog: &Catalog) {
    let slug = ("slug", &*remark.slug.0);
    match &remark.what {
        RemarkKind::Note(note) => write_other(table, record, catalog, &[slug, ("event", NOTE), ("note", note)]),
        RemarkKind::Story(story) => write_other(table, record, catalog, &[slug, ("event", STORY), ("note", story)]),
        RemarkKind::Interview(json) => {
            write_other(table, record, catalog, &[slug, ("event", INTERVIEW), ("note", json)]);
        }
        RemarkKind::Done(item) => {
            write_other(table, record, catalog, &[slug, ("event", DONE), ("note", &item.to_string())]);
        }
        RemarkKind::NotDone(item) => {
            write_other(table, record, catalog, &[slug, ("event", NOT_DONE), ("note", &item.to_string())]);
        }
        RemarkKind::Bookmarked | RemarkKind::NotBookmarked | RemarkKind::Suspended | RemarkKind::Resumed => {
            write_other(table, record, catalog, &[slug, ("event", &name(&remark.what))]);
        }
    }
}

/// Writes a row of a record that is no attempt: its id and time, and some cells of its own.
fn write_other(table: &mut Table, record: &Record, catalog: &Catalog, own: &[(&str, &str)]) {
    let own_cell = |column: &str| own.iter().find(|(name, _)| *name == column).map_or("", |(_, text)| text);
    let entry = catalog.entry(&Slug(own_cell("slug").into()));
    for column in COLUMNS {
        match column {
            "id" => table.cell(&record.id().to_string()),
            "time" => table.cell(&time(record.made_at_ms())),
            "at_ms" => table.number(record.made_at_ms()),
            "title" => table.cell(entry.map_or("", |entry| &entry.title)),
            "topic" => table.cell(entry.map_or("", |entry| &entry.topic.0)),
            own => table.cell(own_cell(own)),
        }
    }
    table.end_row();
}

fn write_attempt(table: &mut Table, attempt: &Attempt, counts: &str, undos: &[(AttemptId, Undo)], catalog: &Catalog) {
    let entry = catalog.entry(&attempt.slug);
    let of_entry = |text: fn(&Entry) -> &str| entry.map_or("", text);
    let concepts = entry.map(|entry| entry.concepts.join(" ")).unwrap_or_default();
    let mut undone_by = String::new();
    for (_, undo) in undos {
        if !undone_by.is_empty() {
            undone_by.push(' ');
        }
        undone_by.push_str(&format!("{}@{}", undo.id, undo.undone_at_ms));
    }
    table.cell(&attempt.id.to_string());
    table.cell(&time(attempt.answered_at_ms));
    table.number(attempt.answered_at_ms);
    table.cell(&attempt.slug.0);
    table.cell(of_entry(|entry| &entry.title));
    table.cell(of_entry(|entry| &entry.topic.0));
    table.cell(of_entry(|entry| entry.kind.name()));
    table.cell(of_entry(|entry| entry.level.name()));
    table.cell(&concepts);
    table.cell(&name(&attempt.mark));
    table.cell(&attempt.confidence.map(|confidence| name(&confidence)).unwrap_or_default());
    table.number(attempt.elapsed_ms);
    table.cell(&format!("{}.{}", attempt.elapsed_ms / 1000, attempt.elapsed_ms % 1000 / 100));
    table.number(attempt.hints.into());
    table.cell(&name(&attempt.mode));
    table.number(attempt.try_number.into());
    table.number(attempt.revision.into());
    table.cell(counts);
    table.cell(&undone_by);
    // The columns `undoes`, `recounts`, `event` and `note` are for records of other kinds.
    (0..4).for_each(|_| table.cell(""));
    table.cell(&in_ascii(&json_of(&attempt.answer)));
    table.end_row();
}

/// The undos of attempts that are in the log.
struct Undos {
    /// By the attempt, then by the undo.
    of: Vec<(AttemptId, Undo)>,
}

impl Undos {
    fn of(log: &AttemptLog) -> Undos {
        let is_of_attempt = |undo: &&Undo| log.attempt(undo.of).is_some();
        let mut of: Vec<(AttemptId, Undo)> = log.undos().filter(is_of_attempt).map(|undo| (undo.of, *undo)).collect();
        places::sort_by_key(&mut of, |(of, undo)| (*of, undo.id));
        Undos { of }
    }

    fn by_attempt(&self, id: AttemptId) -> &[(AttemptId, Undo)] {
        let first = self.of.partition_point(|(of, _)| *of < id);
        let count = self.of[first..].partition_point(|(of, _)| *of == id);
        &self.of[first..first + count]
    }

    fn has_attempt(&self, undo: &Undo) -> bool {
        !self.by_attempt(undo.of).is_empty()
    }
}

fn json_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("our own types have string keys and no failing serialisers")
}

/// The name of an enum's variant that holds nothing.
fn name(value: &impl Serialize) -> String {
    json_of(value).trim_matches('"').to_owned()
}

/// JSON with other letters than ASCII's escaped, so that a spreadsheet may save it in any encoding, and with none that parts cells.
fn in_ascii(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    for letter in json.chars() {
        // A `;` parts cells in some countries, and in JSON it only stands within texts.
        if letter.is_ascii() && letter != ';' {
            ascii.push(letter);
            continue;
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            ascii.push_str(&format!("\\u{unit:04x}"));
        }
    }
    ascii
}

/// In ms since 1970.
pub(super) const YEAR_10000: u64 = 253_402_300_800_000;

/// `2024-11-22T04:33:20.001Z`; nothing beyond the year 9999, which ISO 8601 has no agreed way to write.
fn time(at: u64) -> String {
    if at >= YEAR_10000 {
        return String::new();
    }
    let Date { year, month, day } = calendar::date(Calendar::default().day(at));
    let ms = at % calendar::MS_A_DAY;
    let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", ms % 1000)
}

/// The ms since 1970 of a time that [`time`] wrote.
fn ms_of(text: &str) -> Option<u64> {
    let part = |from, to| -> Option<u64> { text.get(from..to)?.parse().ok() };
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let date =
        Date { year: i64::try_from(year).ok()?, month: u32::try_from(month).ok()?, day: u32::try_from(day).ok()? };
    let days = u64::from(calendar::day_of(date)?);
    let ms = part(11, 13)? * 3_600_000 + part(14, 16)? * 60_000 + part(17, 19)? * 1000 + part(20, 23)?;
    let at = days * calendar::MS_A_DAY + ms;
    (time(at) == text).then_some(at)
}

/// A table that is being written.
struct Table {
    text: String,
    is_first_cell: bool,
}

impl Table {
    fn number(&mut self, number: u64) {
        self.cell(&number.to_string());
    }

    fn cell(&mut self, text: &str) {
        if !self.is_first_cell {
            self.text.push(',');
        }
        self.is_first_cell = false;
        let inside = guarded_inside(text);
        let guard = match inside {
            Some(_) => INSIDE,
            None if text.starts_with(FORMULA) || text.starts_with(BLANK_OR_GUARD) => "'",
            None => "",
        };
        let text = inside.as_deref().unwrap_or(text);
        // A separator of other countries is quoted too: then the table reads the same whatever is taken for one.
        if text.contains(['"', ',', ';', '\t', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ') {
            let quoted = text.replace('"', "\"\"");
            self.text.push_str(&format!("\"{guard}{quoted}\""));
        } else {
            self.text.push_str(guard);
            self.text.push_str(text);
        }
    }

    fn end_row(&mut self) {
        self.text.push_str("\r\n");
        self.is_first_cell = true;
    }
}

/// A spreadsheet may run a text as a formula if it begins so, some also by the wide signs of East Asia. A `'` before it prevents that.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// So does white space before one. A text that begins with `'` itself gets another one, so that reading knows which to take off.
const BLANK_OR_GUARD: [char; 3] = ['\t', '\r', '\''];

/// One that takes something else for the separator knows no quotes either, and begins a cell behind each of these.
const PARTING: [char; 4] = [';', '\t', '\r', '\n'];

/// What a cell begins with whose text is guarded in its middle as well. No text that is guarded at its beginning only begins so.
const INSIDE: &str = "'~";

/// The text with a `'` before each formula that would begin in its middle, and before each `'` that stands at such a place; none if it
/// has no formula there.
fn guarded_inside(text: &str) -> Option<String> {
    // Quotes are doubled when they are written, and two at the beginning of a cell stand for nothing.
    let is_formula = |place: usize| {
        text[..place].ends_with(PARTING) && text[place..].trim_start_matches(['"', ' ']).starts_with(FORMULA)
    };
    let is_guard = |place: usize| text[..place].ends_with(PARTING) && text[place..].starts_with('\'');
    if !text.char_indices().any(|(place, _)| is_formula(place)) {
        return None;
    }
    let mut guarded = String::with_capacity(text.len() + 8);
    for (place, letter) in text.char_indices() {
        guarded.extend(Some('\'').filter(|_| is_formula(place) || is_guard(place)));
        guarded.push(letter);
    }
    Some(guarded)
}

fn unguarded(cell: &str) -> Cow<'_, str> {
    let Some(guarded) = cell.strip_prefix(INSIDE) else {
        return Cow::Borrowed(cell.strip_prefix('\'').unwrap_or(cell));
    };
    let mut text = String::with_capacity(guarded.len());
    let mut is_behind_parting = false;
    for letter in guarded.chars() {
        let is_guard = is_behind_parting && letter == '\'';
        text.extend(Some(letter).filter(|_| !is_guard));
        is_behind_parting = !is_guard && PARTING.contains(&letter);
    }
    Cow::Owned(text)
}

/// Reads a table that [`write`] wrote, and that a spreadsheet may have saved again.
///
/// # Errors
/// When its columns are not those of such a table. Rows that make no sense are told in what is returned.
pub fn read(text: &str) -> Result<Read, Refused> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Refused::Empty);
    }
    let (columns, mut rows) = header(text)?;
    let mut read = Read::default();
    // Spreadsheets number rows from 1, and the names of the columns stand in the first.
    let mut number = 1;
    while let Some(row) = rows.next_row() {
        number += 1;
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if let Err(why) = read_row(&columns, &row, &mut read.records) {
            read.damaged.push(format!("row {number}: {why}"));
        }
    }
    Ok(read)
}

/// Where the columns are, and the rows below them.
fn header(text: &str) -> Result<(Columns, Rows<'_>), Refused> {
    let mut refused = Refused::Foreign;
    for separator in [',', ';', '\t'] {
        let mut rows = Rows { rest: text, separator };
        let Some(row) = rows.next_row() else { continue };
        let names = row.cells.iter().map(|cell| cell.trim().to_ascii_lowercase()).collect();
        let columns = Columns { names };
        let lacks = |name: &&&str| columns.place(name).is_none();
        if let Some(name) = OURS.iter().find(lacks) {
            if columns.names.len() > 1 && refused == Refused::Foreign {
                refused = Refused::OtherTable(name);
            }
            continue;
        }
        return match READ.iter().find(lacks) {
            Some(name) => Err(Refused::LostColumn(name)),
            None => Ok((columns, rows)),
        };
    }
    Err(refused)
}

/// The names of the columns in small letters, in their order in a table.
struct Columns {
    names: Vec<String>,
}

impl Columns {
    fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|cell| cell == name)
    }

    /// The text of a cell. Empty cells at a row's end may be left out.
    fn cell<'row>(&self, row: &'row Row, name: &str) -> Cow<'row, str> {
        self.place(name).and_then(|place| row.cells.get(place)).map_or(Cow::Borrowed(""), |cell| unguarded(cell))
    }
}

fn read_row(columns: &Columns, row: &Row, records: &mut Vec<Record>) -> Result<(), String> {
    if !row.is_whole {
        return Err("its last text has no end".to_owned());
    }
    let cell = |name| columns.cell(row, name);
    let mut fields = Fields { fields: Map::new() };
    fields.text("id", cell("id").trim());
    match cell("at_ms").trim().parse::<u64>().ok().or_else(|| ms_of(cell("time").trim())) {
        Some(at) => fields.insert("at", at.into()),
        None => return Err("at_ms: a whole number was expected".to_owned()),
    }
    let (undoes, recounts, event) = (cell("undoes"), cell("recounts"), cell("event"));
    let (undoes, recounts, event) = (undoes.trim(), recounts.trim(), event.trim());
    if !undoes.is_empty() {
        fields.text("undoes", undoes);
    } else if !recounts.is_empty() {
        fields.text("recounts", recounts);
    } else if event == RESET {
        fields.text("resets", &cell("slug"));
    } else if !event.is_empty() {
        fields.text("remarks", &cell("slug"));
        fields.insert("what", remark(columns, event, &cell("note"))?);
    } else {
        fields.text("slug", &cell("slug"));
        fields.number("revision", &cell("revision"));
        let answer = json::parse(&cell("answer")).map_err(|error| format!("answer: {error}"))?;
        fields.insert("answer", answer);
        fields.text("mark", cell("mark").trim());
        fields.number("took", &cell("took_ms"));
        fields.number("hints", &cell("hints"));
        let confidence = cell("confidence");
        let confidence = confidence.trim();
        if !confidence.is_empty() {
            fields.text("confidence", confidence);
        }
        fields.text("mode", cell("mode").trim());
        fields.number("try", &cell("try"));
    }
    let record: Record = json::from_value(Value::Object(fields.fields)).map_err(|error| error.to_string())?;
    let undos = undos(&cell("undone_by"), record.id())?;
    records.push(record);
    records.extend(undos);
    Ok(())
}

/// The JSON of what a remark says.
fn remark(columns: &Columns, event: &str, note: &str) -> Result<Value, String> {
    let is_of_item = event == DONE || event == NOT_DONE;
    if ![NOTE, STORY, INTERVIEW].contains(&event) && !is_of_item {
        return Ok(Value::String(event.to_owned()));
    }
    if columns.place(NOTE).is_none() {
        return Err("the table has lost its column “note”".to_owned());
    }
    let mut what = Fields { fields: Map::new() };
    if is_of_item {
        let item: u32 = note.trim().parse().map_err(|_| format!("note: `{note}` is no item of the handbook"))?;
        what.insert(event, item.into());
        return Ok(Value::Object(what.fields));
    }
    what.text(event, note);
    Ok(Value::Object(what.fields))
}

/// Reads the undos of an attempt: `id@ms`, with spaces between them.
fn undos(cell: &str, of: AttemptId) -> Result<Vec<Record>, String> {
    let mut undos = Vec::new();
    for text in cell.split_ascii_whitespace() {
        let undo = text.split_once('@').and_then(|(id, at)| {
            let (id, at) = (AttemptId::parse(id)?, at.parse().ok()?);
            Some(Undo { id, undone_at_ms: at, of })
        });
        undos.push(undo.ok_or_else(|| format!("undone_by: `{text}` is no undo"))?.into());
    }
    Ok(undos)
}

/// The JSON of a record, as it is made from a row. What is wrong with a field is said where the JSON is read.
struct Fields {
    fields: Map<String, Value>,
}

impl Fields {
    fn insert(&mut self, name: &str, value: Value) {
        self.fields.insert(name.to_owned(), value);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.insert(name, Value::String(text.to_owned()));
    }

    fn number(&mut self, name: &str, text: &str) {
        match text.trim().parse::<u64>() {
            Ok(number) => self.insert(name, number.into()),
            Err(_) => self.text(name, text),
        }
    }
}

/// The rows of a table that are left to read.
struct Rows<'text> {
    rest: &'text str,
    separator: char,
}

/// A row of a table.
struct Row {
    cells: Vec<String>,
    /// Whether the quotes of its last cell were closed.
    is_whole: bool,
}

impl Rows<'_> {
    /// The next row. Any text has rows: a quote within a cell that is not quoted stands for itself, and so does what
    /// follows a closing quote.
    fn next_row(&mut self) -> Option<Row> {
        if self.rest.is_empty() {
            return None;
        }
        let mut cells = Vec::new();
        let mut cell = String::new();
        let (mut is_quoted, mut is_begun) = (false, false);
        let mut letters = self.rest.chars();
        while let Some(letter) = letters.next() {
            let next = letters.as_str();
            match letter {
                '"' if is_quoted && next.starts_with('"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' if is_quoted => is_quoted = false,
                letter if is_quoted => cell.push(letter),
                '"' if !is_begun => (is_quoted, is_begun) = (true, true),
                '\r' if next.starts_with('\n') => {}
                '\r' | '\n' => break,
                letter if letter == self.separator => {
                    cells.push(std::mem::take(&mut cell));
                    is_begun = false;
                }
                letter => {
                    cell.push(letter);
                    is_begun = true;
                }
            }
        }
        self.rest = letters.as_str();
        cells.push(cell);
        Some(Row { cells, is_whole: !is_quoted })
    }
}
