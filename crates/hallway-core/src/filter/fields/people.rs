//! Fields that the list of people in memory answers by itself.
use super::{Asked, Asking, Field, Group, Set, Takes, choices};
use crate::{
    countries,
    error::Result,
    filter::days::{self, DayNumber, DayTest, Way},
    id::Id,
    journey::engine::{Confidence, Presence, Ring, Stage},
    normal::fold,
    regions::REGIONS,
    tags::{TagKind, TagRow},
};
use chrono::{Days, NaiveDate, TimeZone};
use chrono_tz::Tz;
use std::collections::HashSet;

pub const FIELDS: &[Field] = &[
    Field::of_people(
        "tag",
        "Tag",
        Group::Person,
        Takes::Name(tags),
        &["tag:speaker", "-tag:vendor", "tag:speaker,organiser"],
        tagged,
    )
    .also(&["tags", "label"]),
    Field::of_people("stack", "Works with", Group::Person, Takes::Name(tags), &["stack:rust", "stack:rust,go"], tagged)
        .also(&["works-with", "uses"]),
    Field::of_people("topic", "Topic", Group::Person, Takes::Name(tags), &["topic:meetup"], tagged),
    Field::of_people(
        "organisation",
        "Organisation",
        Group::Person,
        Takes::Name(organisations),
        &["org:acme", "organisation:\"Acme GmbH\""],
        organisation,
    )
    .also(&["org", "organization", "company", "at"]),
    Field::of_people(
        "country",
        "Country",
        Group::Place,
        Takes::Open(choices::countries),
        &["country:DE", "country:\"South Korea\"", "country:IN,NP"],
        country,
    ),
    Field::of_people(
        "region",
        "Region",
        Group::Place,
        Takes::Choice(choices::regions),
        &["region:africa", "region:latin-america", "region:western-africa,northern-africa"],
        region,
    )
    .also(&["continent", "subregion", "sub-region"]),
    Field::of_people("city", "City", Group::Place, Takes::Name(cities), &["city:lagos", "city:\"New York\""], city),
    Field::of_people(
        "stage",
        "Stage",
        Group::Journey,
        Takes::Ordered(choices::stages),
        &["stage:learn", "stage:learn,build", "stage:>=build", "stage:none"],
        stage,
    ),
    Field::of_people(
        "since",
        "In this stage since",
        Group::Journey,
        Takes::Day(Way::Back),
        &["since:30d", "since:>6m"],
        since,
    )
    .also(&["stage-since"]),
    Field::of_people(
        "confidence",
        "How sure the stage is",
        Group::Journey,
        Takes::Choice(choices::confidences),
        &["confidence:fading,stale"],
        confidence,
    )
    .also(&["sure"]),
    Field::of_people(
        "presence",
        "How lately they did something",
        Group::Journey,
        Takes::Choice(choices::presences),
        &["presence:active", "presence:quiet,dormant"],
        presence,
    )
    .also(&["active"]),
    Field::of_people(
        "ring",
        "How close to the community",
        Group::Journey,
        Takes::Choice(choices::rings),
        &["ring:primary"],
        ring,
    ),
    Field::of_people("new", "Moved, and waits for your word", Group::Journey, Takes::YesNo, &["new:yes"], new_stage)
        .also(&["suggested"]),
    Field::of_people(
        "last",
        "Last touch",
        Group::Happened,
        Takes::Day(Way::Back),
        &["last:90d", "last:>1y", "last:never"],
        last_touch,
    )
    .also(&["last-touch", "touched", "seen"]),
    Field::of_people(
        "added",
        "Added",
        Group::Person,
        Takes::Day(Way::Back),
        &["added:7d", "added:>2026-01-01", "added:2026-03"],
        added,
    )
    .also(&["created"]),
    Field::of_people(
        "do-not-contact",
        "Do not contact",
        Group::Reach,
        Takes::YesNo,
        &["do-not-contact:no", "dnc:yes"],
        do_not_contact,
    )
    .also(&["dnc", "donotcontact"]),
    Field::of_people("teammate", "Teammate", Group::Person, Takes::YesNo, &["teammate:no"], teammate)
        .also(&["colleague"]),
];

/// A topic and a stack of one name are offered once; those who carry both are counted once.
fn tags(asking: &Asking, field: &Field, _: &str) -> Result<Vec<(String, Option<u32>)>> {
    let mut names: Vec<(TagRow, Vec<Id>)> = Vec::new();
    for tag in asking.tags()?.into_iter().filter(|tag| field.key == "tag" || tag.kind.key() == field.key) {
        match names.iter_mut().find(|(known, _)| known.name_norm == tag.name_norm) {
            Some((_, ids)) => ids.push(tag.id),
            None => names.push((tag.clone(), vec![tag.id])),
        }
    }
    let carriers = |ids: &[Id]| match ids {
        [one] => asking.index.carriers(*one),
        several => asking.index.count(&asking.index.carrying(several.iter().copied())),
    };
    Ok(names.into_iter().map(|(tag, ids)| (tag.name, Some(carriers(&ids) as u32))).collect())
}
fn organisations(asking: &Asking, _: &Field, wanted: &str) -> Result<Vec<(String, Option<u32>)>> {
    Ok(asking.index.organisations_with(wanted).map(|(name, n)| (name.to_owned(), Some(n))).collect())
}
fn cities(asking: &Asking, _: &Field, wanted: &str) -> Result<Vec<(String, Option<u32>)>> {
    Ok(asking.index.cities_with(wanted).map(|(name, n)| (name.to_owned(), Some(n))).collect())
}

