//! The main window: brought forward, and led to a place in it.
use crate::{Start, capture, tray};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tauri::{AppHandle, Emitter, Manager};

/// Whether the main window was never looked at: Hallway was started for one line, or waits in the tray.
#[derive(Debug, Default)]
pub struct Unseen(pub AtomicBool);

/// Brings the main window to the front.
pub fn come_forward(app: &AppHandle) {
    app.state::<Unseen>().0.store(false, Ordering::SeqCst);
    let Some(window) = app.get_webview_window("main") else { return };
    for done in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = done {
            eprintln!("The window could not be brought forward: {error}");
        }
    }
}

/// Shows the main window when its page has come, unless somebody brought it forward before.
pub fn first_show(app: &AppHandle) {
    if app.state::<Unseen>().0.load(Ordering::SeqCst) {
        come_forward(app);
    }
}

/// Brings it to the front and leads its page to a place.
pub fn go(app: &AppHandle, place: &str) {
    come_forward(app);
    capture::away(app);
    if let Err(error) = app.emit_to("main", "go", place) {
        eprintln!("The page could not be led to {place}: {error}");
    }
}

/// By then what the main window asks at its start has been answered.
const SETTLED_AFTER: Duration = Duration::from_secs(2);

/// A tray may start after us; without one in this time the window is shown.
const TRAY_WITHIN: Duration = Duration::from_secs(20);
const MOMENT: Duration = Duration::from_millis(250);

/// Makes the capture window once the main one has settled. One that began hidden comes forward if no tray shows it, and
/// one whose page has not come by then is shown as it is.
pub fn begin(app: &AppHandle, start: Start) {
    let app = app.clone();
    thread::spawn(move || {
        thread::park_timeout(SETTLED_AFTER);
        if start == Start::Shown {
            first_show(&app);
        }
        let hidden = start == Start::Hidden;
        if let Err(error) = capture::make(&app) {
            eprintln!("The capture line could not be made: {error}");
        }
        let end = Instant::now() + TRAY_WITHIN;
        while hidden && !tray::stands(&app) {
            if Instant::now() > end || tray::is_hopeless(&app) {
                come_forward(&app);
                break;
            }
            thread::park_timeout(MOMENT);
        }
    });
}
