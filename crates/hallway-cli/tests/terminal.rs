//! The program itself, run as somebody would run it.
use hallway_core::{Now, dispatch};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A Thursday, at noon in UTC, so that it is the same day in most of the world.
const NOON: &str = "2026-05-21T12:00:00Z";
const MEETUP: &str = "Full name,E-mail,Company,City,T-shirt\r\n\
                      Priya Nair,priya@acme.example,Acme,Pune,M\r\n\
                      小林 葵,aoi@kobayashi.example,,東京,S\r\n\
                      Tom Kowalski,tom@globex.example,Globex,Łódź,\r\n\
                      ,,Nobody Ltd,,L\r\n";

/// A folder with one workspace in it, and the program that works on it.
struct Terminal {
    folder: tempfile::TempDir,
}

/// What the program said, and how it ended.
struct Said {
    out: String,
    err: String,
    code: Option<i32>,
}

impl Terminal {
    fn new() -> Terminal {
        Terminal { folder: tempfile::tempdir().expect("a folder") }
    }
    /// A workspace with the three people of the meetup.
    fn after_the_meetup() -> Terminal {
        let terminal = Terminal::new();
        terminal.write("meetup.csv", MEETUP);
        terminal.ok(&["import", "meetup.csv"]);
        terminal
    }
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }
    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file of text")
    }
    fn run(&self, line: &[&str]) -> Said {
        self.run_at(NOON, line)
    }
    fn run_at(&self, now: &str, line: &[&str]) -> Said {
        said(
            Command::new(env!("CARGO_BIN_EXE_hallway-cli"))
                .args(["--now", now])
                .args(line)
                .env("HALLWAY_FILE", self.path("main.hallway"))
                .current_dir(self.folder.path()),
        )
    }
    /// A line that must end well; what it said.
    fn ok(&self, line: &[&str]) -> String {
        let said = self.run(line);
        assert_eq!(said.code, Some(0), "{line:?}: {}", said.err);
        said.out
    }
    fn json(&self, line: &[&str]) -> Value {
        let out = self.ok(&[&["--json"], line].concat());
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{line:?} answered no JSON ({e}): {out}"))
    }
    /// A line that must be refused; the sentence.
    fn refused(&self, line: &[&str]) -> String {
        let said = self.run(line);
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{line:?}");
        said.err
    }
}

fn said(command: &mut Command) -> Said {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Said { out: text(stdout), err: text(stderr), code: status.code() }
}

#[test]
fn the_first_minutes_of_somebody_new() {
    let terminal = Terminal::new();
    terminal.write("meetup.csv", MEETUP);

    let imported = terminal.ok(&["import", "meetup.csv"]);
    for words in [
        "meetup.csv: CSV, UTF-8, separated by “,”, 4 rows.",
        "Not imported: T-shirt.",
        "3 new, 0 to fill in, 0 differing, 0 unchanged, 0 to look at, 0 skipped, 1 refused.",
        "row 5 (Nobody Ltd)",
        "Added 3 people, filled in 0; 0 differing and kept as they were, 0 unchanged, 0 skipped, 1 refused.",
    ] {
        assert!(imported.contains(words), "“{words}” is not in:\n{imported}");
    }

    let listed = terminal.ok(&["list"]);
    assert!(listed.starts_with("Name          Organisation  Place\n"), "{listed}");
    assert!(
        listed.contains("Tom Kowalski  Globex        Łódź\n") && listed.contains("小林 葵                     東京\n"),
        "{listed}"
    );
    assert!(listed.ends_with("3 people.\n"), "{listed}");

    let shown = terminal.ok(&["show", "priya"]);
    assert!(
        shown.starts_with("Priya Nair\nAcme · Pune\n\nNot placed yet. Nothing they did is written down yet;"),
        "{shown}"
    );
    assert!(shown.contains("E-mail     priya@acme.example (from meetup.csv, 21 May)\n"), "{shown}");

    let logged = terminal.ok(&[
        "log",
        "priya",
        "shared-prototype",
        "--on",
        "2026-05-12",
        "--seen",
        "--note",
        "Ingest pipeline, runs on a laptop",
    ]);
    assert!(logged.starts_with("Logged: showed a demo or prototype (Priya Nair, 12 May).\nPriya Nair: Placed at Building. Building since 12 May. Because:"), "{logged}");

    assert_eq!(terminal.ok(&["stage", "Priya Nair"]), "Priya Nair: Building since 12 May. Confirmed.\n");
    assert_eq!(
        terminal.ok(&["stage", "Priya Nair", "--why"]),
        "Priya Nair: Building since 12 May. Because: showed a demo or prototype (12 May, seen by you). \
         Next: runs it in production, brings it to a team or speaks about it. Confirmed.\n"
    );
    assert_eq!(
        terminal.ok(&["stage", "Priya Nair", "--as-of", "2026-05-11"]),
        "Priya Nair, on 11 May: Not placed yet.\n"
    );
    assert!(
        terminal
            .ok(&["show", "Priya Nair"])
            .ends_with("12 May: Showed a demo or prototype\n  Ingest pipeline, runs on a laptop\n")
    );
    assert_eq!(
        terminal.ok(&["search", "laptop"]),
        "Nobody is spelled so or comes close.\n\n1 note:\nPriya Nair, 12 May: Showed a demo or prototype\n  Ingest pipeline, runs on a laptop\n"
    );
    let close = terminal.ok(&["search", "kowlaski"]);
    assert!(close.starts_with("Nobody is spelled so. These come close:\nName"), "{close}");
    assert!(close.contains("Tom Kowalski") && close.ends_with("No note says it.\n"), "{close}");
    assert!(terminal.ok(&["search", "小"]).contains("小林 葵"));
    assert!(terminal.ok(&["list", "--stage", "building"]).ends_with("1 of 3 people.\n"));

    assert_eq!(terminal.ok(&["undo"]), "Took back: Logged what happened with Priya Nair.\n");
    assert_eq!(terminal.ok(&["stage", "Priya Nair"]), "Priya Nair: Not placed yet.\n");
    assert_eq!(terminal.ok(&["redo"]), "Brought back: Logged what happened with Priya Nair.\n");
    assert!(terminal.ok(&["history"]).contains("Imported 3 people from “meetup.csv”"));

    assert_eq!(
        terminal.ok(&["export", "out.csv", "--columns", "name,E-mail,stage", "--sort", "added"]),
        "Wrote 3 people to out.csv.\n"
    );
    assert_eq!(
        terminal.read("out.csv"),
        "Name,E-mail,Stage\r\nPriya Nair,priya@acme.example,Building\r\n小林 葵,aoi@kobayashi.example,\r\nTom Kowalski,tom@globex.example,\r\n"
    );
    assert!(terminal.ok(&["doctor"]).ends_with("The file is sound.\n"));
}

