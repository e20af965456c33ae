//! What can be typed after `hallway-cli`, and how it is explained.
mod coming;
mod conversations;
mod keeping;
mod leaving;
mod people;
mod trust;

use clap::{Parser, Subcommand};
pub use coming::*;
pub use conversations::*;
use hallway_core::Now;
pub use keeping::*;
pub use leaving::*;
pub use people::*;
use std::path::PathBuf;
pub use trust::*;

/// The people you meet, what was said, and where each of them stands, from a terminal.
#[derive(Debug, Parser)]
#[command(name = "hallway-cli", version, max_term_width = 100)]
pub struct Arguments {
    /// The file to work on [default: HALLWAY_FILE, else hallway/main.hallway in your data folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Answer with the values of the wire, for programs
    #[arg(long, global = true)]
    pub json: bool,
    /// The instant that counts as now, for trying things out on another day
    #[arg(long, global = true, hide = true, value_name = "RFC3339", value_parser = instant)]
    pub now: Option<Now>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Bring people in from files, or everything from a JSON file; every row is accounted for
    Import(Import),
    /// List people
    List(List),
    /// List what a filter can ask for, with examples: for `list --where`
    Fields,
    /// Say which lists there are, and how many people are on each
    Lists,
    /// Find people by any part of their text, and what was written down by its words
    Search(Search),
    /// Show everything about somebody
    Show(Show),
    /// Say everything that is held about somebody, for them to read; as JSON with --write
    Subject(Subject),
    /// Never write to these addresses again, whoever has them; or take in what came back from a newsletter
    Suppress(Suppress),
    /// Erase somebody for good, from the file and its backups, after a look at what will be gone
    Erase(Erase),
    /// List what was erased: when, how much, and what stays by decision
    Receipts,
    /// List whom nothing happened with for so many months
    Retention(Retention),
    /// Add somebody
    Add(Add),
    /// Write down a conversation in one line: `capture "priya nair @acme /4 retry docs unclear !mon send the guide"`
    Capture(Capture),
    /// Write down what happened with somebody
    Log(Log),
    /// List what can be logged
    Kinds,
    /// Say what the day asks for: what you promised, who waits, who moved
    Today(TodayOf),
    /// Settle something of the day, by its number there or by words of it
    Done(Done),
    /// Put something off until another day
    Snooze(Snooze),
    /// List what is open, add to it, or write it as a calendar
    Followups(FollowUps),
    /// Say where somebody stands, and why
    Stage(StageOf),
    /// Take back the newest change, whether it was made here or in the window; or any other one by its number
    Undo(UndoOf),
    /// Bring back what was taken back last
    Redo,
    /// List what was done, newest first, each with the number by which `undo --operation` takes it back
    History(Recent),
    /// List people who may be one, with the reasons, the surest first
    Doubles(Doubles),
    /// Make people one; nothing is lost, and they can be separated again
    Merge(Merge),
    /// Take a row out of whom it was merged into
    Separate(Separate),
    /// Remember that people who look like one are not
    NotTheSame(NotTheSame),
    /// Say by which rules people are placed, or put others in force after a look at whom they would move
    Rules(Rules),
    /// Write the people that match as a CSV file, or everything as a JSON file; with --template, whoever may be written to,
    /// for the program that writes to them
    Export(Export),
    /// Check that the file is sound
    Doctor,
    /// Make a backup now, or list those there are
    Backup(Backup),
    /// Put a backup in the place of the file; without a name it says what there is
    Restore(Restore),
    /// Make a new file with invented people, for trying things at size
    Demo(Demo),
}

fn instant(text: &str) -> Result<Now, String> {
    match chrono::DateTime::parse_from_rfc3339(text) {
        Ok(at) => Ok(Now(at.timestamp_millis())),
        Err(_) => Err("write it like 2026-05-21T12:00:00Z".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }
}
