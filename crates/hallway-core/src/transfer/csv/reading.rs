//! How the cells of one row are read.

use chrono::NaiveDate;

use super::MAX_COLUMNS;
use super::cells::{same_contact, split_contacts, split_names};
use super::dates::{Day, DayOrder, is_ambiguous, is_of_numbers, parse_day};
use super::mapping::{ColumnMapping, ImportTarget};
use super::newsletter::{said_no, yes_or_no};
use super::people::{
    Column, Columns, Happened, ImportedCountry, ImportedPerson, ImportedTouch, MetOn, Refusal, Unread,
};
use super::records::{Damage, Record};
use crate::countries;
use crate::normal::{ContactKind, fold, names_agree, whole_name};

/// As long as a name can be, in letters.
const NAME_LETTERS: usize = 200;

/// The person in a row. `None` for a row with nothing in it.
///
/// Spaces around a text are kept; a text of nothing but spaces is nothing. Cells of contact points may hold several
/// values, see [`split_names`](super::split_names) for tags.
pub fn person_from(columns: &Columns, record: &Record) -> Result<Option<ImportedPerson>, Refusal> {
    if record.is_blank() {
        return Ok(None);
    }
    read(columns, record).map(Some).map_err(|refusal| {
        let cells = columns.columns.iter().map(|column| &column.mapping).zip(record.cells.iter().map(String::as_str));
        Refusal { said_no: said_no(cells), ..refusal }
    })
}

fn read(columns: &Columns, record: &Record) -> Result<ImportedPerson, Refusal> {
    if let Some(damage) = record.damage {
        return Err(refused(record, None, damage_reason(damage, record.row)));
    }
    let mut reading = Reading {
        person: ImportedPerson { row: record.row, ..Default::default() },
        cards: columns.cards,
        ..Default::default()
    };
    for (column, cell) in columns.columns.iter().zip(&record.cells) {
        if cell.trim().is_empty() {
            continue;
        }
        match &column.mapping {
            ColumnMapping::Custom(label) => {
                reading.person.custom.push((label.clone(), plain_day(cell, column.day_order)));
            }
            ColumnMapping::Target(target) => {
                reading.look_for_day(*target, column, cell, columns.latest);
                reading.take(*target, column, cell, record, columns.latest)?;
            }
        }
    }
    reading.finish(record)
}

/// A person while the cells of their row go by.
#[derive(Default)]
struct Reading {
    person: ImportedPerson,
    cards: bool,
    name: Option<String>,
    /// First, middle and last, whatever the order of the columns.
    parts: [Option<(String, String)>; 3],
    nickname: Option<(String, String)>,
    said: Option<String>,
    newsletter: Option<(String, String)>,
    signed_up: Option<(Day, (String, String))>,
    /// Headers and texts that had no place.
    left_over: Vec<(String, String)>,
}

impl Reading {
    /// Notes what stands where a day should. A day that could be either of two is asked about, and not this.
    fn look_for_day(&mut self, target: ImportTarget, column: &Column, cell: &str, latest: Option<NaiveDate>) {
        let text = || shortened(cell);
        let unread = match unread_day(target, cell, column.day_order, latest) {
            Some(Why::NoDay) => Unread::NoDay(text()),
            Some(Why::ToCome) => Unread::ToCome(text()),
            None => return,
        };
        self.person.unread.push((column.header.clone(), unread));
    }

