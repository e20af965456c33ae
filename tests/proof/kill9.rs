//! A process that is killed loses nothing it acknowledged, and leaves nothing half done (reliability R1).
use crate::{
    look::{line, look, look_at_backups, look_for_erased, look_on, scratch},
    old_files,
};
use acts::{
    Model, People, compare,
    prove::{Chance, proved, times},
};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Lines},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// What is killed: the acts a writer mixes, how often in the test run and in `make prove`, and how long it lives at
/// most after it is ready, in microseconds.
const KINDS: &[(&str, &str, u32, u32, u64)] = &[
    (
        "edits",
        "add,add,log,log,log,edit,edit,tag,address,no_address,promise,promise,keep,trash,undo,redo",
        35,
        400,
        60_000,
    ),
    ("capturing", "add,capture,capture,type,type,type,type,undo,redo", 10, 100, 60_000),
    ("merge", "add,add,log,tag,address,promise,edit,merge,merge,undo,redo", 10, 100, 60_000),
    ("lists and views", "add,tag,list,list,put_on,take_off,live,view,reword,merge,trash,undo,redo", 10, 100, 60_000),
    ("import", "import,import,import,undo,redo,edit", 10, 150, 120_000),
    ("everything", "everything,everything,undo,redo,edit", 10, 150, 150_000),
    ("backup", "add,edit,backup", 10, 100, 60_000),
    ("restore", "add,edit,backup,restore,undo", 10, 100, 150_000),
    (
        "erase",
        "add,add,log,edit,tag,address,list,live,promise,merge,backup,erase,erase,erase,undo,redo,restore",
        10,
        100,
        250_000,
    ),
    ("closing and opening", "add,log,reopen", 5, 50, 60_000),
];
/// Files as an older Hallway left them, killed while they are brought up to date.
const MIGRATIONS: (u32, u32) = (20, 200);
/// A file is written by this many killed writers before another one is begun, so that looking at it stays quick.
const KILLS_PER_FILE: u32 = 25;

/// One file, written by process after process, each of them killed.
struct Trial {
    file: PathBuf,
    model: Model,
    chance: Chance,
    acknowledged: u64,
    /// Kills that met a write on its way, and how many of those writes were there afterwards.
    on_the_way: u64,
    arrived: u64,
    _folder: tempfile::TempDir,
}

impl Trial {
    fn new(seed: u64) -> Trial {
        let folder = scratch();
        Trial {
            file: folder.path().join("killed.hallway"),
            model: Model::default(),
            chance: Chance(seed),
            acknowledged: 0,
            on_the_way: 0,
            arrived: 0,
            _folder: folder,
        }
    }

    /// Lets a writer begin, kills it at a moment chance chooses, and compares the file with what it said.
    fn kill_one(&mut self, n: u32, acts: &str, longest: u64, acknowledge: &str) -> Result<(), String> {
        let (mut writer, mut lines) = begin(&self.file, n, acts, acknowledge);
        assert_eq!(lines.next().expect("a word").expect("a line"), "ready");
        kill(&mut writer, self.chance.roll(longest));

        let mut begun: Option<Value> = None;
        for line in lines {
            let line = line.expect("a line");
            match (line.strip_prefix("begin "), begun.take()) {
                // The last line may be cut short; a step that was not wholly said was not begun.
                (Some(step), _) => begun = serde_json::from_str(step).ok(),
                (None, Some(step)) => match line.strip_prefix("done ").map(serde_json::from_str) {
                    Some(Ok(answer)) => {
                        self.model.take(&step, &answer);
                        self.acknowledged += 1;
                    }
                    _ => begun = Some(step),
                },
                (None, None) => {}
            }
        }
        let go_on = self.chance.roll(2) == 0;
        let found = look_on(&self.file, go_on)?;
        let typed = line(&self.file)?;
        let coming = begun.as_ref().map(|step| {
            let mut with = self.model.clone();
            with.take(step, &Value::Null);
            with.line
        });
        if typed != self.model.line && Some(&typed) != coming.as_ref() {
            return Err(format!("the line that was typed: must be {:?}, is {typed:?}", self.model.line));
        }
        self.model.line = typed;
        if let Some(step) = begun {
            // It was on its way: wholly there or not at all.
            self.on_the_way += 1;
            let mut with = self.model.clone();
            with.take(&step, &Value::Null);
            if compare(&self.model.people(), &found).is_err() && compare(&with.people(), &found).is_ok() {
                self.model = with;
                self.arrived += 1;
            }
        }
        compare(&self.model.people(), &found)?;
        look_for_erased(&self.file, &self.model)?;
        look_at_backups(&self.file, &self.model)
    }
}

