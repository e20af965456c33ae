//! `backup` and `restore`.
use crate::{
    arguments::{Backup, Restore},
    days::clock,
    desk::{Answer, Desk, place, refused, understood},
    people::zone,
    table::table,
};
use hallway_core::{
    Failure, Now,
    backups::{self, restore as put_back},
    numbers::{people, plural},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

#[derive(Deserialize)]
struct Kept {
    name: String,
    at: i64,
    why: String,
    people: Option<u64>,
    touchpoints: Option<u64>,
    damaged: bool,
}

#[derive(Deserialize)]
struct Named {
    count: u64,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Difference {
    back: Named,
    apart: Named,
    together: Named,
    gone: Named,
    changed: Named,
    kinds: Vec<Kind>,
    trash: u64,
    noes_kept: u64,
    kept_apart: Named,
}

#[derive(Deserialize)]
struct Kind {
    one: String,
    many: String,
    back: u64,
    gone: u64,
    changed: u64,
}

pub fn backup(desk: &Desk, backup: &Backup) -> Result<Answer, Failure> {
    if backup.list {
        return list(desk);
    }
    let value: Value = desk.call("backups.make", json!({}))?;
    let made: Option<Kept> = understood(value.clone())?;
    let words = match made {
        Some(made) => format!("Made the backup {}, with {}.", made.name, holds(&made)),
        None => "The newest backup holds everything there is.".to_owned(),
    };
    Ok(Answer::new(words, value))
}

fn list(desk: &Desk) -> Result<Answer, Failure> {
    let value: Value = desk.call("backups.list", json!({}))?;
    let kept: Vec<Kept> = understood(value.clone())?;
    let zone = zone(desk)?;
    let rows: Vec<[String; 3]> = kept
        .iter()
        .map(|kept| [kept.name.clone(), format!("{}, {}", clock(kept.at, zone), why(&kept.why)), holds(kept)])
        .collect();
    let words =
        if rows.is_empty() { "There is no backup yet.".to_owned() } else { table(["Name", "Made", "Holds"], &rows) };
    Ok(Answer::new(words, value))
}

/// Also for a file that cannot be opened any more.
pub fn restore(file: Option<&Path>, now: Option<Now>, restore: &Restore) -> Result<Answer, Failure> {
    let path = place(file)?;
    let Some(name) = &restore.name else {
        let all = backups::at(&path, now.unwrap_or_else(Now::system));
        let rows: Vec<[String; 2]> = all
            .iter()
            .map(|one| {
                let no = if one.damaged { "damaged: not as it was made" } else { "cannot be read" };
                let holds = one.people.map_or(no.to_owned(), |n| people(n.into()));
                [one.name.clone(), holds]
            })
            .collect();
        let words = if rows.is_empty() {
            format!("There is no backup of {}.", path.display())
        } else {
            format!("{}\nSay which one: `hallway-cli restore NAME`.", table(["Name", "Holds"], &rows))
        };
        return Ok(Answer::new(words, json!(all)));
    };
    if !restore.yes {
        let desk = Desk::reading(file, now)?;
        let value: Value = desk.call("backups.difference", json!({ "name": name }))?;
        let difference: Difference = understood(value.clone())?;
        let words = format!("{}\nNothing was changed. Add --yes to do it.", told(&difference));
        return Ok(Answer::new(words, value));
    }
    let aside = put_back(&path, name, now.unwrap_or_else(Now::system)).map_err(|error| match error.code() {
        "busy" => {
            refused("file", "The file is open in a window or in another terminal. Close it there, then try again.")
        }
        _ => Failure::from(&error),
    })?;
    let words = match &aside {
        None => format!("Put {name} in place. What stood there is a backup now."),
        Some(aside) => format!("Put {name} in place. The damaged file is kept as {}.", aside.display()),
    };
    Ok(Answer::new(words, json!({ "aside": aside })))
}

fn told(
    Difference { back, apart, together, gone, changed, kinds, trash, noes_kept, kept_apart }: &Difference,
) -> String {
    let mut lines: Vec<String> = [
        (back, "would be here again"),
        (apart, "merged with somebody since would stand by themselves again"),
        (together, "by themselves now would be merged again"),
        (gone, "would be gone"),
        (changed, "would be as before"),
    ]
    .into_iter()
    .filter(|(named, _)| named.count > 0)
    .map(|(named, what)| format!("{} {what}: {}.", people(named.count), names(named)))
    .collect();
    for Kind { one, many, back, gone, changed } in kinds {
        let counts = [(back, "would be here again"), (gone, "would be gone"), (changed, "would be as before")];
        let counts = counts.into_iter().filter(|(n, _)| **n > 0);
        lines.extend(counts.map(|(n, what)| format!("{} {what}.", plural(*n, one, many))));
    }
    if *trash > 0 {
        lines.push(format!("The trash would be as before: {} in it would change.", plural(*trash, "thing", "things")));
    }
    if kept_apart.count > 0 {
        lines.push(format!(
            "{} not to be contacted since then, or who objected: that stays: {}.",
            people(kept_apart.count),
            names(kept_apart)
        ));
    }
    if *noes_kept > 0 {
        lines.push(format!(
            "What was said against writing to {} since then stays.",
            plural(*noes_kept, "address", "addresses")
        ));
    }
    if lines.is_empty() { "Nothing would change.".to_owned() } else { lines.join("\n") }
}

fn names(named: &Named) -> String {
    let more = named.count - named.names.len() as u64;
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{tail}", named.names.join(", "))
}

fn holds(kept: &Kept) -> String {
    match (kept.people, kept.touchpoints) {
        (Some(n), Some(entries)) => format!("{}, {}", people(n), plural(entries, "entry", "entries")),
        _ if kept.damaged => "damaged: not as it was made".to_owned(),
        _ => "cannot be read".to_owned(),
    }
}

fn why(key: &str) -> &'static str {
    match key {
        "import" => "before an import",
        "format" => "before a new format",
        "restore" => "before another was put back",
        "asked" => "when you asked",
        _ => "of that hour",
    }
}
