//! What could stand where one is typing: fields, then their values, with how many people each finds where that costs
//! next to nothing.
use super::{
    Known, Tree,
    answer::{Asking, asking, is},
    fields::{About, Choice, Field, Takes},
    near::plain,
    tree::value_written,
};
use crate::{
    error::Result,
    numbers::{self, people},
    store::Tx,
};
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

/// The word one is typing.
struct Typed<'a> {
    /// Where it begins, behind what denies it.
    from: usize,
    /// Where the word ends, behind the cursor.
    to: usize,
    /// Up to the cursor.
    text: &'a str,
    about: About,
}

/// What could stand at a place of a text.
pub fn offers(tx: &Tx, known: &Known, text: &str, cursor: usize) -> Result<Vec<Offer>> {
    let Some(typed) = typed(text, cursor) else { return Ok(vec![]) };
    asking(tx, known, &Tree::everybody(), |asking, _| {
        let value =
            typed.text.split_once(':').and_then(|(head, rest)| Some((known.field(head, typed.about)?, head, rest)));
        let mut offers = match value {
            Some((field, head, rest)) => values(asking, &typed, field, head.len() + 1, rest)?,
            None => {
                let mut offers = fields(known, &typed);
                if typed.about == About::People && typed.text.chars().count() > 1 {
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

/// The word around the cursor; nothing within quotes that are no value.
fn typed(text: &str, cursor: usize) -> Option<Typed<'_>> {
    let mut from = 0;
    let mut brackets: Vec<bool> = Vec::new();
    let mut quoted = false;
    for (at, letter) in text[..cursor].char_indices() {
        match letter {
            '"' if quoted => quoted = false,
            '"' if at == from || text[..at].ends_with([':', ',', '=', '>', '<', '-']) => quoted = true,
            _ if quoted => {}
            '(' => {
                let head = &text[from..at].trim_start_matches('-').to_lowercase();
                let entries = ["touch", "count", "entry", "entries"].contains(&head.as_str());
                brackets.push(entries || brackets.last() == Some(&true));
                from = at + 1;
            }
            ')' => {
                brackets.pop();
                from = at + 1;
            }
            letter if letter.is_whitespace() => from = at + letter.len_utf8(),
            _ => {}
        }
    }
    if text[from..cursor].starts_with('-') {
        from += 1;
    }
    if text[from..cursor].starts_with('"') {
        return None;
    }
    let rest = &text[cursor..];
    let ends = |c: char| if quoted { c == '"' } else { c.is_whitespace() || "()".contains(c) };
    let mut to = cursor + rest.find(ends).unwrap_or(rest.len());
    if quoted && text[to..].starts_with('"') {
        to += 1;
    }
    let about = if brackets.last() == Some(&true) { About::Entries } else { About::People };
    Some(Typed { from, to, text: &text[from..cursor], about })
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

/// Values of a field, after its colon and whatever sign and values stand there already.
fn values(asking: &Asking, typed: &Typed, field: &Field, behind: usize, rest: &str) -> Result<Vec<Offer>> {
    let sign = rest.len() - rest.trim_start_matches(['<', '>', '=', '≤', '≥']).len();
    let last = rest[sign..].rfind(',').filter(|_| !rest.contains('"')).map_or(sign, |comma| sign + comma + 1);
    let from = typed.from + behind + last;
    let wanted = rest[last..].trim_start_matches('"');
    Ok(named(asking, field, wanted)?
        .into_iter()
        .map(|(value, note)| Offer { label: value.clone(), note, insert: value_written(&value), from, to: typed.to })
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
            let mut found: Vec<(usize, Option<u32>, String)> = names(asking, field)?
                .into_iter()
                .filter_map(|(name, people)| Some((place(&mut std::iter::once(name.as_str()))?, people, name)))
                .filter(|(_, people, _)| *people != Some(0))
                .collect();
            found.sort_by(|a, b| (a.0, Reverse(a.1), &a.2).cmp(&(b.0, Reverse(b.1), &b.2)));
            found.truncate(OFFERED);
            let note = |n: Option<u32>| n.map_or("Whoever its filter finds".to_owned(), |n| people(n.into()));
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
                    let note =
                        n.map_or(choice.label.clone(), |n| format!("{} · {}", choice.label, numbers::people(n.into())));
                    Ok((choice.key, note))
                })
                .collect()
        }
    }
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
