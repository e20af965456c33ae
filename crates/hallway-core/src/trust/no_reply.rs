//! Addresses that nobody reads: they stand in commits and sign-ups, and lead to no person.
use crate::normal::ContactKind;

/// Names before the `@` that no person has.
const NOBODY: &[&str] = &[
    "noreply",
    "no-reply",
    "no_reply",
    "no.reply",
    "donotreply",
    "do-not-reply",
    "do_not_reply",
    "do.not.reply",
    "mailer-daemon",
    "postmaster",
    "bounce",
    "bounces",
    "notifications",
    "bot",
    "nobody",
    "none",
];

/// Hosts that take no mail, or are no hosts on the network.
const NOWHERE: &[&str] =
    &["noreply.github.com", "users.noreply.github.com", "noreply.gitlab.com", "users.noreply.gitlab.com", "localhost"];

/// Whether an address in its normal form is one that nobody reads.
pub fn is_nobodys(kind: ContactKind, norm: &str) -> bool {
    let robot = |name: &str| name.ends_with("[bot]") || name.ends_with("-bot") || name.ends_with("+bot");
    match kind {
        ContactKind::Email => {
            let Some((local, host)) = norm.rsplit_once('@') else { return false };
            let name = local.split('+').next().unwrap_or(local);
            NOBODY.contains(&name)
                || name.starts_with("noreply-")
                || name.starts_with("no-reply-")
                || name.ends_with("-noreply")
                || robot(local)
                || NOWHERE.iter().any(|nowhere| {
                    host == *nowhere || host.strip_suffix(nowhere).is_some_and(|part| part.ends_with('.'))
                })
                || host.split('.').any(|label| label == "noreply" || label == "no-reply")
                || [".local", ".invalid", ".localdomain"].iter().any(|end| host.ends_with(end))
        }
        ContactKind::Github | ContactKind::Gitlab => {
            robot(norm) || matches!(norm, "github-actions" | "web-flow" | "ghost")
        }
        _ => false,
    }
}
