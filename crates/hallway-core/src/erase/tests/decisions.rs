//! What is asked before, and what becomes of texts and names of others.
use super::*;

#[test]
fn what_will_be_gone_is_said_before_and_what_is_gone_after() {
    let full = lived_in();
    let before = full.desk.call("erase.preview", json!({ "ids": [full.twin] }));
    assert_eq!(before["names"], json!([NAME]), "whichever row is named, all of her goes");
    let count = |list: &Value, table: &str| -> Value {
        let list = list.as_array().unwrap();
        list.iter().find(|one| one["table"] == table).map_or(json!(0), |one| one["count"].clone())
    };
    assert_eq!((count(&before["gone"], "people"), count(&before["gone"], "contact_points")), (json!(2), json!(3)));
    assert_eq!((&before["shared"], &before["backups"], &before["notNow"]), (&json!(1), &json!(2), &Value::Null));
    let named: Vec<(&str, &str)> = before["named"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["table"].as_str().unwrap(), one["column"].as_str().unwrap()))
        .collect();
    assert_eq!(named, [("people", "notes"), ("touchpoints", "note"), ("touchpoints", "note"), ("captures", "text")]);
    assert_eq!(before["named"][1]["spans"], json!([[0, 5]]), "where she was, one of her names is enough");
    let note = &before["named"][2];
    assert_eq!(
        (&note["about"], &note["spans"], &note["canBlank"]),
        (&json!(["Bo Ekdahl"]), &json!([[13, 26]]), &json!(true))
    );
    let people = full.desk.call("workspace.info", json!({}))["people"].as_u64().unwrap();
    let receipt = erase(&full);
    let without: Vec<&Value> =
        receipt["gone"].as_array().unwrap().iter().filter(|one| one["table"] != "organisations").collect();
    assert_eq!(json!(without), before["gone"]);
    assert_eq!(
        (&before["organisations"][0]["name"], count(&receipt["gone"], "organisations")),
        (&json!("Ferrite Works"), json!(1)),
        "where only she was goes with her, and the receipt counts it"
    );
    assert_eq!((&receipt["people"], &receipt["blanked"], &receipt["kept"]), (&json!(1), &json!(4), &json!([])));
    assert_eq!(receipt["backups"].as_array().unwrap().len(), 2);
    assert!(receipt["suppressed"].as_u64().unwrap() >= 2, "her addresses are never written to again: {receipt}");
    let again = full.desk.store.read(full.desk.now(), |tx| {
        crate::trust::is_suppressed(tx, crate::normal::ContactKind::Email, "Priya.Nairova@Ferrite.example")
    });
    assert!(again.unwrap());
    assert_eq!(full.desk.call("workspace.info", json!({}))["people"], people - 1);
    assert_eq!(full.desk.call("history.recent", json!({ "limit": 1 }))[0]["label"], "Erased somebody for good");
    assert_eq!(full.desk.call("erase.receipts", json!({}))[0], receipt);
    assert!(!receipt.to_string().contains("Priya") && !receipt.to_string().contains("airova"));
    let timeline = full.desk.call("touchpoints.timeline", json!({ "person": full.bo, "limit": 9 }));
    let notes: Vec<&str> =
        timeline["entries"].as_array().unwrap().iter().filter_map(|entry| entry["note"].as_str()).collect();
    assert_eq!(notes, ["Bo says that … moved to Oslo", "… and Bo compared notes"]);
    assert_eq!(full.desk.refused("people.page", json!({ "id": full.priya })).code, "not_found");
}

#[test]
fn a_text_about_others_waits_for_a_decision_and_stays_by_one() {
    let full = fixture::full();
    let before = full.desk.dump();
    let refused = full.desk.refused("erase.run", json!({ "ids": [full.priya] }));
    assert_eq!((refused.code, refused.field.as_deref()), ("invalid", Some("decisions")));
    assert!(refused.message.starts_with("4 texts about others name them"), "{}", refused.message);
    let about = |text: &str| json!({ "table": "touchpoints", "row": full.about_her, "column": "note", "text": text });
    let still = json!({ "ids": [full.priya], "others": "keep", "decisions": [about("Nairova, Priya moved")] });
    assert!(full.desk.refused("erase.run", still).message.contains("still names them"));
    assert_eq!(full.desk.dump(), before, "nothing was changed");
    let receipt = full.desk.call(
        "erase.run",
        json!({ "ids": [full.priya], "others": "keep", "decisions": [about("A friend moved to Oslo")] }),
    );
    let kept: Vec<&Value> = receipt["kept"].as_array().unwrap().iter().map(|kept| &kept["place"]).collect();
    assert_eq!(kept, ["Notes of a person", "A note of what happened", "A captured line"]);
    assert_eq!(receipt["blanked"], 1);
    assert!(!found(&full.desk, &["priya.nairova@"]).is_empty(), "Bo's notes were to stay");
    assert_eq!(found(&full.desk, &["PriyaForges", "thesis"]), BTreeSet::new());
    let page = full.desk.page(&full.bo);
    assert_eq!(page["person"]["notes"], "Works with priya.nairova@ferrite.example on the kiln");
    full.desk.is_sound();
}

