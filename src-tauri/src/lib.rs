//! The window around the core: it opens one file, carries the page's calls to it, and does what a page must never do itself.
//!
//! No rule and no SQL lives here. What the page may call is listed in `build.rs`, and granted in `tauri.conf.json`.
mod choose;
mod desk;
mod dialogs;
mod drops;
mod files;
mod leaving;
mod links;
mod place;
mod pulse;
mod renderer;
mod settings;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use tauri::{Manager, RunEvent, WebviewWindowBuilder, webview::NewWindowResponse};
use tauri_plugin_window_state::StateFlags;

const USAGE: &str = "\
Opens the window of Hallway: the people you meet, what was said, and where each of them stands.

Usage: hallway [FILE]

  FILE            The file to open; it is made where there is none. Without one it is the file that was open last,
                  else hallway/main.hallway in your data folder. A window that is open already turns to it.
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
        _ => window(),
    }
}

fn say(text: &str) -> Result<(), Box<dyn std::error::Error>> {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}

/// Opens the window and returns when the person closes it.
fn window() -> Result<(), Box<dyn std::error::Error>> {
    renderer::settle();
    let (file, new) = place::file()?;

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
                .callback(|app, arguments, folder| {
                    come_forward(app);
                    if let Some(named) = arguments.get(1).filter(|name| !name.is_empty()) {
                        files::ask_for(app, Path::new(&folder).join(named));
                    }
                })
                .build(),
        )
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_filename("window-state.json")
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
            files::recent_files,
            files::open_file,
            files::move_file,
            files::list_backups,
            files::restore_backup,
            files::look_at_file,
            leaving::leave,
            links::open_link,
            settings::read_settings,
            settings::write_settings,
        ])
        .setup(move |app| {
            let desk = Arc::new(desk::Desk::new(file, new));
            app.manage(Arc::clone(&desk));
            app.manage(files::Named::default());
            app.manage(dialogs::Asking::default());
            // Opening may take a while (a migration, a slow disk): the window does not wait for it, the page's calls do.
            pulse::follow(app.handle().clone(), desk)?;
            open_window(app)
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

/// The one window, as tauri.conf.json describes it, with the two doors that a configuration cannot shut.
fn open_window(app: &tauri::App) -> Result<(), Box<dyn std::error::Error>> {
    let config = app.config().app.windows.first().ok_or("tauri.conf.json describes no window")?;
    let page = links::Page::of(app.config());
    let window = WebviewWindowBuilder::from_config(app, config)?
        .on_navigation(move |url| page.holds(url))
        .on_new_window(|_url, _features| NewWindowResponse::Deny)
        .build()?;
    renderer::tune(&window)?;
    leaving::ask_the_page(&window);
    drops::follow(&window);
    Ok(())
}

/// Brings the window to the front, for the second start that found it.
fn come_forward(app: &tauri::AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    for done in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = done {
            eprintln!("The window could not be brought forward: {error}");
        }
    }
}
