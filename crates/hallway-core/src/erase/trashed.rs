//! The trash empties itself after thirty days, and by hand. What lay in it is erased.
use super::{EraseRun, ErasedFor, Receipt, TheirWords, again, go, look, organisations, ran_out, receipts};
use crate::{
    error::Result,
    id::Id,
    record::{Concerns, Life, Table},
    rpc::Empty,
    store::{Done, Leaving, Store, Tx, in_the_trash},
    subject::held::{self, Held},
    time::Now,
    trash::THINGS,
};
use serde::Deserialize;
use std::collections::HashSet;
use ts_rs::TS;

/// How long something lies in the trash, in milliseconds.
const THIRTY_DAYS: i64 = 30 * 86_400_000;

#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct EmptyTrash {
    /// What becomes of the words that name whoever lies there in texts about others; they stay when nothing is said.
    pub others: Option<TheirWords>,
}

/// Erases everything that lies in the trash. Nothing when nothing does.
///
/// # Errors
/// `busy` while another Hallway has the file open; `invalid` for `ids` while an import is under way.
pub fn empty_trash(store: &Store, now: Now, input: EmptyTrash) -> Result<Done<Option<Receipt>>> {
    emptied(store, now, i64::MAX, input.others.unwrap_or(TheirWords::Keep))
}

/// What a day asks of whoever keeps the file open: erases addresses whose day has come and what has lain in the trash for
/// thirty days, and goes on with what an earlier erasure left to do. Does nothing while somebody else has the file open, or
/// an import is under way. Answers with what was done last.
pub fn keep_up(store: &Store, now: Now, _: Empty) -> Result<Done<Option<Receipt>>> {
    again::go_on(store, now)?;
    let mut kept_up = Done { value: None, changed: Default::default() };
    if store.read(now, |tx| Ok(look::not_now(tx)?.is_some()))? {
        return Ok(kept_up);
    }
    let before = now.0.saturating_sub(THIRTY_DAYS);
    let in_the_trash = |store: &Store| match store.read(now, |tx| Ok(lying(tx, before)?.is_empty()))? {
        true => Ok(Done { value: None, changed: Default::default() }),
        false => emptied(store, now, before, TheirWords::Keep),
    };
    for done in [ran_out::addresses(store, now), in_the_trash(store)] {
        match done {
            Ok(done) => {
                kept_up.value = done.value.or(kept_up.value);
                kept_up.changed.extend(done.changed);
            }
            Err(error) if error.code() == "busy" => {}
            Err(error) => return Err(error),
        }
    }
    Ok(kept_up)
}

fn emptied(store: &Store, now: Now, before: i64, others: TheirWords) -> Result<Done<Option<Receipt>>> {
    let done = go::whatever(store, now, ErasedFor::Trash, |tx| {
        let lying = lying(tx, before)?;
        let (mut people, mut seen) = (Vec::new(), HashSet::new());
        for (_, id) in lying.iter().filter(|(table, _)| table.name == "people") {
            people.extend(held::everyone_they_are(tx, *id)?.into_iter().filter(|row| seen.insert(*row)));
        }
        let held = Held::of(tx, &people)?;
        let mut leaving: Leaving = look::leaving(tx, &held)?;
        for (table, id) in lying.iter().filter(|(table, _)| table.name != "people") {
            leaving.rows.entry(table.name).or_default().insert(*id);
        }
        look::with_children(tx, &mut leaving)?;
        let only_theirs = organisations::only_theirs(tx, &people, &leaving)?;
        leaving.rows.entry("organisations").or_default().extend(only_theirs.into_iter().map(|one| one.id));
        let ids = people;
        Ok((held, leaving, EraseRun { ids, decisions: vec![], others: Some(others), organisations_kept: vec![] }))
    })?;
    let receipt = done.value.map(|id| receipts::one(store, now, id)).transpose()?;
    Ok(Done { value: receipt, changed: done.changed })
}

/// What lies in the trash since before an instant: people, whatever is about some, lists and views. Whoever was merged into
/// somebody who does not lie there lies with them.
fn lying(tx: &Tx, before: i64) -> Result<Vec<(&'static Table, Id)>> {
    let mut lying = Vec::new();
    let empties = |table: &&Table| {
        matches!(table.life, Life::Trash | Life::Held)
            && (!matches!(table.concerns, Concerns::Nobody) || THINGS.contains(&table.name))
    };
    for table in tx.store().tables().iter().filter(empties) {
        let whole = if table.chain().is_some() {
            format!("AND {}.root = {}.id", table.name, table.name)
        } else {
            String::new()
        };
        let sql = format!(
            "SELECT id FROM {name} WHERE {} AND {name}.deleted_at < ?1 {whole}",
            in_the_trash(table.name),
            name = table.name
        );
        lying.extend(tx.column::<Id>(&sql, [before])?.into_iter().map(|id| (table, id)));
    }
    Ok(lying)
}
