//! The open file, and the calls that reach it: the one place that speaks to the core.
use crate::capture;
use crate::files;
use crate::pulse::{self, Changed};
use hallway_core::{Access, Failure, Now, Reply, Store, id};
use serde::Serialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::Duration;
use tauri::{Manager, State, WebviewWindow};

/// How long a move or a restore waits for what is under way, and how often it looks.
const PATIENCE: u32 = 50;
const MOMENT: Duration = Duration::from_millis(100);

/// The workspace the window shows, opened by whoever asks first. A failure is told and tried again at the next call, so
/// that closing the other program or freeing some space is enough.
pub struct Desk {
    held: Mutex<Held>,
}

struct Held {
    path: PathBuf,
    /// A file that was there before is missed when it is gone; it is not made anew, empty.
    new: bool,
    store: Option<Arc<Store>>,
}

/// An open file. Whoever holds it keeps it from being put away, so nobody holds it for long.
pub struct OpenFile {
    pub path: PathBuf,
    pub store: Arc<Store>,
}

impl OpenFile {
    /// A call of nobody's in particular.
    pub fn call(&self, command: &str, input: Value) -> Result<Reply, Failure> {
        hallway_core::dispatch_once(&self.store, Now::system(), "", command, input)
    }
}

impl Desk {
    /// `new`: the file is made where there is none.
    pub fn new(path: PathBuf, new: bool) -> Desk {
        Desk { held: Mutex::new(Held { path, new, store: None }) }
    }

    /// The open file. Waits while another call is opening it.
    pub fn store(&self) -> Result<Arc<Store>, Failure> {
        let mut held = self.held();
        if let Some(store) = &held.store {
            return Ok(Arc::clone(store));
        }
        let store = open(&held.path, held.new)?;
        held.store = Some(Arc::clone(&store));
        Ok(store)
    }

    /// The file, if somebody has opened it.
    pub fn opened(&self) -> Option<Arc<Store>> {
        self.held().store.clone()
    }

    /// The file, if somebody has opened it, and where it is: both of one moment.
    pub fn open_file(&self) -> Option<OpenFile> {
        let held = self.held();
        held.store.as_ref().map(|store| OpenFile { path: held.path.clone(), store: Arc::clone(store) })
    }

    /// The same file as before, as long as it is open: neither another one, nor another one in its place.
    pub fn still_open(&self, path: &Path, store: &Weak<Store>) -> Option<Arc<Store>> {
        let now = self.open_file()?;
        let same = now.path == path && store.ptr_eq(&Arc::downgrade(&now.store));
        same.then_some(now.store)
    }

    pub fn path(&self) -> PathBuf {
        self.held().path.clone()
    }

    /// Shows another file from now on. One that cannot be opened leaves everything as it is.
    pub fn turn_to(&self, path: &Path, new: bool) -> Result<(), Failure> {
        let mut held = self.held();
        if held.path == path && held.store.is_some() {
            return Ok(());
        }
        let store = open(path, new)?;
        *held = Held { path: path.to_owned(), new: false, store: Some(store) };
        Ok(())
    }

    /// Moves the open file.
    pub fn relocate(&self, to: &Path) -> Result<(), Failure> {
        let mut held = self.held();
        alone(&mut held, |path| hallway_core::relocate(path, to))?;
        held.path = to.to_owned();
        Ok(())
    }

    /// Puts a backup in the place of the open file. A file too damaged to become a backup itself is set aside; its new
    /// place is returned.
    pub fn restore(&self, name: &str) -> Result<Option<PathBuf>, Failure> {
        alone(&mut self.held(), |path| hallway_core::backups::restore(path, name, Now::system()))
    }

    /// Opens a damaged file to be looked at.
    pub fn look(&self) -> Result<(), Failure> {
        let mut held = self.held();
        let store = hallway_core::look(&held.path, id::seed_from_system()).map_err(|error| Failure::from(&error))?;
        held.store = Some(Arc::new(store));
        Ok(())
    }

    /// `request` is a word of the page's own for this call; the same word gets the same answer.
    pub fn call(&self, request: &str, command: &str, input: Value) -> Result<Reply, Failure> {
        hallway_core::dispatch_once(&*self.store()?, Now::system(), request, command, input)
    }

    /// Lets a call name a path that a dialog gave, without the page knowing it.
    pub fn grant(&self, path: PathBuf, access: Access) -> Result<String, Failure> {
        Ok(self.store()?.grant(path, access))
    }

