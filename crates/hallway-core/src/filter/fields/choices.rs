//! The words of fields that have their words by themselves.
use super::{Choice, Field};
use crate::{
    contact_points::ContactSource,
    countries::COUNTRIES,
    filter::known::Known,
    followups::FollowUpKind,
    journey::engine::{ChannelClass, Confidence, Direction, FourC, Presence, Ring, Role, Stage},
    normal::ContactKind,
    regions::REGIONS,
    touchpoints::Intent,
};

pub fn stages(known: &Known, _: &Field) -> Vec<Choice> {
    let mut stages = vec![Choice::new("none", "Not placed yet").also("not placed").also("unplaced")];
    stages.extend(Stage::ALL.iter().map(|stage| {
        let name = known.rules.1.names.at(*stage);
        Choice::new(stage.key(), name).also(stage.label())
    }));
    stages
}

pub fn confidences(_: &Known, _: &Field) -> Vec<Choice> {
    Confidence::ALL
        .iter()
        .map(|word| match word {
            Confidence::Unplaced => Choice::new(word.key(), "Not placed yet"),
            Confidence::Confirmed => Choice::new(word.key(), "Confirmed"),
            Confidence::Fading => Choice::new(word.key(), "Fading"),
            Confidence::Stale => Choice::new(word.key(), "Stale"),
        })
        .collect()
}

pub fn presences(_: &Known, _: &Field) -> Vec<Choice> {
    Presence::ALL
        .iter()
        .map(|word| match word {
            Presence::None => Choice::new(word.key(), "Nothing of theirs yet"),
            Presence::Active => Choice::new(word.key(), "Active"),
            Presence::Quiet => Choice::new(word.key(), "Quiet"),
            Presence::Dormant => Choice::new(word.key(), "Dormant"),
        })
        .collect()
}

pub fn rings(_: &Known, _: &Field) -> Vec<Choice> {
    Ring::ALL
        .iter()
        .map(|word| match word {
            Ring::Primary => Choice::new(word.key(), "Primary").also("1"),
            Ring::Secondary => Choice::new(word.key(), "Secondary").also("2"),
            Ring::Tertiary => Choice::new(word.key(), "Tertiary").also("3"),
        })
        .collect()
}

pub fn countries(_: &Known, _: &Field) -> Vec<Choice> {
    COUNTRIES.iter().map(|(code, name)| Choice::new(code, name)).collect()
}

pub fn regions(_: &Known, _: &Field) -> Vec<Choice> {
    REGIONS
        .iter()
        .map(|region| {
            let choice = Choice::new(region.key, region.name).also(region.code);
            match region.key {
                "latin-america" => choice.also("latam"),
                "sub-saharan-africa" => choice.also("subsaharan africa"),
                "eastern-asia" => choice.also("east asia"),
                "south-eastern-asia" => choice.also("southeast asia").also("sea"),
                "southern-asia" => choice.also("south asia"),
                "western-asia" => choice.also("west asia").also("middle east"),
                "middle-africa" => choice.also("central africa"),
                "eastern-africa" => choice.also("east africa"),
                "western-africa" => choice.also("west africa"),
                "northern-africa" => choice.also("north africa"),
                "eastern-europe" => choice.also("east europe"),
                "western-europe" => choice.also("west europe"),
                _ => choice,
            }
        })
        .collect()
}

pub fn languages(_: &Known, _: &Field) -> Vec<Choice> {
    LANGUAGES.iter().map(|(code, name)| Choice::new(code, name)).collect()
}

pub fn contact_kinds(_: &Known, _: &Field) -> Vec<Choice> {
    ContactKind::ALL.iter().map(|kind| Choice::new(kind.key(), kind.label())).collect()
}

pub fn sources(_: &Known, _: &Field) -> Vec<Choice> {
    ContactSource::ALL.iter().map(|source| Choice::new(source.key(), source.label())).collect()
}

/// What somebody can have or lack.
pub fn things(known: &Known, field: &Field) -> Vec<Choice> {
    let mut things = contact_kinds(known, field);
    things.extend(
        [
            ("organisation", "Organisation"),
            ("role", "Role"),
            ("country", "Country"),
            ("city", "City"),
            ("zone", "Time zone"),
            ("language", "Language"),
            ("tag", "Tag"),
            ("stack", "Works with"),
            ("topic", "Topic"),
            ("stage", "Stage"),
            ("pronouns", "Pronouns"),
            ("building", "Building now"),
            ("challenges", "Stuck on"),
            ("notes", "Notes"),
            ("followup", "Open follow-up"),
            ("touch", "Anything that happened"),
        ]
        .map(|(key, label)| Choice::new(key, label)),
    );
    things.push(Choice::new("address", "Postal address").also("postal").also("post"));
    things.extend(known.own_fields().map(|own| Choice::new(&own.key, &own.label)));
    things
}

pub fn followups(_: &Known, _: &Field) -> Vec<Choice> {
    let mut choices = vec![Choice::new("open", "Open"), Choice::new("overdue", "Overdue"), Choice::new("none", "None")];
    choices.extend(FollowUpKind::ALL.iter().map(|kind| match kind {
        FollowUpKind::Promise => Choice::new(kind.key(), "Promise"),
        FollowUpKind::CheckIn => Choice::new(kind.key(), "Check-in"),
        FollowUpKind::ReplyCheck => Choice::new(kind.key(), "Reply check"),
        FollowUpKind::Deadline => Choice::new(kind.key(), "Deadline"),
    }));
    choices
}

