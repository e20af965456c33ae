//! One transaction as a feature sees it: reads, and the only functions that write a row.
use super::{Cached, Derived, Memory, Store, Times, cached::Answers, in_the_trash};
use crate::{
    error::{Error, Result},
    id::Id,
    record::{Concerns, Record, Table, from_json, to_json, value_of},
    time::Now,
};
use rusqlite::{Connection, OptionalExtension, Params, types::FromSql, types::Value};
use serde_json::{Map, Value as Json};
use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex},
};

/// What an operation is about, so that its sentence can name it when it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Subject {
    Person(Id),
    Row(&'static str, Id),
}

pub struct Tx<'a> {
    store: &'a Store,
    conn: &'a Connection,
    pub now: Now,
    command: &'static str,
    memory: Memory,
    /// The commit it sees.
    commit: i64,
    /// What a write has derived: it sees its own changes, which nobody else may.
    own: Option<RefCell<HashMap<String, Cached>>>,
    operation: Option<i64>,
    changed: BTreeSet<&'static str>,
    concerned: BTreeSet<Id>,
    /// Those taken from `concerned` already.
    renewed: BTreeSet<Id>,
    /// Rows it touched that could have concerned somebody and do not.
    of_nobody: BTreeSet<(&'static str, Id)>,
}

