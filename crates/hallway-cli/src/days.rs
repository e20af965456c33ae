//! Days and counts in words.
use chrono::{DateTime, Datelike, NaiveDate};
use chrono_tz::Tz;
use hallway_core::touchpoints::Precision;

/// "20 April", with the year when it is another one than today's.
pub fn long_day(day: &str, today: &str) -> String {
    written(day, today, "%-d %B")
}

/// "20 Apr", with the year when it is another one than today's.
pub fn short_day(day: &str, today: &str) -> String {
    written(day, today, "%-d %b")
}

/// A day as exactly as it is known: "12 May", "May 2026", "2026".
pub fn known_day(day: &str, precision: Precision, today: &str) -> String {
    match (precision, read(day)) {
        (Precision::Minute | Precision::Day, _) | (_, None) => short_day(day, today),
        (Precision::Month, Some(date)) => date.format("%B %Y").to_string(),
        (Precision::Year, Some(date)) => date.year().to_string(),
        (Precision::Unknown, _) => "day not known".to_owned(),
    }
}

/// "today", "5 days ago", "7 months ago".
pub fn ago(day: &str, today: &str) -> String {
    let (Some(from), Some(to)) = (read(day), read(today)) else { return day.to_owned() };
    let days = to.signed_duration_since(from).num_days();
    let (n, unit) = match days {
        ..=0 => return "today".to_owned(),
        1 => return "yesterday".to_owned(),
        2..14 => (days, "day"),
        14..60 => ((days + 3) / 7, "week"),
        // Months of 30.44 days, rounded.
        60..730 => ((days * 100 + 1_522) / 3_044, "month"),
        _ => (days * 100 / 36_525, "year"),
    };
    format!("{n} {unit}{} ago", if n == 1 { "" } else { "s" })
}

/// An instant as the workspace's clock showed it.
pub fn clock(at: i64, zone: Tz) -> String {
    DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}

/// The zone of this computer, for an instant of which no workspace says how its clock stood.
pub fn of_this_computer() -> Tz {
    iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC)
}

fn written(day: &str, today: &str, form: &str) -> String {
    let Some(date) = read(day) else { return day.to_owned() };
    let this_year = read(today).is_some_and(|today| today.year() == date.year());
    date.format(if this_year { form.to_owned() } else { format!("{form} %Y") }.as_str()).to_string()
}

fn read(day: &str) -> Option<NaiveDate> {
    hallway_core::time::day("day", day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-05-21";

    #[test]
    fn a_day_names_its_year_when_it_is_another_one() {
        assert_eq!(long_day("2026-04-20", TODAY), "20 April");
        assert_eq!(short_day("2025-04-20", TODAY), "20 Apr 2025");
    }

    #[test]
    fn a_day_is_no_more_exact_than_it_is_known() {
        assert_eq!(known_day("2026-05-01", Precision::Month, TODAY), "May 2026");
        assert_eq!(known_day("2026-01-01", Precision::Year, TODAY), "2026");
        assert_eq!(known_day("2026-05-21", Precision::Unknown, TODAY), "day not known");
        assert_eq!(known_day("2026-05-20", Precision::Minute, TODAY), "20 May");
    }

    #[test]
    fn the_past_is_told_in_the_unit_a_person_would_use() {
        let said = |day| ago(day, TODAY);
        assert_eq!((said("2026-05-21"), said("2026-05-20")), ("today".to_owned(), "yesterday".to_owned()));
        assert_eq!((said("2026-05-08"), said("2026-05-07")), ("13 days ago".to_owned(), "2 weeks ago".to_owned()));
        assert_eq!((said("2025-10-21"), said("2024-05-20")), ("7 months ago".to_owned(), "2 years ago".to_owned()));
    }
}
