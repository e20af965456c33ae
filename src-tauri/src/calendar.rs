//! The calendar file: what is promised, for a calendar program to subscribe to from disk.
use crate::desk::{OpenFile, internal};
use crate::outside::{self, Outside};
use crate::place;
use hallway_core::{Failure, error::in_words};
use serde_json::json;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Manager};

/// What was written last, and where, so that nothing is written twice.
#[derive(Debug, Default)]
pub struct Written(Option<(PathBuf, String)>);

impl Written {
    /// Writes it if it has changed, or if it is no longer there.
    pub fn beat(&mut self, app: &AppHandle, file: &OpenFile) {
        let outside = app.state::<Arc<Outside>>();
        let Some(path) = outside.wishes().calendars.remove(&file.path) else {
            self.0 = None;
            return;
        };
        let failure = self.bring_up_to_date(&path, file).err();
        if let Some(failure) = &failure
            && outside.fares().calendar.as_ref() != Some(failure)
        {
            eprintln!("{failure}");
        }
        outside::note(app, |fares| fares.calendar = failure);
    }

    fn bring_up_to_date(&mut self, path: &Path, file: &OpenFile) -> Result<(), String> {
        let text = text(file).map_err(|failure| failure.message)?;
        if self.0.as_ref().is_some_and(|(at, was)| at == path && *was == text) && path.exists() {
            return Ok(());
        }
        self.0 = None;
        write(path, &text).map_err(|error| format!("{} could not be written: {}", path.display(), in_words(&error)))?;
        self.0 = Some((path.to_owned(), text));
        Ok(())
    }
}

/// What the core says belongs into a calendar.
pub fn text(file: &OpenFile) -> Result<String, Failure> {
    let reply = file.call("followups.calendar", json!({}))?;
    match reply.value["text"].as_str() {
        Some(text) => Ok(text.to_owned()),
        None => Err(internal("The calendar has no text.")),
    }
}

/// Whoever reads it while it is written finds the old one or the new one, whole.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    place::write_whole(path, text.as_bytes())
}

/// Calendar programs know their files by the ending.
pub fn named(path: PathBuf) -> PathBuf {
    if path.extension() == Some(OsStr::new("ics")) { path } else { path.with_added_extension("ics") }
}
