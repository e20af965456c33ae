//! What a person's acts say apart from a stage: presence, ring, involvement, and whether they asked for silence.
//!
//! Every answer comes with the next day on which it changes by itself. All limits are inclusive: on the 90th day a
//! person is still active.

use chrono::{Days, NaiveDate};

use super::config::{Config, EPSILON};
use super::evidence::Act;
use super::signs::worth;
use super::standing::Answer;
use super::words::{Presence, Ring, Stage};

/// How far back the outer ring and the involvement look (domain 2.8).
const YEAR_DAYS: u32 = 365;
/// How far back the inner ring looks for an act of taking part (domain 2.8).
const TAKING_PART_DAYS: u32 = 180;
/// The lowest effective weight of each involvement level, from the first level to the fourth (domain 2.8, after Orbit).
const LEVELS: [f64; 4] = [10.0, 7.0, 4.0, 1.0];

/// The newest days that matter, up to a day.
#[derive(Default)]
pub(super) struct Life {
    /// Any act of their own, resets included.
    pub last_act: Option<NaiveDate>,
    /// The same without resets.
    last_sign_of_life: Option<NaiveDate>,
    last_taking_part: Option<NaiveDate>,
    /// By involvement level, the first level first.
    last_at_level: [Option<NaiveDate>; LEVELS.len()],
    /// The last day of the silence asked for by the newest act that asks for one.
    silent_until: Option<NaiveDate>,
    /// The first act after the day.
    first_to_come: Option<NaiveDate>,
}

/// Reads the acts up to and including `as_of`.
pub(super) fn life(config: &Config, acts: &[Act], as_of: NaiveDate) -> Life {
    let mut life = Life::default();
    let mut last_silencing = None;
    for act in acts {
        let on = Some(act.evidence.on_day);
        if act.evidence.on_day > as_of {
            life.first_to_come = life.first_to_come.min(on).or(on);
            continue;
        }
        life.last_act = life.last_act.max(on);
        if act.kind.resets_to.is_none() {
            life.last_sign_of_life = life.last_sign_of_life.max(on);
        }
        if !act.kind.on {
            continue;
        }
        if act.kind.participates {
            life.last_taking_part = life.last_taking_part.max(on);
        }
        if let Some(level) = level(config, act) {
            life.last_at_level[level] = life.last_at_level[level].max(on);
        }
        if let Some(days) = act.kind.silences_days {
            last_silencing = last_silencing.max(Some((act.evidence.on_day, days)));
        }
    }
    life.silent_until = last_silencing.and_then(|(day, days)| days_after(day, days));
    life
}

impl Life {
    /// How lately they did anything.
    pub fn presence(&self, config: &Config, as_of: NaiveDate) -> Answer<Presence> {
        let Some(last) = self.last_act else { return Answer { now: Presence::None, changes_on: None } };
        if within(last, config.quiet_days, as_of) {
            Answer { now: Presence::Active, changes_on: over(last, config.quiet_days) }
        } else if within(last, config.dormant_days, as_of) {
            Answer { now: Presence::Quiet, changes_on: over(last, config.dormant_days) }
        } else {
            Answer { now: Presence::Dormant, changes_on: None }
        }
    }

    /// How close they are, given the shown stage. A change of presence may change it too.
    pub fn ring(&self, stage: Option<Stage>, presence: Presence, as_of: NaiveDate) -> Answer<Ring> {
        let lately = |day: Option<NaiveDate>, days| day.filter(|&day| within(day, days, as_of));
        let uses_it = stage >= Some(Stage::Learn) && presence != Presence::Dormant;
        if let Some(day) = lately(self.last_taking_part, TAKING_PART_DAYS).filter(|_| uses_it) {
            Answer { now: Ring::Primary, changes_on: over(day, TAKING_PART_DAYS) }
        } else if let Some(day) = lately(self.last_sign_of_life, YEAR_DAYS) {
            Answer { now: Ring::Secondary, changes_on: over(day, YEAR_DAYS) }
        } else {
            Answer { now: Ring::Tertiary, changes_on: None }
        }
    }

    /// The level of the weightiest act within a year.
    pub fn involvement(&self, as_of: NaiveDate) -> Answer<Option<u8>> {
        let found = self.last_at_level.iter().zip(1..).find_map(|(day, level)| {
            let day = day.filter(|&day| within(day, YEAR_DAYS, as_of))?;
            Some((level, day))
        });
        match found {
            Some((level, day)) => Answer { now: Some(level), changes_on: over(day, YEAR_DAYS) },
            None => Answer { now: None, changes_on: None },
        }
    }

    /// Until when nobody is reminded to write to them.
    pub fn silence(&self, as_of: NaiveDate) -> Answer<Option<NaiveDate>> {
        let now = self.silent_until.filter(|&until| as_of <= until);
        Answer { now, changes_on: now.and_then(|until| until.succ_opt()) }
    }

    /// The day of the first act that is written down for later than the day read up to.
    pub fn first_to_come(&self) -> Option<NaiveDate> {
        self.first_to_come
    }
}

/// The place of an act among the levels: `floor(weight × worth)`, where nothing gives no level.
fn level(config: &Config, act: &Act) -> Option<usize> {
    let effective = (f64::from(act.kind.weight) * worth(config, act) + EPSILON).floor();
    LEVELS.iter().position(|&lowest| effective >= lowest)
}

fn within(day: NaiveDate, days: u32, as_of: NaiveDate) -> bool {
    (as_of - day).num_days() <= i64::from(days)
}

fn over(day: NaiveDate, days: u32) -> Option<NaiveDate> {
    days_after(day, days)?.succ_opt()
}

fn days_after(day: NaiveDate, days: u32) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(u64::from(days)))
}
