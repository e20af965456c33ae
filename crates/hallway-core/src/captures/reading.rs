//! What a line says in this workspace: its pieces as chips, whom it may be about, and what would be saved.
mod chips;
mod offered;
mod plan;

pub(super) use plan::Plan;

use super::{
    parse::{self, Known, Line, Meaning},
    when::{self, Here, in_words},
};
use crate::{
    days,
    error::Result,
    id::Id,
    journey::{
        self,
        engine::{Direction, Stage},
    },
    normal::{ContactKind, fold},
    people::{self, PersonPick},
    store::Tx,
    time::Now,
    workspace,
};
use chips::chips;
use offered::{by_itself, offered};
use plan::planned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// More words than this are rarely a name; five are, in many a place.
const LONG_NAME: usize = 5;
/// What follows a conversation when nothing else was promised.
pub(super) const FOLLOW_UP: &str = "follow up";

#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct ReadCapture {
    pub text: String,
    /// BCP 47; says which number comes first in 3/4.
    pub locale: Option<String>,
    /// Who was picked for the name the line begins with.
    pub picked: Option<Id>,
    /// It is somebody new, whoever is called so already.
    pub someone_new: Option<bool>,
    /// When a line that waited was written down: its days are counted from there.
    #[serde(skip)]
    #[ts(skip)]
    pub written: Option<Now>,
}

words! {
    pub enum ChipKind {
        Person = "person", Organisation = "organisation", Stage = "stage", Tag = "tag", FollowUp = "follow_up",
        Quote = "quote", Mood = "mood", Item = "item", Contact = "contact", Kind = "kind", Waiting = "waiting",
        Same = "same",
    }
}

/// A piece of the line, as it will be saved.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Chip {
    pub what: ChipKind,
    /// Where it stands in the line, in UTF-16 units.
    pub from: u32,
    pub to: u32,
    /// What it will be: “Acme”, “Building”, “Mon 25 May: send the guide”.
    pub label: String,
    pub stage: Option<Stage>,
    /// Of a follow-up: `YYYY-MM-DD`, and what was promised.
    pub day: Option<String>,
    /// Instant, ms UTC, when a time was said.
    pub at: Option<i64>,
    pub text: Option<String>,
    pub contact: Option<ContactKind>,
    pub mood: Option<i8>,
    /// It is in the file already: an organisation, a tag, a person.
    pub known: bool,
    /// What it takes the place of: where they worked until now.
    pub instead_of: Option<String>,
}

/// What a line says.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaptureReading {
    pub chips: Vec<Chip>,
    pub name: String,
    pub note: String,
    /// Whom it will be saved to; nobody when somebody new is made.
    pub person: Option<PersonPick>,
    /// Whom it may be about, the likeliest first.
    pub people: Vec<PersonPick>,
    /// The one among them who is so near that it may be the same person.
    pub near: Option<Id>,
    /// What happened, as it will be saved.
    pub happened: String,
    /// Why it cannot be saved: a sentence.
    pub problem: Option<String>,
    /// What may be meant otherwise, or will not be as one may think: a sentence. It can be saved as it is.
    pub hint: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct WhenSaid {
    /// `mon`, `3d`, `12 jun`, `eom`, `mon 15:00`; empty is the next business day.
    pub text: String,
    pub locale: Option<String>,
}

/// A day that was said in words.
#[derive(Debug, Serialize, TS)]
pub struct SaidWhen {
    pub day: String,
    /// Instant, ms UTC, when a time was said.
    pub at: Option<i64>,
    /// “Mon 25 May”.
    pub words: String,
}

/// Reads a day said in words; nothing when it says none.
pub fn when(tx: &Tx, input: WhenSaid) -> Result<Option<SaidWhen>> {
    let here = here(tx, tx.now, input.locale.as_deref())?;
    let Some(said) = when::read(&input.text, &here) else { return Ok(None) };
    Ok(Some(SaidWhen { day: said.day.to_string(), at: instant(tx, said)?, words: in_words(said, here.now.date()) }))
}

/// What a line says as it stands, and whom it may be about.
pub fn read(tx: &Tx, input: ReadCapture) -> Result<CaptureReading> {
    let (line, plan) = understood(tx, &input)?;
    let person = plan.person.map(|id| people::pick(tx, id)).transpose()?.flatten();
    let (people, near) = offered(tx, &plan)?;
    let near = near.filter(|_| person.is_none() && input.someone_new != Some(true));
    let hint = hint(tx, &line, &plan, person.as_ref())?;
    Ok(CaptureReading {
        chips: chips(tx, &input, &line, &plan, person.as_ref())?,
        name: plan.name,
        note: plan.note,
        person,
        people,
        near,
        happened: plan.kind.label,
        problem: plan.problem,
        hint,
    })
}