#[test]
fn a_line_that_waits_and_one_that_is_being_typed_are_asked_about() {
    let full = fixture::full();
    full.desk.call("captures.lines", json!({ "text": "Priya asked for stickers" }));
    full.desk.call("captures.keep", json!({ "text": "Priya wants the guide" }));
    let before = full.desk.call("erase.preview", json!({ "ids": [full.priya] }));
    let named = |text: &str| before["named"].as_array().unwrap().iter().find(|one| one["text"] == text).cloned();
    let (waits, typed) =
        (named("Priya asked for stickers"), named("Priya wants the guide").expect("it is asked about"));
    assert_eq!(waits.expect("it is asked about")["place"], "A captured line");
    assert_eq!((&typed["place"], &typed["inPart"]), (&json!("A line that is not saved yet"), &json!(true)));
    let said = json!({ "table": typed["table"], "row": typed["row"], "column": "text", "words": "blank" });
    let receipt = full.desk.call("erase.run", json!({ "ids": [full.priya], "others": "blank", "decisions": [said] }));
    assert_eq!(full.desk.call("captures.draft", json!({}))["text"], "… wants the guide");
    let kept: Vec<&Value> = receipt["kept"].as_array().unwrap().iter().map(|kept| &kept["place"]).collect();
    assert_eq!((kept, &receipt["blanked"]), (vec![&json!("A captured line")], &json!(5)));
    full.desk.is_sound();
}

#[test]
fn what_was_done_around_them_is_still_taken_back_and_brought_back() {
    let full = fixture::full();
    full.desk.call("people.edit", json!({ "id": full.bo, "city": "Umeå" }));
    erase(&full);
    let undone = full.desk.undo();
    assert_eq!(undone["label"], "Edited Bo Ekdahl");
    assert_eq!(full.desk.page(&full.bo)["person"]["city"], Value::Null);
    full.desk.redo();
    assert_eq!(full.desk.page(&full.bo)["person"]["city"], "Umeå");
    // All the way down, and up again.
    let mut taken = 0;
    while dispatch(&full.desk.store, full.desk.now(), "history.undo", json!({})).is_ok() {
        taken += 1;
        full.desk.is_sound();
    }
    assert!(taken > 25, "{taken}");
    while dispatch(&full.desk.store, full.desk.now(), "history.redo", json!({})).is_ok() {
        taken -= 1;
    }
    assert_eq!(taken, 0);
    full.desk.is_sound();
    assert!(full.desk.names().contains(&"Bo Ekdahl".to_owned()) && !full.desk.names().contains(&NAME.to_owned()));
    assert_eq!(found(&full.desk, &[NAME, "PriyaForges", "thesis"]), BTreeSet::new());
}

