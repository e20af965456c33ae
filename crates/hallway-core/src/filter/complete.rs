//! What could stand where one is typing: fields, then their values, with how many people each finds where that costs
//! next to nothing.
use super::{
    Known, Tree,
    answer::{Asking, asking, is},
    fields::{About, Choice, Field, Takes},
    near::plain,
    parse::{compare, counts_entries, is_name, joining, leads_out, phrase, word_length},
    tree::{Compare, value_written},
    values,
};
use crate::{error::Result, numbers::people, store::Tx};
use std::{cmp::Reverse, collections::HashMap};

/// As many as are offered at once.
const OFFERED: usize = 12;
/// As many values as are offered for a word that is no field yet.
const BY_THE_WAY: usize = 4;

/// Something that could stand there; places in bytes.
pub struct Offer {
    pub label: String,
    pub note: String,
    pub insert: String,
    pub from: usize,
    pub to: usize,
}

/// What stands at the cursor.
struct Typed<'a> {
    /// Where it begins, behind what denies it.
    from: usize,
    /// Where it ends, behind the cursor.
    to: usize,
    /// Up to the cursor.
    text: &'a str,
    about: About,
    what: What<'a>,
}

enum What<'a> {
    /// A word that may become a field.
    Word,
    /// The name before a colon, or before the bracket of entries.
    Name { sign: char },
    /// A value of the field of that name, of which it is not the first.
    Value { of: &'a str, compare: Compare, further: bool },
}

/// What could stand at a place of a text.
pub fn offers(tx: &Tx, known: &Known, text: &str, cursor: usize) -> Result<Vec<Offer>> {
    let Some(typed) = typed(known, text, cursor) else { return Ok(vec![]) };
    asking(tx, known, &Tree::everybody(), |asking, _| {
        let mut offers = match typed.what {
            What::Value { of, compare, further } => match known.field(of, typed.about) {
                // After a sign comes one value.
                Some(field) if !(further && compare != Compare::Is) => values(asking, &typed, field, compare)?,
                _ => vec![],
            },
            What::Name { sign } => fields(known, &typed).into_iter().filter(|o| o.insert.ends_with(sign)).collect(),
            What::Word => {
                let mut offers = fields(known, &typed);
                // Of signs alone everything reminds.
                if typed.about == About::People && typed.text.chars().count() > 1 && !plain(typed.text).is_empty() {
                    offers.extend(by_the_way(asking, &typed)?);
                } else if typed.about == About::Entries {
                    offers.extend(kinds(known, &typed));
                }
                offers
            }
        };
        offers.truncate(OFFERED);
        Ok(offers)
    })
}

/// What the cursor stands in or behind, walking over a text as it is read; nothing within quotes that are no value.
fn typed<'a>(known: &Known, text: &'a str, cursor: usize) -> Option<Typed<'a>> {
    let mut brackets: Vec<About> = Vec::new();
    let mut at = 0;
    loop {
        if cursor < at {
            return None;
        }
        let about = brackets.last().copied().unwrap_or(About::People);
        let typed = |from: usize, to: usize, what: What<'a>| {
            // At the very beginning of a word nothing of it is typed yet, and what comes is not to be taken for it.
            let beside = from == cursor && to > cursor && !matches!(what, What::Value { .. });
            (!beside).then(|| Typed { from, to, text: &text[from..cursor], about, what })
        };
        let rest = &text[at..];
        let mut letters = rest.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), _) if letter.is_whitespace() => {
                if cursor <= at {
                    return typed(cursor, cursor, What::Word);
                }
                at += letter.len_utf8();
            }
            (None, _) => return typed(cursor, cursor, What::Word),
            (Some(')'), after) if !brackets.is_empty() => {
                if cursor <= at {
                    return typed(cursor, cursor, What::Word);
                }
                let counted = brackets.pop() == Some(About::Entries) && brackets.last() != Some(&About::Entries);
                at += 1;
                // How many entries are meant is no word.
                if counted && after == Some(':') {
                    at += word_length(&text[at..], !brackets.is_empty(), false);
                    if cursor <= at {
                        return None;
                    }
                }
            }
            (Some('-'), Some(denied)) if denied.is_alphanumeric() || "(\"“".contains(denied) => {
                if cursor <= at {
                    return None;
                }
                at += 1;
            }
            (Some('('), _) => {
                if cursor <= at {
                    return None;
                }
                brackets.push(about);
                at += 1;
            }
            (Some('"' | '“'), _) => {
                at += phrase(rest)?.1;
                if cursor <= at {
                    return None;
                }
            }
            _ => {
                let (to, found) = bare(known, text, at, cursor, about, !brackets.is_empty());
                match found {
                    Some((from, to, what)) => return typed(from, to, what),
                    None if text[to..].starts_with('(') && counts_entries(&text[at..to]) && about == About::People => {
                        brackets.push(About::Entries);
                        at = to + 1;
                    }
                    None => at = to,
                }
            }
        }
    }
}

