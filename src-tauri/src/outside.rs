//! What Hallway does while nobody looks at its window: what the person chose of it, and how each part fares.
use crate::choose::{self, Purpose};
use crate::desk::{Desk, aside, internal};
use crate::{autostart, calendar, reminders, shortcut, tray};
use hallway_core::{Failure, error::in_words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tauri::{AppHandle, Emitter, Manager, State, WebviewWindow};

/// What the person chose. Kept in the config folder, since it belongs to this computer and to no file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Wishes {
    /// The keys that bring up the capture line from anywhere; none: switched off.
    pub shortcut: Option<String>,
    /// An icon in the tray, where there is a tray.
    pub tray: bool,
    /// Closing the window leaves Hallway in the tray.
    pub stay: bool,
    /// What is due is told on the desktop.
    pub notify: bool,
    /// When nothing is told; none: it is told at any time.
    pub quiet: Option<Quiet>,
    /// The calendar file of each workspace that keeps one.
    pub calendars: BTreeMap<PathBuf, PathBuf>,
}

impl Default for Wishes {
    fn default() -> Wishes {
        Wishes {
            shortcut: Some("Ctrl+Shift+Space".into()),
            tray: true,
            stay: false,
            notify: true,
            quiet: Some(Quiet { from: 20 * 60, until: 8 * 60 }),
            calendars: BTreeMap::new(),
        }
    }
}

/// Hours of the day on this computer's clock, in minutes since midnight; they may span it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quiet {
    pub from: u16,
    pub until: u16,
}

impl Quiet {
    pub fn holds(self, minute: u16) -> bool {
        if self.from <= self.until {
            (self.from..self.until).contains(&minute)
        } else {
            minute >= self.from || minute < self.until
        }
    }
}

/// The wishes, and what became of them.
pub struct Outside {
    folder: Option<PathBuf>,
    held: Mutex<Held>,
}

struct Held {
    wishes: Wishes,
    fares: Fares,
    /// A wish was changed, and what follows from it was not looked at yet.
    stale: bool,
}

/// How each part fares.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fares {
    pub shortcut: shortcut::State,
    /// Why the calendar file could not be written.
    pub calendar: Option<String>,
    /// There was something to tell, and no program to show it.
    pub unheard: bool,
}

impl Outside {
    /// Damaged or missing wishes are the usual ones: they must not keep anybody from their work.
    pub fn at(folder: Option<PathBuf>) -> Outside {
        let wishes = folder.as_deref().map(read).unwrap_or_default();
        Outside { folder, held: Mutex::new(Held { wishes, fares: Fares::default(), stale: false }) }
    }

    pub fn wishes(&self) -> Wishes {
        self.held().wishes.clone()
    }

    pub fn fares(&self) -> Fares {
        self.held().fares.clone()
    }

    /// Keeps a wish; what cannot be written down does not hold either.
    fn wish(&self, change: impl FnOnce(&mut Wishes)) -> Result<Wishes, Failure> {
        let mut held = self.held();
        let mut wishes = held.wishes.clone();
        change(&mut wishes);
        let failed = |error| internal(format!("This could not be kept: {}", in_words(&error)));
        match &self.folder {
            Some(folder) => write(folder, &wishes).map_err(failed)?,
            None => return Err(internal("This could not be kept: this computer names no folder for it.")),
        }
        held.wishes = wishes.clone();
        held.stale = true;
        Ok(wishes)
    }

    /// The calendar file goes with the workspace.
    pub fn follow_move(&self, from: &Path, to: &Path) {
        if !self.wishes().calendars.contains_key(from) {
            return;
        }
        let kept = self.wish(|wishes| {
            if let Some(calendar) = wishes.calendars.remove(from) {
                wishes.calendars.insert(to.to_owned(), calendar);
            }
        });
        if let Err(failure) = kept {
            eprintln!("The calendar file stays with the place of before: {}", failure.message);
        }
    }

    /// Whether a wish was changed since this was last asked.
    pub fn take_stale(&self) -> bool {
        std::mem::take(&mut self.held().stale)
    }

    /// Notes how something fares now, and whether that is news.
    pub fn note(&self, change: impl FnOnce(&mut Fares)) -> bool {
        let mut held = self.held();
        let before = held.fares.clone();
        change(&mut held.fares);
        held.fares != before
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As [`Outside::note`], and the page that shows it hears of news.
pub fn note(app: &AppHandle, change: impl FnOnce(&mut Fares)) {
    if app.state::<Arc<Outside>>().note(change)
        && let Err(error) = app.emit_to("main", "outside", ())
    {
        eprintln!("The page could not be told how things outside the window fare: {error}");
    }
}

/// What the page shows of all this.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    shortcut: Option<String>,
    shortcut_state: shortcut::State,
    tray: bool,
    tray_state: tray::State,
    stay: bool,
    /// Null where this system is not known to start programs by itself.
    autostart: Option<bool>,
    notify: bool,
    unheard: bool,
    quiet: Option<Quiet>,
    calendar: Option<Calendar>,
}

/// The calendar file of the open workspace.
#[derive(Debug, Serialize)]
pub struct Calendar {
    path: PathBuf,
    /// Why it could not be written.
    failure: Option<String>,
}

/// One wish of the person.
#[derive(Debug, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Wish {
    Shortcut { keys: Option<String> },
    Tray { on: bool },
    Stay { on: bool },
    Autostart { on: bool },
    Notify { on: bool },
    Quiet { hours: Option<Quiet> },
    NoCalendar,
}

#[tauri::command]
pub async fn read_outside(app: AppHandle) -> Result<Shown, Failure> {
    aside(move || Ok(shown(&app))).await
}

