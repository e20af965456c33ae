//! The engine's tests share one small world: day 0 is 1 January 2026, and people do things on days counted from there.

mod explanation;
mod golden;
mod laws;
mod life;
mod pins;
mod rules;
mod words;

use chrono::{Days, NaiveDate};

use super::*;

/// The civil day `n` days after 1 January 2026.
fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1)
        .and_then(|first| first.checked_add_days(Days::new(n)))
        .expect("a day of this century")
}

/// Something the person did and somebody saw, on day `n`.
fn did(kind: &str, n: u64) -> Evidence {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&n.to_be_bytes());
    for (place, letter) in id[8..].iter_mut().zip(kind.bytes().rev()) {
        *place = letter;
    }
    Evidence {
        id,
        on_day: day(n),
        counts: true,
        kind: kind.to_owned(),
        role: Role::By,
        observed_stage: None,
        observed_by: ObservedBy::Seen,
        incentivised: false,
    }
}

impl Evidence {
    fn seen_at(self, stage: Stage) -> Self {
        Self { observed_stage: Some(stage), ..self }
    }

    fn known_by(self, observed_by: ObservedBy) -> Self {
        Self { observed_by, ..self }
    }

    fn in_role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    fn rewarded(self) -> Self {
        Self { incentivised: true, ..self }
    }
}

/// A pin set on day `n`.
fn pin(stage: impl Into<Option<Stage>>, n: u64, until: Until) -> Pin {
    Pin { stage: stage.into(), on_day: day(n), until }
}

/// Where a person without pins stands on day `n` by the shipped rules.
fn on(n: u64, evidence: &[Evidence]) -> Standing {
    replay(&Config::default(), evidence, &[], day(n))
}

/// Where a person with pins stands on day `n` by the shipped rules.
fn pinned_on(n: u64, evidence: &[Evidence], pins: &[Pin]) -> Standing {
    replay(&Config::default(), evidence, pins, day(n))
}

/// The shipped rules with something changed.
fn rules(change: impl FnOnce(&mut Config)) -> Config {
    let mut config = Config::default();
    change(&mut config);
    config
}

/// The shipped kind with this key, to be changed.
fn kind_of<'c>(config: &'c mut Config, key: &str) -> &'c mut Kind {
    config.kinds.iter_mut().find(|kind| kind.key == key).expect("a shipped kind")
}
