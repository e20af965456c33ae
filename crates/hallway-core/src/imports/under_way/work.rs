//! The steps of an import: the backup, a batch, a piece of taking back.
use super::{Bringing, Brought, ImportRun, Opened, Phase, Request, TableRows, UnderWay, held};
use crate::{
    backups,
    error::{Error, Result, invalid},
    history,
    imports::ImportRequest,
    journey, json,
    people::state::{self, Placing},
    store::{Access, Alone, Done, Piece, Removal, Settled, Store, Tx},
    time::Now,
    touchpoints, trust,
};
use std::{collections::BTreeSet, path::PathBuf, sync::atomic::Ordering};

/// The writer's time that a batch aims at, and what it may never take knowingly, in milliseconds.
const AIM: i64 = 35;
const AT_MOST: i64 = 50;
/// Rows of the first and the smallest batch, and of the largest. Below the smallest a slow disk is what takes the time,
/// and fewer rows would only make more of it.
const FIRST: u32 = 100;
const LARGEST: u32 = 4_000;

pub(super) struct Work {
    pub request: Request,
    /// Missing when it is only to be taken back.
    bringing: Option<Box<dyn Bringing>>,
    pub path: Option<PathBuf>,
    pub hash: String,
    pub phase: Phase,
    /// Its line stands in the file.
    pub written: bool,
    pub operation: Option<i64>,
    /// Where in its file it goes on, as its line says.
    pub place: Option<String>,
    taking_back: Piece,
    /// Everything is taken back, and whom it concerned are placed anew.
    taken_back: Option<Placing>,
    /// Nobody sees anything of it any more: its rows are taken out, and the room they took is given back.
    gives_back: bool,
    /// How far its rows are out; nothing once they are.
    removal: Option<Removal>,
    /// Rows of the next batch.
    at_once: u32,
    /// When the last step began.
    last: Option<Now>,
    /// The last step came to nothing.
    pub failed: bool,
    _alone: Alone,
}

impl Work {
    pub fn new(
        request: Request,
        bringing: Option<Box<dyn Bringing>>,
        path: Option<PathBuf>,
        hash: String,
        alone: Alone,
    ) -> Work {
        Work {
            request,
            bringing,
            path,
            hash,
            phase: Phase::Rows,
            written: false,
            operation: None,
            place: None,
            taking_back: Piece::default(),
            taken_back: None,
            gives_back: false,
            removal: Some(Removal::default()),
            at_once: FIRST,
            last: None,
            failed: false,
            _alone: alone,
        }
    }

    /// What was asked of a table, so that it can be asked something about: its file as it is known to this process.
    pub fn asked(&self, store: &Store) -> Option<ImportRequest> {
        let Request::Table(request) = &self.request else { return None };
        if store.granted_text(&request.file).is_some() {
            return Some(request.clone());
        }
        let file = store.grant(self.path.clone()?, Access::Read);
        Some(ImportRequest { file, ..request.clone() })
    }

    /// Reads the same file from where the last batch ended, wherever it lies by now. Says how much of it that is.
    pub fn reads(&mut self, tx: &Tx, path: Option<PathBuf>, run: &ImportRun, place: Option<&str>) -> Result<f64> {
        let opened = match (&self.request, path.as_deref()) {
            (Request::Table(request), Some(path)) => Opened::at(tx, path, request)
                .and_then(|file| TableRows::new(tx, file, request.clone(), run.rows))
                .map(|rows| Box::new(rows) as Box<dyn Bringing>)
                .ok(),
            (Request::Everything(request), Some(path)) => json::again(tx, path, request, run.rows, place).ok(),
            (_, None) => None,
        };
        let Some(bringing) = opened else {
            let message = match &self.path {
                Some(_) => format!(
                    "{} is no longer where it was, or has changed since. Put it back as it was, or take back what came in so far.",
                    run.file_name
                ),
                None => "The rows were pasted, and are no longer known. Take back what came in so far, and paste them again.".to_owned(),
            };
            return invalid("file", message);
        };
        let share = bringing.share();
        self.bringing = Some(bringing);
        self.path = path;
        self.place = place.map(str::to_owned);
        Ok(share)
    }