#[test]
fn every_answer_is_there_for_programs_too() {
    let terminal = Terminal::new();
    terminal.write("meetup.csv", MEETUP);
    let import = terminal.json(&["import", "meetup.csv"]);
    assert_eq!(
        (&import["preview"]["newPeople"], &import["done"]["added"], &import["done"]["refused"]),
        (&json!(3), &json!(3), &json!(1))
    );
    assert_eq!(terminal.json(&["add", "Zoë", "--organisation", "Initech"])["displayName"], "Zoë");
    assert_eq!(terminal.json(&["log", "Zoë", "replied"])["kind"], "replied");
    let rows = terminal.json(&["list", "--limit", "2"]);
    assert_eq!((&rows["count"], rows["rows"].as_array().map(Vec::len)), (&json!(4), Some(2)));
    assert_eq!(
        terminal.json(&["show", rows["rows"][0]["id"].as_str().expect("an id")])["page"]["person"]["displayName"],
        "Priya Nair"
    );
    assert_eq!(terminal.json(&["stage", "Zoë"])["stage"], "discover");
    assert!(
        terminal
            .json(&["kinds"])
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(|kind| kind["key"] == "in_production"))
    );
    let found = terminal.json(&["search", "zoe"]);
    assert_eq!((&found["people"]["count"], &found["people"]["close"]), (&json!(1), &json!(false)));
    assert_eq!(found["notes"], json!({ "notes": [], "more": false }));
    assert_eq!(terminal.json(&["history", "--limit", "1"])[0]["command"], "touchpoints.log");
    assert_eq!(terminal.json(&["undo"])["label"], "Logged what happened with Zoë");
    assert_eq!(terminal.json(&["redo"])["notes"], json!([]));
    assert_eq!(terminal.json(&["export", "out.csv"])["rows"], 4);
    assert_eq!(terminal.json(&["doctor"])["ok"], true);

    let refusal: Value =
        serde_json::from_str(&terminal.refused(&["--json", "show", "Nobody"])).expect("a failure as JSON");
    assert_eq!((&refusal["code"], &refusal["field"]), (&json!("invalid"), &json!("whom")));
}

#[test]
fn a_line_that_cannot_be_read_ends_with_two_and_a_refusal_with_one() {
    let terminal = Terminal::after_the_meetup();
    for line in [
        &["lst"] as &[&str],
        &["log", "Priya"],
        &["list", "--stage", "hot"],
        &["import", "x.csv", "--map", "City"],
        &["search"],
        &["log", "Tom", "replied", "--seen", "--told"],
    ] {
        assert_eq!(terminal.run(line).code, Some(2), "{line:?}");
    }
    assert_eq!(terminal.refused(&["redo"]), "There is nothing to bring back.\n");
    assert_eq!(
        terminal.refused(&["log", "Tom", "danced"]),
        "There is nothing called “danced” to choose here. `hallway-cli kinds` lists them.\n"
    );
    assert!(terminal.refused(&["log", "Tom", "replied", "--on", "2027-01-01"]).contains("has not come yet"));
    assert!(terminal.refused(&["import", "nowhere.csv"]).contains("nowhere.csv could not be read"));
    assert!(terminal.refused(&["list", "--tag", "Zig"]).contains("Nobody carries a tag “Zig”."));
    assert_eq!(terminal.run(&["--help"]).code, Some(0));
}

