//! Words are found where they stand, in any script, and nowhere else.
use super::marks::{Wanted, cut, unspaced};
use crate::testing::{Desk, id_of};
use rusqlite::Connection;
use serde_json::{Value, json};

fn found(desk: &Desk, text: &str) -> Vec<Value> {
    desk.call("search.notes", json!({ "text": text, "limit": 50 }))["notes"].as_array().unwrap().clone()
}

fn noted(desk: &Desk, person: &str, on: &str, note: &str) -> String {
    id_of(&desk.call(
        "touchpoints.log",
        json!({ "kind": "replied", "on": on, "note": note, "people": [{ "person": person }] }),
    ))
}

/// The text of a note with its marks in brackets.
fn marked(note: &Value) -> String {
    let piece = |piece: &Value| {
        let text = piece["text"].as_str().unwrap();
        if piece["marked"] == true { format!("[{text}]") } else { text.to_owned() }
    };
    note["text"].as_array().unwrap().iter().map(piece).collect()
}

fn shown(text: &str, words: &str) -> String {
    cut(text, &Wanted::of(words))
        .iter()
        .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() })
        .collect()
}

#[test]
fn what_was_said_is_found_by_its_words_and_nothing_typed_is_an_operator() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    let id = noted(&desk, &tom, "2026-05-01", "The Retry queue swallows the first error");
    let count = |text: &str| found(&desk, text).len();
    assert_eq!((count("retry error"), count("swall"), count("retry nothing")), (1, 1, 0));
    for odd in ["\"", "NEAR(", "a OR *", "note:x", "-", "'"] {
        assert_eq!(count(odd), 0, "{odd}");
    }
    let note = &found(&desk, "ERROR swall")[0];
    assert_eq!(marked(note), "The Retry queue [swallows] the first [error]");
    assert_eq!(
        (&note["touchpoint"], &note["name"], &note["label"], &note["onDay"]),
        (&json!(id), &json!("Tom"), &json!("Replied to us"), &json!("2026-05-01"))
    );
    desk.call("touchpoints.edit", json!({ "id": id, "note": "All is well" }));
    assert_eq!((count("retry"), count("well")), (0, 1));
    desk.call("touchpoints.trash", json!({ "id": id }));
    assert_eq!(count("well"), 0);
    desk.undo();
    assert_eq!(count("well"), 1);
    desk.call("people.trash", json!({ "ids": [tom] }));
    assert_eq!(count("well"), 0, "nobody who is still here was there");
    desk.is_sound();
}

#[test]
fn a_word_is_found_however_its_sharp_s_is_written() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    noted(&desk, &tom, "2026-05-01", "Wohnt in der Großen Straße, gleich links");
    noted(&desk, &tom, "2026-05-02", "Neue Adresse: GROSSE STRASSE 9");
    noted(&desk, &tom, "2026-05-03", "Die Masse macht es");
    let say = |text: &str| found(&desk, text).iter().map(marked).collect::<Vec<_>>();
    let both = ["Neue Adresse: GROSSE [STRASSE] 9", "Wohnt in der Großen [Straße], gleich links"];
    for typed in ["strasse", "STRASSE", "Straße", "STRAẞE", "strass", "straß", "stras"] {
        assert_eq!(say(typed), both, "{typed}");
    }
    assert_eq!(say("grosse straße"), ["Neue Adresse: [GROSSE] [STRASSE] 9"]);
    assert_eq!(say("großen strasse"), ["Wohnt in der [Großen] [Straße], gleich links"]);
    assert_eq!(found(&desk, "maße").len(), 1);
    assert!(say("strasse masse").is_empty());
}

#[test]
fn what_is_kept_about_somebody_is_found_too_and_follows_every_edit() {
    let desk = Desk::new();
    let id = desk.person("Priya");
    let edit = |change: Value| {
        let mut input = change;
        input["id"] = json!(id);
        desk.call("people.edit", input);
    };
    edit(json!({ "buildingNow": "A telemetry SDK in Rust", "challenges": "The retry docs" }));
    edit(json!({ "notes": "Prefers tea" }));
    let say = |text: &str| {
        found(&desk, text).iter().map(|note| format!("{} {}", note["prose"], marked(note))).collect::<Vec<_>>()
    };
    assert_eq!(say("telemetry"), ["\"building_now\" A [telemetry] SDK in Rust"]);
    assert_eq!(say("RETRY"), ["\"challenges\" The [retry] docs"]);
    assert_eq!(say("tea"), ["\"notes\" Prefers [tea]"]);
    edit(json!({ "challenges": "" }));
    assert!(say("retry").is_empty());
    desk.undo();
    assert_eq!(say("retry").len(), 1);
    desk.is_sound();
}

