//! Addresses, handles, pages and numbers, recognised by their shape.
use super::parse::{end_of_word, trimmed};
use crate::normal::{ContactKind, looks_like_email};

/// What stands before a handle: `gh:priyan`.
const BEFORE: &[(&str, ContactKind)] = &[
    ("gh", ContactKind::Github),
    ("github", ContactKind::Github),
    ("gl", ContactKind::Gitlab),
    ("gitlab", ContactKind::Gitlab),
    ("li", ContactKind::Linkedin),
    ("linkedin", ContactKind::Linkedin),
    ("masto", ContactKind::Mastodon),
    ("mastodon", ContactKind::Mastodon),
    ("bsky", ContactKind::Bluesky),
    ("bluesky", ContactKind::Bluesky),
    ("x", ContactKind::X),
    ("twitter", ContactKind::X),
    ("reddit", ContactKind::Reddit),
    ("discord", ContactKind::Discord),
    ("slack", ContactKind::Slack),
    ("matrix", ContactKind::Matrix),
    ("irc", ContactKind::Irc),
    ("tel", ContactKind::Phone),
    ("phone", ContactKind::Phone),
];

/// A contact point at a word, and where it ends.
pub(super) fn at(text: &str, from: usize, to: usize) -> Option<(ContactKind, String, usize)> {
    let word = &text[from..to];
    let bare = trimmed(word.trim_start_matches(['<', '('])).trim_end_matches(['>', ')']);
    if bare.contains('@') && looks_like_email(bare) {
        return Some((ContactKind::Email, bare.strip_prefix("mailto:").unwrap_or(bare).to_owned(), to));
    }
    if let Some(kind) = page(bare) {
        return Some((kind, bare.to_owned(), to));
    }
    if let Some((before, handle)) = bare.split_once(':') {
        let before = before.to_ascii_lowercase();
        let kind = BEFORE.iter().find(|(word, _)| *word == before).map(|(_, kind)| *kind);
        // “x:1” is a proportion.
        let is_handle = handle.chars().count() > 1
            && handle.starts_with(|c: char| c.is_alphanumeric() || "@+_#".contains(c))
            && handle.chars().any(|c| c.is_alphabetic() || kind == Some(ContactKind::Phone));
        if let Some(kind) = kind.filter(|_| is_handle) {
            return Some((kind, handle.to_owned(), to));
        }
    }
    let to = phone(text, from)?;
    Some((ContactKind::Phone, text[from..to].to_owned(), to))
}

/// `@handle@host`, without its first sign.
pub(super) fn mastodon(rest: &str) -> Option<String> {
    let rest = trimmed(rest);
    let (handle, host) = rest.split_once('@')?;
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    (is_word(handle) && is_word(host) && host.trim_matches('.').contains('.')).then(|| format!("@{rest}"))
}

/// What kind of page an address leads to. What lies deeper on a forge is somebody’s work, and no way to reach them.
fn page(word: &str) -> Option<ContactKind> {
    let lower = word.to_ascii_lowercase();
    let with_scheme = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let rest = with_scheme.unwrap_or(&lower);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let profile = |kind, yes: bool| if yes { Some(Some(kind)) } else { Some(None) };
    let known = match (host, steps.as_slice()) {
        ("github.com", steps) => profile(ContactKind::Github, steps.len() == 1),
        ("gitlab.com", steps) => profile(ContactKind::Gitlab, steps.len() == 1),
        ("x.com" | "twitter.com", steps) => profile(ContactKind::X, steps.len() == 1),
        ("linkedin.com", steps) => profile(ContactKind::Linkedin, matches!(steps, ["in", _])),
        ("bsky.app", steps) => profile(ContactKind::Bluesky, matches!(steps, ["profile", _])),
        ("reddit.com", steps) => profile(ContactKind::Reddit, matches!(steps, ["u" | "user", _])),
        (_, [one]) if one.starts_with('@') && one.len() > 1 && with_scheme.is_some() => {
            profile(ContactKind::Mastodon, true)
        }
        _ => None,
    };
    match known {
        Some(kind) => kind,
        None => {
            let is_page = with_scheme.is_some() || lower.starts_with("www.");
            (is_page && host.contains('.') && !host.starts_with('.') && !host.ends_with('.'))
                .then_some(ContactKind::Website)
        }
    }
}

/// Where a telephone number ends that begins here: `+` and at least eight digits, or `0` and at least nine.
pub(super) fn phone(text: &str, from: usize) -> Option<usize> {
    let begin = text[from..].trim_start_matches('(');
    let international = begin.starts_with('+');
    if !international && !begin.starts_with('0') {
        return None;
    }
    let enough = if international { 8 } else { 9 };
    let (mut digits, mut end, mut at) = (0, None, from);
    loop {
        let to = end_of_word(text, at);
        let word = text[at..to].trim_end_matches([',', ';', '.', ':']);
        let count = word.chars().filter(char::is_ascii_digit).count();
        let fits = word.chars().enumerate().all(|(n, c)| {
            c.is_ascii_digit()
                || matches!(c, '-' | '(' | ')')
                || (c == '/' && international)
                || (c == '+' && at == from && n < 2)
        });
        let goes_on = at == from || (!word.starts_with('-') && (digits < enough || count > 1));
        if !fits || count == 0 || !goes_on || digits + count > 15 {
            break;
        }
        digits += count;
        end = Some(at + word.len());
        if word.len() < to - at {
            break;
        }
        match text[to..].find(|c: char| !c.is_whitespace()) {
            Some(space) => at = to + space,
            None => break,
        }
    }
    end.filter(|_| digits >= enough)
}
