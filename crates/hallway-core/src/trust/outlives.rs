//! A no outlives whatever brought the address at which it was said: when a step is taken back and an address goes with it,
//! what others said against that address stands on the suppression list from then on.
use super::{
    refusals::{CANDIDATES, SaidNoTo, first, noes},
    suppressions::{SuppressedFor, suppress_since},
};
use crate::{
    contact_points::{ContactPoint, ContactStatus},
    error::Result,
    store::{Tx, in_the_trash},
    workspace,
};

/// As many addresses as a note names.
const NAMED: usize = 5;

/// The addresses that a step brought or changed, and at which a no was said or mail came back.
pub(crate) struct Brought(Vec<ContactPoint>);

impl Brought {
    /// Asked before the step is taken back or brought back: those that can be seen, or lie in the trash.
    pub fn by(tx: &Tx, operation: i64) -> Result<Brought> {
        Brought::found(tx, operation, &format!("AND {}", here()))
    }

    /// Asked when it was taken back already, in batches: whatever it made.
    pub fn once_by(tx: &Tx, operation: i64) -> Result<Brought> {
        Brought::found(tx, operation, "")
    }

    fn found(tx: &Tx, operation: i64, which: &str) -> Result<Brought> {
        let sql = format!(
            "WHERE (created_op = ?1 OR id IN (SELECT row_id FROM changes WHERE operation = ?1 AND tbl = 'contact_points'))
               AND (status = 'bounced' OR {CANDIDATES}) {which}"
        );
        Ok(Brought(tx.find(&sql, [operation])?))
    }

    /// Puts those that are gone now on the suppression list, with the reason that was said by another step, and answers
    /// what is to be said of it. What the step itself said goes with it: that is how a slip is mended.
    pub fn keep_noes(self, tx: &mut Tx) -> Result<Option<String>> {
        let mut kept = Vec::new();
        for was in self.0 {
            let stands = format!("WHERE id = ?1 AND kind = ?2 AND value_norm = ?3 AND {}", here());
            if tx.find_one::<ContactPoint>(&stands, (was.id, was.kind, &was.value_norm))?.is_some()
                || was.value.trim().is_empty()
            {
                continue;
            }
            let Some(point) = tx.find_one::<ContactPoint>("WHERE id = ?1", [was.id])? else { continue };
            if let Some((reason, day)) = said_by_others(tx, &point)? {
                suppress_since(tx, was.kind, &was.value, reason, &day, 1)?;
                if !kept.contains(&was.value) {
                    kept.push(was.value);
                }
            }
        }
        if kept.is_empty() {
            return Ok(None);
        }
        let more = kept.len().saturating_sub(NAMED);
        let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
        let (named, one) = (kept.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", "), kept.len() == 1);
        let is = if one { "the address is" } else { "the addresses are" };
        Ok(Some(format!("What was said against writing to {named}{tail} still holds: {is} on the suppression list.")))
    }
}

/// Whether a way to reach somebody can be seen, or lies in the trash.
fn here() -> String {
    format!("(contact_points.deleted_at IS NULL OR {})", in_the_trash("contact_points"))
}

/// The no against an address that another step said than the one that is taken back, unless they opted in after it; else
/// that mail came back.
fn said_by_others(tx: &Tx, point: &ContactPoint) -> Result<Option<(SuppressedFor, String)>> {
    let mut noes = noes(tx, point)?;
    let status = |status: ContactStatus| -> Result<bool> {
        Ok(point.status == status
            && stands(tx, "contact_points", "status", &format!("'{}'", status.key()), "= ?1", point)?)
    };
    if noes.contains_key(&SaidNoTo::Everything) && !status(ContactStatus::OptedOut)? {
        noes.remove(&SaidNoTo::Everything);
    }
    const THEM: &str = "IN (SELECT id FROM people WHERE root = (SELECT root FROM people WHERE id = ?2))";
    if noes.contains_key(&SaidNoTo::Contact) && !stands(tx, "people", "do_not_contact", "1", THEM, point)? {
        noes.remove(&SaidNoTo::Contact);
    }
    const SIGNED_UP: &str = "SELECT max(recorded_on) FROM contact_bases WHERE contact_point_id = ?1 AND basis = 'opted_in'
         AND purpose = 'list_mail' AND deleted_at IS NULL AND (trim(coalesce(evidence, '')) <> '' OR touchpoint_id IS NOT NULL)";
    let signed_up: Option<String> = tx.scalar::<Option<String>>(SIGNED_UP, [point.id])?.flatten();
    let said = first(&noes).filter(|(_, day)| signed_up.as_ref().is_none_or(|on| on <= day));
    Ok(match said {
        Some(said) => Some(said),
        None if status(ContactStatus::Bounced)? => Some((SuppressedFor::Bounced, workspace::today(tx)?.to_string())),
        None => None,
    })
}

/// Whether a column says that by a step that stands: the one that made the row, or one that wrote it over. `?1` in `which`
/// is the address and `?2` whose it is.
fn stands(tx: &Tx, table: &str, column: &str, says: &str, which: &str, point: &ContactPoint) -> Result<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM {table} t WHERE t.id {which} AND t.{column} = {says} AND ?1 IS NOT NULL AND ?2 IS NOT NULL AND (
             EXISTS (SELECT 1 FROM operations o WHERE o.id = t.created_op AND o.undone_at IS NULL)
             OR EXISTS (SELECT 1 FROM changes c JOIN operations o ON o.id = c.operation WHERE c.row_id = t.id AND c.tbl = '{table}'
               AND c.op = 'update' AND o.undone_at IS NULL AND json_extract(c.new, '$.{column}') = {says})))"
    );
    Ok(tx.scalar::<bool>(&sql, (point.id, point.person_id))? == Some(true))
}
