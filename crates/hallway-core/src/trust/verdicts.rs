//! Whom of these people one may write to, and at which address: what the file says, put before the rules of [`decide`].
use super::{
    Basis, LeftOut, Purpose,
    decide::{Facts, PEACE_DAYS, decide, holds, source_of_both, stricter},
    no_reply::is_nobodys,
    refusals::{NOT_TO_BE_CONTACTED, addresses_of},
    suppressions,
};
use crate::{
    contact_points::{ContactSource, ContactStatus},
    days::days_after,
    error::Result,
    id::Id,
    normal::ContactKind,
    store::{Tx, in_the_trash},
    workspace,
};
use rusqlite::Row;
use serde::Serialize;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use ts_rs::TS;

/// Whether somebody may be written to.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    pub person: Id,
    /// The contact point to use; of somebody who is left out, the one that comes closest.
    pub point: Option<Id>,
    /// What stands there; only of somebody who may be written to.
    pub value: Option<String>,
    pub left_out: Option<LeftOut>,
}

/// One row that says a way to reach somebody.
struct Point {
    id: Id,
    root: Id,
    /// The row of the person that stands for them says it.
    own: bool,
    value: String,
    norm: String,
    status: ContactStatus,
    source: ContactSource,
    primary: bool,
    obtained_on: String,
}

/// What the words on one contact point come to.
#[derive(Default, Clone)]
struct Word {
    /// The one that was said last, objections apart.
    basis: Option<Basis>,
    opted_in_on: Option<String>,
    objected_on: Option<String>,
}

/// More people than this are answered from whole tables.
const FEW: usize = 2_000;

/// Whom of these people one may write to on a kind of channel for a purpose; each once, by the row that stands for them, in
/// the order they are named first. Those in the trash are not answered.
///
/// Of several addresses that may be used, it is the one they chose, else the newest.
///
/// # Errors
/// Whatever the file says.
pub fn verdicts(tx: &Tx, people: &[Id], channel: ContactKind, purpose: Purpose) -> Result<Vec<Verdict>> {
    let judged = judge(tx, people, channel, purpose)?;
    Ok(judged
        .iter()
        .map(|judged| match judged.best() {
            Some(address) => Verdict {
                person: judged.person,
                point: Some(address.point),
                value: address.left_out.is_none().then(|| address.value.clone()),
                left_out: address.left_out,
            },
            None => {
                Verdict { person: judged.person, point: None, value: None, left_out: Some(judged.without_address()) }
            }
        })
        .collect())
}

/// Everybody whom one may write to by e-mail for a purpose. Kept until the next change to the file.
///
/// # Errors
/// Whatever the file says.
pub fn who_may(tx: &Tx, purpose: Purpose) -> Result<Arc<HashSet<Id>>> {
    let today = workspace::today(tx)?;
    tx.cached(&format!("trust.may {today} {}", purpose.key()), || {
        // Only of whom something was said may anybody be written to.
        let people: Vec<Id> = tx.column(
            "SELECT DISTINCT p.root FROM contact_bases b JOIN contact_points c ON c.id = b.contact_point_id JOIN people p ON p.id = c.person_id
             WHERE b.purpose = ?1 AND b.deleted_at IS NULL AND c.kind = 'email' AND c.deleted_at IS NULL AND p.deleted_at IS NULL",
            [purpose],
        )?;
        let verdicts = verdicts(tx, &people, ContactKind::Email, purpose)?;
        Ok(verdicts.into_iter().filter(|verdict| verdict.left_out.is_none()).map(|verdict| verdict.person).collect())
    })
}

