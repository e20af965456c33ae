//! Fields of the person's own making: a label, a kind, and a typed value for each person.
use crate::{
    error::{Result, invalid},
    id::Id,
    normal::fold,
    people,
    record::{AsJson, Check},
    rpc::Empty,
    store::{Subject, Tx},
    time,
    transfer::csv,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

words! {
    pub enum FieldKind { Text = "text", Number = "number", Date = "date", Choice = "choice", YesNo = "yes_no", }
}

record! {
    /// A field of the person's own making.
    pub struct FieldRow in "fields" as "field", Shared, concerns Nobody, hangs on [] {
        /// The field's own id.
        pub id: Id,
        /// Fixed when the field is made.
        pub key: String,
        /// Its name; free.
        pub label: String,
        /// What it holds.
        pub kind: FieldKind,
        /// What can be chosen, for a choice.
        pub choices: AsJson<Vec<String>>,
    }
}
impl Check for FieldRow {
    fn check(&self) -> Result<()> {
        if self.label.trim().is_empty() {
            return invalid("label", "Give the field a name.");
        }
        Ok(())
    }
    fn complete(&mut self) {
        if self.key.is_empty() {
            self.key = key(&self.label);
        }
    }
}

record! {
    /// What a field of one's own says about somebody.
    pub struct FieldValueRow in "field_values" as "value", Joined, concerns Column("person_id"),
    hangs on ["person_id" -> "people", "field_id" -> "fields"] {
        /// Follows from the person and the field.
        pub id: Id,
        /// Whom it is about.
        pub person_id: Id,
        /// Which field.
        pub field_id: Id,
        /// As typed; it must be what the field's kind takes.
        pub raw: String,
        /// The number it says, for numbers and yes or no.
        pub number: Option<f64>,
        /// The day it says, for dates.
        pub date: Option<String>,
    }
}
impl FieldValueRow {
    /// Reads the text as the field demands.
    ///
    /// # Errors
    /// `invalid` for `value`, with what it is not.
    pub(crate) fn read_as(&mut self, field: &FieldRow) -> Result<()> {
        let Typed { raw, number, date } = typed(field, &self.raw)?;
        (self.raw, self.number, self.date) = (raw, number, date);
        Ok(())
    }
}
impl Check for FieldValueRow {
    fn complete(&mut self) {
        self.id = value_id(self.person_id, self.field_id);
    }
}

/// The id of what a field says about somebody.
pub(crate) fn value_id(person: Id, field: Id) -> Id {
    Id::derived("field_values", &[&person.0, &field.0])
}

fn key(label: &str) -> String {
    fold(label).replace(' ', "_")
}

#[derive(Debug, Serialize, TS)]
pub struct Field {
    pub id: Id,
    pub key: String,
    pub label: String,
    pub kind: FieldKind,
    pub choices: Vec<String>,
}

#[derive(Debug, Deserialize, TS)]
pub struct NewField {
    pub label: String,
    pub kind: FieldKind,
    pub choices: Vec<String>,
}

#[derive(Debug, Deserialize, TS)]
pub struct SetField {
    pub person: Id,
    pub field: Id,
    /// As typed; empty takes the value away.
    pub value: String,
}

#[derive(Debug, Serialize, TS)]
pub struct FieldValue {
    pub field: Id,
    pub label: String,
    pub kind: FieldKind,
    pub value: String,
}

/// The key each field was made with, by `field:` and its id.
pub(crate) fn keys(tx: &Tx) -> Result<std::collections::HashMap<String, String>> {
    let fields = list(tx, Empty {})?;
    Ok(fields.into_iter().map(|field| (format!("field:{}", field.id), field.key)).collect())
}

pub fn list(tx: &Tx, _: Empty) -> Result<Vec<Field>> {
    Ok(tx.find::<FieldRow>("WHERE deleted_at IS NULL ORDER BY rid", [])?.into_iter().map(shown).collect())
}

pub fn define(tx: &mut Tx, input: NewField) -> Result<Field> {
    let label = input.label.trim().to_owned();
    if list(tx, Empty {})?.iter().any(|f| fold(&f.label) == fold(&label)) {
        return invalid("label", format!("There is already a field called {label}."));
    }
    let choices: Vec<String> = input.choices.iter().map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect();
    if input.kind == FieldKind::Choice && choices.len() < 2 {
        return invalid("choices", "Name at least two choices.");
    }
    let row = FieldRow { id: tx.new_id(), key: key(&label), label, kind: input.kind, choices: AsJson(choices) };
    tx.insert(&row)?;
    tx.about(Subject::Row("fields", row.id), None, None)?;
    Ok(shown(row))
}

/// The field of that label, made as text if there is none.
pub(crate) fn labelled(tx: &mut Tx, label: &str) -> Result<Id> {
    let found =
        tx.find::<FieldRow>("WHERE deleted_at IS NULL", [])?.into_iter().find(|f| fold(&f.label) == fold(label));
    match found {
        Some(field) => Ok(field.id),
        None => Ok(define(tx, NewField { label: label.into(), kind: FieldKind::Text, choices: vec![] })?.id),
    }
}

pub fn set(tx: &mut Tx, input: SetField) -> Result<Empty> {
    let person = people::root(tx, input.person)?;
    write(tx, person, input.field, input.value.trim())?;
    tx.about(Subject::Person(person), None, None)?;
    Ok(Empty {})
}

/// Writes a value as its field's kind demands, for the row that stands for somebody. Returns whether anything changed.
pub(crate) fn write(tx: &mut Tx, person: Id, field: Id, raw: &str) -> Result<bool> {
    let field: FieldRow = tx.get(field)?;
    if raw.is_empty() {
        // Every row that is them may say something here, and none would be seen behind another.
        let values: Vec<Id> = tx.column(
            "SELECT id FROM field_values WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND field_id = ?2",
            (person, field.id),
        )?;
        for value in &values {
            tx.remove::<FieldValueRow>(*value)?;
        }
        return Ok(!values.is_empty());
    }
    match valued(&field, person, raw)? {
        Some(row) => tx.put(&row),
        None => Ok(false),
    }
}

/// The value of somebody's field as a row, not yet written; nothing for no text.
///
/// # Errors
/// As [`typed`].
pub(crate) fn valued(field: &FieldRow, person_id: Id, raw: &str) -> Result<Option<FieldValueRow>> {
    if raw.is_empty() {
        return Ok(None);
    }
    let Typed { raw, number, date } = typed(field, raw)?;
    let id = value_id(person_id, field.id);
    Ok(Some(FieldValueRow { id, person_id, field_id: field.id, raw, number, date }))
}

/// A text as a field of some kind takes it.
pub(crate) struct Typed {
    /// As typed, except that a choice and a yes are spelled as the field spells them.
    pub raw: String,
    pub number: Option<f64>,
    pub date: Option<String>,
}

/// Reads a text as its field's kind demands.
///
/// # Errors
/// `invalid` for `value`, with what it is not.
pub(crate) fn typed(field: &FieldRow, raw: &str) -> Result<Typed> {
    let mut typed = Typed { raw: raw.to_owned(), number: None, date: None };
    let text = raw.trim();
    match field.kind {
        FieldKind::Text => {}
        FieldKind::Number => match number(text) {
            Some(n) => typed.number = Some(n),
            None => return invalid("value", format!("“{text}” is not a number. Write it like 1234.5.")),
        },
        FieldKind::Date => match csv::parse_day(text, None) {
            Some(csv::Day { date, precision: csv::DayPrecision::Day }) => typed.date = Some(date.to_string()),
            _ => typed.date = Some(time::day("value", text)?.to_string()),
        },
        FieldKind::Choice => {
            let AsJson(choices) = &field.choices;
            match choices.iter().find(|choice| fold(choice) == fold(text)) {
                Some(choice) => typed.raw.clone_from(choice),
                None => return invalid("value", format!("“{text}” is not one of {}.", choices.join(", "))),
            }
        }
        FieldKind::YesNo => match fold(text).as_str() {
            "yes" | "y" | "true" | "1" => (typed.raw, typed.number) = ("yes".into(), Some(1.0)),
            "no" | "n" | "false" | "0" => (typed.raw, typed.number) = ("no".into(), Some(0.0)),
            _ => return invalid("value", format!("“{text}” is neither yes nor no.")),
        },
    }
    Ok(typed)
}

/// A number with a point or a comma. "1,234" could be either of two, so it is neither.
fn number(text: &str) -> Option<f64> {
    let ambiguous = text.split_once(',').is_some_and(|(whole, rest)| {
        rest.len() == 3 && rest.bytes().all(|b| b.is_ascii_digit()) && whole.trim_start_matches(['+', '-']) != "0"
    });
    let n = text.replace(',', ".").parse::<f64>().ok()?;
    (n.is_finite() && !ambiguous).then_some(n)
}

/// Somebody's values, in the order the fields were made: of the row that stands for them, and what that leaves blank of
/// the others.
pub fn of(tx: &Tx, person: Id) -> Result<Vec<FieldValue>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT f.id, f.label, f.kind, v.raw FROM field_values v JOIN fields f ON f.id = v.field_id 
         WHERE v.person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND f.deleted_at IS NULL
         ORDER BY f.rid, v.person_id <> ?1, v.rid",
    )?;
    let mut values: Vec<FieldValue> = query
        .query_map([person], |r| {
            Ok(FieldValue { field: r.get(0)?, label: r.get(1)?, kind: r.get(2)?, value: r.get(3)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    values.dedup_by_key(|value| value.field);
    Ok(values)
}

fn shown(row: FieldRow) -> Field {
    Field { id: row.id, key: row.key, label: row.label, kind: row.kind, choices: row.choices.0 }
}
