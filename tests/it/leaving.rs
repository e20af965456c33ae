//! What leaves through the airlock, read back by readers that are not ours: strict ones, for whom a card or a cell that is
//! wrong is an error.
use crate::{
    calendar::python,
    desk::Desk,
    readers::{HOSTILE, read_by},
    repository::root,
};
use hallway_core::{Access, transfer::csv::unguarded};
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Name, address and note of everybody, by the order they were added.
struct Sent {
    desk: Desk,
    people: Vec<[String; 3]>,
}

fn sent() -> Sent {
    let desk = Desk::new();
    let mut people = Vec::new();
    for (n, text) in HOSTILE.iter().enumerate() {
        let id = desk.call("people.create", json!({ "displayName": format!("{text} {n}") }))["id"].clone();
        let address = format!("p{n}@example.org");
        let point = desk.call(
            "contact_points.add",
            json!({ "person": id, "kind": "email", "value": address, "source": "they_gave_it" }),
        );
        desk.call(
            "basis.set",
            json!({ "point": point["id"], "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page", "on": "2026-05-03" }),
        );
        desk.call("people.edit", json!({ "id": id, "notes": format!("{text}\n{text}") }));
        let person = desk.call("people.page", json!({ "id": id }))["person"].clone();
        let said = |field: &str| person[field].as_str().unwrap_or_default().to_owned();
        people.push([said("displayName"), address, said("notes")]);
    }
    Sent { desk, people }
}

impl Sent {
    fn file(&self, template: &str, name: &str, columns: &[&str]) -> String {
        let path = self.desk.path(name);
        let query = json!({ "filter": { "text": "" }, "sort": "added", "descending": false });
        let file = self.desk.store.grant(path.clone(), Access::Write);
        self.desk.call(
            "exports.write",
            json!({ "whom": { "query": query }, "purpose": "list_mail", "channel": "email", "template": template, "columns": columns, "file": file }),
        );
        path.to_string_lossy().into_owned()
    }

    /// Every row that was found, as it was after `meant` says what the shape makes of a text.
    fn are(&self, what: &str, rows: &Value, read: impl Fn(&str) -> String, meant: impl Fn(&str) -> String) {
        let rows = rows.as_array().expect("rows");
        assert_eq!(rows.len(), self.people.len(), "{what}");
        for (row, person) in rows.iter().zip(&self.people) {
            let found: Vec<String> =
                row.as_array().expect("cells").iter().map(|cell| read(cell.as_str().expect("a text"))).collect();
            let wanted: Vec<String> = person.iter().map(|text| meant(text)).collect();
            assert_eq!(found, wanted, "{what}");
        }
    }
}

const COLUMNS: [&str; 3] = ["name", "email", "notes"];

fn as_it_is(text: &str) -> String {
    text.to_owned()
}

/// A card has one sign for the end of a line, and no other control characters.
fn on_a_card(text: &str) -> String {
    let lines = text.trim().replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let plain: String = lines.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { ' ' } else { c }).collect();
    plain.trim().to_owned()
}

/// XML has one sign for the end of a line.
fn in_a_workbook(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// `_x0001_` is how a workbook writes what XML cannot.
fn out_of_a_workbook(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(letter) => {
                out += &rest[..at];
                out.push(letter);
                rest = &rest[at + 7..];
            }
            None => {
                out += &rest[..at + 2];
                rest = &rest[at + 2..];
            }
        }
    }
    in_a_workbook(&(out + rest))
}

