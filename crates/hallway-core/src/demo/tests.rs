//! What whoever loads the invented data relies on.

use std::collections::{HashMap, HashSet};

use super::kinds::{KINDS, Runs, STAGES, is_ours, runs};
use super::*;

/// 2026-08-24.
const TODAY: i64 = 20_689;

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let mut text = String::new();
    for person in people(7, 400) {
        let contacts: Vec<&str> = person.contacts.iter().map(|contact| contact.value.as_str()).collect();
        let organisation = person.organisation.unwrap_or_default();
        text += &format!("{} {organisation} {} {} {contacts:?}\n", person.name, person.city, person.added_days_ago);
    }
    for touchpoint in touchpoints(7, 400, 6_000, TODAY) {
        let there: Vec<u32> = touchpoint.people.iter().map(|attendee| attendee.person).collect();
        let note = touchpoint.note.unwrap_or_default();
        text += &format!("{} {} {there:?} {note}\n", touchpoint.kind, touchpoint.days_ago);
    }
    assert_eq!(fnv(&text), 0x5582_33c8_25fb_19b1, "every file made with `demo` and this seed changes with this number");
}

#[test]
fn another_seed_gives_others() {
    let names = |seed| people(seed, 50).map(|person| person.name).collect::<Vec<_>>();
    assert_ne!(names(7), names(8));
    assert_ne!(touchpoints(7, 50, 200, TODAY).collect::<Vec<_>>(), touchpoints(8, 50, 200, TODAY).collect::<Vec<_>>());
}

#[test]
fn more_people_leave_the_first_ones_as_they_were() {
    assert!(people(7, 40).eq(people(7, 4_000).take(40)));
}

#[test]
fn another_day_moves_days_and_nothing_else() {
    let told = |today| {
        let all = touchpoints(7, 200, 3_000, today);
        all.map(|touchpoint| (touchpoint.kind, touchpoint.people, touchpoint.sentiment)).collect::<Vec<_>>()
    };
    let days = |today| touchpoints(7, 200, 3_000, today).map(|touchpoint| touchpoint.days_ago).collect::<Vec<_>>();
    assert_eq!(told(TODAY), told(TODAY + 100));
    assert_ne!(days(TODAY), days(TODAY + 100));
}

#[test]
fn counts_are_exact() {
    assert_eq!(people(1, 1_234).count(), 1_234);
    for (n, m) in [(1, 1), (1, 50), (2, 0), (60, 260), (3_000, 20_011), (0, 0)] {
        assert_eq!(touchpoints(1, n, m, TODAY).count() as u64, m, "{n} people, {m} touchpoints");
    }
    assert_eq!(touchpoints(1, 0, 5, TODAY).count(), 0, "nobody to meet");
}

#[test]
fn people_come_from_a_hundred_locales_and_many_scripts() {
    let all: Vec<DemoPerson> = people(1, 3_000).collect();
    let locales: HashSet<_> = all.iter().map(|person| person.locale).collect();
    let countries: HashSet<_> = all.iter().map(|person| person.country).collect();
    assert!(locales.len() >= 100, "{} locales", locales.len());
    assert!(countries.len() >= 80, "{} countries", countries.len());
    for (script, range) in [
        ("Arabic", '\u{600}'..='\u{6ff}'),
        ("Hebrew", '\u{590}'..='\u{5ff}'),
        ("Devanagari", '\u{900}'..='\u{97f}'),
        ("Thai", '\u{e00}'..='\u{e7f}'),
        ("Georgian", '\u{10a0}'..='\u{10ff}'),
        ("Cyrillic", '\u{400}'..='\u{4ff}'),
        ("Greek", '\u{370}'..='\u{3ff}'),
        ("Han", '\u{4e00}'..='\u{9fff}'),
        ("Hangul", '\u{ac00}'..='\u{d7af}'),
        ("Ethiopic", '\u{1200}'..='\u{137f}'),
    ] {
        assert!(all.iter().any(|person| person.name.chars().any(|letter| range.contains(&letter))), "{script}");
    }
}

