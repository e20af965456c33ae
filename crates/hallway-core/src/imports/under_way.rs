//! An import under way: a backup, then batch after batch, each of them one transaction that also says how far it is. All
//! of them are one operation, which undo offers once the last one is in. Whoever wants it to go on asks for the next
//! step; nothing here has a thread of its own.
//!
//! What interrupts it (a crash, a power cut, a closed window) leaves whole rows, and a line in `import_runs` by which the
//! next start can go on or take them back. Two programs cannot both go on: a lock beside the file says who does, and each
//! batch checks in the file that it continues where the last one ended.
use super::{Import, ImportDone, ImportRequest, layouts, opened::Opened, rows::TableRows};
use crate::{
    backups,
    error::{Error, Result, invalid},
    history,
    id::Id,
    journey,
    people::state,
    store::{Access, Alone, Done, Memory, Piece, Settled, Store, Subject, Tx},
    time::Now,
    touchpoints,
};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use ts_rs::TS;

/// What brings a file in, some of it at a time.
pub(crate) trait Bringing: Send {
    /// Reads ahead: at most so many rows, without touching the workspace. False when there is nothing left to write.
    fn read(&mut self, rows: u32) -> Result<bool>;
    /// Writes what was read ahead, counts it, makes the state of whom it touched anew, and says how many rows of the file
    /// it was. After a failure it is asked again with the same rows.
    fn write(&mut self, tx: &mut Tx, done: &mut ImportDone) -> Result<u32>;
    /// What was written is on the disk.
    fn kept(&mut self);
    /// How much of the file is read, 0 to 1.
    fn share(&self) -> f64;
}

/// The writer's time that a batch aims at, and what it may never take knowingly, in milliseconds.
const AIM: i64 = 35;
const AT_MOST: i64 = 50;
/// Rows of the first and the smallest batch, and of the largest. Below the smallest a slow disk is what takes the time,
/// and fewer rows would only make more of it.
const FIRST: u32 = 100;
const LARGEST: u32 = 4_000;
/// The ending of the lock beside the file.
const LOCK: &str = "import";
/// The one kind of file there is.
const TABLE: &str = "table";

words! {
    /// Where an import stands.
    pub enum Phase {
        /// The file is backed up first.
        Backup = "backup",
        Rows = "rows",
        /// It was cancelled, and what it brought is being taken back.
        TakingBack = "taking_back",
        Done = "done",
        TakenBack = "taken_back",
        /// Nobody goes on with it: it waits for a word.
        Interrupted = "interrupted",
        /// Another Hallway goes on with it.
        Elsewhere = "elsewhere",
    }
}

/// An import as a screen shows it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRun {
    pub id: Id,
    pub file_name: String,
    pub phase: Phase,
    /// How much of the file is dealt with, 0 to 1.
    pub share: f64,
    /// Rows of the file that are dealt with.
    pub rows: u32,
    pub done: ImportDone,
    /// Instant, ms UTC.
    pub started_at: i64,
    /// What could not be taken back, in sentences.
    pub notes: Vec<String>,
}

#[derive(Debug, Deserialize, TS)]
pub struct ImportId {
    pub id: Id,
}

#[derive(Debug, Deserialize, TS)]
pub struct Resume {
    pub id: Id,
    /// A grant of the host for the same file, where it is no longer in its place.
    #[ts(optional)]
    pub file: Option<String>,
}

/// What this process is at.
struct UnderWay {
    id: Id,
    stop: AtomicBool,
    shown: Mutex<ImportRun>,
    work: Mutex<Work>,
}

struct Work {
    request: ImportRequest,
    /// Missing when it is only to be taken back.
    bringing: Option<Box<dyn Bringing>>,
    path: Option<PathBuf>,
    hash: String,
    layout: String,
    phase: Phase,
    /// Its line stands in the file.
    written: bool,
    operation: Option<i64>,
    taking_back: Piece,
    /// Rows of the next batch.
    at_once: u32,
    /// When the last step began.
    last: Option<Now>,
    /// The last step came to nothing.
    failed: bool,
    _alone: Alone,
}