/// A cell of a table in a text: it has one sign for the end of a line, and no other control characters.
fn in_markdown(text: &str) -> String {
    let lines = text.trim().replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

/// The rows of a table as objects, by the names above them, each of which stands there once.
fn by_name(rows: &Value) -> Vec<serde_json::Map<String, Value>> {
    let (header, rows) = rows.as_array().expect("rows").split_first().expect("a header");
    let names: Vec<&str> =
        header.as_array().expect("names").iter().map(|name| name.as_str().expect("a text")).collect();
    let objects: Vec<serde_json::Map<String, Value>> = rows
        .iter()
        .map(|row| {
            let cells = row.as_array().expect("cells");
            assert_eq!(cells.len(), names.len(), "{row}");
            names.iter().map(|name| (*name).to_owned()).zip(cells.iter().cloned()).collect()
        })
        .collect();
    assert!(objects.iter().all(|object| object.len() == names.len()), "a name stands twice: {names:?}");
    objects
}

/// What says nothing left out, so that what is left are all the cells that say something.
fn said(row: &serde_json::Map<String, Value>) -> Value {
    row.iter()
        .filter(|(_, cell)| **cell != "")
        .map(|(name, cell)| (name.clone(), cell.clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The rows without the one above them, which must be this.
fn below(rows: &Value, header: &[&str]) -> Value {
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows[0], json!(header));
    rows[1..].to_vec().into()
}

#[test]
fn python_reads_tables_workbooks_and_cards() {
    let sent = sent();
    let files = [
        sent.file("csv", "a.csv", &COLUMNS),
        sent.file("csv_spreadsheet", "b.csv", &COLUMNS),
        sent.file("listmonk", "c.csv", &COLUMNS),
        sent.file("xlsx", "d.xlsx", &COLUMNS),
        sent.file("vcard3", "e.vcf", &COLUMNS),
    ];
    let found = read_by(python("openpyxl, vobject"), "tests/readers/leaving.py", &files);
    let header = ["Name", "E-mail", "Notes"];
    sent.are("CSV", &below(&found[0], &header), as_it_is, as_it_is);
    sent.are("CSV for a spreadsheet", &below(&found[1], &header), |cell| unguarded(cell).into_owned(), as_it_is);
    for (row, [name, address, notes]) in
        below(&found[2], &["email", "name", "attributes"]).as_array().expect("rows").iter().zip(&sent.people)
    {
        let attributes: Value = serde_json::from_str(row[2].as_str().expect("a text")).expect("one object in the cell");
        assert_eq!((&row[0], &row[1], &attributes), (&json!(address), &json!(name), &json!({ "notes": notes })));
    }
    sent.are("workbook", &below(&found[3], &header), out_of_a_workbook, in_a_workbook);
    sent.are("vCard 3.0", &found[4], |cell| cell.trim().to_owned(), on_a_card);
}

#[test]
fn python_reads_json_markdown_and_the_tables_of_other_programs() {
    let sent = sent();
    let files = [
        sent.file("json", "a.json", &COLUMNS),
        sent.file("markdown", "b.md", &COLUMNS),
        sent.file("buttondown", "c.csv", &COLUMNS),
        sent.file("customer_io", "d.csv", &COLUMNS),
        sent.file("ghost", "e.csv", &COLUMNS),
        sent.file("google_contacts", "f.csv", &COLUMNS),
    ];
    let found = read_by(python("openpyxl, vobject"), "tests/readers/leaving.py", &files);
    sent.are("Markdown", &below(&found[1], &["Name", "E-mail", "Notes"]), as_it_is, in_markdown);
    let objects = found[0].as_array().expect("objects");
    let [buttondown, customer_io, ghost, google] = [2, 3, 4, 5].map(|n| by_name(&found[n]));
    for rows in [objects.len(), buttondown.len(), customer_io.len(), ghost.len(), google.len()] {
        assert_eq!(rows, sent.people.len());
    }
    for (n, [name, address, notes]) in sent.people.iter().enumerate() {
        assert_eq!(objects[n], json!({ "name": name, "email": address, "notes": notes }), "JSON");
        let mut row = buttondown[n].clone();
        let beside = row.remove("metadata").expect("the metadata");
        let beside: Value = serde_json::from_str(beside.as_str().expect("a text")).expect("one object in the cell");
        assert_eq!((said(&row), beside), (json!({ "email": address }), json!({ "name": name, "notes": notes })));
        assert_eq!(said(&customer_io[n]), json!({ "email": address, "name": name, "notes": notes }), "Customer.io");
        let member = json!({ "email": address, "name": name, "note": notes, "subscribed_to_emails": "true" });
        assert_eq!(said(&ghost[n]), member, "Ghost");
        let mut row = google[n].clone();
        let (first, last) = (row.remove("First Name"), row.remove("Last Name"));
        let [first, last] =
            [first, last].map(|part| part.expect("a name")).map(|part| part.as_str().expect("a text").to_owned());
        // Cut where there is one space, and nowhere else.
        let whole = if last.is_empty() { first } else { format!("{first} {last}") };
        assert_eq!(
            (&whole, said(&row)),
            (name, json!({ "E-mail 1 - Value": address, "Notes": notes })),
            "Google Contacts"
        );
    }
}

#[test]
fn ical_js_and_papaparse_read_cards_and_tables() {
    assert!(root().join("node_modules/ical.js").exists(), "ical.js is missing. Run `npm ci`.");
    let sent = sent();
    let files = [
        sent.file("csv", "a.csv", &COLUMNS),
        sent.file("csv_spreadsheet", "b.csv", &COLUMNS),
        sent.file("mailchimp", "c.csv", &["name", "email"]),
        sent.file("vcard3", "d.vcf", &COLUMNS),
        sent.file("vcard4", "e.vcf", &COLUMNS),
    ];
    let found = read_by("node", "tests/readers/leaving.mjs", &files);
    let header = ["Name", "E-mail", "Notes"];
    sent.are("CSV", &below(&found[0], &header), as_it_is, as_it_is);
    sent.are("CSV for a spreadsheet", &below(&found[1], &header), |cell| unguarded(cell).into_owned(), as_it_is);
    for (row, [name, address, _]) in below(&found[2], &["Email Address", "First Name", "Last Name", "Tags"])
        .as_array()
        .expect("rows")
        .iter()
        .zip(&sent.people)
    {
        let (first, last) = (row[1].as_str().expect("a text"), row[2].as_str().expect("a text"));
        let whole = if last.is_empty() { first.to_owned() } else { format!("{first} {last}") };
        assert_eq!((&row[0], &whole), (&json!(address), name));
    }
    sent.are("vCard 3.0", &found[3], |cell| cell.trim().to_owned(), on_a_card);
    sent.are("vCard 4.0", &found[4], |cell| cell.trim().to_owned(), on_a_card);
}

/// The liars: a letter that was changed, a line that is too long, and a formula are found.
#[test]
fn a_spoiled_file_is_caught() {
    let sent = sent();
    let cards = sent.file("vcard3", "a.vcf", &COLUMNS);
    let text = std::fs::read_to_string(&cards).expect("text");
    let fails = |spoiled: &str| {
        std::fs::write(&cards, spoiled).expect("a file");
        catch_unwind(AssertUnwindSafe(|| {
            let found = read_by(python("openpyxl, vobject"), "tests/readers/leaving.py", std::slice::from_ref(&cards));
            sent.are("vCard 3.0", &found[0], |cell| cell.trim().to_owned(), on_a_card);
        }))
        .is_err()
    };
    assert!(!fails(&text));
    assert!(fails(&text.replacen("emoji", "emojo", 1)));
    assert!(fails(&text.replacen("FN:plain 0", &format!("FN:plain 0{}", " ".repeat(80)), 1)));
    assert!(fails(&text.replacen("FN:plain 0\r\n", "", 1)), "a card that says no name");

    let table = sent.file("markdown", "a.md", &COLUMNS);
    let text = std::fs::read_to_string(&table).expect("text");
    let fails = |spoiled: &str| {
        std::fs::write(&table, spoiled).expect("a file");
        catch_unwind(AssertUnwindSafe(|| {
            let found = read_by(python("openpyxl, vobject"), "tests/readers/leaving.py", std::slice::from_ref(&table));
            sent.are("Markdown", &below(&found[0], &["Name", "E-mail", "Notes"]), as_it_is, in_markdown);
        }))
        .is_err()
    };
    assert!(!fails(&text));
    assert!(text.contains("\\|") && fails(&text.replacen("\\|", "|", 1)), "a bar that ends its cell");
    assert!(fails(&text.replacen("\\<script", "<script", 1)), "a tag");
    assert!(fails(&text.replacen("<br>", " ", 1)), "a line that does not end");

    let book = sent.desk.path("formula.xlsx").to_string_lossy().into_owned();
    let make = "import sys, openpyxl; b = openpyxl.Workbook(); b.active.title = 'People'; b.active['A1'] = '=1+1'; b.save(sys.argv[1])";
    let made =
        std::process::Command::new(python("openpyxl, vobject")).args(["-c", make, &book]).status().expect("python3");
    assert!(made.success());
    assert!(
        catch_unwind(|| read_by(python("openpyxl, vobject"), "tests/readers/leaving.py", &[book])).is_err(),
        "a formula"
    );
}
