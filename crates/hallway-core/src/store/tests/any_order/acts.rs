//! What somebody may do, one thing after another.
use crate::{
    Id,
    testing::{Closed, Desk},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock},
};

/// The file that everything is exported to, beside the workspace.
const EVERYTHING: &str = "everything.json";

/// One thing somebody may do, with numbers that pick whom it is done to.
#[derive(Debug, Clone)]
pub enum Act {
    Add(u8),
    Rename(u8, u8),
    City(u8, u8),
    Organisation(u8, u8),
    Trash(u8),
    Tag(u8, u8),
    Untag(u8, u8),
    Log(u8, u8),
    LogBoth(u8, u8),
    Note(u8, u8),
    TakeOut(u8),
    Contact(u8, u8),
    DropContact(u8),
    Field(u8, u8),
    Pin(u8, u8),
    TakeBackMove(u8),
    Merge(u8, u8),
    Separate(u8),
    TellApart(u8, u8),
    NoLongerApart(u8),
    FollowUp(u8, u8),
    Settle(u8, u8),
    StayInTouch(u8, u8),
    SetAside(u8, u8),
    OnList(u8, u8),
    View(u8, u8),
    PostalAddress(u8, u8),
    Basis(u8, u8),
    Rules(u8),
    Line(u8, u8),
    BringBack(u8, u8),
    Everything(u8),
    AnswerMoves(u8, u8),
}

pub fn acts() -> impl Strategy<Value = Vec<Act>> {
    let two = || (any_u8(), any_u8());
    let act = prop_oneof![
        any_u8().prop_map(Act::Add),
        two().prop_map(|(a, b)| Act::Rename(a, b)),
        two().prop_map(|(a, b)| Act::City(a, b)),
        two().prop_map(|(a, b)| Act::Organisation(a, b)),
        any_u8().prop_map(Act::Trash),
        two().prop_map(|(a, b)| Act::Tag(a, b)),
        two().prop_map(|(a, b)| Act::Untag(a, b)),
        two().prop_map(|(a, b)| Act::Log(a, b)),
        two().prop_map(|(a, b)| Act::LogBoth(a, b)),
        two().prop_map(|(a, b)| Act::Note(a, b)),
        any_u8().prop_map(Act::TakeOut),
        two().prop_map(|(a, b)| Act::Contact(a, b)),
        any_u8().prop_map(Act::DropContact),
        two().prop_map(|(a, b)| Act::Field(a, b)),
        two().prop_map(|(a, b)| Act::Pin(a, b)),
        any_u8().prop_map(Act::TakeBackMove),
        two().prop_map(|(a, b)| Act::Merge(a, b)),
        two().prop_map(|(a, b)| Act::Merge(a, b)),
        any_u8().prop_map(Act::Separate),
        two().prop_map(|(a, b)| Act::TellApart(a, b)),
        any_u8().prop_map(Act::NoLongerApart),
        two().prop_map(|(a, b)| Act::FollowUp(a, b)),
        two().prop_map(|(a, b)| Act::FollowUp(a, b)),
        two().prop_map(|(a, b)| Act::Settle(a, b)),
        two().prop_map(|(a, b)| Act::Settle(a, b)),
        two().prop_map(|(a, b)| Act::StayInTouch(a, b)),
        two().prop_map(|(a, b)| Act::SetAside(a, b)),
        two().prop_map(|(a, b)| Act::OnList(a, b)),
        two().prop_map(|(a, b)| Act::OnList(a, b)),
        two().prop_map(|(a, b)| Act::View(a, b)),
        two().prop_map(|(a, b)| Act::PostalAddress(a, b)),
        two().prop_map(|(a, b)| Act::Basis(a, b)),
        any_u8().prop_map(Act::Rules),
        two().prop_map(|(a, b)| Act::Line(a, b)),
        two().prop_map(|(a, b)| Act::BringBack(a, b)),
        any_u8().prop_map(Act::Everything),
        two().prop_map(|(a, b)| Act::AnswerMoves(a, b)),
    ];
    prop::collection::vec(act, 1..14)
}
fn any_u8() -> impl Strategy<Value = u8> {
    0u8..=7
}

