//! Whom one may write to, and why.
use crate::{
    Id, Result,
    normal::ContactKind,
    store::Tx,
    trust::{self, Purpose},
};
use std::collections::BTreeMap;

#[derive(Default, Debug)]
pub struct Reach {
    pub may: Vec<&'static str>,
    pub bases: Vec<String>,
    pub statuses: Vec<String>,
    pub suppressed: bool,
}

impl Reach {
    /// What is said of all rows of one person, the first of which stands for them.
    pub fn of(tx: &Tx, rows: &[Id]) -> Result<Reach> {
        let mut reach = Reach::default();
        for purpose in Purpose::ALL {
            // The one person is asked of as if there were nobody else; of a parcel, as the airlock is.
            let may = match purpose {
                Purpose::SwagPost => {
                    trust::post::by_post(tx, &rows[..1])?.iter().any(|(_, left_out)| left_out.is_none())
                }
                _ => {
                    let verdicts = trust::verdicts(tx, &rows[..1], ContactKind::Email, *purpose)?;
                    verdicts.iter().any(|verdict| verdict.left_out.is_none())
                }
            };
            if may {
                reach.may.push(purpose.key());
            }
        }
        let mut points = 0;
        for row in rows {
            let mut query = tx.sql().prepare(
                "SELECT id, kind, value, status FROM contact_points WHERE person_id = ?1 AND deleted_at IS NULL",
            )?;
            let found = query
                .query_map([row], |r| {
                    Ok((
                        r.get::<_, Id>(0)?,
                        r.get::<_, ContactKind>(1)?,
                        r.get::<_, String>(2)?,
                        r.get::<_, String>(3)?,
                    ))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            for (point, kind, value, status) in found {
                points += 1;
                reach.statuses.push(status);
                reach.suppressed |= trust::is_suppressed(tx, kind, &value)?;
                // What was said last counts, and a no until an opt-in of which something shows it.
                let mut said: BTreeMap<String, Vec<(String, String, String)>> = BTreeMap::new();
                let mut query = tx.sql().prepare(
                    "SELECT purpose, basis, recorded_on, coalesce(evidence, '') FROM contact_bases WHERE contact_point_id = ?1 AND deleted_at IS NULL ORDER BY created_at, id",
                )?;
                for row in query.query_map([point], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?, r.get(3)?))))? {
                    let (purpose, word): (String, _) = row?;
                    said.entry(purpose).or_default().push(word);
                }
                for words in said.into_values() {
                    let Some((last, on, evidence)) = words.last() else { continue };
                    let no = words.iter().filter(|(basis, ..)| basis == "objected").map(|(_, on, _)| on).max();
                    let ended = |no: &String| last == "opted_in" && on > no && !evidence.trim().is_empty();
                    match no.filter(|no| !ended(no)) {
                        Some(_) => reach.bases.push("objected".to_owned()),
                        None => reach.bases.extend([last.clone()].into_iter().filter(|basis| basis != "unknown")),
                    }
                }
            }
            let objections: u32 = tx
                .scalar("SELECT count(*) FROM objections WHERE person_id = ?1 AND deleted_at IS NULL", [row])?
                .unwrap_or_default();
            if objections > 0 {
                reach.bases.push("objected".to_owned());
            }
        }
        if points > 0 && reach.bases.is_empty() {
            reach.bases.push("unknown".to_owned());
        }
        Ok(reach)
    }
}
