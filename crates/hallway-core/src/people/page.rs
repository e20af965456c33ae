//! Everything the person page shows above and beside the timeline, in one answer.
use super::{Person, PersonId};
use crate::{
    contact_points::{self, ContactPoint},
    error::{Error, Result},
    fields::{self, FieldValue},
    journey::{self, Standing},
    organisations::Organisation,
    store::Tx,
    tags::{self, Tag},
    touchpoints,
};
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonPage {
    pub person: Person,
    pub organisation: Option<String>,
    pub contact_points: Vec<ContactPoint>,
    pub tags: Vec<Tag>,
    pub fields: Vec<FieldValue>,
    pub standing: Standing,
    pub touchpoints: u32,
    /// Acts of ours that gave something, and acts that asked for something: counts, never a balance.
    pub gave: u32,
    pub asked: u32,
    pub added_at: i64,
    pub edited_at: i64,
    /// The file this person came from, if they came from one.
    pub came_from: Option<String>,
}

pub fn page(tx: &Tx, input: PersonId) -> Result<PersonPage> {
    let person: Person = tx.get(input.id)?;
    let organisation = match person.organisation_id {
        Some(id) => match tx.get::<Organisation>(id) {
            Ok(organisation) => Some(organisation.name),
            Err(Error::NotFound(_)) => None,
            Err(e) => return Err(e),
        },
        None => None,
    };
    let (gave, asked) = touchpoints::balance(tx, input.id)?;
    let (added_at, edited_at, came_from) = tx.sql().query_row(
        "SELECT p.created_at, p.updated_at, (SELECT i.file_name FROM imports i WHERE i.created_op = p.created_op) FROM people p WHERE p.id = ?1",
        [input.id],
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )?;
    Ok(PersonPage {
        organisation,
        contact_points: contact_points::of(tx, input.id)?,
        tags: tags::counted(tx, tags::of(tx, input.id)?)?,
        fields: fields::of(tx, input.id)?,
        standing: journey::standing(tx, journey::StandingOf { person: input.id, as_of: None })?,
        touchpoints: touchpoints::count(tx, input.id)?,
        gave,
        asked,
        added_at,
        edited_at,
        came_from,
        person,
    })
}
