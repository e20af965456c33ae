//! The terminal beside an open window, when something in the window's process opens and closes the file once more: the
//! process then loses SQLite's locks on it, without any way of noticing.
use crate::program::{Terminal, now};
use hallway_core::{Store, dispatch};
use serde_json::json;
use std::fs::File;

fn in_the_window(store: &Store, name: &str) {
    dispatch(store, now(), "people.create", json!({ "displayName": name })).expect("somebody is added");
}

#[test]
fn nothing_is_lost_when_the_process_of_the_window_has_lost_its_locks() {
    let terminal = Terminal::new();
    let store = terminal.window();
    in_the_window(&store, "Before");
    for ending in ["", "-wal", "-shm"] {
        // As a file dialog does that lists the folder.
        drop(File::open(terminal.path(&format!("main.hallway{ending}"))).expect("a file"));
    }
    assert!(terminal.ok(&["list"]).contains("Before"));
    in_the_window(&store, "Zed Lost");
    assert!(terminal.ok(&["list"]).contains("Zed Lost"));
    terminal.ok(&["add", "From the terminal"]);
    let names = store.read(now(), |tx| tx.column::<String>("SELECT display_name FROM people ORDER BY rid", []));
    assert_eq!(names.expect("the window reads on"), ["Before", "Zed Lost", "From the terminal"]);
    in_the_window(&store, "After");
    drop(store);
    let all = terminal.ok(&["list"]);
    for name in ["Before", "Zed Lost", "From the terminal", "After"] {
        assert!(all.contains(name), "{name} is lost:\n{all}");
    }
    terminal.ok(&["doctor"]);
}

#[test]
fn whoever_leaves_last_tidies_up() {
    let terminal = Terminal::new();
    let store = terminal.window();
    in_the_window(&store, "Ada");
    terminal.ok(&["add", "Bo"]);
    let log = terminal.path("main.hallway-wal");
    assert!(log.exists(), "the window still has it open");
    drop(store);
    assert!(!log.exists());
    assert!(terminal.ok(&["list"]).contains("Ada"));
}
