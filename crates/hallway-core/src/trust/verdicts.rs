//! Whom of these people one may write to, and at which address: what the file says, put before the rules of [`decide`].
use super::{
    Basis, LeftOut, Purpose,
    decide::{Facts, decide, holds, source_of_both, stricter},
    listed::{self, OnList},
    no_reply::is_nobodys,
    reach::peace_from,
    stays::{changed_on, opted_out_on},
    suppressions,
    told::{Asked, FEW, Told, Who, holders},
};
use crate::{
    contact_points::{ContactPoint, ContactSource, ContactStatus},
    error::Result,
    id::Id,
    normal::ContactKind,
    store::{Tx, in_the_trash},
    workspace,
};
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
    /// The same, when there is what shows it: nothing else ends a no.
    shown_on: Option<String>,
    objected_on: Option<String>,
}

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

/// Those of these people who may be written to and said no at another address of theirs, also one they have no more; not
/// before they said yes at the one that would be used.
pub(crate) fn refused_elsewhere(tx: &Tx, people: &[Id], channel: ContactKind, purpose: Purpose) -> Result<Vec<Id>> {
    const SEVERAL: &str = "SELECT p.root FROM contact_points c JOIN people p ON p.id = c.person_id WHERE c.kind = ?1
         GROUP BY p.root HAVING count(DISTINCT c.value_norm) > 1";
    let several: HashSet<Id> = tx.column(SEVERAL, [channel])?.into_iter().collect();
    let asked: Vec<Id> = people.iter().copied().filter(|id| several.contains(id)).collect();
    if asked.is_empty() {
        return Ok(asked);
    }
    let given_up = refused_and_given_up(tx, channel, purpose)?;
    let mut refused = Vec::new();
    for judged in judge(tx, &asked, channel, purpose)? {
        if let Some(address) = judged.best().filter(|address| address.left_out.is_none())
            && judged.refused_beside(tx, address, channel, &given_up)?
        {
            refused.push(judged.person);
        }
    }
    Ok(refused)
}

/// The same of every address of theirs, with what it was decided from.
pub(super) fn judge(tx: &Tx, people: &[Id], channel: ContactKind, purpose: Purpose) -> Result<Vec<Judged>> {
    judge_those(tx, &Asked::new(people)?, people, channel, purpose)
}

/// The same, where it is known already how these people are asked about.
pub(super) fn judge_those(
    tx: &Tx,
    asked: &Asked,
    people: &[Id],
    channel: ContactKind,
    purpose: Purpose,
) -> Result<Vec<Judged>> {
    let who = Who::of(tx, asked)?;
    let mut points: HashMap<Id, Vec<Point>> = HashMap::new();
    asked.each(
        tx,
        "SELECT c.id, p.root, p.id = p.root, c.value, c.value_norm, c.status, c.source, c.is_primary, c.obtained_on
         FROM people p JOIN contact_points c ON c.person_id = p.id
         WHERE c.kind = ?2 AND c.deleted_at IS NULL AND p.deleted_at IS NULL",
        "p.root",
        "",
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
    let words = words(tx, asked, channel, purpose)?;
    let told = if people.len() <= FEW {
        // Whoever has one of their addresses has told of it as well.
        let mut all = holders(tx, channel, points.values().flatten().map(|point| point.norm.as_str()))?;
        all.extend(who.roots());
        let all: Vec<Id> = all.into_iter().collect();
        Arc::new(Told::by(tx, &Asked::new(&all)?, channel)?)
    } else {
        tx.cached(&format!("trust.told.{}", channel.key()), || Told::by(tx, &Asked::everybody(), channel))?
    };
    let chose_other = chose_other(tx, asked)?;
    let peace_from = peace_from(workspace::today(tx)?);
    let on_list = {
        let all: Vec<(Id, ContactKind, &str)> =
            points.values().flatten().map(|point| (point.id, channel, point.value.as_str())).collect();
        listed::among(tx, all.into_iter())?
    };

    let mut seen = HashSet::with_capacity(people.len());
    let mut judged = Vec::with_capacity(people.len());
    for id in people {
        let Some(root) = who.root(*id) else { continue };
        if !seen.insert(root) {
            continue;
        }
        let (do_not_contact, teammate) = who.flags(root);
        let objected_on = told.people.get(&root).map(String::as_str);
        let theirs = points.get(&root).map(Vec::as_slice).unwrap_or_default();
        let chose_other_on = chose_other.get(&root).map(String::as_str);
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
            let listed = group.iter().filter_map(|point| on_list.get(&point.id)).max().copied();
            if listed == Some(OnList::Bounced) {
                status = status.max(ContactStatus::Bounced);
            }
            let said = [
                objected_on,
                word.objected_on.as_deref(),
                told.addresses.get(&shown.norm).map(String::as_str),
                told.words.get(&purpose).and_then(|words| words.get(&shown.norm)).map(String::as_str),
            ];
            let objected_on = said.into_iter().flatten().max();
            let chose_since = holds(chose_other_on, word.opted_in_on.as_deref());
            let facts = Facts {
                source,
                status,
                basis: word.basis.unwrap_or(Basis::Unknown),
                objected: holds(objected_on, word.shown_on.as_deref()),
                suppressed: listed == Some(OnList::Refused),
                no_reply: is_nobodys(channel, &shown.norm),
                teammate,
                do_not_contact: do_not_contact || told.not_to_be_contacted.contains(&shown.norm),
                cooled_down: chose_other_on.is_some_and(|day| day >= peace_from.as_str()) && chose_since,
            };
            addresses.push(Address {
                point: shown.id,
                rows: group.iter().map(|point| point.id).collect(),
                value: shown.value.clone(),
                objected_on: objected_on.map(str::to_owned),
                shown_on: word.shown_on,
                left_out: decide(&facts, purpose),
                facts,
                listed: listed.is_some(),
                chose_since,
                primary: group.iter().any(|point| point.primary),
                own: group.iter().any(|point| point.own && point.primary),
                newest: group.iter().map(|point| point.obtained_on.clone()).max().unwrap_or_default(),
            });
        }
        judged.push(Judged {
            person: root,
            do_not_contact,
            teammate,
            objected: objected_on.is_some(),
            chose_other_on: chose_other_on.map(str::to_owned),
            addresses,
        });
    }
    Ok(judged)
}

