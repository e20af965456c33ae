//! Is the file sound? Every check that can be made without changing a byte.
use crate::{
    backups,
    error::{Error, Result},
    normal,
    numbers::plural,
    rpc::Empty,
    store::{Tx, unexplained},
};
use chrono::DateTime;
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Findings {
    pub ok: bool,
    /// What was looked at, in order.
    pub checked: Vec<String>,
    /// What is wrong: sentences.
    pub findings: Vec<String>,
    /// When the newest backup that reads back was made, ms UTC.
    #[ts(type = "number | null")]
    pub last_backup: Option<i64>,
    /// What that one is called.
    pub last_backup_name: Option<String>,
}

/// Rules that must hold in every file: what it is, and the query that counts its breaches.
const INVARIANTS: &[(&str, &str)] = &[
    ("Every person has a name (I01)", "SELECT count(*) FROM people WHERE trim(display_name) = ''"),
    (
        "Every touchpoint has somebody (I02)",
        "SELECT count(*) FROM touchpoints t WHERE deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM touchpoint_people p WHERE p.touchpoint_id = t.id)",
    ),
    (
        "What we do says nothing about a stage (I03)",
        "SELECT count(*) FROM touchpoint_people p JOIN touchpoints t ON t.id = p.touchpoint_id WHERE t.direction = 'from_us' AND p.observed_stage IS NOT NULL",
    ),
    (
        "Every stage has an entry that explains it (I04)",
        "SELECT count(*) FROM person_state s WHERE s.rules = (SELECT max(version) FROM journey_configs)
           AND s.stage IS NOT (SELECT c.to_stage FROM stage_changes c
           WHERE c.person_id IN (SELECT id FROM people WHERE root = s.person AND deleted_at IS NULL) AND c.voided_by IS NULL
           AND (c.status = 'accepted' OR NOT EXISTS (SELECT 1 FROM settings WHERE key = 'accepted_only' AND value = 'yes')) ORDER BY c.rid DESC LIMIT 1)",
    ),
    (
        "Everybody alive is in the list, and nobody else",
        "SELECT (SELECT count(*) FROM people p WHERE p.deleted_at IS NULL AND p.root = p.id AND NOT EXISTS (SELECT 1 FROM person_state s WHERE s.person = p.id))
              + (SELECT count(*) FROM person_state s JOIN people p ON p.id = s.person WHERE p.deleted_at IS NOT NULL OR p.root <> p.id)",
    ),
    (
        "Everybody is a part of whom they were merged into",
        "WITH RECURSIVE up (id, at) AS (
           SELECT id, merged_into FROM people WHERE merged_into IS NOT NULL
           UNION SELECT up.id, p.merged_into FROM up JOIN people p ON p.id = up.at WHERE p.merged_into IS NOT NULL)
         SELECT (SELECT count(*) FROM people WHERE merged_into IS NULL AND root IS NOT id)
              + (SELECT count(*) FROM people p WHERE p.merged_into IS NOT NULL AND NOT EXISTS (
                   SELECT 1 FROM up JOIN people r ON r.id = up.at WHERE up.id = p.id AND r.id = p.root AND r.merged_into IS NULL))",
    ),
    (
        "The list calls everybody what they are called",
        "SELECT count(*) FROM person_state s JOIN people p ON p.id = s.person LEFT JOIN organisations o ON o.id = p.organisation_id AND o.deleted_at IS NULL
         WHERE s.name IS NOT p.display_name OR s.city IS NOT p.city OR s.country IS NOT p.country OR s.organisation IS NOT o.name",
    ),
    (
        "The counts that are kept are the counts there are",
        "SELECT count(*) FROM tally WHERE people <> (SELECT count(*) FROM people WHERE deleted_at IS NULL AND root = id)
                                   OR touchpoints <> (SELECT count(*) FROM touchpoints WHERE deleted_at IS NULL)",
    ),
    (
        "What is open is known by its day, and nothing else is (I24)",
        "SELECT (SELECT count(*) FROM followups f LEFT JOIN people p ON p.id = f.person_id LEFT JOIN people r ON r.id = p.root
                 WHERE f.status = 'open' AND f.deleted_at IS NULL AND (f.person_id IS NULL OR p.deleted_at IS NULL AND r.deleted_at IS NULL)
                   AND json_extract(f.every, '$.until') IS NULL
                   AND NOT EXISTS (SELECT 1 FROM followups g WHERE g.series = f.series AND (g.nth, g.id) > (f.nth, f.id) AND g.deleted_at IS NULL)
                   AND NOT EXISTS (SELECT 1 FROM open_followups o WHERE o.followup = f.id AND o.person IS r.id))
              + (SELECT count(*) FROM open_followups o JOIN followups f ON f.id = o.followup LEFT JOIN people p ON p.id = f.person_id
                 WHERE f.status <> 'open' OR f.deleted_at IS NOT NULL OR p.deleted_at IS NOT NULL OR o.shown_on < o.due_on OR o.shown_on < f.hidden_until)",
    ),
    (
        "Of what repeats, at most one is open (I25)",
        "SELECT count(*) FROM (SELECT 1 FROM open_followups o JOIN followups f ON f.id = o.followup WHERE f.series IS NOT NULL GROUP BY f.series HAVING count(*) > 1)",
    ),
    (
        "What was taken back is gone",
        "SELECT count(*) FROM touchpoints t JOIN operations o ON o.id = t.created_op WHERE o.undone_at IS NOT NULL AND t.deleted_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM import_runs r WHERE r.operation = o.id)",
    ),
];

