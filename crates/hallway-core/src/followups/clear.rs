//! What makes a follow-up needless, found at the end of the write that caused it and in its transaction: taking that write
//! back brings the follow-up back with it. Only what this write says clears; what was known before does not.
use super::{FollowUpRow, Status, settle};
use crate::{error::Result, id::Id, store::Tx, time::Now, workspace};

/// Entries this operation made or changed, in which somebody gave a sign of life after the follow-up was made.
const SIGNS_OF_LIFE: &str = "
    WITH said (id) AS (
      SELECT id FROM touchpoints WHERE created_op = ?1
      UNION SELECT row_id FROM changes WHERE operation = ?1 AND tbl = 'touchpoints'
      UNION SELECT touchpoint_id FROM touchpoint_people WHERE created_op = ?1
      UNION SELECT tp.touchpoint_id FROM changes c JOIN touchpoint_people tp ON tp.id = c.row_id WHERE c.operation = ?1 AND c.tbl = 'touchpoint_people')
    SELECT f.id, t.id, t.on_day, f.created_at FROM said JOIN touchpoints t ON t.id = said.id
      JOIN touchpoint_people tp ON tp.touchpoint_id = t.id JOIN people p ON p.id = tp.person_id
      JOIN open_followups o ON o.person = p.root JOIN followups f ON f.id = o.followup
    WHERE t.deleted_at IS NULL AND t.precision <> 'unknown' AND t.direction <> 'from_us'
      AND (tp.role = 'by' OR tp.role = 'with' AND t.direction <> 'between_them')
      AND f.unless = 'they_reply' AND f.created_op < t.created_op
    ORDER BY f.rid, t.rid";

/// Moves that what they did brought about, or that were set by hand; taking a move back is none.
const MOVES: &str = "
    SELECT f.id, s.id, s.on_day, f.created_at FROM stage_changes s JOIN people p ON p.id = s.person_id
      JOIN open_followups o ON o.person = p.root JOIN followups f ON f.id = o.followup
    WHERE s.created_op = ?1 AND s.voided_by IS NULL AND s.cause IN ('proof', 'signs', 'reset', 'pin')
      AND f.unless = 'stage_moves' AND f.created_op < ?1
      AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.operation = ?1 AND c.tbl = 'stage_changes' AND json_extract(c.new, '$.status') = 'refused')
    ORDER BY f.rid, s.rid";

pub(crate) fn clear(tx: &mut Tx) -> Result<()> {
    let Some(operation) = tx.begun() else { return Ok(()) };
    let mut found: Vec<(Id, Id, String, i64)> = Vec::new();
    if (tx.has_changed("touchpoints") || tx.has_changed("touchpoint_people")) && somebody_waits(tx)? {
        found.extend(candidates(tx, SIGNS_OF_LIFE, operation)?);
    }
    if tx.has_changed("stage_changes") {
        found.extend(candidates(tx, MOVES, operation)?);
    }
    let zone = workspace::zone(tx)?;
    for (followup, by, on_day, made) in found {
        // What is entered late is no sign of life since then.
        if on_day < Now(made).day_in(zone).to_string() {
            continue;
        }
        let row: FollowUpRow = super::row(tx, followup)?;
        if row.status == Status::Open {
            settle::settle(tx, row, Status::AutoCleared, None, Some(by))?;
        }
    }
    Ok(())
}

/// What an entry or a move cleared is open again, since that turned out to be none. Of a series, the next one may have
/// taken its place already.
pub(crate) fn bring_back(tx: &mut Tx, by: Id) -> Result<()> {
    let cleared: Vec<FollowUpRow> =
        tx.find("WHERE cleared_by = ?1 AND status = 'auto_cleared' AND deleted_at IS NULL ORDER BY rid", [by])?;
    for mut row in cleared {
        if super::newer(tx, &row)? == 0 {
            row.status = Status::Open;
            (row.settled_on, row.cleared_by) = (None, None);
            tx.put(&row)?;
        }
    }
    Ok(())
}

/// Whether anything waits for a sign of life; a whole file that comes in is not looked through for nothing.
fn somebody_waits(tx: &Tx) -> Result<bool> {
    const WAITS: &str = "SELECT EXISTS (SELECT 1 FROM open_followups o JOIN followups f ON f.id = o.followup WHERE f.unless = 'they_reply')";
    Ok(tx.scalar(WAITS, [])?.unwrap_or(false))
}

fn candidates(tx: &Tx, sql: &str, operation: i64) -> Result<Vec<(Id, Id, String, i64)>> {
    let mut query = tx.sql().prepare_cached(sql)?;
    let rows = query.query_map([operation], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
