//! `suppress`: addresses that are never to be written to, and what came back from a newsletter.
use crate::{
    arguments::Suppress,
    desk::{Answer, Desk, refused, understood},
};
use hallway_core::{
    Access, Failure,
    normal::ContactKind,
    numbers::{count, plural},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Suppressed {
    added: u64,
    already: u64,
    unreadable: u64,
    unreadable_rows: Vec<(u64, String)>,
}

#[derive(Deserialize)]
struct OnTheList {
    addresses: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Preview {
    program: String,
    hash: String,
    rows: u64,
    subscribed: u64,
    opted_in_since: u64,
    opted_in_anew: Vec<Person>,
    outcomes: Vec<Outcome>,
    unreadable: u64,
    unreadable_rows: Vec<(u64, String)>,
}

#[derive(Deserialize)]
struct Outcome {
    words: String,
}

#[derive(Deserialize)]
struct Person {
    name: String,
}

#[derive(Deserialize)]
struct Done {
    ended: u64,
    suppressed: u64,
    stay: u64,
}

pub fn suppress(desk: &Desk, said: &Suppress) -> Result<Answer, Failure> {
    if let Some(file) = &said.from {
        return from_file(desk, file, said);
    }
    let Some(kind) = ContactKind::from_key(&said.kind) else {
        let kinds: Vec<&str> = ContactKind::ALL.iter().map(|kind| kind.key()).collect();
        return Err(refused("kind", format!("There is no kind “{}”. Choose from: {}.", said.kind, kinds.join(", "))));
    };
    if said.addresses.is_empty() {
        let value: Value = desk.call("suppressions.count", json!({}))?;
        return Ok(Answer::new(how_many(&understood(value.clone())?), value));
    }
    if said.dry_run {
        return Err(refused(
            "addresses",
            format!(
                "Nothing was done: {} would go on the list. Leave --dry-run out to do it.",
                plural(said.addresses.len() as u64, "address", "addresses")
            ),
        ));
    }
    let value: Value = desk.call("suppressions.add", json!({ "kind": kind, "values": said.addresses }))?;
    Ok(Answer::new(words(&understood(value.clone())?), value))
}

fn from_file(desk: &Desk, file: &Path, said: &Suppress) -> Result<Answer, Failure> {
    let dry_run = said.dry_run;
    let grant = desk.grant(file, Access::Read)?;
    let seen: Result<Value, Failure> =
        desk.call("returns.preview", json!({ "file": grant, "stopOptedIn": said.stop_opted_in }));
    let Ok(value) = seen else {
        // It says of nobody what became of them: then every address in it is meant.
        if dry_run {
            let value: Value = desk.call("suppressions.look", json!({ "file": grant }))?;
            return Ok(Answer::new(would_be(&understood(value.clone())?, file), value));
        }
        let value: Value = desk.call("suppressions.import", json!({ "file": grant }))?;
        return Ok(Answer::new(words(&understood(value.clone())?), value));
    };
    let seen: Preview = understood(value.clone())?;
    let mut lines = vec![format!("{}, {}:", seen.program, plural(seen.rows, "row", "rows"))];
    lines.extend(seen.outcomes.iter().map(|outcome| format!("  {}", outcome.words)));
    if seen.subscribed > 0 {
        lines.push(format!("  {} still written to", count(seen.subscribed)));
    }
    if seen.opted_in_since > 0 {
        let names: Vec<&str> = seen.opted_in_anew.iter().map(|person| person.name.as_str()).collect();
        let what = if said.stop_opted_in { "" } else { " (--stop-opted-in stops them too)" };
        lines.push(format!("  {} opted in anew since{what}: {}", count(seen.opted_in_since), names.join(", ")));
    }
    lines.extend(without(seen.unreadable, &seen.unreadable_rows));
    if dry_run {
        lines.push("Nothing was changed.".to_owned());
        return Ok(Answer::new(lines.join("\n"), value));
    }
    let value: Value =
        desk.call("returns.apply", json!({ "file": grant, "hash": seen.hash, "stopOptedIn": said.stop_opted_in }))?;
    let done: Done = understood(value.clone())?;
    lines.push(format!(
        "Ended mail to {}; {} new on the suppression list.{}",
        plural(done.ended, "address", "addresses"),
        count(done.suppressed),
        match done.stay {
            0 => String::new(),
            n => format!(" {}, opted in anew.", plural(n, "address stays", "addresses stay")),
        }
    ));
    if done.ended > 0 {
        lines.push("`undo` takes back what changed about people; what they said stays on the list.".to_owned());
    }
    Ok(Answer::new(lines.join("\n"), value))
}

/// Rows of a file that are nobody's address.
fn without(unreadable: u64, first: &[(u64, String)]) -> Vec<String> {
    if unreadable == 0 {
        return vec![];
    }
    let mut lines = vec![format!("  {} without an address that can be read:", plural(unreadable, "row", "rows"))];
    lines.extend(first.iter().map(|(row, text)| format!("    row {row}: “{text}”")));
    lines
}

fn how_many(list: &OnTheList) -> String {
    format!("{} on the suppression list.", plural(list.addresses, "address is", "addresses are"))
}

/// What a file would do, as [`words`] says what it did.
fn would_be(seen: &Suppressed, file: &Path) -> String {
    let before = match seen.already {
        0 => String::new(),
        n => format!("; {} on it already", count(n)),
    };
    let new = plural(seen.added, "address", "addresses");
    let rows = without(seen.unreadable, &seen.unreadable_rows);
    format!("{new} in {} would be new on the suppression list{before}.", file.display())
        + &rows.iter().map(|line| format!("\n{line}")).collect::<String>()
        + "\nNothing was changed: leave --dry-run out to do it."
}

fn words(done: &Suppressed) -> String {
    let before = match done.already {
        0 => String::new(),
        n => format!("; {} on it before", count(n)),
    };
    format!("{} on the suppression list, as a keyed hash{before}.", plural(done.added, "address is", "addresses are"))
        .replacen("is on", "is new on", 1)
        .replacen("are on", "are new on", 1)
        + match done.added {
            0 => "",
            1 => "\n`undo` does not take it off again: only a new opt-in of theirs does.",
            _ => "\n`undo` does not take them off again: only a new opt-in of theirs does.",
        }
        + &without(done.unreadable, &done.unreadable_rows).iter().map(|line| format!("\n{line}")).collect::<String>()
}
