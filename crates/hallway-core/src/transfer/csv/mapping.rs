//! Where the columns of a file go.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::dates::DayOrder;
use crate::normal::ContactKind;

/// One entry per column of the file, in its order.
pub type Mapping = Vec<ColumnMapping>;

/// A column goes to one of the app's fields, to a custom field (by label, made if missing), or nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ColumnMapping {
    /// A field every person has, or [`ImportTarget::Skip`].
    Target(ImportTarget),
    /// The label of a custom field.
    Custom(String),
}

impl ColumnMapping {
    /// A column that is not imported.
    pub const SKIP: ColumnMapping = ColumnMapping::Target(ImportTarget::Skip);

    /// Whether the column is imported at all.
    pub fn is_skip(&self) -> bool {
        *self == ColumnMapping::SKIP
    }
}

/// The fields of a person that a column can fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportTarget {
    Skip,
    Name,
    FirstName,
    MiddleName,
    LastName,
    Nickname,
    Pronouns,
    Organisation,
    RoleTitle,
    City,
    Country,
    Languages,
    Notes,
    BuildingNow,
    Challenges,
    Tags,
    Stack,
    MetOn,
    /// The day we last wrote to them: an entry of ours, which moves nobody. Layouts that are remembered call it so.
    #[serde(rename = "last_talked")]
    LastContacted,
    /// The day we last met: a talk in person.
    LastMet,
    /// The day we last talked, not face to face.
    LastSpoke,
    /// The day they last wrote or replied: an entry of theirs.
    LastHeard,
    /// What was said: the note of an entry, not of the person.
    Said,
    TimeZone,
    /// Whether they want the newsletter, as yes or no: a word on the row's e-mail address.
    Newsletter,
    /// The day on which they signed up for it.
    SignedUpOn,
    Email,
    Phone,
    Website,
    Github,
    Gitlab,
    Linkedin,
    Mastodon,
    Bluesky,
    X,
    Reddit,
    Discord,
    Slack,
    Matrix,
    Irc,
    Rss,
    Other,
}

impl ImportTarget {
    /// Every target, in the order a menu shows them.
    pub const ALL: [ImportTarget; 42] = [
        ImportTarget::Skip,
        ImportTarget::Name,
        ImportTarget::FirstName,
        ImportTarget::MiddleName,
        ImportTarget::LastName,
        ImportTarget::Nickname,
        ImportTarget::Pronouns,
        ImportTarget::Organisation,
        ImportTarget::RoleTitle,
        ImportTarget::City,
        ImportTarget::Country,
        ImportTarget::Languages,
        ImportTarget::Notes,
        ImportTarget::BuildingNow,
        ImportTarget::Challenges,
        ImportTarget::Tags,
        ImportTarget::Stack,
        ImportTarget::MetOn,
        ImportTarget::LastContacted,
        ImportTarget::LastMet,
        ImportTarget::LastSpoke,
        ImportTarget::LastHeard,
        ImportTarget::Said,
        ImportTarget::TimeZone,
        ImportTarget::Newsletter,
        ImportTarget::SignedUpOn,
        ImportTarget::Email,
        ImportTarget::Phone,
        ImportTarget::Website,
        ImportTarget::Github,
        ImportTarget::Gitlab,
        ImportTarget::Linkedin,
        ImportTarget::Mastodon,
        ImportTarget::Bluesky,
        ImportTarget::X,
        ImportTarget::Reddit,
        ImportTarget::Discord,
        ImportTarget::Slack,
        ImportTarget::Matrix,
        ImportTarget::Irc,
        ImportTarget::Rss,
        ImportTarget::Other,
    ];

