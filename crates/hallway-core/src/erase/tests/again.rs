//! That they stay gone: imports, backups, the trash, and whatever is done.
use super::*;

#[test]
fn an_import_of_everything_brings_nobody_back_who_was_erased() {
    let full = fixture::full();
    let before = full.desk.path("everything.json");
    full.desk.call("json.export", json!({ "file": full.desk.store.grant(before.clone(), crate::Access::Write) }));
    let receipt = erase(&full);
    let gone: u64 = receipt["gone"].as_array().unwrap().iter().map(|one| one["count"].as_u64().unwrap()).sum();
    let file = || json!({ "file": full.desk.store.grant(before.clone(), crate::Access::Read), "theirs": true });
    let seen = full.desk.call("json.preview", file());
    let left_out = seen["erased"].as_u64().unwrap();
    assert!(left_out > 20 && left_out <= gone, "{left_out} of {gone}: {seen}");
    let done = full.desk.call("json.run", file());
    assert_eq!(done["erased"], left_out);
    assert_eq!(done["people"], 0);
    assert_eq!(full.desk.names(), ["Bo Ekdahl", "Kai Brandt", "Priya Nairo"]);
    assert_eq!(full.desk.refused("subject.page", json!({ "id": full.priya })).code, "not_found");
    full.desk.is_sound();
}

