//! What was done, taking it back, backups, and one person once.
use clap::Args;

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
pub struct Backup {
    /// Only say which backups there are
    #[arg(long)]
    pub list: bool,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// The backup, as `backup --list` names it
    pub name: Option<String>,
    /// Do it; without this it is only said what would change
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct Doubles {
    /// How many at most
    #[arg(long, default_value_t = 20)]
    pub limit: u32,
}

#[derive(Debug, Args)]
pub struct Merge {
    /// Two people or more, each by a name, part of one, an address or an id
    #[arg(num_args = 2.., required = true)]
    pub whom: Vec<String>,
    /// Only say what would be shown
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Separate {
    /// The row to take out, by its name or id, or the person if only one row was merged into them
    pub whom: String,
}

#[derive(Debug, Args)]
pub struct NotTheSame {
    /// Two people or more, each by a name, part of one, an address or an id
    #[arg(num_args = 2.., required = true)]
    pub whom: Vec<String>,
    /// Take that back, so that they may be suggested again
    #[arg(long)]
    pub take_back: bool,
}
