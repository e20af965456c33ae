//! What would happen to a row, and why.
use super::{
    ImportRequest, RowDecision,
    earlier::{Again, Earlier, KEPT_IN_MIND, Repeated, again_key},
    known::{Known, NOTES, custom_texts, known, notes_with},
    planned::{Outcome, Planned},
};
use crate::{
    error::{Error, Result},
    fields::{self, FieldRow},
    id::Id,
    normal::{self, ContactKind, fold, names_agree},
    store::Tx,
    transfer::csv::{ImportedPerson, Record, Refusal},
    trust::{
        SuppressedFor, alike, newsletter,
        suppressions::{Listed, suppressed_for},
    },
};
use std::{collections::HashMap, sync::Arc};

pub(super) struct Planner<'a> {
    request: &'a ImportRequest,
    /// The fields of the person's own that take only some texts.
    typed: Vec<FieldRow>,
    /// Set when this very file was imported before.
    again: Option<Arc<Again>>,
    pub listed: Listed,
    apart: Arc<Apart>,
    /// A preview has nobody from earlier rows in the file of the workspace, so it remembers them here.
    earlier: Option<Earlier>,
}

enum Found {
    Nobody,
    Person(Id, Known),
    Row(usize),
    /// Has no address, and came from this very file before, by name and organisation.
    Again(Id, String),
    /// Shares an address, but not the name.
    Other(Option<Id>, Option<u32>, String, String),
    /// Shares no address, but name and organisation with somebody who asked for no mail.
    Alike(Id, String),
}

/// Who asked for no mail, by name and organisation, folded. Read once for a file and not with each batch of it: it takes a
/// look at everybody.
pub(super) struct Apart(HashMap<(String, String), (Id, String)>);

impl Apart {
    pub fn of(tx: &Tx) -> Result<Arc<Apart>> {
        let asked = alike::asked_for_none(tx, alike::By::Themselves)?;
        let with_organisation = asked.into_iter().filter(|one| !one.key.1.is_empty());
        Ok(Arc::new(Apart(with_organisation.map(|one| (one.key, (one.person, one.name))).collect())))
    }
}

impl<'a> Planner<'a> {
    pub fn previewing(
        tx: &Tx,
        request: &'a ImportRequest,
        again: Option<Arc<Again>>,
        apart: Arc<Apart>,
        repeated: Option<Repeated>,
    ) -> Result<Self> {
        let earlier = Earlier { repeated: repeated.map(Repeated::found), ..Earlier::default() };
        Ok(Planner { earlier: Some(earlier), ..Self::running(tx, request, again, apart)? })
    }
    pub fn running(tx: &Tx, request: &'a ImportRequest, again: Option<Arc<Again>>, apart: Arc<Apart>) -> Result<Self> {
        let typed = tx.find("WHERE deleted_at IS NULL AND kind <> 'text'", [])?;
        Ok(Planner { request, typed, again, listed: Listed::new(tx)?, apart, earlier: None })
    }

    /// Why a row stays out unless somebody lets it in: whoever had an address of it was erased.
    fn erased(&self, tx: &Tx, imported: &ImportedPerson) -> Result<Option<String>> {
        for (kind, value) in imported.contacts.iter().filter(|(kind, value)| self.listed.has(*kind, value)) {
            if suppressed_for(tx, *kind, value)? == Some(SuppressedFor::Erased) {
                return Ok(Some(format!(
                    "Whoever had {} was erased, and is not brought back by a file. Let them in only if they came back themselves; they are not written to even then.",
                    value.trim()
                )));
            }
        }
        Ok(None)
    }

