//! `doubles`, `merge`, `separate` and `not-the-same`.
use crate::{
    arguments::{Doubles, Merge, NotTheSame, Separate},
    desk::{Answer, Desk, refused, understood},
    explanation::stage_name,
    table::table,
    whom::{Somebody, whom},
};
use hallway_core::{
    Failure, Id,
    doubles::Hint,
    journey::engine::Stage,
    normal::fold,
    numbers::{count, plural},
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Suggestions {
    count: u64,
    doubles: Vec<Suggestion>,
}

#[derive(Deserialize)]
struct Suggestion {
    people: Vec<Somebody>,
    why: Vec<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    why: Hint,
    shared: Option<String>,
}

#[derive(Deserialize)]
struct Beside {
    sides: Vec<Side>,
    rows: Vec<Row>,
    stage: Option<Stage>,
}

#[derive(Deserialize)]
struct Side {
    name: String,
}

#[derive(Deserialize)]
struct Row {
    label: String,
    whole: Vec<String>,
    differs: bool,
    sides: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct Page {
    person: Person,
    also: Vec<Somebody>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    id: Id,
    display_name: String,
}

pub fn list(desk: &Desk, doubles: &Doubles) -> Result<Answer, Failure> {
    let value: Value = desk.call("doubles.list", json!({ "offset": 0, "limit": doubles.limit }))?;
    let found: Suggestions = understood(value.clone())?;
    if found.count == 0 {
        return Ok(Answer::new("Nobody looks like somebody else here.", value));
    }
    let mut lines = Vec::new();
    for double in &found.doubles {
        let reasons: Vec<String> = double.why.iter().map(Reason::words).collect();
        lines.push(double.people.iter().map(named).collect::<Vec<_>>().join(" · "));
        lines.push(format!("  {}", reasons.join(", ")));
        let ids: Vec<String> = double.people.iter().map(|person| person.id.to_string()).collect();
        lines.push(format!("  hallway-cli merge {}", ids.join(" ")));
    }
    let shown = found.doubles.len() as u64;
    lines.push(if shown < found.count {
        format!("The first {} of {}. Ask for more with --limit.", count(shown), count(found.count))
    } else {
        format!("{} may be one person.", plural(found.count, "pair or group", "pairs or groups"))
    });
    Ok(Answer::new(lines.join("\n"), value))
}

pub fn merge(desk: &Desk, merge: &Merge) -> Result<Answer, Failure> {
    let ids = ids(desk, &merge.whom)?;
    let (value, beside): (Value, Beside) = {
        let value: Value = desk.call("doubles.beside", json!({ "ids": ids }))?;
        (value.clone(), understood(value)?)
    };
    if merge.dry_run {
        let rows: Vec<[String; 3]> = beside
            .rows
            .iter()
            .map(|row| {
                let mut others: Vec<&str> = row.sides.iter().flatten().map(String::as_str).collect();
                others.retain(|text| !row.whole.iter().any(|shown| shown == text));
                [row.label.clone(), row.whole.join(", "), if row.differs { others.join(", ") } else { String::new() }]
            })
            .collect();
        let names: Vec<&str> = beside.sides.iter().map(|side| side.name.as_str()).collect();
        let words = format!(
            "{} as one person:\n{}Stage: {}\nNothing was changed.",
            names.join(" and "),
            table(["", "Shown", "Kept, not shown"], &rows),
            stage_name(beside.stage)
        );
        return Ok(Answer::new(words, value));
    }
    let value: Value = desk.call("doubles.merge", json!({ "ids": ids }))?;
    let into = value["name"].as_str().unwrap_or_default();
    let others: Vec<&str> = beside.sides[1..].iter().map(|side| side.name.as_str()).collect();
    Ok(Answer::new(format!("Merged {} into {into}. `undo` takes it back.", others.join(" and ")), value))
}

pub fn separate(desk: &Desk, separate: &Separate) -> Result<Answer, Failure> {
    let somebody = whom(desk, &separate.whom)?;
    let page: Page = desk.call("people.page", json!({ "id": somebody.id }))?;
    let row = which(&separate.whom, &page)?;
    let value: Value = desk.call("doubles.separate", json!({ "id": row.id }))?;
    Ok(Answer::new(format!("Separated {} from {}. `undo` takes it back.", row.name, page.person.display_name), value))
}

pub fn not_the_same(desk: &Desk, said: &NotTheSame) -> Result<Answer, Failure> {
    let ids = ids(desk, &said.whom)?;
    let command = if said.take_back { "doubles.no_longer_apart" } else { "doubles.tell_apart" };
    let value: Value = desk.call(command, json!({ "ids": ids }))?;
    let words = match (said.take_back, value["pairs"].as_u64()) {
        (true, _) => "They may be suggested as one person again.",
        (false, Some(0)) => "That was known already.",
        (false, _) => "Remembered: they are not the same. They are not suggested again.",
    };
    Ok(Answer::new(words, value))
}

fn ids(desk: &Desk, said: &[String]) -> Result<Vec<Id>, Failure> {
    said.iter().map(|said| whom(desk, said).map(|somebody| somebody.id)).collect()
}

/// The row that is meant: the one named, or the only one there is.
fn which<'a>(said: &str, page: &'a Page) -> Result<&'a Somebody, Failure> {
    let id = said.parse::<Id>().ok().filter(|id| *id != page.person.id);
    let meant: Vec<&Somebody> =
        page.also.iter().filter(|row| Some(row.id) == id || fold(&row.name) == fold(said)).collect();
    match (&meant[..], &page.also[..]) {
        ([row], _) => Ok(row),
        ([], [row]) => Ok(row),
        (_, []) => Err(refused("whom", format!("Nobody is merged into {}.", page.person.display_name))),
        (_, several) => {
            let rows: Vec<String> = several.iter().map(|row| format!("{} {}", row.name, row.id)).collect();
            Err(refused(
                "whom",
                format!("{} is several rows. Name one: {}.", page.person.display_name, rows.join(", ")),
            ))
        }
    }
}

fn named(person: &Somebody) -> String {
    match &person.organisation {
        Some(organisation) => format!("{} ({organisation})", person.name),
        None => person.name.clone(),
    }
}

impl Reason {
    fn words(&self) -> String {
        let word = match self.why {
            Hint::Address => "same e-mail address",
            Hint::Handle => "same handle",
            Hint::Phone => "same phone number",
            Hint::SameName => "same name",
            Hint::NameWithin => "one name is part of the other",
            Hint::AlikeName => "names spelled alike",
            Hint::Organisation => "same organisation",
            Hint::City => "same city",
        };
        match &self.shared {
            Some(shared) => format!("{word} {shared}"),
            None => word.to_owned(),
        }
    }
}
