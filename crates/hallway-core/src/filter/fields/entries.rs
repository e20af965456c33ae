//! Fields of what happened: of people, by their entries, and of one entry, between the brackets of `touch(…)`.
use super::{Asked, Asking, Field, Group, Set, Takes, choices, people::wanted};
use crate::{
    error::Result,
    filter::{days::Way, entries::Entries, values},
    journey::engine::{ChannelClass, Direction, FourC, Role},
    search,
    touchpoints::Intent,
};

/// What is asked of people and answered by what happened with them. What was only about them does not count.
pub const OF_PEOPLE: &[Field] = &[
    happened(
        "talked",
        "Talked with them, whatever came of it",
        Takes::Day(Way::Back),
        &["talked:90d", "-talked:90d", "talked:>6m", "talked:never"],
        talked,
    ),
    happened("heard", "They did something", Takes::Day(Way::Back), &["heard:30d", "heard:2026-03"], heard),
    happened("wrote", "We did something", Takes::Day(Way::Back), &["wrote:30d", "-wrote:1y"], wrote).also(&["gave"]),
    happened("met", "First met", Takes::Day(Way::Back), &["met:2026-03", "met:1y"], met),
    happened("did", "Ever happened", Takes::Kind, &["did:reported_bug", "did:bug,pull", "-did:emailed"], did)
        .also(&["happened"]),
    happened("channel", "Met by channel", Takes::Choice(choices::channels), &["channel:word_of_mouth"], channel),
    happened("four", "Met by the four C", Takes::Choice(choices::four), &["four:code", "four:conductor,content"], four)
        .also(&["4c", "four-c", "fourc"]),
    happened("touches", "How many entries", Takes::Number, &["touches:>=5", "touches:0"], touches)
        .also(&["touchpoints"]),
    happened(
        "note",
        "Written down about them",
        Takes::Text,
        &["note:kiln", "note:\"retry docs\"", "-note:pricing"],
        noted,
    )
    .also(&["notes"]),
];

/// What is asked of one entry.
pub const OF_ENTRIES: &[Field] = &[
    entry("kind", "Kind", Takes::Kind, &["touch(kind:reported_bug)", "count(bug on:365d):>=2"], kind),
    entry(
        "on",
        "Day",
        Takes::Day(Way::Back),
        &["touch(on:90d)", "-touch(on:>1y)", "touch(kind:emailed on:2026-03)"],
        on,
    )
    .also(&["day", "in", "when"]),
    entry("channel", "Channel", Takes::Choice(choices::channels), &["touch(channel:social on:30d)"], entry_channel),
    entry("four", "Four C", Takes::Choice(choices::four), &["count(four:code):>=3"], entry_four)
        .also(&["4c", "four-c", "fourc"]),
    entry("direction", "Who acted", Takes::Choice(choices::directions), &["touch(direction:them on:30d)"], direction)
        .also(&["by"]),
    entry("role", "Their part", Takes::Choice(choices::roles), &["touch(role:about)"], role),
    entry("intent", "What we meant by it", Takes::Choice(choices::intents), &["count(intent:ask on:1y):<=1"], intent),
    entry("mood", "Mood", Takes::Number, &["touch(mood:<0 on:90d)"], mood),
    entry("waiting", "They wait for an answer", Takes::YesNo, &["touch(waiting:yes)"], waiting),
    entry("rewarded", "They were rewarded for it", Takes::YesNo, &["touch(rewarded:yes)"], rewarded).also(&["paid"]),
];

const fn happened(
    key: &'static str,
    label: &'static str,
    takes: Takes,
    examples: &'static [&'static str],
    answer: super::Answer,
) -> Field {
    Field::of_people(key, label, Group::Happened, takes, examples, answer).kept(super::Kept::Entries)
}
const fn entry(
    key: &'static str,
    label: &'static str,
    takes: Takes,
    examples: &'static [&'static str],
    answer: super::Answer,
) -> Field {
    Field::of_entries(key, label, takes, examples, answer)
}

/// Entries at which somebody was, and not only spoken of.
pub fn there(entries: &Entries) -> Set {
    entries.marked(|marks| marks.role() != Role::About as usize)
}

fn or(mut one: Set, other: &[bool]) -> Set {
    for (one, other) in one.iter_mut().zip(other) {
        *one |= other;
    }
    one
}
fn and(mut one: Set, other: &[bool]) -> Set {
    for (one, other) in one.iter_mut().zip(other) {
        *one &= other;
    }
    one
}

