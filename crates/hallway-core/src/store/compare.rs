//! Every record of a table in two files, by its id and by what it says. Both are read once from beginning to end, and of
//! what is the same in both nothing is kept in memory.
use crate::{error::Result, id::Id, record::Table};
use rusqlite::{Connection, Row, types::ValueRef};
use std::{
    collections::{BTreeSet, HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

/// How a record is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lies {
    /// Taken back, or said no longer: nobody sees it.
    Nowhere,
    /// In the trash.
    InTheTrash,
    Here,
}

/// A record as one of the two files has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Seen {
    pub lies: Lies,
    /// Of a person: the row that stands for them. Of everything else its own id.
    pub root: Id,
    /// It joins others, and one of them is only in this file: whoever hears of that one knows of this.
    pub implied: bool,
    /// What it says, in short.
    says: u64,
}

/// A record that the two files do not have alike.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Differing {
    pub id: Id,
    pub now: Option<Seen>,
    pub then: Option<Seen>,
}

impl Differing {
    pub fn says_the_same(&self) -> bool {
        self.now.zip(self.then).is_some_and(|(now, then)| now.says == then.says)
    }
}

/// Ids that are in one of the two files alone, by table.
pub(crate) type Alone = HashMap<&'static str, BTreeSet<Id>>;

/// Tells `each` of every record of the table that the two files do not have alike. Tables come in an order in which a record
/// that others hang on comes before them; `alone` is what was found of those before, here and then.
pub(crate) fn differing(
    table: &Table,
    here: &Connection,
    then: &Connection,
    alone: (&Alone, &Alone),
    mut each: impl FnMut(Differing),
) -> Result<()> {
    let defaults = columns_of(here, table)?;
    let now_asked = question(table, &defaults, &defaults);
    let then_asked = question(table, &columns_of(then, table)?, &defaults);
    let mut here = here.prepare(&now_asked)?;
    let mut then = then.prepare(&then_asked)?;
    let (mut here, mut then) = (here.query([])?, then.query([])?);
    // A record that left its table and came back has another place in it.
    let (mut only_here, mut only_then) = (HashMap::new(), HashMap::new());
    let (mut one, mut other) = (here.next()?, then.next()?);
    loop {
        match (one, other) {
            (None, None) => break,
            (Some(now), None) => {
                only_here.insert(now.get::<_, Id>(FIRST)?, seen(table, now, alone.0)?);
                one = here.next()?;
            }
            (None, Some(before)) => {
                only_then.insert(before.get::<_, Id>(FIRST)?, seen(table, before, alone.1)?);
                other = then.next()?;
            }
            (Some(now), Some(before)) => {
                let (rid, old_rid): (i64, i64) = (now.get(0)?, before.get(0)?);
                let (id, old_id): (Id, Id) = (now.get(FIRST)?, before.get(FIRST)?);
                if rid == old_rid && id == old_id {
                    if !is_the_same(table, now, before)? {
                        let (now, then) = (seen(table, now, alone.0)?, seen(table, before, alone.1)?);
                        each(Differing { id, now: Some(now), then: Some(then) });
                    }
                } else {
                    if rid <= old_rid {
                        only_here.insert(id, seen(table, now, alone.0)?);
                    }
                    if old_rid <= rid {
                        only_then.insert(old_id, seen(table, before, alone.1)?);
                    }
                }
                if rid <= old_rid {
                    one = here.next()?;
                }
                if old_rid <= rid {
                    other = then.next()?;
                }
            }
        }
    }
    for (id, now) in only_here {
        let then = only_then.remove(&id);
        if then.is_none_or(|then| (then.lies, then.says) != (now.lies, now.says)) {
            each(Differing { id, now: Some(now), then });
        }
    }
    for (id, then) in only_then {
        each(Differing { id, now: None, then: Some(then) });
    }
    Ok(())
}

/// The place of the id in what is asked, after the place in the table, how it lies and who stands for it.
const FIRST: usize = 3;

/// What a table has for columns, and what each says when nothing is said; nothing when a file has no such table.
fn columns_of(conn: &Connection, table: &Table) -> Result<HashMap<String, Option<String>>> {
    let mut query = conn.prepare("SELECT name, dflt_value FROM pragma_table_info(?1)")?;
    Ok(query.query_map([table.name], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// An older file lacks columns that came since, and tables: what they say in it is what they said to begin with.
fn question(
    table: &Table,
    there: &HashMap<String, Option<String>>,
    defaults: &HashMap<String, Option<String>>,
) -> String {
    let column = |name: &str| match there.contains_key(name) {
        true => name.to_owned(),
        false => defaults.get(name).cloned().flatten().unwrap_or_else(|| "NULL".to_owned()),
    };
    let columns: Vec<String> = table.columns.iter().map(|name| column(name)).collect();
    let lies = if there.contains_key("deleted_at") {
        "CASE WHEN deleted_at IS NULL THEN 2 ELSE deleted_op IS NOT created_op END"
    } else if there.contains_key("voided_by") {
        "CASE WHEN voided_by IS NULL THEN 2 ELSE 0 END"
    } else {
        "2"
    };
    let root = if there.contains_key("root") { "root" } else { "NULL" };
    if there.is_empty() {
        return format!("SELECT 0, 0, NULL, {} WHERE false", columns.join(", "));
    }
    format!("SELECT rid, {lies}, {root}, {} FROM {} ORDER BY rid", columns.join(", "), table.name)
}

fn is_the_same(table: &Table, one: &Row, other: &Row) -> Result<bool> {
    // Whoever stands for a person follows from what the rows say.
    for n in (1..FIRST + table.columns.len()).filter(|n| *n != 2) {
        if one.get_ref(n)? != other.get_ref(n)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn seen(table: &Table, row: &Row, alone: &Alone) -> Result<Seen> {
    let mut says = DefaultHasher::new();
    let mut implied = false;
    for (n, column) in table.columns.iter().enumerate() {
        let value = row.get_ref(FIRST + n)?;
        match value {
            ValueRef::Null => 0.hash(&mut says),
            ValueRef::Integer(n) => (1, n).hash(&mut says),
            ValueRef::Real(x) => (2, x.to_bits()).hash(&mut says),
            ValueRef::Text(text) => (3, text).hash(&mut says),
            ValueRef::Blob(bytes) => (4, bytes).hash(&mut says),
        }
        if !table.trashes()
            && let Some((_, parent)) = table.parents.iter().find(|(parent, _)| parent == column)
            && let ValueRef::Blob(id) = value
            && let Ok(id) = id.try_into()
        {
            implied |= alone.get(parent).is_some_and(|ids| ids.contains(&Id(id)));
        }
    }
    let lies = match row.get(1)? {
        0 => Lies::Nowhere,
        1 => Lies::InTheTrash,
        _ => Lies::Here,
    };
    let id: Id = row.get(FIRST)?;
    let root = row.get::<_, Option<Id>>(2)?.unwrap_or(id);
    Ok(Seen { lies, root, implied, says: says.finish() })
}