#[test]
fn scripts_without_spaces_are_found_by_any_part() {
    let desk = Desk::new();
    let id = desk.person("小林 葵");
    noted(&desk, &id, "2026-05-01", "索引が大きいので、東京でRustを話した。");
    noted(&desk, &id, "2026-05-02", "서울에서 만났다");
    for (words, text) in [
        ("索引", "[索引]が大きいので、東京でRustを話した。"),
        ("大き", "索引が[大き]いので、東京でRustを話した。"),
        ("京", "索引が大きいので、東[京]でRustを話した。"),
        ("で", "索引が大きいの[で]、東京[で]Rustを話した。"),
        ("でRust", "索引が大きいの[で]、東京[で][Rust]を話した。"),
        ("東京 索引", "[索引]が大きいので、[東京]でRustを話した。"),
        ("서울", "[서울]에서 만났다"),
    ] {
        assert_eq!(found(&desk, words).iter().map(marked).collect::<Vec<_>>(), [text], "{words}");
    }
    for words in ["引索", "京東", "大い", "東京で話"] {
        assert!(found(&desk, words).is_empty(), "{words}");
    }
    desk.is_sound();
}

/// A pair may stand across the place where the text is cut into blocks.
#[test]
fn a_long_text_is_cut_nowhere() {
    let desk = Desk::new();
    let id = desk.person("葵");
    for length in [254, 255, 256, 257, 511, 512, 2_000] {
        noted(&desk, &id, "2026-05-01", &format!("{}東京{}", "あ".repeat(length), "い".repeat(300)));
    }
    assert_eq!((found(&desk, "あ東京い").len(), found(&desk, "東京").len()), (7, 7));
    desk.is_sound();
}

#[test]
fn the_newest_day_comes_first_whenever_it_was_written_down_and_more_is_said_to_be_there() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    noted(&desk, &id, "2026-05-10", "queue one");
    noted(&desk, &id, "2026-05-20", "queue two");
    noted(&desk, &id, "2024-01-01", "queue three");
    let days: Vec<String> = found(&desk, "queue").iter().map(marked).collect();
    assert_eq!(days, ["[queue] two", "[queue] one", "[queue] three"]);
    let two = desk.call("search.notes", json!({ "text": "queue", "limit": 2 }));
    assert_eq!((two["notes"].as_array().unwrap().len(), &two["more"]), (2, &json!(true)));
    assert_eq!(desk.call("search.notes", json!({ "text": "queue", "limit": 3 }))["more"], false);
}

#[test]
fn an_entry_with_several_people_is_one_find() {
    let desk = Desk::new();
    let (ada, bo) = (desk.person("Ada"), desk.person("Bo"));
    desk.call(
        "touchpoints.log",
        json!({ "kind": "replied", "note": "Both of them", "people": [{ "person": ada }, { "person": bo }] }),
    );
    let notes = found(&desk, "both");
    assert_eq!((notes.len(), &notes[0]["name"], &notes[0]["others"]), (1, &json!("Ada"), &json!(1)));
}

#[test]
fn words_are_marked_as_they_are_written_and_a_long_text_is_shown_where_they_are() {
    assert_eq!(shown("Ganz GRÖßER, größere", "größer"), "Ganz [GRÖßER], [größere]");
    assert_eq!(shown("cafe\u{301} au lait", "café"), "[cafe\u{301}] au lait");
    assert_eq!(shown("don't stop", "stop don't"), "[don]'[t] [stop]");
    assert_eq!(shown("an ant and an", "an"), "[an] ant and [an]");
    assert_eq!(shown("one\ntwo", "two"), "one [two]");
    let long = format!("{} needle {}", "hay ".repeat(100), "straw ".repeat(100));
    let shown = shown(&long, "needle");
    assert!(shown.starts_with("… hay") && shown.contains("[needle]") && shown.ends_with('…'), "{shown}");
    assert!(shown.chars().count() < 220);
}

/// What was taken out must not be found in the bytes of the file, in the index of words least of all.
#[test]
fn the_index_keeps_nothing_of_a_row_that_is_gone() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    noted(&desk, &id, "2026-05-01", "Quetzalcoatl 秘密情報");
    desk.call("people.edit", json!({ "id": id, "notes": "Huitzilopochtli" }));
    let desk = desk.reopened(|path, _| {
        behind(
            path,
            "PRAGMA foreign_keys = OFF;
             DELETE FROM changes; DELETE FROM touchpoints; DELETE FROM people; DELETE FROM person_state;",
        );
    });
    desk.reopened(|path, _| {
        let file = Connection::open(path).expect("the file opens");
        file.execute("INSERT INTO notes (notes, rank) VALUES ('integrity-check', 1)", []).expect("a sound index");
        file.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("the log is empty");
        drop(file);
        let bytes = std::fs::read(path).expect("the file");
        for word in ["quetzalcoatl", "huitzilopochtli", "Quetzal", "Huitzil", "秘密", "密情"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} is still there");
        }
    });
}

