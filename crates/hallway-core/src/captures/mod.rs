//! One line about somebody one has just met: read as it is typed, kept as it was typed, saved as what it says.
mod contact;
mod drafts;
pub mod parse;
mod reading;
mod review;
mod save;
pub mod when;

#[cfg(test)]
mod tests;

pub use drafts::{KeepDraft, LetGo, LineDraft, UnsavedLine, draft, keep, let_go};
pub(crate) use drafts::{not_saved, write_anew};
pub use reading::{CaptureReading, Chip, ChipKind, ReadCapture, SaidWhen, WhenSaid, read, when};
pub use review::{
    CaptureId, CaptureReview, LinesKept, PastedLines, Promised, ReviewLine, ReviewOf, Reword, ToReview, done, drop,
    lines, review, reword, waiting,
};
pub use save::{CaptureSaved, SaveCapture, save};

use crate::{id::Id, record::Check};

record! {
    /// A line as it was typed about somebody, and what became of it.
    pub struct Capture in "captures" as "line", Trash,
    concerns Query("SELECT person_id FROM captures WHERE id = ?1 AND person_id IS NOT NULL"),
    hangs on ["person_id" -> "people", "touchpoint_id" -> "touchpoints"] {
        /// The line's own id.
        pub id: Id,
        /// As typed.
        pub text: String,
        /// Whom it is about; of a line that waits, who was chosen.
        pub person_id: Option<Id>,
        /// What it was saved as; none while it waits.
        pub touchpoint_id: Option<Id>,
        /// Somebody has looked at it again.
        pub reviewed: bool,
    }
}
impl Check for Capture {}
