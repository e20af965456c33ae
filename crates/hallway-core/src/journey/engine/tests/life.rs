//! Presence, the rings, involvement and the silence somebody asked for, at their edges.

use super::*;

#[test]
fn a_person_is_active_for_90_days_and_quiet_for_365() {
    let presence = |n| on(n, &[did("replied", 0)]).presence;
    assert_eq!([presence(90), presence(91)], [Presence::Active, Presence::Quiet]);
    assert_eq!([presence(365), presence(366)], [Presence::Quiet, Presence::Dormant]);
}

#[test]
fn a_reset_is_a_sign_of_life_but_brings_nobody_into_a_ring() {
    let standing = on(1, &[did("stopped_using", 0)]);
    assert_eq!((standing.presence, standing.ring), (Presence::Active, Ring::Tertiary));
}

#[test]
fn every_kind_of_taking_part_and_no_other_brings_a_learner_into_the_inner_ring() {
    let config = Config::default();
    let taking_part: Vec<_> = config
        .kinds
        .iter()
        .map(|kind| &*kind.key)
        .filter(|key| on(2, &[did("first_success", 0), did(key, 1)]).ring == Ring::Primary)
        .collect();
    let expected = [
        "conversation_online",
        "asked_how_to",
        "gave_feedback",
        "joined_beta",
        "reported_bug",
        "answered_question",
        "opened_pr",
        "wrote_about",
        "co_created",
        "organised_meetup",
        "spoke_about",
        "joined_champions",
    ];
    assert_eq!(taking_part, expected);
}

#[test]
fn nobody_dormant_is_in_the_inner_ring() {
    let config = rules(|config| (config.quiet_days, config.dormant_days) = (50, 100));
    let ring = |n| replay(&config, &[did("opened_pr", 0)], &[], day(n)).ring;
    assert_eq!([ring(100), ring(101)], [Ring::Primary, Ring::Secondary]);
}

#[test]
fn taking_part_alone_does_not_make_the_inner_ring() {
    assert_eq!(on(1, &[did("conversation_online", 0)]).ring, Ring::Secondary);
}

#[test]
fn the_inner_ring_ends_180_days_after_taking_part() {
    let ring = |n| on(n, &[did("opened_pr", 0)]).ring;
    assert_eq!([ring(180), ring(181)], [Ring::Primary, Ring::Secondary]);
}

#[test]
fn the_middle_ring_ends_365_days_after_the_last_act() {
    let ring = |n| on(n, &[did("opened_pr", 0)]).ring;
    assert_eq!([ring(365), ring(366)], [Ring::Secondary, Ring::Tertiary]);
}

#[test]
fn involvement_follows_the_weightiest_act_of_a_year() {
    let level = |kind| on(1, &[did(kind, 0), did("read_content", 0)]).involvement_level;
    assert_eq!(level("organised_meetup"), Some(1));
    assert_eq!(level("opened_pr"), Some(2));
    assert_eq!(level("reported_bug"), Some(3));
    assert_eq!(level("replied"), Some(4));
}

#[test]
fn involvement_steps_down_a_year_after_the_weighty_act() {
    let level = |n| on(n, &[did("organised_meetup", 0), did("replied", 100)]).involvement_level;
    assert_eq!([level(365), level(366), level(466)], [Some(1), Some(4), None]);
}

#[test]
fn hearsay_and_rewards_shrink_the_weight_of_an_act_and_fractions_are_dropped() {
    let level = |act: Evidence| on(1, &[act]).involvement_level;
    assert_eq!(level(did("organised_meetup", 0).known_by(ObservedBy::Inferred)), Some(3)); // 6.6
    assert_eq!(level(did("opened_pr", 0).rewarded()), Some(3)); // 4
    assert_eq!(level(did("signed_up", 0).rewarded().known_by(ObservedBy::Imported)), Some(4)); // 1.2
    assert_eq!(level(did("replied", 0).rewarded().known_by(ObservedBy::Imported)), None); // 0.6
}

#[test]
fn choosing_something_else_silences_reminders_for_180_days_from_the_newest_time() {
    let silent = |n| on(n, &[did("chose_other", 0), did("chose_other", 10)]).writing_reminders_silent_until;
    assert_eq!(silent(5), Some(day(180)));
    assert_eq!(silent(10), Some(day(190)));
    assert_eq!(silent(190), Some(day(190)));
    assert_eq!(silent(191), None);
}

#[test]
fn stopping_does_not_silence_reminders() {
    assert_eq!(on(1, &[did("stopped_using", 0)]).writing_reminders_silent_until, None);
}
