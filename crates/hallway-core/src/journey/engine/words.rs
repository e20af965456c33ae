//! The closed vocabularies of the engine: each word is declared once, with the key it has in the file and on the wire.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Declares an enum whose variants are known by a key; the key, the order and the JSON form come from this one list.
macro_rules! vocabulary {
    ($(#[$about:meta])* $name:ident { $($(#[$means:meta])* $word:ident = $key:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub enum $name {
            $($(#[$means])* #[serde(rename = $key)] $word,)+
        }

        impl $name {
            /// Every value, in the order in which they are declared.
            pub const ALL: &'static [Self] = &[$(Self::$word,)+];

            /// The name this value has in the file, on the wire and in JSON.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$word => $key,)+
                }
            }

            /// The value with this key, if there is one.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.key() == key)
            }
        }
    };
}

vocabulary! {
    /// How far a developer has come, in the order of the journey. Not placed yet is `Option::None`, which sorts below.
    Stage {
        /// They have heard of it.
        Discover = "discover",
        /// They are deciding whether it is worth trying.
        Evaluate = "evaluate",
        /// They are getting it to work for the first time.
        Learn = "learn",
        /// They are doing real work with it.
        Build = "build",
        /// It runs in production, and they tell others.
        Scale = "scale",
    }
}

impl Stage {
    /// The word the window shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Discover => "Discovery",
            Self::Evaluate => "Evaluation",
            Self::Learn => "Learning",
            Self::Build => "Building",
            Self::Scale => "Scaling",
        }
    }

    /// The stage after this one; `None` after the last.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// The stage before this one; `None` before the first.
    pub fn previous(self) -> Option<Self> {
        Self::ALL[..self as usize].last().copied()
    }
}

vocabulary! {
    /// How much the evidence for the shown stage still says: the dot beside it.
    Confidence {
        /// There is no stage to be sure of.
        Unplaced = "unplaced",
        /// Filled: at least half a proof is left.
        Confirmed = "confirmed",
        /// Half filled: between a quarter and half a proof is left.
        Fading = "fading",
        /// Empty: less than a quarter of a proof is left. The stage stays until somebody reviews it.
        Stale = "stale",
    }
}

vocabulary! {
    /// How lately they did anything of their own, whatever it says about a stage.
    Presence {
        /// Nothing of theirs has ever been written down.
        None = "none",
        /// Within the last 90 days.
        Active = "active",
        /// Within the last year.
        Quiet = "quiet",
        /// Longer ago than a year.
        Dormant = "dormant",
    }
}

vocabulary! {
    /// How close they are to the community.
    Ring {
        /// They use the product and take part.
        Primary = "primary",
        /// They did something of their own within a year.
        Secondary = "secondary",
        /// Everybody else.
        Tertiary = "tertiary",
    }
}

vocabulary! {
    /// How the person who wrote it down knows, strongest first.
    ObservedBy {
        /// They saw it themselves.
        Seen = "seen",
        /// The developer told them.
        Told = "told",
        /// Somebody concluded it.
        Inferred = "inferred",
        /// It came in with a list.
        Imported = "imported",
    }
}

vocabulary! {
    /// What a person has to do with a touchpoint.
    Role {
        /// They did it.
        By = "by",
        /// It was done together with them.
        With = "with",
        /// It was about them; they need not know.
        About = "about",
    }
}

vocabulary! {
    /// Who acted towards whom.
    Direction {
        /// The developer acted.
        FromThem = "from_them",
        /// We acted; never evidence.
        FromUs = "from_us",
        /// Both did.
        TwoWay = "two_way",
        /// Developers among themselves; evidence only for the one who gave.
        BetweenThem = "between_them",
    }
}

vocabulary! {
    /// The four kinds of work an advocate does.
    FourC {
        /// Code changes hands.
        Code = "code",
        /// One-way publishing.
        Content = "content",
        /// Somebody acts in person.
        Conductor = "conductor",
        /// Anything with a receiving side.
        Communication = "communication",
    }
}

vocabulary! {
    /// The kind of channel a touchpoint runs through, unless its own channel says otherwise.
    ChannelClass {
        /// Developers telling developers.
        WordOfMouth = "word_of_mouth",
        /// Things to read and watch.
        Content = "content",
        /// Social networks and chats.
        Social = "social",
        /// Made together with somebody.
        Joint = "joint",
        /// Meeting and answering people.
        Engagement = "engagement",
    }
}

vocabulary! {
    /// How much a sign says about the stages beyond what it proves.
    Strength {
        /// It proves the stage it points to.
        Proof = "proof",
        /// Two of these, of different kinds and close together, reach a stage.
        Strong = "strong",
        /// Three of these do.
        Weak = "weak",
    }
}

vocabulary! {
    /// Why the shown stage changed.
    Cause {
        /// One full proof did it.
        Proof = "proof",
        /// Several signs together did it; a suggestion until somebody accepts it.
        Signs = "signs",
        /// They said so: stopped using it, chose something else, ended the project.
        Reset = "reset",
        /// Somebody pinned a stage.
        Pin = "pin",
        /// A pin ran out on its date, and the evidence says something else.
        PinEnded = "pin_ended",
    }
}

vocabulary! {
    /// A set of rules to begin from.
    Preset {
        /// A library or an API: what ships.
        Library = "library",
        /// Hardware, and whatever else takes its time: half a year is no silence.
        Hardware = "hardware",
        /// A group that has no product: people come, take part, and lead.
        Community = "community",
    }
}

vocabulary! {
    /// How often stages that have grown stale are looked through.
    Review {
        /// On the first of January, April, July and October.
        Quarterly = "quarterly",
        /// On the first of every month.
        Monthly = "monthly",
    }
}

vocabulary! {
    /// Which moves are taken as they are, and which ask to be accepted first.
    Applies {
        /// What one proof did is applied; what signs add up to is suggested.
        Proofs = "proofs",
        /// Every move is applied.
        All = "all",
        /// Every move is suggested.
        Nothing = "nothing",
    }
}

impl Review {
    /// The newest day of review, up to and including a day.
    pub fn newest(self, day: NaiveDate) -> NaiveDate {
        let months = match self {
            Self::Monthly => 0,
            Self::Quarterly => day.month0() % 3,
        };
        day.with_day(1).and_then(|first| first.checked_sub_months(Months::new(months))).unwrap_or(day)
    }

    /// The first day of review after a day.
    pub fn next_after(self, day: NaiveDate) -> NaiveDate {
        let months = match self {
            Self::Monthly => 1,
            Self::Quarterly => 3 - day.month0() % 3,
        };
        day.with_day(1).and_then(|first| first.checked_add_months(Months::new(months))).unwrap_or(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_on_the_first_of_a_quarter_or_a_month_to_come() {
        let after = |review: Review, day: &str| review.next_after(day.parse().expect("a day")).to_string();
        assert_eq!(after(Review::Quarterly, "2026-05-21"), "2026-07-01");
        assert_eq!(after(Review::Quarterly, "2026-07-01"), "2026-10-01");
        assert_eq!(after(Review::Quarterly, "2026-12-31"), "2027-01-01");
        assert_eq!(after(Review::Monthly, "2026-05-31"), "2026-06-01");
        assert_eq!(after(Review::Monthly, "2026-06-01"), "2026-07-01");
    }
}
