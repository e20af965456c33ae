//! How a follow-up comes again. Pure: days in, days out.
use crate::{
    days::{Weekend, days_after, months_after},
    error::{Result, invalid},
    time,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

words! {
    /// What a repeat is counted in.
    pub enum Unit { Day = "day", BusinessDay = "business_day", Week = "week", Month = "month", Year = "year", }
}
words! {
    /// What a repeat is counted from.
    pub enum Anchor {
        /// The first due day: a monthly call stays on its day.
        Due = "due",
        /// The day it was done.
        Done = "done",
        /// The newest contact in both directions, whenever that changes.
        LastContact = "last_contact",
    }
}

/// How often something comes again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Every {
    pub n: u32,
    pub unit: Unit,
    pub anchor: Anchor,
    /// `YYYY-MM-DD`: it is not due after that day any more.
    #[serde(default)]
    pub until: Option<String>,
    /// So many times in all.
    #[serde(default)]
    pub count: Option<u32>,
}

impl Every {
    pub(super) fn check(&self) -> Result<()> {
        if !(1..=1000).contains(&self.n) {
            return invalid("every", "Say how often: every 1 to 1000 days, weeks, months or years.");
        }
        if self.count == Some(0) {
            return invalid("every", "It has to come at least once.");
        }
        if let Some(until) = &self.until {
            time::day("every", until)?;
        }
        Ok(())
    }

    /// The day `k` intervals after another. None past the end of the calendar.
    pub(super) fn after(&self, from: NaiveDate, k: u32, weekend: Weekend) -> Option<NaiveDate> {
        let n = self.n.checked_mul(k)?;
        match self.unit {
            Unit::Day => days_after(from, i64::from(n)),
            Unit::BusinessDay => weekend.add_business_days(from, i64::from(n)),
            Unit::Week => days_after(from, i64::from(n) * 7),
            Unit::Month => months_after(from, n),
            Unit::Year => months_after(from, n.checked_mul(12)?),
        }
    }

    /// When it is due next, once it is settled on a day: of a series that began on `begun`, the first day of it after both
    /// that day and the due day it had; those that were missed are skipped. None when it does not come again.
    pub(super) fn next(
        &self,
        begun: NaiveDate,
        due: NaiveDate,
        settled: NaiveDate,
        nth: u32,
        weekend: Weekend,
    ) -> Option<NaiveDate> {
        if self.count.is_some_and(|count| nth >= count) {
            return None;
        }
        let next = match self.anchor {
            Anchor::Due => {
                let past = due.max(settled);
                // About as many intervals as have gone by, then one by one.
                let longest = match self.unit {
                    Unit::Day | Unit::BusinessDay => 7,
                    Unit::Week => 7,
                    Unit::Month => 31,
                    Unit::Year => 366,
                } * i64::from(self.n);
                let mut k = u32::try_from((past - begun).num_days().max(0) / longest).ok()?.max(1);
                while self.after(begun, k, weekend)? <= past {
                    k += 1;
                }
                self.after(begun, k, weekend)?
            }
            Anchor::Done | Anchor::LastContact => self.after(settled, 1, weekend)?,
        };
        let over =
            self.until.as_ref().and_then(|until| until.parse().ok()).is_some_and(|until: NaiveDate| next > until);
        (!over).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }
    fn every(n: u32, unit: Unit, anchor: Anchor) -> Every {
        Every { n, unit, anchor, until: None, count: None }
    }
    fn next(every: &Every, begun: &str, due: &str, settled: &str) -> Option<String> {
        every.next(day(begun), day(due), day(settled), 1, Weekend::default()).map(|day| day.to_string())
    }

    #[test]
    fn counted_from_the_due_day_it_keeps_its_day_and_skips_what_was_missed() {
        let weekly = every(1, Unit::Week, Anchor::Due);
        assert_eq!(next(&weekly, "2026-05-04", "2026-05-04", "2026-05-06").as_deref(), Some("2026-05-11"));
        assert_eq!(next(&weekly, "2026-05-04", "2026-05-04", "2026-06-03").as_deref(), Some("2026-06-08"));
        assert_eq!(
            next(&weekly, "2026-05-04", "2026-05-04", "2026-05-11").as_deref(),
            Some("2026-05-18"),
            "that day is here"
        );
        assert_eq!(
            next(&weekly, "2026-05-04", "2026-05-18", "2026-05-01").as_deref(),
            Some("2026-05-25"),
            "done early"
        );
        let monthly = every(1, Unit::Month, Anchor::Due);
        assert_eq!(next(&monthly, "2026-01-31", "2026-01-31", "2026-01-31").as_deref(), Some("2026-02-28"));
        assert_eq!(next(&monthly, "2026-01-31", "2026-02-28", "2026-02-28").as_deref(), Some("2026-03-31"));
        let yearly = every(1, Unit::Year, Anchor::Due);
        assert_eq!(next(&yearly, "2024-02-29", "2024-02-29", "2027-06-01").as_deref(), Some("2028-02-29"));
    }

    #[test]
    fn counted_from_the_day_it_was_done_it_waits_the_whole_interval() {
        assert_eq!(
            next(&every(3, Unit::Day, Anchor::Done), "2026-05-04", "2026-05-04", "2026-05-20").as_deref(),
            Some("2026-05-23")
        );
        assert_eq!(
            next(&every(3, Unit::BusinessDay, Anchor::Done), "2026-05-04", "2026-05-04", "2026-05-20").as_deref(),
            Some("2026-05-25")
        );
    }

    #[test]
    fn it_ends_with_its_day_or_its_count() {
        let mut twice = every(1, Unit::Week, Anchor::Due);
        twice.count = Some(2);
        let next = |every: &Every, nth| {
            every.next(day("2026-05-04"), day("2026-05-04"), day("2026-05-04"), nth, Weekend::default())
        };
        assert!(next(&twice, 1).is_some());
        assert!(next(&twice, 2).is_none());
        let mut until = every(1, Unit::Week, Anchor::Due);
        until.until = Some("2026-05-11".into());
        assert!(next(&until, 1).is_some());
        until.until = Some("2026-05-10".into());
        assert!(next(&until, 1).is_none());
    }
}
