//! The sample community: sixty invented people one can load into an empty workspace and take out again.

use serde::Deserialize;

/// What is in `assets/demo/community.json`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Community {
    /// What the imagined advocate helps developers use; the notes speak of it.
    pub product: String,
    pub people: Vec<SamplePerson>,
    /// Oldest first.
    pub touchpoints: Vec<SampleTouchpoint>,
}

/// Somebody who does not exist. Lists of keys and languages are comma-separated, as on the wire.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SamplePerson {
    /// By which touchpoints name them.
    pub key: String,
    pub display_name: String,
    pub pronouns: Option<String>,
    pub say_it_like: Option<String>,
    pub organisation: Option<String>,
    pub role_title: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub city: String,
    /// IANA.
    pub time_zone: String,
    /// BCP 47.
    pub languages: String,
    pub building_now: Option<String>,
    pub challenges: Option<String>,
    pub content_prefs: Option<String>,
    pub appreciation_prefs: Option<String>,
    #[serde(default)]
    pub tags: Vec<SampleTag>,
    /// The first of them is the primary one.
    #[serde(default)]
    pub contacts: Vec<SampleContact>,
    pub postal_address: Option<SamplePostalAddress>,
    pub notes: Option<String>,
    #[serde(default)]
    pub teammate: bool,
    #[serde(default)]
    pub do_not_contact: bool,
    pub do_not_contact_reason: Option<String>,
    /// Days before the day the community is loaded; never after their first touchpoint.
    pub added_days_ago: u32,
}

/// A tag; `kind` is `topic` or `stack`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleTag {
    pub name: String,
    pub kind: String,
}

/// A way to reach somebody, at a reserved domain (RFC 2606) or by a handle that begins with `demo-`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleContact {
    pub kind: String,
    pub value: String,
    pub source: String,
}

/// Where parcels go, in a street that is nowhere, in the country somebody lives in.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SamplePostalAddress {
    pub lines: String,
    pub purpose: String,
    /// Days before the day the community is loaded, fewer than an address is kept.
    pub given_days_ago: u32,
}

/// Something that happened, some days before the day the community is loaded.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SampleTouchpoint {
    /// With `precision` month or year, a day in that month or year; with `unknown`, the day it was written down.
    pub days_ago: u32,
    pub kind: String,
    pub people: Vec<SampleAttendee>,
    pub note: String,
    pub intent: Option<String>,
    /// −2 to 2.
    pub sentiment: Option<i8>,
    /// How long it took.
    pub minutes: Option<u16>,
    /// `day` unless said otherwise.
    pub precision: Option<String>,
    #[serde(default)]
    pub needs_answer: bool,
    /// `quick_capture` unless said otherwise.
    pub source: Option<String>,
}

/// Somebody at a touchpoint: `with` and `told` unless said otherwise.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SampleAttendee {
    /// A [`SamplePerson::key`].
    pub person: String,
    pub role: Option<String>,
    pub observed_stage: Option<String>,
    pub observed_by: Option<String>,
    #[serde(default)]
    pub incentivised: bool,
}

/// The sample community.
///
/// # Panics
///
/// If the file that was built into the program is not what the types above say; a test reads it.
pub fn community() -> Community {
    serde_json::from_str(include_str!("../../../../assets/demo/community.json"))
        .expect("the sample community is part of the program and its test has read it")
}
