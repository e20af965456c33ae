//! People, what happens with them, and the file itself.
use super::{Access, Act, Error, Means, Now, all_of, backups, fs, known, opened, text};
use serde_json::{Value, json};

pub const ACTS: &[Act] = &[
    Act {
        name: "add",
        choose: |hand| Some(json!({ "person": format!("Person {}", hand.mark()) })),
        take: |hand, step| {
            let made = hand.call("people.create", json!({ "displayName": step["person"] }))?;
            hand.know(&step["person"], &made["id"]);
            Ok(Value::Null)
        },
        means: Means::People(|people, step| {
            known(people, step);
        }),
    },
    Act {
        name: "log",
        choose: |hand| Some(json!({ "person": hand.somebody()?, "note": format!("Heard {}", hand.mark()) })),
        take: |hand, step| {
            let people = json!([{ "person": hand.id(step)? }]);
            hand.call(
                "touchpoints.log",
                json!({ "kind": "building_with_it", "people": people, "note": step["note"] }),
            )?;
            Ok(Value::Null)
        },
        means: Means::People(|people, step| known(people, step).notes.extend([text(step, "note")])),
    },
    Act {
        name: "edit",
        choose: |hand| Some(json!({ "person": hand.somebody()?, "city": format!("City {}", hand.mark()) })),
        take: |hand, step| {
            hand.call("people.edit", json!({ "id": hand.id(step)?, "city": step["city"] }))?;
            Ok(Value::Null)
        },
        means: Means::People(|people, step| known(people, step).city = Some(text(step, "city"))),
    },
    Act {
        name: "tag",
        choose: |hand| Some(json!({ "person": hand.somebody()?, "tag": format!("Tag {}", hand.mark()) })),
        take: |hand, step| {
            hand.call("tags.add", json!({ "people": [hand.id(step)?], "name": step["tag"], "kind": "topic" }))?;
            Ok(Value::Null)
        },
        means: Means::People(|people, step| known(people, step).tags.extend([text(step, "tag")])),
    },
    Act {
        name: "capture",
        choose: |hand| {
            let (person, mark) = (hand.somebody()?, hand.mark());
            Some(json!({ "person": person, "note": format!("Heard {mark}"), "tag": format!("Tag {mark}") }))
        },
        take: |hand, step| {
            let said = |key| text(step, key);
            let line = format!("{}, {} &building #\"{}\" !3d write", said("person"), said("note"), said("tag"));
            hand.call("captures.save", json!({ "text": line, "picked": hand.id(step)? }))?;
            Ok(Value::Null)
        },
        means: Means::People(|people, step| {
            let person = known(people, step);
            person.notes.extend([text(step, "note")]);
            person.tags.extend([text(step, "tag")]);
            person.promises.insert("write".into());
        }),
    },
    Act {
        name: "type",
        choose: |hand| Some(json!({ "line": format!("{}x", hand.model.line) })),
        take: |hand, step| hand.call("captures.keep", json!({ "text": step["line"] })).map(|_| Value::Null),
        means: Means::Whole(|model, step, _| model.line = text(step, "line")),
    },
    Act {
        name: "promise",
        choose: |hand| Some(json!({ "person": hand.somebody()?, "text": format!("Promise {}", hand.mark()) })),
        take: |hand, step| {
            let due = json!({ "person": hand.id(step)?, "text": step["text"], "due": "2026-05-25" });
            hand.call("followups.add", due).map(|_| Value::Null)
        },
        means: Means::People(|people, step| known(people, step).promises.extend([text(step, "text")])),
    },
    Act {
        name: "keep",
        choose: |hand| {
            let person = hand.somebody()?;
            let text = hand.model.people().get(&person)?.promises.first().cloned()?;
            Some(json!({ "person": person, "text": text }))
        },
        take: |hand, step| {
            let all = hand.call("followups.of", json!({ "person": hand.id(step)? }))?;
            let kept = all.as_array().into_iter().flatten().find(|one| one["text"] == step["text"]);
            let kept = kept.ok_or(Error::NotFound("follow-up"))?;
            hand.call("followups.done", json!({ "id": kept["id"] })).map(|_| Value::Null)
        },
        means: Means::People(|people, step| {
            known(people, step).promises.remove(&text(step, "text"));
        }),
    },
    Act {
        name: "trash",
        choose: |hand| Some(json!({ "person": hand.somebody()? })),
        take: |hand, step| {
            hand.call("people.trash", json!({ "ids": [hand.id(step)?] }))?;
            Ok(Value::Null)
        },
        means: Means::People(|people, step| {
            people.remove(&text(step, "person"));
        }),
    },
    Act {
        name: "merge",
        choose: |hand| {
            let (one, other) = (hand.somebody()?, hand.somebody()?);
            // Whoever was added first stands for both.
            let added = |name: &String| hand.added.iter().position(|known| known == name);
            let (first, second) = if added(&one) < added(&other) { (&one, &other) } else { (&other, &one) };
            (one != other).then(|| json!({ "person": first, "other": second }))
        },
        take: |hand, step| {
            let both = json!([hand.ids.get(&text(step, "person")), hand.ids.get(&text(step, "other"))]);
            hand.call("doubles.merge", json!({ "ids": both })).map(|_| Value::Null)
        },
        means: Means::People(|people, step| {
            let other = people.remove(&text(step, "other")).unwrap_or_default();
            let one = known(people, step);
            one.city = one.city.take().or(other.city);
            one.notes.extend(other.notes);
            one.tags.extend(other.tags);
            one.promises.extend(other.promises);
            one.lists.extend(other.lists);
            one.addresses.extend(other.addresses);
        }),
    },
    Act {
        name: "erase",
        choose: |hand| {
            let person = hand.somebody()?;
            Some(json!({ "person": person, "gone": all_of(&hand.model.standing, &person) }))
        },
        take: |hand, step| {
            hand.call("erase.run", json!({ "ids": [hand.id(step)?], "others": "blank" })).map(|_| Value::Null)
        },
        means: Means::Whole(|model, step, _| {
            let gone = step["gone"].as_array().into_iter().flatten().filter_map(Value::as_str);
            model.erased.extend(gone.map(str::to_owned));
        }),
    },
    Act {
        name: "import",
        choose: |hand| {
            let (mark, rows) = (hand.mark(), 20 + hand.chance.roll(400));
            let people: Vec<String> = (0..rows).map(|n| format!("Person {mark} {n}")).collect();
            Some(json!({ "people": people, "city": format!("City {mark}") }))
        },
        take: |hand, step| {
            let mut csv = "Name,City\n".to_owned();
            for person in step["people"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                csv += &format!("{person},{}\n", step["city"].as_str().unwrap_or_default());
            }
            let list = hand.path.with_file_name("list.csv");
            fs::write(&list, csv).map_err(|source| Error::File { context: "A list".into(), source })?;
            let file = hand.store()?.grant(list, Access::Read);
            let asked = json!({ "file": file, "matching": true, "source": "import", "decisions": {}, "overwrite": [] });
            hand.call("imports.run", asked)?;
            Ok(Value::Null)
        },
        means: Means::People(|people, step| {
            for person in step["people"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                people.entry(person.to_owned()).or_default().city = Some(text(step, "city"));
            }
        }),
    },
    Act {
        name: "everything",
        choose: |hand| {
            let (mark, rows) = (hand.mark(), 20 + hand.chance.roll(200));
            let people: Vec<String> = (0..rows).map(|n| format!("Person {mark} {n}")).collect();
            Some(json!({ "people": people, "city": format!("City {mark}"), "note": format!("Heard {mark}") }))
        },
        take: |hand, step| {
            let (mut people, mut touchpoints, mut parts) = (vec![], vec![], vec![]);
            for person in step["people"].as_array().into_iter().flatten() {
                people.push(json!({ "externalId": person, "displayName": person, "city": step["city"] }));
                touchpoints.push(json!({ "externalId": person, "kind": "building_with_it", "onDay": "2026-05-02", "note": step["note"] }));
                let named = json!({ "externalId": person });
                parts.insert(0, json!({ "touchpointId": named, "personId": named, "observedBy": "told" }));
            }
            let whole = json!({
                "format": "hallway", "version": 1, "source": "acts", "people": people, "touchpoints": touchpoints,
                "touchpointPeople": parts,
            });
            let list = hand.path.with_file_name("everything.json");
            fs::write(&list, whole.to_string()).map_err(|source| Error::File { context: "A file".into(), source })?;
            let file = hand.store()?.grant(list, Access::Read);
            hand.call("json.run", json!({ "file": file, "theirs": false }))?;
            Ok(Value::Null)
        },
        means: Means::People(|people, step| {
            for person in step["people"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                let known = people.entry(person.to_owned()).or_default();
                known.city = Some(text(step, "city"));
                known.notes.extend([text(step, "note")]);
            }
        }),
    },
    Act {
        name: "undo",
        choose: |hand| (!hand.model.standing.is_empty()).then(|| json!({})),
        take: |hand, _| hand.call("history.undo", json!({})).map(|_| Value::Null),
        means: Means::Whole(|model, _, _| model.undone.extend(model.standing.pop())),
    },
    Act {
        name: "redo",
        choose: |hand| (!hand.model.undone.is_empty()).then(|| json!({})),
        take: |hand, _| hand.call("history.redo", json!({})).map(|_| Value::Null),
        means: Means::Whole(|model, _, _| model.standing.extend(model.undone.pop())),
    },
    Act {
        name: "backup",
        choose: |_| Some(json!({})),
        take: |hand, _| Ok(hand.call("backups.make", json!({}))?["name"].clone()),
        means: Means::Whole(|model, _, name| {
            if let Some(name) = name.as_str() {
                let state = (model.standing.clone(), model.undone.clone());
                model.backups.insert(name.to_owned(), state);
            }
        }),
    },
    Act {
        name: "restore",
        choose: |hand| {
            let names: Vec<&String> = hand.model.backups.keys().collect();
            let chosen = names.get(hand.chance.roll(names.len() as u64) as usize)?;
            Some(json!({ "name": chosen }))
        },
        take: |hand, step| {
            // Putting back needs the file for itself.
            hand.store = None;
            let restored = backups::restore(&hand.path, &text(step, "name"), Now::system());
            hand.store = Some(opened(&hand.path)?);
            restored.map(|_| Value::Null)
        },
        means: Means::Whole(|model, step, _| {
            if let Some((standing, undone)) = model.backups.get(&text(step, "name")).cloned() {
                (model.standing, model.undone) = (standing, undone);
            }
        }),
    },
    Act {
        name: "reopen",
        choose: |_| Some(json!({})),
        take: |hand, _| {
            hand.store = None;
            hand.store = Some(opened(&hand.path)?);
            Ok(Value::Null)
        },
        means: Means::Whole(|_, _, _| {}),
    },
];
