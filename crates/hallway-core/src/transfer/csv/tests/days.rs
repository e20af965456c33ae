use chrono::NaiveDate;

use super::*;

fn day(text: &str, order: Option<DayOrder>) -> Option<(NaiveDate, DayPrecision)> {
    parse_day(text, order).map(|day| (day.date, day.precision))
}

fn exactly(year: i32, month: u32, day: u32) -> Option<(NaiveDate, DayPrecision)> {
    Some((NaiveDate::from_ymd_opt(year, month, day)?, DayPrecision::Day))
}

#[test]
fn days_are_read_as_other_tools_write_them() {
    for (text, year, month, date) in [
        ("12 Mar 2024", 2024, 3, 12),
        ("7-Feb-22", 2022, 2, 7),
        ("04/24/2014", 2014, 4, 24),
        ("24/04/2014", 2014, 4, 24),
        ("3/15/2024 2:30 PM", 2024, 3, 15),
        ("11/29/24 22:28", 2024, 11, 29),
        ("2026/05/28 7:01:33 PM GMT+2", 2026, 5, 28),
        ("2025-03-10 18:00", 2025, 3, 10),
        ("2024-03-12T09:14:00.000Z", 2024, 3, 12),
        ("2024-03-12 09:14:00 +0000 UTC", 2024, 3, 12),
        ("Sep 26, 2026 7:05 PM", 2026, 9, 26),
        ("Tue, 12 Mar 2024 09:14:00 GMT", 2024, 3, 12),
        ("March-15-2019", 2019, 3, 15),
        ("21-December-2026", 2026, 12, 21),
        ("1 Sept 2020", 2020, 9, 1),
        ("03.04.2024", 2024, 4, 3),
        ("5/5/2024", 2024, 5, 5),
        ("20240312", 2024, 3, 12),
        ("1710234000", 2024, 3, 12),
        ("1710234000000", 2024, 3, 12),
        (" 29 Feb 2024 ", 2024, 2, 29),
        ("12 Mar 71", 1971, 3, 12),
    ] {
        assert_eq!(day(text, None), exactly(year, month, date), "{text}");
    }
}

#[test]
fn a_month_or_a_year_stands_for_its_first_day() {
    let first = |year, month, precision| NaiveDate::from_ymd_opt(year, month, 1).map(|date| (date, precision));
    assert_eq!(day("2024-03", None), first(2024, 3, DayPrecision::Month));
    assert_eq!(day("Mar 2024", None), first(2024, 3, DayPrecision::Month));
    assert_eq!(day("2024", None), first(2024, 1, DayPrecision::Year));
}

#[test]
fn a_day_that_could_be_two_days_is_not_guessed() {
    assert_eq!(day("03/04/2024", None), None);
    assert_eq!(day("03/04/2024", Some(DayOrder::DayFirst)), exactly(2024, 4, 3));
    assert_eq!(day("03/04/2024", Some(DayOrder::MonthFirst)), exactly(2024, 3, 4));
    assert_eq!(day("13/04/2024", Some(DayOrder::MonthFirst)), exactly(2024, 4, 13), "there is no month 13");
}

#[test]
fn a_column_proves_its_own_order() {
    assert_eq!(day_order(["03/04/2024", "25/04/2024"]), Some(DayOrder::DayFirst));
    assert_eq!(day_order(["03/04/2024", "04/25/2024 10:00"]), Some(DayOrder::MonthFirst));
    assert_eq!(day_order(["03/04/2024", "2024-04-25", "soon"]), None);
    assert_eq!(day_order(["25/04/2024", "04/25/2024"]), None, "a column that contradicts itself proves nothing");
}

#[test]
fn other_text_is_no_day() {
    for text in [
        "",
        "soon",
        "30 Feb 2024",
        "12 Mar",
        "Q1 2024",
        "2024-13-01",
        "99/99/2024",
        "0/0/00",
        "12 Mar 2024 or later",
        "1-2-3-4",
        "３月",
    ] {
        assert_eq!(day(text, None), None, "{text}");
    }
}
