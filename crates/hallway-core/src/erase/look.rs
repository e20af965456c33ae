//! What would be gone, before anybody decides.
use super::{
    choices,
    organisations::{self, OnlyTheirs},
};
use crate::{
    captures,
    error::{Error, Result},
    exports::made::{FilesThatLeft, files_that_left},
    id::Id,
    people::PersonIds,
    record::{Concerns, Table},
    store::{Leaving, Tx, backups, in_the_trash},
    subject::{
        held::{self, Held, Rows, happens, named_people},
        named::{self, Found},
    },
};
use rusqlite::OptionalExtension;
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};
use ts_rs::TS;

/// What erasing somebody would do.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ErasePreview {
    /// Whom: by the name that has to be typed to confirm it.
    pub names: Vec<String>,
    /// What would be gone.
    pub gone: Vec<GoneCount>,
    /// What happened with others too: it stays with them.
    pub shared: u32,
    /// Organisations that only they had: they go with them, unless it is said that they stay.
    pub organisations: Vec<OnlyTheirs>,
    /// Texts about others that name them, each of which needs a decision. What an organisation is called that goes with them
    /// needs none.
    pub named: Vec<NamedText>,
    /// What texts were searched for, as it was typed: their names, the first and the last word of each, their addresses and
    /// handles, and organisations that only they had.
    pub searched: Vec<String>,
    /// Lines of the history that would be gone.
    pub changes: u32,
    /// Backups that would be written anew, because they are in them.
    pub backups: u32,
    /// Files that were set aside when they were damaged, which still hold what was in them.
    pub set_aside: Vec<String>,
    /// So many files left Hallway since the first of them was here, and may have them in them: they are out of its reach.
    pub files_that_left: FilesThatLeft,
    /// Why it cannot be done now: a sentence.
    pub not_now: Option<String>,
}

/// So many of what.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize, TS)]
pub struct GoneCount {
    /// "contact_points".
    pub table: String,
    /// "way to reach them": what one of them is called.
    pub what: String,
    pub count: u32,
}

/// A text about others that names them.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NamedText {
    pub table: String,
    pub row: Id,
    pub column: String,
    /// "A note of what happened".
    pub place: String,
    /// Whom the text is about, by name.
    pub about: Vec<String>,
    pub text: String,
    /// Where it names them: from and to, in UTF-16 code units.
    pub spans: Vec<(u32, u32)>,
    /// Whether the words can be blanked: not a name or an address, which is somebody else's.
    pub can_blank: bool,
    /// The words in it by which it was found, each once.
    pub words: Vec<String>,
    /// These are only a part of their name, or where they work, so that it may be about somebody else: it is decided by itself.
    pub in_part: bool,
}

pub fn preview(tx: &Tx, input: PersonIds) -> Result<ErasePreview> {
    let people = whole_people(tx, &input.ids)?;
    let held = Held::of(tx, &people)?;
    let leaving = leaving(tx, &held)?;
    let mut names = BTreeSet::new();
    for id in &input.ids {
        let name = "SELECT r.display_name FROM people p JOIN people r ON r.id = p.root WHERE p.id = ?1";
        names.extend(tx.scalar::<String>(name, [id])?);
    }
    let touched =
        held.shared.iter().filter(|(name, _)| tx.store().tables().iter().any(|t| t.name == **name && happens(t)));
    let shared = touched.flat_map(|(name, rows)| rows.iter().map(move |row| (*name, *row)));
    let shared = shared.filter(|(name, row)| !leaving.rows.get(name).is_some_and(|rows| rows.contains(row))).count();
    let mut named = Vec::new();
    let looked_for = names_of(tx, &held, &leaving)?;
    let (decided, _) = choices::parted(tx, outside(tx, &held, &leaving, &looked_for)?)?;
    for found in decided {
        named.push(shown(tx, found)?);
    }
    let mut changes = BTreeSet::new();
    for person in &people {
        changes.extend(tx.column::<i64>("SELECT change FROM change_people WHERE person = ?1", [person])?);
    }
    let path = tx.store().path();
    Ok(ErasePreview {
        names: names.into_iter().collect(),
        gone: counts(tx, &leaving),
        shared: shared as u32,
        organisations: organisations::only_theirs(tx, &people, &leaving)?,
        named,
        searched: looked_for.searched().into_iter().collect(),
        changes: changes.len() as u32,
        backups: backups::kept(path).iter().filter(|kept| has_any(&kept.path, &people).unwrap_or(true)).count() as u32,
        set_aside: backups::set_aside_of(path),
        files_that_left: files_that_left(tx, held::first_here(tx, &people)?, None)?,
        not_now: not_now(tx)?,
    })
}