/// Where a word without quotes ends, and what the cursor stands in if it stands in it.
fn bare<'a>(
    known: &Known,
    text: &'a str,
    begin: usize,
    cursor: usize,
    about: About,
    in_brackets: bool,
) -> (usize, Option<(usize, usize, What<'a>)>) {
    let rest = &text[begin..];
    if let Some((_, length)) = joining(rest) {
        let to = begin + length;
        return (to, (cursor <= to).then_some((begin, to, What::Word)));
    }
    let length = rest.find(|c: char| c.is_whitespace() || ":()".contains(c)).unwrap_or(rest.len());
    let (head, head_to) = (&rest[..length], begin + length);
    let sign = rest[length..].chars().next();
    let entries = sign == Some('(') && counts_entries(head) && about == About::People;
    let name = sign == Some(':') && is_name(head) && !leads_out(head, &rest[length + 1..]);
    if let Some(sign) = sign.filter(|_| (entries || name) && cursor <= head_to) {
        return (head_to, Some((begin, head_to + 1, What::Name { sign })));
    }
    if entries {
        return (head_to, None);
    }
    if !name || known.field(head, about).is_none() {
        let to = begin + word_length(rest, in_brackets, false);
        return (to, (cursor <= to).then_some((begin, to, What::Word)));
    }
    let (compare, sign) = compare(&rest[length + 1..]);
    let mut from = head_to + 1 + sign;
    let mut further = false;
    loop {
        let value = &text[from..];
        let to = match value.chars().next() {
            Some('"' | '“') => match phrase(value) {
                Some((_, length)) => from + length,
                // Where it is to end nobody has said; what comes after the word may be meant apart.
                None => {
                    let behind = cursor.max(from);
                    behind + word_length(&text[behind..], true, true)
                }
            },
            _ => from + word_length(value, in_brackets, true),
        };
        if cursor <= to {
            let what = What::Value { of: head, compare, further };
            return (to, (cursor >= from).then_some((from, to, what)));
        }
        if !text[to..].starts_with(',') {
            return (to, None);
        }
        from = to + 1;
        further = true;
    }
}

fn fields(known: &Known, typed: &Typed) -> Vec<Offer> {
    let wanted = typed.text.to_lowercase();
    let begins = |field: &&Field| field.names().any(|name| name.starts_with(&wanted));
    let label = |field: &&Field| plain(&field.label).starts_with(&plain(&wanted)) && !plain(&wanted).is_empty();
    let key = |field: &&Field| field.key.starts_with(&wanted);
    let mut found: Vec<&Field> = known.fields(typed.about).filter(key).collect();
    for field in known.fields(typed.about).filter(|field| begins(field) || label(field)) {
        if !found.iter().any(|known| known.key == field.key) {
            found.push(field);
        }
    }
    let mut offers: Vec<Offer> = found
        .into_iter()
        .map(|field| offer(typed, format!("{}:", field.key), field.label.to_string(), format!("{}:", field.key)))
        .collect();
    for (word, note) in [("touch(", "Something happened"), ("count(", "So many things happened")] {
        if typed.about == About::People && word.starts_with(&wanted) {
            offers.push(offer(typed, format!("{word}…)"), note.into(), word.into()));
        }
    }
    offers
}

fn offer(typed: &Typed, label: String, note: String, insert: String) -> Offer {
    Offer { label, note, insert, from: typed.from, to: typed.to }
}

/// Values of fields that begin as the word does, for whoever does not think of the field.
fn by_the_way(asking: &Asking, typed: &Typed) -> Result<Vec<Offer>> {
    let mut offers = Vec::new();
    for key in ["stack", "topic", "organisation", "country", "region", "stage"] {
        let Some(field) = asking.known.field(key, About::People) else { continue };
        for (value, note) in named(asking, field, typed.text)?.into_iter().take(BY_THE_WAY) {
            let text = format!("{key}:{}", value_written(&value));
            offers.push(offer(typed, text.clone(), note, text));
        }
    }
    Ok(offers)
}

fn kinds(known: &Known, typed: &Typed) -> Vec<Offer> {
    let wanted = plain(typed.text);
    let has = |choice: &Choice| choice.names().any(|name| plain(name).contains(&wanted));
    known
        .kinds()
        .into_iter()
        .filter(|choice| !wanted.is_empty() && has(choice))
        .map(|choice| offer(typed, format!("kind:{}", choice.key), choice.label, format!("kind:{}", choice.key)))
        .collect()
}

/// Values of a field, after its colon and whatever sign and values stand there already: those that can stand there.
fn values(asking: &Asking, typed: &Typed, field: &Field, compare: Compare) -> Result<Vec<Offer>> {
    let wanted = typed.text.trim_start_matches(['"', '“']);
    Ok(named(asking, field, wanted)?
        .into_iter()
        .filter(|(value, _)| values::read(asking.known, field, compare, value).is_ok())
        .map(|(value, note)| Offer {
            label: value.clone(),
            note,
            insert: value_written(&value),
            from: typed.from,
            to: typed.to,
        })
        .collect())
}

/// Values that begin with what was typed, then those that have it, each with what it is.
fn named(asking: &Asking, field: &Field, typed: &str) -> Result<Vec<(String, String)>> {
    let wanted = plain(typed);
    let place = |names: &mut dyn Iterator<Item = &str>| {
        names.filter_map(|name| plain(name).find(&wanted)).map(|at| usize::from(at > 0)).min()
    };
    match field.takes {
        Takes::Name(names) => {
            let mut found: Vec<(usize, Option<u32>, String)> = names(asking, field, &wanted)?
                .into_iter()
                .filter_map(|(name, people)| Some((place(&mut std::iter::once(name.as_str()))?, people, name)))
                .filter(|(_, people, _)| *people != Some(0))
                .collect();
            found.sort_by(|a, b| (a.0, Reverse(a.1), &a.2).cmp(&(b.0, Reverse(b.1), &b.2)));
            found.truncate(OFFERED);
            let note = |n: Option<u32>| n.map_or("Whoever its filter finds".to_owned(), in_all);
            found.into_iter().map(|(_, n, name)| Ok((spelled(asking, field, name)?, note(n)))).collect()
        }
        Takes::Day(way) => Ok(days(way)
            .iter()
            .filter(|(value, _)| value.starts_with(typed))
            .map(|(v, n)| ((*v).to_owned(), (*n).to_owned()))
            .collect()),
        Takes::Number | Takes::Text => Ok(vec![]),
        _ => {
            let mut found: Vec<(usize, Choice)> = field
                .choices(asking.known)
                .into_iter()
                .filter_map(|choice| {
                    let at = place(&mut choice.names())?;
                    Some((at, choice))
                })
                .collect();
            // Countries that nobody is in are offered last.
            let counts = counts(asking, field);
            let counted =
                |choice: &Choice| counts.as_ref().map(|counts| counts.get(choice.key.as_str()).copied().unwrap_or(0));
            found.sort_by_key(|(place, choice)| (*place, Reverse(counted(choice))));
            found
                .into_iter()
                .take(OFFERED)
                .map(|(_, choice)| {
                    let n = match counted(&choice) {
                        Some(n) => Some(n),
                        None if field.is_cheap() && field.kept == super::fields::Kept::List => {
                            let set = asking.people(&is(&field.key, &choice.key))?;
                            Some(asking.index.count(&set) as u32)
                        }
                        None => None,
                    };
                    let note = n.map_or(choice.label.clone(), |n| format!("{} · {}", choice.label, in_all(n)));
                    Ok((choice.key, note))
                })
                .collect()
        }
    }
}

/// How many people something finds by itself. What else stands in the filter is not asked, and it is not to be taken so.
fn in_all(n: u32) -> String {
    format!("{} in all", people(n.into()))
}

/// How many people have each choice, by its key, where the list knows without looking.
fn counts<'a>(asking: &'a Asking, field: &Field) -> Option<HashMap<&'a str, u32>> {
    (field.key == "country").then(|| asking.index.country_counts().collect())
}

