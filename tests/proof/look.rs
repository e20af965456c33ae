//! What a file holds, and whether it is sound.
use acts::{Known, People};
use hallway_core::{Now, Store, backups, dispatch, open};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::{fs, path::Path};

/// A folder to prove in: in memory where there is room, since most of these proofs ask what a program told its disk, and
/// not how fast one is.
pub fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder")
}

/// What the file holds, after making sure that it is sound: its pages, its rules, and its index of words.
pub fn look(path: &Path) -> Result<People, String> {
    look_on(path, false)
}

/// As [`look`], after an import that was left in the middle was gone on with, or taken back.
pub fn look_on(path: &Path, go_on: bool) -> Result<People, String> {
    let now = Now::system();
    let store = open(path, now, 1, "UTC").map_err(|e| e.to_string())?;
    acts::settle(&store, go_on).map_err(|e| format!("an import that was left: {e}"))?;
    let findings = dispatch(&store, now, "doctor.check", json!({})).map_err(|e| e.to_string())?.value;
    if findings["ok"] != true {
        return Err(findings["findings"].to_string());
    }
    let file = Connection::open(path).map_err(|e| e.to_string())?;

    let mut people = People::new();
    let mut each = |sql: &str, put: fn(&mut Known, String)| -> rusqlite::Result<()> {
        let mut query = file.prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let known = people.entry(row.get(0)?).or_default();
            if let Some(text) = row.get(1)? {
                put(known, text);
            }
        }
        Ok(())
    };
    // Through the list, so that somebody whose row is there and who is not shown counts as lost.
    let read = each("SELECT s.name, p.city FROM person_state s JOIN people p ON p.id = s.person WHERE p.deleted_at IS NULL", |known, city| known.city = Some(city))
        .and_then(|()| {
            each(
                "SELECT s.name, t.note FROM person_state s JOIN people p ON p.root = s.person JOIN touchpoint_people tp ON tp.person_id = p.id JOIN touchpoints t ON t.id = tp.touchpoint_id
                 WHERE t.deleted_at IS NULL AND s.last_touch_on IS NOT NULL AND s.stage = 'build'",
                |known, note| known.notes.extend([note]),
            )
        })
        .and_then(|()| {
            each(
                "SELECT s.name, g.name FROM person_state s JOIN people p ON p.root = s.person JOIN person_tags pt ON pt.person_id = p.id JOIN tags g ON g.id = pt.tag_id WHERE g.deleted_at IS NULL",
                |known, tag| known.tags.extend([tag]),
            )
        })
        .and_then(|()| {
            each(
                "SELECT s.name, f.text FROM open_followups o JOIN person_state s ON s.person = o.person JOIN followups f ON f.id = o.followup",
                |known, promise| known.promises.extend([promise]),
            )
        })
        .and_then(|()| {
            each(
                "SELECT s.name, a.lines FROM person_state s JOIN people p ON p.root = s.person JOIN postal_addresses a ON a.person_id = p.id WHERE a.deleted_at IS NULL",
                |known, lines| known.addresses.extend([lines]),
            )
        });
    read.map_err(|e| e.to_string())?;
    listed(&store, &mut people).map_err(|e| e.to_string())?;
    Ok(people)
}

/// Who is on which list, and what each view asks for, as a window is told it.
fn listed(store: &Store, people: &mut People) -> hallway_core::Result<()> {
    let call = |command: &str, input: Value| dispatch(store, Now::system(), command, input).map(|reply| reply.value);
    let rows = |answer: &Value| answer.as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for list in rows(&call("lists.list", json!({}))?) {
        let on = call("lists.people", json!({ "list": list["id"], "offset": 0, "limit": 500 }))?;
        for row in rows(&on["rows"]) {
            people.entry(word(&row["person"]["name"])).or_default().lists.insert(word(&list["name"]));
        }
    }
    for view in rows(&call("views.list", json!({}))?) {
        people.entry(word(&view["name"])).or_default().asks = Some(word(&view["filter"]));
    }
    Ok(())
}

/// What stood in the line that was being typed.
pub fn line(path: &Path) -> Result<String, String> {
    let store = open(path, Now::system(), 1, "UTC").map_err(|e| e.to_string())?;
    let draft = dispatch(&store, Now::system(), "captures.draft", json!({})).map_err(|e| e.to_string())?.value;
    Ok(draft["text"].as_str().unwrap_or_default().to_owned())
}

/// Every file that has the name of a backup is a whole one, as it was made, and the newest that was acknowledged holds what it held.
pub fn look_at_backups(path: &Path, model: &acts::Model) -> Result<(), String> {
    let mut newest_known = None;
    for kept in hallway_core::store::backups::kept(path) {
        let copy = Connection::open(&kept.path).map_err(|e| e.to_string())?;
        let verdict: String = copy
            .query_row("PRAGMA integrity_check(1)", [], |r| r.get(0))
            .map_err(|e| format!("the backup {}: {e}", kept.name))?;
        if verdict != "ok" {
            return Err(format!("the backup {}: {verdict}", kept.name));
        }
        // What was written down of it is true, or nothing is.
        if hallway_core::store::backups::is_as_it_was_made(&kept.path) == Some(false) {
            return Err(format!("the backup {} is not as it was made", kept.name));
        }
        if newest_known.is_none() && model.backed_up(&kept.name).is_some() {
            newest_known = Some(kept);
        }
    }
    let Some(newest) = newest_known else {
        return if model.backups() == 0 { Ok(()) } else { Err("must be: a backup; none is there".into()) };
    };
    // Putting it back is tried on the side, where nothing else can be lost.
    let folder = scratch();
    let there = folder.path().join(path.file_name().unwrap_or_default());
    fs::create_dir(folder.path().join("backups")).map_err(|e| e.to_string())?;
    let beside = |path: &Path| path.with_file_name(format!("{}.sha256", newest.name));
    let copy = folder.path().join("backups").join(&newest.name);
    fs::copy(&newest.path, &copy).map_err(|e| e.to_string())?;
    if beside(&newest.path).exists() {
        fs::copy(beside(&newest.path), beside(&copy)).map_err(|e| e.to_string())?;
    }
    backups::restore(&there, &newest.name, Now::system()).map_err(|e| format!("{}: {e}", newest.name))?;
    acts::compare(&model.backed_up(&newest.name).unwrap_or_default(), &look(&there)?)
        .map_err(|e| format!("the backup {}: {e}", newest.name))
}

/// No file of the folder says the name of anybody who was erased. Names end in a number, which may begin a longer one.
pub fn look_for_erased(path: &Path, model: &acts::Model) -> Result<(), String> {
    let folders = [path.parent().map(Path::to_owned), path.parent().map(|folder| folder.join("backups"))];
    for file in folders.into_iter().flatten().flat_map(fs::read_dir).flatten().flatten().map(|file| file.path()) {
        let lists = file.extension().is_some_and(|ending| ending == "csv" || ending == "json");
        if file.is_dir() || lists {
            continue;
        }
        let bytes = fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        for name in &model.erased {
            let longer = |at: usize| {
                let rest = &bytes[(at + name.len()).min(bytes.len())..];
                matches!(rest, [b'0'..=b'9', ..] | [b' ', b'0'..=b'9', ..])
            };
            if memchr::memmem::find_iter(&bytes, name).any(|at| !longer(at)) {
                return Err(format!("{name} was erased and stands in {}", file.display()));
            }
        }
    }
    Ok(())
}