#[test]
fn a_file_that_only_knows_their_addresses_leaves_out_whoever_was_erased_elsewhere() {
    let full = fixture::full();
    let exported = |name: &str| -> Value {
        let file = full.desk.path(name);
        full.desk.call("json.export", json!({ "file": full.desk.store.grant(file.clone(), crate::Access::Write) }));
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
    };
    let mut before = exported("before.json");
    // Of what Bo was promised nothing but where that was said is hers.
    let followups = before["followups"].as_array_mut().unwrap();
    let mut promised = followups.iter().find(|one| one["text"] == "send her the guide").unwrap().clone();
    assert!(promised["touchpointId"].is_string(), "{promised}");
    (promised["id"], promised["personId"]) = (json!("0197c000-0000-7000-8000-000000000001"), json!(full.bo));
    promised["text"] = json!("Return the book");
    followups.push(promised);
    erase(&full);
    // A new file that got nothing but the suppression list.
    let mut list = exported("list.json");
    list.as_object_mut()
        .unwrap()
        .retain(|name, _| ["format", "version", "suppressionKeys", "suppressions"].contains(&name.as_str()));
    let desk = Desk::new();
    let file = |name: &str, text: &Value| {
        let path = desk.path(name);
        fs::write(&path, text.to_string()).unwrap();
        json!({ "file": desk.store.grant(path, crate::Access::Read) })
    };
    desk.call("json.run", file("list.json", &list));
    // Nobody is somebody else for a number they share, or an address that was never theirs or is not any more.
    let mut shared = before.clone();
    let points = shared["contactPoints"].as_array_mut().unwrap();
    for (n, kind, value, status, deleted) in [
        (2, "phone", "+91 20 5550 0199", "ok", Value::Null),
        (3, "email", ADDRESS, "wrong_person", Value::Null),
        (4, "email", ADDRESS, "ok", json!(1_779_000_000_000_i64)),
    ] {
        let id = format!("0197c000-0000-7000-8000-00000000000{n}");
        points.push(json!({ "id": id, "personId": full.bo, "kind": kind, "value": value, "status": status,
            "obtainedOn": "2026-05-02", "deletedAt": deleted }));
    }
    let seen = desk.call("json.preview", file("shared.json", &shared));
    assert_eq!(
        (seen["leftOut"].as_array().map(Vec::len), &seen["refused"]),
        (Some(2), &json!(0)),
        "{}",
        seen["leftOut"]
    );
    let seen = desk.call("json.preview", file("before.json", &before));
    let left_out = seen["leftOut"].as_array().unwrap();
    assert_eq!(left_out.len(), 2, "she, and the row that turned out to be her: {left_out:?}");
    let reason = left_out[0]["reason"].as_str().unwrap();
    assert!(reason.starts_with(&format!("{NAME} is left out: whoever had")), "{reason}");
    assert_eq!((&seen["refused"], &seen["differs"]), (&json!(0), &json!(0)), "{}", seen["refusals"]);
    let done = desk.call("json.run", file("before.json", &before));
    assert_eq!((&done["erased"], &done["refused"], &done["people"]), (&seen["erased"], &json!(0), &json!(3)), "{done}");
    assert_eq!(desk.names(), ["Bo Ekdahl", "Kai Brandt", "Priya Nairo"]);
    let out = desk.path("after.json");
    desk.call("json.export", json!({ "file": desk.store.grant(out.clone(), crate::Access::Write) }));
    let after: Value = serde_json::from_str(&fs::read_to_string(out).unwrap()).unwrap();
    let promised = after["followups"].as_array().unwrap().iter().find(|one| one["text"] == "Return the book");
    let promised = promised.expect("what Bo was promised");
    assert_eq!((&promised["personId"], &promised["touchpointId"]), (&json!(full.bo), &Value::Null));
    // Nothing of hers is in the file; what is said of others stays as it is.
    let hers = [
        "P. Nairova-Rao",
        "PriyaForges2",
        "912055500199",
        "PREE-ya",
        "Lead of the forge",
        "Mumbai",
        "Nashik",
        "kiln controller",
        "Ferrite Works",
        "Tamarind",
        "thesis",
    ];
    assert_eq!(found(&desk, &hers), BTreeSet::new());
    desk.is_sound();
    // Whoever is here under the same number is here for a reason.
    let full = Desk::new();
    let file = |name: &str, text: &Value| {
        let path = full.path(name);
        fs::write(&path, text.to_string()).unwrap();
        json!({ "file": full.store.grant(path, crate::Access::Read) })
    };
    full.call("json.run", file("before.json", &before));
    full.call("json.run", file("list.json", &list));
    assert_eq!(full.call("json.preview", file("before.json", &before))["leftOut"], json!([]));
    // A file that says of her that she was erased and has her knows that she came back, also once it was taken back.
    let back = Desk::new();
    let file = |name: &str, text: &Value| {
        let path = back.path(name);
        fs::write(&path, text.to_string()).unwrap();
        json!({ "file": back.store.grant(path, crate::Access::Read) })
    };
    let mut came_back = before.clone();
    for name in ["suppressionKeys", "suppressions"] {
        came_back[name] = list[name].clone();
    }
    back.call("json.run", file("back.json", &came_back));
    assert!(back.names().contains(&NAME.to_owned()));
    back.undo();
    assert_eq!(back.call("json.preview", file("back.json", &came_back))["leftOut"], json!([]));
    let seen = back.call("json.preview", file("before.json", &before));
    assert_eq!(seen["leftOut"].as_array().map(Vec::len), Some(2), "another file does not know it");
}

#[test]
fn whoever_was_let_back_is_in_a_backup_that_is_put_back() {
    let full = fixture::full();
    erase(&full);
    let Full { desk, priya, .. } = full;
    // As a file of an earlier program has it: the row is here, and its number is among those that went.
    let again = desk.person("Priya, by her own wish");
    let file = Connection::open(desk.store.path()).unwrap();
    file.execute(
        "INSERT INTO erased (tbl, row_id, erasure) SELECT 'people', p.id, (SELECT max(id) FROM erasures) FROM people p WHERE p.display_name LIKE '%own wish'",
        [],
    )
    .unwrap();
    drop(file);
    let name = desk.call("backups.make", json!({}))["name"].as_str().unwrap().to_owned();
    let bo = desk.person("Another");
    desk.call("erase.run", json!({ "ids": [bo], "others": "blank" }));
    let desk = desk.reopened(|path, now| drop(restore(path, &name, now).unwrap()));
    assert!(desk.names().contains(&"Priya, by her own wish".to_owned()), "{again}");
    assert_eq!(desk.refused("subject.page", json!({ "id": priya })).code, "not_found");
}

