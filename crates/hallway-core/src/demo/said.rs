//! What some of the invented people said: that they want the newsletter, or what was promised them.

use super::people::DemoPerson;
use super::random::{Purpose, Random};

/// That somebody wants the newsletter, at the first of their e-mail addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoOptIn {
    /// What shows it.
    pub evidence: &'static str,
    /// Days before the day the data is made for; never before they were added.
    pub days_ago: u32,
}

/// Something to come back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoFollowUp {
    /// `promise` or `check_in`.
    pub kind: &'static str,
    pub text: &'static str,
    /// Days after the day the data is made for; what is overdue has fewer than none.
    pub due_in: i64,
}

/// Those to whom something is promised are among so many of the first: in a community of any size a day has a few of them.
const PROMISED_AMONG: u32 = 150;

/// Whether somebody wants the newsletter.
pub fn opted_in(seed: u64, person: &DemoPerson) -> Option<DemoOptIn> {
    let random = &mut Random::of(seed, Purpose::Newsletter, person.index.into());
    let has_mail = person.contacts.iter().any(|contact| contact.kind == "email");
    let wants = random.chance(40) && has_mail && !person.do_not_contact && !person.teammate;
    wants.then(|| DemoOptIn {
        evidence: random.weighted(&[
            ("The form on our page", 6),
            ("Ticked “newsletter” when signing up for the meetup", 3),
            ("Asked for it at the booth, and wrote the address down", 2),
            ("Confirmed the mail of the newsletter", 4),
        ]),
        days_ago: random.between(0, person.added_days_ago),
    })
}

/// What was promised to somebody, or is to be asked.
pub fn follow_up(seed: u64, person: &DemoPerson) -> Option<DemoFollowUp> {
    let random = &mut Random::of(seed, Purpose::FollowUps, person.index.into());
    let has_one = person.index < PROMISED_AMONG && random.chance(15) && !person.do_not_contact && !person.teammate;
    has_one.then(|| {
        let (kind, text) = random.weighted(&[
            (("promise", "Send the example with retries"), 3),
            (("promise", "Answer the question about quotas"), 3),
            (("promise", "Send the slides of the talk"), 2),
            (("promise", "Introduce them to the maintainers"), 1),
            (("check_in", "Ask how the first week went"), 3),
        ]);
        DemoFollowUp { kind, text, due_in: i64::from(random.between(0, 24)) - 3 }
    })
}
