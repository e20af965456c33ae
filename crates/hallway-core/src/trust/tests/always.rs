//! Whatever is done, and in whatever order, who said no is in no file that writes to people, and found by no filter for
//! whom one may write to.
use crate::{
    Id, backups, dispatch,
    normal::ContactKind,
    testing::{Desk, everybody, prove::Chance},
    trust::{
        Purpose, reach,
        refusals::{FORGETS, Forgets},
        verdicts,
    },
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs};

const ADDRESSES: u64 = 6;

/// A no that was said: at which address, by which operation, and which one made the row that has the address. What is taken
/// back as a slip is none; what stands on the suppression list is no operation of anybody's.
#[derive(Debug, Clone)]
struct No {
    address: String,
    by: Option<(i64, i64)>,
}

struct Said {
    desk: Desk,
    people: Vec<String>,
    nos: Vec<No>,
    /// A backup, with the nos there were when it was made.
    backup: Option<(String, Vec<No>)>,
    /// Everything as JSON.
    file: Option<std::path::PathBuf>,
}

impl Said {
    fn tries(&self, command: &str, input: Value) -> Option<(Value, Option<i64>)> {
        dispatch(&self.desk.later(1).store, self.desk.now(), command, input)
            .ok()
            .map(|reply| (reply.value, reply.operation))
    }

    /// The addresses that rows of exactly this person have, each with the operation that made the row.
    fn addresses(&self, person: &str) -> Vec<(String, i64)> {
        let sql = "SELECT c.value_norm || ' ' || c.created_op FROM contact_points c JOIN people p ON p.id = c.person_id
             WHERE hex(p.id) = upper(replace(?1, '-', '')) AND p.root = p.id AND c.deleted_at IS NULL AND c.kind = 'email'";
        let found: Vec<String> = self.desk.store.read(self.desk.now(), |tx| tx.column(sql, [person])).unwrap();
        let cut =
            |text: &String| text.split_once(' ').map(|(value, op)| (value.to_owned(), op.parse().unwrap())).unwrap();
        found.iter().map(cut).collect()
    }

    fn stands(&self, operation: i64) -> bool {
        let sql = "SELECT undone_at IS NULL FROM operations WHERE id = ?1";
        self.desk.store.read(self.desk.now(), |tx| tx.scalar::<bool>(sql, [operation])).unwrap() == Some(true)
    }

    fn holds(&self, no: &No) -> bool {
        no.by.is_none_or(|(said, made)| self.stands(said) && self.stands(made))
    }

    fn refused(&mut self, said: &[(String, i64)], by: Option<i64>) {
        for (address, made) in said {
            self.nos.push(No { address: address.clone(), by: by.map(|by| (by, *made)) });
        }
    }

    /// What was said with it is said for good: nothing takes it back any more.
    fn for_good(nos: Vec<No>) -> Vec<No> {
        nos.into_iter().map(|no| No { by: None, ..no }).collect()
    }

