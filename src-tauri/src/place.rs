//! Which file the window opens, and where it keeps what is its own.
use crate::files;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The file named as the argument, else in `HALLWAY_FILE`, else the one that was open last, else
/// `hallway/main.hallway` in the platform's data folder; and whether it is made where there is none.
pub fn file(argument: Option<OsString>) -> io::Result<(PathBuf, bool)> {
    if let Some(option) = argument.as_ref().filter(|argument| argument.as_encoded_bytes().starts_with(b"-")) {
        let option = option.to_string_lossy();
        let message = format!("`hallway [FILE]` opens a window and knows no {option}; `hallway --help` says more");
        return Err(io::Error::new(ErrorKind::InvalidInput, message));
    }
    if let Some(named) = named(argument, std::env::var_os("HALLWAY_FILE")) {
        return Ok((std::path::absolute(named)?, true));
    }
    if let Some(path) = config_folder().and_then(|folder| files::newest(&folder)) {
        return Ok((path, false));
    }
    match dirs::data_dir().map(|folder| usual(&folder)) {
        Some(path) => Ok((std::path::absolute(path)?, true)),
        None => Err(io::Error::new(
            ErrorKind::NotFound,
            "this computer names no folder for data; name a file on the command line",
        )),
    }
}

/// The folder for what belongs to the window and to no file.
pub fn config_folder() -> Option<PathBuf> {
    dirs::config_dir().map(|folder| folder.join("org.hallway.desktop"))
}

/// Writes beside the old file and swaps them, so that a power cut leaves one or the other.
pub fn write_whole(path: &Path, text: &[u8]) -> io::Result<()> {
    let fresh = path.with_added_extension("new");
    let write = |mut file: File| file.write_all(text).and_then(|()| file.sync_all());
    let written = File::create(&fresh).and_then(write).and_then(|()| fs::rename(&fresh, path));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    written
}

fn usual(data_folder: &Path) -> PathBuf {
    data_folder.join("hallway").join("main.hallway")
}

fn named(argument: Option<OsString>, variable: Option<OsString>) -> Option<PathBuf> {
    [argument, variable].into_iter().flatten().find(|name| !name.is_empty()).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_wins_over_the_environment_and_nothing_means_the_usual_file() {
        assert_eq!(named(Some("a.hallway".into()), Some("b.hallway".into())), Some("a.hallway".into()));
        assert_eq!(named(None, Some("b.hallway".into())), Some("b.hallway".into()));
        assert_eq!(named(None, Some("".into())), None);
        assert_eq!(usual(Path::new("/data")), Path::new("/data/hallway/main.hallway"));
    }
}
