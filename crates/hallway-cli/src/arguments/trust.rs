//! What is held about somebody, who is never written to, and who goes for good.
use clap::Args;
use std::path::PathBuf;

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
    /// First erase what should be gone by now: postal addresses past their day, and what lay in the trash for thirty days
    #[arg(long)]
    pub erase_due: bool,
    /// After how many months without anything
    #[arg(long, default_value_t = 24)]
    pub months: u32,
    /// How many to list
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
}
