//! What happened between people: logged, edited, taken out.
mod give;
mod parts;
#[cfg(test)]
mod tests;
mod timeline;
mod when;

pub use give::{Answered, Thanked, answered, thanked};
pub(crate) use parts::{Part, at, whom};
pub use timeline::{Timeline, TimelineEntry, TimelineOf, TimelinePerson, timeline};
pub use when::{Precision, When};

use crate::{
    error::{Error, Result, invalid},
    followups,
    id::Id,
    journey::{
        self,
        engine::{self, Direction, FourC, ObservedBy, Role, Stage},
    },
    people::text,
    record::{Check, Record},
    rpc::Empty,
    store::{Subject, Tx},
    time,
};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

words! {
    /// What we meant by it.
    pub enum Intent { Teach = "teach", Inspire = "inspire", Help = "help", Listen = "listen", Thank = "thank", Ask = "ask", }
}
words! {
    /// How it got here.
    pub enum Source { Form = "form", QuickCapture = "quick_capture", Import = "import", Derived = "derived", }
}

record! {
    /// Something that happened, with at least one person.
    pub struct Touchpoint in "touchpoints" as "touchpoint", Trash,
    concerns Query("SELECT person_id FROM touchpoint_people WHERE touchpoint_id = ?1"), hangs on [] {
        /// The touchpoint's own id.
        pub id: Id,
        /// What happened: the key of one of the kinds in the rules.
        pub kind: String,
        /// `YYYY-MM-DD`: the truth for the journey; it never moves with a zone.
        pub on_day: String,
        /// How exactly it is known: a month or a year counts as its first day, an unknown day is no evidence.
        pub precision: Precision,
        /// Instant, ms UTC; only when the minute is known.
        pub at: Option<i64>,
        /// IANA: where that minute was counted.
        pub zone: Option<String>,
        /// Who did it; it must be a way the kind can go.
        pub direction: Direction,
        /// What we meant by it.
        pub intent: Option<Intent>,
        /// What was said.
        pub note: Option<String>,
        /// Their own words.
        pub quote: Option<String>,
        /// −2 … +2: the mood.
        pub sentiment: Option<i8>,
        /// How long it took.
        pub minutes: Option<u32>,
        /// They wait for an answer.
        pub needs_answer: bool,
        /// The entry that this answers.
        pub answers: Option<Id>,
        /// How it got here.
        pub source: Source,
    }
}
impl Check for Touchpoint {
    fn check(&self) -> Result<()> {
        if self.sentiment.is_some_and(|s| !(-2..=2).contains(&s)) {
            return invalid("sentiment", "The mood goes from −2 to +2.");
        }
        if self.answers == Some(self.id) {
            return invalid("answers", "An entry answers another one. Say which, or leave it out.");
        }
        time::day("onDay", &self.on_day)?;
        if let Some(zone) = &self.zone {
            time::zone("zone", zone)?;
        }
        Ok(())
    }
}

/// What is known of an entry beside what was said of it.
pub(crate) struct Beside {
    /// Their own words.
    pub quote: Option<String>,
    /// How it got here.
    pub source: Source,
    /// The entry that it answers.
    pub answers: Option<Id>,
}

record! {
    /// Somebody's part in what happened.
    pub struct TouchpointPerson in "touchpoint_people" as "person at this touchpoint", Joined, concerns Column("person_id"),
    hangs on ["touchpoint_id" -> "touchpoints", "person_id" -> "people"] {
        /// Follows from the touchpoint and the person.
        pub id: Id,
        /// What happened.
        pub touchpoint_id: Id,
        /// Who was there.
        pub person_id: Id,
        /// They did it, were there, or it was about them.
        pub role: Role,
        /// The stage they were seen in; never for what we do.
        pub observed_stage: Option<Stage>,
        /// How that is known.
        pub observed_by: ObservedBy,
        /// They were rewarded for it.
        pub incentivised: bool,
    }
}
impl Check for TouchpointPerson {
    fn complete(&mut self) {
        self.id = part(self.touchpoint_id, self.person_id);
    }
}

