//! The whole workspace as JSON, out and in again, so that nothing in it depends on this program.
//!
//! What stands in the file follows from the records: every table of [`TABLES`], every column, except what [`LEFT_OUT`]
//! names with its reason. A new entity or column is in it by itself, and a test of the house fails when one is in neither.
mod apply;
mod arriving;
mod coming;
mod docs;
mod entities;
mod opened;
mod plan;
mod rows;
mod write;

#[cfg(test)]
mod tests;

pub use coming::{JsonDone, JsonPreview, JsonRequest, begin, preview, run};
pub use docs::for_readers;
pub use plan::{DifferingRow, EntityCount, RefusedRow};
pub(crate) use rows::again;
pub use write::{JsonTo, JsonWritten, export};

/// What a file says of itself, first of all.
pub const FORMAT: &str = "hallway";
/// Raised when a file of the new version would be misread by a program that knows the old one.
pub const VERSION: u32 = 1;

/// What is not in the file, and why. `table`, `table.column` or `*.column`.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("operations", "what was done in this file, so that it can be taken back there"),
    ("changes", "what was written over in this file, so that it can be taken back there"),
    ("change_people", "whom a change concerned"),
    ("person_state", "worked out anew from everything else; the stage stands beside each person, for readers"),
    ("open_followups", "worked out anew: what is open, with the day it is due"),
    ("in_touch", "worked out anew from cadences and contacts"),
    ("reminders_told", "which reminders were told already from this file"),
    ("looked", "when somebody last looked at a page that shows what is new"),
    ("tally", "counts of what is there"),
    ("notes", "the index of words"),
    ("words_due", "what the index of words is told at the end of a write; empty between two"),
    ("import_runs", "an import that is under way in this file"),
    ("import_layouts", "where the columns of a table went, remembered for the next table like it"),
    ("erasures", "what was erased from this file, and when: its own receipts"),
    ("erased", "the numbers of rows that are gone from this file and its backups"),
    ("unsaved_lines", "what is being typed, and is not done"),
    ("*.rid", "the place of a row in this file"),
    ("*.created_op", "the operation that made a row in this file"),
    ("*.deleted_op", "the operation that put a row into the trash of this file"),
    ("people.root", "worked out from mergedInto"),
    ("stage_changes.voided_by", "a move that was taken back with its operation is not in the file at all"),
    ("suppressions.voided_by", "an entry of this list is never taken back"),
    ("suppression_keys.voided_by", "a key is never taken back"),
    ("contact_points.value_norm", "worked out from the value"),
    ("contact_points.norm_version", "worked out from the value"),
    ("organisations.name_norm", "worked out from the name"),
    ("tags.name_norm", "worked out from the name"),
    ("field_values.number", "worked out from the text, by the kind of the field"),
    ("field_values.date", "worked out from the text, by the kind of the field"),
];

/// What stands in the file for readers alone, and is worked out anew when it comes in: the field of a person, its type,
/// what it means.
pub const FOR_READERS: &[(&str, &str, &str)] = &[
    ("stage", "stage", "Where they stand: discover, evaluate, learn, build, scale, or null for not placed yet."),
    ("stageSince", "day", "`YYYY-MM-DD`: since when."),
    ("stageEvidence", "list of ids", "The touchpoints that stage was last seen in."),
];
