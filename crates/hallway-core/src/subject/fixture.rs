//! Somebody about whom everything is held that can be, among others; and a mark in every text of it.
use super::{
    held::{Held, everyone_they_are},
    history,
};
use crate::{
    Access, Id, TABLES,
    record::{Column, Table},
    testing::{Desk, id_of},
    time,
};
use rusqlite::{Connection, types::Value as Stored};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, fs};

pub const NAME: &str = "Priya Nairova";
pub const ADDRESS: &str = "priya.nairova@ferrite.example";

/// A workspace in which somebody was imported, edited, merged, met alone and with others, promised things, placed and
/// pinned, tagged, told apart and typed about.
pub struct Full {
    pub desk: Desk,
    pub priya: String,
    /// Who stays.
    pub bo: String,
    /// The row that turned out to be Priya.
    pub twin: String,
    /// What happened with both of them, and what happened with Bo alone and names her.
    pub with_both: String,
    pub about_her: String,
}

pub fn full() -> Full {
    let desk = Desk::new();
    desk.call("workspace.set_up", json!({ "product": "Ferrite", "zone": "UTC" }));
    let list = desk.path("meetup.csv");
    fs::write(&list, format!("Name,E-mail\n{NAME},{ADDRESS}\nKai Brandt,kai@brandt.example\n")).expect("a list");
    let file = desk.store.grant(list, Access::Read);
    desk.call(
        "imports.run",
        json!({ "file": file, "matching": true, "source": "import", "decisions": {}, "overwrite": [] }),
    );
    let priya = id_of(&desk.call("people.matching", json!({ "text": "nairova", "limit": 1 }))[0]);
    let bo = desk.person("Bo Ekdahl");
    let twin = desk.person("P. Nairova-Rao");
    // Before anything is said that hangs on it: it is corrected where it stands.
    let contact = |person: &str, kind: &str, value: &str| {
        let input = json!({ "person": person, "kind": kind, "value": value, "source": "badge", "sourceNote": "scanned at the booth" });
        id_of(&desk.call("contact_points.add", input))
    };
    let handle = contact(&priya, "github", "PriyaForges");
    desk.call("contact_points.edit", json!({ "id": handle, "value": "PriyaForges2", "sourceNote": "from her talk" }));
    desk.call(
        "people.edit",
        json!({
            "id": priya, "pronouns": "she/her", "sayItLike": "PREE-ya", "roleTitle": "Lead of the forge",
            "organisation": "Ferrite Works", "country": "IN", "city": "Pune", "timeZone": "Asia/Kolkata",
            "languages": "en,mr", "buildingNow": "a kiln controller", "challenges": "retry docs unclear",
            "contentPrefs": "read,live", "appreciationPrefs": "swag", "notes": "Knows 索引 well. Sister of Asha.",
            "doNotContact": true, "doNotContactReason": "asked on stage",
        }),
    );
    desk.call(
        "people.edit",
        json!({ "id": priya, "city": "Mumbai", "notes": "Knows 索引 very well. Sister of Asha." }),
    );
    desk.call("people.edit", json!({ "id": twin, "city": "Nashik", "notes": "Seen at the fair." }));
    contact(&twin, "phone", "+91 20 5550 0199");
    contact(&bo, "email", "bo@ekdahl.example");
    desk.call(
        "basis.set",
        json!({ "point": handle, "purposes": ["one_to_one"], "basis": "said_yes_in_person", "evidence": "nodded at the booth" }),
    );
    desk.call("basis.objected", json!({ "person": twin, "kinds": ["phone"], "evidence": "no calls, she said" }));
    let flat = id_of(&desk.call(
        "postal_addresses.add",
        json!({
            "person": priya, "lines": "Flat 3, Tamarind Row\n411001 Pune", "country": "IN", "recipientName": "P. N. Tamarind",
            "phone": "+91 98 5550 0142", "purpose": "the kiln sticker", "source": "they_gave_it", "sourceNote": "on a napkin",
        }),
    ));
    desk.call("postal_addresses.edit", json!({ "id": flat, "lines": "Flat 4, Tamarind Row\n411001 Pune" }));
    let depot = json!({ "person": twin, "lines": "Depot 9, Jamun Yard", "country": "IN", "purpose": "a mug", "source": "badge" });
    let depot = id_of(&desk.call("postal_addresses.add", depot));
    desk.call("postal_addresses.remove", json!({ "id": depot }));
    desk.call("tags.add", json!({ "people": [priya, bo], "name": "Rust", "kind": "stack" }));
    desk.call("tags.add", json!({ "people": [priya], "name": "kiln builders", "kind": "topic" }));
    desk.call("lists.add", json!({ "name": "Kiln beta", "people": [priya, bo], "why": "asked for the early build" }));
    let size = id_of(&desk.call("fields.define", json!({ "label": "T-shirt", "kind": "text", "choices": [] })));
    desk.call("fields.set", json!({ "person": priya, "field": size, "value": "M, long" }));
    desk.call("fields.set", json!({ "person": priya, "field": size, "value": "L, long" }));
    let log = |people: Value, kind: &str, note: &str| {
        id_of(
            &desk.call("touchpoints.log", json!({ "kind": kind, "on": "2026-05-18", "people": people, "note": note })),
        )
    };
    let alone = log(
        json!([{ "person": priya, "observedStage": "build", "observedBy": "seen" }]),
        "building_with_it",
        "Showed me the kiln",
    );
    desk.call(
        "touchpoints.edit",
        json!({ "id": alone, "note": "Showed me the kiln twice", "minutes": 40, "sentiment": 1 }),
    );
    log(json!([{ "person": twin }]), "conversation_in_person", "At the fair in Nashik");
    let with_both =
        log(json!([{ "person": priya }, { "person": bo }]), "conversation_in_person", "Priya and Bo compared notes");
    let about_her = log(json!([{ "person": bo }]), "conversation_online", "Bo says that Priya Nairova moved to Oslo");
    desk.call(
        "followups.add",
        json!({ "text": "send her the guide", "person": priya, "due": "2026-05-25", "touchpoint": alone }),
    );
    let kept = id_of(
        &desk.call("followups.add", json!({ "text": "ask about the talk", "person": priya, "due": "2026-05-22" })),
    );
    desk.call(
        "followups.add",
        json!({ "text": "ask for news", "person": priya, "due": "2026-06-22", "every": { "n": 2, "unit": "month", "anchor": "due" } }),
    );
    desk.call("followups.done", json!({ "id": kept, "note": "she said yes" }));
    desk.call("cadences.set", json!({ "person": priya, "idealDays": 30, "longestDays": 90 }));
    desk.call("today.set_aside", json!({ "key": format!("thank:{alone}"), "until": "2026-06-20" }));
    desk.call(
        "captures.save",
        json!({ "text": format!("{NAME}, told me of her thesis &building #\"kiln club\" !3d read it"), "picked": priya }),
    );
    desk.call("captures.lines", json!({ "text": "Priya Nairova wants the slides\nBo asked for a sticker" }));
    desk.call("captures.keep", json!({ "text": "priya nairova @ferrite /4 wants" }));
    desk.call(
        "journey.pin",
        json!({ "person": priya, "stage": "scale", "until": "good", "reason": "runs it in the plant" }),
    );
    desk.call("doubles.merge", json!({ "ids": [priya, twin] }));
    let eve = desk.person("Priya Nairo");
    desk.call("doubles.tell_apart", json!({ "ids": [priya, eve] }));
    desk.call("people.edit", json!({ "id": bo, "notes": "Works with priya.nairova@ferrite.example on the kiln" }));
    // What others are called by had her name, and has it no more.
    let circle = id_of(&desk.call("lists.create", json!({ "name": "Priya Nairova's circle", "filter": "kiln" })));
    desk.call("lists.edit", json!({ "id": circle, "name": "Circle" }));
    desk.later(1);
    Full { desk, priya, bo, twin, with_both, about_her }
}

