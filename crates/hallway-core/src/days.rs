//! Civil days: weekends, business days, and months that end early. Pure: nothing here knows what day it is.
use crate::error::{Result, invalid};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;

/// The days of the week on which nobody is expected to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekend {
    /// One bit a day, Monday lowest.
    days: u8,
}

impl Default for Weekend {
    fn default() -> Weekend {
        Weekend { days: 0b110_0000 }
    }
}

impl Weekend {
    /// From ISO numbers: 1 is Monday, 7 is Sunday.
    ///
    /// # Errors
    /// `invalid` under `days` for a number that is no day, and when no day is left to work on.
    pub fn of(numbers: &[u8]) -> Result<Weekend> {
        let mut days = 0;
        for number in numbers {
            if !(1..=7).contains(number) {
                return invalid("days", "The days of a week are 1, Monday, to 7, Sunday.");
            }
            days |= 1 << (number - 1);
        }
        if days == 0b111_1111 {
            return invalid("days", "One day of the week has to be a working day.");
        }
        Ok(Weekend { days })
    }

    /// As ISO numbers, in their order.
    pub fn numbers(self) -> Vec<u8> {
        (1..=7).filter(|number| self.days & (1 << (number - 1)) != 0).collect()
    }

    pub fn has(self, day: Weekday) -> bool {
        self.days & (1 << day.num_days_from_monday()) != 0
    }

    pub fn is_business_day(self, day: NaiveDate) -> bool {
        !self.has(day.weekday())
    }

    /// The day `n` business days after `day`, or before it when `n` is negative. A day of the weekend counts as the
    /// business day before it, so that one business day after Saturday is Monday. None past the end of the calendar.
    pub fn add_business_days(self, day: NaiveDate, n: i64) -> Option<NaiveDate> {
        let working = i64::from(7 - self.days.count_ones() as u8);
        // Whole weeks at once: in seven days there are always as many working days.
        let mut day = days_after(day, n / working * 7)?;
        let step = n.signum();
        let mut left = n % working;
        if n != 0 && left == 0 {
            // The last day that is counted has to be a working day.
            day = days_after(day, -7 * step)?;
            left = working * step;
        }
        while left != 0 {
            day = days_after(day, step)?;
            if self.is_business_day(day) {
                left -= step;
            }
        }
        Some(day)
    }

    /// The first business day after `day`.
    pub fn next_business_day(self, day: NaiveDate) -> Option<NaiveDate> {
        self.add_business_days(day, 1)
    }
}

/// The day so many days after another, or before it.
pub fn days_after(day: NaiveDate, n: i64) -> Option<NaiveDate> {
    if n < 0 { day.checked_sub_days(Days::new(n.unsigned_abs())) } else { day.checked_add_days(Days::new(n as u64)) }
}

/// The same day `n` months later: the last of the month when it has no such day. Counting every time from the first day
/// keeps the 31st the 31st.
pub fn months_after(day: NaiveDate, n: u32) -> Option<NaiveDate> {
    day.checked_add_months(Months::new(n))
}

/// The instant of a time of day in a zone, ms UTC. A time that a change of the clocks skips is as much later as was
/// skipped; one that comes twice is the first.
pub fn instant(day: NaiveDate, time: NaiveTime, zone: Tz) -> i64 {
    let local = day.and_time(time);
    match zone.from_local_datetime(&local) {
        chrono::LocalResult::Single(at) | chrono::LocalResult::Ambiguous(at, _) => at.timestamp_millis(),
        chrono::LocalResult::None => {
            // Read by the offset that held before the clocks went forward.
            let before = local - chrono::Duration::hours(24);
            let offset = match zone.from_local_datetime(&before) {
                chrono::LocalResult::Single(at) | chrono::LocalResult::Ambiguous(at, _) => {
                    before.and_utc().timestamp_millis() - at.timestamp_millis()
                }
                chrono::LocalResult::None => 0,
            };
            local.and_utc().timestamp_millis() - offset
        }
    }
}

/// The civil day and the time of day of an instant in a zone.
pub fn civil(at: i64, zone: Tz) -> (NaiveDate, NaiveTime) {
    let local = DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone).naive_local();
    (local.date(), local.time())
}

