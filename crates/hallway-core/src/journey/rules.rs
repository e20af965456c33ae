//! The rules by which people are placed: shown, changed after a look at what would move, and carried from file to file.
use super::{
    Rules, changes, config,
    engine::{self, Config, Preset, Stage},
    evidence, pins,
};
use crate::{
    error::{Error, Result, invalid},
    exports::{file_error, written_whole},
    id::Id,
    people,
    record::{AsJson, Check},
    rpc::Empty,
    store::{Access, Memory, Store, Tx},
    time::Now,
    workspace,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fs, io::Write};
use ts_rs::TS;

#[cfg(test)]
mod tests;

/// So many people are placed anew in one go, which others can write between: some milliseconds of work.
const AT_ONCE: u32 = 200;
/// Nobody reads more names.
const NAMED: usize = 200;
/// A set of rules is some ten thousand letters.
const LARGEST: u64 = 1 << 20;

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RulesInForce {
    pub version: u32,
    pub rules: Config,
    /// The keys of the kinds that ship; the others were added here.
    pub shipped: Vec<String>,
    /// `YYYY-MM-DD`: when stale stages are looked through next.
    pub next_review_on: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct RulesDraft {
    pub rules: Config,
}

/// What a change of the rules would do.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RulesPreview {
    /// How many people it would move.
    pub moved: u32,
    pub up: u32,
    /// Those it would move back: each waits for a word.
    pub to_review: u32,
    /// At most 200 of them: those to review first, then by name.
    pub people: Vec<RuleMove>,
}

#[derive(Debug, Serialize, TS)]
pub struct RuleMove {
    pub person: Id,
    pub name: String,
    pub organisation: Option<String>,
    pub from: Option<Stage>,
    pub to: Option<Stage>,
}

#[derive(Debug, Deserialize, TS)]
pub struct PresetOf {
    pub preset: Preset,
}

#[derive(Debug, Deserialize, TS)]
pub struct RulesFile {
    /// A grant of the host.
    pub file: String,
}

#[derive(Debug, Serialize, TS)]
pub struct RulesWritten {
    pub name: String,
}

pub fn rules(tx: &Tx, _: Empty) -> Result<RulesInForce> {
    let config = config(tx)?;
    told(tx, config.0, config.1.clone())
}

/// What these rules would move, of everybody, as of today. Nothing is written.
///
/// # Errors
/// `invalid` when nobody could be placed by them, in a sentence.
pub fn preview_rules(tx: &Tx, input: RulesDraft) -> Result<RulesPreview> {
    check(tx, &input.rules)?;
    let mut preview = RulesPreview { moved: 0, up: 0, to_review: 0, people: vec![] };
    if same_to_the_engine(&input.rules, &config(tx)?.1) {
        return Ok(preview);
    }
    let today = workspace::today(tx)?;
    for person in tx.column::<Id>("SELECT person FROM person_state ORDER BY sort_name, person", [])? {
        let pins: Vec<engine::Pin> =
            pins(tx, person)?.iter().map(super::StagePin::for_engine).collect::<Result<_>>()?;
        let to = engine::replay(&input.rules, &evidence(tx, &[person])?, &pins, today).stage;
        let from = changes::known(tx, person)?;
        if from == to {
            continue;
        }
        preview.moved += 1;
        if to > from {
            preview.up += 1
        } else {
            preview.to_review += 1
        }
        let (name, organisation) = tx
            .sql()
            .prepare_cached("SELECT name, organisation FROM person_state WHERE person = ?1")?
            .query_row([person], |r| Ok((r.get(0)?, r.get(1)?)))?;
        preview.people.push(RuleMove { person, name, organisation, from, to });
    }
    preview.people.sort_by_key(|moved| moved.to > moved.from);
    preview.people.truncate(NAMED);
    Ok(preview)
}

/// Puts rules in force. Whoever they move is moved once this is written, in the name of the same operation.
///
/// # Errors
/// As [`preview_rules`].
pub fn set_rules(tx: &mut Tx, input: RulesDraft) -> Result<RulesInForce> {
    check(tx, &input.rules)?;
    let before = config(tx)?;
    if before.1 == input.rules {
        return told(tx, before.0, input.rules);
    }
    // Nobody was ever placed by a version of this number, not even by one that was taken back.
    const NEWEST: &str = "SELECT max(v) FROM (SELECT max(version) AS v FROM journey_configs UNION ALL SELECT max(rules) FROM person_state)";
    let version = tx.scalar::<Option<u32>>(NEWEST, [])?.flatten().unwrap_or(0) + 1;
    let mut rules = Rules { id: Id([0; 16]), version, config: AsJson(input.rules.clone()) };
    rules.complete();
    tx.insert(&rules)?;
    told(tx, version, input.rules)
}

/// The rules that ship for a kind of work, with the kinds that were added here.
pub fn preset(tx: &Tx, input: PresetOf) -> Result<Config> {
    Ok(input.preset.over(&config(tx)?.1))
}

