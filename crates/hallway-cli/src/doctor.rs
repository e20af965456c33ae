//! `doctor`: whether the file is sound.
use crate::{
    days::clock,
    desk::{Answer, Desk, understood},
    people::zone,
};
use hallway_core::{Failure, Now, backups, numbers::plural, store::backups::kept};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

#[derive(Deserialize)]
struct Findings {
    ok: bool,
    checked: Vec<String>,
    findings: Vec<String>,
    #[serde(rename = "lastBackup")]
    last_backup: Option<i64>,
    #[serde(rename = "lastBackupName")]
    last_backup_name: Option<String>,
}

pub fn check(desk: &Desk) -> Result<Answer, Failure> {
    let value: Value = desk.call("doctor.check", json!({}))?;
    let Findings { ok, checked, findings, last_backup, last_backup_name } = understood(value.clone())?;
    let mut lines: Vec<String> = checked.iter().map(|rule| format!("Looked at: {rule}")).collect();
    lines.push(match last_backup {
        Some(at) => format!("The newest good backup was made at {}.", clock(at, zone(desk)?)),
        None => no_good_one(desk),
    });
    lines.push(String::new());
    if ok {
        lines.push("The file is sound.".to_owned());
    } else {
        lines.push(format!("{} found:", plural(findings.len() as u64, "thing", "things")));
        lines.extend(findings);
        lines.extend(last_backup_name.map(|name| way_back(desk, &name)));
    }
    Ok(Answer { words: lines.join("\n"), value, sound: ok })
}

/// Of a file without a backup that could be put back.
fn no_good_one(desk: &Desk) -> String {
    match kept(desk.store().path()).as_slice() {
        [] => "There is no backup yet. `hallway-cli backup` makes one.".to_owned(),
        [only] => {
            format!(
                "The only backup there is, {}, is damaged or cannot be read. `hallway-cli backup` makes another one.",
                only.name
            )
        }
        all => format!("None of the {} backups there are is good. `hallway-cli backup` makes another one.", all.len()),
    }
}

/// What can be done about a file that is damaged: no more is promised than can be read of it.
fn way_back(desk: &Desk, name: &str) -> String {
    match desk.call::<Value>("backups.difference", json!({ "name": name })) {
        Ok(_) => format!("`hallway-cli restore {name}` says what putting back the newest good backup would change."),
        Err(_) => format!(
            "`hallway-cli restore {name}` says what the newest good backup holds; `hallway-cli restore {name} --yes` puts it back."
        ),
    }
}

/// Of a file of which nothing can be read any more: why, and the newest good backup.
pub fn unreadable(path: &Path, why: &Failure) -> Answer {
    let newest = backups::newest_good_at(path, Now::system());
    let mut lines = vec!["1 thing found:".to_owned(), why.message.clone()];
    match &newest {
        Some(kept) if !why.message.contains(&kept.name) => {
            lines.push(format!(
                "The newest good backup is {0}; `hallway-cli restore {0} --yes` puts it back.",
                kept.name
            ));
        }
        Some(_) => {}
        None => lines.push("There is no good backup of it.".to_owned()),
    }
    let value = json!({
        "ok": false, "checked": [], "findings": [why.message],
        "lastBackup": newest.as_ref().map(|kept| kept.at), "lastBackupName": newest.as_ref().map(|kept| &kept.name),
    });
    Answer { words: lines.join("\n"), value, sound: false }
}
