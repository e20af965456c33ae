//! Which of many addresses are on the suppression list.
use super::{
    known::{Hashes, digest, key_bytes},
    suppressions::{SuppressedFor, Suppression, keys, rows_of, versions},
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

/// Whether the list holds anybody who was erased.
pub(crate) fn was_anybody_erased(tx: &Tx) -> Result<bool> {
    const ANYBODY: &str = "SELECT EXISTS (SELECT 1 FROM suppressions WHERE reason = 'erased' AND lifted_on IS NULL)";
    Ok(tx.scalar(ANYBODY, [])?.unwrap_or(false))
}

/// What a file says of its own list: the rows of whoever was erased, and since when.
#[derive(Debug, Default)]
pub(crate) struct ErasedThere(HashMap<Id, String>);

impl ErasedThere {
    /// Remembers a row of the file.
    pub fn see(&mut self, row: &Suppression) {
        if row.reason == SuppressedFor::Erased {
            self.0.insert(row.id, row.on_day.clone());
        }
    }

    /// Whether a row of the list here is said there as well, and no later here.
    fn knows(&self, row: &Suppression) -> bool {
        self.0.get(&row.id).is_some_and(|day| *day >= row.on_day)
    }
}

/// Whether whoever had an address was erased, and a file does not know it: one that says of somebody that they were erased and
/// has them knows better who came back.
pub(crate) fn was_erased_at(tx: &Tx, there: &ErasedThere, kind: ContactKind, value: &str) -> Result<bool> {
    let stands = |row: &Suppression| row.reason == SuppressedFor::Erased && row.lifted_on.is_none();
    Ok(rows_of(tx, kind, value)?.iter().any(|row| stands(row) && !there.knows(row)))
}

/// As many addresses are hashed where they are asked for; of more, the hashes are kept in memory.
const FEW: usize = 1_000;
