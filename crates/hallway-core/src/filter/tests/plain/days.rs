//! Days as a filter means them.
use super::{Mistake, World, date};
use crate::filter::Compare;
use chrono::{Days, Months, NaiveDate};

impl World {
    /// Whether one of several days is as was asked, and of what is longer ago the newest.
    pub(super) fn days(&self, compare: Compare, values: &[String], ahead: bool, days: Vec<NaiveDate>) -> bool {
        values.iter().any(|value| {
            if value == "never" {
                return days.is_empty();
            }
            let newest = days.iter().max();
            let all = days.iter().map(|day| (day, self.day(compare, value, Some(ahead), *day)));
            all.into_iter().any(|(day, (is, says_before))| {
                is && (!says_before || Some(day) == newest || self.mistake == Mistake::OldestInsteadOfNewest)
            })
        })
    }

    /// Whether a day is as was asked, and whether what was asked has no beginning. `ahead` says which way a length looks;
    /// nothing that `+` says it.
    pub(super) fn day(&self, compare: Compare, value: &str, ahead: Option<bool>, day: NaiveDate) -> (bool, bool) {
        let today = self.today;
        if value == "ever" {
            return (true, false);
        }
        let said = |text: &str| -> (NaiveDate, NaiveDate, bool) {
            let far = |n: &str, unit: char, ahead: bool| {
                let n: u32 = n.parse().expect("a number");
                let day = match (unit, ahead) {
                    ('d', false) => today - Days::new(n.into()),
                    ('d', true) => today + Days::new(n.into()),
                    ('w', false) => today - Days::new(u64::from(n) * 7),
                    ('w', true) => today + Days::new(u64::from(n) * 7),
                    ('m', false) => today - Months::new(n),
                    ('m', true) => today + Months::new(n),
                    (_, false) => today - Months::new(n * 12),
                    (_, true) => today + Months::new(n * 12),
                };
                (day, day, true)
            };
            let unit = text.chars().last().filter(char::is_ascii_alphabetic);
            match (unit, text) {
                (_, "today") => (today, today, false),
                (Some(unit), text) => {
                    let digits = text[..text.len() - 1].trim_start_matches('+');
                    far(digits, unit, ahead.unwrap_or(text.starts_with('+')))
                }
                (None, text) if text.len() == 4 => {
                    (date(&format!("{text}-01-01")), date(&format!("{text}-12-31")), false)
                }
                (None, text) if text.len() == 7 => {
                    let first = date(&format!("{text}-01"));
                    (first, first + Months::new(1) - Days::new(1), false)
                }
                (None, text) => (date(text), date(text), false),
            }
        };
        if let Some((from, to)) = value.split_once("..") {
            let from = (!from.is_empty()).then(|| said(from).0);
            let to = (!to.is_empty()).then(|| said(to).1);
            return (from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to), from.is_none());
        }
        let (from, to, length) = said(value);
        let forward = ahead.unwrap_or(value.starts_with('+'));
        if length && !forward {
            let until = if ahead.is_none() { today } else { NaiveDate::MAX };
            let first = if self.mistake == Mistake::FirstDayLeftOut { day > from } else { day >= from };
            return match compare {
                Compare::Is | Compare::AtMost => (first && day <= until, false),
                Compare::Under => (day > from && day <= until, false),
                Compare::Over => (day < from, true),
                Compare::AtLeast => (day <= from, true),
            };
        }
        if length {
            return match compare {
                Compare::Is | Compare::AtMost => (day >= today && day <= to, false),
                Compare::Under => (day >= today && day < to, false),
                Compare::Over => (day > to, false),
                Compare::AtLeast => (day >= to, false),
            };
        }
        match compare {
            Compare::Is => (day >= from && day <= to, false),
            Compare::Over => (day > to, false),
            Compare::AtLeast => (day >= from, false),
            Compare::Under => (day < from, true),
            Compare::AtMost => (day <= to, true),
        }
    }
}
