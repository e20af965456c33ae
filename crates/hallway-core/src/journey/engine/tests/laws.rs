//! What holds for every history, tried on random ones.

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// Days over which random histories spread: long enough for evidence to grow stale.
const SPAN: u64 = 800;
/// By then every half-life of a random history has passed often enough for nothing to be left.
const LONG_AFTER: u64 = SPAN + 3000;

fn keys(wanted: fn(&Kind) -> bool) -> Vec<String> {
    Config::default().kinds.iter().filter(|kind| wanted(kind)).map(|kind| kind.key.to_string()).collect()
}

fn an_act(kinds: Vec<String>) -> impl Strategy<Value = Evidence> {
    let role = prop_oneof![4 => Just(Role::By), 2 => Just(Role::With), 1 => Just(Role::About)];
    let seen_at = option::weighted(0.2, select(Stage::ALL));
    let known = (select(ObservedBy::ALL), prop::bool::weighted(0.2), prop::bool::weighted(0.95));
    (any::<[u8; 16]>(), 0..SPAN, select(kinds), role, seen_at, known).prop_map(
        |(id, n, kind, role, observed_stage, (observed_by, incentivised, counts))| Evidence {
            id,
            on_day: day(n),
            counts,
            kind,
            role,
            observed_stage,
            observed_by,
            incentivised,
        },
    )
}

fn a_history() -> impl Strategy<Value = Vec<Evidence>> {
    vec(an_act(keys(|_| true)), 0..14)
}

fn a_pin() -> impl Strategy<Value = Pin> {
    let until = prop_oneof![
        3 => Just(Until::Proof),
        2 => (0..SPAN).prop_map(|n| Until::Date(day(n))),
        1 => Just(Until::Good),
    ];
    (option::weighted(0.8, select(Stage::ALL)), 0..SPAN, until).prop_map(|(stage, n, until)| pin(stage, n, until))
}

fn some_pins() -> impl Strategy<Value = Vec<Pin>> {
    prop_oneof![2 => Just(Vec::new()), 3 => vec(a_pin(), 1..4)]
}

/// The last day on which anything is written down.
fn last_day(evidence: &[Evidence]) -> NaiveDate {
    evidence.iter().map(|evidence| evidence.on_day).max().unwrap_or(day(0))
}

