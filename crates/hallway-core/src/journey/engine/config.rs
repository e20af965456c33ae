//! The rules of the journey as data: what a workspace keeps by version and may change.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::kinds::{Kind, STANDARD, Text};
use super::words::{Applies, Direction, ObservedBy, Review, Stage, Strength};

/// Two sums closer than this are the same: decay by halves is exact on paper and not in floating point.
pub(super) const EPSILON: f64 = 1e-9;

/// A longer name fits into no column.
const LONGEST_NAME: usize = 40;
/// Nor does a longer name of a kind into a line.
const LONGEST_KIND: usize = 80;

/// The rules a replay follows. `Config::default()` is what ships; a field missing from a stored configuration takes
/// its value from there, so that files written before the field existed keep their meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(rename = "RuleSet")]
pub struct Config {
    /// Days after which a piece of evidence says half as much. 30 to 720.
    pub half_life_days: u32,
    /// Points at which a person enters a stage; one full proof is worth `strength.proof`.
    pub enter: ByStage,
    /// Points below which the shown stage is stale and the review offers a step back.
    pub hold: f64,
    /// Points below which the shown stage is fading.
    pub fading: f64,
    /// The most that everything of one kind, full proofs aside, may add to a stage. Applied after decay.
    pub kind_cap: f64,
    /// A person is active up to and including this many days after their last act.
    pub quiet_days: u32,
    /// A person is quiet up to and including this many days after their last act, then dormant.
    pub dormant_days: u32,
    /// Points of a sign, by strength.
    pub strength: Strengths,
    /// What an observation is worth, by how it is known: 1 is full, and only full observations prove.
    pub confidence: Credence,
    /// What is left of the worth of an act that was rewarded.
    pub incentivised: f64,
    /// How often stages that have grown stale are looked through.
    pub review: Review,
    /// Which moves are taken as they are, and which ask first. It moves nobody.
    pub applies: Applies,
    /// What the window calls the stages. It moves nobody.
    pub names: StageNames,
    /// Every kind of touchpoint, in the order in which the window lists them.
    pub kinds: Vec<Kind>,
}

/// One number for each stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The names are the stages.
pub struct ByStage {
    pub discover: f64,
    pub evaluate: f64,
    pub learn: f64,
    pub build: f64,
    pub scale: f64,
}

/// What each stage is called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The names are the stages.
pub struct StageNames {
    pub discover: Text,
    pub evaluate: Text,
    pub learn: Text,
    pub build: Text,
    pub scale: Text,
}

/// Points by strength of a sign.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The names are the strengths.
pub struct Strengths {
    pub proof: f64,
    pub strong: f64,
    pub weak: f64,
}

/// Worth of an observation, from 0 to 1, by how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The names are the ways to know.
pub struct Credence {
    pub seen: f64,
    pub told: f64,
    pub inferred: f64,
    pub imported: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            half_life_days: 180,
            enter: ByStage { discover: 30.0, evaluate: 100.0, learn: 100.0, build: 100.0, scale: 100.0 },
            hold: 25.0,
            fading: 50.0,
            kind_cap: 90.0,
            quiet_days: 90,
            dormant_days: 365,
            strength: Strengths { proof: 100.0, strong: 60.0, weak: 35.0 },
            confidence: Credence { seen: 1.0, told: 1.0, inferred: 0.6, imported: 0.6 },
            incentivised: 0.5,
            review: Review::Quarterly,
            applies: Applies::Proofs,
            names: StageNames::default(),
            kinds: STANDARD.to_vec(),
        }
    }
}

impl Default for StageNames {
    fn default() -> Self {
        let name = |stage: Stage| stage.label().into();
        Self {
            discover: name(Stage::Discover),
            evaluate: name(Stage::Evaluate),
            learn: name(Stage::Learn),
            build: name(Stage::Build),
            scale: name(Stage::Scale),
        }
    }
}

impl StageNames {
    /// The name of this stage.
    pub fn at(&self, stage: Stage) -> &str {
        match stage {
            Stage::Discover => &self.discover,
            Stage::Evaluate => &self.evaluate,
            Stage::Learn => &self.learn,
            Stage::Build => &self.build,
            Stage::Scale => &self.scale,
        }
    }
}

