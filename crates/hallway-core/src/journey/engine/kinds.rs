//! The kinds of touchpoint that ship with Hallway: one row each, the only place where they are written down.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::words::ChannelClass as Via;
use super::words::Direction::{BetweenThem, FromThem, FromUs, TwoWay};
use super::words::FourC::{Code, Communication, Conductor, Content};
use super::words::Stage::{Build, Discover, Evaluate, Learn, Scale};
use super::words::Strength::{Proof, Strong, Weak};
use super::words::{ChannelClass, Direction, FourC, Stage, Strength};

/// Text that is either compiled in or came from a file.
pub type Text = Cow<'static, str>;

/// What we do that gives somebody something, for the balance of giving and asking.
pub const GIVING: &[&str] = &[
    "gave_help",
    "sent_resource",
    "sent_swag",
    "sponsored",
    "featured_them",
    "credited",
    "thanked",
    "introduced",
    "told_what_changed",
];

/// One kind of touchpoint and all that the engine knows about it. Plain data, so that custom kinds are rows like these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "RuleKind")]
pub struct Kind {
    /// The name it has in the file; never changes.
    pub key: Text,
    /// What the window calls it.
    pub label: Text,
    /// What the person might do next ("runs it in production"); empty when it is not theirs to choose.
    pub comes_next: Text,
    /// Who acted towards whom.
    pub direction: Direction,
    /// The kind of work it belongs to.
    pub four_c: FourC,
    /// The kind of channel, unless the touchpoint names its own.
    pub channel_class: ChannelClass,
    /// Commitment from 1 to 12; 0 for what says nothing about commitment.
    pub weight: u8,
    /// The highest stage it says anything about.
    pub points_to: Option<Stage>,
    /// How much it says about the stages between what it proves and what it points to.
    pub strength: Option<Strength>,
    /// The highest stage it shows by itself.
    pub proves: Option<Stage>,
    /// The stage it takes a person back to at once. Such a kind gives no points, whatever else stands here.
    pub resets_to: Option<Stage>,
    /// Whether it counts as taking part in the community.
    pub participates: bool,
    /// For how many days after it nobody is reminded to write to the person.
    pub silences_days: Option<u32>,
    /// Off: its touchpoints stay, and a person who did it was there, but it says nothing about a stage.
    pub on: bool,
}