    /// Makes the backup of this hour, if something has changed since the last one.
    pub fn keep_backup(&self) -> Result<Reply, Failure> {
        self.call("", "backups.keep", json!({}))
    }

    /// Lets go for good of what has lain in the trash for thirty days, and goes on with what an erasure left to do.
    pub fn empty_old_trash(&self) -> Result<Reply, Failure> {
        self.call("", "erase.keep_up", json!({}))
    }

    /// Takes in what became due by time alone, such as a stage that fades today.
    pub fn bring_up_to_date(&self) -> Result<Reply, Failure> {
        self.call("", "journey.bring_up_to_date", json!({}))
    }

    /// Lets go of the file, so that SQLite tidies up beside it.
    pub fn close(&self) {
        self.held().store = None;
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // A panic while opening left nothing half done: there is no store yet.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does something to the file while nobody has it open. Calls that are still being answered are waited for.
fn alone<T>(held: &mut Held, mut work: impl FnMut(&Path) -> hallway_core::Result<T>) -> Result<T, Failure> {
    let only_shown = held.store.take().is_some_and(|store| store.looking());
    let mut done = work(&held.path);
    for _ in 0..PATIENCE {
        if !matches!(&done, Err(error) if error.code() == "busy") {
            break;
        }
        thread::park_timeout(MOMENT);
        done = work(&held.path);
    }
    // A file that is known to be damaged is not written to because something else went wrong.
    if only_shown && done.is_err() {
        held.store = hallway_core::look(&held.path, id::seed_from_system()).ok().map(Arc::new);
    }
    done.map_err(|error| Failure::from(&error))
}

fn open(path: &Path, new: bool) -> Result<Arc<Store>, Failure> {
    if !new && !path.exists() {
        let message = format!(
            "{} is not there. If it is on another disk, plug that in and try again; if it was moved, open it from its new place.",
            path.display()
        );
        return Err(Failure { code: "missing_file", message, field: None });
    }
    // Without a zone of its own a system keeps UTC, and so does a new file.
    let zone = iana_time_zone::get_timezone().unwrap_or_else(|_| "UTC".into());
    hallway_core::open(path, Now::system(), id::seed_from_system(), &zone)
        .map(Arc::new)
        .map_err(|error| Failure::from(&error))
}

/// What the page is told before it asks for anything else.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Start {
    Ready,
    /// The file could not be opened; the window stands all the same and says why.
    Failed {
        code: &'static str,
        message: String,
        path: PathBuf,
    },
}

#[tauri::command]
pub async fn start(desk: State<'_, Arc<Desk>>) -> Result<Start, Failure> {
    let desk = Arc::clone(&desk);
    aside(move || {
        Ok(match desk.store() {
            Ok(_) => {
                files::remember(&desk.path());
                Start::Ready
            }
            Err(Failure { code, message, .. }) => Start::Failed { code, message, path: desk.path() },
        })
    })
    .await
}

/// Every call of a page to the core, by the name it has everywhere: `people.edit`, `history.undo`.
#[tauri::command]
pub async fn rpc(
    window: WebviewWindow,
    desk: State<'_, Arc<Desk>>,
    cmd: String,
    input: Value,
    request: String,
) -> Result<Reply, Failure> {
    if !capture::may_ask(window.label(), &cmd) {
        return Err(internal("The capture line cannot do that. Open Hallway's own window for it."));
    }
    let desk = Arc::clone(&desk);
    aside(move || {
        let reply = desk.call(&request, &cmd, input)?;
        // The main window knows what it wrote itself.
        if window.label() == capture::LABEL && !reply.changed.is_empty() {
            let revision = desk.store()?.revision();
            pulse::tell(window.app_handle(), Changed { tables: reply.changed.clone(), revision });
        }
        Ok(reply)
    })
    .await
}

/// Runs what may wait for a disk or a person away from the thread that draws the window.
pub async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => {
            eprintln!("A call broke off: {error}");
            Err(internal("Something went wrong inside Hallway. What was saved before is safe; try again."))
        }
    }
}