#[test]
fn a_mistyped_file_is_refused_and_not_made() {
    let terminal = Terminal::new();
    let said = said(
        Command::new(env!("CARGO_BIN_EXE_hallway-cli"))
            .args(["--file", "mian.hallway", "list"])
            .current_dir(terminal.folder.path()),
    );
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("There is no file") && said.err.contains("mian.hallway"), "{}", said.err);
    assert!(!terminal.path("mian.hallway").exists());
    terminal.write("diary.hallway", "Dear diary, this is no workspace.");
    assert!(terminal.refused(&["--file", "diary.hallway", "list"]).contains("is not a Hallway file"));
    assert_eq!(terminal.read("diary.hallway"), "Dear diary, this is no workspace.");
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_name_the_file_is_the_one_the_window_opens() {
    let terminal = Terminal::new();
    let said = said(
        Command::new(env!("CARGO_BIN_EXE_hallway-cli"))
            .args(["add", "Zoë"])
            .env_remove("HALLWAY_FILE")
            .env("XDG_DATA_HOME", terminal.folder.path()),
    );
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(terminal.path("hallway/main.hallway").exists());
}

#[test]
fn a_name_of_several_people_is_asked_back_and_nothing_is_written() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["add", "Tom Kowalski", "--organisation", "Initech"]);
    let asked = terminal.refused(&["log", "tom", "replied"]);
    assert!(asked.starts_with("“tom” could be 2 people: Tom Kowalski (Globex), Tom Kowalski (Initech)."), "{asked}");
    assert_eq!(terminal.json(&["history", "--limit", "1"])[0]["command"], "people.create");
    assert!(
        terminal
            .ok(&["log", "tom@globex.example", "replied"])
            .starts_with("Logged: replied to us (Tom Kowalski, 21 May).")
    );
}

#[test]
fn everybody_who_was_there_is_named() {
    let terminal = Terminal::after_the_meetup();
    let logged = terminal.ok(&[
        "log",
        "Priya",
        "conversation_in_person",
        "--with",
        "葵",
        "--with",
        "Tom",
        "--needs-answer",
        "--stage",
        "Learning",
        "--seen",
    ]);
    assert!(logged.starts_with("Logged: talked in person (Priya Nair, 小林 葵, Tom Kowalski, 21 May)."), "{logged}");
    assert_eq!(terminal.json(&["stage", "Priya"])["stage"], "learn");
    assert_eq!(terminal.json(&["stage", "Tom"])["stage"], "discover", "the stage is said of the first one only");
    assert!(
        terminal
            .ok(&["show", "Tom"])
            .contains("21 May: Talked in person, with Priya Nair, 小林 葵, waits for an answer")
    );
}

#[test]
fn rows_that_share_an_address_wait_until_somebody_says_what_they_are() {
    let terminal = Terminal::after_the_meetup();
    terminal.write(
        "again.csv",
        "Name,Email,Town\nTeam Globex,tom@globex.example,Opole\nPriya Nair,priya@acme.example,Goa\n",
    );
    let waiting = terminal.ok(&["import", "again.csv"]);
    for words in [
        "0 new, 0 to fill in, 1 differing, 0 unchanged, 1 to look at",
        "Added 0 people, filled in 0; 1 differing and kept as they were, 0 unchanged",
        "row 2 (Team Globex): tom@globex.example belongs to somebody of another name",
        "1 row waits and was left out",
    ] {
        assert!(waiting.contains(words), "“{words}” is not in:\n{waiting}");
    }
    let tried = terminal.ok(&["import", "again.csv", "--look", "new", "--dry-run", "--map", "Town=city"]);
    assert!(
        tried.contains("1 new,") && tried.contains("0 to look at") && tried.contains("Nothing was written"),
        "{tried}"
    );
    assert!(tried.contains("row 3 (Priya Nair), city: here “Pune”, in the file “Goa”"), "{tried}");
    assert_eq!(terminal.json(&["list"])["count"], 3, "a dry run writes nobody down");
    assert!(
        terminal
            .ok(&["import", "again.csv", "--look", "skip"])
            .contains("1 differing and kept as they were, 0 unchanged, 1 skipped")
    );
    assert_eq!(terminal.json(&["list"])["count"], 3);
    assert!(
        terminal
            .ok(&["import", "again.csv", "--look", "new", "--map", "town=custom:Home town"])
            .contains("Added 1 person, filled in 1;")
    );
    assert_eq!(terminal.json(&["list"])["count"], 4);
    assert!(terminal.ok(&["show", "Priya"]).contains("Home town  Goa\n"));
    assert!(
        terminal
            .refused(&["import", "again.csv", "--map", "Country=country"])
            .contains("Its columns are: Name, Email, Town.")
    );
}