    fn take(
        &mut self,
        target: ImportTarget,
        column: &Column,
        cell: &str,
        record: &Record,
        latest: Option<NaiveDate>,
    ) -> Result<(), Refusal> {
        if let Some(kind) = target.contact() {
            return self.take_contacts(kind, column, cell, record);
        }
        let Reading {
            person,
            name,
            parts: [first, middle, last],
            nickname,
            said,
            newsletter,
            signed_up,
            left_over,
            ..
        } = self;
        let named = (column.header.clone(), cell.to_owned());
        match target {
            ImportTarget::Name => once(name, named, left_over),
            ImportTarget::Pronouns => once(&mut person.pronouns, named, left_over),
            ImportTarget::Organisation => once(&mut person.organisation, named, left_over),
            ImportTarget::RoleTitle => once(&mut person.role_title, named, left_over),
            ImportTarget::City => once(&mut person.city, named, left_over),
            ImportTarget::Languages => once(&mut person.languages, named, left_over),
            ImportTarget::TimeZone => once(&mut person.time_zone, named, left_over),
            ImportTarget::FirstName => once_with_header(first, named, left_over),
            ImportTarget::MiddleName => once_with_header(middle, named, left_over),
            ImportTarget::LastName => once_with_header(last, named, left_over),
            ImportTarget::Nickname => once_with_header(nickname, named, left_over),
            ImportTarget::Notes => add_line(&mut person.notes, cell),
            ImportTarget::BuildingNow => add_line(&mut person.building_now, cell),
            ImportTarget::Challenges => add_line(&mut person.challenges, cell),
            ImportTarget::Tags => add_names(&mut person.tags, cell),
            ImportTarget::Stack => add_names(&mut person.stack, cell),
            ImportTarget::Country => match &person.country {
                None => person.country = Some(ImportedCountry { raw: cell.to_owned(), code: countries::code_of(cell) }),
                Some(known) if fold(&known.raw) == fold(cell) => {}
                Some(known) if known.code.is_some() && known.code == countries::code_of(cell) => {}
                Some(_) => left_over.push(named),
            },
            ImportTarget::MetOn => match (parse_day(cell, column.day_order), &person.met_on) {
                (Some(Day { date, precision }), None) => {
                    person.met_on = Some(MetOn { date, precision, raw: plain_day(cell, column.day_order) });
                }
                (Some(day), Some(known)) if known.date == day.date => {}
                _ => left_over.push(named),
            },
            ImportTarget::Said => add_line(said, cell),
            ImportTarget::Newsletter => match yes_or_no(cell) {
                // Of two columns that say it otherwise, the no holds.
                Some(yes) => {
                    person.newsletter = Some(yes && person.newsletter.unwrap_or(true));
                    newsletter.get_or_insert(named);
                }
                None => {
                    person.unclear.get_or_insert((named.0.clone(), shortened(cell)));
                    left_over.push(named);
                }
            },
            ImportTarget::SignedUpOn => match (parse_day(cell, column.day_order), signed_up.is_some()) {
                (Some(day), false) => *signed_up = Some((day, named)),
                _ => left_over.push(named),
            },
            ImportTarget::LastContacted | ImportTarget::LastMet | ImportTarget::LastSpoke | ImportTarget::LastHeard => {
                let how = match target {
                    ImportTarget::LastMet => Happened::Met,
                    ImportTarget::LastSpoke => Happened::Spoke,
                    ImportTarget::LastHeard => Happened::Heard,
                    _ => Happened::Wrote,
                };
                match parse_day(cell, column.day_order).filter(|day| latest.is_none_or(|latest| day.date <= latest)) {
                    Some(day) => person.touches.push(ImportedTouch { how, day: Some(day), note: None }),
                    None => left_over.push(named),
                }
            }
            // Skipped, or a contact point, which was taken above.
            _ => {}
        }
        Ok(())
    }

    fn take_contacts(
        &mut self,
        kind: ContactKind,
        column: &Column,
        cell: &str,
        record: &Record,
    ) -> Result<(), Refusal> {
        let values = split_contacts(kind, cell).map_err(|wrong| {
            let (place, correct) = (self.place(record), if self.cards { "Correct it where it came from" } else { "Correct it" });
            let reason = format!(
                "“{}” in {place} is not an e-mail address. {correct}, or map the column “{}” to another field, and import \
                 the file again.",
                shortened(wrong),
                column.header
            );
            refused(record, Some(&column.header), reason)
        })?;
        for value in values {
            let mut known = self.person.contacts.iter().filter(|(other, _)| *other == kind);
            if !known.any(|(_, known)| same_contact(kind, known, value)) {
                self.person.contacts.push((kind, value.to_owned()));
            }
        }
        Ok(())
    }

    /// "row 3", or the card it was.
    fn place(&self, record: &Record) -> String {
        if self.cards { format!("card {}", record.row.saturating_sub(1)) } else { format!("row {}", record.row) }
    }

