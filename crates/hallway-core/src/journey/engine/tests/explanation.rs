//! The facts behind "why here": the pieces, what is near, what could come next, what was reached, when it changes.

use super::*;

fn kinds(pieces: &[Piece]) -> Vec<&str> {
    pieces.iter().map(|piece| &*piece.kind).collect()
}

#[test]
fn the_newest_proof_leads_and_the_newest_signs_follow() {
    let signs = [
        did("reported_bug", 90),
        did("answered_question", 107),
        did("shared_prototype", 129),
        did("opened_pr", 140),
        did("first_success", 20),
    ];
    let standing = on(150, &signs);
    assert_eq!((standing.stage, standing.since), (Some(Stage::Build), Some(day(107))));
    assert_eq!(kinds(&standing.because), ["shared_prototype", "opened_pr", "answered_question"]);
    assert_eq!((standing.because[0].on_day, standing.because[0].proof), (day(129), true));
    assert!(!standing.because[1].proof);
}

#[test]
fn pieces_that_say_nothing_about_the_stage_are_left_out() {
    let standing = on(10, &[did("building_with_it", 0), did("replied", 5), did("emailed", 6)]);
    assert_eq!(kinds(&standing.because), ["building_with_it"]);
}

#[test]
fn after_a_reset_the_reset_leads_and_what_it_silenced_speaks_only_for_what_is_left() {
    let standing =
        on(20, &[did("signed_up", 0), did("in_production", 5), did("stopped_using", 10), did("compared_options", 15)]);
    assert_eq!(kinds(&standing.because), ["stopped_using", "compared_options", "in_production"]);
}

#[test]
fn after_coming_back_nothing_from_before_the_reset_or_of_its_day_is_a_reason() {
    let signs = [
        did("in_production", 5),
        did("shared_prototype", 10),
        did("stopped_using", 10),
        did("reported_bug", 20),
        did("building_with_it", 30),
    ];
    let standing = on(30, &signs);
    assert_eq!(kinds(&standing.because), ["building_with_it", "reported_bug"]);
    assert_eq!(on(25, &signs).last_sign_on, Some(day(20)));
}

#[test]
fn a_reset_that_moved_nobody_is_no_reason() {
    let standing = on(20, &[did("signed_up", 0), did("project_ended", 10)]);
    assert_eq!(kinds(&standing.because), ["signed_up"]);
}

#[test]
fn the_same_thing_entered_twice_is_named_once() {
    let standing = on(10, &[did("building_with_it", 0), did("building_with_it", 0)]);
    assert_eq!(standing.because.len(), 1);
}

#[test]
fn a_piece_says_who_saw_it_and_seeing_goes_before_being_told() {
    let (seen, told) = (did("building_with_it", 0), did("building_with_it", 0).known_by(ObservedBy::Told));
    let observed_by = |signs: &[Evidence]| on(10, signs).because[0].observed_by;
    assert_eq!(observed_by(std::slice::from_ref(&told)), ObservedBy::Told);
    assert_eq!(observed_by(&[seen.clone(), told.clone()]), ObservedBy::Seen);
    assert_eq!(observed_by(&[told, seen]), ObservedBy::Seen);
}

#[test]
fn nobody_who_is_not_placed_has_reasons() {
    let standing = on(10, &[did("read_content", 0).known_by(ObservedBy::Imported), did("emailed", 1)]);
    assert_eq!((standing.stage, standing.since, standing.last_sign_on), (None, None, None));
    assert!(standing.because.is_empty() && standing.reached.is_empty() && standing.history.is_empty());
    assert_eq!(standing.last_act_on, Some(day(0)));
}

#[test]
fn one_more_sign_would_do_it_from_80_of_100_and_no_longer_below() {
    let near = |n| on(n, &[did("asked_how_to", 0), did("asked_how_to", 1)]).near;
    // 60 + 60 are capped at 90; by day 106 decay has taken the sum to 80.
    assert_eq!([near(1), near(105), near(106)], [Some(Stage::Learn), Some(Stage::Learn), None]);
}

