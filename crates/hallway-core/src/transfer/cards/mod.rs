//! Address cards (vCard 2.1, 3.0 and 4.0) as CSV with our own headers, so that everything after it works on tables.
mod groups;
mod lines;

use super::csv::{CsvWriter, ExportMode, ImportTarget, decoded, join_names};
use crate::{
    normal::{ContactKind, contact, whole_name},
    numbers::plural,
};
use calcard::{
    Entry, Parser,
    common::IanaString,
    vcard::{VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty as Property, VCardValue},
};
use std::{
    io::{self, Read, Seek},
    thread,
};

/// What the reader of cards may lay on its stack, in bytes: more than any sound one needs.
const STACK: usize = 16 * 1024 * 1024;

/// Between several values of one column, as Google writes them.
const BETWEEN: &str = " ::: ";

/// As many columns as properties get that have none of ours.
const MOST_PROPERTIES: usize = 200;

/// Where what is said in properties beyond those goes.
const OTHER_PROPERTIES: &str = "Other properties";

/// What a card has no place for: parts of a name, which it joins, and what only we ask.
const NOT_ON_CARDS: [ImportTarget; 14] = [
    ImportTarget::Skip,
    ImportTarget::FirstName,
    ImportTarget::MiddleName,
    ImportTarget::LastName,
    ImportTarget::BuildingNow,
    ImportTarget::Challenges,
    ImportTarget::Stack,
    ImportTarget::MetOn,
    ImportTarget::LastContacted,
    ImportTarget::LastMet,
    ImportTarget::LastSpoke,
    ImportTarget::LastHeard,
    ImportTarget::Said,
    ImportTarget::SignedUpOn,
];

/// The columns of the table, in their order.
fn columns() -> impl Iterator<Item = ImportTarget> {
    ImportTarget::ALL.into_iter().filter(|target| !NOT_ON_CARDS.contains(target))
}

/// Why cards cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("The file could not be read: {0}.")]
    Io(#[from] io::Error),
    #[error("The cards could not be read. Export them once more from where they came, as vCard 3.0, and import that.")]
    Unreadable,
    #[error("There is no card in the file. Choose another one.")]
    Empty,
}

/// Whether a file that begins so holds cards.
pub fn are_cards(start: &[u8]) -> bool {
    let start: Vec<u8> = start.iter().copied().filter(|byte| *byte != 0).take(64).collect();
    let text =
        String::from_utf8_lossy(&start).trim_start_matches(|c: char| !c.is_ascii_alphabetic()).to_ascii_uppercase();
    text.starts_with("BEGIN:VCARD")
}

/// Cards as a table.
#[derive(Debug)]
pub struct Cards {
    /// CSV in UTF-8: a header, then a row for each card that is somebody (not for a group of cards). After our own columns
    /// come those of properties we have no place for, called as the property is.
    pub csv: Vec<u8>,
    /// What became of cards and properties that are not in it. Sentences.
    pub remarks: Vec<String>,
}

/// Reads cards.
///
/// # Errors
/// See [`Error`].
pub fn read(source: impl Read + Seek) -> Result<Cards, Error> {
    let text = lines::settled(&decoded(source)?);
    // By a worker of its own: what brings it down is an unreadable file, and no more.
    let cards = thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || parsed(&text));
        worker.map_err(Error::Io)?.join().map_err(|_| Error::Unreadable)
    })?;
    if cards.is_empty() {
        return Err(Error::Empty);
    }
    let (groups, cards): (Vec<VCard>, Vec<VCard>) = cards.into_iter().partition(groups::is_group);
    let mut left_out = [0; LEFT_OUT.len()];
    let mut rows: Vec<Row> = cards.iter().map(|card| row(card, &mut left_out)).collect();
    let mut remarks: Vec<String> = groups::tag_members(&groups, &cards, &mut rows).into_iter().collect();
    remarks.extend(stays_out(left_out));
    let mut properties: Vec<String> = Vec::new();
    for (property, _) in rows.iter_mut().flat_map(|row| &mut row.properties) {
        if !properties.contains(property) {
            if properties.len() < MOST_PROPERTIES {
                properties.push(property.clone());
            } else {
                *property = OTHER_PROPERTIES.to_owned();
            }
        }
    }
    if rows.iter().flat_map(|row| &row.properties).any(|(property, _)| property == OTHER_PROPERTIES) {
        properties.push(OTHER_PROPERTIES.to_owned());
    }
    let mut out = CsvWriter::new(Vec::new(), ExportMode::Program);
    out.write(columns().map(|target| target.label().to_owned()).chain(properties.iter().cloned()))?;
    for row in rows {
        let own = columns().map(|target| row.cell(target));
        out.write(own.chain(properties.iter().map(|property| row.property(property))))?;
    }
    Ok(Cards { csv: out.finish()?.0, remarks })
}

