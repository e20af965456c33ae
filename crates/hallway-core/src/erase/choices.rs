//! What can be chosen in a field, and what was chosen: they are reworded together, so that a value is a choice still.
use crate::{
    error::{Result, invalid},
    fields::{FieldKind, FieldRow, FieldValueRow},
    id::Id,
    record::Record,
    store::Tx,
    subject::named::{Found, Names},
};
use std::collections::BTreeMap;

/// How choices read from now on, by the field and by how they read before.
#[derive(Default)]
pub(super) struct Renamed(BTreeMap<(Id, String), String>);

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
        self.0.extend(changed.map(|(before, after)| ((found.row, before.to_owned()), after.to_owned())));
        Ok(())
    }

    /// How a text of the history about what was chosen reads from now on, where it names them.
    pub fn of_history(&self, names: &Names, table: &str, column: &str, text: &str) -> Option<&String> {
        if table != FieldValueRow::TABLE.name
            || column != "raw"
            || names.places_in_part(text, &Default::default()).is_empty()
        {
            return None;
        }
        self.0.iter().find(|((_, before), _)| before == text).map(|(_, after)| after)
    }

    /// Writes what was chosen as the choices read now. Returns the values it wrote.
    ///
    /// # Errors
    /// Whatever the file says.
    pub fn follow(&self, tx: &mut Tx) -> Result<Vec<Id>> {
        let mut written = Vec::new();
        // All of them are read before one is written: two choices may have changed places.
        let mut anew: Vec<(Id, &String)> = Vec::new();
        for ((field, before), after) in &self.0 {
            let values: Vec<Id> =
                tx.column("SELECT id FROM field_values WHERE field_id = ?1 AND raw = ?2", (field, before))?;
            anew.extend(values.into_iter().map(|value| (value, after)));
        }
        for (value, after) in anew {
            tx.reword(&FieldValueRow::TABLE, value, "raw", after, false)?;
            written.push(value);
        }
        Ok(written)
    }
}
