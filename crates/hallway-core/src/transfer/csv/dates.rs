//! Days as files write them.

use crate::days::month_named;
use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A day, as exactly as the text names it. A month or a year stands for its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// In no particular time zone: the day as written.
    pub date: NaiveDate,
    /// How much of `date` the text says.
    pub precision: DayPrecision,
}

/// How exactly a day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPrecision {
    Day,
    Month,
    Year,
}

/// Which number comes first in `03/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DayOrder {
    DayFirst,
    MonthFirst,
}

/// Reads `12 Mar 2024`, `7-Feb-22`, `Sep 26, 2026 7:05 PM`, `21-December-2026`, `2024-03-12T09:14:00Z`, `2026/05/28`,
/// `04/24/2014`, `12.3.2024`, `Mar 2024`, `2024-03`, `2024` and Unix times of ten or thirteen digits (in UTC).
///
/// `03/04/2024` is a day only when `order` says which one; without it nothing is guessed. Years of two digits are
/// 1970–2069. A time of day after the date is passed over. `None` is any other text.
pub fn parse_day(text: &str, order: Option<DayOrder>) -> Option<Day> {
    let text = text.trim();
    let text = without_weekday(text).unwrap_or(text);
    let parts = parts(text);
    let day = |year, month, day| exact(NaiveDate::from_ymd_opt(year, month, day)?);
    match parts.as_slice() {
        [Part::Number(number, len @ (10 | 13), _)] => unix_day(*number, *len),
        [Part::Number(number, 8, _)] => {
            day(year(number / 10_000, 4)?, number_u32(number / 100 % 100)?, number_u32(number % 100)?)
        }
        [Part::Number(y, 4, _)] => whole(year(*y, 4)?, 1, DayPrecision::Year),
        [Part::Number(y, 4, _), Part::Number(m, 1 | 2, "-" | "/" | ".")] => {
            whole(year(*y, 4)?, number_u32(*m)?, DayPrecision::Month)
        }
        [Part::Month(m), Part::Number(y, 4, _)] => whole(year(*y, 4)?, *m, DayPrecision::Month),
        [Part::Number(y, 4, _), Part::Number(m, 1 | 2, "-" | "/" | "."), Part::Number(d, 1 | 2, _), rest @ ..]
            if time(rest) =>
        {
            day(year(*y, 4)?, number_u32(*m)?, number_u32(*d)?)
        }
        [Part::Number(d, 1 | 2, _), Part::Month(m), Part::Number(y, len @ (2 | 4), _), rest @ ..] if time(rest) => {
            day(year(*y, *len)?, *m, number_u32(*d)?)
        }
        [Part::Month(m), Part::Number(d, 1 | 2, _), Part::Number(y, len @ (2 | 4), _), rest @ ..] if time(rest) => {
            day(year(*y, *len)?, *m, number_u32(*d)?)
        }
        [
            Part::Number(a, 1 | 2, _),
            Part::Number(b, 1 | 2, between),
            Part::Number(y, len @ (2 | 4), again),
            rest @ ..,
        ] if time(rest) && between == again && matches!(*between, "/" | "-" | ".") => {
            let (a, b) = (number_u32(*a)?, number_u32(*b)?);
            let (d, m) = match (*between, a, b, order) {
                // Nobody who writes dots puts the month first.
                (".", _, _, _) | (_, 13.., _, _) | (_, _, _, Some(DayOrder::DayFirst)) => (a, b),
                (_, _, 13.., _) | (_, _, _, Some(DayOrder::MonthFirst)) => (b, a),
                _ if a == b => (a, b),
                _ => return None,
            };
            // Another row may prove the order of the column; a day that cannot be is still no month.
            let (d, m) = if m > 12 { (m, d) } else { (d, m) };
            day(year(*y, *len)?, m, d)
        }
        _ => None,
    }
}

/// The order that a column's own days prove: one number above 12 is enough, two that contradict each other prove nothing.
pub fn day_order<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<DayOrder> {
    let mut seen = DaysSeen::default();
    texts.into_iter().for_each(|text| seen.see(text));
    seen.order()
}

/// What the days of one column say about the order of their numbers, counted while they go by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DaysSeen {
    day_first: bool,
    month_first: bool,
    /// How many could be either of two days.
    pub ambiguous: u32,
    /// The first of them, as it stands there.
    pub example: Option<String>,
}