/// What stays in the cards, and how it is called.
const LEFT_OUT: [(&[Property], &str, &str); 5] = [
    (&[Property::Photo], "photo", "photos"),
    (&[Property::Logo], "logo", "logos"),
    (&[Property::Sound], "sound", "sounds"),
    (&[Property::Key], "key", "keys"),
    (&[Property::Rev, Property::Created], "revision stamp", "revision stamps"),
];

fn stays_out(counts: [u64; LEFT_OUT.len()]) -> Option<String> {
    let counted = LEFT_OUT.iter().zip(counts).filter(|(_, count)| *count > 0);
    let said: Vec<String> = counted.map(|((_, one, many), count)| plural(count, one, many)).collect();
    let (last, others) = said.split_last()?;
    let all = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
    Some(format!("Left in the cards, and not imported: {all}."))
}

fn parsed(text: &str) -> Vec<VCard> {
    let mut parser = Parser::new(text);
    let mut cards = Vec::new();
    loop {
        match parser.entry() {
            Entry::VCard(card) => cards.push(card),
            Entry::Eof => return cards,
            // A line between cards, or one that is none.
            _ => {}
        }
    }
}

/// What one card says: by our columns, and by the properties that have none.
#[derive(Default)]
struct Row {
    own: Vec<(ImportTarget, Vec<String>)>,
    properties: Vec<(String, String)>,
}

impl Row {
    fn put(&mut self, target: ImportTarget, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        match self.own.iter_mut().find(|(known, _)| *known == target) {
            Some((_, texts)) if texts.iter().any(|known| known == text) => {}
            Some((_, texts)) => texts.push(text.to_owned()),
            None => self.own.push((target, vec![text.to_owned()])),
        }
    }
    fn contact(&mut self, kind: ContactKind, text: &str) {
        self.put(ImportTarget::for_contact(kind), text);
    }
    /// What has no column of its own is not dropped: it is a line of the notes.
    fn note(&mut self, label: &str, text: &str) {
        if !text.trim().is_empty() {
            self.put(ImportTarget::Notes, &format!("{label}: {}", text.trim()));
        }
    }
    /// What has no column of ours has one that is called as the property is.
    fn keep(&mut self, name: &str, label: Option<&str>, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let text = label.map_or_else(|| text.to_owned(), |label| format!("{label}: {text}"));
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let name = name.trim().to_ascii_uppercase();
        let property = match name.as_str() {
            // These would be taken for something of the person's.
            "LABEL" | "NAME" | "LANGUAGE" => format!("vCard {name}"),
            name if !name.is_empty() && name.len() <= 60 && name.bytes().all(sound) => name.to_owned(),
            _ => OTHER_PROPERTIES.to_owned(),
        };
        self.properties.push((property, text));
    }
    fn property(&self, name: &str) -> String {
        let texts = self.properties.iter().filter(|(property, _)| property == name);
        texts.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ")
    }
    fn cell(&self, target: ImportTarget) -> String {
        let texts =
            self.own.iter().find(|(known, _)| *known == target).map(|(_, texts)| texts.as_slice()).unwrap_or_default();
        match target {
            ImportTarget::Tags => join_names(texts),
            ImportTarget::Notes => texts.join("\n"),
            target if target.contact().is_some() => texts.join(BETWEEN),
            _ => texts.join(", "),
        }
    }
}

