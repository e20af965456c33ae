//! An import under way: a backup, then batch after batch, each of them one transaction that also says how far it is. All
//! of them are one operation, which undo offers once the last one is in. Whoever wants it to go on asks for the next
//! step; nothing here has a thread of its own.
//!
//! What interrupts it (a crash, a power cut, a closed window) leaves whole rows, and a line in `import_runs` by which the
//! next start can go on or take them back. Two programs cannot both go on: a lock beside the file says who does, and each
//! batch checks in the file that it continues where the last one ended.
mod kept;
mod work;

use super::{ImportDone, ImportRequest, layouts, opened::Opened, rows::TableRows};
use crate::{
    error::{Error, Result, invalid},
    id::Id,
    journey,
    json::{JsonDone, JsonRequest},
    store::{Access, Alone, Done, Memory, Store, Tx},
    time::Now,
};
use kept::{Kept, kept};
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
use work::Work;

/// What brings a file in, some of it at a time.
pub(crate) trait Bringing: Send {
    /// The command that its operation is called by.
    fn command(&self) -> &'static str;
    /// Reads ahead: about so many rows, without touching the workspace. False when there is nothing left to do.
    fn read(&mut self, rows: u32) -> Result<bool>;
    /// Writes what was read ahead, counts it, leaves nobody it touched with a state that nothing will make anew, and says
    /// how many rows of the file it was. After a failure it is asked again with the same rows.
    fn write(&mut self, tx: &mut Tx, done: &mut Brought) -> Result<u32>;
    /// What was written is on the disk.
    fn kept(&mut self);
    /// How much of it is done, 0 to 1, once what was read ahead is written.
    fn share(&self) -> f64;
    /// What is being done with it: [`Phase::Rows`] or [`Phase::Placing`].
    fn phase(&self) -> Phase {
        Phase::Rows
    }
    /// Where it goes on, once what was read ahead is written; nothing when that is after so many rows.
    fn place(&self) -> Result<Option<String>> {
        Ok(None)
    }
    /// Says what the operation is about, as soon as there is one.
    fn about(&self, tx: &mut Tx, run: &ImportRun) -> Result<()>;
    /// Writes down what came, in the last transaction.
    fn finish(&self, tx: &mut Tx, run: &ImportRun) -> Result<()>;
}

/// The ending of the lock beside the file.
const LOCK: &str = "import";

words! {
    /// Where an import stands.
    pub enum Phase {
        /// The file is backed up first.
        Backup = "backup",
        Rows = "rows",
        /// Every row is in, and where people stand is worked out.
        Placing = "placing",
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

/// What came in so far, by the kind of the file.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Brought {
    /// Rows of people.
    Table(ImportDone),
    /// Everything of a workspace, as JSON.
    Everything(JsonDone),
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
    pub done: Brought,
    /// Instant, ms UTC.
    pub started_at: i64,
    /// What could not be taken back, in sentences.
    pub notes: Vec<String>,
    /// As it was asked, once it is gone on with, so that rows that were refused can be saved; null for an import of
    /// everything, and where its file is not known.
    pub request: Option<ImportRequest>,
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

/// What was asked, so that it can be gone on with.
pub(crate) enum Request {
    Table(ImportRequest),
    Everything(JsonRequest),
}

/// A file that was looked at and can be imported.
pub(crate) struct Opening {
    pub bringing: Box<dyn Bringing>,
    /// With everything in it that must be the same whenever it goes on.
    pub request: Request,
    pub name: String,
    pub hash: String,
    pub done: Brought,
}

/// What this process is at.
struct UnderWay {
    id: Id,
    stop: AtomicBool,
    shown: Mutex<ImportRun>,
    work: Mutex<Work>,
}

/// Begins an import: looks at the file once more, and refuses what cannot be imported. Nothing is written before the
/// first step.
///
/// # Errors
/// `invalid` for `file` when another import is under way or waits, or the file is not the one that was looked at.
pub fn begin(store: &Store, now: Now, input: ImportRequest) -> Result<Done<ImportRun>> {
    let mut seen = None;
    let value = start(store, now, &input.file, |tx| {
        let file = Opened::open(tx, &input)?;
        let (name, hash) = (file.name.clone(), file.hash.clone());
        // What goes on later goes on with the same columns, whatever is remembered by then.
        let request = ImportRequest { mapping: Some(file.mapping.clone()), hash: Some(hash.clone()), ..input.clone() };
        seen = Some((file.table.headers().to_vec(), file.mapping.clone(), file.days()));
        let bringing = Box::new(TableRows::new(tx, file, request.clone(), 0)?);
        let done = Brought::Table(ImportDone::default());
        Ok(Opening { bringing, request: Request::Table(request), name, hash, done })
    })?;
    let mut changed = BTreeSet::new();
    if let Some((headers, mapping, days)) = seen.filter(|_| input.mapping.is_some() || !input.days.is_empty()) {
        changed = store
            .write("imports.remember", Memory::Recorded, now, |tx| layouts::remember(tx, &headers, &mapping, &days))?
            .changed;
    }
    Ok(Done { value, changed })
}

/// Begins to bring in what `open` finds in the file of a grant.
///
/// # Errors
/// As [`begin`].
pub(crate) fn start(
    store: &Store,
    now: Now,
    grant: &str,
    open: impl FnOnce(&Tx) -> Result<Opening>,
) -> Result<ImportRun> {
    give_up_what_never_began(store);
    let alone = alone(store)?;
    let (run, work) = store.read(now, |tx| {
        if let Some(waiting) = kept(tx)? {
            let message = format!(
                "An import of {} was interrupted. Go on with it, or take it back, before you begin another one.",
                waiting.run.file_name
            );
            return invalid("file", message);
        }
        let path = tx.store().granted(grant, Access::Read).ok();
        let Opening { bringing, request, name, hash, done } = open(tx)?;
        let run = ImportRun {
            id: tx.new_id(),
            file_name: name,
            phase: Phase::Backup,
            share: 0.0,
            rows: 0,
            done,
            started_at: now.0,
            notes: vec![],
            request: None,
        };
        let mut work = Work::new(request, Some(bringing), path, hash, alone);
        work.phase = Phase::Backup;
        Ok((run, work))
    })?;
    Ok(take_up(store, run, work))
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
            store.read(now, |tx| {
                let place = kept(tx)?.and_then(|kept| kept.place);
                work.reads(tx, Some(tx.store().granted(word, Access::Read)?), &run, place.as_deref())
            })?;
        }
        if let Ok(work) = here.work.try_lock() {
            held(&here.shown).request = work.asked(store);
        }
        let value = held(&here.shown).clone();
        return Ok(Done { value, changed: BTreeSet::new() });
    }
    let (mut run, work) = waiting(store, now, input.id, |tx, work, run, path, place| {
        if run.phase == Phase::Rows {
            let path = match &input.file {
                Some(word) => Some(tx.store().granted(word, Access::Read)?),
                None => path,
            };
            run.share = work.reads(tx, path, run, place)?;
        }
        Ok(())
    })?;
    run.request = work.asked(store);
    Ok(Done { value: take_up(store, run, work), changed: BTreeSet::new() })
}

