//! The rows of a table, brought in some at a time.
use super::{
    Import, ImportRequest, ImportRun, NotedRow,
    apply::Writing,
    earlier::Again,
    known::signed_up_on,
    noted,
    opened::{Measured, Opened, named},
    plan::{Apart, Planner},
    planned::Outcome,
    under_way::{Bringing, Brought},
};
use crate::{
    error::{Error, Result, invalid},
    numbers::plural,
    store::{Subject, Tx},
    transfer::csv::{
        ColumnDays, ColumnMapping, Columns, ImportTarget, ImportedPerson, Record, Refusal, Rows, person_from,
    },
    trust::{basis, bulk::NO_DAY},
    workspace,
};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// As many notes on rows as are kept of an import.
const NOTED: usize = 50;
/// As much text as one batch takes in, in bytes, whatever the number of its rows.
const TEXT_AT_ONCE: usize = 256 * 1024;

/// A row as it stands in the file, and what it means.
type Read = (Record, std::result::Result<Option<ImportedPerson>, Refusal>);

pub(super) struct TableRows {
    request: ImportRequest,
    file_name: String,
    hash: String,
    layout: String,
    again: Option<Arc<Again>>,
    apart: Arc<Apart>,
    columns: Columns,
    rows: Rows<Measured>,
    size: u64,
    at: Arc<AtomicU64>,
    /// Read, and not yet written.
    ahead: Vec<Read>,
}

impl TableRows {
    /// The rows of a file after the first `from`.
    ///
    /// # Errors
    /// `invalid` for `days` while a column holds days that could be either of two.
    pub fn new(tx: &Tx, mut file: Opened, request: ImportRequest, from: u32) -> Result<TableRows> {
        let (columns, days) = file.columns(tx)?;
        asked(&file, &days)?;
        where_they_signed_up(tx, &mut file, &columns, &request)?;
        let (name, size, at) = (file.name.clone(), file.size, Arc::clone(&file.at));
        let (again, apart) = (Again::of(tx, &file.hash)?, Apart::of(tx)?);
        let (hash, layout) = (file.hash.clone(), file.layout.to_owned());
        let mut rows = file.table.into_rows().map_err(|e| named(&name, &e.to_string()))?;
        for _ in 0..from {
            rows.next().transpose().map_err(|e| named(&name, &e.to_string()))?;
        }
        Ok(TableRows { request, file_name: name, hash, layout, again, apart, columns, rows, size, at, ahead: vec![] })
    }
}

/// Nothing is guessed about a day that could be either of two.
pub(super) fn asked(file: &Opened, days: &[Option<ColumnDays>]) -> Result<()> {
    for (header, days) in file.table.headers().iter().zip(days) {
        if let Some(ColumnDays { order: None, example, .. }) = days {
            return invalid(
                "days",
                format!(
                    "“{example}” in the column “{header}” could be either of two days. Say whether the day or the month comes first."
                ),
            );
        }
    }
    Ok(())
}

/// Nobody is taken to have signed up without what shows it, and since when.
fn where_they_signed_up(tx: &Tx, file: &mut Opened, columns: &Columns, request: &ImportRequest) -> Result<()> {
    let (mut shown, mut dated) = (false, false);
    if let Some(said) = &request.newsletter {
        // A day to come is refused before anything is written.
        basis::day(tx, said.on.clone())?;
        let says = |text: &str| !text.trim().is_empty();
        (shown, dated) = (says(&said.evidence), said.on.as_deref().is_some_and(says));
    }
    if (shown && dated) || !file.mapping.contains(&ColumnMapping::Target(ImportTarget::Newsletter)) {
        return Ok(());
    }
    let today = workspace::today(tx)?;
    let (mut yes, mut undated) = (0, 0);
    file.each_record(|record| {
        if let Some(person) = person_from(columns, record).ok().flatten().filter(|one| one.newsletter == Some(true)) {
            yes += 1;
            undated += u64::from(signed_up_on(&person, today).is_none());
        }
        Ok(())
    })?;
    if yes > 0 && !shown {
        return signed_up_nowhere(yes);
    }
    if undated > 0 && !dated { signed_up_some_day(undated) } else { Ok(()) }
}

/// What is said of so many rows that say yes to the newsletter, when nobody knows since when.
pub(super) fn signed_up_some_day<T>(undated: u64) -> Result<T> {
    let rows = plural(undated, "row says", "rows say");
    invalid("newsletter", format!("{rows} yes to the newsletter and no day. {NO_DAY}"))
}

