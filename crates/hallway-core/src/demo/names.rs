//! Invented names, organisations and places of some 140 locales.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::random::Random;
use super::words::word;

/// Where somebody is from: what goes with a name.
pub struct Locale {
    /// BCP 47, such as `pt-BR`.
    pub tag: &'static str,
    pub language: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    lines: Vec<Names>,
}

/// A city, its time zone (IANA), and how organisations are named there.
#[derive(Clone, Copy)]
pub struct Place {
    pub city: &'static str,
    pub zone: &'static str,
    forms: &'static str,
}

/// Given and family names that may stand together.
struct Names {
    order: &'static str,
    given: Vec<&'static str>,
    family: Vec<&'static str>,
}

/// Countries with many developers come up more often than a fair draw among locales would have it.
const LARGE: [(&str, u32); 14] = [
    ("en-US", 12),
    ("en-IN", 8),
    ("de-DE", 7),
    ("en-GB", 6),
    ("pt-BR", 6),
    ("fr-FR", 5),
    ("zh-CN", 5),
    ("ja-JP", 5),
    ("pl-PL", 4),
    ("nl-NL", 4),
    ("es-ES", 4),
    ("ko-KR", 3),
    ("en-CA", 3),
    ("en-NG", 3),
];

/// Every locale, by tag.
pub fn locales() -> &'static [Locale] {
    static LOCALES: OnceLock<Vec<Locale>> = OnceLock::new();
    LOCALES.get_or_init(|| {
        let mut locales: Vec<Locale> = Vec::new();
        for [tag, order, given, family] in rows(include_str!("names.tsv")) {
            let names = Names { order, given: entries(given), family: entries(family) };
            match locales.last_mut() {
                Some(last) if last.tag == tag => last.lines.push(names),
                _ => {
                    let (language, country) = tag.split_once('-').unwrap_or((tag, ""));
                    locales.push(Locale { tag, language, country, lines: vec![names] });
                }
            }
        }
        locales
    })
}

/// Somewhere to be from.
pub fn locale(random: &mut Random) -> &'static Locale {
    let locales = locales();
    let drawn = random.pick(locales);
    let large = random.weighted(&LARGE);
    if random.chance(40) { locales.iter().find(|locale| locale.tag == large).unwrap_or(drawn) } else { drawn }
}

/// A city of the locale: of its own if the region has some, else of the country.
pub fn place(random: &mut Random, locale: &Locale) -> Place {
    static PLACES: OnceLock<HashMap<&'static str, Vec<Place>>> = OnceLock::new();
    let places = PLACES.get_or_init(|| {
        let mut places: HashMap<_, Vec<Place>> = HashMap::new();
        for [key, forms, zone, cities] in rows(include_str!("places.tsv")) {
            let cities = cities.split('|').map(|city| Place { city, zone, forms });
            places.entry(key).or_default().extend(cities);
        }
        places
    });
    let here = places.get(locale.tag).or_else(|| places.get(locale.country));
    *random.pick(here.map_or(&[], Vec::as_slice))
}

/// A full name in the locale's own order and script.
///
/// Middle names, initials and double names are there so that thousands of people do not share a few hundred names;
/// some still do, as in life.
pub fn full_name(random: &mut Random, locale: &Locale) -> String {
    let names = random.pick(&locale.lines);
    let given = *random.pick(&names.given);
    if names.order == "whole" {
        return given.to_owned();
    }
    let second = *random.pick(&names.given);
    let family = *random.pick(&names.family);
    let other = *random.pick(&names.family);
    let dice = random.below(100);
    match names.order {
        "j" if given.chars().count() == 1 && given != second && dice < 60 => format!("{family}{given}{second}"),
        "j" => format!("{family}{given}"),
        "fg" => format!("{family} {given}"),
        "gff" if family != other && dice < 70 => format!("{given} {family} {other}"),
        _ if dice < 12 && given != second && (is_latin(second) || locale.language == "ar") => {
            format!("{given} {second} {family}")
        }
        _ if dice < 34 && is_latin(second) => format!("{given} {}. {family}", initial(second)),
        _ if dice < 38 && family != other && is_latin(family) && !family.contains(['-', ' ']) => {
            format!("{given} {family}-{other}")
        }
        _ => format!("{given} {family}"),
    }
}

/// An organisation that does not exist: somebody's family name in the local form, or two words made into one.
pub fn organisation(random: &mut Random, locale: &Locale, place: Place) -> String {
    let names = random.pick(&locale.lines);
    let forms = entries(place.forms);
    let form = *random.pick(&forms);
    if names.family.is_empty() || random.chance(45) {
        return format!("{}{}{}", word(random, "first"), word(random, "second"), word(random, "form"));
    }
    let family = *random.pick(&names.family);
    form.replace("{f}", family)
}

