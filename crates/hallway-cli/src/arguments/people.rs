//! Which people, who they are, and where they stand.
use clap::Args;
use hallway_core::journey::engine::Stage;
use std::path::PathBuf;

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

/// A stage to look for, as a filter has it.
fn stage_or_none(text: &str) -> Result<&'static str, String> {
    if matches!(text.trim().to_lowercase().as_str(), "none" | "not placed yet") {
        return Ok("none");
    }
    stage(text).map(Stage::key).map_err(|choices| format!("{choices}, or none for those not placed yet"))
}

/// A stage by its key or by the word the window shows.
pub(super) fn stage(text: &str) -> Result<Stage, String> {
    let word = text.trim().to_lowercase();
    Stage::ALL
        .iter()
        .copied()
        .find(|stage| stage.key() == word || stage.label().to_lowercase() == word)
        .ok_or_else(|| "choose discover, evaluate, learn, build or scale".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_known_by_its_key_and_by_its_word() {
        assert_eq!(stage("build"), Ok(Stage::Build));
        assert_eq!(stage("Building"), Ok(Stage::Build));
        assert_eq!(stage_or_none("none"), Ok("none"));
        assert!(stage("none").is_err(), "nobody is seen at no stage");
    }
}