/// A name is not blanked, since something has to be called by it; it can be written anew.
#[test]
fn what_others_are_called_by_her_name_can_be_called_otherwise() {
    let full = fixture::full();
    let list = full.desk.call("lists.create", json!({ "name": "Priya Nairova and friends", "filter": "kiln" }));
    full.desk.call("tags.add", json!({ "people": [full.bo], "name": "met by Priya Nairova", "kind": "topic" }));
    full.desk.call("people.edit", json!({ "id": full.bo, "organisation": "Priya Nairova Ltd" }));
    let csv = full.desk.path("priya nairova.csv");
    fs::write(&csv, "Name,E-mail\nZoë,zoe@example.org\n").unwrap();
    let file = full.desk.store.grant(csv, crate::Access::Read);
    full.desk.call("imports.run", json!({ "file": file, "matching": true, "source": "badge" }));
    let before = full.desk.call("erase.preview", json!({ "ids": [full.priya] }));
    let named = |table: &str| -> Value {
        let all = before["named"].as_array().unwrap();
        all.iter().find(|one| one["table"] == table && one["column"] != "notes").unwrap_or(&Value::Null).clone()
    };
    let anew = |table: &str, text: &str| {
        let found = named(table);
        assert_eq!(found["canBlank"], false, "{table}: {before}");
        json!({ "table": table, "row": found["row"], "column": found["column"], "text": text })
    };
    assert_eq!(named("imports")["canBlank"], true, "a file is called by nobody: {before}");
    let decisions = json!([anew("lists", "Friends"), anew("tags", "met at the fair"), anew("organisations", "Ltd")]);
    full.desk.call("erase.run", json!({ "ids": [full.priya], "others": "blank", "decisions": decisions }));
    assert_eq!(found(&full.desk, HERS), BTreeSet::new());
    let lists = full.desk.call("lists.list", json!({}));
    assert!(lists.as_array().unwrap().iter().any(|one| one["id"] == list["id"] && one["name"] == "Friends"), "{lists}");
    let page = full.desk.page(&full.bo);
    assert_eq!(page["organisation"], "Ltd");
    assert!(page["tags"].as_array().unwrap().iter().any(|tag| tag["name"] == "met at the fair"));
    // They are found by what they are called now.
    full.desk.call("tags.add", json!({ "people": [full.bo], "name": "Met at the FAIR", "kind": "topic" }));
    assert_eq!(full.desk.page(&full.bo)["tags"].as_array().unwrap().len(), page["tags"].as_array().unwrap().len());
    full.desk.is_sound();
}