/// The same of every address of theirs, with what it was decided from.
pub(super) fn judge(tx: &Tx, people: &[Id], channel: ContactKind, purpose: Purpose) -> Result<Vec<Judged>> {
    let asked = Asked::new(people)?;
    let mut roots: HashMap<Id, Id> = HashMap::new();
    let mut flags: HashMap<Id, (bool, bool)> = HashMap::new();
    asked.each(
        tx,
        "SELECT p.id, p.root, p.do_not_contact, p.teammate FROM people p JOIN people r ON r.id = p.root
         WHERE p.deleted_at IS NULL AND r.deleted_at IS NULL",
        "p.root",
        &[],
        |r| {
            let root: Id = r.get(1)?;
            roots.insert(r.get(0)?, root);
            let theirs = flags.entry(root).or_default();
            theirs.0 |= r.get::<_, bool>(2)?;
            theirs.1 |= r.get::<_, bool>(3)?;
            Ok(())
        },
    )?;
    let mut points: HashMap<Id, Vec<Point>> = HashMap::new();
    asked.each(
        tx,
        "SELECT c.id, p.root, p.id = p.root, c.value, c.value_norm, c.status, c.source, c.is_primary, c.obtained_on
         FROM people p JOIN contact_points c ON c.person_id = p.id
         WHERE c.kind = ?2 AND c.deleted_at IS NULL AND p.deleted_at IS NULL",
        "p.root",
        &[&channel],
        |r| {
            let point = Point {
                id: r.get(0)?,
                root: r.get(1)?,
                own: r.get(2)?,
                value: r.get(3)?,
                norm: r.get(4)?,
                status: r.get(5)?,
                source: r.get(6)?,
                primary: r.get(7)?,
                obtained_on: r.get(8)?,
            };
            points.entry(point.root).or_default().push(point);
            Ok(())
        },
    )?;
    let words = words(tx, &asked, channel, purpose)?;
    let told = tx.cached(&format!("trust.told.{}", channel.key()), || Told::new(tx, channel))?;
    let cooled = cooled_down(tx)?;
    let suppressed = {
        let all: Vec<(Id, ContactKind, &str)> =
            points.values().flatten().map(|point| (point.id, channel, point.value.as_str())).collect();
        suppressions::among(tx, all.into_iter())?
    };

    let mut seen = HashSet::with_capacity(people.len());
    let mut judged = Vec::with_capacity(people.len());
    for id in people {
        let Some(root) = roots.get(id).copied() else { continue };
        if !seen.insert(root) {
            continue;
        }
        let (do_not_contact, teammate) = flags.get(&root).copied().unwrap_or_default();
        let objected_on = told.people.get(&root).map(String::as_str);
        let theirs = points.get(&root).map(Vec::as_slice).unwrap_or_default();
        let mut addresses = Vec::with_capacity(theirs.len());
        for group in same_address(theirs) {
            let mut word = Word::default();
            let mut status = ContactStatus::Ok;
            let mut source = group[0].source;
            for point in &group {
                word = word.and(words.get(&point.id));
                status = status.max(point.status);
                source = source_of_both(source, point.source);
            }
            let shown = group.iter().min_by_key(|point| (!point.primary, !point.own, point.id)).unwrap_or(&group[0]);
            // What somebody else who has this address said of it holds as well.
            status = told.status.get(&shown.norm).map_or(status, |there| status.max(*there));
            let said = [
                objected_on,
                word.objected_on.as_deref(),
                told.addresses.get(&shown.norm).map(String::as_str),
                told.words.get(&purpose).and_then(|words| words.get(&shown.norm)).map(String::as_str),
            ];
            let objected_on = said.into_iter().flatten().max();
            let facts = Facts {
                source,
                status,
                basis: word.basis.unwrap_or(Basis::Unknown),
                objected: holds(objected_on, word.opted_in_on.as_deref()),
                suppressed: group.iter().any(|point| suppressed.contains(&point.id)),
                no_reply: is_nobodys(channel, &shown.norm),
                teammate,
                do_not_contact: do_not_contact || told.not_to_be_contacted.contains(&shown.norm),
                cooled_down: cooled.get(&root).is_some_and(|day| holds(Some(day), word.opted_in_on.as_deref())),
            };
            addresses.push(Address {
                point: shown.id,
                rows: group.iter().map(|point| point.id).collect(),
                value: shown.value.clone(),
                objected_on: objected_on.map(str::to_owned),
                left_out: decide(&facts, purpose),
                facts,
                primary: group.iter().any(|point| point.primary),
                own: group.iter().any(|point| point.own && point.primary),
                newest: group.iter().map(|point| point.obtained_on.clone()).max().unwrap_or_default(),
            });
        }
        judged.push(Judged { person: root, do_not_contact, teammate, objected: objected_on.is_some(), addresses });
    }
    Ok(judged)
}

/// Somebody, and each of their addresses on one kind of channel.
pub(super) struct Judged {
    pub person: Id,
    do_not_contact: bool,
    teammate: bool,
    objected: bool,
    pub addresses: Vec<Address>,
}

/// One address of somebody, whichever rows say it.
pub(super) struct Address {
    /// The row that stands for it.
    pub point: Id,
    pub rows: Vec<Id>,
    pub value: String,
    pub facts: Facts,
    /// The day of the newest objection, whether it holds or not.
    pub objected_on: Option<String>,
    pub left_out: Option<LeftOut>,
    primary: bool,
    /// It is the one to use by the row that stands for the person.
    own: bool,
    newest: String,
}

