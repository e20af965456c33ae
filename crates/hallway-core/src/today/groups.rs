//! The groups of the day. Each is found by an index, and only what is shown is filled in.
use super::{LastSaid, TodayContext, TodayItem, TodayKind, TodayMove, TodayPerson};
use crate::{
    days::days_after,
    error::Result,
    followups::FollowUpRow,
    id::Id,
    journey::{self, engine::Config},
    people,
    store::Tx,
    time,
    trust::{LeftAlone, is_left_alone, left_alone, not_left_alone},
};
use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use std::collections::BTreeSet;

/// A deadline shows so many days before it.
const DATES: i64 = 7;
/// So many people a day, so that it stays something one does.
const LOSING_TOUCH: usize = 3;
/// Of those who have waited longest, so many are compared by what they were given.
const COMPARED: usize = 200;
/// What was given lately is what was given in so many days.
const LATELY: i64 = 180;
/// Help that is longer ago is not news any more.
pub(super) const THANK: i64 = 90;
/// So many of those at most, the newest: of everybody whether they were thanked since is looked up by itself.
const THANKED: usize = 100;
/// As many of a group as "More" shows.
const MOST: usize = 500;
/// The kinds of follow-ups in a group.
const PROMISED: &str = "'promise', 'check_in'";
const REPLIED: &str = "'reply_check'";

/// What an item is made from, once it is shown.
pub(super) enum Seed {
    FollowUp(Id),
    Answer { touchpoint: Id, person: Id },
    Move { change: Id, person: Id },
    Touch { person: Id, last_on: Option<String> },
    Thank { touchpoint: Id, person: Id },
}

pub(super) struct Found {
    pub kind: TodayKind,
    pub items: Vec<Seed>,
    pub total: u32,
}

pub(super) fn all(tx: &Tx, today: NaiveDate) -> Result<Vec<Found>> {
    let (aside, alone) = (Aside::read(tx, today)?, left_alone(tx)?);
    TodayKind::ALL
        .iter()
        .map(|kind| {
            let items = match kind {
                TodayKind::Promised => due(tx, PROMISED, &alone, today)?,
                TodayKind::Replied => due(tx, REPLIED, &alone, today)?,
                TodayKind::Dates => dates(tx, today)?,
                TodayKind::Waiting => waiting(tx, &aside)?,
                TodayKind::Moved => moved(tx)?,
                TodayKind::LosingTouch => losing_touch(tx, &aside, &alone, today)?,
                TodayKind::Thank => thank(tx, &aside, &alone, today)?,
            };
            // Beyond what "More" shows they are only counted.
            let total = if items.len() < MOST { items.len() as u32 } else { count(tx, *kind, &aside, &alone, today)? };
            Ok(Found { kind: *kind, total, items })
        })
        .collect()
}

/// How many there are in all groups; nothing is read of any of them.
pub(super) fn count_all(tx: &Tx, today: NaiveDate) -> Result<u32> {
    let (aside, alone) = (Aside::read(tx, today)?, left_alone(tx)?);
    TodayKind::ALL.iter().map(|kind| count(tx, *kind, &aside, &alone, today)).sum()
}

fn count(tx: &Tx, kind: TodayKind, aside: &Aside, alone: &LeftAlone, today: NaiveDate) -> Result<u32> {
    let (day, by) = (today.to_string(), dates_by(today));
    Ok(match kind {
        TodayKind::Promised => tx.scalar(&format!("SELECT count(*) {}", due_of(PROMISED)), (day, alone.json()))?,
        TodayKind::Replied => tx.scalar(&format!("SELECT count(*) {}", due_of(REPLIED)), (day, alone.json()))?,
        TodayKind::Dates => tx.scalar(&format!("SELECT count(*) {DATES_NEAR}"), (by, day))?,
        TodayKind::Waiting => {
            let all: u32 = tx.scalar(&format!("SELECT count(*) {WAITING}"), [])?.unwrap_or(0);
            let mut still = tx.sql().prepare_cached(&format!("SELECT 1 {WAITING} AND t.id = ?1"))?;
            let mut set_aside = 0;
            for touchpoint in aside.of("answer:") {
                set_aside += u32::from(still.exists([touchpoint])?);
            }
            Some(all - set_aside)
        }
        TodayKind::Moved => tx.scalar(&format!("SELECT count(*) {MOVED}"), [])?,
        TodayKind::LosingTouch => {
            let room = LOSING_TOUCH.saturating_sub(aside.touched_today);
            let mut found = 0;
            for (person, _) in lost(tx, aside, alone, today)? {
                if found == room {
                    break;
                }
                found += usize::from(!chose_other(tx, person, today)?);
            }
            Some(found as u32)
        }
        TodayKind::Thank => Some(thank(tx, aside, alone, today)?.len() as u32),
    }
    .unwrap_or(0))
}

