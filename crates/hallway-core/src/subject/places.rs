//! Where a text stands that names somebody, in words: "A note of what happened".
use super::row::label;
use crate::record::Table;

/// The place of a text, as one says it at the beginning of a line.
pub(super) fn of(table: &Table, column: &str) -> String {
    let said = match (table.name, column) {
        ("people", "display_name") => "A person's name",
        ("people", "say_it_like") => "How a person's name is said",
        ("people", "building_now") => "What a person builds",
        ("people", "challenges") => "What a person is stuck on",
        ("people", "do_not_contact_reason") => "Why a person is not to be contacted",
        ("contact_points", "value") => "A way to reach them",
        ("contact_points", "source_note") => "Where a way to reach them came from",
        ("postal_addresses", "lines") => "A postal address",
        ("postal_addresses", "recipient_name") => "The name on a parcel",
        ("postal_addresses", "purpose") => "What a postal address is for",
        ("postal_addresses", "source_note") => "Where a postal address came from",
        ("contact_bases", "evidence") => "What shows why one may write",
        ("objections", "evidence") => "How somebody said no",
        ("touchpoints" | "touchpoint_people", "note") => "A note of what happened",
        ("touchpoints" | "touchpoint_people", "quote") => "Their words in what happened",
        ("captures", "text") => "A captured line",
        ("followups", "text") => "A follow-up",
        ("followups", "note") => "What came of a follow-up",
        ("stage_pins", "reason") => "Why a stage was set by hand",
        ("field_values", "raw") => "A field of your own",
        ("fields", "label") => "The name of a field of your own",
        ("list_people", "why") => "Why somebody is on a list",
        ("imports", "file_name") => "The name of an imported file",
        ("exports_made", "file_name") => "The name of an exported file",
        _ => {
            let article = if table.noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            return format!("{} of {article} {}", label(table.name, column), table.noun);
        }
    };
    said.to_owned()
}
