//! Invented people, each made from the seed and a number alone.

use super::names::{self, Locale};
use super::random::{Purpose, Random};
use super::words::{Work, list, word};

/// Somebody who does not exist. Keys (`source`, `kind`, preferences) are those of the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    /// The number by which touchpoints name them, from 0.
    pub index: u32,
    /// BCP 47, such as `pt-BR`.
    pub locale: &'static str,
    pub name: String,
    pub pronouns: Option<&'static str>,
    pub organisation: Option<String>,
    pub role_title: Option<&'static str>,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    pub city: &'static str,
    /// IANA.
    pub time_zone: &'static str,
    /// BCP 47, comma-separated.
    pub languages: String,
    pub building_now: Option<&'static str>,
    pub challenges: Option<&'static str>,
    /// Comma-separated, or empty.
    pub content_prefs: String,
    /// Comma-separated, or empty.
    pub appreciation_prefs: String,
    pub tags: Vec<DemoTag>,
    /// The first is the primary one. Values are unique among all people of a seed.
    pub contacts: Vec<DemoContact>,
    pub do_not_contact: bool,
    pub teammate: bool,
    /// Days before the day the data is made for; their own journey begins then or later.
    pub added_days_ago: u32,
}

/// A tag on a person; `kind` is `topic` or `stack`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoTag {
    pub name: &'static str,
    pub kind: &'static str,
}

/// A way to reach somebody. Every domain is reserved (RFC 2606), every handle begins with `demo-`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DemoContact {
    pub kind: &'static str,
    pub value: String,
    pub source: &'static str,
}

/// The people `0..n`. The same seed gives the same people, whatever `n` is.
pub fn people(seed: u64, n: u32) -> impl Iterator<Item = DemoPerson> {
    (0..n).map(move |index| person(seed, index))
}

/// One of them.
pub fn person(seed: u64, index: u32) -> DemoPerson {
    let random = &mut Random::of(seed, Purpose::Person, index.into());
    let locale = names::locale(random);
    let place = names::place(random, locale);
    let name = names::full_name(random, locale);
    let organisation = random.chance(78).then(|| names::organisation(random, locale, place));
    let work = Work::of(seed, index);
    let role_title = random.chance(80).then(|| word(random, "role"));
    DemoPerson {
        index,
        locale: locale.tag,
        pronouns: random
            .chance(18)
            .then(|| random.weighted(&[("she/her", 5), ("he/him", 5), ("they/them", 2), ("she/they", 1)])),
        role_title,
        country: locale.country,
        city: place.city,
        time_zone: place.zone,
        languages: languages(random, locale),
        building_now: work.thing("en").filter(|_| random.chance(35)),
        challenges: random.chance(20).then(|| *random.pick(list("en", "pain"))),
        content_prefs: some_of(random, &["read", "watch", "listen", "live", "code", "one_to_one"], 30),
        appreciation_prefs: some_of(random, &["public_credit", "private_thanks", "swag", "early_access"], 12),
        tags: tags(random, work),
        contacts: contacts(random, &name, organisation.as_deref(), index),
        do_not_contact: random.below(250) == 0,
        teammate: random.below(500) == 0,
        added_days_ago: added_days_ago(seed, index),
        name,
        organisation,
    }
}

/// When somebody was met: more people every year, over six years; those one hears of often, not last week.
pub fn added_days_ago(seed: u64, index: u32) -> u32 {
    let known_for = super::share::appetite(seed, index);
    let random = &mut Random::of(seed, Purpose::Course, index.into());
    let days = random.between(1, 2190) * random.between(1, 2190) / 2190;
    match known_for {
        0..=3 => days.max(1),
        4..=12 => days.max(60 + random.between(0, 60)),
        13..=40 => days.max(200 + random.between(0, 200)),
        _ => days.max(500 + random.between(0, 500)),
    }
}

/// The language to write a note about them in, if it has templates; the Chinese ones are in simplified characters.
pub fn language(seed: u64, index: u32) -> &'static str {
    let locale = names::locale(&mut Random::of(seed, Purpose::Person, index.into()));
    match locale.tag {
        "zh-TW" | "zh-HK" => "en",
        _ => locale.language,
    }
}

fn languages(random: &mut Random, locale: &Locale) -> String {
    match locale.language {
        "en" => locale.tag.to_owned(),
        _ if random.chance(75) => format!("{},en", locale.tag),
        _ => locale.tag.to_owned(),
    }
}

fn some_of(random: &mut Random, keys: &[&str], percent: u32) -> String {
    let chosen: Vec<&str> = keys.iter().copied().filter(|_| random.chance(percent)).collect();
    chosen.join(",")
}

fn tags(random: &mut Random, work: Work) -> Vec<DemoTag> {
    let own = work.stack().filter(|_| random.chance(70));
    let mut tags: Vec<DemoTag> = own.map(|name| DemoTag { name, kind: "stack" }).into_iter().collect();
    for kind in ["stack", "stack", "topic", "topic"] {
        let tag = DemoTag { name: word(random, kind), kind };
        if random.chance(45) && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

fn contacts(random: &mut Random, name: &str, organisation: Option<&str>, index: u32) -> Vec<DemoContact> {
    let handle = format!("{}{}{index}", word(random, "manner"), word(random, "creature"));
    let local = match names::plain(name) {
        Some(name) => format!("{name}{index}"),
        None => handle.clone(),
    };
    let domain = match organisation.and_then(names::plain) {
        Some(organisation) if random.chance(60) => format!("{}.example", organisation.replace('.', "-")),
        _ => (*random.pick(&["example.com", "example.org", "example.net", "mail.example"])).to_owned(),
    };
    let mut contacts = Vec::new();
    let mut add = |random: &mut Random, percent, kind, value: String, sources: &[(&'static str, u32)]| {
        let source = random.weighted(sources);
        if random.chance(percent) {
            contacts.push(DemoContact { kind, value, source });
        }
    };
    let given = [("they_gave_it", 6), ("list_signup", 3), ("badge", 2), ("colleague", 1), ("import", 3)];
    let public = [("public_profile", 5), ("they_gave_it", 3), ("import", 2)];
    add(random, 82, "email", format!("{local}@{domain}"), &given);
    add(random, 45, "github", format!("demo-{handle}"), &[("github", 4), ("public_profile", 2), ("they_gave_it", 2)]);
    add(random, 18, "mastodon", format!("@demo-{handle}@social.example"), &public);
    add(random, 14, "website", format!("https://{handle}.example/"), &public);
    add(random, 10, "matrix", format!("@demo-{handle}:matrix.example"), &given);
    add(random, 10, "linkedin", format!("demo-{handle}"), &public);
    add(random, 6, "discord", format!("demo-{handle}"), &given);
    contacts
}
