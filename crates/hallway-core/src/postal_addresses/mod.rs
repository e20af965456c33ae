//! Where something can be sent to somebody by post: kept for what it was given for, and erased on its day.
#[cfg(test)]
mod tests;

use crate::{
    contact_points::ContactSource,
    countries,
    days::days_after,
    error::{Error, Result, invalid},
    id::Id,
    normal::fold,
    people::{self, Person, text},
    record::Check,
    rpc::Empty,
    store::{Subject, Tx},
    time, workspace,
};
use chrono::NaiveDate;
use serde::Deserialize;
use ts_rs::TS;

/// How long an address is kept when nobody says until when, in days. Nothing here knows yet when a parcel arrived, which
/// would be the day to count from; in a quarter of a year whatever it was given for has been sent, or never will be.
const KEPT_FOR: i64 = 90;

record! {
    /// Where something can be sent to somebody by post, with what it was given for. It is erased on its
    /// day, and is in no file from then on.
    pub struct PostalAddress in "postal_addresses" as "postal address", Trash, concerns Column("person_id"),
    hangs on ["person_id" -> "people"] {
        /// Its own id.
        pub id: Id,
        /// Whose it is.
        pub person_id: Id,
        /// As it stands on a parcel: several lines, without the name and the country.
        pub lines: String,
        /// ISO 3166-1 alpha-2.
        pub country: String,
        /// Whose name stands on the parcel.
        pub recipient_name: String,
        /// For whoever brings the parcel, and for nothing else.
        pub phone: Option<String>,
        /// What it was given for.
        pub purpose: String,
        /// Where it came from: the person may ask.
        pub source: ContactSource,
        /// More about where it came from.
        pub source_note: Option<String>,
        /// `YYYY-MM-DD`: when it was given.
        pub given_on: String,
        /// `YYYY-MM-DD`: the day on which it is erased.
        pub expires_on: String,
    }
}
impl Check for PostalAddress {
    fn check(&self) -> Result<()> {
        if self.lines.trim().is_empty() {
            return invalid("lines", "Write the address, as it stands on a parcel.");
        }
        if countries::name_of(&self.country).is_none() {
            return invalid("country", "Choose the country the address is in.");
        }
        if self.recipient_name.trim().is_empty() {
            return invalid("recipientName", "Write whose name goes on the parcel.");
        }
        if self.purpose.trim().is_empty() {
            return invalid("purpose", "Say what it was given for, such as “stickers” or “the speaker gift”.");
        }
        let given_on = time::day("givenOn", &self.given_on)?;
        if time::day("expiresOn", &self.expires_on)? <= given_on {
            return invalid("expiresOn", "Say a day after the one on which it was given: on that day it is deleted.");
        }
        Ok(())
    }
    fn complete(&mut self) {
        if self.expires_on.is_empty()
            && let Ok(given_on) = time::day("givenOn", &self.given_on)
        {
            self.expires_on = kept_until(given_on).to_string();
        }
    }
}

