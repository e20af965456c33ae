//! No cell of a file that was exported for a spreadsheet is a formula there, whatever somebody wrote into whatever field:
//! read by a reader of our own that is stricter than any spreadsheet, at commas, semicolons and tabs (security S4).
use crate::look::scratch;
use acts::prove::{proved, times};
use hallway_core::{Access, Now, TABLES, dispatch, open};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::{fs, process::Command};

const FORMULAS: &[&str] = &[
    "=1+1",
    "=HYPERLINK(\"http://127.0.0.1\",\"x\")",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "=IMPORTXML(\"http://127.0.0.1\",\"//a\")",
    "=WEBSERVICE(\"http://127.0.0.1\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "x;=1+1",
    "x\t=1+1",
    "x,=1+1",
    "x\n=1+1",
    "x\r=1+1",
    "\";=1+1;\"",
    "\",=1+1,\"",
    "';=1+1",
    "a\"b;=1+1",
    "x;\"=1+1\"",
    "x;'=1+1",
    "x; =1+1",
    "x;\u{200b}=1+1",
    "-1;-1+cmd|' /C calc'!A0",
    "+49 30 12345;=1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
];
/// What a spreadsheet may pass over before it looks for a formula.
const BEFORE: &[&str] = &["", " ", "\u{a0}", "\u{200b}", "\u{feff}", "\"", "'", "\u{2060} "];

/// Words of ours that are no free text; hostile text there is a damaged file.
const KINDS: &[&str] = &[
    "key",
    "value",
    "country",
    "time_zone",
    "languages",
    "kind",
    "status",
    "source",
    "obtained_on",
    "given_on",
    "expires_on",
    "choices",
    "date",
    "on_day",
    "precision",
    "zone",
    "direction",
    "intent",
    "role",
    "observed_stage",
    "observed_by",
    "axis",
    "from_stage",
    "to_stage",
    "cause",
    "evidence",
    "stage",
    "until",
    "until_day",
    "layout",
];