/// Does something to the file that Hallway does not see.
fn behind(path: &std::path::Path, sql: &str) {
    let file = Connection::open(path).expect("the file opens");
    file.execute_batch("PRAGMA secure_delete = ON").expect("a setting");
    file.execute_batch(sql).expect("it is done");
}

/// The words are indexed by whoever writes with Hallway, and for everybody else at the next opportunity.
#[test]
fn what_another_program_writes_is_found_once_the_file_is_opened_or_written_to() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    noted(&desk, &tom, "2026-05-01", "Retries");
    let count = |desk: &Desk, text: &str| found(desk, text).len();
    let desk = desk.reopened(|path, _| behind(path, "UPDATE touchpoints SET note = 'Deadlines'"));
    assert_eq!((count(&desk, "retries"), count(&desk, "deadlines")), (0, 1));
    behind(desk.store.path(), "UPDATE people SET notes = 'Tea'; UPDATE touchpoints SET note = 'Queues'");
    desk.person("Ada");
    assert_eq!((count(&desk, "deadlines"), count(&desk, "queues"), count(&desk, "tea")), (0, 1, 1));
    behind(desk.store.path(), "UPDATE people SET notes = NULL; DELETE FROM touchpoint_people; DELETE FROM touchpoints");
    desk.call("doctor.check", json!({}));
    assert_eq!((count(&desk, "queues"), count(&desk, "tea")), (0, 0));
    desk.reopened(|path, _| {
        let file = Connection::open(path).expect("the file opens");
        file.execute("INSERT INTO notes (notes, rank) VALUES ('integrity-check', 1)", []).expect("a sound index");
    });
}

/// One write may touch a row many times: what counts is what the index knew before it and what stands there after it.
#[test]
fn rows_that_are_written_again_and_again_in_one_write_are_indexed_as_they_end() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    noted(&desk, &tom, "2026-05-01", "Retries");
    behind(
        desk.store.path(),
        "BEGIN;
         UPDATE touchpoints SET note = 'Half'; UPDATE touchpoints SET note = NULL; UPDATE touchpoints SET quote = 'Queues';
         UPDATE people SET notes = 'Half'; UPDATE people SET notes = 'Tea';
         UPDATE people SET challenges = 'Half'; UPDATE people SET challenges = NULL;
         INSERT INTO touchpoints (rid, id, kind, on_day, precision, at, zone, direction, intent, note, quote, sentiment, minutes,
           needs_answer, source, created_at, updated_at, created_op)
           SELECT rid + 1, randomblob(16), kind, on_day, precision, at, zone, direction, intent, 'Half', quote, sentiment, minutes,
           needs_answer, source, created_at, updated_at, created_op FROM touchpoints;
         DELETE FROM touchpoints WHERE note = 'Half';
         COMMIT;",
    );
    desk.is_sound();
    let count = |text: &str| found(&desk, text).len();
    assert_eq!((count("retries"), count("half"), count("queues"), count("tea")), (0, 0, 1, 1));
}

/// Two lists of one thing: the one that cuts the text and the one that cuts the question.
#[test]
fn the_file_and_the_question_agree_on_which_letters_are_cut_into_pairs() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    let edges =
        [0x3005, 0x3041, 0x30FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xAC00, 0xD7A3, 0xF900, 0xFAD9, 0xFF66, 0xFF9F];
    let letters = edges.into_iter().chain([0x20000, 0x323AF, 0x41, 0x2E80]).flat_map(|n: u32| [n - 1, n, n + 1]);
    for letter in letters.filter_map(char::from_u32) {
        desk.call("people.edit", json!({ "id": id, "notes": format!("{letter}{letter}") }));
        let cut: String = desk
            .store
            .read(desk.now(), |tx| tx.scalar("SELECT note FROM noted WHERE about = 'person'", []))
            .unwrap()
            .unwrap_or_default();
        assert_eq!(cut.trim_end() != format!("{letter}{letter}"), unspaced(letter), "{letter:?}: {cut:?}");
    }
}

/// What is found, and what was looked for in the place of what.
fn close_to(desk: &Desk, text: &str) -> (usize, Vec<String>) {
    let said = desk.call("search.notes", json!({ "text": text, "limit": 50 }));
    let instead = said["instead"].as_array().unwrap().iter();
    let words = instead.map(|one| format!("{} {}", one["typed"].as_str().unwrap(), one["taken"].as_str().unwrap()));
    (said["notes"].as_array().unwrap().len(), words.collect())
}

