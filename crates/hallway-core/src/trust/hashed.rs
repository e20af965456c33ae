//! Whom the rows of the suppression list are about, as far as they are here: the list knows addresses by their hash alone, so
//! each address here is hashed once for whoever asks of many rows.
use super::{
    Purpose,
    known::{digest, key_bytes},
    suppressions::{self, Suppression},
};
use crate::{
    contact_points::ContactPoint,
    error::Result,
    id::Id,
    normal,
    store::{Tx, in_the_trash},
};
use std::collections::HashMap;

/// The ways to reach somebody at which a yes is noted that is neither to one message nor to mail to a list, by the row of the
/// list that would be about them. Made when it is asked first.
#[derive(Default)]
pub(crate) struct Hashed(Option<HashMap<Id, Vec<Id>>>);

impl Hashed {
    /// Those that a row is about, whoever lies in the trash too: they may come back.
    pub(super) fn points_of(&mut self, tx: &Tx, row: &Suppression) -> Result<Vec<Id>> {
        let points = match &mut self.0 {
            Some(points) => points,
            unasked => unasked.insert(all(tx)?),
        };
        Ok(points.get(&suppressions::id(row.key_id, &row.hash)).cloned().unwrap_or_default())
    }
}

fn all(tx: &Tx) -> Result<HashMap<Id, Vec<Id>>> {
    let points: Vec<ContactPoint> = tx.find(
        &format!(
            "WHERE (deleted_at IS NULL OR {}) AND id IN (SELECT contact_point_id FROM contact_bases
               WHERE purpose NOT IN ('one_to_one', ?1) AND basis NOT IN ('unknown', 'objected')
                 AND (deleted_at IS NULL OR {}))",
            in_the_trash("contact_points"),
            in_the_trash("contact_bases")
        ),
        [Purpose::ListMail],
    )?;
    let mut by_row: HashMap<Id, Vec<Id>> = HashMap::new();
    for key in suppressions::keys(tx)? {
        let Some(secret) = key_bytes(&key.secret) else { continue };
        for version in suppressions::versions(tx)?.iter() {
            for point in &points {
                let Some(norm) = normal::contact_by(*version, point.kind, &point.value) else { continue };
                let hash = suppressions::hex(&digest(&secret, point.kind, &norm));
                let points = by_row.entry(suppressions::id(key.id, &hash)).or_default();
                if !points.contains(&point.id) {
                    points.push(point.id);
                }
            }
        }
    }
    Ok(by_row)
}
