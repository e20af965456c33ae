//! `doctor`: whether the file is sound.
use crate::desk::{Answer, Desk, understood};
use hallway_core::{Failure, numbers::plural};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Findings {
    ok: bool,
    checked: Vec<String>,
    findings: Vec<String>,
}

pub fn check(desk: &Desk) -> Result<Answer, Failure> {
    let value: Value = desk.call("doctor.check", json!({}))?;
    let Findings { ok, checked, findings } = understood(value.clone())?;
    let mut lines: Vec<String> = checked.iter().map(|rule| format!("Looked at: {rule}")).collect();
    lines.push(String::new());
    if ok {
        lines.push("The file is sound.".to_owned());
    } else {
        lines.push(format!("{} found:", plural(findings.len() as u64, "thing", "things")));
        lines.extend(findings);
    }
    Ok(Answer { words: lines.join("\n"), value, sound: ok })
}
