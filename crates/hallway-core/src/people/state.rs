//! `person_state`: what lists show, sort by and search, made anew for the people an operation touched, in its transaction.
use super::Person;
use crate::{
    cadences,
    contact_points::{self, ContactPoint},
    countries,
    error::Result,
    followups,
    id::Id,
    journey::{
        self,
        engine::{Stage, Standing},
    },
    normal::{ContactKind, fold},
    organisations::Organisation,
    store::Tx,
    tags::{self, TagKind},
    workspace,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

mod placing;
pub(crate) use placing::{Placing, wait_to_be_placed};

/// On which occasion somebody's state is made anew.
#[derive(Clone, Copy, PartialEq)]
enum Occasion {
    /// Something was written that concerns them.
    Written,
    /// A piece of an operation is taken back.
    TakingBack(i64),
    /// They waited for it.
    Placed,
}

/// Makes the state of everybody this write concerned anew.
pub fn refresh_concerned(tx: &mut Tx) -> Result<u32> {
    refresh_all(tx, Occasion::Written)
}

/// The same in a piece of taking an operation back. Whom that operation moved are shown as they stand just then, but what
/// they seem to do half way is no move: they are moved once its moves no longer stand.
pub(crate) fn refresh_taking_back(tx: &mut Tx, operation: i64) -> Result<u32> {
    refresh_all(tx, Occasion::TakingBack(operation))
}

fn refresh_all(tx: &mut Tx, occasion: Occasion) -> Result<u32> {
    let today = workspace::today(tx)?;
    let concerned = concerned_roots(tx)?;
    for person in &concerned {
        refresh(tx, *person, today, occasion)?;
        followups::open::refresh(tx, *person)?;
        cadences::refresh(tx, *person)?;
    }
    refresh_beside_people(tx)?;
    // Recording a move concerned the same people again, of whom there is nothing new to record.
    tx.take_concerned();
    Ok(concerned.len() as u32)
}

/// What hangs on no single person.
fn refresh_beside_people(tx: &mut Tx) -> Result<()> {
    if tx.has_changed("cadences") {
        cadences::refresh_those_of_tags(tx)?;
    }
    if tx.has_changed("followups") {
        followups::open::refresh_of_nobody(tx)?;
    }
    Ok(())
}

/// Whom this write concerned. What concerns a row concerns the one that stands for the person.
fn concerned_roots(tx: &mut Tx) -> Result<BTreeSet<Id>> {
    for row in tx.take_concerned() {
        tx.concern(row);
        if let Some(root) = tx.scalar("SELECT root FROM people WHERE id = ?1", [row])? {
            tx.concern(root);
        }
    }
    Ok(tx.take_concerned())
}

/// Marks everybody, after a change of rules.
pub fn concern_everybody(tx: &mut Tx) -> Result<()> {
    for person in tx.column::<Id>("SELECT id FROM people WHERE deleted_at IS NULL AND root = id", [])? {
        tx.concern(person);
    }
    Ok(())
}

/// Marks those for whom time alone changes something by today.
pub fn concern_due(tx: &mut Tx, today: NaiveDate) -> Result<()> {
    for person in tx.column::<Id>("SELECT person FROM person_state WHERE next_change_on <= ?1", [today.to_string()])? {
        tx.concern(person);
    }
    Ok(())
}

/// Takes moves that an operation recorded off the list of news, since they have had their word.
pub(crate) fn answered(tx: &mut Tx, operation: i64) -> Result<()> {
    const SAID: &str = "FROM stage_changes WHERE created_op = ?1 AND status NOT IN ('suggested', 'applied')";
    tx.mark_changed("person_state");
    tx.sql().execute(
        &format!("UPDATE person_state SET moved = NULL WHERE person IN (SELECT root FROM people WHERE id IN (SELECT person_id {SAID})) AND moved IN (SELECT id {SAID})"),
        [operation],
    )?;
    Ok(())
}

/// Somebody who was written in this very transaction, and with whom nothing has happened yet: what their state is made of.
pub(crate) struct Fresh {
    pub person: Person,
    /// The name of where they work, as it stands in the file.
    pub organisation: Option<String>,
    /// Kind and name of each tag.
    pub tags: Vec<(TagKind, String)>,
    pub contacts: Vec<ContactPoint>,
}

/// Where somebody stands of whom there is no evidence: the same for everybody on one day.
pub(crate) fn unplaced(tx: &Tx, today: NaiveDate) -> Result<Standing> {
    journey::shown_of(tx, Id([0; 16]), today)
}

/// Makes the state of somebody new, from what was just written and without reading it again.
pub(crate) fn put_fresh(tx: &mut Tx, fresh: Fresh, unplaced: &Standing) -> Result<()> {
    let Fresh { person, organisation, mut tags, mut contacts } = fresh;
    // The orders of `tags::of` and `contact_points::of`.
    tags.sort_by_cached_key(|(kind, name)| (kind.key(), fold(name)));
    contacts.sort_by_key(|c| (c.kind != ContactKind::Email, c.kind.key(), !c.is_primary));
    let tags: Vec<String> = tags.into_iter().map(|(_, name)| name).collect();
    let added_at = tx.now.0;
    let placed_by = journey::config(tx)?.0.into();
    let shown = Shown {
        also: vec![],
        organisation,
        tags,
        contacts,
        last: None,
        added_at,
        moved: None,
        review_to: None,
        placed_by,
    };
    put(tx, &person, &shown, unplaced, true)?;
    // Nothing was said of them by name yet, but their tags may say how often to be in touch.
    if !shown.tags.is_empty() && cadences::any_of_tags(tx)? {
        cadences::refresh(tx, person.id)?;
    }
    Ok(())
}

fn refresh(tx: &mut Tx, id: Id, today: NaiveDate, occasion: Occasion) -> Result<()> {
    tx.mark_changed("person_state");
    let Some(person) = tx.find_one::<Person>("WHERE id = ?1 AND deleted_at IS NULL AND root = id", [id])? else {
        tx.sql().prepare_cached("DELETE FROM person_state WHERE person = ?1")?.execute([id])?;
        return Ok(());
    };
    let rules = journey::config(tx)?.0;
    let placed_by = placed_by(tx, id)?;
    let new_rules = placed_by.is_some_and(|by| ![0, i64::from(rules)].contains(&by.abs()));
    // Whoever waits to be placed goes on waiting.
    let waits = placed_by.filter(|by| *by <= 0 && occasion != Occasion::Placed);
    let moves = match occasion {
        _ if waits.is_some() => false,
        Occasion::TakingBack(operation) => !journey::was_moved_by(tx, id, operation)?,
        Occasion::Written | Occasion::Placed => true,
    };
    let replay = journey::replay_of(tx, id, today)?;
    let moved = match moves {
        true => journey::record_moves(tx, id, &replay, today, new_rules)?,
        false => journey::news(tx, id)?,
    };
    let review = journey::review_of(tx, id, &replay, today)?;
    let mut standing = journey::shown(tx, id, today, replay)?;
    // Whoever the newest review came too early for is looked at again at the next.
    standing.next_change_on = standing.next_change_on.into_iter().chain(review.again_on).min();
    let organisation = organisation_of(tx, &person)?;
    let tags: Vec<String> = tags::of(tx, id)?.into_iter().map(|t| t.name).collect();
    let contacts = contact_points::of(tx, id)?;
    let last: Option<(String, String)> = tx
        .sql()
        .prepare_cached(
            "SELECT t.on_day, t.kind FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
             WHERE tp.person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND tp.role <> 'about' AND t.deleted_at IS NULL AND t.precision <> 'unknown'
             ORDER BY t.on_day DESC, t.at DESC, t.rid DESC LIMIT 1",
        )?
        .query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?
        .next()
        .transpose()?;
    let added_at: i64 = tx.scalar("SELECT created_at FROM people WHERE id = ?1", [id])?.unwrap_or_default();
    let also: Vec<String> = tx.column(
        "SELECT display_name FROM people WHERE root = ?1 AND deleted_at IS NULL AND id <> ?1 ORDER BY created_at, id",
        [id],
    )?;
    let placed_by = waits.unwrap_or(rules.into());
    let review_to = review.to;
    let shown = Shown { also, organisation, tags, contacts, last, added_at, moved, review_to, placed_by };
    put(tx, &person, &shown, &standing, false)
}

fn organisation_of(tx: &Tx, person: &Person) -> Result<Option<String>> {
    Ok(match person.organisation_id {
        Some(id) => tx.find_one::<Organisation>("WHERE id = ?1 AND deleted_at IS NULL", [id])?.map(|o| o.name),
        None => None,
    })
}

/// By the rules of which version somebody was placed last. Below one they wait to be placed: then it is the version before
/// that, turned below nothing, or nothing for somebody who never was.
fn placed_by(tx: &Tx, person: Id) -> Result<Option<i64>> {
    tx.scalar("SELECT rules FROM person_state WHERE person = ?1", [person])
}

/// What the list shows of somebody beside what stands on the person.
struct Shown {
    /// The names of other rows that are them.
    also: Vec<String>,
    organisation: Option<String>,
    tags: Vec<String>,
    contacts: Vec<ContactPoint>,
    last: Option<(String, String)>,
    added_at: i64,
    moved: Option<Id>,
    /// One step back, which the newest review suggests.
    review_to: Option<Stage>,
    placed_by: i64,
}

const STATE: &str =
    "INTO person_state (person, name, sort_name, organisation, sort_organisation, country, city, tags, search,
       stage, stage_rank, since, confidence, presence, ring, involvement, moved, last_touch_on, last_kind, do_not_contact, teammate, added_at, next_change_on, rules, review_to)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)";

