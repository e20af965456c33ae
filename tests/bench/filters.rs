//! Filters: whoever one line of the language finds, with the exact count, up to the rows that show them; each against SQL
//! that finds the same people.
use crate::{
    Outcome,
    data::{self, Size, call},
    figures::{Aim, Figures, Series, timed},
    notes::some_people,
};
use hallway_core::{Id, Store};
use rusqlite::Connection;
use serde_json::json;

/// As many rows as a window shows at once.
const SHOWN: u32 = 60;
/// Each is asked as often; what was asked is not kept, since something is written in between.
const TIMES: usize = 5;
/// People who are given what the invented ones do not have.
const GIVEN: u32 = 200;

const TOUCHED: &str = "FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
    WHERE tp.person_id = s.person AND tp.role <> 'about' AND t.deleted_at IS NULL";

/// A filter, and the condition over `person_state s` that says the same.
fn questions() -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let tag = |name: &str| {
        format!(
            "EXISTS (SELECT 1 FROM person_tags pt JOIN tags g ON g.id = pt.tag_id WHERE pt.person_id = s.person AND g.name_norm = '{name}')"
        )
    };
    let africa: Vec<String> = hallway_core::regions::by_code("002")
        .map(|region| region.countries().iter().map(|code| format!("'{code}'")).collect())
        .unwrap_or_default();
    let africa = format!("s.country IN ({})", africa.join(", "));
    let touched = |more: &str| format!("EXISTS (SELECT 1 {TOUCHED} AND {more})");
    let person = |more: &str| format!("EXISTS (SELECT 1 FROM people p WHERE p.id = s.person AND {more})");
    let written = |words: &str| {
        let places = format!("(SELECT rowid AS place FROM notes WHERE notes MATCH '{words}') n");
        format!(
            "s.person IN (SELECT tp.person_id FROM {places} JOIN touchpoints t ON t.rid = n.place AND t.deleted_at IS NULL
                JOIN touchpoint_people tp ON tp.touchpoint_id = t.id
              UNION SELECT p.id FROM {places} JOIN people p ON p.rid = -n.place)"
        )
    };
    let known = "t.precision <> 'unknown'";
    let talked = touched(&format!("t.direction = 'two_way' AND {known} AND t.on_day >= '2026-02-20'"));
    vec![
        (
            "filter by fields of people: 60 rows and the count",
            vec![
                ("stage:>=build", "s.stage_rank >= 4".into()),
                ("region:africa", africa.clone()),
                ("stack:rust -presence:active", format!("{} AND s.presence <> 'active'", tag("rust"))),
                ("confidence:fading or added:90d dnc:no", "s.confidence = 'fading' OR (s.added_at >= 1771542000000 AND s.do_not_contact = 0)".into()),
                ("country:DE,FR", "s.country IN ('DE', 'FR')".into()),
                ("city:hyder", person("instr(lower(p.city), 'hyder') > 0")),
                (
                    "org:labs",
                    "EXISTS (SELECT 1 FROM people p JOIN organisations o ON o.id = p.organisation_id WHERE p.id = s.person AND instr(o.name_norm, 'labs') > 0)".into(),
                ),
                ("since:>6m ring:primary,secondary", "s.since < '2025-11-21' AND s.ring IN ('primary', 'secondary')".into()),
            ],
        ),
        (
            "filter by what is known beside the list: 60 rows and the count",
            vec![
                ("has:email", "EXISTS (SELECT 1 FROM contact_points c WHERE c.person_id = s.person AND c.kind = 'email' AND c.deleted_at IS NULL)".into()),
                ("lang:pt", "EXISTS (SELECT 1 FROM people p WHERE p.id = s.person AND ',' || replace(p.languages, ' ', '') || ',' LIKE '%,pt%')".into()),
                ("role:engineer", person("instr(lower(p.role_title), 'engineer') > 0")),
                ("zone:europe", person("instr(lower(p.time_zone), 'europe') > 0")),
                ("source:badge", "EXISTS (SELECT 1 FROM contact_points c WHERE c.person_id = s.person AND c.source = 'badge' AND c.deleted_at IS NULL)".into()),
                ("followup:open", "EXISTS (SELECT 1 FROM open_followups f WHERE f.person = s.person)".into()),
                ("due:<today", "EXISTS (SELECT 1 FROM open_followups f WHERE f.person = s.person AND f.due_on < '2026-05-21')".into()),
                ("address:stickers", "EXISTS (SELECT 1 FROM postal_addresses a WHERE a.person_id = s.person AND a.purpose = 'stickers' AND a.deleted_at IS NULL)".into()),
                ("shirt:M", "EXISTS (SELECT 1 FROM field_values v JOIN fields f ON f.id = v.field_id WHERE v.person_id = s.person AND f.key = 'shirt' AND v.raw = 'M')".into()),
                (
                    "moved:90d",
                    "EXISTS (SELECT 1 FROM stage_changes c WHERE c.person_id = s.person AND c.axis = 'journey' AND c.voided_by IS NULL AND c.status <> 'refused' AND c.on_day >= '2026-02-20')".into(),
                ),
            ],
        ),
        (
            "filter by what happened: 60 rows and the count",
            vec![
                ("talked:90d", talked.clone()),
                ("-touch(on:1y)", format!("NOT {}", touched(&format!("{known} AND t.on_day >= '2025-05-21'")))),
                ("did:reported_bug", touched("t.kind = 'reported_bug'")),
                ("count(bug on:365d):>=2", format!("(SELECT count(*) {TOUCHED} AND t.kind = 'reported_bug' AND {known} AND t.on_day >= '2025-05-21') >= 2")),
                ("touches:>=20", format!("(SELECT count(*) {TOUCHED}) >= 20")),
                ("met:>2y", format!("(SELECT min(t.on_day) {TOUCHED} AND {known}) < '2024-05-21'")),
                ("wrote:>6m", format!("(SELECT max(t.on_day) {TOUCHED} AND {known} AND t.direction = 'from_us') < '2025-11-21'")),
                (
                    "count((direction:from_them or direction:two_way) channel:social mood:>=0):>=1",
                    touched("t.direction IN ('from_them', 'two_way') AND t.sentiment >= 0 AND t.kind IN (SELECT value->>'key' FROM json_each((SELECT config->'kinds' FROM journey_configs ORDER BY version DESC LIMIT 1)) WHERE value->>'channel_class' = 'social')"),
                ),
            ],
        ),
        (
            "filter by words of notes: 60 rows and the count",
            vec![
                ("note:queue", written("\"queue\"*")),
                ("note:deploy", written("\"deploy\"*")),
                ("note:the", written("\"the\"")),
                ("note:\"release notes\"", written("\"release\" \"notes\"*")),
                ("-note:question", format!("NOT {}", written("\"question\"*"))),
                ("note:zzqx", written("\"zzqx\"")),
            ],
        ),
        (
            "the line of the brief: stage, region, stack, talked, tag, words",
            vec![
                (
                    "stage:learn region:africa stack:rust talked:90d -tag:vendor",
                    format!("s.stage_rank = 3 AND {africa} AND {} AND {talked} AND NOT {}", tag("rust"), tag("vendor")),
                ),
                (
                    "(stage:learn or stage:build) talked:90d -tag:vendor an",
                    format!("s.stage_rank IN (3, 4) AND {talked} AND NOT {} AND instr(s.search, 'an') > 0", tag("vendor")),
                ),
            ],
        ),
    ]
}

