//! The first minutes of somebody new, and what every line has in common.
use crate::program::{MEETUP, Terminal, now, said};
use hallway_core::dispatch;
use serde_json::{Value, json};
use std::fs;

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
        "No person is spelled so or comes close, but a note says it.\n\n1 note:\nPriya Nair, 12 May: Showed a demo or prototype\n  Ingest pipeline, runs on a laptop\n"
    );
    let close = terminal.ok(&["search", "kowlaski"]);
    assert!(close.starts_with("Nobody is spelled so. These people come close:\nName"), "{close}");
    assert!(close.contains("Tom Kowalski") && close.ends_with("No note says it.\n"), "{close}");
    assert_eq!(
        terminal.ok(&["search", "labtop"]),
        "No person is spelled so or comes close.\n\nNothing has “labtop”. Showing “laptop”.\n1 note:\nPriya Nair, 12 May: Showed a demo or prototype\n  Ingest pipeline, runs on a laptop\n"
    );
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
    assert_eq!(found["notes"], json!({ "notes": [], "more": false, "instead": [] }));
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
    let said = said(&mut terminal.bare(&["--file", "mian.hallway", "list"]));
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("There is no file") && said.err.contains("mian.hallway"), "{}", said.err);
    assert!(!terminal.path("mian.hallway").exists());
    terminal.write("diary.hallway", "Dear diary, this is no workspace.");
    assert!(terminal.refused(&["--file", "diary.hallway", "list"]).contains("is not a Hallway file"));
    assert_eq!(terminal.read("diary.hallway"), "Dear diary, this is no workspace.");
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_name_the_file_is_the_one_the_window_opens() {
    let terminal = Terminal::new();
    let said = said(terminal.bare(&["add", "Zoë"]).env_remove("HALLWAY_FILE").env("XDG_DATA_HOME", terminal.folder()));
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(terminal.path("hallway/main.hallway").exists());
}

#[test]
fn the_terminal_works_while_the_window_has_the_file_open() {
    let terminal = Terminal::after_the_meetup();
    let window = terminal.window();
    dispatch(&window, now(), "people.create", json!({ "displayName": "Ines Prado" })).expect("the window writes");
    assert!(!window.changed_elsewhere().expect("an answer"));

    terminal.ok(&["log", "Ines", "in_production", "--seen"]);
    assert!(window.changed_elsewhere().expect("an answer"), "the window hears of it");
    let info = dispatch(&window, now(), "workspace.info", json!({})).expect("the window reads").value;
    assert_eq!(info["undo"]["label"], "Logged what happened with Ines Prado");

    assert_eq!(terminal.ok(&["undo"]), "Took back: Logged what happened with Ines Prado.\n");
    assert_eq!(terminal.ok(&["undo"]), "Took back: Added Ines Prado.\n", "there is one history for both");
    let info = dispatch(&window, now(), "workspace.info", json!({})).expect("the window reads").value;
    assert_eq!((&info["people"], &info["redo"]["label"]), (&json!(3), &json!("Added Ines Prado")));
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

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_written_to_is_said_to_be_so_once() {
    use std::os::unix::fs::PermissionsExt;
    let terminal = Terminal::after_the_meetup();
    let file = terminal.path("main.hallway");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("rights");
    // Whoever may do everything is refused nothing.
    if fs::File::options().append(true).open(&file).is_ok() {
        return;
    }
    let said = terminal.refused(&["add", "Bo"]);
    assert!(said.starts_with("This file cannot be written to.") && said.lines().count() == 1, "{said}");
    assert!(terminal.ok(&["list"]).contains("Priya Nair"));
}
