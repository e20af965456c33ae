//! Where somebody worked goes with them, when nobody else is there and nothing else names it: it would be left in the file
//! for nobody, and may be called like them.
use crate::{
    error::Result,
    id::Id,
    organisations::Organisation,
    record::Record,
    store::{Leaving, Tx},
};
use serde::Serialize;
use std::collections::BTreeSet;
use ts_rs::TS;

/// An organisation that only those had who are to be erased.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OnlyTheirs {
    pub id: Id,
    pub name: String,
}

/// Those that nothing names but what leaves: where they are, and where the history says they were.
pub(super) fn only_theirs(tx: &Tx, people: &[Id], leaving: &Leaving) -> Result<Vec<OnlyTheirs>> {
    let mut theirs: BTreeSet<Id> = BTreeSet::new();
    for person in people {
        theirs.extend(tx.column::<Id>(
            "SELECT organisation_id FROM people WHERE id = ?1 AND organisation_id IS NOT NULL",
            [person],
        )?);
        let lines: Vec<String> = tx.column(
            "SELECT coalesce(c.old, '{}') FROM changes c WHERE c.tbl = 'people' AND c.row_id = ?1
             UNION ALL SELECT coalesce(c.new, '{}') FROM changes c WHERE c.tbl = 'people' AND c.row_id = ?1",
            [person],
        )?;
        for line in lines {
            let said: serde_json::Value = serde_json::from_str(&line)?;
            theirs.extend(said["organisation_id"]["id"].as_str().and_then(|id| id.parse::<Id>().ok()));
        }
    }
    let mut only = Vec::new();
    for id in theirs {
        let Some(organisation) = tx.find_one::<Organisation>("WHERE id = ?1", [id])? else { continue };
        if !anything_else_names(tx, id, leaving)? {
            only.push(OnlyTheirs { id, name: organisation.name });
        }
    }
    only.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    Ok(only)
}

/// Whether a row that stays names an organisation: alive, in the trash or taken back, since each may come back.
pub(super) fn anything_else_names(tx: &Tx, organisation: Id, leaving: &Leaving) -> Result<bool> {
    for table in tx.store().tables() {
        for (column, _) in tx.references(table)?.iter().filter(|(_, parent)| parent == Organisation::TABLE.name) {
            let sql = format!("SELECT id FROM {} WHERE {column} = ?1", table.name);
            let stays = |row: &Id| !leaving.rows.get(table.name).is_some_and(|rows| rows.contains(row));
            if tx.column::<Id>(&sql, [organisation])?.iter().any(stays) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
