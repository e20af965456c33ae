//! `stage`: where somebody stands, and why.
use crate::{
    arguments::StageOf,
    days::long_day,
    desk::{Answer, Desk, understood},
    explanation::{Standing, in_full, in_short},
    people::today,
    whom::whom,
};
use hallway_core::Failure;
use serde_json::{Value, json};

pub fn stage(desk: &Desk, stage: StageOf) -> Result<Answer, Failure> {
    let somebody = whom(desk, &stage.whom)?;
    let value: Value = desk.call("journey.standing", json!({ "person": somebody.id, "asOf": stage.as_of }))?;
    let standing: Standing = understood(value.clone())?;
    let told = if stage.why { in_full(&standing) } else { in_short(&standing) };
    let today = today(desk)?;
    let when =
        if standing.as_of == today { String::new() } else { format!(", on {}", long_day(&standing.as_of, &today)) };
    Ok(Answer::new(format!("{}{when}: {told}", somebody.name), value))
}
