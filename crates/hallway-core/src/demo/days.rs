//! When things happen: on weekdays, and more often in the seasons of conferences.

use super::random::Random;

/// The days of `count` touchpoints, as days before `today`, the oldest first.
///
/// `today` is a number of days since 1970-01-01; it decides what is a weekend and what is autumn, nothing else.
/// The first is on `first` or a day or two later, nothing is after `last`.
pub fn days(random: &mut Random, count: u64, first: u32, last: u32, today: i64) -> Vec<u32> {
    let last = last.min(first);
    let mut days: Vec<u32> = (0..count)
        .map(|nth| {
            let (one, other) = (random.between(last, first), random.between(last, first));
            let (insists, gathers) = (random.chance(40), random.chance(45));
            let drawn = if nth == 0 {
                first
            } else if insists || in_season(today - i64::from(one)) {
                one
            } else {
                other
            };
            let gathered = if gathers && nth > 0 { in_conference_week(drawn, last, today) } else { drawn };
            on_a_weekday(gathered, last, today, random.chance(88))
        })
        .collect();
    days.sort_unstable_by(|one, other| other.cmp(one));
    days
}

/// Monday is 0.
pub fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

/// February, May, June, and September to November: when developers meet.
fn in_season(day: i64) -> bool {
    matches!(month(day), 2 | 5 | 6 | 9 | 10 | 11)
}

/// In season every fourth week is one of conferences; days before it move into it.
fn in_conference_week(days_ago: u32, last: u32, today: i64) -> u32 {
    let day = today - i64::from(days_ago);
    if !in_season(day) {
        return days_ago;
    }
    let weeks = (1 - (day + 3).div_euclid(7)).rem_euclid(4) as u32;
    match days_ago.checked_sub(weeks * 7) {
        Some(moved) if moved >= last => moved,
        _ => days_ago,
    }
}

/// A weekend becomes the Monday after; where that would be too late, it stays.
fn on_a_weekday(days_ago: u32, last: u32, today: i64, keeps_weekends_free: bool) -> u32 {
    let to_monday = match weekday(today - i64::from(days_ago)) {
        5 => 2,
        6 => 1,
        _ => return days_ago,
    };
    match days_ago.checked_sub(to_monday) {
        Some(monday) if keeps_weekends_free && monday >= last => monday,
        _ => days_ago,
    }
}

/// The month, 1 to 12, of a day since 1970-01-01, after Howard Hinnant's `civil_from_days`
/// (<https://howardhinnant.github.io/date_algorithms.html>).
fn month(day: i64) -> i64 {
    let day_of_era = (day + 719_468).rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    if from_march < 10 { from_march + 3 } else { from_march - 9 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::random::Purpose;

    /// 2026-08-24, a Monday.
    const TODAY: i64 = 20_689;

    #[test]
    fn the_calendar_is_right() {
        assert_eq!((weekday(0), month(0)), (3, 1), "1970-01-01 was a Thursday");
        assert_eq!((weekday(TODAY), month(TODAY)), (0, 8));
        assert_eq!((month(11_016), month(11_017)), (2, 3), "2000-02-29 and the day after");
        assert_eq!(month(-1), 12);
    }

    #[test]
    fn days_go_forward_and_stay_within_their_bounds() {
        let days = days(&mut Random::of(1, Purpose::Days, 0), 500, 900, 12, TODAY);
        assert!(days.is_sorted_by(|one, next| one >= next));
        assert!(days.iter().all(|day| (12..=900).contains(day)));
        assert!((898..=900).contains(&days[0]));
    }

    #[test]
    fn weekends_are_rare_and_seasons_are_busy() {
        let days = days(&mut Random::of(1, Purpose::Days, 0), 20_000, 1_461, 0, TODAY);
        let weekends = days.iter().filter(|day| weekday(TODAY - i64::from(**day)) > 4).count();
        let season = days.iter().filter(|day| in_season(TODAY - i64::from(**day))).count();
        assert!((100..1_500).contains(&weekends), "{weekends} of 20,000 on a weekend");
        assert!(season > 12_000, "{season} of 20,000 in half of the months");
    }
}
