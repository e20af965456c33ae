//! The open file, and the calls that reach it: the one place that speaks to the core.
use hallway_core::{Failure, Now, Reply, Store, id};
use serde::Serialize;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tauri::State;

/// One workspace, opened by whoever asks first. A failure is told and tried again at the next call, so that closing
/// the other program or freeing some space is enough.
pub struct Desk {
    path: PathBuf,
    open: Mutex<Option<Arc<Store>>>,
}

impl Desk {
    pub fn new(path: PathBuf) -> Desk {
        Desk { path, open: Mutex::new(None) }
    }

    /// The open file. Waits while another call is opening it.
    pub fn store(&self) -> Result<Arc<Store>, Failure> {
        let mut open = self.held();
        if let Some(store) = &*open {
            return Ok(Arc::clone(store));
        }
        // Without a zone of its own a system keeps UTC, and so does a new file.
        let zone = iana_time_zone::get_timezone().unwrap_or_else(|_| "UTC".into());
        let store = hallway_core::open(&self.path, Now::system(), id::seed_from_system(), &zone)
            .map(Arc::new)
            .map_err(|error| Failure::from(&error))?;
        *open = Some(Arc::clone(&store));
        Ok(store)
    }

    /// The file, if somebody has opened it.
    pub fn opened(&self) -> Option<Arc<Store>> {
        self.held().clone()
    }

    pub fn call(&self, command: &str, input: Value) -> Result<Reply, Failure> {
        hallway_core::dispatch(&*self.store()?, Now::system(), command, input).map_err(|error| Failure::from(&error))
    }

    /// Lets a call name a path that a dialog gave, without the page knowing it.
    pub fn grant(&self, path: PathBuf) -> Result<String, Failure> {
        Ok(self.store()?.grant(path))
    }

    /// Takes in what became due by time alone, such as a stage that fades today.
    pub fn bring_up_to_date(&self) -> Result<Reply, Failure> {
        self.call("journey.bring_up_to_date", json!({}))
    }

    /// Lets go of the file, so that SQLite tidies up beside it.
    pub fn close(&self) {
        self.held().take();
    }

    fn held(&self) -> MutexGuard<'_, Option<Arc<Store>>> {
        // A panic while opening left nothing half done: there is no store yet.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
            Ok(_) => Start::Ready,
            Err(Failure { code, message, .. }) => Start::Failed { code, message, path: desk.path.clone() },
        })
    })
    .await
}

/// Every call of the page to the core, by the name it has everywhere: `people.edit`, `history.undo`.
#[tauri::command]
pub async fn rpc(desk: State<'_, Arc<Desk>>, cmd: String, input: Value) -> Result<Reply, Failure> {
    let desk = Arc::clone(&desk);
    aside(move || desk.call(&cmd, input)).await
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
        let desk = Desk::new(path.clone());
        assert_eq!(desk.store().err().map(|failure| failure.code), Some("foreign_file"));
        assert_eq!(fs::read_to_string(&path)?, "Dear diary, this is no workspace.");
        fs::remove_file(&path)?;
        assert!(desk.store().is_ok());
        Ok(())
    }

    #[test]
    fn a_call_answers_as_the_core_does() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let desk = Desk::new(folder.path().join("main.hallway"));
        let made =
            desk.call("people.create", json!({ "displayName": "Priya Nair" })).map_err(|failure| failure.message)?;
        assert!(made.changed.contains(&"people"));
        let refused = desk.call("people.create", json!({ "displayName": " " })).expect_err("a person needs a name");
        assert_eq!((refused.code, refused.field.as_deref()), ("invalid", Some("displayName")));
        Ok(())
    }
}
