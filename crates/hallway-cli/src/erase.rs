//! `erase`, `receipts` and `retention`: who is gone for good, and who might be.
use crate::{
    arguments::{Erase, Retention},
    days::long_day,
    desk::{Answer, Desk, refused, understood},
    people::today,
    whom::whom,
};
use hallway_core::{
    Failure, Id, Now,
    error::in_words,
    numbers::{people, plural},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{self, Write};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Preview {
    names: Vec<String>,
    gone: Vec<Gone>,
    shared: u64,
    organisations: Vec<OnlyTheirs>,
    named: Vec<Named>,
    searched: Vec<String>,
    backups: u64,
    set_aside: Vec<String>,
    files_that_left: FilesThatLeft,
    not_now: Option<String>,
}

#[derive(Deserialize)]
struct FilesThatLeft {
    count: u64,
    newest: Vec<String>,
}

#[derive(Deserialize)]
struct Gone {
    what: String,
    count: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    table: String,
    row: Id,
    column: String,
    can_blank: bool,
    place: String,
    about: Vec<String>,
    text: String,
    words: Vec<String>,
    in_part: bool,
}

#[derive(Deserialize)]
struct OnlyTheirs {
    id: Id,
    name: String,
}

#[derive(Deserialize)]
struct Kept {
    place: String,
    #[serde(default, rename = "inPart")]
    in_part: bool,
}

#[derive(Deserialize)]
struct Receipt {
    at: i64,
    people: u64,
    gone: Vec<Gone>,
    kept: Vec<Kept>,
    blanked: u64,
    searched: Option<String>,
    out_of_reach: Option<String>,
    suppressed: u64,
    backups: Vec<String>,
    unfinished: Option<String>,
}

pub fn erase(desk: &Desk, asked: &Erase) -> Result<Answer, Failure> {
    // An id names also whoever lies in the trash, where no name is looked for.
    let id = match asked.whom.parse::<Id>() {
        Ok(id) => id,
        Err(_) => whom(desk, &asked.whom)?.id,
    };
    let preview: Preview = desk.call("erase.preview", json!({ "ids": [id] }))?;
    decisions(&preview, asked)?;
    if let Some(sentence) = &preview.not_now {
        return Err(refused("whom", sentence));
    }
    let name = preview.names.first().cloned().unwrap_or_default();
    if !asked.yes {
        let said = format!("{}\nThere is no way back. Type {name} to erase them: ", foretold(&preview, asked));
        if typed(&crate::shown(&said))? != name {
            return Err(refused("whom", format!("That is not {name}. Nobody was erased.")));
        }
    }
    let others = if asked.keep_words { "keep" } else { "blank" };
    let kept: Vec<Id> =
        if asked.keep_organisations { preview.organisations.iter().map(|one| one.id).collect() } else { vec![] };
    let input =
        json!({ "ids": [id], "others": others, "decisions": decisions(&preview, asked)?, "organisations_kept": kept });
    let value: Value = desk.call("erase.run", input)?;
    let receipt: Receipt = understood(value.clone())?;
    Ok(Answer::new(format!("{name} is erased. {}", told(&receipt)), value))
}

/// The texts that are written anew, by their numbers.
fn decisions(preview: &Preview, asked: &Erase) -> Result<Vec<Value>, Failure> {
    let one = |said: &String| {
        let (number, text) = said.split_once('=').unwrap_or((said, ""));
        let named = number.trim().parse::<usize>().ok().and_then(|n| preview.named.get(n.checked_sub(1)?));
        match (named, text.trim()) {
            (Some(named), text) if !text.is_empty() => {
                Ok(json!({ "table": named.table, "row": named.row, "column": named.column, "text": text }))
            }
            _ => Err(refused(
                "text",
                format!(
                    "“{said}” is no number of a text about others with what it is to read, such as 1=\"Circle\". There {}.",
                    match preview.named.len() {
                        0 => "is none".to_owned(),
                        n => format!("are {n}, by the order in which they are listed before you are asked"),
                    }
                ),
            )),
        }
    };
    asked.texts.iter().map(one).collect()
}

fn typed(said: &str) -> Result<String, Failure> {
    let failed =
        |error: io::Error| refused("whom", format!("The name could not be asked for: {} Add --yes.", in_words(&error)));
    let mut out = io::stderr().lock();
    write!(out, "{said}").and_then(|()| out.flush()).map_err(failed)?;
    let mut line = String::new();
    io::stdin().read_line(&mut line).map_err(failed)?;
    Ok(line.trim().to_owned())
}

fn foretold(preview: &Preview, asked: &Erase) -> String {
    let mut lines = vec![format!("{} will be gone: {}.", preview.names.join(", "), gone(&preview.gone))];
    if !preview.organisations.is_empty() {
        let names: Vec<String> = preview.organisations.iter().map(|one| format!("“{}”", one.name)).collect();
        let what = if asked.keep_organisations { "stays" } else { "goes with them" };
        lines.push(format!("Where only they were {what}: {}.", names.join(", ")));
    }
    if preview.shared > 0 {
        lines.push(format!(
            "{} with others too, and stays with them.",
            plural(preview.shared, "thing happened", "things happened")
        ));
    }
    if preview.backups > 0 {
        lines.push(format!("{} will be written anew.", plural(preview.backups, "backup", "backups")));
    }
    if !preview.named.is_empty() {
        let what = if asked.keep_words { "stay as they are" } else { "stay without the words that name them" };
        lines.push(format!("Texts about others name them, and {what}:"));
        for (n, named) in preview.named.iter().enumerate() {
            let about = if named.about.is_empty() { String::new() } else { format!(" ({})", named.about.join(", ")) };
            lines.push(format!("  {}. {}{about}: {}", n + 1, named.place, named.text.replace('\n', " ")));
            if named.in_part {
                let words: Vec<String> = named.words.iter().map(|word| format!("“{word}”")).collect();
                lines.push(format!(
                    "     Found by {} alone: it stays so, unless --text {}=… says how it is to read.",
                    words.join(", "),
                    n + 1
                ));
            } else if !named.can_blank && !asked.keep_words {
                lines.push(format!("     It stays so, unless --text {}=… says how it is to read.", n + 1));
            }
        }
    }
    let searched: Vec<String> = preview.searched.iter().map(|text| format!("“{text}”")).collect();
    lines.push(format!(
        "Texts about others were searched for {}; what one said before it was edited for whole names, addresses and handles, and for the rest only where its words are taken out.",
        searched.join(", ")
    ));
    if !preview.set_aside.is_empty() {
        lines.push(format!("Not touched, since they were set aside: {}.", preview.set_aside.join(", ")));
    }
    let FilesThatLeft { count, newest } = &preview.files_that_left;
    if *count > 0 {
        let more = count - newest.len() as u64;
        let tail = if more > 0 { format!(" and {}", plural(more, "older one", "older ones")) } else { String::new() };
        lines.push(format!(
            "{} Hallway through the export since they were added, and may have them: {}{tail}.",
            plural(*count, "file left", "files left"),
            newest.join(", ")
        ));
    }
    lines.push(
        "Out of reach is what left: such files, tables for yourself, everything as JSON, copies of this file, what a newsletter keeps."
            .to_owned(),
    );
    lines.join("\n")
}

fn gone(gone: &[Gone]) -> String {
    let counts: Vec<String> = gone.iter().map(|one| format!("{} × {}", one.count, one.what)).collect();
    counts.join(", ")
}

fn told(receipt: &Receipt) -> String {
    let mut said = vec![format!("Gone: {}.", gone(&receipt.gone))];
    if receipt.blanked > 0 {
        said.push(format!(
            "{} about others {} reworded.",
            plural(receipt.blanked, "text", "texts"),
            if receipt.blanked == 1 { "was" } else { "were" }
        ));
    }
    if !receipt.kept.is_empty() {
        let place = |kept: &Kept| format!("{}{}", kept.place, if kept.in_part { " (a part of a name)" } else { "" });
        let places: Vec<String> = receipt.kept.iter().map(place).collect();
        said.push(format!("Kept as they are: {}.", places.join(", ")));
    }
    if receipt.suppressed > 0 {
        said.push(format!("{} never written to again.", plural(receipt.suppressed, "address is", "addresses are")));
    }
    if !receipt.backups.is_empty() {
        said.push(format!("Written anew: {}.", receipt.backups.join(", ")));
    }
    said.extend(receipt.searched.clone());
    said.extend(receipt.out_of_reach.clone());
    said.extend(receipt.unfinished.clone());
    said.join(" ")
}

pub fn receipts(desk: &Desk) -> Result<Answer, Failure> {
    let value: Value = desk.call("erase.receipts", json!({}))?;
    let receipts: Vec<Receipt> = understood(value.clone())?;
    let today = today(desk)?;
    let lines: Vec<String> = receipts
        .iter()
        .map(|receipt| {
            let day = Now(receipt.at).day_in(chrono_tz::UTC).to_string();
            // What was nobody's whole row was taken out by itself, as an address is on its day.
            let whom = if receipt.people > 0 { format!("{}. ", people(receipt.people)) } else { String::new() };
            format!("{}: {whom}{}", long_day(&day, &today), told(receipt))
        })
        .collect();
    let words = if lines.is_empty() { "Nobody was erased from this file.".to_owned() } else { lines.join("\n") };
    Ok(Answer::new(words, value))
}

#[derive(Deserialize)]
struct Report {
    before: String,
    total: u64,
    people: Vec<Untouched>,
    addresses: Vec<PastItsDay>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PastItsDay {
    name: String,
    expired_on: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Untouched {
    person: Name,
    last_touch_on: Option<String>,
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

/// Erases what a window would have by now, and says what is left.
pub fn due(desk: &Desk, asked: &Retention) -> Result<Answer, Failure> {
    let value: Value = desk.call("erase.keep_up", json!({}))?;
    let done = match understood::<Option<Receipt>>(value)? {
        Some(receipt) => told(&receipt),
        None => "Nothing was erased.".to_owned(),
    };
    let left = retention(desk, asked)?;
    Ok(Answer { words: format!("{done}\n\n{}", left.words), ..left })
}

pub fn retention(desk: &Desk, asked: &Retention) -> Result<Answer, Failure> {
    let input = json!({ "months": asked.months, "offset": 0, "limit": asked.limit.clamp(1, 500) });
    let value: Value = desk.call("retention.report", input)?;
    let report: Report = understood(value.clone())?;
    let today = today(desk)?;
    let mut lines =
        vec![format!("{} without anything since before {}.", people(report.total), long_day(&report.before, &today))];
    lines.extend(report.people.iter().map(|one| match &one.last_touch_on {
        Some(day) => format!("  {}, last on {}", one.person.name, long_day(day, &today)),
        None => format!("  {}, never met", one.person.name),
    }));
    if !report.addresses.is_empty() {
        let past = plural(report.addresses.len() as u64, "postal address", "postal addresses");
        lines.push(format!(
            "{past} should be gone by now. Close other windows of this file, let an import end, then try `hallway-cli retention --erase-due`."
        ));
        lines.extend(
            report.addresses.iter().map(|one| format!("  {}, since {}", one.name, long_day(&one.expired_on, &today))),
        );
    }
    Ok(Answer::new(lines.join("\n"), value))
}
