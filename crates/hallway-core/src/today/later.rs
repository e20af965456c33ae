//! What does not show today because it was put off, with the day on which it comes back.
use super::{
    TodayGroup, TodayItem, TodayKind,
    aside::{SetAside, key_id},
    groups::{self, Seed},
};
use crate::{
    error::{Result, invalid},
    followups::{self, FollowUpKind},
    id::Id,
    rpc::Empty,
    store::{Subject, Tx},
    trust::{LeftAlone, left_alone, not_left_alone},
    workspace,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// As many as are shown.
const MOST: usize = 200;

#[derive(Debug, Serialize, TS)]
pub struct Later {
    /// Each with the day it comes back in `hiddenUntil`, the next first.
    pub groups: Vec<TodayGroup>,
    pub total: u32,
}

#[derive(Debug, Deserialize, TS)]
pub struct ComesBack {
    /// followup:ID, touch:PERSON, thank:TOUCHPOINT or answer:TOUCHPOINT.
    pub key: String,
}

/// Follow-ups that were put off, and what was set aside until a day.
pub fn later(tx: &Tx, _: Empty) -> Result<Later> {
    let today = workspace::today(tx)?;
    let mut groups: Vec<TodayGroup> = Vec::new();
    let mut total = 0;
    let mut put = |kind: TodayKind, item: TodayItem| {
        total += 1;
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) => {
                group.total += 1;
                group.items.push(item);
            }
            None => groups.push(TodayGroup { kind, items: vec![item], total: 1 }),
        }
    };
    // With whoever is left alone nothing comes back that one would begin oneself.
    let alone = left_alone(tx)?;
    for (kind, id) in put_off(tx, &alone, today)? {
        put(kind, groups::item(tx, Seed::FollowUp(id), today)?);
    }
    for (key, until) in set_aside(tx, today)? {
        let Some((kind, seed)) = seed(tx, &key)? else { continue };
        if matches!(seed, Seed::Touch { person, .. } | Seed::Thank { person, .. } if alone.has(person)) {
            continue;
        }
        let item = groups::item(tx, seed, today)?;
        put(kind, TodayItem { hidden_until: Some(until), ..item });
    }
    for group in &mut groups {
        group.items.sort_by(|a, b| a.hidden_until.cmp(&b.hidden_until));
    }
    Ok(Later { groups, total })
}

fn put_off(tx: &Tx, alone: &LeftAlone, today: NaiveDate) -> Result<Vec<(TodayKind, Id)>> {
    let mut query = tx.sql().prepare_cached(&format!(
        "SELECT o.followup, o.kind FROM open_followups o JOIN followups f ON f.id = o.followup
         WHERE f.hidden_until > ?1 AND {} ORDER BY f.hidden_until, o.due_on, o.followup LIMIT {MOST}",
        not_left_alone("?2")
    ))?;
    let rows = query.query_map((today.to_string(), alone.json()), |r| {
        let kind = match r.get::<_, FollowUpKind>(1)? {
            FollowUpKind::Promise | FollowUpKind::CheckIn => TodayKind::Promised,
            FollowUpKind::ReplyCheck => TodayKind::Replied,
            FollowUpKind::Deadline => TodayKind::Dates,
        };
        Ok((kind, r.get(0)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What would show if it had not been set aside may be gone by now; of somebody in the trash nothing comes back.
fn set_aside(tx: &Tx, today: NaiveDate) -> Result<Vec<(String, String)>> {
    let mut query = tx.sql().prepare_cached(&format!(
        "SELECT a.key, a.until_day FROM set_aside a JOIN people p ON p.id = a.person_id JOIN people r ON r.id = p.root
         WHERE a.until_day > ?1 AND p.deleted_at IS NULL AND r.deleted_at IS NULL ORDER BY a.until_day, a.rid LIMIT {MOST}"
    ))?;
    let rows = query.query_map([today.to_string()], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn seed(tx: &Tx, key: &str) -> Result<Option<(TodayKind, Seed)>> {
    let Some((kind, Ok(id))) = key.split_once(':').map(|(kind, id)| (kind, id.parse::<Id>())) else { return Ok(None) };
    if kind == "touch" {
        let person = crate::people::root(tx, id)?;
        let last_on =
            tx.scalar::<Option<String>>("SELECT last_on FROM in_touch WHERE person = ?1", [person])?.flatten();
        return Ok(Some((TodayKind::LosingTouch, Seed::Touch { person, last_on })));
    }
    let still: Option<(bool, Id)> = {
        let mut query = tx.sql().prepare_cached(
            "SELECT coalesce(t.needs_answer, 0), p.root FROM touchpoints t JOIN touchpoint_people tp ON tp.touchpoint_id = t.id
               JOIN people p ON p.id = tp.person_id AND p.deleted_at IS NULL
             WHERE t.id = ?1 AND t.deleted_at IS NULL AND tp.role <> 'about' ORDER BY tp.rid LIMIT 1",
        )?;
        query.query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?.next().transpose()?
    };
    Ok(still.and_then(|(needs_answer, person)| match kind {
        "answer" if needs_answer => Some((TodayKind::Waiting, Seed::Answer { touchpoint: id, person })),
        "thank" => Some((TodayKind::Thank, Seed::Thank { touchpoint: id, person })),
        _ => None,
    }))
}

/// Shows something again that was put off.
pub fn show_again(tx: &mut Tx, input: ComesBack) -> Result<Empty> {
    if let Some(("followup", Ok(id))) = input.key.split_once(':').map(|(kind, id)| (kind, id.parse::<Id>())) {
        followups::show_again(tx, id)?;
        return Ok(Empty {});
    }
    let id = key_id(&input.key);
    let Some(row) = tx.find_one::<SetAside>("WHERE id = ?1", [id])? else {
        return invalid("key", "That has come back already.");
    };
    tx.remove::<SetAside>(id)?;
    if let Some(person) = row.person_id {
        tx.about(Subject::Person(person), None, None)?;
    }
    Ok(Empty {})
}
