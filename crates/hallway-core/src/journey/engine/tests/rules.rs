//! The rules of moving, at their edges.

use super::*;

fn stage_on(n: u64, evidence: &[Evidence]) -> Option<Stage> {
    on(n, evidence).stage
}

/// The kind of the piece that the `nth` move names.
fn named(standing: &Standing, nth: usize) -> Option<&str> {
    standing.history[nth].because.as_ref().map(|piece| &*piece.kind)
}

#[test]
fn two_strong_signs_of_different_kinds_reach_a_stage_when_105_days_apart_and_not_when_106() {
    let apart = |days| stage_on(days, &[did("hands_on_workshop", 0), did("asked_how_to", days)]);
    assert_eq!(apart(105), Some(Stage::Learn));
    assert_eq!(apart(106), Some(Stage::Evaluate));
}

#[test]
fn three_weak_signs_of_different_kinds_reach_a_stage_when_evenly_12_days_apart_and_not_when_13() {
    let config = rules(|config| {
        for key in ["weak_one", "weak_two"] {
            let mut kind = kind_of(config, "joined_community").clone();
            kind.key = key.into();
            config.kinds.push(kind);
        }
    });
    let apart = |days| {
        let signs = [did("joined_community", 0), did("weak_one", days), did("weak_two", 2 * days)];
        replay(&config, &signs, &[], day(2 * days)).stage
    };
    assert_eq!(apart(12), Some(Stage::Evaluate));
    assert_eq!(apart(13), Some(Stage::Discover));
}

#[test]
fn exactly_the_points_of_a_stage_are_enough() {
    let config = rules(|config| config.strength.strong = 50.0);
    let signs = [did("hands_on_workshop", 0), did("asked_how_to", 0)];
    let standing = replay(&config, &signs, &[], day(0));
    assert_eq!(standing.scores.learn, 100.0);
    assert_eq!(standing.stage, Some(Stage::Learn));
}

#[test]
fn decayed_sums_that_are_exact_on_paper_are_exact_here() {
    let config = rules(|config| config.strength.strong = 80.0);
    // 80 now and 80 of two half-lives ago are 80 + 20, however many days were lived through between.
    let signs = [did("hands_on_workshop", 0), did("replied", 77), did("replied", 211), did("asked_how_to", 360)];
    assert_eq!(replay(&config, &signs, &[], day(360)).stage, Some(Stage::Learn));
}

#[test]
fn one_proof_is_confirmed_to_day_180_fading_to_day_360_and_stale_after() {
    let confidence = |n| on(n, &[did("in_production", 0)]).confidence;
    assert_eq!([confidence(180), confidence(181)], [Confidence::Confirmed, Confidence::Fading]);
    assert_eq!([confidence(360), confidence(361)], [Confidence::Fading, Confidence::Stale]);
}

#[test]
fn discovery_never_fades() {
    let standing = on(3000, &[did("replied", 0)]);
    assert_eq!((standing.stage, standing.confidence), (Some(Stage::Discover), Confidence::Confirmed));
}

#[test]
fn one_kind_of_sign_alone_lifts_nobody_however_often_it_happens() {
    let daily: Vec<_> = (0..400).map(|n| did("opened_pr", n)).collect();
    assert_eq!(stage_on(400, &daily), Some(Stage::Learn));
}

#[test]
fn a_reset_beats_evidence_of_the_same_day() {
    let signs = [did("in_production", 0), did("in_production", 10), did("stopped_using", 10)];
    assert_eq!(stage_on(10, &signs), Some(Stage::Evaluate));
}

#[test]
fn of_two_resets_of_one_day_the_deeper_one_stands() {
    let signs = [did("in_production", 0), did("project_ended", 10), did("stopped_using", 10)];
    let standing = on(10, &signs);
    let kinds: Vec<_> =
        standing.history.iter().filter_map(|change| change.because.as_ref()).map(|piece| &*piece.kind).collect();
    assert_eq!(standing.stage, Some(Stage::Evaluate));
    assert_eq!(kinds, ["in_production", "stopped_using"]);
}

#[test]
fn a_reset_is_no_evidence_even_with_a_stage_somebody_noted_beside_it() {
    assert_eq!(stage_on(1, &[did("stopped_using", 0).seen_at(Stage::Build)]), None);
}

#[test]
fn what_we_do_is_never_evidence_even_with_a_stage_somebody_noted_beside_it() {
    let standing = on(1, &[did("gave_help", 0).seen_at(Stage::Build)]);
    assert_eq!((standing.stage, standing.presence), (None, Presence::None));
}

#[test]
fn a_touchpoint_counts_for_those_who_did_it_and_those_it_was_done_with() {
    let role = |role| stage_on(1, &[did("building_with_it", 0).in_role(role)]);
    assert_eq!(role(Role::By), Some(Stage::Build));
    assert_eq!(role(Role::With), Some(Stage::Build));
    assert_eq!(role(Role::About), None);
}

#[test]
fn help_between_developers_counts_only_for_the_one_who_helped() {
    let role = |role| stage_on(1, &[did("answered_question", 0).in_role(role)]);
    assert_eq!(role(Role::By), Some(Stage::Learn));
    assert_eq!(role(Role::With), None);
    assert_eq!(role(Role::About), None);
}

#[test]
fn a_reset_that_is_only_about_somebody_moves_nobody() {
    let signs = [did("in_production", 0), did("stopped_using", 10).in_role(Role::About)];
    assert_eq!(stage_on(10, &signs), Some(Stage::Scale));
}

