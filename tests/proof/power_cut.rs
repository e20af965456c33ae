//! A power cut takes nothing that was acknowledged, and leaves nothing corrupt (reliability R2). What a real writer did
//! to its disk is recorded; then the power is cut at moments chance chooses, in every way a disk may lose what it was
//! not told to keep, and the file is opened as a person would the next morning.
use crate::{
    look::{look, look_at_backups, scratch},
    old_files,
    recorded::{CUTS, Cut, Disk, Done, record},
};
use acts::{
    Model, People, compare,
    prove::{Chance, proved, times},
};
use serde_json::Value;
use std::{path::Path, process::Command};

struct Scenario {
    what: &'static str,
    acts: &'static str,
    writes: u32,
    /// What is done beforehand, and safe.
    before: &'static str,
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        what: "a new file and edits",
        acts: "add,log,log,edit,tag,address,no_address,trash,undo,redo",
        writes: 60,
        before: "",
    },
    Scenario { what: "capturing", acts: "add,capture,type,capture,undo", writes: 30, before: "add,add" },
    Scenario { what: "merge", acts: "add,log,edit,merge,merge,undo", writes: 40, before: "add" },
    Scenario {
        what: "lists and views",
        acts: "list,put_on,take_off,live,view,reword,undo,redo",
        writes: 30,
        before: "add,add,tag",
    },
    Scenario { what: "import", acts: "import,import,edit,undo", writes: 8, before: "add,log" },
    Scenario { what: "everything", acts: "everything,everything,edit,undo", writes: 8, before: "add,log" },
    // The log is written into the file every thousand pages, and when the last one leaves.
    Scenario { what: "the log written into the file", acts: "import,import,log,reopen", writes: 24, before: "" },
    Scenario { what: "backup", acts: "add,edit,backup", writes: 12, before: "add,log,edit" },
    Scenario { what: "erase", acts: "add,log,erase,edit,erase,undo", writes: 16, before: "add,log,edit,backup" },
    Scenario { what: "restore", acts: "add,edit,backup,restore", writes: 16, before: "add,log,edit" },
];

/// Of each scenario, and of each old format.
const STATES: (u32, u32) = (40, 2_000);

/// A writer's whole life on a disk that remembers what it was told.
struct Life {
    file: &'static str,
    start: Disk,
    done: Vec<Done>,
    /// What was there before it began.
    before: Before,
}

enum Before {
    Written(Model),
    Old(People),
}

impl Life {
    fn of(scenario: &Scenario, synchronous: Option<&str>) -> Life {
        let folder = scratch();
        let file = folder.path().join("cut.hallway");
        let mut model = Model::default();
        if !scenario.before.is_empty() {
            let said = writer(&file, "before", 12, scenario.before).output().expect("a writer");
            assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
            heard(&String::from_utf8_lossy(&said.stdout)).0.iter().for_each(|(step, answer)| model.take(step, answer));
        }
        let start = Disk::of(folder.path());
        let mut program = writer(&file, "now", scenario.writes, scenario.acts);
        if let Some(synchronous) = synchronous {
            program.args(["--synchronous", synchronous]);
        }
        let done = record(&mut program, folder.path());
        Life { file: "cut.hallway", start, done, before: Before::Written(model) }
    }

    fn of_old(old: &old_files::OldFile) -> Life {
        let folder = scratch();
        let file = old.copy_to(folder.path());
        let start = Disk::of(folder.path());
        let done = record(&mut writer(&file, "now", 1, "reopen"), folder.path());
        Life { file: "old.hallway", start, done, before: Before::Old(old.people()) }
    }

    /// Cuts the power `states` times and returns what was lost or corrupt, with how it came about.
    fn cut(&self, states: u32, seed: u64, heeds_folders: bool) -> Vec<String> {
        let mut chance = Chance(seed);
        // Moments at which something could be lost, each of them several times if need be.
        let mut disk = self.start.clone();
        disk.heeds_folders = heeds_folders;
        let moments: Vec<usize> = (0..self.done.len())
            .filter(|n| {
                disk.take(&self.done[*n]);
                disk.waits()
            })
            .collect();
        let mut chosen: Vec<(usize, Cut)> = (0..states)
            .map(|n| (moments[chance.roll(moments.len() as u64) as usize], CUTS[n as usize % CUTS.len()]))
            .collect();
        chosen.sort_by_key(|(moment, _)| *moment);

        let mut disk = self.start.clone();
        disk.heeds_folders = heeds_folders;
        let (mut at, mut said, mut lost) = (0, String::new(), Vec::new());
        for (moment, how) in chosen {
            while at <= moment {
                disk.take(&self.done[at]);
                if let Done::Say { text } = &self.done[at] {
                    said += text;
                }
                at += 1;
            }
            let morning = scratch();
            disk.cut_power(how, &mut chance, morning.path());
            if let Err(what) = self.is_whole(&morning.path().join(self.file), &said) {
                lost.push(format!(
                    "{how:?} after {moment} of {} ({:?}): {what}",
                    self.done.len(),
                    self.done[moment].short()
                ));
            }
        }
        lost
    }

