//! What the day asks for: what was promised, who waits, what came back, what changed. Worked out each time it is asked for.
mod aside;
mod groups;
mod later;
mod offer;
#[cfg(test)]
mod tests;

pub use aside::{PutAside, SetAside, set_aside};
pub use later::{ComesBack, Later, later, show_again};
pub use offer::{Offer, OfferKind};

use crate::{
    error::Result,
    id::Id,
    journey::engine::{Confidence, Stage},
    people::Count,
    rpc::Empty,
    store::Tx,
    workspace,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// As many as are shown before "More".
const SHOWN: usize = 12;

words! {
    /// The groups, in the order in which they are shown.
    pub enum TodayKind {
        /// What was promised or meant to be done is due.
        Promised = "promised",
        /// They are waiting for an answer.
        Waiting = "waiting",
        /// Did they reply?
        Replied = "replied",
        /// Somebody moved, which waits for a word.
        Moved = "moved",
        /// A deadline comes near.
        Dates = "dates",
        /// Nobody has talked to them for longer than one wanted.
        LosingTouch = "losing_touch",
        /// They helped somebody, and nobody has thanked them.
        Thank = "thank",
    }
}

#[derive(Debug, Deserialize, TS)]
pub struct TodayOf {
    /// More than the twelve that are shown first.
    #[ts(optional)]
    pub all: Option<bool>,
}

#[derive(Debug, Serialize, TS)]
pub struct Today {
    /// `YYYY-MM-DD`.
    pub on: String,
    pub groups: Vec<TodayGroup>,
    pub shown: u32,
    pub more: u32,
    /// When nothing waits: somebody to thank or to greet.
    pub offer: Option<Offer>,
}

#[derive(Debug, Serialize, TS)]
pub struct TodayGroup {
    pub kind: TodayKind,
    pub items: Vec<TodayItem>,
    /// With those that are not shown.
    pub total: u32,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TodayItem {
    /// followup:ID, answer:TOUCHPOINT, move:CHANGE, touch:PERSON or thank:TOUCHPOINT: the same for as long as it waits.
    pub key: String,
    pub person: Option<TodayPerson>,
    /// What there is to do, without the name.
    pub text: String,
    pub due: Option<String>,
    /// Whole days past due; negative days are to go.
    #[ts(type = "number | null")]
    pub late: Option<i64>,
    pub hidden_until: Option<String>,
    pub snoozes: u32,
    pub followup: Option<Id>,
    pub touchpoint: Option<Id>,
    pub change: Option<Id>,
    #[serde(rename = "move")]
    pub moved: Option<TodayMove>,
    pub context: TodayContext,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TodayPerson {
    pub id: Id,
    pub name: String,
    pub organisation: Option<String>,
    pub stage: Option<Stage>,
    pub confidence: Confidence,
    /// They asked not to be written to, wherever they could be reached: what was promised is kept in person.
    pub left_alone: bool,
}

#[derive(Debug, Serialize, TS)]
pub struct TodayMove {
    pub from: Option<Stage>,
    pub to: Option<Stage>,
    /// What showed it, in words.
    pub because: String,
}

/// What one needs to know to act without opening the person.
#[derive(Debug, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TodayContext {
    /// What was said in the entry it is about, else the last thing that was said.
    pub last_said: Option<LastSaid>,
    /// What they are building.
    pub building: Option<String>,
}

#[derive(Debug, Serialize, TS)]
pub struct LastSaid {
    pub on: String,
    pub kind: String,
    pub label: String,
    pub note: Option<String>,
}

pub fn list(tx: &Tx, input: TodayOf) -> Result<Today> {
    let today = workspace::today(tx)?;
    let all = input.all == Some(true);
    let mut found = groups::all(tx, today)?;
    let sizes: Vec<usize> = found.iter().map(|group| group.items.len()).collect();
    let taken = if all { sizes.clone() } else { shares(&sizes, SHOWN) };
    let mut groups = Vec::new();
    for (group, take) in found.iter_mut().zip(&taken) {
        if group.items.is_empty() {
            continue;
        }
        group.items.truncate(*take);
        let items = group.items.drain(..).map(|seed| groups::item(tx, seed, today)).collect::<Result<_>>()?;
        groups.push(TodayGroup { kind: group.kind, items, total: group.total });
    }
    let shown: u32 = groups.iter().map(|group| group.items.len() as u32).sum();
    let total: u32 = groups.iter().map(|group| group.total).sum();
    let offer = if total == 0 { offer::offer(tx, today)? } else { None };
    Ok(Today { on: today.to_string(), groups, shown, more: total - shown, offer })
}

/// How many wait today, in all groups.
pub fn count(tx: &Tx, _: Empty) -> Result<Count> {
    let today = workspace::today(tx)?;
    // The window and the tray ask after the same write.
    let counted = tx.cached(&format!("today.count {today}"), || groups::count_all(tx, today))?;
    Ok(Count { people: *counted })
}

/// How many of each group are shown when there is room for so many: one of each first, so that no long group hides
/// another, and then in their order.
fn shares(sizes: &[usize], room: usize) -> Vec<usize> {
    let mut taken: Vec<usize> = vec![0; sizes.len()];
    let mut left = room;
    for (taken, size) in taken.iter_mut().zip(sizes) {
        *taken = (*size).min(1).min(left);
        left -= *taken;
    }
    for (taken, size) in taken.iter_mut().zip(sizes) {
        let more = (size - *taken).min(left);
        *taken += more;
        left -= more;
    }
    taken
}
