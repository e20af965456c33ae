//! Days as they are said in a filter: `90d`, `2026-03`, `last-month`, `2026-01..2026-03`, `never`. Pure.
use super::tree::Compare;
use chrono::{Datelike, Days, Months, NaiveDate};

/// A day as a number, so that a column of them is small: days since the first of January of the year 1.
pub type DayNumber = i32;
/// No day at all.
pub const NO_DAY: DayNumber = i32::MIN;
/// Before every day, and after every day.
const FIRST: DayNumber = i32::MIN + 1;
const LAST: DayNumber = i32::MAX;

/// Which way a plain `90d` looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Way {
    /// What lies behind: the last 90 days.
    Back,
    /// What lies ahead: the next 90 days.
    Ahead,
    /// Both can be: `90d` looks back and `+90d` ahead.
    Either,
}

/// What a day must be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DayTest {
    /// No day will do, too.
    pub never: bool,
    /// First and last day of each stretch.
    pub stretches: Vec<(DayNumber, DayNumber)>,
}

impl DayTest {
    /// Whether the one day there is, or [`NO_DAY`], is as was asked.
    pub fn holds(&self, day: DayNumber) -> bool {
        if day == NO_DAY { self.never } else { self.stretches.iter().any(|(from, to)| (*from..=*to).contains(&day)) }
    }
    /// The same of several days: one of them will do, except that “longer ago than” is said of the newest.
    pub fn holds_of(&self, days: &[DayNumber]) -> bool {
        let Some(newest) = days.iter().max() else { return self.never };
        self.stretches.iter().any(|(from, to)| {
            if *from == FIRST { newest <= to } else { days.iter().any(|day| (*from..=*to).contains(day)) }
        })
    }
    /// Whether some stretch has no beginning, so that only the newest of several days counts.
    pub fn asks_the_newest(&self) -> bool {
        self.stretches.iter().any(|(from, _)| *from == FIRST)
    }
}

/// The number of a day.
pub fn number(day: NaiveDate) -> DayNumber {
    day.num_days_from_ce()
}

/// The day with a number; the last one there is for what is no day.
pub fn day(number: DayNumber) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(number).unwrap_or(NaiveDate::MAX)
}

/// The number of a day as the file keeps it, `YYYY-MM-DD`.
pub fn number_of(text: &str) -> DayNumber {
    let digits = |from: usize, to: usize| {
        text.as_bytes()
            .get(from..to)
            .filter(|d| d.iter().all(u8::is_ascii_digit))
            .map(|digits| digits.iter().fold(0_i32, |n, digit| n * 10 + i32::from(digit - b'0')))
    };
    match (digits(0, 4), digits(5, 7), digits(8, 10)) {
        (Some(y), Some(m), Some(d)) => NaiveDate::from_ymd_opt(y, m as u32, d as u32).map_or(NO_DAY, number),
        _ => NO_DAY,
    }
}

enum Said {
    /// `90d`: the day so long ago.
    Ago(NaiveDate),
    /// `+90d`: the day so far ahead.
    In(NaiveDate),
    /// A day, a week, a month …: its first and its last.
    Stretch(NaiveDate, NaiveDate),
}