/// Begins an import: looks at the file once more, and refuses what cannot be imported. Nothing is written before the
/// first step.
///
/// # Errors
/// `invalid` for `file` when another import is under way or waits, or the file is not the one that was looked at.
pub fn begin(store: &Store, now: Now, input: ImportRequest) -> Result<Done<ImportRun>> {
    give_up_what_never_began(store);
    let alone = alone(store)?;
    let (run, mut work, headers, mapping, days) = store.read(now, |tx| {
        if let Some(waiting) = kept(tx)? {
            let message = format!(
                "An import of {} was interrupted. Go on with it, or take it back, before you begin another one.",
                waiting.run.file_name
            );
            return invalid("file", message);
        }
        let path = tx.store().granted(&input.file, Access::Read).ok();
        let file = Opened::open(tx, &input)?;
        let (headers, mapping, days) = (file.table.headers().to_vec(), file.mapping.clone(), file.days().clone());
        let (name, hash, layout) = (file.name.clone(), file.hash.clone(), file.layout.to_owned());
        // What goes on later goes on with the same columns, whatever is remembered by then.
        let request = ImportRequest {
            mapping: Some(mapping.clone()),
            hash: Some(hash.clone()),
            days: days.clone(),
            ..input.clone()
        };
        let bringing: Box<dyn Bringing> = Box::new(TableRows::new(tx, file, request.clone(), 0)?);
        let run = ImportRun {
            id: tx.new_id(),
            file_name: name,
            phase: Phase::Backup,
            share: 0.0,
            rows: 0,
            done: ImportDone::default(),
            started_at: now.0,
            notes: vec![],
        };
        let work = Work::new(request, Some(bringing), path, hash, layout, alone);
        Ok((run, work, headers, mapping, days))
    })?;
    work.phase = Phase::Backup;
    let mut changed = BTreeSet::new();
    if input.mapping.is_some() || !input.days.is_empty() {
        changed = store
            .write("imports.remember", Memory::Recorded, now, |tx| layouts::remember(tx, &headers, &mapping, &days))?
            .changed;
    }
    Ok(Done { value: take_up(store, run, work), changed })
}

/// Goes on with an import that was interrupted, from the row after the last one that is in. One whose step failed in this
/// very process goes on as it is, or with the file that is named.
///
/// # Errors
/// `invalid` for `file` when the file is no longer there, or is not the same any more.
pub fn resume(store: &Store, now: Now, input: Resume) -> Result<Done<ImportRun>> {
    if let Some(here) = store.lasting::<UnderWay>().filter(|here| here.id == input.id) {
        if let Some(word) = &input.file
            && let Ok(mut work) = here.work.try_lock()
            && work.phase != Phase::TakingBack
        {
            let run = held(&here.shown).clone();
            store.read(now, |tx| work.reads(tx, Some(tx.store().granted(word, Access::Read)?), &run))?;
        }
        let value = held(&here.shown).clone();
        return Ok(Done { value, changed: BTreeSet::new() });
    }
    let alone = alone(store)?;
    let (run, work) = store.read(now, |tx| {
        let Some(Kept { mut run, request, path, hash, phase, operation }) = kept(tx)?.filter(|k| k.run.id == input.id)
        else {
            return Err(Error::NotFound("import"));
        };
        let layout = String::new();
        run.phase = phase;
        let mut work = Work::new(request, None, path.clone(), hash, layout, alone);
        (work.written, work.operation, work.phase) = (true, operation, phase);
        if phase == Phase::Rows {
            let path = match &input.file {
                Some(word) => Some(tx.store().granted(word, Access::Read)?),
                None => path,
            };
            run.share = work.reads(tx, path, &run)?;
        }
        Ok((run, work))
    })?;
    Ok(Done { value: take_up(store, run, work), changed: BTreeSet::new() })
}

/// Stops an import. What it brought is taken back by the steps that follow; of an import that nobody goes on with, too.
pub fn cancel(store: &Store, now: Now, input: ImportId) -> Result<Done<ImportRun>> {
    let under_way = match store.lasting::<UnderWay>().filter(|here| here.id == input.id) {
        Some(here) => here,
        None => {
            let alone = alone(store)?;
            let (run, work) = store.read(now, |tx| {
                let Some(kept) = kept(tx)?.filter(|kept| kept.run.id == input.id) else {
                    return Err(Error::NotFound("import"));
                };
                let Kept { mut run, request, path, hash, phase, operation } = kept;
                run.phase = phase;
                let mut work = Work::new(request, None, path, hash, String::new(), alone);
                (work.written, work.operation, work.phase) = (true, operation, phase);
                Ok((run, work))
            })?;
            take_up(store, run, work);
            store.lasting::<UnderWay>().ok_or(Error::NotFound("import"))?
        }
    };
    let mut shown = held(&under_way.shown);
    // What has ended meanwhile is no longer stopped.
    if !matches!(shown.phase, Phase::Done | Phase::TakenBack) {
        under_way.stop.store(true, Ordering::SeqCst);
        shown.phase = Phase::TakingBack;
    }
    Ok(Done { value: shown.clone(), changed: BTreeSet::new() })
}

