//! Capturing from a terminal, run as somebody would run it.
use serde_json::Value;
use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

const NOON: &str = "2026-05-21T12:00:00Z";

struct Terminal(tempfile::TempDir);

impl Terminal {
    fn new() -> Terminal {
        Terminal(tempfile::tempdir().expect("a folder"))
    }
    fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hallway-cli"));
        command
            .args(["--now", NOON])
            .args(line)
            .env("HALLWAY_FILE", self.0.path().join("main.hallway"))
            .env("LC_ALL", "en_GB.UTF-8")
            .current_dir(self.0.path());
        command
    }
    /// What it said, on whichever side, and how it ended.
    fn said(&self, line: &[&str]) -> (i32, String) {
        let output = self.command(line).output().expect("the program starts");
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap_or(-1), String::from_utf8(text).expect("text").trim_end().to_owned())
    }
    fn ok(&self, line: &[&str]) -> String {
        let (code, said) = self.said(line);
        assert_eq!(code, 0, "{line:?}: {said}");
        said
    }
}

#[test]
fn a_line_says_what_it_was_understood_as() {
    let terminal = Terminal::new();
    let line = "priya nair @acme /4 retry docs unclear #rust gh:priyan \"love it\" !mon send the guide";
    assert_eq!(
        terminal.ok(&["capture", line]),
        "Captured Priya Nair, who is new here.
  At Acme
  Building, as they told you
  #rust
  To reach them: priyan
  “love it”
  To do: Mon 25 May: send the guide
  Note: retry docs unclear"
    );
    // Words need no quotes around them, but for what the shell would take.
    let again = terminal.ok(&["capture", "priya", "nair,", "now", "in", "production", "&production", "-1"]);
    assert_eq!(
        again,
        "Captured Priya Nair.
  Priya Nair, Acme, seen today (21 May)
  What happened: Runs it in production · you talked
  Mood: −1
  Note: now in production"
    );
    assert!(terminal.ok(&["show", "priya"]).contains("retry docs unclear"));
    assert_eq!(terminal.ok(&["undo"]), "Took back: Captured Priya Nair.");
}

#[test]
fn somebody_near_is_named_and_somebody_new_is_made_when_asked_for() {
    let terminal = Terminal::new();
    terminal.ok(&["capture", "tom kowalski @initech"]);
    let said = terminal.ok(&["capture", "tom kowalsky, kafka vs us"]);
    assert!(said.starts_with("Captured Tom Kowalsky, who is new here."), "{said}");
    assert!(said.contains("Tom Kowalski, Initech, seen today (21 May) may be the same person."), "{said}");
    let said = terminal.ok(&["capture", "--new", "tom kowalski"]);
    assert_eq!(said, "Captured Tom Kowalski, who is new here.");
}

#[test]
fn a_dry_run_only_says_it() {
    let terminal = Terminal::new();
    terminal.ok(&["add", "Priya Nair"]);
    assert_eq!(
        terminal.ok(&["capture", "--dry-run", "priya nair @acme !3/6 call"]),
        "This would be saved with Priya Nair, who is here already.\n  At Acme\n  To do: Wed 3 Jun: call"
    );
    assert!(!terminal.ok(&["show", "priya"]).contains("Acme"));
}

#[test]
fn a_line_that_names_nobody_is_refused_in_a_sentence() {
    let terminal = Terminal::new();
    let (code, said) = terminal.said(&["capture", "@acme /4"]);
    assert_eq!((code, said.as_str()), (1, "Say who it was: the line begins with the name."));
    // The window has nothing to ask about it.
    let now = hallway_core::Now(1_779_364_800_000);
    let store = hallway_core::open(&terminal.0.path().join("main.hallway"), now, 7, "UTC").expect("the file opens");
    let draft = hallway_core::dispatch(&store, now, "captures.draft", serde_json::json!({})).expect("an answer");
    assert_eq!(draft.value["unsaved"], serde_json::json!([]));
    drop(store);
    let (code, _) = terminal.said(&["capture"]);
    assert_eq!(code, 2);
}

#[test]
fn notes_from_a_phone_wait_for_the_evening() {
    let terminal = Terminal::new();
    terminal.ok(&["add", "Ana"]);
    fs::write(terminal.0.path().join("notes.txt"), "\u{feff}- tom k @initech\r\n\r\nمحمد @أطلس /3\r\n").expect("notes");
    let kept = "Kept 2 lines for the evening. The window shows them under Review.";
    assert_eq!(terminal.ok(&["capture", "--from", "notes.txt"]), kept);
    let known = "Kept 0 lines for the evening. 2 lines were here already. The window shows them under Review.";
    assert_eq!(terminal.ok(&["capture", "--from", "notes.txt"]), known);
    let mut piped = terminal
        .command(&["--json", "capture", "--from", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    piped.stdin.take().expect("its input").write_all(b"jo duarte, hello\n").expect("written");
    let output = piped.wait_with_output().expect("it ends");
    let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value["lines"], 1);
    let (code, said) = terminal.said(&["capture", "--from", "nowhere.txt"]);
    assert!(code == 1 && said.starts_with("nowhere.txt could not be read:"), "{said}");
    fs::write(terminal.0.path().join("odd.txt"), [0xff, 0xfe, 0x41]).expect("odd");
    let (_, said) = terminal.said(&["capture", "--from", "odd.txt"]);
    assert_eq!(said, "odd.txt is not a text in UTF-8. Save it as one and try again.");
}
