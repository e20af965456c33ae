//! An import that is killed at any moment leaves a sound file and whole rows, and goes on to the same result or is taken back.
use hallway_core::{Now, Store, dispatch, open};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

const ROWS: usize = 3_000;
/// People of the file of everything; with each of them come an address, and what happened with them and with the next.
const PEOPLE: usize = 700;
const ROUNDS: u64 = 10;

struct Trial {
    file: PathBuf,
    /// What is imported: a table, or everything of a workspace.
    table: PathBuf,
    chance: u64,
    _folder: tempfile::TempDir,
}

impl Trial {
    fn new(name: &str, chance: u64) -> Trial {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, table) = (folder.path().join("killed.hallway"), folder.path().join(name));
        fs::write(&table, if name.ends_with(".json") { everything() } else { people() }).expect("a file");
        let trial = Trial { file, table, chance, _folder: folder };
        call(&trial.store(), "people.create", json!({ "displayName": "Ada" }));
        trial
    }

    fn store(&self) -> Store {
        open(&self.file, Now::system(), hallway_core::id::seed_from_system(), "UTC").expect("the file opens")
    }

    /// Imports, and kills whoever does it a chance moment after so many steps. Returns whether it was done before that.
    #[allow(clippy::disallowed_methods)] // The moment of the kill is what is tested: there is nothing to wait for.
    fn kill_one(&mut self) -> bool {
        let mut writer = Command::new(env!("CARGO_BIN_EXE_hallway-importer"))
            .args([&self.file, &self.table])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the writer starts");
        let mut lines = BufReader::new(writer.stdout.take().expect("its words")).lines();
        // "ready", a backup unless it goes on, and so many batches.
        for _ in 0..2 + self.roll(4) {
            if lines.next().is_none() {
                break;
            }
        }
        thread::sleep(Duration::from_micros(self.roll(40_000)));
        writer.kill().expect("SIGKILL");
        writer.wait().expect("it is gone").success()
    }

    /// Every row is wholly in or not at all, and nothing is wrong with the file.
    fn is_whole(&self) -> Value {
        let store = self.store();
        let findings = call(&store, "doctor.check", json!({}));
        assert_eq!(findings["findings"], json!([]));
        let waits = call(&store, "imports.under_way", json!({}));
        drop(store);
        let file = Connection::open(&self.file).expect("the file");
        let count = |sql: &str| file.query_row(sql, [], |r| r.get::<_, i64>(0)).expect("a count");
        if self.is_everything() {
            self.everything_is_whole(&waits, &count);
            return waits;
        }
        let half = count(
            "SELECT count(*) FROM people p WHERE p.deleted_at IS NULL AND p.display_name <> 'Ada' AND NOT (
               EXISTS (SELECT 1 FROM contact_points c WHERE c.person_id = p.id AND c.deleted_at IS NULL)
               AND EXISTS (SELECT 1 FROM person_tags t WHERE t.person_id = p.id))",
        );
        assert_eq!(half, 0, "rows are half imported");
        let people = count("SELECT people FROM tally");
        match waits.is_null() {
            true => assert!(people == 1 || people == 1 + ROWS as i64, "{people} people and nobody says why"),
            false => assert_eq!(waits["rows"], json!(people - 1), "it says how far it is"),
        }
        waits
    }

    fn is_everything(&self) -> bool {
        self.table.extension().is_some_and(|ending| ending == "json")
    }

    /// What happened came with everybody it happened with, and as many rows are in as it says.
    fn everything_is_whole(&self, waits: &Value, count: &dyn Fn(&str) -> i64) {
        let lonely = count(
            "SELECT count(*) FROM touchpoints t WHERE t.deleted_at IS NULL
               AND (SELECT count(*) FROM touchpoint_people p WHERE p.touchpoint_id = t.id) <> 2",
        );
        assert_eq!(lonely, 0, "somebody who was there is missing");
        let tables = ["people", "contact_points", "touchpoints", "touchpoint_people"];
        let rows: i64 = tables.iter().map(|table| count(&format!("SELECT count(*) FROM {table} WHERE created_op IN (SELECT id FROM operations WHERE command = 'json.run' AND undone_at IS NULL)"))).sum();
        match waits.is_null() {
            true => assert!(rows == 0 || rows == 5 * PEOPLE as i64, "{rows} rows and nobody says why"),
            false if waits["phase"] == "taking_back" => {}
            false => assert_eq!(waits["rows"], json!(rows), "it says how far it is"),
        }
    }

    fn dump(&self) -> String {
        let store = self.store();
        let names = call(
            &store,
            "people.list",
            json!({ "query": { "filter": { "text": "" }, "sort": "name", "descending": false }, "offset": 0, "limit": 500 }),
        );
        format!(
            "{} {} {}",
            call(&store, "workspace.info", json!({}))["people"],
            call(&store, "workspace.info", json!({}))["touchpoints"],
            names["rows"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| format!("{} {} {} {}", row["name"], row["organisation"], row["tags"], row["stage"]))
                .collect::<Vec<_>>()
                .join(" ")
        )
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn roll(&mut self, sides: u64) -> u64 {
        self.chance = self.chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.chance;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}

#[test]
fn a_killed_import_goes_on_to_the_same_result_or_is_taken_back() {
    goes_on_or_is_taken_back("people.csv");
}

#[test]
fn a_killed_import_of_everything_goes_on_to_the_same_result_or_is_taken_back() {
    goes_on_or_is_taken_back("everything.json");
}

fn goes_on_or_is_taken_back(name: &str) {
    let whole = Trial::new(name, 0);
    let store = whole.store();
    let file = store.grant(whole.table.clone(), hallway_core::Access::Read);
    match whole.is_everything() {
        true => call(&store, "json.run", json!({ "file": file })),
        false => call(&store, "imports.run", json!({ "file": file, "matching": true, "source": "import" })),
    };
    drop(store);
    let wanted = whole.dump();
    let (mut interrupted, mut taken_back) = (0, 0);
    for round in 0..ROUNDS {
        let mut trial = Trial::new(name, round * 7_919 + 1);
        let before = trial.dump();
        let done = trial.kill_one();
        let waits = trial.is_whole();
        interrupted += u64::from(!waits.is_null());
        if round % 3 == 2 && !waits.is_null() {
            let store = trial.store();
            let mut run = call(&store, "imports.cancel", json!({ "id": waits["id"] }));
            while run["phase"] != "taken_back" {
                run = call(&store, "imports.step", json!({ "id": run["id"] }));
            }
            drop(store);
            taken_back += 1;
            trial.is_whole();
            assert_eq!(trial.dump(), before);
            continue;
        }
        if done {
            assert_eq!(trial.dump(), wanted);
            continue;
        }
        // It goes on, is killed again, and in the end nobody sees that it ever was.
        trial.kill_one();
        trial.is_whole();
        let finished = Command::new(env!("CARGO_BIN_EXE_hallway-importer"))
            .args([&trial.file, &trial.table])
            .stdout(Stdio::null())
            .status()
            .expect("the writer starts");
        assert!(finished.success());
        trial.is_whole();
        assert_eq!(trial.dump(), wanted, "round {round}");
    }
    assert!(
        interrupted > ROUNDS / 2 && taken_back > 0,
        "the kills came too early or too late: {interrupted}, {taken_back}"
    );
}

fn people() -> String {
    let rows: String = (0..ROWS)
        .map(|n| format!("Person {n:04},p{n}@example.org,Company {},\"meetup, wave {}\"\n", n % 40, n % 7))
        .collect();
    format!("Name,Email,Company,Tags\n{rows}")
}

fn everything() -> String {
    let (mut people, mut addresses, mut touchpoints, mut parts) = (vec![], vec![], vec![], vec![]);
    for n in 0..PEOPLE {
        let (person, next) = (json!({ "externalId": n }), json!({ "externalId": (n + 1) % PEOPLE }));
        people.push(
            json!({ "externalId": n, "displayName": format!("Person {n:04}"), "city": format!("City {}", n % 9) }),
        );
        let email = format!("p{n}@example.org");
        addresses.push(
            json!({ "externalId": n, "personId": person, "kind": "email", "value": email, "obtainedOn": "2026-01-02" }),
        );
        let day = format!("2026-0{}-{:02}", 1 + n % 4, 1 + n % 28);
        touchpoints
            .push(json!({ "externalId": n, "kind": (["building_with_it", "asked_how_to"][n % 2]), "onDay": day }));
        // Far from what they belong to, and each in another half of the list.
        let part = |who: Value| json!({ "touchpointId": { "externalId": n }, "personId": who });
        parts.insert(parts.len() / 2, part(person));
        parts.push(part(next));
    }
    json!({
        "format": "hallway", "version": 1, "source": "elsewhere", "touchpointPeople": parts, "touchpoints": touchpoints,
        "contactPoints": addresses, "people": people,
    })
    .to_string()
}

fn call(store: &Store, command: &str, input: Value) -> Value {
    dispatch(store, Now::system(), command, input).unwrap_or_else(|e| panic!("{command}: {e}")).value
}