/// The shipped kinds in the order of the journey: their own acts, the resets, then what we do.
///
/// Source: domain 2.2.1; participation from 2.8. The bold anchors among the weights are Orbit's.
#[rustfmt::skip]
pub(super) const STANDARD: &[Kind] = &[
    sign("read_content",           "Read or watched something",  FromThem,    Content,       Via::Content,     1,  Discover, Weak,   None,           "reads or watches something"),
    sign("subscribed",             "Joined a list",              FromThem,    Content,       Via::Content,     2,  Discover, Strong, Some(Discover), "joins a list"),
    sign("followed_starred",       "Followed or starred",        FromThem,    Communication, Via::Social,      2,  Discover, Strong, Some(Discover), "follows or stars it"),
    sign("attended_talk",          "Came to a talk",             FromThem,    Conductor,     Via::Engagement,  4,  Discover, Strong, Some(Discover), "comes to a talk"),
    sign("attended_event",         "Came to an event",           FromThem,    Conductor,     Via::Engagement,  5,  Discover, Strong, Some(Discover), "comes to an event"),
    sign("conversation_in_person", "Talked in person",           TwoWay,      Conductor,     Via::Engagement,  4,  Discover, Proof,  Some(Discover), "talks with you in person"),
    sign("conversation_online",    "Talked online",              TwoWay,      Communication, Via::Social,      3,  Discover, Proof,  Some(Discover), "talks with you online").takes_part(),
    sign("replied",                "Replied to us",              FromThem,    Communication, Via::Engagement,  2,  Discover, Proof,  Some(Discover), "writes back"),
    sign("joined_community",       "Joined the chat or forum",   FromThem,    Communication, Via::Social,      4,  Evaluate, Weak,   Some(Discover), "joins the chat or forum"),
    sign("asked_if_it_fits",       "Asked whether it fits",      FromThem,    Communication, Via::Engagement,  4,  Evaluate, Proof,  Some(Evaluate), "asks whether it fits"),
    sign("compared_options",       "Is comparing options",       FromThem,    Communication, Via::Engagement,  3,  Evaluate, Proof,  Some(Evaluate), "compares options"),
    sign("signed_up",              "Signed up or installed",     FromThem,    Code,          Via::Engagement,  4,  Evaluate, Proof,  Some(Evaluate), "signs up or installs it"),
    sign("asked_how_to",           "Asked how to do something",  FromThem,    Communication, Via::Engagement,  4,  Learn,    Strong, Some(Evaluate), "asks how to do something").takes_part(),
    sign("hands_on_workshop",      "Did a hands-on workshop",    FromThem,    Conductor,     Via::Engagement,  5,  Learn,    Strong, Some(Evaluate), "does a hands-on workshop"),
    sign("gave_feedback",          "Gave product feedback",      FromThem,    Communication, Via::Engagement,  5,  Learn,    Strong, Some(Evaluate), "gives feedback on the product").takes_part(),
    sign("joined_beta",            "Joined a beta",              FromThem,    Code,          Via::Engagement,  6,  Learn,    Strong, Some(Evaluate), "joins a beta").takes_part(),
    sign("first_success",          "Got it working",             FromThem,    Code,          Via::Engagement,  5,  Learn,    Proof,  Some(Learn),    "gets it working"),
    sign("reported_bug",           "Reported a bug",             FromThem,    Code,          Via::Engagement,  6,  Build,    Strong, Some(Learn),    "reports a bug").takes_part(),
    sign("answered_question",      "Helped another developer",   BetweenThem, Communication, Via::WordOfMouth, 6,  Build,    Strong, Some(Learn),    "helps another developer").takes_part(),
    sign("opened_pr",              "Opened a pull request",      FromThem,    Code,          Via::Engagement,  8,  Build,    Strong, Some(Learn),    "opens a pull request").takes_part(),
    sign("wrote_about",            "Wrote about it",             FromThem,    Content,       Via::WordOfMouth, 8,  Build,    Strong, Some(Evaluate), "writes about it").takes_part(),
    sign("shared_prototype",       "Showed a demo or prototype", FromThem,    Code,          Via::WordOfMouth, 7,  Build,    Proof,  Some(Build),    "shows a demo or prototype"),
    sign("building_with_it",       "Is building with it",        FromThem,    Code,          Via::Engagement,  7,  Build,    Proof,  Some(Build),    "builds something with it"),
    sign("referred",               "Brought someone in",         BetweenThem, Communication, Via::WordOfMouth, 8,  Scale,    Strong, Some(Learn),    "brings someone in"),
    sign("co_created",             "Made something with us",     TwoWay,      Content,       Via::Joint,       9,  Scale,    Strong, Some(Learn),    "makes something with us").takes_part(),
    sign("organised_meetup",       "Organised a meetup",         BetweenThem, Conductor,     Via::WordOfMouth, 11, Scale,    Strong, Some(Learn),    "organises a meetup").takes_part(),
    sign("spoke_about",            "Gave a talk about it",       FromThem,    Conductor,     Via::WordOfMouth, 9,  Scale,    Strong, Some(Build),    "speaks about it").takes_part(),
    sign("in_production",          "Runs it in production",      FromThem,    Code,          Via::Engagement,  9,  Scale,    Proof,  Some(Scale),    "runs it in production"),
    sign("took_it_to_team",        "Took it to another team",    BetweenThem, Code,          Via::WordOfMouth, 9,  Scale,    Proof,  Some(Scale),    "brings it to a team"),
    sign("joined_champions",       "Joined the champions",       FromThem,    Conductor,     Via::WordOfMouth, 10, Scale,    Proof,  Some(Scale),    "").takes_part(),

    reset("chose_other",           "Chose something else",       Communication, Evaluate).silences(180),
    reset("project_ended",         "Project ended",              Code,          Learn),
    reset("stopped_using",         "Stopped using it",           Code,          Evaluate),

    ours("emailed",                "Wrote to them",                           Communication, Via::Engagement),
    ours("sent_resource",          "Sent a resource",                         Content,       Via::Content),
    ours("gave_help",              "Solved something for them",               Code,          Via::Engagement),
    ours("sent_swag",              "Sent or handed swag",                     Conductor,     Via::Engagement),
    ours("sponsored",              "Sponsored their work",                    Conductor,     Via::Joint),
    ours("featured_them",          "Featured them",                           Content,       Via::Joint),
    ours("credited",               "Credited them publicly",                  Communication, Via::Social),
    ours("thanked",                "Thanked them",                            Communication, Via::Engagement),
    ours("introduced",             "Introduced them to a developer",          Conductor,     Via::WordOfMouth),
    ours("invited",                "Invited them",                            Conductor,     Via::Engagement),
    ours("told_what_changed",      "Told them what became of their feedback", Communication, Via::Engagement),
    ours("shared_roadmap",         "Shared the roadmap",                      Content,       Via::Content),
];

