//! Filters and lists, and the file that a list becomes.
use crate::program::{Terminal, now};
use hallway_core::dispatch;
use serde_json::{Value, json};

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
    let long = format!("{} stgae:learn {}", "x".repeat(3_000), "y".repeat(3_000));
    let slip = terminal.refused(&["list", "--where", &long]);
    let lines: Vec<&str> = slip.lines().collect();
    let place = |line: &str, of: &str| line.find(of).map(|at| line[..at].chars().count());
    assert!(lines[0].chars().count() < 200, "{slip}");
    assert_eq!(place(lines[0], "stgae"), place(lines[1], "^^^^^"), "{slip}");

    let nobody = terminal.ok(&["list", "--where", "org:acmee"]);
    assert!(
        nobody.contains("Nobody matches")
            && nobody.contains("organisation: knows no “acmee”. Did you mean organisation:acme?"),
        "{nobody}"
    );

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
    let store = terminal.window();
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
        json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page.", "on": "2026-05-03" }),
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
    // Who is left out is named before there is a file, with the command that lets them in.
    let unknown = "Included 1, left out 1: 1 unknown basis.\n1 unknown basis:\n  Tom Kowalski\n  If they signed up: `hallway-cli import FILE --signed-up \"the form on our page\" --signed-up-on 2026-05-03`, where a column of the file says yes.\n";
    assert_eq!(terminal.ok(&[&beta[..], &["--dry-run"]].concat()), unknown);
    let tom = id("Tom Kowalski").as_str().expect("an id").to_owned();
    let by_hand = terminal.ok(&[&beta[..], &["--purpose", "list_mail", "--dry-run", "--without", &tom]].concat());
    assert!(by_hand.ends_with(":\n  Tom Kowalski\n  To let them in, leave --without out.\n"), "{by_hand}");
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
        (&"Beta testers".into(), &"list:\"Beta testers\"".into()),
        "it says which"
    );
    // The columns follow the channel, and it is said when none that was picked reaches anybody.
    let phone = ["export", "--template", "csv", "--purpose", "one_to_one", "--channel", "phone", "--dry-run"];
    assert!(!terminal.ok(&phone).contains("Nothing in it"));
    let said = terminal.ok(&[&phone[..], &["--columns", "Name,E-mail"]].concat());
    assert!(
        said.ends_with(
            "\nNothing in it says how to reach them by phone. Pick that column as well: --columns name,email,phone\n"
        ),
        "{said}"
    );
    // What a program cannot take is named before there is a file.
    let mailchimp = ["export", "--list", "Beta testers", "--template", "mailchimp", "--dry-run"];
    assert_eq!(terminal.ok(&mailchimp), unknown);
    let store = terminal.window();
    let edit = json!({ "id": id("Priya Nair"), "notes": "n".repeat(256) });
    dispatch(&store, now(), "people.edit", edit).expect("an edit");
    drop(store);
    let said = terminal.ok(&[&mailchimp[..], &["--columns", "name,email,notes"]].concat());
    assert!(said.contains("\n1 text longer than the program takes:\n  Priya Nair: Notes\n"), "{said}");
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
    // Of many the first are named.
    let many: String = (10..22).map(|n| format!("Guest {n}\n")).collect();
    terminal.write("guests.csv", &format!("Name\n{many}"));
    terminal.ok(&["import", "guests.csv"]);
    let said = terminal.ok(&["export", "--where", "Guest", "--template", "listmonk", "--dry-run"]);
    assert!(said.contains("12 no address:\n  Guest 10\n") && said.ends_with("\n  Guest 19\n  and 2 more\n"), "{said}");
}
