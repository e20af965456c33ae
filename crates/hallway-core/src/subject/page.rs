//! The page: what is held about somebody, in plain words, section by section.
use super::{
    held::{self, Held, Rows, happens},
    history, named,
    row::{Row, Words, label},
};
use crate::{
    error::{Error, Result},
    exports::made::files_that_left,
    id::Id,
    imports, journey,
    normal::ContactKind,
    numbers::plural,
    people::PersonId,
    record::{Life, Table, wire_name},
    store::Tx,
    trust::suppressions::{Suppression, rows_of as rows_of_address},
};
use serde::Serialize;
use ts_rs::TS;

/// Everything held about one person.
#[derive(Debug, Serialize, TS)]
pub struct SubjectPage {
    pub name: String,
    pub sections: Vec<SubjectSection>,
}

#[derive(Debug, Serialize, TS)]
pub struct SubjectSection {
    pub title: String,
    pub lines: Vec<SubjectLine>,
}

/// One thing that is held, and what is known of it beside.
#[derive(Debug, Serialize, TS)]
pub struct SubjectLine {
    pub text: String,
    /// Which record it is, by the name of its list in the JSON of everything; null of what is no record by itself.
    pub of: Option<String>,
    /// Whether something that was typed stands in the text; else it is the product's own word for such a record.
    pub typed: bool,
    pub particulars: Vec<Particular>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Particular {
    pub label: String,
    pub value: String,
}

/// The sections in their order, each with the tables whose rows stand in it. A row of a table that is not named here
/// stands where the row stands that it hangs on, and in the last one when it hangs on nothing but the person.
const SECTIONS: &[(&str, &[&str])] = &[
    ("Who they are", &["people", "told_apart"]),
    ("How to reach them", &["contact_points", "postal_addresses"]),
    ("What happened", &["touchpoints", "touchpoint_people", "captures"]),
    ("What was promised, and what comes back", &["followups", "cadences", "set_aside"]),
    ("Where they stand", &["stage_changes", "stage_pins"]),
    ("Tags and fields", &["person_tags", "field_values"]),
    ("Lists they are on", &["list_people"]),
    ("Also kept", &[]),
];

/// Everything held about somebody, in plain words, the trash included. Others who were there are counted, not named.
///
/// # Errors
/// `not_found` when there is no such person.
pub fn page(tx: &Tx, input: PersonId) -> Result<SubjectPage> {
    let people = held::everyone_they_are(tx, input.id)?;
    let Some(first) = people.first() else { return Err(Error::NotFound("person")) };
    let held = Held::of(tx, &people)?;
    let words = Words::new(tx)?;
    let name: String = tx.scalar("SELECT display_name FROM people WHERE id = ?1", [first])?.unwrap_or_default();
    let mut sections: Vec<SubjectSection> =
        SECTIONS.iter().map(|(title, _)| SubjectSection { title: (*title).into(), lines: vec![] }).collect();
    for table in in_order(tx.store().tables()) {
        let at = section_of(tx.store().tables(), table);
        for row in rows_of(tx, table, &held)? {
            let line = told(&words, &held, &row)?;
            sections[at].lines.extend(line);
        }
    }
    sections[4].lines.splice(0..0, standing(&words, *first)?);
    sections.push(SubjectSection { title: "Where they came from".into(), lines: came_from(&words, &held.people)? });
    sections.push(SubjectSection { title: "What was changed".into(), lines: history::lines(&words, &held, &name)? });
    let elsewhere = named::of(tx, &held)?.into_iter().map(|found| SubjectLine {
        text: found.whole,
        of: None,
        typed: true,
        particulars: vec![Particular { label: "Stands in".into(), value: found.place }],
    });
    sections.push(SubjectSection { title: "Named elsewhere".into(), lines: elsewhere.collect() });
    let left = files_that_left(tx, held::first_here(tx, &people)?, None)?;
    let older = u64::from(left.count).saturating_sub(left.newest.len() as u64);
    let older = (older > 0).then(|| plural(older, "older one", "older ones"));
    let files = left.newest.into_iter().chain(older).map(|text| SubjectLine {
        text,
        of: None,
        typed: true,
        particulars: vec![],
    });
    sections.push(SubjectSection { title: "Files that left since, and may have them".into(), lines: files.collect() });
    sections.retain(|section| !section.lines.is_empty());
    Ok(SubjectPage { name, sections })
}

/// The tables in the order of the sections.
fn in_order(tables: &'static [Table]) -> Vec<&'static Table> {
    let place = |table: &Table| {
        let within = SECTIONS.iter().flat_map(|(_, names)| *names).position(|name| *name == table.name);
        (section_of(tables, table), within.unwrap_or(usize::MAX))
    };
    let mut ordered: Vec<&Table> = tables.iter().collect();
    ordered.sort_by_key(|table| place(table));
    ordered
}

fn section_of(tables: &'static [Table], table: &Table) -> usize {
    let named = |name: &str| SECTIONS.iter().position(|(_, names)| names.contains(&name));
    let by_parent = || {
        let parents = table.parents.iter().filter(|(_, parent)| !["people", table.name].contains(parent));
        parents.filter_map(|(_, parent)| named(parent)).next()
    };
    let last = SECTIONS.len() - 1;
    debug_assert!(tables.iter().any(|known| known.name == table.name));
    named(table.name).or_else(by_parent).unwrap_or(last)
}

/// The rows of one table that stand on the page by themselves, the oldest first: a part in what happened stands with what
/// happened, and a word that others use with what gives it to them.
fn rows_of(tx: &Tx, table: &'static Table, held: &Held) -> Result<Vec<Row>> {
    let of = |rows: &Rows| rows.get(table.name).cloned().unwrap_or_default();
    let mut ids = of(&held.theirs);
    if table.life == Life::Joined && part_of(tx, table).is_some() {
        return Ok(vec![]);
    }
    if table.life != Life::Shared && !matches!(table.concerns, crate::record::Concerns::Nobody) {
        ids.extend(of(&held.shared));
    }
    let mut rows = Vec::new();
    for id in ids {
        rows.extend(Row::read(tx, table, id)?);
    }
    if table.name == "people" {
        rows.sort_by_key(|row| held.people.iter().position(|id| *id == row.id));
    } else {
        rows.sort_by_key(|row| {
            let day = ["on_day", "due", "obtained_on", "given_on"].iter().find_map(|column| row.text(column));
            (day.unwrap_or_default().to_owned(), row.created_op, row.id)
        });
    }
    Ok(rows)
}

/// What happened, of which a row of this table says who was there.
fn part_of(tx: &Tx, table: &Table) -> Option<(&'static str, &'static Table)> {
    table.parents.iter().find_map(|(column, parent)| {
        let parent = tx.store().tables().iter().find(|known| known.name == *parent && happens(known))?;
        Some((*column, parent))
    })
}

/// One row in words.
fn told(words: &Words, held: &Held, row: &Row) -> Result<Option<SubjectLine>> {
    let table = row.table.name;
    let text = |column: &str| row.text(column).unwrap_or_default().to_owned();
    // Columns that are in the first words already.
    let mut said: Vec<&str> = vec![];
    let mut head = match table {
        "people" => {
            said.push("display_name");
            text("display_name")
        }
        "touchpoints" => {
            said.extend(["kind", "on_day", "precision"]);
            let day = words.known_day(&text("on_day"), &text("precision"));
            format!("{}: {}", day, words.kind(&text("kind"))?)
        }
        "stage_changes" => {
            said.extend(["on_day", "from_stage", "to_stage"]);
            let config = journey::config(words.tx)?;
            let name = |column: &str| -> String {
                let stage = serde_json::from_value(row.value(column).clone()).ok().flatten();
                stage.map_or_else(|| "not placed".to_owned(), |stage| config.1.names.at(stage).to_owned())
            };
            format!("{}: from {} to {}", words.day(&text("on_day")), name("from_stage"), name("to_stage"))
        }
        "told_apart" => "Said not to be the same as somebody else".to_owned(),
        "set_aside" => {
            let (what, id) = row.text("key").and_then(|key| key.split_once(':')).unwrap_or_default();
            let about = match id.parse::<Id>() {
                Ok(id) => words.name("touchpoints", id)?,
                Err(_) => None,
            };
            let about = about.map_or_else(String::new, |about| format!(": {about}"));
            format!("Put aside, {}{about}", if what == "touch" { "staying in touch" } else { what })
        }
        _ => String::new(),
    };
    for column in ["name", "value", "text", "raw", "lines"] {
        if head.is_empty() && !text(column).is_empty() {
            head = text(column);
            said.push(column);
        }
    }
    // What it joins to them: "Rust", "T-shirt: M".
    for (column, parent) in row.table.parents.iter().filter(|(_, parent)| *parent != "people") {
        if row.table.life == Life::Joined
            && let Some(id) = row.named(column)
            && let Some(name) = words.name(parent, id)?
        {
            head = if head.is_empty() { name } else { format!("{name}: {head}") };
            said.push(column);
        }
    }
    // What stands there so far is what somebody wrote or called it.
    let typed = !head.is_empty();
    if let Some(kind) = row.text("kind").filter(|_| table != "touchpoints") {
        let kind = match ContactKind::from_key(kind).filter(|_| table == "contact_points") {
            Some(kind) => kind.label().to_owned(),
            None => kind.replace('_', " "),
        };
        head = if head.is_empty() { kind } else { format!("{kind}: {head}") };
        said.push("kind");
    }
    if head.is_empty() {
        head = row.table.noun.to_owned();
    }
    let mut letters = head.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let mut particulars = Vec::new();
    for (n, column) in row.table.columns.iter().enumerate().filter(|(_, column)| !said.contains(column)) {
        particulars.extend(words.particular(row, n)?);
        debug_assert!(!column.is_empty());
    }
    if happens(row.table) {
        particulars.extend(parts(words, held, row)?);
    }
    particulars.extend(suppressed(words, row)?);
    for (column, at) in
        [("added", row.created_at), ("last changed", row.updated_at), ("in the trash since", row.deleted_at)]
    {
        let again = column == "last changed" && row.updated_at == row.created_at;
        particulars
            .extend(at.filter(|_| !again).map(|at| Particular { label: label("", column), value: words.day_of(at) }));
    }
    Ok(Some(SubjectLine { text: first + letters.as_str(), of: Some(wire_name(table)), typed, particulars }))
}

/// What the suppression list says of an address: it knows no person, and is about this one all the same.
fn suppressed(words: &Words, row: &Row) -> Result<Vec<Particular>> {
    let said = suppressions_of(words.tx, row)?.into_iter().map(|listed| {
        let since = words.day(&listed.on_day);
        let why = listed.reason.words();
        let value = match &listed.lifted_on {
            None => format!("yes, since {since}: {why}. Nothing is sent to it, and no import brings it back."),
            Some(ended) => format!("no longer: {why} on {since}, until {}", words.day(ended)),
        };
        Particular { label: "On the suppression list".into(), value }
    });
    Ok(said.collect())
}

/// The entries of the suppression list that are about a way to reach them.
pub(super) fn suppressions_of(tx: &Tx, row: &Row) -> Result<Vec<Suppression>> {
    let kind = row.text("kind").and_then(ContactKind::from_key);
    match (kind, row.text("value")) {
        (Some(kind), Some(value)) if row.table.name == "contact_points" => rows_of_address(tx, kind, value),
        _ => Ok(vec![]),
    }
}

/// Their part in what happened, and how many others were there.
fn parts(words: &Words, held: &Held, row: &Row) -> Result<Vec<Particular>> {
    let mut particulars = Vec::new();
    let mut others = 0;
    for table in words.tx.store().tables().iter().filter(|table| table.life == Life::Joined) {
        let Some((column, _)) = part_of(words.tx, table).filter(|(_, parent)| parent.name == row.table.name) else {
            continue;
        };
        let sql = format!("SELECT id FROM {} WHERE {column} = ?1", table.name);
        for id in words.tx.column::<Id>(&sql, [row.id])? {
            if !held.is_theirs(table.name, id) {
                others += 1;
                continue;
            }
            let Some(part) = Row::read(words.tx, table, id)? else { continue };
            for n in 0..table.columns.len() {
                if table.columns[n] != column {
                    particulars.extend(words.particular(&part, n)?);
                }
            }
        }
    }
    if others > 0 {
        particulars.push(Particular {
            label: "Also there".into(),
            value: format!(
                "{}, who {} not named here",
                plural(others, "other", "others"),
                if others == 1 { "is" } else { "are" }
            ),
        });
    }
    Ok(particulars)
}

/// Where they stand today; nothing of whoever lies in the trash.
fn standing(words: &Words, person: Id) -> Result<Option<SubjectLine>> {
    let mut query = words.tx.sql().prepare_cached(
        "SELECT stage, since, confidence, presence, ring, last_touch_on FROM person_state WHERE person = ?1",
    )?;
    let mut rows = query.query([person])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let config = journey::config(words.tx)?;
    let stage: Option<journey::engine::Stage> = row.get(0)?;
    let since: Option<String> = row.get(1)?;
    let mut text = stage.map_or_else(|| "Not placed yet".to_owned(), |stage| config.1.names.at(stage).to_owned());
    if let (Some(_), Some(since)) = (stage, since) {
        text += &format!(", since {}", words.day(&since));
    }
    let mut particulars = Vec::new();
    for (n, said) in ["How sure that is", "Presence", "Ring", "Last in touch"].iter().enumerate() {
        let value: Option<String> = row.get(n + 2)?;
        // A word of the engine, or a day.
        let value = value.map(|value| words.day(&value).replace('_', " "));
        particulars.extend(value.map(|value| Particular { label: (*said).into(), value }));
    }
    Ok(Some(SubjectLine { text, of: None, typed: true, particulars }))
}

/// How each of the rows that are them got here.
fn came_from(words: &Words, people: &[Id]) -> Result<Vec<SubjectLine>> {
    let mut lines = Vec::new();
    for id in people {
        let Some((name, at)) = words
            .tx
            .sql()
            .prepare_cached("SELECT display_name, created_at FROM people WHERE id = ?1")?
            .query_map([id], |r| Ok((r.get::<_, String>(0)?, r.get::<_, i64>(1)?)))?
            .next()
            .transpose()?
        else {
            continue;
        };
        let day = words.day_of(at);
        lines.push(SubjectLine {
            text: match imports::brought(words.tx, *id)? {
                Some(file) => format!("{name} came from the file “{file}” on {day}"),
                None => format!("{name} was added on {day}"),
            },
            of: None,
            typed: true,
            particulars: vec![],
        });
    }
    Ok(lines)
}
