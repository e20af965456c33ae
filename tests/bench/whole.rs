//! What goes over the whole file: an export, a backup that is read back, and the look whether everything is sound.
use crate::{
    Outcome,
    data::{self, Size, call},
    figures::{Aim, Figures, timed},
    once::spent,
};
use hallway_core::Access;
use serde_json::json;
use std::fs;

pub fn export(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::path(size)?;
    let (csv, theirs) = (data::folder()?.join("export.csv"), data::folder()?.join("shell.csv"));
    // The same cells by the shell of sqlite3, for the columns that are chosen unless somebody says otherwise.
    let sql = "SELECT p.display_name AS Name, o.name AS Organisation, p.role_title AS Role, p.city AS City, p.country AS Country, s.stage AS Stage,
        s.last_touch_on AS 'Last touch', p.do_not_contact AS 'Do not contact',
        (SELECT group_concat(t.name, '; ') FROM person_tags pt JOIN tags t ON t.id = pt.tag_id WHERE pt.person_id = p.id AND t.kind = 'stack') AS 'Works with',
        (SELECT group_concat(t.name, '; ') FROM person_tags pt JOIN tags t ON t.id = pt.tag_id WHERE pt.person_id = p.id AND t.kind = 'topic') AS Tags,
        (SELECT value FROM contact_points c WHERE c.person_id = p.id AND c.kind = 'email' AND c.deleted_at IS NULL AND c.status = 'ok' ORDER BY is_primary DESC, rid LIMIT 1) AS 'E-mail'
        FROM person_state s JOIN people p ON p.id = s.person LEFT JOIN organisations o ON o.id = p.organisation_id ORDER BY s.sort_name, s.person";
    let once = format!(".once '{}'", theirs.display());
    let arguments = ["-csv".as_ref(), "-header".as_ref(), path.as_os_str(), once.as_ref(), sql.as_ref()];
    let bare = spent("sqlite3".as_ref(), &arguments)?;
    let store = data::opened(&path)?;
    let query = json!({ "filter": { "text": "" }, "sort": "name", "descending": false });
    let file = store.grant(csv.clone(), Access::Write);
    let (time, said) =
        timed(|| call(&store, "exports.people", json!({ "query": query, "file": file, "mode": "program" })));
    said?;
    let rows = |path| -> Outcome<usize> { Ok(csv::Reader::from_path(path)?.records().count()) };
    if (rows(&csv)?, rows(&theirs)?) != (size.people as usize, size.people as usize) {
        return Err("the two exports have not the same rows".into());
    }
    figures.once(size, "export everybody as CSV, against the shell of sqlite3", time, bare, Aim::Ratio(1.5));
    fs::remove_file(csv)?;
    Ok(fs::remove_file(theirs)?)
}

pub fn whole(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::copied(size)?;
    let conn = data::bare(&path)?;
    let bare = data::copied_by_sqlite(&conn)?;
    let store = data::opened(&path)?;
    let (time, made) = timed(|| call(&store, "backups.make", json!({})));
    if made?.is_null() {
        return Err("no backup was made".into());
    }
    figures.once(size, "a backup that is read back, against SQLite's copy", time, bare, Aim::None);
    data::no_backups()?;

    let (bare, sound) = timed(|| conn.query_row("PRAGMA integrity_check", [], |r| r.get::<_, String>(0)));
    sound?;
    let (time, said) = timed(|| call(&store, "doctor.check", json!({})));
    let said = said?;
    if said["ok"] != true {
        return Err(format!("the file is not sound: {said}").into());
    }
    figures.once(size, "doctor, against integrity_check alone", time, bare, Aim::None);
    drop((store, conn));
    data::remove(&path)
}