/// A failure the page shows as it is.
pub fn internal(message: impl Into<String>) -> Failure {
    Failure { code: "internal", message: message.into(), field: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_that_could_not_be_opened_is_tried_again() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("main.hallway");
        fs::write(&path, "Dear diary, this is no workspace.")?;
        let desk = Desk::new(path.clone(), true);
        assert_eq!(desk.store().err().map(|failure| failure.code), Some("foreign_file"));
        assert_eq!(fs::read_to_string(&path)?, "Dear diary, this is no workspace.");
        fs::remove_file(&path)?;
        assert!(desk.store().is_ok());
        Ok(())
    }

    #[test]
    fn a_call_answers_as_the_core_does() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let desk = Desk::new(folder.path().join("main.hallway"), true);
        let made = desk
            .call("1", "people.create", json!({ "displayName": "Priya Nair" }))
            .map_err(|failure| failure.message)?;
        assert!(made.changed.contains(&"people"));
        let refused =
            desk.call("2", "people.create", json!({ "displayName": " " })).expect_err("a person needs a name");
        assert_eq!((refused.code, refused.field.as_deref()), ("invalid", Some("displayName")));
        Ok(())
    }

    #[test]
    fn a_file_that_was_there_before_is_missed_and_not_made_anew() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("main.hallway");
        let desk = Desk::new(path.clone(), false);
        assert_eq!(desk.store().err().map(|failure| failure.code), Some("missing_file"));
        assert!(!path.exists());
        Ok(())
    }

    #[test]
    fn turning_to_a_file_that_cannot_be_opened_leaves_the_one_that_is_open() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let (main, diary) = (folder.path().join("main.hallway"), folder.path().join("diary.txt"));
        fs::write(&diary, "Dear diary, this is no workspace.")?;
        let desk = Desk::new(main.clone(), true);
        desk.store().map_err(|failure| failure.message)?;
        assert_eq!(desk.turn_to(&diary, false).err().map(|failure| failure.code), Some("foreign_file"));
        assert_eq!(desk.path(), main);
        let other = folder.path().join("other.hallway");
        desk.turn_to(&other, true).map_err(|failure| failure.message)?;
        assert_eq!(desk.store().map_err(|failure| failure.message)?.path(), other);
        Ok(())
    }

    #[test]
    fn a_file_in_whose_place_another_one_is_open_is_not_the_same() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let [main, other] = ["main.hallway", "other.hallway"].map(|name| folder.path().join(name));
        let desk = Desk::new(main.clone(), true);
        desk.store().map_err(|failure| failure.message)?;
        let seen = desk.open_file().map(|file| Arc::downgrade(&file.store)).ok_or("it is open")?;
        assert!(desk.still_open(&main, &seen).is_some());
        desk.turn_to(&other, true).map_err(|failure| failure.message)?;
        assert!(desk.still_open(&main, &seen).is_none());
        assert!(desk.still_open(&other, &seen).is_none(), "what was asked of one file is told of no other");
        desk.turn_to(&main, false).map_err(|failure| failure.message)?;
        assert!(desk.still_open(&main, &seen).is_none(), "it was put away meanwhile and may be another one by now");
        Ok(())
    }

    #[test]
    fn a_move_waits_for_what_is_under_way() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let (from, to) = (folder.path().join("main.hallway"), folder.path().join("moved.hallway"));
        let desk = Desk::new(from.clone(), true);
        let under_way = desk.store().map_err(|failure| failure.message)?;
        thread::scope(|scope| {
            let moving = scope.spawn(|| desk.relocate(&to));
            drop(under_way);
            moving.join().expect("no panic").map_err(|failure| failure.message)
        })?;
        assert!(to.exists() && !from.exists());
        assert_eq!(desk.store().map_err(|failure| failure.message)?.path(), to);
        Ok(())
    }

    #[test]
    fn a_file_that_turned_out_to_be_damaged_stays_only_shown_when_putting_a_backup_back_fails() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("main.hallway");
        let desk = Desk::new(path.clone(), true);
        let call = |command: &str, input| desk.call("", command, input).map(|reply| reply.value);
        let priya = call("people.create", json!({ "displayName": "Priya Nair" })).expect("somebody")["id"].clone();
        call("people.edit", json!({ "id": priya, "notes": "kiln ".repeat(2_000) })).expect("a long note");
        desk.close();
        let mut bytes = fs::read(&path)?;
        let words = b"kiln kiln kiln kiln";
        let page = bytes.windows(words.len()).rposition(|text| text == words).expect("the note") / 4_096 * 4_096;
        bytes[page..page + 4_096].fill(0x5a);
        fs::write(&path, bytes)?;
        assert_eq!(call("doctor.check", json!({})).expect("findings")["ok"], false);
        assert!(desk.restore("no such backup").is_err());
        let refused = call("people.create", json!({ "displayName": "Tom" })).expect_err("nothing is written to it");
        assert!(refused.message.contains("only shown"), "{}", refused.message);
        Ok(())
    }
}