const WAITING: &str =
    "FROM touchpoints t WHERE t.needs_answer = 1 AND t.deleted_at IS NULL AND t.direction <> 'from_us'
   AND EXISTS (SELECT 1 FROM touchpoint_people tp JOIN people p ON p.id = tp.person_id JOIN people r ON r.id = p.root
     WHERE tp.touchpoint_id = t.id AND tp.role <> 'about' AND p.deleted_at IS NULL AND r.deleted_at IS NULL)";
const MOVED: &str = "FROM person_state WHERE moved IS NOT NULL AND NOT teammate";

/// What is set aside today: keys, and people. Whoever was let go for good is missed anew once one has talked again.
struct Aside {
    keys: BTreeSet<String>,
    people: BTreeSet<Id>,
    /// How many people were set aside on this very day.
    touched_today: usize,
}

impl Aside {
    fn read(tx: &Tx, today: NaiveDate) -> Result<Aside> {
        let mut aside = Aside { keys: BTreeSet::new(), people: BTreeSet::new(), touched_today: 0 };
        let mut query = tx.sql().prepare_cached(
            "SELECT a.key, p.root, a.on_day FROM set_aside a LEFT JOIN people p ON p.id = a.person_id
             WHERE a.until_day > ?1 OR (a.until_day IS NULL AND NOT (a.key LIKE 'touch:%' AND EXISTS (
               SELECT 1 FROM in_touch i WHERE i.person = p.root AND i.last_on > a.on_day)))",
        )?;
        let mut rows = query.query([today.to_string()])?;
        while let Some(r) = rows.next()? {
            let (key, person, on): (String, Option<Id>, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
            if key.starts_with("touch:") {
                aside.touched_today += usize::from(on == today.to_string());
                aside.people.extend(person);
            }
            aside.keys.insert(key);
        }
        Ok(aside)
    }

    /// What is set aside of one kind.
    fn of(&self, kind: &str) -> impl Iterator<Item = Id> {
        self.keys.iter().filter_map(move |key| key.strip_prefix(kind)?.parse().ok())
    }
}

/// Follow-ups of some kinds that show today, what is due first first. Whoever is left alone is checked on by nobody (I21).
fn due(tx: &Tx, kinds: &str, alone: &LeftAlone, today: NaiveDate) -> Result<Vec<Seed>> {
    let items = tx.column::<Id>(
        &format!("SELECT o.followup {} ORDER BY o.due_on, o.at IS NULL, o.at, o.followup LIMIT {MOST}", due_of(kinds)),
        (today.to_string(), alone.json()),
    )?;
    Ok(items.into_iter().map(Seed::FollowUp).collect())
}

fn due_of(kinds: &str) -> String {
    format!("FROM open_followups o WHERE o.shown_on <= ?1 AND o.kind IN ({kinds}) AND {}", not_left_alone("?2"))
}

fn dates(tx: &Tx, today: NaiveDate) -> Result<Vec<Seed>> {
    let items = tx.column::<Id>(
        &format!("SELECT o.followup {DATES_NEAR} ORDER BY o.due_on, o.at IS NULL, o.at, o.followup LIMIT {MOST}"),
        (dates_by(today), today.to_string()),
    )?;
    Ok(items.into_iter().map(Seed::FollowUp).collect())
}

const DATES_NEAR: &str = "FROM open_followups o JOIN followups f ON f.id = o.followup
   WHERE o.kind = 'deadline' AND o.due_on <= ?1 AND (f.hidden_until IS NULL OR f.hidden_until <= ?2)";

/// The last day of which deadlines show today.
fn dates_by(today: NaiveDate) -> String {
    days_after(today, DATES).unwrap_or(today).to_string()
}

/// What they did and what waits for an answer, oldest first.
fn waiting(tx: &Tx, aside: &Aside) -> Result<Vec<Seed>> {
    let set_aside: BTreeSet<Id> = aside.of("answer:").collect();
    let mut query = tx.sql().prepare_cached(
        "SELECT t.id, r.id FROM touchpoints t JOIN touchpoint_people tp ON tp.touchpoint_id = t.id
           JOIN people p ON p.id = tp.person_id AND p.deleted_at IS NULL JOIN people r ON r.id = p.root AND r.deleted_at IS NULL
         WHERE t.needs_answer = 1 AND t.deleted_at IS NULL AND t.direction <> 'from_us' AND tp.role <> 'about'
         ORDER BY t.on_day, t.at, t.rid, tp.rid",
    )?;
    let mut rows = query.query([])?;
    let (mut seen, mut items) = (BTreeSet::new(), Vec::new());
    while items.len() < MOST
        && let Some(r) = rows.next()?
    {
        let (touchpoint, person): (Id, Id) = (r.get(0)?, r.get(1)?);
        if seen.insert(touchpoint) && !set_aside.contains(&touchpoint) {
            items.push(Seed::Answer { touchpoint, person });
        }
    }
    Ok(items)
}

/// Moves that wait for a word, newest first: ids are in the order of their time.
fn moved(tx: &Tx) -> Result<Vec<Seed>> {
    let mut query =
        tx.sql().prepare_cached(&format!("SELECT moved, person {MOVED} ORDER BY moved DESC LIMIT {MOST}"))?;
    let rows = query.query_map([], |r| Ok(Seed::Move { change: r.get(0)?, person: r.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those one has waited for too long, whom one gave least to lately first. Whoever has a check-in waiting, or chose
/// something else not long ago, is left in peace.
fn losing_touch(tx: &Tx, aside: &Aside, alone: &LeftAlone, today: NaiveDate) -> Result<Vec<Seed>> {
    let room = LOSING_TOUCH.saturating_sub(aside.touched_today);
    if room == 0 {
        return Ok(vec![]);
    }
    let giving = serde_json::to_string(journey::engine::GIVING)?;
    // What chose_other asks as well: both in one look at what happened with somebody.
    let mut looked = tx.sql().prepare_cached(
        "SELECT coalesce(sum(t.kind IN (SELECT value FROM json_each(?2)) AND t.intent IS NOT 'ask'), 0), coalesce(max(t.kind = 'chose_other'), 0)
         FROM touchpoints t WHERE t.deleted_at IS NULL AND t.on_day >= ?3 AND t.precision <> 'unknown' AND t.id IN (SELECT touchpoint_id FROM touchpoint_people
           WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL))",
    )?;
    let since = lately(today);
    let mut compared = Vec::new();
    for (nth, (person, last_on)) in lost(tx, aside, alone, today)?.into_iter().enumerate() {
        let (given, silent): (i64, bool) =
            looked.query_row((person, &giving, &since), |r| Ok((r.get(0)?, r.get(1)?)))?;
        if !silent {
            compared.push((given, nth, person, last_on));
        }
    }
    compared.sort_by_key(|(given, nth, ..)| (*given, *nth));
    compared.truncate(room);
    Ok(compared.into_iter().map(|(_, _, person, last_on)| Seed::Touch { person, last_on }).collect())
}

/// Those who have waited longest, and the day of the last contact.
fn lost(tx: &Tx, aside: &Aside, alone: &LeftAlone, today: NaiveDate) -> Result<Vec<(Id, Option<String>)>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT i.person, i.last_on FROM in_touch i WHERE i.lost_on < ?1
           AND NOT EXISTS (SELECT 1 FROM open_followups o WHERE o.person = i.person AND o.kind = 'check_in')
         ORDER BY i.lost_on, i.person",
    )?;
    let mut rows = query.query([today.to_string()])?;
    let mut lost = Vec::new();
    while lost.len() < COMPARED
        && let Some(r) = rows.next()?
    {
        let person: Id = r.get(0)?;
        if !aside.people.contains(&person) && !alone.has(person) {
            lost.push((person, r.get(1)?));
        }
    }
    Ok(lost)
}

/// Whether somebody chose something else lately, and wants to be left in peace.
fn chose_other(tx: &Tx, person: Id, today: NaiveDate) -> Result<bool> {
    let mut query = tx.sql().prepare_cached(
        "SELECT 1 FROM touchpoints t WHERE t.deleted_at IS NULL AND t.on_day >= ?2 AND t.precision <> 'unknown' AND t.kind = 'chose_other'
           AND t.id IN (SELECT touchpoint_id FROM touchpoint_people WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL))",
    )?;
    Ok(query.exists((person, lately(today)))?)
}

fn lately(today: NaiveDate) -> String {
    days_after(today, -LATELY).unwrap_or(today).to_string()
}

/// Those who helped somebody else, whom nobody has thanked since: each once, for the newest.
fn thank(tx: &Tx, aside: &Aside, alone: &LeftAlone, today: NaiveDate) -> Result<Vec<Seed>> {
    let from = days_after(today, -THANK).unwrap_or(today);
    let set_aside: BTreeSet<Id> = aside.of("thank:").collect();
    let found = unthanked(tx, from, today, THANKED, &set_aside, alone)?;
    Ok(found.into_iter().map(|(person, touchpoint)| Seed::Thank { touchpoint, person }).collect())
}

/// Whoever did something for another developer between two days and was not thanked since, newest first; so many of them
/// at most, without those whose newest is left out.
pub(super) fn unthanked(
    tx: &Tx,
    from: NaiveDate,
    to: NaiveDate,
    most: usize,
    left_out: &BTreeSet<Id>,
    alone: &LeftAlone,
) -> Result<Vec<(Id, Id)>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT r.person, t.id, t.on_day FROM touchpoints t JOIN touchpoint_people tp ON tp.touchpoint_id = t.id AND tp.role = 'by'
           JOIN people p ON p.id = tp.person_id AND p.deleted_at IS NULL JOIN person_state r ON r.person = p.root
         WHERE t.direction = 'between_them' AND t.deleted_at IS NULL AND t.precision <> 'unknown' AND t.on_day BETWEEN ?1 AND ?2
           AND NOT r.teammate
         ORDER BY t.on_day DESC, t.rid DESC",
    )?;
    let mut thanked = tx.sql().prepare_cached(
        "SELECT 1 FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
         WHERE tp.person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND t.deleted_at IS NULL
           AND t.kind IN ('thanked', 'credited', 'featured_them') AND t.on_day >= ?2",
    )?;
    let mut rows = query.query((from.to_string(), to.to_string()))?;
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    while found.len() < most
        && let Some(r) = rows.next()?
    {
        let (person, touchpoint, on): (Id, Id, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
        // Whoever was thanked since the newest was thanked since all of them.
        if seen.insert(person)
            && !alone.has(person)
            && !left_out.contains(&touchpoint)
            && !thanked.exists((person, on))?
        {
            found.push((person, touchpoint));
        }
    }
    Ok(found)
}