#[test]
fn a_backup_from_before_does_not_bring_them_back() {
    let full = lived_in();
    let path = full.desk.store.path().to_owned();
    let old = kept(&path).remove(1);
    let elsewhere = full.desk.path("kept-elsewhere.csv");
    fs::copy(&old.path, &elsewhere).unwrap();
    erase(&full);
    let receipts = full.desk.call("erase.receipts", json!({}));
    // Somebody lays the one they had kept back where it was.
    fs::copy(&elsewhere, &old.path).unwrap();
    fs::remove_file(format!("{}.sha256", old.path.display())).unwrap();
    let Full { desk, priya, .. } = full;
    let desk = desk.reopened(|path, now| drop(restore(path, &old.name, now).unwrap()));
    assert_eq!(desk.names(), ["Bo Ekdahl", "Kai Brandt", "Priya Nairo"]);
    assert_eq!(desk.refused("subject.page", json!({ "id": priya })).code, "not_found");
    assert_eq!(desk.call("erase.receipts", json!({}))[0]["id"], receipts[0]["id"], "its receipt is there");
    desk.is_sound();
    fs::remove_file(&old.path).unwrap();
    assert_eq!(found(&desk, HERS), BTreeSet::new());
}

#[test]
fn it_is_done_alone_and_not_while_an_import_is_under_way() {
    let full = fixture::full();
    let other = crate::open(full.desk.store.path(), full.desk.now(), 4, "UTC").unwrap();
    let asked = json!({ "ids": [full.priya], "others": "keep" });
    assert_eq!(full.desk.refused("erase.run", asked.clone()).code, "busy");
    drop(other);
    let under_way = "INSERT INTO import_runs (id, kind, file_name, file_hash, request, phase, rows, done, started_at) VALUES (randomblob(16), 'table', 'a', 'b', '{}', 'rows', 0, '{}', 0)";
    let file = Connection::open(full.desk.store.path()).unwrap();
    file.execute(under_way, []).unwrap();
    let refused = full.desk.refused("erase.run", asked.clone());
    assert!(refused.message.contains("import"), "{}", refused.message);
    file.execute("DELETE FROM import_runs", []).unwrap();
    drop(file);
    full.desk.call("erase.run", asked);
    let third = crate::open(full.desk.store.path(), full.desk.now(), 5, "UTC").unwrap();
    drop(third);
    full.desk.person("Somebody else");
}

#[test]
fn a_backup_that_cannot_be_read_leaves_it_unfinished_until_it_is_gone() {
    let full = lived_in();
    let spoilt = kept(full.desk.store.path()).remove(0).path;
    let whole = fs::read(&spoilt).unwrap();
    fs::write(&spoilt, b"no workspace").unwrap();
    let receipt = erase(&full);
    assert!(receipt["unfinished"].as_str().unwrap().contains("not yet from every backup"), "{receipt}");
    assert_eq!(receipt["backups"].as_array().unwrap().len(), 1);
    // It can be read again, as after the disk was plugged in.
    fs::write(&spoilt, whole).unwrap();
    let Full { desk, .. } = full;
    let desk = desk.reopened(|_, _| ());
    let receipt = &desk.call("erase.receipts", json!({}))[0];
    assert_eq!((&receipt["unfinished"], receipt["backups"].as_array().unwrap().len()), (&Value::Null, 2));
    assert_eq!(found(&desk, &["thesis", "PriyaForges"]), BTreeSet::new());
}

