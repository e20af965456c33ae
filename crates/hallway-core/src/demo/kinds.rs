//! The touchpoint kinds the invented journeys are made of, and which of them go with which stage.

/// How a kind runs: who acted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Runs {
    FromThem,
    TwoWay,
    BetweenThem,
    FromUs,
}

/// Every kind the product ships with, by key.
pub const KINDS: [(&str, Runs); 45] = [
    ("read_content", Runs::FromThem),
    ("subscribed", Runs::FromThem),
    ("followed_starred", Runs::FromThem),
    ("attended_talk", Runs::FromThem),
    ("attended_event", Runs::FromThem),
    ("conversation_in_person", Runs::TwoWay),
    ("conversation_online", Runs::TwoWay),
    ("replied", Runs::FromThem),
    ("joined_community", Runs::FromThem),
    ("asked_if_it_fits", Runs::FromThem),
    ("compared_options", Runs::FromThem),
    ("signed_up", Runs::FromThem),
    ("asked_how_to", Runs::FromThem),
    ("hands_on_workshop", Runs::FromThem),
    ("gave_feedback", Runs::FromThem),
    ("joined_beta", Runs::FromThem),
    ("first_success", Runs::FromThem),
    ("reported_bug", Runs::FromThem),
    ("answered_question", Runs::BetweenThem),
    ("opened_pr", Runs::FromThem),
    ("wrote_about", Runs::FromThem),
    ("shared_prototype", Runs::FromThem),
    ("building_with_it", Runs::FromThem),
    ("referred", Runs::BetweenThem),
    ("co_created", Runs::TwoWay),
    ("organised_meetup", Runs::BetweenThem),
    ("spoke_about", Runs::FromThem),
    ("in_production", Runs::FromThem),
    ("took_it_to_team", Runs::BetweenThem),
    ("joined_champions", Runs::FromThem),
    ("chose_other", Runs::FromThem),
    ("project_ended", Runs::FromThem),
    ("stopped_using", Runs::FromThem),
    ("emailed", Runs::FromUs),
    ("sent_resource", Runs::FromUs),
    ("gave_help", Runs::FromUs),
    ("sent_swag", Runs::FromUs),
    ("sponsored", Runs::FromUs),
    ("featured_them", Runs::FromUs),
    ("credited", Runs::FromUs),
    ("thanked", Runs::FromUs),
    ("introduced", Runs::FromUs),
    ("invited", Runs::FromUs),
    ("told_what_changed", Runs::FromUs),
    ("shared_roadmap", Runs::FromUs),
];

/// Stage keys in the order of the journey.
pub const STAGES: [&str; 5] = ["discover", "evaluate", "learn", "build", "scale"];

/// What people do at each stage, with weights; the index is that of [`STAGES`].
pub const THEIRS: [&[(&str, u32)]; 5] = [
    &[
        ("read_content", 2),
        ("subscribed", 3),
        ("followed_starred", 3),
        ("attended_talk", 5),
        ("attended_event", 4),
        ("conversation_in_person", 6),
        ("conversation_online", 4),
        ("replied", 3),
        ("joined_community", 2),
    ],
    &[
        ("joined_community", 2),
        ("asked_if_it_fits", 4),
        ("compared_options", 3),
        ("signed_up", 5),
        ("asked_how_to", 3),
        ("conversation_in_person", 3),
        ("conversation_online", 2),
    ],
    &[
        ("first_success", 5),
        ("asked_how_to", 4),
        ("hands_on_workshop", 3),
        ("gave_feedback", 4),
        ("joined_beta", 2),
        ("reported_bug", 2),
        ("conversation_in_person", 2),
    ],
    &[
        ("building_with_it", 5),
        ("shared_prototype", 3),
        ("reported_bug", 4),
        ("opened_pr", 3),
        ("answered_question", 3),
        ("wrote_about", 2),
        ("gave_feedback", 2),
        ("conversation_online", 2),
    ],
    &[
        ("in_production", 4),
        ("took_it_to_team", 2),
        ("spoke_about", 2),
        ("organised_meetup", 1),
        ("referred", 2),
        ("co_created", 1),
        ("joined_champions", 1),
        ("answered_question", 3),
        ("wrote_about", 1),
        ("conversation_in_person", 2),
    ],
];

/// What we do, for people who are at the start and for people who build with it.
pub const OURS: [&[(&str, u32)]; 2] = [
    &[("emailed", 8), ("sent_resource", 6), ("invited", 3), ("gave_help", 3), ("sent_swag", 1), ("introduced", 1)],
    &[
        ("emailed", 5),
        ("sent_resource", 3),
        ("gave_help", 6),
        ("sent_swag", 2),
        ("sponsored", 1),
        ("featured_them", 1),
        ("credited", 2),
        ("thanked", 4),
        ("introduced", 2),
        ("invited", 2),
        ("told_what_changed", 4),
        ("shared_roadmap", 1),
    ],
];

/// Who acts in this kind; a kind we do not ship counts as theirs.
pub fn runs(kind: &str) -> Runs {
    KINDS.iter().find(|(key, _)| *key == kind).map_or(Runs::FromThem, |(_, runs)| *runs)
}

/// Ours: never a sign of where somebody stands.
pub fn is_ours(kind: &str) -> bool {
    runs(kind) == Runs::FromUs
}

/// What we do has a reason; what they do is theirs.
pub fn intent(kind: &str) -> Option<&'static str> {
    match kind {
        "sent_resource" => Some("teach"),
        "shared_roadmap" | "featured_them" => Some("inspire"),
        "gave_help" | "introduced" | "sponsored" => Some("help"),
        "told_what_changed" | "emailed" => Some("listen"),
        "thanked" | "credited" | "sent_swag" => Some("thank"),
        "invited" => Some("ask"),
        _ => None,
    }
}
