//! What holds for every workspace and for every file, however they were made.
use super::{exported, looked, one_of_everything, read, request, written};
use crate::testing::{Desk, everybody};
use proptest::prelude::*;
use serde_json::{Value, json};

/// One thing somebody might do, from three numbers.
fn step(desk: &Desk, (what, a, b): (u8, u8, u8)) {
    let rows = desk.call("people.list", json!({ "query": everybody(), "offset": 0, "limit": 50 }));
    let people: Vec<Value> = rows["rows"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    let names = ["Priya Nair", "小林 葵", "Tom \"T\" Kowalski", "=HYPERLINK(1)", "عمر\u{202e}", "🦀\u{2028}x"];
    let kinds = ["in_production", "hands_on_workshop", "asked_how_to", "gave_help", "stopped_using", "referred"];
    let day = format!("2026-0{}-{:02}", 1 + a % 5, 1 + b % 20);
    if people.is_empty() || what % 15 == 0 {
        let organisation = ["", "Acme", "ACME", "Globex"][usize::from(b % 4)];
        desk.call(
            "people.create",
            json!({ "displayName": (names[usize::from(a) % names.len()]), "organisation": organisation }),
        );
        return;
    }
    let (one, two) = (&people[usize::from(a) % people.len()], &people[usize::from(b) % people.len()]);
    let try_it = |command: &str, input: Value| {
        // Some of it is refused, as it would be in the window.
        drop(crate::dispatch(&desk.store, desk.now(), command, input));
    };
    match what % 15 {
        1 => try_it(
            "people.edit",
            json!({ "id": one, "notes": (names[usize::from(b) % names.len()]), "organisation": "Umbrella" }),
        ),
        2 => try_it(
            "tags.add",
            json!({ "people": [one, two], "name": (["Rust", "rust", "Go"][usize::from(b % 3)]), "kind": "stack" }),
        ),
        3 => try_it(
            "contact_points.add",
            json!({ "person": one, "kind": "email", "value": format!("a{b}@example.org"), "source": "badge" }),
        ),
        4 | 5 => {
            let people = if one == two {
                json!([{ "person": one, "observedBy": "seen" }])
            } else {
                json!([{ "person": one }, { "person": two, "role": "about" }])
            };
            try_it(
                "touchpoints.log",
                json!({ "kind": (kinds[usize::from(b) % kinds.len()]), "on": day, "people": people, "note": (names[usize::from(a) % names.len()]) }),
            );
        }
        6 => try_it(
            "journey.pin",
            json!({ "person": one, "stage": "learn", "until": (["proof", "good"][usize::from(b % 2)]), "reason": "Because." }),
        ),
        7 => {
            let moved = desk.standing(one.as_str().unwrap())["moved"]["id"].clone();
            try_it(["journey.accept", "journey.take_back"][usize::from(b % 2)], json!({ "id": moved }));
        }
        8 => try_it("people.trash", json!({ "ids": [one] })),
        9 => {
            let field = desk.call("fields.list", json!({}))[0]["id"].clone();
            if field.is_null() {
                try_it("fields.define", json!({ "label": "Talks", "kind": "number", "choices": [] }));
            } else {
                try_it("fields.set", json!({ "person": one, "field": field, "value": format!("{a}.{b}") }));
            }
        }
        10 => try_it("history.undo", json!({})),
        11 => try_it("doubles.merge", json!({ "ids": [one, two] })),
        12 => {
            let merged = desk.store.read(desk.now(), |tx| {
                tx.column::<crate::Id>(
                    "SELECT id FROM people WHERE merged_into IS NOT NULL AND deleted_at IS NULL ORDER BY id",
                    [],
                )
            });
            if let Some(id) = merged.unwrap().first() {
                try_it("doubles.separate", json!({ "id": id }));
            }
        }
        13 => try_it("doubles.tell_apart", json!({ "ids": [one, two] })),
        _ => try_it("history.redo", json!({})),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn whatever_was_done_comes_out_in_and_out_the_same(steps in prop::collection::vec(any::<(u8, u8, u8)>(), 1..40)) {
        let desk = Desk::new();
        for one in steps {
            step(&desk, one);
        }
        let out = exported(&desk);
        let other = Desk::new();
        let looked = looked(&other, &out);
        prop_assert_eq!(&looked["refusals"], &json!([]));
        other.call("json.run", request(&other, &out));
        prop_assert_eq!(exported(&other), out);
        other.is_sound();
    }
}

#[test]
fn the_sample_community_and_a_file_of_invented_people_come_out_in_and_out_the_same() {
    let sample = Desk::new();
    sample.call("sample.load", json!({}));
    let demo = Desk::new();
    crate::sample::fill(&demo.store, demo.now(), 7, 120, 900, |_, _, _| ()).expect("invented people");
    for desk in [sample, demo] {
        desk.call("journey.bring_up_to_date", json!({}));
        let out = exported(&desk);
        let other = Desk::new();
        other.call("json.run", request(&other, &out));
        let back = exported(&other);
        assert!(back == out, "{:?}", back.lines().zip(out.lines()).find(|(back, out)| back != out));
        other.is_sound();
    }
}

/// SplitMix64: the same mistakes in every run.
struct Dice(u64);
impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}

/// Does to a file what disks, editors and malice do.
fn spoiled(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    const HOSTILE: &[&[u8]] = &[
        b"\0",
        b"\xff",
        b"\\ud800",
        b"\\u0000",
        b"1e999",
        b"-99999999999999999999",
        b"{}",
        b"[]",
        b"null",
        b"\"",
        b",",
        b":",
        b"}",
        b"]",
        b"\xef\xbb\xbf",
        b"\r\n",
        b"\\",
        b"{\"id\":\"x\",\"id\":\"y\"}",
        b"true",
        b"\xed\xa0\x80",
        b"0.1",
        b"\"\"",
        b"//",
        b"NaN",
    ];
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len());
        match dice.roll(8) {
            0 => bytes.truncate(at),
            1 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
            2 if !bytes.is_empty() => drop(bytes.remove(at)),
            3 => {
                let piece = HOSTILE[dice.roll(HOSTILE.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            4 => {
                // A stretch of it once more, or elsewhere.
                let end = (at + dice.roll(400)).min(bytes.len());
                let piece: Vec<u8> = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len());
                bytes.splice(to..to, piece);
            }
            5 => {
                let end = (at + dice.roll(60)).min(bytes.len());
                bytes.drain(at..end);
            }
            6 => {
                let deep = 1 + dice.roll(3_000);
                let open = [b'[', b'{'][dice.roll(2)];
                bytes.splice(at..at, std::iter::repeat_n(open, deep));
            }
            _ => {
                // One value for another, between two quotes of the file.
                let quotes: Vec<usize> = (0..bytes.len()).filter(|n| bytes[*n] == b'"').collect();
                if quotes.len() > 4 {
                    let n = dice.roll(quotes.len() - 1);
                    let piece = HOSTILE[dice.roll(HOSTILE.len())];
                    bytes.splice(quotes[n] + 1..quotes[n + 1], piece.iter().copied());
                }
            }
        }
    }
    bytes
}

/// Ten thousand with `HALLWAY_PROVE=1`; so many that it takes a moment otherwise.
#[test]
fn no_spoiled_file_brings_it_down_or_leaves_half_of_itself() {
    let source = Desk::new();
    one_of_everything(&source);
    let whole = exported(&source).into_bytes();
    let desk = Desk::new();
    let (mut dice, mut whole_refused, mut taken) = (Dice(20_260_521), 0, 0);
    let files = if std::env::var_os("HALLWAY_PROVE").is_some() { 10_000 } else { 800 };
    let before = desk.dump();
    for n in 0..files {
        let bytes = spoiled(&whole, &mut dice);
        let path = written(&desk, "in.json", "");
        std::fs::write(&path, &bytes).unwrap();
        let file = desk.store.grant(path, crate::Access::Read);
        let looked = match crate::dispatch(&desk.store, desk.now(), "json.preview", json!({ "file": file })) {
            Ok(reply) => reply.value,
            Err(error) => {
                let failure = crate::Failure::from(&error);
                assert_eq!((failure.code, failure.field.as_deref()), ("invalid", Some("file")), "{n}: {failure:?}");
                whole_refused += 1;
                continue;
            }
        };
        let count = |name: &str| looked[name].as_u64().unwrap();
        let rows: u64 = looked["entities"].as_array().unwrap().iter().map(|e| e["rows"].as_u64().unwrap()).sum();
        assert_eq!(
            count("new") + count("same") + count("differs") + count("refused"),
            rows,
            "{n}: every row is accounted for"
        );
        if n % 16 == 0 {
            let done = desk.call("json.run", json!({ "file": file }));
            assert_eq!((&done["new"], &done["refused"]), (&looked["new"], &looked["refused"]), "{n}");
            desk.is_sound();
            if !done["operation"].is_null() {
                taken += 1;
                desk.undo();
            }
            assert_eq!(desk.dump(), before, "{n}: undone, it leaves nothing");
        }
    }
    println!(
        "proved: {files} spoiled JSON files, {whole_refused} refused whole, every row of the others accounted for"
    );
    assert!(
        whole_refused > files / 10 && taken > 0,
        "{whole_refused} refused, {taken} taken: the mistakes are too kind"
    );
}

#[test]
fn cut_off_anywhere_it_is_refused_whole() {
    let source = Desk::new();
    source.call("tags.add", json!({ "people": [source.person("Priya")], "name": "Rust", "kind": "stack" }));
    let whole = exported(&source);
    let desk = Desk::new();
    let end = whole.trim_end().len();
    for at in (0..end).step_by(7).chain(end - 40..end) {
        let path = written(&desk, "in.json", "");
        std::fs::write(&path, &whole.as_bytes()[..at]).unwrap();
        let file = desk.store.grant(path, crate::Access::Read);
        assert_eq!(desk.refused("json.preview", json!({ "file": file })).code, "invalid", "{at}");
    }
}

#[test]
fn days_to_come_that_a_file_holds_come_out_in_and_out_the_same() {
    let desk = Desk::new();
    let csv = written(&desk, "talks.csv", "Name,Last contacted\nAda,2026-05-03\n");
    let file = desk.store.grant(csv, crate::Access::Read);
    desk.call("imports.run", json!({ "file": file, "matching": true, "source": "import" }));
    // As a table brought it in that spoke of a day to come, before that was refused.
    let early = exported(&desk).replace("2026-05-03", "2027-01-01");
    // And logged on its day, on a computer whose clock is ahead.
    let ahead = Desk::new();
    ahead.wait(400);
    ahead.log(&ahead.person("Bo"), "replied", "2027-05-01");
    for (out, same_clock) in [(early, true), (exported(&ahead), false)] {
        let other = Desk::new();
        assert_eq!(looked(&other, &out)["refusals"], json!([]));
        other.call("json.run", request(&other, &out));
        let back = exported(&other);
        // Where somebody stands follows from the day it is: on a day before their newest move, a move back is logged, once.
        if same_clock {
            let differs = back.lines().zip(out.lines()).find(|(back, out)| back != out);
            assert_eq!(back, out, "{differs:?}");
        }
        for again in [&out, &back] {
            let before = exported(&other);
            other.call("json.run", request(&other, again));
            assert_eq!(exported(&other), before, "brought in again, it changes nothing");
        }
        let third = Desk::new();
        third.call("json.run", request(&third, &back));
        assert_eq!(exported(&third), back, "elsewhere, nothing more is logged");
        for desk in [&other, &third] {
            assert_eq!(read(desk)["touchpoints"], serde_json::from_str::<Value>(&out).unwrap()["touchpoints"]);
        }
        other.is_sound();
    }
}
