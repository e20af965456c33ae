//! What the list shows, as a CSV file: for a program to read, or for a spreadsheet to open.
use crate::{
    contact_points::{self, ContactStatus},
    countries,
    error::{Error, Result, invalid},
    fields,
    id::Id,
    journey::engine::Stage,
    normal::ContactKind,
    organisations::Organisation,
    people::{self, PeopleQuery, Person},
    rpc::Empty,
    store::{Access, Tx},
    tags::{self, TagKind},
    transfer::csv::{CsvWriter, ExportMode, join_names},
};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ExportPeople {
    pub query: PeopleQuery,
    /// Only these, in the order of the query; missing means everybody it matches.
    pub ids: Option<Vec<Id>>,
    /// A grant of the host.
    pub file: String,
    pub mode: ExportMode,
    /// Keys of [`ExportColumn`]; missing means those chosen by default.
    pub columns: Option<Vec<String>>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportColumn {
    pub key: String,
    pub label: String,
    /// Whether it is in the file unless somebody says otherwise. Notes never are.
    pub chosen: bool,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    pub rows: u32,
    pub file_name: String,
    pub bytes: u64,
    /// Cells a careless program could take for a formula: written as they are, counted here.
    pub flagged: u32,
}

/// Fixed columns: key, label, chosen.
const COLUMNS: &[(&str, &str, bool)] = &[
    ("name", "Name", true),
    ("pronouns", "Pronouns", false),
    ("organisation", "Organisation", true),
    ("role_title", "Role", true),
    ("city", "City", true),
    ("country", "Country", true),
    ("country_code", "Country code", false),
    ("time_zone", "Time zone", false),
    ("languages", "Languages", false),
    ("stage", "Stage", true),
    ("stage_since", "Stage since", false),
    ("confidence", "Confidence", false),
    ("last_touch", "Last touch", true),
    ("do_not_contact", "Do not contact", true),
    ("stack", "Works with", true),
    ("tags", "Tags", true),
    ("building_now", "Building now", false),
    ("challenges", "Stuck on", false),
    ("notes", "Notes", false),
    ("added", "Added", false),
];

pub fn columns(tx: &Tx, _: Empty) -> Result<Vec<ExportColumn>> {
    let mut columns: Vec<ExportColumn> = COLUMNS
        .iter()
        .map(|(key, label, chosen)| ExportColumn { key: (*key).into(), label: (*label).into(), chosen: *chosen })
        .collect();
    for kind in ContactKind::ALL {
        columns.push(ExportColumn {
            key: kind.key().into(),
            label: kind.label().into(),
            chosen: kind == ContactKind::Email,
        });
    }
    for field in fields::list(tx, Empty {})? {
        columns.push(ExportColumn { key: format!("field:{}", field.id), label: field.label, chosen: false });
    }
    Ok(columns)
}

/// Writes the file whole or not at all.
pub fn people(tx: &Tx, input: ExportPeople) -> Result<Exported> {
    let path = tx.store().granted(&input.file, Access::Write)?;
    let known = columns(tx, Empty {})?;
    let columns: Vec<ExportColumn> = match &input.columns {
        None => known.into_iter().filter(|c| c.chosen).collect(),
        Some(keys) => keys
            .iter()
            .map(|key| {
                known.iter().find(|c| c.key == *key).cloned().ok_or_else(|| Error::Invalid {
                    field: "columns".into(),
                    message: format!("There is no column “{key}”."),
                })
            })
            .collect::<Result<_>>()?,
    };
    if columns.is_empty() {
        return invalid("columns", "Choose at least one column.");
    }
    let matched = people::found(tx, &input.query)?;
    let wanted: Option<std::collections::BTreeSet<Id>> = input.ids.map(|ids| ids.into_iter().collect());

    written_whole(&path, |file| {
        let mut writer = CsvWriter::new(BufWriter::new(file), input.mode);
        writer.write(columns.iter().map(|c| c.label.as_str())).map_err(|source| file_error(&path, source))?;
        let mut rows = 0;
        for id in matched.ids.iter().filter(|id| wanted.as_ref().is_none_or(|w| w.contains(id))) {
            let cells = cells(tx, *id, &columns)?;
            writer.write(&cells).map_err(|source| file_error(&path, source))?;
            rows += 1;
        }
        let (mut file, written) = writer.finish().map_err(|source| file_error(&path, source))?;
        file.flush().map_err(|source| file_error(&path, source))?;
        let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Exported { rows, file_name, bytes: written.bytes, flagged: written.flagged_cells as u32 })
    })
}