#[test]
fn every_row_that_waits_gets_the_answer_however_many_there_are() {
    let terminal = Terminal::new();
    let rows: String = (0..450).map(|n| format!("Person {n},office@acme.example\n")).collect();
    terminal.write("office.csv", &format!("Name,Email\n{rows}"));
    let said = terminal.json(&["import", "office.csv", "--look", "skip"]);
    assert_eq!(
        (&said["done"]["added"], &said["done"]["skipped"], &said["done"]["waiting"]),
        (&json!(1), &json!(449), &json!(0))
    );
}

#[test]
fn everything_goes_into_a_file_that_is_called_json() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["log", "Priya", "in_production", "--on", "2026-05-20"]);
    let said = terminal.ok(&["export", "everything.json"]);
    assert!(
        said.starts_with("Wrote everything to everything.json: 3 people, 1 touchpoint, trash included, "),
        "{said}"
    );
    let file: Value = serde_json::from_str(&terminal.read("everything.json")).expect("JSON");
    assert_eq!((&file["format"], &file["version"]), (&json!("hallway"), &json!(1)));
    let names: Vec<&Value> = file["people"].as_array().expect("people").iter().map(|p| &p["displayName"]).collect();
    assert_eq!(names, ["Priya Nair", "小林 葵", "Tom Kowalski"]);
    assert!(terminal.refused(&["export", "everything.json"]).contains("--replace"));
    for part in [&["Priya"][..], &["--stage", "build"], &["--columns", "name"], &["--for", "spreadsheet"]] {
        let refusal = terminal.refused(&[&["export", "part.json"], part].concat());
        assert!(refusal.contains("holds everything there is"), "{part:?}: {refusal}");
    }
    assert!(!terminal.path("part.json").exists());
}

#[test]
fn everything_comes_back_from_a_file_that_is_called_json() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["log", "Priya", "in_production", "--on", "2026-05-20"]);
    terminal.ok(&["export", "everything.json"]);
    let other = Terminal::new();
    other.write("everything.json", &terminal.read("everything.json"));
    let looked = terminal.ok(&["import", "everything.json", "--dry-run"]);
    for words in ["everything.json: everything of a Hallway file, ", "people ", "this was a dry run"] {
        assert!(looked.contains(words), "“{words}” is not in:\n{looked}");
    }
    let said = other.ok(&["import", "everything.json"]);
    assert!(said.contains("0 refused."), "{said}");
    other.ok(&["export", "again.json"]);
    assert!(other.read("again.json") == terminal.read("everything.json"));
    assert!(other.ok(&["stage", "Priya"]).contains("Scaling"));

    other.write("everything.json", &terminal.read("everything.json").replace("\"Pune\"", "\"Goa\""));
    let said = other.ok(&["import", "everything.json"]);
    assert!(said.contains("here “Pune”, in the file “Goa”") && said.contains("1 kept as they were"), "{said}");
    let said = other.ok(&["import", "everything.json", "--keep", "theirs"]);
    assert!(said.contains("Replaced by what the file says") && said.contains("1 replaced"), "{said}");
    assert!(other.refused(&["import", "everything.json", "--look", "new"]).contains("are for tables"));
    assert!(terminal.refused(&["import", "meetup.csv", "--keep", "mine"]).contains("--keep is for JSON files"));
}

#[test]
fn an_export_asks_before_it_writes_over_a_file() {
    let terminal = Terminal::after_the_meetup();
    terminal.write("out.csv", "precious");
    assert!(terminal.refused(&["export", "out.csv"]).contains("--replace"));
    assert_eq!(terminal.read("out.csv"), "precious");
    assert_eq!(terminal.ok(&["export", "out.csv", "Łódź", "--replace"]), "Wrote 1 person to out.csv.\n");
    assert!(terminal.read("out.csv").contains("Tom Kowalski"));
    assert!(
        terminal
            .refused(&["export", "other.csv", "--columns", "name,shoe"])
            .contains("There is no column “shoe”. Choose from: name, pronouns,")
    );
    assert!(!terminal.path("other.csv").exists());
}

#[test]
fn a_spreadsheet_gets_no_formulas() {
    let terminal = Terminal::new();
    terminal.ok(&["add", "=HYPERLINK(\"https://evil.example\")"]);
    assert!(
        terminal.ok(&["export", "program.csv", "--columns", "name"]).contains("1 cell could be taken for a formula")
    );
    terminal.ok(&["export", "sheet.csv", "--columns", "name", "--for", "spreadsheet"]);
    assert!(terminal.read("sheet.csv").contains("'=HYPERLINK"));
}

