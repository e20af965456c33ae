//! Days and instants. The time is always told: nothing here asks a clock.
use crate::error::{Result, invalid};
use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

/// The instant of a call, in milliseconds UTC. Programs take it from the system, tests and `--as-of` set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now(pub i64);

impl Now {
    /// The system's time, for the programs around the core.
    #[allow(clippy::disallowed_methods)] // The one place that asks; see clippy.toml.
    pub fn system() -> Now {
        Now(chrono::Utc::now().timestamp_millis())
    }

    /// The civil day of this instant in a zone.
    pub fn day_in(self, zone: Tz) -> NaiveDate {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default().with_timezone(&zone).date_naive()
    }

    /// This instant in a zone, as a sentence names it: "21 May 2026, 14:03".
    pub fn words_in(self, zone: Tz) -> String {
        let at = DateTime::from_timestamp_millis(self.0).unwrap_or_default().with_timezone(&zone);
        at.format("%-d %B %Y, %H:%M").to_string()
    }
}

/// An IANA zone by its name, or a sentence for `field`.
pub fn zone(field: &str, name: &str) -> Result<Tz> {
    match name.parse() {
        Ok(zone) => Ok(zone),
        Err(_) => invalid(field, format!("“{name}” is not a time zone. Write it like Europe/Berlin.")),
    }
}

/// `YYYY-MM-DD`, or a sentence for `field`.
pub fn day(field: &str, text: &str) -> Result<NaiveDate> {
    match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(day) if text.len() == 10 => Ok(day),
        _ => invalid(field, format!("“{text}” is not a date. Write it like 2026-05-21.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_instant_is_another_day_elsewhere() {
        let now = Now(1_779_408_000_000); // 2026-05-22 00:00 UTC
        assert_eq!(now.day_in(chrono_tz::UTC).to_string(), "2026-05-22");
        assert_eq!(now.day_in(chrono_tz::America::New_York).to_string(), "2026-05-21");
    }
    #[test]
    fn a_date_that_does_not_exist_is_refused_with_its_field() {
        let failure = crate::Failure::from(&day("on", "2026-02-30").unwrap_err());
        assert_eq!((failure.code, failure.field.as_deref()), ("invalid", Some("on")));
    }
}
