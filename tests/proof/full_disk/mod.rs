//! A full disk refuses with a sentence, whatever is written to it, and loses nothing; and somebody can still type and
//! tidy up (reliability R4).
mod world;
mod writes;

use crate::{
    look::look,
    old_files,
    small_disk::{Full, small_disk},
};
use acts::{
    compare,
    prove::{proved, times},
};
use hallway_core::{Now, backups, dispatch};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};
use world::{Holds, PEOPLE, World};
use writes::{WRITES, Write};

/// Bytes that are left, in the test run and at length.
const LEFT: (&[u64], &[u64]) = (
    &[0, 8_192, 65_536, 262_144],
    &[
        0, 4_096, 8_192, 12_288, 16_384, 24_576, 32_768, 49_152, 65_536, 98_304, 131_072, 196_608, 262_144, 400_000,
        600_000, 900_000,
    ],
);
/// The same for a few rows, which all are written in one way.
const LEFT_FOR_ROWS: &[u64] = &[0, 16_384];

#[test]
fn a_full_disk_refuses_with_a_sentence_and_loses_nothing() {
    let Some(disk) = small_disk("full_disk::a_full_disk_refuses_with_a_sentence_and_loses_nothing", "24m") else {
        return;
    };
    let elsewhere = tempfile::tempdir().expect("a folder");
    let model = World::model(elsewhere.path());
    let whole = {
        let world = model.on(&disk);
        let whole = world.holds();
        world.goes();
        whole
    };
    let long = times(0, 1) == 1;
    let rows = WRITES.0.iter().map(|write| (write, if long { LEFT.1 } else { LEFT_FOR_ROWS }));
    let others = WRITES.1.iter().map(|write| (write, if long { LEFT.1 } else { LEFT.0 }));
    for (write, lefts) in rows.chain(others) {
        let (mut refused, mut said) = (0, String::new());
        for left in lefts {
            if let Some(sentence) = refused_or_done(write, &model, &whole, &disk, *left) {
                (refused, said) = (refused + 1, sentence);
            }
        }
        proved(
            &format!("full disk, {}", write.what),
            format_args!(
                "{} sizes, {refused} refused, nothing lost, and done once there was room. {said}",
                lefts.len()
            ),
        );
        assert!(refused > 0 || write.what == "opening", "{} was never refused: the disk was not full", write.what);
    }
}

/// What stands where a file is to be made.
const EARLIER: &str = "What was written here last week.";

/// Does it with so many bytes left. Either it is done, or it is refused with the sentence that is returned, everything is
/// as it was, and it can be done once there is room.
fn refused_or_done(write: &Write, model: &World, whole: &Holds, disk: &Path, left: u64) -> Option<String> {
    let what = format!("{}, {left} bytes left", write.what);
    let mut world = model.on(disk);
    let old = (write.what == "migration").then(|| {
        let old = &old_files::all()[0];
        old.copy_to(world.folder());
        old.people()
    });
    let file = write.file.map(|name| world.beside(name));
    if let Some(file) = &file {
        fs::write(file, EARLIER).expect("a file");
    }
    // What an import brought that is to be taken back is no part of what was there.
    let mut first_left = None;
    if let Some(first) = write.first {
        first(&mut world).unwrap_or_else(|e| panic!("before {what}: {e}"));
        world.opened_again();
        first_left = (!write.goes_on).then(|| world.holds());
    }
    let before = first_left.as_ref().unwrap_or(whole);

    let full = Full::but_for(disk, left);
    let outcome = (write.act)(&mut world);
    // Whoever has it open goes on reading.
    let people = if world.store.is_some() { world.shown() } else { PEOPLE.into() };
    drop(full);

    let said = outcome.err().map(|error| {
        let sentence = error.to_string();
        assert_eq!(error.code(), "disk_full", "{what}: {sentence}");
        assert!(sentence.contains("Free some space"), "{what}: {sentence}");
        world.open().unwrap_or_else(|e| panic!("{what}, opened again: {e}"));
        let after = world.holds();
        assert_same(&what, before, &after);
        if !write.goes_on && write.first.is_none() {
            assert_eq!(people, PEOPLE, "{what}: so many people were shown");
        }
        if let Some(file) = &file {
            assert_eq!(fs::read_to_string(file).ok().as_deref(), Some(EARLIER), "{what}: what stood there is gone");
        }
        assert_nothing_half_written(&what, world.folder());
        // An import goes in some rows at a time, and waits where it is for somebody to go on with it or take it back.
        let again = if write.goes_on && write.first.is_none() && waits(&world) {
            acts::settle(world.store(), true)
        } else {
            (write.act)(&mut world)
        };
        again.unwrap_or_else(|e| panic!("{what}: with room again, it was refused: {e}"));
        sentence
    });

    if let Some(file) = &file {
        assert_ne!(fs::read(file).ok().as_deref(), Some(EARLIER.as_bytes()), "{what}: nothing was written");
    }
    world.store = None;
    look(&world.path).unwrap_or_else(|e| panic!("{what}: {e}"));
    assert_nothing_half_written(&what, world.folder());
    if let Some(old) = old {
        let held = look(&world.beside("old.hallway"));
        assert_eq!(held.and_then(|held| compare(&old, &held)), Ok(()), "{what}");
    }
    for kept in backups::at(&world.path, Now::system()) {
        assert!(kept.people.is_some(), "{what}: the backup {} cannot be read", kept.name);
    }
    world.goes();
    said
}