    fn step(mut self, chance: &mut Chance, step: u32) -> Said {
        let n = chance.roll(18);
        if self.people.len() < 2 || n < 3 {
            let person = self.desk.person(&format!("Person {step}"));
            let address = format!("a{}@acme.example", chance.roll(ADDRESSES));
            if let Some((point, _)) = self.tries(
                "contact_points.add",
                json!({ "person": person, "kind": "email", "value": address, "source": "list_signup" }),
            ) {
                // Of whoever opted out it takes what shows that they opted in anew, and there is nothing.
                let refused = self.nos.iter().any(|no| no.address == address && self.holds(no));
                let shows = if refused { Value::Null } else { "Signed up".into() };
                let basis = json!({ "point": point["id"], "purposes": ["list_mail"], "basis": "opted_in", "evidence": shows, "on": "2026-05-03" });
                self.tries("basis.set", basis);
            }
            self.people.push(person);
            return self;
        }
        let one = self.people[chance.roll(self.people.len() as u64) as usize].clone();
        let other = self.people[chance.roll(self.people.len() as u64) as usize].clone();
        let theirs = self.addresses(&one);
        match n {
            3 => {
                let done = self.tries("basis.objected", json!({ "person": one, "kinds": ["email"] }));
                if let Some((_, by)) = done {
                    self.refused(&theirs, by);
                }
            }
            4 => {
                let page = self.tries("people.page", json!({ "id": one }));
                let points = page.map(|(page, _)| page["contactPoints"].clone()).unwrap_or_default();
                if let Some(point) = points.as_array().and_then(|points| points.first()).cloned()
                    && let Some((row, by)) =
                        self.tries("contact_points.edit", json!({ "id": point["id"], "status": "opted_out" }))
                    && by.is_some()
                {
                    let address = row["valueNorm"].as_str().unwrap().to_owned();
                    let made = "SELECT created_op FROM contact_points WHERE hex(id) = upper(replace(?1, '-', ''))";
                    let id = row["id"].as_str().unwrap().to_owned();
                    let made: i64 =
                        self.desk.store.read(self.desk.now(), |tx| tx.scalar(made, [&id])).unwrap().unwrap();
                    self.refused(&[(address, made)], by);
                }
            }
            5 => {
                if let Some((address, _)) = theirs.first() {
                    let path = self.desk.path("cleaned.csv");
                    fs::write(&path, format!("Email Address,LEID,CLEAN_TIME\n{address},9,2026-05-20 10:00:00\n"))
                        .unwrap();
                    let file = self.desk.store.grant(path, crate::Access::Read);
                    if self.tries("returns.apply", json!({ "file": file })).is_some() {
                        self.refused(&theirs[..1], None);
                    }
                }
            }
            6 => {
                if let Some((_, by)) = self.tries("people.edit", json!({ "id": one, "doNotContact": true }))
                    && by.is_some()
                {
                    self.refused(&theirs, by);
                }
            }
            7 => drop(self.tries("doubles.merge", json!({ "ids": [one, other] }))),
            8 => drop(self.tries("doubles.separate", json!({ "id": one }))),
            9 => drop(self.tries("people.trash", json!({ "ids": [one] }))),
            10 => {
                // What is emptied out of the trash can no longer be taken back.
                let held: Vec<No> = self.nos.iter().filter(|no| self.holds(no)).cloned().collect();
                if self.tries("trash.empty", json!({})).is_some_and(|(receipt, _)| !receipt.is_null()) {
                    let gone: Vec<No> = held.into_iter().filter(|no| !self.holds(no)).collect();
                    self.nos.extend(Said::for_good(gone));
                }
            }
            11 => {
                let page = self.tries("people.page", json!({ "id": one }));
                let points = page.map(|(page, _)| page["contactPoints"].clone()).unwrap_or_default();
                if let Some(point) = points.as_array().and_then(|points| points.first()) {
                    self.tries("contact_points.trash", json!({ "id": point["id"] }));
                }
            }
            12 if step > 15 => {
                self.tries("erase.run", json!({ "ids": [one], "others": "blank" }));
            }
            13 => drop(self.tries("history.undo", json!({}))),
            14 => drop(self.tries("history.redo", json!({}))),
            15 => {
                let name =
                    self.tries("backups.make", json!({})).and_then(|(made, _)| Some(made["name"].as_str()?.to_owned()));
                if let Some(name) = name {
                    let nos = self.nos.iter().filter(|no| self.holds(no)).cloned().collect();
                    self.backup = Some((name, nos));
                }
                let path = self.desk.path("all.json");
                let file = self.desk.store.grant(path.clone(), crate::Access::Write);
                if self.tries("json.export", json!({ "file": file })).is_some() {
                    self.file = Some(path);
                }
            }
            16 => {
                if let Some((name, then)) = self.backup.take() {
                    let held: Vec<No> = self.nos.iter().filter(|no| self.holds(no)).cloned().collect();
                    self.desk = self.desk.reopened(|path, now| drop(backups::restore(path, &name, now).unwrap()));
                    // What was said before the backup was made can be taken back as before, what came after it cannot.
                    let known = |no: &No| then.iter().any(|was| was.address == no.address && was.by == no.by);
                    self.nos = held
                        .into_iter()
                        .map(|no| if known(&no) && self.holds(&no) { no } else { No { by: None, ..no } })
                        .collect();
                }
            }
            _ => {
                if let Some(path) = &self.file {
                    let file = self.desk.store.grant(path.clone(), crate::Access::Read);
                    self.tries("json.run", json!({ "file": file, "theirs": false }));
                }
                let csv = self.desk.path("again.csv");
                fs::write(&csv, format!("Name,E-mail\nAgain {step},a{}@acme.example\n", chance.roll(ADDRESSES)))
                    .unwrap();
                let file = self.desk.store.grant(csv, crate::Access::Read);
                self.tries("imports.run", json!({ "file": file, "matching": false, "source": "import" }));
            }
        }
        self
    }