/// Reads rules from a file that somebody shared, to be looked at and saved. Kinds that are only here stay as they are.
///
/// # Errors
/// `invalid` with the line and column of what cannot be understood, or with what is wrong with the rules.
pub fn read_rules(tx: &Tx, input: RulesFile) -> Result<Config> {
    let path = tx.store().granted(&input.file, Access::Read)?;
    let failed = |source| Error::File { context: format!("{} could not be read", path.display()), source };
    if fs::metadata(&path).map_err(failed)?.len() > LARGEST {
        return invalid("file", "This file is too large for a set of rules. Choose another one.");
    }
    let Ok(text) = String::from_utf8(fs::read(&path).map_err(failed)?) else {
        return invalid("file", "This file is no text, so it holds no rules. Choose another one.");
    };
    let mut rules: Config = toml::from_str(text.trim_start_matches('\u{feff}')).or_else(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = &text[..text.floor_char_boundary(at)];
        let (line, column) =
            (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1);
        invalid("file", format!("Line {line}, column {column}: {}. Nothing was changed.", error.message()))
    })?;
    let here = config(tx)?;
    rules.kinds.extend(here.1.kinds.iter().filter(|kind| rules.kind(&kind.key).is_none()).cloned().collect::<Vec<_>>());
    check(tx, &rules)?;
    Ok(rules)
}

/// Writes the rules in force into a file that a team can share.
pub fn write_rules(tx: &Tx, input: RulesFile) -> Result<RulesWritten> {
    let path = tx.store().granted(&input.file, Access::Write)?;
    let text = as_text(&config(tx)?.1)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    written_whole(&path, |file| file.write_all(text.as_bytes()).map_err(|source| file_error(&path, source)))?;
    Ok(RulesWritten { name })
}

fn as_text(rules: &Config) -> Result<String> {
    let text = toml::to_string_pretty(rules).map_err(|error| Error::Invalid {
        field: "rules".into(),
        message: format!("The rules cannot be written: {error}"),
    })?;
    Ok(format!("# The rules of a journey in Hallway: Settings, Journey reads them into another file.\n\n{text}"))
}

fn told(tx: &Tx, version: u32, rules: Config) -> Result<RulesInForce> {
    Ok(RulesInForce {
        version,
        shipped: engine::shipped_kinds().map(str::to_owned).collect(),
        next_review_on: rules.review.next_after(workspace::today(tx)?).to_string(),
        rules,
    })
}

/// Whether people can be placed by these rules, and nothing that was logged loses its kind.
fn check(tx: &Tx, rules: &Config) -> Result<()> {
    let faults = rules.faults();
    if !faults.is_empty() {
        return invalid("rules", faults.join(" "));
    }
    for kind in &config(tx)?.1.kinds {
        match rules.kind(&kind.key) {
            None => return invalid("rules", format!("“{}” can be switched off, but not taken out.", kind.label)),
            Some(same) if same.direction != kind.direction => {
                return invalid("rules", format!("“{}” cannot become something else. Add a new kind.", kind.label));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Names, and which day stale stages are looked through, move nobody.
fn same_to_the_engine(one: &Config, other: &Config) -> bool {
    let bare = |rules: &Config| Config { names: other.names.clone(), review: other.review, ..rules.clone() };
    bare(one) == bare(other)
}

/// Places everybody anew who was placed by other rules than those in force, a few at a time.
pub(crate) fn catch_up(store: &Store, now: Now) -> Result<BTreeSet<&'static str>> {
    let mut changed = BTreeSet::new();
    while store.read(now, |tx| Ok(!behind(tx, 1)?.is_empty()))? {
        match store.write("journey.replay", Memory::Recorded, now, place_some) {
            Ok(done) => changed.extend(done.changed),
            // The rules are in force, and what was asked is done: nobody must be told that it was refused, or do it twice.
            // Whoever is left is placed when the file is opened next, or within the hour.
            Err(error) if ["busy", "disk_full"].contains(&error.code()) => break,
            Err(error) => return Err(error),
        }
    }
    Ok(changed)
}

fn place_some(tx: &mut Tx) -> Result<()> {
    let people = behind(tx, AT_ONCE)?;
    let made_by = tx.scalar::<i64>(
        "SELECT o.id FROM journey_configs c JOIN operations o ON o.id = c.created_op WHERE c.version = ?1 AND o.undoable = 1",
        [config(tx)?.0],
    )?;
    if let Some(operation) = made_by {
        tx.goes_on_with(Some(operation));
    }
    for person in people {
        tx.concern(person);
    }
    people::state::refresh_concerned(tx)?;
    Ok(())
}

/// Some of those who were placed by other rules than those in force, and do not wait for something else.
fn behind(tx: &Tx, most: u32) -> Result<Vec<Id>> {
    const BEHIND: &str = "SELECT person FROM person_state WHERE (rules > 0 AND rules < ?1) OR rules > ?1 LIMIT ?2";
    tx.column(BEHIND, (config(tx)?.0, most))
}
