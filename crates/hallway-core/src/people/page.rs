//! Everything the person page shows above and beside the timeline, in one answer.
use super::{Person, PersonId};
use crate::{
    contact_points::{self, ContactPoint},
    doubles::{self, Also},
    error::{Error, Result},
    fields::{self, FieldValue},
    imports,
    journey::{self, Standing},
    organisations::Organisation,
    postal_addresses::{self, PostalAddress},
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
    /// Where parcels go, the address that was given last first; none whose day has come.
    pub postal_addresses: Vec<PostalAddress>,
    pub tags: Vec<Tag>,
    pub fields: Vec<FieldValue>,
    pub standing: Standing,
    pub touchpoints: u32,
    /// Acts of ours that gave something, and acts that asked for something: counts, never a balance.
    pub gave: u32,
    pub asked: u32,
    pub added_at: i64,
    pub edited_at: i64,
    /// The rows that turned out to be them too, and can be parted again.
    pub also: Vec<Also>,
    /// The file this person came from, if they came from one.
    pub came_from: Option<String>,
}

pub fn page(tx: &Tx, input: PersonId) -> Result<PersonPage> {
    let id = super::root(tx, input.id)?;
    let person: Person = tx.get(id)?;
    let organisation = match person.organisation_id {
        Some(id) => match tx.get::<Organisation>(id) {
            Ok(organisation) => Some(organisation.name),
            Err(Error::NotFound(_)) => None,
            Err(e) => return Err(e),
        },
        None => None,
    };
    let (gave, asked) = touchpoints::balance(tx, id)?;
    let (added_at, edited_at) =
        tx.sql().query_row("SELECT created_at, updated_at FROM people WHERE id = ?1", [id], |r| {
            Ok((r.get(0)?, r.get(1)?))
        })?;
    Ok(PersonPage {
        organisation,
        contact_points: contact_points::of(tx, id)?,
        postal_addresses: postal_addresses::of(tx, id)?,
        tags: tags::counted(tx, tags::of(tx, id)?)?,
        fields: fields::of(tx, id)?,
        standing: journey::standing(tx, journey::StandingOf { person: id, as_of: None })?,
        touchpoints: touchpoints::count(tx, id)?,
        gave,
        asked,
        added_at,
        edited_at,
        came_from: imports::brought(tx, id)?,
        also: doubles::also(tx, &person)?,
        person,
    })
}
