//! What a person does to one person, up to the list that shows it: on the disk before it is answered.
use crate::{
    Outcome,
    data::{self, Size, call},
    figures::{Aim, Figures, Series, timed},
    lists::word,
    notes::some_people,
};
use hallway_core::Id;
use rusqlite::Connection;
use serde_json::{Value, json};

const TIMES: u32 = 40;

pub fn writes(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::copied(size)?;
    let (store, mut conn) = (data::opened(&path)?, data::bare(&path)?);
    let list = || {
        let query = json!({ "filter": { "text": "" }, "sort": "name", "descending": false });
        call(&store, "people.list", json!({ "query": query, "offset": 0, "limit": 60 }))
    };
    list()?;
    let people = some_people(&conn, TIMES)?;

    let (mut ours, mut bare) = (Series::default(), Series::default());
    for (n, id) in people.iter().enumerate() {
        let (time, said) = timed(|| -> Outcome<Value> {
            call(&store, "people.edit", json!({ "id": id, "city": format!("Town {n}") }))?;
            list()
        });
        ours.add(time);
        said?;
        let (time, done) = timed(|| edit(&mut conn, *id, &format!("Village {n}")));
        bare.add(time);
        done?;
        // The other connection's commit makes the list anew, as another program's would: that is not what is measured.
        store.changed_elsewhere()?;
        list()?;
    }
    figures.series(size, "edit a city, and the list again", &ours, &bare, Aim::Ms(50.0));

    let (mut ours, mut bare) = (Series::default(), Series::default());
    for id in &people {
        let (time, said) = timed(|| -> Outcome<Value> {
            let attendee = json!({ "person": id });
            call(
                &store,
                "touchpoints.log",
                json!({ "kind": "conversation_online", "people": [attendee], "on": "2026-05-20", "note": "Asked about retries" }),
            )?;
            list()
        });
        ours.add(time);
        said?;
        let (time, done) = timed(|| log(&mut conn, *id));
        bare.add(time);
        done?;
        store.changed_elsewhere()?;
        list()?;
    }
    figures.series(size, "log what happened, the stage made anew, and the list", &ours, &bare, Aim::Ms(50.0));

    let (mut ours, mut bare) = (Series::default(), Series::default());
    for (n, id) in people.iter().enumerate() {
        call(&store, "people.edit", json!({ "id": id, "city": format!("Hamlet {n}") }))?;
        let (time, said) = timed(|| call(&store, "history.undo", json!({})));
        ours.add(time);
        word(&said?);
        let (time, done) = timed(|| edit(&mut conn, *id, &format!("Village {n}")));
        bare.add(time);
        done?;
    }
    figures.series(size, "take an edit back", &ours, &bare, Aim::Ms(50.0));
    drop((store, conn));
    data::remove(&path)
}

fn edit(conn: &mut Connection, id: Id, city: &str) -> Outcome {
    let tx = conn.transaction()?;
    tx.prepare_cached("UPDATE people SET city = ?2 WHERE id = ?1")?.execute((id, city))?;
    tx.prepare_cached("UPDATE person_state SET city = ?2 WHERE person = ?1")?.execute((id, city))?;
    tx.commit()?;
    conn.prepare_cached("SELECT name FROM person_state ORDER BY sort_name, person LIMIT 60")?
        .query_map([], |r| r.get::<_, String>(0))?
        .count();
    Ok(())
}

fn log(conn: &mut Connection, id: Id) -> Outcome {
    let tx = conn.transaction()?;
    tx.prepare_cached(
        "INSERT INTO touchpoints (id, kind, on_day, precision, direction, note, source, created_at, updated_at, created_op)
         VALUES (randomblob(16), 'conversation_online', '2026-05-20', 'day', 'two_way', 'Asked about retries', 'form', 0, 0, 1)",
    )?
    .execute([])?;
    tx.prepare_cached(
        "INSERT INTO touchpoint_people (id, touchpoint_id, person_id, role, observed_by, created_op)
         SELECT randomblob(16), id, ?1, 'with', 'told', 1 FROM touchpoints WHERE rid = last_insert_rowid()",
    )?
    .execute([id])?;
    tx.prepare_cached("UPDATE person_state SET last_touch_on = '2026-05-20' WHERE person = ?1")?.execute([id])?;
    tx.commit()?;
    conn.prepare_cached("SELECT name FROM person_state ORDER BY sort_name, person LIMIT 60")?
        .query_map([], |r| r.get::<_, String>(0))?
        .count();
    Ok(())
}
