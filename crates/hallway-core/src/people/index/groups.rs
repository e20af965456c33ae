//! The groups of a list in its order: one walk along people who are in that order already.
use super::{PeopleIndex, Row};
use crate::{id::Id, journey::engine::Stage, people::PeopleSort};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeZone};
use chrono_tz::Tz;

/// People who stand together in a list, since what it is sorted by says the same of them.
#[derive(Debug, PartialEq)]
pub struct Group {
    /// What it says; nothing of whom it says nothing.
    pub key: Option<String>,
    /// Whoever stands first.
    pub first: Id,
    pub count: u32,
}

impl PeopleIndex {
    /// The groups of people who are in the order of `sort`: stage words, folded organisations, countries, months, first
    /// letters. What comes next is not kept here, so that nobody has any of it.
    pub fn groups(&self, sort: PeopleSort, slots: &[u32], zone: Tz) -> Vec<Group> {
        let word = |word: Option<&str>| word.map(str::to_owned);
        match sort {
            PeopleSort::Stage => self.grouped(
                slots,
                |_, row| row.stage_rank,
                |rank| Some(Stage::ALL.get(usize::from(rank).checked_sub(1)?)?.key().to_owned()),
            ),
            PeopleSort::Organisation => {
                self.grouped(slots, |_, row| row.organisation, |number| word(self.organisations.word(number)))
            }
            PeopleSort::Country => {
                self.grouped(slots, |_, row| row.country, |number| word(self.countries.word(number)))
            }
            PeopleSort::LastTouch => {
                self.grouped(slots, |_, row| self.days.word(row.last_touch).and_then(|day| day.get(..7)), word)
            }
            PeopleSort::Added => {
                let mut months = MonthsOf { zone, known: None };
                self.grouped(
                    slots,
                    |_, row| months.of(row.added_at),
                    |(year, month)| Some(format!("{year:04}-{month:02}")),
                )
            }
            PeopleSort::Name => self.grouped(slots, |slot, _| first_letter(self.texts.name(slot)), |c| c.map(initial)),
            PeopleSort::Next => self.grouped(slots, |_, _| (), |()| None),
        }
    }

    fn grouped<K: PartialEq>(
        &self,
        slots: &[u32],
        mut of: impl FnMut(u32, &Row) -> K,
        say: impl Fn(K) -> Option<String>,
    ) -> Vec<Group> {
        let mut groups = Vec::new();
        let mut open: Option<(K, Group)> = None;
        for slot in slots {
            let row = self.at(*slot);
            let what = of(*slot, row);
            match &mut open {
                Some((known, group)) if *known == what => group.count += 1,
                _ => groups.extend(open.replace((what, Group { key: None, first: row.id, count: 1 }))),
            }
        }
        groups.extend(open);
        groups.into_iter().map(|(what, group)| Group { key: say(what), ..group }).collect()
    }
}

fn first_letter(name: &[u8]) -> Option<char> {
    std::str::from_utf8(name).ok()?.chars().next()
}

/// A folded letter as a heading; as it stands where another letter has the same capital, so that no heading comes twice.
fn initial(letter: char) -> String {
    let capital: String = letter.to_uppercase().collect();
    if capital.to_lowercase() == letter.to_string() { capital } else { letter.to_string() }
}

/// In which month an instant is. The bounds of the month that was asked for last are kept: most who follow are in it too,
/// and where clocks are set back over midnight nobody falls back into the month before.
struct MonthsOf {
    zone: Tz,
    known: Option<((i64, i64), (i32, u32))>,
}

impl MonthsOf {
    fn of(&mut self, at: i64) -> (i32, u32) {
        if let Some(((from, to), month)) = self.known
            && (from..to).contains(&at)
        {
            return month;
        }
        let day = DateTime::from_timestamp_millis(at)
            .map_or(NaiveDate::MIN, |instant| instant.with_timezone(&self.zone).date_naive());
        let month = (day.year(), day.month());
        let first = day.checked_sub_days(Days::new(day.day0().into()));
        let next = first.and_then(|first| first.checked_add_months(Months::new(1)));
        let begins = |day: NaiveDate| {
            let midnight = self.zone.from_local_datetime(&day.and_hms_opt(0, 0, 0)?).earliest()?;
            Some(midnight.timestamp_millis())
        };
        // Where no midnight is told, the instants around it are asked one by one.
        self.known = first.and_then(begins).zip(next.and_then(begins)).map(|bounds| (bounds, month));
        month
    }
}
