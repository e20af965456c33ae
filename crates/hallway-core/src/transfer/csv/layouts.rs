//! Recognises files by their headers, and says where their columns go.

use std::collections::HashMap;

use super::cells::split_names;
use super::header_words::{key, meaning};
use super::mapping::{ColumnMapping, ImportTarget, Mapping};
use super::newsletter::yes_or_no;
use super::records::Record;
use crate::{
    countries,
    normal::{fold, looks_like_email},
};

/// What a file was recognised as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// "LinkedIn Connections", "Google Contacts", "Outlook Contacts" or "CSV".
    pub name: &'static str,
    /// One entry per header.
    pub mapping: Mapping,
}

/// Recognises a layout by its headers, and the columns of any other file by their words and what stands in the samples.
/// Postal columns go nowhere by default.
pub fn recognise(headers: &[String], samples: &[Record]) -> Layout {
    let has = |name: &str| headers.iter().any(|header| header.eq_ignore_ascii_case(name));
    let (name, targets) = if is_linkedin(&has) {
        ("LinkedIn Connections", headers.iter().map(|header| linkedin(header)).collect())
    } else if is_google(&has) {
        ("Google Contacts", google(headers))
    } else if is_outlook(&has) {
        ("Outlook Contacts", outlook(headers, samples))
    } else {
        ("CSV", by_words(headers, samples))
    };
    Layout { name, mapping: targets.into_iter().map(ColumnMapping::Target).collect() }
}

/// Whether these are the headers of a file that LinkedIn, Google or Outlook writes.
pub(super) fn is_of_a_program(headers: &[String]) -> bool {
    let has = |name: &str| headers.iter().any(|header| header.trim().eq_ignore_ascii_case(name));
    is_linkedin(&has) || is_google(&has) || is_outlook(&has)
}

fn is_linkedin(has: &impl Fn(&str) -> bool) -> bool {
    has("First Name") && has("Last Name") && has("Connected On")
}

fn linkedin(header: &str) -> ImportTarget {
    match header.to_ascii_lowercase().as_str() {
        "first name" => ImportTarget::FirstName,
        "last name" => ImportTarget::LastName,
        "url" => ImportTarget::Linkedin,
        "email address" => ImportTarget::Email,
        "company" => ImportTarget::Organisation,
        "position" => ImportTarget::RoleTitle,
        "connected on" => ImportTarget::MetOn,
        _ => ImportTarget::Skip,
    }
}

/// The new layout and the one before it. A file of people without any e-mail has no `E-mail 1` columns.
fn is_google(has: &impl Fn(&str) -> bool) -> bool {
    let new = has("First Name") && (has("E-mail 1 - Label") || (has("Phonetic First Name") && has("File As")));
    let old = has("Given Name") && (has("E-mail 1 - Type") || (has("Yomi Name") && has("Group Membership")));
    new || old
}

fn google(headers: &[String]) -> Vec<ImportTarget> {
    let full = headers.iter().any(|header| header == "Name");
    let part_of_name = |target| if full { ImportTarget::Skip } else { target };
    let target = |header: &String| match header.as_str() {
        "Name" => ImportTarget::Name,
        "First Name" | "Given Name" => part_of_name(ImportTarget::FirstName),
        "Middle Name" | "Additional Name" => part_of_name(ImportTarget::MiddleName),
        "Last Name" | "Family Name" => part_of_name(ImportTarget::LastName),
        "Nickname" => ImportTarget::Nickname,
        "Organization Name" | "Organization 1 - Name" => ImportTarget::Organisation,
        "Organization Title" | "Organization 1 - Title" => ImportTarget::RoleTitle,
        "Address 1 - City" => ImportTarget::City,
        "Address 1 - Country" => ImportTarget::Country,
        "Language" => ImportTarget::Languages,
        "Notes" => ImportTarget::Notes,
        "Labels" | "Group Membership" => ImportTarget::Tags,
        other => match numbered(other) {
            Some(("E-mail", "Value")) => ImportTarget::Email,
            Some(("Phone", "Value")) => ImportTarget::Phone,
            Some(("Website", "Value")) => ImportTarget::Website,
            Some(("IM", "Value")) => ImportTarget::Other,
            _ => ImportTarget::Skip,
        },
    };
    headers.iter().map(target).collect()
}