impl<'a> Tx<'a> {
    pub(super) fn reading(store: &'a Store, conn: &'a Connection, now: Now, commit: i64) -> Tx<'a> {
        Tx {
            store,
            conn,
            now,
            command: "",
            memory: Memory::Recorded,
            commit,
            own: None,
            operation: None,
            changed: BTreeSet::new(),
            concerned: BTreeSet::new(),
            renewed: BTreeSet::new(),
            of_nobody: BTreeSet::new(),
        }
    }
    pub(super) fn writing(
        store: &'a Store,
        conn: &'a Connection,
        now: Now,
        command: &'static str,
        memory: Memory,
        commit: i64,
    ) -> Tx<'a> {
        Tx { command, memory, own: Some(RefCell::default()), ..Tx::reading(store, conn, now, commit) }
    }

    /// Which commit it sees: the same number is the same file, whoever wrote it last.
    pub fn commit(&self) -> i64 {
        self.commit
    }

    // ---- reading ----

    /// The connection, for a query with a thought in it. Writing goes through the functions below.
    pub fn sql(&self) -> &'a Connection {
        self.conn
    }
    pub fn store(&self) -> &'a Store {
        self.store
    }

    /// A living row by its id.
    ///
    /// # Errors
    /// `not_found` when there is none, or it lies in the trash.
    pub fn get<R: Record>(&self, id: Id) -> Result<R> {
        self.find_one(if R::TABLE.trashes() { "WHERE id = ?1 AND deleted_at IS NULL" } else { "WHERE id = ?1" }, [id])?
            .ok_or(Error::NotFound(R::TABLE.noun))
    }
    pub fn find_one<R: Record>(&self, tail: &str, params: impl Params) -> Result<Option<R>> {
        let sql = format!("SELECT {} FROM {} {tail}", R::TABLE.column_list(), R::TABLE.name);
        Ok(self.conn.prepare_cached(&sql)?.query_row(params, R::from_row).optional()?)
    }
    pub fn find<R: Record>(&self, tail: &str, params: impl Params) -> Result<Vec<R>> {
        let sql = format!("SELECT {} FROM {} {tail}", R::TABLE.column_list(), R::TABLE.name);
        Ok(self.conn.prepare_cached(&sql)?.query_map(params, R::from_row)?.collect::<rusqlite::Result<_>>()?)
    }
    /// The first column of the first row, if there is one.
    pub fn scalar<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<Option<T>> {
        Ok(self.conn.prepare_cached(sql)?.query_row(params, |r| r.get(0)).optional()?)
    }
    /// The first column of every row.
    pub fn column<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<Vec<T>> {
        Ok(self.conn.prepare_cached(sql)?.query_map(params, |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }
    /// A derived value that stays in memory until the next change to the file; in a write, until its end.
    pub fn cached<T: Send + Sync + 'static>(&self, key: &str, make: impl FnOnce() -> Result<T>) -> Result<Arc<T>> {
        self.cached_in(&self.store.cached, key, make)
    }
    /// The same of what is long, such as the ids of everybody: fewer of these are kept.
    pub fn cached_long<T: Send + Sync + 'static>(&self, key: &str, make: impl FnOnce() -> Result<T>) -> Result<Arc<T>> {
        self.cached_in(&self.store.long, key, make)
    }
    fn cached_in<T: Send + Sync + 'static>(
        &self,
        answers: &Mutex<Answers>,
        key: &str,
        make: impl FnOnce() -> Result<T>,
    ) -> Result<Arc<T>> {
        let Some(own) = &self.own else { return self.store.cached(answers, key, self.commit, make) };
        let known = own.borrow().get(key).cloned();
        if let Some(Ok(value)) = known.map(Arc::downcast) {
            return Ok(value);
        }
        let value = Arc::new(make()?);
        own.borrow_mut().insert(key.to_owned(), value.clone());
        Ok(value)
    }
    /// Asks something that is kept in memory beside the file; it is made by the first who asks, and renewed by whoever
    /// asks after a write. A read that began before a commit may be answered from the state after it.
    pub fn derived<T: Derived, R>(&self, ask: impl FnOnce(&T) -> R) -> Result<R> {
        match self.own {
            None => self.store.kept.ask(self, self.commit, ask),
            Some(_) => Ok(ask(&T::make(self)?)),
        }
    }

    /// Whether it writes, and so derives what it needs for itself.
    pub fn is_writing(&self) -> bool {
        self.own.is_some()
    }

    /// Whether [`Tx::derived`] answers at once. Whoever needs little may otherwise ask the file itself.
    pub fn derived_is_at_hand<T: Derived>(&self) -> bool {
        self.own.is_none() && self.store.kept.is_at_hand::<T>(self.commit)
    }

    // ---- writing ----

    pub fn new_id(&self) -> Id {
        self.store.next_id(self.now)
    }

    /// The operation of this write; it begins with the first row that is written.
    pub fn operation(&mut self) -> Result<i64> {
        if let Some(op) = self.operation {
            return Ok(op);
        }
        if self.memory == Memory::Undoable {
            self.ends_redo()?;
        }
        self.conn.prepare_cached("INSERT INTO operations (at, command, undoable) VALUES (?1, ?2, ?3)")?.execute((
            self.now.0,
            self.command,
            self.memory == Memory::Undoable,
        ))?;
        let op = self.conn.last_insert_rowid();
        self.operation = Some(op);
        Ok(op)
    }

    /// Something new was done: what was taken back before can no longer be brought back.
    pub(super) fn ends_redo(&mut self) -> Result<()> {
        self.conn.execute("UPDATE operations SET redo = NULL WHERE redo IS NOT NULL", [])?;
        Ok(())
    }
    /// The operation this write goes on with.
    pub(crate) fn goes_on_with(&mut self, operation: Option<i64>) {
        self.operation = operation;
    }
    /// The operation of this write, once a row was written.
    pub(crate) fn begun(&self) -> Option<i64> {
        self.operation
    }
    /// An operation that went on over many transactions is done: from now on it is one that undo takes back, before
    /// whatever was done while it went on.
    pub(crate) fn done_with(&mut self, operation: i64) -> Result<()> {
        self.ends_redo()?;
        self.conn.execute(
            "UPDATE operations SET undoable = 1, ended = (SELECT max(id) FROM operations), ended_at = ?2 WHERE id = ?1",
            (operation, self.now.0),
        )?;
        self.changed.insert("operations");
        Ok(())
    }

    /// Says what the operation's sentence is about. Does nothing when nothing was written.
    pub fn about(&mut self, subject: Subject, count: Option<usize>, note: Option<&str>) -> Result<()> {
        let Some(op) = self.operation else { return Ok(()) };
        let (table, id) = match subject {
            Subject::Person(id) => ("people", id),
            Subject::Row(table, id) => (table, id),
        };
        self.conn.execute(
            "UPDATE operations SET subject_tbl = ?2, subject = ?3, count = ?4, note = ?5 WHERE id = ?1",
            (op, table, id, count.map(|n| n as i64), note),
        )?;
        Ok(())
    }

    /// Another operation beside that of this write, with the same sentence about somebody else and nothing hanging on it.
    pub(crate) fn beside(&mut self, person: Id) -> Result<()> {
        self.conn.execute(
            "INSERT INTO operations (at, command, undoable, subject_tbl, subject) VALUES (?1, ?2, 0, 'people', ?3)",
            (self.now.0, self.command, person),
        )?;
        self.changed.insert("operations");
        Ok(())
    }

    /// Writes a new row.
    pub fn insert<R: Record>(&mut self, row: &R) -> Result<()> {
        self.insert_row(&R::TABLE, row, Times::default())
    }

    /// Writes a row over the one with its id, or as a new one. Only columns that differ are written and remembered.
    /// Returns whether anything differed.
    pub fn put<R: Record>(&mut self, row: &R) -> Result<bool> {
        row.check()?;
        let Some(old) = self.raw(&R::TABLE, row.id())? else {
            self.insert(row)?;
            return Ok(true);
        };
        let mut writes = Vec::new();
        for (n, column) in R::TABLE.columns.iter().enumerate().skip(1) {
            let new = value_of(row.params()[n])?;
            if new != old[n] {
                writes.push((*column, old[n].clone(), new));
            }
        }
        self.overwrite(&R::TABLE, row.id(), &writes)?;
        Ok(!writes.is_empty())
    }

    /// Marks a row as deleted. It can be brought back by undo.
    pub fn trash<R: Record>(&mut self, id: Id) -> Result<()> {
        let deleted: Option<Option<i64>> =
            self.scalar(&format!("SELECT deleted_at FROM {} WHERE id = ?1", R::TABLE.name), [id])?;
        match deleted {
            None => Err(Error::NotFound(R::TABLE.noun)),
            Some(Some(_)) => Ok(()),
            Some(None) => {
                self.overwrite(&R::TABLE, id, &[("deleted_at", Value::Null, Value::Integer(self.now.0))])?;
                let op = self.operation()?;
                self.conn
                    .prepare_cached(&format!("UPDATE {} SET deleted_op = ?2 WHERE id = ?1", R::TABLE.name))?
                    .execute((id, op))?;
                Ok(())
            }
        }
    }

    /// Brings a row back that lies in the trash. Returns whether it lay there.
    pub fn restore<R: Record>(&mut self, id: Id) -> Result<bool> {
        let table = R::TABLE;
        let sql = format!("SELECT deleted_at FROM {} WHERE id = ?1 AND {}", table.name, in_the_trash(table.name));
        let Some(deleted) = self.scalar::<Option<i64>>(&sql, [id])?.flatten() else { return Ok(false) };
        self.overwrite(&table, id, &[("deleted_at", Value::Integer(deleted), Value::Null)])?;
        self.conn
            .prepare_cached(&format!("UPDATE {} SET deleted_op = NULL WHERE id = ?1", table.name))?
            .execute([id])?;
        Ok(true)
    }

    /// Takes a joining row out. Its whole content stays on the line of this operation.
    pub fn remove<R: Record>(&mut self, id: Id) -> Result<()> {
        let table = R::TABLE;
        let Some(content) = self.content(&table, id)? else { return Err(Error::NotFound(R::TABLE.noun)) };
        let people = self.people_of(&table, id)?;
        let op = self.operation()?;
        self.line(op, "remove", table.name, id, Some(&content), None, &people)?;
        self.delete_row(&table, id)
    }

    /// The tables whose rows are different because of this write.
    pub(super) fn changed(&self) -> BTreeSet<&'static str> {
        self.changed.clone()
    }
    /// The people whose derived state has to be made anew before this write ends.
    pub fn take_concerned(&mut self) -> BTreeSet<Id> {
        let concerned = std::mem::take(&mut self.concerned);
        self.renewed.extend(&concerned);
        concerned
    }
    /// All whom this write concerned.
    pub(super) fn everybody_concerned(&mut self) -> BTreeSet<Id> {
        self.take_concerned();
        std::mem::take(&mut self.renewed)
    }
    pub fn concern(&mut self, person: Id) {
        self.concerned.insert(person);
    }
    /// Says that a derived table, which the funnel does not write, is different now.
    pub fn mark_changed(&mut self, table: &'static str) {
        self.changed.insert(table);
    }

    /// Whether this write has changed a table.
    pub fn has_changed(&self, table: &str) -> bool {
        self.changed.contains(table)
    }
    /// The rows of a table this write touched that name nobody, such as what is said of a tag.
    pub(crate) fn touched_of_nobody(&self, table: &str) -> Vec<Id> {
        self.of_nobody.iter().filter(|(name, _)| *name == table).map(|(_, id)| *id).collect()
    }
    pub(super) fn touches_of_nobody(&mut self, table: &Table, id: Id) {
        self.of_nobody.insert((table.name, id));
    }
    /// Forgets what this write has worked out so far, because what it was worked out from is different now.
    pub fn forget_cached(&mut self) {
        if let Some(own) = &self.own {
            own.borrow_mut().clear();
        }
    }

    // ---- below the records: what undo shares with the verbs above ----

    /// Writes columns of one row and remembers what they were.
    pub(super) fn overwrite(&mut self, table: &Table, id: Id, writes: &[(&'static str, Value, Value)]) -> Result<()> {
        if writes.is_empty() {
            return Ok(());
        }
        let mut people = self.people_of(table, id)?;
        let old = Json::Object(writes.iter().map(|(column, old, _)| ((*column).to_owned(), to_json(old))).collect());
        let new = Json::Object(writes.iter().map(|(column, _, new)| ((*column).to_owned(), to_json(new))).collect());
        let op = self.operation()?;
        self.set_columns(table, id, &writes.iter().map(|w| (w.0, w.2.clone())).collect::<Vec<_>>())?;
        // The write may have moved the row to somebody else.
        people.extend(self.people_of(table, id)?);
        self.line(op, "update", table.name, id, Some(&old), Some(&new), &people)
    }

    pub(super) fn set_columns(&mut self, table: &Table, id: Id, columns: &[(&str, Value)]) -> Result<()> {
        if columns.is_empty() {
            return Ok(());
        }
        let mut sets: Vec<String> = columns.iter().enumerate().map(|(n, (c, _))| format!("{c} = ?{}", n + 2)).collect();
        if table.trashes() {
            sets.push(format!("updated_at = {}", self.now.0.max(0)));
        }
        let sql = format!("UPDATE {} SET {} WHERE id = ?1", table.name, sets.join(", "));
        let mut params: Vec<&dyn rusqlite::ToSql> = vec![&id];
        params.extend(columns.iter().map(|(_, v)| v as &dyn rusqlite::ToSql));
        self.conn.execute(&sql, params.as_slice())?;
        self.changed.insert(table.name);
        if columns.iter().any(|(column, _)| Some(*column) == table.chain()) {
            self.follow_chain(table, id)?;
        }
        Ok(())
    }

    pub(super) fn delete_row(&mut self, table: &Table, id: Id) -> Result<()> {
        self.conn.prepare_cached(&format!("DELETE FROM {} WHERE id = ?1", table.name))?.execute([id])?;
        self.changed.insert(table.name);
        Ok(())
    }

    pub(super) fn insert_content(&mut self, table: &Table, content: &Json) -> Result<()> {
        let Json::Object(content) = content else {
            return Err(Error::Damaged("a line of the history has no content".into()));
        };
        let columns: Vec<&str> = content.keys().map(String::as_str).collect();
        let values: Vec<Value> = content.values().map(from_json).collect();
        let marks = (1..=columns.len()).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, columns.join(", "));
        self.conn.execute(&sql, rusqlite::params_from_iter(values))?;
        self.changed.insert(table.name);
        Ok(())
    }

    #[allow(clippy::too_many_arguments)] // One row of `changes`, column by column.
    pub(super) fn line(
        &mut self,
        operation: i64,
        op: &str,
        table: &str,
        id: Id,
        old: Option<&Json>,
        new: Option<&Json>,
        people: &[Id],
    ) -> Result<()> {
        self.conn
            .prepare_cached(
                "INSERT INTO changes (operation, op, tbl, row_id, old, new) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((operation, op, table, id, old.map(Json::to_string), new.map(Json::to_string)))?;
        let line = self.conn.last_insert_rowid();
        let mut stand_beside =
            self.conn.prepare_cached("INSERT OR IGNORE INTO change_people (change, person) VALUES (?1, ?2)")?;
        for person in people {
            stand_beside.execute((line, person))?;
        }
        Ok(())
    }

    /// The row's columns in their order, whether it is alive or not.
    pub(super) fn raw(&self, table: &Table, id: Id) -> Result<Option<Vec<Value>>> {
        let sql = format!("SELECT {} FROM {} WHERE id = ?1", table.column_list(), table.name);
        let row = |r: &rusqlite::Row| (0..table.columns.len()).map(|n| r.get(n)).collect();
        Ok(self.conn.prepare_cached(&sql)?.query_row([id], row).optional()?)
    }

    /// A joining row as the history keeps it: every column, and the operation that made it.
    pub(super) fn content(&self, table: &Table, id: Id) -> Result<Option<Json>> {
        let Some(values) = self.raw(table, id)? else { return Ok(None) };
        let mut content: Map<String, Json> =
            table.columns.iter().zip(&values).map(|(c, v)| ((*c).to_owned(), to_json(v))).collect();
        let op: Option<i64> = self.scalar(&format!("SELECT created_op FROM {} WHERE id = ?1", table.name), [id])?;
        content.insert("created_op".into(), op.into());
        Ok(Some(Json::Object(content)))
    }

    /// Whom a row concerns now; they are also marked for [`Tx::take_concerned`].
    pub(super) fn people_of(&mut self, table: &Table, id: Id) -> Result<Vec<Id>> {
        let people: Vec<Id> = match table.concerns {
            Concerns::Itself => {
                let mut people = vec![id];
                people.extend(self.chained_to(table, id)?);
                people
            }
            Concerns::Column(column) => self
                .column(&format!("SELECT {column} FROM {} WHERE id = ?1 AND {column} IS NOT NULL", table.name), [id])?,
            Concerns::Query(sql) => self.column(sql, [id])?,
            Concerns::Nobody => vec![],
        };
        if people.is_empty() && matches!(table.concerns, Concerns::Column(_)) {
            self.touches_of_nobody(table, id);
        }
        self.concerned.extend(&people);
        Ok(people)
    }
}