/// An exchange, as the days to be in touch again count it: both took part, in person, on the phone or in writing. That is
/// said by the way an entry went and not by its kind, since a bug may be reported as one talks.
fn talked(asking: &Asking, asked: &Asked) -> Result<Set> {
    by_direction(asking, asked, |direction| direction == Direction::TwoWay as usize)
}
fn heard(asking: &Asking, asked: &Asked) -> Result<Set> {
    by_direction(asking, asked, |direction| direction != Direction::FromUs as usize)
}
fn wrote(asking: &Asking, asked: &Asked) -> Result<Set> {
    by_direction(asking, asked, |direction| direction == Direction::FromUs as usize)
}
fn by_direction(asking: &Asking, asked: &Asked, wanted: fn(usize) -> bool) -> Result<Set> {
    let entries = asking.entries()?;
    let found = entries.marked(|marks| wanted(marks.direction()) && marks.role() != Role::About as usize);
    Ok(entries.whose_days(asking.index, &found, &asking.days(asked)))
}

fn met(asking: &Asking, asked: &Asked) -> Result<Set> {
    let entries = asking.entries()?;
    Ok(entries.whose_first(asking.index, &there(entries), &asking.days(asked)))
}

fn touches(asking: &Asking, asked: &Asked) -> Result<Set> {
    let entries = asking.entries()?;
    let asked_for = |n: u32| values::number_holds(asked.values, asked.compare, n.into());
    Ok(entries.whose(asking.index, &there(entries), asked_for))
}

fn did(asking: &Asking, asked: &Asked) -> Result<Set> {
    ever(asking, kind(asking, asked)?)
}
fn channel(asking: &Asking, asked: &Asked) -> Result<Set> {
    ever(asking, entry_channel(asking, asked)?)
}
fn four(asking: &Asking, asked: &Asked) -> Result<Set> {
    ever(asking, entry_four(asking, asked)?)
}
fn ever(asking: &Asking, found: Set) -> Result<Set> {
    let entries = asking.entries()?;
    Ok(entries.whose(asking.index, &and(found, &there(entries)), |n| n > 0))
}

/// Whose notes, or what was written down of them, has every word: also where they were only spoken of. The index of words
/// says where in the file, and what is in memory says of whom: looking up half a million of them in the file takes seconds.
fn noted(asking: &Asking, asked: &Asked) -> Result<Set> {
    let entries = asking.entries()?;
    let mut found = asking.nobody();
    for words in asked.values.iter().filter_map(|value| search::expression(value)) {
        found = or(found, &entries.whose_words(asking.tx, asking.index, &words)?);
    }
    Ok(found)
}

// ---- one entry ----

fn kind(asking: &Asking, asked: &Asked) -> Result<Set> {
    Ok(asking.entries()?.of_kinds(|kind| asked.has(kind)))
}

fn on(asking: &Asking, asked: &Asked) -> Result<Set> {
    Ok(asking.entries()?.on_days(&asking.days(asked)))
}

/// What a kind says by the rules in force; a kind they no longer know says nothing.
fn entry_channel(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted = wanted(asked, ChannelClass::ALL, ChannelClass::key);
    let rules = &asking.known.rules.1;
    Ok(asking.entries()?.of_kinds(|key| rules.kind(key).is_some_and(|kind| wanted[kind.channel_class as usize])))
}
fn entry_four(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted = wanted(asked, FourC::ALL, FourC::key);
    let rules = &asking.known.rules.1;
    Ok(asking.entries()?.of_kinds(|key| rules.kind(key).is_some_and(|kind| wanted[kind.four_c as usize])))
}

fn direction(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted = wanted(asked, Direction::ALL, Direction::key);
    Ok(asking.entries()?.marked(|marks| wanted[marks.direction()]))
}
fn role(asking: &Asking, asked: &Asked) -> Result<Set> {
    let wanted = wanted(asked, Role::ALL, Role::key);
    Ok(asking.entries()?.marked(|marks| wanted[marks.role()]))
}
fn intent(asking: &Asking, asked: &Asked) -> Result<Set> {
    let mut said = vec![asked.has("none")];
    said.extend(wanted(asked, Intent::ALL, Intent::key));
    Ok(asking.entries()?.marked(|marks| said[marks.intent()]))
}
fn mood(asking: &Asking, asked: &Asked) -> Result<Set> {
    let said =
        |mood: Option<i8>| mood.is_some_and(|mood| values::number_holds(asked.values, asked.compare, mood.into()));
    let moods: Vec<bool> = (-2..=2).map(|mood| said(Some(mood))).collect();
    Ok(asking.entries()?.marked(|marks| marks.mood().is_some_and(|mood| moods[(mood + 2) as usize])))
}
fn waiting(asking: &Asking, asked: &Asked) -> Result<Set> {
    let (yes, no) = asked.yes_no();
    Ok(asking.entries()?.marked(|marks| if marks.waits() { yes } else { no }))
}
fn rewarded(asking: &Asking, asked: &Asked) -> Result<Set> {
    let (yes, no) = asked.yes_no();
    Ok(asking.entries()?.marked(|marks| if marks.paid() { yes } else { no }))
}
