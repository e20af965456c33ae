//! Addresses that are never to be written to, known by keyed hash alone: no address stands here, and none can be read out of
//! it without guessing it first. They outlive an erasure, and no import brings back what is on them.
//!
//! A row is an entry of a log: undo does not take it out. Only a new opt-in, with what shows it, lifts it.
use super::known::{digest, key_bytes};
use crate::{
    days::days_after,
    error::{Result, invalid},
    id::Id,
    normal::{self, ContactKind},
    numbers::plural,
    record::Check,
    rpc::Empty,
    store::Tx,
    time, workspace,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

pub(crate) use super::listed::Listed;

words! {
    /// Why an address is on the list.
    pub enum SuppressedFor {
        Unsubscribed = "unsubscribed",
        Complained = "complained",
        Bounced = "bounced",
        Objected = "objected",
        /// Whoever had it was erased.
        Erased = "erased",
        ByHand = "by_hand",
    }
}

impl SuppressedFor {
    /// As it stands in brackets behind an address: "on the suppression list (unsubscribed)".
    pub fn words(self) -> &'static str {
        match self {
            SuppressedFor::Unsubscribed => "unsubscribed",
            SuppressedFor::Complained => "complained about mail",
            SuppressedFor::Bounced => "bounced",
            SuppressedFor::Objected => "asked not to be written to",
            SuppressedFor::Erased => "was erased",
            SuppressedFor::ByHand => "put there by hand",
        }
    }

    /// Of two words on one address the graver: who was erased is, and a no of theirs says more than that mail came back.
    fn graver(self, other: SuppressedFor) -> SuppressedFor {
        use SuppressedFor::{Bounced, Erased};
        match (self, other) {
            (_, Erased) | (Bounced, _) => other,
            (said, _) => said,
        }
    }
}

record! {
    /// A key with which addresses are hashed. A file makes one, and keeps those of every file that was brought in.
    pub struct SuppressionKey in "suppression_keys" as "key of the suppression list", Entry, concerns Nobody, hangs on [] {
        /// The key's own id.
        pub id: Id,
        /// 32 bytes, as hexadecimal.
        pub secret: String,
    }
}
impl Check for SuppressionKey {
    fn check(&self) -> Result<()> {
        match key_bytes(&self.secret) {
            Some(_) => Ok(()),
            None => invalid("secret", "A key is 64 hexadecimal digits."),
        }
    }
}

record! {
    /// An address that is never to be written to, by the HMAC-SHA-256 of its kind and normal form.
    pub struct Suppression in "suppressions" as "suppressed address", Entry, concerns Nobody, hangs on [] {
        /// Follows from the key and the hash.
        pub id: Id,
        /// With which key it was hashed.
        pub key_id: Id,
        /// As 64 hexadecimal digits.
        pub hash: String,
        /// Which rules made the form that was hashed.
        pub norm_version: u32,
        /// What kind of address it is.
        pub kind: ContactKind,
        /// Why.
        pub reason: SuppressedFor,
        /// `YYYY-MM-DD`: since when.
        pub on_day: String,
        /// `YYYY-MM-DD`: when they opted in anew, which ended it.
        pub lifted_on: Option<String>,
    }
}
impl Check for Suppression {
    fn check(&self) -> Result<()> {
        time::day("onDay", &self.on_day)?;
        if let Some(day) = &self.lifted_on {
            time::day("liftedOn", day)?;
        }
        if key_bytes(&self.hash).is_none() {
            return invalid("hash", "A suppressed address is 64 hexadecimal digits, never the address.");
        }
        Ok(())
    }
    fn complete(&mut self) {
        self.id = id(self.key_id, &self.hash);
    }
}

pub(super) fn id(key: Id, hash: &str) -> Id {
    Id::derived("suppressions", &[&key.0, hash.as_bytes()])
}

/// Puts an address on the list, from today on. Returns whether that is new.
///
/// # Errors
/// `invalid` for a text that is no address; whatever the file says.
pub fn suppress(tx: &mut Tx, kind: ContactKind, value: &str, reason: SuppressedFor) -> Result<bool> {
    let today = workspace::today(tx)?.to_string();
    suppress_since(tx, kind, value, reason, &today, 1)
}