/// What was decided is written down, so that a backup which could not be read then is blanked in the same way later.
#[test]
fn what_was_decided_of_a_part_of_her_name_holds_for_a_backup_that_is_gone_on_with() {
    let full = fixture::full();
    let people = json!([{ "person": full.bo }]);
    let note = crate::testing::id_of(&full.desk.call(
        "touchpoints.log",
        json!({ "kind": "emailed", "on": "2026-05-20", "people": people, "note": "Nairova wants a sticker" }),
    ));
    full.desk.call("backups.make", json!({}));
    let spoilt = kept(full.desk.store.path()).remove(0).path;
    let whole = fs::read(&spoilt).unwrap();
    fs::write(&spoilt, b"no workspace").unwrap();
    let word = json!({ "table": "touchpoints", "row": note, "column": "note", "words": "blank" });
    let receipt = full.desk.call("erase.run", json!({ "ids": [full.priya], "others": "blank", "decisions": [word] }));
    assert!(receipt["unfinished"].is_string(), "{receipt}");
    fs::write(&spoilt, whole).unwrap();
    let Full { desk, .. } = full;
    let desk = desk.reopened(|_, _| ());
    let receipt = &desk.call("erase.receipts", json!({}))[0];
    assert_eq!((&receipt["unfinished"], receipt["backups"].as_array().unwrap().len()), (&Value::Null, 1));
    assert_eq!(found(&desk, &["Nairova wants a sticker"]), BTreeSet::new());
    desk.is_sound();
}

#[test]
fn the_trash_empties_itself_after_thirty_days() {
    let full = fixture::full();
    let people = json!([{ "person": full.bo }]);
    full.desk.call(
        "touchpoints.log",
        json!({ "kind": "emailed", "on": "2026-05-20", "people": people, "note": "Nairova wants a sticker" }),
    );
    full.desk.call("people.trash", json!({ "ids": [full.priya] }));
    full.desk.call("touchpoints.trash", json!({ "id": full.with_both }));
    assert_eq!(full.desk.wait(29).call("erase.keep_up", json!({})), Value::Null);
    assert_eq!(full.desk.call("trash.list", json!({}))["people"].as_array().unwrap().len(), 1);
    let receipt = full.desk.wait(2).call("erase.keep_up", json!({}));
    assert_eq!((&receipt["why"], &receipt["people"]), (&json!("trash"), &json!(1)));
    assert!(!found(&full.desk, &["Nairova wants a sticker"]).is_empty(), "nobody was asked about it");
    assert!(receipt["kept"].as_array().unwrap().iter().all(|one| one["inPart"].is_null()), "{receipt}");
    assert!(receipt["searched"].as_str().unwrap().contains("not for a part of a name"), "{receipt}");
    let trash = full.desk.call("trash.list", json!({}));
    assert_eq!((&trash["people"], &trash["touchpoints"]), (&json!([]), &json!([])));
    assert_eq!(found(&full.desk, &["thesis", "PriyaForges", "compared notes"]), BTreeSet::new());
    assert_eq!(full.desk.call("erase.keep_up", json!({})), Value::Null, "once");
    full.desk.is_sound();
    full.desk.call("people.trash", json!({ "ids": [full.bo] }));
    assert_eq!(full.desk.call("trash.empty", json!({}))["people"], 1);
    assert_eq!(full.desk.names(), ["Kai Brandt", "Priya Nairo"]);
    assert_eq!(full.desk.call("trash.empty", json!({})), Value::Null);
}

