//! One row, one person.

use chrono::NaiveDate;

use super::dates::{Day, DayOrder, DayPrecision, day_order};
use super::mapping::ColumnMapping;
use super::records::Record;
use crate::normal::ContactKind;

/// A person as a row tells of them. Every text is kept exactly as it stands in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportedPerson {
    /// See [`Record::row`].
    pub row: u64,
    /// Never blank. The name column, or the parts of a name with spaces between them, or the nickname.
    pub name: String,
    /// The name of where they work.
    pub organisation: Option<String>,
    /// What they do there.
    pub role_title: Option<String>,
    /// As written.
    pub city: Option<String>,
    /// As written, with its code when it is known.
    pub country: Option<ImportedCountry>,
    /// As written.
    pub pronouns: Option<String>,
    /// As written: tags by BCP 47, or words.
    pub languages: Option<String>,
    /// As written: an IANA name, or anything else.
    pub time_zone: Option<String>,
    /// The notes columns, then a line `Header: text` for each mapped text that had no other place: a day that could not
    /// be read, a second organisation, a nickname beside a name.
    pub notes: Option<String>,
    /// What they are working on; several columns become several lines.
    pub building_now: Option<String>,
    /// What they struggle with; several columns become several lines.
    pub challenges: Option<String>,
    /// Names of topics, each once.
    pub tags: Vec<String>,
    /// Names of technologies, each once.
    pub stack: Vec<String>,
    /// In the order of the columns; the same address twice is there once.
    pub contacts: Vec<(ContactKind, String)>,
    /// Labels of custom fields with their values, in the order of the columns.
    pub custom: Vec<(String, String)>,
    /// Set only when the day could be read; see `notes`.
    pub met_on: Option<MetOn>,
    /// What happened with them, as far as the row tells.
    pub touches: Vec<ImportedTouch>,
    /// Whether they want the newsletter: yes at the row's first e-mail address, and without one the word is in the notes; no at
    /// all of them, and without one whatever they are written to at.
    pub newsletter: Option<bool>,
    /// The day on which they signed up for it, of somebody who wants it. Otherwise the day is in the notes.
    pub signed_up_on: Option<Day>,
    /// What stands in a column on the newsletter and is neither yes nor no, under its header. It is in the notes as well.
    pub unclear: Option<(String, String)>,
    /// Headers with what stands below them instead of a day; it is in the notes.
    pub unread: Vec<(String, Unread)>,
}

/// What stands where a day should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// A text that is no day.
    NoDay(String),
    /// A day that has not come yet, so that nothing happened on it.
    ToCome(String),
}

/// What it is that happened, told by the column it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// We wrote to them.
    Wrote,
    /// They wrote to us.
    Heard,
    /// We met.
    Met,
    /// We talked, not face to face.
    Spoke,
}

/// Something that happened with somebody, as a row tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTouch {
    pub how: Happened,
    /// Missing when only what was said is known.
    pub day: Option<Day>,
    pub note: Option<String>,
}

/// A country as written, and which one it is when that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedCountry {
    /// Exactly as in the file.
    pub raw: String,
    /// ISO 3166-1 alpha-2.
    pub code: Option<&'static str>,
}

/// The day two people met, and how the file writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetOn {
    /// The day, or the first of the month or the year; see `precision`.
    pub date: NaiveDate,
    /// How much of `date` the file says.
    pub precision: DayPrecision,
    /// Exactly as in the file.
    pub raw: String,
}

/// Why a row is not imported, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// See [`Record::row`].
    pub row: u64,
    /// The header of the column that is wrong, when it is one column.
    pub column: Option<String>,
    /// Names the row, so that it can stand alone.
    pub reason: String,
    /// Of a row that says no to the newsletter: its e-mail addresses that can be read. Who said no has done so, whatever else
    /// is wrong with the row.
    pub said_no: Option<Vec<String>>,
}

/// The columns of a file and where they go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    pub(super) columns: Vec<Column>,
    /// The last day on which something can have happened.
    pub(super) latest: Option<NaiveDate>,
    /// Whether its rows were cards, so that sentences speak of cards.
    pub(super) cards: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub header: String,
    pub mapping: ColumnMapping,
    pub day_order: Option<DayOrder>,
}

impl Columns {
    /// A header without a mapping is skipped. The samples prove whether `03/04/2024` begins with the day or the month.
    pub fn new(headers: &[String], mapping: &[ColumnMapping], samples: &[Record]) -> Columns {
        let column = |(index, header): (usize, &String)| {
            let mapping = mapping.get(index).cloned().unwrap_or(ColumnMapping::SKIP);
            let day_order = matches!(mapping, ColumnMapping::Target(target) if target.takes_day())
                .then(|| day_order(samples.iter().filter_map(|record| record.cells.get(index)).map(String::as_str)))
                .flatten();
            Column { header: header.clone(), mapping, day_order }
        };
        Columns { columns: headers.iter().enumerate().map(column).collect(), latest: None, cards: false }
    }

    /// As [`new`](Columns::new), with the order of each column's days as it was found out over all rows, or said.
    pub fn ordered(headers: &[String], mapping: &[ColumnMapping], orders: &[Option<DayOrder>]) -> Columns {
        let column = |(index, header): (usize, &String)| Column {
            header: header.clone(),
            mapping: mapping.get(index).cloned().unwrap_or(ColumnMapping::SKIP),
            day_order: orders.get(index).copied().flatten(),
        };
        Columns { columns: headers.iter().enumerate().map(column).collect(), latest: None, cards: false }
    }

    /// The same, where every row was a card.
    pub fn of_cards(self) -> Columns {
        Columns { cards: true, ..self }
    }

    /// The same, where nothing can have happened after this day.
    pub fn until(self, latest: NaiveDate) -> Columns {
        Columns { latest: Some(latest), ..self }
    }
}
