//! Where somebody is named in what is not theirs: in a note about others, in a line that waits, in the name of a tag.
use super::held::{Held, happens};
use super::names::words_of;
pub(crate) use super::names::{Names, blanked};
use crate::{
    error::Result,
    id::Id,
    normal::fold,
    record::{Concerns, Table},
    store::Tx,
};
use std::collections::BTreeSet;

/// A text that is not theirs, and names them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub table: &'static str,
    pub row: Id,
    pub column: &'static str,
    /// "A note of what happened".
    pub place: String,
    pub whole: String,
    /// Where in the text, as bytes, one after the other.
    pub spans: Vec<(usize, usize)>,
    /// Only a part of their name stands in it, or where they work: it may be about somebody else.
    pub in_part: bool,
}

impl Found {
    /// The words that name them, as they stand in the text, each once.
    pub fn words(&self) -> Vec<String> {
        let words: BTreeSet<&str> = self.spans.iter().map(|(from, to)| &self.whole[*from..*to]).collect();
        words.into_iter().map(str::to_owned).collect()
    }
}

/// Texts outside of everything that is held about them anyway.
pub(crate) fn of(tx: &Tx, held: &Held) -> Result<Vec<Found>> {
    let mut names = Names::of(tx, held)?;
    names.forget_parts();
    let mut found = everywhere(tx, &names, held)?;
    found.retain(|text| !held.has(text.table, text.row));
    Ok(found)
}

/// Every text of the file that names them, theirs too.
///
/// In what happened with them and others, one of their names is enough, unless it is one of the others' too. Anywhere else it is
/// said of a text that only a part of their name stands in it.
pub(crate) fn everywhere(tx: &Tx, names: &Names, held: &Held) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    let nobody = BTreeSet::new();
    for table in tx.store().tables() {
        let columns = free_columns(table);
        if columns.is_empty() || names.is_empty() {
            continue;
        }
        let mut query =
            tx.sql().prepare(&format!("SELECT id, {} FROM {} ORDER BY rid", columns.join(", "), table.name))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            for (n, column) in columns.iter().enumerate() {
                // The number of another row is a text on the wire only.
                let Ok(Some(text)) = row.get_ref(n + 1)?.as_str_or_null() else { continue };
                let text = &*table.as_lines(column, text);
                // Texts of a list stand beside each other and say nothing together.
                let apart = table.is_list_of_texts(column);
                let places = |find: &dyn Fn(&str) -> Vec<(usize, usize)>| {
                    if apart { line_by_line(text, find) } else { find(text) }
                };
                let (spans, in_part) = match near(tx, table, row.get(0)?, held)? {
                    Some(others) => match places(&|line| names.places_among(line, &others)) {
                        none if none.is_empty() => (places(&|line| names.places_in_part(line, &others)), true),
                        some => (some, false),
                    },
                    None => match places(&|line| names.places_in_part(line, &nobody)) {
                        all if all.is_empty() || names.surely => (all, false),
                        _ => {
                            let others = others_called(tx, table, row.get(0)?, held)?;
                            let whole = places(&|line| names.places(line));
                            (places(&|line| names.places_in_part(line, &others)), whole.is_empty())
                        }
                    },
                };
                if !spans.is_empty() {
                    found.push(Found {
                        table: table.name,
                        row: row.get(0)?,
                        column,
                        place: super::places::of(table, column),
                        whole: text.to_owned(),
                        spans,
                        in_part,
                    });
                }
            }
        }
    }
    Ok(found)
}

/// What is found in each line by itself, as bytes of the whole.
fn line_by_line(text: &str, find: &dyn Fn(&str) -> Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let (mut found, mut at) = (Vec::new(), 0);
    for line in text.split('\n') {
        found.extend(find(line).into_iter().map(|(from, to)| (at + from, at + to)));
        at += line.len() + 1;
    }
    found
}

/// The words that others are called by who were there, where somebody was with others; nothing anywhere else.
pub(crate) fn near(tx: &Tx, table: &Table, id: Id, held: &Held) -> Result<Option<BTreeSet<String>>> {
    let Concerns::Query(people) = table.concerns else { return Ok(None) };
    if !happens(table) || !held.shared.get(table.name).is_some_and(|rows| rows.contains(&id)) {
        return Ok(None);
    }
    Ok(Some(words_of_others(tx, tx.column::<Id>(people, [id])?, held)?))
}

/// The words that others are called by whom a row is about.
pub(crate) fn others_called(tx: &Tx, table: &Table, id: Id, held: &Held) -> Result<BTreeSet<String>> {
    let people: Vec<Id> = match table.concerns {
        Concerns::Itself => vec![id],
        Concerns::Column(column) => {
            tx.column(&format!("SELECT {column} FROM {} WHERE id = ?1 AND {column} IS NOT NULL", table.name), [id])?
        }
        Concerns::Query(people) => tx.column(people, [id])?,
        Concerns::Nobody => vec![],
    };
    words_of_others(tx, people, held)
}

fn words_of_others(tx: &Tx, people: Vec<Id>, held: &Held) -> Result<BTreeSet<String>> {
    let mut others = BTreeSet::new();
    for person in people.into_iter().filter(|person| !held.is_theirs("people", *person)) {
        let name: Option<String> = tx.scalar("SELECT display_name FROM people WHERE id = ?1", [person])?;
        others.extend(words_of(&fold(&name.unwrap_or_default())));
    }
    Ok(others)
}

/// The columns of a table in which somebody can write what they like: not a word out of a list, not a number, not a form
/// that follows from another column.
pub(crate) fn free_columns(table: &Table) -> Vec<&'static str> {
    let free = |column: &&crate::record::Column| {
        let reference = column.name == "id"
            || table.parents.iter().any(|(name, _)| *name == column.name)
            || matches!(table.concerns, Concerns::Column(name) if name == column.name);
        (column.is_text() || column.is_list_of_texts()) && !reference && !column.name.ends_with("_norm")
    };
    table.shape.iter().filter(free).map(|column| column.name).collect()
}