#[test]
fn whoever_nothing_happened_with_for_long_is_reported() {
    let desk = Desk::new();
    let [ada, _bo, eve] = ["Ada", "Bo", "Eve"].map(|name| desk.person(name));
    desk.log(&ada, "conversation_online", "2024-01-10");
    desk.log(&eve, "conversation_online", "2026-05-01");
    let report = |months: u32| {
        let found = desk.call("retention.report", json!({ "months": months, "offset": 0, "limit": 9 }));
        let names: Vec<String> = found["people"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["person"]["name"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(found["total"], names.len());
        names
    };
    assert_eq!(report(24), ["Ada"]);
    assert_eq!(report(36), Vec::<String>::new());
    desk.wait(200);
    assert_eq!(report(6), ["Bo", "Ada", "Eve"], "whoever was never met counts from the day they were added");
    assert_eq!(
        desk.refused("retention.report", json!({ "months": 0, "offset": 0, "limit": 9 })).field.as_deref(),
        Some("months")
    );
}

/// Whatever was done before and is done after, in whatever order it is taken back, somebody who was erased stays so.
#[test]
fn no_order_of_what_is_done_brings_them_back() {
    for seed in 0..crate::testing::prove::times(12, 200) {
        let mut chance = Chance(u64::from(seed));
        let desk = Desk::new();
        let mut people: Vec<(String, String)> = Vec::new();
        let mut erased: Vec<String> = Vec::new();
        let quiet = |command: &str, input: Value| {
            dispatch(&desk.later(1).store, desk.now(), command, input).map(|reply| reply.value)
        };
        for step in 0..60 {
            let n = chance.roll(14);
            if people.len() < 2 || n == 0 {
                let name = format!("Person{seed}x{step}q");
                people.push((desk.person(&name), name));
                continue;
            }
            let one = people[chance.roll(people.len() as u64) as usize].clone();
            let other = people[chance.roll(people.len() as u64) as usize].clone();
            let who = format!("{} told of {}", one.1, one.1);
            let _ = match n {
                1 => quiet("people.edit", json!({ "id": one.0, "city": who, "notes": who })),
                2 => quiet(
                    "touchpoints.log",
                    json!({ "kind": "building_with_it", "people": [{ "person": one.0 }], "note": who }),
                ),
                3 => quiet(
                    "touchpoints.log",
                    json!({ "kind": "conversation_online", "people": [{ "person": one.0 }, { "person": other.0 }], "note": who }),
                ),
                4 => quiet(
                    "tags.add",
                    json!({ "people": [one.0, other.0], "name": format!("Tag{}", step % 3), "kind": "topic" }),
                ),
                5 => quiet("doubles.merge", json!({ "ids": [one.0, other.0] })),
                6 => quiet("doubles.separate", json!({ "id": one.0 })),
                7 => quiet("people.trash", json!({ "ids": [one.0] })),
                8 => quiet(
                    "followups.add",
                    json!({ "text": format!("ask {who}"), "person": one.0, "due": "2026-06-01" }),
                ),
                9 => quiet("history.undo", json!({})),
                10 => quiet("history.redo", json!({})),
                11 => {
                    let op = 1 + chance.roll(40);
                    quiet("history.take_back", json!({ "operation": op }))
                }
                12 => {
                    // It becomes that of whomever they were merged into, and stays theirs: what others are reached by is not blanked.
                    let whose = "SELECT r.display_name FROM people p JOIN people r ON r.id = p.root WHERE p.id = ?1";
                    let whose: Option<String> =
                        desk.store.read(desk.now(), |tx| tx.scalar(whose, [one.0.parse::<Id>().unwrap()])).unwrap();
                    let value = format!("{}@x.example", whose.unwrap_or_default());
                    quiet(
                        "contact_points.add",
                        json!({ "person": one.0, "kind": "email", "value": value, "source": "badge" }),
                    )
                }
                _ if step > 20 => {
                    let group: Vec<Id> = desk
                        .store
                        .read(desk.now(), |tx| crate::subject::held::everyone_they_are(tx, one.0.parse().unwrap()))
                        .unwrap();
                    let done = quiet("erase.run", json!({ "ids": [one.0], "others": "blank" }));
                    let gone = |id: &str| group.contains(&id.parse().unwrap());
                    if done.is_ok() {
                        erased.extend(people.iter().filter(|(id, _)| gone(id)).map(|(_, name)| name.clone()));
                        people.retain(|(id, _)| !gone(id));
                    }
                    done
                }
                _ => Ok(Value::Null),
            };
        }
        for name in &erased {
            assert_eq!(found(&desk, &[name]), BTreeSet::new(), "seed {seed}");
        }
        let findings = desk.call("doctor.check", json!({}));
        assert_eq!(findings["findings"], json!([]), "seed {seed}");
    }
}

#[test]
fn what_was_taken_out_of_texts_about_others_is_not_brought_back_by_an_older_file() {
    let full = lived_in();
    full.desk.call("lists.create", json!({ "name": "Near the kiln", "filter": format!("\"{NAME}\"") }));
    let before = full.desk.path("everything.json");
    full.desk.call("json.export", json!({ "file": full.desk.store.grant(before.clone(), crate::Access::Write) }));
    let mut older: Value = serde_json::from_str(&fs::read_to_string(&before).unwrap()).unwrap();
    let notes = older["touchpoints"].as_array_mut().unwrap();
    let about_her = notes.iter_mut().find(|one| one["id"] == json!(full.about_her)).unwrap();
    about_her["sentiment"] = json!(2);
    fs::write(&before, older.to_string()).unwrap();
    let receipt = erase(&full);
    assert_eq!(receipt["blanked"], 5, "{receipt}");
    let clean = full.desk.dump();
    let file =
        |theirs: bool| json!({ "file": full.desk.store.grant(before.clone(), crate::Access::Read), "theirs": theirs });

    let seen = full.desk.call("json.preview", file(true));
    assert_eq!(seen["reworded"], 5, "{seen}");
    let differing = seen["differing"].as_array().unwrap();
    let stays = differing.iter().filter(|row| row["stays"].as_str().is_some_and(|says| says.contains("was erased")));
    assert_eq!(stays.count(), 5, "each is shown with the reason: {seen}");
    let kept = full.desk.call("json.run", file(false));
    assert_eq!((&kept["reworded"], full.desk.dump()), (&json!(0), clean), "here everything stays anyway");

    let done = full.desk.call("json.run", file(true));
    assert_eq!(done["reworded"], 5, "{done}");
    assert_eq!(found(&full.desk, HERS), BTreeSet::new());
    let timeline = full.desk.call("touchpoints.timeline", json!({ "person": full.bo, "limit": 9 }));
    let entries = timeline["entries"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["note"] == "Bo says that … moved to Oslo").expect("the text of here");
    assert_eq!(entry["sentiment"], 2, "what else the file says is taken: {entry}");
    full.desk.is_sound();
}

#[test]
fn what_something_is_called_since_is_not_found_by_her_name_after_an_older_file() {
    let full = fixture::full();
    full.desk.call("tags.add", json!({ "people": [full.bo], "name": "met by Priya Nairova", "kind": "topic" }));
    let choices = json!(["Priya Nairova", "a friend"]);
    let field = crate::testing::id_of(
        &full.desk.call("fields.define", json!({ "label": "Brought by", "kind": "choice", "choices": choices })),
    );
    full.desk.call("fields.set", json!({ "person": full.bo, "field": field, "value": "Priya Nairova" }));
    let before = full.desk.path("everything.json");
    full.desk.call("json.export", json!({ "file": full.desk.store.grant(before.clone(), crate::Access::Write) }));
    let mut older: Value = serde_json::from_str(&fs::read_to_string(&before).unwrap()).unwrap();
    let tag =
        older["tags"].as_array_mut().unwrap().iter_mut().find(|tag| tag["name"] == "met by Priya Nairova").unwrap();
    let id = tag["id"].clone();
    tag["kind"] = json!("stack");
    fs::write(&before, older.to_string()).unwrap();
    let anew = json!([{ "table": "tags", "row": id, "column": "name", "text": "met at the fair" }]);
    full.desk.call("erase.run", json!({ "ids": [full.priya], "others": "blank", "decisions": anew }));
    let file =
        |theirs: bool| json!({ "file": full.desk.store.grant(before.clone(), crate::Access::Read), "theirs": theirs });
    for theirs in [false, true] {
        let done = full.desk.call("json.run", file(theirs));
        assert_eq!(done["refused"], 0, "a choice that was blanked is one still: {done}");
    }
    assert_eq!(found(&full.desk, HERS), BTreeSet::new());
    full.desk.call("tags.add", json!({ "people": [full.bo], "name": "Met at the FAIR", "kind": "stack" }));
    let tags = full.desk.page(&full.bo)["tags"].clone();
    assert_eq!(tags.as_array().unwrap().iter().filter(|tag| tag["name"] == "met at the fair").count(), 1, "{tags}");
    full.desk.is_sound();
}