/// Each command that was tried, and whether it was ever done.
static TRIED: Mutex<BTreeMap<&str, bool>> = Mutex::new(BTreeMap::new());

/// What was refused every time, and proved nothing; and how many commands were tried.
pub fn never_done() -> (Vec<&'static str>, usize) {
    let tried = TRIED.lock().expect("nobody panicked");
    (tried.iter().filter(|(_, done)| !**done).map(|(command, _)| *command).collect(), tried.len())
}

/// A workspace with one of what there is, so that there is something to change, to settle and to take away.
pub fn furnished() -> Desk {
    static FURNISHED: OnceLock<(Closed, Vec<u8>)> = OnceLock::new();
    let (closed, everything) = FURNISHED.get_or_init(|| {
        let desk = Desk::new();
        furnish(&desk);
        let everything = std::fs::read(desk.path(EVERYTHING)).expect("what was exported");
        (desk.closed(), everything)
    });
    let desk = closed.opened(9);
    std::fs::write(desk.path(EVERYTHING), everything).expect("a file");
    desk
}

fn furnish(desk: &Desk) {
    desk.person("Base");
    for act in [
        Act::Add(1),
        Act::Contact(0, 0),
        Act::Basis(0, 0),
        Act::PostalAddress(0, 0),
        Act::Tag(0, 0),
        Act::Field(0, 0),
        Act::Log(0, 2),
        Act::FollowUp(0, 7),
        Act::StayInTouch(0, 0),
        Act::OnList(0, 0),
        Act::View(0, 0),
        Act::Line(1, 0),
        Act::Pin(1, 0),
        Act::TellApart(0, 1),
        Act::Everything(0),
    ] {
        perform(desk, &act);
    }
}

