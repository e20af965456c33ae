//! What a file must hold after the steps a writer acknowledged, and what it holds.
use hallway_core::{Now, dispatch, open};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The steps that stand, oldest first, and those taken back that redo would bring back.
#[derive(Default, Clone)]
pub struct Model {
    standing: Vec<Value>,
    undone: Vec<Value>,
}

#[derive(Default, Debug, PartialEq, Clone)]
pub struct Known {
    city: Option<String>,
    notes: BTreeSet<String>,
    tags: BTreeSet<String>,
}

pub type People = BTreeMap<String, Known>;

impl Model {
    pub fn take(&mut self, step: &Value) {
        match step["do"].as_str() {
            Some("undo") => self.undone.extend(self.standing.pop()),
            Some("redo") => self.standing.extend(self.undone.pop()),
            _ => {
                self.standing.push(step.clone());
                self.undone.clear();
            }
        }
    }

    pub fn people(&self) -> People {
        let mut people = People::new();
        for step in &self.standing {
            let text = |key: &str| step[key].as_str().expect("a text").to_owned();
            let known = people.entry(text("person")).or_default();
            match step["do"].as_str() {
                Some("log") => known.notes.extend([text("note")]),
                Some("tag") => known.tags.extend([text("tag")]),
                Some("edit") => known.city = Some(text("city")),
                _ => {}
            }
        }
        people
    }
}

/// What the file holds, after making sure that it is sound: its pages, its rules, and its index of words.
pub fn look(path: &Path) -> Result<People, String> {
    let now = Now::system();
    let store = open(path, now, 1, "UTC").map_err(|e| e.to_string())?;
    let findings = dispatch(&store, now, "doctor.check", json!({})).map_err(|e| e.to_string())?.value;
    if findings["ok"] != true {
        return Err(findings["findings"].to_string());
    }
    let file = Connection::open(path).map_err(|e| e.to_string())?;
    file.execute("INSERT INTO notes (notes, rank) VALUES ('integrity-check', 1)", [])
        .map_err(|e| format!("the index of words: {e}"))?;

    let mut people = People::new();
    let mut each = |sql: &str, put: fn(&mut Known, String)| -> rusqlite::Result<()> {
        let mut query = file.prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let known = people.entry(row.get(0)?).or_default();
            if let Some(text) = row.get(1)? {
                put(known, text);
            }
        }
        Ok(())
    };
    // Through the list, so that somebody whose row is there and who is not shown counts as lost.
    let read = each("SELECT s.name, p.city FROM person_state s JOIN people p ON p.id = s.person WHERE p.deleted_at IS NULL", |known, city| known.city = Some(city))
        .and_then(|()| {
            each(
                "SELECT s.name, t.note FROM person_state s JOIN touchpoint_people tp ON tp.person_id = s.person JOIN touchpoints t ON t.id = tp.touchpoint_id
                 WHERE t.deleted_at IS NULL AND s.last_touch_on IS NOT NULL AND s.stage = 'build'",
                |known, note| known.notes.extend([note]),
            )
        })
        .and_then(|()| {
            each(
                "SELECT s.name, g.name FROM person_state s JOIN person_tags pt ON pt.person_id = s.person JOIN tags g ON g.id = pt.tag_id WHERE g.deleted_at IS NULL",
                |known, tag| known.tags.extend([tag]),
            )
        });
    read.map_err(|e| e.to_string())?;
    Ok(people)
}

/// The first difference between what must be there and what is.
pub fn compare(wanted: &People, found: &People) -> Result<(), String> {
    for name in wanted.keys().chain(found.keys()) {
        if wanted.get(name) != found.get(name) {
            return Err(format!("{name}: must be {:?}, is {:?}", wanted.get(name), found.get(name)));
        }
    }
    Ok(())
}
