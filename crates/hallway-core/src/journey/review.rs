//! The review at the beginning of a quarter: who has shown nothing of their stage for so long that one step back is
//! suggested. Nothing happens by itself; one says what is true.
use super::{
    PinUntil, Standing, config,
    engine::{self, Confidence, Stage},
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
    let mut asked = tx.sql().prepare_cached(
        "SELECT s.person FROM person_state s WHERE s.review_to IS NOT NULL AND NOT s.teammate
           AND NOT EXISTS (SELECT 1 FROM followups f JOIN people p ON p.id = f.person_id WHERE p.root = s.person AND f.kind = 'check_in'
             AND f.deleted_at IS NULL AND (f.status = 'open' OR f.settled_on >= ?1))
         ORDER BY s.last_touch_on, s.sort_name",
    )?;
    // The index gives them in their order, so whoever is not shown is not looked at.
    let mut asked = asked.query([on.to_string()])?;
    let mut items = Vec::new();
    while items.len() < SHOWN
        && let Some(row) = asked.next()?
    {
        items.extend(suggested(tx, row.get(0)?, on)?);
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

/// What `person_state` keeps of the review.
#[derive(Debug, Default)]
pub(crate) struct ReviewOf {
    /// One step back, if the newest review suggests it.
    pub to: Option<Stage>,
    /// When it came too early for them: the day of the next.
    pub again_on: Option<NaiveDate>,
}

/// What the newest review says of somebody who stands there today.
pub(crate) fn review_of(tx: &Tx, person: Id, now: &engine::Standing, today: NaiveDate) -> Result<ReviewOf> {
    let Some((_, to)) = step_back(now) else { return Ok(ReviewOf::default()) };
    let review = config(tx)?.1.review;
    let was_stale = stale_since(tx, person, now, review.newest(today))?;
    Ok(match was_stale {
        true => ReviewOf { to: Some(to), again_on: None },
        false => ReviewOf { to: None, again_on: Some(review.next_after(today)) },
    })
}

/// From where to where a review would take whoever stands there, if it takes them anywhere.
fn step_back(now: &engine::Standing) -> Option<(Stage, Stage)> {
    let (stage, to) = (now.stage?, now.review_suggestion?);
    (now.confidence == Confidence::Stale && now.pinned.is_none() && to < stage).then_some((stage, to))
}

/// Whether they were stale on that day already, and in the same place.
fn stale_since(tx: &Tx, person: Id, now: &engine::Standing, on: NaiveDate) -> Result<bool> {
    let then = replay_of(tx, person, on)?;
    Ok(then.confidence == Confidence::Stale && then.stage == now.stage)
}

/// What the review suggests for somebody: who was stale on its day, and still is.
fn suggested(tx: &Tx, person: Id, on: NaiveDate) -> Result<Option<ReviewItem>> {
    let now = replay_of(tx, person, workspace::today(tx)?)?;
    let Some((stage, to)) = step_back(&now) else { return Ok(None) };
    if !stale_since(tx, person, &now, on)? {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Desk;
    use serde_json::json;

    /// Everybody replayed one by one, which is what is kept beside each.
    fn one_by_one(desk: &Desk) -> Vec<Id> {
        desk.store
            .read(desk.now(), |tx| {
                let on = review_day(tx)?;
                let everybody: Vec<Id> = tx.column(
                    "SELECT person FROM person_state WHERE NOT teammate ORDER BY last_touch_on, sort_name",
                    [],
                )?;
                let mut asked = Vec::new();
                for person in everybody {
                    asked.extend(suggested(tx, person, on)?.map(|item| item.person.id));
                }
                Ok(asked)
            })
            .expect("an answer")
    }

    #[test]
    fn what_is_kept_of_the_review_is_what_a_replay_of_everybody_gives_on_any_day() {
        let desk = Desk::new();
        desk.call("sample.load", json!({}));
        let mut sizes = std::collections::BTreeSet::new();
        for _ in 0..28 {
            desk.wait(35);
            desk.call("journey.bring_up_to_date", json!({}));
            let asked: Vec<Id> = desk
                .store
                .read(desk.now(), |tx| review(tx, Empty {}))
                .expect("an answer")
                .iter()
                .map(|item| item.person.id)
                .collect();
            let all = one_by_one(&desk);
            assert_eq!(asked, all[..all.len().min(SHOWN)]);
            sizes.insert(all.len());
        }
        assert!(sizes.len() > 3, "hardly anybody was ever asked about: {sizes:?}");
    }
}
