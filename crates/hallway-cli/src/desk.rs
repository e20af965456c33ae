//! The open file and the calls that reach it.
use crate::{
    backups::holding,
    days::{clock, of_this_computer},
    explanation,
};
use hallway_core::{
    Access, Failure, Now, Store, backups, dispatch, error::in_words, id, journey::engine::StageNames, look, open,
    store::backups::kept,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// One open workspace. The file may be open elsewhere at the same time.
pub struct Desk {
    store: Store,
    now: Option<Now>,
}

/// That a file is only shown, and the code of why.
pub struct Only {
    code: &'static str,
    pub sentence: String,
}

/// What a command has to say: in words for a person, as the wire's value for a program.
pub struct Answer {
    pub words: String,
    pub value: Value,
    /// Whether the program should end well.
    pub sound: bool,
}

impl Answer {
    pub fn new(words: impl Into<String>, value: Value) -> Answer {
        Answer { words: words.into(), value, sound: true }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Info {
    stage_names: StageNames,
}

#[derive(Deserialize)]
struct Due {
    people: u32,
}

impl Desk {
    /// Opens the file named, or the usual one. `making` lets a new one begin where there is none.
    pub fn open(named: Option<&Path>, making: bool, now: Option<Now>) -> Result<Desk, Failure> {
        let path = place(named)?;
        // Of a log without its file the core says so.
        if !path.exists() && log_of(&path).is_none() {
            let lost = lost(&path, now.unwrap_or_else(Now::system));
            if let Some(sentence) = lost {
                return Err(refused("file", sentence));
            }
            if !making {
                return Err(refused(
                    "file",
                    format!(
                        "There is no file {}. Name another one with --file; `add` and `import` make a new one.",
                        path.display()
                    ),
                ));
            }
        }
        let desk = Desk::begin(&path, now, id::seed_from_system())?;
        // A pin that ended yesterday must not be shown as if it stood.
        if desk.call::<Due>("journey.due", json!({}))?.people > 0 {
            match desk.call::<Value>("journey.bring_up_to_date", json!({})) {
                // Whoever is writing so long brings it up to date as well.
                Err(failure) if failure.code == "busy" => {}
                done => drop(done?),
            }
        }
        desk.call_stages()?;
        Ok(desk)
    }

    /// As [`Desk::open`], for what only reads: a file that is damaged or cannot be written to is shown as far as it can be,
    /// and that is said beside the answer.
    pub fn reading(named: Option<&Path>, now: Option<Now>) -> Result<Desk, Failure> {
        let (desk, only) = Desk::shown(named, now)?;
        if let Some(Only { code, sentence }) = only {
            eprintln!("{sentence}{}", way_back(desk.store.path(), code));
        }
        Ok(desk)
    }

    /// The same, with what is to be said beside the answer.
    pub fn shown(named: Option<&Path>, now: Option<Now>) -> Result<(Desk, Option<Only>), Failure> {
        let failure = match Desk::open(named, false, now) {
            Err(failure) if matches!(failure.code, "damaged" | "read_only") => failure,
            opened => return Ok((opened?, None)),
        };
        let path = place(named)?;
        let looked = look(&path, id::seed_from_system()).map_err(|e| Failure::from(&e)).and_then(|store| {
            let desk = Desk { store, now };
            desk.call_stages()?;
            Ok(desk)
        });
        // Where nothing can be read, why it cannot be opened is what there is to say.
        let Ok(desk) = looked else { return Err(failure) };
        let why = if failure.code == "damaged" { "is damaged" } else { "cannot be written to" };
        let sentence = format!("This file {why}: it is only shown, and nothing in it is changed.");
        Ok((desk, Some(Only { code: failure.code, sentence })))
    }

    fn call_stages(&self) -> Result<(), Failure> {
        explanation::call_stages(self.call::<Info>("workspace.info", json!({}))?.stage_names);
        Ok(())
    }

    /// Opens a file whose new ids follow from `seed`.
    pub fn begin(path: &Path, now: Option<Now>, seed: u128) -> Result<Desk, Failure> {
        // Without a zone of its own a system keeps UTC, and so does a new file.
        let zone = iana_time_zone::get_timezone().unwrap_or_else(|_| "UTC".into());
        let store = open(path, now.unwrap_or_else(Now::system), seed, &zone).map_err(|e| Failure::from(&e))?;
        Ok(Desk { store, now })
    }

    pub fn call<T: DeserializeOwned>(&self, command: &str, input: Value) -> Result<T, Failure> {
        let reply = dispatch(&self.store, self.now(), command, input).map_err(|e| Failure::from(&e))?;
        understood(reply.value)
    }

    /// Lets the core read or write a path that was typed here.
    pub fn grant(&self, path: &Path, access: Access) -> Result<String, Failure> {
        is_a_name(path)?;
        let path =
            std::path::absolute(path).map_err(|e| refused("file", format!("{}: {}", path.display(), in_words(&e))))?;
        Ok(self.store.grant(path, access))
    }

    pub fn store(&self) -> &Store {
        &self.store
    }
    pub fn now(&self) -> Now {
        self.now.unwrap_or_else(Now::system)
    }
}

/// The log beside a file, where something stands in it.
pub fn log_of(path: &Path) -> Option<PathBuf> {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    let log = PathBuf::from(name);
    log.metadata().is_ok_and(|file| file.len() > 0).then_some(log)
}

/// Of a file that is gone while backups of it are here: how it comes back, and how to begin anew. A new file under its name
/// would have its backups, and let go of them in time.
fn lost(path: &Path, now: Now) -> Option<String> {
    if kept(path).is_empty() {
        return None;
    }
    let way_back = match backups::newest_good_at(path, now) {
        Some(good) => format!(
            "the newest good one is {0}, made at {1}, with {2}. `hallway-cli restore {0} --yes` puts it back.",
            good.name,
            clock(good.at, of_this_computer()),
            holding(good.people, good.touchpoints, good.damaged)
        ),
        None => "none of them is good. `hallway-cli restore` lists them.".to_owned(),
    };
    let folder = path.with_file_name("backups");
    Some(format!(
        "There is no file {}, and there are backups of it: {way_back} If you moved it, name it with --file. To begin a new one, name another file with --file, or move the backups of this one out of {} first.",
        path.display(),
        folder.display()
    ))
}

/// Of a damaged file, or one that lost its beginning and is no file of ours any more: the newest good backup.
fn way_back(path: &Path, code: &str) -> String {
    let newest = match code {
        "damaged" | "foreign_file" => backups::newest_good_at(path, Now::system()),
        _ => None,
    };
    newest.map_or(String::new(), |kept| {
        let name = kept.name;
        // Another program's file is not put aside by us.
        if code == "foreign_file" && backups::could_be_kept(path).is_err() {
            return format!(
                " Backups of a Hallway file that stood there are still here, the newest good one is {name}: move this file elsewhere, then `hallway-cli restore {name} --yes` puts it back."
            );
        }
        format!(" The newest good backup is {name}; `hallway-cli restore {name} --yes` puts it back.")
    })
}

/// Names the newest good backup where the file is damaged, unless that was said.
pub fn with_a_way_back(path: &Path, failure: Failure) -> Failure {
    if failure.message.contains("hallway-cli restore") {
        return failure;
    }
    Failure { message: format!("{}{}", failure.message, way_back(path, failure.code)), ..failure }
}

/// Other programs take `-` for standard input or output: nobody means a file of that name.
pub fn is_a_name(path: &Path) -> Result<(), Failure> {
    if path != Path::new("-") {
        return Ok(());
    }
    Err(refused(
        "file",
        "`-` is no file here: this command neither reads standard input nor writes to standard output. Name a file, or say ./- for one that is called so.",
    ))
}

/// Reads a value of the wire as what this program shows of it.
pub fn understood<T: DeserializeOwned>(value: Value) -> Result<T, Failure> {
    serde_json::from_value(value).map_err(|e| Failure {
        code: "internal",
        message: format!("The answer could not be understood: {e}. Please report this."),
        field: None,
    })
}

/// A refusal of this program's own.
pub fn refused(field: &str, message: impl Into<String>) -> Failure {
    Failure { code: "invalid", message: message.into(), field: Some(field.to_owned()) }
}

/// The file named, else the one in `HALLWAY_FILE`, else the usual one: the same that the window opens.
pub fn place(named: Option<&Path>) -> Result<PathBuf, Failure> {
    let path = named.map(Path::to_owned).or_else(variable).or_else(|| usual("main.hallway"));
    let path =
        path.ok_or_else(|| refused("file", "This computer names no folder for data. Name a file with --file."))?;
    std::path::absolute(&path).map_err(|e| refused("file", format!("{}: {}", path.display(), in_words(&e))))
}

/// The file in `HALLWAY_FILE`.
pub fn variable() -> Option<PathBuf> {
    std::env::var_os("HALLWAY_FILE").filter(|name| !name.is_empty()).map(PathBuf::from)
}

/// A file in Hallway's own folder.
pub fn usual(name: &str) -> Option<PathBuf> {
    dirs::data_dir().map(|folder| folder.join("hallway").join(name))
}
