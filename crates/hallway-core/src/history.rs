//! What was done, in words, and how it is taken back.
mod detail;

use crate::{
    doubles,
    error::{Error, Result},
    followups,
    id::Id,
    imports, journey,
    numbers::{self, people},
    record::{Concerns, Life},
    rpc::{Empty, phrase},
    store::{Settled, Tx},
    touchpoints, trust,
};
pub(crate) use detail::spelled;
pub use detail::{ChangeLine, Detail, DetailOf, detail};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One user action, in words: "Edited Priya Nair", "Imported 412 people from meetup.csv".
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OperationLine {
    #[ts(type = "number")]
    pub id: i64,
    pub command: String,
    pub label: String,
    pub at: i64,
    pub undone: bool,
    /// It stands, and can be taken back.
    pub can_take_back: bool,
}

/// What was taken back or brought back, and what of it could not be seen: sentences.
#[derive(Debug, Serialize, TS)]
pub struct Undone {
    pub label: String,
    pub notes: Vec<String>,
}

#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Recent {
    pub limit: u32,
    /// Only operations before this one: where the last page ended.
    #[ts(optional, type = "number")]
    pub before: Option<i64>,
    /// Only those that touched this person.
    pub person: Option<Id>,
}

pub fn undo(tx: &mut Tx, _: Empty) -> Result<Undone> {
    let Some(operation) = tx.newest_standing()? else { return Err(Error::Nothing("take back")) };
    taken_back(tx, operation)
}

#[derive(Debug, Deserialize, TS)]
pub struct TakeBack {
    #[ts(type = "number")]
    pub operation: i64,
}

/// Takes back one operation, whichever it is.
///
/// # Errors
/// `not_found` when it is taken back already, or cannot be.
pub fn take_back(tx: &mut Tx, input: TakeBack) -> Result<Undone> {
    if tx.scalar::<i64>("SELECT 1 FROM operations WHERE id = ?1", [input.operation])?.is_none() {
        return Err(Error::NotFound("operation"));
    }
    taken_back(tx, input.operation)
}

pub(crate) fn taken_back(tx: &mut Tx, operation: i64) -> Result<Undone> {
    let label = line(tx, operation)?.label;
    let brought = trust::Brought::by(tx, operation)?;
    let settled = tx.take_back(operation)?;
    journey::void(tx, operation)?;
    rules_of_everybody(tx)?;
    let mut undone = undone(tx, label, &settled, brought)?;
    undone.notes.extend(trust::stays_listed(tx, operation)?);
    Ok(undone)
}

pub fn redo(tx: &mut Tx, _: Empty) -> Result<Undone> {
    let Some(operation) = tx.newest_undone()? else { return Err(Error::Nothing("bring back")) };
    let brought = trust::Brought::by(tx, operation)?;
    let settled = tx.bring_back(operation)?;
    journey::unvoid(tx, operation)?;
    rules_of_everybody(tx)?;
    let label = line(tx, operation)?.label;
    undone(tx, label, &settled, brought)
}

/// After other rules of the journey, or another zone, everybody's state is made anew.
pub(crate) fn rules_of_everybody(tx: &mut Tx) -> Result<()> {
    if tx.has_changed("journey_configs") || tx.has_changed("settings") {
        tx.forget_cached();
        crate::people::state::concern_everybody(tx)?;
    }
    Ok(())
}

fn undone(tx: &mut Tx, label: String, settled: &Settled, brought: trust::Brought) -> Result<Undone> {
    let mut notes = notes(tx, settled)?;
    notes.extend(touchpoints::keep_somebody(tx, settled.operation)?);
    notes.extend(brought.keep_noes(tx)?);
    Ok(Undone { label, notes })
}

/// The operations that ended last, newest first: what went on for a while stands after what was done meanwhile.
pub fn recent(tx: &Tx, input: Recent) -> Result<Vec<OperationLine>> {
    let limit = input.limit.min(500);
    let place =
        input.before.map(|id| tx.scalar::<i64>("SELECT coalesce(ended, id) FROM operations WHERE id = ?1", [id]));
    // Of two that ended beside each other, the one that began first was done last.
    let (ended, id) = (place.transpose()?.flatten().unwrap_or(i64::MAX), input.before.unwrap_or(i64::MIN));
    let operations: Vec<i64> = match input.person {
        None => tx.column(
            &format!("SELECT id FROM operations WHERE {BEFORE}"),
            rusqlite::named_params! { ":ended": ended, ":id": id, ":limit": limit },
        )?,
        Some(person) => tx.column(
            &touching(tx),
            rusqlite::named_params! { ":person": person, ":ended": ended, ":id": id, ":limit": limit },
        )?,
    };
    operations.into_iter().map(|op| line(tx, op)).collect()
}

