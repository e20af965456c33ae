//! Merging, parting and everything else in any order: what is read is what the rows say, and what is kept in memory is what
//! would be made anew.
use super::*;
use crate::{
    doubles::index::Doubles,
    store::{Derived, Tx},
};
use proptest::{collection::vec, prelude::*};
use std::collections::{BTreeMap, BTreeSet};

const NAMES: [&str; 8] =
    ["Tom Kowalski", "Kowalski Tom", "Tom K.", "Ada Obi", "Ada Obi", "Ольга Петрова", "Olga Petrova", "Jin"];
const WORDS: [&str; 6] = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];

/// Does something to somebody if it can be done; a refusal is fine.
fn act(desk: &Desk, (what, whom, how): (u8, u8, u8)) {
    let ids = |sql: &str| -> Vec<Id> { desk.store.read(desk.now(), |tx| tx.column(sql, [])).unwrap() };
    // Every row, also those that were merged: whatever is done to one is done to the person.
    let rows = ids("SELECT id FROM people WHERE deleted_at IS NULL ORDER BY id");
    let pick = |list: &[Id], n: u8| list.get(n as usize % list.len().max(1)).copied();
    let (person, other) = (pick(&rows, whom), pick(&rows, how));
    let (name, word) = (NAMES[how as usize % NAMES.len()], WORDS[how as usize % WORDS.len()]);
    let organisation = ["", "Acme", "Globex"][whom as usize % 3];
    let (command, input) = match what {
        0..=2 => ("people.create", json!({ "displayName": name, "organisation": organisation })),
        3 => ("people.edit", json!({ "id": person, "displayName": name, "city": word })),
        4 => ("people.edit", json!({ "id": person, "organisation": "Acme", "notes": word })),
        5 => ("people.trash", json!({ "ids": [person] })),
        6 | 7 => {
            ("contact_points.add", json!({ "person": person, "kind": "github", "value": word, "source": "badge" }))
        }
        8 => (
            "contact_points.add",
            json!({ "person": person, "kind": "email", "value": format!("{word}@x.example"), "source": "badge" }),
        ),
        9 => (
            "contact_points.trash",
            json!({ "id": pick(&ids("SELECT id FROM contact_points WHERE deleted_at IS NULL ORDER BY id"), how) }),
        ),
        10 => ("tags.add", json!({ "people": [person], "name": word, "kind": "topic" })),
        11 => ("tags.remove", json!({ "person": person, "tag": pick(&ids("SELECT id FROM tags ORDER BY id"), how) })),
        12 => (
            "touchpoints.log",
            json!({ "kind": "first_success", "on": format!("2026-0{}-11", 1 + how % 5), "people": [{ "person": person }, { "person": other }] }),
        ),
        13 => ("touchpoints.log", json!({ "kind": "emailed", "on": "2026-05-11", "people": [{ "person": person }] })),
        14..=17 => ("doubles.merge", json!({ "ids": [person, other] })),
        18 => (
            "doubles.separate",
            json!({ "id": pick(&ids("SELECT id FROM people WHERE merged_into IS NOT NULL ORDER BY id"), whom) }),
        ),
        19 => ("doubles.tell_apart", json!({ "ids": [person, other] })),
        20 => (
            "doubles.no_longer_apart",
            json!({ "ids": [pick(&ids("SELECT one FROM told_apart"), whom), pick(&ids("SELECT other FROM told_apart"), whom)] }),
        ),
        21 | 22 => ("history.undo", json!({})),
        _ => ("history.redo", json!({})),
    };
    let _refusals_are_fine = crate::dispatch(&desk.store, desk.wait(0).now(), command, input);
}

/// By the row that stands for somebody, the rows that are them: worked out by following every row to its end.
fn people(tx: &Tx) -> BTreeMap<Id, BTreeSet<Id>> {
    let mut query = tx.sql().prepare("SELECT id, merged_into, deleted_at IS NULL FROM people").unwrap();
    let rows: BTreeMap<Id, (Option<Id>, bool)> =
        query.query_map([], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?)))).unwrap().map(Result::unwrap).collect();
    let mut people: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for (id, (_, alive)) in &rows {
        let mut end = *id;
        while let Some(next) = rows[&end].0 {
            end = next;
        }
        if *alive && rows[&end].1 {
            people.entry(end).or_default().insert(*id);
        }
    }
    people
}

/// The values of a column of a hanging table over some rows of people, each once.
fn over(tx: &Tx, column: &str, rows: &BTreeSet<Id>) -> BTreeSet<String> {
    rows.iter().flat_map(|row| tx.column::<String>(column, [row]).unwrap()).collect()
}

