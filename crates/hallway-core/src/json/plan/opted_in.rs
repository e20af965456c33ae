//! Who opted in, by the file: known before its rows are looked at, since an address comes before the words on it.
use super::Planner;
use crate::{
    error::{Error, Result},
    json::{
        arriving::{self, Arrival},
        entities::Entity,
    },
    record::Record,
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
        let Some(entity) = entities.iter().find(|entity| entity.table.name == ContactBasis::TABLE.name) else {
            return Ok(());
        };
        let Some(list) = document.lists.iter().position(|list| list.name == entity.name) else { return Ok(()) };
        if self.tx.scalar::<bool>(ANYBODY, [])? != Some(true) {
            return Ok(());
        }
        let today = self.today.to_string();
        document.rows(list, None, |raw| {
            let Ok(Arrival { mut row, times, .. }) = arriving::read(entity, raw.bytes, source, |_| ()) else {
                return Ok(true);
            };
            let Some(word) = row.as_any().downcast_ref::<ContactBasis>() else { return Ok(true) };
            let shown =
                word.evidence.as_ref().is_some_and(|text| !text.trim().is_empty()) || word.touchpoint_id.is_some();
            if word.basis == Basis::OptedIn && shown && times.deleted.is_none() && word.recorded_on <= today {
                self.plan
                    .scratch
                    .prepare_cached(
                        "INSERT INTO opted_in (point, purpose, on_day) VALUES (?1, ?2, ?3)
                         ON CONFLICT (point, purpose) DO UPDATE SET on_day = max(on_day, excluded.on_day)",
                    )?
                    .execute((word.contact_point_id, word.purpose, &word.recorded_on))?;
            }
            Ok::<_, Error>(true)
        })?;
        Ok(())
    }
}
