//! Profiles on an address card, as address books understand them: the service, the handle, and the page where there is one.
use super::{CardVersion, cards::escaped};
use crate::normal::{ContactKind, contact};

/// A service on which people have a profile.
pub(super) struct Service {
    pub kind: ContactKind,
    /// In 3.0, as Apple Contacts calls it.
    apple: &'static str,
    /// In 4.0, as it calls itself (RFC 9554).
    name: &'static str,
    /// What stands before the handle in the address of a profile.
    page: &'static str,
}

pub(super) const SERVICES: &[Service] = &[
    service(ContactKind::Github, "github", "GitHub", "https://github.com/"),
    service(ContactKind::Gitlab, "gitlab", "GitLab", "https://gitlab.com/"),
    service(ContactKind::Linkedin, "linkedin", "LinkedIn", "https://www.linkedin.com/in/"),
    service(ContactKind::Mastodon, "mastodon", "Mastodon", ""),
    service(ContactKind::Bluesky, "bluesky", "Bluesky", "https://bsky.app/profile/"),
    service(ContactKind::X, "twitter", "X", "https://x.com/"),
    service(ContactKind::Reddit, "reddit", "Reddit", "https://www.reddit.com/user/"),
];

const fn service(kind: ContactKind, apple: &'static str, name: &'static str, page: &'static str) -> Service {
    Service { kind, apple, name, page }
}

impl Service {
    /// The line of a profile, if there is one.
    pub fn line(&self, version: CardVersion, value: &str) -> Option<String> {
        let value = value.trim();
        if value.is_empty() {
            return None;
        }
        let user = self.user(value);
        let page = match &user {
            _ if value.contains("://") => Some(value.replace(char::is_control, "")),
            Some(user) => self.page_of(user),
            None => None,
        };
        let user = user.map_or(String::new(), |user| match version {
            CardVersion::V3 => format!(";x-user={}", quoted(&user)),
            CardVersion::V4 => format!(";USERNAME={}", quoted(&user)),
        });
        Some(match (version, page) {
            (CardVersion::V3, Some(page)) => format!("X-SOCIALPROFILE;TYPE={}{user}:{page}", self.apple),
            // What has no page has an address that Apple Contacts makes up.
            (CardVersion::V3, None) => format!("X-SOCIALPROFILE;TYPE={}{user}:x-apple:{}", self.apple, escaped(value)),
            (CardVersion::V4, Some(page)) => format!("SOCIALPROFILE;SERVICE-TYPE={}{user}:{page}", self.name),
            // A handle is no address: it is said to be a text.
            (CardVersion::V4, None) => {
                format!("SOCIALPROFILE;SERVICE-TYPE={}{user};VALUE=text:{}", self.name, escaped(value))
            }
        })
    }

    /// The handle, as it was typed where it was typed by itself. None for a page that is no profile, and for what a card
    /// cannot hold beside the name of the service.
    fn user(&self, value: &str) -> Option<String> {
        let known = contact(self.kind, value);
        let typed = value.trim_start_matches('@');
        let user = if typed.to_lowercase() == known { typed.to_owned() } else { known };
        let fits = !user.contains(|c: char| "/\\\"^".contains(c) || c.is_control() || c.is_whitespace());
        fits.then_some(user)
    }

    /// The address of their profile; none on a server that nobody said.
    fn page_of(&self, user: &str) -> Option<String> {
        match (self.kind, user.split_once('@')) {
            (ContactKind::Mastodon, Some((name, server))) => {
                let host = !server.is_empty() && server.chars().all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c));
                host.then(|| format!("https://{server}/@{}", in_an_address(name)))
            }
            (ContactKind::Mastodon, None) => None,
            _ => Some(format!("{}{}", self.page, in_an_address(user))),
        }
    }
}

/// A parameter's value: in quotation marks where a sign in it would end it.
fn quoted(user: &str) -> String {
    if user.contains([',', ';', ':']) { format!("\"{user}\"") } else { user.to_owned() }
}

/// A handle as a part of an address.
fn in_an_address(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().fold(String::new(), |address, byte| match plain(byte) {
        true => address + char::from(byte).encode_utf8(&mut [0; 4]),
        false => format!("{address}%{byte:02X}"),
    })
}
