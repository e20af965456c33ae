//! What can be typed after `hallway-cli`, and how it is explained.
use clap::{Args, Parser, Subcommand};
use hallway_core::{
    Now,
    journey::engine::Stage,
    transfer::csv::{ColumnMapping, DayOrder, ImportTarget},
};
use std::path::PathBuf;

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

#[derive(Debug, Args)]
pub struct Import {
    /// CSV files in whatever encoding and with whatever separator, workbooks (.xlsx), address cards (.vcf), or everything
    /// of a Hallway file (.json), one after the other
    #[arg(value_name = "FILE", required_unless_present_any = ["resume", "cancel"])]
    pub files: Vec<PathBuf>,
    /// Go on with an import that was interrupted; name its file if it lies elsewhere by now
    #[arg(long, conflicts_with = "cancel")]
    pub resume: bool,
    /// Take back what an interrupted import brought so far
    #[arg(long, conflicts_with = "files")]
    pub cancel: bool,
    /// Which number comes first in days such as 03/04/2024: "Header=day" or "Header=month"
    #[arg(long = "days", value_name = "HEADER=ORDER", value_parser = order)]
    pub days: Vec<(String, DayOrder)>,
    /// Save the rows that are refused or wait as a CSV file, each with its reason, to be mended and imported again
    #[arg(long, value_name = "OUT.csv")]
    pub save_refused: Option<PathBuf>,
    /// Which sheet of a workbook; the first with something in it unless said otherwise
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Where a column goes: "Header=city", "Header=custom:T-shirt size", "Header=skip"
    #[arg(long = "map", value_name = "HEADER=TARGET", value_parser = column)]
    pub columns: Vec<(String, ColumnMapping)>,
    /// Make every row a new person, whoever is here already
    #[arg(long)]
    pub no_match: bool,
    /// Where the addresses in the file came from [default: import]
    #[arg(long, value_parser = ["they_gave_it", "public_profile", "github", "badge", "list_signup", "colleague", "import"])]
    pub source: Option<String>,
    /// Where those signed up of whom a column says that they want the newsletter: "the form on our page"
    #[arg(long, value_name = "WHERE")]
    pub signed_up: Option<String>,
    /// Since when, YYYY-MM-DD, where a row says no day of its own
    #[arg(long, value_name = "DAY", requires = "signed_up")]
    pub signed_up_on: Option<String>,
    /// What becomes of rows of a JSON file that are here already and say something else [default: mine, unless nobody
    /// is here yet]
    #[arg(long, value_parser = ["mine", "theirs"])]
    pub keep: Option<String>,
    /// What becomes of rows that share an address with somebody of another name; without it they wait
    #[arg(long, value_parser = ["new", "skip"])]
    pub look: Option<String>,
    /// Let in rows with an address of somebody who was erased, which are left out otherwise; they are not written to
    #[arg(long)]
    pub let_in_erased: bool,
    /// Bring the rows in as people also of a file that says who left a newsletter
    #[arg(long)]
    pub as_people: bool,
    /// Only say what would happen
    #[arg(long)]
    pub dry_run: bool,
}

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

/// Which people, in what order.
#[derive(Debug, Args)]
pub struct Which {
    /// Words to look for in name, organisation, address, place or tag; all of them must be there
    pub text: Vec<String>,
    /// A filter, as the window has it: "stage:learn region:africa stack:rust talked:90d -tag:vendor"
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    pub filters: Vec<String>,
    /// Only people on this list; with several, they are on all of them
    #[arg(long = "list", value_name = "NAME")]
    pub lists: Vec<String>,
    /// Only people at this stage; several may be named
    #[arg(long = "stage", value_name = "STAGE", value_parser = stage_or_none)]
    pub stages: Vec<&'static str>,
    /// Only people with this tag; with several, they carry all of them
    #[arg(long = "tag", value_name = "NAME")]
    pub tags: Vec<String>,
    /// When something last happened with them
    #[arg(long, value_name = "WHEN", default_value = "any", value_parser = ["any", "within30", "within90", "within365", "over90", "over365", "never"])]
    pub last: String,
    /// What to sort by
    #[arg(long, value_name = "COLUMN", default_value = "name", value_parser = ["name", "organisation", "stage", "country", "last_touch", "added"])]
    pub sort: String,
    /// The other way round
    #[arg(long)]
    pub desc: bool,
}

