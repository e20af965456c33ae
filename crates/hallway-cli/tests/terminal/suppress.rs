//! Addresses that are never to be written to, from a terminal.
use crate::program::Terminal;

#[test]
fn addresses_go_on_the_list_once_by_themselves_or_from_a_file() {
    let terminal = Terminal::new();
    terminal.ok(&["add", "Priya Nair"]);
    assert_eq!(
        terminal.ok(&["suppress", "ada@acme.example", "<mailto:ADA@acme.example>"]),
        "1 address is new on the suppression list, as a keyed hash; 1 on it before.\n\
         `undo` does not take it off again: only a new opt-in of theirs does.\n"
    );
    let dry = terminal.refused(&["suppress", "bo@acme.example", "--dry-run"]);
    assert_eq!(dry, "Nothing was done: 1 address would go on the list. Leave --dry-run out to do it.\n");
    assert_eq!(terminal.ok(&["suppress"]), "1 address is on the suppression list.\n");
    // One of them twice, written otherwise.
    terminal.write("gone.txt", "one@acme.example\nnot-an-address\n\ntwo@acme.example\nOne@Acme.example\n");
    assert_eq!(
        terminal.ok(&["suppress", "--from", "gone.txt", "--dry-run"]),
        "2 addresses in gone.txt would be new on the suppression list.\n  \
         1 row without an address that can be read:\n    row 2: “not-an-address”\n\
         Nothing was changed: leave --dry-run out to do it.\n"
    );
    terminal.write("names.csv", "Name,City\nAda,Pune\n");
    for dry in [&["--dry-run"][..], &[]] {
        let said = terminal.refused(&[&["suppress", "--from", "names.csv"], dry].concat());
        assert_eq!(
            said,
            "There is no e-mail address in names.csv. Choose a file with a column of addresses, or with one in each line.\n"
        );
    }
    assert_eq!(
        terminal.ok(&["suppress", "--from", "gone.txt"]),
        "2 addresses are new on the suppression list, as a keyed hash.\n\
         `undo` does not take them off again: only a new opt-in of theirs does.\n  \
         1 row without an address that can be read:\n    row 2: “not-an-address”\n"
    );
    terminal.write("list.csv", "uuid,email,name,attributes,status,created_at,updated_at\n1,bo@acme.example,Bo,{},blocklisted,,\n2,di@acme.example,Di,{},enabled,,\n");
    let dry = terminal.ok(&["suppress", "--from", "list.csv", "--dry-run"]);
    assert!(dry.contains("listmonk, 2 rows:") && dry.ends_with("Nothing was changed.\n"), "{dry}");
    let said = terminal.ok(&["suppress", "--from", "list.csv"]);
    assert!(said.contains("1 unsubscribed: 0 known, 1 unknown and remembered only as keyed hashes"), "{said}");
    assert!(said.contains("Ended mail to 0 addresses; 1 new on the suppression list."), "{said}");
    assert_eq!(terminal.ok(&["suppress"]), "4 addresses are on the suppression list.\n");
    assert_eq!(terminal.refused(&["suppress", "nobody"]), "Row 1: “nobody” is not an e-mail address.\n");
    let err = terminal.refused(&["suppress", "x", "--kind", "fax"]);
    assert!(err.starts_with("There is no kind “fax”. Choose from: email, phone"), "{err}");
}

#[test]
fn what_was_said_against_writing_to_somebody_is_shown_with_them() {
    let terminal = Terminal::new();
    terminal.write(
        "no.csv",
        "Name,E-mail,Newsletter,Languages\nPriya Nair,priya@acme.example,no,\nTom Berg,,no,\nAda Moss,ada@acme.example,,en;sw\n",
    );
    terminal.ok(&["import", "no.csv"]);
    terminal.ok(&["suppress", "ada@acme.example"]);
    for (who, part) in [
        ("Priya", "priya@acme.example, they opted out (from no.csv, "),
        ("Tom", "Asked for no  E-mail (since 21 May: Said no to the newsletter: no.csv)"),
        ("Ada", "en, sw"),
        ("Ada", "ada@acme.example, on the suppression list (put there by hand) (from no.csv, "),
    ] {
        let shown = terminal.ok(&["show", who]);
        assert!(shown.contains(part), "“{part}” is not in:\n{shown}");
    }
    assert_eq!(terminal.json(&["show", "Ada"])["basis"]["points"][0]["suppressed"], "by_hand");
}