// ---- what is shown of one ----

pub(super) fn item(tx: &Tx, seed: Seed, today: NaiveDate) -> Result<TodayItem> {
    let config = journey::config(tx)?;
    let mut item = match seed {
        Seed::FollowUp(id) => {
            let row: FollowUpRow = tx.get(id)?;
            let (person, due): (Option<Id>, String) = tx
                .sql()
                .prepare_cached("SELECT person, due_on FROM open_followups WHERE followup = ?1")?
                .query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
            let late = (today - time::day("due", &due)?).num_days();
            TodayItem {
                due: Some(due),
                late: Some(late),
                hidden_until: row.hidden_until,
                snoozes: row.snoozes,
                followup: Some(id),
                touchpoint: row.touchpoint_id,
                ..about(tx, &config.1, format!("followup:{id}"), person, row.text)?
            }
        }
        Seed::Answer { touchpoint, person } => {
            let text = what(tx, &config.1, touchpoint)?;
            TodayItem {
                touchpoint: Some(touchpoint),
                ..about(tx, &config.1, format!("answer:{touchpoint}"), Some(person), text)?
            }
        }
        Seed::Move { change, person } => {
            let row: journey::StageChangeRow = tx.get(change)?;
            let mut because = Vec::new();
            for piece in &row.evidence.0 {
                if let Some(touchpoint) =
                    tx.scalar::<Id>("SELECT id FROM touchpoints WHERE id = ?1 AND deleted_at IS NULL", [*piece])?
                {
                    because.push(what(tx, &config.1, touchpoint)?);
                }
            }
            let moved = TodayMove { from: row.from_stage, to: row.to_stage, because: because.join(", ") };
            let to = row.to_stage.map_or("Not placed yet", |stage| config.1.names.at(stage));
            TodayItem {
                change: Some(change),
                moved: Some(moved),
                ..about(tx, &config.1, format!("move:{change}"), Some(person), format!("moved to {to}"))?
            }
        }
        Seed::Touch { person, last_on } => {
            let text = match last_on {
                Some(day) => {
                    let days = (today - time::day("onDay", &day)?).num_days();
                    format!("last talked {}", ago(days))
                }
                None => "never talked to".to_owned(),
            };
            about(tx, &config.1, format!("touch:{person}"), Some(person), text)?
        }
        Seed::Thank { touchpoint, person } => {
            let text = what(tx, &config.1, touchpoint)?;
            TodayItem {
                touchpoint: Some(touchpoint),
                ..about(tx, &config.1, format!("thank:{touchpoint}"), Some(person), text)?
            }
        }
    };
    // A row that is about one entry quotes that one, whatever was said since.
    if let Some(said) = item.touchpoint.map(|entry| said_at(tx, &config.1, entry)).transpose()?.flatten() {
        item.context.last_said = Some(said);
    }
    Ok(item)
}

