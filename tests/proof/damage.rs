//! Damage is noticed and said, nothing crashes or hangs over it, what can be read is shown, and nothing is deleted
//! (reliability R6). A failing disk turns a bit, loses the end or a page, or brings back a log that belongs elsewhere.
use crate::look::scratch;
use acts::prove::{Chance, proved, times};
use hallway_core::{Now, TABLES, backups, dispatch, look, open};
use rusqlite::Connection;
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

/// So much work, of one processor, is the most that opening a damaged file, looking through it and asking the doctor may be.
const WORK: Duration = Duration::from_secs(5);
/// Whoever does not work and does not answer either hangs. Generous, since other tests run at the same time.
const HANG: Duration = Duration::from_secs(30);
const PAGE: usize = 4_096;
const PEOPLE: usize = 90;

/// A workspace with a bit of everything, closed, and its backup.
struct Whole {
    bytes: Vec<u8>,
    backup: (String, Vec<u8>),
    dump: String,
}

impl Whole {
    fn new() -> Whole {
        let folder = scratch();
        let path = folder.path().join("main.hallway");
        let mut now = Now(1_779_364_800_000);
        let store = open(&path, now, 5, "UTC").expect("a workspace");
        let mut call = |command: &str, input: Value| -> Value {
            now.0 += 1;
            dispatch(&store, now, command, input).unwrap_or_else(|e| panic!("{command}: {e}")).value
        };
        let size = call("fields.define", json!({ "label": "Size", "kind": "text", "choices": [] }))["id"].clone();
        for n in 0..PEOPLE {
            let person = call(
                "people.create",
                json!({ "displayName": format!("Priya Nair {n}"), "organisation": format!("Acme {}", n % 9), "city": "Pune", "roleTitle": "Lead of queues",
                        "notes": format!("Met at the station, {n} minutes late, with a bag full of stickers.") }),
            )["id"]
                .clone();
            call(
                "contact_points.add",
                json!({ "person": person, "kind": "email", "value": format!("priya{n}@acme.example"), "source": "they_gave_it" }),
            );
            call("tags.add", json!({ "people": [person], "name": format!("Topic {}", n % 12), "kind": "topic" }));
            call("fields.set", json!({ "person": person, "field": size, "value": format!("M{n}") }));
            for kind in ["conversation_in_person", "first_success"] {
                call(
                    "touchpoints.log",
                    json!({ "kind": kind, "on": "2026-05-20", "people": [{ "person": person, "observedBy": "seen" }], "note": format!("Said that the {n}th index grows too fast.") }),
                );
            }
            if n % 3 == 0 {
                call("people.edit", json!({ "id": person, "city": "Kraków", "challenges": "Backpressure, mostly." }));
            }
        }
        let name = call("backups.make", json!({}))["name"].as_str().expect("a name").to_owned();
        drop(store);
        let backup = fs::read(path.with_file_name("backups").join(&name)).expect("a backup");
        Whole { bytes: fs::read(&path).expect("a file"), backup: (name, backup), dump: dump(&path).expect("a dump") }
    }

    /// Lays the damaged file and the whole backup into a folder.
    fn lay(&self, folder: &Path, bytes: &[u8]) -> PathBuf {
        let path = folder.join("main.hallway");
        fs::create_dir_all(folder.join("backups")).expect("a folder");
        fs::write(folder.join("backups").join(&self.backup.0), &self.backup.1).expect("a backup");
        fs::write(&path, bytes).expect("a file");
        path
    }
}

/// Everything somebody typed, and what they see first.
fn dump(path: &Path) -> Result<String, rusqlite::Error> {
    let file = Connection::open(path)?;
    let mut out = String::new();
    let mut take = |sql: &str| -> Result<(), rusqlite::Error> {
        let mut query = file.prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            out += &row.get::<_, String>(0)?;
            out.push('\n');
        }
        Ok(())
    };
    for table in TABLES {
        let columns: Vec<String> = table.columns.iter().map(|column| format!("quote({column})")).collect();
        take(&format!("SELECT {} FROM {} ORDER BY rid", columns.join(" || ',' || "), table.name))?;
    }
    take("SELECT quote(name) || quote(stage) || quote(last_touch_on) FROM person_state ORDER BY person")?;
    Ok(out)
}

#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    /// It did not open, and the sentence says so.
    Refused(&'static str),
    /// It opened, and a screen or the doctor says what is wrong.
    Said(String),
    /// Nobody noticed anything.
    Silent,
    /// It broke off, or never came back.
    Broke(String),
}

/// What somebody meets who opens the file, looks at their people, and asks the doctor.
fn met(path: &Path) -> Outcome {
    let (tell, told) = mpsc::channel();
    let file = path.to_owned();
    thread::spawn(move || {
        let met = catch_unwind(AssertUnwindSafe(|| opened_and_read(&file)));
        let worked = clock_gettime(ClockId::ThreadCPUTime);
        let met = match Duration::new(worked.tv_sec.unsigned_abs(), worked.tv_nsec.unsigned_abs() as u32) {
            long if long > WORK => Outcome::Broke(format!("{long:?} of work")),
            _ => met.unwrap_or_else(|_| Outcome::Broke("a panic".into())),
        };
        let _ = tell.send(met);
    });
    told.recv_timeout(HANG).unwrap_or(Outcome::Broke("no answer".into()))
}

