//! The list of people: each keystroke of a search, every sort, filters, the rows further down, and what a picker offers.
use crate::{
    Outcome,
    data::{self, Size, call},
    figures::{Aim, Figures, Series, timed},
    notes::rows,
};
use hallway_core::{Id, Store};
use rusqlite::{Connection, types::Value as Sql};
use serde_json::{Value, json};

/// As many rows as a window shows at once.
const SHOWN: u32 = 60;

const ROW: &str =
    "SELECT s.person, s.name, s.organisation, s.country, s.city, s.stage, s.confidence, c.status IS 'suggested',
    s.presence, s.last_touch_on, s.last_kind, s.tags, s.do_not_contact, s.teammate, s.added_at
    FROM person_state s LEFT JOIN stage_changes c ON c.id = s.moved";

/// The same question to both.
struct Question {
    query: Value,
    condition: String,
    values: Vec<Sql>,
    order: &'static str,
    offset: u32,
}

impl Question {
    fn of(text: &str) -> Question {
        let words: Vec<&str> = text.split_whitespace().collect();
        let found: Vec<String> = (1..=words.len()).map(|n| format!("instr(s.search, ?{n}) > 0")).collect();
        Question {
            query: json!({ "filter": { "text": text }, "sort": "name", "descending": false }),
            condition: if found.is_empty() { "1".into() } else { found.join(" AND ") },
            values: words.into_iter().map(|word| Sql::Text(word.to_owned())).collect(),
            order: "s.sort_name, s.person",
            offset: 0,
        }
    }
    fn sorted(sort: &str, descending: bool, order: &'static str) -> Question {
        let mut question = Question { order, ..Question::of("") };
        question.query["sort"] = sort.into();
        question.query["descending"] = descending.into();
        question
    }
    fn filtered(filter: &str, condition: &str) -> Question {
        let mut question = Question { condition: condition.to_owned(), ..Question::of("") };
        question.query["filter"]["text"] = filter.into();
        question
    }

    /// Asks Hallway and SQLite, and makes sure that they say the same.
    fn ask(&self, store: &Store, conn: &Connection, ours: &mut Series, bare: &mut Series) -> Outcome {
        let input = json!({ "query": self.query, "offset": self.offset, "limit": SHOWN });
        let (time, said) = timed(|| call(store, "people.list", input));
        ours.add(time);
        let said = said?;
        let (time, rows) = timed(|| self.bare(conn));
        bare.add(time);
        let (count, ids) = rows?;
        let listed: Vec<String> = said["rows"].as_array().into_iter().flatten().map(|r| word(&r["id"])).collect();
        if said["count"] != count || listed != ids {
            return Err(format!("{} is answered with other people than {}", self.query, self.condition).into());
        }
        Ok(())
    }

    fn bare(&self, conn: &Connection) -> rusqlite::Result<(u32, Vec<String>)> {
        let params = || rusqlite::params_from_iter(&self.values);
        let count = conn
            .prepare_cached(&format!("SELECT count(*) FROM person_state s WHERE {}", self.condition))?
            .query_row(params(), |r| r.get(0))?;
        let sql =
            format!("{ROW} WHERE {} ORDER BY {} LIMIT {SHOWN} OFFSET {}", self.condition, self.order, self.offset);
        let mut query = conn.prepare_cached(&sql)?;
        let mut rows = query.query(params())?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            // Every value is read, as a list needs it.
            for column in 1..15 {
                std::hint::black_box(row.get::<_, Sql>(column)?);
            }
            ids.push(row.get::<_, Id>(0)?.to_string());
        }
        Ok((count, ids))
    }
}