/// `E-mail 2 - Value` as `("E-mail", "Value")`; the number has no end.
fn numbered(header: &str) -> Option<(&str, &str)> {
    let (left, part) = header.split_once(" - ")?;
    let (kind, number) = left.rsplit_once(' ')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some((kind, part))
}

/// Outlook's own file, Outlook.com's, and what other programs write for Outlook to read.
fn is_outlook(has: &impl Fn(&str) -> bool) -> bool {
    const OWN: [&str; 10] = [
        "E-mail Display Name",
        "E-mail 2 Address",
        "Business City",
        "Business Country",
        "Business Country/Region",
        "Business Street",
        "Home City",
        "Home Country",
        "Home Country/Region",
        "Home Street",
    ];
    has("First Name") && has("Last Name") && has("E-mail Address") && OWN.iter().any(|header| has(header))
}

/// By the words of its columns, but for its titles (Dr, Ms), which are no roles, and the place, which is that of the
/// business where one is known.
fn outlook(headers: &[String], samples: &[Record]) -> Vec<ImportTarget> {
    let plain: Vec<String> = headers
        .iter()
        .map(|header| if header.eq_ignore_ascii_case("Title") { "Suffix" } else { header }.to_owned())
        .collect();
    let mut targets = by_words(&plain, samples);
    for target in &mut targets {
        if matches!(target, ImportTarget::City | ImportTarget::Country) {
            *target = ImportTarget::Skip;
        }
    }
    let column = |name: &str| headers.iter().position(|header| header.eq_ignore_ascii_case(name));
    let columns = |place: &str| {
        let country = column(&format!("{place} Country/Region")).or_else(|| column(&format!("{place} Country")));
        [(column(&format!("{place} City")), ImportTarget::City), (country, ImportTarget::Country)]
    };
    let places = ["Business", "Home", "Other"].map(columns);
    let any = |column: Option<usize>| column.is_some_and(|column| !filled(samples, column).is_empty());
    let known = places.iter().find(|place| place.iter().any(|(column, _)| any(*column)));
    for (column, target) in known.unwrap_or(&places[0]) {
        if let Some(column) = column {
            targets[*column] = *target;
        }
    }
    targets
}

fn by_words(headers: &[String], samples: &[Record]) -> Vec<ImportTarget> {
    let meanings: Vec<_> = headers.iter().map(|header| meaning(header)).collect();
    let mut targets: Vec<ImportTarget> =
        meanings.iter().map(|found| found.map_or(ImportTarget::Skip, |found| found.target)).collect();
    settle_names(headers, &mut targets);
    for (column, target) in targets.iter_mut().enumerate() {
        *target = agreeing_with(*target, &headers[column], &filled(samples, column));
    }
    // A person has one city and one role: of two columns for the same field, the plainer word goes unmapped.
    let mut best: HashMap<ImportTarget, (usize, usize)> = HashMap::new();
    for (column, target) in targets.iter().enumerate().filter(|(_, target)| !target.takes_many()) {
        let place = (meanings[column].map_or(usize::MAX, |found| found.rank), column);
        best.entry(*target).and_modify(|known| *known = place.min(*known)).or_insert(place);
    }
    for (column, target) in targets.iter_mut().enumerate() {
        if best.get(target).is_some_and(|(_, winner)| *winner != column) {
            *target = ImportTarget::Skip;
        }
    }
    // The day of a sign-up is that of the newsletter where something says so: another column, or its own words.
    if !targets.contains(&ImportTarget::Newsletter) {
        for (column, target) in targets.iter_mut().enumerate().filter(|(_, t)| **t == ImportTarget::SignedUpOn) {
            if meanings[column].is_some_and(|found| found.rank > 0) {
                *target = ImportTarget::Skip;
            }
        }
    }
    let has = |wanted| targets.contains(&wanted);
    if has(ImportTarget::Name) && (has(ImportTarget::FirstName) || has(ImportTarget::LastName)) {
        for target in &mut targets {
            if matches!(target, ImportTarget::FirstName | ImportTarget::MiddleName | ImportTarget::LastName) {
                *target = ImportTarget::Skip;
            }
        }
    }
    targets
}

