//! Addresses that are never to be written to, from a terminal.
use std::{fs, process::Command};

struct Terminal {
    folder: tempfile::TempDir,
}

impl Terminal {
    fn run(&self, line: &[&str]) -> (Option<i32>, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_hallway-cli"))
            .args(["--now", "2026-05-21T12:00:00Z"])
            .args(line)
            .env("HALLWAY_FILE", self.folder.path().join("main.hallway"))
            .env("TZ", "UTC")
            .current_dir(self.folder.path())
            .output()
            .expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }
    fn ok(&self, line: &[&str]) -> String {
        let (code, out, err) = self.run(line);
        assert_eq!(code, Some(0), "{line:?}: {err}");
        out
    }
    fn file(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("a file");
    }
}

#[test]
fn addresses_go_on_the_list_once_by_themselves_or_from_a_file() {
    let terminal = Terminal { folder: tempfile::tempdir().expect("a folder") };
    terminal.ok(&["add", "Priya Nair"]);
    assert_eq!(
        terminal.ok(&["suppress", "ada@acme.example", "<mailto:ADA@acme.example>"]),
        "1 address is new on the suppression list, as a keyed hash; 1 on it before.\n"
    );
    terminal.file("gone.txt", "one@acme.example\ntwo@acme.example\n");
    assert_eq!(
        terminal.ok(&["suppress", "--from", "gone.txt"]),
        "2 addresses are new on the suppression list, as a keyed hash.\n"
    );
    terminal.file("list.csv", "uuid,email,name,attributes,status,created_at,updated_at\n1,bo@acme.example,Bo,{},blocklisted,,\n2,di@acme.example,Di,{},enabled,,\n");
    let dry = terminal.ok(&["suppress", "--from", "list.csv", "--dry-run"]);
    assert!(dry.contains("listmonk, 2 rows:") && dry.ends_with("Nothing was changed.\n"), "{dry}");
    let said = terminal.ok(&["suppress", "--from", "list.csv"]);
    assert!(said.contains("1 unsubscribed: 0 known, 1 unknown and remembered only as keyed hashes"), "{said}");
    assert!(said.contains("Ended mail to 0 addresses; 1 new on the suppression list."), "{said}");
    assert_eq!(terminal.ok(&["suppress"]), "4 addresses are on the suppression list.\n");
    let (code, _, err) = terminal.run(&["suppress", "nobody"]);
    assert_eq!((code, err.as_str()), (Some(1), "Row 1: “nobody” is not an e-mail address.\n"));
    let (code, _, err) = terminal.run(&["suppress", "x", "--kind", "fax"]);
    assert_eq!(code, Some(1));
    assert!(err.starts_with("There is no kind “fax”. Choose from: email, phone"), "{err}");
}