/// A page of operations after one that ended at a place.
const BEFORE: &str = "coalesce(ended, id) <= :ended AND (coalesce(ended, id) < :ended OR id > :id)
    ORDER BY coalesce(ended, id) DESC, id LIMIT :limit";

/// Every row that is the same person as this one.
const THEIRS: &str = "(SELECT id FROM people WHERE root = (SELECT root FROM people WHERE id = :person))";

/// The operations that made, wrote over or took out a row about one person. Of an address that ran out no row and no line is
/// left, but the operation says whose it was.
fn touching(tx: &Tx) -> String {
    let made = tx.store().tables().iter().filter(|table| table.life != Life::Entry).filter_map(|table| {
        let column = match table.concerns {
            Concerns::Itself => "id",
            Concerns::Column(column) => column,
            Concerns::Query(_) | Concerns::Nobody => return None,
        };
        Some(format!(" UNION SELECT created_op FROM {} WHERE {column} IN {THEIRS}", table.name))
    });
    format!(
        "SELECT id FROM operations WHERE id IN (SELECT c.operation FROM change_people p JOIN changes c ON c.id = p.change WHERE p.person IN {THEIRS}{}
           UNION SELECT id FROM operations WHERE command = 'postal_addresses.run_out' AND subject IN {THEIRS})
         AND {BEFORE}",
        made.collect::<String>()
    )
}

/// One operation in words. The names are looked up now, so that an erased person leaves none behind.
pub fn line(tx: &Tx, operation: i64) -> Result<OperationLine> {
    type Row = (String, i64, bool, Option<String>, Option<Id>, Option<i64>, Option<String>, bool);
    let (command, at, undone, table, subject, count, note, undoable): Row = tx.sql().query_row(
        "SELECT command, coalesce(ended_at, at), undone_at IS NOT NULL, subject_tbl, subject, count, note, undoable FROM operations WHERE id = ?1",
        [operation],
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?, r.get(7)?)),
    )?;
    let subject = match (table.as_deref(), subject) {
        (Some("people"), Some(id)) => tx.scalar::<String>("SELECT display_name FROM people WHERE id = ?1", [id])?,
        (Some("imports"), Some(id)) => imports::whom(tx, id)?,
        (Some("followups"), Some(id)) => followups::whom(tx, id)?,
        (Some("touchpoints"), Some(id)) => touchpoints::whom(tx, id)?,
        (Some("tags"), Some(id)) => tx.scalar("SELECT '“' || name || '”' FROM tags WHERE id = ?1", [id])?,
        (Some("lists"), Some(id)) => tx.scalar("SELECT '“' || name || '”' FROM lists WHERE id = ?1", [id])?,
        (Some("views"), Some(id)) => tx.scalar("SELECT '“' || name || '”' FROM views WHERE id = ?1", [id])?,
        _ => None,
    };
    let merged = if command.starts_with("doubles.") { doubles::whom(tx, operation)? } else { None };
    let who = match (merged.or(subject), count) {
        (Some(whom), _) if command.starts_with("doubles.") => whom,
        (Some(whom), _) if matches!(table.as_deref(), Some("imports" | "lists")) => whom,
        (Some(name), Some(n)) if n > 2 => format!("{name} and {} others", numbers::count(n as u64 - 1)),
        (Some(name), Some(2)) => format!("{name} and one other"),
        (Some(name), _) => name,
        (None, Some(n)) if n > 1 => people(n as u64),
        (None, _) => "somebody".to_owned(),
    };
    let said = if command == "people.edit" { about_contact(tx, operation)? } else { None };
    let label = said
        .or_else(|| phrase(&command))
        .unwrap_or(&command)
        .replace("{who}", &who)
        .replace("{people}", &people(count.unwrap_or(0) as u64))
        .replace("{n}", &numbers::count(count.unwrap_or(0) as u64))
        .replace("{when}", note.as_deref().unwrap_or("an earlier day"))
        .replace("{note}", &note.map_or_else(|| "a file".to_owned(), |n| format!("“{n}”")));
    Ok(OperationLine { id: operation, command, label, at, undone, can_take_back: undoable && !undone })
}

