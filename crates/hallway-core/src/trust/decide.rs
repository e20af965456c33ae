//! The rules: whether one may write to an address for a purpose. No file, no clock; every combination is asserted against a
//! table that was written out by hand.
//!
//! What "cooled down" means: they chose something else (`chose_other`, which also silences reminders to write) less than
//! [`PEACE_DAYS`] days ago. A sign-up of theirs after that day ends it, and a parcel is not held back by it.
use super::{Basis, LeftOut, Purpose};
use crate::contact_points::{ContactSource, ContactStatus};

/// How long whoever chose something else is left in peace, in days.
pub const PEACE_DAYS: i64 = 180;

/// What is known of one way to reach somebody, for one purpose and on one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts {
    pub source: ContactSource,
    pub status: ContactStatus,
    pub basis: Basis,
    /// They asked not to be written to so, and have not opted in since.
    pub objected: bool,
    /// It is on the suppression list, and not only since mail to it came back: that is a [`status`](Facts::status).
    pub suppressed: bool,
    /// An address nobody reads.
    pub no_reply: bool,
    /// One of us.
    pub teammate: bool,
    pub do_not_contact: bool,
    /// See above.
    pub cooled_down: bool,
}

/// Why this address may not be used for that purpose; nothing when it may.
pub fn decide(facts: &Facts, purpose: Purpose) -> Option<LeftOut> {
    // In the order of `LeftOut`: what they said comes before what we do not know.
    if facts.do_not_contact {
        return Some(LeftOut::DoNotContact);
    }
    if facts.objected || facts.basis == Basis::Objected {
        return Some(LeftOut::Objected);
    }
    if facts.suppressed {
        return Some(LeftOut::Suppressed);
    }
    match facts.status {
        ContactStatus::OptedOut => return Some(LeftOut::OptedOut),
        ContactStatus::Bounced => return Some(LeftOut::Bounced),
        ContactStatus::WrongPerson => return Some(LeftOut::WrongPerson),
        ContactStatus::Ok => {}
    }
    if facts.teammate {
        return Some(LeftOut::Teammate);
    }
    if facts.source == ContactSource::Github && needs_their_word(purpose) && !enough_from_github(facts.basis, purpose) {
        return Some(LeftOut::SourceForbids);
    }
    if facts.no_reply {
        return Some(LeftOut::NoReplyAddress);
    }
    if facts.basis == Basis::Unknown {
        return Some(LeftOut::UnknownBasis);
    }
    if !enough(purpose).contains(&facts.basis) {
        return Some(LeftOut::NoOptIn);
    }
    (facts.cooled_down && purpose != Purpose::SwagPost).then_some(LeftOut::CooledDown)
}

/// On which bases one may write for a purpose.
pub fn enough(purpose: Purpose) -> &'static [Basis] {
    use Basis::*;
    match purpose {
        Purpose::OneToOne => &[OptedIn, ExistingUser, SaidYesInPerson, TheyWroteFirst, PublicWorkOneToOne],
        // I30.
        Purpose::ListMail => &[OptedIn, ExistingUser],
        Purpose::SwagPost => &[OptedIn, SaidYesInPerson, TheyWroteFirst],
        // I28: they have agreed to just that.
        Purpose::RecruitingIntro | Purpose::SalesIntro => &[OptedIn, SaidYesInPerson],
    }
}

/// GitHub's acceptable-use policy, section 7: no mail to many, and nothing to recruiters or sellers, from what stands there.
fn needs_their_word(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::ListMail | Purpose::RecruitingIntro | Purpose::SalesIntro)
}

fn enough_from_github(basis: Basis, purpose: Purpose) -> bool {
    basis == Basis::OptedIn || (basis == Basis::SaidYesInPerson && purpose != Purpose::ListMail)
}

/// Whether an objection still holds: it is final until an opt-in that is dated after it. Days are `YYYY-MM-DD`.
pub fn holds(objected_on: Option<&str>, opted_in_on: Option<&str>) -> bool {
    objected_on.is_some_and(|objected| opted_in_on.is_none_or(|opted_in| opted_in <= objected))
}

/// What two rows of one person say of the same address: the stricter word. Nothing that was never said counts against a
/// word that was.
pub fn stricter(one: Option<Basis>, other: Option<Basis>) -> Option<Basis> {
    one.max(other)
}

/// Where an address came from that stands in two rows of one person: what they gave us themselves is no longer only
/// GitHub's.
pub fn source_of_both(one: ContactSource, other: ContactSource) -> ContactSource {
    use ContactSource::*;
    let own = |source: ContactSource| matches!(source, TheyGaveIt | ListSignup | Badge);
    match (one, other) {
        (Github, other) if own(other) => other,
        (one, Github) if !own(one) => Github,
        (one, _) => one,
    }
}