fn reads_are_what_the_rows_say(desk: &Desk) {
    let wanted: BTreeMap<String, [BTreeSet<String>; 3]> = desk
        .store
        .read(desk.now(), |tx| {
            Ok(people(tx)
                .into_iter()
                .map(|(root, rows)| {
                    let tags = over(tx, "SELECT t.name FROM person_tags p JOIN tags t ON t.id = p.tag_id WHERE t.deleted_at IS NULL AND p.person_id = ?1", &rows);
                    let contacts = over(tx, "SELECT kind || value_norm FROM contact_points WHERE deleted_at IS NULL AND person_id = ?1", &rows);
                    let entries = over(tx, "SELECT hex(t.id) FROM touchpoint_people p JOIN touchpoints t ON t.id = p.touchpoint_id WHERE t.deleted_at IS NULL AND p.person_id = ?1", &rows);
                    (root.to_string(), [tags, contacts, entries])
                })
                .collect())
        })
        .unwrap();
    let list = desk.call("people.list", json!({ "query": everybody(), "offset": 0, "limit": 500 }));
    assert_eq!(texts(&list["rows"], "id").into_iter().collect::<BTreeSet<_>>(), wanted.keys().cloned().collect());
    assert_eq!(desk.call("workspace.info", json!({}))["people"], wanted.len());
    for (id, [tags, contacts, entries]) in wanted {
        let page = desk.page(&id);
        assert_eq!(texts(&page["tags"], "name").into_iter().collect::<BTreeSet<_>>(), tags);
        let shown = page["contactPoints"].as_array().unwrap();
        let reach: BTreeSet<String> = shown
            .iter()
            .map(|c| format!("{}{}", c["kind"].as_str().unwrap(), c["valueNorm"].as_str().unwrap()))
            .collect();
        assert_eq!(reach, contacts);
        assert_eq!(page["touchpoints"], entries.len());
        let timeline = desk.call("touchpoints.timeline", json!({ "person": id, "limit": 500 }));
        assert_eq!(timeline["entries"].as_array().unwrap().len(), entries.len(), "each once");
    }
}

fn memory_is_what_would_be_made(desk: &Desk) {
    desk.store
        .read(desk.now(), |tx| {
            let made = Doubles::make(tx)?;
            tx.derived(|kept: &Doubles| assert_eq!(kept.groups(), made.groups()))?;
            // Who shares something is compared; whoever shares nothing is no pair when compared all the same.
            assert_eq!(made.pairs(), made.compared_with_everybody());
            Ok(())
        })
        .unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_done_people_are_read_as_their_rows_say(steps in vec((0u8..=23, 0u8..=9, 0u8..=9), 4..40)) {
        let desk = Desk::new();
        for (n, step) in steps.into_iter().enumerate() {
            act(&desk, step);
            // Sometimes nobody looks, so that several writes are caught up with at once.
            if n % 3 == 0 {
                memory_is_what_would_be_made(&desk);
            }
        }
        reads_are_what_the_rows_say(&desk);
        memory_is_what_would_be_made(&desk);
        desk.is_sound();
    }

    /// What was done to a person while they were two rows is, once they are parted, what would have been done to the row that
    /// stood for them; and the other row is as it was.
    #[test]
    fn a_merge_that_is_parted_again_leaves_each_side_as_if_it_had_never_been(steps in vec((0u8..=6, 0u8..=5), 0..12)) {
        let told = |merged: bool| {
            let desk = Desk::new();
            let (tom, again) = two_toms(&desk);
            let talk = desk.log(&again, "first_success", "2026-05-12");
            if merged {
                merge(&desk, &[&tom, &again]);
            }
            for (what, how) in &steps {
                let (n, word) = (*how as usize, WORDS[*how as usize]);
                let field = ["notes", "roleTitle", "country", "buildingNow", "pronouns", "city"][n];
                // The way to everybody is by either row, since both are the person.
                let whom = if merged && n % 2 == 1 { &again } else { &tom };
                match what {
                    0 => drop(desk.call("people.edit", json!({ "id": whom, field: word }))),
                    1 => drop(desk.call("tags.add", json!({ "people": [whom], "name": word, "kind": "topic" }))),
                    2 => drop(desk.call("contact_points.add", json!({ "person": whom, "kind": "github", "value": word, "source": "badge" }))),
                    3 => drop(desk.log(whom, "conversation_online", &format!("2026-05-1{n}"))),
                    4 => drop(desk.call("touchpoints.edit", json!({ "id": talk, "note": word }))),
                    5 => drop(desk.call("journey.pin", json!({ "person": whom, "stage": "scale", "until": "good", "reason": word }))),
                    _ => drop(desk.call("people.edit", json!({ "id": whom, field: "" }))),
                }
            }
            if merged {
                desk.call("doubles.separate", json!({ "id": again }));
            }
            desk.is_sound();
            [&tom, &again].map(|id| {
                let timeline = desk.call("touchpoints.timeline", json!({ "person": id, "limit": 99 }));
                what_was_typed(json!({ "page": desk.page(id), "timeline": timeline["entries"] }))
            })
        };
        prop_assert_eq!(told(true), told(false));
    }
}

/// Without the names of rows, when they were made, and the log of where somebody was thought to stand meanwhile.
fn what_was_typed(mut value: Value) -> Value {
    match &mut value {
        Value::Object(map) => {
            map.retain(|key, _| {
                let named = ["id", "personId", "organisationId", "touchpoint", "cursor"].contains(&key.as_str());
                !named && !["history", "moved", "addedAt", "editedAt", "also"].contains(&key.as_str())
            });
            for inner in map.values_mut() {
                *inner = what_was_typed(inner.take());
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| *inner = what_was_typed(inner.take())),
        _ => {}
    }
    value
}
