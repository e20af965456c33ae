//! What the day asks of the file: a line that is typed and saved, the page of the day and its count, who is reviewed, the
//! evening's lines. The invented people have no promises, so some are made first, and that is not measured.
use crate::{
    Outcome,
    data::{self, Size, call},
    figures::{Aim, Figures, Series, timed},
    lists::word,
    notes::some_people,
};
use hallway_core::{Id, Store, TABLES};
use rusqlite::{Connection, types::Value as Cell};
use serde_json::{Value, json};
use std::collections::HashMap;

const TIMES: u32 = 40;
/// Promises that are due.
const PROMISED: u32 = 200;
/// Lines that wait for the evening.
const LINES: u32 = 600;

pub fn days(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::copied(size)?;
    let store = data::opened(&path)?;
    let mut conn = data::bare(&path)?;
    call(&store, "journey.bring_up_to_date", json!({}))?;
    prepared(&store, &conn)?;
    asked(figures, size, &store, &conn)?;
    typed(figures, size, &store, &conn)?;
    saved(figures, size, &store, &mut conn)?;
    cadences(figures, size, &store, &mut conn)?;
    evening(figures, size, &store, &conn)?;
    drop((store, conn));
    data::remove(&path)
}

fn prepared(store: &Store, conn: &Connection) -> Outcome {
    for (n, person) in some_people(conn, PROMISED)?.iter().enumerate() {
        let due = format!("2026-05-{:02}", 1 + n % 20);
        call(store, "followups.add", json!({ "person": person, "text": "Send the guide", "due": due }))?;
    }
    let tag: Id =
        conn.query_row("SELECT tag_id FROM person_tags GROUP BY tag_id ORDER BY count(*) DESC LIMIT 1", [], |r| {
            r.get(0)
        })?;
    call(store, "cadences.set", json!({ "tag": tag, "idealDays": 30, "longestDays": 90 }))?;
    Ok(())
}

/// The page of the day, its count, and the review.
fn asked(figures: &mut Figures, size: &Size, store: &Store, conn: &Connection) -> Outcome {
    // Each time after a write, as the window asks: nothing is remembered from the time before.
    let mut measure = |what: &str, command: &str, input: Value, bare_sql: &[&str], aim: Aim| -> Outcome {
        let (mut ours, mut bare) = (Series::default(), Series::default());
        for (n, person) in some_people(conn, TIMES)?.iter().enumerate() {
            call(store, "people.edit", json!({ "id": person, "city": format!("{what} {n}") }))?;
            let (time, said) = timed(|| call(store, command, input.clone()));
            ours.add(time);
            said?;
            let (time, counted) = timed(|| -> Outcome {
                for sql in bare_sql {
                    let mut query = conn.prepare_cached(sql)?;
                    let mut rows = query.query([])?;
                    while rows.next()?.is_some() {}
                }
                Ok(())
            });
            bare.add(time);
            counted?;
        }
        figures.series(size, what, &ours, &bare, aim);
        Ok(())
    };
    measure("the page of the day", "today.list", json!({}), DAY, Aim::Ms(50.0))?;
    measure("how much waits today, after each change", "today.count", json!({}), DAY, Aim::Ms(50.0))?;
    measure("whom the review asks about, after each change", "journey.review", json!({}), REVIEW, Aim::Ms(50.0))
}

/// The rows of the day without what is said about each.
const DAY: &[&str] = &[
    "SELECT followup FROM open_followups WHERE shown_on <= '2026-05-21' ORDER BY due_on LIMIT 500",
    "SELECT id FROM touchpoints WHERE needs_answer = 1 AND deleted_at IS NULL AND direction <> 'from_us' ORDER BY on_day LIMIT 500",
    "SELECT moved FROM person_state WHERE moved IS NOT NULL AND NOT teammate ORDER BY moved DESC LIMIT 500",
    "SELECT person FROM in_touch WHERE lost_on < '2026-05-21' ORDER BY lost_on LIMIT 200",
    "SELECT id FROM touchpoints WHERE direction = 'between_them' AND deleted_at IS NULL AND on_day BETWEEN '2026-02-20' AND '2026-05-21' ORDER BY on_day DESC LIMIT 500",
];
/// Fifty who are stale, as if all of them were asked about.
const REVIEW: &[&str] = &[
    "SELECT person FROM person_state WHERE confidence = 'stale' AND stage_rank > 1 AND NOT teammate ORDER BY last_touch_on, sort_name LIMIT 50",
];

