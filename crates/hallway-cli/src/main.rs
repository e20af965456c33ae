//! Hallway in a terminal: the same file and the same commands as the window, whether the window is open or not.
//!
//! No rule and no SQL lives here: every command goes through `hallway_core::dispatch`, and what is left is words.
mod arguments;
mod backups;
mod capture;
mod days;
mod demo;
mod desk;
mod doctor;
mod doubles;
mod erase;
mod explanation;
mod exports;
mod followups;
mod history;
mod imports;
mod journey;
mod lists;
mod people;
mod person;
mod rules;
mod search;
mod subject;
mod suppress;
mod table;
mod touchpoints;
mod whom;

use arguments::{Arguments, Command};
use clap::Parser;
use desk::{Answer, Desk};
use hallway_core::{Failure, error::in_words};
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// 0 when it was done, 1 when it was refused or something is wrong; clap itself answers 2 to a line it cannot read.
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let as_json = arguments.json;
    let file = arguments.file.clone();
    // A damaged page may be met only by what is asked of the file: the way back is named then, too.
    let answer = answer(arguments).map_err(|failure| match desk::place(file.as_deref()) {
        Ok(path) => desk::with_a_way_back(&path, failure),
        Err(_) => failure,
    });
    let (text, sound) = match answer {
        Ok(answer) if as_json => (answer.value.to_string(), answer.sound),
        Ok(answer) => (answer.words, answer.sound),
        Err(failure) => {
            let said = if as_json { serde_json::json!(failure).to_string() } else { shown(&failure.message) };
            eprintln!("{said}");
            return ExitCode::FAILURE;
        }
    };
    match say(&if as_json { text } else { shown(&text) }) {
        Ok(()) if sound => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("The answer could not be written: {}", in_words(&error));
            ExitCode::FAILURE
        }
    }
}

fn answer(arguments: Arguments) -> Result<Answer, Failure> {
    let desk = |making| Desk::open(arguments.file.as_deref(), making, arguments.now);
    // Only a command that puts somebody in makes a file where there is none: a mistyped name must not become one.
    let opened = || desk(false);
    let reading = || Desk::reading(arguments.file.as_deref(), arguments.now);
    match arguments.command {
        Command::Import(import) => {
            imports::readable(&import)?;
            imports::import(&desk(!import.dry_run && !import.files.is_empty())?, &import)
        }
        Command::List(list) => people::list(&reading()?, list),
        Command::Lists => lists::lists(&reading()?),
        Command::Fields => people::fields(&reading()?),
        Command::Search(search) => search::search(&reading()?, search),
        Command::Show(show) => person::show(&reading()?, show),
        Command::Subject(asked) => subject::subject(&reading()?, &asked),
        Command::Suppress(said) => suppress::suppress(&opened()?, &said),
        Command::Erase(asked) => erase::erase(&opened()?, &asked),
        Command::Receipts => erase::receipts(&reading()?),
        Command::Retention(asked) if asked.erase_due => erase::due(&opened()?, &asked),
        Command::Retention(asked) => erase::retention(&reading()?, &asked),
        Command::Add(add) => people::add(&desk(true)?, add),
        Command::Capture(line) => capture::capture(&desk(!line.dry_run)?, &line),
        Command::Log(log) => touchpoints::log(&opened()?, log),
        Command::Kinds => touchpoints::kinds(&reading()?),
        Command::Today(asked) => followups::today(&reading()?, &asked),
        Command::Done(said) => followups::done(&opened()?, &said),
        Command::Snooze(said) => followups::snooze(&opened()?, &said),
        Command::Followups(asked) if asked.command.is_none() => followups::followups(&reading()?, &asked),
        Command::Followups(asked) => followups::followups(&opened()?, &asked),
        Command::Stage(stage) => journey::stage(&reading()?, stage),
        Command::Undo(undo) => history::undo(&opened()?, &undo),
        Command::Redo => history::redo(&opened()?),
        Command::History(recent) => history::recent(&reading()?, &recent),
        Command::Rules(rules) if !rules.yes => rules::rules(&reading()?, &rules),
        Command::Rules(rules) => rules::rules(&opened()?, &rules),
        Command::Export(export) => exports::export(&reading()?, export),
        Command::Backup(backup) if backup.list => backups::backup(&reading()?, &backup),
        Command::Backup(backup) => backups::backup(&opened()?, &backup),
        Command::Restore(restore) => backups::restore(arguments.file.as_deref(), arguments.now, &restore),
        Command::Doubles(found) => doubles::list(&reading()?, &found),
        Command::Merge(merge) => doubles::merge(&opened()?, &merge),
        Command::Separate(separate) => doubles::separate(&opened()?, &separate),
        Command::NotTheSame(said) => doubles::not_the_same(&opened()?, &said),
        Command::Doctor => match reading().and_then(|desk| doctor::check(&desk)) {
            Err(failure) if failure.code == "damaged" => {
                Ok(doctor::unreadable(&desk::place(arguments.file.as_deref())?, &failure))
            }
            answer => answer,
        },
        Command::Demo(demo) => demo::fill(arguments.file.as_deref(), arguments.now, demo),
    }
}

/// Notes and imported names may hold anything; a terminal must not take it for an instruction.
fn shown(text: &str) -> String {
    let mut letters = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        // A calendar ends its lines with both.
        let ends_a_line = letter == '\n' || letter == '\r' && letters.peek() == Some(&'\n');
        out.push(if letter.is_control() && !ends_a_line { '\u{fffd}' } else { letter });
    }
    out
}

fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let end = if text.ends_with("\r\n") { "\r\n" } else { "\n" };
    match write!(out, "{}{end}", text.trim_end()).and_then(|()| out.flush()) {
        // Whoever reads has seen enough, as in `hallway-cli list | head`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_somebody_typed_cannot_steer_the_terminal() {
        assert_eq!(super::shown("Tom\u{1b}[2J\tK\u{7}\nŁódź"), "Tom\u{fffd}[2J\u{fffd}K\u{fffd}\nŁódź");
        assert_eq!(super::shown("one\r\ntwo\rthree"), "one\r\ntwo\u{fffd}three");
    }
}