#[test]
fn a_touchpoint_of_an_unknown_day_is_no_evidence() {
    let undated = Evidence { counts: false, ..did("in_production", 0) };
    let standing = on(1, &[undated]);
    assert_eq!((standing.stage, standing.presence, standing.ring), (None, Presence::None, Ring::Tertiary));
}

#[test]
fn a_kind_nobody_knows_says_nothing() {
    let standing = on(1, &[did("juggled", 0).seen_at(Stage::Scale)]);
    assert_eq!((standing.stage, standing.presence), (None, Presence::None));
}

#[test]
fn a_kind_that_is_switched_off_gives_no_points_but_the_person_was_there() {
    let config = rules(|config| kind_of(config, "in_production").on = false);
    let standing = replay(&config, &[did("in_production", 0)], &[], day(1));
    assert_eq!((standing.stage, standing.involvement_level), (None, None));
    assert_eq!((standing.presence, standing.ring), (Presence::Active, Ring::Secondary));
}

#[test]
fn a_reset_that_is_switched_off_takes_nobody_back() {
    let config = rules(|config| kind_of(config, "stopped_using").on = false);
    let signs = [did("in_production", 0), did("stopped_using", 10)];
    assert_eq!(replay(&config, &signs, &[], day(10)).stage, Some(Stage::Scale));
}

#[test]
fn a_custom_kind_counts_like_a_shipped_one() {
    let config = rules(|config| {
        let mut kind = kind_of(config, "first_success").clone();
        kind.key = "soldered_a_board".into();
        config.kinds.push(kind);
    });
    assert_eq!(replay(&config, &[did("soldered_a_board", 0)], &[], day(1)).stage, Some(Stage::Learn));
}

#[test]
fn a_rewarded_proof_does_not_prove() {
    assert_eq!(stage_on(1, &[did("in_production", 0).rewarded()]), Some(Stage::Discover));
}

#[test]
fn evidence_of_later_days_is_not_known_yet() {
    let signs = [did("replied", 0), did("in_production", 20)];
    assert_eq!(stage_on(19, &signs), Some(Stage::Discover));
    assert_eq!(stage_on(20, &signs), Some(Stage::Scale));
}

#[test]
fn a_longer_half_life_keeps_people_confirmed_for_longer() {
    let config = rules(|config| config.half_life_days = 360);
    let confidence = |n| replay(&config, &[did("in_production", 0)], &[], day(n)).confidence;
    assert_eq!([confidence(360), confidence(361)], [Confidence::Confirmed, Confidence::Fading]);
}

#[test]
fn a_move_by_one_proof_says_so_and_a_move_by_signs_does_not() {
    let proof = on(1, &[did("building_with_it", 0)]);
    let signs = on(20, &[did("hands_on_workshop", 0), did("asked_how_to", 20)]);
    assert!(proof.history[0].by_proof());
    assert_eq!(signs.history[1].cause, Cause::Signs);
}

#[test]
fn hearsay_that_is_enough_for_discovery_is_still_no_proof() {
    let standing = on(0, &[did("replied", 0).known_by(ObservedBy::Imported)]);
    assert_eq!((standing.stage, standing.history[0].cause), (Some(Stage::Discover), Cause::Signs));
}

#[test]
fn a_move_names_the_proof_rather_than_a_sign_of_the_same_day() {
    let standing = on(0, &[did("asked_how_to", 0), did("first_success", 0), did("reported_bug", 0).rewarded()]);
    assert_eq!(named(&standing, 0), Some("first_success"));
}

#[test]
fn a_move_names_the_proof_even_where_signs_are_worth_more() {
    let config = rules(|config| config.strength.strong = 150.0);
    let standing = replay(&config, &[did("asked_how_to", 0), did("first_success", 0)], &[], day(0));
    assert_eq!(named(&standing, 0), Some("first_success"));
}

#[test]
fn a_move_by_signs_names_the_one_with_most_points_left() {
    let signs = [
        did("hands_on_workshop", 0),
        did("gave_feedback", 1).known_by(ObservedBy::Inferred),
        did("joined_beta", 2).rewarded(),
    ];
    let standing = on(2, &signs);
    assert_eq!((standing.history[1].to, named(&standing, 1)), (Some(Stage::Learn), Some("hands_on_workshop")));
}

#[test]
fn of_pieces_with_equal_points_left_a_move_names_the_newest_then_the_first_by_kind() {
    let config = rules(|config| config.enter.learn = 50.0);
    let hearsay = |kind, n| did(kind, n).known_by(ObservedBy::Inferred);
    let signs = [
        hearsay("asked_how_to", 0),
        hearsay("hands_on_workshop", 180).rewarded(),
        hearsay("gave_feedback", 180).rewarded(),
    ];
    let standing = replay(&config, &signs, &[], day(180));
    assert_eq!((standing.stage, named(&standing, 1)), (Some(Stage::Learn), Some("gave_feedback")));
}

#[test]
fn of_equal_pieces_a_move_names_the_first_by_kind_and_id() {
    let later_id = Evidence { id: [9; 16], ..did("signed_up", 0).seen_at(Stage::Evaluate) };
    let first_id = Evidence { id: [1; 16], ..did("signed_up", 0) };
    let standing = on(0, &[later_id, did("compared_options", 0), first_id.clone()]);
    assert_eq!(named(&standing, 0), Some("compared_options"));
    let standing = on(0, &[Evidence { id: [9; 16], ..did("signed_up", 0).seen_at(Stage::Evaluate) }, first_id]);
    assert_eq!(standing.history[0].because.as_ref().map(|piece| piece.id), Some([1; 16]));
}
