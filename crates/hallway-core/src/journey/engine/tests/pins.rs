//! The rules of pins, one by one.

use super::*;

fn until_day_50() -> Until {
    Until::Date(day(50))
}

#[test]
fn a_pin_shows_its_stage_and_the_evidence_goes_on_underneath() {
    let standing = pinned_on(20, &[did("first_success", 0)], &[pin(Stage::Build, 10, Until::Proof)]);
    assert_eq!((standing.stage, standing.evidence_stage), (Some(Stage::Build), Some(Stage::Learn)));
    assert_eq!((standing.since, standing.pinned), (Some(day(10)), Some(0)));
}

#[test]
fn a_pin_is_not_in_force_before_its_day() {
    let standing = pinned_on(9, &[did("first_success", 0)], &[pin(Stage::Build, 10, Until::Good)]);
    assert_eq!((standing.stage, standing.pinned), (Some(Stage::Learn), None));
}

#[test]
fn a_pin_that_confirms_the_stage_does_not_change_since_when() {
    let standing = pinned_on(20, &[did("first_success", 0)], &[pin(Stage::Learn, 10, Until::Good)]);
    assert_eq!((standing.since, standing.history.len()), (Some(day(0)), 1));
}

#[test]
fn a_pin_to_not_placed_yet_takes_a_placement_back() {
    let standing = pinned_on(20, &[did("first_success", 0)], &[pin(None, 10, Until::Proof)]);
    assert_eq!((standing.stage, standing.since, standing.confidence), (None, None, Confidence::Unplaced));
    assert_eq!(standing.evidence_stage, Some(Stage::Learn));
}

#[test]
fn taking_a_suggestion_back_on_its_own_day_leaves_no_trace_in_the_history() {
    let signs = [did("hands_on_workshop", 0), did("asked_how_to", 20)];
    let standing = pinned_on(20, &signs, &[pin(Stage::Evaluate, 20, Until::Proof)]);
    assert_eq!((standing.stage, standing.since), (Some(Stage::Evaluate), Some(day(0))));
    assert_eq!(standing.history.len(), 1);
}

#[test]
fn a_full_proof_of_a_higher_stage_ends_a_pin_until_the_next_proof() {
    let signs = [did("first_success", 0), did("in_production", 30)];
    let standing = pinned_on(30, &signs, &[pin(Stage::Evaluate, 10, Until::Proof)]);
    assert_eq!((standing.stage, standing.pinned), (Some(Stage::Scale), None));
    assert!(standing.history.last().is_some_and(|change| change.by_proof() && change.from == Some(Stage::Evaluate)));
}

#[test]
fn any_full_proof_ends_a_pin_to_not_placed_yet() {
    let standing = pinned_on(30, &[did("first_success", 0), did("replied", 30)], &[pin(None, 10, Until::Proof)]);
    assert_eq!(standing.stage, Some(Stage::Discover));
}

#[test]
fn a_proof_of_the_pinned_stage_or_below_does_not_end_it() {
    let signs = [did("signed_up", 0), did("first_success", 20), did("building_with_it", 30)];
    let standing = pinned_on(40, &signs, &[pin(Stage::Build, 10, Until::Proof)]);
    assert_eq!((standing.stage, standing.pinned), (Some(Stage::Build), Some(0)));
}

#[test]
fn a_proof_of_the_day_of_the_pin_does_not_end_it() {
    let standing = pinned_on(10, &[did("in_production", 10)], &[pin(Stage::Learn, 10, Until::Proof)]);
    assert_eq!((standing.stage, standing.pinned), (Some(Stage::Learn), Some(0)));
}

#[test]
fn hearsay_rewarded_acts_and_piled_up_signs_do_not_end_a_pin_until_the_next_proof() {
    let signs = [
        did("in_production", 20).known_by(ObservedBy::Inferred),
        did("took_it_to_team", 21).rewarded(),
        did("spoke_about", 22).rewarded(),
        did("referred", 23),
        did("co_created", 24),
    ];
    let standing = pinned_on(30, &signs, &[pin(Stage::Learn, 10, Until::Proof)]);
    assert_eq!((standing.stage, standing.evidence_stage), (Some(Stage::Learn), Some(Stage::Scale)));
}

#[test]
fn a_reset_below_the_pinned_stage_ends_it() {
    let signs = [did("in_production", 0), did("stopped_using", 30)];
    let standing = pinned_on(30, &signs, &[pin(Stage::Build, 10, Until::Proof)]);
    assert_eq!((standing.stage, standing.pinned), (Some(Stage::Evaluate), None));
    assert!(standing.history.last().is_some_and(Move::by_reset));
}

