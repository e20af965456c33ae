//! Closing the window: the page first saves what is still being typed. Then Hallway ends, or stays in the tray.
use crate::outside::Outside;
use crate::{capture, tray};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;
use tauri::{AppHandle, Emitter, Manager, WebviewWindow, WindowEvent};

/// A page that does not answer within this time will not: the window closes without it.
const PATIENCE: Duration = Duration::from_secs(3);

/// What is known of the closing under way.
#[derive(Debug, Default)]
pub struct Leaving {
    /// It was said to end and not to stay in the tray.
    quitting: AtomicBool,
    /// Rises with every answer, so that whoever still waits for an earlier one knows.
    answers: AtomicU64,
}

/// Tells the page `closing` instead of closing at once; it answers with [`leave`].
pub fn ask_the_page(window: &WebviewWindow) {
    let app = window.app_handle().clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && ask(&app)
        {
            api.prevent_close();
        }
    });
}

/// Ends Hallway, as soon as the page has saved what is being typed.
pub fn quit(app: &AppHandle) {
    app.state::<Leaving>().quitting.store(true, Ordering::SeqCst);
    if !ask(app) {
        app.exit(0);
    }
}

/// Everything is saved; the window may go.
#[tauri::command]
pub async fn leave(app: AppHandle) {
    app.state::<Leaving>().answers.fetch_add(1, Ordering::SeqCst);
    // It asks another program, so it does not run on the thread that draws.
    if let Err(error) = tauri::async_runtime::spawn_blocking(move || go(&app)).await {
        eprintln!("Leaving broke off: {error}");
    }
}

/// False when nobody can be asked.
fn ask(app: &AppHandle) -> bool {
    if let Err(error) = app.emit_to("main", "closing", ()) {
        eprintln!("The page could not be told that the window closes: {error}");
        return false;
    }
    let asked = app.state::<Leaving>().answers.load(Ordering::SeqCst);
    let app = app.clone();
    let waiting = thread::Builder::new().name("leaving".into()).spawn(move || {
        thread::park_timeout(PATIENCE);
        if app.state::<Leaving>().answers.load(Ordering::SeqCst) == asked {
            go(&app);
        }
    });
    if let Err(error) = &waiting {
        eprintln!("The window closes at once: {error}");
    }
    waiting.is_ok()
}

fn go(app: &AppHandle) {
    let stay = app.state::<Arc<Outside>>().wishes().stay;
    let quitting = app.state::<Leaving>().quitting.load(Ordering::SeqCst);
    // Without a tray there would be no way back that a person can see.
    if quitting || !stay || !tray::stands(app) {
        app.exit(0);
        return;
    }
    for label in ["main", capture::LABEL] {
        if let Some(Err(error)) = app.get_webview_window(label).map(|window| window.hide()) {
            eprintln!("The window could not be hidden: {error}");
        }
    }
}