/// The month somebody means, from 1: `January`, `jan`, `Jan.`, `sept`.
pub fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let means = |name: &str| name == word || name[..3] == *word || (word == "sept" && name == "september");
    MONTHS.iter().position(|name| means(name)).map(|nth| nth as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn business_days_pass_over_the_weekend_of_the_workspace() {
        let usual = Weekend::default();
        for (from, n, to) in [
            ("2026-05-21", 1, "2026-05-22"), // Thursday to Friday
            ("2026-05-22", 1, "2026-05-25"),
            ("2026-05-22", 5, "2026-05-29"),
            ("2026-05-23", 1, "2026-05-25"), // from a Saturday
            ("2026-05-23", 5, "2026-05-29"),
            ("2026-05-25", -1, "2026-05-22"),
            ("2026-05-24", -5, "2026-05-18"),
            ("2026-05-21", 0, "2026-05-21"),
        ] {
            assert_eq!(usual.add_business_days(day(from), n), Some(day(to)), "{from} {n}");
        }
        let friday_and_saturday = Weekend::of(&[5, 6]).expect("a weekend");
        assert_eq!(friday_and_saturday.next_business_day(day("2026-05-21")), Some(day("2026-05-24")));
        assert_eq!(Weekend::of(&[]).expect("none").next_business_day(day("2026-05-22")), Some(day("2026-05-23")));
    }

    #[test]
    fn counting_day_by_day_comes_to_the_same() {
        for weekend in [&[6, 7][..], &[5, 6], &[7], &[], &[1, 2, 3, 4, 5, 6], &[2, 4]] {
            let weekend = Weekend::of(weekend).expect("a weekend");
            for start in 0..7 {
                let start = days_after(day("2026-05-18"), start).expect("a day");
                let mut counted = start;
                for n in 1..40 {
                    loop {
                        counted = days_after(counted, 1).expect("a day");
                        if weekend.is_business_day(counted) {
                            break;
                        }
                    }
                    assert_eq!(weekend.add_business_days(start, n), Some(counted), "{weekend:?} {start} {n}");
                }
            }
        }
    }

    #[test]
    fn a_week_without_a_working_day_is_refused() {
        assert!(Weekend::of(&[1, 2, 3, 4, 5, 6, 7]).is_err());
        assert!(Weekend::of(&[0]).is_err());
        assert_eq!(Weekend::of(&[7, 6, 6]).expect("a weekend").numbers(), [6, 7]);
    }

    #[test]
    fn months_end_where_they_end_and_remember_the_day() {
        let last = day("2026-01-31");
        let months: Vec<String> = (1..=3).map(|n| months_after(last, n).expect("a day").to_string()).collect();
        assert_eq!(months, ["2026-02-28", "2026-03-31", "2026-04-30"]);
        assert_eq!(months_after(day("2024-02-29"), 12), Some(day("2025-02-28")));
        assert_eq!(months_after(day("2024-02-29"), 48), Some(day("2028-02-29")));
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_later_and_one_that_comes_twice_is_the_first() {
        let berlin = chrono_tz::Europe::Berlin;
        let at = |text: &str, hour, minute| {
            instant(day(text), NaiveTime::from_hms_opt(hour, minute, 0).expect("a time"), berlin)
        };
        let utc = |text: &str| DateTime::parse_from_rfc3339(text).expect("an instant").timestamp_millis();
        assert_eq!(at("2026-03-28", 9, 0), utc("2026-03-28T08:00:00Z"));
        assert_eq!(at("2026-03-29", 2, 30), utc("2026-03-29T01:30:00Z"), "which is 03:30 there");
        assert_eq!(at("2026-03-29", 9, 0), utc("2026-03-29T07:00:00Z"));
        assert_eq!(at("2026-10-25", 2, 30), utc("2026-10-25T00:30:00Z"));
        assert_eq!(civil(utc("2026-03-29T01:30:00Z"), berlin).1, NaiveTime::from_hms_opt(3, 30, 0).expect("a time"));
    }
}