    fn is_whole(&self, file: &Path, said: &str) -> Result<(), String> {
        match &self.before {
            Before::Old(people) => {
                compare(people, &look(file)?)?;
                look_at_backups(file, &Model::default())
            }
            Before::Written(before) => {
                let (taken, begun) = heard(said);
                let mut model = before.clone();
                taken.iter().for_each(|(step, answer)| model.take(step, answer));
                let found = look(file)?;
                if let Some(step) = begun {
                    let mut with = model.clone();
                    with.take(&step, &Value::Null);
                    if compare(&with.people(), &found).is_ok() {
                        return look_at_backups(file, &with);
                    }
                }
                compare(&model.people(), &found)?;
                look_at_backups(file, &model)
            }
        }
    }
}

impl Done {
    /// Without the bytes.
    fn short(&self) -> String {
        match self {
            Done::Write { fd, at, bytes } => format!("write of {} bytes at {at} to {fd}", bytes.len()),
            other => format!("{other:?}"),
        }
    }
}

fn writer(file: &Path, name: &str, writes: u32, acts: &str) -> Command {
    let mut writer = Command::new(env!("CARGO_BIN_EXE_hallway-writer"));
    writer.args(["--file", file.to_str().expect("a path of text"), "--name", name]).args([
        "--seed",
        "11",
        "--acts",
        acts,
        "--writes",
        &writes.to_string(),
    ]);
    writer
}

/// The steps that were acknowledged, with what was answered, and the one that was begun.
fn heard(said: &str) -> (Vec<(Value, Value)>, Option<Value>) {
    let (mut taken, mut begun) = (Vec::new(), None);
    for line in said.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
        match (line.strip_prefix("begin "), line.strip_prefix("done ")) {
            (Some(step), _) => begun = serde_json::from_str(step).ok(),
            (_, Some(answer)) => {
                taken.extend(begun.take().map(|step| (step, serde_json::from_str(answer).expect("an answer"))));
            }
            _ => {}
        }
    }
    (taken, begun)
}

/// Cuts the power of each life, and says how each went; nothing may have been lost in any.
fn none_lost(lives: impl Iterator<Item = (String, Life, u64, u32)>) {
    let mut lost = Vec::new();
    let mut counted = 0;
    for (what, life, seed, states) in lives {
        let found = life.cut(states, seed, true);
        counted += states;
        proved(
            &format!("power cut, {what}"),
            format_args!("{states} states of {} steps, {} lost or corrupt", life.done.len(), found.len()),
        );
        lost.extend(found.into_iter().map(|found| format!("{what}: {found}")));
    }
    assert!(lost.is_empty(), "{} of {counted} states: {:#?}", lost.len(), &lost[..lost.len().min(12)]);
}

#[test]
fn a_power_cut_takes_nothing_that_was_acknowledged() {
    none_lost(SCENARIOS.iter().enumerate().map(|(seed, scenario)| {
        (scenario.what.to_owned(), Life::of(scenario, None), seed as u64, times(STATES.0, STATES.1))
    }));
}

#[test]
fn a_power_cut_in_a_migration_takes_nothing() {
    // There is one format more with each change of the file's shape: they share what a few scenarios have.
    let formats = old_files::all();
    let share = (times(STATES.0, STATES.1) * 3 / formats.len() as u32).max(4);
    none_lost(
        formats.iter().map(|old| (format!("migration from format {}", old.format), Life::of_old(old), 40, share)),
    );
}

/// The negative controls: a writer that does not wait for the disk, and a disk that does not heed that a folder was
/// synced, must be caught by the same cuts.
#[test]
fn a_writer_that_does_not_wait_for_the_disk_is_caught() {
    for synchronous in ["NORMAL", "OFF"] {
        let lost = Life::of(&SCENARIOS[0], Some(synchronous)).cut(40, 5, true);
        proved(&format!("power cut, caught: synchronous={synchronous}"), format_args!("{} of 40 states", lost.len()));
        assert!(
            lost.iter().any(|lost| lost.contains("must be")),
            "forty cuts did not notice synchronous={synchronous}"
        );
    }
    let restoring = SCENARIOS.iter().find(|scenario| scenario.what == "restore").expect("a scenario");
    let lost = Life::of(restoring, None).cut(40, 5, false);
    proved("power cut, caught: folders that are not synced", format_args!("{} of 40 states", lost.len()));
    assert!(!lost.is_empty(), "forty cuts did not notice that no name was on the disk");
}
