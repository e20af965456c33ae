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
use std::{collections::HashSet, sync::Arc};

/// The hashes that stand, whichever way they are hashed.
pub(super) fn standing(tx: &Tx) -> Result<Arc<HashSet<[u8; 32]>>> {
    tx.cached("trust.suppressed", || {
        let hashes: Vec<String> = tx.column("SELECT hash FROM suppressions WHERE lifted_on IS NULL", [])?;
        Ok(hashes.iter().filter_map(|hash| key_bytes(hash)).collect())
    })
}

/// Which of these contact points are on the list: id, kind, and what stands there.
pub(super) fn among<'a>(
    tx: &Tx,
    points: impl ExactSizeIterator<Item = (Id, ContactKind, &'a str)>,
) -> Result<HashSet<Id>> {
    let standing = standing(tx)?;
    if standing.is_empty() {
        return Ok(HashSet::new());
    }
    let mut found = HashSet::new();
    if points.len() > FEW || tx.derived_is_at_hand::<Hashes>() {
        let ids: Vec<Id> = points.map(|(id, ..)| id).collect();
        tx.derived(|hashes: &Hashes| {
            found.extend(ids.into_iter().filter(|id| hashes.of(*id).any(|hash| standing.contains(hash))));
        })?;
        return Ok(found);
    }
    let listed = Listed::new(tx)?;
    found.extend(points.filter(|(_, kind, value)| listed.has(*kind, value)).map(|(id, ..)| id));
    Ok(found)
}

/// The list, to be asked about many addresses that are not in the file.
pub(crate) struct Listed {
    standing: Arc<HashSet<[u8; 32]>>,
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
        if self.standing.is_empty() {
            return false;
        }
        let forms = || self.versions.iter().filter_map(|version| normal::contact_by(*version, kind, value));
        self.secrets.iter().any(|secret| forms().any(|norm| self.standing.contains(&digest(secret, kind, &norm))))
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
