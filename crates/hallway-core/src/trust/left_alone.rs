//! Who is not to be written to any more, wherever they could be reached (I21): nobody is reminded to check on them, and of
//! nobody else is it said that one loses touch with them. Kept in memory, and follows each commit.
use super::{
    LeftOut, Purpose, listed,
    reach::{Refused, suppressed},
    refusals::NOT_TO_BE_CONTACTED,
    told::{Asked, FEW, kinds_of},
    verdicts::judge,
};
use crate::{
    error::Result,
    id::Id,
    normal::ContactKind,
    store::{Derived, Tx},
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
/// One is left where they said nothing: a basis is not asked for, since one may still come to know of one.
pub(crate) fn left_alone_among(tx: &Tx, people: &[Id]) -> Result<HashSet<Id>> {
    let (mut apart, mut refused, mut open) = (HashSet::new(), HashSet::new(), HashSet::new());
    for some in people.chunks(FEW) {
        let asked = Asked::new(some)?;
        asked.each(tx, NOT_TO_BE_CONTACTED, "root", "", &[], |r| {
            apart.insert(r.get(0)?);
            Ok(())
        })?;
        for kind in kinds_of(tx, &asked)?.into_iter().filter(|kind| is_written_to(*kind)) {
            for judged in judge(tx, some, kind, Purpose::OneToOne)? {
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
        }
    }
    refused.retain(|person| !open.contains(person));
    apart.extend(refused);
    Ok(apart)
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
