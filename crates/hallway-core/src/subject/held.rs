//! Which rows say something about somebody, found by what each record says it hangs on. Nothing here names a table but
//! `people`, so that a record that is added is found by itself.
use crate::{
    error::Result,
    id::Id,
    record::{Concerns, Life, Table},
    store::Tx,
};
use std::collections::{BTreeMap, BTreeSet};

const PEOPLE: &str = "people";

/// Every row that says something about somebody, by table.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// Every row that is them, the one that stands for them first.
    pub people: Vec<Id>,
    /// How many people those are.
    pub whole: u32,
    /// What hangs on them and on nobody else, they themselves included.
    pub theirs: Rows,
    /// What they were at, with what hangs on that and names nobody; and the words, places and lists others use as well.
    pub shared: Rows,
}

pub(crate) type Rows = BTreeMap<&'static str, BTreeSet<Id>>;

impl Held {
    /// What is held about whoever these rows are, which are one or several whole people.
    pub fn of(tx: &Tx, people: &[Id]) -> Result<Held> {
        let tables = tx.store().tables();
        let mut held = Held { people: people.to_vec(), ..Held::default() };
        let mut roots: BTreeSet<Id> = BTreeSet::new();
        for person in people {
            roots.extend(tx.scalar::<Option<Id>>("SELECT root FROM people WHERE id = ?1", [person])?.flatten());
        }
        held.whole = roots.len() as u32;
        let them: BTreeSet<Id> = people.iter().copied().collect();
        held.theirs.insert(PEOPLE, them.clone());
        grow(tx, tables, &mut held.theirs, |tx, table, id| is_of(tx, table, id, &them))?;
        for table in tables {
            for (column, parent) in table.parents.iter().filter(|(_, parent)| *parent != PEOPLE) {
                for id in held.theirs.get(table.name).into_iter().flatten() {
                    let named = format!("SELECT {column} FROM {} WHERE id = ?1 AND {column} IS NOT NULL", table.name);
                    if let Some(row) = tx.scalar::<Id>(&named, [id])?
                        && !held.theirs.get(parent).is_some_and(|rows| rows.contains(&row))
                    {
                        held.shared.entry(name_of(tables, parent)).or_default().insert(row);
                    }
                }
            }
        }
        // What was promised where they were, and names nobody, is about whoever was there.
        let mut beside: Rows = held.shared.clone();
        beside.retain(|name, _| tables.iter().any(|table| table.name == *name && happens(table)));
        grow(tx, tables, &mut beside, |tx, table, id| Ok(table.name != PEOPLE && names_nobody(tx, table, id)?))?;
        for (name, rows) in beside {
            let theirs = held.theirs.get(name);
            let rows = rows.into_iter().filter(|row| !theirs.is_some_and(|theirs| theirs.contains(row)));
            held.shared.entry(name).or_default().extend(rows);
        }
        held.shared.retain(|_, rows| !rows.is_empty());
        Ok(held)
    }

    pub fn is_theirs(&self, table: &str, id: Id) -> bool {
        self.theirs.get(table).is_some_and(|rows| rows.contains(&id))
    }
    pub fn has(&self, table: &str, id: Id) -> bool {
        self.is_theirs(table, id) || self.shared.get(table).is_some_and(|rows| rows.contains(&id))
    }
}

/// Every row that is the same person as this one, whether it lies in the trash or not; the one that stands for them first.
pub(crate) fn everyone_they_are(tx: &Tx, id: Id) -> Result<Vec<Id>> {
    tx.column(
        "SELECT id FROM people WHERE root = (SELECT root FROM people WHERE id = ?1) ORDER BY id <> root, created_at, id",
        [id],
    )
}

/// Something that happens with several people: it is gone when nobody is left at it. Words that others use stay.
pub(crate) fn happens(table: &Table) -> bool {
    let joins = |part: &Table| {
        let on = |name: &str| part.parents.iter().any(|(_, parent)| *parent == name);
        part.life == Life::Joined && on(table.name) && on(PEOPLE)
    };
    table.life == Life::Trash && matches!(table.concerns, Concerns::Query(_)) && crate::TABLES.iter().any(joins)
}

/// The columns by which a row names people.
pub(crate) fn columns_of_people(table: &Table) -> Vec<&'static str> {
    let mut columns: Vec<&str> =
        table.parents.iter().filter(|(_, parent)| *parent == PEOPLE).map(|(column, _)| *column).collect();
    if let Concerns::Column(column) = table.concerns
        && !columns.contains(&column)
    {
        columns.push(column);
    }
    columns
}

/// Adds what hangs on the rows, and what hangs on that, of what `belongs`.
fn grow(
    tx: &Tx,
    tables: &'static [Table],
    rows: &mut Rows,
    belongs: impl Fn(&Tx, &Table, Id) -> Result<bool>,
) -> Result<()> {
    // What each table had when its children were asked for last.
    let mut asked: Rows = Rows::new();
    loop {
        let new: Vec<(&'static str, Vec<Id>)> = rows
            .iter()
            .map(|(name, ids)| (*name, ids.iter().filter(|id| !has(&asked, name, **id)).copied().collect::<Vec<_>>()))
            .filter(|(_, ids)| !ids.is_empty())
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        for (parent, ids) in new {
            for table in tables.iter().filter(|table| table.name != PEOPLE) {
                let mut columns: Vec<&str> =
                    table.parents.iter().filter(|(_, of)| *of == parent).map(|(column, _)| *column).collect();
                if parent == PEOPLE {
                    columns = columns_of_people(table);
                }
                for column in columns {
                    let sql = format!("SELECT id FROM {} WHERE {column} = ?1", table.name);
                    for id in &ids {
                        for child in tx.column::<Id>(&sql, [id])? {
                            if !has(rows, table.name, child) && belongs(tx, table, child)? {
                                rows.entry(table.name).or_default().insert(child);
                            }
                        }
                    }
                }
            }
            asked.entry(parent).or_default().extend(ids);
        }
    }
}

fn has(rows: &Rows, table: &str, id: Id) -> bool {
    rows.get(table).is_some_and(|rows| rows.contains(&id))
}

/// Whether a row that hangs on something of theirs is theirs too: not when it names somebody else, and none of them.
fn is_of(tx: &Tx, table: &Table, id: Id, people: &BTreeSet<Id>) -> Result<bool> {
    let named = named_people(tx, table, id)?;
    Ok(named.is_empty() || named.iter().any(|person| people.contains(person)))
}

fn names_nobody(tx: &Tx, table: &Table, id: Id) -> Result<bool> {
    Ok(named_people(tx, table, id)?.is_empty())
}

/// The people whom a row names in columns of its own.
pub(crate) fn named_people(tx: &Tx, table: &Table, id: Id) -> Result<Vec<Id>> {
    let mut named = Vec::new();
    for column in columns_of_people(table) {
        let sql = format!("SELECT {column} FROM {} WHERE id = ?1 AND {column} IS NOT NULL", table.name);
        named.extend(tx.scalar::<Id>(&sql, [id])?);
    }
    Ok(named)
}

fn name_of(tables: &'static [Table], name: &str) -> &'static str {
    tables.iter().find(|table| table.name == name).map_or("", |table| table.name)
}

/// When the first of these rows came to be here, ms UTC; the end of time when none is.
pub(crate) fn first_here(tx: &Tx, people: &[Id]) -> Result<i64> {
    let mut first = i64::MAX;
    for person in people {
        let added: Option<i64> = tx.scalar("SELECT created_at FROM people WHERE id = ?1", [person])?;
        first = first.min(added.unwrap_or(i64::MAX));
    }
    Ok(first)
}
