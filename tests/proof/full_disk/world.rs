//! A workspace on the small disk, and what is brought to it from elsewhere.
use crate::look::look;
use acts::{People, settle};
use hallway_core::{Access, Error, Now, Store, dispatch, open};
use serde_json::{Value, json};
use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
};

pub const PEOPLE: usize = 40;
/// So many are in each file that is brought in.
const ROWS: usize = 400;

pub struct World {
    pub path: PathBuf,
    pub store: Option<Store>,
    /// Whoever there is, by id, and some of what there is about them.
    pub known: Known,
    /// What the first half of a write left for the second.
    pub left: Value,
    elsewhere: PathBuf,
    seeds: Cell<u64>,
}

/// Ids of what every world has.
#[derive(Clone, Default)]
pub struct Known {
    pub people: Vec<Value>,
    pub point: Value,
    pub promise: Value,
    pub entry: Value,
    pub list: Value,
}

/// What a file holds, whatever way it is asked.
#[derive(PartialEq)]
pub struct Holds {
    pub people: People,
    /// Everything of it, as JSON.
    pub everything: String,
}

impl World {
    /// Makes one, to be copied as often as it is needed: closed, and with everything on the disk.
    pub fn model(elsewhere: &Path) -> World {
        fs::create_dir(elsewhere.join("model")).expect("a folder");
        let rows: String = (0..ROWS).map(|n| format!("Row {n},City {n}\n")).collect();
        fs::write(elsewhere.join("list.csv"), format!("Name,City\n{rows}")).expect("a list");
        let refused: String = (0..ROWS).map(|n| format!("Row {n},no address {n}\n")).collect();
        fs::write(elsewhere.join("refused.csv"), format!("Name,E-mail\n{refused}")).expect("a list");
        let left: String = (0..ROWS).map(|n| format!("left{n}@acme.example\n")).collect();
        fs::write(elsewhere.join("left.csv"), format!("Email\n{left}")).expect("a list");
        let back: String = (0..ROWS).map(|n| format!("person{n}@acme.example,unsubscribed\n")).collect();
        fs::write(elsewhere.join("came back.csv"), format!("Email,Status\n{back}")).expect("a list");
        let everybody: Vec<Value> = (0..ROWS)
            .map(|n| json!({ "externalId": n, "displayName": format!("Row {n}"), "notes": "n".repeat(200) }))
            .collect();
        let everything = json!({ "format": "hallway", "version": 1, "source": "elsewhere", "people": everybody });
        fs::write(elsewhere.join("everything.json"), everything.to_string()).expect("a file");

        let mut world = World {
            path: elsewhere.join("model/full.hallway"),
            store: None,
            known: Known::default(),
            left: Value::Null,
            elsewhere: elsewhere.to_owned(),
            seeds: Cell::new(5),
        };
        world.open().expect("a workspace");
        let call = |command: &str, input: Value| {
            world.call(command, input).unwrap_or_else(|e| panic!("{command}: {e}"))["id"].clone()
        };
        let mut known = Known::default();
        for n in 0..PEOPLE {
            let person =
                call("people.create", json!({ "displayName": format!("Person {n}"), "notes": "n".repeat(300) }));
            known.people.push(person.clone());
            if n < 4 {
                known.point = call(
                    "contact_points.add",
                    json!({ "person": person, "kind": "email", "value": format!("person{n}@acme.example"), "source": "they_gave_it" }),
                );
                let opted_in = json!({ "point": known.point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "A form.", "on": "2026-05-03" });
                call("basis.set", opted_in);
            }
        }
        let last = &known.people[PEOPLE - 1];
        known.promise = call("followups.add", json!({ "person": last, "text": "Write", "due": "2026-05-25" }));
        known.entry = call("touchpoints.log", json!({ "kind": "building_with_it", "people": [{ "person": last }] }));
        known.list = call("lists.create", json!({ "name": "Beta" }));
        call("lists.add", json!({ "list": known.list, "people": [last] }));
        call("people.trash", json!({ "ids": [call("people.create", json!({ "displayName": "Gone" }))] }));
        call("backups.make", json!({}));
        call("people.edit", json!({ "id": known.people[0], "city": "Lagos" }));
        (world.store, world.known) = (None, known);
        world
    }

