//! What is to be known of a row although it comes in: that an address of it is not written to, and why; that what stands
//! where a day should is none.
use super::plan::{Outcome, Planned};
use crate::{
    error::Result,
    normal::{self, ContactKind},
    store::Tx,
    transfer::csv::Unread,
    trust::{
        newsletter,
        suppressions::{Listed, suppressed_for},
    },
};

/// Whether something stands where a day should, in a row that comes in.
pub(super) fn is_dayless(planned: &Planned) -> bool {
    matches!(planned.outcome, Outcome::New | Outcome::Update) && !planned.imported.unread.is_empty()
}

/// Sentences, one for each thing. Nothing for a row that does not come in.
pub(super) fn notes(tx: &Tx, planned: &Planned, listed: &Listed) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    if matches!(planned.outcome, Outcome::Refused | Outcome::Skipped) {
        return Ok(notes);
    }
    for (kind, value) in planned.imported.contacts.iter().filter(|(kind, value)| listed.has(*kind, value)) {
        let why = suppressed_for(tx, *kind, value)?.map_or("asked not to be written to", |reason| reason.words());
        notes.push(format!(
            "{} is on the suppression list ({why}): it comes in, is not written to, and is left out of every mailing.",
            value.trim()
        ));
    }
    if is_dayless(planned) {
        let kept = planned.outcome == Outcome::New || planned.fills.contains(&"notes");
        let then = if kept { "It is kept in the notes." } else { "It is left out: the notes here say something else." };
        notes.extend(planned.imported.unread.iter().map(|(header, unread)| match unread {
            Unread::NoDay(text) => format!("“{text}” in the column “{header}” is not a day. {then}"),
            Unread::ToCome(text) => {
                format!("“{text}” in the column “{header}” has not come yet, so it is no entry. {then}")
            }
        }));
    }
    if let Some((header, cell)) = &planned.imported.unclear {
        notes.push(format!(
            "“{cell}” in the column “{header}” is neither yes nor no: it says nothing of the newsletter, and goes to the notes."
        ));
    }
    let Some(wants) = planned.imported.newsletter else { return Ok(notes) };
    let about = planned.addresses();
    let mails = planned.imported.contacts.iter().filter(|(kind, _)| *kind == ContactKind::Email);
    for (_, address) in mails.filter(|(kind, value)| about.contains(&normal::contact(*kind, value))) {
        let address = address.trim();
        if wants {
            if let Some(reason) = newsletter::stands_against(tx, listed, address)? {
                notes.push(format!(
                    "It says yes to the newsletter, but {address} is left out ({}). That stays: no file ends it.",
                    reason.words()
                ));
            }
        } else if let Some(person) = planned.person
            && planned.newsletter == Some(false)
            && newsletter::is_subscribed(tx, person, &normal::contact(ContactKind::Email, address))?
        {
            notes.push(format!("{address} opted in here; the row says no to the newsletter, which ends it."));
        }
    }
    Ok(notes)
}
