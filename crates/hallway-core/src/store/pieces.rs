//! Taking back a large operation piece by piece, so that nobody who writes has to wait for the whole of it. Each piece
//! leaves the rows it touched as [`Tx::take_back`] would; begun again from the start, it does no harm.
use super::{Settled, Tx};
use crate::{
    error::Result,
    id::Id,
    record::{Concerns, Life},
};
use std::collections::BTreeSet;

/// How far it is. The default is the beginning.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Piece {
    stage: Stage,
    table: usize,
    /// Of the rows it made the last ones go first, since they may hold earlier ones.
    reached: Option<i64>,
    /// Of a table whose rows name each other, some are gone: they may have held others.
    some_went: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Stage {
    #[default]
    Mark,
    Made,
    WrittenOver,
    Joined,
    Rest,
}

impl Tx<'_> {
    /// Takes back the next piece of an operation that undo does not offer: at most so many rows. False when it was the
    /// last one. It cannot be brought back.
    pub(crate) fn take_back_piece(
        &mut self,
        operation: i64,
        at: &mut Piece,
        rows: u32,
        settled: &mut Settled,
    ) -> Result<bool> {
        let tables = self.store().tables();
        let next = |at: &mut Piece, stage| *at = Piece { stage, ..Piece::default() };
        match at.stage {
            Stage::Mark => {
                self.sql().execute(
                    "UPDATE operations SET undone_at = ?2 WHERE id = ?1 AND undone_at IS NULL",
                    (operation, self.now.0),
                )?;
                self.mark_changed("operations");
                next(at, Stage::Made);
            }
            Stage::Made => match tables.get(at.table) {
                None => next(at, Stage::WrittenOver),
                Some(table) if !table.trashes() || table.life == Life::Shared => at.table += 1,
                Some(table) => {
                    let name = table.name;
                    let before = at.reached.unwrap_or(i64::MAX);
                    let found: Vec<(i64, Id)> = self
                        .sql()
                        .prepare_cached(&format!(
                            "SELECT rid, id FROM {name} WHERE created_op = ?1 AND rid < ?2 ORDER BY rid DESC LIMIT ?3"
                        ))?
                        .query_map((operation, before, rows), |r| Ok((r.get(0)?, r.get(1)?)))?
                        .collect::<rusqlite::Result<_>>()?;
                    let Some((last, _)) = found.last() else {
                        let again = at.some_went && table.chain().is_some();
                        *at = Piece { stage: at.stage, table: at.table + usize::from(!again), ..Piece::default() };
                        return Ok(true);
                    };
                    let alive: BTreeSet<Id> = self
                        .column::<Id>(
                            &format!("SELECT id FROM {name} WHERE created_op = ?1 AND rid < ?2 AND rid >= ?3 AND deleted_at IS NULL"),
                            (operation, before, last),
                        )?
                        .into_iter()
                        .collect();
                    for id in &alive {
                        match table.concerns {
                            Concerns::Itself => self.concern(*id),
                            _ => drop(self.people_of(table, *id)?),
                        }
                    }
                    let lined =
                        format!("EXISTS (SELECT 1 FROM changes c WHERE c.row_id = {name}.id AND c.tbl = '{name}')");
                    let free = match table.life {
                        Life::Held => format!("AND NOT ({})", self.held_sql(table)),
                        _ => String::new(),
                    };
                    let taking = format!(
                        "UPDATE {name} SET deleted_at = ?2, deleted_op = ?1, updated_at = ?2
                         WHERE created_op = ?1 AND rid < ?3 AND rid >= ?4 AND deleted_at IS NULL AND NOT {lined} {free}"
                    );
                    // Of rows that name each other the end of a chain is free once the rest of it is gone.
                    while self.sql().prepare_cached(&taking)?.execute((operation, self.now.0, before, last))? > 0 {
                        self.mark_changed(name);
                        at.some_went = true;
                        if table.chain().is_none() {
                            break;
                        }
                    }
                    let with_lines: Vec<Id> = self.column(
                        &format!("SELECT id FROM {name} WHERE created_op = ?1 AND rid < ?2 AND rid >= ?3 AND {lined}"),
                        (operation, before, last),
                    )?;
                    for id in with_lines {
                        self.settle_row(table, id, Some(operation), settled)?;
                        let stands = format!("SELECT deleted_at IS NULL FROM {name} WHERE id = ?1");
                        at.some_went |= alive.contains(&id) && self.scalar(&stands, [id])? == Some(false);
                    }
                    at.reached = Some(*last);
                }
            },
            Stage::WrittenOver => {
                let lines: Vec<(i64, String, Id)> = self
                    .sql()
                    .prepare_cached(
                        "SELECT id, tbl, row_id FROM changes WHERE operation = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
                    )?
                    .query_map((operation, at.reached.unwrap_or(0), rows), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
                    .collect::<rusqlite::Result<_>>()?;
                let Some((last, ..)) = lines.last() else {
                    next(at, Stage::Joined);
                    return Ok(true);
                };
                at.reached = Some(*last);
                for (_, name, id) in &lines {
                    if let Some(table) = tables.iter().find(|table| table.name == name) {
                        self.settle_row(table, *id, Some(operation), settled)?;
                    }
                }
            }
            Stage::Joined => match tables.get(at.table) {
                None => next(at, Stage::Rest),
                Some(table) if table.life != Life::Joined => at.table += 1,
                Some(table) => {
                    let found: Vec<(i64, Id)> = self
                        .sql()
                        .prepare_cached(&format!(
                            "SELECT rid, id FROM {} t WHERE t.created_op = ?1 AND t.rid > ?2 {} ORDER BY t.rid LIMIT ?3",
                            table.name,
                            self.parents_stand(table)
                        ))?
                        .query_map((operation, at.reached.unwrap_or(0), rows), |r| Ok((r.get(0)?, r.get(1)?)))?
                        .collect::<rusqlite::Result<_>>()?;
                    let Some((last, _)) = found.last() else {
                        *at = Piece { table: at.table + 1, reached: None, ..*at };
                        return Ok(true);
                    };
                    at.reached = Some(*last);
                    for (_, id) in &found {
                        self.settle_row(table, *id, Some(operation), settled)?;
                    }
                }
            },
            Stage::Rest => {
                self.settle_held(tables, operation, settled)?;
                for table in tables.iter().filter(|table| table.life == Life::Shared) {
                    self.settle_shared(table)?;
                }
                // Only now it is known who stays.
                for table in tables.iter().filter(|table| table.life == Life::Held) {
                    let here = format!("SELECT id FROM {} WHERE created_op = ?1 AND deleted_at IS NULL", table.name);
                    settled.stayed.extend(self.column::<Id>(&here, [operation])?);
                }
                return Ok(false);
            }
        }
        self.settle_held(tables, operation, settled)?;
        // Whoever is held by something may be let go by what goes next.
        settled.stayed.clear();
        Ok(true)
    }
}
