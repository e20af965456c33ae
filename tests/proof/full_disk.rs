//! A full disk refuses with a sentence, whatever is written to it, and loses nothing; and somebody can still type and
//! tidy up (reliability R4).
use crate::{
    look::look,
    old_files,
    small_disk::{Full, small_disk},
};
use acts::{
    compare,
    prove::{proved, times},
};
use hallway_core::{Access, Error, Now, Store, backups, dispatch, open};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A workspace on the small disk, and what is brought to it from elsewhere.
struct World {
    path: PathBuf,
    store: Option<Store>,
    people: Vec<Value>,
    list: PathBuf,
}

const PEOPLE: usize = 40;

impl World {
    fn new(disk: &Path, elsewhere: &Path) -> World {
        let folder = disk.join("world");
        fs::create_dir(&folder).expect("a folder");
        let list = elsewhere.join("list.csv");
        let rows: String = (0..400).map(|n| format!("Row {n},City {n}\n")).collect();
        fs::write(&list, format!("Name,City\n{rows}")).expect("a list");
        let everybody: Vec<Value> = (0..400)
            .map(|n| json!({ "externalId": n, "displayName": format!("Row {n}"), "notes": "n".repeat(200) }))
            .collect();
        let everything = json!({ "format": "hallway", "version": 1, "source": "elsewhere", "people": everybody });
        fs::write(list.with_extension("json"), everything.to_string()).expect("a file");
        let mut world = World { path: folder.join("full.hallway"), store: None, people: vec![], list };
        world.open().expect("a workspace");
        for n in 0..PEOPLE {
            let made =
                world.call("people.create", json!({ "displayName": format!("Person {n}"), "notes": "n".repeat(300) }));
            world.people.push(made.expect("a person")["id"].clone());
        }
        world.call("backups.make", json!({})).expect("a backup");
        world.call("people.edit", json!({ "id": world.people[0], "city": "Lagos" })).expect("an edit");
        world
    }
    fn open(&mut self) -> Result<(), Error> {
        self.store = Some(open(&self.path, Now::system(), 5, "UTC")?);
        Ok(())
    }
    fn call(&self, command: &str, input: Value) -> Result<Value, Error> {
        let store = self.store.as_ref().expect("an open file");
        dispatch(store, Now::system(), command, input).map(|reply| reply.value)
    }
    fn grant(&self, path: &Path, access: Access) -> Value {
        self.store.as_ref().expect("an open file").grant(path.to_owned(), access).into()
    }
    fn beside(&self, name: &str) -> PathBuf {
        self.path.with_file_name(name)
    }
    fn everybody() -> Value {
        json!({ "filter": { "text": "" }, "sort": "name", "descending": false })
    }
}

