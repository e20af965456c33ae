//! `backup` and `restore`.
use crate::{
    arguments::{Backup, Restore},
    days::{clock, of_this_computer},
    desk::{Answer, Desk, log_of, place, refused, understood},
    people::zone,
    table::table,
};
use hallway_core::{
    Failure, Now,
    backups::{self, restore as put_back},
    numbers::{people, plural},
    store::backups::kept,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{fs::File, path::Path};

#[derive(Deserialize)]
struct Kept {
    name: String,
    at: i64,
    why: String,
    people: Option<u32>,
    touchpoints: Option<u32>,
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
        let row = |one: &backups::Backup| {
            let made = format!("{}, {}", clock(one.at, of_this_computer()), why(one.why.key()));
            [one.name.clone(), made, holding(one.people, one.touchpoints, one.damaged)]
        };
        let rows: Vec<[String; 3]> = all.iter().map(row).collect();
        let words = if rows.is_empty() {
            format!("There is no backup of {}.", path.display())
        } else {
            format!("{}\nSay which one: `hallway-cli restore NAME`.", table(["Name", "Made", "Holds"], &rows))
        };
        return Ok(Answer::new(words, json!(all)));
    };
    let backup = fit(&path, name, now)?;
    nothing_is_in_the_way(&path, name)?;
    if !restore.yes {
        return would_change(file, &path, &backup, now);
    }
    let stood = path.exists();
    let aside = put_back(&path, name, now.unwrap_or_else(Now::system)).map_err(|error| match error.code() {
        "busy" => {
            refused("file", "The file is open in a window or in another terminal. Close it there, then try again.")
        }
        // It could be read a moment ago.
        "damaged" => refused(
            "name",
            format!("{name} could not be put back: it cannot be read whole. The file is where it was. Choose another backup."),
        ),
        _ => Failure::from(&error),
    })?;
    let words = match &aside {
        None if !stood => format!("Put {name} in place. No file stood there."),
        None => format!("Put {name} in place. What stood there is a backup now."),
        Some(aside) if !stood => format!(
            "Put {name} in place. The log that was left of the file is kept as {}.",
            log_of(aside).as_deref().unwrap_or(aside).display()
        ),
        Some(aside) => format!("Put {name} in place. The damaged file is kept as {}.", aside.display()),
    };
    Ok(Answer::new(words, json!({ "aside": aside })))
}

/// The backup that was chosen, when it is one that can be put back; else a good one is named beside the refusal.
fn fit(path: &Path, name: &str, now: Option<Now>) -> Result<backups::Backup, Failure> {
    if kept(path).iter().all(|kept| kept.name != name) {
        let sentence =
            format!("There is no backup {name} of {}. `hallway-cli restore` lists those there are.", path.display());
        return Err(refused("name", sentence));
    }
    backups::fit_at(path, name).map_err(|error| {
        let failure = Failure::from(&error);
        let other = match backups::newest_good_at(path, now.unwrap_or_else(Now::system)) {
            Some(good) => format!("The newest good one is {0}: `hallway-cli restore {0}`.", good.name),
            None => "No other one is good.".to_owned(),
        };
        Failure { message: format!("{} {other}", failure.message), ..failure }
    })
}

/// A whole file that this Hallway cannot read would become a backup that it cannot read, and be let go of in its time.
fn nothing_is_in_the_way(path: &Path, name: &str) -> Result<(), Failure> {
    backups::could_be_kept(path).map_err(|error| {
        let failure = Failure::from(&error);
        let (whose, way) = match failure.code {
            "newer_file" => ("was written by a newer Hallway", "Update Hallway to open it. To go back to the backup all the same,"),
            _ => ("is a file of another program", "To put the backup there,"),
        };
        let message = format!(
            "{} {whose}. {way} move that file elsewhere first, then try `hallway-cli restore {name}` again. Nothing was changed.",
            path.display()
        );
        Failure { message, ..failure }
    })
}

/// What putting a backup back would change; of a file that cannot be read, what can be said without it.
fn would_change(
    file: Option<&Path>,
    path: &Path,
    backup: &backups::Backup,
    now: Option<Now>,
) -> Result<Answer, Failure> {
    let stands = if path.exists() {
        let compared = Desk::shown(file, now).and_then(|(desk, only)| {
            Ok((desk.call::<Value>("backups.difference", json!({ "name": backup.name }))?, only))
        });
        let failure = match compared {
            Ok((value, only)) => {
                if let Some(only) = only {
                    eprintln!("{}", only.sentence);
                }
                let difference: Difference = understood(value.clone())?;
                let words = format!("{}\nNothing was changed. Add --yes to do it.", told(&difference));
                return Ok(Answer::new(words, value));
            }
            Err(failure) => failure,
        };
        let why = match failure.code {
            "foreign_file" => "It is no Hallway file any more.",
            // The system lets nobody read it, or it is no file at all.
            "internal" if File::open(path).is_err() => return Err(failure),
            "damaged" | "internal" => failure.message.split(" Nothing was changed").next().unwrap_or_default(),
            _ => return Err(failure),
        };
        format!(
            "What putting it back would change cannot be told, because the file that is there now cannot be read whole. {why}\n\
             That file would not be deleted: it would be set aside whole, or become a backup itself if it can still be copied."
        )
    } else if log_of(path).is_some() {
        format!(
            "There is no file {}, only a log of it, in which what was done last may stand. The log would not be deleted: it would be set aside.",
            path.display()
        )
    } else {
        format!("There is no file {}: nothing would be replaced.", path.display())
    };
    let words = format!(
        "{}\n{stands}\nNothing was changed. `hallway-cli restore {} --yes` puts it back.",
        made(backup),
        backup.name
    );
    Ok(Answer::new(words, json!({ "backup": backup, "difference": null })))
}

/// "main-….hallway was made at 2026-05-21 12:00 and holds 3 people, 0 entries.", by the clock of this computer.
fn made(backup: &backups::Backup) -> String {
    let what = holding(backup.people, backup.touchpoints, backup.damaged);
    format!("{} was made at {} and holds {what}.", backup.name, clock(backup.at, of_this_computer()))
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
    holding(kept.people, kept.touchpoints, kept.damaged)
}

/// "3 people, 2 entries", or why that cannot be told.
pub fn holding(persons: Option<u32>, entries: Option<u32>, damaged: bool) -> String {
    match (persons, entries) {
        (Some(n), Some(entries)) => format!("{}, {}", people(n.into()), plural(entries.into(), "entry", "entries")),
        _ if damaged => "damaged: not as it was made".to_owned(),
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
