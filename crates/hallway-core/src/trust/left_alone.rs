//! Who is not to be written to any more, wherever they could be reached (I21): nobody is reminded to check on them, and of
//! nobody else is it said that one loses touch with them. Kept in memory, and follows each commit.
use super::{
    LeftOut, Purpose, listed,
    reach::{Refused, suppressed},
    refusals::NOT_TO_BE_CONTACTED,
    told::{Asked, kinds_of},
    verdicts::judge_those,
};
use crate::{
    error::Result,
    id::Id,
    normal::ContactKind,
    store::{Derived, Tx, in_the_trash},
};
use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

/// Those who are left alone.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct LeftAlone {
    people: HashSet<Id>,
    /// The same for SQL; see [`not_left_alone`].
    json: String,
}

impl LeftAlone {
    pub fn has(&self, person: Id) -> bool {
        self.people.contains(&person)
    }
    /// What [`not_left_alone`] asks.
    pub fn json(&self) -> &str {
        &self.json
    }
    fn of(people: HashSet<Id>) -> LeftAlone {
        let ids: Vec<String> = people.iter().map(|id| super::suppressions::hex(&id.0)).collect();
        LeftAlone {
            people,
            json: format!("[{}]", ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(",")),
        }
    }
}

/// A condition on `open_followups o`: it is no check-in with somebody who is left alone. The parameter that is named is
/// [`LeftAlone::json`]. What was promised stays, since it can be kept in person.
pub(crate) fn not_left_alone(parameter: &str) -> String {
    format!(
        "NOT (o.kind = 'check_in' AND coalesce(o.person IN (SELECT unhex(j.value) FROM json_each({parameter}) j), 0))"
    )
}

/// Everybody who is left alone, by the row that stands for them.
pub(crate) fn left_alone(tx: &Tx) -> Result<Arc<LeftAlone>> {
    tx.derived(|kept: &Kept| kept.alone.clone())
}

/// Whether somebody is, by the row that stands for them.
pub(crate) fn is_left_alone(tx: &Tx, person: Id) -> Result<bool> {
    if tx.is_writing() {
        return Ok(left_alone_among(tx, &[person])?.contains(&person));
    }
    Ok(left_alone(tx)?.has(person))
}

/// Those of these people who are: not to be contacted, or they said no somewhere and no other way to write to them is left.
///
/// One is left where they said nothing: a basis is not asked for, since one may still come to know of one. A no is theirs and
/// not the address's alone: it holds also when the address it was said at was removed since, until there is another.
pub(crate) fn left_alone_among(tx: &Tx, people: &[Id]) -> Result<HashSet<Id>> {
    let (mut apart, mut refused, mut open) = (HashSet::new(), HashSet::new(), HashSet::new());
    let asked = Asked::these(people)?;
    asked.each(tx, NOT_TO_BE_CONTACTED, "root", "", &[], |r| {
        apart.insert(r.get(0)?);
        Ok(())
    })?;
    for kind in kinds_of(tx, &asked)?.into_iter().filter(|kind| is_written_to(*kind)) {
        for judged in judge_those(tx, &asked, people, kind, Purpose::OneToOne)? {
            let mut ways: Vec<Option<LeftOut>> = judged.addresses.iter().map(|address| address.left_out).collect();
            if ways.is_empty() {
                ways.push(Some(judged.without_address()));
            }
            for left_out in ways {
                use LeftOut::*;
                match left_out {
                    Some(DoNotContact | Objected | Suppressed | OptedOut) => drop(refused.insert(judged.person)),
                    Some(Bounced | WrongPerson | NoAddress | NoReplyAddress) => {}
                    _ => drop(open.insert(judged.person)),
                }
            }
        }
        refused_and_removed(tx, &asked, kind, &mut refused)?;
    }
    refused.retain(|person| !open.contains(person));
    apart.extend(refused);
    Ok(apart)
}

/// Adds those of these people who said no at an address that was removed since: to everything, or to a message of their own.
fn refused_and_removed(tx: &Tx, asked: &Asked, kind: ContactKind, refused: &mut HashSet<Id>) -> Result<()> {
    let sql = format!(
        "SELECT p.root FROM people p JOIN contact_points c ON c.person_id = p.id
         WHERE c.kind = ?2 AND p.deleted_at IS NULL AND c.deleted_at IS NOT NULL AND {} AND c.status <> 'wrong_person'
           AND (c.status = 'opted_out' OR EXISTS (SELECT 1 FROM contact_bases b
             WHERE b.contact_point_id = c.id AND b.purpose = 'one_to_one' AND b.basis = 'objected'
               AND (b.deleted_at IS NULL OR b.deleted_op = c.deleted_op)
               AND NOT EXISTS (SELECT 1 FROM contact_bases o WHERE o.contact_point_id = c.id AND o.purpose = b.purpose
                 AND o.basis = 'opted_in' AND o.recorded_on > b.recorded_on
                 AND (o.deleted_at IS NULL OR o.deleted_op = c.deleted_op)
                 AND (trim(coalesce(o.evidence, '')) <> '' OR o.touchpoint_id IS NOT NULL))))",
        in_the_trash("c")
    );
    asked.each(tx, &sql, "p.root", "", &[&kind], |r| {
        refused.insert(r.get(0)?);
        Ok(())
    })
}

/// Nobody is written to at a website or a feed.
fn is_written_to(kind: ContactKind) -> bool {
    !matches!(kind, ContactKind::Website | ContactKind::Rss)
}

/// What is kept in memory, and what it needs to follow the commits.
struct Kept {
    alone: Arc<LeftAlone>,
    refused: Refused,
}

impl Derived for Kept {
    fn heeds(table: &str) -> bool {
        ["people", "contact_points", "contact_bases", "objections", "suppressions", "suppression_keys"].contains(&table)
    }
    fn renewed_at_once(&self) -> usize {
        1_000
    }
    fn make(tx: &Tx) -> Result<Kept> {
        let refused = Refused::of(tx, None)?;
        let mut asked: BTreeSet<Id> = tx.column(NOT_TO_BE_CONTACTED, [])?.into_iter().collect();
        asked.extend(tx.column::<Id>(
            "SELECT DISTINCT p.root FROM objections o JOIN people p ON p.id = o.person_id WHERE o.deleted_at IS NULL",
            [],
        )?);
        asked.extend(refused.holders(tx)?);
        if !listed::standing(tx)?.is_empty() {
            asked.extend(suppressed(tx, None)?);
        }
        let asked: Vec<Id> = asked.into_iter().collect();
        Ok(Kept { alone: Arc::new(LeftAlone::of(left_alone_among(tx, &asked)?)), refused })
    }
    fn renew(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<()> {
        let Some(concerned) = self.refused.follow(tx, people)? else {
            *self = Kept::make(tx)?;
            return Ok(());
        };
        // A row that was merged, or parted again, stands for somebody else than before.
        let mut concerned: BTreeSet<Id> = concerned;
        for row in people {
            concerned.extend(tx.scalar::<Id>("SELECT root FROM people WHERE id = ?1", [row])?);
        }
        let concerned: Vec<Id> = concerned.into_iter().collect();
        let now = left_alone_among(tx, &concerned)?;
        let was: HashSet<Id> = concerned.iter().copied().filter(|id| self.alone.has(*id)).collect();
        if now != was {
            let mut all = self.alone.people.clone();
            all.retain(|id| !was.contains(id));
            all.extend(now);
            self.alone = Arc::new(LeftAlone::of(all));
        }
        Ok(())
    }
}