/// Looks at everything, also where a part of it cannot be read.
pub fn check(tx: &Tx, _: Empty) -> Result<Findings> {
    let mut looked = Looked::default();
    looked.at("The pages of the file", || pages(tx))?;
    looked.at("Every row that another one names", || {
        let broken: Vec<String> = tx.column("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check", [])?;
        Ok(broken.into_iter().map(|t| format!("A row of {t} names one that is not there.")).collect())
    })?;
    // Looking there writes, which a file that is only shown does not let one do.
    if !tx.store().looking() {
        looked.at("The index of words", || {
            let says_it = tx.store().words_are_indexed()?;
            let finding = "The index of words does not say what the notes say: searching may miss some.";
            Ok(if says_it { vec![] } else { vec![finding.to_owned()] })
        })?;
    }
    for (name, query) in INVARIANTS {
        looked.at(name, || Ok(broken(name, tx.scalar(query, [])?.unwrap_or(0))))?;
    }
    let name = "What is compared is what was typed";
    looked.at(name, || Ok(broken(name, forms_that_differ(tx)?)))?;
    let last_backup = backups::newest_good(tx.store().path(), tx.now);
    if let Some(backup) = &last_backup {
        looked.at("Nothing changed since the newest backup that nobody did", || {
            let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
            for (table, _) in unexplained(tx, &backup.path)? {
                *rows.entry(table).or_default() += 1;
            }
            let when = DateTime::from_timestamp_millis(backup.at).unwrap_or_default().format("%Y-%m-%d %H:%M UTC");
            Ok(rows.into_iter().map(|(table, rows)| {
                format!("{} of {table} changed since the backup of {when}, and nobody did that: the disk may be failing. Keep that backup, and compare.", plural(rows, "row", "rows"))
            }).collect())
        })?;
    }
    let Looked { checked, findings, .. } = looked;
    let (last_backup, last_backup_name) = last_backup.map(|backup| (backup.at, backup.name)).unzip();
    Ok(Findings { ok: findings.is_empty(), checked, findings, last_backup, last_backup_name })
}

#[derive(Default)]
struct Looked {
    checked: Vec<String>,
    findings: Vec<String>,
    /// A part of it could not be read, which is said once.
    unreadable: bool,
}

