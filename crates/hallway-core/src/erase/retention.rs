//! Whom one has not been in touch with for so long that one may ask why one still holds anything about them; and postal
//! addresses that should be gone.
use crate::{
    error::{Error, Result, invalid},
    id::Id,
    people::PersonPick,
    postal_addresses::past_their_day,
    store::Tx,
    workspace,
};
use chrono::Months;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct RetentionOf {
    /// Nothing happened with them in so many months.
    pub months: u32,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Serialize, TS)]
pub struct RetentionReport {
    /// `YYYY-MM-DD`: nothing since before that day.
    pub before: String,
    pub total: u32,
    pub people: Vec<Untouched>,
    /// Postal addresses that should be gone by now, wherever they lie, the oldest first. There are some only while another
    /// window or an import keeps them from being erased.
    pub addresses: Vec<AddressPastItsDay>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddressPastItsDay {
    pub person: Id,
    pub name: String,
    /// `YYYY-MM-DD`: the day on which it was to be erased.
    pub expired_on: String,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Untouched {
    pub person: PersonPick,
    /// `YYYY-MM-DD`: when something happened last; null when nothing ever did.
    pub last_touch_on: Option<String>,
    /// Instant, ms UTC: when they were added.
    #[ts(type = "number")]
    pub added_at: i64,
}

/// People with whom nothing happened in so many months, whoever was added before that and never met among them; the
/// longest first. Teammates are not counted.
///
/// # Errors
/// `invalid` for `months` outside of 1 to 600.
pub fn report(tx: &Tx, input: RetentionOf) -> Result<RetentionReport> {
    if !(1..=600).contains(&input.months) {
        return invalid("months", "Say after how many months, from 1 to 600.");
    }
    let today = workspace::today(tx)?;
    let before = today.checked_sub_months(Months::new(input.months)).unwrap_or(today);
    let added_before = crate::days::instant(before, chrono::NaiveTime::MIN, workspace::zone(tx)?);
    const UNTOUCHED: &str = "FROM person_state WHERE NOT teammate AND coalesce(last_touch_on, '') < ?1 AND (last_touch_on IS NOT NULL OR added_at < ?2)";
    let total = tx
        .scalar(&format!("SELECT count(*) {UNTOUCHED}"), (before.to_string(), added_before))?
        .ok_or(Error::NotFound("person"))?;
    let mut query = tx.sql().prepare_cached(&format!(
        "SELECT person, name, organisation, last_touch_on, stage, added_at {UNTOUCHED}
         ORDER BY last_touch_on IS NOT NULL, coalesce(last_touch_on, ''), added_at, sort_name LIMIT ?3 OFFSET ?4"
    ))?;
    let people = query
        .query_map((before.to_string(), added_before, input.limit.min(500), input.offset), |r| {
            let last_touch_on: Option<String> = r.get(3)?;
            Ok(Untouched {
                person: PersonPick {
                    id: r.get(0)?,
                    name: r.get(1)?,
                    organisation: r.get(2)?,
                    last_touch_on: last_touch_on.clone(),
                    stage: r.get(4)?,
                },
                last_touch_on,
                added_at: r.get(5)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut addresses = Vec::new();
    for (_, person, expired_on) in past_their_day(tx)? {
        let name = tx.scalar("SELECT display_name FROM people WHERE id = ?1", [person])?;
        addresses.push(AddressPastItsDay { person, name: name.ok_or(Error::NotFound("person"))?, expired_on });
    }
    Ok(RetentionReport { before: before.to_string(), total, people, addresses })
}
