//! The capture line in a window of its own, over whatever program is in front.
//!
//! It is made and painted once at the start, where nobody sees it, so that it stands at once when the keys are pressed.
use crate::{leaving, links, renderer, tray, windows};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, Emitter, LogicalSize, Manager, PhysicalPosition, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    WindowEvent,
};

pub const LABEL: &str = "capture";

/// What the page of the line asks the core for, and no other page's commands: it shows what was typed by whoever stood there.
const ASKS: [&str; 8] = [
    "workspace.info",
    "captures.read",
    "captures.draft",
    "captures.keep",
    "captures.lines",
    "captures.let_go",
    "captures.save",
    "history.take_back",
];

/// Whether a window may ask the core for that.
pub fn may_ask(window: &str, command: &str) -> bool {
    window != LABEL || ASKS.contains(&command)
}

/// How `hallway` is told to bring it up, by a key that the desktop binds.
pub const ARGUMENT: &str = "--capture";

/// In pixels of a plain screen. The page says how high it is; it is never higher than fits.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 76.0;
const HIGHEST: f64 = 620.0;

/// How far down the screen it stands.
const DOWN: f64 = 0.22;

/// What is known of the one capture window.
#[derive(Debug, Default)]
pub struct Line {
    making: Mutex<()>,
    /// It is being painted for the first time, where nobody sees it.
    painting: AtomicBool,
    /// Its page is drawn, and hears what it is told.
    stands: AtomicBool,
}

/// Makes the window, unless it is there.
pub fn make(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let line = app.state::<Line>();
    let _one_at_a_time = line.making.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(window) = app.get_webview_window(LABEL) {
        return Ok(window);
    }
    let page = links::Page::of(app.config());
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("capture.html".into()))
        .title("Log a conversation")
        .inner_size(WIDTH, HEIGHT)
        .decorations(false)
        .always_on_top(true)
        .skip_taskbar(true)
        .visible_on_all_workspaces(true)
        .visible(false)
        // A window that begins without the focus is refused it the first time it is shown.
        .focused(true)
        .on_navigation(move |url| page.holds(url))
        .on_new_window(|_url, _features| NewWindowResponse::Deny)
        .build()?;
    renderer::tune(&window)?;
    let closing = app.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            away(&closing);
        }
    });
    let unseen = window.clone();
    app.run_on_main_thread(move || {
        let painting = on_screen::begin(&unseen);
        unseen.state::<Line>().painting.store(painting, Ordering::SeqCst);
    })?;
    Ok(window)
}

/// The keys were pressed: up it comes. In the main window the line belongs to its page.
pub fn pressed(app: &AppHandle) {
    let in_front = app.get_webview_window("main").is_some_and(|window| window.is_focused().unwrap_or(false));
    if in_front {
        if let Err(error) = app.emit_to("main", "capture", ()) {
            eprintln!("The page could not be asked for the capture line: {error}");
        }
    } else {
        show(app);
    }
}

/// Brings it up with the cursor in it.
pub fn show(app: &AppHandle) {
    match app.get_webview_window(LABEL) {
        Some(window) => bring(&window),
        None => {
            let app = app.clone();
            // Whoever asks may be the thread that draws, which a window is made with and not by.
            thread::spawn(move || match make(&app) {
                Ok(window) => bring(&window),
                Err(error) => eprintln!("The capture line could not be made: {error}"),
            });
        }
    }
}

fn bring(window: &WebviewWindow) {
    let shown = window.clone();
    let asked = window.run_on_main_thread(move || {
        end_first_paint(&shown);
        if let Err(error) = place(&shown)
            .and_then(|()| {
                on_screen::touched_now(&shown);
                shown.show()
            })
            .and_then(|()| shown.set_focus())
            .and_then(|()| shown.emit_to(LABEL, "shown", ()))
        {
            eprintln!("The capture line could not be shown: {error}");
        }
    });
    if let Err(error) = asked {
        eprintln!("The capture line could not be shown: {error}");
    }
}

/// On the screen where the pointer is. Said before each time, since window managers place a window anew.
fn place(window: &WebviewWindow) -> tauri::Result<()> {
    let pointer = window.cursor_position()?;
    let screen = match window.monitor_from_point(pointer.x, pointer.y)? {
        Some(screen) => Some(screen),
        None => window.primary_monitor()?,
    };
    let Some(screen) = screen else { return Ok(()) };
    let (at, size) = (screen.position(), screen.size());
    let width = WIDTH * screen.scale_factor();
    let x = f64::from(at.x) + (f64::from(size.width) - width) / 2.0;
    let y = f64::from(at.y) + f64::from(size.height) * DOWN;
    window.set_position(PhysicalPosition::new(x.round() as i32, y.round() as i32))
}

