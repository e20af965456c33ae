//! What is held about somebody, asked for in a terminal.
use crate::program::{Terminal, now};
use serde_json::json;

#[test]
fn somebody_who_asks_is_shown_all_that_is_held_and_gets_it_as_a_file() {
    let terminal = Terminal::new();
    terminal.write("meetup.csv", "Name,E-mail\nPriya Nair,priya@acme.example\n");
    terminal.ok(&["import", "meetup.csv"]);
    terminal.ok(&["log", "priya", "building_with_it", "--note", "Showed me the kiln"]);
    let page = terminal.ok(&["subject", "priya"]);
    for part in [
        "Who they are\n  Priya Nair\n",
        "  E-mail: priya@acme.example\n",
        "    Note: Showed me the kiln\n",
        "What was changed\n",
    ] {
        assert!(page.contains(part), "“{part}” is not in:\n{page}");
    }
    let wrote = terminal.ok(&["subject", "priya", "--write", "priya.json"]);
    assert!(wrote.starts_with("Wrote everything held about Priya Nair to priya.json"), "{wrote}");
    let json: serde_json::Value = serde_json::from_str(&terminal.read("priya.json")).expect("JSON");
    assert_eq!(json["theirs"]["contactPoints"][0]["value"], "priya@acme.example");
    assert!(terminal.refused(&["subject", "priya", "--write", "priya.json"]).contains("Add --replace"));
}

#[test]
fn whoever_is_erased_in_a_terminal_is_named_once_more_before() {
    let terminal = Terminal::new();
    terminal.write("meetup.csv", "Name,E-mail\nPriya Nair,priya@acme.example\nTom Kowalski,\n");
    terminal.ok(&["import", "meetup.csv"]);
    terminal.ok(&["log", "tom", "conversation_online", "--note", "Knows Priya Nair"]);
    terminal.ok(&["export", "everything.json"]);
    assert_eq!(terminal.ok(&["receipts"]), "Nobody was erased from this file.\n");
    let refused = terminal.typed(&["erase", "priya"], "Priya\n");
    let asked = refused.err;
    assert!(refused.code == Some(1) && asked.contains("Type Priya Nair to erase them"), "{asked}");
    assert!(asked.contains("  1. A note of what happened (Tom Kowalski): Knows Priya Nair\n"), "{asked}");
    assert!(asked.contains("Nobody was erased."), "{asked}");
    let done = terminal.typed(&["erase", "priya"], "Priya Nair\n").out;
    assert!(done.starts_with("Priya Nair is erased. Gone: 1 × person, 1 × way to reach them"), "{done}");
    assert!(done.contains("1 address is never written to again."), "{done}");
    assert!(terminal.ok(&["show", "tom"]).contains("Knows …"));
    let receipts = terminal.ok(&["receipts"]);
    assert!(receipts.contains("1 person. Gone: 1 × person") && !receipts.contains("Priya"), "{receipts}");
    // An older file of everything says of each text that it stays, and brings no word of hers back.
    let said = terminal.ok(&["import", "everything.json", "--keep", "theirs"]);
    for part in [
        "Somebody was erased who was named in this text, so it stays",
        "1 row reads as here where somebody who was erased was named",
    ] {
        assert!(said.contains(part), "“{part}” is not in:\n{said}");
    }
    assert!(terminal.ok(&["show", "tom"]).contains("Knows …"));
    terminal.refused(&["show", "priya"]);
    // Neither into another file, which only knows from this one's suppression list that she was erased.
    terminal.ok(&["export", "after.json"]);
    let mut list: serde_json::Value = serde_json::from_str(&terminal.read("after.json")).expect("JSON");
    let of_the_list = ["format", "version", "suppressionKeys", "suppressions"];
    list.as_object_mut().expect("an object").retain(|name, _| of_the_list.contains(&name.as_str()));
    let other = Terminal::new();
    other.write("list.json", &list.to_string());
    other.write("everything.json", &terminal.read("everything.json"));
    other.ok(&["import", "list.json"]);
    let said = other.ok(&["import", "everything.json"]);
    for part in ["left out: whoever or whatever", "Priya Nair is left out: whoever had priya@acme.example was erased"] {
        assert!(said.contains(part), "“{part}” is not in:\n{said}");
    }
    other.refused(&["show", "priya"]);
    assert!(other.ok(&["show", "tom"]).contains("Tom Kowalski"));
    assert!(terminal.ok(&["retention", "--months", "1"]).starts_with("0 people without anything"));
}

#[test]
fn where_parcels_go_is_shown_with_what_it_was_given_for_and_who_has_one_too_long_is_said() {
    let terminal = Terminal::new();
    terminal.ok(&["add", "Priya Nair"]);
    let store = terminal.window();
    let call = |command: &str, input: serde_json::Value| {
        hallway_core::dispatch(&store, now(), command, input).expect(command).value
    };
    let priya = call("people.matching", json!({ "text": "priya", "limit": 1 }))[0]["id"].clone();
    call(
        "postal_addresses.add",
        json!({ "person": priya, "lines": "Flat 3, Kiln Row\n411001 Nowhere", "country": "IN", "phone": "+91 98 5550 0142",
                "purpose": "the kiln sticker", "source": "they_gave_it", "expiresOn": "2026-06-30" }),
    );
    drop(store);
    let shown = terminal.ok(&["show", "priya"]);
    for part in [
        "Parcels to",
        "Flat 3, Kiln Row\n",
        "India\n",
        "Phone for the carrier: +91 98 5550 0142\n",
        "For the kiln sticker (they gave it to you, 21 May; deleted on 30 June)",
    ] {
        assert!(shown.contains(part), "“{part}” is not in:\n{shown}");
    }
    let page = terminal.ok(&["subject", "priya"]);
    for part in ["Flat 3, Kiln Row", "411001 Nowhere", "Given for: the kiln sticker", "Deleted on: 30 June 2026"] {
        assert!(page.contains(part), "“{part}” is not in:\n{page}");
    }
    let found = terminal.ok(&["list", "--where", "address:yes"]);
    assert!(found.contains("Priya Nair"), "{found}");
    let late = "2026-07-02T12:00:00Z";
    assert!(!terminal.ok_at(late, &["show", "priya"]).contains("Kiln Row"));
    let overdue = terminal.ok_at(late, &["retention"]);
    assert!(overdue.contains("1 postal address should be gone by now."), "{overdue}");
    assert!(overdue.contains("  Priya Nair, since 30 June"), "{overdue}");
    let done = terminal.ok_at(late, &["retention", "--erase-due"]);
    assert!(!done.contains("should be gone by now"), "{done}");
    let bytes = std::fs::read(terminal.path("main.hallway")).expect("the file");
    assert!(!bytes.windows(8).any(|bytes| bytes == b"Kiln Row"), "no byte of it is left");
    assert!(terminal.ok_at(late, &["retention", "--erase-due"]).starts_with("Nothing was erased."));
}
