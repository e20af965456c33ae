//! What an import would do with every row, before anything is written.
use super::{
    Differing, ImportRequest, earlier,
    earlier::Repeated,
    known::signed_up_on,
    layouts, noted, opened,
    opened::Opened,
    plan,
    plan::Planner,
    planned::{Outcome, Planned},
    rows,
};
use crate::{
    error::{Error, Result},
    people::PersonPick,
    store::Tx,
    transfer::csv::{ColumnDays, Columns, ImportColumn, Survey, person_from, recognise_returns},
    trust::{basis, suppressions::Listed},
    workspace,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// As many rows of each outcome as a preview shows.
const SHOWN: u32 = 200;
/// A file of more bytes is looked at twice rather than kept in mind.
pub(super) const LARGE: u64 = 8 * 1024 * 1024;

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    pub file_name: String,
    /// "LinkedIn Connections", "Google Contacts", "Outlook Contacts", "CSV", "Workbook" or "Address cards".
    pub layout: String,
    /// What files with these headers are remembered by.
    pub layout_key: String,
    /// Where the columns go was said when a file like this was imported before.
    pub remembered: bool,
    /// How its bytes stand for text, or where in it the rows stand: "UTF-8", "sheet “People”".
    pub encoding: String,
    /// What stands between cells; empty where nothing does.
    pub separator: String,
    /// The sheets of a workbook, and which of them this is.
    pub sheets: Vec<String>,
    pub sheet: Option<String>,
    pub preamble_rows: u32,
    /// What became of cards that are nobody's, and of what cards hold that is never imported. Sentences.
    #[ts(optional, as = "Option<Vec<String>>")]
    pub remarks: Vec<String>,
    pub columns: Vec<ImportColumn>,
    /// Headers nobody mapped that hold something.
    pub unmapped: Vec<String>,
    pub rows: u32,
    /// Rows with more cells than the header: what stands beyond it is not imported.
    pub longer_rows: u32,
    pub blank_rows: u32,
    pub new_people: u32,
    pub updates: u32,
    /// Here already, and the file only says something else, which is kept out unless chosen.
    pub differs: u32,
    pub unchanged: u32,
    pub look: u32,
    pub skipped: u32,
    pub refused: u32,
    /// At most 200 of each outcome, and every row that something was said about, in file order.
    pub examples: Vec<PreviewRow>,
    /// SHA-256 of the file's bytes, to hand back when it is imported.
    pub hash: String,
    /// The day this very file was imported, if it was.
    pub already_imported: Option<String>,
    /// Then: rows without an address that would be added a second time, and of these the ones that wait, because somebody of
    /// that name and organisation came from the file before.
    #[ts(optional, as = "Option<u32>")]
    pub added_again: u32,
    #[ts(optional, as = "Option<u32>")]
    pub waits_again: u32,
    /// What an import would stop at before it writes anything.
    #[ts(optional, as = "Option<Vec<Stop>>")]
    pub stops: Vec<Stop>,
    /// Rows with an address on the suppression list: it comes in, and is never written to.
    #[ts(optional, as = "Option<u32>")]
    pub suppressed: u32,
    /// Rows of which a text is not added: an erasure took words out of what stands here in its place.
    #[ts(optional, as = "Option<u32>")]
    pub held_back: u32,
    /// Rows that say that somebody wants the newsletter, and rows that say a no that is not known yet, whatever becomes of
    /// the row.
    #[ts(optional, as = "Option<u32>")]
    pub subscribed: u32,
    #[ts(optional, as = "Option<u32>")]
    pub unsubscribed: u32,
    /// Of those who want it: rows that say no day on which they signed up.
    #[ts(optional, as = "Option<u32>")]
    pub undated: u32,
    /// The program whose file of unsubscribed or bounced addresses this is; it belongs to `returns.preview`.
    #[ts(optional, as = "Option<Option<String>>")]
    pub returns_of: Option<String>,
}

/// What has to be said before a file can be imported.
#[derive(Debug, Serialize, TS)]
pub struct Stop {
    /// `days` or `newsletter`, as in the request; `on` for the day of the newsletter.
    pub field: String,
    /// A sentence.
    pub message: String,
}