/// What people do in a group that has no product (domain 3.6, "Community of practice").
#[rustfmt::skip]
pub(super) const PARTICIPATION: &[Kind] = &[
    sign("came_to_meeting",      "Came to a meeting",            FromThem,    Conductor,     Via::Engagement,  4,  Discover, Strong, Some(Discover), "comes to a meeting").takes_part(),
    sign("introduced_themselves", "Introduced themselves",       FromThem,    Communication, Via::Social,      3,  Evaluate, Proof,  Some(Evaluate), "introduces themselves").takes_part(),
    sign("joined_discussion",    "Took part in a discussion",    FromThem,    Communication, Via::Social,      4,  Learn,    Strong, Some(Evaluate), "takes part in a discussion").takes_part(),
    sign("came_again",           "Comes again and again",        FromThem,    Conductor,     Via::Engagement,  6,  Learn,    Proof,  Some(Learn),    "comes again and again").takes_part(),
    sign("shared_experience",    "Shared what they had learned", FromThem,    Content,       Via::WordOfMouth, 7,  Build,    Proof,  Some(Build),    "shares what they have learned").takes_part(),
    sign("mentored",             "Took somebody by the hand",    BetweenThem, Communication, Via::WordOfMouth, 9,  Scale,    Strong, Some(Build),    "takes somebody by the hand").takes_part(),
    sign("hosted_session",       "Hosted a session",             FromThem,    Conductor,     Via::WordOfMouth, 10, Scale,    Proof,  Some(Scale),    "hosts a session").takes_part(),
];

/// The keys of the kinds that ship with Hallway.
pub fn shipped_kinds() -> impl Iterator<Item = &'static str> {
    STANDARD.iter().map(|kind| match &kind.key {
        Cow::Borrowed(key) => *key,
        Cow::Owned(_) => unreachable!("the table above is compiled in"),
    })
}

/// An act of their own, and what it says about the journey.
#[rustfmt::skip]
#[allow(clippy::too_many_arguments)] // They are the columns of the table above.
const fn sign(
    key: &'static str, label: &'static str, direction: Direction, four_c: FourC, via: ChannelClass, weight: u8,
    points_to: Stage, strength: Strength, proves: Option<Stage>, comes_next: &'static str,
) -> Kind {
    let mut kind = silent(key, label, comes_next, direction, four_c, via);
    kind.weight = weight;
    kind.points_to = Some(points_to);
    kind.strength = Some(strength);
    kind.proves = proves;
    kind
}

/// An act of their own that takes them back to a stage.
const fn reset(key: &'static str, label: &'static str, four_c: FourC, target: Stage) -> Kind {
    let mut kind = silent(key, label, "", FromThem, four_c, Via::Engagement);
    kind.resets_to = Some(target);
    kind
}

/// An act of ours, which is never evidence.
const fn ours(key: &'static str, label: &'static str, four_c: FourC, via: ChannelClass) -> Kind {
    silent(key, label, "", FromUs, four_c, via)
}

/// A kind that says nothing about the journey.
const fn silent(
    key: &'static str,
    label: &'static str,
    comes_next: &'static str,
    direction: Direction,
    four_c: FourC,
    channel_class: ChannelClass,
) -> Kind {
    Kind {
        key: Cow::Borrowed(key),
        label: Cow::Borrowed(label),
        comes_next: Cow::Borrowed(comes_next),
        direction,
        four_c,
        channel_class,
        weight: 0,
        points_to: None,
        strength: None,
        proves: None,
        resets_to: None,
        participates: false,
        silences_days: None,
        on: true,
    }
}

impl Kind {
    const fn takes_part(mut self) -> Self {
        self.participates = true;
        self
    }

    const fn silences(mut self, days: u32) -> Self {
        self.silences_days = Some(days);
        self
    }
}
