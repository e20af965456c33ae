//! Which file the window shows: another one, a new one, the same one in another place, and those of before.
use crate::choose::{self, Purpose};
use crate::desk::{Desk, aside, internal};
use crate::outside::Outside;
use crate::place;
use hallway_core::backups::{self, Backup};
use hallway_core::{Failure, Now};
use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::{AppHandle, Emitter, Manager, State, WebviewWindow};

/// As many files as the window remembers.
const REMEMBERED: usize = 10;

/// A file that was open before.
#[derive(Debug, PartialEq, Serialize)]
pub struct Recent {
    name: String,
    /// To tell two files of one name apart, and to ask for it again.
    path: PathBuf,
}

/// Which file to turn to.
#[derive(Debug, Deserialize)]
#[serde(tag = "which", rename_all = "snake_case")]
pub enum Which {
    /// The person chooses one that exists.
    Chosen,
    /// The person names one that does not.
    New,
    /// One of those that were open before.
    Recent { path: PathBuf },
    /// The one that a second start named.
    Named,
}

/// The file a second start named, until the page has put away what was being typed.
#[derive(Debug, Default)]
pub struct Named(Mutex<Option<PathBuf>>);

/// The files that were open before and are still there, newest first; the open one is not among them.
#[tauri::command]
pub async fn recent_files(desk: State<'_, Arc<Desk>>) -> Result<Vec<Recent>, Failure> {
    let desk = Arc::clone(&desk);
    aside(move || {
        let Some(folder) = place::config_folder() else { return Ok(vec![]) };
        let open = desk.path();
        let others = remembered(&folder).into_iter().filter(|path| *path != open && path.exists());
        Ok(others.map(|path| Recent { name: name_of(&path), path }).collect())
    })
    .await
}

/// Turns the window to another file and says its name; null when the person changed their mind. The page starts anew
/// after that. A file that cannot be opened leaves the one that is open.
#[tauri::command]
pub async fn open_file(
    window: WebviewWindow,
    desk: State<'_, Arc<Desk>>,
    file: Which,
) -> Result<Option<String>, Failure> {
    let desk = Arc::clone(&desk);
    aside(move || {
        let fresh = matches!(file, Which::New);
        let (path, new) = match file {
            Which::Chosen => (choose::ask(&window, Purpose::Open, None)?, false),
            Which::New => (choose::ask(&window, Purpose::New, None)?.map(workspace_name), true),
            Which::Recent { path } => {
                let known = place::config_folder().is_some_and(|folder| remembered(&folder).contains(&path));
                (known.then_some(path), false)
            }
            Which::Named => {
                let named = window.state::<Named>().0.lock().unwrap_or_else(PoisonError::into_inner).take();
                (named, true)
            }
        };
        let Some(path) = path else { return Ok(None) };
        if fresh && path.exists() {
            return Err(refused(format!("{} is there already. Open it, or choose another name.", path.display())));
        }
        desk.turn_to(&path, new)?;
        Ok(Some(name_of(&path)))
    })
    .await
}

/// Moves the open file and says its new name; null when the person changed their mind.
#[tauri::command]
pub async fn move_file(window: WebviewWindow, desk: State<'_, Arc<Desk>>) -> Result<Option<String>, Failure> {
    let desk = Arc::clone(&desk);
    aside(move || {
        let name = desk.path().file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(to) = choose::ask(&window, Purpose::Move, name)?.map(workspace_name) else { return Ok(None) };
        let from = desk.path();
        desk.relocate(&to)?;
        remember(&to);
        window.state::<Arc<Outside>>().follow_move(&from, &to);
        Ok(Some(name_of(&to)))
    })
    .await
}

/// The backups of the file, newest first: also when it cannot be opened itself.
#[tauri::command]
pub async fn list_backups(desk: State<'_, Arc<Desk>>) -> Result<Vec<Backup>, Failure> {
    let desk = Arc::clone(&desk);
    aside(move || Ok(backups::at(&desk.path(), Now::system()))).await
}

/// Puts a backup in the place of the file. Says where a damaged file was set aside, if it was. The page starts anew.
#[tauri::command]
pub async fn restore_backup(desk: State<'_, Arc<Desk>>, name: String) -> Result<Option<PathBuf>, Failure> {
    let desk = Arc::clone(&desk);
    aside(move || desk.restore(&name)).await
}

/// Opens a damaged file to be looked at. The page starts anew.
#[tauri::command]
pub async fn look_at_file(desk: State<'_, Arc<Desk>>) -> Result<(), Failure> {
    let desk = Arc::clone(&desk);
    aside(move || desk.look()).await
}

/// A second start named a file: the page is asked to put away what is being typed, and then turns to it.
pub fn ask_for(app: &AppHandle, path: PathBuf) {
    if app.state::<Arc<Desk>>().path() == path {
        return;
    }
    *app.state::<Named>().0.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
    if let Err(error) = app.emit_to("main", "named", ()) {
        eprintln!("The page could not be asked to turn to another file: {error}");
    }
}

/// Puts a file first among those that were open. Not being able to is worth a line for whoever looks, and no more.
pub fn remember(path: &Path) {
    let Some(folder) = place::config_folder() else { return };
    let mut paths = remembered(&folder);
    if paths.first().is_some_and(|first| first == path) {
        return;
    }
    paths.retain(|other| other != path);
    paths.insert(0, path.to_owned());
    paths.truncate(REMEMBERED);
    let written = serde_json::to_vec_pretty(&paths).map_err(Into::into).and_then(|text| {
        fs::create_dir_all(&folder).and_then(|()| place::write_whole(&folder.join("recent.json"), &text))
    });
    if let Err(error) = written {
        eprintln!("The list of files that were open could not be written: {error}");
    }
}

/// The file that was open last, if any ever was.
pub fn newest(folder: &Path) -> Option<PathBuf> {
    remembered(folder).into_iter().next()
}

fn remembered(folder: &Path) -> Vec<PathBuf> {
    let Ok(text) = fs::read(folder.join("recent.json")) else { return vec![] };
    serde_json::from_slice(&text).unwrap_or_default()
}

/// Without an ending of its own a file gets ours, so that it is found again.
fn workspace_name(path: PathBuf) -> PathBuf {
    if path.extension() == Some(OsStr::new("hallway")) { path } else { path.with_added_extension("hallway") }
}

fn name_of(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn refused(message: String) -> Failure {
    Failure { field: Some("file".into()), code: "invalid", ..internal(message) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_our_ending_gets_it() {
        assert_eq!(workspace_name("a/team".into()), Path::new("a/team.hallway"));
        assert_eq!(workspace_name("a/team.v2".into()), Path::new("a/team.v2.hallway"));
        assert_eq!(workspace_name("a/team.hallway".into()), Path::new("a/team.hallway"));
    }

    #[test]
    fn a_damaged_list_of_files_is_an_empty_one() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        assert_eq!(newest(folder.path()), None);
        fs::write(folder.path().join("recent.json"), "[\"/a.hallway\",")?;
        assert_eq!(newest(folder.path()), None);
        fs::write(folder.path().join("recent.json"), "[\"/a.hallway\", \"/b.hallway\"]")?;
        assert_eq!(newest(folder.path()), Some("/a.hallway".into()));
        Ok(())
    }
}
