//! The hashes of every address in the file, kept in memory so that a list of a hundred thousand is compared at once.
use super::suppressions;
use crate::{
    error::Result,
    id::Id,
    normal::{self, ContactKind},
    store::{Derived, Tx},
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};

/// By contact point, one hash for each key of the file and version of the normal forms.
#[derive(Default)]
pub(super) struct Hashes {
    keys: Vec<(Id, [u8; 32])>,
    by_point: HashMap<Id, Vec<[u8; 32]>>,
    /// By person, so that theirs can be made anew.
    by_person: HashMap<Id, Vec<Id>>,
}

const POINTS: &str = "SELECT id, person_id, kind, value FROM contact_points WHERE deleted_at IS NULL";

impl Derived for Hashes {
    fn make(tx: &Tx) -> Result<Hashes> {
        let mut hashes = Hashes { keys: keys(tx)?, ..Hashes::default() };
        hashes.read(tx, POINTS, [])?;
        Ok(hashes)
    }
    fn renew(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<()> {
        if self.keys != keys(tx)? {
            *self = Hashes::make(tx)?;
            return Ok(());
        }
        // All of them first: what was one's may be another's by now.
        for person in people {
            for point in self.by_person.remove(person).unwrap_or_default() {
                self.by_point.remove(&point);
            }
        }
        for person in people {
            self.read(tx, &format!("{POINTS} AND person_id = ?1"), [person])?;
        }
        Ok(())
    }
}

impl Hashes {
    pub fn of(&self, point: Id) -> impl Iterator<Item = &[u8; 32]> {
        self.by_point.get(&point).into_iter().flatten()
    }

    fn read(&mut self, tx: &Tx, sql: &str, params: impl rusqlite::Params) -> Result<()> {
        let mut query = tx.sql().prepare_cached(sql)?;
        let mut rows = query.query(params)?;
        while let Some(r) = rows.next()? {
            let (id, person, kind): (Id, Id, ContactKind) = (r.get(0)?, r.get(1)?, r.get(2)?);
            let value = r.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
            let mut hashes = Vec::with_capacity(self.keys.len());
            // One version of the normal forms there is so far; those that are not known here are not hashed.
            for version in 1..=normal::VERSION {
                if let Some(norm) = normal::contact_by(version, kind, value) {
                    hashes.extend(self.keys.iter().map(|(_, secret)| digest(secret, kind, &norm)));
                }
            }
            self.by_point.insert(id, hashes);
            self.by_person.entry(person).or_default().push(id);
        }
        Ok(())
    }
}

fn keys(tx: &Tx) -> Result<Vec<(Id, [u8; 32])>> {
    let keys = suppressions::keys(tx)?;
    Ok(keys.into_iter().filter_map(|key| Some((key.id, key_bytes(&key.secret)?))).collect())
}

/// What stands for an address on the list. The kind is part of it: a handle is not an address.
pub(super) fn digest(secret: &[u8; 32], kind: ContactKind, norm: &str) -> [u8; 32] {
    hmac(secret, &[kind.key().as_bytes(), b":", norm.as_bytes()])
}

/// HMAC-SHA-256 of parts one after the other (RFC 2104), with a key of at most one block.
fn hmac(key: &[u8], message: &[&[u8]]) -> [u8; 32] {
    const BLOCK: usize = 64;
    let mut pad = [0; BLOCK];
    pad[..key.len().min(BLOCK)].copy_from_slice(&key[..key.len().min(BLOCK)]);
    let mut inner = Sha256::new();
    inner.update(pad.map(|byte| byte ^ 0x36));
    for part in message {
        inner.update(part);
    }
    let mut outer = Sha256::new();
    outer.update(pad.map(|byte| byte ^ 0x5c));
    outer.update(inner.finalize());
    outer.finalize().into()
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// 32 bytes from 64 hexadecimal digits.
pub(super) fn key_bytes(hex: &str) -> Option<[u8; 32]> {
    let digits: Vec<u8> = hex.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|two| two[0] * 16 + two[1]).collect();
    (digits.len() == 64).then(|| bytes.try_into().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{super::suppressions::hex, hmac};

    /// RFC 4231, test cases 1, 2 and 3.
    #[test]
    fn the_keyed_hash_is_the_one_of_the_standard() {
        let of = |key: &[u8], message: &[&[u8]]| hex(&hmac(key, message));
        assert_eq!(of(&[0x0b; 20], &[b"Hi There"]), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        assert_eq!(
            of(b"Jefe", &[b"what do ya want ", b"for nothing?"]),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(of(&[0xaa; 20], &[&[0xdd; 50]]), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    }
}