#[test]
fn a_reset_ends_a_pin_above_what_the_evidence_says_and_lifts_nobody() {
    let signs = [did("replied", 0), did("stopped_using", 30)];
    let standing = pinned_on(30, &signs, &[pin(Stage::Build, 10, Until::Proof)]);
    assert_eq!((standing.stage, standing.pinned), (Some(Stage::Discover), None));
    let change = standing.history.last().expect("the end of the pin");
    assert_eq!((change.by_reset(), change.because.as_ref().map(|piece| &*piece.kind)), (true, Some("stopped_using")));
}

#[test]
fn a_reset_to_the_pinned_stage_does_not_end_it() {
    let signs = [did("in_production", 0), did("project_ended", 30)];
    let standing = pinned_on(30, &signs, &[pin(Stage::Learn, 10, Until::Proof)]);
    assert_eq!((standing.stage, standing.pinned), (Some(Stage::Learn), Some(0)));
}

#[test]
fn a_proof_silenced_by_a_reset_of_its_day_does_not_end_a_pin() {
    let signs = [did("project_ended", 30), did("in_production", 30)];
    let standing = pinned_on(30, &signs, &[pin(Stage::Learn, 10, Until::Proof)]);
    assert_eq!((standing.stage, standing.pinned), (Some(Stage::Learn), Some(0)));
}

#[test]
fn a_pin_until_a_date_holds_through_that_day_against_any_proof() {
    let signs = [did("first_success", 0), did("in_production", 30)];
    let pins = [pin(Stage::Evaluate, 10, until_day_50())];
    assert_eq!(pinned_on(50, &signs, &pins).stage, Some(Stage::Evaluate));
    let after = pinned_on(51, &signs, &pins);
    assert_eq!((after.stage, after.since, after.pinned), (Some(Stage::Scale), Some(day(51)), None));
    let change = after.history.last().expect("the end of the pin");
    assert_eq!(
        (change.cause, change.because.as_ref().map(|piece| &*piece.kind)),
        (Cause::PinEnded, Some("in_production"))
    );
}

#[test]
fn a_pin_until_a_date_holds_against_a_reset() {
    let signs = [did("in_production", 0), did("stopped_using", 30)];
    let pins = [pin(Stage::Scale, 10, until_day_50())];
    assert_eq!(pinned_on(50, &signs, &pins).stage, Some(Stage::Scale));
    assert_eq!(pinned_on(51, &signs, &pins).stage, Some(Stage::Evaluate));
}

#[test]
fn a_pin_until_a_day_that_is_over_holds_for_its_own_day() {
    let pins = [pin(Stage::Build, 60, until_day_50())];
    assert_eq!(pinned_on(60, &[], &pins).stage, Some(Stage::Build));
    assert_eq!(pinned_on(61, &[], &pins).stage, None);
}

#[test]
fn a_pin_for_good_outlasts_proofs_resets_and_years() {
    let signs = [did("in_production", 30), did("stopped_using", 40)];
    let standing = pinned_on(4000, &signs, &[pin(Stage::Learn, 10, Until::Good)]);
    assert_eq!((standing.stage, standing.pinned), (Some(Stage::Learn), Some(0)));
}

#[test]
fn when_a_pin_has_ended_evidence_up_to_its_day_gives_nothing_above_the_pinned_stage() {
    let signs = [did("in_production", 0), did("building_with_it", 10)];
    let standing = pinned_on(51, &signs, &[pin(Stage::Learn, 10, until_day_50())]);
    assert_eq!((standing.stage, standing.scores.build), (Some(Stage::Learn), 0.0));
    assert!(standing.scores.learn > 0.0);
}

#[test]
fn when_a_pin_to_not_placed_yet_has_ended_evidence_up_to_its_day_places_nobody() {
    let pins = [pin(None, 10, until_day_50())];
    assert_eq!(pinned_on(60, &[did("in_production", 0)], &pins).stage, None);
    assert_eq!(pinned_on(60, &[did("in_production", 0), did("replied", 20)], &pins).stage, Some(Stage::Discover));
}

#[test]
fn evidence_from_the_day_after_a_pin_counts_in_full_once_it_has_ended() {
    let signs = [did("in_production", 0), did("hands_on_workshop", 11), did("gave_feedback", 12)];
    assert_eq!(pinned_on(51, &signs, &[pin(Stage::Discover, 10, until_day_50())]).stage, Some(Stage::Learn));
}

#[test]
fn a_pin_above_the_evidence_leaves_nothing_behind_when_it_ends() {
    let standing = pinned_on(51, &[did("signed_up", 0)], &[pin(Stage::Scale, 10, until_day_50())]);
    assert_eq!((standing.stage, standing.since), (Some(Stage::Evaluate), Some(day(51))));
}