impl DaysSeen {
    pub fn see(&mut self, text: &str) {
        match parts(text.trim()).as_slice() {
            [Part::Number(13..=31, 2, _), Part::Number(1..=12, 1 | 2, "/" | "-"), Part::Number(_, 2 | 4, _), ..] => {
                self.day_first = true;
            }
            [Part::Number(1..=12, 1 | 2, _), Part::Number(13..=31, 2, "/" | "-"), Part::Number(_, 2 | 4, _), ..] => {
                self.month_first = true;
            }
            _ if is_ambiguous(text) => {
                self.ambiguous += 1;
                self.example.get_or_insert_with(|| text.trim().chars().take(40).collect());
            }
            _ => {}
        }
    }

    /// The order they prove.
    pub fn order(&self) -> Option<DayOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DayOrder::DayFirst),
            (false, true) => Some(DayOrder::MonthFirst),
            _ => None,
        }
    }
}

/// Whether a text is a day only once somebody says which number comes first.
pub fn is_ambiguous(text: &str) -> bool {
    parse_day(text, None).is_none() && parse_day(text, Some(DayOrder::DayFirst)).is_some()
}

/// Whether a text is a day whose order somebody may have to say, and nothing else: `20/11/2026`, and no time after it.
pub fn is_of_numbers(text: &str) -> bool {
    use Part::Number;
    matches!(
        parts(text.trim()).as_slice(),
        [Number(_, 1 | 2, _), Number(_, 1 | 2, "/" | "-"), Number(_, 2 | 4, "/" | "-")]
    )
}

/// What a date is made of. A number comes with how many digits it has and what stands before it, without spaces.
#[derive(Debug)]
enum Part<'a> {
    Number(u64, usize, &'a str),
    Month(u32),
    Word(&'a str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() && parts.len() < 16 {
        let start = rest.find(|c: char| c.is_alphanumeric()).unwrap_or(rest.len());
        let (before, tail) = rest.split_at(start);
        let before = before.trim();
        let digits = tail.starts_with(|c: char| c.is_ascii_digit());
        let len = tail.find(|c: char| !c.is_alphanumeric() || c.is_ascii_digit() != digits).unwrap_or(tail.len());
        let (word, tail) = tail.split_at(len);
        parts.push(match (word.parse(), month_named(word)) {
            (Ok(number), _) if digits => Part::Number(number, word.len(), before),
            (_, Some(month)) => Part::Month(month),
            _ => Part::Word(word),
        });
        rest = tail;
    }
    parts
}

/// A time of day and a zone hold numbers and these words, nothing else.
fn time(parts: &[Part<'_>]) -> bool {
    parts.iter().all(|part| match part {
        Part::Number(..) => true,
        Part::Word(word) => {
            matches!(word.to_ascii_lowercase().as_str(), "t" | "z" | "am" | "pm" | "a" | "p" | "m" | "utc" | "gmt" | "")
        }
        Part::Month(..) => false,
    })
}

fn without_weekday(text: &str) -> Option<&str> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let (word, rest) = text.split_once([',', ' '])?;
    let word = word.to_ascii_lowercase();
    DAYS.iter().any(|day| *day == word || day[..3] == word).then_some(rest)
}

fn year(number: u64, digits: usize) -> Option<i32> {
    let number = i32::try_from(number).ok()?;
    match (digits, number) {
        (4, 1900..=2199) => Some(number),
        (2, 70..) => Some(1900 + number),
        (2, _) => Some(2000 + number),
        _ => None,
    }
}

fn unix_day(number: u64, digits: usize) -> Option<Day> {
    let seconds = i64::try_from(if digits == 13 { number / 1000 } else { number }).ok()?;
    exact(DateTime::from_timestamp(seconds, 0)?.date_naive())
}

fn exact(date: NaiveDate) -> Option<Day> {
    Some(Day { date, precision: DayPrecision::Day })
}

fn whole(year: i32, month: u32, precision: DayPrecision) -> Option<Day> {
    Some(Day { date: NaiveDate::from_ymd_opt(year, month, 1)?, precision })
}

fn number_u32(number: u64) -> Option<u32> {
    u32::try_from(number).ok()
}
