//! Whatever was done, taken back in any order, and brought back.
use crate::{
    Id,
    testing::{
        Desk,
        prove::{proved, times},
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// One thing somebody may do, with numbers that pick whom it is done to.
#[derive(Debug, Clone)]
enum Act {
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
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
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
    ];
    prop::collection::vec(act, 1..14)
}
fn any_u8() -> impl Strategy<Value = u8> {
    0u8..=7
}

/// Does it if it can be done; what cannot be done must leave no trace, which the dumps would show.
fn perform(desk: &Desk, act: &Act) {
    let ids = |sql: &str| -> Vec<String> {
        desk.store.read(desk.now(), |tx| tx.column::<Id>(sql, [])).unwrap().iter().map(Id::to_string).collect()
    };
    let pick = |ids: &[String], n: u8| ids.get(n as usize % ids.len().max(1)).cloned();
    let people = ids("SELECT person FROM person_state ORDER BY person");
    let words = ["alpha", "beta", "gamma", "delta", "ölig", "東京", "zeta", "eta"];
    let word = |n: u8| words[n as usize % words.len()];
    let call = |command: &str, input: Value| {
        let _refusals_are_fine = crate::dispatch(&desk.store, desk.wait(0).now(), command, input);
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
    }
}

/// Random sequences of acts, in the test run and in `make prove`. One takes 87 ms, so a thousand would be a minute and a half
/// of every test run; these are half a minute.
const SEQUENCES: (u32, u32) = (300, 10_000);

proptest! {
    #![proptest_config(ProptestConfig { cases: times(SEQUENCES.0, SEQUENCES.1), ..ProptestConfig::default() })]

    /// Whatever was done, undoing all of it, in any order, gives the file before; redoing all of it gives the file after.
    #[test]
    fn operations_can_be_taken_back_in_any_order(acts in acts(), shuffle in prop::collection::vec(any::<u32>(), 40)) {
        let desk = Desk::new();
        desk.person("Base");
        let before = desk.dump();
        // With a backup to compare with, every look at the file below also asks whether anything changed that nobody did.
        desk.call("backups.make", json!({}));
        let first: i64 = desk.store.read(desk.now(), |tx| Ok(tx.scalar("SELECT max(id) FROM operations", [])?.unwrap())).unwrap();
        let newest = || desk.store.read(desk.now(), |tx| tx.newest_standing()).unwrap().unwrap_or_default();
        // What the file was before each operation.
        let mut dumps = std::collections::BTreeMap::new();
        for act in &acts {
            let dump = desk.dump();
            perform(&desk, act);
            dumps.entry(newest()).or_insert(dump);
        }
        let after = desk.dump();
        desk.is_sound();
        desk.call("backups.make", json!({}));

        // Newest first, the way Ctrl Z goes: every step is the state before it.
        let mut operations: Vec<i64> = desk.store.read(desk.now(), |tx| tx.column("SELECT id FROM operations WHERE id > ?1 AND undoable = 1 ORDER BY id", [first])).unwrap();
        for operation in operations.iter().rev() {
            prop_assert_eq!(newest(), *operation);
            desk.undo();
            prop_assert_eq!(&desk.dump(), &dumps[operation]);
        }
        prop_assert_eq!(desk.dump(), before.clone());
        for _ in &operations {
            desk.redo();
        }
        prop_assert_eq!(desk.dump(), after);
        desk.is_sound();

        // In any order.
        let mut keys: Vec<(u32, i64)> = operations.drain(..).enumerate().map(|(n, op)| (shuffle[n % shuffle.len()], op)).collect();
        keys.sort_unstable();
        for (_, operation) in keys {
            desk.store.write("test", super::super::Memory::Recorded, desk.now(), |tx| {
                let undone = crate::history::taken_back(tx, operation)?;
                crate::people::state::refresh_concerned(tx)?;
                Ok(undone)
            }).unwrap();
            desk.is_sound();
        }
        prop_assert_eq!(desk.dump(), before);
        prop_assert!(desk.names().contains(&"Base".to_owned()));
        desk.is_sound();

        static TAKEN_BACK: AtomicU32 = AtomicU32::new(0);
        if TAKEN_BACK.fetch_add(1, Relaxed) + 1 == times(SEQUENCES.0, SEQUENCES.1) {
            proved("undo", format_args!("{} random sequences, taken back newest first and in any order, brought back: equal dumps", times(SEQUENCES.0, SEQUENCES.1)));
        }
    }
}

/// Random sequences with an import among them, in the test run and in `make prove`.
const INTERLEAVED: (u32, u32) = (8, 2_000);

proptest! {
    #![proptest_config(ProptestConfig { cases: times(INTERLEAVED.0, INTERLEAVED.1), ..ProptestConfig::default() })]

    /// The same of an import that runs while somebody works: it is one operation, which ended after what was done meanwhile.
    #[test]
    fn an_import_and_what_was_done_meanwhile_can_be_taken_back_in_any_order(
        earlier in acts(), meanwhile in acts(), later in acts(), shuffle in prop::collection::vec(any::<u32>(), 60),
    ) {
        let desk = Desk::new();
        let before = desk.dump();
        let first: i64 = desk.store.read(desk.now(), |tx| Ok(tx.scalar("SELECT max(id) FROM operations", [])?.unwrap())).unwrap();
        earlier.iter().for_each(|act| perform(&desk, act));
        // They are called, and tagged, as those are whom somebody is at work on.
        let rows: String = (0..400).map(|n| {
            let word = ["alpha", "beta", "gamma", "delta"][n % 4];
            if n % 9 == 0 { format!("{word},,{word},{word}\n") } else { format!("{word} {n},p{n}@example.org,{word},{word}\n") }
        }).collect();
        let path = desk.path("words.csv");
        std::fs::write(&path, format!("Name,Email,Company,Tags\n{rows}")).unwrap();
        let file = desk.store.grant(path, crate::Access::Read);
        let run = desk.call("imports.begin", json!({ "file": file, "matching": true, "source": "import" }));
        let mut phase = run["phase"].clone();
        let mut step = || if phase != "done" { phase = desk.call("imports.step", json!({ "id": run["id"] }))["phase"].clone() };
        step();
        step();
        for act in &meanwhile {
            perform(&desk, act);
            if act_stops(act) { step() }
        }
        (0..20).for_each(|_| step());
        prop_assert_eq!(desk.call("imports.under_way", json!({})), Value::Null);
        later.iter().for_each(|act| perform(&desk, act));
        let after = desk.dump();
        desk.is_sound();
        let mut operations: Vec<i64> = desk.store.read(desk.now(), |tx| tx.column("SELECT id FROM operations WHERE id > ?1 AND undoable = 1", [first])).unwrap();
        for _ in &operations { desk.undo(); }
        prop_assert_eq!(desk.dump(), before.clone());
        desk.is_sound();
        for _ in &operations { desk.redo(); }
        prop_assert_eq!(desk.dump(), after.clone());
        desk.is_sound();
        let mut keys: Vec<(u32, i64)> = operations.drain(..).enumerate().map(|(n, op)| (shuffle[n % shuffle.len()], op)).collect();
        keys.sort_unstable();
        for (_, operation) in &keys {
            desk.call("history.take_back", json!({ "operation": operation }));
        }
        prop_assert_eq!(desk.dump(), before);
        desk.is_sound();
        for _ in &keys { desk.redo(); }
        prop_assert_eq!(desk.dump(), after);
        desk.is_sound();

        static TAKEN_BACK: AtomicU32 = AtomicU32::new(0);
        if TAKEN_BACK.fetch_add(1, Relaxed) + 1 == times(INTERLEAVED.0, INTERLEAVED.1) {
            proved("undo", format_args!("{} random sequences around an import that ran meanwhile, taken back and brought back in any order: equal dumps", times(INTERLEAVED.0, INTERLEAVED.1)));
        }
    }
}

/// Whether the import goes on a step after this.
fn act_stops(act: &Act) -> bool {
    matches!(act, Act::Add(_) | Act::Tag(_, 0..4) | Act::Untag(..) | Act::Field(..))
}
