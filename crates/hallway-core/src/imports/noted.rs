//! What is to be known of a row although it comes in: that an address of it is not written to, and why; that what stands
//! where a day should is none.
use super::{
    known::NOTES,
    planned::{Outcome, Planned},
};
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

/// Sentences, one for each thing. Nothing for a row that does not come in, but for its no.
pub(super) fn notes(tx: &Tx, planned: &Planned, listed: &Listed) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    if matches!(planned.outcome, Outcome::Skipped | Outcome::Refused) {
        return no_of_left_out(tx, planned, listed);
    }
    for (kind, value) in planned.imported.contacts.iter().filter(|(kind, value)| listed.has(*kind, value)) {
        let why = suppressed_for(tx, *kind, value)?.map_or("asked not to be written to", |reason| reason.words());
        notes.push(format!(
            "{} is on the suppression list ({why}): it is not written to, and left out of every mailing.",
            value.trim()
        ));
    }
    if !planned.held_back.is_empty() {
        notes.push(format!(
            "Not added: {}. Somebody was erased who was named in what stands here, and the file may name them still. Write down here what is missing.",
            planned.held_back.join(", "),
        ));
    }
    let notes_held_back = planned.held_back.iter().any(|held| held == NOTES);
    if is_dayless(planned) {
        let new = planned.outcome == Outcome::New || planned.fills.contains(&NOTES);
        let then = match new {
            _ if notes_held_back => "It is not added.",
            true => "It is kept in the notes.",
            false => "It is in the notes already.",
        };
        notes.extend(planned.imported.unread.iter().map(|(header, unread)| match unread {
            Unread::NoDay(text) => format!("“{text}” in the column “{header}” is not a day. {then}"),
            Unread::ToCome(text) => {
                format!("“{text}” in the column “{header}” has not come yet, so it is no entry. {then}")
            }
        }));
    }
    if let Some((header, cell)) = &planned.imported.unclear {
        notes.push(format!(
            "“{cell}” in the column “{header}” is neither yes nor no: it says nothing of the newsletter, and {}.",
            if notes_held_back { "is not added" } else { "goes to the notes" }
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
        let others = about.iter().filter(|address| {
            !listed.has(ContactKind::Email, address) && here.iter().all(|point| point.value_norm != **address)
        });
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

/// What becomes of the no of a row that is refused or left out.
fn no_of_left_out(tx: &Tx, planned: &Planned, listed: &Listed) -> Result<Vec<String>> {
    if !planned.says_no_apart() {
        return Ok(vec![]);
    }
    let addresses = planned.addresses();
    if addresses.is_empty() {
        let note = match (planned.newsletter, planned.outcome) {
            (Some(_), _) => {
                "It says no to the newsletter and has no e-mail address: it is taken as their objection to e-mail, though the row is left out."
            }
            // They objected before.
            (None, Outcome::Skipped) if planned.person.is_some() => return Ok(vec![]),
            (None, Outcome::Skipped) => {
                "It says no to the newsletter and has no e-mail address to hold it to: nothing is taken of it while the row is left out."
            }
            (None, _) => {
                "It says no to the newsletter, and no e-mail address of it can be read to hold it to. Mend the row and import it again."
            }
        };
        return Ok(vec![note.to_owned()]);
    }
    let here = planned.person.map_or(Ok(vec![]), |id| contact_points::of(tx, id))?;
    let theirs = |address: &String| here.iter().any(|point| point.value_norm == *address);
    let (at, elsewhere): (Vec<String>, Vec<String>) = addresses.into_iter().partition(theirs);
    let mut notes = Vec::new();
    for (address, person) in at.iter().filter_map(|address| Some((address, planned.person?))) {
        if newsletter::is_subscribed(tx, person, address)? && !newsletter::is_opted_out(tx, person, address)? {
            notes.push(format!(
                "{address} opted in here; the row says no to the newsletter, which ends it, though the row does not come in."
            ));
        } else if !newsletter::is_opted_out(tx, person, address)? {
            notes.push(format!(
                "It says no to the newsletter: {address} is opted out here, though the row does not come in."
            ));
        }
    }
    let new: Vec<String> = elsewhere.into_iter().filter(|address| !listed.has(ContactKind::Email, address)).collect();
    match new.as_slice() {
        [] => {}
        [one] => notes.push(format!(
            "It says no to the newsletter: {one} goes on the suppression list, though the row does not come in."
        )),
        several => notes.push(format!(
            "It says no to the newsletter: {} go on the suppression list, though the row does not come in.",
            several.join(", ")
        )),
    }
    Ok(notes)
}
