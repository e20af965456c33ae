//! Normal forms of e-mail addresses, telephone numbers, handles and pages.

use unicode_normalization::UnicodeNormalization;

use super::{ContactKind, is_invisible};

/// Whether a text can be stored as an e-mail address. `mailto:ada@example.org` and `Ada <ada@example.org>` are accepted.
/// Only the form is looked at, never the network.
pub fn looks_like_email(text: &str) -> bool {
    let text = visible(text);
    let address = bare_address(&text);
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let domain = host(domain);
    let labels: Vec<&str> = domain.split('.').collect();
    let last_is_a_word = labels.last().is_some_and(|last| last.chars().any(|c| c.is_ascii_alphabetic()));
    (1..=64).contains(&local.chars().count())
        && !local.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[]\\,;:\"@".contains(c))
        && domain.len() <= 253
        && labels.len() >= 2
        && last_is_a_word
        && labels.iter().all(|label| {
            (1..=63).contains(&label.len())
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

/// The normal form of a way to reach somebody: two values with the same normal form reach the same person or page.
///
/// - E-mail: NFKC, without `mailto:` and `<…>`, lower case, the domain by UTS 46 (non-transitional); plus and dots stay.
/// - Phone: digits and a leading `+`, no country guessed; `(0)` after a country code is dropped.
/// - Handles: lower case, without `@` and without the address of the profile page.
/// - LinkedIn: the slug after `/in/`.
/// - Pages: scheme and host in lower case, the path as it is.
///
/// A text that is none of these is never lost: it comes back in lower case.
pub fn contact(kind: ContactKind, raw: &str) -> String {
    let text = visible(raw);
    let norm = known_form(kind, &text);
    if norm.is_empty() { text.to_lowercase() } else { norm }
}

/// The normal form that the rules of an earlier version made, for what was stored by it; nothing for a version that is not
/// known here.
pub fn contact_by(version: u32, kind: ContactKind, raw: &str) -> Option<String> {
    (version == super::VERSION).then(|| contact(kind, raw))
}

fn known_form(kind: ContactKind, text: &str) -> String {
    match kind {
        ContactKind::Email => email(text),
        ContactKind::Phone => phone(text),
        ContactKind::Website | ContactKind::Rss => page(text),
        ContactKind::Github => handle(text, &["github.com"], &[]),
        ContactKind::Gitlab => handle(text, &["gitlab.com"], &[]),
        ContactKind::X => handle(text, &["x.com", "twitter.com"], &[]),
        ContactKind::Reddit => handle(text, &["reddit.com"], &["user", "u"]),
        ContactKind::Bluesky => handle(text, &["bsky.app"], &["profile"]),
        ContactKind::Discord => handle(text, &["discord.com", "discordapp.com"], &["users"]),
        ContactKind::Slack => handle(text, &["slack.com"], &["team"]),
        ContactKind::Linkedin => linkedin(text),
        ContactKind::Mastodon => mastodon(text),
        ContactKind::Matrix => matrix(text),
        ContactKind::Irc => bare_handle(text, text),
        ContactKind::Other if text.contains("://") => page(text),
        ContactKind::Other => text.to_lowercase(),
    }
}

/// NFKC without the characters nobody sees: they come along when an address is copied from a page or a phone.
fn visible(raw: &str) -> String {
    if raw.is_ascii() {
        return raw.trim().to_owned();
    }
    let text: String = raw.nfkc().filter(|letter| !is_invisible(*letter)).collect();
    text.trim().to_owned()
}

fn email(text: &str) -> String {
    let address = bare_address(text);
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{}@{}", local.to_lowercase(), host(domain)),
        None => address.to_lowercase(),
    }
}

/// The address within `Ada <ada@example.org>`, `<ada@example.org>` or `mailto:ada@example.org?subject=Hello`.
fn bare_address(text: &str) -> &str {
    let inner = match (text.rfind('<'), text.rfind('>')) {
        (Some(open), Some(close)) if open < close => &text[open + 1..close],
        _ => text,
    }
    .trim();
    match strip_prefix_any_case(inner, "mailto:") {
        Some(address) => address.split('?').next().unwrap_or(address).trim(),
        None => inner,
    }
}

fn phone(text: &str) -> String {
    let before_digits = text.split(|c| ascii_digit(c).is_some()).next().unwrap_or("");
    let international = before_digits.contains('+');
    let text = if international { text.replace("(0)", "") } else { text.to_owned() };
    let digits: String = text.chars().filter_map(ascii_digit).collect();
    match (digits.is_empty(), international) {
        (true, _) => text.to_lowercase(),
        (false, true) => format!("+{digits}"),
        (false, false) => digits,
    }
}

/// Digits are typed in many scripts; a telephone knows one.
fn ascii_digit(c: char) -> Option<char> {
    const ZEROS: [u32; 9] = [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xAE6, 0xBE6, 0xE50, 0x1040];
    let zero = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&(c as u32)))?;
    char::from_digit(c as u32 - zero, 10)
}