#[test]
fn the_terminal_works_while_the_window_has_the_file_open() {
    let terminal = Terminal::after_the_meetup();
    let now = Now(1_779_364_800_000);
    let window = hallway_core::open(&terminal.path("main.hallway"), now, 3, "UTC").expect("the file opens twice");
    dispatch(&window, now, "people.create", json!({ "displayName": "Ines Prado" })).expect("the window writes");
    assert!(!window.changed_elsewhere().expect("an answer"));

    terminal.ok(&["log", "Ines", "in_production", "--seen"]);
    assert!(window.changed_elsewhere().expect("an answer"), "the window hears of it");
    let info = dispatch(&window, now, "workspace.info", json!({})).expect("the window reads").value;
    assert_eq!(info["undo"]["label"], "Logged what happened with Ines Prado");

    assert_eq!(terminal.ok(&["undo"]), "Took back: Logged what happened with Ines Prado.\n");
    assert_eq!(terminal.ok(&["undo"]), "Took back: Added Ines Prado.\n", "there is one history for both");
    let info = dispatch(&window, now, "workspace.info", json!({})).expect("the window reads").value;
    assert_eq!((&info["people"], &info["redo"]["label"]), (&json!(3), &json!("Added Ines Prado")));
}

#[test]
fn the_doctor_ends_badly_when_something_is_wrong() {
    let terminal = Terminal::after_the_meetup();
    let file = rusqlite::Connection::open(terminal.path("main.hallway")).expect("the file as SQLite sees it");
    file.execute("UPDATE people SET display_name = ' ' WHERE city = 'Pune'", []).expect("damage");
    drop(file);
    let said = terminal.run(&["doctor"]);
    assert_eq!(said.code, Some(1));
    let found = "2 things found:\nEvery person has a name (I01): one row breaks this.\nThe list calls everybody what they are called: one row breaks this.\n`hallway-cli restore main-";
    assert!(said.out.contains(found), "{}", said.out);
}

#[test]
fn the_same_seed_makes_the_same_people() {
    let terminal = Terminal::new();
    let demo = |out: &str, seed: &str| {
        terminal.run(&["demo", "--people", "120", "--touchpoints", "600", "--seed", seed, "--out", out])
    };
    for (out, seed) in [("a.hallway", "7"), ("b.hallway", "7"), ("c.hallway", "8")] {
        let said = demo(out, seed);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(
            said.out.contains("120 people and 600 touchpoints, all invented.")
                && said.err.contains("touchpoints: 600 of 600"),
            "{} {}",
            said.out,
            said.err
        );
    }
    let everybody = |file: &str| terminal.json(&["--file", file, "list", "--limit", "1000"]);
    assert_eq!(everybody("a.hallway"), everybody("b.hallway"));
    assert_ne!(everybody("a.hallway"), everybody("c.hallway"));
    assert!(terminal.ok(&["--file", "a.hallway", "doctor"]).ends_with("The file is sound.\n"));

    let again = demo("a.hallway", "9");
    assert_eq!(again.code, Some(1));
    assert!(again.err.contains("holds 120 people already"), "{}", again.err);
    assert_eq!(everybody("a.hallway")["count"], 120);
    assert!(!Path::new(&terminal.path("main.hallway")).exists(), "invented people never go into the usual file");
}

#[test]
fn whoever_was_with_them_gets_no_proof_of_somebody_elses() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["log", "Priya", "took_it_to_team", "--with", "Tom"]);
    assert_eq!(terminal.json(&["stage", "Priya"])["stage"], "scale");
    assert_eq!(terminal.json(&["stage", "Tom"])["stage"], Value::Null);
}

#[test]
fn a_dry_run_and_a_mistyped_name_leave_no_workspace_behind() {
    let terminal = Terminal::new();
    terminal.write("meetup.csv", MEETUP);
    assert!(terminal.refused(&["import", "--dry-run", "meetup.csv"]).contains("There is no file"));
    assert!(terminal.refused(&["import", "metup.csv"]).contains("metup.csv could not be read"));
    assert!(!terminal.path("main.hallway").exists());
}

#[test]
fn a_backup_is_made_compared_and_put_back() {
    let terminal = Terminal::after_the_meetup();
    assert!(terminal.ok(&["backup"]).contains("with 3 people, 0 entries"));
    assert!(terminal.ok(&["backup"]).contains("holds everything there is"));
    assert!(terminal.ok(&["doctor"]).contains("The newest good backup was made at 2026-05-21"));
    let name = terminal.json(&["backup", "--list"])[0]["name"].as_str().expect("a name").to_owned();
    terminal.ok(&["add", "Eve Adams"]);
    let told = terminal.ok(&["restore", &name]);
    assert!(told.contains("1 person would be gone: Eve Adams.") && told.contains("Nothing was changed"), "{told}");
    assert!(terminal.ok(&["list"]).contains("Eve Adams"));
    terminal.ok(&["undo"]);
    assert!(terminal.ok(&["restore", &name]).starts_with("Nothing would change."));
    terminal.ok(&["log", "Priya Nair", "conversation_online", "--note", "Runs queues at home"]);
    let told = terminal.ok(&["restore", &name]);
    assert!(told.contains("1 entry would be gone.") && !told.contains("Nothing would change"), "{told}");
    terminal.ok(&["add", "Eve Adams"]);
    terminal.ok(&["restore", &name, "--yes"]);
    assert!(!terminal.ok(&["list"]).contains("Eve Adams"));
    assert!(terminal.ok(&["list"]).contains("Priya Nair"));
    fs::write(terminal.path("main.hallway"), "SQLite format 3\0 and nothing else").expect("damage");
    assert!(terminal.ok(&["restore"]).contains(&name), "backups are found without the file");
    assert!(terminal.ok(&["restore", &name, "--yes"]).contains("The damaged file is kept as"));
    assert!(terminal.ok(&["list"]).contains("Priya Nair"));
}