fn begin(file: &Path, n: u32, acts: &str, acknowledge: &str) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut writer = Command::new(env!("CARGO_BIN_EXE_hallway-writer"))
        .args(["--file", file.to_str().expect("a path of text"), "--name", &format!("r{n}")])
        .args(["--seed", &(n + 1).to_string(), "--acts", acts, "--acknowledge", acknowledge])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the writer starts");
    let lines = BufReader::new(writer.stdout.take().expect("its words")).lines();
    (writer, lines)
}

#[allow(clippy::disallowed_methods)] // The moment of the kill is what is tested: there is nothing to wait for.
fn kill(writer: &mut Child, after: u64) {
    thread::sleep(Duration::from_micros(after));
    writer.kill().expect("SIGKILL");
    writer.wait().expect("it is gone");
}

#[test]
fn killed_writers_lose_nothing_they_acknowledged() {
    for (seed, (what, acts, short, long, longest)) in KINDS.iter().enumerate() {
        let kills = times(*short, *long);
        let (mut acknowledged, mut on_the_way, mut arrived) = (0, 0, 0);
        for first in (0..kills).step_by(KILLS_PER_FILE as usize) {
            let mut trial = Trial::new(20_260_521 + seed as u64 * 1_000 + u64::from(first));
            for n in first..kills.min(first + KILLS_PER_FILE) {
                if let Err(lost) = trial.kill_one(n, acts, *longest, "after") {
                    panic!("{what}, kill {n}, after {} acknowledged writes: {lost}", trial.acknowledged);
                }
            }
            acknowledged += trial.acknowledged;
            on_the_way += trial.on_the_way;
            arrived += trial.arrived;
        }
        proved(
            &format!("kill -9, {what}"),
            format_args!(
                "{kills} kills, {acknowledged} acknowledged writes, 0 lost; {on_the_way} met on their way, {arrived} of them there"
            ),
        );
        assert!(
            acknowledged > u64::from(kills) / 4 && on_the_way > u64::from(kills) / 2,
            "{what}: the kills came too early to prove anything: {acknowledged} writes, {on_the_way} on their way"
        );
    }
}

/// A file of every format that people may have, killed while it is brought up to date: everything is in it afterwards.
#[test]
fn a_migration_that_is_killed_loses_nothing_and_is_done_again() {
    let mut chance = Chance(20_260_522);
    let (mut killed, mut met) = (0, 0);
    for old in old_files::all() {
        // However many formats there are, each is killed often enough to be met in the middle.
        let kills = (times(MIGRATIONS.0, MIGRATIONS.1) / old_files::all().len() as u32).max(2);
        let whole: People = old.people();
        let began = Instant::now();
        let folder = scratch();
        let (mut writer, mut lines) = begin(&old.copy_to(folder.path()), 0, "reopen", "after");
        lines.next();
        let takes = began.elapsed().as_micros() as u64;
        kill(&mut writer, 0);

        let mut in_the_middle = 0;
        for n in 0..kills {
            let folder = scratch();
            let file = old.copy_to(folder.path());
            let (mut writer, mut lines) = begin(&file, n, "reopen", "after");
            kill(&mut writer, chance.roll(takes * 9 / 10));
            in_the_middle += u32::from(lines.next().is_none());
            let lost = look(&file).and_then(|found| compare(&whole, &found));
            let lost = lost.and_then(|()| look_at_backups(&file, &Model::default()));
            assert_eq!(lost, Ok(()), "format {}, kill {n}", old.format);
        }
        proved(
            &format!("kill -9, migration from format {}", old.format),
            format_args!(
                "{kills} kills, {in_the_middle} of them before it was open, {} people there each time",
                whole.len()
            ),
        );
        (killed, met) = (killed + kills, met + in_the_middle);
    }
    // How long a start takes is measured once for each format, and one that is slow by chance is met less often.
    assert!(met > killed / 3, "the kills came too late: {met} of {killed}");
}

/// The negative control: a writer that acknowledges before it writes must be caught by the same kills.
#[test]
fn a_writer_that_acknowledges_too_early_is_caught() {
    let mut trial = Trial::new(20_260_521);
    let caught = (0..20).find_map(|n| trial.kill_one(n, KINDS[0].1, KINDS[0].4, "early").err());
    assert!(caught.is_some_and(|lost| lost.contains("must be")), "twenty kills did not notice a writer that lies");
}
