//! Everything held about one person, for them: in plain words, and as JSON in one step.
//!
//! What stands there follows from the records, as everything else does: a table or a column that is added is on the page
//! by itself. Tests fail when one is not: they mark every text in the file, and write another value where there can be no mark.
#[cfg(test)]
pub(crate) mod fixture;
pub(crate) mod held;
mod history;
pub(crate) mod named;
mod names;
mod page;
mod places;
mod row;
#[cfg(test)]
mod tests;
mod write;

pub use page::{Particular, SubjectLine, SubjectPage, SubjectSection, page};
pub use write::{SubjectTo, SubjectWritten, write};

/// What is in the JSON and not on the page, and why: `table.column` or `*.column`.
pub const NOT_ON_THE_PAGE: &[(&str, &str)] = &[
    ("*.id", "a number that tells two rows apart and says nothing of them"),
    ("people.merged_into", "the rows that turned out to be them stand side by side"),
    ("*.value_norm", "the address as it is compared; the address itself is on the page"),
    ("*.norm_version", "how it is compared"),
    ("*.name_norm", "the name as it is compared; the name itself is on the page"),
    ("*.axis", "there is one"),
    ("stage_changes.config_version", "the version of the rules that saw it"),
    ("set_aside.key", "the number of what was put off; what that was is in the words"),
    ("followups.series", "the number of the first of those that repeat"),
    ("followups.nth", "which of those that repeat it is"),
    ("followups.cleared_by", "the number of what cleared it"),
    ("fields.key", "the name of the field as a program calls it; its label is on the page"),
    ("fields.kind", "of what kind the field is"),
    ("fields.choices", "what could be chosen; what was chosen is on the page"),
    ("tags.kind", "of what kind the tag is"),
    ("lists.filter", "what a list asks of everybody"),
    ("lists.note", "what a list is for; why they are on it is on the page"),
    ("organisations.kind", "says something of the organisation, not of them"),
    ("organisations.website", "says something of the organisation, not of them"),
    ("organisations.country", "says something of the organisation, not of them"),
];

/// Tables that are nobody's rows, and why nothing of them is here.
pub const NOT_HELD: &[(&str, &str)] = &[
    ("operations", "what was done, and when; of theirs it is on the page, in words"),
    ("changes", "what was written over; of theirs it is on the page and in the JSON"),
    ("change_people", "whom a line of the history concerns"),
    ("person_state", "worked out from everything else; where they stand is on the page"),
    ("open_followups", "worked out: which follow-ups are open"),
    ("in_touch", "worked out: how long they were not heard of"),
    ("reminders_told", "numbers of follow-ups, of which a reminder was told"),
    ("looked", "when somebody last looked at a page"),
    ("tally", "counts"),
    ("notes", "the index of words of what stands on the page"),
    ("words_due", "what the index of words is told at the end of a write; empty between two"),
    ("import_runs", "an import that is under way; its rows are theirs once they are in"),
    ("import_layouts", "where the columns of a table went"),
    ("erasures", "what was erased; of nobody who is still here"),
    ("erased", "the numbers of rows that are gone"),
    ("unsaved_lines", "what is being typed, and is not done; it is about nobody yet"),
];

/// Records that are about nobody by themselves, and why nothing of them is here. Every other record is found from people.
#[cfg(test)]
pub(crate) const OF_NOBODY: &[(&str, &str)] = &[
    ("settings", "what the workspace is set to"),
    ("journey_configs", "by which rules everybody is placed"),
    ("imports", "a file that was brought in; which one brought them is on the page"),
    ("views", "what is asked of everybody; one in which their name stands is named elsewhere"),
    ("exports_made", "a file that was written; it names nobody and counts only"),
    ("suppression_keys", "with which key addresses are hashed"),
    ("suppressions", "it knows hashes and no person; what it says of an address of theirs stands with that address"),
];

/// Why a column is not on the page, if it is not.
pub(crate) fn not_on_the_page(table: &str, column: &str) -> Option<&'static str> {
    NOT_ON_THE_PAGE
        .iter()
        .find(|(what, _)| what.split_once('.').is_some_and(|(of, name)| (of == "*" || of == table) && name == column))
        .map(|(_, why)| *why)
}
