//! The lines of cards before they are read: what the reader of cards would take for something else is written so that it
//! is what it says.
//!
//! A card within a card (AGENT, in vCard 2.1) would end the one around it; a card without an end would swallow the next
//! one; and the days of people without a year have more forms than the reader knows.

/// The lines of cards in which a day is kept as it stands.
const DAYS: [&str; 3] = ["BDAY", "ANNIVERSARY", "DEATHDATE"];

/// As cards that end where they should, with their days as text.
pub(super) fn settled(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let (mut open, mut agent) = (false, false);
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let bare = line.trim();
        if starts(bare, "BEGIN:VCARD") {
            if open && agent {
                let within = within(&mut lines);
                unbroken(&mut out);
                out.push_str(&escaped(&told(&within)));
                out.push_str("\r\n");
                agent = false;
                continue;
            }
            if open {
                out.push_str("END:VCARD\r\n");
            }
            open = true;
        } else if starts(bare, "END:VCARD") {
            open = false;
        }
        if !bare.is_empty() {
            agent = open && name_of(bare).is_some_and(|name| name.eq_ignore_ascii_case("AGENT")) && bare.ends_with(':');
        }
        match name_of(line).filter(|name| open && DAYS.iter().any(|day| name.eq_ignore_ascii_case(day))) {
            Some(name) => {
                let at = line.find(name).unwrap_or_default() + name.len();
                out.push_str(&line[..at]);
                out.push_str(";VALUE=TEXT");
                out.push_str(&line[at..]);
            }
            None => out.push_str(line),
        }
    }
    out
}

/// The lines of a card within a card, up to its end.
fn within<'a>(lines: &mut impl Iterator<Item = &'a str>) -> String {
    let (mut text, mut depth) = (String::new(), 1);
    for line in lines {
        let bare = line.trim();
        depth += i32::from(starts(bare, "BEGIN:VCARD"));
        depth -= i32::from(starts(bare, "END:VCARD"));
        if depth == 0 {
            break;
        }
        text.push_str(line);
    }
    text
}

/// What a card within a card says, in a line: "FN:Bo Li, TEL:+1 555 0100". Of pictures and stamps it says nothing.
pub(super) fn told(card: &str) -> String {
    const LEFT: [&str; 10] = ["BEGIN", "END", "VERSION", "PRODID", "UID", "REV", "PHOTO", "LOGO", "SOUND", "KEY"];
    let mut said: Vec<String> = Vec::new();
    let mut passed = false;
    for line in card.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some(last) = said.last_mut().filter(|_| !passed) {
                last.push_str(line.trim());
            }
            continue;
        }
        let line = line.trim();
        let Some(name) = name_of(line) else { continue };
        passed = LEFT.iter().any(|left| name.eq_ignore_ascii_case(left));
        if let Some((_, value)) = line.split_once(':').filter(|(_, value)| !passed && !value.trim().is_empty()) {
            said.push(format!("{}:{}", name.to_ascii_uppercase(), value.trim()));
        }
    }
    said.join(", ")
}

/// The name of the property that a line begins with, without its group.
fn name_of(line: &str) -> Option<&str> {
    let end = line.find([':', ';'])?;
    let name = line[..end].rsplit('.').next()?.trim_start_matches('\u{feff}');
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')).then_some(name)
}

fn starts(line: &str, with: &str) -> bool {
    let line = line.trim_start_matches('\u{feff}');
    line.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// Takes the end of the last line away, so that it goes on.
fn unbroken(out: &mut String) {
    let end = out.trim_end_matches(['\r', '\n', ' ']).len();
    out.truncate(end);
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;")
}

/// A day of a card as we write it: `1815-12-10`, `12-10` where nobody knows the year, `1990-04`, `1990`; any other text as
/// it stands. A year that is only written because something must be is left out.
pub(super) fn day(text: &str, no_year: Option<&str>) -> String {
    let whole = text.trim();
    let bare = whole.split(['T', 't', ' ']).next().unwrap_or_default();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let month = |text: &str| digits(text) && text.len() == 2 && matches!(text.parse(), Ok(1..=12));
    let date = |text: &str| digits(text) && text.len() == 2 && matches!(text.parse(), Ok(1..=31));
    if let Some(rest) = bare.strip_prefix("--") {
        let rest = rest.replace('-', "");
        return match (rest.get(..2), rest.get(2..)) {
            (Some(m), Some("")) if month(m) => format!("--{m}"),
            (Some(m), Some(d)) if month(m) && date(d) => format!("{m}-{d}"),
            _ => whole.to_owned(),
        };
    }
    let parts: Vec<&str> = match bare.len() {
        8 if digits(bare) => vec![&bare[..4], &bare[4..6], &bare[6..]],
        _ => bare.split('-').collect(),
    };
    let year = |text: &str| digits(text) && text.len() == 4;
    match parts.as_slice() {
        [y, m, d] if year(y) && month(m) && date(d) && no_year == Some(*y) => format!("{m}-{d}"),
        [y, m, d] if year(y) && month(m) && date(d) => format!("{y}-{m}-{d}"),
        [y, m] if year(y) && month(m) => format!("{y}-{m}"),
        _ => whole.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_cards_are_written_without_what_nobody_knows() {
        for (text, no_year, wanted) in [
            ("18151210", None, "1815-12-10"),
            ("1815-12-10T00:00:00Z", None, "1815-12-10"),
            ("--0412", None, "04-12"),
            ("--04-12", None, "04-12"),
            ("1990-04", None, "1990-04"),
            ("1990", None, "1990"),
            ("1604-04-12", Some("1604"), "04-12"),
            ("1990-04-12", Some("1604"), "1990-04-12"),
            ("circa 1800", None, "circa 1800"),
            ("--9999", None, "--9999"),
        ] {
            assert_eq!(day(text, no_year), wanted, "{text}");
        }
    }

    #[test]
    fn a_card_within_a_card_is_a_line_and_one_without_an_end_ends_before_the_next() {
        let text = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ada\r\nAGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN:Bo Li\r\nTEL:+1 555\r\nPHOTO:AA\r\n BB\r\nEND:VCARD\r\nEMAIL:ada@example.org\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Eve\r\nBEGIN:VCARD\r\nFN:Zoe\r\n";
        assert_eq!(
            settled(text),
            "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ada\r\nAGENT:FN:Bo Li\\, TEL:+1 555\r\nEMAIL:ada@example.org\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Eve\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Zoe\r\n"
        );
    }
}
