//! What happened, and what the day asks for.
use super::people::stage;
use clap::{Args, Subcommand};
use hallway_core::journey::engine::Stage;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Capture {
    /// The line: a name, then @organisation, /1 to /5 for the stage, #tag, !day with what you promised, "their words",
    /// *what you handed over, gh:handle or an address, &what happened, !? when they wait for an answer, +1 or -1 at
    /// the end, and the rest is the note
    #[arg(value_name = "LINE", required_unless_present = "from", conflicts_with = "from", allow_hyphen_values = true)]
    pub line: Vec<String>,
    /// Keep the lines of a file of notes for the evening instead, one person a line; - reads what comes in
    #[arg(long, value_name = "FILE")]
    pub from: Option<String>,
    /// It is somebody new, whoever is called so already
    #[arg(long)]
    pub new: bool,
    /// Only say what is understood
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Log {
    /// A name, part of one, an address or an id
    pub whom: String,
    /// What happened: one of `hallway-cli kinds`
    pub kind: String,
    /// The day, as 2026-05-21, 2026-05 or 2026; now, if it is left out
    #[arg(long, value_name = "DAY")]
    pub on: Option<String>,
    /// What was said
    #[arg(long)]
    pub note: Option<String>,
    /// The stage you saw them in
    #[arg(long, value_parser = stage)]
    pub stage: Option<Stage>,
    /// Somebody else who was there
    #[arg(long = "with", value_name = "NAME")]
    pub others: Vec<String>,
    /// You saw it yourself
    #[arg(long, group = "known")]
    pub seen: bool,
    /// They told you; this is taken for granted
    #[arg(long, group = "known")]
    pub told: bool,
    /// You conclude it from something else
    #[arg(long, group = "known")]
    pub inferred: bool,
    /// They wait for an answer
    #[arg(long)]
    pub needs_answer: bool,
    /// It came up as you talked: they count as talked to, whatever the kind
    #[arg(long)]
    pub talked: bool,
}

#[derive(Debug, Args)]
pub struct TodayOf {
    /// More than the first twelve
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, Args)]
pub struct Done {
    /// Its number in `today`, or words of it
    #[arg(required = true)]
    pub item: Vec<String>,
    /// What came of it
    #[arg(long)]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct Snooze {
    /// Its number in `today`, or words of it
    pub item: String,
    /// The day it shows again: mon, 3d, 2w, "12 jun", eom, 2026-05-25; the next business day when nothing is said
    pub when: Vec<String>,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct FollowUps {
    #[command(subcommand)]
    pub command: Option<FollowUpsCommand>,
    /// Only those with this person: a name, part of one, an address or an id
    #[arg(long, value_name = "WHOM")]
    pub person: Option<String>,
    /// Write them as a calendar (RFC 5545) to this file, or here
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with = "person")]
    pub ics: Option<Option<PathBuf>>,
}

#[derive(Debug, Subcommand)]
pub enum FollowUpsCommand {
    /// Note something to come back to
    Add(AddFollowUp),
}

#[derive(Debug, Args)]
pub struct AddFollowUp {
    /// What there is to do
    pub text: String,
    /// The day it is due: mon, 3d, 2w, "12 jun", eom, 2026-05-25; the next business day when nothing is said
    #[arg(long, value_name = "WHEN", default_value = "")]
    pub due: String,
    /// For whom: a name, part of one, an address or an id
    #[arg(long, value_name = "WHOM")]
    pub person: Option<String>,
    /// What it is
    #[arg(long, default_value = "promise", value_parser = ["promise", "check-in", "reply-check", "deadline"])]
    pub kind: String,
}