/// Somebody, and each of their addresses on one kind of channel.
pub(super) struct Judged {
    pub person: Id,
    do_not_contact: bool,
    teammate: bool,
    objected: bool,
    /// The day on which they chose something else last.
    pub chose_other_on: Option<String>,
    pub addresses: Vec<Address>,
}

/// One address of somebody, whichever rows say it.
pub(super) struct Address {
    /// The row that stands for it.
    pub point: Id,
    pub rows: Vec<Id>,
    pub value: String,
    pub facts: Facts,
    /// It is on the suppression list, for whatever reason.
    pub listed: bool,
    /// The day of the newest objection, whether it holds or not.
    pub objected_on: Option<String>,
    /// The day of the newest opt-in for what was asked about, with what shows it.
    shown_on: Option<String>,
    pub left_out: Option<LeftOut>,
    /// They chose something else after whatever they signed up for there.
    pub chose_since: bool,
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

impl Judged {
    /// Whether they said no at another of their addresses, also one they have no more, and not yes at this one after it.
    fn refused_beside(
        &self,
        tx: &Tx,
        this: &Address,
        channel: ContactKind,
        given_up: &HashMap<Id, String>,
    ) -> Result<bool> {
        let outweighs = |no: &String| this.shown_on.as_ref().is_some_and(|yes| yes > no);
        if given_up.get(&self.person).is_some_and(|no| !outweighs(no)) {
            return Ok(true);
        }
        for other in self.addresses.iter().filter(|other| other.point != this.point) {
            if let Some(day) = other.refused_on(tx, channel)?
                && !outweighs(&day)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Address {
    /// `YYYY-MM-DD`: the newest day of a no at this address that holds. That mail came back is none.
    fn refused_on(&self, tx: &Tx, channel: ContactKind) -> Result<Option<String>> {
        let mut day = self.objected_on.clone().filter(|_| self.facts.objected);
        if self.facts.status == ContactStatus::OptedOut
            && let Some(point) = tx.find_one::<ContactPoint>("WHERE id = ?1", [self.point])?
        {
            // No word need say when: it was not after the row was changed last.
            day = day.max(Some(opted_out_on(tx, &point)?)).max(Some(changed_on(tx, point.id)?));
        }
        if self.facts.suppressed {
            day = day.max(suppressions::since(tx, channel, &self.value)?);
        }
        Ok(day)
    }
}

/// Who said no at an address that was replaced or taken away since, and `YYYY-MM-DD`, when they had at the latest.
fn refused_and_given_up(tx: &Tx, channel: ContactKind, purpose: Purpose) -> Result<HashMap<Id, String>> {
    let sql = format!(
        "SELECT p.root, CASE WHEN c.status = 'opted_out' THEN c.id END, max(b.recorded_on) FROM contact_points c JOIN people p ON p.id = c.person_id
         LEFT JOIN contact_bases b ON b.contact_point_id = c.id AND b.basis = 'objected' AND b.purpose = ?2
           AND (b.deleted_at IS NULL OR b.deleted_op = c.deleted_op)
         WHERE c.kind = ?1 AND c.deleted_at IS NOT NULL AND {} AND c.status <> 'wrong_person' AND (c.status = 'opted_out' OR b.id IS NOT NULL)
         GROUP BY c.id",
        in_the_trash("c")
    );
    let mut query = tx.sql().prepare_cached(&sql)?;
    let rows = query.query_map((channel, purpose), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    let rows: Vec<(Id, Option<Id>, Option<String>)> = rows.collect::<rusqlite::Result<_>>()?;
    let mut days: HashMap<Id, String> = HashMap::new();
    for (root, opted_out, said) in rows {
        let day = match opted_out {
            Some(point) => said.max(Some(changed_on(tx, point)?)),
            None => said,
        };
        let newest = days.entry(root).or_default();
        *newest = std::mem::take(newest).max(day.unwrap_or_default());
    }
    Ok(days)
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
            shown_on: self.shown_on.max(other.shown_on.clone()),
            objected_on: self.objected_on.max(other.objected_on.clone()),
        }
    }
}

fn words(tx: &Tx, asked: &Asked, channel: ContactKind, purpose: Purpose) -> Result<HashMap<Id, Word>> {
    let mut words: HashMap<Id, Word> = HashMap::new();
    // What was said last comes last.
    let sql = if asked.is_few() {
        "SELECT b.contact_point_id, b.basis, b.recorded_on, b.evidence, b.touchpoint_id IS NOT NULL FROM people p JOIN contact_points c ON c.person_id = p.id
         JOIN contact_bases b ON b.contact_point_id = c.id
         WHERE c.kind = ?2 AND b.purpose = ?3 AND b.deleted_at IS NULL"
    } else {
        "SELECT b.contact_point_id, b.basis, b.recorded_on, b.evidence, b.touchpoint_id IS NOT NULL FROM contact_bases b
         WHERE ?2 = ?2 AND b.purpose = ?3 AND b.deleted_at IS NULL"
    };
    asked.each(tx, sql, "p.root", "ORDER BY b.created_at, b.id", &[&channel, &purpose], |r| {
        let (basis, on): (Basis, String) = (r.get(1)?, r.get(2)?);
        let says = r.get_ref(3)?.as_str_or_null()?.is_some_and(|evidence| !evidence.trim().is_empty());
        words.entry(r.get(0)?).or_default().hear(basis, on, says || r.get(4)?);
        Ok(())
    })?;
    Ok(words)
}

impl Word {
    /// One more word, said after the others, and whether anything shows it.
    fn hear(&mut self, basis: Basis, on: String, shown: bool) {
        match basis {
            // It ends what was before it, and stays beside what comes after it until an opt-in outweighs it.
            Basis::Objected => {
                self.basis = None;
                (self.opted_in_on, self.shown_on) = (None, None);
                self.objected_on = self.objected_on.take().max(Some(on));
            }
            basis => {
                self.opted_in_on = (basis == Basis::OptedIn).then_some(on);
                self.shown_on = self.opted_in_on.clone().filter(|_| shown);
                self.basis = Some(basis);
            }
        }
    }
}

/// The day on which whoever chose something else did so last.
fn chose_other(tx: &Tx, asked: &Asked) -> Result<HashMap<Id, String>> {
    let mut days = HashMap::new();
    asked.each(
        tx,
        "SELECT p.root, max(t.on_day) FROM touchpoints t JOIN touchpoint_people tp ON tp.touchpoint_id = t.id JOIN people p ON p.id = tp.person_id
         WHERE t.kind = 'chose_other' AND t.deleted_at IS NULL AND t.precision <> 'unknown' AND tp.role <> 'about' AND p.deleted_at IS NULL",
        "p.root",
        "GROUP BY p.root",
        &[],
        |r| {
            days.insert(r.get(0)?, r.get(1)?);
            Ok(())
        },
    )?;
    Ok(days)
}