/// The same, since a day: `YYYY-MM-DD`. An opt-in that is dated so many days after it, or later, outweighs it; that mail came
/// back is outweighed by no opt-in, but by the word that it arrives again.
pub(crate) fn suppress_since(
    tx: &mut Tx,
    kind: ContactKind,
    value: &str,
    reason: SuppressedFor,
    on_day: &str,
    outweighed_after: i64,
) -> Result<bool> {
    if value.trim().is_empty() {
        return invalid("value", "Write the address that is never to be written to.");
    }
    let key = own_key(tx)?;
    let Some(secret) = key_bytes(&key.secret) else { return Ok(false) };
    let hash = hex(&digest(&secret, kind, &normal::contact(kind, value)));
    let row = Suppression {
        id: id(key.id, &hash),
        key_id: key.id,
        hash,
        norm_version: normal::VERSION,
        kind,
        reason,
        on_day: on_day.to_owned(),
        lifted_on: None,
    };
    let Some(mut known) = tx.find_one::<Suppression>("WHERE id = ?1", [row.id])? else { return tx.put(&row) };
    match &known.lifted_on {
        // It stands already, for the reason that came first; the day of the newest no is what an opt-in has to come after.
        None => {
            known.reason = known.reason.graver(reason);
            if known.on_day.as_str() < on_day {
                known.on_day = on_day.to_owned();
            }
            tx.put(&known)?;
            Ok(false)
        }
        // They opted in after what is only now heard of.
        Some(lifted)
            if *lifted >= later(on_day, outweighed_after)?
                && (reason != SuppressedFor::Bounced || known.reason == SuppressedFor::Bounced) =>
        {
            Ok(false)
        }
        Some(_) => {
            let on_day = row.on_day.clone().max(known.on_day);
            tx.put(&Suppression { on_day, ..row })
        }
    }
}

/// The day so many days after one that is written `YYYY-MM-DD`.
pub(super) fn later(day: &str, days: i64) -> Result<String> {
    let day = time::day("onDay", day)?;
    Ok(days_after(day, days).unwrap_or(day).to_string())
}

impl Suppression {
    /// The newer word of this row and the same row in another state of the file. Of two that are as new this one holds.
    pub(crate) fn newer_of(&self, there: &Suppression) -> Suppression {
        if self.on_day >= there.on_day { self.clone() } else { self.with(there) }
    }

    /// This row, and what another file says of the same address: the day of the newest no counts, and of the reasons that
    /// stand the graver. Only what is dated after a no ends it.
    pub(crate) fn with(&self, theirs: &Suppression) -> Suppression {
        let both = [self, theirs];
        let stands = |no: &&Suppression| !both.iter().any(|row| row.ended(no));
        let reason = both.into_iter().filter(stands).map(|no| no.reason).reduce(SuppressedFor::graver);
        let newer = if theirs.on_day > self.on_day { theirs } else { self };
        let lifted_on = self.lifted_on.clone().max(theirs.lifted_on.clone()).filter(|_| reason.is_none());
        let reason = reason.unwrap_or(newer.reason);
        Suppression { reason, on_day: newer.on_day.clone(), lifted_on, ..self.clone() }
    }

    /// Whether what this row says ended a no: they opted in after it, or mail that came back arrives again. That it had come
    /// back before they said no is forgotten with the no.
    fn ended(&self, no: &Suppression) -> bool {
        let came_back = |row: &Suppression| row.reason == SuppressedFor::Bounced;
        let of_the_kind = came_back(self) == came_back(no) || came_back(no) && no.on_day <= self.on_day;
        of_the_kind && self.lifted_on.as_ref().is_some_and(|lifted| *lifted > no.on_day)
    }
}

/// Why an address is on the list, of several reasons the gravest; nothing when it is not.
pub fn suppressed_for(tx: &Tx, kind: ContactKind, value: &str) -> Result<Option<SuppressedFor>> {
    let stand = rows_of(tx, kind, value)?.into_iter().filter(|row| row.lifted_on.is_none());
    Ok(stand.map(|row| row.reason).reduce(SuppressedFor::graver))
}

