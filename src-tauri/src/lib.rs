//! The window around the core: it opens one file, carries the page's calls to it, and does what a page must never do itself.
//!
//! No rule and no SQL lives here. What the page may call is listed in `build.rs`, and granted in `tauri.conf.json`.
mod autostart;
mod calendar;
mod capture;
mod choose;
mod desk;
mod dialogs;
mod drops;
mod files;
mod leaving;
mod links;
mod outside;
mod place;
mod pulse;
#[cfg(target_os = "linux")]
mod question;
mod reminders;
mod renderer;
mod settings;
mod shortcut;
mod tray;
mod watch;
mod windows;

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tauri::{
    Manager, RunEvent, WebviewWindowBuilder,
    webview::{NewWindowResponse, PageLoadEvent},
};
use tauri_plugin_window_state::StateFlags;

const USAGE: &str = "\
Opens the window of Hallway: the people you meet, what was said, and where each of them stands.

Usage: hallway [FILE]
       hallway --capture

  FILE            The file to open; it is made where there is none. Without one it is the file that was open last,
                  else hallway/main.hallway in your data folder. A window that is open already turns to it.
      --capture   Bring up the line in which a conversation is logged, over whatever is in front. For a key of your
                  desktop's settings, where Hallway cannot take one itself.
      --hidden    Start in the tray, where there is one, without showing the window
  -h, --help      Say this
  -V, --version   Say which version this is

hallway-cli does the same in a terminal.";

/// Does what was asked of the program and returns when that is over: a word about itself, one dialog, or the window.
pub fn run() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["-h" | "--help"] => say(USAGE),
        ["-V" | "--version"] => say(concat!("hallway ", env!("CARGO_PKG_VERSION"))),
        [dialogs::ARGUMENT, dialog] => Ok(dialogs::ask(dialog)?),
        [capture::ARGUMENT] => window(None, Start::Capture),
        [autostart::ARGUMENT] => window(None, Start::Hidden),
        _ => window(std::env::args_os().nth(1), Start::Shown),
    }
}

/// What is shown first.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Start {
    Shown,
    /// Nothing, where there is a tray to find it in.
    Hidden,
    /// The capture line alone.
    Capture,
}

fn say(text: &str) -> Result<(), Box<dyn std::error::Error>> {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}

/// Opens the window and returns when the person closes it.
fn window(named: Option<OsString>, start: Start) -> Result<(), Box<dyn std::error::Error>> {
    renderer::settle();
    let (file, new) = place::file(named)?;

    #[allow(unused_mut)]
    let mut context = tauri::generate_context!();
    // Debug builds only: a liar, by which a test shows that it would notice a page without its policy.
    #[cfg(debug_assertions)]
    if std::env::var_os("HALLWAY_TEST_NO_POLICY").is_some() {
        context.config_mut().app.security.csp = None;
    }

    let app = tauri::Builder::default()
        // First of all: a second start must end before it touches anything.
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .dbus_id("org.hallway.desktop")
                .callback(|app, arguments, folder| match arguments.get(1).map(String::as_str) {
                    Some(capture::ARGUMENT) => capture::show(app),
                    // The session starts what is running already.
                    Some(autostart::ARGUMENT) => {}
                    named => {
                        windows::come_forward(app);
                        if let Some(named) = named.filter(|name| !name.is_empty()) {
                            files::ask_for(app, Path::new(&folder).join(named));
                        }
                    }
                })
                .build(),
        )
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_filename("window-state.json")
                .with_denylist(&[capture::LABEL])
                .with_state_flags(
                    StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN,
                )
                .build(),
        )
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(tauri::generate_handler![
            desk::rpc,
            desk::start,
            choose::choose_path,
            choose::choose_files,
            capture::capture_painted,
            capture::capture_height,
            capture::hide_capture,
            capture::show_capture,
            capture::open_main,
            files::recent_files,
            files::open_file,
            files::move_file,
            files::list_backups,
            files::restore_backup,
            files::look_at_file,
            leaving::leave,
            links::open_link,
            outside::read_outside,
            outside::wish_outside,
            outside::keep_calendar,
            settings::read_settings,
            settings::write_settings,
        ])
        .setup(move |app| {
            let desk = Arc::new(desk::Desk::new(file, new));
            let outside = Arc::new(outside::Outside::at(place::config_folder()));
            app.manage(Arc::clone(&desk));
            app.manage(Arc::clone(&outside));
            app.manage(files::Named::default());
            app.manage(dialogs::Asking::default());
            app.manage(leaving::Leaving::default());
            app.manage(tray::Tray::default());
            app.manage(capture::Line::default());
            app.manage(windows::Unseen(AtomicBool::new(true)));
            // Opening may take a while (a migration, a slow disk): the window does not wait for it, the page's calls do.
            pulse::follow(app.handle().clone(), desk)?;
            open_window(app, start)?;
            let wishes = outside.wishes();
            if let Err(failure) = tray::settle(app.handle(), wishes.tray) {
                eprintln!("{}", failure.message);
            }
            shortcut::follow(app.handle(), wishes.shortcut.as_deref());
            windows::begin(app.handle(), start);
            if start == Start::Capture {
                capture::show(app.handle());
            }
            Ok(())
        })
        .build(context)?;

    app.run(|app, event| {
        if let RunEvent::Exit = event {
            app.state::<dialogs::Asking>().end();
            app.state::<Arc<desk::Desk>>().close();
        }
    });
    Ok(())
}

/// The main window, as tauri.conf.json describes it, with the two doors that a configuration cannot shut. It shows
/// itself when its page is read: WebKit holds one still for half a second that is painted before the page answers.
fn open_window(app: &tauri::App, start: Start) -> Result<(), Box<dyn std::error::Error>> {
    let config = app.config().app.windows.first().ok_or("tauri.conf.json describes no window")?;
    let page = links::Page::of(app.config());
    let window = WebviewWindowBuilder::from_config(app, config)?
        .visible(false)
        .on_page_load(move |window, page| {
            if start == Start::Shown && page.event() == PageLoadEvent::Finished {
                windows::first_show(window.app_handle());
            }
        })
        .on_navigation(move |url| page.holds(url))
        .on_new_window(|_url, _features| NewWindowResponse::Deny)
        .build()?;
    renderer::tune(&window)?;
    leaving::ask_the_page(&window);
    drops::follow(&window);
    Ok(())
}
