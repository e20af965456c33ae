//! Undo and redo. What a row says is a function of its lines and of which operations stand: taking an operation
//! back marks it, and settles every row it touched by that function. So operations can be taken back in any order.
use super::Tx;
use crate::{
    error::{Error, Result},
    id::Id,
    record::{Life, Table, from_json},
};
use rusqlite::types::Value;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

/// What taking back, or bringing back, could not do visibly.
#[derive(Debug, Default)]
pub struct Settled {
    pub operation: i64,
    /// People that stay although what made them is taken back, because something was added to them since.
    pub stayed: BTreeSet<Id>,
    /// `(table, column)` written again by a later operation, whose word stands.
    pub overwritten: BTreeSet<(String, String)>,
}

/// One line of `changes` about one row.
struct Line {
    id: i64,
    operation: i64,
    op: String,
    undone: bool,
    old: Map<String, Json>,
    new: Map<String, Json>,
}

impl Tx<'_> {
    /// The operation that `Ctrl Z` takes back: the one that ended last.
    pub fn newest_standing(&self) -> Result<Option<i64>> {
        const NEWEST: &str = "SELECT id FROM operations WHERE undoable = 1 AND undone_at IS NULL
             ORDER BY coalesce(ended, id) DESC, id LIMIT 1";
        self.scalar(NEWEST, [])
    }
    /// The operation that redo brings back.
    pub fn newest_undone(&self) -> Result<Option<i64>> {
        self.scalar("SELECT id FROM operations WHERE redo IS NOT NULL ORDER BY redo DESC LIMIT 1", [])
    }

    /// Takes back one operation, whichever it is.
    ///
    /// # Errors
    /// `not_found` when there is no such operation, it cannot be taken back, or it already is.
    pub fn take_back(&mut self, operation: i64) -> Result<Settled> {
        let marked = self.sql().execute(
            "UPDATE operations SET undone_at = ?2, redo = (SELECT coalesce(max(redo), 0) + 1 FROM operations)
             WHERE id = ?1 AND undoable = 1 AND undone_at IS NULL",
            (operation, self.now.0),
        )?;
        if marked == 0 {
            return Err(Error::NotFound("change"));
        }
        self.mark_changed("operations");
        self.settle_operation(operation, true)
    }

    /// Brings back what was taken back.
    ///
    /// # Errors
    /// `not_found` when the operation stands.
    pub fn bring_back(&mut self, operation: i64) -> Result<Settled> {
        let marked = self.sql().execute(
            "UPDATE operations SET undone_at = NULL, redo = NULL WHERE id = ?1 AND undone_at IS NOT NULL",
            [operation],
        )?;
        if marked == 0 {
            return Err(Error::NotFound("change"));
        }
        self.mark_changed("operations");
        self.settle_operation(operation, false)
    }

    /// Puts the joining row back that `operation`, or taking it back, took out last, of those whose `column` names
    /// `parent`. Returns whether there was one.
    pub(crate) fn restore_joined(&mut self, table: &Table, operation: i64, column: &str, parent: Id) -> Result<bool> {
        let line: Option<(Id, String)> = self
            .sql()
            .prepare_cached(&format!(
                "SELECT row_id, coalesce(old, new) FROM changes WHERE operation = ?1 AND tbl = ?2 AND op <> 'update'
                   AND json_extract(coalesce(old, new), '$.{column}.id') = ?3 ORDER BY id DESC LIMIT 1"
            ))?
            .query_map((operation, table.name, parent.to_string()), |r| Ok((r.get(0)?, r.get(1)?)))?
            .next()
            .transpose()?;
        let Some((id, content)) = line else { return Ok(false) };
        self.insert_content(table, &serde_json::from_str(&content)?)?;
        self.people_of(table, id)?;
        Ok(true)
    }

    fn settle_operation(&mut self, operation: i64, undone: bool) -> Result<Settled> {
        let mut settled = Settled { operation, ..Settled::default() };
        let tables = self.store().tables();
        let lined: Vec<(String, Id)> = self
            .sql()
            .prepare_cached("SELECT DISTINCT tbl, row_id FROM changes WHERE operation = ?1")?
            .query_map([operation], |r| Ok((r.get(0)?, r.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for table in tables {
            self.concern_created(table, operation)?;
        }
        let (of_held, others): (Vec<_>, Vec<_>) = lined
            .iter()
            .filter_map(|(name, id)| Some((tables.iter().find(|t| t.name == name)?, *id)))
            .partition(|(table, _)| table.life == Life::Held);
        // What this operation only pointed at somebody, such as a line that waited, points elsewhere again before it is asked
        // whether anything holds them.
        for (table, id) in others {
            self.settle_row(table, id, Some(operation), &mut settled)?;
        }
        for table in tables.iter().filter(|t| t.trashes()) {
            self.settle_created_set(table, operation, undone, &mut settled)?;
        }
        for (table, id) in of_held {
            self.settle_row(table, id, Some(operation), &mut settled)?;
        }
        for table in tables.iter().filter(|t| t.life == Life::Joined) {
            let parents_stand = self.parents_stand(table);
            let ids: Vec<Id> = self.column(
                &format!("SELECT id FROM {} t WHERE t.created_op = ?1 {parents_stand}", table.name),
                [operation],
            )?;
            for id in ids {
                self.settle_row(table, id, Some(operation), &mut settled)?;
            }
        }
        self.settle_held(tables, operation, &mut settled)?;
        for table in tables.iter().filter(|t| t.life == Life::Shared) {
            self.settle_shared(table)?;
        }
        Ok(settled)
    }

    /// A joining row whose parent went with it stays where it is: nobody sees it, and redo finds it there.
    pub(super) fn parents_stand(&self, table: &Table) -> String {
        table
            .parents
            .iter()
            .map(|(column, parent)| {
                format!("AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.id = t.{column} AND p.created_op = ?1 AND p.deleted_at IS NOT NULL)")
            })
            .collect()
    }

    fn concern_created(&mut self, table: &Table, operation: i64) -> Result<()> {
        use crate::record::Concerns::*;
        let people: Vec<Id> = match table.concerns {
            Itself => self.column(&format!("SELECT id FROM {} WHERE created_op = ?1", table.name), [operation])?,
            Column(column) => {
                let nobody: Vec<Id> = self.column(
                    &format!("SELECT id FROM {} WHERE created_op = ?1 AND {column} IS NULL", table.name),
                    [operation],
                )?;
                for id in nobody {
                    self.touches_of_nobody(table, id);
                }
                self.column(
                    &format!(
                        "SELECT DISTINCT {column} FROM {} WHERE created_op = ?1 AND {column} IS NOT NULL",
                        table.name
                    ),
                    [operation],
                )?
            }
            Query(_) => {
                let rows: Vec<Id> =
                    self.column(&format!("SELECT id FROM {} WHERE created_op = ?1", table.name), [operation])?;
                for id in rows {
                    self.people_of(table, id)?;
                }
                return Ok(());
            }
            Nobody => return Ok(()),
        };
        for person in people {
            self.concern(person);
        }
        Ok(())
    }

    /// Rows of one table that the operation made.
    fn settle_created_set(&mut self, table: &Table, operation: i64, undone: bool, settled: &mut Settled) -> Result<()> {
        let name = table.name;
        let alive = format!("SELECT count(*) FROM {name} WHERE created_op = ?1 AND deleted_at IS NULL");
        loop {
            let before: Option<i64> = self.scalar(&alive, [operation])?;
            self.settle_created_once(table, operation, undone, settled)?;
            // A row holds the one it is chained to: the end of a chain is free once the rest of it is gone.
            if !undone || table.chain().is_none() || self.scalar(&alive, [operation])? == before {
                break;
            }
        }
        if undone && table.life == Life::Held {
            settled.stayed.extend(self.column::<Id>(
                &format!("SELECT id FROM {name} WHERE created_op = ?1 AND deleted_at IS NULL AND {}", unlined(name)),
                [operation],
            )?);
        }
        Ok(())
    }

    /// Those without any line all at once, the others one by one.
    fn settle_created_once(
        &mut self,
        table: &Table,
        operation: i64,
        undone: bool,
        settled: &mut Settled,
    ) -> Result<()> {
        let name = table.name;
        let unlined = unlined(name);
        let count = if undone {
            let free = match table.life {
                Life::Held => format!("AND NOT ({})", self.held_sql(table)),
                // Whether anything living refers to them is known once everything else is settled.
                Life::Shared => "AND 0".to_owned(),
                _ => String::new(),
            };
            self.sql().execute(
                &format!("UPDATE {name} SET deleted_at = ?2, deleted_op = ?1, updated_at = ?2 WHERE created_op = ?1 AND deleted_at IS NULL AND {unlined} {free}"),
                (operation, self.now.0),
            )?
        } else {
            self.sql().execute(
                &format!("UPDATE {name} SET deleted_at = NULL, deleted_op = NULL, updated_at = ?2 WHERE created_op = ?1 AND deleted_op = ?1 AND {unlined}"),
                (operation, self.now.0),
            )?
        };
        if count > 0 {
            self.mark_changed(name);
        }
        let lined: Vec<Id> =
            self.column(&format!("SELECT id FROM {name} WHERE created_op = ?1 AND NOT ({unlined})"), [operation])?;
        for id in lined {
            settled.stayed.remove(&id);
            self.settle_row(table, id, Some(operation), settled)?;
        }
        Ok(())
    }

    /// Makes one row what its lines and the standing operations say it is.
    pub(super) fn settle_row(
        &mut self,
        table: &Table,
        id: Id,
        operation: Option<i64>,
        settled: &mut Settled,
    ) -> Result<()> {
        let before = self.people_of(table, id)?;
        let lines = self.lines_of(table, id)?;
        match table.life {
            Life::Joined => self.settle_presence(table, id, &lines, &before)?,
            _ => self.settle_columns(table, id, &lines, BEGINNING)?,
        }
        if let Some(operation) = operation {
            note_overwritten(table, &lines, operation, settled);
        }
        if table.trashes() {
            self.settle_trash(table, id, &lines, settled)?;
        }
        self.people_of(table, id)?;
        Ok(())
    }

    fn lines_of(&self, table: &Table, id: Id) -> Result<Vec<Line>> {
        let mut query = self.sql().prepare_cached(
            "SELECT c.id, c.operation, c.op, o.undone_at IS NOT NULL, c.old, c.new FROM changes c JOIN operations o ON o.id = c.operation
             WHERE c.row_id = ?1 AND c.tbl = ?2 ORDER BY c.id",
        )?;
        let rows = query.query_map((id, table.name), |r| {
            let texts: (Option<String>, Option<String>) = (r.get(4)?, r.get(5)?);
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, texts))
        })?;
        let object = |text: Option<String>| text.map_or(Ok(Map::new()), |t| serde_json::from_str(&t));
        rows.map(|row| {
            let (id, operation, op, undone, (old, new)) = row?;
            Ok(Line { id, operation, op, undone, old: object(old)?, new: object(new)? })
        })
        .collect()
    }

    /// A field shows its newest write that stands, else the value before the first; of those after the line `after`.
    fn settle_columns(&mut self, table: &Table, id: Id, lines: &[Line], after: i64) -> Result<()> {
        let mut values: BTreeMap<&str, &Json> = BTreeMap::new();
        for line in lines.iter().filter(|l| l.op == "update" && l.id > after) {
            for (column, old) in &line.old {
                values.entry(column).or_insert(old);
            }
            if !line.undone {
                for (column, new) in &line.new {
                    values.insert(column, new);
                }
            }
        }
        values.remove("deleted_at");
        let writes: Vec<(&str, Value)> = values.into_iter().map(|(c, v)| (c, from_json(v))).collect();
        self.set_columns(table, id, &writes)
    }

    fn settle_trash(&mut self, table: &Table, id: Id, lines: &[Line], settled: &mut Settled) -> Result<()> {
        let made: Option<(i64, Option<i64>)> = self
            .sql()
            .prepare_cached(&format!(
                "SELECT t.created_op, o.undone_at FROM {} t JOIN operations o ON o.id = t.created_op WHERE t.id = ?1",
                table.name
            ))?
            .query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?
            .next()
            .transpose()?;
        let Some((created_op, undone_at)) = made else { return Ok(()) };
        let word = lines.iter().rev().find(|l| l.op == "update" && !l.undone && l.new.contains_key("deleted_at"));
        let (mut deleted_at, mut deleted_op) = match word {
            Some(line) if !line.new["deleted_at"].is_null() => {
                (from_json(&line.new["deleted_at"]), Value::Integer(line.operation))
            }
            _ => (Value::Null, Value::Null),
        };
        if let (Some(undone_at), Value::Null) = (undone_at, &deleted_at) {
            let held = table.life == Life::Held
                && self.sql().query_row(
                    &format!("SELECT {} FROM {} WHERE id = ?1", self.held_sql(table), table.name),
                    [id],
                    |r| r.get(0),
                )?;
            if held {
                settled.stayed.insert(id);
            } else if table.life != Life::Shared {
                (deleted_at, deleted_op) = (Value::Integer(undone_at), Value::Integer(created_op));
            }
        }
        self.set_columns(table, id, &[("deleted_at", deleted_at), ("deleted_op", deleted_op)])
    }

    /// A joining row is there when the newest standing event about it is a making, not a removal.
    ///
    /// Which came after which follows from the lines, and not from when their operations began: what goes on over many
    /// transactions does a thing at any moment of them. A removal names the making it ended, so that one was before it;
    /// a making that no removal names is the last one.
    fn settle_presence(&mut self, table: &Table, id: Id, lines: &[Line], people: &[Id]) -> Result<()> {
        let live = self.content(table, id)?;
        let mut makings: BTreeMap<i64, Making> = BTreeMap::new();
        for line in lines {
            let (content, place) = match line.op.as_str() {
                "remove" => (&line.old, line.id),
                "insert" => (&line.new, LAST),
                _ => continue,
            };
            let content = Json::Object(content.clone());
            let known = makings.entry(maker(&content)).or_insert(Making { place, content: Json::Null });
            *known = Making { place: known.place.min(place), content };
        }
        if let Some(content) = &live {
            makings.entry(maker(content)).or_insert(Making { place: LAST, content: Json::Null }).content =
                content.clone();
        }
        // (line, order beside it, where the operation stands in the history, what it made)
        let mut events: Vec<(i64, u8, i64, Option<&Making>)> = Vec::new();
        for (operation, making) in &makings {
            const STANDS: &str = "SELECT coalesce(ended, id) FROM operations WHERE id = ?1 AND undone_at IS NULL";
            if let Some(ended) = self.scalar::<i64>(STANDS, [operation])? {
                events.push((making.place, 0, ended, Some(making)));
            }
        }
        events.extend(lines.iter().filter(|l| l.op == "remove" && !l.undone).map(|l| (l.id, 1, 0, None)));
        events.sort_by_key(|e| (e.0, e.1, e.2));
        let wanted = events.last().and_then(|e| e.3);
        match (&live, wanted) {
            (Some(content), None) => {
                self.keep_making(table, id, content, people)?;
                self.delete_row(table, id)?;
            }
            (live, Some(Making { place, content })) => {
                match live {
                    Some(live) if maker(live) == maker(content) => {}
                    Some(live) => {
                        self.keep_making(table, id, live, people)?;
                        self.delete_row(table, id)?;
                        self.insert_content(table, content)?;
                    }
                    None => self.insert_content(table, content)?,
                }
                let before = lines.iter().filter(|l| l.op == "remove" && l.id < *place).map(|l| l.id).max();
                self.settle_columns(table, id, lines, before.unwrap_or(BEGINNING))?;
            }
            (None, None) => {}
        }
        Ok(())
    }

    /// Keeps what a joining row says that is about to go, so that its making can be brought back.
    fn keep_making(&mut self, table: &Table, id: Id, content: &Json, people: &[Id]) -> Result<()> {
        let maker = maker(content);
        let kept = "SELECT id FROM changes WHERE row_id = ?1 AND tbl = ?2 AND operation = ?3 AND op = 'insert'";
        self.sql().execute(&format!("DELETE FROM change_people WHERE change IN ({kept})"), (id, table.name, maker))?;
        self.sql().execute(&format!("DELETE FROM changes WHERE id IN ({kept})"), (id, table.name, maker))?;
        self.line(maker, "insert", table.name, id, None, Some(content), people)
    }
}

/// Before every line, and after every line.
const BEGINNING: i64 = i64::MIN;
const LAST: i64 = i64::MAX;

/// A joining row as it was made: before which line, and what it says.
struct Making {
    place: i64,
    content: Json,
}

/// The operation that made a joining row.
fn maker(content: &Json) -> i64 {
    content["created_op"].as_i64().unwrap_or_default()
}

/// True of a row of which the history has no line.
fn unlined(name: &str) -> String {
    format!("NOT EXISTS (SELECT 1 FROM changes c WHERE c.row_id = {name}.id AND c.tbl = '{name}')")
}

/// Which columns of the operation's own writes were written again by one that stands.
fn note_overwritten(table: &Table, lines: &[Line], operation: i64, settled: &mut Settled) {
    for (n, line) in lines.iter().enumerate().filter(|(_, l)| l.operation == operation && l.op == "update") {
        for column in line.new.keys().filter(|c| *c != "deleted_at") {
            if lines[n + 1..].iter().any(|l| l.operation != operation && !l.undone && l.new.contains_key(column)) {
                settled.overwritten.insert((table.name.to_owned(), column.clone()));
            }
        }
    }
}
