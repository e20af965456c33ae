//! What can be chosen in a field, and what was chosen: they are reworded together, so that a value is a choice still.
use crate::{
    error::{Result, invalid},
    fields::{FieldKind, FieldRow, FieldValueRow, value_id},
    id::Id,
    normal::fold,
    record::Record,
    store::Tx,
    subject::named::{Found, Names},
};
use std::collections::{BTreeMap, BTreeSet};

/// How choices read from now on.
#[derive(Default)]
pub(super) struct Renamed {
    /// By the field and by how they read before.
    choices: BTreeMap<(Id, String), String>,
    /// The fields of which they are, by the values that say something of them or once did.
    fields: BTreeMap<Id, Id>,
}

/// Whether a text is what somebody chose, and is one of the choices still: it follows them, and is not decided by itself.
fn was_chosen(tx: &Tx, found: &Found) -> Result<bool> {
    if found.table != FieldValueRow::TABLE.name || found.column != "raw" {
        return Ok(false);
    }
    let field: Option<FieldRow> =
        tx.find_one("WHERE id = (SELECT field_id FROM field_values WHERE id = ?1)", [found.row])?;
    Ok(field.is_some_and(|field| field.kind == FieldKind::Choice && field.choices.0.contains(&found.whole)))
}

/// Parts texts into those that are decided, and those that were chosen. Before any is reworded.
pub(super) fn parted(tx: &Tx, all: Vec<Found>) -> Result<(Vec<Found>, Vec<Found>)> {
    let (mut decided, mut chosen) = (Vec::with_capacity(all.len()), Vec::new());
    for found in all {
        match was_chosen(tx, &found)? {
            true => chosen.push(found),
            false => decided.push(found),
        }
    }
    Ok((decided, chosen))
}

impl Renamed {
    /// Remembers how the choices of a field read now, each in a line of its own.
    ///
    /// # Errors
    /// `invalid` when there are not as many as before.
    pub fn choices(&mut self, found: &Found, anew: &str) -> Result<()> {
        if found.table != FieldRow::TABLE.name || found.column != "choices" {
            return Ok(());
        }
        let after: Vec<&str> = anew.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let before: Vec<&str> = found.whole.split('\n').collect();
        if before.len() != after.len() {
            return invalid(
                "decisions",
                format!(
                    "Write each choice in a line of its own, as many as there are: what was chosen follows it. They read “{}”.",
                    before.join("”, “")
                ),
            );
        }
        let changed = before.into_iter().zip(after).filter(|(before, after)| before != after);
        self.choices.extend(changed.map(|(before, after)| ((found.row, before.to_owned()), after.to_owned())));
        Ok(())
    }

    /// Refuses choices of which two would read the same that did not: nobody could tell any more which was chosen.
    ///
    /// # Errors
    /// `invalid` when there are such.
    pub fn stay_apart(found: &Found, anew: &str) -> Result<()> {
        if found.table != FieldRow::TABLE.name || found.column != "choices" {
            return Ok(());
        }
        let mut read: BTreeMap<String, String> = BTreeMap::new();
        for (before, after) in found.whole.split('\n').zip(anew.lines().filter(|line| !line.trim().is_empty())) {
            let known = read.insert(fold(after), fold(before));
            if known.is_some_and(|known| known != fold(before)) {
                return invalid(
                    "decisions",
                    format!(
                        "Write the choices anew, each in its own words: two of them would read “{}”, and nobody could tell any more which was chosen.",
                        after.trim()
                    ),
                );
            }
        }
        Ok(())
    }

    /// How a text of the history about what was chosen reads from now on, where it names them.
    pub fn of_history(&self, names: &Names, table: &str, row: Id, column: &str, text: &str) -> Option<&String> {
        if table != FieldValueRow::TABLE.name
            || column != "raw"
            || names.places_in_part(text, &Default::default()).is_empty()
        {
            return None;
        }
        self.choices.get(&(*self.fields.get(&row)?, text.to_owned()))
    }

    /// Writes what was chosen as the choices read now. Returns the values it wrote.
    ///
    /// # Errors
    /// Whatever the file says.
    pub fn follow(&mut self, tx: &mut Tx) -> Result<Vec<Id>> {
        let mut written = Vec::new();
        // All of them are read before one is written: two choices may have changed places.
        let mut anew: Vec<(Id, &String)> = Vec::new();
        for ((field, before), after) in &self.choices {
            let values: Vec<Id> =
                tx.column("SELECT id FROM field_values WHERE field_id = ?1 AND raw = ?2", (field, before))?;
            anew.extend(values.into_iter().map(|value| (value, after)));
        }
        for (value, after) in anew {
            tx.reword(&FieldValueRow::TABLE, value, "raw", after, false)?;
            written.push(value);
        }
        self.fields = values_of(tx, self.choices.keys().map(|(field, _)| *field).collect())?;
        Ok(written)
    }
}

/// The values of these fields, also those of which only the history is left: by the value, the field.
fn values_of(tx: &Tx, fields: BTreeSet<Id>) -> Result<BTreeMap<Id, Id>> {
    let mut values = BTreeMap::new();
    if fields.is_empty() {
        return Ok(values);
    }
    const WHOSE: &str =
        "SELECT DISTINCT p.person FROM changes c JOIN change_people p ON p.change = c.id WHERE c.tbl = 'field_values'";
    for person in tx.column::<Id>(WHOSE, [])? {
        values.extend(fields.iter().map(|field| (value_id(person, *field), *field)));
    }
    Ok(values)
}
