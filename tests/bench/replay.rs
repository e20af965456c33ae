//! Where everybody stands, from everything that ever happened; and where one person stands.
use crate::{
    Outcome,
    data::{self, Size, call},
    figures::{Aim, Figures, Series, timed},
    notes::{rows, some_people},
};
use hallway_core::{
    Id,
    journey::engine::{self, Config, Evidence, ObservedBy, Role, Stage},
};
use rusqlite::{Connection, Row};
use serde_json::json;
use std::hint::black_box;

/// Everything the engine looks at, person by person.
const EVERYTHING: &str =
    "SELECT tp.person_id, t.id, t.on_day, t.precision <> 'unknown', t.kind, tp.role, tp.observed_stage, tp.observed_by, tp.incentivised
     FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id WHERE t.deleted_at IS NULL ORDER BY tp.person_id";

pub fn replay(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::path(size)?;
    let conn = data::bare(&path)?;
    {
        let store = data::opened(&path)?;
        let (mut ours, mut bare) = (Series::default(), Series::default());
        for id in some_people(&conn, 200)? {
            let (time, said) = timed(|| call(&store, "journey.standing", json!({ "person": id })));
            ours.add(time);
            said?;
            let (time, found) =
                timed(|| rows(&conn, &EVERYTHING.replace("WHERE", "WHERE tp.person_id = ?1 AND"), &[&id]));
            bare.add(time);
            found?;
        }
        figures.series(size, "where one person stands, and why", &ours, &bare, Aim::Ms(1.0));
    }

    let (reading, read) = timed(|| read(&conn));
    let people = read?;
    let config = Config::default();
    let today = "2026-05-21".parse()?;
    let (time, ()) = timed(|| {
        for evidence in &people {
            black_box(engine::replay(&config, evidence, &[], today));
        }
    });
    let touchpoints: usize = people.iter().map(Vec::len).sum();
    let what = format!("the rules over {} touchpoints of all, against reading them", thousands(touchpoints));
    figures.once(size, &what, time, reading, Aim::Ms(5_000.0));
    drop((conn, people));
    everybody(figures, size)
}

/// As after a change of rules: everybody is replayed, moves are looked for, and what lists show is written anew.
fn everybody(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::copied(size)?;
    let mut conn = data::bare(&path)?;
    let everything = "SELECT * FROM person_state";
    // The bare way writes the very rows that are there.
    let (bare, done) = timed(|| -> Outcome {
        let state = rows(&conn, everything, &[])?;
        black_box(rows(&conn, EVERYTHING, &[])?.len());
        let tx = conn.transaction()?;
        let columns = state.first().map_or(0, Vec::len);
        let marks = vec!["?"; columns].join(", ");
        let mut write = tx.prepare(&format!("INSERT OR REPLACE INTO person_state VALUES ({marks})"))?;
        for row in &state {
            write.execute(rusqlite::params_from_iter(row))?;
        }
        drop(write);
        Ok(tx.commit()?)
    });
    done?;
    conn.execute("UPDATE person_state SET next_change_on = '2026-05-21'", [])?;
    drop(conn);
    let store = data::opened(&path)?;
    let (time, said) = timed(|| call(&store, "journey.bring_up_to_date", json!({})));
    if said?["people"] != size.people {
        return Err("not everybody was brought up to date".into());
    }
    figures.once(size, "everybody replayed and written anew", time, bare, Aim::None);
    drop(store);
    data::remove(&path)
}

/// The evidence of everybody who has any.
fn read(conn: &Connection) -> Outcome<Vec<Vec<Evidence>>> {
    let mut query = conn.prepare(EVERYTHING)?;
    let mut rows = query.query([])?;
    let mut people: Vec<Vec<Evidence>> = Vec::new();
    let mut last = None;
    while let Some(row) = rows.next()? {
        let person: Id = row.get(0)?;
        if last.replace(person) != Some(person) {
            people.push(Vec::new());
        }
        if let Some(evidence) = people.last_mut() {
            evidence.push(piece(row)?);
        }
    }
    Ok(people)
}

fn piece(r: &Row) -> Outcome<Evidence> {
    let word =
        |column| r.get_ref(column).map(|value| value.as_str_or_null().ok().flatten().unwrap_or_default().to_owned());
    Ok(Evidence {
        id: r.get::<_, Id>(1)?.0,
        on_day: word(2)?.parse()?,
        counts: r.get(3)?,
        kind: word(4)?,
        role: Role::from_key(&word(5)?).ok_or("an unknown role")?,
        observed_stage: Stage::from_key(&word(6)?),
        observed_by: ObservedBy::from_key(&word(7)?).ok_or("an unknown source")?,
        incentivised: r.get(8)?,
    })
}

pub fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let first = digits.len() % 3;
    let groups: Vec<&str> = std::iter::once(&digits[..first])
        .chain((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]))
        .filter(|group| !group.is_empty())
        .collect();
    groups.join(",")
}