#[test]
fn the_next_stage_is_not_near_for_one_strong_sign() {
    assert_eq!(on(1, &[did("asked_how_to", 0)]).near, None);
}

#[test]
fn the_last_sign_is_the_last_of_the_stage_and_the_last_act_is_any() {
    let standing = on(370, &[did("in_production", 0), did("replied", 300)]);
    assert_eq!((standing.last_sign_on, standing.last_act_on), (Some(day(0)), Some(day(300))));
}

#[test]
fn what_could_come_next_is_what_they_might_do_for_the_next_stage() {
    let next = |kind: &str| on(1, &[did(kind, 0)]).could_come_next;
    assert_eq!(next("building_with_it"), ["runs it in production", "brings it to a team", "speaks about it"]);
    assert_eq!(next("emailed"), ["talks with you in person", "talks with you online", "writes back"]);
    assert!(next("in_production").is_empty());
}

#[test]
fn a_kind_that_is_switched_off_does_not_come_next() {
    let config = rules(|config| kind_of(config, "took_it_to_team").on = false);
    let standing = replay(&config, &[did("building_with_it", 0)], &[], day(1));
    assert_eq!(standing.could_come_next, ["runs it in production", "speaks about it", "brings someone in"]);
}

#[test]
fn each_stage_of_the_climb_has_its_day() {
    let reached = |n| {
        let signs = [
            did("replied", 0),
            did("first_success", 5),
            did("in_production", 20),
            did("stopped_using", 100),
            did("building_with_it", 160),
        ];
        on(n, &signs).reached.into_iter().map(|step| (step.stage, step.on)).collect::<Vec<_>>()
    };
    use Stage::{Build, Discover, Evaluate, Learn, Scale};
    let climb = [(Discover, day(0)), (Evaluate, day(5)), (Learn, day(5)), (Build, day(20)), (Scale, day(20))];
    assert_eq!(reached(30), climb);
    assert_eq!(reached(100), climb[..2]);
    assert_eq!(reached(160), [(Discover, day(0)), (Evaluate, day(5)), (Learn, day(160)), (Build, day(160))]);
}

#[test]
fn a_stale_builder_is_offered_one_step_and_a_learner_none_below_evaluation() {
    let review = |kind: &str| on(500, &[did(kind, 0)]).review_suggestion;
    assert_eq!(review("building_with_it"), Some(Stage::Learn));
    assert_eq!(review("first_success"), Some(Stage::Evaluate));
    assert_eq!(review("signed_up"), Some(Stage::Discover));
    assert_eq!(review("replied"), Some(Stage::Discover));
}

#[test]
fn a_stale_evaluation_of_somebody_who_once_learned_stays() {
    let standing = on(600, &[did("first_success", 0), did("stopped_using", 10)]);
    assert_eq!((standing.confidence, standing.review_suggestion), (Confidence::Stale, Some(Stage::Evaluate)));
}

#[test]
fn one_proof_of_scaling_changes_on_the_days_its_limits_pass() {
    let signs = [did("in_production", 0)];
    let mut changes = Vec::new();
    let mut next = on(0, &signs).next_change_on;
    while let Some(date) = next {
        changes.push((date - day(0)).num_days());
        next = replay(&Config::default(), &signs, &[], date).next_change_on;
    }
    // Quiet, fading, stale, then dormant together with the ring and the involvement.
    assert_eq!(changes, [91, 181, 361, 366]);
}

#[test]
fn the_end_of_a_pin_and_what_is_written_down_for_later_are_changes_too() {
    let pins = [pin(Stage::Learn, 0, Until::Date(day(30)))];
    assert_eq!(pinned_on(0, &[], &pins).next_change_on, Some(day(31)));
    assert_eq!(on(0, &[did("replied", 1)]).next_change_on, Some(day(1)));
    assert_eq!(on(0, &[did("emailed", 1)]).next_change_on, None);
}
