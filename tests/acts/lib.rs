//! What a writer does to a file, and what the file must hold afterwards: one table, so that whatever a person can do is
//! proved to lose nothing by adding an entry here. The writer takes the steps; the proofs of durability, who stop it at
//! any moment, expect what they mean.
#![allow(clippy::missing_errors_doc)] // Every act fails as the command behind it does.
use hallway_core::{Access, Error, Now, Store, backups, dispatch, id::seed_from_system, open};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
};

mod addresses;
mod lists;
mod people;
#[path = "../support/prove.rs"]
pub mod prove;
use prove::Chance;

/// One kind of thing somebody does.
pub struct Act {
    pub name: &'static str,
    /// The next step of this kind, with everything in it that it will leave in the file; none when it cannot be taken now.
    choose: fn(&mut Hand) -> Option<Value>,
    /// Takes it. What is returned is only known afterwards, and is acknowledged with it.
    take: fn(&mut Hand, &Value) -> Result<Value, Error>,
    means: Means,
}

/// What a step leaves.
enum Means {
    /// More about people, for as long as it is not taken back.
    People(fn(&mut People, &Value)),
    /// Another state of the whole.
    Whole(fn(&mut Model, &Value, &Value)),
}

/// Every act by its name. A mix of them is a list of names, as often as they are to come up.
const ACTS: &[&[Act]] = &[people::ACTS, addresses::ACTS, lists::ACTS];

/// The act of a step.
fn act(step: &Value) -> &'static Act {
    let name = step["do"].as_str().unwrap_or_default();
    ACTS.iter().copied().flatten().find(|act| act.name == name).unwrap_or_else(|| panic!("There is no act {name}."))
}

fn text(step: &Value, key: &str) -> String {
    step[key].as_str().unwrap_or_else(|| panic!("{step} says no {key}")).to_owned()
}

fn known<'a>(people: &'a mut People, step: &Value) -> &'a mut Known {
    people.entry(text(step, "person")).or_default()
}

/// What whoever opens a file does about an import that somebody left in the middle: it is taken back, or gone on with.
pub fn settle(store: &Store, go_on: bool) -> Result<(), Error> {
    let call = |command: &str, input: Value| dispatch(store, Now::system(), command, input).map(|reply| reply.value);
    let left = call("imports.under_way", json!({}))?;
    if left.is_null() {
        return Ok(());
    }
    let id = json!({ "id": left["id"] });
    // One that was being taken back already is not gone on with.
    if !go_on || call("imports.resume", id.clone()).is_err() {
        call("imports.cancel", id.clone())?;
    }
    while !["done", "taken_back"].map(Value::from).contains(&call("imports.step", id.clone())?["phase"]) {}
    Ok(())
}

fn opened(path: &Path) -> Result<Store, Error> {
    open(path, Now::system(), seed_from_system(), "UTC")
}

/// What a file must hold: the steps that stand, oldest first, those taken back that redo would bring back, and what
/// stood when a backup was made.
#[derive(Default, Clone)]
pub struct Model {
    standing: Vec<Value>,
    undone: Vec<Value>,
    backups: BTreeMap<String, (Vec<Value>, Vec<Value>)>,
    /// What stands in the line that is being typed.
    pub line: String,
    /// Who was erased, by every name they had: no step says anything about them any more.
    pub erased: BTreeSet<String>,
}

#[derive(Default, Debug, PartialEq, Clone)]
pub struct Known {
    pub city: Option<String>,
    pub notes: BTreeSet<String>,
    pub tags: BTreeSet<String>,
    /// What is open.
    pub promises: BTreeSet<String>,
    /// Which lists they are on, those that follow a filter included.
    pub lists: BTreeSet<String>,
    /// Where parcels go for them.
    pub addresses: BTreeSet<String>,
    /// Of a view, which stands among the people under its own name: its filter.
    pub asks: Option<String>,
}

pub type People = BTreeMap<String, Known>;

impl Model {
    /// A step was taken, and `answer` was acknowledged with it.
    pub fn take(&mut self, step: &Value, answer: &Value) {
        match act(step).means {
            Means::Whole(means) => means(self, step, answer),
            Means::People(_) => {
                self.standing.push(step.clone());
                self.undone.clear();
            }
        }
    }

    pub fn people(&self) -> People {
        whom(&self.standing, &self.erased)
    }

    /// Whom a backup that was acknowledged holds.
    pub fn backed_up(&self, name: &str) -> Option<People> {
        self.backups.get(name).map(|(standing, _)| whom(standing, &self.erased))
    }

