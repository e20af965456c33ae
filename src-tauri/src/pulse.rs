//! What happens without the page asking: another program wrote to the file, or a new day began.
use crate::desk::Desk;
use crate::watch::Watch;
use hallway_core::{Failure, Now, Store};
use serde::Serialize;
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use std::thread;
use std::time::Duration;
use tauri::{AppHandle, Emitter};

const BEAT: Duration = Duration::from_millis(400);

/// By then what a window asks at its start has been answered, also at a hundred thousand people.
const SETTLED_AFTER: Duration = Duration::from_secs(30);

/// How many beats pass at most between two words of changes while another program imports: half a minute.
const SELDOM: u32 = 75;

/// In every time zone, days begin on a quarter of an hour.
const QUARTER_MS: i64 = 15 * 60 * 1000;

/// Sent to the page as `changed`; `*` means that any table may be different.
#[derive(Debug, Clone, Serialize)]
pub struct Changed {
    pub tables: Vec<&'static str>,
    pub revision: u64,
}

/// What is known from one beat to the next.
#[derive(Debug, Default)]
struct Pulse {
    /// The quarter of an hour that was current last.
    quarter: Option<i64>,
    /// Beats that pass in silence, and how many it was the last time: each batch of an import elsewhere is a change, and a
    /// window that looked at every one of them would do nothing else.
    silent: u32,
    silence: u32,
    /// What was to be gone by today was erased since the last beat.
    erased: Arc<AtomicBool>,
}

/// Opens the file while the page is still loading, then follows it and the clock for as long as the window stands.
pub fn follow(app: AppHandle, desk: Arc<Desk>) -> std::io::Result<()> {
    thread::Builder::new().name("pulse".into()).spawn(move || {
        let (mut pulse, mut watch, mut told) = (Pulse::default(), Watch::default(), String::new());
        let (mut store, mut path) = (desk.store().map(Some), desk.path());
        if let Ok(Some(store)) = &store {
            get_ready(store);
        }
        loop {
            // Another file has its own idea of what is up to date.
            let now = desk.path();
            if now != path {
                (pulse, path) = (Pulse::default(), now);
            }
            match store.and_then(|store| beat(&desk, store, &mut pulse)) {
                Ok(news) => {
                    told.clear();
                    watch.beat(&app, &desk, news.is_some());
                    if let Some(changed) = news {
                        tell(&app, changed);
                    }
                }
                // The page meets the same failure at its next call, and shows it.
                Err(failure) if failure.message == told => {}
                Err(failure) => {
                    eprintln!("The file cannot be followed: {}", failure.message);
                    told = failure.message;
                }
            }
            thread::park_timeout(BEAT);
            // A file that did not open is opened again when the person asks for it, not by the clock.
            store = Ok(desk.opened());
        }
    })?;
    Ok(())
}

/// Tells the page of the main window what has changed without it.
pub fn tell(app: &AppHandle, changed: Changed) {
    if let Err(error) = app.emit_to("main", "changed", changed) {
        eprintln!("The page could not be told of a change: {error}");
    }
}

/// Reads the list of people into memory while the page is still loading. Whoever asks first would wait for it; so does
/// the first call of the page, if it comes before this is done.
fn get_ready(store: &Arc<Store>) {
    if let Err(error) = hallway_core::people::get_ready(store, Now::system()) {
        eprintln!("The list could not be read beforehand: {error}");
        return;
    }
    let store = Arc::clone(store);
    let names = thread::Builder::new().name("names".into()).spawn(move || {
        if let Err(error) = hallway_core::people::get_close_names_ready(&store, Now::system()) {
            eprintln!("Names could not be made ready: {error}");
        }
    });
    if let Err(error) = names {
        eprintln!("Names could not be made ready: {error}");
    }
}

/// One look. The clock is compared, not counted, so a machine that slept through midnight catches up when it wakes.
fn beat(desk: &Arc<Desk>, store: Option<Arc<Store>>, pulse: &mut Pulse) -> Result<Option<Changed>, Failure> {
    let Some(store) = store else { return Ok(None) };
    let mut news = false;
    if pulse.silent > 0 {
        pulse.silent -= 1;
    } else {
        news = store.changed_elsewhere().map_err(|error| Failure::from(&error))?;
        if news {
            let importing = desk.call("", "imports.under_way", json!({}))?.value["phase"] == "elsewhere";
            pulse.silence = if importing { (pulse.silence * 2).clamp(2, SELDOM) } else { 0 };
            pulse.silent = pulse.silence;
        }
    }
    let now = Now::system().0.div_euclid(QUARTER_MS);
    // A file that is only shown stays as it is.
    if pulse.quarter != Some(now) && !store.looking() {
        let reply = desk.bring_up_to_date()?;
        keep_up(Arc::clone(desk), pulse.quarter.is_none(), Arc::clone(&pulse.erased));
        // What is shown depends on the day as well as on the file, except at the start, when nothing is shown yet.
        news |= pulse.quarter.is_some() || !reply.changed.is_empty();
        pulse.quarter = Some(now);
    }
    news |= pulse.erased.swap(false, Ordering::SeqCst);
    Ok(news.then(|| Changed { tables: vec!["*"], revision: store.revision() }))
}