/// The import that is under way in this file, or waits for a word; nothing when there is none.
pub fn under_way(tx: &Tx, _: crate::rpc::Empty) -> Result<Option<ImportRun>> {
    if let Some(here) = tx.store().lasting::<UnderWay>() {
        return Ok(Some(held(&here.shown).clone()));
    }
    let Some(Kept { mut run, .. }) = kept(tx)? else { return Ok(None) };
    if tx.store().looking() {
        // Nothing is made beside a file that is only looked at, not even the lock that would say more.
        run.phase = Phase::Interrupted;
        return Ok(Some(run));
    }
    run.phase = match tx.store().alone_at(LOCK)? {
        // That was said once, and goes on without a word.
        Some(_) if run.phase == Phase::TakingBack => Phase::TakingBack,
        Some(_) => Phase::Interrupted,
        None => Phase::Elsewhere,
    };
    Ok(Some(run))
}

/// Does the next piece of work of an import: the backup, a batch, or a piece of taking back. Whoever asks goes on asking
/// until it is done or taken back. Asked while a step is being done, it only says where that stands.
///
/// # Errors
/// Whatever the disk says; the same step can be asked for again.
pub fn step(store: &Store, now: Now, input: ImportId) -> Result<Done<ImportRun>> {
    let Some(here) = store.lasting::<UnderWay>().filter(|here| here.id == input.id) else {
        return Err(Error::NotFound("import"));
    };
    let Ok(mut work) = here.work.try_lock() else {
        return Ok(Done { value: held(&here.shown).clone(), changed: BTreeSet::new() });
    };
    let stepped = work.step(store, now, &here);
    work.failed = stepped.is_err();
    if work.failed {
        // Nobody knows when it goes on: whoever reads until then wants what is in.
        store.batches_are_in();
    }
    let changed = stepped?;
    let value = held(&here.shown).clone();
    if matches!(value.phase, Phase::Done | Phase::TakenBack) {
        store.batches_are_in();
        store.keep_lasting(None);
    }
    Ok(Done { value, changed })
}

/// A whole import at once, for whoever need not see how far it is.
///
/// # Errors
/// As [`begin`] and [`step`].
pub fn run(store: &Store, now: Now, input: ImportRequest) -> Result<Done<ImportDone>> {
    let Done { value: mut run, mut changed } = begin(store, now, input)?;
    while run.phase != Phase::Done {
        let done = step(store, now, ImportId { id: run.id })?;
        changed.extend(done.changed);
        run = done.value;
    }
    Ok(Done { value: run.done, changed })
}

impl Work {
    fn new(
        request: ImportRequest,
        bringing: Option<Box<dyn Bringing>>,
        path: Option<PathBuf>,
        hash: String,
        layout: String,
        alone: Alone,
    ) -> Work {
        Work {
            request,
            bringing,
            path,
            hash,
            layout,
            phase: Phase::Rows,
            written: false,
            operation: None,
            taking_back: Piece::default(),
            at_once: FIRST,
            last: None,
            failed: false,
            _alone: alone,
        }
    }

    /// Reads the same file from the row after the last one that is in, wherever it lies by now. Says how much that is.
    fn reads(&mut self, tx: &Tx, path: Option<PathBuf>, run: &ImportRun) -> Result<f64> {
        let Some(file) = path.as_deref().map(|path| Opened::at(tx, path, &self.request)).and_then(Result::ok) else {
            let message = format!(
                "{} is no longer where it was, or has changed since. Put it back as it was, or take back what came in so far.",
                run.file_name
            );
            return invalid("file", message);
        };
        file.layout.clone_into(&mut self.layout);
        let bringing = TableRows::new(tx, file, self.request.clone(), run.rows)?;
        let share = bringing.share();
        self.bringing = Some(Box::new(bringing));
        self.path = path;
        Ok(share)
    }

