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
    #[error("This file is damaged and open only to be looked at. Restore a backup to go on working.")]
    Looking,
    #[error("The disk is full. Free some space and try again; nothing that was saved is lost.")]
    DiskFull,
    #[error("There is no command named {0}.")]
    UnknownCommand(String),
    #[error("{context}: {source}")]
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
            Error::DiskFull => "disk_full",
            _ => "internal",
        }
    }
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
        match e.sqlite_error_code() {
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