/// How long ago, as one says it.
fn ago(days: i64) -> String {
    match days {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        2..=13 => format!("{days} days ago"),
        14..=59 => format!("{} weeks ago", days / 7),
        60..=729 => format!("{} months ago", days / 30),
        _ => format!("{} years ago", days / 365),
    }
}

/// What happened, as the timeline calls it.
fn what(tx: &Tx, config: &Config, touchpoint: Id) -> Result<String> {
    let kind: Option<String> = tx.scalar("SELECT kind FROM touchpoints WHERE id = ?1", [touchpoint])?;
    let kind = kind.unwrap_or_default();
    let label = config.kind(&kind).map_or(kind.clone(), |kind| kind.label.clone().into_owned());
    let mut letters = label.chars();
    Ok(letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default())
}

fn about(tx: &Tx, config: &Config, key: String, person: Option<Id>, text: String) -> Result<TodayItem> {
    let (mut shown, mut context) = (None, TodayContext::default());
    if let Some(id) = person {
        let left_alone = is_left_alone(tx, id)?;
        shown = tx
            .sql()
            .prepare_cached("SELECT name, organisation, stage, confidence FROM person_state WHERE person = ?1")?
            .query_row([id], |r| {
                Ok(TodayPerson {
                    id,
                    name: r.get(0)?,
                    organisation: r.get(1)?,
                    stage: r.get(2)?,
                    confidence: r.get(3)?,
                    left_alone,
                })
            })
            .optional()?;
        context = TodayContext {
            last_said: last_said(tx, config, id)?,
            building: tx.get::<people::Person>(id)?.building_now,
        };
    }
    Ok(TodayItem {
        key,
        person: shown,
        text,
        due: None,
        late: None,
        hidden_until: None,
        snoozes: 0,
        followup: None,
        touchpoint: None,
        change: None,
        moved: None,
        context,
    })
}