/// What an edit is called that says nothing else than whether one may write to somebody.
fn about_contact(tx: &Tx, operation: i64) -> Result<Option<&'static str>> {
    const SAID: &str = "SELECT max(json_extract(new, '$.do_not_contact')) FROM changes c WHERE operation = ?1 AND op = 'update'
        HAVING count(json_extract(new, '$.do_not_contact')) = count(*) AND NOT EXISTS (
          SELECT 1 FROM changes o, json_each(o.new) j WHERE o.operation = ?1 AND j.key NOT IN ('do_not_contact', 'do_not_contact_reason'))";
    Ok(tx.scalar::<Option<bool>>(SAID, [operation])?.flatten().map(|nobody| match nobody {
        true => "Said that nobody is to write to {who}",
        false => "Said that one may write to {who} again",
    }))
}

/// Notes on the operation of this write what its sentence says, where it is about no row.
pub(crate) fn note(tx: &mut Tx, note: &str) -> Result<()> {
    let operation = tx.operation()?;
    tx.sql().execute("UPDATE operations SET note = ?2 WHERE id = ?1", (operation, note))?;
    tx.mark_changed("operations");
    Ok(())
}

pub(crate) fn notes(tx: &Tx, settled: &Settled) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    if !settled.overwritten.is_empty() {
        let fields: Vec<String> =
            settled.overwritten.iter().map(|(_, column)| column.trim_end_matches("_id").replace('_', " ")).collect();
        notes.push(format!("Changed again since, so it stays as it is: {}.", fields.join(", ")));
    }
    let mut names = Vec::new();
    for id in settled.stayed.iter().take(20) {
        names.extend(tx.scalar::<String>(
            "SELECT display_name FROM people WHERE id = ?1 UNION ALL SELECT '“' || name || '”' FROM lists WHERE id = ?1",
            [id],
        )?);
    }
    if !names.is_empty() {
        let more = settled.stayed.len() - names.len();
        let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
        notes.push(format!(
            "Kept, without the rest that came with it, because something was added to them since: {}{tail}.",
            names.join(", ")
        ));
    }
    Ok(notes)
}

#[cfg(test)]
mod tests {
    use crate::testing::Desk;
    use serde_json::{Value, json};

