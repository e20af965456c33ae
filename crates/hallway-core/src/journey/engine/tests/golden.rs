//! The worked examples, kept as data, against the shipped rules.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::super::*;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/golden/stage_cases.json");
/// The cases round their points to six places.
const ROUNDING: f64 = 1e-6;

fn golden() -> Value {
    let text = std::fs::read_to_string(CASES).expect("the worked examples are part of the repository");
    serde_json::from_str(&text).expect("the worked examples are JSON")
}

#[test]
fn every_worked_example_comes_out_as_written() {
    let golden = golden();
    let cases = golden["cases"].as_array().expect("a list of cases");
    assert_eq!(cases.len(), 60);
    for case in cases {
        let name = case["name"].as_str().expect("a name");
        let evidence: Vec<_> =
            case["touchpoints"].as_array().expect("touchpoints").iter().zip(1..).map(touchpoint).collect();
        let standing = replay(&Config::default(), &evidence, &[], date(&case["as_of"]));
        let (scores, expect) = split_scores(&case["expect"]);
        assert_eq!(Value::Object(shown(&standing)), Value::Object(expect), "{name}");
        for &stage in Stage::ALL {
            let expected = scores[stage.key()].as_f64().expect("points");
            let points = standing.scores.at(stage);
            assert!((points - expected).abs() <= ROUNDING, "{name}: {stage:?} has {points}, expected {expected}");
        }
    }
}

#[test]
fn the_shipped_rules_are_the_rules_of_the_worked_examples() {
    let config = Config::default();
    let mut written = serde_json::to_value(&config).expect("rules are data");
    let rules = written.as_object_mut().expect("an object");
    let pick = |wanted: fn(&Kind) -> Option<Value>| -> Map<String, Value> {
        config.kinds.iter().filter_map(|kind| Some((kind.key.to_string(), wanted(kind)?))).collect()
    };
    let mut outbound: Vec<_> = config
        .kinds
        .iter()
        .filter(|kind| kind.direction == Direction::FromUs)
        .map(|kind| kind.key.to_string())
        .collect();
    outbound.sort();
    // They place nobody.
    rules.remove("names");
    rules.remove("review");
    rules.remove("applies");
    rules.insert("kinds".into(), pick(|kind| kind.points_to.map(|_| columns(kind))).into());
    rules.insert("reset".into(), pick(|kind| kind.resets_to.map(|stage| json!(stage))).into());
    rules.insert("outbound".into(), json!(outbound));
    assert_eq!(as_floats(&written), as_floats(&golden()["config"]));
}

fn columns(kind: &Kind) -> Value {
    json!({
        "points_to": kind.points_to,
        "strength": kind.strength,
        "proves": kind.proves,
        "weight": kind.weight,
        "four_c": kind.four_c,
        "channel_class": kind.channel_class,
    })
}

fn touchpoint((row, nth): (&Value, u8)) -> Evidence {
    let known = serde_json::from_value(row["observed_by"].clone()).expect("a way to know");
    Evidence {
        id: [nth; 16],
        on_day: date(&row["on"]),
        counts: true,
        kind: row["kind"].as_str().expect("a kind").to_owned(),
        role: Role::By,
        observed_stage: serde_json::from_value(row["observed_stage"].clone()).expect("a stage or none"),
        observed_by: known,
        incentivised: row["incentivised"].as_bool().expect("yes or no"),
    }
}

fn date(value: &Value) -> NaiveDate {
    value.as_str().expect("a date").parse().expect("a date")
}

fn split_scores(expect: &Value) -> (Value, Map<String, Value>) {
    let mut expect = expect.as_object().expect("an object").clone();
    let scores = expect.remove("scores").expect("points");
    (scores, expect)
}

fn shown(standing: &Standing) -> Map<String, Value> {
    let moves = standing.history.iter().map(|change| {
        let because = change.because.as_ref().map(|piece| &piece.kind);
        json!({ "on": change.on.to_string(), "from": change.from, "to": change.to, "because": because })
    });
    let shown = json!({
        "stage": standing.stage,
        "since": standing.since.map(|day| day.to_string()),
        "confidence": standing.confidence,
        "presence": standing.presence,
        "community": standing.ring,
        "involvement_level": standing.involvement_level,
        "review_suggestion": standing.review_suggestion,
        "history": moves.collect::<Vec<_>>(),
    });
    shown.as_object().expect("an object").clone()
}

/// The same value with every number as a float: 30 and 30.0 are the same rule.
fn as_floats(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.iter().map(as_floats).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), as_floats(value))).collect(),
        other => other.clone(),
    }
}