/// A kind of touchpoint, as a picker shows it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Kind {
    pub key: String,
    pub label: String,
    pub direction: Direction,
    pub four_c: FourC,
    /// Only what they do can be evidence.
    pub evidence: bool,
    pub points_to: Option<Stage>,
    pub proves: Option<Stage>,
    /// The stage it takes somebody back to.
    pub reset: Option<Stage>,
    /// Off: what was logged stays, and it is offered no more.
    pub on: bool,
}

/// Somebody's part in what happened.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct Attendee {
    pub person: Id,
    pub role: Option<Role>,
    /// The stage you saw them in.
    pub observed_stage: Option<Stage>,
    pub observed_by: Option<ObservedBy>,
    pub incentivised: Option<bool>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct LogTouchpoint {
    pub kind: String,
    pub people: Vec<Attendee>,
    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; empty means now, to the minute.
    pub on: Option<String>,
    /// Nobody knows the day.
    pub unknown_day: Option<bool>,
    pub direction: Option<Direction>,
    pub intent: Option<Intent>,
    pub note: Option<String>,
    pub sentiment: Option<i8>,
    pub minutes: Option<u32>,
    pub needs_answer: Option<bool>,
}

impl Attendee {
    /// Somebody of whom nothing is said but that they were there.
    pub(crate) fn new(person: Id) -> Attendee {
        Attendee { person, role: None, observed_stage: None, observed_by: None, incentivised: None }
    }
}
impl LogTouchpoint {
    /// Something that happened just now.
    pub(crate) fn new(kind: &str, people: Vec<Attendee>, note: Option<String>) -> LogTouchpoint {
        LogTouchpoint {
            kind: kind.to_owned(),
            people,
            on: None,
            unknown_day: None,
            direction: None,
            intent: None,
            note,
            sentiment: None,
            minutes: None,
            needs_answer: None,
        }
    }
}

/// Only what is present changes; an empty text empties, and so does a null. `people`, when present, is everybody.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct EditTouchpoint {
    pub id: Id,
    pub kind: Option<String>,
    pub people: Option<Vec<Attendee>>,
    pub on: Option<String>,
    pub unknown_day: Option<bool>,
    pub direction: Option<Direction>,
    /// An empty text takes it away.
    pub intent: Option<String>,
    pub note: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[ts(type = "number | null")]
    pub sentiment: Option<Option<i8>>,
    #[serde(default, deserialize_with = "present")]
    #[ts(type = "number | null")]
    pub minutes: Option<Option<u32>>,
    pub needs_answer: Option<bool>,
}

/// Tells a null, which empties, from nothing said.
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    input: D,
) -> std::result::Result<Option<Option<T>>, D::Error> {
    Option::deserialize(input).map(Some)
}

#[derive(Debug, Deserialize, TS)]
pub struct TouchpointId {
    pub id: Id,
}

pub fn kinds(tx: &Tx, _: Empty) -> Result<Vec<Kind>> {
    let config = journey::config(tx)?;
    Ok(config
        .1
        .kinds
        .iter()
        .map(|k| Kind {
            key: k.key.clone().into_owned(),
            label: k.label.clone().into_owned(),
            direction: k.direction,
            four_c: k.four_c,
            evidence: k.direction != Direction::FromUs,
            points_to: k.points_to,
            proves: k.proves,
            reset: k.resets_to,
            on: k.on,
        })
        .collect())
}

pub fn log(tx: &mut Tx, input: LogTouchpoint) -> Result<TimelineEntry> {
    let id = write(tx, input, Beside { quote: None, source: Source::Form, answers: None })?;
    timeline::entry(tx, id)
}

/// Writes down what happened, with what is known beside it.
pub(crate) fn write(tx: &mut Tx, input: LogTouchpoint, beside: Beside) -> Result<Id> {
    let kind = kind_of(tx, &input.kind)?;
    let when = When::said(tx, input.on.as_deref().unwrap_or_default(), input.unknown_day == Some(true))?;
    let row = Touchpoint {
        id: tx.new_id(),
        direction: direction_of(&kind, input.direction)?,
        kind: kind.key.clone().into_owned(),
        on_day: when.on_day.to_string(),
        precision: when.precision,
        at: when.at,
        zone: when.zone,
        intent: input.intent,
        note: text(input.note),
        quote: beside.quote,
        sentiment: input.sentiment,
        minutes: input.minutes,
        needs_answer: input.needs_answer == Some(true),
        answers: beside.answers,
        source: beside.source,
    };
    let people = attendees(tx, &row, &kind, &input.people)?;
    tx.insert(&row)?;
    for person in &people {
        tx.insert(person)?;
    }
    tx.about(Subject::Person(people[0].person_id), Some(people.len()), None)?;
    Ok(row.id)
}

