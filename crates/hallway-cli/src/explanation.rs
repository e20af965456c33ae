//! Where somebody stands, in words. The core gives the facts (domain 3.4); the sentences are made here. No number of
//! the engine is ever said: a day, who saw it and what they might do next are what a person can weigh.
use crate::days::{ago, known_day, long_day, short_day};
use hallway_core::{
    journey::{
        PinUntil,
        engine::{Confidence, ObservedBy, Presence, Stage, StageNames},
    },
    touchpoints::Precision,
};
use serde::Deserialize;
use std::sync::OnceLock;

/// What `journey.standing` answers, as far as it is put into words.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    pub as_of: String,
    pub stage: Option<Stage>,
    pub since: Option<String>,
    pub confidence: Confidence,
    pub presence: Presence,
    pub moved: Option<Moved>,
    pub pin: Option<Pin>,
    pub evidence_stage: Option<Stage>,
    pub because: Vec<Piece>,
    pub near: Option<Stage>,
    pub last_sign_on: Option<String>,
    pub could_come_next: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Moved {
    pub status: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pin {
    pub stage: Option<Stage>,
    pub until: PinUntil,
    pub until_day: Option<String>,
    pub reason: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Piece {
    pub label: String,
    pub on_day: String,
    pub precision: Precision,
    pub observed_by: ObservedBy,
    pub observed_stage: Option<Stage>,
}

/// "Building since 20 April. Confirmed."
pub fn in_short(standing: &Standing) -> String {
    [place(standing), certainty(standing)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// "Building since 20 April. Because: showed a demo or prototype (12 May, seen by you). Also: reported a bug (3 Apr,
/// they told you). Next: runs it in production or brings it to a team. Confirmed."
pub fn in_full(standing: &Standing) -> String {
    let sentences = [
        place(standing),
        pinned(standing),
        Some(because(standing)),
        next(standing),
        near(standing),
        certainty(standing),
        waiting(standing),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What the file that was opened calls the stages. This program opens one.
static NAMES: OnceLock<StageNames> = OnceLock::new();

pub fn call_stages(names: StageNames) {
    NAMES.get_or_init(|| names);
}

fn called(stage: Stage) -> &'static str {
    NAMES.get().map_or(stage.label(), |names| names.at(stage))
}

/// The word the window shows.
pub fn stage_name(stage: Option<Stage>) -> &'static str {
    stage.map_or("Not placed yet", called)
}

/// "Moved on from Learning to Building."
pub fn step(from: Option<Stage>, to: Option<Stage>) -> String {
    match (from, to) {
        (None, None) => "Not placed.".to_owned(),
        (None, Some(to)) => format!("Placed at {}.", called(to)),
        (Some(from), None) => format!("No longer placed; was at {}.", called(from)),
        (Some(from), Some(to)) if to < from => format!("Back from {} to {}.", called(from), called(to)),
        (Some(from), Some(to)) => format!("Moved on from {} to {}.", called(from), called(to)),
    }
}

/// A label as it stands inside a sentence; an abbreviation keeps its capitals.
pub fn inside(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_uppercase() => label.to_owned(),
        (Some(first), _) => first.to_lowercase().chain(letters).collect(),
        (None, _) => String::new(),
    }
}

/// Who saw it, as it follows a day.
pub fn witness(by: ObservedBy, stage: Option<Stage>) -> String {
    let Some(stage) = stage.map(called) else {
        return match by {
            ObservedBy::Seen => "seen by you",
            ObservedBy::Told => "they told you",
            ObservedBy::Inferred => "second hand",
            ObservedBy::Imported => "imported",
        }
        .to_owned();
    };
    match by {
        ObservedBy::Seen => format!("you saw {stage}"),
        ObservedBy::Told => format!("they told you: {stage}"),
        ObservedBy::Inferred => format!("second hand: {stage}"),
        ObservedBy::Imported => format!("imported as {stage}"),
    }
}

fn place(standing: &Standing) -> Option<String> {
    let name = stage_name(standing.stage);
    Some(match &standing.since {
        Some(day) => format!("{name} since {}.", long_day(day, &standing.as_of)),
        None => format!("{name}."),
    })
}

fn because(standing: &Standing) -> String {
    let piece = |piece: &Piece| {
        format!(
            "{} ({}, {})",
            inside(&piece.label),
            known_day(&piece.on_day, piece.precision, &standing.as_of),
            witness(piece.observed_by, piece.observed_stage)
        )
    };
    match standing.because.split_first() {
        Some((first, [])) => format!("Because: {}.", piece(first)),
        Some((first, others)) => {
            format!("Because: {}. Also: {}.", piece(first), others.iter().map(piece).collect::<Vec<_>>().join(", "))
        }
        None if standing.stage.is_some() && standing.pin.is_none() => {
            "The evidence for it is no longer here.".to_owned()
        }
        None if standing.presence == Presence::None => {
            "Nothing they did is written down yet; what you send or give never places anybody.".to_owned()
        }
        None => "What is written down does not place them.".to_owned(),
    }
}

fn pinned(standing: &Standing) -> Option<String> {
    let pin = standing.pin.as_ref()?;
    let until = match (pin.until, &pin.until_day) {
        (PinUntil::Date, Some(day)) => format!("until {}", short_day(day, &standing.as_of)),
        (PinUntil::Good, _) => "for good".to_owned(),
        _ => "until the next proof".to_owned(),
    };
    let reason = pin.reason.trim().trim_end_matches('.');
    let yours = format!("you pinned {}, {until}, because: {reason}.", stage_name(pin.stage));
    Some(if standing.evidence_stage == pin.stage {
        format!("The evidence agrees; {yours}")
    } else {
        format!("The evidence says {}; {yours}", stage_name(standing.evidence_stage))
    })
}

fn next(standing: &Standing) -> Option<String> {
    let (last, others) = standing.could_come_next.split_last()?;
    Some(if others.is_empty() { format!("Next: {last}.") } else { format!("Next: {} or {last}.", others.join(", ")) })
}

fn near(standing: &Standing) -> Option<String> {
    Some(format!("One more sign of {} would do it.", called(standing.near?)))
}

fn certainty(standing: &Standing) -> Option<String> {
    let word = match standing.confidence {
        Confidence::Unplaced => return None,
        Confidence::Confirmed => return Some("Confirmed.".to_owned()),
        Confidence::Fading => "Fading",
        Confidence::Stale => "Stale",
    };
    Some(match &standing.last_sign_on {
        Some(day) => format!("{word}: last sign {}.", ago(day, &standing.as_of)),
        None => format!("{word}."),
    })
}

fn waiting(standing: &Standing) -> Option<String> {
    let suggested = standing.moved.as_ref()?.status == "suggested";
    suggested.then(|| "What was seen says so; in the window you can accept it or take it back.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// Building since 20 April, seen on 21 May 2026; `change` is what is different.
    fn standing(change: Value) -> Standing {
        let mut facts = json!({
            "asOf": "2026-05-21", "stage": "build", "since": "2026-04-20", "confidence": "confirmed", "presence": "active",
            "moved": null, "pin": null, "evidenceStage": "build", "near": null, "lastSignOn": "2026-05-12",
            "because": [
                piece("Showed a demo or prototype", "2026-05-12", "seen"),
                piece("Helped another developer", "2026-04-20", "told"),
                piece("Reported a bug", "2026-04-03", "imported"),
            ],
            "couldComeNext": ["runs it in production", "brings it to a team", "speaks about it"],
        });
        for (key, value) in change.as_object().expect("an object of changes") {
            facts[key] = value.clone();
        }
        serde_json::from_value(facts).expect("a standing")
    }
    fn piece(label: &str, day: &str, by: &str) -> Value {
        json!({ "label": label, "onDay": day, "precision": "day", "observedBy": by, "observedStage": null })
    }
    fn nobody() -> Value {
        json!({ "stage": null, "since": null, "confidence": "unplaced", "presence": "none", "evidenceStage": null, "because": [], "lastSignOn": null, "couldComeNext": ["writes back"] })
    }

    #[test]
    fn the_explanation_names_the_proof_first_dates_each_piece_and_says_who_saw_it() {
        assert_eq!(
            in_full(&standing(json!({}))),
            "Building since 20 April. Because: showed a demo or prototype (12 May, seen by you). \
             Also: helped another developer (20 Apr, they told you), reported a bug (3 Apr, imported). \
             Next: runs it in production, brings it to a team or speaks about it. Confirmed."
        );
    }

    #[test]
    fn the_short_form_is_the_place_and_how_sure_it_is() {
        assert_eq!(in_short(&standing(json!({}))), "Building since 20 April. Confirmed.");
        assert_eq!(in_short(&standing(nobody())), "Not placed yet.");
    }

    #[test]
    fn a_stage_that_fades_says_when_the_last_sign_was() {
        let faded = |confidence: &str| {
            in_short(&standing(json!({ "confidence": confidence, "since": "2025-10-20", "lastSignOn": "2025-10-21" })))
        };
        assert_eq!(faded("fading"), "Building since 20 October 2025. Fading: last sign 7 months ago.");
        assert_eq!(faded("stale"), "Building since 20 October 2025. Stale: last sign 7 months ago.");
    }

    #[test]
    fn what_is_near_is_said_without_a_number() {
        let said = in_full(&standing(json!({ "near": "scale" })));
        assert!(said.contains("One more sign of Scaling would do it."), "{said}");
    }

    #[test]
    fn somebody_who_did_nothing_yet_is_not_placed_by_what_we_do() {
        let said = in_full(&standing(nobody()));
        assert_eq!(
            said,
            "Not placed yet. Nothing they did is written down yet; what you send or give never places anybody. Next: writes back."
        );
        let mut quiet = nobody();
        quiet["presence"] = json!("quiet");
        assert!(in_full(&standing(quiet)).contains("What is written down does not place them."));
    }

    #[test]
    fn a_pin_says_what_the_evidence_says_beside_it() {
        let pin = |until: &str, day: Value| json!({ "stage": "build", "until": until, "untilDay": day, "reason": "They showed me." });
        let said = |evidence: &str, pin: Value| in_full(&standing(json!({ "evidenceStage": evidence, "pin": pin })));
        let learning = said("learn", pin("proof", Value::Null));
        assert!(learning.contains("The evidence says Learning; you pinned Building, until the next proof, because: They showed me. Because:"), "{learning}");
        let agreed = said("build", pin("date", json!("2026-06-01")));
        assert!(
            agreed.contains("The evidence agrees; you pinned Building, until 1 Jun, because: They showed me."),
            "{agreed}"
        );
    }

    #[test]
    fn a_stage_somebody_saw_is_named_with_the_piece() {
        let mut seen = piece("Talked in person", "2026-05-01", "seen");
        (seen["observedStage"], seen["precision"]) = (json!("build"), json!("month"));
        let said = in_full(&standing(json!({ "because": [seen] })));
        assert!(said.contains("Because: talked in person (May 2026, you saw Building). Next"), "{said}");
    }

    #[test]
    fn a_suggested_move_waits_for_a_word() {
        let moved = |status: &str| in_full(&standing(json!({ "moved": { "status": status } })));
        assert!(moved("suggested").ends_with("in the window you can accept it or take it back."));
        assert!(!moved("applied").contains("take it back"));
    }

    #[test]
    fn the_words_of_a_sales_pipeline_are_never_said() {
        let everything = standing(json!({
            "confidence": "stale", "near": "scale", "moved": { "status": "suggested" },
            "pin": { "stage": "build", "until": "good", "untilDay": null, "reason": "x" },
        }));
        let said = in_full(&everything).to_lowercase();
        for word in ["score", "lead", "point", "percent", "%", "prospect", "funnel"] {
            assert!(!said.contains(word), "“{word}” in: {said}");
        }
    }

    #[test]
    fn a_step_is_told_in_its_direction() {
        use Stage::{Build, Learn};
        assert_eq!(step(None, Some(Learn)), "Placed at Learning.");
        assert_eq!(step(Some(Learn), Some(Build)), "Moved on from Learning to Building.");
        assert_eq!(step(Some(Build), Some(Learn)), "Back from Building to Learning.");
        assert_eq!(step(Some(Build), None), "No longer placed; was at Building.");
    }

    #[test]
    fn an_abbreviation_keeps_its_capitals_inside_a_sentence() {
        assert_eq!(
            (inside("SDK question"), inside("Écrit"), inside("")),
            ("SDK question".into(), "écrit".into(), String::new())
        );
    }
}