fn row(card: &VCard, left_out: &mut [u64; LEFT_OUT.len()]) -> Row {
    let mut row = Row::default();
    let mut structured = String::new();
    for entry in &card.entries {
        let texts = texts(entry);
        let whole = texts.join(", ");
        let nth = |n: usize| texts.get(n).map(String::as_str).unwrap_or_default();
        match &entry.name {
            Property::Fn => row.put(ImportTarget::Name, &whole),
            Property::N => structured = whole_name(nth(1), nth(2), nth(0)),
            Property::Nickname => row.put(ImportTarget::Nickname, &whole),
            Property::Org => row.put(ImportTarget::Organisation, nth(0)),
            Property::Title | Property::Role => row.put(ImportTarget::RoleTitle, &whole),
            Property::Email => texts.iter().for_each(|text| row.contact(ContactKind::Email, without(text, "mailto:"))),
            Property::Tel => texts.iter().for_each(|text| row.contact(ContactKind::Phone, without(text, "tel:"))),
            Property::Adr => {
                row.put(ImportTarget::City, nth(3));
                row.put(ImportTarget::Country, nth(6));
                let street =
                    [nth(0), nth(1), nth(2), nth(4), nth(5)].map(str::trim).map(|part| part.replace('\n', ", "));
                row.note(
                    "Address",
                    &street.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", "),
                );
            }
            Property::Url => texts.iter().for_each(|text| row.contact(page_kind(text), text)),
            Property::Socialprofile => profile(&mut row, entry, &whole),
            Property::Impp => chat(&mut row, &whole),
            Property::Categories => texts.iter().for_each(|text| row.put(ImportTarget::Tags, text)),
            Property::Note => row.put(ImportTarget::Notes, &whole),
            Property::Lang => row.put(ImportTarget::Languages, &whole),
            Property::Tz => row.put(ImportTarget::TimeZone, &whole),
            Property::Pronouns => row.put(ImportTarget::Pronouns, &whole),
            Property::Bday => row.note("Birthday", &lines::day(&whole, no_year(entry))),
            Property::Anniversary => row.note("Anniversary", &lines::day(&whole, no_year(entry))),
            Property::Other(name) if name.to_ascii_uppercase().starts_with("X-SOCIAL") => {
                profile(&mut row, entry, &whole)
            }
            Property::Other(name) => other(&mut row, name, label(card, entry), &whole),
            // Of the card and not of the person: its version, and its place in a program.
            Property::Begin
            | Property::End
            | Property::Version
            | Property::Prodid
            | Property::Uid
            | Property::Kind
            | Property::Member
            | Property::Clientpidmap => {}
            name => match LEFT_OUT.iter().position(|(properties, ..)| properties.contains(name)) {
                Some(nth) => left_out[nth] += 1,
                None => row.keep(name.as_str(), label(card, entry), &whole),
            },
        }
    }
    if row.cell(ImportTarget::Name).is_empty() {
        row.put(ImportTarget::Name, &structured);
    }
    row
}

/// The year that a program of Apple's writes where nobody knows it.
fn no_year(entry: &VCardEntry) -> Option<&str> {
    entry.params.iter().find_map(|parameter| match (&parameter.name, &parameter.value) {
        (VCardParameterName::Other(name), VCardParameterValue::Text(year))
            if name.eq_ignore_ascii_case("X-APPLE-OMIT-YEAR") =>
        {
            Some(year.trim())
        }
        _ => None,
    })
}

/// What a program of Apple's calls a property, or what kind of it the card says it is: "Mother", "friend".
fn label<'a>(card: &'a VCard, entry: &'a VCardEntry) -> Option<&'a str> {
    let beside = card.entries.iter().find(|other| {
        other.group.is_some()
            && other.group == entry.group
            && matches!(&other.name, Property::Other(name) if name.eq_ignore_ascii_case("X-ABLABEL"))
    });
    let called = beside.and_then(|beside| match beside.values.first() {
        Some(VCardValue::Text(text)) => Some(text.trim().trim_start_matches("_$!<").trim_end_matches(">!$_")),
        _ => None,
    });
    called.filter(|called| !called.is_empty()).or_else(|| {
        let related = entry.name == Property::Related;
        entry.params.iter().filter(|_| related).find_map(|parameter| match (&parameter.name, &parameter.value) {
            (VCardParameterName::Type, VCardParameterValue::Text(kind)) => Some(kind.as_str()),
            (VCardParameterName::Type, VCardParameterValue::Type(kind)) => Some(kind.as_str()),
            _ => None,
        })
    })
}

/// What else programs write: chats of the days before IMPP, and labels of their own.
fn other(row: &mut Row, name: &str, label: Option<&str>, text: &str) {
    match name.to_ascii_uppercase().as_str() {
        "X-TWITTER" => row.contact(ContactKind::X, text),
        "X-JABBER" | "X-SKYPE" | "X-SKYPE-USERNAME" | "X-AIM" | "X-ICQ" | "X-GTALK" | "X-GOOGLE-TALK" => {
            row.contact(ContactKind::Other, &format!("{}: {text}", name[2..].to_ascii_lowercase()));
        }
        "X-ANNIVERSARY" | "X-EVOLUTION-ANNIVERSARY" | "X-MS-ANNIVERSARY" => {
            row.note("Anniversary", &lines::day(text, None));
        }
        "X-SPOUSE" | "X-MANAGER" | "X-ASSISTANT" => row.note(&name[2..].to_ascii_lowercase(), text),
        // A word on another line of the card, which is said there.
        "X-ABLABEL" | "X-ABADR" | "X-ADDRESSBOOKSERVER-KIND" | "X-ADDRESSBOOKSERVER-MEMBER" => {}
        "AGENT" => row.keep(name, None, &if text.contains('\n') { lines::told(text) } else { text.to_owned() }),
        _ => row.keep(name, label, text),
    }
}