impl Judged {
    /// The address to use, or the one that comes closest: they chose it, else it is the newest.
    pub fn best(&self) -> Option<&Address> {
        self.addresses.iter().max_by_key(|a| (a.left_out.is_none(), a.left_out, a.primary, a.own, &a.newest, a.point))
    }
    /// Why somebody without an address may not be written to.
    pub fn without_address(&self) -> LeftOut {
        match (self.do_not_contact, self.objected, self.teammate) {
            (true, ..) => LeftOut::DoNotContact,
            (_, true, _) => LeftOut::Objected,
            (.., true) => LeftOut::Teammate,
            _ => LeftOut::NoAddress,
        }
    }
}

/// Rows that say the same address, together.
fn same_address(points: &[Point]) -> Vec<Vec<&Point>> {
    let mut groups: Vec<Vec<&Point>> = Vec::with_capacity(points.len());
    for point in points {
        match groups.iter_mut().find(|group| group[0].norm == point.norm) {
            Some(group) => group.push(point),
            None => groups.push(vec![point]),
        }
    }
    groups
}

impl Word {
    /// With what another row of the same address says.
    fn and(self, other: Option<&Word>) -> Word {
        let Some(other) = other else { return self };
        Word {
            basis: stricter(self.basis, other.basis),
            opted_in_on: self.opted_in_on.max(other.opted_in_on.clone()),
            objected_on: self.objected_on.max(other.objected_on.clone()),
        }
    }
}

fn words(tx: &Tx, asked: &Asked, channel: ContactKind, purpose: Purpose) -> Result<HashMap<Id, Word>> {
    let mut words: HashMap<Id, Word> = HashMap::new();
    // What was said last comes last.
    let sql = if asked.few.is_some() {
        "SELECT b.contact_point_id, b.basis, b.recorded_on FROM people p JOIN contact_points c ON c.person_id = p.id
         JOIN contact_bases b ON b.contact_point_id = c.id
         WHERE c.kind = ?2 AND b.purpose = ?3 AND b.deleted_at IS NULL"
    } else {
        "SELECT b.contact_point_id, b.basis, b.recorded_on FROM contact_bases b WHERE ?2 = ?2 AND b.purpose = ?3 AND b.deleted_at IS NULL"
    };
    asked.each_in(tx, sql, "p.root", "ORDER BY b.created_at, b.id", &[&channel, &purpose], |r| {
        let (basis, on): (Basis, String) = (r.get(1)?, r.get(2)?);
        words.entry(r.get(0)?).or_default().hear(basis, on);
        Ok(())
    })?;
    Ok(words)
}

impl Word {
    /// One more word, said after the others.
    fn hear(&mut self, basis: Basis, on: String) {
        match basis {
            // It ends what was before it, and stays beside what comes after it until an opt-in outweighs it.
            Basis::Objected => {
                self.basis = None;
                self.opted_in_on = None;
                self.objected_on = self.objected_on.take().max(Some(on));
            }
            basis => {
                self.opted_in_on = (basis == Basis::OptedIn).then_some(on);
                self.basis = Some(basis);
            }
        }
    }
}

