//! A row of a file, and what would become of it.
use super::{
    Differing,
    known::{Known, NOTES, WHEREVER, addresses_of, more_notes},
};
use crate::{
    id::Id,
    normal::fold,
    transfer::csv::{ImportedPerson, ImportedTouch},
    trust::suppressions::Listed,
};
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    New,
    /// Here already; something is filled in or replaced.
    Update,
    /// Here already, and the file says something else, which is not taken over.
    Differs,
    Unchanged,
    /// An address is shared with somebody of another name: the person decides.
    Look,
    Skipped,
    Refused,
}

/// One row, decided.
pub(super) struct Planned {
    pub row: u32,
    pub outcome: Outcome,
    pub name: String,
    pub reason: Option<String>,
    pub column: Option<String>,
    /// Whom the row is, or might be.
    pub person: Option<Id>,
    pub imported: ImportedPerson,
    pub fills: Vec<&'static str>,
    pub differs: Vec<Differing>,
    /// What the row tells that happened, as far as it is not here yet.
    pub touches: Vec<ImportedTouch>,
    /// What of it does not come in, since an erasure took words out of what stands here in its place.
    pub held_back: Vec<String>,
    /// Whether they want the newsletter, as far as that is not known yet and there is somebody or an address to hold it to.
    pub newsletter: Option<bool>,
    /// Whether this very file was here before and the row has no address to tell anybody by, so that it would be added a
    /// second time.
    pub again: bool,
}

impl Planned {
    /// Whether one of its addresses is on the suppression list.
    pub fn is_on(&self, listed: &Listed) -> bool {
        self.imported.contacts.iter().any(|(kind, value)| listed.has(*kind, value))
    }

    /// Whether it says no to the newsletter and does not come in: the no is taken all the same, whatever becomes of the row.
    pub fn says_no_apart(&self) -> bool {
        self.imported.newsletter == Some(false)
            && matches!(self.outcome, Outcome::Look | Outcome::Skipped | Outcome::Refused)
    }

    /// The addresses that its word on the newsletter is about, as they are compared.
    pub fn addresses(&self) -> Vec<String> {
        addresses_of(&self.imported)
    }

    /// What the row would fill, and where it says something else.
    pub fn compare(&mut self, person: Option<Id>, known: &Known, overwrite: bool) {
        self.hold_back(known);
        let row = Known::of_row(&self.imported);
        let mut judge = |field: &'static str, label: &str, have: Option<&String>, file: &String| match have {
            None => self.fills.push(field),
            Some(have) if fold(have) == fold(file) => {}
            Some(have) if field == NOTES => self.fills.extend(more_notes(have, file).map(|_| field)),
            Some(have) => {
                self.differs.push(Differing { field: label.to_owned(), have: have.clone(), file: file.clone() })
            }
        };
        for (field, text) in &row.texts {
            judge(field, field, known.texts.get(field), text);
        }
        for (label, text) in &row.custom {
            judge("custom field", label, known.custom.get(label), text);
        }
        self.fills.extend(row.contacts.difference(&known.contacts).map(|_| "way to reach them"));
        self.fills.extend(row.tags.difference(&known.tags).map(|_| "tag"));
        self.touches = self.imported.touches.iter().filter(|touch| !known.tells(touch)).cloned().collect();
        self.fills.extend(self.touches.iter().map(|_| "entry"));
        // A yes adds nothing to a yes, and nothing where a no was said.
        self.newsletter = self.imported.newsletter.filter(|wants| {
            let addresses = self.addresses();
            if addresses.is_empty() {
                return !known.newsletter.contains(&(WHEREVER.to_owned(), false));
            }
            addresses.iter().any(|address| {
                let knows = |said: bool| known.newsletter.contains(&(address.clone(), said));
                if *wants { !knows(true) && !knows(false) } else { !knows(false) }
            })
        });
        self.fills.extend(self.newsletter.map(|_| "word on the newsletter"));
        self.person = person;
        self.outcome = match (self.fills.is_empty(), self.differs.is_empty()) {
            (true, true) => Outcome::Unchanged,
            (true, false) if !overwrite => Outcome::Differs,
            _ => Outcome::Update,
        };
    }

    /// Takes out of the row what an erasure may have taken out of the texts here: whoever was named in them is named nowhere
    /// any more, so that nobody can tell whether the file names them.
    fn hold_back(&mut self, known: &Known) {
        let here = |field| known.texts.get(field);
        for field in known.reworded.iter().copied() {
            let Some(text) = text_of(&mut self.imported, field) else { continue };
            let says_more = match (text.as_ref(), here(field)) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(text), Some(here)) if field == NOTES => more_notes(here, text).is_some(),
                (Some(text), Some(here)) => fold(text) != fold(here),
            };
            if says_more {
                *text = None;
                self.held_back.push(field.to_owned());
            }
        }
        let custom = std::mem::take(&mut self.imported.custom);
        for (label, text) in custom {
            let key = fold(&label);
            let says_more = known.custom.get(&key).is_none_or(|here| fold(here) != fold(&text));
            match known.reworded_custom.contains(&key) && says_more {
                true => self.held_back.push(label),
                false => self.imported.custom.push((label, text)),
            }
        }
        let before = self.imported.touches.len();
        self.imported.touches.retain(|touch| known.tells(touch) || !known.told_before(touch));
        if self.imported.touches.len() < before {
            self.held_back.push("what was said".to_owned());
        }
    }
}

/// A text of a row by what it is called.
fn text_of<'a>(row: &'a mut ImportedPerson, field: &str) -> Option<&'a mut Option<String>> {
    Some(match field {
        "role" => &mut row.role_title,
        "city" => &mut row.city,
        "pronouns" => &mut row.pronouns,
        "languages" => &mut row.languages,
        NOTES => &mut row.notes,
        "building now" => &mut row.building_now,
        "stuck on" => &mut row.challenges,
        _ => return None,
    })
}
