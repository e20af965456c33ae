//! Address cards (vCard 2.1, 3.0 and 4.0) as CSV with our own headers, so that everything after it works on tables.
use super::csv::{CsvWriter, ExportMode, ImportTarget, decoded, join_names};
use crate::normal::{ContactKind, contact};
use calcard::{
    Entry, Parser,
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

/// What a card has no place for: parts of a name, which it joins, and what only we ask.
const NOT_ON_CARDS: [ImportTarget; 13] = [
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

/// The cards as CSV in UTF-8: a header, then a row for each card that is somebody (not for a group of cards).
///
/// # Errors
/// See [`Error`].
pub fn read(source: impl Read + Seek) -> Result<Vec<u8>, Error> {
    let text = decoded(source)?;
    // By a worker of its own: what brings it down is an unreadable file, and no more.
    let cards = thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || parsed(&text));
        worker.map_err(Error::Io)?.join().map_err(|_| Error::Unreadable)
    })?;
    if cards.is_empty() {
        return Err(Error::Empty);
    }
    let mut out = CsvWriter::new(Vec::new(), ExportMode::Program);
    out.write(columns().map(ImportTarget::label))?;
    for card in cards.iter().filter(|card| !is_group(card)) {
        out.write(row(card))?;
    }
    Ok(out.finish()?.0)
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

fn is_group(card: &VCard) -> bool {
    card.entries.iter().any(|entry| {
        let kind = entry.name == Property::Kind || entry.name.as_str().eq_ignore_ascii_case("X-ADDRESSBOOKSERVER-KIND");
        kind && texts(entry).iter().any(|text| text.eq_ignore_ascii_case("group"))
    })
}

/// The cells of one card, in the order of [`columns`].
#[derive(Default)]
struct Row(Vec<(ImportTarget, Vec<String>)>);

