//! Whether one may write to somebody: on what basis, what they said against it, and what no import brings back.
//!
//! A basis belongs to a way to reach somebody and a purpose, and is a word with a day and what it rests on; the one that was
//! said last counts, and nothing that was said is written over. An objection belongs to a person and a kind of channel. The
//! suppressions know addresses by keyed hash alone, so that they outlive an erasure.
//!
//! How it is decided stands in [`decide`], which is pure; [`verdicts`] asks the file.
pub(crate) mod alike;
mod anew;
pub mod basis;
mod beyond;
pub(crate) mod bulk;
mod carried;
pub mod decide;
mod hashed;
pub mod health;
mod known;
mod left_alone;
mod listed;
pub(crate) mod newsletter;
mod no_reply;
mod outlives;
pub(crate) mod post;
mod reach;
mod records;
mod refusals;
pub mod returns;
mod said;
mod stays;
pub mod suppressions;
mod taken;
mod told;
mod verdicts;

#[cfg(test)]
mod tests;

pub(crate) use anew::{ends, narrow};
pub(crate) use beyond::noes_beyond;
pub(crate) use hashed::Hashed;
pub(crate) use left_alone::{LeftAlone, is_left_alone, left_alone, left_alone_among, not_left_alone};
pub(crate) use listed::{ErasedThere, Listed, was_anybody_erased, was_erased_at};
pub use no_reply::is_nobodys;
pub(crate) use outlives::Brought;
pub(crate) use reach::{Reach, Refused, bit, peace_from, reach};
pub use records::{ContactBasis, Objection};
pub(crate) use refusals::{Known, refusal};
pub(crate) use stays::stays;
pub(crate) use suppressions::stays_listed;
pub use suppressions::{SuppressedFor, is_suppressed, suppress};
pub(crate) use taken::{Takes, ahead_of_its_day, elsewhere, takes};
pub(crate) use verdicts::refused_elsewhere;
pub use verdicts::{Verdict, verdicts};

words! {
    /// What somebody is written to for.
    pub enum Purpose {
        /// One message to one person.
        OneToOne = "one_to_one",
        /// A newsletter, an invitation: the same to many.
        ListMail = "list_mail",
        /// Something in the post.
        SwagPost = "swag_post",
        /// Bringing them together with whoever looks for colleagues.
        RecruitingIntro = "recruiting_intro",
        /// Bringing them together with whoever sells.
        SalesIntro = "sales_intro",
    }
}

words! {
    /// Why one may write to somebody; the strictest word last.
    pub enum Basis {
        /// They asked for it: signed up, ticked the box.
        OptedIn = "opted_in",
        /// They use what we make, gave the address for that, and may say no in every message.
        ExistingUser = "existing_user",
        SaidYesInPerson = "said_yes_in_person",
        TheyWroteFirst = "they_wrote_first",
        /// What they do in public, and one message about just that.
        PublicWorkOneToOne = "public_work_one_to_one",
        Unknown = "unknown",
        /// They asked not to.
        Objected = "objected",
    }
}

words! {
    /// Why somebody may not be written to. The first that holds is the reason that is given.
    pub enum LeftOut {
        DoNotContact = "do_not_contact",
        Objected = "objected",
        Suppressed = "suppressed",
        OptedOut = "opted_out",
        Bounced = "bounced",
        WrongPerson = "wrong_person",
        Teammate = "teammate",
        NoAddress = "no_address",
        /// It came from GitHub, whose terms allow no mail to many without their own word.
        SourceForbids = "source_forbids",
        /// An address nobody reads: noreply, a bot.
        NoReplyAddress = "no_reply_address",
        UnknownBasis = "unknown_basis",
        /// There is a basis, but it is not enough for this.
        NoOptIn = "no_opt_in",
        /// They chose something else less than half a year ago.
        CooledDown = "cooled_down",
        /// Of a file: somebody who is in it already has the same address.
        SameAddress = "same_address",
        /// Of a file: whoever writes it said so.
        ByHand = "by_hand",
        /// Of a file: the program that reads it takes no such address.
        AddressNotTaken = "address_not_taken",
        /// Of a file: the program that reads it would cut one of its texts.
        TextTooLong = "text_too_long",
    }
}

