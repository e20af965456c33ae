//! Address cards: vCard 3.0 (RFC 2426) and 4.0 (RFC 6350, profiles by RFC 9554).
use super::{CardVersion, profiles::SERVICES};
use crate::{normal::given_and_family, transfer::csv::split_names};
use std::io::{self, Write};

/// The longest line, in octets, without its end.
const LINE: usize = 75;

pub struct Cards<W> {
    to: W,
    version: CardVersion,
    keys: Vec<String>,
}

impl<W: Write> Cards<W> {
    pub fn begin(version: CardVersion, keys: &[String], to: W) -> Cards<W> {
        Cards { to, version, keys: keys.to_vec() }
    }

    pub fn row(&mut self, cells: &[String]) -> io::Result<()> {
        let three = self.version == CardVersion::V3;
        let cell = |key: &str| -> &str {
            let place = self.keys.iter().position(|known| known == key);
            place.and_then(|place| cells.get(place)).map(|cell| cell.trim()).unwrap_or_default()
        };
        let mut lines: Vec<String> = vec!["BEGIN:VCARD".into()];
        lines.push(format!("VERSION:{}", if three { "3.0" } else { "4.0" }));
        // A card must say who it is of.
        let name = [cell("name"), cell("email"), cell("organisation")].into_iter().find(|name| !name.is_empty());
        let name = name.unwrap_or("?");
        lines.push(format!("FN:{}", escaped(name)));
        let (first, last) = given_and_family(name);
        lines.push(format!("N:{};{};;;", escaped(last), escaped(first)));
        let mut put = |property: &str, value: &str| {
            if !value.is_empty() {
                lines.push(format!("{property}:{}", escaped(value)));
            }
        };
        put(if three { "UID" } else { "UID;VALUE=text" }, cell("id"));
        put("ORG", cell("organisation"));
        put("TITLE", cell("role_title"));
        put(if three { "EMAIL;TYPE=INTERNET" } else { "EMAIL" }, cell("email"));
        put("TEL", cell("phone"));
        put(if three { "TZ;VALUE=text" } else { "TZ" }, cell("time_zone"));
        put("NOTE", cell("notes"));
        for service in SERVICES {
            lines.extend(service.line(self.version, cell(service.kind.key())));
        }
        let website = cell("website");
        if !website.is_empty() {
            // An address is written as it is: commas and semicolons in it separate nothing.
            lines.push(format!("URL:{}", website.replace(|c: char| c.is_control(), "")));
        }
        let (city, country) = (cell("city"), cell("country"));
        if let Some((address, country)) = on_a_parcel(cell("postal_address")) {
            // Nobody but whoever wrote them knows which line is a street and which a town.
            lines.push(format!("ADR:;;{};;;;{}", escaped(address), escaped(country)));
        } else if !(city.is_empty() && country.is_empty()) {
            lines.push(format!("ADR:;;;{};;;{}", escaped(city), escaped(country)));
        }
        if !three {
            let languages = cell("languages").split(',').map(str::trim).filter(|language| !language.is_empty());
            lines.extend(languages.map(|language| format!("LANG;VALUE=text:{}", escaped(language))));
        }
        let tags: Vec<String> = split_names(cell("tags")).iter().map(|tag| escaped(tag)).collect();
        if !tags.is_empty() {
            lines.push(format!("CATEGORIES:{}", tags.join(",")));
        }
        lines.push("END:VCARD".into());
        lines.iter().try_for_each(|line| fold(&mut self.to, line))
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.to.flush()?;
        Ok(self.to)
    }
}

/// The lines and the country of an address as it stands on a parcel, between the name above them and the country below.
fn on_a_parcel(formatted: &str) -> Option<(&str, &str)> {
    let (_, below) = formatted.split_once('\n')?;
    below.rsplit_once('\n')
}

/// A text as a value: what separates is said to separate nothing, a line end is `\n`, and what may not stand in a card at
/// all is a space.
pub(super) fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | ',' | ';' => {
                value.push('\\');
                value.push(letter);
            }
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => value.push_str("\\n"),
            '\t' => value.push(letter),
            letter if letter.is_control() => value.push(' '),
            letter => value.push(letter),
        }
    }
    value
}

/// Writes a line, folded to at most 75 octets; never within a letter.
fn fold(to: &mut impl Write, line: &str) -> io::Result<()> {
    let mut octets = 0;
    let mut letter = [0; 4];
    for next in line.chars() {
        let bytes = next.encode_utf8(&mut letter).as_bytes();
        if octets + bytes.len() > LINE {
            to.write_all(b"\r\n ")?;
            octets = 1;
        }
        to.write_all(bytes)?;
        octets += bytes.len();
    }
    to.write_all(b"\r\n")
}