#[test]
fn a_workbook_and_address_cards_go_in_like_any_table() {
    let terminal = Terminal::new();
    fs::copy("../../tests/fixtures/people.xlsx", terminal.path("people.xlsx")).expect("a workbook");
    let said = terminal.ok(&["import", "people.xlsx"]);
    assert!(
        said.contains("people.xlsx: Workbook, sheet “People”, 3 rows.") && said.contains("Added 3 people"),
        "{said}"
    );
    assert!(terminal.ok(&["import", "people.xlsx", "--sheet", "Prices", "--dry-run"]).contains("Thing"));
    terminal.write("one.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Byron\r\nEND:VCARD\r\n");
    assert!(terminal.ok(&["import", "one.vcf"]).contains("one.vcf: Address cards, vCard, 1 card."));
}

#[test]
fn somebody_who_is_here_twice_becomes_one_person_and_can_be_separated_again() {
    let terminal = Terminal::after_the_meetup();
    terminal
        .write("again.csv", "Name,E-mail,Role\nKowalski T.,tom@globex.example,Maintainer\nEve Adams,eve@x.example,\n");
    assert_eq!(terminal.run_at("2026-05-21T12:00:01Z", &["import", "again.csv", "--no-match"]).code, Some(0));

    let found = terminal.ok(&["doubles"]);
    assert!(
        found.starts_with("Tom Kowalski (Globex) · Kowalski T.\n  same e-mail address tom@globex.example, one name is part of the other\n"),
        "{found}"
    );
    assert!(found.ends_with("1 pair or group may be one person.\n"), "{found}");
    let doubles = terminal.json(&["doubles"]);
    let ids: Vec<&str> =
        doubles["doubles"][0]["people"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();

    let would = terminal.ok(&["merge", "Kowalski T.", ids[0], "--dry-run"]);
    assert!(would.starts_with("Tom Kowalski and Kowalski T. as one person:\n"), "{would}");
    assert!(would.contains("Role          Maintainer") && would.ends_with("Nothing was changed.\n"), "{would}");
    assert_eq!(terminal.json(&["doubles"])["count"], 1);

    assert_eq!(
        terminal.ok(&["merge", ids[1], ids[0]]),
        "Merged Kowalski T. into Tom Kowalski. `undo` takes it back.\n"
    );
    assert_eq!(terminal.ok(&["doubles"]), "Nobody looks like somebody else here.\n");
    assert!(terminal.ok(&["show", ids[1]]).starts_with("Tom Kowalski\n"), "the other id leads to the same person");
    assert!(terminal.ok(&["list"]).ends_with("4 people.\n"));
    assert!(terminal.refused(&["merge", ids[0], ids[1]]).contains("These are one already."));

    assert_eq!(
        terminal.ok(&["separate", "Kowalski T."]),
        "Separated Kowalski T. from Tom Kowalski. `undo` takes it back.\n"
    );
    assert!(terminal.ok(&["list"]).ends_with("5 people.\n"));
    assert!(terminal.refused(&["separate", "Eve Adams"]).contains("Nobody is merged into Eve Adams."));

    assert!(terminal.ok(&["not-the-same", ids[0], ids[1]]).starts_with("Remembered"));
    assert_eq!(terminal.json(&["doubles"])["count"], 0);
    terminal.ok(&["not-the-same", ids[0], ids[1], "--take-back"]);
    assert_eq!(terminal.json(&["doubles"])["count"], 1);
    assert_eq!(terminal.run(&["merge", "Eve"]).code, Some(2), "one person is not two");
    assert!(terminal.ok(&["doctor"]).contains("sound"));
}

#[test]
fn rules_are_looked_at_shared_and_put_in_force_and_their_words_are_used() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["log", "Priya Nair", "reported-bug", "--on", "2026-05-12"]);
    assert!(
        terminal.ok(&["rules"]).starts_with("Version 1. Stages: Discovery, Evaluation, Learning, Building, Scaling.\n")
    );
    assert_eq!(terminal.ok(&["rules", "--write", "team.toml"]), "Wrote the rules to team.toml.\n");
    assert!(terminal.refused(&["rules", "--write", "team.toml"]).contains("--replace"));
    let text = terminal.read("team.toml");
    let (before, bug) = text.split_once("key = \"reported_bug\"").expect("the kind");
    let changed =
        format!("{before}key = \"reported_bug\"{}", bug.replacen("proves = \"learn\"", "proves = \"evaluate\"", 1));
    terminal.write("team.toml", &changed.replace("learn = \"Learning\"", "learn = \"Trying\""));
    assert_eq!(
        terminal.ok(&["rules", "--read", "team.toml"]),
        "This would move 1 person: 1 to review.\n  Priya Nair: Learning to Evaluation\nNothing was changed. Add --yes to put these rules in force.\n"
    );
    assert!(terminal.ok(&["stage", "Priya Nair"]).starts_with("Priya Nair: Learning since"));
    assert!(terminal.ok(&["rules", "--read", "team.toml", "--yes"]).ends_with("The rules are in force.\n"));
    assert!(terminal.ok(&["stage", "Priya Nair"]).starts_with("Priya Nair: Evaluation since"));
    assert!(terminal.ok(&["rules"]).contains("Evaluation, Trying, Building"));
    assert_eq!(terminal.ok(&["undo"]), "Took back: Changed the rules of the journey.\n");
    assert!(terminal.ok(&["stage", "Priya Nair"]).starts_with("Priya Nair: Learning since"));
    terminal.write("team.toml", "half_life_days = \"long\"\n");
    assert!(terminal.refused(&["rules", "--read", "team.toml"]).starts_with("Line 1, column 18: "));
    assert!(terminal.ok(&["rules", "--preset", "community", "--yes"]).contains("This moves"));
    assert!(terminal.ok(&["kinds"]).contains("hosted_session") && !terminal.ok(&["kinds"]).contains("in_production"));
}