    /// What a field of the person's own does not take, and why.
    fn untakeable(&self, imported: &ImportedPerson) -> Result<Option<(String, String)>> {
        for (label, text) in custom_texts(imported) {
            let Some(field) = self.typed.iter().find(|field| fold(&field.label) == fold(&label)) else { continue };
            match fields::typed(field, &text) {
                Ok(_) => {}
                Err(Error::Invalid { message, .. }) => {
                    let reason =
                        format!("{message} Correct it, or map the column to another field, and import the file again.");
                    return Ok(Some((label, reason)));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Decides one row; nothing for a row with nothing in it.
    pub fn plan(
        &mut self,
        tx: &Tx,
        row: std::result::Result<Option<ImportedPerson>, Refusal>,
        record: &Record,
    ) -> Result<Option<Planned>> {
        let Some(mut planned) = self.decided(tx, row, record)? else { return Ok(None) };
        if planned.says_no_apart() && !self.is_new_no(tx, &planned)? {
            planned.newsletter = None;
        }
        Ok(Some(planned))
    }

    /// Whether the no of a row that does not come in says anything that is not known.
    fn is_new_no(&self, tx: &Tx, planned: &Planned) -> Result<bool> {
        let addresses = planned.addresses();
        if addresses.is_empty() {
            let whose = planned.person.filter(|_| planned.outcome == Outcome::Skipped);
            return whose.map_or(Ok(false), |id| Ok(!newsletter::objects(tx, id)?));
        }
        for address in addresses {
            let opted_out = planned.person.map_or(Ok(false), |id| newsletter::is_opted_out(tx, id, &address))?;
            if !opted_out && !self.listed.has(ContactKind::Email, &address) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn decided(
        &mut self,
        tx: &Tx,
        row: std::result::Result<Option<ImportedPerson>, Refusal>,
        record: &Record,
    ) -> Result<Option<Planned>> {
        let imported = match row {
            Ok(Some(imported)) => imported,
            Ok(None) => return Ok(None),
            Err(refusal) => {
                // Of a row that cannot be read, who said no is known all the same.
                let said_no = refusal.said_no.is_some().then_some(false);
                let addresses = refusal.said_no.into_iter().flatten().map(|address| (ContactKind::Email, address));
                let imported =
                    ImportedPerson { newsletter: said_no, contacts: addresses.collect(), ..ImportedPerson::default() };
                let planned = Planned {
                    row: refusal.row as u32,
                    outcome: Outcome::Refused,
                    name: record.cells.iter().find(|c| !c.trim().is_empty()).cloned().unwrap_or_default(),
                    reason: Some(refusal.reason),
                    column: refusal.column,
                    person: None,
                    imported,
                    fills: vec![],
                    differs: vec![],
                    touches: vec![],
                    held_back: vec![],
                    newsletter: said_no,
                    again: false,
                };
                return Ok(Some(planned));
            }
        };
        let row = imported.row as u32;
        let overwrite = self.request.overwrite.contains(&row);
        let mut planned = Planned {
            row,
            outcome: Outcome::New,
            name: imported.name.clone(),
            reason: None,
            column: None,
            person: None,
            fills: vec![],
            differs: vec![],
            touches: vec![],
            held_back: vec![],
            newsletter: imported.newsletter,
            again: self.again.is_some() && !imported.contacts.iter().any(|(kind, _)| kind.identifies()),
            imported,
        };
        if let Some((label, reason)) = self.untakeable(&planned.imported)? {
            (planned.outcome, planned.column, planned.reason) = (Outcome::Refused, Some(label), Some(reason));
            return Ok(Some(planned));
        }
        let found = if self.request.matching { self.find(tx, &planned.imported)? } else { Found::Nobody };
        let decision = self.request.decisions.get(&row);
        if matches!(found, Found::Nobody | Found::Other(..))
            && !matches!(decision, Some(RowDecision::New | RowDecision::Same))
            && let Some(reason) = self.erased(tx, &planned.imported)?
        {
            (planned.outcome, planned.reason) = (Outcome::Skipped, Some(reason));
            planned.person = whose(&found, &planned);
            return Ok(Some(planned));
        }
        let found = match (found, &planned.imported.organisation) {
            (Found::Nobody, Some(organisation)) if self.request.matching => {
                match self.apart.0.get(&alike::key(&planned.name, organisation)) {
                    Some((id, name)) => Found::Alike(*id, name.clone()),
                    None => Found::Nobody,
                }
            }
            (found, _) => found,
        };
        match (found, decision) {
            (found, Some(RowDecision::Skip)) => {
                (planned.outcome, planned.person) = (Outcome::Skipped, whose(&found, &planned));
            }
            (Found::Nobody, _) | (Found::Other(..) | Found::Again(..) | Found::Alike(..), Some(RowDecision::New)) => {
                self.remember(&planned)
            }
            (Found::Person(id, known), _) => {
                let known = known.with_newsletter(tx, &self.listed, id, &planned.imported)?;
                planned.compare(Some(id), &known, overwrite);
            }
            (Found::Row(nth), _) => self.compare_with_row(&mut planned, nth),
            (Found::Other(Some(id), _, _, _) | Found::Again(id, _) | Found::Alike(id, _), Some(RowDecision::Same)) => {
                let known = known(tx, id)?.with_newsletter(tx, &self.listed, id, &planned.imported)?;
                planned.compare(Some(id), &known, overwrite);
            }
            (Found::Other(None, Some(other), _, _), Some(RowDecision::Same)) => {
                if let Some(nth) = self.earlier.as_ref().and_then(|e| e.rows.iter().position(|(row, _)| *row == other))
                {
                    self.compare_with_row(&mut planned, nth);
                }
            }
            (Found::Again(person, name), _) => {
                planned.outcome = Outcome::Look;
                planned.person = Some(person);
                planned.reason = Some(format!(
                    "{name} came from this very file before, and the row has no address to tell them by. Say whether this is the same person, somebody new, or to be left out."
                ));
            }
            (Found::Alike(id, name), _) => {
                (planned.outcome, planned.person) = (Outcome::Look, Some(id));
                planned.reason = Some(format!(
                    "{name} of the same organisation asked not to be written to, and this row has no address of theirs. Say whether this is the same person, who is then not written to here either, somebody new, or to be left out."
                ));
            }
            (Found::Other(person, other, name, address), _) => {
                let whose = other
                    .map_or_else(|| format!("{name} has it already"), |row| format!("{name} in row {row} has it too"));
                planned.outcome = Outcome::Look;
                planned.person = person;
                planned.reason = Some(format!(
                    "{address} belongs to somebody of another name: {whose}. Say whether this is somebody new, the same person, or to be left out."
                ));
            }
        }
        Ok(Some(planned))
    }

    fn find(&self, tx: &Tx, imported: &ImportedPerson) -> Result<Found> {
        let mut other = Found::Nobody;
        for (kind, value) in &imported.contacts {
            if !kind.identifies() {
                continue;
            }
            let norm = normal::contact(*kind, value);
            if norm.is_empty() {
                continue;
            }
            let mut query = tx.sql().prepare_cached(
                "SELECT r.id, r.display_name, p.display_name FROM contact_points c JOIN people p ON p.id = c.person_id
                 JOIN people r ON r.id = p.root
                 WHERE c.value_norm = ?1 AND c.kind = ?2 AND c.deleted_at IS NULL AND p.deleted_at IS NULL AND r.deleted_at IS NULL ORDER BY r.rid, p.rid",
            )?;
            let sharing: Vec<(Id, String, String)> = query
                .query_map((&norm, kind), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            for (id, name, also) in sharing {
                if names_agree(&name, &imported.name) || names_agree(&also, &imported.name) {
                    return Ok(Found::Person(id, known(tx, id)?));
                }
                if matches!(other, Found::Nobody) {
                    other = Found::Other(Some(id), None, name, value.clone());
                }
            }
            let Some(earlier) = &self.earlier else { continue };
            for nth in earlier.by_contact.get(&(*kind, norm)).into_iter().flatten() {
                let (row, known) = &earlier.rows[*nth];
                if names_agree(&known.name, &imported.name) {
                    return Ok(Found::Row(*nth));
                }
                if matches!(other, Found::Nobody) {
                    other = Found::Other(None, Some(*row), known.name.clone(), value.clone());
                }
            }
        }
        if let (Found::Nobody, Some(again)) = (&other, &self.again)
            && !imported.contacts.iter().any(|(kind, _)| kind.identifies())
            && let Some((id, name)) = again.people.get(&again_key(&imported.name, imported.organisation.as_deref()))
        {
            return Ok(Found::Again(*id, name.clone()));
        }
        Ok(other)
    }

    fn remember(&mut self, planned: &Planned) {
        let Some(earlier) = &mut self.earlier else { return };
        let nth = earlier.rows.len();
        if let Some(repeated) = &earlier.repeated {
            let mut own = Repeated::default();
            own.see(&planned.imported);
            if nth >= KEPT_IN_MIND || !own.0.iter().any(|hash| repeated.contains(hash)) {
                return;
            }
        }
        for (kind, value) in planned.imported.contacts.iter().filter(|(kind, _)| kind.identifies()) {
            earlier.by_contact.entry((*kind, normal::contact(*kind, value))).or_default().push(nth);
        }
        earlier.rows.push((planned.row, Known::of_row(&planned.imported)));
    }

    fn compare_with_row(&mut self, planned: &mut Planned, nth: usize) {
        let Some(earlier) = &mut self.earlier else { return };
        let overwrite = self.request.overwrite.contains(&planned.row);
        let known = &mut earlier.rows[nth].1;
        planned.compare(None, known, overwrite);
        let row = Known::of_row(&planned.imported);
        for (field, text) in row.texts {
            if field == NOTES {
                let notes = notes_with(known.texts.get(field), &text);
                known.texts.insert(field, notes);
            } else if overwrite || !known.texts.contains_key(field) {
                known.texts.insert(field, text);
            }
        }
        for (label, text) in row.custom {
            if overwrite || !known.custom.contains_key(&label) {
                known.custom.insert(label, text);
            }
        }
        known.contacts.extend(row.contacts);
        known.tags.extend(row.tags);
        known.touches.extend(row.touches);
        known.newsletter.extend(row.newsletter);
        for (kind, value) in &planned.imported.contacts {
            earlier.by_contact.entry((*kind, normal::contact(*kind, value))).or_default().push(nth);
        }
    }
}

/// Whose the no of a row is that is left out: theirs who are here by an address of it. Without an e-mail address it is only
/// theirs whom the row is.
fn whose(found: &Found, planned: &Planned) -> Option<Id> {
    match found {
        Found::Person(id, _) => Some(*id),
        Found::Other(id, ..) if !planned.addresses().is_empty() => *id,
        _ => None,
    }
}