/// `new` says that there is no state of them yet. To replace one that is not there would cost a copy of every page it
/// touches, so that the one that is not there could come back.
fn put(tx: &mut Tx, person: &Person, shown: &Shown, standing: &Standing, new: bool) -> Result<()> {
    let Shown { also, organisation, tags, contacts, last, added_at, moved, review_to, placed_by } = shown;
    tx.mark_changed("person_state");
    let sort_name = fold(&person.display_name);

    // The name is the first line: the index in memory sorts by it.
    let mut search = vec![sort_name.clone()];
    search.extend(also.iter().map(|t| fold(t)));
    search.extend(organisation.iter().map(|t| fold(t)));
    search.extend(person.city.iter().map(|t| fold(t)));
    search.extend(person.country.iter().map(|t| fold(countries::name_of(t).unwrap_or(t))));
    search.extend(person.role_title.iter().map(|t| fold(t)));
    search.extend(tags.iter().map(|t| fold(t)));
    search.extend(contacts.iter().map(|c| fold(&c.value)));

    let sql = format!("{} {STATE}", if new { "INSERT" } else { "INSERT OR REPLACE" });
    tx.sql().prepare_cached(&sql)?.execute(rusqlite::params![
        person.id,
        person.display_name,
        sort_name,
        organisation,
        organisation.as_deref().map(fold),
        person.country,
        person.city,
        (!tags.is_empty()).then(|| tags.join("\u{1f}")),
        search.join("\n"),
        standing.stage,
        standing.stage.map_or(0, |s: Stage| s as u8 + 1),
        standing.since.map(|d| d.to_string()),
        standing.confidence,
        standing.presence,
        standing.ring,
        standing.involvement_level,
        moved,
        last.as_ref().map(|l| &l.0),
        last.as_ref().map(|l| &l.1),
        person.do_not_contact,
        person.teammate,
        added_at,
        standing.next_change_on.map(|d| d.to_string()),
        placed_by,
        review_to,
    ])?;
    Ok(())
}
