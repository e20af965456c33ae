//! Names the commands a page may be granted, and rebuilds the window when the built page changes.
use tauri_build::{AppManifest, Attributes};

/// A command that is missing here is open to every page; see `capabilities` in tauri.conf.json for who gets which.
const COMMANDS: &[&str] = &[
    "rpc",
    "start",
    "choose_path",
    "choose_files",
    "recent_files",
    "open_file",
    "move_file",
    "list_backups",
    "restore_backup",
    "look_at_file",
    "leave",
    "open_link",
    "read_settings",
    "write_settings",
    "read_outside",
    "wish_outside",
    "keep_calendar",
    "show_capture",
    "hide_capture",
    "capture_painted",
    "capture_height",
    "open_main",
];

fn main() {
    if !tauri_build::is_dev() {
        // The page is compiled into the program, and its file names change with every build.
        println!("cargo:rerun-if-changed=ui/dist");
    }
    let attributes = Attributes::new().app_manifest(AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("The window's configuration does not add up: {error:#}");
    }
}
