//! An import as it stands in the file, in `import_runs`.
use super::{Brought, ImportRun, Phase, Request, work::Work};
use crate::{
    error::{Error, Result},
    id::Id,
    store::Tx,
};
use rusqlite::OptionalExtension;
use std::path::PathBuf;

const TABLE: &str = "table";
const EVERYTHING: &str = "everything";

pub(super) struct Kept {
    pub run: ImportRun,
    pub request: Request,
    pub path: Option<PathBuf>,
    pub hash: String,
    pub operation: Option<i64>,
    pub place: Option<String>,
}

/// The import that is under way in the file, or waits.
pub(super) fn kept(tx: &Tx) -> Result<Option<Kept>> {
    struct Texts(String, String, String);
    let row = tx
        .sql()
        .prepare_cached(
            "SELECT id, file_name, phase, rows, started_at, path, file_hash, operation, place, kind, request, done
             FROM import_runs ORDER BY started_at LIMIT 1",
        )?
        .query_row([], |r| {
            let run: (Id, String, Phase, u32, i64) = (r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?);
            let rest: (Option<String>, String, Option<i64>, Option<String>) =
                (r.get(5)?, r.get(6)?, r.get(7)?, r.get(8)?);
            Ok((run, rest, Texts(r.get(9)?, r.get(10)?, r.get(11)?)))
        })
        .optional()?;
    let Some(((id, file_name, phase, rows, started_at), (path, hash, operation, place), Texts(kind, request, done))) =
        row
    else {
        return Ok(None);
    };
    let (request, done) = match kind.as_str() {
        TABLE => (Request::Table(serde_json::from_str(&request)?), Brought::Table(serde_json::from_str(&done)?)),
        EVERYTHING => {
            (Request::Everything(serde_json::from_str(&request)?), Brought::Everything(serde_json::from_str(&done)?))
        }
        kind => return Err(Error::Damaged(format!("an import of the kind “{kind}” is under way in it"))),
    };
    let run = ImportRun { id, file_name, phase, share: 0.0, rows, done, started_at, notes: vec![], request: None };
    Ok(Some(Kept { run, request, path: path.map(PathBuf::from), hash, operation, place }))
}

impl Brought {
    fn text(&self) -> Result<String> {
        Ok(match self {
            Brought::Table(done) => serde_json::to_string(done)?,
            Brought::Everything(done) => serde_json::to_string(done)?,
        })
    }
}

impl Work {
    /// The line in the file is where this left it: nobody else went on with it.
    pub(super) fn continues(&self, tx: &Tx, run: &ImportRun) -> Result<()> {
        let stands: Option<(u32, String, Option<String>)> = tx
            .sql()
            .prepare_cached("SELECT rows, phase, place FROM import_runs WHERE id = ?1")?
            .query_row([run.id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
            .optional()?;
        let expected = self.written.then(|| (run.rows, Phase::Rows.key().to_owned(), self.place.clone()));
        if stands == expected { Ok(()) } else { Err(Error::NotFound("import")) }
    }

    /// Says in the file how far it is.
    pub(super) fn put(
        &self,
        tx: &Tx,
        run: &ImportRun,
        phase: Phase,
        operation: Option<i64>,
        place: Option<&str>,
    ) -> Result<()> {
        if self.written {
            tx.sql()
                .prepare_cached(
                    "UPDATE import_runs SET phase = ?2, operation = ?3, rows = ?4, done = ?5, place = ?6 WHERE id = ?1",
                )?
                .execute((run.id, phase, operation, run.rows, run.done.text()?, place))?;
            return Ok(());
        }
        let path = self.path.as_ref().and_then(|path| path.to_str());
        let (kind, request) = match &self.request {
            Request::Table(request) => (TABLE, serde_json::to_string(request)?),
            Request::Everything(request) => (EVERYTHING, serde_json::to_string(request)?),
        };
        tx.sql().execute(
            "INSERT INTO import_runs (id, kind, path, file_name, file_hash, request, phase, operation, rows, done, started_at, place)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            rusqlite::params![
                run.id,
                kind,
                path,
                run.file_name,
                self.hash,
                request,
                phase,
                operation,
                run.rows,
                run.done.text()?,
                run.started_at,
                place,
            ],
        )?;
        Ok(())
    }
}