#[test]
fn some_share_a_name_and_some_have_no_organisation() {
    let all: Vec<DemoPerson> = people(1, 5_000).collect();
    let names: HashSet<&str> = all.iter().map(|person| person.name.as_str()).collect();
    let shared = all.len() - names.len();
    assert!((20..1_000).contains(&shared), "{shared} of 5,000 have somebody's name");
    assert!((500..2_000).contains(&all.iter().filter(|person| person.organisation.is_none()).count()));
}

#[test]
fn some_want_the_newsletter_and_a_few_are_promised_something() {
    let all: Vec<DemoPerson> = people(1, 2_000).collect();
    let wanting: Vec<_> = all.iter().filter_map(|person| Some((person, opted_in(1, person)?))).collect();
    assert!((500..800).contains(&wanting.len()), "{} want it", wanting.len());
    for (person, said) in &wanting {
        assert!(person.contacts.iter().any(|contact| contact.kind == "email") && !person.do_not_contact);
        assert!(said.days_ago <= person.added_days_ago, "before they were added");
    }
    let promised = all.iter().filter_map(|person| follow_up(1, person)).count();
    assert!((10..40).contains(&promised), "{promised} promises");
}

#[test]
fn no_address_could_be_anybodys() {
    let mut seen = HashSet::new();
    for person in people(1, 5_000) {
        for contact in &person.contacts {
            assert!(is_invented(contact.kind, &contact.value), "{contact:?}");
            assert!(seen.insert(contact.clone()), "twice: {contact:?}");
        }
    }
}

#[test]
fn touchpoints_keep_the_rules() {
    let (seed, n) = (1, 2_000);
    let added: Vec<u32> = people(seed, n).map(|person| person.added_days_ago).collect();
    for touchpoint in touchpoints(seed, n, 30_000, TODAY) {
        let ours = is_ours(touchpoint.kind);
        assert!(KINDS.iter().any(|(kind, _)| *kind == touchpoint.kind), "{}", touchpoint.kind);
        assert!(touchpoint.days_ago <= added[touchpoint.people[0].person as usize], "before they were added");
        assert_eq!(touchpoint.minute.is_some(), touchpoint.precision == "minute");
        let there: HashSet<u32> = touchpoint.people.iter().map(|attendee| attendee.person).collect();
        assert_eq!(there.len(), touchpoint.people.len(), "nobody twice");
        for attendee in &touchpoint.people {
            assert!(attendee.person < n);
            assert!(["by", "with", "about"].contains(&attendee.role));
            assert!(["seen", "told", "inferred", "imported"].contains(&attendee.observed_by));
            assert!(attendee.observed_stage.is_none_or(|stage| STAGES.contains(&stage)));
            assert!(!ours || attendee.observed_stage.is_none(), "what we do is no evidence");
            assert!(!is_reset(touchpoint.kind) || attendee.observed_stage.is_none());
            assert!(attendee.role != "by" || runs(touchpoint.kind) == Runs::BetweenThem);
        }
    }
}

#[test]
fn each_journey_is_told_oldest_first() {
    let mut last: Option<(u32, u32)> = None;
    for touchpoint in touchpoints(1, 500, 8_000, TODAY) {
        let host = touchpoint.people[0].person;
        if let Some((person, days_ago)) = last {
            assert!(host > person || host == person && touchpoint.days_ago <= days_ago);
        }
        last = Some((host, touchpoint.days_ago));
    }
}

#[test]
fn a_third_is_ours_and_every_kind_occurs() {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut several = 0;
    for touchpoint in touchpoints(1, 3_000, 40_000, TODAY) {
        *counts.entry(touchpoint.kind).or_default() += 1;
        several += usize::from(touchpoint.people.len() > 1);
    }
    let ours: usize = counts.iter().filter(|(kind, _)| is_ours(kind)).map(|(_, count)| count).sum();
    assert!((25..36).contains(&(ours * 100 / 40_000)), "{ours} of 40,000 are ours");
    assert!((1_000..8_000).contains(&several), "{several} with several people");
    for (kind, _) in KINDS {
        assert!(counts.contains_key(kind), "no {kind}");
    }
}