/// All that a person could notice: everything but the points, and the forecast itself.
fn noticeable(standing: &Standing) -> Standing {
    Standing { scores: ByStage::default(), next_change_on: None, ..standing.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn neither_the_order_of_entry_nor_duplicates_matter(
        (history, shuffled) in a_history().prop_flat_map(|history| {
            let twice = history.iter().chain(&history).cloned().collect::<Vec<_>>();
            (Just(history), Just(twice).prop_shuffle())
        }),
        pins in some_pins(),
        n in 0..SPAN,
    ) {
        prop_assert_eq!(pinned_on(n, &history, &pins), pinned_on(n, &shuffled, &pins));
    }

    #[test]
    fn adding_positive_evidence_never_lowers_a_stage(
        history in a_history(),
        act in an_act(keys(|kind| kind.resets_to.is_none())),
        pins in some_pins(),
        n in 0..SPAN,
    ) {
        let before = pinned_on(n, &history, &pins).stage;
        let after = pinned_on(n, &[history, vec![act]].concat(), &pins).stage;
        prop_assert!(after >= before, "{before:?} became {after:?}");
    }

    #[test]
    fn somebody_to_whom_only_we_did_things_is_unplaced_for_ever(
        history in vec(an_act(keys(|kind| kind.direction == Direction::FromUs)), 0..14),
        n in 0..LONG_AFTER,
    ) {
        let standing = on(n, &history);
        prop_assert_eq!((standing.stage, standing.presence, standing.ring), (None, Presence::None, Ring::Tertiary));
        prop_assert_eq!(standing.next_change_on, None);
    }

    #[test]
    fn time_alone_never_moves_anybody_and_never_strengthens_a_dot(history in a_history(), n in 1..2000_u64) {
        let config = Config::default();
        let last = last_day(&history);
        let then = replay(&config, &history, &[], last);
        let later = replay(&config, &history, &[], last + Days::new(n));
        prop_assert_eq!((then.stage, then.since), (later.stage, later.since));
        prop_assert_eq!(&then.history, &later.history);
        prop_assert!(then.confidence <= later.confidence);
        prop_assert!(then.presence <= later.presence);
        prop_assert!(then.ring <= later.ring);
    }

    #[test]
    fn the_past_does_not_depend_on_what_came_after(
        history in a_history(),
        pins in some_pins(),
        n in 0..SPAN,
        m in 0..SPAN,
    ) {
        let (then, later) = (pinned_on(n.min(m), &history, &pins), pinned_on(n.max(m), &history, &pins));
        prop_assert!(later.history.starts_with(&then.history));
    }

    #[test]
    fn the_history_tells_how_the_shown_stage_came_about(history in a_history(), pins in some_pins(), n in 0..SPAN) {
        let standing = pinned_on(n, &history, &pins);
        let mut shown = None;
        for change in &standing.history {
            prop_assert_eq!(change.from, shown);
            prop_assert_ne!(change.to, shown);
            let that_day = replay(&Config::default(), &history, &pins, change.on);
            prop_assert_eq!(that_day.stage, change.to);
            shown = change.to;
        }
        prop_assert_eq!(standing.stage, shown);
        prop_assert!(standing.history.is_sorted_by(|a, b| a.on < b.on));
        prop_assert_eq!(standing.reached.last().map(|step| step.stage), shown);
    }

    #[test]
    fn a_higher_stage_never_has_more_points(history in a_history(), pins in some_pins(), n in 0..SPAN) {
        let scores = pinned_on(n, &history, &pins).scores;
        prop_assert!(Stage::ALL.is_sorted_by(|&a, &b| scores.at(a) >= scores.at(b) - 1e-9), "{scores:?}");
    }

    #[test]
    fn every_placed_person_without_a_pin_has_a_reason_from_their_own_acts(history in a_history(), n in 0..SPAN) {
        let standing = on(n, &history);
        prop_assert_eq!(standing.because.is_empty(), standing.stage.is_none());
        prop_assert!(standing.because.len() <= 3);
        for piece in &standing.because {
            let kind = Config::default().kind(&piece.kind).map(|kind| kind.direction);
            prop_assert!(kind.is_some_and(|direction| direction != Direction::FromUs));
        }
    }

    #[test]
    fn an_act_of_their_own_never_makes_anybody_less_present_or_less_involved(
        history in a_history(),
        act in an_act(keys(|kind| kind.resets_to.is_none())),
        n in 0..SPAN,
    ) {
        let before = on(n, &history);
        let after = on(n, &[history, vec![act]].concat());
        let distance = |standing: &Standing| standing.involvement_level.unwrap_or(5);
        prop_assert!(distance(&after) <= distance(&before));
        prop_assert!(after.ring <= before.ring);
        prop_assert!(before.presence == Presence::None || after.presence <= before.presence);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_changes_before_the_next_change_and_something_changes_on_it(
        history in a_history(),
        pins in some_pins(),
        n in 0..SPAN,
    ) {
        let config = Config::default();
        let standing = replay(&config, &history, &pins, day(n));
        let unchanged = noticeable(&standing);
        let next = standing.next_change_on.unwrap_or(day(LONG_AFTER));
        let mut date = day(n);
        while let Some(following) = date.succ_opt().filter(|&following| following < next) {
            date = following;
            prop_assert_eq!(&noticeable(&replay(&config, &history, &pins, date)), &unchanged, "on {}", date);
        }
        if let Some(next) = standing.next_change_on {
            prop_assert_ne!(noticeable(&replay(&config, &history, &pins, next)), unchanged);
        }
    }
}
