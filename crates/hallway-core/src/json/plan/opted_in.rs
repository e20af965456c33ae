//! Who opted in, by the file: known before its rows are looked at, since an address comes before the words on it.
use super::{Planner, heard::each_with_times};
use crate::{
    error::Result,
    json::entities::Entity,
    transfer::json::Document,
    trust::{Basis, ContactBasis},
};
use std::fs::File;

impl Planner<'_> {
    /// Remembers the opt-ins of the file that could end a no which is here, or stand beside one that is ended: with a day that
    /// has come, and with what shows them. Where nobody said no to everything there is none to end.
    pub(super) fn hear_who_opted_in(
        &mut self,
        document: &mut Document<File>,
        entities: &[Entity],
        source: Option<&str>,
    ) -> Result<()> {
        const ANYBODY: &str = "SELECT EXISTS (SELECT 1 FROM contact_points WHERE status = 'opted_out')
             OR EXISTS (SELECT 1 FROM suppressions WHERE lifted_on IS NULL)";
        if self.tx.scalar::<bool>(ANYBODY, [])? != Some(true) {
            return Ok(());
        }
        let today = self.today.to_string();
        let scratch = &self.plan.scratch;
        each_with_times(document, entities, source, |word: &ContactBasis, times| {
            let shown =
                word.evidence.as_ref().is_some_and(|text| !text.trim().is_empty()) || word.touchpoint_id.is_some();
            if word.basis == Basis::OptedIn && shown && times.deleted.is_none() && word.recorded_on <= today {
                scratch
                    .prepare_cached(
                        "INSERT INTO opted_in (point, purpose, on_day) VALUES (?1, ?2, ?3)
                         ON CONFLICT (point, purpose) DO UPDATE SET on_day = max(on_day, excluded.on_day)",
                    )?
                    .execute((word.contact_point_id, word.purpose, &word.recorded_on))?;
            }
            Ok(())
        })
    }
}