/// Hides it; the window manager gives the focus back to the program it came from.
pub fn away(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    if let Err(error) = window.hide() {
        eprintln!("The capture line could not be put away: {error}");
    }
    let app = app.clone();
    // Whether there is a tray is asked of another program, which the thread that draws does not wait for.
    thread::spawn(move || {
        if app.state::<windows::Unseen>().0.load(Ordering::SeqCst) && !tray::stands(&app) {
            leaving::quit(&app);
        }
    });
}

/// Whether there is a page in it that can be asked.
pub fn page_stands(app: &AppHandle) -> bool {
    app.state::<Line>().stands.load(Ordering::SeqCst)
}

/// The page is drawn for the first time.
#[tauri::command]
pub fn capture_painted(window: WebviewWindow) {
    window.state::<Line>().stands.store(true, Ordering::SeqCst);
    end_first_paint(&window);
}

/// The page has grown or shrunk to this height.
#[tauri::command]
pub fn capture_height(window: WebviewWindow, height: f64) {
    let size = LogicalSize::new(WIDTH, height.clamp(HEIGHT / 2.0, HIGHEST));
    if let Err(error) = window.set_size(size) {
        eprintln!("The capture line could not grow: {error}");
    }
}

#[tauri::command]
pub fn hide_capture(app: AppHandle) {
    away(&app);
}

#[tauri::command]
pub fn show_capture(app: AppHandle) {
    show(&app);
}

/// Somebody asks for the main window from within the capture line, and maybe for a place in it.
#[tauri::command]
pub fn open_main(app: AppHandle, place: Option<String>) {
    match place {
        Some(place) => windows::go(&app, &place),
        None => {
            windows::come_forward(&app);
            away(&app);
        }
    }
}

fn end_first_paint(window: &WebviewWindow) {
    if window.state::<Line>().painting.swap(false, Ordering::SeqCst) {
        on_screen::end(window);
    }
}

/// What X wants to be told. All of it runs on the thread that draws.
#[cfg(target_os = "linux")]
mod on_screen {
    use gdkx11::X11Window;
    use gtk::gdk;
    use gtk::prelude::*;
    use tauri::WebviewWindow;

    const FAR: i32 = -4_000;

    fn under_x(window: &WebviewWindow) -> Option<X11Window> {
        let gtk = window.gtk_window().ok()?;
        gtk.realize();
        gtk.window()?.downcast().ok()
    }

    /// The person pressed keys for this window just now. Without knowing that, a window manager takes it for one that
    /// comes up by itself, and leaves the keyboard to the program in front.
    pub fn touched_now(window: &WebviewWindow) {
        if let Some(surface) = under_x(window) {
            surface.set_user_time(gdkx11::functions::x11_get_server_time(&surface));
        }
    }

    /// A page that was never drawn takes three times as long to stand as one that was. So it is drawn once far off the
    /// screen, in a window that the window manager does not know of.
    pub fn begin(window: &WebviewWindow) -> bool {
        let (Some(surface), Ok(gtk)) = (under_x(window), window.gtk_window()) else { return false };
        surface.upcast_ref::<gdk::Window>().set_override_redirect(true);
        gtk.move_(FAR, FAR);
        gtk.show_all();
        true
    }

    /// A window manager that has not met the window yet may pass over its wish for the keyboard, so it is said again as
    /// soon as the window is on the screen.
    fn ask_when_managed(gtk: &gtk::ApplicationWindow) {
        gtk.connect_map_event(|gtk, _| {
            if let Some(surface) = gtk.window().and_then(|surface| surface.downcast::<X11Window>().ok()) {
                gtk.present_with_time(gdkx11::functions::x11_get_server_time(&surface));
            }
            gtk::glib::Propagation::Proceed
        });
    }

    pub fn end(window: &WebviewWindow) {
        let Ok(gtk) = window.gtk_window() else { return };
        gtk.hide();
        if let Some(surface) = gtk.window() {
            surface.set_override_redirect(false);
        }
        ask_when_managed(&gtk);
    }
}

#[cfg(not(target_os = "linux"))]
mod on_screen {
    use tauri::WebviewWindow;

    pub fn touched_now(_window: &WebviewWindow) {}

    pub fn begin(_window: &WebviewWindow) -> bool {
        false
    }

    pub fn end(_window: &WebviewWindow) {}
}