/// A backup takes as long as the disk takes: the pulse does not wait for it, and it waits until the window stands.
fn keep_up(desk: Arc<Desk>, starting: bool, erased: Arc<AtomicBool>) {
    let keeping = thread::Builder::new().name("backup".into()).spawn(move || {
        if starting {
            thread::park_timeout(SETTLED_AFTER);
        }
        if let Err(failure) = desk.keep_backup() {
            eprintln!("The backup of this hour could not be made: {}", failure.message);
        }
        match desk.empty_old_trash() {
            Ok(reply) => drop(erased.fetch_or(!reply.changed.is_empty(), Ordering::SeqCst)),
            Err(failure) => eprintln!("The trash could not be emptied of what is old: {}", failure.message),
        }
    });
    if let Err(error) = keeping {
        eprintln!("The backup of this hour could not be begun: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(desk: &Arc<Desk>, pulse: &mut Pulse) -> Result<bool, String> {
        beat(desk, desk.opened(), pulse).map(|changed| changed.is_some()).map_err(|failure| failure.message)
    }

    #[test]
    fn what_another_program_writes_is_news_once() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let [here, there] = [(); 2].map(|()| Arc::new(Desk::new(folder.path().join("main.hallway"), true)));
        let mut pulse = Pulse::default();
        assert!(!news(&here, &mut pulse)?, "a file nobody opened has no news");
        for desk in [&here, &there] {
            desk.store().map_err(|failure| failure.message)?;
        }
        news(&here, &mut pulse)?;
        assert!(!news(&here, &mut pulse)?);

        there.call("2", "people.create", json!({ "displayName": "Priya Nair" })).map_err(|failure| failure.message)?;
        assert!(news(&here, &mut pulse)?);
        assert!(!news(&here, &mut pulse)?);

        here.call("2", "people.create", json!({ "displayName": "Tom Kowalski" })).map_err(|failure| failure.message)?;
        assert!(!news(&here, &mut pulse)?, "the page knows its own writes");
        Ok(())
    }

    #[test]
    fn an_import_elsewhere_is_told_ever_more_seldom_and_its_end_at_once_after_that()
    -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let table = folder.path().join("people.csv");
        let rows: String = (0..2_000).map(|n| format!("Person {n}\n")).collect();
        std::fs::write(&table, format!("Name\n{rows}"))?;
        let [here, there] = [(); 2].map(|()| Arc::new(Desk::new(folder.path().join("main.hallway"), true)));
        let mut pulse = Pulse::default();
        for desk in [&here, &there] {
            desk.store().map_err(|failure| failure.message)?;
        }
        news(&here, &mut pulse)?;
        news(&here, &mut pulse)?;
        let call =
            |command: &str, input| there.call("", command, input).map(|reply| reply.value).map_err(|f| f.message);
        let file = there.grant(table, hallway_core::Access::Read).map_err(|failure| failure.message)?;
        let mut run = call("imports.begin", json!({ "file": file, "matching": true, "source": "import" }))?;
        let (mut steps, mut told, mut heard) = (0, 0, false);
        while run["phase"] != "done" {
            run = call("imports.step", json!({ "id": run["id"] }))?;
            steps += 1;
            heard = news(&here, &mut pulse)?;
            told += u32::from(heard);
        }
        assert!(told >= 1 && told * 2 <= steps, "{told} words of {steps} steps");
        let mut beats = 0;
        // It may have looked just after the last step. On a busy machine there were so many steps that it looks as seldom as
        // it ever does.
        while !heard && !news(&here, &mut pulse)? && beats <= SELDOM {
            beats += 1;
        }
        assert!(beats <= SELDOM, "the end of it is told as well");
        assert_eq!(pulse.silence, 0);
        Ok(())
    }

    #[test]
    fn a_quarter_of_an_hour_that_has_turned_is_news() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let desk = Arc::new(Desk::new(folder.path().join("main.hallway"), true));
        desk.store().map_err(|failure| failure.message)?;
        let mut before = Pulse { quarter: Some(0), ..Pulse::default() };
        assert!(news(&desk, &mut before)?);
        assert!(!news(&desk, &mut before)?);
        before.erased.store(true, Ordering::SeqCst);
        assert!(news(&desk, &mut before)?, "and so is whoever was erased on it");
        assert!(!news(&desk, &mut before)?);
        Ok(())
    }
}