impl Looked {
    fn at(&mut self, what: &str, look: impl FnOnce() -> Result<Vec<String>>) -> Result<()> {
        self.checked.push(what.to_owned());
        match look() {
            Ok(findings) => self.findings.extend(findings),
            Err(error @ (Error::Damaged(_) | Error::Sql(_))) => {
                if !self.unreadable {
                    self.findings.push(error.to_string());
                }
                self.unreadable = true;
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

fn pages(tx: &Tx) -> Result<Vec<String>> {
    // A connection knows the index of words as it was when it last looked anything up there, and the check alone does not
    // make it look again: it would take what others took out of the index since for damage.
    let _ = tx.scalar::<i64>("SELECT rowid FROM notes WHERE notes MATCH 'a' LIMIT 1", []);
    let pages: Result<Vec<String>> = tx.column("PRAGMA integrity_check(20)", []);
    // An index of words that is wrong hides what was written down, and does not lose it.
    let torn = |p: &String| p != "ok" && !p.starts_with("malformed inverted index");
    if matches!(pages, Err(Error::Damaged(_))) || pages.iter().flatten().any(torn) {
        tx.store().only_look();
    }
    Ok(pages?
        .into_iter()
        .filter(|p| p != "ok")
        .map(|p| format!("The file is damaged: {p}. Keep a copy of it and restore a backup."))
        .collect())
}

fn broken(rule: &str, breaches: i64) -> Vec<String> {
    let broken = match breaches {
        ..=0 => return vec![],
        1 => "one row breaks".to_owned(),
        many => format!("{many} rows break"),
    };
    vec![format!("{rule}: {broken} this.")]
}

/// How many words have a form for comparing that is not theirs: one of the two was damaged.
fn forms_that_differ(tx: &Tx) -> Result<i64> {
    let mut differ = 0;
    let mut query = tx.sql().prepare("SELECT kind, value, value_norm FROM contact_points WHERE norm_version = ?1")?;
    let mut rows = query.query([normal::VERSION])?;
    while let Some(row) = rows.next()? {
        let (value, form): (String, String) = (row.get(1)?, row.get(2)?);
        differ += i64::from(normal::contact(row.get(0)?, &value) != form);
    }
    for table in ["organisations", "tags"] {
        let mut query = tx.sql().prepare(&format!("SELECT name, name_norm FROM {table}"))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (name, form): (String, String) = (row.get(0)?, row.get(1)?);
            differ += i64::from(normal::fold(&name) != form);
        }
    }
    Ok(differ)
}

#[cfg(test)]
mod tests {
    use crate::testing::Desk;
    use serde_json::json;

    /// The one finding after `damage` was done to a sound file behind Hallway's back.
    fn finding(damage: &str) -> String {
        let desk = Desk::new();
        let tom = desk.person("Tom");
        let first = desk.log(&tom, "conversation_online", "2026-05-20");
        desk.call("touchpoints.edit", json!({ "id": first, "note": "Runs queues at home" }));
        desk.call("people.create", json!({ "displayName": "Eve", "organisation": "Globex" }));
        desk.log(&tom, "gave_help", "2026-05-21");
        desk.undo();
        let again = desk.person("Tom K.");
        desk.call("doubles.merge", json!({ "ids": [tom, again] }));
        let weekly = json!({ "n": 1, "unit": "week", "anchor": "due" });
        let call =
            desk.call("followups.add", json!({ "text": "Call", "person": tom, "due": "2026-05-25", "every": weekly }));
        desk.call("followups.done", json!({ "id": call["id"] }));
        desk.call("backups.make", json!({}));
        desk.is_sound();
        let behind = rusqlite::Connection::open(desk.store.path()).expect("the file opens");
        behind.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = OFF;").expect("settings");
        behind.execute_batch(damage).expect("the damage is done");
        let found = desk.call("doctor.check", json!({}));
        assert_eq!(found["ok"], false, "{damage}");
        found["findings"].to_string()
    }

    #[test]
    fn a_sound_file_is_found_sound_each_time_it_is_looked_at() {
        let desk = Desk::new();
        let tom = desk.person("Tom");
        for notes in ["Runs queues at home", "", "Likes tea"] {
            desk.call("people.edit", json!({ "id": tom, "notes": notes }));
            desk.is_sound();
            desk.undo();
            desk.is_sound();
            desk.redo();
            desk.is_sound();
        }
    }

    #[test]
    fn of_a_file_with_damaged_pages_it_names_the_newest_good_backup() {
        let desk = Desk::of_many_pages();
        let made = desk.call("backups.make", json!({}));
        desk.with_a_damaged_page(|path, now, _| {
            let store = crate::look(path, 3).expect("what is left can be looked at");
            let found = crate::dispatch(&store, now, "doctor.check", json!({})).expect("findings").value;
            assert_eq!((&found["ok"], &found["lastBackupName"]), (&json!(false), &made["name"]), "{found}");
            assert_eq!(found["lastBackup"], made["at"]);
        });
    }

    #[test]
    fn a_file_that_turns_out_to_be_damaged_is_only_shown_from_then_on() {
        let desk = Desk::of_many_pages();
        desk.with_a_damaged_page(|path, now, _| {
            let store = crate::open(path, now, 3, "Europe/Berlin").expect("nothing looks at every page on the way");
            let call = |command: &str, input| crate::dispatch(&store, now, command, input);
            call("people.create", json!({ "displayName": "Before" })).expect("nobody knows of the damage yet");
            call("doctor.check", json!({})).expect("findings");
            let info = call("workspace.info", json!({})).expect("what is left is shown").value;
            assert_eq!(info["looking"], true);
            let refused =
                call("people.create", json!({ "displayName": "After" })).expect_err("nothing is written to it");
            assert!(refused.to_string().contains("only shown"), "{refused}");
        });
    }

    #[test]
    fn every_kind_of_damage_is_noticed_and_named() {
        for (damage, word) in [
            ("UPDATE people SET display_name = ' ' WHERE display_name = 'Tom'", "(I01)"),
            ("DELETE FROM touchpoint_people WHERE rid = 1", "(I02)"),
            (
                "UPDATE touchpoints SET direction = 'from_us'; UPDATE touchpoint_people SET observed_stage = 'learn'",
                "(I03)",
            ),
            ("UPDATE person_state SET stage = 'scale'", "(I04)"),
            ("DELETE FROM person_state", "in the list"),
            ("UPDATE people SET city = 'Lagos' WHERE display_name = 'Tom'", "calls everybody"),
            ("UPDATE organisations SET name_norm = 'glebex'", "compared"),
            ("UPDATE touchpoints SET on_day = '2026-05-24' WHERE rid = 1", "nobody did that"),
            ("UPDATE tally SET people = 7", "counts"),
            ("UPDATE people SET root = id WHERE display_name = 'Tom K.'", "merged into"),
            (
                "UPDATE people SET root = (SELECT id FROM people WHERE display_name = 'Tom') WHERE display_name = 'Eve'",
                "merged into",
            ),
            ("UPDATE people SET merged_into = NULL WHERE display_name = 'Tom K.'", "merged into"),
            (
                "UPDATE people SET merged_into = (SELECT id FROM people WHERE display_name = 'Tom K.') WHERE display_name = 'Tom'",
                "merged into",
            ),
            ("DELETE FROM open_followups", "(I24)"),
            ("UPDATE open_followups SET shown_on = '2026-05-01'", "(I24)"),
            (
                "INSERT INTO open_followups SELECT id, NULL, kind, due, due, NULL FROM followups WHERE status = 'done'",
                "(I25)",
            ),
            ("UPDATE touchpoints SET deleted_at = NULL, deleted_op = NULL", "taken back"),
            ("INSERT INTO notes (notes, rowid, note) VALUES ('delete', 1, 'Runs queues at home')", "index of words"),
            (
                "UPDATE people SET organisation_id = x'000102030405060708090a0b0c0d0e0f' WHERE display_name = 'Eve'",
                "not there",
            ),
        ] {
            let said = finding(damage);
            assert!(said.contains(word), "{damage}: {said}");
        }
    }
}