/// Each key of a line.
fn typed(figures: &mut Figures, size: &Size, store: &Store, conn: &Connection) -> Outcome {
    let (mut ours, mut bare) = (Series::default(), Series::default());
    let mut pick = conn.prepare(
        "SELECT person FROM person_state WHERE instr(search, ?1) > 0 ORDER BY instr(sort_name, ?1) = 1 DESC,
           instr(sort_name, ?1) > 0 DESC, last_touch_on DESC, sort_name, person LIMIT 5",
    )?;
    // The list is in memory when somebody types.
    call(store, "captures.read", json!({ "text": "ada" }))?;
    for name in data::some_names(conn, 5)?.into_iter().chain(["Xyleth Quorvane".into()]) {
        let line = format!("{name} @Initech #rust ~build !fri send the guide");
        for (end, _) in line.char_indices().skip(1) {
            let text = &line[..end];
            let (time, said) = timed(|| call(store, "captures.read", json!({ "text": text, "locale": "en-GB" })));
            ours.add(time);
            let said = said?;
            let name = word(&said["name"]).to_lowercase();
            let (time, rows) =
                timed(|| pick.query_map([&name], |r| r.get::<_, Id>(0))?.collect::<rusqlite::Result<Vec<_>>>());
            bare.add(time);
            rows?;
        }
    }
    figures.series(size, "a line, each key: what it says, and whom it may be about", &ours, &bare, Aim::Ms(16.0));
    Ok(())
}

/// A line saved, against the same rows put in by prepared statements.
fn saved(figures: &mut Figures, size: &Size, store: &Store, conn: &mut Connection) -> Outcome {
    let (mut ours, mut bare) = (Series::default(), Series::default());
    let known = data::some_names(conn, TIMES / 2)?;
    let new = (0..TIMES / 2).map(|n| format!("Xyleth Quorvane{n}"));
    for (n, name) in known.into_iter().chain(new).enumerate() {
        let line = format!("{name} @Initech #rust ~build !fri send guide {n}, asked about retries");
        let (time, said) = timed(|| call(store, "captures.save", json!({ "text": line, "someoneNew": n % 2 == 0 })));
        ours.add(time);
        let operation = said?["operation"].as_i64().unwrap_or_default();
        let rows = made_by(conn, operation)?;
        let (time, done) = timed(|| put_again(conn, &rows));
        bare.add(time);
        done?;
        store.changed_elsewhere()?;
        // What the bare way left to be indexed is nobody's to wait for; and the list is in memory again.
        call(store, "captures.keep", json!({ "text": format!("Ada {n}") }))?;
        call(store, "captures.read", json!({ "text": "ada" }))?;
    }
    figures.series(size, "a line saved: on the disk, and all it says", &ours, &bare, Aim::Ms(50.0));
    Ok(())
}

type Rows = (String, Vec<Vec<Cell>>);

/// The rows an operation made, with ids of their own, as statements that put them in.
fn made_by(conn: &Connection, operation: i64) -> Outcome<Vec<Rows>> {
    let mut ids: HashMap<Vec<u8>, Vec<u8>> = HashMap::new();
    let mut found: Vec<Rows> = Vec::new();
    let by_operation = |table: &str| format!("SELECT * FROM {table} WHERE created_op = {operation}");
    let person = format!("SELECT id FROM people WHERE created_op = {operation}");
    let followup = format!("SELECT id FROM followups WHERE created_op = {operation}");
    let mut asked: Vec<(&str, String)> =
        vec![("operations", format!("SELECT * FROM operations WHERE id = {operation}"))];
    asked.extend(TABLES.iter().map(|table| (table.name, by_operation(table.name))));
    asked.push(("person_state", format!("SELECT * FROM person_state WHERE person IN ({person})")));
    asked.push(("open_followups", format!("SELECT * FROM open_followups WHERE followup IN ({followup})")));
    for (table, sql) in asked {
        let mut query = conn.prepare(&sql)?;
        let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
        // The place of a row in its table is given by the table.
        let own = |name: &str| name == "rid" || (table == "operations" && name == "id");
        let kept: Vec<usize> = (0..columns.len()).filter(|n| !own(&columns[*n])).collect();
        let mut rows = query.query([])?;
        let mut cells = Vec::new();
        while let Some(row) = rows.next()? {
            let values: Vec<Cell> = kept.iter().map(|n| row.get(*n)).collect::<rusqlite::Result<_>>()?;
            if let Some(Cell::Blob(id)) =
                columns.iter().position(|name| name == "id").map(|n| row.get::<_, Cell>(n)).transpose()?
            {
                let other = id.iter().map(|byte| byte ^ 0x5a).collect();
                ids.insert(id, other);
            }
            cells.push(values);
        }
        if !cells.is_empty() {
            let names: Vec<&str> = kept.iter().map(|n| columns[*n].as_str()).collect();
            let marks: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
            found.push((format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), marks.join(", ")), cells));
        }
    }
    for cell in found.iter_mut().flat_map(|(_, rows)| rows).flatten() {
        if let Cell::Blob(bytes) = cell
            && let Some(other) = ids.get(bytes)
        {
            bytes.clone_from(other);
        }
    }
    Ok(found)
}