/// How a value that says a day is written, and what it asks for. Nothing when it says none.
pub fn read(text: &str, compare: Compare, way: Way, today: NaiveDate) -> Option<(String, DayTest)> {
    let text = text.trim().to_lowercase();
    let one = |stretch| Some(DayTest { never: false, stretches: vec![stretch] });
    if compare == Compare::Is {
        match text.as_str() {
            "never" | "none" => return Some(("never".into(), DayTest { never: true, stretches: vec![] })),
            "ever" | "any" => return Some(("ever".into(), one((FIRST + 1, LAST))?)),
            _ => {}
        }
        if let Some((from, to)) = text.split_once("..") {
            let begin = |said: &Said| match said {
                Said::Ago(day) | Said::In(day) | Said::Stretch(day, _) => number(*day),
            };
            let end = |said: &Said| match said {
                Said::Ago(day) | Said::In(day) | Said::Stretch(_, day) => number(*day),
            };
            let read = |text: &str| if text.is_empty() { Some(None) } else { said(text, way, today).map(Some) };
            let (a, b) = (read(from)?, read(to)?);
            let written = format!(
                "{}..{}",
                a.as_ref().map(|a| a.0.as_str()).unwrap_or_default(),
                b.as_ref().map(|b| b.0.as_str()).unwrap_or_default()
            );
            let stretch = match (a, b) {
                (Some((_, a)), Some((_, b))) if begin(&a) > end(&b) => (begin(&b), end(&a)),
                (Some((_, a)), Some((_, b))) => (begin(&a), end(&b)),
                (Some((_, a)), None) => (begin(&a), LAST),
                (None, Some((_, b))) => (FIRST, end(&b)),
                (None, None) => return None,
            };
            return Some((written, one(stretch)?));
        }
    }
    let (written, said) = said(&text, way, today)?;
    let now = number(today);
    // What lies behind ends where it ends: what was written down for tomorrow, in another zone, is not lost.
    let until = if way == Way::Either { now } else { LAST };
    let stretch = match (said, compare) {
        (Said::Ago(day), Compare::Is | Compare::AtMost) => (number(day), until),
        (Said::Ago(day), Compare::Under) => (number(day) + 1, until),
        (Said::Ago(day), Compare::Over) => (FIRST, number(day) - 1),
        (Said::Ago(day), Compare::AtLeast) => (FIRST, number(day)),
        (Said::In(day), Compare::Is | Compare::AtMost) => (now, number(day)),
        (Said::In(day), Compare::Under) => (now, number(day) - 1),
        (Said::In(day), Compare::Over) => (number(day) + 1, LAST),
        (Said::In(day), Compare::AtLeast) => (number(day), LAST),
        (Said::Stretch(from, to), Compare::Is) => (number(from), number(to)),
        (Said::Stretch(_, to), Compare::Over) => (number(to) + 1, LAST),
        (Said::Stretch(from, _), Compare::AtLeast) => (number(from), LAST),
        (Said::Stretch(from, _), Compare::Under) => (FIRST, number(from) - 1),
        (Said::Stretch(_, to), Compare::AtMost) => (FIRST, number(to)),
    };
    Some((written, one(stretch)?))
}

/// One thing that says a day or a stretch of them, and how it is written.
fn said(text: &str, way: Way, today: NaiveDate) -> Option<(String, Said)> {
    if let Some((count, unit)) = length(text.trim_start_matches('+')) {
        let ahead = match way {
            Way::Back if text.starts_with('+') => return None,
            Way::Back => None,
            Way::Ahead => Some(()),
            Way::Either => text.starts_with('+').then_some(()),
        };
        let sign = if way == Way::Either && ahead.is_some() { "+" } else { "" };
        let written = format!("{sign}{count}{unit}");
        return Some(match ahead {
            Some(()) => (written, Said::In(far(count, unit, today, true))),
            None => (written, Said::Ago(far(count, unit, today, false))),
        });
    }
    let stretch = |from: Option<NaiveDate>, to: Option<NaiveDate>| Some((text.to_owned(), Said::Stretch(from?, to?)));
    match text {
        "today" => return stretch(Some(today), Some(today)),
        "yesterday" => return stretch(today.pred_opt(), today.pred_opt()),
        "tomorrow" => return stretch(today.succ_opt(), today.succ_opt()),
        _ => {}
    }
    if let Some((which, what)) = text.split_once(['-', '_']) {
        let step = match which {
            "last" => Some(-1),
            "this" => Some(0),
            "next" => Some(1),
            _ => None,
        };
        if let Some(step) = step {
            let (from, to) = around(what, step, today)?;
            return Some((format!("{which}-{what}"), Said::Stretch(from, to)));
        }
    }
    let digits = |text: &str, many: usize| {
        (text.len() == many && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<u32>().ok()).flatten()
    };
    let parts: Vec<&str> = text.split('-').collect();
    let (from, months) = match parts.as_slice() {
        [y] => (NaiveDate::from_ymd_opt(digits(y, 4)? as i32, 1, 1)?, 12),
        [y, m] => (NaiveDate::from_ymd_opt(digits(y, 4)? as i32, digits(m, 2)?, 1)?, 1),
        [y, m, d] => {
            let day = NaiveDate::from_ymd_opt(digits(y, 4)? as i32, digits(m, 2)?, digits(d, 2)?)?;
            return Some((text.to_owned(), Said::Stretch(day, day)));
        }
        _ => return None,
    };
    stretch(Some(from), from.checked_add_months(Months::new(months))?.pred_opt())
}