#[test]
fn nothing_that_is_exported_for_a_spreadsheet_is_a_formula_there() {
    let folder = scratch();
    let path = folder.path().join("formulas.hallway");
    let texts: Vec<String> = BEFORE
        .iter()
        .take(times(2, BEFORE.len() as u32) as usize)
        .flat_map(|before| FORMULAS.iter().map(move |formula| format!("{before}{formula}")))
        .collect();
    let mut now = Now(1_779_364_800_000);
    let store = open(&path, now, 3, "UTC").expect("a workspace");
    let mut call = |command: &str, input: Value| -> Value {
        now.0 += 1;
        dispatch(&store, now, command, input).unwrap_or_else(|e| panic!("{command}: {e}")).value
    };
    let field = call("fields.define", json!({ "label": "Size", "kind": "text", "choices": [] }))["id"].clone();
    for n in 0..texts.len() {
        let person = call(
            "people.create",
            json!({ "displayName": format!("Person {n}"), "organisation": format!("Firm {n}"), "city": "Pune" }),
        )["id"]
            .clone();
        for (kind, value) in [
            ("email", format!("p{n}@acme.example")),
            ("website", format!("https://acme.example/{n}")),
            ("github", format!("p{n}")),
        ] {
            call(
                "contact_points.add",
                json!({ "person": person, "kind": kind, "value": value, "source": "they_gave_it" }),
            );
        }
        call(
            "postal_addresses.add",
            json!({ "person": person, "lines": format!("Kiln Lane {n}"), "country": "DE", "purpose": "stickers", "source": "they_gave_it" }),
        );
        call("tags.add", json!({ "people": [person], "name": format!("Tag {n}"), "kind": "topic" }));
        call("fields.set", json!({ "person": person, "field": field, "value": "M" }));
    }
    let behind = Connection::open(&path).expect("the file");
    behind.pragma_update(None, "recursive_triggers", false).expect("a setting");
    let mut hostile = 0;
    for table in TABLES {
        let mut query = behind.prepare("SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT'").expect("a query");
        let columns: Vec<String> =
            query.query_map([table.name], |r| r.get(0)).expect("columns").map(|name| name.expect("a name")).collect();
        let values = table.name == "contact_points";
        for column in columns.iter().filter(|name| !KINDS.contains(&name.as_str()) || (values && *name == "value")) {
            hostile += 1;
            for (n, text) in texts.iter().enumerate() {
                let sql = format!("UPDATE {} SET {column} = ?1 WHERE (rid - 1) % ?2 = ?3", table.name);
                behind.execute(&sql, (text, texts.len() as i64, n as i64)).expect("hostile text");
            }
        }
    }

    let columns: Vec<Value> = call("exports.columns", json!({}))
        .as_array()
        .into_iter()
        .flatten()
        .map(|column| column["key"].clone())
        .collect();
    let everybody = json!({ "filter": { "text": "" }, "sort": "added", "descending": false });
    let out = folder.path().join("out.csv");
    let file = store.grant(out.clone(), Access::Write);
    call("exports.people", json!({ "query": everybody, "file": file, "mode": "spreadsheet", "columns": columns }));
    let text = fs::read_to_string(&out).expect("a file");
    let text = text.strip_prefix('\u{feff}').expect("a mark");

    let mut cells = 0;
    for separator in [',', ';', '\t'] {
        for cell in read(text, separator) {
            cells += 1;
            assert!(!is_formula(&cell), "cut at {separator:?}: {cell:?}");
        }
    }
    // The liar: the same rows for another program are full of formulas, and the same reader must find them.
    let plain = folder.path().join("plain.csv");
    let file = store.grant(plain.clone(), Access::Write);
    call("exports.people", json!({ "query": everybody, "file": file, "mode": "program", "columns": columns }));
    let caught = read(&fs::read_to_string(&plain).expect("a file"), ',').iter().filter(|cell| is_formula(cell)).count();
    assert!(caught > texts.len(), "{caught} formulas were found where there are many");
    proved(
        "formulas in a spreadsheet",
        format_args!(
            "{} texts in {hostile} columns, {cells} cells cut at commas, semicolons and tabs: none of them a formula; {caught} in the file for programs",
            texts.len()
        ),
    );
    opened_by_libreoffice(&out);
}

/// Cuts as a spreadsheet does: quotes count only where a cell begins, and a line ends where it ends.
fn read(text: &str, separator: char) -> Vec<String> {
    let (mut cells, mut cell, mut letters) = (Vec::new(), String::new(), text.chars().peekable());
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            _ if !quoted && (letter == separator || letter == '\n' || letter == '\r') => {
                cells.push(std::mem::take(&mut cell))
            }
            _ => cell.push(letter),
        }
    }
    cells.push(cell);
    cells
}

/// Whether a spreadsheet could take it for a formula. Plain numbers and telephone numbers are what they are.
fn is_formula(cell: &str) -> bool {
    let shown = cell.trim_start_matches(|c: char| c.is_whitespace() || "\u{200b}\u{feff}\u{2060}\"".contains(c));
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || " ()-./,%".contains(c));
    match shown.chars().next() {
        Some('=' | '@' | '＝' | '＋' | '－' | '＠') => true,
        Some('+' | '-') => !number(&shown[1..]),
        _ => false,
    }
}

/// At length, and where there is one: a real spreadsheet opens the file, and finds no formula in it.
fn opened_by_libreoffice(file: &std::path::Path) {
    if times(0, 1) == 0 {
        return;
    }
    let folder = scratch();
    let opened = Command::new("soffice")
        .args(["--headless", "--convert-to", "fods", "--outdir"])
        .args([folder.path(), file])
        .env("HOME", folder.path())
        .output();
    let Ok(done) = opened else { return proved("formulas in LibreOffice", "not asked, since there is none here") };
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let sheet = fs::read_to_string(folder.path().join("out.fods")).expect("a sheet");
    let formulas = sheet.matches("table:formula=").count();
    assert_eq!(formulas, 0);
    proved("formulas in LibreOffice", "it opens the same file and finds none");
}
