//! File dialogs in a process of their own.
//!
//! A file dialog opens the files it lists, to find out what they are, and closes them again. In the process that has the
//! workspace open this would drop SQLite's locks on it (POSIX locks are the process's, and any closing loses them), and
//! the next program to close the file would take the log away from under us. So the shell starts itself once more, only
//! to ask.
use crate::desk::internal;
use hallway_core::{Failure, error::in_words};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The argument by which the program knows that it is only to ask.
pub const ARGUMENT: &str = "--dialog";

/// What is asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct Dialog {
    pub title: String,
    /// What the endings stand for: "Tables".
    pub kind: String,
    pub endings: Vec<String>,
    /// More than one file may be chosen.
    pub several: bool,
    /// The name that is suggested for a file to be written; missing when one that exists is to be chosen.
    pub save_as: Option<String>,
    /// Where it begins.
    pub folder: Option<PathBuf>,
}

/// The dialog that is open, if one is.
#[derive(Debug, Default)]
pub struct Asking(Mutex<Option<Child>>);

impl Asking {
    /// Closes the dialog, when the window closes.
    pub fn end(&self) {
        if let Some(child) = self.held().as_mut()
            && let Err(error) = child.kill()
        {
            eprintln!("The file dialog could not be closed: {error}");
        }
    }

    fn held(&self) -> MutexGuard<'_, Option<Child>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks, and waits for the answer; none when the person changed their mind.
pub fn show(asking: &Asking, dialog: &Dialog) -> Result<Option<PathBuf>, Failure> {
    Ok(show_several(asking, dialog)?.into_iter().next())
}

/// As [`show`], for a dialog in which several files may be chosen.
pub fn show_several(asking: &Asking, dialog: &Dialog) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error: io::Error| internal(format!("The file dialog could not be opened: {}", in_words(&error)));
    let mut answer = {
        let mut held = asking.held();
        if held.is_some() {
            return Err(internal("A file dialog is open already. Answer or close that one first."));
        }
        let mut child = Command::new(std::env::current_exe().map_err(failed)?)
            .arg(ARGUMENT)
            .arg(serde_json::to_string(dialog).map_err(|error| failed(error.into()))?)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let answer = child.stdout.take();
        *held = Some(child);
        answer
    };
    let mut bytes = Vec::new();
    let read = answer.as_mut().map_or(Ok(0), |answer| answer.read_to_end(&mut bytes));
    let ended = asking.held().take().map(|mut child| child.wait());
    read.map_err(failed)?;
    match ended.transpose().map_err(failed)? {
        Some(status) if status.success() => Ok(paths(&bytes)),
        // Killed with the window, or by whoever did not want to answer.
        _ => Ok(vec![]),
    }
}

/// The other side: shows the dialog and writes the paths that were chosen, with a zero byte between them. What [`ARGUMENT`] starts.
pub fn ask(dialog: &str) -> io::Result<()> {
    let dialog: Dialog = serde_json::from_str(dialog)?;
    let mut shown = rfd::FileDialog::new()
        .set_title(dialog.title)
        .add_filter(dialog.kind, &dialog.endings)
        .add_filter("All files", &["*"]);
    if let Some(folder) = dialog.folder {
        shown = shown.set_directory(folder);
    }
    let chosen = match dialog.save_as {
        Some(name) => shown.set_file_name(name).save_file().into_iter().collect(),
        None if dialog.several => shown.pick_files().unwrap_or_default(),
        None => shown.pick_file().into_iter().collect(),
    };
    let chosen: Vec<OsString> = chosen.into_iter().map(PathBuf::into_os_string).collect();
    let bytes: Vec<&[u8]> = chosen.iter().map(|path| path.as_encoded_bytes()).collect();
    io::stdout().write_all(&bytes.join(&0))
}

/// The paths in what the other side wrote.
fn paths(bytes: &[u8]) -> Vec<PathBuf> {
    bytes.split(|byte| *byte == 0).filter_map(|bytes| path(bytes.to_vec())).collect()
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    (!bytes.is_empty()).then(|| OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty()).map(|text| OsString::from(text).into())
}
