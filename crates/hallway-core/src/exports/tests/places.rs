//! The place a file is meant for, and what lies beside it.
use super::{asked, known, signed_up, written};
use crate::{exports::write::MEANWHILE, exports::written_whole, testing::Desk};
use serde_json::json;
use std::{fs, io::Write};

fn desk() -> Desk {
    let desk = Desk::new();
    signed_up(&desk, "Ada Byron", "ada@example.org");
    desk
}

/// What a process that was killed left where it wrote is gone with the next file that is written there.
#[test]
fn what_an_export_that_was_killed_left_is_cleared_away_by_the_next() {
    let desk = desk();
    let stale = desk.path(".may.csv.77.hallway-unfinished");
    fs::write(&stale, "Ada Byron,ada@example.org").unwrap();
    let theirs = desk.path(".notes.unfinished");
    fs::write(&theirs, "not ours").unwrap();
    written(&desk, "csv", json!({}));
    assert!(!stale.exists() && theirs.exists());
}

#[test]
fn what_had_gone_aside_for_a_file_that_never_came_goes_back() {
    let desk = desk();
    fs::write(desk.path(".may.csv.0.hallway-unfinished.earlier"), "What stood there").unwrap();
    fs::write(desk.path(".june.csv.0.hallway-unfinished.earlier"), "What stood there").unwrap();
    fs::write(desk.path("june.csv"), "What came").unwrap();
    written(&desk, "csv", json!({}));
    assert_eq!(fs::read_to_string(desk.path("may.csv")).unwrap(), "What stood there");
    assert_eq!(fs::read_to_string(desk.path("june.csv")).unwrap(), "What came");
    let beside = fs::read_dir(desk.path(".")).unwrap().flatten();
    assert!(!beside.into_iter().any(|file| file.file_name().to_string_lossy().contains("unfinished")));
}

#[test]
fn a_file_that_waits_for_its_line_is_not_cleared_away_by_another() {
    let desk = desk();
    let other = desk.path("other.csv");
    MEANWHILE.with(|next| {
        *next.borrow_mut() = Some(Box::new(move || {
            let done = written_whole(&other, |file| {
                file.write_all(b"another").unwrap();
                Ok(())
            });
            done.expect("another file");
        }));
    });
    assert!(written(&desk, "csv", json!({})).contains("ada@example.org"));
    assert_eq!(fs::read_to_string(desk.path("other.csv")).unwrap(), "another");
}

#[test]
fn a_folder_is_no_place_for_a_file_and_stays() {
    let desk = desk();
    known(&desk, "Bo", "bo@example.org");
    fs::create_dir(desk.path("out")).unwrap();
    fs::write(desk.path("out/precious"), "precious").unwrap();
    let failure = desk.refused("exports.write", asked(&desk, "out", "csv"));
    assert!(failure.message.contains("it is a folder"), "{}", failure.message);
    assert!(desk.path("out/precious").exists());
    assert_eq!(desk.call("exports.made", json!({})), json!([]));
}