pub fn filters(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::copied(size)?;
    let (store, conn) = (data::opened(&path)?, data::bare(&path)?);
    let count = |text: &str| call(&store, "filter.read", json!({ "text": text }));
    given(&store, &conn)?;
    count("a")?;
    for (what, text) in [("what is known beside the list", "has:email"), ("what happened", "did:emailed")] {
        let (time, said) = timed(|| count(text));
        said?;
        let sql = if text == "has:email" {
            "SELECT person_id, kind, source FROM contact_points"
        } else {
            "SELECT t.kind, t.on_day, tp.person_id FROM touchpoints t JOIN touchpoint_people tp ON tp.touchpoint_id = t.id"
        };
        let (bare, rows) = timed(|| crate::notes::rows(&conn, sql, &[]));
        rows?;
        figures.once(size, &format!("{what} into memory, once, against reading it"), time, bare, Aim::None);
    }
    let somebody: Id = conn.query_row("SELECT person FROM person_state ORDER BY person LIMIT 1", [], |r| r.get(0))?;
    let aim = Aim::Ms(if size.people > 100_000 { 60.0 } else { 16.0 });
    for (what, questions) in questions() {
        let (mut ours, mut bare) = (Series::default(), Series::default());
        for (text, condition) in &questions {
            for n in 0..TIMES {
                // A write, so that nothing is answered from what was just asked.
                call(&store, "people.edit", json!({ "id": somebody, "pronouns": format!("{n}") }))?;
                ask(&store, &conn, text, condition, &mut ours, (n == 0).then_some(&mut bare))?;
            }
        }
        figures.series(size, what, &ours, &bare, aim);
    }
    while_typing(figures, size, &store, somebody, aim)?;
    drop(store);
    data::remove(&path)
}