fn words(pairs: &[&str]) -> Vec<String> {
    pairs.iter().map(|pair| (*pair).to_owned()).collect()
}

#[test]
fn a_word_that_is_in_no_note_is_taken_for_the_nearest_that_is() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    noted(&desk, &tom, "2026-05-01", "Moves to Kubernetes with the billing team");
    noted(&desk, &tom, "2026-05-02", "Billing is slow, the cache is cold");
    assert_eq!(close_to(&desk, "kubernetes"), (1, vec![]), "what is spelled so needs nothing");
    for (typed, taken) in [
        ("kuberntes", "kubernetes"),   // One letter is missing,
        ("Kubernettes", "kubernetes"), // one is too many,
        ("kubernefes", "kubernetes"),  // one is another,
        ("kuebrnetes", "kubernetes"),  // two are swapped;
        ("kbernetis", "kubernetes"),   // in a long word two slips are forgiven,
        ("cahce", "cache"),            // in a short one one.
    ] {
        let (notes, instead) = close_to(&desk, typed);
        assert_eq!((notes, instead), (1, words(&[&format!("{typed} {taken}")])), "{typed}");
    }
    let said = desk.call("search.notes", json!({ "text": "kuberntes", "limit": 50 }));
    assert_eq!(marked(&said["notes"][0]), "Moves to [Kubernetes] with the billing team", "what was found is marked");
    for far in ["cohne", "kafka", "kbrntes"] {
        assert_eq!(close_to(&desk, far), (0, vec![]), "{far}");
    }
    // Only the word that is nowhere is another.
    assert_eq!(close_to(&desk, "billing kuberntes"), (1, words(&["kuberntes kubernetes"])));
    assert_eq!(close_to(&desk, "kuberntes biling"), (1, words(&["kuberntes kubernetes", "biling billing"])));
    assert_eq!(close_to(&desk, "(kuberntes), team!"), (1, words(&["kuberntes kubernetes"])));
    assert_eq!(close_to(&desk, "kubernetes cache"), (0, vec![]), "both are somewhere, and in no note together");
    assert_eq!(close_to(&desk, "kuberntes cache"), (0, vec![]));
    // One that is being typed.
    assert_eq!(close_to(&desk, "kubrnet"), (1, words(&["kubrnet kubernetes"])));
    desk.is_sound();
}

#[test]
fn short_words_numbers_quotes_and_scripts_without_spaces_are_meant_as_they_stand() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    noted(&desk, &tom, "2026-05-01", "the api of 2019 has a retry queue 索引が大 and Łódź in straße");
    for meant in ["apo", "teh", "2018", "\"retyr queue\"", "\"retyr\"", "索引か", "retry-quue", "x.retyr"] {
        assert_eq!(close_to(&desk, meant), (0, vec![]), "{meant}");
    }
    assert_eq!(close_to(&desk, "retyr \"queue\""), (1, words(&["retyr retry"])));
    assert_eq!(close_to(&desk, "\"retyr"), (1, words(&["retyr retry"])), "one quote quotes nothing");
    assert_eq!(close_to(&desk, "strasze").1.len(), 1, "ß is found as two letters");
    assert_eq!(close_to(&desk, "lodz").0, 1, "nobody types the stroke");
    for odd in
        ["NEAR(retyr", "retyr OR *", "note:retyr", "'retyr; --", "retyr\u{0}", &"retyr ".repeat(400), &"k".repeat(9000)]
    {
        close_to(&desk, odd);
    }
    desk.is_sound();
}

#[test]
fn what_is_near_follows_what_is_written_and_deleted() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    assert_eq!(close_to(&desk, "teraform"), (0, vec![]));
    let id = noted(&desk, &tom, "2026-05-01", "Runs Terraform");
    assert_eq!(close_to(&desk, "teraform"), (1, words(&["teraform terraform"])));
    desk.call("people.edit", json!({ "id": tom, "challenges": "Ansible at night" }));
    assert_eq!(close_to(&desk, "ansibel"), (1, words(&["ansibel ansible"])));
    desk.call("touchpoints.edit", json!({ "id": id, "note": "Runs Nomad" }));
    assert_eq!(close_to(&desk, "teraform"), (0, vec![]), "nobody says it any more");
    noted(&desk, &tom, "2026-05-02", "Performs in Berlin");
    desk.undo();
    assert_eq!(close_to(&desk, "preforms"), (0, vec![]), "what was taken back is not found");
    desk.call("touchpoints.trash", json!({ "id": id }));
    assert_eq!(close_to(&desk, "nomda"), (0, vec![]));
}