    fn step(&mut self, store: &Store, now: Now, here: &UnderWay) -> Result<BTreeSet<&'static str>> {
        if self.phase != Phase::TakingBack && here.stop.load(Ordering::SeqCst) {
            return self.stop(store, now, here);
        }
        match self.phase {
            Phase::Backup => {
                store.read(now, |tx| backups::made(tx, backups::Why::Import))?;
                self.phase = Phase::Rows;
                held(&here.shown).phase = Phase::Rows;
                Ok(BTreeSet::new())
            }
            Phase::TakingBack => self.take_back(store, now, here),
            _ => self.batch(store, now, here),
        }
    }

    /// As many rows as the writer's time allows, by how long the last batch took, with all that was waited for.
    fn pace(&mut self, now: Now) {
        if let Some(Now(last)) = self.last.replace(now) {
            let took = (now.0 - last).max(1);
            let fitting = (i64::from(self.at_once) * AIM / took).min(i64::from(self.at_once) * 2);
            if !(AIM / 2..=AT_MOST).contains(&took) {
                self.at_once = fitting.clamp(FIRST.into(), LARGEST.into()) as u32;
            }
        }
    }

    fn batch(&mut self, store: &Store, now: Now, here: &UnderWay) -> Result<BTreeSet<&'static str>> {
        self.pace(now);
        let rows = self.at_once;
        let Some(mut bringing) = self.bringing.take() else { return Err(Error::NotFound("import")) };
        let more = bringing.read(rows);
        let share = bringing.share();
        let mut run = held(&here.shown).clone();
        let written = more.and_then(|more| {
            store.write_on(self.operation, "imports.run", now, |tx| {
                self.continues(tx, &run)?;
                if more {
                    run.rows += bringing.write(tx, &mut run.done)?;
                    run.share = share;
                    if self.operation.is_none() {
                        tx.about(Subject::Row("imports", run.id), None, Some(&run.file_name))?;
                    }
                    self.put(tx, &run, Phase::Rows, tx.begun())?;
                } else {
                    self.finish(tx, &mut run)?;
                }
                Ok(tx.begun())
            })
        });
        if written.is_ok() {
            bringing.kept();
        }
        self.bringing = Some(bringing);
        let Done { value: operation, changed } = written?;
        self.operation = operation;
        self.written = true;
        run.phase = if more_to_come(&run) { Phase::Rows } else { Phase::Done };
        let mut shown = held(&here.shown);
        // Whoever cancelled meanwhile goes on seeing that it is being taken back.
        if run.phase == Phase::Rows && here.stop.load(Ordering::SeqCst) {
            run.phase = Phase::TakingBack;
        }
        *shown = run;
        Ok(changed)
    }

    /// The last transaction: what came is written down, and the operation is one that undo takes back.
    fn finish(&self, tx: &mut Tx, run: &mut ImportRun) -> Result<()> {
        let done = &mut run.done;
        if let Some(operation) = self.operation {
            let row = Import {
                id: run.id,
                file_name: run.file_name.clone(),
                file_hash: self.hash.clone(),
                layout: self.layout.clone(),
                rows: done.rows,
                added: done.added,
                updated: done.updated,
                unchanged: done.unchanged + done.differs,
                skipped: done.skipped + done.waiting,
                refused: done.refused,
            };
            tx.insert(&row)?;
            tx.about(Subject::Row("imports", run.id), Some(done.added as usize), Some(&run.file_name))?;
            tx.done_with(operation)?;
            done.operation = Some(operation);
        }
        tx.sql().execute("DELETE FROM import_runs WHERE id = ?1", [run.id])?;
        (run.share, run.phase) = (1.0, Phase::Done);
        Ok(())
    }

    /// From now on what came in is taken back, whatever interrupts that.
    fn stop(&mut self, store: &Store, now: Now, here: &UnderWay) -> Result<BTreeSet<&'static str>> {
        let run = held(&here.shown).clone();
        let operation = self.operation;
        let phase = if operation.is_some() { Phase::TakingBack } else { Phase::TakenBack };
        let changed = store
            .write_on(None, "imports.run", now, |tx| {
                if self.written {
                    self.continues(tx, &run)?;
                }
                match operation {
                    Some(_) => self.put(tx, &run, Phase::TakingBack, operation),
                    None => {
                        tx.sql().execute("DELETE FROM import_runs WHERE id = ?1", [run.id])?;
                        Ok(())
                    }
                }
            })?
            .changed;
        (self.phase, self.at_once, self.last) = (phase, FIRST, None);
        held(&here.shown).phase = phase;
        Ok(changed)
    }

    fn take_back(&mut self, store: &Store, now: Now, here: &UnderWay) -> Result<BTreeSet<&'static str>> {
        self.pace(now);
        let Some(operation) = self.operation else { return Err(Error::NotFound("import")) };
        let id = here.id;
        let mut at = self.taking_back.clone();
        let mut settled = Settled { operation, ..Settled::default() };
        let Done { value: (more, notes), changed } = store.write_on(None, "imports.run", now, |tx| {
            let more = tx.take_back_piece(operation, &mut at, self.at_once, &mut settled)?;
            let mut notes = history::notes(tx, &settled)?;
            if !more {
                for person in journey::moved_by(tx, operation)? {
                    tx.concern(person);
                }
                journey::void(tx, operation)?;
                notes.extend(touchpoints::keep_somebody(tx, operation)?);
                tx.sql().execute("DELETE FROM import_runs WHERE id = ?1", [id])?;
            }
            state::refresh_taking_back(tx, operation)?;
            Ok((more, notes))
        })?;
        self.taking_back = at;
        let mut shown = held(&here.shown);
        shown.notes.extend(notes);
        shown.phase = if more { Phase::TakingBack } else { Phase::TakenBack };
        self.phase = shown.phase;
        Ok(changed)
    }

    /// The line in the file is where this left it: nobody else went on with it.
    fn continues(&self, tx: &Tx, run: &ImportRun) -> Result<()> {
        let stands: Option<(u32, String)> = tx
            .sql()
            .prepare_cached("SELECT rows, phase FROM import_runs WHERE id = ?1")?
            .query_row([run.id], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?;
        let expected = self.written.then(|| (run.rows, Phase::Rows.key().to_owned()));
        if stands == expected { Ok(()) } else { Err(Error::NotFound("import")) }
    }

    fn put(&self, tx: &Tx, run: &ImportRun, phase: Phase, operation: Option<i64>) -> Result<()> {
        let path = self.path.as_ref().and_then(|path| path.to_str());
        if self.written {
            tx.sql()
                .prepare_cached(
                    "UPDATE import_runs SET phase = ?2, operation = ?3, rows = ?4, done = ?5 WHERE id = ?1",
                )?
                .execute((run.id, phase, operation, run.rows, serde_json::to_string(&run.done)?))?;
            return Ok(());
        }
        tx.sql().execute(
            "INSERT INTO import_runs (id, kind, path, file_name, file_hash, request, phase, operation, rows, done, started_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            rusqlite::params![
                run.id,
                TABLE,
                path,
                run.file_name,
                self.hash,
                serde_json::to_string(&self.request)?,
                phase,
                operation,
                run.rows,
                serde_json::to_string(&run.done)?,
                run.started_at,
            ],
        )?;
        Ok(())
    }
}