    /// How many backups were acknowledged.
    pub fn backups(&self) -> usize {
        self.backups.len()
    }
}

fn whom(standing: &[Value], erased: &BTreeSet<String>) -> People {
    let mut people = People::new();
    for step in standing {
        let about = |key: &str| step[key].as_str().is_some_and(|name| erased.contains(name));
        if about("person") || about("other") {
            continue;
        }
        let mut step = step.clone();
        if let Some(all) = step["people"].as_array_mut() {
            all.retain(|name| name.as_str().is_none_or(|name| !erased.contains(name)));
        }
        if let Means::People(means) = act(&step).means {
            means(&mut people, &step);
        }
    }
    people
}

/// Everybody who is one with somebody, themselves included.
fn all_of(standing: &[Value], person: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::from([person.to_owned()]);
    // Whoever was merged into one of them, before or after that one was merged itself.
    loop {
        let parts = standing.iter().filter(|step| step["do"] == "merge" && all.contains(&text(step, "person")));
        let more: BTreeSet<String> = parts.map(|step| text(step, "other")).collect();
        if more.is_subset(&all) {
            return all;
        }
        all.extend(more);
    }
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

/// Somebody who writes.
pub struct Hand {
    path: PathBuf,
    store: Option<Store>,
    name: String,
    chance: Chance,
    steps: u64,
    /// What this hand did: it takes back nothing of another's.
    model: Model,
    ids: HashMap<String, Value>,
    /// In what order.
    added: Vec<String>,
}

impl Hand {
    /// Opens the file, or makes it. Every value it writes carries `name` and is written once, so that it can be found again.
    pub fn new(path: &Path, name: &str, seed: u64) -> Result<Hand, Error> {
        Ok(Hand {
            path: path.to_owned(),
            store: Some(opened(path)?),
            name: name.to_owned(),
            chance: Chance(seed),
            steps: 0,
            model: Model::default(),
            ids: HashMap::new(),
            added: vec![],
        })
    }

    /// The next step, of those in `mix`. What cannot be done yet is somebody new.
    pub fn choose(&mut self, mix: &[&str]) -> Value {
        self.steps += 1;
        let name = mix[self.chance.roll(mix.len() as u64) as usize];
        let wanted = act(&json!({ "do": name }));
        let (act, mut step) = match (wanted.choose)(self) {
            Some(step) => (wanted, step),
            None => (&people::ACTS[0], (people::ACTS[0].choose)(self).unwrap_or_default()),
        };
        step["do"] = act.name.into();
        step
    }

    pub fn take(&mut self, step: &Value) -> Result<Value, Error> {
        let answer = (act(step).take)(self, step)?;
        self.model.take(step, &answer);
        Ok(answer)
    }

    /// Makes the file lose what a power cut would take: how a proof shows that it would notice. SQLite refuses to
    /// change this within a transaction, which is why the one that is open is left for a moment.
    pub fn forget_to_sync(&mut self, synchronous: &str) -> Result<(), Error> {
        self.store()?
            .write("workspace.begin", hallway_core::store::Memory::Recorded, Now::system(), |tx| {
                tx.sql().execute_batch(&format!("ROLLBACK; PRAGMA synchronous = {synchronous}; BEGIN IMMEDIATE"))?;
                Ok(())
            })
            .map(drop)
    }

    fn store(&self) -> Result<&Store, Error> {
        self.store.as_ref().ok_or(Error::Busy)
    }

    fn call(&self, command: &str, input: Value) -> Result<Value, Error> {
        Ok(dispatch(self.store()?, Now::system(), command, input)?.value)
    }

    /// What no other value says.
    fn mark(&self) -> String {
        format!("{} {}", self.name, self.steps)
    }

    fn somebody(&mut self) -> Option<String> {
        let people = self.model.people().into_iter();
        let people: Vec<String> = people
            .filter(|(name, known)| self.ids.contains_key(name) && known.asks.is_none())
            .map(|(name, _)| name)
            .collect();
        people.get(self.chance.roll(people.len() as u64) as usize).cloned()
    }

    fn know(&mut self, name: &Value, id: &Value) {
        let name = name.as_str().unwrap_or_default().to_owned();
        self.added.push(name.clone());
        self.ids.insert(name, id.clone());
    }

    fn id(&self, step: &Value) -> Result<&Value, Error> {
        self.ids.get(&text(step, "person")).ok_or(Error::NotFound("person"))
    }
}
