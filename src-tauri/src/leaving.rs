//! Closing the window: the page first saves what is still being typed.
use crate::desk::internal;
use hallway_core::Failure;
use std::thread;
use std::time::Duration;
use tauri::{Emitter, WebviewWindow, WindowEvent};

/// A page that does not answer within this time will not: the window closes without it.
const PATIENCE: Duration = Duration::from_secs(3);

/// Tells the page `closing` instead of closing at once; it answers with [`leave`].
pub fn ask_the_page(window: &WebviewWindow) {
    let asked = window.clone();
    window.on_window_event(move |event| {
        let WindowEvent::CloseRequested { api, .. } = event else { return };
        if let Err(error) = asked.emit("closing", ()) {
            eprintln!("The page could not be told that the window closes: {error}");
            return;
        }
        api.prevent_close();
        let window = asked.clone();
        let waiting = thread::Builder::new().name("leaving".into()).spawn(move || {
            thread::park_timeout(PATIENCE);
            close(&window);
        });
        if let Err(error) = waiting {
            eprintln!("The window closes at once: {error}");
            close(&asked);
        }
    });
}

/// Everything is saved; the window may go.
#[tauri::command]
pub fn leave(window: WebviewWindow) -> Result<(), Failure> {
    window.destroy().map_err(|error| internal(format!("The window could not be closed: {error}.")))
}

fn close(window: &WebviewWindow) {
    if let Err(error) = window.destroy() {
        eprintln!("The window could not be closed: {error}");
    }
}