impl Full {
    pub fn id(&self) -> Id {
        self.priya.parse().expect("an id")
    }
    pub fn held(&self) -> Held {
        self.desk
            .store
            .read(self.desk.now(), |tx| {
                let people = everyone_they_are(tx, self.id())?;
                Held::of(tx, &people)
            })
            .expect("what is held")
    }

    /// Puts a mark of its own into every text that is held about her, behind the back of the program. Answers where each
    /// stands; days are marked by a year of their own.
    pub fn marked(&self) -> Vec<Mark> {
        let held = self.held();
        let lines: Vec<history::Line> =
            self.desk.store.read(self.desk.now(), |tx| history::of(tx, &held)).expect("the history");
        let file = Connection::open(self.desk.store.path()).expect("the file");
        let mut marks = Marks::default();
        for table in TABLES {
            let ids = [&held.theirs, &held.shared].into_iter().filter_map(|rows| rows.get(table.name)).flatten();
            for id in ids {
                for column in texts(&file, table) {
                    let sql = format!("SELECT {column} FROM {} WHERE id = ?1", table.name);
                    let now: Option<String> = file.query_row(&sql, [id], |r| r.get(0)).expect("a text");
                    let mark = marks.next(table.name, &column, *id, now.as_deref());
                    let sql = format!("UPDATE {} SET {column} = ?2 WHERE id = ?1", table.name);
                    file.execute(&sql, (id, mark)).expect("a mark");
                }
            }
        }
        for line in lines {
            let Some(table) = TABLES.iter().find(|table| table.name == line.table) else { continue };
            let (known, row) = (texts(&file, table), line.row);
            let mut mark = |object: Map<String, Value>| -> Option<String> {
                let marked: Map<String, Value> = object
                    .into_iter()
                    .map(|(column, value)| match &value {
                        Value::String(text) if known.contains(&column) => {
                            let mark = marks.next(table.name, &column, row, Some(text));
                            (column, mark.into())
                        }
                        _ => (column, value),
                    })
                    .collect();
                (!marked.is_empty()).then(|| Value::Object(marked).to_string())
            };
            let (old, new) = (mark(line.old), mark(line.new));
            file.execute("UPDATE changes SET old = ?2, new = ?3 WHERE id = ?1", (line.id, old, new)).expect("a mark");
        }
        marks.0
    }
}

