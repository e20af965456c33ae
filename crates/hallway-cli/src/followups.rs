//! `today`, `done`, `snooze` and `followups`.
use crate::{
    arguments::{AddFollowUp, Done, FollowUps, FollowUpsCommand, Snooze, TodayOf},
    capture::locale,
    days::{ago, short_day},
    desk::{Answer, Desk, refused, understood},
    people::today as today_of,
    table::table,
    whom::whom,
};
use hallway_core::{Failure, Id, error::in_words, normal::fold, numbers::plural};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{fs, path::Path};

#[derive(Deserialize)]
struct Today {
    groups: Vec<Group>,
    more: u64,
    offer: Option<Offer>,
}

#[derive(Deserialize)]
struct Group {
    kind: String,
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    key: String,
    person: Option<Somebody>,
    text: String,
    due: Option<String>,
    snoozes: u32,
    context: Context,
    #[serde(rename = "move")]
    moved: Option<Moved>,
}

#[derive(Deserialize)]
struct Moved {
    because: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    last_said: Option<LastSaid>,
}

#[derive(Deserialize)]
struct LastSaid {
    on: String,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// Whom a row is about.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Somebody {
    name: String,
    left_alone: bool,
}

#[derive(Deserialize)]
struct Offer {
    kind: String,
    people: Vec<Named>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FollowUp {
    id: Id,
    text: String,
    person: Option<Named>,
    left_alone: bool,
    due: String,
    snoozes: u32,
}

#[derive(Deserialize)]
struct Rows {
    total: u64,
    rows: Vec<FollowUp>,
}

/// A day that was said in words, with the minute if one was said.
#[derive(Deserialize)]
struct When {
    day: String,
    at: Option<i64>,
}

/// Something one can settle or put off: what `today` shows, and whatever else is open.
struct Open {
    key: String,
    name: String,
    text: String,
}

pub fn today(desk: &Desk, asked: &TodayOf) -> Result<Answer, Failure> {
    let value: Value = desk.call("today.list", json!({ "all": asked.all }))?;
    let today: Today = understood(value.clone())?;
    let on = today_of(desk)?;
    let mut words = Vec::new();
    let mut n = 0;
    for group in &today.groups {
        let rows: Vec<[String; 5]> = group
            .items
            .iter()
            .map(|item| {
                n += 1;
                let name = item.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
                let due = item.due.as_deref().map(|due| when(due, item.snoozes, &on)).unwrap_or_default();
                let alone = item.person.as_ref().is_some_and(|person| person.left_alone);
                [n.to_string(), name, item.text.clone(), due, known(alone, said(item, &on))]
            })
            .collect();
        // A column of names may be empty, and would take its heading along.
        let rows = table([""; 5], &rows);
        words.push(format!("{}\n{}", heading(&group.kind), rows.trim_start_matches('\n')));
    }
    if today.more > 0 {
        words.push(format!("And {} more: `hallway-cli today --all`.", today.more));
    }
    if today.groups.is_empty() {
        words.push(nothing(today.offer.as_ref()));
    }
    Ok(Answer::new(words.join("\n"), value))
}

fn heading(kind: &str) -> &'static str {
    match kind {
        "promised" => "You promised",
        "waiting" => "They are waiting on you",
        "replied" => "Did they reply?",
        "moved" => "Moved",
        "dates" => "Dates",
        "losing_touch" => "Losing touch",
        _ => "Thank",
    }
}

fn nothing(offer: Option<&Offer>) -> String {
    let Some(offer) = offer else { return "Nothing is waiting.".to_owned() };
    let names: Vec<&str> = offer.people.iter().map(|person| person.name.as_str()).collect();
    match offer.kind.as_str() {
        "thank" => format!("Nothing is waiting. Nobody has thanked {} for helping others.", names.join(", ")),
        _ => format!("Nothing is waiting. You met {} and have not written since.", names.join(", ")),
    }
}

/// "due Mon 25 May, snoozed twice"
fn when(due: &str, snoozes: u32, today: &str) -> String {
    let day = match due.cmp(today) {
        std::cmp::Ordering::Equal => "due today".to_owned(),
        std::cmp::Ordering::Less => format!("was due {}", ago(due, today)),
        std::cmp::Ordering::Greater => format!("due {}", short_day(due, today)),
    };
    match snoozes {
        0 => day,
        1 => format!("{day}, snoozed once"),
        2 => format!("{day}, snoozed twice"),
        n => format!("{day}, snoozed {n} times"),
    }
}