#[derive(Debug, Serialize, TS)]
pub struct PreviewRow {
    /// As a spreadsheet numbers it.
    pub row: u32,
    pub outcome: Outcome,
    pub name: String,
    /// What tells them from others of the name, as the row has it: where they work, and the first way to reach them.
    pub detail: String,
    /// What is wrong and what to do, for a row that is refused or waits; of one that is left out though nobody said so, why.
    pub reason: Option<String>,
    pub column: Option<String>,
    pub candidate: Option<PersonPick>,
    /// Fields of the candidate that the row would fill.
    pub fills: Vec<String>,
    pub differs: Vec<Differing>,
    /// What is to be known of it although it comes in: that an address of it is never written to, and why. Sentences.
    #[ts(optional, as = "Option<Vec<String>>")]
    pub notes: Vec<String>,
}

/// Says what would happen to every row. Writes nothing.
pub fn preview(tx: &Tx, input: ImportRequest) -> Result<ImportPreview> {
    let mut file = Opened::open(tx, &input)?;
    let (columns, days) = file.columns(tx)?;
    let repeated = repeated_in(&input, &mut file, &columns)?;
    let orders = days.iter().map(|days| days.as_ref().and_then(|days| days.order)).collect();
    let mut survey = Survey::new(file.table.headers(), &file.mapping).until(opened::latest(tx)?, orders);
    let mut planner =
        Planner::previewing(tx, &input, earlier::Again::of(tx, &file.hash)?, plan::Apart::of(tx)?, repeated)?;
    let mut counts: BTreeMap<Outcome, u32> = BTreeMap::new();
    let mut examples = Vec::new();
    let today = workspace::today(tx)?;
    let (mut added_again, mut waits_again) = (0, 0);
    let (mut suppressed, mut subscribed, mut unsubscribed, mut undated) = (0, 0, 0, 0);
    let (mut unread, mut unclear, mut held_back) = (0, 0, 0);
    file.each_record(|record| {
        survey.see(record);
        let Some(planned) = planner.plan(tx, person_from(&columns, record), record)? else { return Ok(()) };
        let count = counts.entry(planned.outcome).or_default();
        *count += 1;
        let comes_in = !matches!(planned.outcome, Outcome::Skipped | Outcome::Refused);
        let flagged = comes_in && planned.is_on(&planner.listed);
        added_again += u32::from(planned.again && matches!(planned.outcome, Outcome::New | Outcome::Look));
        waits_again += u32::from(planned.again && planned.outcome == Outcome::Look);
        suppressed += u32::from(flagged);
        if comes_in {
            let wants = planned.imported.newsletter == Some(true);
            subscribed += u32::from(wants);
            undated += u32::from(wants && signed_up_on(&planned.imported, today).is_none());
            unclear += u32::from(planned.imported.unclear.is_some());
        }
        unsubscribed += u32::from(planned.newsletter == Some(false));
        let answered = input.decisions.contains_key(&planned.row) || input.overwrite.contains(&planned.row);
        let dayless = noted::is_dayless(&planned);
        unread += u32::from(dayless);
        let held = !planned.held_back.is_empty();
        held_back += u32::from(held);
        // What is on the suppression list is shown, however far down it stands, what stands where a day or a yes should, and
        // what is held back.
        let odd = (dayless && unread <= SHOWN)
            || (held && held_back <= SHOWN)
            || (planned.imported.unclear.is_some() && unclear <= SHOWN);
        if *count <= SHOWN || answered || odd || (flagged && suppressed <= SHOWN) {
            examples.push(shown(tx, &planned, &planner.listed)?);
        }
        Ok(())
    })?;
    let stops = stops(tx, &file, &days, &input, subscribed, undated);
    for (column, days) in survey.columns.iter_mut().zip(days) {
        column.days = days;
    }
    let count = |outcome| counts.get(&outcome).copied().unwrap_or(0);
    let table = &file.table;
    let returns_of = recognise_returns(&file.name, table.headers()).filter(|returns| !returns.tells_nothing());
    let returns_of = returns_of.map(|returns| returns.program.to_owned());
    Ok(ImportPreview {
        already_imported: already_imported(tx, &file.hash)?,
        added_again,
        waits_again,
        stops,
        hash: file.hash,
        file_name: file.name,
        layout: file.layout.to_owned(),
        layout_key: layouts::key(table.headers()),
        remembered: file.remembered,
        encoding: file.encoding,
        separator: file.separator,
        sheets: file.sheets,
        sheet: file.sheet,
        remarks: file.remarks,
        preamble_rows: table.preamble_rows() as u32,
        unmapped: survey.unmapped(),
        rows: survey.rows as u32,
        longer_rows: survey.longer as u32,
        blank_rows: survey.blank as u32,
        columns: survey.columns,
        new_people: count(Outcome::New),
        updates: count(Outcome::Update),
        differs: count(Outcome::Differs),
        unchanged: count(Outcome::Unchanged),
        look: count(Outcome::Look),
        skipped: count(Outcome::Skipped),
        refused: count(Outcome::Refused),
        examples,
        suppressed,
        held_back,
        subscribed,
        unsubscribed,
        undated,
        returns_of,
    })
}