/// `90d`, `12 weeks` written together: a number and the letter of its unit.
fn length(text: &str) -> Option<(u32, char)> {
    let border = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(border);
    let unit = match unit {
        "d" | "day" | "days" => 'd',
        "w" | "week" | "weeks" => 'w',
        "m" | "mo" | "month" | "months" => 'm',
        "y" | "year" | "years" => 'y',
        _ => return None,
    };
    (1..=5).contains(&count.len()).then(|| Some((count.parse().ok()?, unit))).flatten()
}

fn far(count: u32, unit: char, today: NaiveDate, ahead: bool) -> NaiveDate {
    let moved = match (unit, ahead) {
        ('d', true) => today.checked_add_days(Days::new(count.into())),
        ('d', false) => today.checked_sub_days(Days::new(count.into())),
        ('w', true) => today.checked_add_days(Days::new(7 * u64::from(count))),
        ('w', false) => today.checked_sub_days(Days::new(7 * u64::from(count))),
        ('m', true) => today.checked_add_months(Months::new(count)),
        ('m', false) => today.checked_sub_months(Months::new(count)),
        (_, true) => today.checked_add_months(Months::new(12 * count)),
        (_, false) => today.checked_sub_months(Months::new(12 * count)),
    };
    // Farther than anybody counts is before or after everything.
    let (first, last) = (day(1), day(3_652_059));
    moved.filter(|day| (first..=last).contains(day)).unwrap_or(if ahead { last } else { first })
}

