//! Fields that are answered by what is kept in memory beside the list.
use super::{Asked, Asking, Field, Group, Kept, Set, Takes, choices, people::wanted};
use crate::{
    contact_points::ContactSource,
    error::Result,
    filter::{
        days::{DayNumber, DayTest, Way, number},
        particulars::Particular,
    },
    followups::FollowUpKind,
    normal::{ContactKind, fold},
};

pub const FIELDS: &[Field] = &[
    beside(
        "language",
        "Language",
        Group::Person,
        Takes::Open(choices::languages),
        &["language:pt", "lang:pt-BR,es"],
        language,
    )
    .also(&["lang", "speaks"]),
    beside("role", "Role", Group::Person, Takes::Text, &["role:maintainer", "role:\"staff engineer\""], role)
        .also(&["title", "job"]),
    beside("zone", "Time zone", Group::Place, Takes::Text, &["zone:europe/berlin", "zone:africa"], zone).also(&[
        "time-zone",
        "timezone",
        "tz",
    ]),
    beside("has", "Has", Group::Reach, Takes::Choice(choices::things), &["has:email", "has:github,gitlab"], has)
        .also(&["with"]),
    beside("no", "Has no", Group::Reach, Takes::Choice(choices::things), &["no:email", "no:organisation"], has_no)
        .also(&["without", "missing"]),
    beside(
        "source",
        "Where an address came from",
        Group::Reach,
        Takes::Choice(choices::sources),
        &["source:badge", "-source:github"],
        source,
    )
    .also(&["from"]),
    beside(
        "moved",
        "Moved to another stage",
        Group::Journey,
        Takes::Day(Way::Back),
        &["moved:30d", "moved:this-month"],
        moved,
    ),
    beside(
        "followup",
        "Follow-up",
        Group::FollowUps,
        Takes::Choice(choices::followups),
        &["followup:open", "followup:overdue", "followup:promise"],
        followup,
    )
    .also(&["follow-up", "followups", "todo"]),
    beside(
        "due",
        "Follow-up due",
        Group::FollowUps,
        Takes::Day(Way::Ahead),
        &["due:7d", "due:today", "due:<today"],
        due,
    ),
    beside(
        "address",
        "Has a postal address",
        Group::Reach,
        Takes::Open(choices::yes_or_what_for),
        &["address:yes", "address:stickers", "address:no country:de"],
        address,
    )
    .also(&["postal-address", "postal"]),
    beside(
        "address-until",
        "Postal address deleted on",
        Group::Reach,
        Takes::Day(Way::Ahead),
        &["address-until:7d", "address-until:this-month"],
        address_until,
    ),
];

const fn beside(
    key: &'static str,
    label: &'static str,
    group: Group,
    takes: Takes,
    examples: &'static [&'static str],
    answer: super::Answer,
) -> Field {
    Field::of_people(key, label, group, takes, examples, answer).kept(Kept::Particulars)
}

fn language(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted: Vec<String> = asked.values.iter().map(|value| fold(value)).collect();
    // `pt` is also what somebody speaks who writes pt-BR.
    let speaks = |one: &str| {
        wanted.iter().any(|wanted| {
            one.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
        })
    };
    asking.of_particulars(|of| of.languages.iter().any(|one| speaks(one)))
}

fn role(asking: &Asking, asked: &Asked) -> Result<Set> {
    text(asking, asked, |of| of.role.as_deref())
}
fn zone(asking: &Asking, asked: &Asked) -> Result<Set> {
    text(asking, asked, |of| of.zone.as_deref())
}
fn text(asking: &Asking, asked: &Asked, of: fn(&Particular) -> Option<&str>) -> Result<Set> {
    let wanted: Vec<String> = asked.values.iter().map(|value| fold(value)).collect();
    asking.of_particulars(|person| {
        of(person).is_some_and(|text| wanted.iter().any(|wanted| text.contains(wanted.as_str())))
    })
}

fn has(asking: &Asking, asked: &Asked) -> Result<Set> {
    let mut found = asking.nobody();
    for thing in asked.values {
        or(&mut found, &having(asking, thing)?);
    }
    Ok(found)
}
/// At least one of these is missing.
fn has_no(asking: &Asking, asked: &Asked) -> Result<Set> {
    let mut found = asking.nobody();
    for thing in asked.values {
        let having: Set = having(asking, thing)?.into_iter().map(|has| !has).collect();
        or(&mut found, &having);
    }
    Ok(found)
}
fn or(one: &mut Set, other: &[bool]) {
    for (one, other) in one.iter_mut().zip(other) {
        *one |= other;
    }
}

