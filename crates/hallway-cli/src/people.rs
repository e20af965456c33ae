//! `list` and `add`.
use crate::{
    arguments::{Add, List, Which},
    days::short_day,
    desk::{Answer, Desk, refused, understood},
    explanation::stage_name,
    lists,
    table::table,
};
use chrono_tz::Tz;
use hallway_core::{
    Failure, countries,
    filter::{Compare, Tree},
    journey::engine::{Confidence, Stage},
    normal::fold,
    numbers::{count, people},
    time,
};
use serde::Deserialize;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthChar;

/// As many rows as the core hands out at once.
const WINDOW: u32 = 500;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    name: String,
    organisation: Option<String>,
    country: Option<String>,
    city: Option<String>,
    stage: Option<Stage>,
    confidence: Confidence,
    stage_is_new: bool,
    last_touch_on: Option<String>,
    tags: Vec<String>,
}

#[derive(Deserialize)]
struct Tag {
    name: String,
    kind: String,
}

pub const COLUMNS: [&str; 6] = ["Name", "Organisation", "Place", "Stage", "Last touch", "Tags"];

pub fn list(desk: &Desk, list: List) -> Result<Answer, Failure> {
    let query = query(desk, &list.which)?;
    let mut answer = json!({ "count": 0, "total": 0, "rows": [] });
    let mut rows: Vec<Value> = Vec::new();
    loop {
        let wanted = (list.limit - rows.len() as u32).min(WINDOW);
        let mut window: Value =
            desk.call("people.list", json!({ "query": query, "offset": rows.len(), "limit": wanted }))?;
        let more: Vec<Value> = understood(window["rows"].take())?;
        let last = more.len() < wanted as usize;
        rows.extend(more);
        answer = window;
        if last || rows.len() as u32 >= list.limit {
            break;
        }
    }
    let matched = answer["count"].as_u64().unwrap_or(0);
    let total = answer["total"].as_u64().unwrap_or(0);
    let shown: Vec<Row> = rows.iter().map(|row| understood(row.clone())).collect::<Result<_, _>>()?;
    let today = today(desk)?;
    let cells: Vec<[String; 6]> = shown.iter().map(|row| cells(row, &today)).collect();
    let mut words = if cells.is_empty() { String::new() } else { table(COLUMNS, &cells) + "\n" };
    words += &match (matched, total) {
        (0, 0) => "Nobody is here yet. `import` brings people in, `add` writes one down.".to_owned(),
        (0, _) => format!("Nobody matches, of {}.{}", people(total), remarks(desk, &query)?),
        _ if (shown.len() as u64) < matched => {
            format!("The first {} of {}. Ask for more with --limit.", count(shown.len() as u64), people(matched))
        }
        _ if matched == total => format!("{}.", people(total)),
        _ => format!("{} of {}.", count(matched), people(total)),
    };
    answer["rows"] = rows.into();
    Ok(Answer::new(words, answer))
}

/// What of the filters nothing here is called, each on a line.
fn remarks(desk: &Desk, query: &Value) -> Result<String, Failure> {
    let filter = &query["filter"];
    let texts = std::iter::once(&filter["text"]).chain(filter["also"].as_array().into_iter().flatten());
    let mut lines = String::new();
    for text in texts {
        let reading: Value = desk.call("filter.read", json!({ "text": text }))?;
        if let Some(remark) = reading["remark"].as_str() {
            lines += &format!("\n{remark}");
        }
    }
    Ok(lines)
}

pub fn add(desk: &Desk, add: Add) -> Result<Answer, Failure> {
    let input =
        json!({ "displayName": add.name, "organisation": add.organisation, "city": add.city, "country": add.country });
    let person: Value = desk.call("people.create", input)?;
    Ok(Answer::new(format!("Added {}.", person["displayName"].as_str().unwrap_or_default()), person))
}