words! {
    /// What would let somebody be written to who was left out.
    pub enum Fix {
        /// Say on what basis.
        SetBasis = "set_basis",
        /// Only a new opt-in of theirs, with what shows it.
        NewOptIn = "new_opt_in",
        /// Another address of theirs.
        AnotherAddress = "another_address",
        /// Time: the day after which it is over.
        Wait = "wait",
        /// Open the person and look.
        Look = "look",
        /// Make the two one person, if they are.
        Merge = "merge",
        /// Say that they are meant after all.
        LetIn = "let_in",
        /// Leave that column out of the file, or make the text shorter.
        Shorten = "shorten",
    }
}

impl Purpose {
    /// As it stands in a sentence: "may be written to for a list".
    pub fn words(self) -> &'static str {
        match self {
            Purpose::OneToOne => "a message of their own",
            Purpose::ListMail => "mail to a list",
            Purpose::SwagPost => "something in the post",
            Purpose::RecruitingIntro => "an introduction to recruiting",
            Purpose::SalesIntro => "an introduction to sales",
        }
    }
}

impl Basis {
    /// As it stands in a list.
    pub fn words(self) -> &'static str {
        match self {
            Basis::OptedIn => "opted in",
            Basis::ExistingUser => "uses what we make",
            Basis::SaidYesInPerson => "said yes in person",
            Basis::TheyWroteFirst => "wrote first",
            Basis::PublicWorkOneToOne => "public work, one to one",
            Basis::Unknown => "not known",
            Basis::Objected => "asked not to",
        }
    }
}

impl LeftOut {
    /// As it stands behind a count: "22 no opt-in".
    pub fn words(self) -> &'static str {
        match self {
            LeftOut::DoNotContact => "not to be contacted",
            LeftOut::Objected => "asked not to",
            LeftOut::Suppressed => "on the suppression list",
            LeftOut::OptedOut => "opted out",
            LeftOut::Bounced => "bounced",
            LeftOut::WrongPerson => "address of somebody else",
            LeftOut::Teammate => "teammate",
            LeftOut::NoAddress => "no address",
            LeftOut::SourceForbids => "from GitHub, whose terms forbid it without their opt-in",
            LeftOut::NoReplyAddress => "address nobody reads",
            LeftOut::UnknownBasis => "unknown basis",
            LeftOut::NoOptIn => "no opt-in",
            LeftOut::CooledDown => "chose something else, left in peace for half a year",
            LeftOut::SameAddress => "same address as somebody who is in it",
            LeftOut::ByHand => "left out by hand",
            LeftOut::AddressNotTaken => "address with letters before the @ that the program does not take",
            LeftOut::TextTooLong => "text longer than the program takes",
        }
    }
    /// What would let them in, if anything may.
    pub fn fix(self) -> Option<Fix> {
        match self {
            LeftOut::DoNotContact | LeftOut::Teammate => Some(Fix::Look),
            LeftOut::Objected | LeftOut::Suppressed | LeftOut::OptedOut => Some(Fix::NewOptIn),
            LeftOut::Bounced
            | LeftOut::WrongPerson
            | LeftOut::NoAddress
            | LeftOut::NoReplyAddress
            | LeftOut::AddressNotTaken => Some(Fix::AnotherAddress),
            LeftOut::TextTooLong => Some(Fix::Shorten),
            LeftOut::SourceForbids | LeftOut::UnknownBasis | LeftOut::NoOptIn => Some(Fix::SetBasis),
            LeftOut::CooledDown => Some(Fix::Wait),
            LeftOut::SameAddress => Some(Fix::Merge),
            LeftOut::ByHand => Some(Fix::LetIn),
        }
    }
}
