//! What is to be known of a row although it comes in: that an address of it is not written to, and why; that what stands
//! where a day should is none.
use super::plan::{Outcome, Planned};
use crate::{
    contact_points,
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
    if planned.outcome == Outcome::Skipped {
        return Ok(notes);
    }
    if planned.outcome == Outcome::Refused {
        notes.extend(no_of_refused(planned));
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
    if about.is_empty() {
        notes.extend(match planned.outcome {
            Outcome::Look => Some(
                "It says no to the newsletter and has no e-mail address. Say who it is, and it is held to be theirs.".to_owned(),
            ),
            _ if planned.newsletter == Some(false) => Some(
                "It says no to the newsletter and has no e-mail address: it is taken as their objection to e-mail, whatever their address."
                    .to_owned(),
            ),
            _ => None,
        });
    }
    if planned.outcome == Outcome::Look && !wants {
        let here = planned.person.map_or(Ok(vec![]), |id| contact_points::of(tx, id))?;
        let others = about.iter().filter(|address| here.iter().all(|point| point.value_norm != **address));
        notes.extend(others.map(|address| {
            format!("It says no to the newsletter: {address} goes on the suppression list, whoever it turns out to be.")
        }));
    }
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

/// What becomes of the no of a row that is refused.
fn no_of_refused(planned: &Planned) -> Option<String> {
    if planned.newsletter != Some(false) {
        return None;
    }
    let addresses = planned.addresses();
    Some(match addresses.as_slice() {
        [] => "It says no to the newsletter, and no e-mail address of it can be read to hold it to. Mend the row and import it again."
            .to_owned(),
        [one] => format!("It says no to the newsletter: {one} goes on the suppression list, though the row does not come in."),
        several => format!(
            "It says no to the newsletter: {} go on the suppression list, though the row does not come in.",
            several.join(", ")
        ),
    })
}