#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    pub which: Which,
    /// How many at most
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
}

#[derive(Debug, Args)]
pub struct Search {
    /// Any part of a name, an organisation, a handle, a place or a tag; or words of a note
    #[arg(required = true)]
    pub text: Vec<String>,
    /// How many people and how many notes at most
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
}

#[derive(Debug, Args)]
pub struct Show {
    /// A name, part of one, an address or an id
    pub whom: String,
    /// How many entries of the timeline
    #[arg(long, default_value_t = 20)]
    pub limit: u32,
}

#[derive(Debug, Args)]
pub struct Subject {
    /// A name, part of one, an address or an id; whoever lies in the trash is meant by their id
    pub whom: String,
    /// Write everything as JSON to this file
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Write over a file that is there already
    #[arg(long, requires = "write")]
    pub replace: bool,
}

#[derive(Debug, Args)]
pub struct Suppress {
    /// E-mail addresses, or what stands in for them with --kind; none says how many are on the list
    #[arg(conflicts_with = "from")]
    pub addresses: Vec<String>,
    /// A file: one address in each line, a table with addresses, or the unsubscribed, cleaned or bounced addresses that
    /// Mailchimp, listmonk, Ghost, Substack or another program wrote
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// What kind of address it is: email, phone, github, mastodon …
    #[arg(long, default_value = "email", conflicts_with = "from")]
    pub kind: String,
    /// Also stop those of a file who opted in anew after what it tells
    #[arg(long, requires = "from")]
    pub stop_opted_in: bool,
    /// Say what a file would do, and do nothing
    #[arg(long, requires = "from")]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Erase {
    /// A name, part of one, an address or an id; whoever lies in the trash is meant by their id
    pub whom: String,
    /// Leave texts about others as they are, although they name them; without this the words are blanked
    #[arg(long)]
    pub keep_words: bool,
    /// Leave the organisations that only they had; without this they go with them
    #[arg(long)]
    pub keep_organisations: bool,
    /// Have a text about others read so instead, by its number in the list of them: 2="Circle"
    #[arg(long = "text", value_name = "NUMBER=TEXT")]
    pub texts: Vec<String>,
    /// Do not ask for the name before
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Retention {
    /// After how many months without anything
    #[arg(long, default_value_t = 24)]
    pub months: u32,
    /// How many to list
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
}

#[derive(Debug, Args)]
pub struct Add {
    pub name: String,
    #[arg(long)]
    pub organisation: Option<String>,
    #[arg(long)]
    pub city: Option<String>,
    #[arg(long)]
    pub country: Option<String>,
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
pub struct StageOf {
    /// A name, part of one, an address or an id
    pub whom: String,
    /// Where they stood on that day, by what is known today
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// Name the evidence, and what might come next
    #[arg(long)]
    pub why: bool,
}

#[derive(Debug, Args)]
pub struct Recent {
    /// How many at most
    #[arg(long, default_value_t = 20)]
    pub limit: u32,
    /// Only what was done to this person: a name, part of one, an address or an id
    #[arg(long, value_name = "WHOM")]
    pub person: Option<String>,
}

#[derive(Debug, Args)]
pub struct UndoOf {
    /// Take back this one, whatever was done since: its number in `history`
    #[arg(long, value_name = "NUMBER")]
    pub operation: Option<i64>,
}

#[derive(Debug, Args)]
pub struct Export {
    /// The file to write; one that ends with .json holds everything there is, and can be imported again
    #[arg(value_name = "OUT.csv|OUT.json", required_unless_present_any = ["to", "dry_run"])]
    pub out: Option<PathBuf>,
    /// The file to write, when words to look for come first
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    pub to: Option<PathBuf>,
    #[command(flatten)]
    pub which: Which,
    /// In the shape that a program wants: csv, csv_spreadsheet, listmonk, mailchimp, xlsx, json, vcard3, vcard4, markdown,
    /// buttondown, customer_io, ghost, google_contacts
    #[arg(long, value_name = "TEMPLATE", conflicts_with = "reader")]
    pub template: Option<String>,
    /// What the file is for; whoever may not be written to for that is left out, with the reason
    #[arg(long, value_name = "PURPOSE", value_parser = ["for_myself", "one_to_one", "list_mail", "swag_post", "recruiting_intro", "sales_intro"])]
    pub purpose: Option<String>,
    /// On which kind of channel they would be written to [default: email]
    #[arg(long, value_name = "KIND")]
    pub channel: Option<String>,
    /// Leave somebody out by their id, as `--dry-run` names who may have asked for no mail under another address
    #[arg(long, value_name = "ID", requires = "purpose")]
    pub without: Vec<String>,
    /// Only say who would be in the file, and who would not
    #[arg(long, conflicts_with_all = ["out", "to"])]
    pub dry_run: bool,
    /// What will read a CSV file: a program gets every cell as it is, a spreadsheet gets cells it cannot take for
    /// formulas [default: program]
    #[arg(long = "for", value_name = "READER", value_parser = ["program", "spreadsheet"])]
    pub reader: Option<String>,
    /// Columns in their order, by key or by label: "name,email,T-shirt size"
    #[arg(long, value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Write over a file that is there already
    #[arg(long)]
    pub replace: bool,
}

#[derive(Debug, Args)]
pub struct Rules {
    /// Write the rules in force to this file
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Write over a file that is there already
    #[arg(long, requires = "write")]
    pub replace: bool,
    /// Take the rules from this file
    #[arg(long, value_name = "FILE", conflicts_with = "write")]
    pub read: Option<PathBuf>,
    /// Take the rules that ship for a kind of work
    #[arg(long, value_parser = ["library", "hardware", "community"], conflicts_with_all = ["write", "read"])]
    pub preset: Option<String>,
    /// Put them in force; without this it is only said whom they would move
    #[arg(long, conflicts_with = "write")]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// How many people
    #[arg(long, default_value_t = 1_000)]
    pub people: u32,
    /// How many touchpoints
    #[arg(long, default_value_t = 10_000)]
    pub touchpoints: u64,
    /// The same seed on the same day makes the same people
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The file to make [default: --file, else demo.hallway beside the usual one]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// A stage by its key or by the word the window shows.
fn stage(text: &str) -> Result<Stage, String> {
    let word = text.trim().to_lowercase();
    Stage::ALL
        .iter()
        .copied()
        .find(|stage| stage.key() == word || stage.label().to_lowercase() == word)
        .ok_or_else(|| "choose discover, evaluate, learn, build or scale".to_owned())
}

/// A stage to look for, as a filter has it.
fn stage_or_none(text: &str) -> Result<&'static str, String> {
    if matches!(text.trim().to_lowercase().as_str(), "none" | "not placed yet") {
        return Ok("none");
    }
    stage(text).map(Stage::key).map_err(|choices| format!("{choices}, or none for those not placed yet"))
}

/// `Header=target`. Headers hold `=` more often than targets do, so the last one parts them.
fn column(text: &str) -> Result<(String, ColumnMapping), String> {
    let (header, target) = text.rsplit_once('=').ok_or("write it like \"Header=city\"")?;
    let word = target.trim();
    if let Some(label) = word.strip_prefix("custom:").map(str::trim).filter(|label| !label.is_empty()) {
        return Ok((header.to_owned(), ColumnMapping::Custom(label.to_owned())));
    }
    let known = |key: String| serde_json::from_value::<ImportTarget>(key.into()).ok();
    let by_label = || ImportTarget::ALL.into_iter().find(|target| target.label().eq_ignore_ascii_case(word));
    match known(word.to_lowercase()).or_else(by_label) {
        Some(target) => Ok((header.to_owned(), ColumnMapping::Target(target))),
        None => Err(format!(
            "“{word}” is no place a column can go; choose one of {}, or custom:LABEL",
            targets().join(", ")
        )),
    }
}

fn order(text: &str) -> Result<(String, DayOrder), String> {
    let (header, order) = text.rsplit_once('=').ok_or("write it like \"Met on=day\"")?;
    match order.trim().to_lowercase().as_str() {
        "day" | "day-first" => Ok((header.to_owned(), DayOrder::DayFirst)),
        "month" | "month-first" => Ok((header.to_owned(), DayOrder::MonthFirst)),
        _ => Err("say day or month, whichever comes first".to_owned()),
    }
}

fn targets() -> Vec<String> {
    ImportTarget::ALL
        .iter()
        .filter_map(|target| serde_json::to_value(target).ok()?.as_str().map(str::to_owned))
        .collect()
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

    #[test]
    fn a_stage_is_known_by_its_key_and_by_its_word() {
        assert_eq!(stage("build"), Ok(Stage::Build));
        assert_eq!(stage("Building"), Ok(Stage::Build));
        assert_eq!(stage_or_none("none"), Ok("none"));
        assert!(stage("none").is_err(), "nobody is seen at no stage");
    }

    #[test]
    fn a_column_goes_to_a_field_or_to_a_custom_one() {
        use ImportTarget::{City, RoleTitle, Skip};
        assert_eq!(column("Town=city"), Ok(("Town".to_owned(), ColumnMapping::Target(City))));
        assert_eq!(column("a=b=skip"), Ok(("a=b".to_owned(), ColumnMapping::Target(Skip))));
        assert_eq!(column("Job=Role"), Ok(("Job".to_owned(), ColumnMapping::Target(RoleTitle))));
        assert_eq!(
            column("Size=custom: T-shirt"),
            Ok(("Size".to_owned(), ColumnMapping::Custom("T-shirt".to_owned())))
        );
        assert!(column("Size=nowhere").is_err_and(|reason| reason.contains("role_title")));
        assert!(column("Size").is_err());
    }
}

#[derive(Debug, clap::Args)]
pub struct Backup {
    /// Only say which backups there are
    #[arg(long)]
    pub list: bool,
}

#[derive(Debug, clap::Args)]
pub struct Restore {
    /// The backup, as `backup --list` names it
    pub name: Option<String>,
    /// Do it; without this it is only said what would change
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, clap::Args)]
pub struct Doubles {
    /// How many at most
    #[arg(long, default_value_t = 20)]
    pub limit: u32,
}

#[derive(Debug, clap::Args)]
pub struct Merge {
    /// Two people or more, each by a name, part of one, an address or an id
    #[arg(num_args = 2.., required = true)]
    pub whom: Vec<String>,
    /// Only say what would be shown
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, clap::Args)]
pub struct Separate {
    /// The row to take out, by its name or id, or the person if only one row was merged into them
    pub whom: String,
}

#[derive(Debug, clap::Args)]
pub struct NotTheSame {
    /// Two people or more, each by a name, part of one, an address or an id
    #[arg(num_args = 2.., required = true)]
    pub whom: Vec<String>,
    /// Take that back, so that they may be suggested again
    #[arg(long)]
    pub take_back: bool,
}

#[derive(Debug, clap::Args)]
pub struct TodayOf {
    /// More than the first twelve
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, clap::Args)]
pub struct Done {
    /// Its number in `today`, or words of it
    #[arg(required = true)]
    pub item: Vec<String>,
    /// What came of it
    #[arg(long)]
    pub note: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Snooze {
    /// Its number in `today`, or words of it
    pub item: String,
    /// The day it shows again: mon, 3d, 2w, "12 jun", eom, 2026-05-25; the next business day when nothing is said
    pub when: Vec<String>,
}

#[derive(Debug, clap::Args)]
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

#[derive(Debug, clap::Args)]
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
