//! Where a developer stands, with the evidence. The rules are pure and live in [`engine`]; here they meet the file.
mod changes;
pub mod engine;
mod moves;
mod review;
mod rules;
mod standing;
#[cfg(test)]
mod tests;

pub use changes::{
    ChangeId, StageChange, StageChangeRow, accept, moved_by, news, record_moves, take_back, unvoid, void, was_moved_by,
};
pub use moves::{AcceptAll, Move, MoveFilter, Moves, MovesWindow, accept_all, looked, moves};
pub(crate) use review::review_of;
pub use review::{AnswerReview, ReviewAnswer, ReviewItem, answer_review, review};
pub(crate) use rules::catch_up;
pub use rules::{
    PresetOf, RuleMove, RulesDraft, RulesFile, RulesInForce, RulesPreview, RulesWritten, preset, preview_rules,
    read_rules, rules, set_rules, write_rules,
};
pub use standing::{Piece, PinShown, Standing, StandingOf, standing};

use crate::{
    error::{Result, invalid},
    id::Id,
    people::{self, Count, PersonId},
    record::{AsJson, Check, Record},
    rpc::Empty,
    store::{Subject, Tx},
    time,
    touchpoints::Part,
    workspace,
};
use chrono::NaiveDate;
use engine::{
    ChannelClass, Confidence, Config, Direction, Evidence, FourC, ObservedBy, Presence, Ring, Role, Stage, Until,
};
use serde::Deserialize;
use std::{collections::HashMap, sync::Arc};
use ts_rs::TS;

stored_as_word!(Stage, Confidence, Presence, Ring, ObservedBy, Role, Direction, FourC, ChannelClass);

/// The one axis there is; rings and involvement are derived from it.
pub(crate) const JOURNEY: &str = "journey";

words! {
    /// When a pin ends.
    pub enum PinUntil {
        /// With the next proof that contradicts it.
        Proof = "proof",
        /// After a day.
        Date = "date",
        Good = "good",
    }
}

record! {
    /// The rules by which stages follow from what people did. The highest version is in force.
    pub struct Rules in "journey_configs" as "rules", Joined, concerns Nobody, hangs on [] {
        /// Follows from the version.
        pub id: Id,
        /// 1, 2, 3 …
        pub version: u32,
        /// Every number and every kind of touchpoint; what is left out has the value it ships with.
        pub config: AsJson<Config>,
    }
}
impl Check for Rules {
    fn check(&self) -> Result<()> {
        match self.config.0.faults().first() {
            Some(fault) => invalid("config", fault),
            None => Ok(()),
        }
    }
    fn complete(&mut self) {
        self.id = Id::derived(Rules::TABLE.name, &[self.version.to_string().as_bytes()]);
    }
}