/// Every kind of write.
type Kind = (&'static str, fn(&mut World) -> Result<(), Error>);
const KINDS: &[Kind] = &[
    ("edit", |world| {
        let edit = json!({ "id": world.people[1], "city": "Pune", "notes": "long ".repeat(4_000) });
        world.call("people.edit", edit).map(drop)
    }),
    ("somebody new", |world| world.call("people.create", json!({ "displayName": "Row" })).map(drop)),
    ("what happened", |world| {
        let log = json!({ "kind": "building_with_it", "people": [{ "person": world.people[2] }], "note": "note ".repeat(2_000) });
        world.call("touchpoints.log", log).map(drop)
    }),
    ("tag", |world| {
        world.call("tags.add", json!({ "people": world.people, "name": "Rust", "kind": "stack" })).map(drop)
    }),
    ("undo", |world| world.call("history.undo", json!({})).map(drop)),
    ("trash", |world| world.call("people.trash", json!({ "ids": world.people })).map(drop)),
    ("erase", |world| world.call("erase.run", json!({ "ids": [world.people[0]], "others": "blank" })).map(drop)),
    ("import", |world| {
        let asked = json!({ "file": world.grant(&world.list, Access::Read), "matching": true, "source": "import", "decisions": {}, "overwrite": [] });
        world.call("imports.run", asked).map(drop)
    }),
    ("everything", |world| {
        let asked = json!({ "file": world.grant(&world.list.with_extension("json"), Access::Read) });
        world.call("json.run", asked).map(drop)
    }),
    ("backup", |world| world.call("backups.make", json!({})).map(drop)),
    ("export", |world| {
        let file = world.grant(&world.beside("out.csv"), Access::Write);
        let columns = ["name", "city", "notes"];
        world
            .call(
                "exports.people",
                json!({ "query": World::everybody(), "file": file, "mode": "program", "columns": columns }),
            )
            .map(drop)
    }),
    ("copy", |world| {
        let file = world.grant(&world.beside("copy.hallway"), Access::Write);
        world.call("workspace.copy", json!({ "file": file })).map(drop)
    }),
    ("restore", |world| {
        world.store = None;
        let name = backups::at(&world.path)[0].name.clone();
        backups::restore(&world.path, &name, Now::system()).map(drop)
    }),
    ("opening", |world| {
        world.store = None;
        world.open()
    }),
    ("a new file", |world| {
        world.store = None;
        open(&world.beside("new.hallway"), Now::system(), 6, "UTC").map(drop)
    }),
    ("migration", |world| {
        world.store = None;
        open(&world.beside("old.hallway"), Now::system(), 7, "UTC").map(drop)
    }),
];

/// Bytes that are left.
const LEFT: (&[u64], &[u64]) = (
    &[0, 8_192, 65_536, 262_144],
    &[
        0, 4_096, 8_192, 12_288, 16_384, 24_576, 32_768, 49_152, 65_536, 98_304, 131_072, 196_608, 262_144, 400_000,
        600_000, 900_000,
    ],
);

#[test]
fn a_full_disk_refuses_with_a_sentence_and_loses_nothing() {
    let Some(disk) = small_disk("full_disk::a_full_disk_refuses_with_a_sentence_and_loses_nothing", "24m") else {
        return;
    };
    let elsewhere = tempfile::tempdir().expect("a folder");
    let lefts = if times(0, 1) == 1 { LEFT.1 } else { LEFT.0 };
    let old = &old_files::all()[0];
    let old_people = old.people();
    for (what, act) in KINDS {
        let (mut refused, mut said) = (0, String::new());
        for left in lefts {
            let mut world = World::new(&disk, elsewhere.path());
            let migrates = *what == "migration";
            if migrates {
                old.copy_to(world.path.parent().expect("a folder"));
            }
            let before = look_at_a_copy(&world, elsewhere.path());
            let full = Full::but_for(&disk, *left);
            let outcome = act(&mut world);
            if let Err(error) = &outcome {
                let sentence = error.to_string();
                assert_eq!(error.code(), "disk_full", "{what}, {left} bytes left: {sentence}");
                assert!(sentence.contains("Free some space"), "{what}: {sentence}");
                (refused, said) = (refused + 1, sentence);
            }
            // Whoever has it open goes on reading, and whoever has not can look at it.
            let people = match &world.store {
                Some(store) => dispatch(
                    store,
                    Now::system(),
                    "people.list",
                    json!({ "query": World::everybody(), "offset": 0, "limit": 9 }),
                )
                .unwrap_or_else(|e| panic!("{what}, {left} bytes left, reading: {e}"))
                .value["total"]
                    .clone(),
                None => PEOPLE.into(),
            };
            // An import goes in some rows at a time, and waits where it is for somebody to go on with it or take it back.
            assert!(
                outcome.is_ok() || people == PEOPLE || ["import", "everything"].contains(what),
                "{what}, {left} bytes left: {people} people"
            );
            drop(full);

            world.store = None;
            let after = look(&world.path).unwrap_or_else(|e| panic!("{what}, {left} bytes left: {e}"));
            if outcome.is_err() {
                assert_eq!(compare(&before, &after), Ok(()), "{what}, {left} bytes left");
            }
            let parts: Vec<_> = left_over(world.path.parent().expect("a folder"));
            assert!(parts.is_empty(), "{what}, {left} bytes left: {parts:?}");
            if migrates {
                assert_eq!(
                    look(&world.beside("old.hallway")).and_then(|old| compare(&old_people, &old)),
                    Ok(()),
                    "{what}"
                );
            }
            for kept in backups::at(&world.path) {
                assert!(kept.people.is_some(), "{what}, {left} bytes left: the backup {} cannot be read", kept.name);
            }
            fs::remove_dir_all(world.path.parent().expect("a folder")).expect("room again");
        }
        proved(
            &format!("full disk, {what}"),
            format_args!("{} sizes, {refused} refused, nothing lost. {said}", lefts.len()),
        );
        assert!(refused > 0 || *what == "opening", "{what} was never refused: the disk was not full");
    }
}

fn look_at_a_copy(world: &World, elsewhere: &Path) -> acts::People {
    let copy = elsewhere.join("before.hallway");
    world.call("workspace.copy", json!({ "file": world.grant(&copy, Access::Write) })).expect("a copy");
    let people = look(&copy).expect("a sound file");
    for ending in ["", "-wal", "-shm", ".lock"] {
        let _ = fs::remove_file(elsewhere.join(format!("before.hallway{ending}")));
    }
    people
}

/// Half-written files that nobody took away.
fn left_over(folder: &Path) -> Vec<PathBuf> {
    let inside =
        |folder: &Path| fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    inside(folder)
        .chain(inside(&folder.join("backups")))
        .filter(|path| path.to_string_lossy().contains(".part") || path.to_string_lossy().contains("unfinished"))
        .collect()
}

#[test]
fn what_is_typed_on_a_full_disk_is_kept_and_somebody_can_tidy_up() {
    let Some(disk) = small_disk("full_disk::what_is_typed_on_a_full_disk_is_kept_and_somebody_can_tidy_up", "24m")
    else {
        return;
    };
    let elsewhere = tempfile::tempdir().expect("a folder");
    let mut world = World::new(&disk, elsewhere.path());
    let notice = |world: &World| world.call("workspace.info", json!({})).expect("about the file")["notice"].clone();
    // The window does this half a minute after it opened, and every quarter of an hour.
    world.call("backups.keep", json!({})).expect("room");
    assert_eq!(notice(&world), Value::Null);

    let full = Full::but_for(&disk, 0);
    let import = KINDS.iter().find(|(what, _)| *what == "import").expect("a kind").1;
    assert_eq!(import(&mut world).expect_err("an import has to wait").code(), "disk_full");
    let mut typed = 0;
    for n in 0..1_000 {
        let log = json!({ "kind": "conversation_online", "people": [{ "person": world.people[n % PEOPLE] }], "note": format!("Said {n}") });
        match world.call("touchpoints.log", log) {
            Ok(_) => typed += 1,
            Err(error) => {
                assert_eq!(error.code(), "disk_full");
                break;
            }
        }
    }
    assert!((20..1_000).contains(&typed), "{typed} entries were kept on a full disk");
    assert!(notice(&world).as_str().is_some_and(|words| words.contains("free some space")), "{}", notice(&world));
    assert_eq!(
        world.call("people.list", json!({ "query": World::everybody(), "offset": 0, "limit": 1 })).expect("a list")["total"],
        PEOPLE
    );

    drop(full);
    world.call("people.trash", json!({ "ids": [world.people[0]] })).expect("with room, all is as before");
    world.call("backups.keep", json!({})).expect("room");
    assert_eq!(notice(&world), Value::Null);
    let info = world.call("workspace.info", json!({})).expect("about the file");
    assert_eq!(info["touchpoints"], typed);
    assert!(world.beside("full.hallway.reserve").exists(), "the next time as well");
    world.store = None;
    look(&world.path).expect("a sound file");
    proved(
        "full disk, typing",
        format_args!("{typed} entries kept in what was in reserve, then a sentence; all of them there"),
    );
}

#[test]
fn backups_take_no_more_than_their_share_of_the_disk() {
    let Some(disk) = small_disk("full_disk::backups_take_no_more_than_their_share_of_the_disk", "36m") else { return };
    let elsewhere = tempfile::tempdir().expect("a folder");
    let world = World::new(&disk, elsewhere.path());
    let mut now = Now::system();
    let mut most = 0;
    for hour in 0..40 {
        now.0 += 3_600_000;
        let store = world.store.as_ref().expect("an open file");
        dispatch(store, now, "people.create", json!({ "displayName": format!("Hour {hour}") })).expect("somebody");
        dispatch(store, now, "backups.keep", json!({})).expect("a backup");
        most = most.max(backups::at(&world.path).iter().map(|kept| kept.bytes).sum::<u64>());
    }
    let kept = backups::at(&world.path);
    assert!(most < 36 * 1_048_576 / 4 + 1_048_576, "{most} bytes of backups on a disk of 36 MB");
    assert!(kept.len() >= 3, "{} backups", kept.len());
    assert_eq!(kept[0].at, now.0, "the newest is there");
    assert!(now.0 - kept.last().expect("a backup").at > 6 * 3_600_000, "and not only the newest");
    proved(
        "full disk, backups",
        format_args!("40 hours on a disk of 36 MB: {} backups, never more than {most} bytes", kept.len()),
    );
}
