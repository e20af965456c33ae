//! Invented people and touchpoints: a hand-written sample community, and a generator of any number of them.
//!
//! Everything is a function of a seed: no clock, no randomness, no I/O. Nobody here exists; every address is at a
//! domain reserved for examples, every handle begins with `demo-`.

mod community;
mod days;
mod journeys;
mod kinds;
mod names;
mod people;
mod random;
mod said;
mod share;
#[cfg(test)]
mod tests;
mod words;

pub use community::{
    Community, SampleAttendee, SampleContact, SamplePerson, SamplePostalAddress, SampleTag, SampleTouchpoint, community,
};
pub use journeys::{DemoAttendee, DemoTouchpoint, touchpoints};
pub use people::{DemoContact, DemoPerson, DemoTag, people};
pub use said::{DemoFollowUp, DemoOptIn, follow_up, opted_in};