/// What was told of addresses and people on one kind of channel.
struct Told {
    /// By address: what became of it, whoever has it.
    status: HashMap<String, ContactStatus>,
    /// By person: the day of their newest objection.
    people: HashMap<Id, String>,
    /// By address: the day of the newest objection of anybody who has it.
    addresses: HashMap<String, String>,
    /// By purpose and address: the day of the newest no that was said at it, by whichever row.
    words: HashMap<Purpose, HashMap<String, String>>,
    /// Addresses of people who are not to be contacted.
    not_to_be_contacted: HashSet<String>,
}
impl Told {
    fn new(tx: &Tx, channel: ContactKind) -> Result<Told> {
        let mut told = Told {
            status: HashMap::new(),
            people: HashMap::new(),
            addresses: HashMap::new(),
            words: HashMap::new(),
            not_to_be_contacted: HashSet::new(),
        };
        // Also of somebody in the trash: who opted out has done so.
        let mut query = tx.sql().prepare_cached(
            "SELECT value_norm, status FROM contact_points WHERE kind = ?1 AND status <> 'ok'
               AND (status = 'opted_out' OR (status = 'bounced' AND deleted_at IS NULL))",
        )?;
        let mut rows = query.query([channel])?;
        while let Some(r) = rows.next()? {
            let status: ContactStatus = r.get(1)?;
            let known = told.status.entry(r.get(0)?).or_insert(status);
            *known = (*known).max(status);
        }
        let mut query = tx.sql().prepare_cached(
            "SELECT p.root, o.on_day FROM objections o JOIN people p ON p.id = o.person_id WHERE o.kind = ?1 AND o.deleted_at IS NULL",
        )?;
        let mut rows = query.query([channel])?;
        while let Some(r) = rows.next()? {
            let (root, day): (Id, String) = (r.get(0)?, r.get(1)?);
            let known = told.people.entry(root).or_default();
            *known = std::mem::take(known).max(day);
        }
        for (root, day) in &told.people {
            for norm in addresses_of(tx, *root, channel)? {
                let known = told.addresses.entry(norm).or_default();
                *known = std::mem::take(known).max(day.clone());
            }
        }
        // What is said of an address holds for another row of it as well, also when the one it was said of is in the trash.
        let mut query = tx.sql().prepare_cached(&format!(
            "SELECT b.purpose, contact_points.value_norm, max(b.recorded_on) FROM contact_bases b
             JOIN contact_points ON contact_points.id = b.contact_point_id
             WHERE b.basis = 'objected' AND b.deleted_at IS NULL AND contact_points.kind = ?1
               AND (contact_points.deleted_at IS NULL OR {}) GROUP BY 1, 2",
            in_the_trash("contact_points")
        ))?;
        let mut rows = query.query([channel])?;
        while let Some(r) = rows.next()? {
            told.words.entry(r.get(0)?).or_default().insert(r.get(1)?, r.get(2)?);
        }
        for root in tx.column::<Id>(NOT_TO_BE_CONTACTED, [])? {
            told.not_to_be_contacted.extend(addresses_of(tx, root, channel)?);
        }
        Ok(told)
    }
}

/// Those who chose something else not long ago, and when.
fn cooled_down(tx: &Tx) -> Result<HashMap<Id, String>> {
    let from = days_after(workspace::today(tx)?, -PEACE_DAYS).unwrap_or_default();
    let mut query = tx.sql().prepare_cached(
        "SELECT p.root, max(t.on_day) FROM touchpoints t JOIN touchpoint_people tp ON tp.touchpoint_id = t.id JOIN people p ON p.id = tp.person_id
         WHERE t.kind = 'chose_other' AND t.deleted_at IS NULL AND t.on_day >= ?1 AND t.precision <> 'unknown' AND tp.role <> 'about' AND p.deleted_at IS NULL
         GROUP BY p.root",
    )?;
    let rows = query.query_map([from.to_string()], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whom is asked about: few are looked up, of many everything is read.
struct Asked {
    few: Option<String>,
}
impl Asked {
    fn new(people: &[Id]) -> Result<Asked> {
        let few = (people.len() <= FEW).then(|| people.iter().map(|id| suppressions::hex(&id.0)).collect::<Vec<_>>());
        Ok(Asked { few: few.map(|ids| serde_json::to_string(&ids)).transpose()? })
    }
    /// Rows of a query about those people; `?1` is theirs, and `root` the column that says whose a row is.
    fn each(
        &self,
        tx: &Tx,
        sql: &str,
        root: &str,
        params: &[&dyn rusqlite::ToSql],
        with: impl FnMut(&Row) -> rusqlite::Result<()>,
    ) -> Result<()> {
        self.each_in(tx, sql, root, "", params, with)
    }
    fn each_in(
        &self,
        tx: &Tx,
        sql: &str,
        root: &str,
        order: &str,
        params: &[&dyn rusqlite::ToSql],
        mut with: impl FnMut(&Row) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let whose = match self.few {
            // Whoever is named, and everybody who is the same.
            Some(_) => {
                format!("AND {root} IN (SELECT q.root FROM json_each(?1) j JOIN people q ON q.id = unhex(j.value))")
            }
            None => "AND ?1 IS NULL".to_owned(),
        };
        let mut query = tx.sql().prepare_cached(&format!("{sql} {whose} {order}"))?;
        let mut all: Vec<&dyn rusqlite::ToSql> = vec![&self.few];
        all.extend(params);
        let mut rows = query.query(all.as_slice())?;
        while let Some(row) = rows.next()? {
            with(row)?;
        }
        Ok(())
    }
}