/// What an import of the file would stop at.
fn stops(
    tx: &Tx,
    file: &Opened,
    days: &[Option<ColumnDays>],
    input: &ImportRequest,
    subscribed: u32,
    undated: u32,
) -> Vec<Stop> {
    let says = |text: &str| !text.trim().is_empty();
    let said = input.newsletter.as_ref();
    let shown = said.is_some_and(|said| says(&said.evidence));
    let dated = said.and_then(|said| said.on.as_deref()).is_some_and(says);
    let signed_up = match (subscribed, undated) {
        (1.., _) if !shown => rows::signed_up_nowhere(subscribed.into()),
        (_, 1..) if !dated => rows::signed_up_some_day(undated.into()),
        _ => Ok(()),
    };
    let stopped = |found: Result<()>| match found {
        Err(Error::Invalid { field, message }) => Some(Stop { field, message }),
        _ => None,
    };
    // A day that is still to come is none on which anybody signed up.
    let come = said.map_or(Ok(()), |said| basis::day(tx, said.on.clone()).map(drop));
    [rows::asked(file, days), signed_up, come].into_iter().filter_map(stopped).collect()
}

/// What may occur more than once in a large file; nothing for one that is small enough to be kept in mind.
pub(super) fn repeated_in(input: &ImportRequest, file: &mut Opened, columns: &Columns) -> Result<Option<Repeated>> {
    if !input.matching || file.size <= LARGE {
        return Ok(None);
    }
    let mut repeated = Repeated::default();
    file.each_record(|record| {
        if let Ok(Some(person)) = person_from(columns, record) {
            repeated.see(&person);
        }
        Ok(())
    })?;
    Ok(Some(repeated))
}

fn already_imported(tx: &Tx, hash: &str) -> Result<Option<String>> {
    let at: Option<i64> = tx.scalar(
        "SELECT created_at FROM imports WHERE file_hash = ?1 AND deleted_at IS NULL ORDER BY rid DESC LIMIT 1",
        [hash],
    )?;
    at.map(|at| Ok(crate::Now(at).day_in(workspace::zone(tx)?).to_string())).transpose()
}

fn shown(tx: &Tx, planned: &Planned, listed: &Listed) -> Result<PreviewRow> {
    Ok(PreviewRow {
        row: planned.row,
        outcome: planned.outcome,
        name: planned.name.clone(),
        detail: {
            let row = &planned.imported;
            let first = row.contacts.first().map(|(_, value)| value.as_str());
            [row.organisation.as_deref(), first].into_iter().flatten().map(str::trim).collect::<Vec<_>>().join(" · ")
        },
        reason: planned.reason.clone(),
        column: planned.column.clone(),
        candidate: match planned.person {
            Some(id) => crate::people::pick(tx, id)?,
            None => None,
        },
        fills: planned.fills.iter().map(|f| (*f).to_owned()).collect::<BTreeSet<_>>().into_iter().collect(),
        differs: planned.differs.clone(),
        notes: noted::notes(tx, planned, listed)?,
    })
}
