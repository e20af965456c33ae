//! What can go wrong, and how it is said.
use std::path::PathBuf;

/// Everything that can fail in the core. Its text is a sentence for the person; [`Failure`] is its form on the wire.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Input that breaks a rule; `field` names the input it belongs under.
    #[error("{message}")]
    Invalid { field: String, message: String },
    #[error("That {0} is no longer here. It may have been taken back or deleted.")]
    NotFound(&'static str),
    #[error("There is nothing to {0}.")]
    Nothing(&'static str),
    #[error(
        "This file was written by a newer Hallway (format {found}; this one knows {known}). Update Hallway to open it. Nothing was changed."
    )]
    NewerFile { found: i64, known: i64 },
    #[error("{} is not a Hallway file. Choose another one. Nothing was changed.", .0.display())]
    ForeignFile(PathBuf),
    #[error("The file is damaged: {0}. Nothing was changed; keep a copy of it before you try anything else.")]
    Damaged(String),
    #[error("Another Hallway is busy with this file. Close it, or wait until it is done, and try again.")]
    Busy,
    #[error(
        "This file cannot be written to. Check its permissions, or copy it to a folder of yours. Nothing was lost."
    )]
    ReadOnly,
    #[error("This file is only shown, since it is damaged or cannot be written to. Nothing in it can be changed.")]
    Looking,
    #[error("The disk is full. Free some space and try again; nothing that was saved is lost.")]
    DiskFull,
    #[error("There is no room for a backup: it takes {}, and {} are free. Free some space and try again; nothing was changed.", size(*.needed), size(*.free))]
    NoRoom { needed: u64, free: u64 },
    #[error(
        "{} is no longer there: it was moved or deleted, or its disk is gone. Nothing more is written. Put it back where it was, or save a copy of what is open here.", .0.display()
    )]
    Gone(PathBuf),
    #[error(
        "Another file was put in the place of {} while it was open. Nothing more is written, so that neither is harmed. Save a copy of what is open here, then open the file again.", .0.display()
    )]
    Replaced(PathBuf),
    #[error("There is no command named {0}.")]
    UnknownCommand(String),
    #[error("{}", of_a_file(.context, .source))]
    File { context: String, source: std::io::Error },
    #[error("The data could not be read or written: {0}")]
    Sql(rusqlite::Error),
    #[error("The request could not be understood: {0}")]
    Json(#[from] serde_json::Error),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A refusal that belongs under one input.
pub fn invalid<T>(field: impl Into<String>, message: impl Into<String>) -> Result<T> {
    Err(Error::Invalid { field: field.into(), message: message.into() })
}

/// What a failed call looks like to whoever called. A `code` exists only where somebody branches on it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    pub code: &'static str,
    pub message: String,
    pub field: Option<String>,
}

impl Error {
    pub fn code(&self) -> &'static str {
        match self {
            Error::Invalid { .. } => "invalid",
            Error::NotFound(_) | Error::Nothing(_) => "not_found",
            Error::NewerFile { .. } => "newer_file",
            Error::ForeignFile(_) => "foreign_file",
            Error::Damaged(_) => "damaged",
            Error::Busy => "busy",
            Error::ReadOnly | Error::Looking => "read_only",
            Error::DiskFull | Error::NoRoom { .. } => "disk_full",
            Error::File { source, .. } if is_full(source) => "disk_full",
            Error::Gone(_) => "missing_file",
            Error::Replaced(_) => "replaced_file",
            _ => "internal",
        }
    }
}

fn of_a_file(context: &str, source: &std::io::Error) -> String {
    if is_full(source) {
        format!("{context}: the disk is full. Free some space and try again; nothing that was saved is lost.")
    } else {
        format!("{context}: {}", in_words(source))
    }
}

/// Why a file cannot be read or written, in words that say what to do next, and without the numbers of a system.
pub fn in_words(source: &std::io::Error) -> String {
    use std::io::ErrorKind as K;
    let words = match source.kind() {
        K::NotFound => "there is no such file or folder. Check the name, and try again.",
        K::IsADirectory => "it is a folder. Name a file.",
        K::NotADirectory => "a folder on the way to it is a file. Check the name, and try again.",
        K::PermissionDenied => "you are not allowed to. Check its permissions, and those of its folder.",
        K::ReadOnlyFilesystem => "nothing can be written on its disk. Choose another place.",
        K::AlreadyExists => "something of that name is there already. Choose another name.",
        K::DirectoryNotEmpty => "there is a folder of that name with something in it. Choose another name.",
        K::StorageFull | K::QuotaExceeded => "the disk is full. Free some space and try again.",
        K::InvalidFilename => "a file cannot have that name. Choose another one.",
        _ => {
            let text = source.to_string();
            let words = text.split(" (os error").next().unwrap_or_default().trim_end_matches('.');
            return format!("the system says “{words}”. Try again, and look at the disk if it stays so.");
        }
    };
    words.to_owned()
}

/// "680 MB".
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        1_000_000..10_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{} GB", bytes / 1_000_000_000),
    }
}

/// Also a quota that is used up is a full disk to the person.
fn is_full(source: &std::io::Error) -> bool {
    matches!(source.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}

impl From<&Error> for Failure {
    fn from(e: &Error) -> Self {
        let field = match e {
            Error::Invalid { field, .. } => Some(field.clone()),
            _ => None,
        };
        Failure { code: e.code(), message: e.to_string(), field }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as C;
        // What connections tell each other beside a file found no room: the same full disk, by another name.
        let no_room_beside = e.sqlite_error().is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
        match e.sqlite_error_code() {
            _ if no_room_beside => Error::DiskFull,
            Some(C::DatabaseCorrupt | C::NotADatabase) => Error::Damaged(e.to_string()),
            Some(C::DatabaseBusy | C::DatabaseLocked) => Error::Busy,
            Some(C::ReadOnly | C::PermissionDenied | C::CannotOpen) => Error::ReadOnly,
            Some(C::DiskFull) => Error::DiskFull,
            _ => match e {
                // The types of every column are declared and kept: another one there is damage.
                rusqlite::Error::InvalidColumnType(..) | rusqlite::Error::FromSqlConversionFailure(..) => {
                    Error::Damaged(e.to_string())
                }
                e => Error::Sql(e),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Error;
    use std::{fs, io};

    #[test]
    fn what_the_system_says_of_a_file_is_said_in_sentences() {
        let folder = tempfile::tempdir().unwrap();
        let said = |source: io::Error| Error::File { context: "a.csv could not be read".into(), source }.to_string();
        let missing = said(fs::read(folder.path().join("none")).unwrap_err());
        assert_eq!(missing, "a.csv could not be read: there is no such file or folder. Check the name, and try again.");
        let of_a_folder = said(fs::read(folder.path()).unwrap_err());
        assert_eq!(of_a_folder, "a.csv could not be read: it is a folder. Name a file.");
        #[cfg(target_os = "linux")]
        for number in 1..134 {
            let said = said(io::Error::from_raw_os_error(number));
            assert!(!said.contains("os error") && said.ends_with('.'), "{said}");
        }
    }
}