/// `nom`, `nombre`, `nome` and `name` mean the whole name when they stand alone, and a part of it beside the other part.
fn settle_names(headers: &[String], targets: &mut [ImportTarget]) {
    let keys: Vec<String> = headers.iter().map(|header| key(header)).collect();
    let one_of = |words: &'static [&'static str]| keys.iter().position(|key| words.contains(&key.as_str()));
    let has = |wanted| targets.contains(&wanted);
    let first = one_of(&["vorname", "voornaam", "fornamn", "fornavn"]);
    let settled = [
        (one_of(&["nom"]), !has(ImportTarget::FirstName), ImportTarget::Name),
        (one_of(&["nombre", "nome"]), !has(ImportTarget::LastName), ImportTarget::Name),
        // German, Dutch and Scandinavian lists say "Name, Vorname".
        (
            one_of(&["name", "naam", "namn", "navn"]),
            first.is_some() && !has(ImportTarget::LastName),
            ImportTarget::LastName,
        ),
    ];
    for (column, _, target) in settled.into_iter().filter(|(_, applies, _)| *applies) {
        if let Some(column) = column {
            targets[column] = target;
        }
    }
}

/// What stands in a column can say more than its header: "mail" without one e-mail address is the other post; links that
/// all lead to one site are profiles there, when the header says no more than "URL"; a column without a header may
/// be full of addresses.
fn agreeing_with(target: ImportTarget, header: &str, values: &[&str]) -> ImportTarget {
    const SITES: [(&str, ImportTarget); 7] = [
        ("linkedin.com/in/", ImportTarget::Linkedin),
        ("github.com/", ImportTarget::Github),
        ("gitlab.com/", ImportTarget::Gitlab),
        ("bsky.app/profile/", ImportTarget::Bluesky),
        ("twitter.com/", ImportTarget::X),
        ("//x.com/", ImportTarget::X),
        ("reddit.com/u", ImportTarget::Reddit),
    ];
    if values.is_empty() {
        return target;
    }
    // "Participant" over numbers is no name.
    if target == ImportTarget::Name && !values.iter().any(|value| value.chars().any(char::is_alphabetic)) {
        return ImportTarget::Skip;
    }
    // "Newsletter" over the names of newsletters says of nobody whether they want one.
    // One that is neither yes nor no among many that are is a slip, and told by its row.
    let unclear = || values.iter().filter(|value| yes_or_no(value).is_none()).count();
    if target == ImportTarget::Newsletter && unclear() * 2 >= values.len() {
        return ImportTarget::Skip;
    }
    // "Where" says where somebody was met as often as where they live; over countries it is where they are from.
    if key(header) == "where" {
        let countries = values.iter().filter(|value| countries::code_of(value).is_some()).count();
        return if countries * 2 > values.len() { ImportTarget::Country } else { ImportTarget::Skip };
    }
    // Nobody speaks Rust.
    if target == ImportTarget::Languages && are_programmed_in(values) {
        return ImportTarget::Stack;
    }
    if key(header) == "mail" {
        return if values.iter().any(|value| could_be_email(value)) { target } else { ImportTarget::Skip };
    }
    if !matches!(key(header).as_str(), "url" | "link" | "profile" | "profileurl" | "profilelink" | "column") {
        return target;
    }
    let all = |is: &dyn Fn(&str) -> bool| values.iter().all(|value| is(value));
    match SITES.iter().find(|(site, _)| all(&|value| value.contains(site))) {
        Some((_, found)) => *found,
        None if all(&looks_like_email) => ImportTarget::Email,
        None => target,
    }
}

/// Whether most of what stands in a column of languages is what programs are written in.
fn are_programmed_in(values: &[&str]) -> bool {
    const KNOWN: &str = "ada bash c c# c++ clojure cobol crystal css d dart elixir elm erlang f# fortran go golang groovy haskell html java \
        javascript js julia kotlin lisp lua matlab mojo nim objective-c ocaml perl php powershell prolog python r ruby rust scala \
        scheme shell solidity sql swift typescript ts zig";
    let is = |name: &str| KNOWN.split_whitespace().any(|known| known == fold(name).trim());
    let names: Vec<String> = values.iter().flat_map(|value| split_names(value)).collect();
    !names.is_empty() && names.iter().filter(|name| is(name)).count() * 2 > names.len()
}

fn could_be_email(value: &str) -> bool {
    value.split([' ', ',', ';']).any(looks_like_email) || looks_like_email(value)
}

fn filled(samples: &[Record], column: usize) -> Vec<&str> {
    samples
        .iter()
        .filter_map(|record| record.cells.get(column))
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect()
}
