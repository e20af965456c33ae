//! What comes back from a newsletter: unsubscribes, bounces, complaints. They end the basis, and the suppression list
//! remembers them, also those of whom nothing else is known.
//!
//! Two transactions: the suppressions first, which undo passes over, and then what changes about people, which it takes
//! back. Whoever takes it back has their addresses as they were, and still nobody who unsubscribed is written to: they said
//! so, whatever was done here by mistake. Only a new opt-in ends that.
use super::{
    Basis, ContactBasis, Purpose,
    suppressions::{self, Listed, SuppressedFor, suppress_since},
};
use crate::{
    contact_points::{ContactPoint, ContactSource, ContactStatus},
    error::{Result, invalid},
    id::Id,
    imports::{ImportRequest, Opened},
    normal::{self, ContactKind},
    numbers::count,
    people::{self, PersonPick},
    store::{Done, Memory, Store, Subject, Tx},
    time::Now,
    transfer::csv::{CameBack, returns_of},
    workspace,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// As many people, and rows that cannot be read, as are shown.
const SHOWN: usize = 50;

#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct ReturnsRequest {
    /// A grant of the host.
    pub file: String,
    /// Of the file that was looked at: another one is refused.
    pub hash: Option<String>,
    /// Also those who opted in anew after what the file tells; missing means that they stay.
    pub stop_opted_in: Option<bool>,
}