/// Whether an address is on the list.
pub fn is_suppressed(tx: &Tx, kind: ContactKind, value: &str) -> Result<bool> {
    Ok(suppressed_for(tx, kind, value)?.is_some())
}

/// Takes an address off the list, because they opted in anew on that day. One to which mail does not arrive stays on it.
pub(crate) fn lift(tx: &mut Tx, kind: ContactKind, value: &str, on: &str) -> Result<bool> {
    take_off(tx, kind, value, on, |reason| reason != SuppressedFor::Bounced)
}

/// Takes an address off the list to which mail did not arrive, because somebody says that it does.
pub(crate) fn arrives(tx: &mut Tx, kind: ContactKind, value: &str) -> Result<bool> {
    let today = workspace::today(tx)?.to_string();
    take_off(tx, kind, value, &today, |reason| reason == SuppressedFor::Bounced)
}

fn take_off(
    tx: &mut Tx,
    kind: ContactKind,
    value: &str,
    on: &str,
    which: impl Fn(SuppressedFor) -> bool,
) -> Result<bool> {
    let mut any = false;
    for mut row in rows_of(tx, kind, value)? {
        if row.lifted_on.is_none() && which(row.reason) {
            row.lifted_on = Some(on.to_owned());
            any |= tx.put(&row)?;
        }
    }
    Ok(any)
}

/// Since when an address stands on the list by a word of theirs, if it does: that mail came back is no word.
pub(crate) fn since(tx: &Tx, kind: ContactKind, value: &str) -> Result<Option<String>> {
    let said = |row: &Suppression| row.lifted_on.is_none() && row.reason != SuppressedFor::Bounced;
    Ok(rows_of(tx, kind, value)?.into_iter().filter(said).map(|row| row.on_day).max())
}

/// The rows of one address, whether they hold or ended: by every key of the file, and every version of the normal forms that
/// a row names.
pub(crate) fn rows_of(tx: &Tx, kind: ContactKind, value: &str) -> Result<Vec<Suppression>> {
    let mut rows = Vec::new();
    for key in keys(tx)? {
        let Some(secret) = key_bytes(&key.secret) else { continue };
        for version in versions(tx)?.iter() {
            let Some(norm) = normal::contact_by(*version, kind, value) else { continue };
            let hash = hex(&digest(&secret, kind, &norm));
            rows.extend(tx.find_one::<Suppression>("WHERE id = ?1", [id(key.id, &hash)])?);
        }
    }
    Ok(rows)
}

