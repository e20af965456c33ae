//! Writes to a file until it is stopped, and says before and after each write what it does. The tests of durability
//! kill it at any moment and look whether everything it acknowledged is there. Never shipped.
//!
//! `hallway-writer --file F --name W --seed N [--writes N] [--undo no] [--acknowledge early]` prints `ready`, then for
//! every write `begin STEP` and, when it is on the disk, `done`. `early` acknowledges before it writes: a liar, by which
//! the tests prove that they would notice one.
use hallway_core::{Error, Now, Store, dispatch, open};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    io::{self, Write},
    path::Path,
};

struct Writer {
    store: Store,
    name: String,
    chance: u64,
    with_undo: bool,
    early: bool,
    /// What stands of this run, oldest first, and what was taken back of it.
    standing: Vec<Value>,
    undone: Vec<Value>,
    ids: HashMap<String, Value>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let options: HashMap<&str, &str> =
        arguments.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
    let option = |name: &str| options.get(name).copied();
    let file = option("--file").ok_or("say which --file")?;
    let seed: u64 = option("--seed").ok_or("say which --seed")?.parse()?;
    let writes: u64 = option("--writes").map_or(Ok(u64::MAX), str::parse)?;
    let mut writer = Writer {
        store: open(Path::new(file), Now::system(), hallway_core::id::seed_from_system(), "UTC")?,
        name: option("--name").ok_or("say which --name")?.to_owned(),
        chance: seed,
        with_undo: option("--undo") != Some("no"),
        early: option("--acknowledge") == Some("early"),
        standing: vec![],
        undone: vec![],
        ids: HashMap::new(),
    };
    say("ready")?;
    for n in 0..writes {
        writer.write(n)?;
    }
    Ok(())
}

impl Writer {
    fn write(&mut self, n: u64) -> Result<(), Box<dyn std::error::Error>> {
        let step = self.choose(n);
        say(&format!("begin {step}"))?;
        if self.early {
            say("done")?;
        }
        self.take(&step)?;
        if !self.early {
            say("done")?;
        }
        Ok(())
    }

    /// The next thing to do. Every value in it is written once, so that it can be found again.
    fn choose(&mut self, n: u64) -> Value {
        let dice = self.roll(100);
        let people: Vec<&Value> =
            self.standing.iter().filter(|step| step["do"] == "add").map(|step| &step["person"]).collect();
        let mark = format!("{} {n}", self.name);
        if self.with_undo && dice >= 92 && !self.undone.is_empty() {
            return json!({ "do": "redo" });
        }
        if self.with_undo && dice >= 80 && !self.standing.is_empty() {
            return json!({ "do": "undo" });
        }
        if people.is_empty() || dice < 25 {
            return json!({ "do": "add", "person": format!("Person {mark}") });
        }
        let person = people[(n as usize * 7) % people.len()].clone();
        match dice {
            25..55 => json!({ "do": "log", "person": person, "note": format!("Heard {mark}") }),
            55..70 => json!({ "do": "edit", "person": person, "city": format!("City {mark}") }),
            _ => json!({ "do": "tag", "person": person, "tag": format!("Tag {mark}") }),
        }
    }

    fn take(&mut self, step: &Value) -> Result<(), Error> {
        let id = step["person"].as_str().and_then(|person| self.ids.get(person)).cloned().unwrap_or_default();
        let (command, input) = match step["do"].as_str().unwrap_or_default() {
            "add" => ("people.create", json!({ "displayName": step["person"] })),
            "log" => (
                "touchpoints.log",
                json!({ "kind": "building_with_it", "people": [{ "person": id }], "note": step["note"] }),
            ),
            "edit" => ("people.edit", json!({ "id": id, "city": step["city"] })),
            "tag" => ("tags.add", json!({ "people": [id], "name": step["tag"], "kind": "topic" })),
            "undo" => ("history.undo", json!({})),
            _ => ("history.redo", json!({})),
        };
        let reply = dispatch(&self.store, Now::system(), command, input)?;
        match command {
            "history.undo" => self.undone.extend(self.standing.pop()),
            "history.redo" => self.standing.extend(self.undone.pop()),
            _ => {
                if command == "people.create" {
                    self.ids.insert(step["person"].as_str().unwrap_or_default().to_owned(), reply.value["id"].clone());
                }
                self.standing.push(step.clone());
                self.undone.clear();
            }
        }
        Ok(())
    }

    /// 0 … below `sides`. A xorshift: what counts is that the same seed writes the same things.
    fn roll(&mut self, sides: u64) -> u64 {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        self.chance % sides
    }
}

/// A line that is out of this process when this returns.
fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