    /// Writes everybody who may be written to, and says who of those who said no is in it.
    fn written_to(&self) -> BTreeSet<String> {
        let file = self.desk.store.grant(self.desk.path("out.csv"), crate::Access::Write);
        let _ = fs::remove_file(self.desk.path("out.csv"));
        self.tries(
            "exports.write",
            json!({ "whom": { "query": everybody() }, "purpose": "list_mail", "channel": "email", "template": "csv", "file": file }),
        );
        let text = fs::read_to_string(self.desk.path("out.csv")).unwrap_or_default();
        let refused = self.nos.iter().filter(|no| text.contains(&no.address) && self.holds(no));
        refused.map(|no| no.address.clone()).collect()
    }

    /// What a filter answers from memory, which followed each change, and what the file says of each alone and of all; nothing
    /// when they agree.
    fn filter_differs(&self) -> Option<String> {
        let found = |text: &str| -> BTreeSet<Id> {
            let query = json!({ "filter": { "text": text }, "sort": "name", "descending": false });
            let rows = self.desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 500 }));
            let rows = rows["rows"].as_array().expect("rows").iter();
            rows.map(|row| row["id"].as_str().expect("an id").parse().expect("an id")).collect()
        };
        let (may, suppressed) = (found("may:list_mail"), found("suppressed:yes"));
        let (alone, of_all) = self
            .desk
            .store
            .read(self.desk.now(), |tx| {
                let mut alone = BTreeSet::new();
                for person in &self.people {
                    let ids = [person.parse::<Id>().expect("an id")];
                    let verdicts = verdicts(tx, &ids, ContactKind::Email, Purpose::ListMail)?;
                    alone.extend(verdicts.iter().filter(|one| one.left_out.is_none()).map(|one| one.person));
                }
                let all = reach(tx, None)?;
                let of_all: BTreeSet<Id> = all.iter().filter(|(_, one)| one.suppressed).map(|(id, _)| *id).collect();
                Ok((alone, of_all))
            })
            .expect("an answer");
        let differ = |what: &str, found: &BTreeSet<Id>, said: &BTreeSet<Id>| {
            (found != said).then(|| format!("{what}: a filter finds {found:?}, and the file says {said:?}"))
        };
        differ("may", &may, &alone).or_else(|| differ("suppressed", &suppressed, &of_all))
    }
}

/// Runs so many workspaces, and says in which somebody who said no was written to; the first will do.
fn broken(seeds: u32) -> Option<String> {
    for seed in 0..seeds {
        let mut chance = Chance(u64::from(seed));
        let mut said = Said { desk: Desk::new(), people: vec![], nos: vec![], backup: None, file: None };
        said.desk.wait(10);
        for step in 0..60 {
            said = said.step(&mut chance, step);
            // Sometimes nobody looks, so that several changes are followed at once.
            if chance.roll(3) > 0
                && let Some(differs) = said.filter_differs()
            {
                return Some(format!("seed {seed}, step {step}: {differs}"));
            }
            if step % 4 == 3 {
                let wrong = said.written_to();
                if !wrong.is_empty() {
                    return Some(format!("seed {seed}, step {step}: {wrong:?}, {:?}", said.nos));
                }
            }
        }
    }
    None
}

#[test]
fn whatever_is_done_who_said_no_is_in_no_mail_file() {
    assert_eq!(broken(crate::testing::prove::times(10, 300)), None);
}

/// The same, with a rule that is switched off: it must be seen.
#[test]
fn a_rule_that_forgets_who_said_no_is_caught() {
    for rule in
        [Forgets::OthersWithTheAddress, Forgets::WhatLeaves, Forgets::BackupsPutBack, Forgets::WhomElseItConcerns]
    {
        FORGETS.with(|off| off.set(Some(rule)));
        let broken = broken(40);
        FORGETS.with(|off| off.set(None));
        assert!(broken.is_some(), "{rule:?} is seen by nothing");
    }
}