/// The core's query for what was typed: the words, and all that must hold beside them.
///
/// # Errors
/// When one of them cannot be read: the line, the word in it that is meant, and why.
pub fn query(desk: &Desk, which: &Which) -> Result<Value, Failure> {
    let words = which.text.join(" ");
    let known: Vec<Tag> = if which.tags.is_empty() { vec![] } else { desk.call("tags.list", json!({}))? };
    let mut also = which.filters.clone();
    for name in &which.lists {
        also.push(lists::filter(desk, name)?);
    }
    if !which.stages.is_empty() {
        also.push(is("stage", &which.stages));
    }
    for name in &which.tags {
        also.push(tag(&known, name)?);
    }
    also.extend(last_touch(&which.last));
    for text in std::iter::once(&words).chain(&also) {
        read(desk, text)?;
    }
    Ok(json!({ "filter": { "text": words, "also": also }, "sort": which.sort, "descending": which.desc }))
}

/// A field that is one of these values, as a filter.
fn is(key: &str, values: &[&str]) -> String {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Tree::Field { key: key.to_owned(), compare: Compare::Is, values }.written()
}

/// What `--last` says, as a filter; nothing when any day will do.
fn last_touch(word: &str) -> Option<String> {
    match (word.strip_prefix("within"), word.strip_prefix("over")) {
        (Some(days), _) => Some(format!("last:{days}d")),
        (_, Some(days)) => Some(format!("last:>{days}d")),
        _ => (word == "never").then(|| "last:never".to_owned()),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    key: String,
    label: String,
    of_entries: bool,
    aliases: Vec<String>,
    examples: Vec<String>,
}

/// The table of what a filter can ask for.
pub fn fields(desk: &Desk) -> Result<Answer, Failure> {
    let value: Value = desk.call("filter.fields", json!({}))?;
    let fields: Vec<Field> = understood(value.clone())?;
    let rows = |of_entries: bool| {
        let rows: Vec<[String; 4]> = fields
            .iter()
            .filter(|field| field.of_entries == of_entries)
            .map(|field| {
                let also = field.aliases.first().map(|alias| format!("{alias}:")).unwrap_or_default();
                let example = field.examples.first().cloned().unwrap_or_default();
                [format!("{}:", field.key), also, field.label.clone(), example]
            })
            .collect();
        table(["Field", "Also", "What it asks", "Example"], &rows)
    };
    let words = format!(
        "Words are looked for as they stand. Conditions are joined by and, which may be left out, by or, and by ( ); - or not denies one.\n\n{}\n\
         Of what happened, between the brackets of touch(…), or of count(…):>=2:\n\n{}",
        rows(false),
        rows(true)
    );
    Ok(Answer::new(words, value))
}

/// Makes sure that a filter can be read by itself.
fn read(desk: &Desk, text: &str) -> Result<(), Failure> {
    if text.is_empty() {
        return Ok(());
    }
    let read: Reading = desk.call("filter.read", json!({ "text": text }))?;
    match read.error {
        None => Ok(()),
        Some(fault) => Err(refused("filter", format!("{}\n{}", pointed(text, fault.from, fault.to), fault.message))),
    }
}

#[derive(Deserialize)]
struct Reading {
    error: Option<Fault>,
}

/// Why a filter cannot be read; places in UTF-16 units.
#[derive(Deserialize)]
struct Fault {
    message: String,
    from: usize,
    to: usize,
}

/// As many letters of a filter as are shown before and behind where it is wrong.
const AROUND: usize = 60;

/// A line with carets under the words from one place to another, however wide its letters are; of a long one what stands
/// around them.
fn pointed(text: &str, from: usize, to: usize) -> String {
    let letters: Vec<char> = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    // Places are told in UTF-16 units.
    let nth = |place: usize| {
        let mut at = 0;
        letters.iter().position(|letter| {
            at += letter.len_utf16();
            at > place
        })
    };
    let from = nth(from).unwrap_or(letters.len());
    let to = nth(to).unwrap_or(letters.len()).max(from);
    let begin = from.saturating_sub(AROUND);
    let end = letters.len().min(to.min(from + AROUND) + AROUND);
    let wide = |part: &[char]| part.iter().map(|letter| letter.width().unwrap_or(0)).sum::<usize>();
    let (cut_before, cut_behind) = (if begin > 0 { "…" } else { "" }, if end < letters.len() { "…" } else { "" });
    let line: String = letters[begin..end].iter().collect();
    format!(
        "{cut_before}{line}{cut_behind}\n{}{}",
        " ".repeat(cut_before.chars().count() + wide(&letters[begin..from])),
        "^".repeat(wide(&letters[from..to.min(end)]).max(1))
    )
}

/// The civil day of the workspace.
pub fn today(desk: &Desk) -> Result<String, Failure> {
    let info: Value = desk.call("workspace.info", json!({}))?;
    understood(info["today"].clone())
}

/// The zone whose clock the workspace keeps.
pub fn zone(desk: &Desk) -> Result<Tz, Failure> {
    let info: Value = desk.call("workspace.info", json!({}))?;
    time::zone("zone", info["zone"].as_str().unwrap_or_default()).map_err(|e| Failure::from(&e))
}

/// "Pune, India": the name of a country that is stored by its code.
pub fn place(city: Option<&str>, country: Option<&str>) -> String {
    [city, country.map(|code| countries::name_of(code).unwrap_or(code))]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// One person as a line of a table.
pub fn cells(row: &Row, today: &str) -> [String; 6] {
    let mut stage = row.stage.map_or(String::new(), |stage| stage_name(Some(stage)).to_owned());
    match row.confidence {
        Confidence::Fading => stage += ", fading",
        Confidence::Stale => stage += ", stale",
        Confidence::Confirmed | Confidence::Unplaced => {}
    }
    if row.stage_is_new {
        stage += " (new)";
    }
    [
        row.name.clone(),
        row.organisation.clone().unwrap_or_default(),
        place(row.city.as_deref(), row.country.as_deref()),
        stage,
        row.last_touch_on.as_deref().map(|day| short_day(day, today)).unwrap_or_default(),
        row.tags.join(", "),
    ]
}

/// The filter for `Rust`, or for `stack:Rust` where a topic is called the same.
fn tag(known: &[Tag], name: &str) -> Result<String, Failure> {
    let (kind, wanted) = match name.split_once(':') {
        Some((kind @ ("topic" | "stack"), name)) => (Some(kind), fold(name)),
        _ => (None, fold(name)),
    };
    let found: Vec<&Tag> =
        known.iter().filter(|tag| fold(&tag.name) == wanted && kind.is_none_or(|kind| tag.kind == kind)).collect();
    match &found[..] {
        [tag] => Ok(is(&tag.kind, &[&tag.name])),
        [] => Err(refused("tag", format!("Nobody carries a tag “{name}”."))),
        _ => Err(refused(
            "tag",
            format!("“{name}” is a topic and something people work with. Write topic:{name} or stack:{name}."),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<Tag> {
        let tag = |name: &str, kind: &str| Tag { name: name.into(), kind: kind.into() };
        vec![tag("Rust", "stack"), tag("rust", "topic"), tag("Łódź meetup", "topic")]
    }

    #[test]
    fn a_tag_is_known_by_its_name_however_it_is_written() {
        assert_eq!(tag(&known(), "łódź MEETUP").ok().as_deref(), Some("topic:\"Łódź meetup\""));
        assert_eq!(tag(&known(), "stack:rust").ok().as_deref(), Some("stack:Rust"));
    }

    #[test]
    fn a_caret_stands_under_the_word_however_wide_the_letters_before_it_are() {
        assert_eq!(pointed("東京 stgae:x", 3, 8), "東京 stgae:x\n     ^^^^^");
        assert_eq!(pointed("a or", 2, 4), "a or\n  ^^");
        assert_eq!(pointed("stage:", 6, 6), "stage:\n      ^");
    }

    #[test]
    fn a_name_of_two_tags_is_asked_back() {
        let failure = tag(&known(), "Rust").unwrap_err();
        assert!(failure.message.ends_with("Write topic:Rust or stack:Rust."), "{}", failure.message);
        assert_eq!(tag(&known(), "Zig").unwrap_err().message, "Nobody carries a tag “Zig”.");
    }
}