/// Every row that is one of these people, and those that were taken back under a name of theirs.
///
/// # Errors
/// `not_found` when one of them is not there.
pub(super) fn whole_people(tx: &Tx, ids: &[Id]) -> Result<Vec<Id>> {
    let (mut people, mut seen) = (Vec::new(), HashSet::new());
    for id in ids {
        let rows = held::everyone_they_are(tx, *id)?;
        if rows.is_empty() {
            return Err(Error::NotFound("person"));
        }
        people.extend(rows.into_iter().filter(|row| seen.insert(*row)));
    }
    let names = named::Names::of(tx, &Held::of(tx, &people)?)?;
    people.extend(taken_back(tx, &names)?.into_iter().filter(|row| seen.insert(*row)));
    Ok(people)
}

/// Whoever was made by a slip under a name of theirs, and taken back: nobody sees them any more, and they would stay in the
/// file.
fn taken_back(tx: &Tx, names: &named::Names) -> Result<Vec<Id>> {
    let sql = format!(
        "SELECT id, display_name FROM people WHERE deleted_at IS NOT NULL AND NOT ({})",
        in_the_trash("people")
    );
    let mut query = tx.sql().prepare(&sql)?;
    let mut rows = query.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if !names.places(&row.get::<_, String>(1)?).is_empty() {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}

/// What leaves with them: what is theirs, and what happened with nobody else.
pub(super) fn leaving(tx: &Tx, held: &Held) -> Result<Leaving> {
    let mut rows: Rows = held.theirs.clone();
    let mut deserted: Rows = Rows::new();
    for table in tx.store().tables().iter().filter(|table| happens(table)) {
        for id in held.shared.get(table.name).into_iter().flatten() {
            if !anybody_else_at(tx, table, *id, held)? {
                deserted.entry(table.name).or_default().insert(*id);
            }
        }
    }
    // What was promised there and names nobody goes too.
    for table in tx.store().tables() {
        for (column, parent) in table.parents {
            let sql = format!("SELECT id FROM {} WHERE {column} = ?1", table.name);
            for id in deserted.get(parent).into_iter().flatten() {
                for child in tx.column::<Id>(&sql, [id])? {
                    if named_people(tx, table, child)?.is_empty() {
                        rows.entry(table.name).or_default().insert(child);
                    }
                }
            }
        }
    }
    for (name, ids) in deserted {
        rows.entry(name).or_default().extend(ids);
    }
    Ok(Leaving { rows })
}

/// Adds what cannot be without a row that leaves.
pub(super) fn with_children(tx: &Tx, leaving: &mut Leaving) -> Result<()> {
    loop {
        let mut more: Vec<(&'static str, Id)> = Vec::new();
        for table in tx.store().tables() {
            for (column, parent) in &tx.references(table)? {
                let needed = "SELECT \"notnull\" FROM pragma_table_info(?1) WHERE name = ?2";
                // What was typed is gone with what it was saved as.
                let with_it = table.name == "captures" && happens_named(tx, parent);
                if tx.scalar::<bool>(needed, (table.name, column))? != Some(true) && !with_it {
                    continue;
                }
                let sql = format!("SELECT id FROM {} WHERE {column} = ?1", table.name);
                for id in leaving.rows.get(parent.as_str()).into_iter().flatten() {
                    more.extend(tx.column::<Id>(&sql, [id])?.into_iter().map(|child| (table.name, child)));
                }
            }
        }
        let before: usize = leaving.rows.values().map(BTreeSet::len).sum();
        for (name, id) in more {
            leaving.rows.entry(name).or_default().insert(id);
        }
        if leaving.rows.values().map(BTreeSet::len).sum::<usize>() == before {
            return Ok(());
        }
    }
}

fn happens_named(tx: &Tx, name: &str) -> bool {
    tx.store().tables().iter().any(|table| table.name == name && happens(table))
}

/// Whether somebody else was there: by any record that joins people to what happened.
fn anybody_else_at(tx: &Tx, table: &Table, id: Id, held: &Held) -> Result<bool> {
    for part in tx.store().tables().iter().filter(|part| part.life == crate::record::Life::Joined) {
        for (column, parent) in part.parents {
            if *parent != table.name {
                continue;
            }
            let sql = format!("SELECT id FROM {} WHERE {column} = ?1", part.name);
            if tx.column::<Id>(&sql, [id])?.into_iter().any(|row| !held.is_theirs(part.name, row)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The texts that name them and stay.
pub(super) fn outside(tx: &Tx, held: &Held, leaving: &Leaving, names: &named::Names) -> Result<Vec<Found>> {
    let mut found = named::everywhere(tx, names, held)?;
    found.retain(|text| !leaving.rows.get(text.table).is_some_and(|rows| rows.contains(&text.row)));
    // What other people are called, and where they are reached, is not asked about for one word of it; where only they were
    // is asked about by itself.
    let only_theirs = organisations::only_theirs(tx, &held.people, leaving)?;
    found.retain(|text| {
        let others = ["people", "contact_points"].contains(&text.table)
            || text.table == "organisations" && only_theirs.iter().any(|one| one.id == text.row);
        !text.in_part || can_blank(text.column) || !others
    });
    found.extend(being_typed(tx, names)?);
    Ok(found)
}

/// Lines that are not saved yet in which only a part of their name stands: one that names them wholly is about them, and goes.
fn being_typed(tx: &Tx, names: &named::Names) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for line in captures::not_saved(tx)? {
        let spans = names.places_in_part(&line.text, &BTreeSet::new());
        if !spans.is_empty() && names.places(&line.text).is_empty() {
            found.push(Found {
                table: NOT_SAVED,
                row: line.id,
                column: "text",
                place: "A line that is not saved yet".to_owned(),
                whole: line.text,
                spans,
                in_part: true,
            });
        }
    }
    Ok(found)
}

/// Where lines stand that are not saved yet.
pub(super) const NOT_SAVED: &str = "unsaved_lines";

/// What is looked for in the texts of others.
pub(super) fn names_of(tx: &Tx, held: &Held, leaving: &Leaving) -> Result<named::Names> {
    let mut names = named::Names::of(tx, held)?;
    for organisation in organisations::only_theirs(tx, &held.people, leaving)? {
        names.works_at(&organisation.name);
    }
    Ok(names)
}

/// A name, an address and whatever else something is known by is not blanked: it is somebody else's, or shared.
pub(super) fn can_blank(column: &str) -> bool {
    !is_called(column)
        && !["key", "value", "kind", "file_hash", "headers", "website", "columns"].contains(&column)
        && !column.ends_with("_norm")
}

/// Whether a column says what somebody or something is called.
pub(super) fn is_called(column: &str) -> bool {
    ["display_name", "name", "label"].contains(&column)
}

fn shown(tx: &Tx, found: Found) -> Result<NamedText> {
    let at = |byte: usize| found.whole[..byte].encode_utf16().count() as u32;
    let spans = found.spans.iter().map(|(from, to)| (at(*from), at(*to))).collect();
    let mut about = Vec::new();
    if let Some(table) = tx.store().tables().iter().find(|table| table.name == found.table) {
        let people: Vec<Id> = match table.concerns {
            Concerns::Itself => vec![found.row],
            Concerns::Column(column) => tx.column(
                &format!("SELECT {column} FROM {} WHERE id = ?1 AND {column} IS NOT NULL", table.name),
                [found.row],
            )?,
            Concerns::Query(sql) if happens(table) => tx.column(sql, [found.row])?,
            Concerns::Query(_) | Concerns::Nobody => vec![],
        };
        for person in people {
            let name = "SELECT r.display_name FROM people p JOIN people r ON r.id = p.root WHERE p.id = ?1";
            about.extend(tx.scalar::<String>(name, [person])?);
        }
    }
    let words = found.words();
    Ok(NamedText {
        table: found.table.to_owned(),
        row: found.row,
        column: found.column.to_owned(),
        place: found.place,
        about,
        spans,
        can_blank: can_blank(found.column),
        words,
        in_part: found.in_part,
        text: found.whole,
    })
}

pub(super) fn counts(tx: &Tx, leaving: &Leaving) -> Vec<GoneCount> {
    let of = |table: &Table| leaving.rows.get(table.name).map_or(0, BTreeSet::len) as u32;
    let tables = tx.store().tables().iter().filter(|table| of(table) > 0);
    tables.map(|table| GoneCount { table: table.name.into(), what: table.noun.into(), count: of(table) }).collect()
}

/// Whether any of these rows is in a backup.
pub(super) fn has_any(path: &std::path::Path, people: &[Id]) -> Result<bool> {
    let conn = backups::opened(path)?;
    let mut there = conn.prepare("SELECT 1 FROM people WHERE id = ?1")?;
    for person in people {
        if there.query_row([person], |_| Ok(())).optional()?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A sentence, while it cannot be done.
pub(super) fn not_now(tx: &Tx) -> Result<Option<String>> {
    let under_way = tx.scalar::<bool>("SELECT EXISTS (SELECT 1 FROM import_runs)", [])?.unwrap_or(false);
    Ok(under_way.then(|| {
        "An import is under way or was interrupted. Let it end, or take it back, and erase them then.".to_owned()
    }))
}