    pub fn step(&mut self, store: &Store, now: Now, here: &UnderWay) -> Result<BTreeSet<&'static str>> {
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
        let mut run = held(&here.shown).clone();
        let written = more.and_then(|more| {
            store.write_on(self.operation, bringing.command(), now, |tx| {
                self.continues(tx, &run)?;
                let mut place = None;
                if more {
                    run.rows += bringing.write(tx, &mut run.done)?;
                    (run.share, run.phase) = (bringing.share(), bringing.phase());
                    if self.operation.is_none() {
                        bringing.about(tx, &run)?;
                    }
                    place = bringing.place()?;
                    self.put(tx, &run, Phase::Rows, tx.begun(), place.as_deref())?;
                } else {
                    self.finish(tx, bringing.as_ref(), &mut run)?;
                }
                Ok((tx.begun(), place))
            })
        });
        if written.is_ok() {
            bringing.kept();
        }
        self.bringing = Some(bringing);
        let Done { value: (operation, place), changed } = written?;
        (self.operation, self.place, self.written) = (operation, place, true);
        let mut shown = held(&here.shown);
        // Whoever cancelled meanwhile goes on seeing that it is being taken back.
        if run.phase != Phase::Done && here.stop.load(Ordering::SeqCst) {
            run.phase = Phase::TakingBack;
        }
        *shown = run;
        Ok(changed)
    }

    /// The last transaction: what came is written down, and the operation is one that undo takes back.
    fn finish(&self, tx: &mut Tx, bringing: &dyn Bringing, run: &mut ImportRun) -> Result<()> {
        if let Some(operation) = self.operation {
            bringing.finish(tx, run)?;
            tx.done_with(operation)?;
            match &mut run.done {
                Brought::Table(done) => done.operation = Some(operation),
                Brought::Everything(done) => done.operation = Some(operation),
            }
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
                    Some(_) => self.put(tx, &run, Phase::TakingBack, operation, self.place.as_deref()),
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
        if self.gives_back
            && let Some(mut removal) = self.removal.take()
        {
            let Done { value: more, changed } = store.write_on(None, "imports.run", now, |tx| {
                tx.remove_what_was_taken_back(operation, &mut removal, self.at_once)
            })?;
            self.removal = Some(removal).filter(|_| more);
            return Ok(changed);
        }
        if self.gives_back {
            // Where that fails nothing is lost by it: what is written next takes the room.
            let more = store.gives_back_some(self.at_once).unwrap_or(false);
            self.phase = if more { Phase::TakingBack } else { Phase::TakenBack };
            held(&here.shown).phase = self.phase;
            return Ok(BTreeSet::new());
        }
        let (mut at, mut placing) = (self.taking_back, self.taken_back.clone());
        let mut settled = Settled { operation, ..Settled::default() };
        let Done { value: (more, notes), changed } = store.write_on(None, "imports.run", now, |tx| {
            let mut notes = Vec::new();
            match &mut placing {
                Some(placing) => drop(placing.place(tx, self.at_once)?),
                None => {
                    let more = tx.take_back_piece(operation, &mut at, self.at_once, &mut settled)?;
                    notes = history::notes(tx, &settled)?;
                    if !more {
                        for person in journey::moved_by(tx, operation)? {
                            tx.concern(person);
                        }
                        journey::void(tx, operation)?;
                        notes.extend(touchpoints::keep_somebody(tx, operation)?);
                        notes.extend(trust::Brought::once_by(tx, operation)?.keep_noes(tx)?);
                        placing = Some(Placing::taking_back(tx, operation)?);
                    }
                    state::refresh_taking_back(tx, operation)?;
                }
            }
            let more = match &placing {
                Some(placing) => placing.is_anybody_left(tx)?,
                None => true,
            };
            if !more {
                tx.sql().execute("DELETE FROM import_runs WHERE id = ?1", [here.id])?;
            }
            Ok((more, notes))
        })?;
        (self.taking_back, self.taken_back) = (at, placing);
        let mut shown = held(&here.shown);
        shown.notes.extend(notes);
        if !more {
            (self.gives_back, self.at_once, self.last) = (true, FIRST, None);
        }
        Ok(changed)
    }
}