/// ASCII letters and dots of a name in the Latin script, for an address; none for other scripts.
pub fn plain(name: &str) -> Option<String> {
    let mut text = String::new();
    for letter in name.chars() {
        match letter {
            'a'..='z' | '0'..='9' => text.push(letter),
            'A'..='Z' => text.push(letter.to_ascii_lowercase()),
            ' ' | '-' | '.' if !text.ends_with('.') && !text.is_empty() => text.push('.'),
            ' ' | '-' | '.' | '\'' | '’' | '‘' | ',' | '&' => {}
            letter => text.push_str(folded(letter)?),
        }
    }
    let text = text.trim_end_matches('.').to_owned();
    (!text.is_empty()).then_some(text)
}

fn folded(letter: char) -> Option<&'static str> {
    const FOLDS: [(&str, &str); 28] = [
        ("a", "àáâãäåāăąÀÁÂÃÄÅĀĂĄạảấầẩẫậắằẳẵặ"),
        ("ae", "æÆ"),
        ("c", "çćčÇĆČ"),
        ("d", "ďđðĎĐÐ"),
        ("e", "èéêëēėęěəÈÉÊËĒĖĘĚƏẹẻẽếềểễệ"),
        ("g", "ğģĞĢ"),
        ("h", "ħĦ"),
        ("i", "ìíîïīįıÌÍÎÏĪĮİỉịĩ"),
        ("k", "ķĶ"),
        ("l", "łļľĺŁĻĽĹ"),
        ("n", "ñńņňÑŃŅŇ"),
        ("o", "òóôõöøōőơÒÓÔÕÖØŌŐƠọỏốồổỗộớờởỡợ"),
        ("oe", "œŒ"),
        ("r", "ŕřŔŘ"),
        ("s", "śşšșŚŞŠȘ"),
        ("ss", "ß"),
        ("t", "ťţțŤŢȚ"),
        ("th", "þÞ"),
        ("u", "ùúûüūůűųưÙÚÛÜŪŮŰŲƯụủứừửữự"),
        ("w", "ŵŴ"),
        ("y", "ýÿŷÝŸŶỳỷỹỵ"),
        ("z", "źżžŹŻŽ"),
        ("a", "ẤẦẮẶẬẠẢ"),
        ("e", "ẾỀỆẸẺẼ"),
        ("o", "ỐỒỘỌỚỜỢ"),
        ("u", "ỨỪỰỤỦ"),
        ("i", "ỊỈĨ"),
        ("y", "ỲỴỶỸ"),
    ];
    FOLDS.iter().find(|(_, letters)| letters.contains(letter)).map(|(plain, _)| *plain)
}

fn is_latin(name: &str) -> bool {
    plain(name).is_some()
}

fn initial(name: &str) -> char {
    name.chars().next().unwrap_or('A')
}

fn entries(text: &'static str) -> Vec<&'static str> {
    text.split('|').filter(|entry| !entry.is_empty()).collect()
}

/// The rows of a table of four columns; lines that begin with `#` are for readers.
fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 4]> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some([columns.next()?, columns.next()?, columns.next()?, columns.next()?])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::random::Purpose;

    #[test]
    fn every_line_of_the_tables_is_read() {
        let lines = |table: &'static str| table.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(rows(include_str!("names.tsv")).count(), lines(include_str!("names.tsv")));
        assert_eq!(rows(include_str!("places.tsv")).count(), lines(include_str!("places.tsv")));
    }

    #[test]
    fn every_locale_has_names_and_a_place() {
        let mut random = Random::of(3, Purpose::Person, 0);
        assert!(locales().len() >= 100);
        for locale in locales() {
            assert_eq!(locale.country.len(), 2, "{}", locale.tag);
            assert!(!full_name(&mut random, locale).trim().is_empty());
            assert!(place(&mut random, locale).zone.contains('/'));
            assert!(locale.lines.iter().all(|names| !names.given.is_empty()), "{}", locale.tag);
        }
        assert!(LARGE.iter().all(|(tag, _)| locales().iter().any(|locale| locale.tag == *tag)));
    }

    #[test]
    fn names_of_the_latin_script_become_addresses_and_others_do_not() {
        assert_eq!(plain("Łukasz Św. Żak-Őry").as_deref(), Some("lukasz.sw.zak.ory"));
        assert_eq!(plain("Nguyễn Quốc Bảo").as_deref(), Some("nguyen.quoc.bao"));
        assert_eq!(plain("Siobhán O'Connor").as_deref(), Some("siobhan.oconnor"));
        assert_eq!(plain("佐藤 晃"), None);
    }

    #[test]
    fn families_come_first_where_they_do() {
        let of = |tag: &str| locales().iter().find(|locale| locale.tag == tag);
        let name = |tag| full_name(&mut Random::of(5, Purpose::Person, 0), of(tag).expect("a locale of the table"));
        let first = |tag: &str, name: &str| {
            of(tag).is_some_and(|locale| locale.lines[0].family.iter().any(|family| name.starts_with(family)))
        };
        for tag in ["ja-JP", "zh-TW", "ko-KR", "hu-HU", "vi-VN"] {
            assert!(first(tag, &name(tag)), "{}", name(tag));
        }
    }
}