fn waits(world: &World) -> bool {
    !world.call("imports.under_way", json!({})).expect("whether one waits").is_null()
}

fn assert_same(what: &str, before: &Holds, after: &Holds) {
    assert_eq!(compare(&before.people, &after.people), Ok(()), "{what}");
    let mut lines = before.everything.lines().zip(after.everything.lines());
    let differs = lines.find(|(before, after)| before != after).map(|(before, after)| {
        let from = before.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count().saturating_sub(60);
        [before, after].map(|line| {
            String::from_utf8_lossy(&line.as_bytes()[from.min(line.len())..]).chars().take(200).collect::<String>()
        })
    });
    assert!(before == after, "{what}: something else than before: {differs:?}");
}

fn assert_nothing_half_written(what: &str, folder: &Path) {
    let parts = left_over(folder);
    assert!(parts.is_empty(), "{what}: {parts:?} was left");
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
    let mut world = World::model(elsewhere.path()).on(&disk);
    let notice = |world: &World| world.call("workspace.info", json!({})).expect("about the file")["notice"].clone();
    // The window does this half a minute after it opened, and every quarter of an hour.
    world.call("backups.keep", json!({})).expect("room");
    assert_eq!(notice(&world), Value::Null);
    let entries =
        |world: &World| world.call("workspace.info", json!({})).expect("about the file")["touchpoints"].as_i64();
    let before = entries(&world);

    let full = Full::but_for(&disk, 0);
    let import = WRITES.1.iter().find(|write| write.what == "import").expect("a kind");
    assert_eq!((import.act)(&mut world).expect_err("an import has to wait").code(), "disk_full");
    let mut typed = 0;
    for n in 0..1_000 {
        let log = json!({ "kind": "conversation_online", "people": [{ "person": world.known.people[n % PEOPLE] }], "note": format!("Said {n}: {}", "a long story ".repeat(80)) });
        match world.call("touchpoints.log", log) {
            Ok(_) => typed += 1,
            Err(error) => {
                assert_eq!(error.code(), "disk_full");
                break;
            }
        }
    }
    assert!((60..1_000).contains(&typed), "{typed} entries were kept on a full disk");
    assert!(notice(&world).as_str().is_some_and(|words| words.contains("free some space")), "{}", notice(&world));
    assert_eq!(
        world.call("people.list", json!({ "query": World::everybody(), "offset": 0, "limit": 1 })).expect("a list")["total"],
        PEOPLE
    );

    drop(full);
    world.call("people.trash", json!({ "ids": [world.known.people[0]] })).expect("with room, all is as before");
    world.call("backups.keep", json!({})).expect("room");
    assert_eq!(notice(&world), Value::Null);
    assert_eq!(entries(&world), before.map(|before| before + typed));
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
    let world = World::model(elsewhere.path()).on(&disk);
    let mut now = Now::system();
    let mut most = 0;
    for hour in 0..40 {
        now.0 += 3_600_000;
        let store = world.store();
        dispatch(store, now, "people.create", json!({ "displayName": format!("Hour {hour}") })).expect("somebody");
        dispatch(store, now, "backups.keep", json!({})).expect("a backup");
        most = most.max(backups::at(&world.path, Now::system()).iter().map(|kept| kept.bytes).sum::<u64>());
    }
    let kept = backups::at(&world.path, Now::system());
    assert!(most < 36 * 1_048_576 / 4 + 1_048_576, "{most} bytes of backups on a disk of 36 MB");
    assert!(kept.len() >= 3, "{} backups", kept.len());
    assert_eq!(kept[0].at, now.0, "the newest is there");
    assert!(now.0 - kept.last().expect("a backup").at > 6 * 3_600_000, "and not only the newest");
    proved(
        "full disk, backups",
        format_args!("40 hours on a disk of 36 MB: {} backups, never more than {most} bytes", kept.len()),
    );
}