fn put_again(conn: &mut Connection, rows: &[Rows]) -> Outcome {
    let tx = conn.transaction()?;
    for (sql, rows) in rows {
        let mut put = tx.prepare_cached(sql)?;
        for row in rows {
            put.execute(rusqlite::params_from_iter(row))?;
        }
    }
    Ok(tx.commit()?)
}

/// How often to be in touch with one person, while everybody with a tag is followed.
fn cadences(figures: &mut Figures, size: &Size, store: &Store, conn: &mut Connection) -> Outcome {
    let (mut ours, mut bare) = (Series::default(), Series::default());
    for (n, person) in some_people(conn, TIMES / 2)?.iter().enumerate() {
        let cadence = json!({ "person": person, "idealDays": 10 + n, "longestDays": 60 + n });
        let (time, said) = timed(|| call(store, "cadences.set", cadence));
        ours.add(time);
        said?;
        let (time, done) = timed(|| -> Outcome {
            let tx = conn.transaction()?;
            tx.prepare_cached("UPDATE cadences SET ideal_days = ?2 WHERE person_id = ?1")?
                .execute((person, n as i64 + 1))?;
            tx.prepare_cached("UPDATE in_touch SET lost_on = '2026-08-01' WHERE person = ?1")?.execute([person])?;
            Ok(tx.commit()?)
        });
        bare.add(time);
        done?;
        store.changed_elsewhere()?;
    }
    figures.series(size, "how often to be in touch with one person", &ours, &bare, Aim::Ms(50.0));
    Ok(())
}

/// Lines pasted from a phone, and what is shown of them after each that was dealt with.
fn evening(figures: &mut Figures, size: &Size, store: &Store, conn: &Connection) -> Outcome {
    let names = data::some_names(conn, LINES)?;
    let text: Vec<String> =
        names.iter().enumerate().map(|(n, name)| format!("{name} @Initech ~build !3d call {n}")).collect();
    let (time, said) = timed(|| call(store, "captures.lines", json!({ "text": text.join("\n") })));
    said?;
    let (again, known) = timed(|| call(store, "captures.lines", json!({ "text": text.join("\n") })));
    known?;
    figures.once(size, "600 lines from a phone written down, against finding them there", time, again, Aim::None);
    let (mut ours, mut bare) = (Series::default(), Series::default());
    let review = json!({ "locale": "en-GB" });
    let mut waiting = call(store, "captures.review", review.clone())?;
    for _ in 0..10 {
        let first = waiting["lines"][0]["id"].clone();
        call(store, "captures.drop", json!({ "id": first }))?;
        let (time, said) = timed(|| call(store, "captures.review", review.clone()));
        ours.add(time);
        waiting = said?;
        let (time, rows) = timed(|| -> Outcome<usize> {
            let mut query = conn.prepare_cached(
                "SELECT id, text FROM captures WHERE reviewed = 0 AND deleted_at IS NULL ORDER BY created_at, rid LIMIT 1000",
            )?;
            Ok(query.query_map([], |r| r.get::<_, String>(1))?.count())
        });
        bare.add(time);
        rows?;
    }
    figures.series(size, "the evening's lines, after each that was dealt with", &ours, &bare, Aim::Ms(50.0));
    Ok(())
}