/// `SOCIALPROFILE;SERVICE-TYPE=GitHub;USERNAME=zoe:https://…`, or Apple's `X-SOCIALPROFILE;TYPE=twitter;x-user=zoe:…`.
fn profile(row: &mut Row, entry: &VCardEntry, address: &str) {
    let mut service = None;
    let mut user = None;
    for parameter in &entry.params {
        let VCardParameterValue::Text(value) = &parameter.value else { continue };
        match &parameter.name {
            VCardParameterName::ServiceType | VCardParameterName::Type => service = service.or(kind_named(value)),
            VCardParameterName::Username => user = Some(value.clone()),
            VCardParameterName::Other(name) if name.eq_ignore_ascii_case("x-user") => user = Some(value.clone()),
            _ => {}
        }
    }
    let page = address.contains('/').then_some(address);
    match (service, page, user) {
        (Some(kind), _, Some(user)) if kind != ContactKind::Mastodon => row.contact(kind, &user),
        (Some(kind), _, _) => row.contact(kind, without(address, "x-apple:")),
        (None, Some(page), _) => row.contact(page_kind(page), page),
        (None, None, user) => row.contact(ContactKind::Other, user.as_deref().unwrap_or(without(address, "x-apple:"))),
    }
}

fn chat(row: &mut Row, address: &str) {
    match address.split_once(':').map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest)) {
        Some((scheme, rest)) if scheme == "matrix" => row.contact(ContactKind::Matrix, rest),
        Some((scheme, rest)) if scheme == "irc" => row.contact(ContactKind::Irc, rest),
        _ => row.contact(ContactKind::Other, address),
    }
}

fn kind_named(service: &str) -> Option<ContactKind> {
    match service.to_ascii_lowercase().as_str() {
        "twitter" => Some(ContactKind::X),
        name => ContactKind::from_key(name).filter(|kind| kind.identifies() && *kind != ContactKind::Email),
    }
}

/// Which kind of contact point a page is: one of those whose profiles are known by their address, else a website.
fn page_kind(address: &str) -> ContactKind {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default().trim_start_matches("www.").to_ascii_lowercase();
    let known = [
        ("github.com", ContactKind::Github),
        ("gitlab.com", ContactKind::Gitlab),
        ("linkedin.com", ContactKind::Linkedin),
        ("twitter.com", ContactKind::X),
        ("x.com", ContactKind::X),
        ("bsky.app", ContactKind::Bluesky),
        ("reddit.com", ContactKind::Reddit),
    ];
    let kind = known.into_iter().find(|(name, _)| host == *name || host.ends_with(&format!(".{name}")));
    // A page below a profile is a page: its normal form is no handle.
    kind.map(|(_, kind)| kind).filter(|kind| !contact(*kind, address).contains("://")).unwrap_or(ContactKind::Website)
}

fn texts(entry: &VCardEntry) -> Vec<String> {
    entry
        .values
        .iter()
        .map(|value| match value {
            VCardValue::Text(text) => text.clone(),
            VCardValue::Component(parts) => parts.join(" "),
            VCardValue::Integer(n) => n.to_string(),
            VCardValue::Float(n) => n.to_string(),
            VCardValue::Boolean(yes) => yes.to_string(),
            VCardValue::Kind(kind) => format!("{kind:?}").to_ascii_lowercase(),
            VCardValue::PartialDateTime(day) => {
                let two = |n: u8| format!("{n:02}");
                let parts = [day.year.map(|year| format!("{year:04}")), day.month.map(two), day.day.map(two)];
                parts.into_iter().flatten().collect::<Vec<_>>().join("-")
            }
            VCardValue::Sex(sex) => sex.as_str().to_owned(),
            VCardValue::GramGender(gender) => gender.as_str().to_ascii_lowercase(),
            // A text that somebody packed; one that is no text is told by its size.
            VCardValue::Binary(packed) => match packed.content_type.as_deref() {
                None => encoding_rs::WINDOWS_1252.decode(&packed.data).0.into_owned(),
                Some(kind) if kind.starts_with("text/") => String::from_utf8_lossy(&packed.data).into_owned(),
                Some(kind) => format!("{kind}, {}", plural(packed.data.len() as u64, "byte", "bytes")),
            },
        })
        // Marks that turn the direction of writing come along from telephones.
        .map(|text| {
            text.chars()
                .filter(|c| !('\u{202a}'..='\u{202e}').contains(c) && !('\u{2066}'..='\u{2069}').contains(c))
                .collect()
        })
        .collect()
}

fn without<'a>(text: &'a str, scheme: &str) -> &'a str {
    match text.get(..scheme.len()) {
        Some(start) if start.eq_ignore_ascii_case(scheme) => &text[scheme.len()..],
        _ => text,
    }
}

#[cfg(test)]
mod tests;