#[test]
fn every_stage_is_seen_and_some_signs_are_old() {
    let mut newest: HashMap<u32, u32> = HashMap::new();
    let mut proved: HashSet<&str> = HashSet::new();
    let mut ours_only: HashSet<u32> = (0..3_000).collect();
    for touchpoint in touchpoints(1, 3_000, 40_000, TODAY).filter(|touchpoint| !is_ours(touchpoint.kind)) {
        let host = &touchpoint.people[0];
        proved.extend(host.observed_stage);
        proved.extend(proof(touchpoint.kind));
        newest.insert(host.person, touchpoint.days_ago);
        ours_only.remove(&host.person);
    }
    assert_eq!(STAGES.iter().filter(|stage| proved.contains(*stage)).count(), 5);
    let within = |low, high| newest.values().filter(|days_ago| (low..=high).contains(*days_ago)).count();
    assert!(within(0, 180) > 1_000, "signs that hold");
    assert!(within(181, 360) > 300, "fading");
    assert!(within(361, 4_000) > 300, "stale");
    assert!(ours_only.len() > 50, "people who never answered");
}

#[test]
fn the_sample_community_is_whole() {
    let Community { people, touchpoints, product } = community();
    assert!(!product.is_empty());
    assert_eq!(people.len(), 60);
    let keys: HashSet<&str> = people.iter().map(|person| person.key.as_str()).collect();
    assert_eq!(keys.len(), 60, "keys are unique");
    let countries: HashSet<&str> = people.iter().map(|person| person.country.as_str()).collect();
    assert!(countries.len() >= 20, "{} countries", countries.len());
    assert_eq!(people.iter().filter(|person| person.teammate).count(), 2);
    assert_eq!(people.iter().filter(|person| person.do_not_contact).count(), 1);
    assert!(people.iter().all(|person| person.do_not_contact == person.do_not_contact_reason.is_some()));
    assert!((250..=400).contains(&touchpoints.len()), "{} touchpoints", touchpoints.len());
    assert!(touchpoints.is_sorted_by(|one, next| one.days_ago >= next.days_ago), "oldest first");
}

#[test]
fn the_sample_community_speaks_the_words_of_the_wire() {
    let Community { people, touchpoints, .. } = community();
    let of = |list: &str, allowed: &[&str]| list.split(',').all(|key| allowed.contains(&key));
    for person in &people {
        let name = &person.display_name;
        assert!(person.country.len() == 2 && person.time_zone.contains('/'), "{name}");
        let prefs = ["read", "watch", "listen", "live", "code", "one_to_one"];
        assert!(person.content_prefs.as_deref().is_none_or(|list| of(list, &prefs)), "{name}");
        let thanks = ["public_credit", "private_thanks", "swag", "money", "early_access", "introductions", "none"];
        assert!(person.appreciation_prefs.as_deref().is_none_or(|list| of(list, &thanks)), "{name}");
        assert!(person.tags.iter().all(|tag| ["topic", "stack"].contains(&tag.kind.as_str())), "{name}");
        for contact in &person.contacts {
            assert!(is_invented(&contact.kind, &contact.value), "{name}: {}", contact.value);
            assert!(SOURCES.contains(&contact.source.as_str()), "{name}: {}", contact.source);
        }
        if let Some(address) = &person.postal_address {
            // A street that says in its own language that there is none.
            let nowhere = ["架空", "Inventada", "สมมติ", "Zmyślona"];
            assert!(nowhere.iter().any(|word| address.lines.contains(word)), "{name}: {}", address.lines);
            assert!(!address.purpose.is_empty() && address.given_days_ago < 90, "{name}");
        }
    }
    assert!(people.iter().filter(|person| person.postal_address.is_some()).count() > 2);
    for touchpoint in &touchpoints {
        assert!(!touchpoint.note.is_empty());
        assert!(
            ["teach", "inspire", "help", "listen", "thank", "ask"]
                .contains(&touchpoint.intent.as_deref().unwrap_or("ask"))
        );
        assert!(
            ["minute", "day", "month", "year", "unknown"].contains(&touchpoint.precision.as_deref().unwrap_or("day"))
        );
        assert!((-2..=2).contains(&touchpoint.sentiment.unwrap_or(0)));
    }
}

