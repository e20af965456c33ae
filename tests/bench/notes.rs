//! What is asked beside the list: words of notes, organisations, tags, and one person's page with its timeline.
use crate::{
    Outcome,
    data::{self, Size, call},
    figures::{Aim, Figures, Series, timed},
    lists::word,
};
use hallway_core::{Id, Store};
use rusqlite::{Connection, types::Value as Sql};
use serde_json::json;

pub fn notes(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::path(size)?;
    let (store, conn) = (data::opened(&path)?, data::bare(&path)?);
    let aim = Aim::Ms(if size.people > 100_000 { 50.0 } else { 16.0 });
    let all = |sql: &str, params: &[&dyn rusqlite::ToSql]| rows(&conn, sql, params);
    // The list comes into memory here; how long that takes is a figure of its own.
    call(&store, "people.matching", json!({ "text": "a", "limit": 1 }))?;

    let (mut ours, mut bare) = (Series::default(), Series::default());
    for (text, expression) in [
        ("queue", r#""queue"*"#),
        ("deploy", r#""deploy"*"#),
        ("works", r#""works"*"#),
        ("release notes", r#""release" "notes"*"#),
        ("the", r#""the""#),
        ("question", r#""question"*"#),
    ] {
        let (time, said) = timed(|| call(&store, "search.notes", json!({ "text": text, "limit": 50 })));
        ours.add(time);
        let (time, found) = timed(|| {
            all(
                "SELECT t.id, t.on_day, t.kind, t.note FROM (SELECT rowid AS place FROM notes WHERE notes MATCH ?1 AND rowid > 0
                   ORDER BY rowid DESC LIMIT 1000) n JOIN touchpoints t ON t.rid = n.place WHERE t.deleted_at IS NULL
                 ORDER BY t.precision <> 'unknown' DESC, t.on_day DESC LIMIT 50",
                &[&expression],
            )
        });
        bare.add(time);
        // What is written at people themselves is found, too.
        if said?["notes"].as_array().map_or(0, Vec::len) < found?.len() {
            return Err(format!("“{text}” is found in fewer notes than SQLite finds").into());
        }
    }
    figures.series(size, "find words in notes, newest first: 50 of them", &ours, &bare, aim);
    misspelt(figures, size, &store, &conn, aim)?;

    let (mut ours, mut bare) = (Series::default(), Series::default());
    for text in ["a", "co", "glo", "labs", "ing", "zzqx"] {
        let (time, said) = timed(|| call(&store, "organisations.suggest", json!({ "text": text, "limit": 8 })));
        ours.add(time);
        let (time, found) = timed(|| {
            all(
                "SELECT o.name FROM organisations o WHERE instr(o.name_norm, ?1) > 0 AND o.deleted_at IS NULL
                 ORDER BY (SELECT count(*) FROM people p WHERE p.organisation_id = o.id AND p.deleted_at IS NULL) DESC, o.name_norm LIMIT 8",
                &[&text],
            )
        });
        bare.add(time);
        let names: Vec<Sql> = said?.as_array().into_iter().flatten().map(|name| Sql::Text(word(name))).collect();
        if names != found?.into_iter().flatten().collect::<Vec<_>>() {
            return Err(format!("“{text}” is offered other organisations than SQLite finds").into());
        }
    }
    figures.series(size, "organisations by a part of the name, most people first", &ours, &bare, aim);

    let (mut ours, mut bare) = (Series::default(), Series::default());
    for _ in 0..5 {
        let (time, said) = timed(|| call(&store, "tags.list", json!({})));
        ours.add(time);
        let (time, found) = timed(|| all("SELECT tag_id, count(*) FROM person_tags GROUP BY tag_id", &[]));
        bare.add(time);
        if said?.as_array().map(Vec::len) != Some(found?.len()) {
            return Err("there are other tags than SQLite finds".into());
        }
    }
    figures.series(size, "every tag with how many carry it", &ours, &bare, aim);

    let people = some_people(&conn, 60)?;
    let (mut ours, mut bare) = (Series::default(), Series::default());
    for id in &people {
        let (time, said) = timed(|| call(&store, "people.page", json!({ "id": id })));
        ours.add(time);
        let said = said?;
        let (time, _) = timed(|| -> Outcome {
            for sql in [
                "SELECT * FROM people p LEFT JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ?1",
                "SELECT * FROM contact_points WHERE person_id = ?1 AND deleted_at IS NULL",
                "SELECT t.* FROM person_tags p JOIN tags t ON t.id = p.tag_id WHERE p.person_id = ?1",
                "SELECT * FROM field_values WHERE person_id = ?1",
                "SELECT * FROM stage_changes WHERE person_id = ?1",
                "SELECT * FROM stage_pins WHERE person_id = ?1",
                "SELECT t.* FROM touchpoint_people p JOIN touchpoints t ON t.id = p.touchpoint_id WHERE p.person_id = ?1",
            ] {
                all(sql, &[id])?;
            }
            Ok(())
        });
        bare.add(time);
        if said["person"]["id"] != json!(id) {
            return Err("the page is somebody else's".into());
        }
    }
    figures.series(size, "the page of one person", &ours, &bare, aim);

    let (mut ours, mut bare) = (Series::default(), Series::default());
    for id in &people {
        let (time, said) = timed(|| call(&store, "touchpoints.timeline", json!({ "person": id, "limit": 50 })));
        ours.add(time);
        let (time, found) = timed(|| {
            all(
                "SELECT t.* FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id WHERE tp.person_id = ?1
                 AND t.deleted_at IS NULL ORDER BY t.precision <> 'unknown' DESC, t.on_day DESC, t.at DESC, t.rid DESC LIMIT 50",
                &[id],
            )
        });
        bare.add(time);
        if said?["entries"].as_array().map(Vec::len) != Some(found?.len()) {
            return Err("the timeline has other entries than SQLite finds".into());
        }
    }
    figures.series(size, "the newest 50 entries of one timeline", &ours, &bare, aim);
    Ok(())
}

/// A word that stands in no note, taken for the nearest that does: the first asks for the words of all notes.
fn misspelt(figures: &mut Figures, size: &Size, store: &Store, conn: &Connection, aim: Aim) -> Outcome {
    let near = |typed: &str, meant: &str| -> Outcome {
        let said = call(store, "search.notes", json!({ "text": typed, "limit": 50 }))?;
        if said["instead"][0]["taken"] != meant {
            return Err(format!("“{typed}” is taken for {}, not for “{meant}”", said["instead"]).into());
        }
        Ok(())
    };
    let (time, said) = timed(|| near("quueue", "queue"));
    said?;
    conn.execute_batch("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, notes, row)")?;
    let (bare, read) = timed(|| rows(conn, "SELECT term, doc FROM temp.words", &[]));
    read?;
    figures.once(
        size,
        "a misspelt word, the first time: the words of all notes into memory, against reading them",
        time,
        bare,
        Aim::None,
    );
    let (mut ours, mut bare) = (Series::default(), Series::default());
    for (typed, meant) in [("quueue", "queue"), ("qestion", "question"), ("depoly", "deploy"), ("relaese", "release")] {
        let (time, said) = timed(|| near(typed, meant));
        ours.add(time);
        said?;
        let (time, said) = timed(|| call(store, "search.notes", json!({ "text": meant, "limit": 50 })));
        bare.add(time);
        said?;
    }
    figures.series(size, "a misspelt word, later: 50 notes, against the word spelt well", &ours, &bare, aim);
    Ok(())
}

/// People from everywhere in the file, and at the end whoever has most touchpoints.
pub fn some_people(conn: &Connection, count: u32) -> Outcome<Vec<Id>> {
    let mut people = Vec::new();
    let all: u32 = conn.query_row("SELECT count(*) FROM people", [], |r| r.get(0))?;
    for n in 0..count {
        let rid = 1 + i64::from(n) * i64::from(all - 1) / i64::from(count);
        people.push(conn.query_row("SELECT id FROM people WHERE rid = ?1", [rid], |r| r.get(0))?);
    }
    people.push(conn.query_row(
        "SELECT person_id FROM touchpoint_people GROUP BY person_id ORDER BY count(*) DESC LIMIT 1",
        [],
        |r| r.get(0),
    )?);
    Ok(people)
}

/// Every value of every row.
pub fn rows(conn: &Connection, sql: &str, params: &[&dyn rusqlite::ToSql]) -> rusqlite::Result<Vec<Vec<Sql>>> {
    let mut query = conn.prepare_cached(sql)?;
    let columns = query.column_count();
    query.query_map(params, |r| (0..columns).map(|n| r.get(n)).collect())?.collect()
}
