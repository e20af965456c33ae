//! When something happened, as exactly as anybody knows.
use crate::{
    error::{Result, invalid},
    store::Tx,
    time, workspace,
};
use chrono::{Days, NaiveDate};

words! {
    pub enum Precision { Minute = "minute", Day = "day", Month = "month", Year = "year", Unknown = "unknown", }
}

/// A day with how exactly it is known; the instant only when the minute is.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    pub on_day: NaiveDate,
    pub precision: Precision,
    pub at: Option<i64>,
    pub zone: Option<String>,
}

impl When {
    /// Reads `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; nothing means now. A month or a year counts as its first day.
    ///
    /// # Errors
    /// `invalid` under `on` for anything else, and for a day after tomorrow (I02).
    pub fn said(tx: &Tx, on: &str, unknown: bool) -> Result<When> {
        let zone = workspace::zone(tx)?;
        let today = tx.now.day_in(zone);
        let on = on.trim();
        if unknown {
            return Ok(When { on_day: today, precision: Precision::Unknown, at: None, zone: None });
        }
        if on.is_empty() {
            return Ok(When {
                on_day: today,
                precision: Precision::Minute,
                at: Some(tx.now.0),
                zone: Some(zone.name().to_owned()),
            });
        }
        let (full, precision) = match on.len() {
            4 => (format!("{on}-01-01"), Precision::Year),
            7 => (format!("{on}-01"), Precision::Month),
            _ => (on.to_owned(), Precision::Day),
        };
        let on_day = match time::day("on", &full) {
            Ok(day) => day,
            Err(_) => {
                return invalid("on", format!("“{on}” is not a date. Write it like 2026-05-21, 2026-05 or 2026."));
            }
        };
        if today.checked_add_days(Days::new(1)).is_some_and(|tomorrow| on_day > tomorrow) {
            return invalid("on", "That day has not come yet. Log things when they have happened.");
        }
        Ok(When { on_day, precision, at: None, zone: None })
    }
}
