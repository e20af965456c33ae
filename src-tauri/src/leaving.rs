//! Closing the window: the pages first save what is still being typed. Then Hallway ends, or stays in the tray.
use crate::outside::Outside;
use crate::{capture, tray};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use tauri::{AppHandle, Emitter, Manager, WebviewWindow, WindowEvent};

/// A page that does not answer within this time will not: the window closes without it.
const PATIENCE: Duration = Duration::from_secs(3);

const MAIN: &str = "main";

/// What is known of the closing under way.
#[derive(Debug, Default)]
pub struct Leaving {
    /// It was said to end and not to stay in the tray.
    quitting: AtomicBool,
    asked: Mutex<Asked>,
}

/// Who was asked whether everything is saved.
#[derive(Debug, Default)]
struct Asked {
    /// Rises with every time they are asked, so that whoever still waits for an earlier one knows.
    turn: u64,
    /// Windows whose pages have not answered yet.
    awaited: BTreeSet<String>,
}

impl Asked {
    /// Asks anew. Whoever did not answer before is asked again.
    fn ask(&mut self, windows: impl IntoIterator<Item = String>) -> u64 {
        self.turn += 1;
        self.awaited = windows.into_iter().collect();
        self.turn
    }

    /// A page has saved what was typed in it. True when it was the last of those that were asked.
    fn answers(&mut self, window: &str) -> bool {
        self.awaited.remove(window) && self.awaited.is_empty()
    }

    /// Nobody waits any longer for those who have not answered. False when they have, or were asked again since.
    fn gives_up(&mut self, turn: u64) -> bool {
        let waits = self.turn == turn && !self.awaited.is_empty();
        if waits {
            self.awaited.clear();
        }
        waits
    }
}

impl Leaving {
    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the pages `closing` instead of closing at once; they answer with [`leave`].
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

/// Ends Hallway, as soon as the pages have saved what is being typed.
pub fn quit(app: &AppHandle) {
    app.state::<Leaving>().quitting.store(true, Ordering::SeqCst);
    if !ask(app) {
        app.exit(0);
    }
}

/// Everything in this window is saved; it may go.
#[tauri::command]
pub async fn leave(window: WebviewWindow) {
    let app = window.app_handle().clone();
    if !app.state::<Leaving>().asked().answers(window.label()) {
        return;
    }
    // It asks another program, so it does not run on the thread that draws.
    if let Err(error) = tauri::async_runtime::spawn_blocking(move || go(&app)).await {
        eprintln!("Leaving broke off: {error}");
    }
}

/// False when nobody can be asked.
fn ask(app: &AppHandle) -> bool {
    // The line may hold words, too, once its page stands.
    let line = capture::page_stands(app).then(|| capture::LABEL.to_owned());
    let windows: Vec<String> = [MAIN.to_owned()].into_iter().chain(line).collect();
    let turn = app.state::<Leaving>().asked().ask(windows.clone());
    for window in windows {
        if let Err(error) = app.emit_to(&window, "closing", ()) {
            eprintln!("A page could not be told that the window closes: {error}");
            return false;
        }
    }
    let app = app.clone();
    let waiting = thread::Builder::new().name("leaving".into()).spawn(move || {
        thread::park_timeout(PATIENCE);
        let gives_up = app.state::<Leaving>().asked().gives_up(turn);
        if gives_up {
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
    for label in [MAIN, capture::LABEL] {
        if let Some(Err(error)) = app.get_webview_window(label).map(|window| window.hide()) {
            eprintln!("The window could not be hidden: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_once_everybody_who_was_asked_has_answered() {
        let both = || [MAIN.to_owned(), capture::LABEL.to_owned()];
        let mut asked = Asked::default();
        assert!(!asked.answers(MAIN), "nobody was asked");
        let turn = asked.ask(both());
        assert!(!asked.answers(MAIN), "the line has not answered");
        assert!(!asked.answers(MAIN), "twice is once");
        assert!(asked.answers(capture::LABEL));
        assert!(!asked.gives_up(turn), "it is under way already");
    }

    #[test]
    fn whoever_does_not_answer_is_given_up_unless_they_were_asked_again() {
        let mut asked = Asked::default();
        let first = asked.ask([MAIN.to_owned()]);
        let second = asked.ask([MAIN.to_owned()]);
        assert!(!asked.gives_up(first));
        assert!(asked.gives_up(second));
        assert!(!asked.answers(MAIN), "too late: it is under way without it");
    }
}
