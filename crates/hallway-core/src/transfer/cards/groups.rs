//! Cards that are a group and nobody, and whose names are tags of those who are in it.
use super::{Row, texts, without};
use crate::{
    numbers::{count, people, plural},
    transfer::csv::ImportTarget,
};
use calcard::vcard::{VCard, VCardProperty as Property};
use std::collections::{HashMap, HashSet};

/// As many groups as a sentence names.
const NAMED: usize = 5;

pub(super) fn is_group(card: &VCard) -> bool {
    card.entries.iter().any(|entry| {
        let kind = entry.name == Property::Kind || is(&entry.name, "X-ADDRESSBOOKSERVER-KIND");
        kind && texts(entry).iter().any(|text| text.eq_ignore_ascii_case("group"))
    })
}

/// Gives everybody whose card is a member of a group its name as a tag. Returns a sentence when there are groups.
pub(super) fn tag_members(groups: &[VCard], cards: &[VCard], rows: &mut [Row]) -> Option<String> {
    if groups.is_empty() {
        return None;
    }
    let places: HashMap<String, usize> =
        cards.iter().enumerate().filter_map(|(place, card)| Some((uids(card, false).next()?, place))).collect();
    let (mut names, mut tagged, mut elsewhere) = (Vec::new(), HashSet::new(), 0);
    for group in groups {
        let name = name_of(group);
        for member in uids(group, true) {
            match (places.get(&member), &name) {
                (Some(place), Some(name)) => {
                    rows[*place].put(ImportTarget::Tags, name);
                    tagged.insert(*place);
                }
                (Some(_), None) => {}
                (None, _) => elsewhere += 1,
            }
        }
        names.extend(name);
    }
    let cards = plural((groups.len() + cards.len()) as u64, "card", "cards");
    let mut named: Vec<String> = names.iter().take(NAMED).map(|name| format!("“{name}”")).collect();
    if names.len() > NAMED {
        named.push(format!("{} more", count((names.len() - NAMED) as u64)));
    }
    let named = if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ")) };
    let (are, its) = if groups.len() == 1 { ("is a group", "its name") } else { ("are groups", "their names") };
    let mut said = format!(
        "Of {cards} {} {are} and nobody{named}; {its} {} of {}.",
        count(groups.len() as u64),
        if groups.len() == 1 { "becomes a tag" } else { "become tags" },
        people(tagged.len() as u64)
    );
    if elsewhere > 0 {
        said += &format!(" {} not in this file.", plural(elsewhere, "member is", "members are"));
    }
    Some(said)
}

fn name_of(group: &VCard) -> Option<String> {
    let named = |property: Property| {
        let entry = group.entries.iter().find(|entry| entry.name == property)?;
        let name =
            texts(entry).iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        (!name.is_empty()).then_some(name)
    };
    named(Property::Fn).or_else(|| named(Property::N))
}

/// The number of a card, or the numbers of the members of a group, as they are compared.
fn uids(card: &VCard, members: bool) -> impl Iterator<Item = String> {
    let wanted = move |name: &Property| match members {
        true => *name == Property::Member || is(name, "X-ADDRESSBOOKSERVER-MEMBER"),
        false => *name == Property::Uid,
    };
    card.entries
        .iter()
        .filter(move |entry| wanted(&entry.name))
        .flat_map(texts)
        .map(|uid| without(uid.trim(), "urn:uuid:").to_ascii_lowercase())
        .filter(|uid| !uid.is_empty())
}

fn is(name: &Property, wanted: &str) -> bool {
    matches!(name, Property::Other(name) if name.eq_ignore_ascii_case(wanted))
}