/// Whether a no of that day would be nothing new to the list: the address stands on it since then or longer after, or they
/// opted in after it.
pub(super) fn knows(tx: &Tx, kind: ContactKind, value: &str, on: &str) -> Result<bool> {
    for row in rows_of(tx, kind, value)? {
        let known = match &row.lifted_on {
            None => row.reason != SuppressedFor::Bounced && row.on_day.as_str() >= on,
            Some(lifted) => *lifted >= later(on, 1)?,
        };
        if known {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Every key that was met.
pub(super) fn keys(tx: &Tx) -> Result<Vec<SuppressionKey>> {
    tx.find("ORDER BY id", [])
}

/// The versions of the normal forms that were hashed.
pub(super) fn versions(tx: &Tx) -> Result<Arc<Vec<u32>>> {
    tx.cached("trust.versions", || {
        let mut versions: Vec<u32> = tx.column("SELECT DISTINCT norm_version FROM suppressions", [])?;
        if !versions.contains(&normal::VERSION) {
            versions.push(normal::VERSION);
        }
        Ok(versions)
    })
}

/// The key with which this file hashes: the first that was made or met.
fn own_key(tx: &mut Tx) -> Result<SuppressionKey> {
    if let Some(key) = tx.find_one::<SuppressionKey>("ORDER BY rid LIMIT 1", [])? {
        return Ok(key);
    }
    // Ids hold 62 bits of chance each; enough of them make a key that nobody guesses.
    let mut chance = Vec::with_capacity(128);
    for _ in 0..8 {
        chance.extend_from_slice(&tx.new_id().0);
    }
    let secret = hex(&super::known::sha256(&chance));
    let key = SuppressionKey { id: tx.new_id(), secret };
    tx.insert(&key)?;
    Ok(key)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// That addresses of which a step said that they are no longer written to are on the list still, once it is taken back: a
/// sentence.
pub(crate) fn stays_listed(tx: &Tx, operation: i64) -> Result<Option<String>> {
    const ENDED: &str = "SELECT DISTINCT c.kind, c.value FROM changes h JOIN contact_points c ON c.id = h.row_id
         WHERE h.operation = ?1 AND h.tbl = 'contact_points' AND json_extract(h.new, '$.status') IN ('opted_out', 'bounced')";
    let mut query = tx.sql().prepare_cached(ENDED)?;
    let ended: Vec<(ContactKind, String)> =
        query.query_map([operation], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut stay = 0;
    for (kind, value) in ended {
        // One to which mail does not arrive is taken off by whoever says that it does.
        stay += u64::from(suppressed_for(tx, kind, &value)?.is_some_and(|why| why != SuppressedFor::Bounced));
    }
    let (stays, them) = if stay == 1 { ("stays", "it") } else { ("stay", "them") };
    let sentence = format!(
        "{} {stays} on the suppression list: only a new opt-in takes {them} off.",
        plural(stay, "address", "addresses")
    );
    Ok((stay > 0).then_some(sentence))
}

/// How many addresses are on the list.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SuppressionCount {
    pub addresses: u32,
    /// Of these, by reason.
    pub by_reason: Vec<(SuppressedFor, u32)>,
}

pub fn count(tx: &Tx, _: Empty) -> Result<SuppressionCount> {
    let mut query = tx
        .sql()
        .prepare("SELECT reason, count(*) FROM suppressions WHERE lifted_on IS NULL GROUP BY reason ORDER BY 1")?;
    let by_reason: Vec<(SuppressedFor, u32)> =
        query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    Ok(SuppressionCount { addresses: by_reason.iter().map(|(_, count)| count).sum(), by_reason })
}

/// Addresses, numbers or handles that are never to be written to.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct Suppress {
    pub kind: ContactKind,
    pub values: Vec<String>,
    /// Missing means that you say so.
    pub reason: Option<SuppressedFor>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Suppressed {
    /// New on the list.
    pub added: u32,
    /// On it before.
    pub already: u32,
    /// Rows of a file in which something stands, and no address.
    pub unreadable: u32,
    /// The first of these, as they are numbered, with what stands there.
    pub unreadable_rows: Vec<(u32, String)>,
}

/// Puts every address of a file on the list. Undo does not take them off.
///
/// # Errors
/// `invalid` for a file without an address.
pub fn import(tx: &mut Tx, input: super::returns::SuppressFile) -> Result<Suppressed> {
    super::returns::suppress_file(tx, input)
}

/// What [`import`] would do with a file, before it does.
///
/// # Errors
/// As [`import`].
pub fn look(tx: &Tx, input: super::returns::SuppressFile) -> Result<Suppressed> {
    super::returns::look_at_file(tx, input)
}

/// Puts addresses on the list. Undo does not take them off.
///
/// # Errors
/// `invalid` for one that is no address; then none of them is on it.
pub fn add(tx: &mut Tx, input: Suppress) -> Result<Suppressed> {
    let mut done = Suppressed { added: 0, already: 0, unreadable: 0, unreadable_rows: vec![] };
    for (n, value) in input.values.iter().enumerate() {
        if input.kind == ContactKind::Email && !normal::looks_like_email(value) {
            return invalid("values", format!("Row {}: “{value}” is not an e-mail address.", n + 1));
        }
        match suppress(tx, input.kind, value, input.reason.unwrap_or(SuppressedFor::ByHand))? {
            true => done.added += 1,
            false => done.already += 1,
        }
    }
    Ok(done)
}
