//! Who may be one person, as a list with reasons.
use super::{
    by_age,
    index::{Doubles, Group, Hint},
};
use crate::{
    error::Result,
    id::Id,
    people::{self, PersonId, PersonPick},
    store::Tx,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Suggestions `offset … offset + limit`; at most 200 at once, and none at all to be told how many there are.
#[derive(Debug, Deserialize, TS)]
pub struct DoublesWindow {
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Serialize, TS)]
pub struct Suggestions {
    pub count: u32,
    /// The surest first.
    pub doubles: Vec<Suggestion>,
}

/// People who may be one.
#[derive(Debug, Serialize, TS)]
pub struct Suggestion {
    /// The one who would stand for all of them first.
    pub people: Vec<PersonPick>,
    /// 1 … 100.
    pub score: u32,
    pub why: Vec<Reason>,
}

/// One thing that makes them look like one, with what they share where there is something to show.
#[derive(Debug, Serialize, TS)]
pub struct Reason {
    pub why: Hint,
    pub shared: Option<String>,
}

/// People who may be one, with the reasons. Whoever was told apart is not among them.
pub fn list(tx: &Tx, input: DoublesWindow) -> Result<Suggestions> {
    let (from, limit) = (input.offset as usize, input.limit.min(200) as usize);
    let (count, groups) = tx.derived(|doubles: &Doubles| {
        let groups = doubles.groups();
        (groups.len(), groups.iter().skip(from).take(limit).cloned().collect::<Vec<_>>())
    })?;
    Ok(Suggestions { count: count as u32, doubles: shown(tx, groups)? })
}

/// Whom somebody may be the same as.
pub fn of(tx: &Tx, input: PersonId) -> Result<Vec<Suggestion>> {
    let person = people::root(tx, input.id)?;
    let groups = tx.derived(|doubles: &Doubles| doubles.of(person))?;
    shown(tx, groups)
}

fn shown(tx: &Tx, groups: Vec<Group>) -> Result<Vec<Suggestion>> {
    let mut suggestions = Vec::with_capacity(groups.len());
    for group in groups {
        let mut people = Vec::with_capacity(group.people.len());
        for id in by_age(tx, &group.people)? {
            people.extend(people::pick(tx, id)?);
        }
        // A read that began before a commit may be told of somebody who is gone since.
        if people.len() < 2 {
            continue;
        }
        let why = group
            .why
            .iter()
            .map(|why| Ok(Reason { why: *why, shared: shared(tx, *why, &people)? }))
            .collect::<Result<_>>()?;
        suggestions.push(Suggestion { people, score: group.score, why });
    }
    Ok(suggestions)
}

/// What two of them have in common, as one of them says it.
fn shared(tx: &Tx, why: Hint, people: &[PersonPick]) -> Result<Option<String>> {
    let kinds = match why {
        Hint::Address => "c.kind = 'email'",
        Hint::Phone => "c.kind = 'phone'",
        Hint::Handle => "c.kind NOT IN ('email', 'phone', 'website', 'rss', 'other')",
        Hint::Organisation => return Ok(people.iter().find_map(|person| person.organisation.clone())),
        Hint::City => {
            return tx.scalar("SELECT city FROM person_state WHERE person = ?1", [people[0].id]).map(Option::flatten);
        }
        Hint::SameName | Hint::NameWithin | Hint::AlikeName => return Ok(None),
    };
    let ids: Vec<Id> = people.iter().map(|person| person.id).collect();
    for (n, one) in ids.iter().enumerate() {
        for other in &ids[n + 1..] {
            let value: Option<String> = tx.scalar(
                &format!(
                    "SELECT c.value FROM contact_points c JOIN people p ON p.id = c.person_id
                     WHERE p.root = ?1 AND p.deleted_at IS NULL AND c.deleted_at IS NULL AND {kinds}
                       AND EXISTS (SELECT 1 FROM contact_points d JOIN people q ON q.id = d.person_id
                         WHERE d.value_norm = c.value_norm AND d.kind = c.kind AND q.root = ?2 AND q.deleted_at IS NULL AND d.deleted_at IS NULL)
                     ORDER BY c.rid LIMIT 1"
                ),
                (one, other),
            )?;
            if value.is_some() {
                return Ok(value);
            }
        }
    }
    Ok(None)
}
