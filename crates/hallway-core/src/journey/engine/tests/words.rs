//! The vocabularies and the table of kinds.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::*;

fn reads_and_writes<W: Copy + Debug + PartialEq + Serialize + DeserializeOwned>(
    all: &[W],
    key: impl Fn(W) -> &'static str,
    from_key: impl Fn(&str) -> Option<W>,
) {
    for &word in all {
        assert_eq!(from_key(key(word)), Some(word));
        assert_eq!(serde_json::to_value(word).expect("a word is text"), key(word));
        assert_eq!(serde_json::from_value::<W>(key(word).into()).expect("a key is a word"), word);
    }
    assert_eq!(from_key("elsewhere"), None);
}

#[test]
fn every_word_has_one_spelling_in_file_wire_and_code() {
    reads_and_writes(Stage::ALL, Stage::key, Stage::from_key);
    reads_and_writes(Confidence::ALL, Confidence::key, Confidence::from_key);
    reads_and_writes(Presence::ALL, Presence::key, Presence::from_key);
    reads_and_writes(Ring::ALL, Ring::key, Ring::from_key);
    reads_and_writes(ObservedBy::ALL, ObservedBy::key, ObservedBy::from_key);
    reads_and_writes(Role::ALL, Role::key, Role::from_key);
    reads_and_writes(Direction::ALL, Direction::key, Direction::from_key);
    reads_and_writes(FourC::ALL, FourC::key, FourC::from_key);
    reads_and_writes(ChannelClass::ALL, ChannelClass::key, ChannelClass::from_key);
    reads_and_writes(Strength::ALL, Strength::key, Strength::from_key);
    reads_and_writes(Cause::ALL, Cause::key, Cause::from_key);
}

#[test]
fn stages_are_named_as_the_window_names_them_and_stand_in_order() {
    let labels: Vec<_> = Stage::ALL.iter().map(|stage| stage.label()).collect();
    assert_eq!(labels, ["Discovery", "Evaluation", "Learning", "Building", "Scaling"]);
    assert!(Stage::ALL.is_sorted() && None < Some(Stage::Discover));
    assert_eq!((Stage::Build.next(), Stage::Scale.next()), (Some(Stage::Scale), None));
    assert_eq!((Stage::Build.previous(), Stage::Discover.previous()), (Some(Stage::Learn), None));
}

#[test]
fn the_shipped_rules_have_no_faults() {
    assert_eq!(Config::default().faults(), Vec::<String>::new());
    assert_eq!(Config::default().kinds.len(), 45);
}

#[test]
fn rules_survive_being_stored_and_a_field_that_is_missing_takes_the_shipped_value() {
    let config = rules(|config| config.half_life_days = 360);
    let text = serde_json::to_string(&config).expect("rules are data");
    assert_eq!(serde_json::from_str::<Config>(&text).expect("stored rules"), config);
    assert_eq!(serde_json::from_str::<Config>(r#"{"half_life_days":360}"#).expect("older rules"), config);
}

#[test]
fn rules_that_make_no_sense_are_refused_with_a_sentence() {
    let faults = |change: fn(&mut Config)| rules(change).faults();
    assert_eq!(faults(|config| config.half_life_days = 0), ["Choose a half-life between 30 and 720 days."]);
    assert_eq!(faults(|config| config.enter.learn = 0.0), ["Ask for more than nothing to enter a stage."]);
    assert_eq!(faults(|config| config.dormant_days = 90), ["Let people be quiet before they are dormant."]);
    assert_eq!(
        faults(|config| kind_of(config, "emailed").points_to = Some(Stage::Discover)),
        ["Wrote to them: what we do is no evidence, so take away its stages and its weight."]
    );
    assert_eq!(
        faults(|config| kind_of(config, "replied").proves = Some(Stage::Scale)),
        ["Replied to us: it cannot prove more than it points to."]
    );
    assert_eq!(
        faults(|config| kind_of(config, "replied").key = "emailed".into()),
        ["Wrote to them: this key is taken, choose another."]
    );
}