#[test]
fn the_sample_community_keeps_the_rules() {
    let Community { people, touchpoints, .. } = community();
    let added: HashMap<&str, u32> = people.iter().map(|person| (person.key.as_str(), person.added_days_ago)).collect();
    for touchpoint in &touchpoints {
        let kind = touchpoint.kind.as_str();
        assert!(KINDS.iter().any(|(key, _)| *key == kind), "{kind}");
        assert!(!touchpoint.people.is_empty(), "{}", touchpoint.note);
        for attendee in &touchpoint.people {
            let met = added.get(attendee.person.as_str());
            assert!(met.is_some_and(|days| touchpoint.days_ago <= *days), "{}: {}", attendee.person, touchpoint.note);
            let role = attendee.role.as_deref().unwrap_or("with");
            assert!(["by", "with", "about"].contains(&role));
            assert!(role != "by" || runs(kind) == Runs::BetweenThem, "{}", touchpoint.note);
            let stage = attendee.observed_stage.as_deref();
            assert!(stage.is_none_or(|stage| STAGES.contains(&stage)));
            assert!(stage.is_none() || !is_ours(kind) && !is_reset(kind) && role != "about", "{}", touchpoint.note);
            assert!(
                ["seen", "told", "inferred", "imported"].contains(&attendee.observed_by.as_deref().unwrap_or("told"))
            );
        }
        if runs(kind) == Runs::BetweenThem {
            assert!(
                touchpoint.people.iter().any(|attendee| attendee.role.as_deref() == Some("by")),
                "{}",
                touchpoint.note
            );
        }
    }
}

const SOURCES: [&str; 7] = ["they_gave_it", "public_profile", "github", "badge", "list_signup", "colleague", "import"];

/// Reserved domains (RFC 2606) and handles nobody would choose.
fn is_invented(kind: &str, value: &str) -> bool {
    let reserved = |domain: &str| {
        ["example.com", "example.org", "example.net"].contains(&domain)
            || [".example", ".invalid", ".test", ".example.com", ".example.org", ".example.net"]
                .iter()
                .any(|end| domain.ends_with(end))
    };
    match kind {
        "email" => value.is_ascii() && value.split_once('@').is_some_and(|(_, domain)| reserved(domain)),
        "website" | "rss" => {
            value.strip_prefix("https://").is_some_and(|rest| reserved(rest.split('/').next().unwrap_or(rest)))
        }
        "mastodon" => value.rsplit_once('@').is_some_and(|(_, domain)| reserved(domain)),
        "matrix" => value.split_once(':').is_some_and(|(_, domain)| reserved(domain)),
        "bluesky" => reserved(value),
        _ => value.starts_with("demo-"),
    }
}

fn is_reset(kind: &str) -> bool {
    matches!(kind, "chose_other" | "project_ended" | "stopped_using")
}

/// The stage that one sign of this kind proves alone, for the kinds that stand for their stage.
fn proof(kind: &str) -> Option<&'static str> {
    match kind {
        "attended_talk" => Some("discover"),
        "signed_up" => Some("evaluate"),
        "first_success" => Some("learn"),
        "building_with_it" => Some("build"),
        "in_production" => Some("scale"),
        _ => None,
    }
}

/// FNV-1a, 64 bits: the standard library's hasher may change with the compiler.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
