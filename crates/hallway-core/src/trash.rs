//! What was deleted and can be brought back.
use crate::{
    error::Result,
    id::Id,
    journey,
    people::{Count, Person},
    rpc::Empty,
    store::{Subject, Tx, in_the_trash},
    touchpoints::{Precision, Touchpoint},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use crate::erase::empty_trash as empty;

/// As many of each as are shown: the newest.
const SHOWN: u32 = 500;

#[derive(Debug, Serialize, TS)]
pub struct Trash {
    /// Deleted last, first.
    pub people: Vec<TrashedPerson>,
    pub touchpoints: Vec<TrashedTouchpoint>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrashedPerson {
    pub id: Id,
    pub name: String,
    pub organisation: Option<String>,
    /// Instant, ms UTC.
    #[ts(type = "number")]
    pub deleted_at: i64,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrashedTouchpoint {
    pub id: Id,
    pub label: String,
    pub on_day: String,
    pub precision: Precision,
    pub note: Option<String>,
    /// Who was at it.
    pub names: Vec<String>,
    #[ts(type = "number")]
    pub deleted_at: i64,
}

#[derive(Debug, Deserialize, TS)]
pub struct BringBack {
    #[serde(default)]
    pub people: Vec<Id>,
    #[serde(default)]
    pub touchpoints: Vec<Id>,
}

/// What lies in the trash. What undo took away is not there: redo and the history bring that back.
pub fn list(tx: &Tx, _: Empty) -> Result<Trash> {
    let mut query = tx.sql().prepare_cached(&format!(
        "SELECT p.id, p.display_name, o.name, p.deleted_at FROM people p LEFT JOIN organisations o ON o.id = p.organisation_id
         WHERE {} ORDER BY p.deleted_at DESC, p.rid DESC LIMIT ?1",
        in_the_trash("p")
    ))?;
    let people = query
        .query_map([SHOWN], |r| {
            Ok(TrashedPerson { id: r.get(0)?, name: r.get(1)?, organisation: r.get(2)?, deleted_at: r.get(3)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let config = journey::config(tx)?;
    let mut query = tx.sql().prepare_cached(&format!(
        "SELECT id, kind, on_day, precision, note, deleted_at FROM touchpoints WHERE {} ORDER BY deleted_at DESC, rid DESC LIMIT ?1",
        in_the_trash("touchpoints")
    ))?;
    let mut touchpoints: Vec<TrashedTouchpoint> = query
        .query_map([SHOWN], |r| {
            let kind: String = r.get(1)?;
            Ok(TrashedTouchpoint {
                id: r.get(0)?,
                label: config.1.kind(&kind).map_or_else(|| kind.clone(), |k| k.label.clone().into_owned()),
                on_day: r.get(2)?,
                precision: r.get(3)?,
                note: r.get(4)?,
                names: vec![],
                deleted_at: r.get(5)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    for touchpoint in &mut touchpoints {
        touchpoint.names = tx.column(
            "SELECT r.display_name FROM touchpoint_people t JOIN people p ON p.id = t.person_id JOIN people r ON r.id = p.root
             WHERE t.touchpoint_id = ?1 GROUP BY r.id ORDER BY min(t.rid)",
            [touchpoint.id],
        )?;
    }
    Ok(Trash { people, touchpoints })
}

/// Brings people and entries back as they were. Who is not in the trash is left as they are.
pub fn restore(tx: &mut Tx, input: BringBack) -> Result<Count> {
    let mut back = 0;
    for id in &input.people {
        back += u32::from(tx.restore::<Person>(*id)?);
    }
    for id in &input.touchpoints {
        back += u32::from(tx.restore::<Touchpoint>(*id)?);
    }
    match (input.people.first(), input.touchpoints.first()) {
        (Some(person), _) => tx.about(Subject::Person(*person), Some(input.people.len()), None)?,
        (None, Some(entry)) => tx.about(Subject::Row("touchpoints", *entry), None, None)?,
        _ => {}
    }
    Ok(Count { people: back })
}

#[cfg(test)]
mod tests {
    use crate::testing::Desk;
    use serde_json::{Value, json};

    #[test]
    fn whoever_was_deleted_comes_back_as_they_were() {
        let desk = Desk::new();
        let (ada, bo) = (desk.person("Ada"), desk.person("Bo"));
        desk.call("people.edit", json!({ "id": ada, "organisation": "Globex" }));
        desk.log(&ada, "first_success", "2026-05-20");
        let before = desk.dump();
        desk.call("people.trash", json!({ "ids": [ada] }));
        desk.person("Eve");
        desk.undo();
        desk.call("people.edit", json!({ "id": bo, "city": "Lagos" }));
        let trash = desk.call("trash.list", json!({}));
        let names: Vec<&Value> = trash["people"].as_array().unwrap().iter().map(|p| &p["name"]).collect();
        assert_eq!(names, ["Ada"], "what undo took away is not in the trash");
        assert_eq!(trash["people"][0]["organisation"], "Globex");
        assert_eq!(desk.call("trash.restore", json!({ "people": [ada], "touchpoints": [] }))["people"], 1);
        for whose in [json!({ "limit": 1 }), json!({ "limit": 1, "person": ada })] {
            assert_eq!(desk.call("history.recent", whose)[0]["label"], "Brought back Ada");
        }
        assert_eq!(desk.standing(&ada)["stage"], "learn");
        desk.undo();
        assert_eq!(desk.names(), ["Bo"]);
        desk.redo();
        desk.call("people.edit", json!({ "id": bo, "city": "" }));
        assert_eq!(desk.dump(), before);
        desk.is_sound();
    }

    #[test]
    fn an_entry_that_was_deleted_comes_back_and_moves_them_again() {
        let desk = Desk::new();
        let ada = desk.person("Ada");
        let entry = desk.log(&ada, "first_success", "2026-05-20");
        desk.call("touchpoints.trash", json!({ "id": entry }));
        assert_eq!(desk.standing(&ada)["stage"], Value::Null);
        let trash = desk.call("trash.list", json!({}));
        assert_eq!(
            (&trash["touchpoints"][0]["names"], &trash["touchpoints"][0]["label"]),
            (&json!(["Ada"]), &json!("Got it working"))
        );
        desk.call("trash.restore", json!({ "people": [], "touchpoints": [entry] }));
        for whose in [json!({ "limit": 1 }), json!({ "limit": 1, "person": ada })] {
            assert_eq!(desk.call("history.recent", whose)[0]["label"], "Brought back what happened with Ada");
        }
        assert_eq!(desk.standing(&ada)["stage"], "learn");
        assert_eq!(desk.call("trash.list", json!({}))["touchpoints"], json!([]));
        assert_eq!(desk.call("trash.restore", json!({ "people": [ada] }))["people"], 0, "she is not in the trash");
        desk.is_sound();
    }
}