fn opened_and_read(path: &Path) -> Outcome {
    let now = Now(1_779_451_200_000);
    let store = match open(path, now, 6, "UTC") {
        Ok(store) => store,
        Err(error) => return Outcome::Refused(error.code()),
    };
    let call = |command: &str, input: Value| dispatch(&store, now, command, input).map(|reply| reply.value);
    let read = || -> hallway_core::Result<Vec<String>> {
        let everybody = json!({ "filter": { "text": "" }, "sort": "name", "descending": false });
        let rows = call("people.list", json!({ "query": everybody, "offset": 0, "limit": 200 }))?;
        for row in rows["rows"].as_array().into_iter().flatten().step_by(9) {
            call("people.page", json!({ "id": row["id"] }))?;
            call("journey.standing", json!({ "person": row["id"] }))?;
        }
        call("history.recent", json!({ "limit": 50 }))?;
        let findings = call("doctor.check", json!({}))?["findings"].clone();
        Ok(findings.as_array().into_iter().flatten().filter_map(|f| f.as_str().map(str::to_owned)).collect())
    };
    match read() {
        Ok(findings) if findings.is_empty() => Outcome::Silent,
        Ok(findings) => Outcome::Said(findings.join(" ")),
        Err(error) => Outcome::Said(error.to_string()),
    }
}

/// One kind of damage, counted.
#[derive(Default)]
struct Count {
    all: u32,
    refused: u32,
    said: u32,
    /// Person data differs, or cannot be read any more.
    changed: u32,
    missed: u32,
    missed_what: Vec<String>,
}

impl Count {
    fn take(&mut self, whole: &Whole, what: &str, damaged: &[u8], beside: &[(&str, &[u8])]) {
        let folder = scratch();
        let path = whole.lay(folder.path(), damaged);
        for (ending, bytes) in beside {
            fs::write(path.with_file_name(format!("main.hallway{ending}")), bytes).expect("a companion");
        }
        // On a copy of its own, so that looking changes nothing.
        let aside = scratch();
        let copy = whole.lay(aside.path(), damaged);
        let outcome = met(&path);
        // What lies beside it is SQLite's to take in, and ours to keep away: what counts is what comes of it.
        let read = if beside.is_empty() { &copy } else { &path };
        let changed = dump(read).ok().as_ref() != Some(&whole.dump);
        self.all += 1;
        self.changed += u32::from(changed);
        match &outcome {
            Outcome::Broke(how) => panic!("{what}: {how}"),
            Outcome::Refused(code) => {
                self.refused += 1;
                let stood = everything(folder.path());
                assert!(["damaged", "foreign_file", "newer_file"].contains(code), "{what}: {code}");
                assert!(fs::read(&path).expect("it is there") == damaged, "{what}: refused, and yet changed");
                // What is left can be looked at, or the sentence says that it cannot.
                let tried = catch_unwind(|| {
                    look(&path, 8).map(|store| drop(dispatch(&store, Now(0), "workspace.info", json!({}))))
                });
                assert!(tried.is_ok(), "{what}: looking at it broke off");
                assert!(fs::read(&path).expect("it is there") == damaged, "{what}: looked at, and so changed");
                assert_eq!(everything(folder.path()), stood, "{what}: looked at, and something is left beside it");
            }
            Outcome::Said(_) => self.said += 1,
            Outcome::Silent if changed => {
                self.missed += 1;
                self.missed_what.push(format!("{what}: {}", difference(&whole.dump, &dump(read).unwrap_or_default())));
            }
            Outcome::Silent => {}
        }
        if matches!(outcome, Outcome::Refused(_) | Outcome::Said(_)) {
            let offered = backups::at(&path, Now::system())
                .into_iter()
                .find(|kept| kept.people.is_some())
                .expect("a good backup is offered");
            let before: BTreeMap<_, _> = everything(folder.path());
            let aside = backups::restore(&path, &offered.name, Now(1_779_451_300_000))
                .unwrap_or_else(|e| panic!("{what}: the backup could not be put back: {e}"));
            assert_eq!(dump(&path).as_ref(), Ok(&whole.dump), "{what}: put back");
            // The damaged file is set aside whole, or became a backup itself.
            let after = everything(folder.path());
            let kept = aside.is_some() || after.len() > before.len();
            assert!(kept, "{what}: the damaged file is gone");
        }
    }

    fn line(&self) -> String {
        let share = 100.0 - 100.0 * f64::from(self.missed) / f64::from(self.changed.max(1));
        format!(
            "{} of them, {} refused, {} said when it was read or checked; {} changed what somebody typed, {share:.1} % of those noticed",
            self.all, self.refused, self.said, self.changed
        )
    }
}

