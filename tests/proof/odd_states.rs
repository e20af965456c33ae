//! Each odd state a file can be in has its sentence, and loses nothing: not a byte of what is refused changes.
use crate::{
    look::{look, scratch},
    small_disk::small_disk,
};
use acts::prove::proved;
use hallway_core::{Access, Now, Store, TABLES, dispatch, open};
use serde_json::{Value, json};
use std::{fs, path::Path, process::Command};

fn mounted(disk: &Path, how: &str) {
    let done = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(disk).status().expect("mount");
    assert!(done.success(), "{} could not be made {how}", disk.display());
}

fn call(store: &Store, command: &str, input: Value) -> Result<Value, hallway_core::Failure> {
    dispatch(store, Now::system(), command, input).map(|reply| reply.value).map_err(|error| (&error).into())
}

fn everybody() -> Value {
    json!({ "filter": { "text": "" }, "sort": "name", "descending": false })
}

#[test]
fn a_place_where_nothing_can_be_written_is_looked_at() {
    let Some(disk) = small_disk("odd_states::a_place_where_nothing_can_be_written_is_looked_at", "24m") else { return };
    let elsewhere = scratch();
    let path = disk.join("main.hallway");
    let store = open(&path, Now::system(), 1, "UTC").expect("a workspace");
    call(&store, "people.create", json!({ "displayName": "Priya Nair" })).expect("somebody");
    drop(store);

    mounted(&disk, "ro");
    let bytes = fs::read(&path).expect("a file");
    let refused = Store::open(&path, TABLES, Now::system(), 2).err().expect("a refusal");
    assert_eq!(refused.code(), "read_only", "{refused}");
    assert!(refused.to_string().contains("cannot be written to"), "{refused}");

    let shown = hallway_core::look(&path, 3).expect("it can be looked at");
    let list = call(&shown, "people.list", json!({ "query": everybody(), "offset": 0, "limit": 9 })).expect("a list");
    assert_eq!(list["rows"][0]["name"], "Priya Nair");
    let found = call(&shown, "people.matching", json!({ "text": "nair", "limit": 3 })).expect("an answer");
    assert_eq!(found[0]["name"], "Priya Nair");
    let out = elsewhere.path().join("out.csv");
    let file = shown.grant(out.clone(), Access::Write);
    call(
        &shown,
        "exports.people",
        json!({ "query": everybody(), "file": file, "mode": "program", "columns": ["name"] }),
    )
    .expect("an export");
    assert!(fs::read_to_string(&out).expect("a file").contains("Priya Nair"));
    let refused = call(&shown, "people.create", json!({ "displayName": "Eve" })).expect_err("a refusal");
    assert_eq!(refused.code, "read_only");
    assert!(refused.message.contains("only shown"), "{}", refused.message);
    drop(shown);
    assert!(fs::read(&path).expect("a file") == bytes, "not a byte of it has changed");

    mounted(&disk, "rw");
    assert_eq!(look(&path).expect("a sound file").len(), 1);
    proved("odd states, a disk that is only read", "a sentence; list, search and export work; not a byte changed");
}

#[test]
fn what_stands_only_in_the_log_is_never_passed_over() {
    let Some(disk) = small_disk("odd_states::what_stands_only_in_the_log_is_never_passed_over", "24m") else { return };
    let path = disk.join("main.hallway");
    let killed = Command::new(env!("CARGO_BIN_EXE_hallway-writer"))
        .args([
            "--file",
            path.to_str().expect("a path of text"),
            "--name",
            "w",
            "--seed",
            "3",
            "--acts",
            "add",
            "--writes",
            "9",
        ])
        .output()
        .expect("a writer");
    assert!(killed.status.success());
    // As after a crash: a log beside a file that does not have it.
    let store = open(&path, Now::system(), 1, "UTC").expect("a workspace");
    call(&store, "people.create", json!({ "displayName": "Only in the log" })).expect("somebody");
    let log = fs::read(path.with_file_name("main.hallway-wal")).expect("a log");
    let file = fs::read(&path).expect("a file");
    drop(store);
    fs::write(&path, &file).expect("the file as it was");
    fs::write(path.with_file_name("main.hallway-wal"), &log).expect("its log");
    let _ = fs::remove_file(path.with_file_name("main.hallway-shm"));

    mounted(&disk, "ro");
    let refused = hallway_core::look(&path, 3).err().expect("a refusal: what was done last could not be shown");
    assert_eq!(refused.code(), "read_only");
    mounted(&disk, "rw");
    assert!(look(&path).expect("a sound file").contains_key("Only in the log"));
}
