//! Every kind of write: what it is called, what it needs, and how it is done.
use super::world::World;
use hallway_core::{Error, Now, backups, open};
use serde_json::{Value, json};

type Does = fn(&mut World) -> Result<(), Error>;

pub struct Write {
    pub what: &'static str,
    pub act: Does,
    /// What there has to be before it can be done.
    pub first: Option<Does>,
    /// The file that it makes beside the workspace.
    pub file: Option<&'static str>,
    /// How it is gone on with once there is room, where it waits in the middle of its way.
    pub goes_on: bool,
}

/// A command by its name, with what it is asked.
const fn call(what: &'static str, act: Does) -> Write {
    Write { what, act, first: None, file: None, goes_on: false }
}

impl Write {
    const fn after(mut self, first: Does) -> Write {
        self.first = Some(first);
        self
    }
    const fn makes(mut self, file: &'static str) -> Write {
        self.file = Some(file);
        self
    }
    const fn waits(mut self) -> Write {
        self.goes_on = true;
        self
    }
}

fn long() -> String {
    "long ".repeat(4_000)
}

fn import(world: &World, file: &str) -> Value {
    json!({ "file": world.from(file), "matching": true, "source": "import", "decisions": {}, "overwrite": [] })
}

fn airlock(world: &mut World, template: &str, file: &str) -> Result<(), Error> {
    let whom = json!({ "query": World::everybody() });
    let to = world.to(file);
    world.ask(
        "exports.write",
        json!({ "whom": whom, "purpose": "list_mail", "channel": "email", "template": template, "columns": ["name", "email", "notes"], "file": to }),
    )
}

/// Takes an import that is under way to its end.
fn to_the_end(world: &World) -> Result<(), Error> {
    let id = json!({ "id": world.call("imports.under_way", json!({}))?["id"] });
    loop {
        let phase = world.call("imports.step", id.clone())?["phase"].clone();
        if ["done", "taken_back"].iter().any(|end| phase == *end) {
            return Ok(());
        }
    }
}

/// Some rows; and whatever is many of them, or a file.
pub const WRITES: (&[Write], &[Write]) = (ROWS, WHOLE);

const ROWS: &[Write] = &[
    call("edit", |w| {
        let edit = json!({ "id": w.known.people[1], "city": "Pune", "notes": long() });
        w.ask("people.edit", edit)
    }),
    call("somebody new", |w| w.ask("people.create", json!({ "displayName": "Row" }))),
    call("a way to reach somebody", |w| {
        let point = json!({ "person": w.known.people[5], "kind": "email", "value": "five@acme.example", "source": "they_gave_it" });
        w.ask("contact_points.add", point)
    }),
    call("what happened", |w| {
        let log = json!({ "kind": "building_with_it", "people": [{ "person": w.known.people[2] }], "note": "note ".repeat(2_000) });
        w.ask("touchpoints.log", log)
    }),
    call("a line captured", |w| {
        let line = json!({ "text": "Person 3, built a queue &building #Rust !3d write", "picked": w.known.people[3] });
        w.ask("captures.save", line)
    }),
    call("a line that is typed", |w| w.ask("captures.keep", json!({ "text": "Person 3, bui" }))),
    call("lines for the evening", |w| {
        let lines: String = (0..60).map(|n| format!("Person {n}, spoke of queues &talk\n")).collect();
        w.ask("captures.lines", json!({ "text": lines }))
    }),
    call("a promise", |w| {
        let promise = json!({ "person": w.known.people[3], "text": "Send the slides", "due": "2026-05-25" });
        w.ask("followups.add", promise)
    }),
    call("a promise kept", |w| w.ask("followups.done", json!({ "id": w.known.promise, "note": "Sent." }))),
    call("how often to be in touch", |w| {
        w.ask("cadences.set", json!({ "person": w.known.people[3], "idealDays": 30, "longestDays": 60 }))
    }),
    call("put off", |w| {
        let key = format!("touch:{}", w.known.people[3].as_str().unwrap_or_default());
        w.ask("today.set_aside", json!({ "key": key }))
    }),
    call("tag", |w| {
        let tag = json!({ "people": w.known.people, "name": "Rust", "kind": "stack" });
        w.ask("tags.add", tag)
    }),
    call("a field", |w| w.ask("fields.define", json!({ "label": "Size", "kind": "text", "choices": [] }))),
    call("a list", |w| w.ask("lists.create", json!({ "name": "Live", "filter": "pune", "note": long() }))),
    call("people on a list", |w| {
        let some = json!({ "list": w.known.list, "people": w.known.people[..30], "why": "They asked." });
        w.ask("lists.add", some)
    }),
    call("people off a list", |w| {
        let some = json!({ "list": w.known.list, "people": w.known.people });
        w.ask("lists.remove", some)
    }),
    call("a view", |w| {
        let view = json!({ "name": "Builds", "filter": "stage:build", "sort": "name", "descending": false, "layout": "list" });
        w.ask("views.save", view)
    }),
    call("a stage", |w| {
        let pin = json!({ "person": w.known.people[4], "stage": "learn", "until": "good", "reason": "She told me." });
        w.ask("journey.pin", pin)
    }),
    call("every move that waits", |w| {
        let seen = w.call("journey.moves", json!({ "offset": 0, "limit": 1 }))?["rows"][0]["change"]["recordedAt"].clone();
        w.ask("journey.accept_all", json!({ "seen": seen }))
    })
    .after(|w| {
        let met: Vec<Value> = w.known.people.iter().map(|person| json!({ "person": person })).collect();
        w.ask("touchpoints.log", json!({ "kind": "first_success", "people": met }))
    }),
    call("rules", |w| {
        let mut rules = w.call("journey.rules", json!({}))?["rules"].clone();
        rules["hold"] = json!(rules["hold"].as_f64().unwrap_or_default() + 0.01);
        w.ask("journey.set_rules", json!({ "rules": rules }))
    }),
    call("a postal address", |w| {
        let address = json!({ "person": w.known.people[3], "lines": "Kiln Lane 3", "country": "DE", "purpose": "stickers", "source": "they_gave_it" });
        w.ask("postal_addresses.add", address)
    }),
    call("a postal address removed", |w| w.ask("postal_addresses.remove", json!({ "id": w.left["id"] }))).after(|w| {
        let address = json!({ "person": w.known.people[3], "lines": "Kiln Lane 3", "country": "DE", "purpose": "stickers", "source": "they_gave_it" });
        w.ask("postal_addresses.add", address)
    }),
    call("why one may write", |w| {
        let basis = json!({ "point": w.known.point, "purposes": ["one_to_one"], "basis": "opted_in", "evidence": "A form.", "on": "2026-05-03" });
        w.ask("basis.set", basis)
    }),
    call("who asked for no mail", |w| {
        w.ask("basis.objected", json!({ "person": w.known.people[1], "kinds": ["email"], "evidence": "On the phone." }))
    }),
    call("addresses that left", |w| {
        let values: Vec<String> = (0..200).map(|n| format!("left{n}@acme.example")).collect();
        w.ask("suppressions.add", json!({ "kind": "email", "values": values }))
    }),
    call("a file of addresses that left", |w| w.ask("suppressions.import", json!({ "file": w.from("left.csv") }))),
    call("what came back from a newsletter", |w| w.ask("returns.apply", json!({ "file": w.from("came back.csv") }))),
    call("merge", |w| w.ask("doubles.merge", json!({ "ids": w.known.people[1..9] }))),
    call("un-merge", |w| w.ask("doubles.separate", json!({ "id": w.known.people[2] })))
        .after(|w| w.ask("doubles.merge", json!({ "ids": w.known.people[1..9] }))),
    call("not the same", |w| w.ask("doubles.tell_apart", json!({ "ids": w.known.people[..2] }))),
    call("undo", |w| w.ask("history.undo", json!({}))),
    call("redo", |w| w.ask("history.redo", json!({}))).after(|w| w.ask("history.undo", json!({}))),
    call("trash", |w| w.ask("people.trash", json!({ "ids": w.known.people }))),
    call("brought back", |w| w.ask("trash.restore", json!({ "people": w.known.people, "touchpoints": [] })))
        .after(|w| w.ask("people.trash", json!({ "ids": w.known.people }))),
];

