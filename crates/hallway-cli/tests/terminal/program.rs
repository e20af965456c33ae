//! A folder with one workspace in it, and the program that works on it.
use hallway_core::{Now, Store, id};
use serde_json::Value;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// A Thursday, at noon in UTC, so that it is the same day in most of the world.
pub const NOON: &str = "2026-05-21T12:00:00Z";
pub const MEETUP: &str = "Full name,E-mail,Company,City,T-shirt\r\n\
                      Priya Nair,priya@acme.example,Acme,Pune,M\r\n\
                      小林 葵,aoi@kobayashi.example,,東京,S\r\n\
                      Tom Kowalski,tom@globex.example,Globex,Łódź,\r\n\
                      ,,Nobody Ltd,,L\r\n";

/// The same noon for whatever has the file open beside the terminal.
pub fn now() -> Now {
    Now(NOON.parse::<chrono::DateTime<chrono::Utc>>().expect("an instant").timestamp_millis())
}

pub struct Terminal {
    folder: tempfile::TempDir,
}

/// What the program said, and how it ended.
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

impl Terminal {
    pub fn new() -> Terminal {
        Terminal { folder: tempfile::tempdir().expect("a folder") }
    }
    /// A workspace with the three people of the meetup.
    pub fn after_the_meetup() -> Terminal {
        let terminal = Terminal::new();
        terminal.write("meetup.csv", MEETUP);
        terminal.ok(&["import", "meetup.csv"]);
        terminal
    }
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file of text")
    }
    /// The file as the window has it open.
    pub fn window(&self) -> Store {
        hallway_core::open(&self.path("main.hallway"), now(), id::seed_from_system(), "UTC")
            .expect("the file opens twice")
    }
    /// The program in this folder, with nothing said of a file or a day.
    pub fn bare(&self, line: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hallway-cli"));
        command.args(line).current_dir(self.folder()).env("TZ", "UTC").env("LC_ALL", "en_GB.UTF-8");
        command
    }
    fn at(&self, now: &str, line: &[&str]) -> Command {
        let mut command = self.bare(&[&["--now", now], line].concat());
        command.env("HALLWAY_FILE", self.path("main.hallway"));
        command
    }
    pub fn run(&self, line: &[&str]) -> Said {
        self.run_at(NOON, line)
    }
    pub fn run_at(&self, now: &str, line: &[&str]) -> Said {
        said(&mut self.at(now, line))
    }
    /// The same, with something typed or piped in.
    pub fn typed(&self, line: &[&str], text: &str) -> Said {
        let mut running = self
            .at(NOON, line)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        running.stdin.take().expect("a keyboard").write_all(text.as_bytes()).expect("what is typed");
        heard(running.wait_with_output().expect("it ends"))
    }
    /// A line that must end well; what it said.
    pub fn ok(&self, line: &[&str]) -> String {
        self.ok_at(NOON, line)
    }
    pub fn ok_at(&self, now: &str, line: &[&str]) -> String {
        let said = self.run_at(now, line);
        assert_eq!(said.code, Some(0), "{line:?}: {}{}", said.out, said.err);
        said.out
    }
    pub fn json(&self, line: &[&str]) -> Value {
        let out = self.ok(&[&["--json"], line].concat());
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{line:?} answered no JSON ({e}): {out}"))
    }
    /// A line that must be refused; the sentence.
    pub fn refused(&self, line: &[&str]) -> String {
        let said = self.run(line);
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{line:?}");
        said.err
    }
}

/// Runs it to its end.
pub fn said(command: &mut Command) -> Said {
    heard(command.output().expect("the program starts"))
}

fn heard(Output { status, stdout, stderr }: Output) -> Said {
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Said { out: text(stdout), err: text(stderr), code: status.code() }
}