/// A folded name as somebody who has it spells it.
fn spelled(asking: &Asking, field: &Field, name: String) -> Result<String> {
    let (somebody, column) = match field.key.as_ref() {
        "organisation" => (asking.index.somebody_at(&name), "organisation"),
        "city" => (asking.index.somebody_in(&name), "city"),
        _ => return Ok(name),
    };
    let Some(somebody) = somebody else { return Ok(name) };
    let spelled: Option<Option<String>> =
        asking.tx.scalar(&format!("SELECT {column} FROM person_state WHERE person = ?1"), [somebody])?;
    Ok(spelled.flatten().unwrap_or(name))
}

fn days(way: super::days::Way) -> &'static [(&'static str, &'static str)] {
    use super::days::Way;
    match way {
        Way::Back => &[
            ("7d", "In the last 7 days"),
            ("30d", "In the last 30 days"),
            ("90d", "In the last 90 days"),
            ("1y", "In the last year"),
            ("today", "Today"),
            ("this-week", "Since Monday"),
            ("this-month", "This month"),
            ("last-month", "Last month"),
            ("this-year", "This year"),
            ("never", "No day is known"),
        ],
        Way::Ahead => &[
            ("today", "Today"),
            ("7d", "Within 7 days"),
            ("30d", "Within 30 days"),
            ("this-week", "This week"),
            ("next-week", "Next week"),
            ("never", "None"),
        ],
        Way::Either => &[
            ("30d", "In the last 30 days"),
            ("+30d", "In the next 30 days"),
            ("this-month", "This month"),
            ("this-year", "This year"),
            ("never", "No day is known"),
        ],
    }
}

/// Filters that use a field of the workspace's own making.
pub fn examples(known: &Known, field: &Field) -> Vec<String> {
    let key = &field.key;
    match field.takes {
        Takes::Day(_) => vec![format!("{key}:+30d"), format!("{key}:this-year"), format!("{key}:never")],
        Takes::Number => vec![format!("{key}:5"), format!("{key}:>=5"), format!("{key}:3..5")],
        Takes::YesNo => vec![format!("{key}:yes")],
        Takes::Text | Takes::Name(_) => vec![format!("{key}:\"some words\"")],
        _ => {
            field.choices(known).iter().take(2).map(|choice| format!("{key}:{}", value_written(&choice.key))).collect()
        }
    }
}
