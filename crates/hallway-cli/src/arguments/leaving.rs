//! Files that leave.
use super::people::Which;
use clap::Args;
use std::path::PathBuf;

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