/// What is to be known, first that somebody refuses whatever they could be reached by: what was promised is kept in person.
fn known(left_alone: bool, more: String) -> String {
    match (left_alone, more.is_empty()) {
        (false, _) => more,
        (true, true) => "asked not to be written to".to_owned(),
        (true, false) => format!("asked not to be written to; {more}"),
    }
}

/// What one needs to know for it: what showed the move, else what was said last.
fn said(item: &Item, today: &str) -> String {
    if let Some(moved) = item.moved.as_ref().filter(|moved| !moved.because.is_empty()) {
        return format!("because: {}", moved.because);
    }
    match &item.context.last_said {
        Some(LastSaid { on, note: Some(note) }) => format!("“{note}” ({})", ago(on, today)),
        _ => String::new(),
    }
}

pub fn done(desk: &Desk, said: &Done) -> Result<Answer, Failure> {
    let item = meant(desk, &said.item.join(" "))?;
    let id = id_in(&item.key)?;
    let (command, input) = match kind_in(&item.key) {
        "followup" => ("followups.done", json!({ "id": id, "note": said.note })),
        "answer" => ("touchpoints.answered", json!({ "id": id, "note": said.note })),
        "move" => ("journey.accept", json!({ "id": id })),
        "thank" => ("touchpoints.thanked", json!({ "touchpoint": id })),
        _ => {
            let sentence = format!("Write down what you talked about instead: `hallway-cli log \"{}\" …`.", item.name);
            return Err(refused("item", sentence));
        }
    };
    let value: Value = desk.call(command, input)?;
    Ok(Answer::new(format!("Done: {}.", item.words()), value))
}

pub fn snooze(desk: &Desk, said: &Snooze) -> Result<Answer, Failure> {
    let item = meant(desk, &said.item)?;
    let until = day(desk, &said.when.join(" "))?.day;
    let value: Value = match kind_in(&item.key) {
        "followup" => desk.call("followups.snooze", json!({ "id": id_in(&item.key)?, "until": until }))?,
        "move" => {
            return Err(refused(
                "item",
                "A move waits for your word. Accept it with `done`, or take it back in the window.",
            ));
        }
        _ => desk.call("today.set_aside", json!({ "key": item.key, "until": until }))?,
    };
    Ok(Answer::new(format!("Put off until {}: {}.", short_day(&until, &today_of(desk)?), item.words()), value))
}

pub fn followups(desk: &Desk, asked: &FollowUps) -> Result<Answer, Failure> {
    if let Some(FollowUpsCommand::Add(add)) = &asked.command {
        return self::add(desk, add);
    }
    if let Some(file) = &asked.ics {
        return calendar(desk, file.as_deref());
    }
    let on = today_of(desk)?;
    let value: Value = match &asked.person {
        Some(said) => {
            let mut rows: Vec<Value> = desk.call("followups.of", json!({ "person": whom(desk, said)?.id }))?;
            rows.retain(|row| row["status"] == "open");
            json!({ "total": rows.len(), "rows": rows })
        }
        None => desk.call("followups.list", json!({ "status": "open", "offset": 0, "limit": 500 }))?,
    };
    let open: Rows = understood(value.clone())?;
    let rows: Vec<[String; 4]> = open
        .rows
        .iter()
        .map(|row| {
            let name = row.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
            let due = when(&row.due, row.snoozes, &on);
            [name, row.text.clone(), due, known(row.left_alone, String::new())]
        })
        .collect();
    let mut words =
        if rows.is_empty() { "Nothing is open.".to_owned() } else { table(["Who", "What", "When", "To know"], &rows) };
    if open.total > rows.len() as u64 {
        words += &format!("The first {} of {}.", rows.len(), open.total);
    }
    Ok(Answer::new(words, value))
}

fn add(desk: &Desk, add: &AddFollowUp) -> Result<Answer, Failure> {
    let person = add.person.as_deref().map(|said| whom(desk, said)).transpose()?;
    let kind = add.kind.replace('-', "_");
    let due = day(desk, &add.due)?;
    let input = json!({ "kind": kind, "text": add.text, "person": person.map(|person| person.id), "due": due.day, "at": due.at });
    let value: Value = desk.call("followups.add", input)?;
    let added: FollowUp = understood(value.clone())?;
    let name = added.person.as_ref().map(|person| format!(" for {}", person.name)).unwrap_or_default();
    let words = format!("Noted: {}{name}, {}.", added.text, when(&added.due, 0, &today_of(desk)?));
    Ok(Answer::new(words, value))
}