record! {
    /// A stage set by hand, with the reason.
    pub struct StagePin in "stage_pins" as "pin", Trash, concerns Column("person_id"), hangs on ["person_id" -> "people"] {
        /// The pin's own id.
        pub id: Id,
        /// Whose stage it is.
        pub person_id: Id,
        /// Always journey.
        pub axis: String,
        /// The stage that is shown; null shows them as not placed.
        pub stage: Option<Stage>,
        /// `YYYY-MM-DD`: when it was set.
        pub on_day: String,
        /// What ends it: the next proof that contradicts it, a date, or nothing.
        pub until: PinUntil,
        /// `YYYY-MM-DD`: the last day of a pin that ends with a date.
        pub until_day: Option<String>,
        /// Why, in the words of whoever set it.
        pub reason: String,
    }
}
impl Check for StagePin {
    fn check(&self) -> Result<()> {
        time::day("onDay", &self.on_day)?;
        if self.reason.trim().is_empty() {
            return invalid("reason", "Say in a few words why: you will want to know it later.");
        }
        match (&self.until_day, self.until) {
            (Some(day), PinUntil::Date) => time::day("untilDay", day).map(drop),
            (None, PinUntil::Date) => invalid("untilDay", "Say until which day."),
            _ => Ok(()),
        }
    }
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PinStage {
    pub person: Id,
    /// null pins them as not placed.
    pub stage: Option<Stage>,
    pub until: PinUntil,
    #[ts(optional)]
    pub until_day: Option<String>,
    pub reason: String,
}

/// Sets a stage by hand. The engine keeps computing beside it.
pub fn pin(tx: &mut Tx, input: PinStage) -> Result<Standing> {
    let person = people::root(tx, input.person)?;
    let today = workspace::today(tx)?;
    let until_day = people::text(input.until_day).filter(|_| input.until == PinUntil::Date);
    if let Some(day) = &until_day
        && time::day("untilDay", day)? < today
    {
        return invalid("untilDay", "That day is over. Choose a later one.");
    }
    // Where a move waits that leads there, this is the word it waits for.
    if let Some(waits) = changes::waiting(tx, person)?
        && waits.to == input.stage
    {
        changes::agreed(tx, waits.id)?;
    }
    write_pin(tx, person, input.stage, today, input.until, until_day, input.reason.trim())?;
    told(tx, person)
}

/// Takes out whatever pins are in force, so that the evidence speaks again; days in the past are then told without them too.
///
/// # Errors
/// `invalid` when no pin is in force.
pub fn unpin(tx: &mut Tx, input: PersonId) -> Result<Standing> {
    let person = people::root(tx, input.id)?;
    let today = workspace::today(tx)?;
    if replay_of(tx, person, today)?.pinned.is_none() {
        return invalid("id", "No stage is set by hand here.");
    }
    // Below a pin there may be an older one, which would stand again.
    while let Some(n) = replay_of(tx, person, today)?.pinned {
        let pin = pins(tx, person)?[n].id;
        tx.trash::<StagePin>(pin)?;
    }
    told(tx, person)
}

/// For how many people time alone changes something by today, or a change of the rules has not been worked out yet.
pub fn due(tx: &Tx, _: Empty) -> Result<Count> {
    let (today, version) = (workspace::today(tx)?.to_string(), config(tx)?.0);
    const DUE: &str =
        "SELECT count(*) FROM person_state WHERE next_change_on <= ?1 OR (rules > 0 AND rules < ?2) OR rules > ?2";
    Ok(Count { people: tx.scalar(DUE, (today, version))?.unwrap_or(0) })
}

/// Makes anew what time alone has changed: at start, and when the day changes.
pub fn bring_up_to_date(tx: &mut Tx, _: Empty) -> Result<Count> {
    let today = workspace::today(tx)?;
    people::state::concern_due(tx, today)?;
    Ok(Count { people: people::state::refresh_concerned(tx)? })
}

/// Where somebody stands on a day, by today's rules.
pub(crate) fn replay_of(tx: &Tx, person: Id, as_of: NaiveDate) -> Result<engine::Standing> {
    let config = config(tx)?;
    let evidence = evidence(tx, &[person])?;
    let pins: Vec<engine::Pin> = pins(tx, person)?.iter().map(StagePin::for_engine).collect::<Result<_>>()?;
    Ok(engine::replay(&config.1, &evidence, &pins, as_of))
}

/// Where people would stand today if they were one.
pub(crate) fn together(tx: &Tx, people: &[Id], today: NaiveDate) -> Result<engine::Standing> {
    let mut set: Vec<StagePin> = Vec::new();
    for person in people {
        set.extend(pins(tx, *person)?);
    }
    set.sort_by(|a, b| (&a.on_day, a.id).cmp(&(&b.on_day, b.id)));
    let set: Vec<engine::Pin> = set.iter().map(StagePin::for_engine).collect::<Result<_>>()?;
    Ok(engine::replay(&config(tx)?.1, &evidence(tx, people)?, &set, today))
}

/// Where somebody is shown on a day: see [`shown`].
pub(crate) fn shown_of(tx: &Tx, person: Id, as_of: NaiveDate) -> Result<engine::Standing> {
    shown(tx, person, as_of, replay_of(tx, person, as_of)?)
}

/// Where somebody is shown on a day, whose replay is this: there, unless only accepted stages are to be shown. The stage
/// accepted last then stands as if it had been set by hand, and what the evidence says waits beside it.
pub(crate) fn shown(tx: &Tx, person: Id, as_of: NaiveDate, replay: engine::Standing) -> Result<engine::Standing> {
    if replay.pinned.is_some() || !workspace::accepted_only(tx)? {
        return Ok(replay);
    }
    let (stage, on_day) = changes::accepted(tx, person, as_of)?;
    let mut pins: Vec<engine::Pin> = pins(tx, person)?.iter().map(StagePin::for_engine).collect::<Result<_>>()?;
    let theirs = pins.len();
    pins.push(engine::Pin { stage, on_day, until: Until::Good });
    let shown = engine::replay(&config(tx)?.1, &evidence(tx, &[person])?, &pins, as_of);
    // Nobody set it by hand, so nobody can take it out.
    Ok(engine::Standing { pinned: shown.pinned.filter(|n| *n < theirs), evidence_stage: replay.stage, ..shown })
}

pub(crate) fn write_pin(
    tx: &mut Tx,
    person_id: Id,
    stage: Option<Stage>,
    today: NaiveDate,
    until: PinUntil,
    until_day: Option<String>,
    reason: &str,
) -> Result<()> {
    let row = StagePin {
        id: tx.new_id(),
        person_id,
        axis: JOURNEY.into(),
        stage,
        on_day: today.to_string(),
        until,
        until_day,
        reason: reason.into(),
    };
    tx.insert(&row)
}

/// Ends a write about one person: says whom it was about, and answers where they stand now.
fn told(tx: &mut Tx, person: Id) -> Result<Standing> {
    tx.about(Subject::Person(person), None, None)?;
    people::state::refresh_concerned(tx)?;
    standing(tx, StandingOf { person, as_of: None })
}

impl StagePin {
    fn for_engine(&self) -> Result<engine::Pin> {
        let until = match (self.until, &self.until_day) {
            (PinUntil::Date, Some(day)) => Until::Date(time::day("untilDay", day)?),
            (PinUntil::Good, _) => Until::Good,
            _ => Until::Proof,
        };
        Ok(engine::Pin { stage: self.stage, on_day: time::day("onDay", &self.on_day)?, until })
    }
}

/// Somebody's pins, oldest first, as the engine wants them.
fn pins(tx: &Tx, person: Id) -> Result<Vec<StagePin>> {
    tx.find(
        "WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND deleted_at IS NULL ORDER BY on_day, rid",
        [person],
    )
}

/// What these people did, as one person's. Two rows that are one person were at one touchpoint once.
fn evidence(tx: &Tx, people: &[Id]) -> Result<Vec<Evidence>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT t.id, t.on_day, t.precision <> 'unknown', t.kind, tp.role, tp.observed_stage, tp.observed_by, tp.incentivised
         FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
         WHERE tp.person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND t.deleted_at IS NULL",
    )?;
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut known: HashMap<Id, usize> = HashMap::new();
    for person in people {
        let mut rows = query.query([person])?;
        while let Some(r) = rows.next()? {
            let id: Id = r.get(0)?;
            let mut part =
                Part { role: r.get(4)?, observed_stage: r.get(5)?, observed_by: r.get(6)?, incentivised: r.get(7)? };
            let nth = *known.entry(id).or_insert(evidence.len());
            if let Some(same) = evidence.get(nth) {
                let Evidence { role, observed_stage, observed_by, incentivised, .. } = *same;
                part = part.and(Part { role, observed_stage, observed_by, incentivised });
            }
            let piece = Evidence {
                id: id.0,
                on_day: time::day("onDay", &r.get::<_, String>(1)?)?,
                counts: r.get(2)?,
                kind: r.get(3)?,
                role: part.role,
                observed_stage: part.observed_stage,
                observed_by: part.observed_by,
                incentivised: part.incentivised,
            };
            match evidence.get_mut(nth) {
                Some(same) => *same = piece,
                None => evidence.push(piece),
            }
        }
    }
    Ok(evidence)
}

// ---- the rules, kept in the file by version ----

pub(crate) fn has_config(tx: &Tx) -> Result<bool> {
    Ok(tx.scalar::<bool>("SELECT EXISTS (SELECT 1 FROM journey_configs)", [])?.unwrap_or(false))
}

/// A file keeps the rules it was made with, so that a later Hallway with other defaults moves nobody.
pub(crate) fn ensure_config(tx: &mut Tx) -> Result<()> {
    if !has_config(tx)? {
        let mut rules = Rules { id: Id([0; 16]), version: 1, config: AsJson(Config::default()) };
        rules.complete();
        tx.insert(&rules)?;
    }
    Ok(())
}

/// The rules in force, and their version.
pub fn config(tx: &Tx) -> Result<Arc<(u32, Config)>> {
    tx.cached("journey.config", || {
        let rules: Option<Rules> = tx.find_one("ORDER BY version DESC LIMIT 1", [])?;
        Ok(rules.map_or_else(|| (1, Config::default()), |rules| (rules.version, rules.config.0)))
    })
}
