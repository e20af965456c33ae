//! A line becomes what it says: somebody, what happened with them, what was promised. One step, taken back in one.
use super::{
    Capture, drafts,
    reading::{self, FOLLOW_UP, Plan, ReadCapture},
    review::waiting_line,
};
use crate::{
    contact_points::{self, ContactSource},
    error::{Result, invalid},
    followups::{self, NewFollowUp},
    id::Id,
    journey::{
        self, StandingOf,
        engine::{Direction, ObservedBy, Stage},
    },
    normal,
    people::{self, Person, PersonPick},
    record::Check,
    store::{Done, Memory, Store, Subject, Tx},
    tags,
    time::Now,
    touchpoints::{self, Attendee, Beside, LogTouchpoint, Source},
    workspace,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct SaveCapture {
    pub text: String,
    /// BCP 47; says which number comes first in 3/4.
    pub locale: Option<String>,
    /// Who was picked for the name the line begins with.
    pub picked: Option<Id>,
    /// It is somebody new, whoever is called so already.
    pub someone_new: Option<bool>,
    /// The line that waited, if it is one.
    pub line: Option<Id>,
}

/// The kind of what was handed over.
const HANDED: &str = "sent_swag";

/// What a line was saved as.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaptureSaved {
    pub id: Id,
    pub person: PersonPick,
    /// They were not in the file before.
    pub new: bool,
    /// What happened; what was handed over, when nothing else did.
    pub touchpoint: Id,
    pub follow_ups: u32,
    /// Why the stage that was written down is not where they stand: a sentence.
    pub stays: Option<String>,
    /// The step that takes it all back.
    #[ts(type = "number")]
    pub operation: i64,
}

/// Saves what a line says. The line is on disk before it is read, and stays there until it is saved.
///
/// # Errors
/// `invalid` under `text` for a line that names nobody, or says what cannot be; then it waits among the unsaved, or where it
/// waited. Under `id` for a line that waits no more.
pub fn save(store: &Store, now: Now, input: SaveCapture) -> Result<Done<CaptureSaved>> {
    if input.text.trim().is_empty() {
        return invalid("text", "Say who it was: the line begins with the name.");
    }
    let written_at = match input.line {
        // It is on disk already, and stays there.
        Some(line) => Some(store.read(now, |tx| waiting_line(tx, line).and_then(|line| written_at(tx, line.id)))?),
        None => {
            let key = drafts::key_of(&input.text);
            crate::rpc::write(store, now, "captures.keep", Memory::Recorded, |tx| drafts::put(tx, &key, &input.text))?;
            None
        }
    };
    let asked = ReadCapture {
        text: input.text.clone(),
        locale: input.locale.clone(),
        picked: input.picked,
        someone_new: input.someone_new,
        written: written_at,
    };
    // Who it is, is looked up in what is kept in memory, which a write would have to make anew.
    let (_, plan) = store.read(now, |tx| reading::understood(tx, &asked))?;
    if let Some(problem) = plan.problem {
        return invalid("text", problem);
    }
    let mut saved = None;
    let reply = crate::rpc::write(store, now, "captures.save", Memory::Undoable, |tx| {
        let done = written(tx, &input, &plan)?;
        drafts::forget_text(tx, &input.text)?;
        saved = Some((done, tx.operation()?));
        Ok(())
    })?;
    let Some(((id, person, new, touchpoint, follow_ups), operation)) = saved else {
        return invalid("text", "The line was not saved. Try again.");
    };
    let Some(person) = store.read(now, |tx| people::pick(tx, person))? else {
        return Err(crate::Error::NotFound("person"));
    };
    let stays = match plan.stage {
        Some(seen) if person.stage != Some(seen) => Some(store.read(now, |tx| stays(tx, person.id, seen))?),
        _ => None,
    };
    let value = CaptureSaved { id, person, new, touchpoint, follow_ups, stays, operation };
    Ok(Done { value, changed: reply.changed.into_iter().collect() })
}

/// Why somebody does not stand where they were just seen.
fn stays(tx: &Tx, person: Id, seen: Stage) -> Result<String> {
    let standing = journey::standing(tx, StandingOf { person, as_of: None })?;
    let names = &journey::config(tx)?.1.names;
    let stands = standing.stage.map_or("Not placed yet", |stage| names.at(stage));
    Ok(if standing.pin.is_some() {
        format!("Stays at {stands}: you set it by hand. S on their page changes it.")
    } else if standing.stage > Some(seen) {
        reading::stays_ahead(stands, names.at(seen))
    } else if standing.evidence_stage == Some(seen) {
        format!("Stays at {stands} until you accept the move: only accepted stages are shown.")
    } else {
        format!("Stays at {stands}: by your rules one mention of {} is not yet proof.", names.at(seen))
    })
}