fn more_to_come(run: &ImportRun) -> bool {
    run.phase != Phase::Done
}

/// An import as it stands in the file.
struct Kept {
    run: ImportRun,
    request: ImportRequest,
    path: Option<PathBuf>,
    hash: String,
    phase: Phase,
    operation: Option<i64>,
}

fn kept(tx: &Tx) -> Result<Option<Kept>> {
    type Row = (Id, Option<String>, String, String, String, Phase, Option<i64>, u32, String, i64);
    let row: Option<Row> = tx
        .sql()
        .prepare_cached(
            "SELECT id, path, file_name, file_hash, request, phase, operation, rows, done, started_at FROM import_runs
             ORDER BY started_at LIMIT 1",
        )?
        .query_row([], |r| {
            Ok((
                r.get(0)?,
                r.get(1)?,
                r.get(2)?,
                r.get(3)?,
                r.get(4)?,
                r.get(5)?,
                r.get(6)?,
                r.get(7)?,
                r.get(8)?,
                r.get(9)?,
            ))
        })
        .optional()?;
    let Some((id, path, file_name, hash, request, phase, operation, rows, done, started_at)) = row else {
        return Ok(None);
    };
    let run = ImportRun {
        id,
        file_name,
        phase,
        share: 0.0,
        rows,
        done: serde_json::from_str(&done)?,
        started_at,
        notes: vec![],
    };
    let request = serde_json::from_str(&request)?;
    Ok(Some(Kept { run, request, path: path.map(PathBuf::from), hash, phase, operation }))
}

/// An import whose first steps failed has nothing in the file: it makes room for another one.
fn give_up_what_never_began(store: &Store) {
    let given_up = store
        .lasting::<UnderWay>()
        .is_some_and(|here| here.work.try_lock().is_ok_and(|work| work.failed && !work.written));
    if given_up {
        store.keep_lasting(None);
    }
}

/// One import at a time in one file, whoever does it; none in a file that is only looked at.
fn alone(store: &Store) -> Result<Alone> {
    if store.looking() {
        return Err(Error::Looking);
    }
    if store.lasting::<UnderWay>().is_some() {
        return invalid("file", "An import is under way. Wait until it is done, or cancel it.");
    }
    match store.alone_at(LOCK)? {
        Some(alone) => Ok(alone),
        None => invalid("file", "Another Hallway is importing into this file. Wait until it is done, then try again."),
    }
}

fn take_up(store: &Store, run: ImportRun, work: Work) -> ImportRun {
    store.keep_lasting(Some(Arc::new(UnderWay {
        id: run.id,
        stop: AtomicBool::new(false),
        shown: Mutex::new(run.clone()),
        work: Mutex::new(work),
    })));
    run
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