/// What the invented people do not have: promises, an address, a field of one's own.
fn given(store: &Store, conn: &Connection) -> Outcome {
    let field = call(store, "fields.define", json!({ "label": "Shirt", "kind": "choice", "choices": ["S", "M"] }))?;
    for (n, person) in some_people(conn, GIVEN)?.iter().enumerate() {
        let due = format!("2026-05-{:02}", 1 + n % 30);
        call(store, "followups.add", json!({ "person": person, "text": "Send the guide", "due": due }))?;
        let size = if n % 2 == 0 { "M" } else { "S" };
        call(store, "fields.set", json!({ "person": person, "field": field["id"], "value": size }))?;
        call(
            store,
            "postal_addresses.add",
            json!({ "person": person, "lines": "1 Some Street", "country": "DE", "purpose": "stickers", "source": "they_gave_it" }),
        )?;
    }
    Ok(())
}

/// What one key costs: the reading with its count and what could be typed next, then the rows, as a page asks them. Without
/// a write in between the rows are those that were just counted; the first of each follows a write.
fn while_typing(figures: &mut Figures, size: &Size, store: &Store, somebody: Id, aim: Aim) -> Outcome {
    call(store, "lists.add", json!({ "name": "Speakers", "people": [somebody] }))?;
    for (what, texts) in [
        ("what is offered behind a colon", ["basis:", "list:", "may:", "ac"]),
        ("a filter of trust", ["basis:unknown", "may:list_mail", "suppressed:yes", "bounced:no"]),
    ] {
        let (mut written, mut again) = (Series::default(), Series::default());
        for text in texts {
            for n in 0..TIMES {
                call(store, "people.edit", json!({ "id": somebody, "pronouns": format!("{n}") }))?;
                for series in [&mut written, &mut again] {
                    let typed = json!({ "text": text, "cursor": text.len() });
                    let (time, said) = timed(|| call(store, "filter.read", typed));
                    series.add(time);
                    said?;
                }
            }
        }
        figures.series(
            size,
            &format!("{what}, straight after a write, against the key after it"),
            &written,
            &again,
            aim,
        );
    }
    let (mut counted, mut listed) = (Series::default(), Series::default());
    for text in ["talked:90d", "stage:learn -tag:vendor an", "has:email"] {
        for n in 0..TIMES {
            call(store, "people.edit", json!({ "id": somebody, "pronouns": format!("{n}") }))?;
            let (time, said) = timed(|| call(store, "filter.read", json!({ "text": text })));
            counted.add(time);
            let count = said?["count"].clone();
            let query = json!({ "filter": { "text": text, "forgiving": true }, "sort": "stage", "descending": false });
            let (time, said) = timed(|| -> Outcome {
                let list = call(store, "people.list", json!({ "query": query, "offset": 0, "limit": SHOWN }))?;
                let groups = call(store, "people.groups", json!({ "query": query }))?;
                let sum: u64 =
                    groups.as_array().into_iter().flatten().filter_map(|group| group["count"].as_u64()).sum();
                if list["count"] != count || json!(sum) != count {
                    return Err(
                        format!("{text}: {count} are read, {} listed, {sum} under headings", list["count"]).into()
                    );
                }
                Ok(())
            });
            listed.add(time);
            said?;
        }
    }
    figures.series(size, "rows and headings of a filter, against its count", &listed, &counted, aim);
    Ok(())
}

/// Asks Hallway, and SQLite once, and makes sure that they say the same.
fn ask(
    store: &Store,
    conn: &Connection,
    text: &str,
    condition: &str,
    ours: &mut Series,
    bare: Option<&mut Series>,
) -> Outcome {
    let query = json!({ "filter": { "text": text }, "sort": "name", "descending": false });
    let (time, said) = timed(|| call(store, "people.list", json!({ "query": query, "offset": 0, "limit": SHOWN })));
    ours.add(time);
    let said = said?;
    let Some(bare) = bare else { return Ok(()) };
    let (time, rows) = timed(|| -> rusqlite::Result<Vec<String>> {
        let mut query = conn.prepare_cached(&format!(
            "SELECT s.person FROM person_state s WHERE {condition} ORDER BY s.sort_name, s.person"
        ))?;
        query.query_map([], |r| Ok(r.get::<_, Id>(0)?.to_string()))?.collect()
    });
    // As often as ours is asked, so that their sums can be compared.
    (0..TIMES).for_each(|_| bare.add(time));
    let rows = rows?;
    let listed: Vec<&str> =
        said["rows"].as_array().into_iter().flatten().filter_map(|row| row["id"].as_str()).collect();
    if said["count"] != rows.len() || listed != rows.iter().take(SHOWN as usize).map(String::as_str).collect::<Vec<_>>()
    {
        return Err(format!("{text} finds {} people, and {condition} {}", said["count"], rows.len()).into());
    }
    Ok(())
}