/// The columns of a table with their types, as the file has them.
pub fn stored(file: &Connection, table: &Table) -> BTreeMap<String, String> {
    file.prepare("SELECT name, type FROM pragma_table_info(?1)")
        .and_then(|mut query| query.query_map([table.name], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
        .expect("columns")
}

/// The columns of a table that can carry no mark: numbers, yes or no, words out of a list, and what stands there as JSON. What
/// names a row does not count: its number says nothing.
pub fn unmarked(file: &Connection, table: &'static Table) -> Vec<&'static Column> {
    let (stored, texts) = (stored(file, table), texts(file, table));
    let can_not = |column: &&Column| {
        !texts.iter().any(|text| text == column.name) && stored.get(column.name).is_some_and(|of| of != "BLOB")
    };
    table.shape.iter().filter(can_not).collect()
}

/// What else could stand in such a column, after what stands there now.
pub fn others(column: &Column, now: &Stored) -> Vec<Stored> {
    /// Enough for another day to be shown.
    const FORTY_DAYS: i64 = 40 * 24 * 60 * 60 * 1000;
    let of = (column.on_the_wire)();
    let mut others: Vec<Stored> = match now {
        Stored::Integer(n) => vec![Stored::Integer(n + FORTY_DAYS), Stored::Integer(n + 1), Stored::Integer(n - 1)],
        Stored::Real(n) => vec![Stored::Real(n + 1.0)],
        _ => vec![Stored::Integer(FORTY_DAYS), Stored::Integer(1), Stored::Real(1.5), Stored::Text("[]".into())],
    };
    // Words stand between quotes.
    others.extend(of.split('"').skip(1).step_by(2).map(|word| Stored::Text(word.to_owned())));
    others.push(Stored::Null);
    others.retain(|other| other != now);
    others
}

/// The columns of a table that hold a text somebody may have written, or a day.
fn texts(file: &Connection, table: &Table) -> Vec<String> {
    let stored = stored(file, table);
    let text = |column: &&crate::record::Column| {
        stored.get(column.name).is_some_and(|of| of == "TEXT") && (column.on_the_wire)().starts_with("string")
    };
    table.shape.iter().filter(text).map(|column| column.name.to_owned()).collect()
}

/// Where a mark was put.
pub struct Mark {
    pub table: &'static str,
    pub column: String,
    pub row: Id,
    pub mark: String,
}

/// Marks that are all different.
#[derive(Default)]
struct Marks(Vec<Mark>);

impl Marks {
    fn next(&mut self, table: &'static str, column: &str, row: Id, now: Option<&str>) -> String {
        let n = self.0.len();
        let a_day = now.map_or(
            column.ends_with("_on") || column.ends_with("_day") || column == "hidden_until" || column == "begun",
            |now| time::day("", now).is_ok(),
        );
        let mark = if a_day { format!("{}-03-04", 3000 + n) } else { format!("Mark{n}x") };
        self.0.push(Mark { table, column: column.to_owned(), row, mark: mark.clone() });
        mark
    }
}