    #[test]
    fn the_history_of_one_person_and_of_the_file_page_by_page() {
        let desk = Desk::new();
        let (ada, bo) = (desk.person("Ada"), desk.person("Bo"));
        desk.call("people.edit", json!({ "id": ada, "city": "Lagos", "organisation": "Globex" }));
        desk.call("people.edit", json!({ "id": bo, "city": "Pune" }));
        desk.log(&ada, "conversation_online", "2026-05-20");
        desk.call("people.edit", json!({ "id": ada, "city": "Accra", "doNotContact": true }));
        let lines = |input: Value| -> Vec<Value> { desk.call("history.recent", input).as_array().unwrap().clone() };
        let labels =
            |lines: &[Value]| lines.iter().map(|line| line["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let hers = lines(json!({ "limit": 9, "person": ada }));
        assert_eq!(labels(&hers), ["Edited Ada", "Logged what happened with Ada", "Edited Ada", "Added Ada"]);
        let first = lines(json!({ "limit": 2, "person": ada }));
        let second = lines(json!({ "limit": 9, "person": ada, "before": first[1]["id"] }));
        assert_eq!(labels(&second), ["Edited Ada", "Added Ada"]);
        let detail = desk.call("history.detail", json!({ "operation": first[0]["id"] }));
        assert_eq!(
            detail["changes"],
            json!([
                { "subject": "Ada", "field": "city", "before": "Lagos", "after": "Accra" },
                { "subject": "Ada", "field": "do not contact", "before": "no", "after": "yes" }
            ])
        );
        let detail = desk.call("history.detail", json!({ "operation": second[0]["id"] }));
        assert_eq!(
            detail["changes"][1],
            json!({ "subject": "Ada", "field": "organisation", "before": null, "after": "Globex" })
        );
        assert_eq!(detail["made"], json!([["organisation", 1]]));
        desk.call("history.take_back", json!({ "operation": first[1]["id"] }));
        let again = lines(json!({ "limit": 9, "person": ada }));
        assert_eq!((&again[1]["undone"], &again[1]["canTakeBack"]), (&json!(true), &json!(false)));
    }

    /// The newest operation: what it is called and what it did.
    fn newest(desk: &Desk) -> (String, Value) {
        let line = desk.call("history.recent", json!({ "limit": 1 }))[0].clone();
        let detail = desk.call("history.detail", json!({ "operation": line["id"] }));
        (line["label"].as_str().unwrap().to_owned(), detail)
    }

    #[test]
    fn a_tag_a_list_and_a_file_are_called_by_their_names() {
        let desk = Desk::new();
        let (ada, bo) = (desk.person("Ada"), desk.person("Bo"));
        let tag = desk.call("tags.add", json!({ "people": [ada, bo], "name": "rust", "kind": "stack" }));
        let line = |subject: &str, field: &str, before: Value, after: Value| json!({ "subject": subject, "field": field, "before": before, "after": after });
        let (label, detail) = newest(&desk);
        assert_eq!(label, "Tagged Ada and one other");
        let tagged = |who: &str| line(who, "tag", Value::Null, json!("rust"));
        assert_eq!(detail, json!({ "changes": [tagged("Ada"), tagged("Bo")], "made": [["tag", 1]] }));
        desk.call("tags.remove", json!({ "person": ada, "tag": tag["id"] }));
        assert_eq!(newest(&desk).1["changes"], json!([line("Ada", "tag", json!("rust"), Value::Null)]));
        let list = desk.call("lists.create", json!({ "name": "Speakers" }));
        desk.call("lists.add", json!({ "list": list["id"], "people": [bo] }));
        let (label, detail) = newest(&desk);
        assert_eq!(label, "Put 1 person on the list “Speakers”");
        assert_eq!(detail["changes"], json!([line("Bo", "list", Value::Null, json!("Speakers"))]));
        desk.call("lists.remove", json!({ "list": list["id"], "people": [bo] }));
        assert_eq!(newest(&desk).1["changes"], json!([line("Bo", "list", json!("Speakers"), Value::Null)]));
        desk.call("history.undo", json!({}));
        let file = desk.store.grant(desk.path("june.csv"), crate::Access::Write);
        let whom = json!({ "list": list["id"] });
        desk.call(
            "exports.write",
            json!({ "whom": whom, "purpose": "for_myself", "channel": "email", "template": "csv", "file": file }),
        );
        let detail = newest(&desk).1;
        assert_eq!(detail["changes"], json!([line("“june.csv”", "for", Value::Null, json!("yourself"))]));
        assert_eq!(detail["made"], json!([]));
    }

    #[test]
    fn of_more_than_fit_it_is_said_how_many_there_are() {
        let desk = Desk::new();
        let people: Vec<String> = (0..201).map(|n| desk.person(&format!("Nr {n}"))).collect();
        desk.call("tags.add", json!({ "people": people, "name": "rust", "kind": "stack" }));
        let detail = newest(&desk).1;
        assert_eq!(detail["changes"].as_array().unwrap().len(), 200);
        assert_eq!(detail["made"], json!([["tag", 1], ["tag on somebody", 201]]));
    }

    #[test]
    fn a_word_out_of_a_list_is_said_as_people_say_it() {
        let desk = Desk::new();
        let ada = desk.person("Ada");
        let point = json!({ "person": ada, "kind": "email", "value": "a@x.example", "source": "they_gave_it" });
        let point = desk.call("contact_points.add", point)["id"].clone();
        desk.call("contact_points.edit", json!({ "id": point, "status": "opted_out", "source": "list_signup" }));
        let changes = newest(&desk).1["changes"].clone();
        let said = |field: &str| {
            let line = changes.as_array().unwrap().iter().find(|line| line["field"] == field);
            line.map(|line| (line["before"].clone(), line["after"].clone()))
                .unwrap_or_else(|| panic!("{field}: {changes}"))
        };
        assert_eq!(said("status"), (json!("works"), json!("opted out")));
        assert_eq!(said("source"), (json!("They gave it to you"), json!("Signed up for a list")));
    }

    #[test]
    fn what_is_promised_stands_in_one_pair_of_quotes() {
        let desk = Desk::new();
        let ada = desk.person("Ada");
        for (text, label) in
            [("send the guide", "Noted “send the guide” for Ada"), ("“Your post”", "Noted “Your post” for Ada")]
        {
            desk.call("followups.add", json!({ "person": ada, "text": text, "due": "2026-05-22", "kind": "promise" }));
            assert_eq!(newest(&desk).0, label);
        }
    }

    #[test]
    fn that_nobody_is_to_write_to_somebody_is_called_so() {
        let desk = Desk::new();
        let ada = desk.person("Ada");
        let edit = |what: Value| {
            let mut input = json!({ "id": ada });
            input.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
            desk.call("people.edit", input);
            newest(&desk).0
        };
        let reason = json!({ "doNotContact": true, "doNotContactReason": "Asked at the booth" });
        assert_eq!(edit(reason), "Said that nobody is to write to Ada");
        assert_eq!(edit(json!({ "doNotContact": false })), "Said that one may write to Ada again");
        assert_eq!(edit(json!({ "doNotContact": true, "city": "Lagos" })), "Edited Ada");
    }
}