/// What is said of so many rows that say yes to the newsletter, when nothing shows that they signed up.
pub(super) fn signed_up_nowhere<T>(yes: u64) -> Result<T> {
    let rows = plural(yes, "row says", "rows say");
    invalid(
        "newsletter",
        format!(
            "{rows} yes to the newsletter. Say where they signed up, such as “the form on our page”, or leave the column out."
        ),
    )
}

impl Bringing for TableRows {
    fn command(&self) -> &'static str {
        "imports.run"
    }

    fn read(&mut self, rows: u32) -> Result<bool> {
        let mut text = 0;
        while self.ahead.len() < rows as usize && text < TEXT_AT_ONCE {
            let Some(record) = self.rows.next().transpose().map_err(|e| named(&self.file_name, &e.to_string()))? else {
                break;
            };
            text += record.cells.iter().map(String::len).sum::<usize>();
            let person = person_from(&self.columns, &record);
            self.ahead.push((record, person));
        }
        Ok(!self.ahead.is_empty())
    }

    fn write(&mut self, tx: &mut Tx, done: &mut Brought) -> Result<u32> {
        let Brought::Table(done) = done else { return Err(Error::NotFound("import")) };
        let mut planner = Planner::running(tx, &self.request, self.again.clone(), Arc::clone(&self.apart))?;
        let mut writing = Writing::new(tx, &self.request, self.file_name.clone())?;
        for (record, person) in &self.ahead {
            let Some(planned) = planner.plan(tx, person.clone(), record)? else { continue };
            done.rows += 1;
            *match planned.outcome {
                Outcome::New => &mut done.added,
                Outcome::Update => &mut done.updated,
                Outcome::Differs => &mut done.differs,
                Outcome::Unchanged => &mut done.unchanged,
                Outcome::Skipped => &mut done.skipped,
                Outcome::Refused => &mut done.refused,
                Outcome::Look => &mut done.waiting,
            } += 1;
            let suppressed =
                matches!(planned.outcome, Outcome::New | Outcome::Update) && planned.is_on(&planner.listed);
            done.suppressed += u32::from(suppressed);
            // Of a row that does not come in, nothing does but a no.
            let heard = match planned.outcome {
                Outcome::Look | Outcome::Skipped | Outcome::Refused => planned.says_no_apart(),
                _ => planned.imported.newsletter.is_some() || planned.imported.unclear.is_some(),
            };
            let held_back = !planned.held_back.is_empty();
            done.held_back += u32::from(held_back);
            // What stands where a day should leaves room for what is to be known of addresses.
            let dayless = noted::is_dayless(&planned) && done.noted.len() < NOTED / 2;
            if dayless || ((suppressed || heard || held_back) && done.noted.len() < NOTED) {
                let of_row = |note| NotedRow { row: planned.row, name: planned.name.clone(), note };
                done.noted.extend(noted::notes(tx, &planned, &planner.listed)?.into_iter().map(of_row));
            }
            writing.apply(tx, &planned, &planner.listed, self.request.overwrite.contains(&planned.row))?;
        }
        done.subscribed += writing.subscribed;
        done.unsubscribed += writing.unsubscribed;
        writing.settle(tx)?;
        Ok(self.ahead.len() as u32)
    }

    fn kept(&mut self) {
        self.ahead.clear();
    }

    fn share(&self) -> f64 {
        let read = self.at.load(Ordering::Relaxed).saturating_sub(self.rows.ahead() as u64);
        if self.size == 0 { 1.0 } else { read as f64 / self.size as f64 }
    }

    fn about(&self, tx: &mut Tx, run: &ImportRun) -> Result<()> {
        tx.about(Subject::Row("imports", run.id), None, Some(&self.file_name))
    }

    fn finish(&self, tx: &mut Tx, run: &ImportRun) -> Result<()> {
        let Brought::Table(done) = &run.done else { return Err(Error::NotFound("import")) };
        tx.insert(&Import {
            id: run.id,
            file_name: self.file_name.clone(),
            file_hash: self.hash.clone(),
            layout: self.layout.clone(),
            rows: done.rows,
            added: done.added,
            updated: done.updated,
            unchanged: done.unchanged + done.differs,
            skipped: done.skipped + done.waiting,
            refused: done.refused,
        })?;
        tx.about(Subject::Row("imports", run.id), Some(done.added as usize), Some(&self.file_name))
    }
}
