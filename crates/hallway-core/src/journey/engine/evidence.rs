//! What goes into a replay: one row per touchpoint and person, and the pins somebody set by hand.

use chrono::NaiveDate;

use super::config::Config;
use super::kinds::Kind;
use super::words::{Direction, ObservedBy, Role, Stage};

/// The id of the touchpoint a piece of evidence comes from.
pub type EvidenceId = [u8; 16];

/// One person's part in one touchpoint.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// The touchpoint.
    pub id: EvidenceId,
    /// The civil day it happened on; the first of the month or year when no more is known.
    pub on_day: NaiveDate,
    /// False when nobody knows the day. Such a touchpoint is no evidence.
    pub counts: bool,
    /// The key of its kind. A kind the configuration does not know says nothing.
    pub kind: String,
    /// What the person has to do with it.
    pub role: Role,
    /// The stage somebody saw the person in; it takes the place of what the kind proves and points to.
    pub observed_stage: Option<Stage>,
    /// How it is known.
    pub observed_by: ObservedBy,
    /// Whether the act was rewarded.
    pub incentivised: bool,
}

/// A stage set by hand. Of all pins up to a day, only the newest can be in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pin {
    /// The stage to show; `None` pins a person to "not placed yet".
    pub stage: Option<Stage>,
    /// The day it was set. Of several pins of one day, the last in the list stands.
    pub on_day: NaiveDate,
    /// When it ends.
    pub until: Until,
}

/// When a pin ends. A newer pin ends it in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Until {
    /// With a full proof, dated after the pin, of a stage above the pinned one, or with a reset below it.
    Proof,
    /// After this day, which still belongs to it.
    Date(NaiveDate),
    /// Not by itself.
    Good,
}

/// Evidence that is an act of the person's own, with its kind.
#[derive(Clone, Copy)]
pub(super) struct Act<'a> {
    pub evidence: &'a Evidence,
    pub kind: &'a Kind,
}

/// The acts of the person's own among `evidence`, in the given order, future ones included.
pub(super) fn own_acts<'a>(config: &'a Config, evidence: &'a [Evidence]) -> Vec<Act<'a>> {
    evidence
        .iter()
        .filter(|evidence| evidence.counts)
        .filter_map(|evidence| {
            let kind = config.kind(&evidence.kind)?;
            is_own(kind.direction, evidence.role).then_some(Act { evidence, kind })
        })
        .collect()
}

fn is_own(direction: Direction, role: Role) -> bool {
    match direction {
        Direction::FromUs => false,
        Direction::BetweenThem => role == Role::By,
        Direction::FromThem | Direction::TwoWay => role != Role::About,
    }
}