fn page(text: &str) -> String {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_lowercase(), rest),
        _ => ("https".to_owned(), text),
    };
    if rest.is_empty() || rest.contains(char::is_whitespace) || !rest.contains('.') {
        return text.to_lowercase();
    }
    let (address, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (user, address) = address.rsplit_once('@').map_or(("", address), |(user, address)| (user, address));
    let (name, port) = match address.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => (name, port),
        _ => (address, ""),
    };
    let at = if user.is_empty() { "" } else { "@" };
    let port = match (scheme.as_str(), port) {
        (_, "") | ("https", "443") | ("http", "80") => String::new(),
        (_, port) => format!(":{port}"),
    };
    // The path stays as it is; a host's front page may be written with or without its slash.
    let path = if path == "/" { "" } else { path };
    format!("{scheme}://{user}{at}{}{port}{path}", host(name))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// A domain in lower case and ASCII, by UTS 46 without the transitional mappings: `Straße.DE` is not `strasse.de`.
fn host(domain: &str) -> String {
    let domain = domain.trim().trim_end_matches('.');
    idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase())
}

/// A handle as typed, or the one in the address of a profile page: the segment after one of `folders`, if there are any.
fn handle(text: &str, hosts: &[&str], folders: &[&str]) -> String {
    let path = match profile_path(text, hosts) {
        Some(path) => path.trim_matches('/'),
        None if text.contains("://") => return page(text),
        None => text.trim_start_matches('/'),
    };
    let path = match path.split_once('/') {
        Some((first, rest)) if folders.iter().any(|folder| first.eq_ignore_ascii_case(folder)) => rest,
        _ => path,
    };
    bare_handle(path.split('/').next().unwrap_or(path), text)
}

/// A handle without `@`, in lower case; where nothing is left of it, the whole text it came from.
fn bare_handle(handle: &str, text: &str) -> String {
    let name = without_at(handle);
    if name.is_empty() { text.to_lowercase() } else { name.to_lowercase() }
}

fn linkedin(text: &str) -> String {
    let path = profile_path(text, &["linkedin.com"]).unwrap_or(text).trim_matches('/');
    let slug = match strip_prefix_any_case(path, "in/") {
        Some(rest) => rest.split('/').next().unwrap_or(rest),
        None => path,
    };
    let slug: String = percent_decoded(without_at(slug)).nfkc().collect();
    if slug.is_empty() { text.to_lowercase() } else { slug.to_lowercase() }
}

fn mastodon(text: &str) -> String {
    let text = strip_prefix_any_case(text, "acct:").unwrap_or(text);
    let (server, path) = match without_scheme(text) {
        Some(rest) => rest.split_once('/').unwrap_or((rest, "")),
        None => text.split_once("/@").unwrap_or(("", text)),
    };
    let path = path.split(['?', '#']).next().unwrap_or(path).trim_matches('/');
    let account = without_at(strip_prefix_any_case(path, "users/").unwrap_or(path));
    let account = account.split('/').next().unwrap_or(account);
    match (account.split_once('@'), server) {
        _ if account.is_empty() => text.to_lowercase(),
        (Some((name, home)), _) => format!("{}@{}", name.to_lowercase(), host(home)),
        (None, "") => account.to_lowercase(),
        (None, server) => format!("{}@{}", account.to_lowercase(), host(server)),
    }
}

fn matrix(text: &str) -> String {
    let id = match without_scheme(text).and_then(|rest| strip_prefix_any_case(rest, "matrix.to/#/")) {
        Some(link) => percent_decoded(link.split('?').next().unwrap_or(link)),
        None => text.to_owned(),
    };
    bare_handle(&id, text)
}

/// The path of an address on one of these hosts or on a part of them, such as `de.linkedin.com`; the scheme may be missing.
fn profile_path<'a>(text: &'a str, hosts: &[&str]) -> Option<&'a str> {
    let rest = without_scheme(text).unwrap_or(text);
    let (name, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let name = name.to_lowercase();
    let known =
        hosts.iter().any(|host| name == *host || name.strip_suffix(host).is_some_and(|part| part.ends_with('.')));
    known.then(|| path.split(['?', '#']).next().unwrap_or(path))
}

fn without_scheme(text: &str) -> Option<&str> {
    strip_prefix_any_case(text, "https://").or_else(|| strip_prefix_any_case(text, "http://"))
}

fn without_at(text: &str) -> &str {
    text.trim_start_matches('@')
}

fn strip_prefix_any_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// `j%C3%BCrgen` as `jürgen`. A text whose escapes are not UTF-8 stays as it is.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let escape = (byte == b'%').then(|| hex_byte(tail)).flatten();
        bytes.push(escape.unwrap_or(byte));
        rest = if escape.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let high = char::from(*digits.first()?).to_digit(16)?;
    let low = char::from(*digits.get(1)?).to_digit(16)?;
    u8::try_from(high * 16 + low).ok()
}
