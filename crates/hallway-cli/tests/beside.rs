//! The terminal beside an open window, when something in the window's process opens and closes the file once more: the
//! process then loses SQLite's locks on it, without any way of noticing.
use hallway_core::{Now, Store, dispatch, open};
use serde_json::json;
use std::{fs::File, path::Path, process::Command};

fn in_the_terminal(file: &Path, line: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hallway-cli"));
    let said = command.arg("--file").arg(file).args(line).output().expect("the program starts");
    let words = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.status.success(), "{line:?}: {words}{}", String::from_utf8_lossy(&said.stderr));
    words
}

fn in_the_window(store: &Store, name: &str) {
    dispatch(store, Now::system(), "people.create", json!({ "displayName": name })).expect("somebody is added");
}

#[test]
fn nothing_is_lost_when_the_process_of_the_window_has_lost_its_locks() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("main.hallway");
    let store = open(&file, Now::system(), 1, "UTC").expect("a workspace");
    in_the_window(&store, "Before");
    for ending in ["", "-wal", "-shm"] {
        let mut name = file.clone().into_os_string();
        name.push(ending);
        // As a file dialog does that lists the folder.
        drop(File::open(name).expect("a file"));
    }
    assert!(in_the_terminal(&file, &["list"]).contains("Before"));
    in_the_window(&store, "Zed Lost");
    assert!(in_the_terminal(&file, &["list"]).contains("Zed Lost"));
    in_the_terminal(&file, &["add", "From the terminal"]);
    let names = store.read(Now::system(), |tx| tx.column::<String>("SELECT display_name FROM people ORDER BY rid", []));
    assert_eq!(names.expect("the window reads on"), ["Before", "Zed Lost", "From the terminal"]);
    in_the_window(&store, "After");
    drop(store);
    let all = in_the_terminal(&file, &["list"]);
    for name in ["Before", "Zed Lost", "From the terminal", "After"] {
        assert!(all.contains(name), "{name} is lost:\n{all}");
    }
    in_the_terminal(&file, &["doctor"]);
}

#[test]
fn whoever_leaves_last_tidies_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("main.hallway");
    let store = open(&file, Now::system(), 1, "UTC").expect("a workspace");
    in_the_window(&store, "Ada");
    in_the_terminal(&file, &["add", "Bo"]);
    let log = folder.path().join("main.hallway-wal");
    assert!(log.exists(), "the window still has it open");
    drop(store);
    assert!(!log.exists());
    assert!(in_the_terminal(&file, &["list"]).contains("Ada"));
}