    /// The header an exported column should have: [`recognise`](super::recognise) maps it back to this target.
    pub fn label(self) -> &'static str {
        match self {
            ImportTarget::Skip => "Not imported",
            ImportTarget::Name => "Name",
            ImportTarget::FirstName => "First name",
            ImportTarget::MiddleName => "Middle name",
            ImportTarget::LastName => "Last name",
            ImportTarget::Nickname => "Nickname",
            ImportTarget::Pronouns => "Pronouns",
            ImportTarget::Organisation => "Organisation",
            ImportTarget::RoleTitle => "Role",
            ImportTarget::City => "City",
            ImportTarget::Country => "Country",
            ImportTarget::Languages => "Languages",
            ImportTarget::Notes => "Notes",
            ImportTarget::BuildingNow => "Building now",
            ImportTarget::Challenges => "Stuck on",
            ImportTarget::Tags => "Tags",
            ImportTarget::Stack => "Works with",
            ImportTarget::MetOn => "Met on",
            ImportTarget::LastContacted => "Last contacted",
            ImportTarget::LastMet => "Last met",
            ImportTarget::LastSpoke => "Last talked",
            ImportTarget::LastHeard => "Last heard from",
            ImportTarget::Said => "What was said",
            ImportTarget::TimeZone => "Time zone",
            ImportTarget::Newsletter => "Newsletter",
            ImportTarget::SignedUpOn => "Newsletter since",
            contact => contact.contact().map_or("", ContactKind::label),
        }
    }

    /// The kind of contact point this target stands for, if it is one.
    pub fn contact(self) -> Option<ContactKind> {
        Some(match self {
            ImportTarget::Email => ContactKind::Email,
            ImportTarget::Phone => ContactKind::Phone,
            ImportTarget::Website => ContactKind::Website,
            ImportTarget::Github => ContactKind::Github,
            ImportTarget::Gitlab => ContactKind::Gitlab,
            ImportTarget::Linkedin => ContactKind::Linkedin,
            ImportTarget::Mastodon => ContactKind::Mastodon,
            ImportTarget::Bluesky => ContactKind::Bluesky,
            ImportTarget::X => ContactKind::X,
            ImportTarget::Reddit => ContactKind::Reddit,
            ImportTarget::Discord => ContactKind::Discord,
            ImportTarget::Slack => ContactKind::Slack,
            ImportTarget::Matrix => ContactKind::Matrix,
            ImportTarget::Irc => ContactKind::Irc,
            ImportTarget::Rss => ContactKind::Rss,
            ImportTarget::Other => ContactKind::Other,
            _ => return None,
        })
    }

    /// The target that fills contact points of this kind.
    pub fn for_contact(kind: ContactKind) -> ImportTarget {
        match kind {
            ContactKind::Email => ImportTarget::Email,
            ContactKind::Phone => ImportTarget::Phone,
            ContactKind::Website => ImportTarget::Website,
            ContactKind::Github => ImportTarget::Github,
            ContactKind::Gitlab => ImportTarget::Gitlab,
            ContactKind::Linkedin => ImportTarget::Linkedin,
            ContactKind::Mastodon => ImportTarget::Mastodon,
            ContactKind::Bluesky => ImportTarget::Bluesky,
            ContactKind::X => ImportTarget::X,
            ContactKind::Reddit => ImportTarget::Reddit,
            ContactKind::Discord => ImportTarget::Discord,
            ContactKind::Slack => ImportTarget::Slack,
            ContactKind::Matrix => ImportTarget::Matrix,
            ContactKind::Irc => ImportTarget::Irc,
            ContactKind::Rss => ImportTarget::Rss,
            ContactKind::Other => ImportTarget::Other,
        }
    }

    /// Whether several columns may fill it: addresses, tags and texts add up, a person has one name and one city.
    pub fn takes_many(self) -> bool {
        use ImportTarget::{BuildingNow, Challenges, Notes, Said, Skip, Stack, Tags};
        self.contact().is_some() || matches!(self, Skip | Tags | Stack | Notes | Said | BuildingNow | Challenges)
    }

    /// Whether a day is what it takes.
    pub fn takes_day(self) -> bool {
        use ImportTarget::{LastContacted, LastHeard, LastMet, LastSpoke, MetOn, SignedUpOn};
        matches!(self, MetOn | LastContacted | LastMet | LastSpoke | LastHeard | SignedUpOn)
    }
}

/// A column as the import preview shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportColumn {
    /// Its place in the file, from 0.
    pub index: u32,
    /// Its header: unique within the file, made up where the file has none.
    pub header: String,
    /// Up to three different values, in file order, cut to 80 letters.
    pub samples: Vec<String>,
    /// How many rows have something in it.
    pub filled: u32,
    /// Where it goes.
    pub mapping: ColumnMapping,
    /// Set when it holds days that could be either of two.
    pub days: Option<ColumnDays>,
    /// Set when it should hold days and something in it is none. What cannot be read is kept in the notes.
    pub unread: Option<UnreadDays>,
}

/// What stands in a column of days and is no day, such as `2026-13-45`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnreadDays {
    /// In how many rows.
    pub rows: u32,
    /// The first of them, cut to 80 letters.
    pub example: String,
}

/// Days such as `03/04/2024`, over the whole column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ColumnDays {
    /// What other days of the column prove, or somebody said. Without it they cannot be read.
    pub order: Option<DayOrder>,
    /// How many could be either of two.
    pub ambiguous: u32,
    /// The first of them.
    pub example: String,
}
