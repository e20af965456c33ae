use super::{
    NOT_HELD, NOT_ON_THE_PAGE, OF_NOBODY,
    fixture::{self, Full, Mark},
    held::Held,
    not_on_the_page,
};
use crate::{
    Access, TABLES,
    json::LEFT_OUT,
    people::PersonId,
    record::{Table, wire_name},
    testing::Desk,
};
use rusqlite::{Connection, types::Value as Stored};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs};

/// Every text of the page.
fn in_words(page: &Value) -> String {
    let mut out = String::new();
    for section in page["sections"].as_array().expect("sections") {
        out += &format!("# {}\n", section["title"].as_str().expect("a title"));
        for line in section["lines"].as_array().expect("lines") {
            out += &format!("{}\n", line["text"].as_str().expect("a text"));
            for one in line["particulars"].as_array().expect("particulars") {
                out += &format!(
                    "  {}: {}\n",
                    one["label"].as_str().expect("a label"),
                    one["value"].as_str().expect("a value")
                );
            }
        }
    }
    out
}

fn page(desk: &Desk, person: &str) -> String {
    in_words(&desk.call("subject.page", json!({ "id": person })))
}

fn written(desk: &Desk, person: &str) -> Value {
    let to = desk.path("subject.json");
    let file = desk.store.grant(to.clone(), Access::Write);
    let done = desk.call("subject.write", json!({ "id": person, "file": file }));
    let text = fs::read_to_string(to).expect("the file");
    assert_eq!(done["bytes"], text.len());
    serde_json::from_str(&text).expect("JSON")
}

/// A record that says something about people is in the fixture, so that the tests below look at it.
#[test]
fn the_one_who_is_looked_at_has_a_row_in_every_table_that_can_hang_on_a_person() {
    let full = fixture::full();
    let held = full.held();
    let mut hangs: BTreeSet<&str> = BTreeSet::from(["people"]);
    loop {
        let before = hangs.len();
        let on = |table: &&Table| {
            !super::held::columns_of_people(table).is_empty()
                || table.parents.iter().any(|(_, parent)| hangs.contains(parent))
        };
        let more: Vec<&str> = TABLES.iter().filter(on).map(|table| table.name).collect();
        hangs.extend(more);
        if hangs.len() == before {
            break;
        }
    }
    for name in hangs {
        assert!(held.theirs.contains_key(name), "{name} hangs on people: put a row of it into subject/fixture.rs");
    }
}

#[test]
fn every_text_about_somebody_is_on_their_page_and_in_their_json() {
    let full = fixture::full();
    let marks = full.marked();
    assert!(marks.len() > 120, "{} texts are marked", marks.len());
    let page = page(&full.desk, &full.priya);
    let json = written(&full.desk, &full.priya).to_string();
    for Mark { table, column, mark, .. } in &marks {
        assert!(json.contains(mark.as_str()), "{table}.{column} is not in the JSON");
    }
    let forgotten = forgotten(&page, &marks);
    assert!(forgotten.is_empty(), "not on the page, and subject::NOT_ON_THE_PAGE gives no reason: {forgotten:?}");
    // A reason for a column that is not there is a reason for nothing.
    for (what, _) in NOT_ON_THE_PAGE {
        let (of, name) = what.split_once('.').expect("a table and a column");
        let known = TABLES.iter().any(|table| (of == "*" || of == table.name) && table.columns.contains(&name));
        assert!(known, "there is no {what}");
    }
}

/// What is marked and neither on a page nor spared.
fn forgotten(page: &str, marks: &[Mark]) -> BTreeSet<(&'static str, String)> {
    let on_it = |mark: &str| match mark.strip_suffix("-03-04") {
        // A month or a year is said no more exactly than it is known.
        Some(year) => page.contains(year),
        None => page.contains(mark),
    };
    let missed = marks.iter().filter(|at| not_on_the_page(at.table, &at.column).is_none() && !on_it(&at.mark));
    missed.map(|at| (at.table, at.column.clone())).collect()
}

#[test]
fn a_column_that_is_forgotten_is_caught() {
    let full = fixture::full();
    let marks = full.marked();
    let page = page(&full.desk, &full.priya);
    let without: String =
        page.lines().filter(|line| !line.starts_with("  Reason: ")).map(|line| format!("{line}\n")).collect();
    assert_eq!(forgotten(&page, &marks), BTreeSet::new());
    assert_eq!(forgotten(&without, &marks), BTreeSet::from([("stage_pins", "reason".to_owned())]));
}