/// What was said at one entry.
fn said_at(tx: &Tx, config: &Config, touchpoint: Id) -> Result<Option<LastSaid>> {
    said(
        tx,
        config,
        "SELECT on_day, kind, coalesce(quote, note) FROM touchpoints WHERE id = ?1 AND deleted_at IS NULL",
        touchpoint,
    )
}

/// The newest entry in which something was said; else the newest.
fn last_said(tx: &Tx, config: &Config, person: Id) -> Result<Option<LastSaid>> {
    said(
        tx,
        config,
        "SELECT t.on_day, t.kind, coalesce(t.quote, t.note) AS said FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
         WHERE tp.person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND t.deleted_at IS NULL AND t.precision <> 'unknown'
         ORDER BY said IS NOT NULL DESC, t.on_day DESC, t.at DESC, t.rid DESC LIMIT 1",
        person,
    )
}

fn said(tx: &Tx, config: &Config, sql: &str, of: Id) -> Result<Option<LastSaid>> {
    let said = tx
        .sql()
        .prepare_cached(sql)?
        .query_row([of], |r| {
            let kind: String = r.get(1)?;
            let label = config.kind(&kind).map_or_else(|| kind.clone(), |kind| kind.label.clone().into_owned());
            Ok(LastSaid { on: r.get(0)?, kind, label, note: r.get(2)? })
        })
        .optional()?;
    Ok(said)
}