fn everything(folder: &Path) -> BTreeMap<PathBuf, u64> {
    let inside = |folder: &Path| {
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect::<Vec<_>>()
    };
    let mut all = inside(folder);
    all.extend(inside(&folder.join("backups")));
    all.into_iter().map(|path| (path.clone(), path.metadata().map_or(0, |file| file.len()))).collect()
}

fn difference(one: &str, other: &str) -> String {
    let pair = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    pair.map_or("in length".into(), |(one, other)| format!("{one}\n  became {other}"))
}

#[test]
fn damage_is_noticed_and_nothing_breaks_off_over_it() {
    let whole = Whole::new();
    let mut chance = Chance(20_260_523);
    let size = whole.bytes.len();

    let mut flips = Count::default();
    for _ in 0..times(110, 1_000) {
        let (at, bit) = (chance.roll(size as u64) as usize, chance.roll(8));
        let mut damaged = whole.bytes.clone();
        damaged[at] ^= 1 << bit;
        flips.take(&whole, &format!("bit {bit} of byte {at}"), &damaged, &[]);
    }
    proved("damage, bits that turned", flips.line());

    let mut cuts = Count::default();
    for _ in 0..times(40, 200) {
        let left = chance.roll(size as u64) as usize;
        cuts.take(&whole, &format!("cut after {left} bytes"), &whole.bytes[..left], &[]);
    }
    proved("damage, ends that are gone", cuts.line());

    let mut zeroed = Count::default();
    for _ in 0..times(25, 200) {
        let page = chance.roll((size / PAGE) as u64) as usize;
        let mut damaged = whole.bytes.clone();
        damaged[page * PAGE..(page + 1) * PAGE].fill(0);
        zeroed.take(&whole, &format!("page {page} of zeros"), &damaged, &[]);
    }
    proved("damage, pages of zeros", zeroed.line());

    let mut strangers = Count::default();
    let (log, journal) = of_another();
    for n in 0..times(25, 100) {
        let mut companion = if n % 2 == 0 { log.clone() } else { journal.clone() };
        if n > 1 {
            let keep = chance.roll(companion.len() as u64) as usize;
            companion.truncate(keep);
            let at = chance.roll(keep.max(1) as u64) as usize;
            companion.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 0x10);
        }
        let ending = if n % 2 == 0 { "-wal" } else { "-journal" };
        strangers.take(
            &whole,
            &format!("{ending} of another file, {} bytes", companion.len()),
            &whole.bytes,
            &[(ending, &companion)],
        );
    }
    proved("damage, logs of another file", strangers.line());

    for (what, count) in [("bits", &flips), ("ends", &cuts), ("pages", &zeroed), ("logs", &strangers)] {
        let noticed = count.changed - count.missed;
        assert!(
            noticed * 100 >= count.changed * 99,
            "{what}: only {noticed} of {} were noticed: {:#?}",
            count.changed,
            &count.missed_what[..count.missed_what.len().min(9)]
        );
    }
}

/// A log and a journal that another workspace left behind.
fn of_another() -> (Vec<u8>, Vec<u8>) {
    let folder = scratch();
    let path = folder.path().join("other.hallway");
    let store = open(&path, Now(1_779_364_800_000), 9, "UTC").expect("a workspace");
    for n in 0..20 {
        dispatch(&store, Now(1_779_364_900_000 + n), "people.create", json!({ "displayName": format!("Eve {n}") }))
            .expect("somebody");
    }
    let log = fs::read(path.with_file_name("other.hallway-wal")).expect("a log");
    drop(store);
    let copy = Connection::open(&path).expect("a file");
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).expect("a journal");
    copy.execute_batch("BEGIN IMMEDIATE; UPDATE people SET display_name = display_name || ' changed'; UPDATE touchpoints SET note = 'x';").expect("a write that is on its way");
    copy.cache_flush().expect("pages on the disk");
    let journal = fs::read(path.with_file_name("other.hallway-journal")).expect("a journal");
    assert!(log.len() > PAGE && journal.len() > PAGE);
    (log, journal)
}

/// The negative control: without the comparison with the backup, and with SQLite's own check alone, many turned bits of
/// what somebody typed go unnoticed. A check that found as much without it would not need it.
#[test]
fn a_check_of_pages_alone_notices_too_little() {
    let whole = Whole::new();
    let mut chance = Chance(7);
    let (mut changed, mut noticed) = (0, 0);
    while changed < 40 {
        let at = chance.roll(whole.bytes.len() as u64) as usize;
        let mut damaged = whole.bytes.clone();
        damaged[at] ^= 1 << chance.roll(8);
        let folder = scratch();
        let path = whole.lay(folder.path(), &damaged);
        if let Ok(now) = dump(&path)
            && now != whole.dump
        {
            changed += 1;
            let file = Connection::open(&path).expect("a file");
            let verdict: Result<String, _> = file.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0));
            noticed += u32::from(verdict.as_deref() != Ok("ok"));
        }
    }
    proved(
        "damage, noticed by a check of pages alone",
        format_args!("{noticed} of {changed} turned bits in what somebody typed"),
    );
    assert!(noticed * 10 < changed * 9, "{noticed} of {changed}");
}