/// Does it if it can be done; what cannot be done must leave no trace, which the dumps would show.
pub fn perform(desk: &Desk, act: &Act) {
    let ids = |sql: &str| -> Vec<String> {
        desk.store.read(desk.now(), |tx| tx.column::<Id>(sql, [])).unwrap().iter().map(Id::to_string).collect()
    };
    let pick = |ids: &[String], n: u8| ids.get(n as usize % ids.len().max(1)).cloned();
    let people = ids("SELECT person FROM person_state ORDER BY person");
    let words = ["alpha", "beta", "gamma", "delta", "ölig", "東京", "zeta", "eta"];
    let word = |n: u8| words[n as usize % words.len()];
    let call = |command: &'static str, input: Value| {
        // A refusal is fine.
        let done = crate::dispatch(&desk.store, desk.wait(0).now(), command, input).is_ok();
        *TRIED.lock().expect("nobody panicked").entry(command).or_default() |= done;
    };
    let Some(someone) = pick(&people, 0) else { return drop(desk.person(word(0))) };
    match act {
        Act::Add(n) => drop(desk.person(word(*n))),
        Act::Rename(p, n) => call("people.edit", json!({ "id": pick(&people, *p), "displayName": word(*n) })),
        Act::City(p, n) => {
            call("people.edit", json!({ "id": pick(&people, *p), "city": word(*n), "notes": word(n + 1) }))
        }
        Act::Organisation(p, n) => call("people.edit", json!({ "id": pick(&people, *p), "organisation": word(*n) })),
        Act::Trash(p) => call("people.trash", json!({ "ids": [pick(&people, *p)] })),
        Act::Tag(p, n) => call("tags.add", json!({ "people": [pick(&people, *p)], "name": word(*n), "kind": "topic" })),
        Act::Untag(p, n) => call(
            "tags.remove",
            json!({ "person": pick(&people, *p), "tag": pick(&ids("SELECT id FROM tags ORDER BY id"), *n) }),
        ),
        Act::Log(p, n) => {
            let kind = [
                "conversation_in_person",
                "first_success",
                "in_production",
                "stopped_using",
                "asked_how_to",
                "hands_on_workshop",
                "emailed",
                "opened_pr",
            ][*n as usize];
            call(
                "touchpoints.log",
                json!({ "kind": kind, "on": format!("2026-0{}-1{}", 1 + n % 4, n), "note": word(*n), "people": [{ "person": pick(&people, *p) }] }),
            );
        }
        Act::LogBoth(p, n) => call(
            "touchpoints.log",
            json!({ "kind": "answered_question", "people": [{ "person": pick(&people, *p) }, { "person": pick(&people, *n), "role": "with" }] }),
        ),
        Act::Note(t, n) => {
            let touchpoint = pick(&ids("SELECT id FROM touchpoints WHERE deleted_at IS NULL ORDER BY id"), *t);
            call(
                "touchpoints.edit",
                json!({ "id": touchpoint, "note": word(*n), "people": [{ "person": someone }, { "person": pick(&people, *n) }] }),
            );
        }
        Act::TakeOut(t) => call(
            "touchpoints.trash",
            json!({ "id": pick(&ids("SELECT id FROM touchpoints WHERE deleted_at IS NULL ORDER BY id"), *t) }),
        ),
        Act::Contact(p, n) => call(
            "contact_points.add",
            json!({ "person": pick(&people, *p), "kind": "github", "value": word(*n), "source": "they_gave_it" }),
        ),
        Act::DropContact(n) => call(
            "contact_points.trash",
            json!({ "id": pick(&ids("SELECT id FROM contact_points WHERE deleted_at IS NULL ORDER BY id"), *n) }),
        ),
        Act::Field(p, n) => match pick(&ids("SELECT id FROM fields WHERE deleted_at IS NULL"), 0) {
            None => call("fields.define", json!({ "label": "Size", "kind": "text", "choices": [] })),
            Some(field) => call(
                "fields.set",
                json!({ "person": pick(&people, *p), "field": field, "value": if *n == 0 { "" } else { word(*n) } }),
            ),
        },
        Act::Pin(p, n) => call(
            "journey.pin",
            json!({ "person": pick(&people, *p), "stage": (if n % 2 == 0 { "learn" } else { "scale" }), "until": "good", "reason": "because" }),
        ),
        Act::TakeBackMove(p) => call(
            "journey.take_back",
            json!({ "id": pick(&ids("SELECT moved FROM person_state WHERE moved IS NOT NULL ORDER BY person"), *p) }),
        ),
        Act::Merge(p, n) => {
            call("doubles.merge", json!({ "ids": [pick(&people, *p), pick(&people, *n), pick(&people, p / 2)] }))
        }
        Act::Separate(p) => call(
            "doubles.separate",
            json!({ "id": pick(&ids("SELECT id FROM people WHERE merged_into IS NOT NULL AND deleted_at IS NULL ORDER BY id"), *p) }),
        ),
        Act::TellApart(p, n) => call("doubles.tell_apart", json!({ "ids": [pick(&people, *p), pick(&people, *n)] })),
        Act::NoLongerApart(n) => {
            let pair = |column: &str| pick(&ids(&format!("SELECT {column} FROM told_apart ORDER BY id")), *n);
            call("doubles.no_longer_apart", json!({ "ids": [pair("one"), pair("other")] }));
        }
        Act::FollowUp(p, n) => {
            // What clears by itself, what repeats in each way, and what is nobody's.
            let more = [
                json!({ "kind": "reply_check" }),
                json!({ "kind": "check_in", "unless": "stage_moves" }),
                json!({ "every": { "n": 1, "unit": "week", "anchor": "due" } }),
                json!({ "every": { "n": 2, "unit": "business_day", "anchor": "done" } }),
                json!({ "kind": "check_in", "unless": "they_reply", "every": { "n": 3, "unit": "month", "anchor": "last_contact" } }),
                json!({ "person": null, "kind": "deadline" }),
                json!({ "at": 1_779_400_000_000_i64 }),
                json!({}),
            ];
            let mut input = json!({ "person": pick(&people, *p), "text": word(*n), "due": format!("2026-05-2{n}") });
            for (field, value) in more[*n as usize].as_object().unwrap() {
                input[field] = value.clone();
            }
            call("followups.add", input);
        }
        Act::Settle(f, n) => {
            let one = pick(&ids("SELECT id FROM followups WHERE deleted_at IS NULL ORDER BY id"), *f);
            match n {
                0..=1 => call("followups.done", json!({ "id": one, "note": word(*n) })),
                2 => call("followups.drop", json!({ "id": one })),
                3 => call("followups.reopen", json!({ "id": one })),
                4 => call("followups.snooze", json!({ "id": one, "until": "2026-06-01" })),
                5 => call("followups.replied", json!({ "id": one })),
                6 => call("followups.not_replied", json!({ "id": one, "again": "2026-06-02" })),
                _ => call("followups.edit", json!({ "id": one, "due": "2026-06-03", "person": someone })),
            }
        }
        Act::StayInTouch(p, n) => match n {
            0..=2 => call("cadences.set", json!({ "person": pick(&people, *p), "idealDays": n + 1, "longestDays": 9 })),
            3..=4 => call(
                "cadences.set",
                json!({ "tag": pick(&ids("SELECT id FROM tags WHERE deleted_at IS NULL ORDER BY id"), *p), "idealDays": n + 1, "longestDays": 20 }),
            ),
            5 => call(
                "cadences.remove",
                json!({ "id": pick(&ids("SELECT id FROM cadences WHERE deleted_at IS NULL ORDER BY id"), *p) }),
            ),
            _ => call(
                "touchpoints.log",
                json!({ "kind": "conversation_online", "people": [{ "person": pick(&people, *p) }], "needsAnswer": true }),
            ),
        },
        Act::OnList(p, n) => {
            let list = pick(&ids("SELECT id FROM lists WHERE deleted_at IS NULL ORDER BY id"), *p);
            let who = pick(&people, *p);
            match n {
                0..=3 => call("lists.add", json!({ "name": word(n / 2), "people": [who, someone], "why": word(*n) })),
                4 => call("lists.remove", json!({ "list": list, "people": [who] })),
                5 => call("lists.create", json!({ "name": word(*p), "filter": "tag:alpha or city:beta" })),
                6 => call("lists.edit", json!({ "id": list, "name": word(p + 1), "note": word(*p) })),
                _ => call("lists.trash", json!({ "id": list })),
            }
        }
        Act::View(p, n) => {
            let view = pick(&ids("SELECT id FROM views WHERE deleted_at IS NULL ORDER BY id"), *p);
            match n {
                0..=3 => {
                    let shown = json!({ "name": word(*p), "filter": word(*n), "sort": "name", "descending": false, "layout": "board" });
                    call("views.save", shown);
                }
                4..=5 => call("views.edit", json!({ "id": view, "filter": word(*n), "position": 0 })),
                _ => call("views.trash", json!({ "id": view })),
            }
        }
        Act::SetAside(p, n) => match n {
            0..=3 => {
                let until = (*n > 1).then(|| format!("2026-06-0{n}"));
                let key = format!("touch:{}", pick(&people, *p).unwrap_or_default());
                call("today.set_aside", json!({ "key": key, "until": until }));
            }
            _ => call(
                "touchpoints.answered",
                json!({ "id": pick(&ids("SELECT id FROM touchpoints WHERE needs_answer AND deleted_at IS NULL ORDER BY id"), *p) }),
            ),
        },
        Act::PostalAddress(p, n) => {
            let one = pick(&ids("SELECT id FROM postal_addresses WHERE deleted_at IS NULL ORDER BY id"), *p);
            match n {
                0..=3 => call(
                    "postal_addresses.add",
                    json!({ "person": pick(&people, *p), "lines": word(*n), "country": "IN", "purpose": "a mug", "source": "badge" }),
                ),
                4..=5 => call("postal_addresses.edit", json!({ "id": one, "lines": word(*p), "purpose": word(*n) })),
                _ => call("postal_addresses.remove", json!({ "id": one })),
            }
        }
        Act::Basis(p, n) => {
            let point = pick(&ids("SELECT id FROM contact_points WHERE deleted_at IS NULL ORDER BY id"), *p);
            match n {
                0 => call(
                    "contact_points.add",
                    json!({ "person": pick(&people, *p), "kind": "email", "value": format!("p{p}@example.org"), "source": "badge" }),
                ),
                1..=2 => call(
                    "basis.set",
                    json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": word(*n), "on": "2026-05-21" }),
                ),
                3 => call("basis.objected", json!({ "person": pick(&people, *p), "kinds": ["email", "github"] })),
                4 => call("contact_points.edit", json!({ "id": point, "status": "opted_out" })),
                5 => call("contact_points.edit", json!({ "id": point, "value": word(*p), "isPrimary": true })),
                6 => call("people.edit", json!({ "id": pick(&people, *p), "doNotContact": p % 2 == 0 })),
                _ => call(
                    "basis.set_for_many",
                    json!({ "whom": { "ids": people }, "purposes": ["one_to_one"], "basis": "said_yes_in_person", "evidence": word(*p) }),
                ),
            }
        }
        Act::Rules(n) => match n {
            0..=1 => call("workspace.set_weekend", json!({ "days": [n + 1] })),
            2 => call("workspace.show_only_accepted", json!({ "on": true })),
            _ => {
                let preset = ["hardware", "standard"][*n as usize % 2];
                if let Ok(rules) =
                    crate::dispatch(&desk.store, desk.now(), "journey.preset", json!({ "preset": preset }))
                {
                    call("journey.set_rules", json!({ "rules": rules.value }));
                }
            }
        },
        Act::Line(p, n) => {
            let line = pick(&ids("SELECT id FROM captures WHERE deleted_at IS NULL ORDER BY id"), *p);
            match n {
                0..=1 => {
                    call("captures.lines", json!({ "text": format!("{}, met again\n{} /3", word(*p), word(p + 1)) }))
                }
                2..=3 => {
                    call("captures.save", json!({ "text": format!("{} @{} /4 #{}", word(*p), word(*n), word(p + n)) }))
                }
                4 => call("captures.save", json!({ "text": word(*p), "line": line, "picked": someone })),
                5 => call("captures.reword", json!({ "id": line, "text": word(*p), "picked": someone })),
                6 => call("captures.done", json!({ "id": line })),
                _ => call("captures.drop", json!({ "id": line })),
            }
        }
        Act::BringBack(p, n) => {
            let trashed = |table: &str, also: &str| {
                ids(&format!("SELECT id FROM {table} WHERE deleted_at IS NOT NULL {also} ORDER BY id"))
            };
            let one = |table: &str, also: &str| Vec::from_iter(pick(&trashed(table, also), *p));
            let things: Vec<Value> = (["lists", "views"].iter())
                .flat_map(|table| one(table, "").into_iter().map(move |id| json!({ "table": table, "id": id })))
                .collect();
            call(
                "trash.restore",
                match n {
                    0..=3 => json!({ "people": one("people", "AND merged_into IS NULL") }),
                    4..=5 => json!({ "touchpoints": one("touchpoints", "") }),
                    6 => json!({ "others": things }),
                    _ => {
                        json!({ "people": trashed("people", "AND merged_into IS NULL"), "touchpoints": trashed("touchpoints", ""), "others": things })
                    }
                },
            );
        }
        // Everything, written when it was another, comes in where the file is now.
        Act::Everything(n) => {
            let path = desk.path(EVERYTHING);
            if *n < 4 || !path.exists() {
                call("json.export", json!({ "file": desk.store.grant(path, crate::Access::Write) }));
            } else {
                let file = desk.store.grant(path, crate::Access::Read);
                call("json.run", json!({ "file": file, "theirs": n % 2 == 0 }));
            }
        }
        Act::AnswerMoves(p, n) => match n {
            0..=1 => call("journey.accept_all", json!({ "seen": desk.now().0 })),
            2..=4 => call(
                "journey.accept",
                json!({ "id": pick(&ids("SELECT id FROM stage_changes WHERE status = 'suggested' ORDER BY id"), *p) }),
            ),
            5 => call("journey.answer_review", json!({ "person": pick(&people, *p), "answer": "still_here" })),
            6 => call("journey.unpin", json!({ "id": pick(&people, *p) })),
            _ => call(
                "followups.for_each",
                json!({ "people": people, "kind": "promise", "text": word(*p), "due": "2026-06-01" }),
            ),
        },
    }
}

/// Whether the import goes on a step after this.
pub fn stops(act: &Act) -> bool {
    matches!(act, Act::Add(_) | Act::Tag(_, 0..4) | Act::Untag(..) | Act::Field(..))
}