/// The columns that can carry no mark and of which a page says nothing, whatever stands in them; `shown` makes the page.
fn silent(full: &Full, shown: impl Fn(&Full) -> String) -> BTreeSet<(&'static str, &'static str)> {
    let held = full.held();
    let file = Connection::open(full.desk.store.path()).expect("the file");
    let before = shown(full);
    let mut silent = BTreeSet::new();
    for table in TABLES {
        for column in fixture::unmarked(&file, table) {
            if not_on_the_page(table.name, column.name).is_some() {
                continue;
            }
            let put = format!("UPDATE {} SET {} = ?2 WHERE id = ?1", table.name, column.name);
            let now = format!("SELECT {} FROM {} WHERE id = ?1", column.name, table.name);
            let rows = [&held.theirs, &held.shared].into_iter().filter_map(|rows| rows.get(table.name)).flatten();
            let mut rows = rows.peekable();
            let speaks = rows.peek().is_none()
                || rows.any(|id| {
                    let now: Stored = file.query_row(&now, [id], |r| r.get(0)).expect("a value");
                    fixture::others(column, &now).into_iter().any(|other| {
                        // What the column cannot hold is none of it.
                        let Ok(_) = file.execute(&put, (id, other)) else { return false };
                        // Nor is what the record cannot be read with.
                        let can_be_read =
                            full.desk.store.read(full.desk.now(), |tx| super::page(tx, PersonId { id: full.id() }));
                        let differs = can_be_read.is_ok() && shown(full) != before;
                        file.execute(&put, (id, &now)).expect("as it was");
                        differs
                    })
                });
            if !speaks {
                silent.insert((table.name, column.name));
            }
        }
    }
    assert_eq!(shown(full), before);
    silent
}

#[test]
fn every_number_yes_or_no_and_word_of_a_list_about_somebody_is_on_their_page() {
    let full = fixture::full();
    let silent = silent(&full, |full| page(&full.desk, &full.priya));
    assert!(silent.is_empty(), "not on the page, and subject::NOT_ON_THE_PAGE gives no reason: {silent:?}");
}

#[test]
fn a_number_or_a_word_that_is_forgotten_is_caught() {
    let full = fixture::full();
    let without = silent(&full, |full| {
        let page = page(&full.desk, &full.priya);
        let kept = page.lines().filter(|line| {
            !["  Minutes: ", "  Teammate: ", "  Cause: ", "  Every: "].iter().any(|label| line.starts_with(label))
        });
        kept.map(|line| format!("{line}\n")).collect()
    });
    let forgotten =
        [("followups", "every"), ("people", "teammate"), ("stage_changes", "cause"), ("touchpoints", "minutes")];
    assert_eq!(without, BTreeSet::from(forgotten));
}

#[test]
fn every_column_of_what_is_held_has_its_key_in_the_json() {
    let full = fixture::full();
    let (held, json) = (full.held(), written(&full.desk, &full.priya));
    let file = Connection::open(full.desk.store.path()).expect("the file");
    // What is worked out from other columns is no record's.
    let is_worked_out = |table: &Table, column: &str| {
        let spared = |what: &str| what == format!("{}.{column}", table.name) || what == format!("*.{column}");
        !table.columns.contains(&column) && LEFT_OUT.iter().any(|(what, _)| spared(what))
    };
    let mut keys = 0;
    for (list, rows) in [("theirs", &held.theirs), ("sharedWithOthers", &held.shared)] {
        for table in TABLES.iter().filter(|table| rows.contains_key(table.name)) {
            let listed = json[list][wire_name(table.name)].as_array().expect("a list");
            assert_eq!(listed.len(), rows[table.name].len(), "{}", table.name);
            for (column, _) in fixture::stored(&file, table).iter().filter(|(column, _)| !is_worked_out(table, column))
            {
                assert!(
                    listed.iter().all(|row| row.get(wire_name(column)).is_some()),
                    "{}.{column} is not in the JSON",
                    table.name
                );
                keys += 1;
            }
        }
    }
    assert!(keys > 150, "{keys} columns were looked for");
}

/// Records that are neither found from people nor said to be about nobody.
fn missed(tables: &[Table], held: &Held) -> Vec<&'static str> {
    let names = tables.iter().map(|table| table.name);
    let spared = |name: &str| OF_NOBODY.iter().any(|(known, _)| *known == name);
    names.filter(|name| !held.theirs.contains_key(name) && !held.shared.contains_key(name) && !spared(name)).collect()
}

