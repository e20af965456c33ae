//! One person once.
use crate::program::Terminal;

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
