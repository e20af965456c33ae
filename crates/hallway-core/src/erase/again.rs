//! What is left to do once somebody is gone: the file written anew, and the same erasure in every backup. It is gone on
//! with after whatever interrupted it, from the numbers of what went.
use super::{
    go::{Reworkings, WrittenAnew, beside_others, blank_everywhere, forget_beside, without_names},
    look, organisations,
    receipts::{self, Erasure},
    reworded,
};
use crate::{
    error::{Error, Result},
    exports::{self, ExportMade},
    history,
    id::Id,
    store::{Leaving, Memory, Protection, Reworded, Store, Tx, backups, keeps},
    subject::{
        held::Held,
        named::{self, Names},
    },
    time::Now,
    trust, workspace,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Goes on with what an earlier start left undone; does nothing while somebody else has the file open.
pub(crate) fn go_on(store: &Store, now: Now) -> Result<()> {
    if store.looking() {
        return Ok(());
    }
    let unfinished = store.read(now, receipts::unfinished)?;
    if unfinished.is_empty() {
        return Ok(());
    }
    if unfinished.iter().any(|erasure| erasure.traces) {
        match store.alone(|| {
            write_anew(store, now);
            Ok(())
        }) {
            Ok(()) | Err(Error::Busy) => {}
            Err(error) => return Err(error),
        }
    }
    backups_anew(store, now, None, WrittenAnew::new());
    Ok(())
}

/// Writes the file anew, and says so of every erasure that waited for it. What fails waits for another time.
pub(super) fn write_anew(store: &Store, now: Now) {
    let done = store.leaves_no_trace().and_then(|nothing_left| {
        if nothing_left {
            unrecorded(store, now, |tx| {
                tx.sql().execute("UPDATE erasures SET traces = 0 WHERE traces <> 0", [])?;
                Ok(())
            })?;
        }
        Ok(())
    });
    if let Err(error) = done {
        eprintln!("hallway: an erasure goes on later: {error}");
    }
}

/// Writes every backup anew that has any of what went, and says of each erasure for which nothing is left to do that it is
/// done. What fails waits for another time.
pub(super) fn backups_anew(store: &Store, now: Now, names: Option<&Names>, anew: WrittenAnew) {
    if let Err(error) = each_backup(store, now, names, anew) {
        eprintln!("hallway: an erasure goes on later: {error}");
    }
}

fn each_backup(store: &Store, now: Now, names: Option<&Names>, written_anew: WrittenAnew) -> Result<()> {
    let path = store.path();
    let all = Everything { written_anew, ..store.read(now, Everything::of)? };
    let mut rewritten = Vec::new();
    let mut left = !backups::set_aside_of(path).is_empty();
    for kept in backups::kept(path).into_iter().filter(|_| keeps(Protection::Backups)) {
        let anew = backups::remove_parts_of(&kept.path).and_then(|()| {
            if all.has_any_in(&kept.path)? || names.is_some_and(|names| says_any(&kept.path, names)) {
                anew(store, &kept.path, now, &all, names)
            } else {
                Ok(false)
            }
        });
        match anew {
            Ok(true) => rewritten.push(kept.name),
            Ok(false) => {}
            // Nobody can read it: it is of no use, and is let go of by its age.
            Err(Error::Damaged(_) | Error::ForeignFile(_) | Error::NewerFile { .. }) => left = true,
            Err(error) => {
                left = true;
                eprintln!("hallway: the backup {} is written anew later: {error}", kept.name);
            }
        }
    }
    unrecorded(store, now, |tx| {
        for mut erasure in receipts::unfinished(tx)? {
            erasure.backups.extend(rewritten.iter().cloned());
            erasure.backups.sort();
            erasure.backups.dedup();
            if !left && !erasure.traces {
                erasure.finished_at = Some(now.0);
            }
            erasure.put(tx)?;
        }
        Ok(())
    })
}

/// A write that is nobody's act: how far it is.
fn unrecorded(store: &Store, now: Now, write: impl FnOnce(&mut Tx) -> Result<()>) -> Result<()> {
    store.write("erase.run", Memory::Recorded, now, |tx| {
        write(tx)?;
        tx.mark_changed("erasures");
        Ok(())
    })?;
    Ok(())
}

/// Every erasure of a file, and what went.
pub(super) struct Everything {
    erasures: Vec<Erasure>,
    rows: Vec<(Id, String, Id)>,
    /// The texts that stay by decision.
    kept: BTreeSet<(String, Id, String)>,
    /// The texts that were blanked or written anew by decision, and in which erasure.
    reworded: BTreeMap<(String, Id, String), Id>,
    /// How those read now that were written anew just now; after a crash nobody knows that any more, and their words are blanked.
    written_anew: WrittenAnew,
    /// Addresses that are never written to again, and what else was said against any.
    refused: trust::Known,
    /// What left as a file.
    exported: Vec<ExportMade>,
}

impl Everything {
    pub fn of(tx: &Tx) -> Result<Everything> {
        let erasures = receipts::all(tx)?;
        let mut rows = Vec::new();
        let (mut kept, mut reworded) = (BTreeSet::new(), BTreeMap::new());
        for erasure in &erasures {
            for (table, row) in receipts::erased(tx, erasure.id)? {
                // Whoever was let back is not erased once more by what was written down before.
                if !is_here(tx, &table, row)? {
                    rows.push((erasure.id, table, row));
                }
            }
            let stays = erasure.kept.iter().filter(|stays| !stays.in_part);
            kept.extend(stays.map(|stays| (stays.table.clone(), stays.row, stays.column.clone())));
            reworded.extend(reworded::of(tx, erasure.id)?.into_iter().map(|place| (place, erasure.id)));
        }
        Ok(Everything {
            erasures,
            rows,
            kept,
            reworded,
            written_anew: WrittenAnew::new(),
            refused: trust::Known::of(tx)?,
            // Of a file that is damaged only there, what was erased and who said no matters more.
            exported: exports::lines(tx).unwrap_or_default(),
        })
    }

    /// The receipts, in a copy in which nothing is left to do.
    fn put_receipts(&self, tx: &Tx, now: Now) -> Result<()> {
        for erasure in &self.erasures {
            let done = Erasure { traces: false, finished_at: erasure.finished_at.or(Some(now.0)), ..erasure.clone() };
            done.put(tx)?;
        }
        for (erasure, table, row) in &self.rows {
            receipts::put_erased(tx, *erasure, [(table.clone(), *row)])?;
        }
        for (place, erasure) in &self.reworded {
            reworded::put(tx, *erasure, [place].into_iter())?;
        }
        Ok(())
    }

    fn has_any_in(&self, backup: &Path) -> Result<bool> {
        let conn = backups::opened(backup)?;
        for (_, table, row) in &self.rows {
            let there = format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE id = ?1)");
            // A table that came with a later format is not in it.
            if let Ok(mut query) = conn.prepare_cached(&there)
                && query.query_row([row], |r| r.get::<_, bool>(0))?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn is_here(tx: &Tx, table: &str, row: Id) -> Result<bool> {
    let Some(table) = tx.store().tables().iter().find(|known| known.name == table) else { return Ok(false) };
    Ok(tx.scalar::<i64>(&format!("SELECT 1 FROM {} WHERE id = ?1", table.name), [row])?.is_some())
}

/// Whether the bytes of a file say one of their names or addresses as it was typed.
fn says_any(path: &Path, names: &Names) -> bool {
    let Ok(bytes) = fs::read(path) else { return false };
    names.typed().any(|typed| !typed.is_empty() && memchr::memmem::find(&bytes, typed.as_bytes()).is_some())
}

/// Writes one backup anew. Returns whether there was anything in it.
fn anew(store: &Store, backup: &Path, now: Now, all: &Everything, names: Option<&Names>) -> Result<bool> {
    backups::anew(backup, |part| {
        let apart = Store::apart(part, store.tables(), now.0 as u128)?;
        erase_again(&apart, now, all, names, true)
    })
}

/// Takes out of a copy what was taken out of the file. Returns whether there was anything.
fn erase_again(apart: &Store, now: Now, all: &Everything, names: Option<&Names>, stays_a_backup: bool) -> Result<bool> {
    let done = apart.write("erase.run", Memory::Recorded, now, |tx| {
        let mut leaving = Leaving::default();
        let mut people = Vec::new();
        for (_, name, row) in &all.rows {
            let Some(table) = tx.store().tables().iter().find(|table| table.name == name) else { continue };
            let there = format!("SELECT 1 FROM {} WHERE id = ?1", table.name);
            if tx.scalar::<i64>(&there, [row])?.is_some() {
                leaving.rows.entry(table.name).or_default().insert(*row);
                if table.name == "people" {
                    people.push(*row);
                }
            }
        }
        let held = Held::of(tx, &people)?;
        for (table, rows) in look::leaving(tx, &held)?.rows {
            leaving.rows.entry(table).or_default().extend(rows);
        }
        // Where somebody else was when the copy was made it stays: they are still there in it.
        let mut theirs = leaving.rows.remove("organisations").unwrap_or_default();
        let mut others = BTreeSet::new();
        for id in &theirs {
            if organisations::anything_else_names(tx, *id, &leaving)? {
                others.insert(*id);
            }
        }
        theirs.retain(|id| !others.contains(id));
        let mut known = Names::of(tx, &held)?;
        for id in &theirs {
            let name: Option<String> = tx.scalar("SELECT name FROM organisations WHERE id = ?1", [id])?;
            known.works_at(&name.unwrap_or_default());
        }
        leaving.rows.insert("organisations", theirs);
        look::with_children(tx, &mut leaving)?;
        if let Some(names) = names {
            known.also(names);
        }
        if all.reworded.is_empty() {
            known.forget_parts();
        }
        let any = leaving.rows.values().any(|rows| !rows.is_empty());
        let mut reworded = Reworkings::new();
        for place in all.reworded.keys() {
            if let Some(table) = tx.store().tables().iter().find(|table| table.name == place.0) {
                reworded.insert(place.clone(), named::others_called(tx, table, place.1, &held)?);
            }
        }
        let blanked = blank_everywhere(tx, &leaving, &held, &known, &all.kept, &reworded, &all.written_anew)?;
        let near = beside_others(tx, &held)?;
        tx.erase(&leaving, &|table, row, column, text| {
            let place = (table.to_owned(), row, column.to_owned());
            if all.kept.contains(&place) {
                return Reworded::Stays;
            }
            without_names(&known, near.get(&(place.0.clone(), row)), reworded.get(&place), column, text)
        })?;
        forget_beside(tx, &leaving, &known)?;
        all.put_receipts(tx, now)?;
        if stays_a_backup {
            all.refused.carry_list(tx)?;
        }
        crate::people::state::refresh_concerned(tx)?;
        tx.mark_changed("erasures");
        Ok(any || blanked)
    })?;
    if !apart.leaves_no_trace()? {
        return Err(Error::Busy);
    }
    Ok(done.value)
}

/// Before a backup takes the place of the file at `path`: what was erased since it was made is erased in `part`, the copy
/// of it, too; and who said no since then is not written to from it either. Its history says that it was put back, and of
/// when it is: `made_at`, an instant.
pub(crate) fn after_restore(path: &Path, part: &Path, made_at: i64, now: Now) -> Result<()> {
    let tables = crate::TABLES;
    let known =
        |file: &Path| -> Result<Everything> { Store::look(file, tables, now.0 as u128)?.read(now, Everything::of) };
    // A file that is too damaged to say what was erased from it has backups that do.
    let newest = || backups::newest_first(path, now).iter().find_map(|kept| known(&kept.path).ok());
    let all = known(path).ok().or_else(newest);
    let erases = all.as_ref().map_or(Ok(false), |all| all.has_any_in(part))?;
    let apart = Store::apart(part, tables, now.0 as u128)?;
    if let Some(all) = all.as_ref().filter(|_| erases) {
        erase_again(&apart, now, all, None, false)?;
    }
    apart.write("backups.restore", Memory::Recorded, now, |tx| {
        if let Some(all) = &all {
            all.put_receipts(tx, now)?;
            all.refused.carry(tx)?;
            exports::carry(tx, &all.exported)?;
        }
        history::note(tx, &Now(made_at).words_in(workspace::zone(tx)?))
    })?;
    drop(apart);
    backups::settle_part(part)
}