pub fn channels(_: &Known, _: &Field) -> Vec<Choice> {
    ChannelClass::ALL
        .iter()
        .map(|word| match word {
            ChannelClass::WordOfMouth => Choice::new(word.key(), "Word of mouth"),
            ChannelClass::Content => Choice::new(word.key(), "Content"),
            ChannelClass::Social => Choice::new(word.key(), "Social"),
            ChannelClass::Joint => Choice::new(word.key(), "Joint"),
            ChannelClass::Engagement => Choice::new(word.key(), "Engagement"),
        })
        .collect()
}

pub fn four(_: &Known, _: &Field) -> Vec<Choice> {
    FourC::ALL
        .iter()
        .map(|word| match word {
            FourC::Code => Choice::new(word.key(), "Code"),
            FourC::Content => Choice::new(word.key(), "Content"),
            FourC::Conductor => Choice::new(word.key(), "Conductor"),
            FourC::Communication => Choice::new(word.key(), "Communication"),
        })
        .collect()
}

pub fn directions(_: &Known, _: &Field) -> Vec<Choice> {
    Direction::ALL
        .iter()
        .map(|word| match word {
            Direction::FromThem => Choice::new(word.key(), "They did it").also("them").also("in"),
            Direction::FromUs => Choice::new(word.key(), "We did it").also("us").also("out"),
            Direction::TwoWay => Choice::new(word.key(), "Both").also("both").also("two ways"),
            Direction::BetweenThem => Choice::new(word.key(), "Among developers").also("between"),
        })
        .collect()
}

pub fn roles(_: &Known, _: &Field) -> Vec<Choice> {
    Role::ALL
        .iter()
        .map(|word| match word {
            Role::By => Choice::new(word.key(), "They did it"),
            Role::With => Choice::new(word.key(), "They were there"),
            Role::About => Choice::new(word.key(), "It was about them"),
        })
        .collect()
}

pub fn intents(_: &Known, _: &Field) -> Vec<Choice> {
    let mut intents: Vec<Choice> = Intent::ALL
        .iter()
        .map(|word| match word {
            Intent::Teach => Choice::new(word.key(), "Teach"),
            Intent::Inspire => Choice::new(word.key(), "Inspire"),
            Intent::Help => Choice::new(word.key(), "Help"),
            Intent::Listen => Choice::new(word.key(), "Listen"),
            Intent::Thank => Choice::new(word.key(), "Thank"),
            Intent::Ask => Choice::new(word.key(), "Ask"),
        })
        .collect();
    intents.push(Choice::new("none", "Not said"));
    intents
}

/// Languages by their shortest BCP 47 code: those most spoken, and those of most places people write from.
#[rustfmt::skip]
const LANGUAGES: &[(&str, &str)] = &[
    ("af", "Afrikaans"), ("am", "Amharic"), ("ar", "Arabic"), ("az", "Azerbaijani"), ("be", "Belarusian"), ("bg", "Bulgarian"),
    ("bn", "Bengali"), ("bs", "Bosnian"), ("ca", "Catalan"), ("cs", "Czech"), ("cy", "Welsh"), ("da", "Danish"), ("de", "German"),
    ("el", "Greek"), ("en", "English"), ("es", "Spanish"), ("et", "Estonian"), ("eu", "Basque"), ("fa", "Persian"),
    ("fi", "Finnish"), ("fil", "Filipino"), ("fr", "French"), ("ga", "Irish"), ("gl", "Galician"), ("gu", "Gujarati"),
    ("ha", "Hausa"), ("he", "Hebrew"), ("hi", "Hindi"), ("hr", "Croatian"), ("hu", "Hungarian"), ("hy", "Armenian"),
    ("id", "Indonesian"), ("ig", "Igbo"), ("is", "Icelandic"), ("it", "Italian"), ("ja", "Japanese"), ("ka", "Georgian"),
    ("kk", "Kazakh"), ("km", "Khmer"), ("kn", "Kannada"), ("ko", "Korean"), ("lo", "Lao"), ("lt", "Lithuanian"),
    ("lv", "Latvian"), ("mk", "Macedonian"), ("ml", "Malayalam"), ("mn", "Mongolian"), ("mr", "Marathi"), ("ms", "Malay"),
    ("mt", "Maltese"), ("my", "Burmese"), ("nb", "Norwegian Bokmål"), ("ne", "Nepali"), ("nl", "Dutch"), ("nn", "Norwegian Nynorsk"),
    ("no", "Norwegian"), ("or", "Odia"), ("pa", "Punjabi"), ("pl", "Polish"), ("ps", "Pashto"), ("pt", "Portuguese"),
    ("ro", "Romanian"), ("ru", "Russian"), ("rw", "Kinyarwanda"), ("si", "Sinhala"), ("sk", "Slovak"), ("sl", "Slovenian"),
    ("so", "Somali"), ("sq", "Albanian"), ("sr", "Serbian"), ("sv", "Swedish"), ("sw", "Swahili"), ("ta", "Tamil"),
    ("te", "Telugu"), ("th", "Thai"), ("tl", "Tagalog"), ("tr", "Turkish"), ("uk", "Ukrainian"), ("ur", "Urdu"), ("uz", "Uzbek"),
    ("vi", "Vietnamese"), ("wo", "Wolof"), ("xh", "Xhosa"), ("yo", "Yoruba"), ("zh", "Chinese"), ("zu", "Zulu"),
];

/// Whether there is one; anything else is what it was given for.
pub fn yes_or_what_for(_: &Known, _: &Field) -> Vec<Choice> {
    vec![
        Choice::new("yes", "Yes").also("y").also("true").also("1"),
        Choice::new("no", "No").also("n").also("false").also("0"),
    ]
}
