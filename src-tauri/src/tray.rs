//! The icon in the tray, with how much waits today. There may be no tray, and no library to speak to one: nothing depends on it.
use crate::desk::internal;
use crate::{capture, leaving, outside::Outside, windows};
use hallway_core::Failure;
use serde::Serialize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Manager, Wry};

/// How the icon fares.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Shown,
    Off,
    /// The library that speaks to trays is not installed.
    NoLibrary,
    /// This desktop shows no tray.
    NoTray,
}

/// The icon, while there is one.
#[derive(Default)]
pub struct Tray(Mutex<Held>);

#[derive(Default)]
struct Held {
    icon: Option<(TrayIcon, MenuItem<Wry>)>,
    waiting: u64,
}

impl Tray {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shows the icon or hides it. The icon and its menu belong to the thread of the window, which alone touches them.
pub fn settle(app: &AppHandle, wanted: bool) -> Result<(), Failure> {
    let failed = |error: tauri::Error| internal(format!("The icon in the tray could not be changed: {error}."));
    let wanted = wanted && library();
    let on_main = app.clone();
    app.run_on_main_thread(move || {
        let state = on_main.state::<Tray>();
        let made = state.held().icon.clone();
        let done = match made {
            // One that went and came back by the same name would not be known again.
            Some((icon, _)) => icon.set_visible(wanted),
            None if wanted => build(&on_main).map(|made| state.held().icon = Some(made)),
            None => Ok(()),
        };
        if let Err(error) = done {
            eprintln!("The icon in the tray is not as it was wished: {error}");
        }
        say(&on_main);
    })
    .map_err(failed)
}

const ID: &str = "hallway";

fn build(app: &AppHandle) -> tauri::Result<(TrayIcon, MenuItem<Wry>)> {
    let item = |id, words: &str| MenuItem::with_id(app, id, words, true, None::<&str>);
    let today = item("today", &today_words(0))?;
    let menu = Menu::with_items(
        app,
        &[
            &item("open", "Open Hallway")?,
            &item("log", "Log a conversation")?,
            &today,
            &PredefinedMenuItem::separator(app)?,
            &item("quit", "Quit")?,
        ],
    )?;
    let mut icon = TrayIconBuilder::with_id(ID).tooltip("Hallway").menu(&menu).on_menu_event(|app, event| match event
        .id()
        .as_ref()
    {
        "open" => windows::come_forward(app),
        "log" => capture::show(app),
        "today" => windows::go(app, "/today"),
        "quit" => leaving::quit(app),
        _ => {}
    });
    if let Some(image) = app.default_window_icon() {
        icon = icon.icon(image.clone());
    }
    Ok((icon.build(app)?, today))
}

/// Says how many things wait today.
pub fn count(app: &AppHandle, waiting: u64) {
    let before = std::mem::replace(&mut app.state::<Tray>().held().waiting, waiting);
    let on_main = app.clone();
    if before != waiting
        && let Err(error) = app.run_on_main_thread(move || say(&on_main))
    {
        eprintln!("The tray could not be told how much waits: {error}");
    }
}

fn say(app: &AppHandle) {
    let (icon, waiting) = {
        let state = app.state::<Tray>();
        let held = state.held();
        (held.icon.clone(), held.waiting)
    };
    let Some((icon, today)) = icon else { return };
    let title = (waiting > 0).then(|| waiting.to_string());
    let tooltip = if waiting > 0 { format!("Hallway: {waiting} today") } else { "Hallway".to_owned() };
    for done in [today.set_text(today_words(waiting)), icon.set_title(title), icon.set_tooltip(Some(tooltip))] {
        if let Err(error) = done {
            eprintln!("The tray could not be told how much waits: {error}");
        }
    }
}

fn today_words(waiting: u64) -> String {
    if waiting > 0 { format!("Today ({waiting})") } else { "Today".into() }
}

pub fn state(app: &AppHandle) -> State {
    match (app.state::<Arc<Outside>>().wishes().tray, library(), host()) {
        (false, _, _) => State::Off,
        (true, false, _) => State::NoLibrary,
        (true, true, false) => State::NoTray,
        (true, true, true) => State::Shown,
    }
}

/// Whether somebody sees the icon, so that a window may hide behind it.
pub fn stands(app: &AppHandle) -> bool {
    state(app) == State::Shown
}

/// Whether no icon will stand, however long one waits.
pub fn is_hopeless(app: &AppHandle) -> bool {
    matches!(state(app), State::Off | State::NoLibrary)
}

/// Whether the icon can be made at all. The toolkit ends the program when it finds no library, so we look before it does.
#[cfg(target_os = "linux")]
fn library() -> bool {
    use std::sync::LazyLock;
    static FOUND: LazyLock<bool> = LazyLock::new(|| {
        ["libayatana-appindicator3.so.1", "libappindicator3.so.1"].iter().any(|name| {
            // SAFETY: loading runs the start of the library, which is the one the toolkit is about to load by the same name.
            #[allow(unsafe_code)]
            let loaded = unsafe { libloading::Library::new(name) };
            // Kept for good: what the toolkit takes of it must not be unloaded under it.
            loaded.map(std::mem::forget).is_ok()
        })
    });
    *FOUND
}

#[cfg(not(target_os = "linux"))]
fn library() -> bool {
    true
}

/// Whether this desktop shows icons of programs; the shell of GNOME does so only with an extension.
#[cfg(target_os = "linux")]
fn host() -> bool {
    use crate::question::Question;
    use std::sync::LazyLock;
    use zbus::blocking::{Connection, Proxy};
    static HOST: LazyLock<Question> = LazyLock::new(Question::default);
    let asked = || -> zbus::Result<bool> {
        let connection = Connection::session()?;
        let name = "org.kde.StatusNotifierWatcher";
        Proxy::new(&connection, name, "/StatusNotifierWatcher", name)?.get_property("IsStatusNotifierHostRegistered")
    };
    // Nobody who answers is nobody who shows it.
    HOST.ask(PATIENCE, move || asked().unwrap_or(false)).unwrap_or(false)
}

/// A program that has not answered by then hangs, and nobody who closes a window waits for it.
#[cfg(target_os = "linux")]
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(800);

#[cfg(not(target_os = "linux"))]
fn host() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menu_counts_only_what_there_is() {
        assert_eq!([0, 1, 12].map(today_words), ["Today", "Today (1)", "Today (12)"]);
    }
}