const WHOLE: &[Write] = &[
    call("the trash emptied", |w| w.ask("trash.empty", json!({ "others": "blank" }))),
    call("erase", |w| w.ask("erase.run", json!({ "ids": [w.known.people[0]], "others": "blank" }))),
    call("import", |w| w.ask("imports.run", import(w, "list.csv"))).waits(),
    call("everything", |w| w.ask("json.run", json!({ "file": w.from("everything.json") }))).waits(),
    call("an import cancelled", |w| {
        w.ask("imports.cancel", json!({ "id": w.left["id"] }))?;
        to_the_end(w)
    })
    .after(|w| {
        let begun = w.call("imports.begin", import(w, "list.csv"))?;
        // A backup, and then some rows.
        while w.call("imports.step", json!({ "id": begun["id"] }))?["rows"] == 0 {}
        w.left = begun;
        Ok(())
    })
    .waits(),
    call("the sample", |w| w.ask("sample.load", json!({}))),
    call("backup", |w| w.ask("backups.make", json!({}))),
    call("a table", |w| {
        let to = json!({ "query": World::everybody(), "file": w.to("table.csv"), "mode": "program", "columns": ["name", "city", "notes"] });
        w.ask("exports.people", to)
    })
    .makes("table.csv"),
    call("a table for a newsletter", |w| airlock(w, "csv", "newsletter.csv")).makes("newsletter.csv"),
    call("a workbook", |w| airlock(w, "xlsx", "people.xlsx")).makes("people.xlsx"),
    call("address cards", |w| airlock(w, "vcard4", "people.vcf")).makes("people.vcf"),
    call("rows that were refused", |w| {
        let asked = json!({ "request": import(w, "refused.csv"), "to": w.to("refused.csv") });
        w.ask("imports.save_refused", asked)
    })
    .makes("refused.csv"),
    call("rules in a file", |w| w.ask("journey.write_rules", json!({ "file": w.to("rules.toml") }))).makes("rules.toml"),
    call("everything as JSON", |w| w.ask("json.export", json!({ "file": w.to("all.json") }))).makes("all.json"),
    call("what is held about somebody", |w| {
        let asked = json!({ "id": w.known.people[0], "file": w.to("held.json") });
        w.ask("subject.write", asked)
    })
    .makes("held.json"),
    call("copy", |w| w.ask("workspace.copy", json!({ "file": w.to("copy.hallway") }))).makes("copy.hallway"),
    call("restore", |w| {
        w.store = None;
        // The file may have become a backup itself meanwhile.
        let name = backups::at(&w.path, Now::system()).last().map(|kept| kept.name.clone()).unwrap_or_default();
        backups::restore(&w.path, &name, Now::system()).map(drop)
    }),
    call("opening", |w| {
        w.store = None;
        w.open()
    }),
    call("a new file", |w| {
        w.store = None;
        open(&w.beside("new.hallway"), Now::system(), 6, "UTC").map(drop)
    }),
    call("migration", |w| {
        w.store = None;
        open(&w.beside("old.hallway"), Now::system(), 7, "UTC").map(drop)
    }),
];
