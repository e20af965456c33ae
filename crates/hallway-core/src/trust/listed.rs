//! Which of many addresses are on the suppression list.
use super::{
    known::{Hashes, digest, key_bytes},
    suppressions::{keys, versions},
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

/// As many addresses are hashed where they are asked for; of more, the hashes are kept in memory.
const FEW: usize = 1_000;