/// Stops an import. What it brought is taken back by the steps that follow; of an import that nobody goes on with, too.
pub fn cancel(store: &Store, now: Now, input: ImportId) -> Result<Done<ImportRun>> {
    let under_way = match store.lasting::<UnderWay>().filter(|here| here.id == input.id) {
        Some(here) => here,
        None => {
            let (run, work) = waiting(store, now, input.id, |_, _, _, _, _| Ok(()))?;
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
    let mut changed = stepped?;
    let value = held(&here.shown).clone();
    if matches!(value.phase, Phase::Done | Phase::TakenBack) {
        store.batches_are_in();
        store.keep_lasting(None);
        // What came, or went again, may be the rules.
        changed.extend(journey::catch_up(store, now)?);
    }
    Ok(Done { value, changed })
}

/// A whole import at once, for whoever need not see how far it is.
///
/// # Errors
/// As [`begin`] and [`step`].
pub fn run(store: &Store, now: Now, input: ImportRequest) -> Result<Done<ImportDone>> {
    let begun = begin(store, now, input)?;
    match through(store, now, begun)? {
        Done { value: Brought::Table(value), changed } => Ok(Done { value, changed }),
        _ => Err(Error::NotFound("import")),
    }
}

/// Sees an import through to its end.
pub(crate) fn through(store: &Store, now: Now, begun: Done<ImportRun>) -> Result<Done<Brought>> {
    let Done { value: mut run, mut changed } = begun;
    while run.phase != Phase::Done {
        let done = step(store, now, ImportId { id: run.id })?;
        changed.extend(done.changed);
        run = done.value;
    }
    Ok(Done { value: run.done, changed })
}

/// Takes up what stands in the file, which nobody else is at work on.
fn waiting(
    store: &Store,
    now: Now,
    id: Id,
    prepare: impl FnOnce(&Tx, &mut Work, &mut ImportRun, Option<PathBuf>, Option<&str>) -> Result<()>,
) -> Result<(ImportRun, Work)> {
    let alone = alone(store)?;
    store.read(now, |tx| {
        let Some(Kept { mut run, request, path, hash, operation, place }) = kept(tx)?.filter(|kept| kept.run.id == id)
        else {
            return Err(Error::NotFound("import"));
        };
        let mut work = Work::new(request, None, path.clone(), hash, alone);
        (work.written, work.operation, work.phase) = (true, operation, run.phase);
        work.place.clone_from(&place);
        prepare(tx, &mut work, &mut run, path, place.as_deref())?;
        Ok((run, work))
    })
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