#[test]
fn a_filter_lists_whom_it_finds_and_a_slip_in_it_is_pointed_at() {
    let terminal = Terminal::after_the_meetup();
    let names = |line: &[&str]| {
        let rows = terminal.json(&[&["list"], line].concat());
        rows["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| row["name"].as_str().expect("a name").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&["--where", "org:acme or city:東京"]), ["Priya Nair", "小林 葵"]);
    assert_eq!(names(&["--where", "-has:organisation"]), ["小林 葵"]);
    assert_eq!(names(&["org:acme,globex", "tom"]), ["Tom Kowalski"]);
    // Words and filters narrow each other, whatever joins them within.
    assert_eq!(names(&["pune", "--where", "org:acme or org:globex"]), ["Priya Nair"]);
    assert_eq!(
        names(&["--where", "has:email", "--where", "org:globex or no:organisation"]),
        ["Tom Kowalski", "小林 葵"]
    );

    let slip = terminal.refused(&["list", "--where", "city:東京 stgae:learn"]);
    let lines: Vec<&str> = slip.lines().collect();
    assert_eq!(lines[..2], ["city:東京 stgae:learn", "          ^^^^^"], "{slip}");
    assert!(lines[2].contains("Did you mean stage:?"), "{slip}");

    let fields = terminal.ok(&["fields"]);
    assert!(fields.contains("region:") && fields.contains("touch(kind:reported_bug)"), "{fields}");

    // Whom a command is about is a name and no filter, and so are words of a note.
    assert!(terminal.refused(&["show", "stgae:learn"]).contains("stgae:learn"));
    assert!(terminal.ok(&["search", "stgae:learn"]).contains("Nobody is spelled so"));
    terminal.ok(&["export", "out.csv", "--where", "org:acme"]);
    assert_eq!(terminal.read("out.csv").lines().count(), 2);
}

#[test]
fn a_list_becomes_a_file_for_a_newsletter_and_whoever_is_left_out_has_a_reason() {
    let terminal = Terminal::after_the_meetup();
    assert!(terminal.ok(&["lists"]).starts_with("There is no list yet."));
    let store = hallway_core::open(&terminal.path("main.hallway"), now(), 5, "UTC").expect("the file");
    let call = |command: &str, input: Value| dispatch(&store, now(), command, input).expect(command).value;
    let query = json!({ "filter": { "text": "" }, "sort": "name", "descending": false });
    let rows = call("people.list", json!({ "query": query, "offset": 0, "limit": 9 }))["rows"].clone();
    let id = |name: &str| rows.as_array().unwrap().iter().find(|row| row["name"] == name).unwrap()["id"].clone();
    call(
        "lists.add",
        json!({ "name": "Beta testers", "people": [id("Priya Nair"), id("Tom Kowalski")], "why": "Asked." }),
    );
    call("lists.create", json!({ "name": "Japan", "filter": "city:東京", "note": "For the tour" }));
    let page = call("people.page", json!({ "id": id("Priya Nair") }));
    let point = page["contactPoints"][0]["id"].clone();
    call(
        "basis.set",
        json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page." }),
    );
    drop(store);

    let lists = terminal.ok(&["lists"]);
    let lines: Vec<&str> = lists.lines().map(str::trim).collect();
    assert!(lines[1].starts_with("Beta testers  2 people  chosen by hand"), "{lists}");
    assert!(lines[2].starts_with("Japan") && lines[2].ends_with("For the tour"), "{lists}");
    let names = |line: &[&str]| {
        terminal.json(line)["rows"].as_array().unwrap().iter().map(|row| row["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&["list", "--list", "beta testers"]), ["Priya Nair", "Tom Kowalski"]);
    assert_eq!(names(&["list", "--list", "Beta testers", "--where", "city:pune"]), ["Priya Nair"]);
    assert_eq!(names(&["list", "--list", "japan"]), ["小林 葵"]);
    // Each filter is read by itself: no bracket of one lets somebody in who is not on the list.
    let slip = terminal.refused(&["export", "a.csv", "--list", "Beta testers", "--where", "stage:none) or (added:7d"]);
    assert!(slip.contains("is not closed"), "{slip}");
    assert_eq!(names(&["list", "--list", "Beta testers", "--where", "city:pune or city:東京"]), ["Priya Nair"]);
    assert_eq!(names(&["list", "--list", "Beta testers", "--where", "foo(bar"]), Vec::<Value>::new());
    assert_eq!(
        terminal.refused(&["list", "--list", "Alpha"]),
        "There is no list “Alpha”. There are “Beta testers”, “Japan”.\n"
    );

    let beta = ["export", "--list", "Beta testers", "--template", "listmonk"];
    assert_eq!(terminal.ok(&[&beta[..], &["--dry-run"]].concat()), "Included 1, left out 1: 1 unknown basis.\n");
    let said = terminal.ok(&[&beta[..], &["--purpose", "list_mail", "--to", "may.csv"]].concat());
    assert!(
        said.starts_with("Included 1, left out 1: 1 unknown basis.\nWrote 1 person to may.csv.\nSHA-256 "),
        "{said}"
    );
    assert_eq!(terminal.read("may.csv"), "email,name,attributes\r\npriya@acme.example,Priya Nair,{}\r\n");
    assert!(terminal.refused(&[&beta[..], &["--to", "may.csv"]].concat()).contains("--replace"));
    let made = terminal.json(&[&beta[..], &["--to", "again.csv"]].concat());
    assert_eq!(
        (&made["made"]["list"], &made["made"]["filter"]),
        (&"Beta testers".into(), &Value::Null),
        "it says which"
    );
    assert!(
        terminal
            .refused(&["export", "a.csv", "--template", "csv"])
            .starts_with("Say what the file is for with --purpose")
    );
    assert!(
        terminal
            .refused(&["export", "a.vcf", "--template", "pigeon", "--purpose", "for_myself"])
            .contains("no template “pigeon”")
    );
    terminal.ok(&["export", "all.json", "--template", "json", "--purpose", "for_myself", "--columns", "name,city"]);
    assert_eq!(serde_json::from_str::<Value>(&terminal.read("all.json")).unwrap().as_array().unwrap().len(), 3);
    assert_eq!(terminal.json(&["history"]).as_array().unwrap()[0]["label"], "Wrote 3 people to a file");
}

fn now() -> Now {
    Now(NOON.parse::<chrono::DateTime<chrono::Utc>>().expect("an instant").timestamp_millis())
}

#[test]
fn any_one_thing_is_taken_back_by_its_number_and_one_persons_history_is_theirs() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["log", "Priya Nair", "conversation_online", "--note", "Runs queues at home"]);
    terminal.ok(&["log", "Tom Kowalski", "gave_help"]);
    let theirs = terminal.ok(&["history", "--person", "priya"]);
    assert!(theirs.starts_with("Number  When") && theirs.contains("Logged what happened with Priya Nair"), "{theirs}");
    assert!(!theirs.contains("with Tom Kowalski"), "{theirs}");
    let line = theirs.lines().find(|line| line.contains("Logged")).expect("a line");
    let number = line.split_whitespace().next().expect("a number");
    assert_eq!(
        terminal.ok(&["undo", "--operation", number]),
        "Took back: Logged what happened with Priya Nair.\n",
        "although something was done since"
    );
    assert!(terminal.ok(&["history", "--person", "priya"]).contains("taken back"));
    assert!(
        terminal.ok(&["show", "Tom Kowalski"]).contains("Answered a question")
            || terminal.json(&["history"])[0]["undone"] == false
    );
    assert!(!terminal.refused(&["undo", "--operation", "4711"]).contains("could not be read"));
}

#[test]
fn what_the_system_says_of_a_file_is_said_in_a_sentence_and_a_name_once() {
    let terminal = Terminal::after_the_meetup();
    fs::create_dir(terminal.path("folder.csv")).expect("a folder");
    terminal.write("zero.csv", "");
    for (line, words) in [
        (&["import", "none.csv"][..], "none.csv could not be read: there is no such file or folder."),
        (&["import", "folder.csv"], "folder.csv could not be read: it is a folder. Name a file."),
        (&["--file", "folder.csv", "list"], "it is a folder. Name a file."),
        (&["export", "nowhere/out.csv"], "there is no such file or folder."),
    ] {
        let said = terminal.refused(line);
        assert!(said.contains(words) && !said.contains("os error"), "{line:?}: {said}");
    }
    let said = terminal.run(&["import", "zero.csv", "meetup.csv"]);
    assert_eq!(format!("{}{}", said.out, said.err).matches("zero.csv").count(), 1, "{}{}", said.out, said.err);
}