pub fn edit(tx: &mut Tx, input: EditTouchpoint) -> Result<TimelineEntry> {
    let id = input.id;
    let mut row: Touchpoint = tx.get(id)?;
    let kind = kind_of(tx, input.kind.as_deref().unwrap_or(&row.kind))?;
    // An entry of the same kind goes the way it went: what came up in a talk still did.
    if kind.key != row.kind || input.direction.is_some() {
        row.direction = direction_of(&kind, input.direction)?;
        row.kind = kind.key.clone().into_owned();
    }
    if input.on.is_some() || input.unknown_day.is_some() {
        let when = When::said(tx, input.on.as_deref().unwrap_or_default(), input.unknown_day == Some(true))?;
        (row.on_day, row.precision, row.at, row.zone) = (when.on_day.to_string(), when.precision, when.at, when.zone);
    }
    if let Some(intent) = input.intent {
        row.intent = if intent.is_empty() {
            None
        } else {
            Some(Intent::from_key(&intent).ok_or_else(|| no_such("intent", &intent))?)
        };
    }
    if input.note.is_some() {
        row.note = text(input.note);
    }
    row.sentiment = input.sentiment.unwrap_or(row.sentiment);
    row.minutes = input.minutes.unwrap_or(row.minutes);
    row.needs_answer = input.needs_answer.unwrap_or(row.needs_answer);
    let after = match &input.people {
        Some(people) => Some(attendees(tx, &row, &kind, people)?),
        None => None,
    };
    let before: Vec<TouchpointPerson> = tx.find("WHERE touchpoint_id = ?1 ORDER BY rid", [id])?;
    check_observed(&kind, after.as_ref().unwrap_or(&before))?;
    tx.put(&row)?;
    if let Some(after) = after {
        parts::replace(tx, id, &after)?;
    }
    let people = parts::at(tx, id)?;
    if let Some((first, _)) = people.first() {
        tx.about(Subject::Person(*first), Some(people.len()), None)?;
    }
    timeline::entry(tx, id)
}

pub fn trash(tx: &mut Tx, input: TouchpointId) -> Result<Empty> {
    tx.get::<Touchpoint>(input.id)?;
    let people = parts::at(tx, input.id)?;
    tx.trash::<Touchpoint>(input.id)?;
    followups::bring_back(tx, input.id)?;
    if let Some((first, _)) = people.first() {
        tx.about(Subject::Person(*first), Some(people.len()), None)?;
    }
    Ok(Empty {})
}

/// What operations in any order leave without anybody keeps whoever was taken out of it last. Returns the sentences that
/// say so.
pub(crate) fn keep_somebody(tx: &mut Tx, operation: i64) -> Result<Vec<String>> {
    let touched: Vec<String> = tx.column(
        "SELECT DISTINCT json_extract(coalesce(old, new), '$.touchpoint_id.id') FROM changes WHERE operation = ?1 AND tbl = 'touchpoint_people' AND op <> 'update'",
        [operation],
    )?;
    let mut notes = Vec::new();
    for touchpoint in touched.iter().filter_map(|id| id.parse::<Id>().ok()) {
        let deserted = tx.scalar::<bool>(
            "SELECT NOT EXISTS (SELECT 1 FROM touchpoint_people p WHERE p.touchpoint_id = t.id) FROM touchpoints t WHERE t.id = ?1 AND t.deleted_at IS NULL",
            [touchpoint],
        )?;
        if deserted == Some(true)
            && tx.restore_joined(&TouchpointPerson::TABLE, operation, "touchpoint_id", touchpoint)?
        {
            let who: Option<String> = tx.scalar(
                "SELECT display_name FROM people WHERE id = (SELECT person_id FROM touchpoint_people WHERE touchpoint_id = ?1)",
                [touchpoint],
            )?;
            notes.push(format!(
                "{} stays at one entry, which would have nobody otherwise.",
                who.unwrap_or_else(|| "Somebody".into())
            ));
        }
    }
    Ok(notes)
}