/// The week, month, quarter or year around today, or the one before or after it. Weeks begin on Monday.
fn around(what: &str, step: i32, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let stretch = |first: NaiveDate, months: u32| {
        let first = if step < 0 {
            first.checked_sub_months(Months::new(months))?
        } else {
            first.checked_add_months(Months::new(months * step as u32))?
        };
        Some((first, first.checked_add_months(Months::new(months))?.pred_opt()?))
    };
    match what {
        "week" => {
            let monday = number(today) - today.weekday().num_days_from_monday() as i32 + 7 * step;
            Some((day(monday), day(monday + 6)))
        }
        "month" => stretch(today.with_day(1)?, 1),
        "quarter" => stretch(NaiveDate::from_ymd_opt(today.year(), today.month0() / 3 * 3 + 1, 1)?, 3),
        "year" => stretch(NaiveDate::from_ymd_opt(today.year(), 1, 1)?, 12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First and last day as text, on Thursday 2026-05-21; an open end is empty.
    fn stretch(text: &str, compare: Compare, way: Way) -> Option<(String, String)> {
        let today = NaiveDate::from_ymd_opt(2026, 5, 21)?;
        let (_, test) = read(text, compare, way, today)?;
        let shown = |n: DayNumber| if n == FIRST || n == LAST { String::new() } else { day(n).to_string() };
        test.stretches.first().map(|(from, to)| (shown(*from), shown(*to)))
    }
    fn said(text: &str, compare: Compare, way: Way) -> String {
        stretch(text, compare, way).map_or("none".into(), |(from, to)| format!("{from} to {to}"))
    }

    #[test]
    fn a_length_looks_back_from_today() {
        let back = |text, compare| said(text, compare, Way::Back);
        assert_eq!(back("90d", Compare::Is), "2026-02-20 to ");
        assert_eq!(back("12w", Compare::Is), "2026-02-26 to ");
        assert_eq!(back("3m", Compare::Is), "2026-02-21 to ");
        assert_eq!(back("1y", Compare::Is), "2025-05-21 to ");
        assert_eq!(back("90days", Compare::Over), " to 2026-02-19");
        assert_eq!(back("90d", Compare::AtLeast), " to 2026-02-20");
        assert_eq!(back("90d", Compare::Under), "2026-02-21 to ");
        assert_eq!(back("+90d", Compare::Is), "none", "what lies behind cannot lie ahead");
    }

    #[test]
    fn a_length_looks_ahead_where_things_are_to_come() {
        assert_eq!(said("7d", Compare::Is, Way::Ahead), "2026-05-21 to 2026-05-28");
        assert_eq!(said("7d", Compare::Over, Way::Ahead), "2026-05-29 to ");
        assert_eq!(said("+1m", Compare::Is, Way::Either), "2026-05-21 to 2026-06-21");
        assert_eq!(said("1m", Compare::Is, Way::Either), "2026-04-21 to 2026-05-21");
    }

    #[test]
    fn dates_months_years_and_stretches_around_today() {
        let back = |text, compare| said(text, compare, Way::Back);
        assert_eq!(back("2026-03-09", Compare::Is), "2026-03-09 to 2026-03-09");
        assert_eq!(back("2026-03", Compare::Is), "2026-03-01 to 2026-03-31");
        assert_eq!(back("2024", Compare::Is), "2024-01-01 to 2024-12-31");
        assert_eq!(back("2026-01-01", Compare::Over), "2026-01-02 to ");
        assert_eq!(back("2026", Compare::Under), " to 2025-12-31");
        assert_eq!(back("2026-03", Compare::AtMost), " to 2026-03-31");
        assert_eq!(back("yesterday", Compare::Is), "2026-05-20 to 2026-05-20");
        assert_eq!(back("this-week", Compare::Is), "2026-05-18 to 2026-05-24");
        assert_eq!(back("last-month", Compare::Is), "2026-04-01 to 2026-04-30");
        assert_eq!(back("last-quarter", Compare::Is), "2026-01-01 to 2026-03-31");
        assert_eq!(back("next-year", Compare::Is), "2027-01-01 to 2027-12-31");
    }

    #[test]
    fn a_stretch_is_written_with_two_points_either_way_round() {
        let back = |text| said(text, Compare::Is, Way::Back);
        assert_eq!(back("2026-01..2026-03"), "2026-01-01 to 2026-03-31");
        assert_eq!(back("90d..30d"), "2026-02-20 to 2026-04-21");
        assert_eq!(back("30d..90d"), "2026-02-20 to 2026-04-21");
        assert_eq!(back("2026-01.."), "2026-01-01 to ");
        assert_eq!(back("..2026-01"), " to 2026-01-31");
    }

    #[test]
    fn what_is_no_day_is_none_and_what_is_too_far_is_before_everything() {
        for text in ["", "..", "2026-13", "2026-02-30", "soon", "90", "90x", "d", "last-", "-", "99999999d", "２０２６"]
        {
            assert_eq!(said(text, Compare::Is, Way::Back), "none", "{text}");
        }
        assert!(stretch("99999y", Compare::Is, Way::Back).is_some());
    }

    #[test]
    fn of_several_days_one_will_do_but_longer_ago_is_said_of_the_newest() {
        let today = NaiveDate::from_ymd_opt(2026, 5, 21).expect("a day");
        let test = |text, compare| read(text, compare, Way::Back, today).expect("a day").1;
        let days = [number_of("2025-03-04"), number_of("2026-05-01")];
        assert!(test("2025-03", Compare::Is).holds_of(&days));
        assert!(test("90d", Compare::Is).holds_of(&days));
        assert!(!test("90d", Compare::Over).holds_of(&days));
        assert!(test("90d", Compare::Over).holds_of(&days[..1]));
        assert!(test("never", Compare::Is).holds_of(&[]) && !test("90d", Compare::Over).holds_of(&[]));
    }
}