pub fn lists(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::path(size)?;
    let (store, conn) = (data::opened(&path)?, data::bare(&path)?);
    let aim = Aim::Ms(if size.people > 100_000 { 50.0 } else { 16.0 });
    let read =
        "SELECT person, search, sort_organisation, country, last_touch_on, stage_rank, added_at, city, since, confidence,
         presence, ring, moved IS NOT NULL, do_not_contact, teammate FROM person_state";
    let (bare, told) = timed(|| -> rusqlite::Result<_> {
        Ok((rows(&conn, read, &[])?, rows(&conn, "SELECT person_id, tag_id FROM person_tags", &[])?))
    });
    told?;
    let (time, said) = timed(|| call(&store, "people.matching", json!({ "text": "a", "limit": 1 })));
    said?;
    figures.once(size, "the list into memory, once, against reading it", time, bare, Aim::None);
    let mut measure = |what: &str, questions: &[Question]| -> Outcome {
        let (mut ours, mut bare) = (Series::default(), Series::default());
        for question in questions {
            question.ask(&store, &conn, &mut ours, &mut bare)?;
        }
        figures.series(size, what, &ours, &bare, aim);
        Ok(())
    };

    let names = data::some_names(&conn, 12)?;
    // A word of one letter is looked for in every text, too.
    let typed = |name: &String| {
        let ends: Vec<usize> = name.char_indices().map(|(at, letter)| at + letter.len_utf8()).take(9).collect();
        ends.into_iter().map(|end| Question::of(&name[..end])).collect::<Vec<_>>()
    };
    measure("search, each keystroke: 60 rows and the count", &names.iter().flat_map(typed).collect::<Vec<_>>())?;
    measure("search, what nobody has: no row", &["zzqx", "nobody here", "q9q9q9"].map(Question::of))?;

    let sorts = [
        ("name", "s.sort_name {}, s.person"),
        ("organisation", "s.sort_organisation IS NULL, s.sort_organisation {}, s.sort_name, s.person"),
        ("stage", "s.stage_rank {}, s.sort_name, s.person"),
        ("country", "s.country IS NULL, s.country {}, s.sort_name, s.person"),
        ("last_touch", "s.last_touch_on IS NULL, s.last_touch_on {}, s.sort_name, s.person"),
        ("added", "s.added_at {}, s.person {}"),
    ];
    let sorted: Vec<Question> = sorts
        .iter()
        .flat_map(|(sort, order)| {
            [("ASC", false), ("DESC", true)].map(|(way, down)| (*sort, order.replace("{}", way), down))
        })
        .map(|(sort, order, down)| Question::sorted(sort, down, order.leak()))
        .collect();
    measure("sort by each column, both ways: the first 60 rows", &sorted)?;

    let (tag, filter): (Id, String) = conn.query_row(
        r#"SELECT id, kind || ':"' || name || '"' FROM tags
           WHERE id = (SELECT tag_id FROM person_tags GROUP BY tag_id ORDER BY count(*) DESC LIMIT 1)"#,
        [],
        |r| Ok((r.get(0)?, r.get(1)?)),
    )?;
    let carries = "EXISTS (SELECT 1 FROM person_tags pt WHERE pt.person_id = s.person AND pt.tag_id = ?1)";
    let mut tagged = Question::filtered(&filter, carries);
    tagged.values = vec![Sql::Blob(tag.0.to_vec())];
    measure(
        "filter by stage, tag, last touch: 60 rows and the count",
        &[
            Question::filtered("stage:build", "s.stage_rank = 4"),
            Question::filtered("stage:none,scale", "s.stage_rank IN (0, 5)"),
            tagged,
            Question::filtered("last:90d", "s.last_touch_on >= '2026-02-20'"),
            Question::filtered("last:>365d", "s.last_touch_on < '2025-05-21'"),
        ],
    )?;

    let further: Vec<Question> =
        (0..40).map(|n| Question { offset: size.people / 40 * n, ..Question::of("") }).collect();
    measure("scroll: 60 rows anywhere in the whole list", &further)?;

    let (mut ours, mut bare) = (Series::default(), Series::default());
    let mut pick = conn.prepare(
        "SELECT person, name FROM person_state WHERE instr(search, ?1) > 0 ORDER BY instr(sort_name, ?1) = 1 DESC,
           instr(sort_name, ?1) > 0 DESC, last_touch_on DESC, sort_name, person LIMIT 8",
    )?;
    for name in &names {
        let text: String = name.split_whitespace().next().unwrap_or_default().chars().take(4).collect();
        let (time, said) = timed(|| call(&store, "people.matching", json!({ "text": text, "limit": 8 })));
        ours.add(time);
        let (time, rows) =
            timed(|| pick.query_map([&text], |r| r.get::<_, Id>(0))?.collect::<rusqlite::Result<Vec<_>>>());
        bare.add(time);
        let offered: Vec<String> = said?.as_array().into_iter().flatten().map(|r| word(&r["id"])).collect();
        if offered != rows?.iter().map(Id::to_string).collect::<Vec<_>>() {
            return Err(format!("“{text}” is offered other people than SQLite finds").into());
        }
    }
    figures.series(size, "pick somebody by the first letters of a name: 8 rows", &ours, &bare, aim);
    Ok(())
}

pub fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
