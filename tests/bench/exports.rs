//! A list that leaves through the airlock, against the shell of sqlite3 that writes the same columns of the same people.
use crate::{
    Outcome,
    data::{self, Size, call},
    figures::{Aim, Figures, timed},
    once::spent,
};
use hallway_core::Access;
use serde_json::json;
use std::{collections::BTreeSet, fs, path::Path};

pub fn exports(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::copied(size)?;
    let store = data::opened(&path)?;
    let query = json!({ "filter": { "text": "" }, "sort": "name", "descending": false });
    // Everybody may be written to of whom an address is known, but for who chose something else since, in the last 180 days.
    call(
        &store,
        "basis.set_for_many",
        json!({ "whom": { "query": query }, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page", "on": "2026-05-03" }),
    )?;
    drop(store);
    let (csv, theirs) = (data::folder()?.join("list.csv"), data::folder()?.join("shell.csv"));
    let sql = "SELECT Name, \"E-mail\" FROM (SELECT p.display_name AS Name, s.sort_name, s.person,
          (SELECT c.value FROM contact_points c WHERE c.person_id = p.id AND c.kind = 'email' AND c.deleted_at IS NULL AND c.status = 'ok'
             AND EXISTS (SELECT 1 FROM contact_bases b WHERE b.contact_point_id = c.id AND b.purpose = 'list_mail' AND b.basis = 'opted_in' AND b.deleted_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
                 WHERE tp.person_id = p.id AND tp.role <> 'about' AND t.kind = 'chose_other' AND t.deleted_at IS NULL AND t.on_day >= b.recorded_on
                   AND t.on_day >= '2025-11-22'))
             ORDER BY is_primary DESC, rid LIMIT 1) AS \"E-mail\"
        FROM person_state s JOIN people p ON p.id = s.person WHERE NOT p.do_not_contact AND NOT p.teammate)
        WHERE \"E-mail\" IS NOT NULL ORDER BY sort_name, person";
    let once = format!(".once '{}'", theirs.display());
    let bare = spent(
        "sqlite3".as_ref(),
        &["-csv".as_ref(), "-header".as_ref(), path.as_os_str(), once.as_ref(), sql.as_ref()],
    )?;
    let store = data::opened(&path)?;
    let asked = json!({ "whom": { "query": query }, "purpose": "list_mail", "channel": "email" });
    // The list is in memory, as it is when somebody looks at it.
    call(&store, "people.list", json!({ "query": query, "offset": 0, "limit": 1 }))?;
    let (look, seen) = timed(|| call(&store, "exports.look", asked.clone()));
    let seen = seen?;
    let mut input = asked;
    input["template"] = "csv".into();
    input["file"] = store.grant(csv.clone(), Access::Write).into();
    let (time, said) = timed(|| call(&store, "exports.write", input));
    said?;
    let rows = |path: &Path| -> Outcome<BTreeSet<Vec<String>>> {
        let mut reader = csv::Reader::from_path(path)?;
        Ok(reader
            .records()
            .map(|row| Ok(row?.iter().map(str::to_owned).collect()))
            .collect::<Result<_, csv::Error>>()?)
    };
    let ours = rows(&csv)?;
    if ours.is_empty() || ours != rows(&theirs)? {
        return Err("the two files have not the same rows".into());
    }
    let what = format!("write {} people to a file for a newsletter, against the shell of sqlite3", seen["included"]);
    figures.once(size, &what, time, bare, Aim::Ratio(1.5));
    figures.once(size, "look who would be in it, against the same shell", look, bare, Aim::None);
    fs::remove_file(csv)?;
    fs::remove_file(theirs)?;
    drop(store);
    data::remove(&path)
}