fn having(asking: &Asking, thing: &str) -> Result<Set> {
    if let Some(kind) = ContactKind::from_key(thing) {
        return asking.of_particulars(|of| of.has_contact(kind));
    }
    match thing {
        "organisation" => Ok(asking.index.at_organisations(|_| true)),
        "country" => Ok(asking.index.in_countries(|_| true)),
        "city" => Ok(asking.index.in_cities(|_| true)),
        "stage" => Ok(asking.which(|row| row.stage_rank > 0)),
        "touch" => Ok(asking.index.last_touched(|_| true, false)),
        "tag" => Ok(asking.index.carrying(asking.tags()?.iter().map(|tag| tag.id))),
        "stack" | "topic" => {
            let tags = asking.tags()?;
            Ok(asking.index.carrying(tags.iter().filter(|tag| tag.kind.key() == thing).map(|tag| tag.id)))
        }
        "role" => asking.of_particulars(|of| of.role.is_some()),
        "zone" => asking.of_particulars(|of| of.zone.is_some()),
        "language" => asking.of_particulars(|of| !of.languages.is_empty()),
        "pronouns" => asking.of_particulars(|of| of.has_pronouns),
        "building" => asking.of_particulars(|of| of.has_building),
        "challenges" => asking.of_particulars(|of| of.has_challenges),
        "notes" => asking.of_particulars(|of| of.has_notes),
        "followup" => asking.of_particulars(|of| !of.followups.is_empty()),
        "address" => {
            let today = number(asking.known.today);
            asking.of_particulars(|of| of.addresses.iter().any(|(until, _)| *until > today))
        }
        own => {
            let field = asking.known.own_fields().find(|field| field.key == own).and_then(|field| field.own.as_ref());
            match field {
                Some(field) => asking.of_particulars(|of| of.value(field.id).is_some()),
                None => Ok(asking.nobody()),
            }
        }
    }
}

fn source(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted = wanted(asked, ContactSource::ALL, ContactSource::key);
    asking
        .of_particulars(|of| ContactSource::ALL.iter().any(|source| wanted[*source as usize] && of.has_source(*source)))
}

fn moved(asking: &Asking, asked: &Asked) -> Result<Set> {
    let test = asking.days(asked);
    asking.of_particulars(|of| test.holds_of(&of.moves))
}

fn followup(asking: &Asking, asked: &Asked) -> Result<Set> {
    let kinds = wanted(asked, FollowUpKind::ALL, FollowUpKind::key);
    let (open, overdue, none) = (asked.has("open"), asked.has("overdue"), asked.has("none"));
    let today = number(asking.known.today);
    asking.of_particulars(|of| {
        (none && of.followups.is_empty())
            || of.followups.iter().any(|(kind, due)| open || kinds[*kind as usize] || (overdue && *due < today))
    })
}

/// An address whose day has come is no address, whether or not it is erased already.
fn address(asking: &Asking, asked: &Asked) -> Result<Set> {
    let today = number(asking.known.today);
    let wanted: Vec<(&str, String)> = asked.values.iter().map(|value| (value.as_str(), fold(value))).collect();
    asking.of_particulars(|of| {
        let kept = || of.addresses.iter().filter(|(until, _)| *until > today);
        wanted.iter().any(|(value, text)| match *value {
            "yes" => kept().next().is_some(),
            "no" => kept().next().is_none(),
            _ => kept().any(|(_, purpose)| purpose.contains(text.as_str())),
        })
    })
}

/// Of several one will do, as with follow-ups that are due.
fn address_until(asking: &Asking, asked: &Asked) -> Result<Set> {
    let DayTest { never, stretches } = asking.days(asked);
    let today = number(asking.known.today);
    let within = |day: DayNumber| stretches.iter().any(|(from, to)| (*from..=*to).contains(&day));
    asking.of_particulars(|of| {
        let mut kept = of.addresses.iter().map(|(until, _)| until).filter(|until| **until > today).peekable();
        (never && kept.peek().is_none()) || kept.any(|until| within(*until))
    })
}

/// Of several that are open one will do, also where “before a day” is asked for.
fn due(asking: &Asking, asked: &Asked) -> Result<Set> {
    let DayTest { never, stretches } = asking.days(asked);
    let within = |day: DayNumber| stretches.iter().any(|(from, to)| (*from..=*to).contains(&day));
    asking.of_particulars(|of| (never && of.followups.is_empty()) || of.followups.iter().any(|(_, day)| within(*day)))
}
