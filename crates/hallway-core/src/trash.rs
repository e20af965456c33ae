//! What was deleted and can be brought back.
use crate::{
    error::{Result, invalid},
    id::Id,
    journey,
    lists::ListRow,
    people::{Count, Person},
    rpc::Empty,
    store::{Subject, Tx, in_the_trash},
    touchpoints::{Precision, Touchpoint},
    views::ViewRow,
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
    /// Lists and views.
    pub others: Vec<TrashedThing>,
}

/// What else can be moved to the trash by itself, by its table.
pub(crate) const THINGS: [&str; 2] = ["lists", "views"];

/// A list or a view.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrashedThing {
    /// "lists".
    pub table: String,
    pub id: Id,
    /// "list".
    pub what: String,
    pub name: String,
    #[ts(type = "number")]
    pub deleted_at: i64,
}

#[derive(Debug, Deserialize, TS)]
pub struct ThingInTheTrash {
    pub table: String,
    pub id: Id,
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
    #[serde(default)]
    pub others: Vec<ThingInTheTrash>,
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
    Ok(Trash { people, touchpoints, others: others(tx)? })
}

fn others(tx: &Tx) -> Result<Vec<TrashedThing>> {
    let mut others: Vec<TrashedThing> = Vec::new();
    for table in tx.store().tables().iter().filter(|table| THINGS.contains(&table.name)) {
        let sql = format!(
            "SELECT id, name, deleted_at FROM {} WHERE {} ORDER BY deleted_at DESC LIMIT ?1",
            table.name,
            in_the_trash(table.name)
        );
        let mut query = tx.sql().prepare_cached(&sql)?;
        let mut rows = query.query([SHOWN])?;
        while let Some(r) = rows.next()? {
            others.push(TrashedThing {
                table: table.name.to_owned(),
                id: r.get(0)?,
                what: table.noun.to_owned(),
                name: r.get(1)?,
                deleted_at: r.get(2)?,
            });
        }
    }
    others.sort_by_key(|thing| std::cmp::Reverse(thing.deleted_at));
    Ok(others)
}

/// Brings people, entries, lists and views back as they were. What is not in the trash is left as it is.
///
/// # Errors
/// `invalid` under `others` for a table of which nothing is brought back by itself.
pub fn restore(tx: &mut Tx, input: BringBack) -> Result<Count> {
    let mut back = 0;
    for id in &input.people {
        back += u32::from(tx.restore::<Person>(*id)?);
    }
    for id in &input.touchpoints {
        back += u32::from(tx.restore::<Touchpoint>(*id)?);
    }
    let mut thing = None;
    for ThingInTheTrash { table, id } in &input.others {
        let (name, came) = match table.as_str() {
            "lists" => ("lists", tx.restore::<ListRow>(*id)?),
            "views" => ("views", tx.restore::<ViewRow>(*id)?),
            _ => return invalid("others", format!("“{table}” is nothing that is brought back by itself.")),
        };
        thing = thing.or(Some(Subject::Row(name, *id)));
        back += u32::from(came);
    }
    match (input.people.first(), input.touchpoints.first(), thing) {
        (Some(person), ..) => tx.about(Subject::Person(*person), Some(input.people.len()), None)?,
        (None, Some(entry), _) => tx.about(Subject::Row("touchpoints", *entry), None, None)?,
        (None, None, Some(thing)) => tx.about(thing, None, None)?,
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
    fn a_list_and_a_view_come_back_from_the_trash_or_are_erased_after_thirty_days() {
        let desk = Desk::new();
        let ada = desk.person("Ada");
        let list = desk.call("lists.add", json!({ "name": "Kiln beta", "people": [ada] }))["list"]["id"].clone();
        let view =
            json!({ "name": "Near Ada", "filter": "ada", "sort": "name", "descending": false, "layout": "list" });
        let view = desk.call("views.save", view)["id"].clone();
        let before = desk.dump();
        desk.call("lists.trash", json!({ "id": list }));
        desk.wait(1);
        desk.call("views.trash", json!({ "id": view }));
        let lying = || desk.call("trash.list", json!({}))["others"].clone();
        let said: Vec<(Value, Value)> =
            lying().as_array().unwrap().iter().map(|one| (one["what"].clone(), one["name"].clone())).collect();
        assert_eq!(said, [(json!("view"), json!("Near Ada")), (json!("list"), json!("Kiln beta"))]);
        let things = json!([{ "table": "lists", "id": list }, { "table": "views", "id": view }]);
        assert_eq!(desk.call("trash.restore", json!({ "others": things }))["people"], 2);
        assert_eq!(desk.call("history.recent", json!({ "limit": 1 }))[0]["label"], "Brought back “Kiln beta”");
        assert_eq!((desk.dump(), lying()), (before, json!([])));
        desk.call("lists.trash", json!({ "id": list }));
        desk.wait(31);
        desk.call("views.trash", json!({ "id": view }));
        desk.call("erase.keep_up", json!({}));
        let left = lying();
        assert_eq!(
            (left.as_array().map(Vec::len), &left[0]["name"]),
            (Some(1), &json!("Near Ada")),
            "the list is gone"
        );
        assert_eq!(desk.names(), ["Ada"], "and nobody who was on it");
        desk.call("trash.empty", json!({}));
        assert_eq!(lying(), json!([]));
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