    fn finish(mut self, record: &Record) -> Result<ImportedPerson, Refusal> {
        let place = self.place(record);
        let [given, middle, family] =
            self.parts.each_ref().map(|part| part.as_ref().map_or("", |(_, part)| part.as_str()));
        let joined = whole_name(given, middle, family);
        let parts = self.parts.into_iter().flatten();
        match (self.name, joined.is_empty(), self.nickname) {
            (Some(name), _, nickname) => {
                if !joined.is_empty() && !names_agree(&name, &joined) {
                    self.left_over.extend(parts);
                }
                self.left_over.extend(nickname.filter(|(_, nickname)| !names_agree(&name, nickname)));
                self.person.name = name;
            }
            (None, false, nickname) => {
                self.left_over.extend(nickname.filter(|(_, nickname)| !names_agree(&joined, nickname)));
                self.person.name = joined;
            }
            (None, true, Some((_, nickname))) => self.person.name = nickname,
            (None, true, None) => {
                let reason = if self.cards {
                    format!("There is no name on {place}. Fill one in where it came from, and import the cards again.")
                } else {
                    format!(
                        "Row {} has no name. Map a name column, or fill one in and import the file again.",
                        record.row
                    )
                };
                return Err(refused(record, None, reason));
            }
        }
        if self.person.name.chars().count() > NAME_LETTERS {
            let reason = format!(
                "The name in {place} is longer than {NAME_LETTERS} letters. Shorten it and import the file again."
            );
            return Err(refused(record, None, reason));
        }
        match (self.person.touches.first_mut(), self.said) {
            (Some(touch), said) => touch.note = said,
            (None, Some(said)) => {
                self.person.touches.push(ImportedTouch { how: Happened::Wrote, day: None, note: Some(said) });
            }
            (None, None) => {}
        }
        // A yes needs an address to which it is sent; a no is theirs, whatever that is.
        let has_address = self.person.contacts.iter().any(|(kind, _)| *kind == ContactKind::Email);
        if self.person.newsletter != Some(false) && !has_address {
            self.person.newsletter = None;
            self.left_over.extend(self.newsletter);
        }
        match self.signed_up {
            Some((day, _)) if self.person.newsletter == Some(true) => self.person.signed_up_on = Some(day),
            other => self.left_over.extend(other.map(|(_, named)| named)),
        }
        for (header, text) in self.left_over {
            add_line(&mut self.person.notes, &format!("{header}: {text}"));
        }
        Ok(self.person)
    }
}

/// Why a text under a column of days is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    NoDay,
    ToCome,
}

/// Why a text that stands where a day should is not taken for one: it is no day, whichever number of it comes first, or
/// something is said to have happened on it that cannot have happened yet.
pub(super) fn unread_day(
    target: ImportTarget,
    cell: &str,
    order: Option<DayOrder>,
    latest: Option<NaiveDate>,
) -> Option<Why> {
    if !target.takes_day() {
        return None;
    }
    let either =
        || [DayOrder::DayFirst, DayOrder::MonthFirst].into_iter().any(|order| parse_day(cell, Some(order)).is_some());
    match parse_day(cell, order) {
        Some(day) if target != ImportTarget::MetOn && latest.is_some_and(|latest| day.date > latest) => {
            Some(Why::ToCome)
        }
        None if !either() => Some(Why::NoDay),
        _ => None,
    }
}

/// The first text stays; another one that says something else is left over.
fn once(slot: &mut Option<String>, named: (String, String), left_over: &mut Vec<(String, String)>) {
    match slot {
        None => *slot = Some(named.1),
        Some(known) if fold(known) == fold(&named.1) => {}
        Some(_) => left_over.push(named),
    }
}

/// Like [`once`], for a text that may be left over itself.
fn once_with_header(
    slot: &mut Option<(String, String)>,
    named: (String, String),
    left_over: &mut Vec<(String, String)>,
) {
    match slot {
        None => *slot = Some(named),
        Some((_, known)) if fold(known) == fold(&named.1) => {}
        Some(_) => left_over.push(named),
    }
}

/// A day of a column whose order had to be told, written so that everybody reads it alike: those after the twelfth, too,
/// though they could be read without it. Anything else as it is.
fn plain_day(cell: &str, order: Option<DayOrder>) -> String {
    match parse_day(cell, order) {
        Some(day) if order.is_some() && (is_ambiguous(cell) || is_of_numbers(cell)) => day.date.to_string(),
        _ => cell.to_owned(),
    }
}

fn add_line(text: &mut Option<String>, line: &str) {
    match text {
        None => *text = Some(line.to_owned()),
        Some(text) => {
            text.push('\n');
            text.push_str(line);
        }
    }
}

fn add_names(names: &mut Vec<String>, cell: &str) {
    for name in split_names(cell) {
        if !names.iter().any(|known| fold(known) == fold(&name)) {
            names.push(name);
        }
    }
}

fn damage_reason(damage: Damage, row: u64) -> String {
    match damage {
        Damage::OpenQuote => {
            format!(
                "Row {row} opens a quotation mark that is not closed. Close or remove it and import the file again."
            )
        }
        Damage::TooManyCells => {
            format!(
                "Row {row} has more than {MAX_COLUMNS} cells. Split the file into narrower ones and import them again."
            )
        }
    }
}

fn refused(record: &Record, column: Option<&str>, reason: String) -> Refusal {
    Refusal { row: record.row, column: column.map(str::to_owned), reason, said_no: None }
}

/// A text short enough for a sentence.
fn shortened(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(59).chain(['…']).collect() }
}
