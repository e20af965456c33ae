//! A process that is killed loses nothing it acknowledged, and leaves nothing half done (reliability R1).
use crate::model::{Model, compare, look};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

const KILLS: u64 = 100;
/// The longest a writer lives after it is ready.
const LONGEST: u64 = 60_000;

/// One file, written by process after process, each of them killed.
struct Trial {
    file: PathBuf,
    model: Model,
    chance: u64,
    acknowledged: u64,
    /// Kills that met a write on its way, and how many of those writes were there afterwards.
    on_the_way: u64,
    arrived: u64,
    _folder: tempfile::TempDir,
}

impl Trial {
    fn new(seed: u64) -> Trial {
        let folder = tempfile::tempdir().expect("a folder");
        Trial {
            file: folder.path().join("killed.hallway"),
            model: Model::default(),
            chance: seed,
            acknowledged: 0,
            on_the_way: 0,
            arrived: 0,
            _folder: folder,
        }
    }

    /// Lets a writer begin, kills it at a moment chance chooses, and compares the file with what it said.
    #[allow(clippy::disallowed_methods)] // The moment of the kill is what is tested: there is nothing to wait for.
    fn kill_one(&mut self, n: u64, acknowledge: &str) -> Result<(), String> {
        let mut writer = Command::new(env!("CARGO_BIN_EXE_hallway-writer"))
            .args([
                "--file",
                path(&self.file),
                "--name",
                &format!("r{n}"),
                "--seed",
                &(n + 1).to_string(),
                "--acknowledge",
                acknowledge,
            ])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the writer starts");
        let mut lines =
            BufReader::new(writer.stdout.take().expect("its words")).lines().map(|line| line.expect("a line"));
        assert_eq!(lines.next().as_deref(), Some("ready"));
        thread::sleep(Duration::from_micros(self.roll(LONGEST)));
        writer.kill().expect("SIGKILL");
        writer.wait().expect("it is gone");

        let mut begun: Option<Value> = None;
        for line in lines {
            match (line.strip_prefix("begin "), begun.take()) {
                // The last line may be cut short; a step that was not wholly said was not begun.
                (Some(step), _) => begun = serde_json::from_str(step).ok(),
                (None, Some(step)) if line == "done" => {
                    self.model.take(&step);
                    self.acknowledged += 1;
                }
                (None, _) => {}
            }
        }
        let found = look(&self.file)?;
        if let Some(step) = begun {
            // It was on its way: wholly there or not at all.
            self.on_the_way += 1;
            let mut with = self.model.clone();
            with.take(&step);
            if compare(&with.people(), &found).is_ok() {
                self.model = with;
                self.arrived += 1;
            }
        }
        compare(&self.model.people(), &found)
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn roll(&mut self, sides: u64) -> u64 {
        self.chance = self.chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.chance;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}

#[test]
fn a_hundred_killed_writers_lose_nothing_they_acknowledged() {
    let mut trial = Trial::new(20_260_521);
    for n in 0..KILLS {
        if let Err(lost) = trial.kill_one(n, "after") {
            panic!("kill {n}, after {} acknowledged writes: {lost}", trial.acknowledged);
        }
    }
    let Trial { acknowledged, on_the_way, arrived, .. } = trial;
    println!(
        "{KILLS} kills, {acknowledged} acknowledged writes, {on_the_way} met on their way, {arrived} of them there"
    );
    assert!(
        acknowledged > KILLS && on_the_way > KILLS / 2,
        "the kills came too early to prove anything: {acknowledged} writes, {on_the_way} on their way"
    );
}

/// The negative control: a writer that acknowledges before it writes must be caught by the same kills.
#[test]
fn a_writer_that_acknowledges_too_early_is_caught() {
    let mut trial = Trial::new(20_260_521);
    let caught = (0..20).find_map(|n| trial.kill_one(n, "early").err());
    assert!(caught.is_some_and(|lost| lost.contains("must be")), "twenty kills did not notice a writer that lies");
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path of text")
}