fn written(tx: &mut Tx, input: &SaveCapture, plan: &Plan) -> Result<(Id, Id, bool, Id, u32)> {
    let waiting: Option<Capture> = input.line.map(|id| waiting_line(tx, id)).transpose()?;
    let new = plan.person.is_none();
    let person = match plan.person {
        Some(person) => people::root(tx, person)?,
        None => {
            let person = Person::new(tx.new_id(), &plan.name);
            person.check()?;
            tx.insert(&person)?;
            person.id
        }
    };
    if let Some(name) = &plan.organisation {
        let mut row: Person = tx.get(person)?;
        row.organisation_id = crate::organisations::named(tx, name)?;
        tx.put(&row)?;
    }
    for (name, kind) in &plan.tags {
        let tag = tags::named(tx, name, *kind)?;
        tags::put_on(tx, person, tag)?;
    }
    ways_to_reach(tx, person, plan)?;
    // A line that waited happened on the day it was written down.
    let on = match &waiting {
        Some(line) => day_of(tx, line.id)?,
        None => None,
    };
    let mut touchpoint = None;
    if !plan.only_handed {
        let entry = Happened {
            kind: &plan.kind.key,
            stage: plan.stage,
            note: &plan.note,
            quote: plan.quote.clone(),
            mood: plan.mood,
            talked: plan.talked,
            waits: plan.waits,
        };
        touchpoint = Some(happened(tx, person, entry, on.as_deref())?);
    }
    if !plan.items.is_empty() {
        let note = plan.items.join(", ");
        let entry = Happened { kind: HANDED, note: &note, ..Happened::default() };
        let handed = happened(tx, person, entry, on.as_deref())?;
        touchpoint.get_or_insert(handed);
    }
    let Some(touchpoint) = touchpoint else { return Err(crate::Error::NotFound("touchpoint")) };
    for (due, text) in &plan.promises {
        let zone = workspace::zone(tx)?.name().to_owned();
        let at = reading::instant(tx, *due)?;
        followups::add(
            tx,
            NewFollowUp {
                text: if text.is_empty() { FOLLOW_UP.into() } else { text.clone() },
                person: Some(person),
                touchpoint: Some(touchpoint),
                due: due.day.to_string(),
                zone: at.map(|_| zone),
                at,
                ..NewFollowUp::default()
            },
        )?;
    }
    let line = Capture {
        id: waiting.as_ref().map_or_else(|| tx.new_id(), |line| line.id),
        text: input.text.clone(),
        person_id: Some(person),
        touchpoint_id: Some(touchpoint),
        reviewed: waiting.is_some(),
    };
    tx.put(&line)?;
    tx.about(Subject::Person(person), None, None)?;
    Ok((line.id, person, new, touchpoint, plan.promises.len() as u32))
}

/// One entry of a line.
#[derive(Default)]
struct Happened<'a> {
    kind: &'a str,
    stage: Option<Stage>,
    note: &'a str,
    quote: Option<String>,
    mood: Option<i8>,
    talked: bool,
    waits: bool,
}

fn happened(tx: &mut Tx, person: Id, entry: Happened, on: Option<&str>) -> Result<Id> {
    let observed_by = entry.stage.map(|_| ObservedBy::Told);
    let people = vec![Attendee { person, role: None, observed_stage: entry.stage, observed_by, incentivised: None }];
    let log = LogTouchpoint {
        kind: entry.kind.to_owned(),
        people,
        on: on.map(str::to_owned),
        unknown_day: None,
        // Both took part, whatever came of it.
        direction: entry.talked.then_some(Direction::TwoWay),
        intent: None,
        note: Some(entry.note.to_owned()),
        sentiment: entry.mood,
        minutes: None,
        needs_answer: Some(entry.waits),
    };
    touchpoints::write(tx, log, Beside { quote: entry.quote, source: Source::QuickCapture, answers: None })
}

/// Adds what they do not have yet; they gave it.
fn ways_to_reach(tx: &mut Tx, person: Id, plan: &Plan) -> Result<()> {
    let today = workspace::today(tx)?;
    for (kind, value) in &plan.contacts {
        let has = contact_points::of(tx, person)?;
        let norm = normal::contact(*kind, value);
        if has.iter().any(|known| known.kind == *kind && known.value_norm == norm) {
            continue;
        }
        let first = !has.iter().any(|known| known.kind == *kind);
        let row = contact_points::made(tx, person, *kind, value, ContactSource::TheyGaveIt, None, first, today);
        row.check()?;
        tx.insert(&row)?;
    }
    Ok(())
}

/// When a line was written down.
fn written_at(tx: &Tx, line: Id) -> Result<Now> {
    Ok(tx.scalar("SELECT created_at FROM captures WHERE id = ?1", [line])?.map_or(tx.now, Now))
}

/// The day a line was written down, when that is not today.
fn day_of(tx: &Tx, line: Id) -> Result<Option<String>> {
    let day = written_at(tx, line)?.day_in(workspace::zone(tx)?);
    Ok((day != workspace::today(tx)?).then(|| day.to_string()))
}
