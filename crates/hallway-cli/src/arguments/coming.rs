//! What comes in: files, and invented people.
use clap::Args;
use hallway_core::transfer::csv::{ColumnMapping, DayOrder, ImportTarget};
use std::path::PathBuf;

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
    /// What stands between the cells of a CSV file: one sign, or tab; found by itself unless said otherwise
    #[arg(long, value_name = "SIGN")]
    pub separator: Option<String>,
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
    /// The file to make [default: --file, else the file HALLWAY_FILE names, which must not be there yet, else demo.hallway beside the usual one]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
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

#[cfg(test)]
mod tests {
    use super::*;

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
