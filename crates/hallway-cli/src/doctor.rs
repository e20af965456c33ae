//! `doctor`: whether the file is sound.
use crate::{
    days::clock,
    desk::{Answer, Desk, understood},
    people::zone,
};
use hallway_core::{Failure, numbers::plural};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Findings {
    ok: bool,
    checked: Vec<String>,
    findings: Vec<String>,
    #[serde(rename = "lastBackup")]
    last_backup: Option<i64>,
}

pub fn check(desk: &Desk) -> Result<Answer, Failure> {
    let value: Value = desk.call("doctor.check", json!({}))?;
    let Findings { ok, checked, findings, last_backup } = understood(value.clone())?;
    let mut lines: Vec<String> = checked.iter().map(|rule| format!("Looked at: {rule}")).collect();
    lines.push(match last_backup {
        Some(at) => format!("The newest good backup was made at {}.", clock(at, zone(desk)?)),
        None => "There is no backup yet. `hallway-cli backup` makes one.".to_owned(),
    });
    lines.push(String::new());
    if ok {
        lines.push("The file is sound.".to_owned());
    } else {
        lines.push(format!("{} found:", plural(findings.len() as u64, "thing", "things")));
        lines.extend(findings);
    }
    Ok(Answer { words: lines.join("\n"), value, sound: ok })
}
