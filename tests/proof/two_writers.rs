//! Two processes write to one file at once: nothing is lost, and nobody is told to wait (reliability R8).
use crate::look::look;
use acts::{
    Model, compare,
    prove::{proved, times},
};
use std::process::{Child, Command, Stdio};

/// Of each of the two, in the test run and at length.
const WRITES: (u32, u32) = (200, 5_000);

#[test]
fn two_processes_write_at_once_and_lose_nothing() {
    let writes = times(WRITES.0, WRITES.1) as usize;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("shared.hallway");
    // Undo would take back what the other one did last: that is right, and not what is counted here.
    let writer = |name: &str, seed: &str| -> Child {
        Command::new(env!("CARGO_BIN_EXE_hallway-writer"))
            .args([
                "--file",
                file.to_str().expect("a path of text"),
                "--name",
                name,
                "--seed",
                seed,
                "--writes",
                &writes.to_string(),
                "--acts",
                "add,log,edit,tag",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a writer starts")
    };
    // The file is made first; two that make it at once are a test of their own.
    drop(hallway_core::open(&file, hallway_core::Now::system(), 1, "UTC").expect("a file"));
    let writers = [writer("left", "5"), writer("right", "6")];

    let mut model = Model::default();
    for writer in writers {
        let said = writer.wait_with_output().expect("it ends");
        assert_eq!(String::from_utf8_lossy(&said.stderr), "");
        assert!(said.status.success());
        let words = String::from_utf8(said.stdout).expect("text");
        let begun: Vec<&str> = words.lines().filter_map(|line| line.strip_prefix("begin ")).collect();
        assert_eq!((begun.len(), words.lines().filter(|line| line.starts_with("done ")).count()), (writes, writes));
        begun
            .iter()
            .for_each(|step| model.take(&serde_json::from_str(step).expect("a step"), &serde_json::Value::Null));
    }
    let found = look(&file).expect("a sound file");
    if let Err(lost) = compare(&model.people(), &found) {
        panic!("{lost}");
    }
    proved(
        "two writers",
        format_args!("{} writes by two processes at once, nobody told to wait, nothing lost", 2 * writes),
    );
}

#[test]
fn two_processes_that_make_the_file_at_once_make_one() {
    for round in 0..10 {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("new.hallway");
        let writers = ["left", "right"].map(|name| {
            Command::new(env!("CARGO_BIN_EXE_hallway-writer"))
                .args([
                    "--file",
                    file.to_str().expect("a path of text"),
                    "--name",
                    name,
                    "--seed",
                    "5",
                    "--writes",
                    "1",
                    "--acts",
                    "add",
                ])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("a writer starts")
        });
        let mut written = 0;
        for writer in writers {
            let said = writer.wait_with_output().expect("it ends");
            // One of them may find the other at work and say so; what it may not do is break the file.
            let words = String::from_utf8_lossy(&said.stderr).into_owned();
            assert!(said.status.success() || words.contains("Busy"), "round {round}: {words}");
            written += usize::from(said.status.success());
        }
        assert!(written >= 1, "round {round}: both gave up");
        assert_eq!(look(&file).expect("a sound file").len(), written, "round {round}");
    }
}
