//! Rules for other kinds of work than the one they were written for, to begin from.

use super::config::{Config, StageNames};
use super::kinds::{Kind, PARTICIPATION};
use super::words::Preset;

/// What says something about a product, and nothing about a group.
const PRODUCT: &[&str] = &[
    "asked_if_it_fits",
    "compared_options",
    "signed_up",
    "asked_how_to",
    "gave_feedback",
    "joined_beta",
    "first_success",
    "reported_bug",
    "opened_pr",
    "shared_prototype",
    "building_with_it",
    "in_production",
    "took_it_to_team",
    "chose_other",
];

impl Preset {
    /// The rules themselves.
    ///
    /// Source: domain 3.6.
    pub fn rules(self) -> Config {
        let mut rules = Config::default();
        match self {
            Self::Library => {}
            Self::Hardware => {
                rules.half_life_days = 360;
                rules.dormant_days = 730;
            }
            Self::Community => {
                rules.names = StageNames {
                    discover: "Visiting".into(),
                    evaluate: "Getting to know".into(),
                    learn: "Taking part".into(),
                    build: "Contributing".into(),
                    scale: "Leading".into(),
                };
                for kind in rules.kinds.iter_mut().filter(|kind| PRODUCT.contains(&&*kind.key)) {
                    kind.on = false;
                }
                let ours = rules.kinds.iter().position(|kind| kind.resets_to.is_some()).unwrap_or(rules.kinds.len());
                rules.kinds.splice(ours..ours, PARTICIPATION.iter().cloned());
            }
        }
        rules
    }

    /// The rules with whatever kinds a file has beside them, which stay as they are.
    pub fn over(self, here: &Config) -> Config {
        let mut rules = self.rules();
        let own: Vec<Kind> = here.kinds.iter().filter(|kind| rules.kind(&kind.key).is_none()).cloned().collect();
        rules.kinds.extend(own);
        rules
    }
}
