//! The calendar, read back by readers that are not ours: Python's icalendar and ical.js.
use crate::{desk::Desk, readers::HOSTILE, repository::root};
use serde_json::{Value, json};
use std::{path::Path, process::Command};

/// The Python that has these modules: another one may come first on the way to it.
pub fn python(modules: &str) -> &'static str {
    let import = format!("import {modules}");
    let has_it = |program: &&str| {
        Command::new(program).args(["-c", &import]).output().is_ok_and(|output| output.status.success())
    };
    let found = ["python3", "/usr/bin/python3"].into_iter().find(has_it);
    found.unwrap_or_else(|| panic!("Python's {modules} is missing. Run `scripts/setup test`."))
}

fn read_by(program: &str, script: &str, file: &Path) -> Value {
    let output = Command::new(program)
        .arg(root().join(script))
        .arg(file)
        .current_dir(root())
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap_or_else(|e| panic!("{program} does not start ({e}). Run `scripts/setup test`."));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("what it read")
}

/// Before version 5 icalendar takes a backslash before an n for the end of a line, also where the backslash is escaped.
fn as_it_reads(reader: &str, value: &Value) -> Value {
    match value.as_str().filter(|_| reader == "icalendar") {
        Some(text) => text.replace("\\n", "\n").into(),
        None => value.clone(),
    }
}

struct Written {
    text: String,
    events: Vec<Value>,
    desk: Desk,
}

/// Texts that break careless writers, with a day or a minute, open or settled; and what a reader must find of each.
fn written() -> Written {
    let desk = Desk::new();
    let mut events = Vec::new();
    for (n, hostile) in HOSTILE.iter().enumerate() {
        let name = format!("{} {n}", hostile.trim());
        let person = desk.call("people.create", json!({ "displayName": name }))["id"].clone();
        let name = desk.call("people.page", json!({ "id": person }))["person"]["displayName"].clone();
        let minute = n % 2 == 1;
        let mut input = json!({ "text": format!("{n} {hostile} {}", "to the end ".repeat(n % 5)), "person": person, "due": "2026-05-31" });
        if minute {
            // Half past one in Berlin, on a day on which that comes twice.
            input["at"] = json!(1_792_884_600_000_i64);
            input["zone"] = json!("Europe/Berlin");
        }
        let added = desk.call("followups.add", input);
        let settled = n % 3 == 0;
        if settled {
            desk.call("followups.drop", json!({ "id": added["id"] }));
        }
        // A calendar has no control characters, and one way to end a line.
        let summary = format!("{} ({})", added["text"].as_str().expect("a text"), name.as_str().expect("a name"));
        let summary: String = summary
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .chars()
            .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
            .collect();
        let (start, end) =
            if minute { ("2026-10-24T23:30:00Z", "2026-10-24T23:45:00Z") } else { ("2026-05-31", "2026-06-01") };
        events.push(json!({
            "uid": format!("{}@hallway", added["id"].as_str().expect("an id")), "summary": summary, "start": start, "end": end,
            "status": if settled { "CANCELLED" } else { "CONFIRMED" }, "stamped": true,
        }));
    }
    let calendar = desk.call("followups.calendar", json!({}));
    Written { text: calendar["text"].as_str().expect("a text").to_owned(), events, desk }
}

impl Written {
    fn read(&self, program: &str, script: &str) -> Value {
        let file = self.desk.path("hallway.ics");
        std::fs::write(&file, &self.text).expect("a calendar");
        read_by(program, script, &file)
    }
    /// What a reader found, in the order of what was written.
    fn is_what(&self, reader: &str, found: &Value) {
        assert_eq!(found["version"], "2.0", "{reader}");
        let found = found["events"].as_array().expect("events");
        assert_eq!(found.len(), self.events.len(), "{reader}");
        for wanted in &self.events {
            let one =
                found.iter().find(|one| one["uid"] == wanted["uid"]).unwrap_or_else(|| panic!("{reader}: {wanted}"));
            for (field, value) in wanted.as_object().expect("an event") {
                assert_eq!(as_it_reads(reader, &one[field]), as_it_reads(reader, value), "{reader}: {field}");
            }
            assert!(one["sequence"].as_i64().is_some_and(|n| n >= 0), "{reader}: {one}");
        }
    }
}

#[test]
fn a_calendar_is_read_by_pythons_icalendar() {
    let written = written();
    written.is_what("icalendar", &written.read(python("icalendar"), "tests/readers/events.py"));
}

#[test]
fn a_calendar_is_read_by_ical_js() {
    assert!(root().join("node_modules/ical.js").exists(), "ical.js is missing. Run `npm ci`.");
    let written = written();
    written.is_what("ical.js", &written.read("node", "tests/readers/events.mjs"));
}

/// The comparison is one that can fail.
#[test]
fn a_calendar_with_another_letter_or_day_is_caught() {
    for (from, to) in [("emoji", "emojo"), ("20260531", "20260530"), ("STATUS:CANCELLED", "STATUS:CONFIRMED")] {
        let mut written = written();
        assert!(written.text.contains(from));
        written.text = written.text.replacen(from, to, 1);
        let found = written.read(python("icalendar"), "tests/readers/events.py");
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| written.is_what("icalendar", &found)));
        assert!(caught.is_err(), "{from} → {to}");
    }
}