impl Config {
    /// The kind with this key, switched on or not.
    pub fn kind(&self, key: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.key == key)
    }

    /// What is wrong with these rules, one sentence each; empty when a replay may follow them.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut require = |holds: bool, otherwise: &str| {
            if !holds {
                faults.push(otherwise.to_owned());
            }
        };
        let positive = |points: f64| points.is_finite() && points > 0.0;
        let share = |worth: f64| (0.0..=1.0).contains(&worth);

        require((30..=720).contains(&self.half_life_days), "Choose a half-life between 30 and 720 days.");
        require(self.quiet_days < self.dormant_days, "Let people be quiet before they are dormant.");
        require(
            Stage::ALL.iter().all(|&stage| positive(self.enter.at(stage))),
            "Ask for more than nothing to enter a stage.",
        );
        require(
            Stage::ALL.iter().all(|&stage| self.enter.at(stage) <= self.strength.proof),
            "Let one proof be enough to enter any stage.",
        );
        require(
            self.hold >= 0.0 && self.hold <= self.fading && self.fading <= self.strength.proof,
            "Let a stage fade before it is stale, and begin confirmed.",
        );
        require(
            Strength::ALL.iter().all(|&strength| positive(self.strength.of(strength))) && positive(self.kind_cap),
            "Give every strength of sign, and the cap, more than nothing.",
        );
        require(
            ObservedBy::ALL.iter().all(|&by| share(self.confidence.of(by))) && share(self.incentivised),
            "Keep the worth of an observation and of a rewarded act between 0 and 1.",
        );
        require(
            Stage::ALL.iter().all(|&stage| (1..=LONGEST_NAME).contains(&self.names.at(stage).trim().chars().count())),
            "Give every stage a name of at most 40 letters.",
        );
        for (nth, kind) in self.kinds.iter().enumerate() {
            faults.extend(kind_fault(kind, &self.kinds[..nth]).map(|fault| format!("{}: {fault}", kind.label)));
        }
        faults
    }
}

/// Whether points are enough for a limit, which belongs to those who reach it.
pub(super) fn reaches(points: f64, limit: f64) -> bool {
    points >= limit - EPSILON
}

impl ByStage {
    /// The number for this stage.
    pub fn at(&self, stage: Stage) -> f64 {
        match stage {
            Stage::Discover => self.discover,
            Stage::Evaluate => self.evaluate,
            Stage::Learn => self.learn,
            Stage::Build => self.build,
            Stage::Scale => self.scale,
        }
    }
}

impl Strengths {
    /// The points of a sign of this strength.
    pub fn of(&self, strength: Strength) -> f64 {
        match strength {
            Strength::Proof => self.proof,
            Strength::Strong => self.strong,
            Strength::Weak => self.weak,
        }
    }
}

impl Credence {
    /// The worth of something known this way.
    pub fn of(&self, by: ObservedBy) -> f64 {
        match by {
            ObservedBy::Seen => self.seen,
            ObservedBy::Told => self.told,
            ObservedBy::Inferred => self.inferred,
            ObservedBy::Imported => self.imported,
        }
    }
}

fn kind_fault(kind: &Kind, before: &[Kind]) -> Option<&'static str> {
    let speaks = kind.points_to.is_some() || kind.proves.is_some();
    if kind.key.trim().is_empty() || kind.label.trim().is_empty() {
        Some("give every kind a key and a name.")
    } else if kind.label.chars().count() > LONGEST_KIND || kind.comes_next.chars().count() > LONGEST_KIND {
        Some("say it in at most 80 letters.")
    } else if !kind.key.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_') {
        Some("a key has small letters, digits and _ only.")
    } else if before.iter().any(|other| other.key == kind.key) {
        Some("this key is taken, choose another.")
    } else if kind.weight > 12 {
        Some("choose a weight from 0 to 12.")
    } else if kind.direction == Direction::FromUs && (speaks || kind.weight > 0 || kind.resets_to.is_some()) {
        Some("what we do is no evidence, so take away its stages and its weight.")
    } else if kind.resets_to.is_some() && (speaks || kind.weight > 0) {
        Some("a step back gives no points, so take away its stages and its weight.")
    } else if kind.points_to.is_some() != kind.strength.is_some() {
        Some("a stage it points to needs a strength, and a strength needs a stage.")
    } else if kind.proves > kind.points_to {
        Some("it cannot prove more than it points to.")
    } else {
        None
    }
}