    /// A copy of it on the disk, open.
    pub fn on(&self, disk: &Path) -> World {
        let folder = disk.join("world");
        copied(self.path.parent().expect("a folder"), &folder);
        self.seeds.set(self.seeds.get() + 1_000);
        let mut world = World {
            path: folder.join("full.hallway"),
            store: None,
            known: self.known.clone(),
            left: Value::Null,
            elsewhere: self.elsewhere.clone(),
            seeds: self.seeds.clone(),
        };
        world.open().expect("a workspace");
        world
    }

    /// Opens the file where it is not open.
    pub fn open(&mut self) -> Result<(), Error> {
        if self.store.is_none() {
            self.seeds.set(self.seeds.get() + 1);
            self.store = Some(open(&self.path, Now::system(), self.seeds.get().into(), "UTC")?);
        }
        Ok(())
    }

    /// Closes it, so that nothing of it stands in a log, and opens it again.
    pub fn opened_again(&mut self) {
        self.store = None;
        self.open().expect("the file opens again");
    }

    /// Closes it, and takes it off the disk.
    pub fn goes(mut self) {
        self.store = None;
        fs::remove_dir_all(self.folder()).expect("room again");
    }

    pub fn folder(&self) -> &Path {
        self.path.parent().expect("a folder")
    }
    pub fn beside(&self, name: &str) -> PathBuf {
        self.path.with_file_name(name)
    }
    pub fn store(&self) -> &Store {
        self.store.as_ref().expect("an open file")
    }
    pub fn call(&self, command: &str, input: Value) -> Result<Value, Error> {
        dispatch(self.store(), Now::system(), command, input).map(|reply| reply.value)
    }
    /// As [`call`](World::call), and remembers what is answered.
    pub fn ask(&mut self, command: &str, input: Value) -> Result<(), Error> {
        self.left = self.call(command, input)?;
        Ok(())
    }
    pub fn grant(&self, path: &Path, access: Access) -> Value {
        self.store().grant(path.to_owned(), access).into()
    }
    /// A file to bring in.
    pub fn from(&self, name: &str) -> Value {
        self.grant(&self.elsewhere.join(name), Access::Read)
    }
    /// A file to write, beside the workspace.
    pub fn to(&self, name: &str) -> Value {
        self.grant(&self.beside(name), Access::Write)
    }

    pub fn everybody() -> Value {
        json!({ "filter": { "text": "" }, "sort": "name", "descending": false })
    }

    /// How many people a list shows.
    pub fn shown(&self) -> Value {
        self.call("people.list", json!({ "query": World::everybody(), "offset": 0, "limit": 9 }))
            .unwrap_or_else(|e| panic!("reading: {e}"))["total"]
            .clone()
    }

    /// What it holds, looked at on a copy that is made elsewhere, without what an import that waits brought so far.
    pub fn holds(&self) -> Holds {
        let folder = self.elsewhere.join("looked at");
        fs::create_dir(&folder).expect("a folder");
        let copy = folder.join("copy.hallway");
        self.call("workspace.copy", json!({ "file": self.grant(&copy, Access::Write) })).expect("a copy");
        let people = look(&copy).expect("a sound file");
        let store = open(&copy, Now::system(), 1, "UTC").expect("a copy");
        settle(&store, false).expect("nothing waits");
        let whole = folder.join("copy.json");
        let file = store.grant(whole.clone(), Access::Write);
        dispatch(&store, Now::system(), "json.export", json!({ "file": file })).expect("everything");
        let everything = fs::read_to_string(whole).expect("everything");
        drop(store);
        fs::remove_dir_all(folder).expect("it was looked at");
        Holds { people, everything }
    }
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let from = entry.expect("an entry").path();
        let to = to.join(from.file_name().expect("a name"));
        if from.is_dir() {
            copied(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a copy");
        }
    }
}