impl PostalAddress {
    /// As it stands on a parcel: the name, the lines, and the country in a line of its own, last.
    pub fn formatted(&self) -> String {
        let country = countries::name_of(&self.country).unwrap_or(&self.country);
        format!("{}\n{}\n{country}", self.recipient_name, self.lines)
    }
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct NewPostalAddress {
    pub person: Id,
    /// Several lines, without the country.
    pub lines: String,
    /// Its code or its name.
    pub country: String,
    /// Their own name when nothing is said.
    pub recipient_name: Option<String>,
    pub phone: Option<String>,
    pub purpose: String,
    pub source: ContactSource,
    pub source_note: Option<String>,
    /// `YYYY-MM-DD`: today when nothing is said.
    pub given_on: Option<String>,
    /// `YYYY-MM-DD`: ninety days after it was given when nothing is said.
    pub expires_on: Option<String>,
}

/// Only what is present changes.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct EditPostalAddress {
    pub id: Id,
    pub lines: Option<String>,
    pub country: Option<String>,
    pub recipient_name: Option<String>,
    pub phone: Option<String>,
    pub purpose: Option<String>,
    pub source: Option<ContactSource>,
    pub source_note: Option<String>,
    pub given_on: Option<String>,
    pub expires_on: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
pub struct PostalAddressId {
    pub id: Id,
}

/// # Errors
/// `invalid` for what is missing, and for `expiresOn` when that day has come already.
pub fn add(tx: &mut Tx, input: NewPostalAddress) -> Result<PostalAddress> {
    let person = people::root(tx, input.person)?;
    let today = workspace::today(tx)?;
    let given_on = match text(input.given_on) {
        Some(day) => time::day("givenOn", &day)?,
        None => today,
    };
    let expires_on = match text(input.expires_on) {
        Some(day) => time::day("expiresOn", &day)?,
        None => kept_until(given_on),
    };
    let recipient_name = match text(input.recipient_name) {
        Some(name) => on_one_line(&name),
        None => tx.get::<Person>(person)?.display_name,
    };
    let row = PostalAddress {
        id: tx.new_id(),
        person_id: person,
        lines: lines(&input.lines, &recipient_name),
        country: country(&input.country)?,
        recipient_name,
        phone: text(input.phone),
        purpose: input.purpose.trim().to_owned(),
        source: input.source,
        source_note: text(input.source_note),
        given_on: given_on.to_string(),
        expires_on: expires_on.to_string(),
    };
    days_fit(given_on, expires_on, today)?;
    row.check()?;
    tx.insert(&row)?;
    tx.about(Subject::Person(person), None, None)?;
    Ok(row)
}

/// # Errors
/// `not_found` when it is gone, or its day has come; `invalid` as for [`add`].
pub fn edit(tx: &mut Tx, input: EditPostalAddress) -> Result<PostalAddress> {
    let today = workspace::today(tx)?;
    let mut row = kept(tx, input.id, today)?;
    if let Some(text) = input.country {
        row.country = country(&text)?;
    }
    if let Some(name) = input.recipient_name {
        row.recipient_name = on_one_line(name.trim());
    }
    if let Some(text) = input.lines {
        row.lines = lines(&text, &row.recipient_name);
    }
    if input.phone.is_some() {
        row.phone = text(input.phone);
    }
    if let Some(purpose) = input.purpose {
        row.purpose = purpose.trim().to_owned();
    }
    row.source = input.source.unwrap_or(row.source);
    if input.source_note.is_some() {
        row.source_note = text(input.source_note);
    }
    row.given_on = input.given_on.unwrap_or(row.given_on);
    row.expires_on = input.expires_on.unwrap_or(row.expires_on);
    days_fit(time::day("givenOn", &row.given_on)?, time::day("expiresOn", &row.expires_on)?, today)?;
    tx.put(&row)?;
    let person = people::root(tx, row.person_id)?;
    tx.about(Subject::Person(person), None, None)?;
    Ok(row)
}

pub fn remove(tx: &mut Tx, input: PostalAddressId) -> Result<Empty> {
    let today = workspace::today(tx)?;
    let row = kept(tx, input.id, today)?;
    tx.trash::<PostalAddress>(row.id)?;
    let person = people::root(tx, row.person_id)?;
    tx.about(Subject::Person(person), None, None)?;
    Ok(Empty {})
}

/// Where parcels go for somebody today, the one that was given last first. One whose day has come is not among them, whether
/// or not it is erased already.
pub fn of(tx: &Tx, person: Id) -> Result<Vec<PostalAddress>> {
    tx.find(
        "WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND deleted_at IS NULL
           AND expires_on > ?2 ORDER BY given_on DESC, rid DESC",
        (person, workspace::today(tx)?.to_string()),
    )
}

/// Every address whose day has come, in the trash or not, with whose it is: what is taken out, or was taken back, is in the
/// file all the same.
pub(crate) fn past_their_day(tx: &Tx) -> Result<Vec<(Id, Id, String)>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT a.id, coalesce(p.root, p.id), a.expires_on FROM postal_addresses a JOIN people p ON p.id = a.person_id
         WHERE a.expires_on <= ?1 ORDER BY a.expires_on, a.rid",
    )?;
    let today = workspace::today(tx)?.to_string();
    Ok(query.query_map([today], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// The day on which an address is erased when nobody says another one.
pub(crate) fn kept_until(given_on: NaiveDate) -> NaiveDate {
    days_after(given_on, KEPT_FOR).unwrap_or(given_on)
}

fn kept(tx: &Tx, id: Id, today: NaiveDate) -> Result<PostalAddress> {
    let row: PostalAddress = tx.get(id)?;
    if row.expires_on <= today.to_string() { Err(Error::NotFound("postal address")) } else { Ok(row) }
}

fn days_fit(given_on: NaiveDate, expires_on: NaiveDate, today: NaiveDate) -> Result<()> {
    if given_on > today {
        return invalid("givenOn", "That day is still to come. Say on which day it was given.");
    }
    if expires_on <= today {
        return invalid("expiresOn", "Say a day that is still to come: on that day the address is deleted.");
    }
    Ok(())
}

/// The lines that say something, without the space around them, and without the recipient's name above them, which stands on
/// a parcel already.
fn lines(text: &str, recipient: &str) -> String {
    let mut lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > 1 && fold(lines[0]) == fold(recipient) {
        lines.remove(0);
    }
    lines.join("\n")
}

fn on_one_line(text: &str) -> String {
    text.split(['\r', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn country(text: &str) -> Result<String> {
    let text = text.trim();
    match countries::code_of(text) {
        Some(code) => Ok(code.to_owned()),
        None if text.is_empty() => invalid("country", "Choose the country the address is in."),
        None => invalid("country", format!("“{text}” is no country that Hallway knows. Choose one from the list.")),
    }
}