#[test]
fn what_a_pin_has_put_an_end_to_is_no_reason_any_more() {
    let signs = [did("in_production", 0), did("stopped_using", 5)];
    let pins = [pin(Stage::Discover, 10, Until::Date(day(20))), pin(Stage::Build, 30, until_day_50())];
    let standing = pinned_on(51, &signs, &pins);
    assert_eq!((standing.stage, standing.since), (Some(Stage::Discover), Some(day(51))));
    assert_eq!(
        standing.history.last().map(|change| (change.cause, change.because.clone())),
        Some((Cause::PinEnded, None))
    );
    assert!(standing.because.iter().all(|piece| piece.kind == "in_production"));
}

#[test]
fn the_newest_pin_stands_and_the_one_before_does_not_come_back() {
    let pins = [pin(Stage::Build, 20, until_day_50()), pin(Stage::Learn, 10, Until::Good)];
    assert_eq!(pinned_on(15, &[], &pins).pinned, Some(1));
    assert_eq!(pinned_on(20, &[], &pins).pinned, Some(0));
    assert_eq!(pinned_on(51, &[], &pins).pinned, None);
}

#[test]
fn a_newer_pin_ends_the_one_before_and_what_that_silenced_stays_silent() {
    let pins = [pin(Stage::Learn, 10, Until::Good), pin(Stage::Build, 20, until_day_50())];
    let standing = pinned_on(51, &[did("in_production", 0)], &pins);
    assert_eq!((standing.stage, standing.pinned), (Some(Stage::Learn), None));
}

#[test]
fn a_pin_is_the_reason_for_the_change_of_its_day_even_when_evidence_moved_the_person_too() {
    let standing = pinned_on(20, &[did("first_success", 20)], &[pin(Stage::Build, 20, Until::Proof)]);
    assert_eq!(standing.history.len(), 1);
    assert_eq!((standing.history[0].cause, &standing.history[0].because), (Cause::Pin, &None));
}

#[test]
fn of_two_pins_of_one_day_the_last_in_the_list_stands() {
    let pins = [pin(Stage::Build, 10, Until::Good), pin(Stage::Learn, 10, Until::Good)];
    let standing = pinned_on(10, &[], &pins);
    assert_eq!((standing.stage, standing.pinned, standing.history.len()), (Some(Stage::Learn), Some(1), 1));
}

#[test]
fn the_dot_of_a_pin_fades_as_one_full_proof_of_its_day_whatever_the_evidence_says() {
    let signs = [did("building_with_it", 0), did("shared_prototype", 300)];
    let confidence = |n| pinned_on(n, &signs, &[pin(Stage::Build, 10, Until::Good)]).confidence;
    assert_eq!([confidence(190), confidence(191)], [Confidence::Confirmed, Confidence::Fading]);
    assert_eq!([confidence(370), confidence(371)], [Confidence::Fading, Confidence::Stale]);
}

#[test]
fn the_dot_of_a_pin_to_discovery_never_fades() {
    let standing = pinned_on(3000, &[], &[pin(Stage::Discover, 0, Until::Good)]);
    assert_eq!(standing.confidence, Confidence::Confirmed);
}

#[test]
fn the_review_stays_silent_while_pinned() {
    let standing = pinned_on(1000, &[], &[pin(Stage::Build, 0, Until::Good)]);
    assert_eq!((standing.confidence, standing.review_suggestion), (Confidence::Stale, Some(Stage::Build)));
}

#[test]
fn the_ring_reads_the_pinned_stage() {
    let ring = |stage| pinned_on(20, &[did("conversation_online", 0)], &[pin(stage, 10, Until::Good)]).ring;
    assert_eq!(ring(Stage::Learn), Ring::Primary);
    assert_eq!(ring(Stage::Evaluate), Ring::Secondary);
}

#[test]
fn nothing_is_near_while_pinned() {
    let signs = [did("hands_on_workshop", 0), did("asked_how_to", 120)];
    assert_eq!(on(120, &signs).near, Some(Stage::Learn));
    assert_eq!(pinned_on(121, &signs, &[pin(Stage::Evaluate, 121, Until::Good)]).near, None);
}

#[test]
fn while_pinned_the_reasons_are_those_of_what_the_evidence_says() {
    let standing = pinned_on(20, &[did("first_success", 0)], &[pin(Stage::Build, 10, Until::Proof)]);
    let kinds: Vec<_> = standing.because.iter().map(|piece| &*piece.kind).collect();
    assert_eq!(kinds, ["first_success"]);
}
