//! The keys that bring up the capture line over any other program.
use crate::{capture, outside};
use serde::Serialize;
use std::str::FromStr;
use tauri::AppHandle;
use tauri_plugin_global_shortcut::{Builder, GlobalShortcutExt, Shortcut, ShortcutState};

/// How the keys fare.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Works,
    #[default]
    Off,
    /// Another program has them.
    Taken,
    /// This desktop lets no program take keys for itself, as on Wayland.
    Unreachable,
    /// They are no keys that can be taken.
    Unclear,
}

/// Gets ready to listen. A desktop that does not allow it is no reason not to start.
pub fn follow(app: &AppHandle, keys: Option<&str>) {
    let heard = Builder::new().with_handler(|app, _, event| {
        // Both the press and the release are told.
        if event.state() == ShortcutState::Pressed {
            capture::pressed(app);
        }
    });
    match app.plugin(heard.build()) {
        Ok(()) => settle(app, keys),
        Err(error) => {
            eprintln!("No keys can be taken on this desktop: {error}");
            outside::note(app, |fares| fares.shortcut = State::Unreachable);
        }
    }
}

/// Listens to these keys from now on, and to no others.
pub fn settle(app: &AppHandle, keys: Option<&str>) {
    let state = take(app, keys);
    outside::note(app, |fares| fares.shortcut = state);
}

fn take(app: &AppHandle, keys: Option<&str>) -> State {
    // Without a screen of X nobody answers, not even with a refusal.
    if !reachable() {
        return if keys.is_some() { State::Unreachable } else { State::Off };
    }
    let global = app.global_shortcut();
    if let Err(error) = global.unregister_all() {
        eprintln!("The keys of before could not be let go: {error}");
    }
    let Some(keys) = keys else { return State::Off };
    let Some(shortcut) = read(keys) else { return State::Unclear };
    match global.register(shortcut) {
        Ok(()) => State::Works,
        Err(error) => {
            eprintln!("{keys} brings up no capture line: {error}");
            State::Taken
        }
    }
}

/// Keys with Ctrl, Alt or Super: any others would be missing in every other program, and so would Ctrl with a letter.
fn read(keys: &str) -> Option<Shortcut> {
    let (held, key) = keys.rsplit_once('+')?;
    let held = held.to_uppercase();
    if matches!(held.as_str(), "CTRL" | "CONTROL") && (key.starts_with("Key") || key.starts_with("Digit")) {
        return None;
    }
    let held = held.split('+').any(|key| matches!(key, "CTRL" | "CONTROL" | "ALT" | "SUPER" | "CMD" | "COMMAND"));
    Shortcut::from_str(keys).ok().filter(|_| held)
}

#[cfg(target_os = "linux")]
fn reachable() -> bool {
    let named = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let wayland = named("WAYLAND_DISPLAY").is_some() || named("XDG_SESSION_TYPE").is_some_and(|kind| kind == "wayland");
    !wayland && named("DISPLAY").is_some()
}

#[cfg(not(target_os = "linux"))]
fn reachable() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_that_no_other_program_misses_can_be_taken() {
        for keys in ["Ctrl+Shift+Space", "Control+Alt+KeyK", "Super+KeyJ", "Alt+F9"] {
            assert!(read(keys).is_some(), "{keys}");
        }
        for keys in ["Space", "Shift+KeyA", "F9", "Ctrl", "Ctrl+", "", "Ctrl+Nonsense", "Ctrl+KeyC"] {
            assert!(read(keys).is_none(), "{keys}");
        }
    }
}