#[test]
fn every_record_is_found_from_people_or_said_to_be_about_nobody_with_a_reason() {
    let held = fixture::full().held();
    let missed_now = missed(TABLES, &held);
    assert!(
        missed_now.is_empty(),
        "{missed_now:?}: say what it hangs on, and put a row into subject/fixture.rs; or name it in subject::OF_NOBODY with the reason"
    );
    for (name, why) in OF_NOBODY {
        assert!(TABLES.iter().any(|table| table.name == *name) && !why.is_empty(), "there is no {name}");
        assert!(!held.theirs.contains_key(name) && !held.shared.contains_key(name), "{name} is found from people");
    }
    // One that nobody thought of, like the suppression list once.
    let unthought = TABLES.iter().find(|table| table.name == "suppressions").expect("the list");
    let mut tables = TABLES.to_vec();
    tables.push(Table { name: "blocked_addresses", ..*unthought });
    assert_eq!(missed(&tables, &held), ["blocked_addresses"]);
}

/// A table that is neither a record, nor named with a reason, is one nobody thought of.
#[test]
fn every_table_of_the_file_is_looked_at_or_spared_with_a_reason() {
    let desk = Desk::new();
    let tables: Vec<String> = desk
        .store
        .read(desk.now(), |tx| {
            tx.column("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%'", [])
        })
        .expect("tables");
    let known: BTreeSet<&str> =
        TABLES.iter().map(|table| table.name).chain(NOT_HELD.iter().map(|(name, _)| *name)).collect();
    assert_eq!(tables.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
}

/// The list knows no person, only hashes: it is about whoever has the address all the same.
#[test]
fn an_address_on_the_suppression_list_says_so_on_the_page_and_in_the_json() {
    let full = fixture::full();
    assert!(!page(&full.desk, &full.priya).contains("suppression list"));
    full.desk.call("suppressions.add", json!({ "kind": "email", "values": [fixture::ADDRESS.to_uppercase()] }));
    let said = page(&full.desk, &full.priya);
    let listed = "  On the suppression list: yes, since 21 May 2026: put there by hand.";
    assert!(said.contains(listed), "{said}");
    assert!(!page(&full.desk, &full.bo).contains("suppression list"), "nothing is said of anybody else");
    let json = written(&full.desk, &full.priya);
    let of = &json["onTheSuppressionList"];
    assert_eq!(
        (of.as_array().map(Vec::len), &of[0]["onDay"], &of[0]["liftedOn"]),
        (Some(1), &json!("2026-05-21"), &Value::Null)
    );
    let points = json["theirs"]["contactPoints"].as_array().expect("their addresses");
    assert!(points.iter().any(|point| point["id"] == of[0]["contactPoint"]), "{json}");
}

#[test]
fn the_page_says_it_in_plain_words_and_names_nobody_else() {
    let full = fixture::full();
    full.desk.call("people.edit", json!({ "id": full.priya, "contentPrefs": "live,one_to_one" }));
    let page = page(&full.desk, &full.priya);
    for said in [
        "  Likes to: live, one to one\n",
        "# Who they are\nPriya Nairova\n  Pronouns: she/her\n",
        "  Country: India\n",
        "E-mail: priya.nairova@ferrite.example\n",
        "  More about that: from her talk\n",
        "18 May 2026: Talked in person\n",
        "  Also there: 1 other, who is not named here\n",
        "Rust\n",
        "T-shirt: L, long\n",
        "Promise: send her the guide\n",
        "  In: ",
        "Priya Nairova came from the file “meetup.csv” on 21 May 2026\n",
        "  City: Pune → Mumbai\n",
        "# Named elsewhere\n",
        "Priya Nairova wants the slides\n",
    ] {
        assert!(page.contains(said), "“{said}” is not on the page:\n{page}");
    }
    for hidden in ["Bo Ekdahl", "bo@ekdahl.example", "Kai Brandt", "a sticker"] {
        assert!(!page.contains(hidden), "“{hidden}” is somebody else's:\n{page}");
    }
}

#[test]
fn whoever_was_merged_and_whoever_lies_in_the_trash_has_the_same_page() {
    let full = fixture::full();
    let before = page(&full.desk, &full.priya);
    assert!(before.contains("Seen at the fair.") && before.contains("+91 20 5550 0199"), "{before}");
    assert_eq!(page(&full.desk, &full.twin), before, "either row is them");
    full.desk.call("people.trash", json!({ "ids": [full.priya] }));
    let trashed = page(&full.desk, &full.priya);
    assert!(
        trashed.contains("In the trash since: 21 May 2026") && trashed.contains("Showed me the kiln twice"),
        "{trashed}"
    );
    assert_eq!(full.desk.refused("subject.page", json!({ "id": full.with_both })).code, "not_found");
}

#[test]
fn the_json_has_every_row_whole() {
    let full = fixture::full();
    let json = written(&full.desk, &full.priya);
    assert_eq!((&json["format"], &json["version"]), (&json!("hallway-subject"), &json!(1)));
    assert_eq!(json["theirs"]["people"].as_array().unwrap().len(), 2);
    assert_eq!(json["sharedWithOthers"]["tags"].as_array().unwrap().len(), 3);
    let with_both = json["sharedWithOthers"]["touchpoints"].as_array().unwrap();
    assert!(with_both.iter().any(|row| row["id"] == full.with_both.as_str()));
    let mut own = json.clone();
    own.as_object_mut().unwrap().remove("namedElsewhere");
    assert!(!own.to_string().contains(&full.bo), "nobody else's number is in it");
    assert!(json["namedElsewhere"].as_array().unwrap().iter().any(|found| found["id"] == full.about_her.as_str()));
    let page = full.desk.store.read(full.desk.now(), |tx| super::page(tx, PersonId { id: full.id() })).unwrap();
    assert_eq!(json["inWords"]["name"], page.name);
}

mod names {
    use super::super::named::{Names, blanked};
    use crate::testing::Desk;
    use serde_json::json;

    /// What of a text is left when the names of somebody are blanked.
    fn left(name: &str, address: &str, text: &str) -> String {
        let desk = Desk::new();
        let ada = desk.person(name);
        if !address.is_empty() {
            desk.call(
                "contact_points.add",
                json!({ "person": ada, "kind": "email", "value": address, "source": "badge" }),
            );
        }
        desk.store
            .read(desk.now(), |tx| {
                let people = super::super::held::everyone_they_are(tx, ada.parse().expect("an id"))?;
                let names = Names::of(tx, &super::super::held::Held::of(tx, &people)?)?;
                Ok(blanked(text, &names.places(text)))
            })
            .expect("names")
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for (name, text, expected) in [
            ("Priya Nair", "Met priya  nair there", "Met … there"),
            ("Priya Nair", "Nair, Priya: yes. PRIYA NAIR!", "…: yes. …!"),
            ("Priya Nair", "Priya Nairova and Nair. Then Priya", "Priya Nairova and Nair. Then Priya"),
            ("Łukasz Żak", "z Lukasz Zak i łukasz żak", "z … i …"),
            ("Jörg", "Jörg's desk, Jorge's desk", "…'s desk, Jorge's desk"),
            ("小林 葵", "昨日小林葵さんと 話した", "昨日…さんと 話した"),
            ("-_-", "sees -_- there", "sees … there"),
            ("Ada", "Ada and ADA; Adair", "… and …; Adair"),
        ] {
            assert_eq!(left(name, "", text), expected, "{name}");
        }
    }

    #[test]
    fn an_address_is_found_as_it_is_typed_and_as_it_is_compared() {
        let text = "write to Ada@Bücher.example, not ada@xn--bcher-kva.example or ada@bücher.example.org";
        assert_eq!(left("Zed", "Ada@Bücher.example", text), "write to …, not … or ….org");
    }
}

/// A list, a tag or a line may be called like a word of the product: which record it is stands apart from what was typed.
#[test]
fn a_line_says_which_record_it_is_apart_from_what_was_typed() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    desk.call("tags.add", json!({ "people": [ada], "name": "Move", "kind": "topic" }));
    desk.call("followups.add", json!({ "person": ada, "text": "send slides", "due": "2026-06-01" }));
    desk.call("basis.objected", json!({ "person": ada, "kinds": ["discord"] }));
    let page = desk.call("subject.page", json!({ "id": ada }));
    let lines: Vec<&Value> =
        page["sections"].as_array().unwrap().iter().flat_map(|section| section["lines"].as_array().unwrap()).collect();
    let of = |name: &str| {
        let line = lines.iter().find(|line| line["of"] == name).unwrap_or_else(|| panic!("{name}: {page}"));
        (line["text"].as_str().unwrap().to_owned(), line["typed"] == true)
    };
    assert_eq!(of("objections"), ("Discord".to_owned(), false));
    let (tag, typed) = of("personTags");
    assert!(tag.contains("Move") && typed, "{tag}");
    assert!(of("followups").1);
}
