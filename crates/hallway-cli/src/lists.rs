//! `lists`: which lists there are.
use crate::{
    desk::{Answer, Desk, refused, understood},
    table::table,
};
use hallway_core::{
    Failure, Id,
    normal::fold,
    numbers::{people, plural},
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
pub struct List {
    id: Id,
    pub name: String,
    filter: Option<String>,
    note: Option<String>,
    count: Option<u64>,
    problem: Option<String>,
}

pub fn lists(desk: &Desk) -> Result<Answer, Failure> {
    let value: Value = desk.call("lists.list", json!({}))?;
    let lists: Vec<List> = understood(value.clone())?;
    if lists.is_empty() {
        return Ok(Answer::new(
            "There is no list yet. The window makes one of people you select, or of a filter.",
            value,
        ));
    }
    let rows: Vec<[String; 4]> = lists
        .iter()
        .map(|list| {
            let of = list
                .filter
                .as_deref()
                .map_or("chosen by hand", |filter| if filter.is_empty() { "everybody" } else { filter });
            [
                list.name.clone(),
                list.count.map_or("?".into(), people),
                of.to_owned(),
                list.note.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let mut words = table(["List", "People", "Of", "Note"], &rows);
    for list in &lists {
        if let Some(problem) = &list.problem {
            words += &format!("\n“{}” cannot be read: {problem}", list.name);
        }
    }
    words += &format!("\n{}.", plural(lists.len() as u64, "list", "lists"));
    Ok(Answer::new(words, value))
}

/// The filter that asks for a list, by the name that was typed.
///
/// # Errors
/// When there is none of that name: which there are.
pub fn filter(desk: &Desk, name: &str) -> Result<String, Failure> {
    let list = named(desk, name)?;
    let tree = json!({ "is": "field", "key": "list", "compare": "=", "values": [list.name] });
    let written: Value = desk.call("filter.write", json!({ "tree": tree }))?;
    understood(written["text"].clone())
}

/// The number of a list by its name.
///
/// # Errors
/// As [`filter`].
pub fn id(desk: &Desk, name: &str) -> Result<Id, Failure> {
    Ok(named(desk, name)?.id)
}

fn named(desk: &Desk, name: &str) -> Result<List, Failure> {
    let mut lists: Vec<List> = desk.call("lists.list", json!({}))?;
    let wanted = fold(name);
    let Some(at) = lists.iter().position(|list| fold(&list.name) == wanted) else {
        let names: Vec<String> = lists.iter().map(|list| format!("“{}”", list.name)).collect();
        let known =
            if names.is_empty() { "There is none yet.".to_owned() } else { format!("There are {}.", names.join(", ")) };
        return Err(refused("list", format!("There is no list “{}”. {known}", name.trim())));
    };
    Ok(lists.swap_remove(at))
}