/// Writes a file whole or not at all: what stood there stays until everything new is on the disk.
pub(crate) fn written_whole<T>(path: &Path, write: impl FnOnce(&mut File) -> Result<T>) -> Result<T> {
    let failed = |source| file_error(path, source);
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = folder.join(format!(".{name}.unfinished"));
    let mut file = File::create(&unfinished).map_err(failed)?;
    let outcome = write(&mut file).and_then(|done| {
        file.sync_all().map_err(failed)?;
        std::fs::rename(&unfinished, path).map_err(failed)?;
        Ok(done)
    });
    if outcome.is_err()
        && let Err(e) = std::fs::remove_file(&unfinished)
        && e.kind() != std::io::ErrorKind::NotFound
    {
        eprintln!("hallway: an unfinished export could not be removed: {e}");
    }
    outcome
}

pub(crate) fn file_error(path: &Path, source: std::io::Error) -> Error {
    Error::File { context: format!("{} could not be written. Choose another place", path.display()), source }
}

fn cells(tx: &Tx, id: Id, columns: &[ExportColumn]) -> Result<Vec<String>> {
    let person: Person = tx.get(id)?;
    type State = (Option<Stage>, Option<String>, String, Option<String>, i64);
    let state: Option<State> = tx
        .sql()
        .prepare_cached("SELECT stage, since, confidence, last_touch_on, added_at FROM person_state WHERE person = ?1")?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))
        .optional()?;
    let Some((stage, since, confidence, last_touch, added_at)) = state else { return Err(Error::NotFound("person")) };
    let contacts = contact_points::of(tx, id)?;
    let tags = tags::of(tx, id)?;
    let custom = fields::of(tx, id)?;
    let tag_names = |kind| join_names(tags.iter().filter(|t| t.kind == kind).map(|t| t.name.as_str()));
    let rules = crate::journey::config(tx)?;
    let names = &rules.1.names;
    let cell = |key: &str| -> Result<String> {
        Ok(match key {
            "name" => person.display_name.clone(),
            "pronouns" => person.pronouns.clone().unwrap_or_default(),
            "organisation" => match person.organisation_id {
                Some(id) => tx
                    .find_one::<Organisation>("WHERE id = ?1 AND deleted_at IS NULL", [id])?
                    .map(|o| o.name)
                    .unwrap_or_default(),
                None => String::new(),
            },
            "role_title" => person.role_title.clone().unwrap_or_default(),
            "city" => person.city.clone().unwrap_or_default(),
            "country" => {
                person.country.as_deref().map(|c| countries::name_of(c).unwrap_or(c).to_owned()).unwrap_or_default()
            }
            "country_code" => person.country.clone().filter(|c| countries::name_of(c).is_some()).unwrap_or_default(),
            "time_zone" => person.time_zone.clone().unwrap_or_default(),
            "languages" => person.languages.clone().unwrap_or_default(),
            "stage" => stage.map_or(String::new(), |stage| names.at(stage).to_owned()),
            "stage_since" => since.clone().unwrap_or_default(),
            "confidence" => {
                if stage.is_some() {
                    confidence.clone()
                } else {
                    String::new()
                }
            }
            "last_touch" => last_touch.clone().unwrap_or_default(),
            "do_not_contact" => if person.do_not_contact { "yes" } else { "" }.to_owned(),
            "stack" => tag_names(TagKind::Stack),
            "tags" => tag_names(TagKind::Topic),
            "building_now" => person.building_now.clone().unwrap_or_default(),
            "challenges" => person.challenges.clone().unwrap_or_default(),
            "notes" => person.notes.clone().unwrap_or_default(),
            "added" => crate::Now(added_at).day_in(crate::workspace::zone(tx)?).to_string(),
            key => match (ContactKind::from_key(key), key.strip_prefix("field:")) {
                // The one to use; others of its kind are on the person's page. One that no longer reaches them, or
                // that they do not want to be reached by, is never the one to use.
                (Some(kind), _) => contacts
                    .iter()
                    .find(|c| c.kind == kind && c.status == ContactStatus::Ok)
                    .map(|c| c.value.clone())
                    .unwrap_or_default(),
                (None, Some(field)) => {
                    custom.iter().find(|v| v.field.to_string() == field).map(|v| v.value.clone()).unwrap_or_default()
                }
                (None, None) => String::new(),
            },
        })
    };
    columns.iter().map(|c| cell(&c.key)).collect()
}
