//! The review at the beginning of a quarter: who has shown nothing of their stage for so long that one step back is
//! suggested. Nothing happens by itself; one says what is true.
use super::{
    PinUntil, Standing, config,
    engine::{Confidence, Stage},
    replay_of,
    standing::{self, Piece},
    told, write_pin,
};
use crate::{
    error::{Result, invalid},
    followups::{self, FollowUpKind, NewFollowUp},
    id::Id,
    people::{self, PersonPick},
    rpc::Empty,
    store::Tx,
    workspace,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// As many as one looks through at once.
const SHOWN: usize = 50;

words! {
    pub enum ReviewAnswer {
        /// They are where they were: it is known anew from today.
        StillHere = "still_here",
        /// One step back, until they show otherwise.
        StepBack = "step_back",
        /// Nobody knows: a check-in is made.
        AskThem = "ask_them",
    }
}

/// Somebody of whom a step back is suggested.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewItem {
    pub person: PersonPick,
    pub stage: Stage,
    /// One step back.
    pub to: Stage,
    pub since: Option<String>,
    pub last_sign_on: Option<String>,
    pub because: Vec<Piece>,
    /// `YYYY-MM-DD`: the day of the review.
    pub review_on: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct AnswerReview {
    pub person: Id,
    pub answer: ReviewAnswer,
}

/// Whom the review asks about, those first who were seen longest ago. Whoever was asked since is left out.
pub fn review(tx: &Tx, _: Empty) -> Result<Vec<ReviewItem>> {
    let on = review_day(tx)?;
    let candidates: Vec<Id> = tx.column(
        "SELECT s.person FROM person_state s WHERE s.confidence = 'stale' AND s.stage_rank > 1 AND NOT s.teammate
           AND NOT EXISTS (SELECT 1 FROM followups f JOIN people p ON p.id = f.person_id WHERE p.root = s.person AND f.kind = 'check_in'
             AND f.deleted_at IS NULL AND (f.status = 'open' OR f.settled_on >= ?1))
         ORDER BY s.last_touch_on, s.sort_name",
        [on.to_string()],
    )?;
    let mut items = Vec::new();
    for person in candidates {
        items.extend(suggested(tx, person, on)?);
        if items.len() == SHOWN {
            break;
        }
    }
    Ok(items)
}

/// Says what is true of somebody the review asks about.
pub fn answer_review(tx: &mut Tx, input: AnswerReview) -> Result<Standing> {
    let person = people::root(tx, input.person)?;
    let on = review_day(tx)?;
    let Some(item) = suggested(tx, person, on)? else {
        return invalid("person", "The review does not ask about them any more.");
    };
    let today = workspace::today(tx)?;
    match input.answer {
        ReviewAnswer::StillHere => {
            write_pin(tx, person, Some(item.stage), today, PinUntil::Proof, None, "Still here, at the review.")?;
        }
        ReviewAnswer::StepBack => {
            write_pin(tx, person, Some(item.to), today, PinUntil::Proof, None, "One step back, at the review.")?;
        }
        ReviewAnswer::AskThem => {
            let due = workspace::weekend(tx)?.next_business_day(today).unwrap_or(today);
            let check_in = NewFollowUp {
                kind: Some(FollowUpKind::CheckIn),
                text: "Ask how it is going".into(),
                person: Some(person),
                due: due.to_string(),
                unless: Some(Some(followups::Unless::TheyReply)),
                ..NewFollowUp::default()
            };
            followups::put_new(tx, check_in)?;
        }
    }
    told(tx, person)
}

/// The day of the newest review.
fn review_day(tx: &Tx) -> Result<NaiveDate> {
    Ok(config(tx)?.1.review.newest(workspace::today(tx)?))
}

/// What the review suggests for somebody: who was stale on its day, and still is.
fn suggested(tx: &Tx, person: Id, on: NaiveDate) -> Result<Option<ReviewItem>> {
    let today = workspace::today(tx)?;
    let (then, now) = (replay_of(tx, person, on)?, replay_of(tx, person, today)?);
    let stale = |confidence| confidence == Confidence::Stale;
    let (Some(stage), Some(to)) = (now.stage, now.review_suggestion) else { return Ok(None) };
    if !stale(then.confidence)
        || !stale(now.confidence)
        || then.stage != now.stage
        || now.pinned.is_some()
        || to >= stage
    {
        return Ok(None);
    }
    let Some(pick) = people::pick(tx, person)? else { return Ok(None) };
    Ok(Some(ReviewItem {
        person: pick,
        stage,
        to,
        since: now.since.map(|day| day.to_string()),
        last_sign_on: now.last_sign_on.map(|day| day.to_string()),
        because: now.because.iter().map(|piece| standing::piece(tx, person, piece)).collect::<Result<_>>()?,
        review_on: on.to_string(),
    }))
}