/// Keeps a wish, does what it says, and answers how things are then.
#[tauri::command]
pub async fn wish_outside(app: AppHandle, wish: Wish) -> Result<Shown, Failure> {
    aside(move || {
        let outside = Arc::clone(&app.state::<Arc<Outside>>());
        match wish {
            Wish::Shortcut { keys } => {
                let kept = outside.wish(|wishes| wishes.shortcut = keys)?;
                shortcut::settle(&app, kept.shortcut.as_deref());
            }
            Wish::Tray { on } => {
                let kept = outside.wish(|wishes| wishes.tray = on)?;
                tray::settle(&app, kept.tray)?;
            }
            Wish::Stay { on } => drop(outside.wish(|wishes| wishes.stay = on)?),
            Wish::Autostart { on } => autostart::set(on)?,
            Wish::Notify { on } => drop(outside.wish(|wishes| wishes.notify = on)?),
            Wish::Quiet { hours } => {
                if hours.is_some_and(|Quiet { from, until }| from >= reminders::DAY || until >= reminders::DAY) {
                    return Err(internal("Write the quiet hours like 20:00 and 08:00."));
                }
                outside.wish(|wishes| wishes.quiet = hours)?;
            }
            Wish::NoCalendar => {
                let open = app.state::<Arc<Desk>>().path();
                outside.wish(|wishes| drop(wishes.calendars.remove(&open)))?;
                outside.note(|fares| fares.calendar = None);
            }
        }
        Ok(shown(&app))
    })
    .await
}

/// Asks where the calendar file shall be and writes it there; null when the person changed their mind.
#[tauri::command]
pub async fn keep_calendar(window: WebviewWindow, desk: State<'_, Arc<Desk>>) -> Result<Option<Shown>, Failure> {
    let desk = Arc::clone(&desk);
    aside(move || {
        let app = window.app_handle();
        let Some(path) = choose::ask(&window, Purpose::Calendar, None)?.map(calendar::named) else { return Ok(None) };
        let Some(file) = desk.open_file() else { return Err(internal("No file is open. Open one, and choose again.")) };
        calendar::write(&path, &calendar::text(&file)?)
            .map_err(|error| internal(format!("{} could not be written: {}", path.display(), in_words(&error))))?;
        let outside = app.state::<Arc<Outside>>();
        outside.wish(|wishes| drop(wishes.calendars.insert(file.path, path)))?;
        outside.note(|fares| fares.calendar = None);
        Ok(Some(shown(app)))
    })
    .await
}

fn shown(app: &AppHandle) -> Shown {
    let outside = app.state::<Arc<Outside>>();
    let (wishes, fares) = (outside.wishes(), outside.fares());
    let open = app.state::<Arc<Desk>>().path();
    Shown {
        shortcut: wishes.shortcut,
        shortcut_state: fares.shortcut,
        tray: wishes.tray,
        tray_state: tray::state(app),
        stay: wishes.stay,
        autostart: autostart::is_on(),
        notify: wishes.notify,
        unheard: fares.unheard,
        quiet: wishes.quiet,
        calendar: wishes.calendars.get(&open).map(|path| Calendar { path: path.clone(), failure: fares.calendar }),
    }
}

const FILE: &str = "outside.json";

fn read(folder: &Path) -> Wishes {
    match fs::read(folder.join(FILE)) {
        Ok(text) => serde_json::from_slice(&text).unwrap_or_else(|error| {
            eprintln!("What was chosen for outside the window is damaged and starts afresh: {error}");
            Wishes::default()
        }),
        Err(error) => {
            if error.kind() != ErrorKind::NotFound {
                eprintln!("What was chosen for outside the window could not be read: {error}");
            }
            Wishes::default()
        }
    }
}

fn write(folder: &Path, wishes: &Wishes) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    crate::place::write_whole(&folder.join(FILE), &serde_json::to_vec_pretty(wishes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_may_span_midnight() {
        let night = Quiet { from: 20 * 60, until: 8 * 60 };
        for (hour, quiet) in [(19, false), (20, true), (23, true), (0, true), (7, true), (8, false), (12, false)] {
            assert_eq!(night.holds(hour * 60), quiet, "{hour}:00");
        }
        let noon = Quiet { from: 12 * 60, until: 13 * 60 };
        assert!(noon.holds(12 * 60 + 59) && !noon.holds(13 * 60) && !noon.holds(11 * 60 + 59));
        assert!(!Quiet { from: 600, until: 600 }.holds(600), "hours that are none hold nothing");
    }

    #[test]
    fn what_was_wished_is_there_the_next_time_and_damage_starts_afresh() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let at = || Outside::at(Some(folder.path().to_owned()));
        assert_eq!(at().wishes(), Wishes::default());
        at().wish(|wishes| wishes.shortcut = None).map_err(|failure| failure.message)?;
        assert_eq!(at().wishes().shortcut, None, "switched off is not forgotten");
        fs::write(folder.path().join(FILE), r#"{ "stay": true }"#)?;
        assert_eq!(at().wishes(), Wishes { stay: true, ..Wishes::default() }, "what is not there is as usual");
        fs::write(folder.path().join(FILE), "{ \"stay\":")?;
        assert_eq!(at().wishes(), Wishes::default());
        Ok(())
    }

    #[test]
    fn a_wish_that_cannot_be_written_down_does_not_hold() {
        let outside = Outside::at(None);
        assert!(outside.wish(|wishes| wishes.stay = true).is_err());
        assert!(!outside.wishes().stay);
    }
}