fn tagged(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted: HashSet<String> = asked.values.iter().map(|value| fold(value)).collect();
    let kind = match asked.field.key.as_ref() {
        "stack" => Some(TagKind::Stack),
        "topic" => Some(TagKind::Topic),
        _ => None,
    };
    let tags = asking.tags()?;
    let named = tags.iter().filter(|tag| kind.is_none_or(|kind| tag.kind == kind) && wanted.contains(&tag.name_norm));
    Ok(asking.index.carrying(named.map(|tag| tag.id)))
}

fn organisation(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted: Vec<String> = asked.values.iter().map(|value| fold(value)).collect();
    Ok(asking.index.at_organisations(|name| wanted.iter().any(|wanted| name.contains(wanted.as_str()))))
}

fn city(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted: Vec<String> = asked.values.iter().map(|value| fold(value)).collect();
    Ok(asking.index.in_cities(|name| wanted.iter().any(|wanted| name.contains(wanted.as_str()))))
}

fn country(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted: Vec<(Option<&str>, String)> =
        asked.values.iter().map(|value| (countries::code_of(value), fold(value))).collect();
    Ok(asking.index.in_countries(|name| {
        wanted.iter().any(|(code, words)| *code == Some(name) || (code.is_none() && fold(name) == *words))
    }))
}

fn region(asking: &Asking, asked: &Asked) -> Result<Set> {
    let regions = REGIONS.iter().filter(|region| asked.has(region.key));
    let within: HashSet<&str> = regions.flat_map(|region| region.countries()).collect();
    Ok(asking.index.in_countries(|name| within.contains(name)))
}

fn stage(asking: &Asking, asked: &Asked) -> Result<Set> {
    let rank = |key: &str| Stage::from_key(key).map_or(0, |stage| stage as u8 + 1);
    let wanted: Vec<u8> = asked.values.iter().map(|value| rank(value)).collect();
    let ranks: Vec<bool> =
        (0..=5_u8).map(|rank| wanted.iter().any(|wanted| asked.compare.holds(rank.cmp(wanted)))).collect();
    Ok(asking.which(|row| ranks[row.stage_rank as usize]))
}

fn confidence(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted = wanted(asked, Confidence::ALL, Confidence::key);
    Ok(asking.which(|row| wanted[row.confidence as usize]))
}
fn presence(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted = wanted(asked, Presence::ALL, Presence::key);
    Ok(asking.which(|row| wanted[row.presence as usize]))
}
fn ring(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted = wanted(asked, Ring::ALL, Ring::key);
    Ok(asking.which(|row| wanted[row.ring as usize]))
}

/// For each word there is, whether it is asked for.
pub fn wanted<T: Copy>(asked: &Asked, all: &[T], key: fn(T) -> &'static str) -> Vec<bool> {
    all.iter().map(|word| asked.has(key(*word))).collect()
}

fn new_stage(asking: &Asking, asked: &Asked) -> Result<Set> {
    let (yes, no) = asked.yes_no();
    Ok(asking.which(|row| if row.moved { yes } else { no }))
}
fn do_not_contact(asking: &Asking, asked: &Asked) -> Result<Set> {
    let (yes, no) = asked.yes_no();
    Ok(asking.which(|row| if row.do_not_contact { yes } else { no }))
}
fn teammate(asking: &Asking, asked: &Asked) -> Result<Set> {
    let (yes, no) = asked.yes_no();
    Ok(asking.which(|row| if row.teammate { yes } else { no }))
}

fn since(asking: &Asking, asked: &Asked) -> Result<Set> {
    let test = asking.days(asked);
    Ok(asking.which(|row| test.holds(row.since)))
}

fn last_touch(asking: &Asking, asked: &Asked) -> Result<Set> {
    let test = asking.days(asked);
    Ok(asking.index.last_touched(|day| test.holds(days::number_of(day)), test.never))
}

/// The days of the workspace as stretches of instants, so that nobody's moment has to be turned into a day.
fn added(asking: &Asking, asked: &Asked) -> Result<Set> {
    let DayTest { never: _, stretches } = asking.days(asked);
    let zone = asking.known.zone;
    let instants: Vec<(i64, i64)> = stretches
        .iter()
        .map(|(from, to)| (begins(*from, zone, i64::MIN), begins(to.saturating_add(1), zone, i64::MAX)))
        .collect();
    Ok(asking.which(|row| instants.iter().any(|(from, to)| (*from..*to).contains(&row.added_at))))
}

/// The instant a day begins, or `open` for a day no calendar has.
fn begins(day: DayNumber, zone: Tz, open: i64) -> i64 {
    let Some(day) = NaiveDate::from_num_days_from_ce_opt(day) else { return open };
    // Where a day begins later than at midnight, the first moment there is.
    let Some(midnight) = day.and_hms_opt(0, 0, 0) else { return open };
    (0..24 * 4)
        .find_map(|quarter| {
            let time = midnight.checked_add_signed(chrono::TimeDelta::minutes(15 * quarter))?;
            zone.from_local_datetime(&time).earliest()
        })
        .or_else(|| zone.from_local_datetime(&midnight.checked_add_days(Days::new(1))?).earliest())
        .map_or(open, |instant| instant.timestamp_millis())
}