#[test]
fn a_name_that_was_changed_since_does_not_come_back_by_undo() {
    let full = lived_in();
    let lists = |desk: &Desk| -> Vec<String> {
        let lists = desk.call("lists.list", json!({}));
        let mut names: Vec<String> =
            lists.as_array().unwrap().iter().map(|list| list["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(lists(&full.desk), ["Circle", "Kiln beta"]);
    erase(&full);
    let name: Vec<&str> = vec!["Nairova's circle"];
    assert_eq!(found(&full.desk, &name), BTreeSet::new());
    full.desk.undo();
    assert!(!lists(&full.desk).iter().any(|name| name.contains("Nairova")), "{:?}", lists(&full.desk));
    full.desk.is_sound();
}

/// What is said of her by one word of her name, or by where only she was, is somebody else's to read: it is asked about.
#[test]
fn a_part_of_her_name_and_where_only_she_was_are_asked_about_one_by_one() {
    let full = lived_in();
    let say =
        |note: &str| {
            let people = json!([{ "person": full.bo }]);
            crate::testing::id_of(&full.desk.call(
                "touchpoints.log",
                json!({ "kind": "emailed", "on": "2026-05-20", "people": people, "note": note }),
            ))
        };
    let first = say("Ask priya about the kiln; Priyanka knows nothing");
    let last = say("NAIROVA wants a sticker");
    let work = say("Somebody at Ferrite Works said yes");
    let other = say("Ferrite works when it is warm");
    let nothing = say("Pri and the nairovas");
    full.desk.call("touchpoints.edit", json!({ "id": last, "note": "Nairova wants two stickers" }));
    full.desk.call("backups.make", json!({}));
    assert!(!found(&full.desk, &["NAIROVA wants a"]).is_empty(), "the history has it");
    let before = full.desk.call("erase.preview", json!({ "ids": [full.priya] }));
    let named = before["named"].as_array().unwrap();
    let of =
        |id: &str| named.iter().find(|one| one["row"] == id).map(|one| (one["words"].clone(), one["inPart"].clone()));
    assert_eq!(of(&first), Some((json!(["priya"]), json!(true))));
    assert_eq!(of(&last), Some((json!(["Nairova"]), json!(true))));
    assert_eq!(of(&work), Some((json!(["Ferrite Works"]), json!(true))));
    assert_eq!((of(&nothing), of(&other).map(|(words, _)| words)), (None, Some(json!(["Ferrite works"]))));
    assert!(named.iter().any(|one| one["inPart"] == false && one["words"] == json!(["Priya Nairova"])), "{before}");
    let searched: Vec<&str> = before["searched"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    for word in ["Priya Nairova", "Priya", "Nairova", "Ferrite Works", "PriyaForges"] {
        assert!(searched.contains(&word), "{word}: {searched:?}");
    }
    let undecided = full.desk.refused("erase.run", json!({ "ids": [full.priya] }));
    assert_eq!(undecided.field.as_deref(), Some("decisions"));
    // Of all others it is said that they are blanked; of what may mean somebody else, one by one.
    let word = |id: &str, words: &str| json!({ "table": "touchpoints", "row": id, "column": "note", "words": words });
    let receipt = full.desk.call(
        "erase.run",
        json!({ "ids": [full.priya], "others": "blank", "decisions": [word(&last, "blank"), word(&work, "keep")] }),
    );
    let timeline = full.desk.call("touchpoints.timeline", json!({ "person": full.bo, "limit": 19 }));
    let note = |id: &str| {
        let entries = timeline["entries"].as_array().unwrap();
        entries.iter().find(|entry| entry["id"] == id).expect("an entry")["note"].clone()
    };
    assert_eq!(note(&first), "Ask priya about the kiln; Priyanka knows nothing", "nobody decided about it");
    assert_eq!(
        (note(&last), note(&work)),
        (json!("… wants two stickers"), json!("Somebody at Ferrite Works said yes"))
    );
    let kept = receipt["kept"].as_array().unwrap();
    for stays in [&first, &work, &other] {
        let told = json!({ "table": "touchpoints", "row": stays, "column": "note", "place": "A note of what happened", "inPart": true });
        assert!(kept.contains(&told), "what stays is in the receipt, whoever decided it: {receipt}");
    }
    assert!(kept.iter().all(|one| one["row"] != json!(last)), "{receipt}");
    assert_eq!(found(&full.desk, &["NAIROVA wants", "Nairova wants"]), BTreeSet::new(), "nor in history or backups");
    assert!(receipt["searched"].as_str().unwrap().contains("the first and the last word of each alone"));
    full.desk.is_sound();
}

#[test]
fn where_others_are_too_and_what_they_are_called_is_not_asked_about() {
    let full = fixture::full();
    let zoe = full.desk.person("Zoë Priya Nilsson");
    full.desk.call(
        "people.edit",
        json!({ "id": zoe, "organisation": "Ferrite Works", "notes": "Priya says hello from Ferrite Works" }),
    );
    let before = full.desk.call("erase.preview", json!({ "ids": [full.priya] }));
    let named = before["named"].as_array().unwrap();
    assert!(named.iter().all(|one| one["row"] != json!(zoe)), "it is her own name: {before}");
}

/// Where columns go is remembered for the next table like it, with the name of a field one made for them.
#[test]
fn where_the_columns_of_a_table_went_is_forgotten_if_it_names_her() {
    let full = fixture::full();
    let table = full.desk.path("teams.csv");
    fs::write(&table, "Name,Team\nZoë,kiln\n").unwrap();
    let file = full.desk.store.grant(table, crate::Access::Read);
    let mapping = json!([{ "target": "name" }, { "custom": "Team of Priya Nairova" }]);
    full.desk.call(
        "imports.run",
        json!({ "file": file, "matching": true, "source": "badge", "mapping": mapping, "decisions": {}, "overwrite": [] }),
    );
    let before = full.desk.call("erase.preview", json!({ "ids": [full.priya] }));
    let named = before["named"].as_array().unwrap();
    let label = named.iter().find(|one| one["table"] == "fields" && one["column"] == "label").expect("a field");
    let key = named.iter().find(|one| one["table"] == "fields" && one["column"] == "key");
    let mut decisions = vec![json!({ "table": "fields", "row": label["row"], "column": "label", "text": "Team" })];
    decisions.extend(key.map(|key| json!({ "table": "fields", "row": key["row"], "column": "key", "text": "team" })));
    full.desk.call("erase.run", json!({ "ids": [full.priya], "others": "blank", "decisions": decisions }));
    assert_eq!(found(&full.desk, HERS), BTreeSet::new());
}

/// What can be chosen in a field is a list of texts, and one of them may be her name.
#[test]
fn her_name_among_what_can_be_chosen_is_asked_about_and_taken_out() {
    let full = fixture::full();
    let choices = json!(["Priya Nairova", "a friend", "a poster, nairova.priya"]);
    full.desk.call("fields.define", json!({ "label": "Brought by", "kind": "choice", "choices": choices }));
    full.desk.call("backups.make", json!({}));
    let before = full.desk.call("erase.preview", json!({ "ids": [full.priya] }));
    let named = before["named"].as_array().unwrap();
    let asked = named.iter().find(|one| one["table"] == "fields").expect("it is asked about");
    assert_eq!(
        (&asked["column"], &asked["canBlank"], &asked["inPart"]),
        (&json!("choices"), &json!(true), &json!(false))
    );
    assert_eq!(asked["text"], "Priya Nairova\na friend\na poster, nairova.priya", "each choice in a line of its own");
    let word = |text: &str| json!({ "table": "fields", "row": asked["row"], "column": "choices", "text": text });
    let still = json!({ "ids": [full.priya], "others": "blank", "decisions": [word("a friend\nPriya Nairova")] });
    assert!(full.desk.refused("erase.run", still).message.contains("still names them"));
    erase(&full);
    let fields = full.desk.call("fields.list", json!({}));
    let field = fields.as_array().unwrap().iter().find(|field| field["label"] == "Brought by").unwrap();
    assert_eq!(field["choices"], json!(["…", "a friend", "a poster, …"]));
    assert_eq!(found(&full.desk, HERS), BTreeSet::new());
    full.desk.is_sound();
}

#[test]
fn what_was_chosen_is_a_choice_still_however_the_choices_read() {
    for anew in [None, Some("her\nwith her\na friend")] {
        let desk = Desk::new();
        let [priya, bo, kai] = [NAME, "Bo Ekdahl", "Kai Brandt"].map(|name| desk.person(name));
        let choices = json!(["Priya Nairova", "with Nairova", "a friend"]);
        let asked = json!({ "label": "Brought by", "kind": "choice", "choices": choices });
        let field = crate::testing::id_of(&desk.call("fields.define", asked));
        // Another field with a choice that reads the same.
        let asked = json!({ "label": "Seen by", "kind": "choice", "choices": ["Priya Nairova", "nobody"] });
        let seen_by = crate::testing::id_of(&desk.call("fields.define", asked));
        let choose = |person: &str, field: &str, value: &str| {
            desk.call("fields.set", json!({ "person": person, "field": field, "value": value }))
        };
        let set = |person: &str, value: &str| choose(person, &field, value);
        let newest = || desk.call("history.recent", json!({ "limit": 1 }))[0]["id"].clone();
        choose(&bo, &seen_by, "Priya Nairova");
        choose(&bo, &seen_by, "nobody");
        let seen_before = newest();
        choose(&kai, &seen_by, "Priya Nairova");
        choose(&kai, &seen_by, "");
        let emptied = newest();
        set(&bo, "Priya Nairova");
        set(&bo, "with Nairova");
        let changed = newest();
        set(&kai, "Priya Nairova");
        desk.call("backups.make", json!({}));
        let seen = desk.call("erase.preview", json!({ "ids": [priya] }));
        let asked = seen["named"].as_array().unwrap();
        assert!(
            asked.iter().all(|one| one["table"] != "field_values"),
            "what was chosen follows the choices: {asked:?}"
        );
        let word =
            |field: &str, text: &str| json!({ "table": "fields", "row": field, "column": "choices", "text": text });
        let words = anew.map(|text| [word(&field, text), word(&seen_by, "the first\nnobody")]);
        let input = json!({ "ids": [priya], "others": "blank", "decisions": words.map_or(vec![], Vec::from) });
        let receipt = desk.call("erase.run", input);
        assert_eq!(receipt["blanked"], 2, "what was chosen counts with its choices: {receipt}");
        let value = |person: &str, field: &str| {
            let page = desk.page(person);
            let mine = page["fields"].as_array().unwrap().iter().find(|one| one["field"] == json!(field)).cloned();
            mine.expect("a value")["value"].clone()
        };
        let of = |person: &str| value(person, &field);
        let (her, with_her) = if anew.is_some() { ("her", "with her") } else { ("…", "with …") };
        let fields = desk.call("fields.list", json!({}));
        let now = fields.as_array().unwrap().iter().find(|one| one["id"] == json!(field)).unwrap();
        assert_eq!(now["choices"], json!([her, with_her, "a friend"]));
        assert_eq!((of(&bo), of(&kai)), (json!(with_her), json!(her)));
        // What was chosen before is one as well.
        desk.call("history.take_back", json!({ "operation": changed }));
        assert_eq!(of(&bo), her);
        for (operation, person) in [(seen_before, &bo), (emptied, &kai)] {
            desk.call("history.take_back", json!({ "operation": operation }));
            assert_eq!(value(person, &seen_by), if anew.is_some() { "the first" } else { "…" });
        }
        assert_eq!(found(&desk, &["Nairova"]), BTreeSet::new());
        desk.is_sound();
    }
}

#[test]
fn two_choices_that_stand_beside_each_other_are_no_name() {
    let full = fixture::full();
    let choices = json!(["met Priya", "Nairova prize"]);
    full.desk.call("fields.define", json!({ "label": "Brought by", "kind": "choice", "choices": choices }));
    let seen = full.desk.call("erase.preview", json!({ "ids": [full.priya] }));
    let asked =
        seen["named"].as_array().unwrap().iter().find(|one| one["table"] == "fields").expect("it is asked about");
    assert_eq!(asked["inPart"], true, "only a part of her name stands in either: {asked}");
    let receipt = erase(&full);
    let fields = full.desk.call("fields.list", json!({}));
    assert!(fields.as_array().unwrap().iter().any(|field| field["choices"] == choices), "{fields}: {receipt}");
    // Fewer lines than there were leave a value that is no choice any more.
    let full = fixture::full();
    let field = full.desk.call("fields.define", json!({ "label": "Brought by", "kind": "choice", "choices": choices }));
    for (text, says) in [("somebody", "a line of its own"), ("somebody\nSomebody", "two of them would read “Somebody”")]
    {
        let word = json!({ "table": "fields", "row": field["id"], "column": "choices", "text": text });
        let refused =
            full.desk.refused("erase.run", json!({ "ids": [full.priya], "others": "blank", "decisions": [word] }));
        assert!(refused.message.contains(says), "{}", refused.message);
    }
}

/// What things are called is shown for one word of her name too, and stays unless it is written anew.
#[test]
fn a_part_of_her_name_in_what_things_are_called_is_said_and_stays_by_decision() {
    let full = fixture::full();
    full.desk.call("lists.create", json!({ "name": "Nairova fans", "filter": "kiln" }));
    full.desk.call("tags.add", json!({ "people": [full.bo], "name": "via nairova", "kind": "topic" }));
    let before = full.desk.call("erase.preview", json!({ "ids": [full.priya] }));
    let asked: Vec<(&Value, &Value, &Value)> = before["named"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| ["lists", "tags"].contains(&one["table"].as_str().unwrap()) && one["text"] != "Nairova's circle")
        .map(|one| (&one["text"], &one["inPart"], &one["canBlank"]))
        .collect();
    let part = (json!(true), json!(false));
    assert_eq!(asked, [(&json!("via nairova"), &part.0, &part.1), (&json!("Nairova fans"), &part.0, &part.1)]);
    let receipt = erase(&full);
    let kept: Vec<&str> =
        receipt["kept"].as_array().unwrap().iter().map(|kept| kept["place"].as_str().unwrap()).collect();
    assert_eq!(kept, ["Name of a tag", "Name of a list"], "{receipt}");
}

/// What is taken out of a text now is taken out of what it said before, in whichever part of the name that was.
#[test]
fn a_part_of_her_name_goes_from_what_a_text_said_before_as_well() {
    let full = fixture::full();
    let people = json!([{ "person": full.bo }]);
    let note = crate::testing::id_of(&full.desk.call(
        "touchpoints.log",
        json!({ "kind": "emailed", "on": "2026-05-20", "people": people, "note": "Priya asked about kilns" }),
    ));
    full.desk.call("backups.make", json!({}));
    full.desk.call("touchpoints.edit", json!({ "id": note, "note": "Priya Nairova asked about kilns" }));
    assert!(!found(&full.desk, &["Priya asked about kilns"]).is_empty(), "the history has it");
    let receipt = erase(&full);
    assert_eq!(found(&full.desk, &["Priya asked about kilns", "Nairova asked"]), BTreeSet::new(), "{receipt}");
    let searched = receipt["searched"].as_str().unwrap();
    assert!(searched.contains("before it was edited was searched for whole names"), "{searched}");
    full.desk.is_sound();
}

/// Languages put endings to names, and hashtags write them as one word.
#[test]
fn a_name_with_an_ending_or_as_one_word_is_found_too() {
    let desk = crate::testing::Desk::new();
    let bo = desk.person("Bo Adams");
    let note = |text: &str| {
        desk.call(
            "touchpoints.log",
            json!({ "kind": "conversation_online", "on": "2026-05-18", "people": [{ "person": bo }], "note": text }),
        );
    };
    for text in [
        "#HannaLindqvist was on stage",
        "Hanna Lindqvists Vortrag",
        "Hannas Vortrag, sagt Bo",
        "Lindqvistin puhe",
        "Говорил с Иваном Петровым",
        "Анне понравилось",
        "Adas guide",
        // None of these is about any of them.
        "Bo Adams went hiking",
        "an adamant refusal, hannover, Anniversary",
        "Лист бумаги",
    ] {
        note(text);
    }
    let found = |name: &str| -> Vec<(String, bool)> {
        let who = desk.person(name);
        let named = desk.call("erase.preview", json!({ "ids": [who] }))["named"].clone();
        let said = |one: &Value| (one["text"].as_str().unwrap().to_owned(), one["inPart"] == true);
        named.as_array().unwrap().iter().map(said).collect()
    };
    let told = |texts: &[(&str, bool)]| -> Vec<(String, bool)> {
        texts.iter().map(|(text, in_part)| ((*text).to_owned(), *in_part)).collect()
    };
    assert_eq!(
        found("Hanna Lindqvist"),
        told(&[
            ("#HannaLindqvist was on stage", false),
            ("Hanna Lindqvists Vortrag", true),
            ("Hannas Vortrag, sagt Bo", true),
            ("Lindqvistin puhe", true),
        ])
    );
    assert_eq!(found("Иван Петров"), told(&[("Говорил с Иваном Петровым", true)]));
    assert_eq!(found("Анна"), told(&[("Анне понравилось", true)]));
    assert_eq!(found("Ada"), told(&[("Adas guide", true)]), "and “Adams” is what Bo is called");
}

#[test]
fn files_that_left_since_they_were_added_are_named_and_no_others() {
    let desk = crate::testing::Desk::new();
    let ada = desk.person("Ada");
    let file = desk.store.grant(desk.path("list.csv"), crate::Access::Write);
    let whom = json!({ "ids": [ada] });
    desk.call(
        "exports.write",
        json!({ "whom": whom, "purpose": "for_myself", "channel": "email", "template": "csv", "file": file }),
    );
    desk.wait(1);
    let bo = desk.person("Bo");
    let left = |ids: Value| desk.call("erase.preview", json!({ "ids": ids }))["filesThatLeft"].clone();
    let (one, none) = (json!({ "count": 1, "newest": ["list.csv"] }), json!({ "count": 0, "newest": [] }));
    assert_eq!((left(json!([ada])), left(json!([bo])), left(json!([ada, bo]))), (one.clone(), none, one));
}

/// Where the letters of a name are not at hand, or were put back.
#[test]
fn a_name_is_found_however_its_letters_are_written() {
    let desk = Desk::new();
    let (bjorn, bo) = (desk.person("Björn Åkesson"), desk.person("Bo Ekdahl"));
    let muller = desk.person("Michaela Mueller");
    let notes = "knows Bjoern Aakesson and Bjoern Akesson, Åkesson too; asked Michaela Müller";
    desk.call("people.edit", json!({ "id": bo, "notes": notes }));
    let words = |id: &str| -> Vec<(String, bool)> {
        let seen = desk.call("erase.preview", json!({ "ids": [id] }));
        let of =
            |one: &Value| one["words"].as_array().unwrap().iter().map(|w| w.as_str().unwrap().to_owned()).collect();
        let all: Vec<(Vec<String>, bool)> =
            seen["named"].as_array().unwrap().iter().map(|one| (of(one), one["inPart"] == true)).collect();
        all.into_iter().flat_map(|(words, part)| words.into_iter().map(move |word| (word, part))).collect()
    };
    let whole = |word: &str| (word.to_owned(), false);
    assert_eq!(words(&bjorn), [whole("Bjoern Aakesson"), whole("Bjoern Akesson"), whole("Åkesson")]);
    let part = |word: &str| (word.to_owned(), true);
    assert_eq!(words(&muller), [part("Michaela"), part("Müller")]);
    desk.call("erase.run", json!({ "ids": [bjorn], "others": "blank" }));
    assert_eq!(desk.page(&bo)["person"]["notes"], "knows … and …, … too; asked Michaela Müller");
}
