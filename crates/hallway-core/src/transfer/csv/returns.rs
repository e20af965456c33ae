//! What a newsletter's program gives back: who unsubscribed, what bounced, who complained. Recognised by the headers.

use super::dates::{DayPrecision, parse_day};
use super::header_words::key;
use crate::normal::looks_like_email;

/// What became of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CameBack {
    /// It is written to as before.
    Subscribed,
    Bounced,
    Unsubscribed,
    /// They called it spam.
    Complained,
}

/// The columns of such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returns {
    /// "Mailchimp", "listmonk", "Ghost", "Substack", or "A newsletter" for another program that names a status.
    pub program: &'static str,
    email: usize,
    says: Says,
    /// When it happened.
    day: Option<usize>,
    /// Why they left, in the program's words.
    reason: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Says {
    /// All rows of the file are the same.
    File(CameBack),
    /// A time in one of these columns says that they left, or that mail came back; without one it is as the file is called.
    Times { left: Option<usize>, died: Option<usize>, without: CameBack },
    /// A word in this column.
    Word(usize),
    /// Yes here means that they still get it.
    Subscribed(usize),
    /// Yes here means that they do not.
    Disabled(usize),
}

/// What a column of addresses is called, as letters alone.
const EMAIL: &[&str] = &["email", "emailaddress", "mail"];

/// One row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    pub address: String,
    pub outcome: CameBack,
    /// `YYYY-MM-DD`, if the file says it.
    pub day: Option<String>,
}

/// Recognises a file by its headers and, where one program writes a file for each status, by its name. `None` for a file
/// that says of nobody what became of them.
pub fn recognise_returns(file_name: &str, headers: &[String]) -> Option<Returns> {
    let at = |name: &str| headers.iter().position(|header| header.trim().eq_ignore_ascii_case(name));
    let returns = |program, email, says, day, reason| Some(Returns { program, email, says, day, reason });
    let (left, died) = (at("UNSUB_TIME"), at("CLEAN_TIME"));
    let timed = left.is_some() || died.is_some();
    let any_email = || headers.iter().position(|header| EMAIL.contains(&key(header).as_str()));
    if let Some(email) = at("Email Address").or_else(|| any_email().filter(|_| timed)) {
        let name = file_name.to_ascii_lowercase();
        let without = if name.starts_with("unsubscribed") {
            CameBack::Unsubscribed
        } else if name.starts_with("cleaned") {
            CameBack::Bounced
        } else {
            CameBack::Subscribed
        };
        let says = if timed { Says::Times { left, died, without } } else { Says::File(without) };
        let known = ["MEMBER_RATING", "LEID", "OPTIN_TIME"].iter().any(|column| at(column).is_some());
        if timed || known || without != CameBack::Subscribed {
            return returns("Mailchimp", email, says, at("LAST_CHANGED"), at("UNSUB_REASON"));
        }
    }
    let email = at("email")?;
    if let (Some(status), Some(_)) = (at("status"), at("uuid")) {
        return returns("listmonk", email, Says::Word(status), at("updated_at"), None);
    }
    if let Some(subscribed) = at("subscribed_to_emails") {
        return returns("Ghost", email, Says::Subscribed(subscribed), None, None);
    }
    if let (Some(disabled), Some(_)) = (at("email_disabled"), at("active_subscription")) {
        return returns("Substack", email, Says::Disabled(disabled), None, None);
    }
    None
}

/// The same for a file of which somebody says that it came back from a newsletter: an address and a status are enough.
pub fn returns_of(file_name: &str, headers: &[String]) -> Option<Returns> {
    let of = |words: &[&str]| headers.iter().position(|header| words.contains(&key(header).as_str()));
    recognise_returns(file_name, headers).or_else(|| {
        let email = of(EMAIL).or_else(|| of(&["address", "subscriber"]))?;
        let status = of(&["status", "state", "subscriptionstatus", "emailstatus"])?;
        let day = of(&["unsubscribedat", "unsubscribetime", "bouncedat", "date", "updatedat"]);
        Some(Returns { program: "A newsletter", email, says: Says::Word(status), day, reason: None })
    })
}

impl Returns {
    /// Whether the whole file tells of addresses that are still written to.
    pub fn tells_nothing(&self) -> bool {
        self.says == Says::File(CameBack::Subscribed)
    }

    /// What a row says, or the cell in it that cannot be read as an address.
    ///
    /// # Errors
    /// The text that stands where the address should.
    pub fn read(&self, cells: &[String]) -> Result<Option<Returned>, String> {
        let cell = |n: usize| cells.get(n).map(|cell| cell.trim()).unwrap_or_default();
        let address = cell(self.email);
        if address.is_empty() && cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(None);
        }
        if !looks_like_email(address) {
            return Err(address.to_owned());
        }
        let yes = |text: &str| matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "1" | "t" | "y");
        let no = |text: &str| matches!(text.to_ascii_lowercase().as_str(), "false" | "no" | "0" | "f" | "n");
        let filled = |n: Option<usize>| n.is_some_and(|n| !cell(n).is_empty());
        let mut outcome = match self.says {
            Says::File(outcome) => outcome,
            Says::Times { left, .. } if filled(left) => CameBack::Unsubscribed,
            Says::Times { died, .. } if filled(died) => CameBack::Bounced,
            Says::Times { without, .. } => without,
            Says::Word(n) => word(cell(n)),
            // A cell that says nothing is no reason to end anything.
            Says::Subscribed(n) if no(cell(n)) => CameBack::Unsubscribed,
            Says::Disabled(n) if yes(cell(n)) => CameBack::Unsubscribed,
            Says::Subscribed(_) | Says::Disabled(_) => CameBack::Subscribed,
        };
        let why = self.reason.map(|n| cell(n).to_ascii_lowercase()).unwrap_or_default();
        if outcome == CameBack::Unsubscribed && (why.contains("spam") || why.contains("abuse")) {
            outcome = CameBack::Complained;
        }
        let times = match self.says {
            Says::Times { left, died, .. } => [left, died],
            _ => [None, None],
        };
        let day = times
            .into_iter()
            .find(|n| filled(*n))
            .flatten()
            .or(self.day)
            .and_then(|n| parse_day(cell(n), None))
            .filter(|day| day.precision == DayPrecision::Day)
            .map(|day| day.date.to_string());
        Ok(Some(Returned { address: address.to_owned(), outcome, day }))
    }
}

/// What programs call it.
fn word(status: &str) -> CameBack {
    match key(status).as_str() {
        "unsubscribed" | "unsubscribe" | "optedout" | "optout" | "blocklisted" | "blocklist" | "blacklisted"
        | "disabled" | "cancelled" | "canceled" | "removed" | "suppressed" => CameBack::Unsubscribed,
        "bounced" | "bounce" | "hardbounce" | "hardbounced" | "cleaned" | "undeliverable" | "invalid"
        | "undelivered" => CameBack::Bounced,
        "complained" | "complaint" | "spam" | "spamcomplaint" | "abuse" => CameBack::Complained,
        _ => CameBack::Subscribed,
    }
}
