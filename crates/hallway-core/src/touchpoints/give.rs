//! What is given back: an answer to whoever waits, a word of thanks to whoever helped.
use super::{Attendee, Beside, LogTouchpoint, Source, TimelineEntry, Touchpoint, log, parts, timeline, write};
use crate::{
    error::{Result, invalid},
    id::Id,
    journey::engine::Role,
    store::Tx,
};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct Answered {
    /// The entry that waits for an answer.
    pub id: Id,
    /// What was answered.
    #[ts(optional)]
    pub note: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
pub struct Thanked {
    /// What they did.
    pub touchpoint: Id,
}

/// They were waiting, and were answered: our answer is logged and says what it answers, and the waiting is over.
pub fn answered(tx: &mut Tx, input: Answered) -> Result<TimelineEntry> {
    let mut row: Touchpoint = tx.get(input.id)?;
    if !row.needs_answer {
        return invalid("id", "Nobody waits for an answer to that any more.");
    }
    let people = at(tx, input.id, |role| role != Role::About)?;
    row.needs_answer = false;
    tx.put(&row)?;
    let beside = Beside { quote: None, source: Source::Form, answers: Some(row.id) };
    let id = write(tx, LogTouchpoint::new("gave_help", people, input.note), beside)?;
    timeline::entry(tx, id)
}

/// They helped somebody, and were thanked for it.
pub fn thanked(tx: &mut Tx, input: Thanked) -> Result<TimelineEntry> {
    tx.get::<Touchpoint>(input.touchpoint)?;
    let people = at(tx, input.touchpoint, |role| role == Role::By)?;
    log(tx, LogTouchpoint::new("thanked", people, None))
}

/// Those who had some part in an entry; everybody when nobody had that one.
fn at(tx: &Tx, touchpoint: Id, part: impl Fn(Role) -> bool) -> Result<Vec<Attendee>> {
    let everybody = parts::at(tx, touchpoint)?;
    let some = everybody.iter().any(|(_, theirs)| part(theirs.role));
    Ok(everybody.iter().filter(|(_, theirs)| !some || part(theirs.role)).map(|(id, _)| Attendee::new(*id)).collect())
}