words! {
    /// What becomes of an address that came back.
    pub enum ReturnOutcome {
        Bounced = "bounced",
        Unsubscribed = "unsubscribed",
        Complained = "complained",
    }
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReturnsPreview {
    pub file_name: String,
    /// "Mailchimp", "listmonk", "Ghost", "Substack" or "A newsletter".
    pub program: String,
    /// To hand back when it is applied.
    pub hash: String,
    pub rows: u32,
    /// Of these: still written to, so nothing changes.
    pub subscribed: u32,
    /// Of these: opted in anew after what the file tells. They stay, unless it is said otherwise; of an address to which mail
    /// does not arrive it is of no account.
    pub opted_in_since: u32,
    /// The first of them.
    pub opted_in_anew: Vec<PersonPick>,
    pub outcomes: Vec<ReturnLine>,
    /// Rows without an address that can be read.
    pub unreadable: u32,
    /// The first of them: the row as a spreadsheet numbers it, and what stands there.
    pub unreadable_rows: Vec<(u32, String)>,
    /// The first of those it concerns.
    pub people: Vec<PersonPick>,
}

/// What would happen to the addresses of one outcome.
#[derive(Debug, Serialize, TS)]
pub struct ReturnLine {
    pub outcome: ReturnOutcome,
    pub addresses: u32,
    /// Of these: somebody here has them.
    pub known: u32,
    /// Of these: nobody here has them; they are remembered as a keyed hash.
    pub unknown: u32,
    /// Of these: it was known before, and nothing changes.
    pub already: u32,
    /// "412 unsubscribed: 398 known, 14 unknown and remembered only as keyed hashes".
    pub words: String,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReturnsDone {
    /// Addresses of people here that are no longer written to.
    pub ended: u32,
    /// Addresses that are new on the suppression list.
    pub suppressed: u32,
    /// Addresses that stay, because they opted in anew.
    pub stay: u32,
    /// The first of those who have them.
    pub stays: Vec<PersonPick>,
    /// What to take back; null when nothing about people changed. The suppressions stay.
    #[ts(type = "number | null")]
    pub operation: Option<i64>,
}

/// One address that came back, and who has it.
struct Back {
    address: String,
    outcome: CameBack,
    day: String,
    points: Vec<ContactPoint>,
    /// Nothing would change.
    already: bool,
}

struct Read {
    file_name: String,
    hash: String,
    program: &'static str,
    rows: u32,
    subscribed: u32,
    /// Addresses with an opt-in after what the file tells, by whoever has them.
    opted_in_since: Vec<Vec<ContactPoint>>,
    unreadable: Vec<(u32, String)>,
    back: Vec<Back>,
}

/// Says what would happen. Writes nothing.
///
/// # Errors
/// `invalid` for a file that says of nobody what became of them.
pub fn preview(tx: &Tx, input: ReturnsRequest) -> Result<ReturnsPreview> {
    let read = read(tx, &input)?;
    let outcomes = [
        (ReturnOutcome::Unsubscribed, CameBack::Unsubscribed, "unsubscribed"),
        (ReturnOutcome::Bounced, CameBack::Bounced, "bounced"),
        (ReturnOutcome::Complained, CameBack::Complained, "called it spam"),
    ];
    let mut lines = Vec::new();
    for (outcome, came, words) in outcomes {
        let theirs: Vec<&Back> = read.back.iter().filter(|back| back.outcome == came).collect();
        if theirs.is_empty() {
            continue;
        }
        let known = theirs.iter().filter(|back| !back.points.is_empty()).count() as u32;
        let already = theirs.iter().filter(|back| back.already).count() as u32;
        let addresses = theirs.len() as u32;
        lines.push(ReturnLine {
            outcome,
            addresses,
            known,
            unknown: addresses - known,
            already,
            words: line(addresses, words, known, already),
        });
    }
    let shown = first(tx, read.back.iter().filter(|back| !back.already).flat_map(|back| &back.points))?;
    let opted_in_anew = first(tx, read.opted_in_since.iter().flatten())?;
    Ok(ReturnsPreview {
        file_name: read.file_name,
        program: read.program.to_owned(),
        hash: read.hash,
        rows: read.rows,
        subscribed: read.subscribed,
        opted_in_since: read.opted_in_since.len() as u32,
        opted_in_anew,
        outcomes: lines,
        unreadable: read.unreadable.len() as u32,
        unreadable_rows: read.unreadable.into_iter().take(SHOWN).collect(),
        people: shown,
    })
}

/// The first people who have one of these.
fn first<'a>(tx: &Tx, points: impl Iterator<Item = &'a ContactPoint>) -> Result<Vec<PersonPick>> {
    let mut seen = BTreeSet::new();
    let mut shown = Vec::new();
    for point in points {
        let Ok(root) = people::root(tx, point.person_id) else { continue };
        if shown.len() < SHOWN && seen.insert(root) {
            shown.extend(people::pick(tx, root)?);
        }
    }
    Ok(shown)
}

fn line(addresses: u32, words: &str, known: u32, already: u32) -> String {
    let number = |n: u32| count(n.into());
    let mut line = format!("{} {words}: {} known", number(addresses), number(known));
    if addresses > known {
        line += &format!(", {} unknown and remembered only as keyed hashes", number(addresses - known));
    }
    if already > 0 {
        line += &format!("; of {} it was known before", number(already));
    }
    line
}

/// Ends mail to whoever left, and remembers them.
///
/// # Errors
/// As [`preview`]; then nothing is written.
pub fn apply(store: &Store, now: Now, input: ReturnsRequest) -> Result<Done<ReturnsDone>> {
    let stop = input.stop_opted_in == Some(true);
    let (read, stays) = store.read(now, |tx| {
        let read = read(tx, &input)?;
        let stays = if stop { vec![] } else { first(tx, read.opted_in_since.iter().flatten())? };
        Ok((read, stays))
    })?;
    let stay = if stop { 0 } else { read.opted_in_since.len() as u32 };
    let mut done = ReturnsDone { ended: 0, suppressed: 0, stay, stays, operation: None };
    let reply = crate::rpc::write(store, now, "returns.remember", Memory::Recorded, |tx| {
        for back in &read.back {
            let reason = match back.outcome {
                CameBack::Bounced => SuppressedFor::Bounced,
                CameBack::Complained => SuppressedFor::Complained,
                CameBack::Unsubscribed | CameBack::Subscribed => SuppressedFor::Unsubscribed,
            };
            done.suppressed +=
                u32::from(suppress_since(tx, ContactKind::Email, &back.address, reason, &back.day, DAYS_APART)?);
        }
        Ok(())
    })?;
    let mut changed: BTreeSet<&'static str> = reply.changed.into_iter().collect();
    let reply = crate::rpc::write(store, now, "returns.apply", Memory::Undoable, |tx| {
        let mut concerned = BTreeSet::new();
        for back in read.back.iter().filter(|back| !back.already) {
            for point in &back.points {
                if ends(tx, &read, back, point)? {
                    concerned.insert(people::root(tx, point.person_id).unwrap_or(point.person_id));
                }
            }
            done.ended += u32::from(!back.points.is_empty());
        }
        if let Some(first) = concerned.first() {
            tx.about(Subject::Person(*first), Some(concerned.len()), Some(&read.file_name))?;
        }
        done.operation = tx.begun();
        Ok(())
    })?;
    changed.extend(reply.changed);
    Ok(Done { value: done, changed })
}

/// Ends mail to one address of somebody. Returns whether anything changed.
fn ends(tx: &mut Tx, read: &Read, back: &Back, point: &ContactPoint) -> Result<bool> {
    let Ok(mut row) = tx.get::<ContactPoint>(point.id) else { return Ok(false) };
    let status = status(back.outcome);
    let mut changed = false;
    if row.status < status {
        row.status = status;
        changed |= tx.put(&row)?;
    }
    if back.outcome != CameBack::Bounced {
        let what = if back.outcome == CameBack::Complained { "Called it spam" } else { "Unsubscribed" };
        tx.insert(&ContactBasis {
            id: tx.new_id(),
            contact_point_id: row.id,
            purpose: Purpose::ListMail,
            basis: Basis::Objected,
            evidence: Some(format!("{what}: {}, {}", read.program, read.file_name)),
            touchpoint_id: None,
            recorded_on: back.day.clone(),
        })?;
        changed = true;
    }
    Ok(changed)
}

fn status(outcome: CameBack) -> ContactStatus {
    match outcome {
        CameBack::Subscribed => ContactStatus::Ok,
        CameBack::Bounced => ContactStatus::Bounced,
        CameBack::Unsubscribed | CameBack::Complained => ContactStatus::OptedOut,
    }
}

/// Reads a file, and who has what stands in it.
fn read(tx: &Tx, input: &ReturnsRequest) -> Result<Read> {
    let mut file = Opened::open(tx, &request(input))?;
    let Some(returns) = returns_of(&file.name, file.table.headers()) else {
        return invalid(
            "file",
            format!(
                "{} does not say what became of anybody. Choose the file of unsubscribed, cleaned or bounced addresses that your newsletter's program writes.",
                file.name
            ),
        );
    };
    let today = workspace::today(tx)?.to_string();
    let (mut rows, mut subscribed, mut unreadable) = (0, 0, Vec::new());
    let mut by_address: BTreeMap<String, Back> = BTreeMap::new();
    file.each_record(|record| {
        match returns.read(&record.cells) {
            Ok(None) => return Ok(()),
            Err(text) => unreadable.push((record.row as u32, text)),
            Ok(Some(one)) if one.outcome == CameBack::Subscribed => subscribed += 1,
            Ok(Some(one)) => {
                let day = one.day.filter(|day| *day <= today).unwrap_or_else(|| today.clone());
                let back = Back { address: one.address, outcome: one.outcome, day, points: vec![], already: false };
                // Of an address that stands there twice, the strictest word holds.
                match by_address.entry(normal::contact(ContactKind::Email, &back.address)) {
                    std::collections::btree_map::Entry::Vacant(free) => drop(free.insert(back)),
                    std::collections::btree_map::Entry::Occupied(mut known) => {
                        if (known.get().outcome, &known.get().day) < (back.outcome, &back.day) {
                            known.insert(back);
                        }
                    }
                }
            }
        }
        rows += 1;
        Ok(())
    })?;
    let listed = Listed::new(tx)?;
    let (mut back, mut opted_in_since) = (Vec::with_capacity(by_address.len()), Vec::new());
    for (norm, mut one) in by_address {
        let points: Vec<ContactPoint> =
            tx.find("WHERE value_norm = ?1 AND kind = 'email' AND deleted_at IS NULL ORDER BY rid", [&norm])?;
        // A mailbox that is dead is so whoever opted in: there is nobody to read it.
        if one.outcome != CameBack::Bounced && opted_in_after(tx, &points, &one.day)? {
            opted_in_since.push(points.clone());
            if input.stop_opted_in != Some(true) {
                continue;
            }
            // It is said today, over what they said since.
            one.day.clone_from(&today);
        }
        one.already = listed.has(ContactKind::Email, &one.address)
            && points.iter().all(|point| point.status >= status(one.outcome));
        one.points = points;
        back.push(one);
    }
    Ok(Read {
        file_name: file.name,
        hash: file.hash,
        program: returns.program,
        rows,
        subscribed,
        opted_in_since,
        unreadable,
        back,
    })
}

/// A program writes its times in a zone of its own, and a sign-up has a day here and no time: what is dated a day later may
/// have come before. From the second day on it came after, wherever either was.
const DAYS_APART: i64 = 2;

/// Whether somebody who has this address signed up for the list after that day, wherever it was that day.
fn opted_in_after(tx: &Tx, points: &[ContactPoint], day: &str) -> Result<bool> {
    let from = suppressions::later(day, DAYS_APART)?;
    for point in points.iter().filter(|point| point.status != ContactStatus::OptedOut) {
        let after: Option<Id> = tx.scalar(
            "SELECT id FROM contact_bases WHERE contact_point_id = ?1 AND purpose = 'list_mail' AND basis = 'opted_in' AND recorded_on >= ?2 AND deleted_at IS NULL LIMIT 1",
            (point.id, &from),
        )?;
        if after.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn request(input: &ReturnsRequest) -> ImportRequest {
    ImportRequest {
        file: input.file.clone(),
        mapping: None,
        hash: input.hash.clone(),
        sheet: None,
        matching: false,
        source: ContactSource::ListSignup,
        decisions: BTreeMap::new(),
        overwrite: vec![],
        days: BTreeMap::new(),
        newsletter: None,
        separator: None,
    }
}

#[derive(Debug, Deserialize, TS)]
pub struct SuppressFile {
    /// A grant of the host: a table with a column of addresses, or one address in each line.
    pub file: String,
}

/// Puts every address of a file on the suppression list, whatever else stands there. Undo does not take them off.
///
/// # Errors
/// `invalid` for a file without an address, and for one that says of each address what became of it.
pub fn suppress_file(tx: &mut Tx, input: SuppressFile) -> Result<suppressions::Suppressed> {
    let Addresses { found, unreadable } = addresses(tx, input)?;
    let asked =
        suppressions::Suppress { kind: ContactKind::Email, values: found.into_values().collect(), reason: None };
    let done = suppressions::add(tx, asked)?;
    Ok(suppressions::Suppressed {
        unreadable: unreadable.len() as u32,
        unreadable_rows: unreadable.into_iter().take(SHOWN).collect(),
        ..done
    })
}

/// What [`suppress_file`] would do: the addresses that would be new on the list, and those that stand on it.
///
/// # Errors
/// As [`suppress_file`].
pub(super) fn look_at_file(tx: &Tx, input: SuppressFile) -> Result<suppressions::Suppressed> {
    let Addresses { found, unreadable } = addresses(tx, input)?;
    let listed = Listed::new(tx)?;
    let already = found.keys().filter(|address| listed.has(ContactKind::Email, address)).count();
    Ok(suppressions::Suppressed {
        added: (found.len() - already) as u32,
        already: already as u32,
        unreadable: unreadable.len() as u32,
        unreadable_rows: unreadable.into_iter().take(SHOWN).collect(),
    })
}

/// Every address of a file, and the rows in which something stands and no address.
struct Addresses {
    /// As it is compared, and as it is written first.
    found: BTreeMap<String, String>,
    unreadable: Vec<(u32, String)>,
}

fn addresses(tx: &Tx, input: SuppressFile) -> Result<Addresses> {
    let request = request(&ReturnsRequest { file: input.file, hash: None, stop_opted_in: None });
    let mut file = Opened::open(tx, &request)?;
    if let Some(returns) = returns_of(&file.name, file.table.headers()) {
        // Most of whom it names may still be written to.
        return invalid(
            "file",
            format!(
                "{} is a file of {}, which says of each address what became of it. Take it in as what came back.",
                file.name, returns.program
            ),
        );
    }
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut unreadable: Vec<(u32, String)> = Vec::new();
    let mut see = |cell: &str| {
        let cell = cell.trim();
        let is_one = normal::looks_like_email(cell);
        if is_one {
            found.entry(normal::contact(ContactKind::Email, cell)).or_insert_with(|| cell.to_owned());
        }
        is_one
    };
    // Without a header, the first line is an address as well.
    for header in file.table.headers() {
        see(header);
    }
    file.each_record(|record| {
        let seen = record.cells.iter().filter(|cell| see(cell)).count();
        let first = record.cells.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty());
        if let (0, Some(text)) = (seen, first) {
            unreadable.push((record.row as u32, text.to_owned()));
        }
        Ok(())
    })?;
    if found.is_empty() {
        return invalid(
            "file",
            format!(
                "There is no e-mail address in {}. Choose a file with a column of addresses, or with one in each line.",
                file.name
            ),
        );
    }
    Ok(Addresses { found, unreadable })
}