/// What the line may have meant otherwise: a name that runs on into the note, a stage that moves nobody, a question that
/// nobody would be reminded of.
fn hint(tx: &Tx, line: &Line, plan: &Plan, person: Option<&PersonPick>) -> Result<Option<String>> {
    if plan.problem.is_some() {
        return Ok(None);
    }
    if person.is_none() && plan.name.split_whitespace().count() > LONG_NAME {
        return Ok(Some("A long name: is the rest a note? A comma ends the name.".into()));
    }
    if let Some(word) = line.note.split(' ').find(|word| parse::is_unknown_kind(word)) {
        return Ok(Some(format!("“{word}” is no kind here, so it stays in the note. F1 lists what & can say.")));
    }
    if plan.promises.is_empty() && speaks_of_a_promise(&line.note) {
        return Ok(Some("A promise? An ! before the day brings it back, as in “!mon send the guide”.".into()));
    }
    let said = line.pieces.iter().any(|piece| matches!(piece.meaning, Meaning::Stage(_)));
    if let (true, Some(seen), Some(stands)) = (said, plan.stage, person.and_then(|pick| pick.stage))
        && seen < stands
    {
        let names = &journey::config(tx)?.1.names;
        return Ok(Some(stays_ahead(names.at(stands), names.at(seen))));
    }
    // Whoever promised something already comes back to it.
    let owed = plan.waits || !plan.promises.is_empty() || plan.kind.direction == Direction::FromUs;
    if !owed && speaks_of_a_question(&line.note) {
        return Ok(Some("Do they wait for an answer? !? puts them on Today.".into()));
    }
    Ok(None)
}

/// Words by which a question is told in plain English, or its sign at the end.
fn speaks_of_a_question(note: &str) -> bool {
    let words = format!(" {} ", note.to_lowercase());
    note.trim_end().ends_with(['?', '？', '؟'])
        || [" asked ", " asks ", " wants to know ", " wonders "].iter().any(|asked| words.contains(asked))
}

/// Words by which a promise is made in plain English.
fn speaks_of_a_promise(note: &str) -> bool {
    let note = format!(" {} ", note.to_lowercase().replace('’', "'"));
    [" promised ", " promise to ", " i'll ", " i will ", " will send ", " get back to "]
        .iter()
        .any(|words| note.contains(words))
}

/// Why an earlier stage than theirs takes nobody back.
pub(super) fn stays_ahead(stands: &str, seen: &str) -> String {
    format!("Stays at {stands}: one mention of {seen} takes nobody back. S on their page does.")
}

/// The line taken apart, and what is to be saved of it.
pub(super) fn understood(tx: &Tx, input: &ReadCapture) -> Result<(Line, Plan)> {
    let picked = input.picked.map(|id| people::root(tx, id)).transpose()?;
    let picked_name = picked.map(|id| people::pick(tx, id)).transpose()?.flatten().map(|pick| pick.name);
    let typed = typed(tx, input)?;
    let line = parsed(tx, &input.text, typed.here, picked_name.as_deref())?;
    let mut plan = planned(tx, &line, &typed)?;
    plan.person = match picked.filter(|_| picked_name.as_deref().is_some_and(|name| fold(name) == fold(&plan.name))) {
        Some(picked) => Some(picked),
        None if input.someone_new == Some(true) => None,
        None => by_itself(tx, &plan)?,
    };
    Ok((line, plan))
}

/// What the days of a line are counted by, and which lines it comes after.
struct Typed {
    here: Here,
    /// Instant, ms UTC: nothing that was typed later was the last entry then.
    until: i64,
}

fn typed(tx: &Tx, input: &ReadCapture) -> Result<Typed> {
    let here = here(tx, input.written.unwrap_or(tx.now), input.locale.as_deref())?;
    Ok(Typed { here, until: input.written.map_or(i64::MAX, |at| at.0) })
}

/// Where and when something is said.
fn here(tx: &Tx, written: Now, locale: Option<&str>) -> Result<Here> {
    let (day, time) = days::civil(written.0, workspace::zone(tx)?);
    Ok(Here {
        now: day.and_time(time),
        weekend: workspace::weekend(tx)?,
        month_first: when::month_first(locale.unwrap_or_default()),
    })
}

/// The instant of a time that was said, in the workspace's zone.
pub(super) fn instant(tx: &Tx, said: when::Said) -> Result<Option<i64>> {
    let zone = workspace::zone(tx)?;
    Ok(said.time.map(|time| days::instant(said.day, time, zone)))
}

fn parsed(tx: &Tx, text: &str, here: Here, picked: Option<&str>) -> Result<Line> {
    let config = journey::config(tx)?;
    let kinds: Vec<(String, String)> = config
        .1
        .kinds
        .iter()
        .filter(|kind| kind.on)
        .map(|kind| (kind.key.to_string(), kind.label.to_string()))
        .collect();
    let stages: Vec<(Stage, String)> =
        Stage::ALL.iter().map(|stage| (*stage, config.1.names.at(*stage).to_owned())).collect();
    // Where it cannot be told they are not: the line is read all the same.
    let is_person = |name: &str| people::named_exactly(tx, name).is_ok_and(|found| !found.is_empty());
    let is_organisation = |name: &str| plan::organisation(tx, name).is_ok_and(|(_, known)| known);
    Ok(parse::parse(
        text,
        &Known {
            here,
            kinds: &kinds,
            stages: &stages,
            picked,
            is_person: &is_person,
            is_organisation: &is_organisation,
        },
    ))
}
