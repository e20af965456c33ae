//! `rules`: by which rules people are placed, changed by a preset or a file that a team shares.
use crate::{
    arguments::Rules,
    desk::{Answer, Desk, refused, understood},
    explanation::stage_name,
};
use hallway_core::{
    Access, Failure,
    journey::engine::Stage,
    numbers::{count, people},
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Preview {
    moved: u64,
    up: u64,
    to_review: u64,
    people: Vec<Move>,
}

#[derive(Deserialize)]
struct Move {
    name: String,
    from: Option<Stage>,
    to: Option<Stage>,
}

pub fn rules(desk: &Desk, rules: &Rules) -> Result<Answer, Failure> {
    if let Some(path) = &rules.write {
        if path.exists() && !rules.replace {
            return Err(refused(
                "file",
                format!("{} is there already. Add --replace to write over it.", path.display()),
            ));
        }
        let value: Value = desk.call("journey.write_rules", json!({ "file": desk.grant(path, Access::Write)? }))?;
        return Ok(Answer::new(format!("Wrote the rules to {}.", path.display()), value));
    }
    let draft: Value = match (&rules.read, &rules.preset) {
        (Some(path), _) => desk.call("journey.read_rules", json!({ "file": desk.grant(path, Access::Read)? }))?,
        (None, Some(preset)) => desk.call("journey.preset", json!({ "preset": preset }))?,
        (None, None) => return in_force(desk),
    };
    let value: Value = desk.call("journey.preview_rules", json!({ "rules": draft }))?;
    let preview: Preview = understood(value.clone())?;
    let mut words = foretold(&preview, rules.yes);
    if !rules.yes {
        words.push("Nothing was changed. Add --yes to put these rules in force.".to_owned());
        return Ok(Answer::new(words.join("\n"), value));
    }
    let set: Value = desk.call("journey.set_rules", json!({ "rules": draft }))?;
    words.push("The rules are in force.".to_owned());
    Ok(Answer::new(words.join("\n"), json!({ "preview": value, "rules": set })))
}

fn in_force(desk: &Desk) -> Result<Answer, Failure> {
    let value: Value = desk.call("journey.rules", json!({}))?;
    let rules = &value["rules"];
    let kinds = rules["kinds"].as_array().map_or(0, Vec::len);
    let off = rules["kinds"].as_array().map_or(0, |kinds| kinds.iter().filter(|kind| kind["on"] == false).count());
    let names: Vec<String> = Stage::ALL.iter().map(|stage| stage_name(Some(*stage)).to_owned()).collect();
    let words = [
        format!("Version {}. Stages: {}.", value["version"], names.join(", ")),
        format!(
            "Evidence says half as much after {} days. Quiet after {} days, dormant after {}.",
            rules["half_life_days"], rules["quiet_days"], rules["dormant_days"]
        ),
        format!(
            "{} kinds of entries, {} of them off. Stale stages are reviewed {}.",
            count(kinds as u64),
            count(off as u64),
            if rules["review"] == "monthly" { "every month" } else { "every quarter" }
        ),
    ];
    Ok(Answer::new(words.join("\n"), value))
}

fn foretold(preview: &Preview, done: bool) -> Vec<String> {
    let would = if done { "This moves" } else { "This would move" };
    if preview.moved == 0 {
        return vec!["This moves nobody.".to_owned()];
    }
    let mut ways = Vec::new();
    if preview.up > 0 {
        ways.push(format!("{} up", count(preview.up)));
    }
    if preview.to_review > 0 {
        ways.push(format!("{} to review", count(preview.to_review)));
    }
    let mut lines = vec![format!("{would} {}: {}.", people(preview.moved), ways.join(", "))];
    lines.extend(
        preview.people.iter().map(|one| format!("  {}: {} to {}", one.name, stage_name(one.from), stage_name(one.to))),
    );
    let more = preview.moved - preview.people.len() as u64;
    if more > 0 {
        lines.push(format!("  and {} more", count(more)));
    }
    lines
}
