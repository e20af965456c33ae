//! Which of many addresses are on the suppression list.
use super::{
    known::{Hashes, digest, key_bytes},
    suppressions::{SuppressedFor, keys, rows_of, versions},
};
use crate::{
    error::Result,
    id::Id,
    normal::{self, ContactKind},
    store::Tx,
};
use std::{collections::HashMap, sync::Arc};

/// What the list says of an address; the stricter word last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OnList {
    /// Mail to it came back.
    Bounced,
    /// Nobody is to write to it.
    Refused,
}

/// The hashes that stand, whichever way they are hashed, with what they stand for.
pub(super) type Standing = HashMap<[u8; 32], OnList>;

pub(super) fn standing(tx: &Tx) -> Result<Arc<Standing>> {
    tx.cached("trust.suppressed", || {
        let mut standing = Standing::new();
        let mut query = tx.sql().prepare_cached("SELECT hash, reason FROM suppressions WHERE lifted_on IS NULL")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let Some(hash) = key_bytes(&row.get::<_, String>(0)?) else { continue };
            let says = if row.get::<_, SuppressedFor>(1)? == SuppressedFor::Bounced {
                OnList::Bounced
            } else {
                OnList::Refused
            };
            let known = standing.entry(hash).or_insert(says);
            *known = says.max(*known);
        }
        Ok(standing)
    })
}

/// Which of these contact points are on the list, and what for: id, kind, and what stands there.
pub(super) fn among<'a>(
    tx: &Tx,
    points: impl ExactSizeIterator<Item = (Id, ContactKind, &'a str)>,
) -> Result<HashMap<Id, OnList>> {
    let standing = standing(tx)?;
    if standing.is_empty() {
        return Ok(HashMap::new());
    }
    let mut found = HashMap::new();
    if points.len() > FEW || tx.derived_is_at_hand::<Hashes>() {
        let ids: Vec<Id> = points.map(|(id, ..)| id).collect();
        tx.derived(|hashes: &Hashes| {
            let says = |id: &Id| hashes.of(*id).filter_map(|hash| standing.get(hash)).max().copied();
            found.extend(ids.into_iter().filter_map(|id| Some((id, says(&id)?))));
        })?;
        return Ok(found);
    }
    let listed = Listed::new(tx)?;
    found.extend(points.filter_map(|(id, kind, value)| Some((id, listed.says(kind, value)?))));
    Ok(found)
}

/// The list, to be asked about many addresses that are not in the file.
pub(crate) struct Listed {
    standing: Arc<Standing>,
    secrets: Vec<[u8; 32]>,
    versions: Arc<Vec<u32>>,
}

impl Listed {
    pub fn new(tx: &Tx) -> Result<Listed> {
        let secrets = keys(tx)?.iter().filter_map(|key| key_bytes(&key.secret)).collect();
        Ok(Listed { standing: standing(tx)?, secrets, versions: versions(tx)? })
    }

    /// Whether an address stands on it, by any key and any version of the normal forms.
    pub fn has(&self, kind: ContactKind, value: &str) -> bool {
        self.says(kind, value).is_some()
    }

    fn says(&self, kind: ContactKind, value: &str) -> Option<OnList> {
        if self.standing.is_empty() {
            return None;
        }
        let forms = || self.versions.iter().filter_map(|version| normal::contact_by(*version, kind, value));
        let hashes = self.secrets.iter().flat_map(|secret| forms().map(|norm| digest(secret, kind, &norm)));
        hashes.filter_map(|hash| self.standing.get(&hash)).max().copied()
    }
}

/// Whether the list holds anybody who was erased, but for whom an import brings that is under way: a file that says of somebody
/// that they were erased and has them knows better who came back.
pub(crate) fn was_anybody_erased(tx: &Tx) -> Result<bool> {
    const ANYBODY: &str = "SELECT EXISTS (SELECT 1 FROM suppressions WHERE reason = 'erased' AND lifted_on IS NULL
       AND created_op NOT IN (SELECT operation FROM import_runs WHERE operation IS NOT NULL))";
    Ok(tx.scalar(ANYBODY, [])?.unwrap_or(false))
}

/// Whether whoever had an address was erased, in the same sense.
pub(crate) fn was_erased_at(tx: &Tx, kind: ContactKind, value: &str) -> Result<bool> {
    const BEFORE: &str = "SELECT EXISTS (SELECT 1 FROM suppressions WHERE id = ?1
       AND created_op NOT IN (SELECT operation FROM import_runs WHERE operation IS NOT NULL))";
    for row in rows_of(tx, kind, value)? {
        let stands = row.reason == SuppressedFor::Erased && row.lifted_on.is_none();
        if stands && tx.scalar(BEFORE, [row.id])? == Some(true) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// As many addresses are hashed where they are asked for; of more, the hashes are kept in memory.
const FEW: usize = 1_000;