/// The calendar, to a file or to whoever reads what is written here.
fn calendar(desk: &Desk, file: Option<&Path>) -> Result<Answer, Failure> {
    let value: Value = desk.call("followups.calendar", json!({}))?;
    let text = value["text"].as_str().unwrap_or_default().to_owned();
    let Some(file) = file.filter(|file| *file != Path::new("-")) else { return Ok(Answer::new(text, value)) };
    // Beside it first, so that a calendar program never reads half of one.
    let beside = file.with_extension("ics.part");
    fs::write(&beside, text)
        .and_then(|()| fs::rename(&beside, file))
        .map_err(|e| refused("file", format!("{} could not be written: {}", file.display(), in_words(&e))))?;
    let words = format!(
        "Wrote {} to {}.",
        plural(value["followups"].as_u64().unwrap_or(0), "follow-up", "follow-ups"),
        file.display()
    );
    Ok(Answer::new(words, value))
}

impl Open {
    fn words(&self) -> String {
        if self.name.is_empty() { self.text.clone() } else { format!("{}: {}", self.name, self.text) }
    }
}

/// The one item that is meant: by its number in `today`, by its key or id, or by words of it.
fn meant(desk: &Desk, said: &str) -> Result<Open, Failure> {
    let today: Today = desk.call("today.list", json!({ "all": true }))?;
    let short: Today = desk.call("today.list", json!({}))?;
    let open = |item: Item| Open {
        key: item.key,
        name: item.person.map(|person| person.name).unwrap_or_default(),
        text: item.text,
    };
    if let Ok(n) = said.trim().parse::<usize>() {
        let mut shown = short.groups.into_iter().flat_map(|group| group.items);
        return shown.nth(n.wrapping_sub(1)).map(open).ok_or_else(|| {
            refused("item", format!("`hallway-cli today` shows no number {n}. Name it by its words instead."))
        });
    }
    let mut known: Vec<Open> = today.groups.into_iter().flat_map(|group| group.items).map(open).collect();
    let rest: Rows = desk.call("followups.list", json!({ "status": "open", "offset": 0, "limit": 500 }))?;
    for row in rest.rows {
        let key = format!("followup:{}", row.id);
        if !known.iter().any(|item| item.key == key) {
            known.push(Open { key, name: row.person.map(|person| person.name).unwrap_or_default(), text: row.text });
        }
    }
    let folded = fold(said);
    let wanted: Vec<&str> = folded.split_whitespace().collect();
    let is_meant = |item: &Open| {
        let words = fold(&item.words());
        item.key == said
            || item.key.ends_with(&format!(":{said}"))
            || (!wanted.is_empty() && wanted.iter().all(|word| words.contains(word)))
    };
    let mut found: Vec<Open> = known.into_iter().filter(is_meant).collect();
    match found.len() {
        0 => Err(refused(
            "item",
            format!(
                "Nothing that is open says “{said}”. `hallway-cli today` and `hallway-cli followups` list what is."
            ),
        )),
        1 => Ok(found.remove(0)),
        n => {
            let names: Vec<String> = found.iter().take(5).map(Open::words).collect();
            Err(refused("item", format!("“{said}” could be {n} of them: {}. Write more of it.", names.join("; "))))
        }
    }
}

fn kind_in(key: &str) -> &str {
    key.split_once(':').map_or("", |(kind, _)| kind)
}

fn id_in(key: &str) -> Result<Id, Failure> {
    let id = key.split_once(':').and_then(|(_, id)| id.parse().ok());
    id.ok_or_else(|| refused("item", format!("“{key}” names nothing that can be settled.")))
}

/// A day as it is said: mon, 3d, 2w, 12 jun, eom, 2026-05-25. Nothing is the next business day.
fn day(desk: &Desk, said: &str) -> Result<When, Failure> {
    let when: Option<When> = desk.call("captures.when", json!({ "text": said.trim(), "locale": locale() }))?;
    when.ok_or_else(|| {
        refused("when", format!("“{said}” is no day. Say mon, tomorrow, 3d, 2w, 12 jun, eom or 2026-05-25."))
    })
}