impl Row {
    fn put(&mut self, target: ImportTarget, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        match self.0.iter_mut().find(|(known, _)| *known == target) {
            Some((_, texts)) if texts.iter().any(|known| known == text) => {}
            Some((_, texts)) => texts.push(text.to_owned()),
            None => self.0.push((target, vec![text.to_owned()])),
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
    fn cell(&self, target: ImportTarget) -> String {
        let texts =
            self.0.iter().find(|(known, _)| *known == target).map(|(_, texts)| texts.as_slice()).unwrap_or_default();
        match target {
            ImportTarget::Tags => join_names(texts),
            ImportTarget::Notes => texts.join("\n"),
            target if target.contact().is_some() => texts.join(BETWEEN),
            _ => texts.join(", "),
        }
    }
}

fn row(card: &VCard) -> Vec<String> {
    let mut row = Row::default();
    let mut structured = String::new();
    for entry in &card.entries {
        let texts = texts(entry);
        let whole = texts.join(", ");
        let nth = |n: usize| texts.get(n).map(String::as_str).unwrap_or_default();
        match &entry.name {
            Property::Fn => row.put(ImportTarget::Name, &whole),
            // Family, given, additional: people are called the other way round.
            Property::N => {
                structured = [nth(1), nth(2), nth(0)]
                    .into_iter()
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ");
            }
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
            Property::Bday => row.note("Birthday", &whole),
            Property::Anniversary => row.note("Anniversary", &whole),
            Property::Other(name) if name.to_ascii_uppercase().starts_with("X-SOCIAL") => {
                profile(&mut row, entry, &whole)
            }
            Property::Other(name) => other(&mut row, name, &whole),
            // Of the card and not of the person: its version, its pictures, its place in a program.
            _ => {}
        }
    }
    if row.cell(ImportTarget::Name).is_empty() {
        row.put(ImportTarget::Name, &structured);
    }
    columns().map(|target| row.cell(target)).collect()
}

/// What else programs write: chats of the days before IMPP, and labels of their own.
fn other(row: &mut Row, name: &str, text: &str) {
    match name.to_ascii_uppercase().as_str() {
        "X-TWITTER" => row.contact(ContactKind::X, text),
        "X-JABBER" | "X-SKYPE" | "X-SKYPE-USERNAME" | "X-AIM" | "X-ICQ" | "X-GTALK" | "X-GOOGLE-TALK" => {
            row.contact(ContactKind::Other, &format!("{}: {text}", name[2..].to_ascii_lowercase()));
        }
        "X-ANNIVERSARY" | "X-EVOLUTION-ANNIVERSARY" | "X-MS-ANNIVERSARY" => row.note("Anniversary", text),
        "X-SPOUSE" | "X-MANAGER" | "X-ASSISTANT" => row.note(&name[2..].to_ascii_lowercase(), text),
        _ => {}
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
                let two = |n: Option<u8>| n.map_or("--".to_owned(), |n| format!("{n:02}"));
                let year = day.year.map_or("--".to_owned(), |year| format!("{year:04}"));
                format!("{year}-{}-{}", two(day.month), two(day.day))
            }
            VCardValue::Binary(_) | VCardValue::Sex(_) | VCardValue::GramGender(_) => String::new(),
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
mod tests {
    use super::*;
    use std::{collections::BTreeMap, io::Cursor};

    /// The filled cells of each card, by header.
    fn cards(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
        let csv = read(Cursor::new(bytes)).expect("cards");
        let mut table = super::super::csv::Table::open(Cursor::new(csv)).expect("a table");
        let headers = table.headers().to_vec();
        let rows: Vec<_> = table.rows().expect("rows").map(|row| row.expect("a row").cells).collect();
        rows.into_iter()
            .map(|cells| headers.iter().cloned().zip(cells).filter(|(_, cell)| !cell.is_empty()).collect())
            .collect()
    }

    #[test]
    fn the_three_versions_say_the_same_of_one_person() {
        let all = [
            "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB\r\nTEL;WORK;VOICE:+44 20 7946 0958\r\nEMAIL;INTERNET:zoe@example.org\r\nORG:Globex;Tools\r\nEND:VCARD\r\n",
            "BEGIN:VCARD\nVERSION:3.0\nN:Müller;Zoë;;;\nFN:Zoë Müller\nitem1.EMAIL;type=INTERNET;type=pref:zoe@example.org\nTEL;TYPE=CELL:+44 20 7946 0958\nORG:Globex;Tools\nEND:VCARD\n",
            "begin:vcard\r\nVERSION:4.0\r\nFN:Zoë Müller\r\nEMAIL;PREF=1:zoe@example.org\r\nTEL;VALUE=uri;TYPE=cell:tel:+44 20 7946 0958\r\nORG:Globex;Tools\r\nend:vcard\r\n",
        ];
        for text in all {
            assert!(are_cards(text.as_bytes()));
            let found = cards(text.as_bytes());
            assert_eq!(found.len(), 1, "{text}");
            for (header, cell) in [
                ("Name", "Zoë Müller"),
                ("E-mail", "zoe@example.org"),
                ("Phone", "+44 20 7946 0958"),
                ("Organisation", "Globex"),
            ] {
                assert_eq!(found[0].get(header).map(String::as_str), Some(cell), "{header} in {text}");
            }
        }
    }

    #[test]
    fn profiles_pages_tags_and_what_has_no_column_are_kept() {
        let text = "BEGIN:VCARD\nVERSION:4.0\nFN:Ada Byron\nURL:https://github.com/ada\nURL:https://ada.example/blog\n\
            SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://fosstodon.org/@ada\nX-SOCIALPROFILE;TYPE=twitter;x-user=adabyron:https://twitter.com/adabyron\n\
            CATEGORIES:speaker,rust\nNOTE:Met in the hallway\\nLikes tea\nBDAY:18151210\nADR:;;12 St James's Square;London;;SW1Y;United Kingdom\n\
            EMAIL:ada@one.example\nEMAIL:ada@two.example\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Speakers\nX-ADDRESSBOOKSERVER-KIND:group\nEND:VCARD\n";
        let found = cards(text.as_bytes());
        assert_eq!(found.len(), 1, "a group of cards is nobody");
        let cell = |header: &str| found[0].get(header).map(String::as_str).unwrap_or_default();
        assert_eq!(
            (cell("GitHub"), cell("Website"), cell("X")),
            ("https://github.com/ada", "https://ada.example/blog", "adabyron")
        );
        assert_eq!(cell("Mastodon"), "https://fosstodon.org/@ada");
        assert_eq!(cell("E-mail"), "ada@one.example ::: ada@two.example");
        assert_eq!((cell("Tags"), cell("City"), cell("Country")), ("speaker, rust", "London", "United Kingdom"));
        assert!(
            cell("Notes").starts_with(
                "Met in the hallway\nLikes tea\nBirthday: 1815-12-10\nAddress: 12 St James's Square, SW1Y"
            ),
            "{}",
            cell("Notes")
        );
    }

    #[test]
    fn cards_in_an_old_encoding_and_without_an_end_are_read() {
        let text = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ren\xe9 Li\xe8ge\r\nEMAIL:rene@example.org\r\n";
        assert_eq!(cards(text)[0]["Name"], "René Liège");
        assert!(matches!(read(Cursor::new(b"BEGIN:VCALENDAR\nEND:VCALENDAR")), Err(Error::Empty)));
    }

    #[test]
    fn five_thousand_damaged_cards_are_refused_or_read_and_nothing_breaks() {
        let whole = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=\r\n=C3=AB\r\nPHOTO;BASE64:\r\n AAAA\r\n BBBB\r\n\r\nTEL;X=\"a;b\":+44\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN;LANGUAGE=en:Ada\\, Countess\r\nitem1.X-ABLabel:_$!<HomePage>!$_\r\nEND:VCARD\r\n";
        let mut seed = 11_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) as usize % below
        };
        let mut read_well = 0;
        for _ in 0..5_000 {
            let mut bytes = whole.as_bytes().to_vec();
            for _ in 0..1 + next(10) {
                let at = next(bytes.len());
                match next(3) {
                    0 => bytes[at] = next(256) as u8,
                    1 => drop(bytes.remove(at)),
                    _ => bytes.insert(at, b":;,=\\\"\r\n\t\0"[next(10)]),
                }
            }
            read_well += usize::from(read(Cursor::new(bytes)).is_ok());
        }
        assert!(read_well > 1_000, "{read_well}");
    }
}
