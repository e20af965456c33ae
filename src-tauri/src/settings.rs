//! What belongs to this window and not to the file: theme, panes, column widths. One JSON object, whose keys are the page's own.
use crate::desk::internal;
use crate::place;
use hallway_core::{Failure, error::in_words};
use serde_json::{Map, Value};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Far more than panes and column widths need; a page gone wrong shall not fill the disk.
const LARGEST: usize = 256 * 1024;

/// The settings as they were last written; none before the first time, and when they are damaged.
#[tauri::command]
pub fn read_settings() -> Result<Map<String, Value>, Failure> {
    read(&folder()?).map_err(failure)
}

#[tauri::command]
pub fn write_settings(settings: Map<String, Value>) -> Result<(), Failure> {
    write(&folder()?, &settings).map_err(failure)
}

fn folder() -> Result<PathBuf, Failure> {
    place::config_folder().ok_or_else(|| {
        internal("The window's settings could not be read or written: this computer names no folder for them.")
    })
}

fn read(folder: &Path) -> io::Result<Map<String, Value>> {
    let text = match fs::read(folder.join("settings.json")) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Map::new()),
        Err(error) => return Err(error),
    };
    // Settings are a convenience: damaged ones must not keep anybody from their work.
    Ok(serde_json::from_slice(&text).unwrap_or_else(|error| {
        eprintln!("The window's settings are damaged and start afresh: {error}");
        Map::new()
    }))
}

fn write(folder: &Path, settings: &Map<String, Value>) -> io::Result<()> {
    let text = serde_json::to_vec_pretty(settings)?;
    if text.len() > LARGEST {
        return Err(io::Error::new(ErrorKind::InvalidInput, "they are larger than 256 KiB"));
    }
    fs::create_dir_all(folder)?;
    place::write_whole(&folder.join("settings.json"), &text)
}

fn failure(error: io::Error) -> Failure {
    // What is said here has no number of the system's.
    let why = if error.raw_os_error().is_some() { in_words(&error) } else { format!("{error}.") };
    internal(format!("The window's settings could not be read or written: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(map) => map,
            other => panic!("{other} is not an object"),
        }
    }

    #[test]
    fn what_is_written_is_read_again() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let folder = folder.path().join("made on the way");
        assert_eq!(read(&folder)?, Map::new());
        write(&folder, &object(json!({ "theme": "dark" })))?;
        write(&folder, &object(json!({ "theme": "light", "peek": 380 })))?;
        assert_eq!(read(&folder)?, object(json!({ "theme": "light", "peek": 380 })));
        assert_eq!(fs::read_dir(&folder)?.count(), 1);
        Ok(())
    }

    #[test]
    fn damaged_settings_start_afresh_and_enormous_ones_are_refused() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("settings.json"), "{ \"theme\":")?;
        assert_eq!(read(folder.path())?, Map::new());
        let refused = write(folder.path(), &object(json!({ "notes": "x".repeat(LARGEST) }))).map_err(failure);
        assert!(refused.is_err_and(|failure| failure.message.ends_with("larger than 256 KiB.")));
        Ok(())
    }

    #[test]
    fn a_place_where_nothing_can_be_written_is_said_in_a_sentence() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("a file"), "")?;
        let said = write(&folder.path().join("a file/settings"), &Map::new()).map_err(failure);
        let said = said.map_or_else(|failure| failure.message, |()| "it was written".into());
        assert!(!said.contains("os error") && said.ends_with('.') && said.contains("could not be"), "{said}");
        Ok(())
    }
}