/// How many living touchpoints somebody was at.
pub fn count(tx: &Tx, person: Id) -> Result<u32> {
    Ok(tx
        .scalar(
            "SELECT count(DISTINCT t.id) FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
             WHERE tp.person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND t.deleted_at IS NULL",
            [person],
        )?
        .unwrap_or(0))
}

/// How many living touchpoints any of these people was at.
pub(crate) fn count_of_all(tx: &Tx, people: &[Id]) -> Result<u32> {
    let mut seen: BTreeSet<Id> = BTreeSet::new();
    for person in people {
        seen.extend(tx.column::<Id>(
            "SELECT t.id FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
             WHERE tp.person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND t.deleted_at IS NULL",
            [person],
        )?);
    }
    Ok(seen.len() as u32)
}

/// Acts of ours that gave, and acts that asked.
pub fn balance(tx: &Tx, person: Id) -> Result<(u32, u32)> {
    Ok(tx.sql().query_row(
        "SELECT coalesce(sum(t.kind IN (SELECT value FROM json_each(?2)) AND t.intent IS NOT 'ask'), 0), coalesce(sum(t.intent = 'ask'), 0)
         FROM touchpoints t WHERE t.deleted_at IS NULL AND t.id IN (SELECT touchpoint_id FROM touchpoint_people
           WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL))",
        (person, serde_json::to_string(engine::GIVING)?),
        |r| Ok((r.get(0)?, r.get(1)?)),
    )?)
}

/// The id of somebody's part in a touchpoint.
pub(crate) fn part(touchpoint: Id, person: Id) -> Id {
    Id::derived("touchpoint_people", &[&touchpoint.0, &person.0])
}

fn kind_of(tx: &Tx, key: &str) -> Result<engine::Kind> {
    if key.is_empty() {
        return invalid("kind", "Say what happened.");
    }
    journey::config(tx)?.1.kind(key).cloned().ok_or_else(|| no_such("kind", key))
}

fn no_such(field: &str, word: &str) -> Error {
    Error::Invalid { field: field.into(), message: format!("There is nothing called “{word}” to choose here.") }
}

/// I03: what they do cannot come from us, and the other way round.
fn direction_of(kind: &engine::Kind, said: Option<Direction>) -> Result<Direction> {
    let said = said.unwrap_or(kind.direction);
    if (kind.direction == Direction::FromUs) != (said == Direction::FromUs) {
        return invalid("direction", format!("“{}” cannot go that way. Choose another kind.", kind.label));
    }
    Ok(said)
}

fn attendees(tx: &Tx, row: &Touchpoint, kind: &engine::Kind, people: &[Attendee]) -> Result<Vec<TouchpointPerson>> {
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for attendee in people {
        let person = parts::attending(tx, row.id, attendee.person)?;
        if !seen.insert(person) {
            return invalid("people", "Somebody is named twice. Name everybody once.");
        }
        rows.push(TouchpointPerson {
            id: part(row.id, person),
            touchpoint_id: row.id,
            person_id: person,
            role: attendee.role.unwrap_or(
                if kind.direction == Direction::TwoWay || kind.direction == Direction::FromUs {
                    Role::With
                } else {
                    Role::By
                },
            ),
            observed_stage: attendee.observed_stage,
            observed_by: attendee.observed_by.unwrap_or(ObservedBy::Told),
            incentivised: attendee.incentivised == Some(true),
        });
    }
    if rows.is_empty() {
        return invalid("people", "Say who it was with.");
    }
    check_observed(kind, &rows)?;
    Ok(rows)
}

/// I03: what we do says nothing about where they stand.
fn check_observed(kind: &engine::Kind, people: &[TouchpointPerson]) -> Result<()> {
    if kind.direction == Direction::FromUs && people.iter().any(|p| p.observed_stage.is_some()) {
        return invalid(
            "observedStage",
            format!(
                "“{}” is something we did, so it says nothing about where they stand. Log what they did as its own entry.",
                kind.label
            ),
        );
    }
    Ok(())
}
