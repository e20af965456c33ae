//! Ways to reach somebody, each with where it came from and what became of it.
use crate::{
    error::{Result, invalid},
    id::Id,
    normal::{self, ContactKind},
    people::{self, text},
    record::Check,
    rpc::Empty,
    store::{Subject, Tx},
    time, trust, workspace,
};
use serde::Deserialize;
use ts_rs::TS;

words! {
    /// What became of it; the strictest word last.
    pub enum ContactStatus { Ok = "ok", Bounced = "bounced", WrongPerson = "wrong_person", OptedOut = "opted_out", }
}
words! {
    /// Where it came from: the person may ask.
    pub enum ContactSource {
        TheyGaveIt = "they_gave_it", PublicProfile = "public_profile", Github = "github", Badge = "badge",
        ListSignup = "list_signup", Colleague = "colleague", Import = "import",
    }
}
stored_as_word!(ContactKind);

impl ContactSource {
    /// As one chooses it and reads it.
    pub fn label(self) -> &'static str {
        match self {
            ContactSource::TheyGaveIt => "They gave it to you",
            ContactSource::PublicProfile => "Public profile",
            ContactSource::Github => "GitHub",
            ContactSource::Badge => "Badge",
            ContactSource::ListSignup => "Signed up for a list",
            ContactSource::Colleague => "From a colleague",
            ContactSource::Import => "Imported",
        }
    }
}

/// Where an address came from, in words, if that is what a column of a table says.
pub(crate) fn source_words(table: &str, column: &str, word: &str) -> Option<&'static str> {
    let of_an_address = column == "source" && ["contact_points", "postal_addresses"].contains(&table);
    ContactSource::from_key(word).filter(|_| of_an_address).map(ContactSource::label)
}

record! {
    /// A way to reach somebody, with where it came from.
    pub struct ContactPoint in "contact_points" as "way to reach them", Trash, concerns Column("person_id"),
    hangs on ["person_id" -> "people"] {
        /// Its own id.
        pub id: Id,
        /// Whom it reaches.
        pub person_id: Id,
        /// What it is.
        pub kind: ContactKind,
        /// As typed.
        pub value: String,
        /// As compared.
        pub value_norm: String,
        /// Which rules made the form that is compared.
        pub norm_version: u32,
        /// The one to use among those of its kind.
        pub is_primary: bool,
        /// What became of it.
        pub status: ContactStatus,
        /// Where it came from: the person may ask.
        pub source: ContactSource,
        /// More about where it came from.
        pub source_note: Option<String>,
        /// `YYYY-MM-DD`: when it came.
        pub obtained_on: String,
    }
}
impl Check for ContactPoint {
    fn check(&self) -> Result<()> {
        if self.value.trim().is_empty() {
            return invalid("value", "Write the address, number or handle.");
        }
        if self.kind == ContactKind::Email && !normal::looks_like_email(&self.value) {
            return invalid(
                "value",
                format!("“{}” is not an e-mail address. Check it, or choose another kind.", self.value),
            );
        }
        time::day("obtainedOn", &self.obtained_on)?;
        Ok(())
    }
    fn complete(&mut self) {
        self.value_norm = normal::contact(self.kind, &self.value);
        self.norm_version = normal::VERSION;
    }
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct NewContactPoint {
    pub person: Id,
    pub kind: ContactKind,
    pub value: String,
    pub source: ContactSource,
    pub source_note: Option<String>,
}

/// Only what is present changes.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct EditContactPoint {
    pub id: Id,
    pub kind: Option<ContactKind>,
    pub value: Option<String>,
    pub status: Option<ContactStatus>,
    pub source: Option<ContactSource>,
    pub source_note: Option<String>,
    pub is_primary: Option<bool>,
}

#[derive(Debug, Deserialize, TS)]
pub struct ContactPointId {
    pub id: Id,
}

pub fn add(tx: &mut Tx, input: NewContactPoint) -> Result<ContactPoint> {
    let person = people::root(tx, input.person)?;
    let first = !of(tx, person)?.iter().any(|c| c.kind == input.kind);
    let today = workspace::today(tx)?;
    let row = made(tx, person, input.kind, input.value.trim(), input.source, text(input.source_note), first, today);
    tx.insert(&row)?;
    tx.about(Subject::Person(person), None, None)?;
    Ok(row)
}

/// A contact point obtained today, not yet written.
#[allow(clippy::too_many_arguments)] // The columns of one row.
pub(crate) fn made(
    tx: &Tx,
    person_id: Id,
    kind: ContactKind,
    value: &str,
    source: ContactSource,
    source_note: Option<String>,
    is_primary: bool,
    today: chrono::NaiveDate,
) -> ContactPoint {
    ContactPoint {
        id: tx.new_id(),
        person_id,
        kind,
        value: value.to_owned(),
        value_norm: normal::contact(kind, value),
        norm_version: normal::VERSION,
        is_primary,
        status: ContactStatus::Ok,
        source,
        source_note,
        obtained_on: today.to_string(),
    }
}

/// Changes a way to reach somebody. Another address or number than the one of which something was said is another row: no
/// word on the old one is a word on it, and what was refused at the old one holds there.
///
/// # Errors
/// `invalid` for `status` when it was opted out: only a new opt-in ends that.
pub fn edit(tx: &mut Tx, input: EditContactPoint) -> Result<ContactPoint> {
    let mut row: ContactPoint = tx.get(input.id)?;
    let person = people::root(tx, row.person_id)?;
    let was = row.clone();
    let mut twins = twins(tx, person, &row)?;
    if let Some(kind) = input.kind.filter(|kind| *kind != row.kind) {
        row.kind = kind;
        // Among those of its new kind there may be one to use already.
        row.is_primary &= !of(tx, person)?.iter().any(|other| other.kind == kind && other.is_primary);
    }
    if let Some(value) = input.value {
        row.value = value.trim().to_owned();
    }
    row.value_norm = normal::contact(row.kind, &row.value);
    row.norm_version = normal::VERSION;
    let another = (row.kind, &row.value_norm) != (was.kind, &was.value_norm) && {
        let mut said = something_was_said(tx, &was)?;
        for twin in &twins {
            said |= something_was_said(tx, twin)?;
        }
        said
    };
    let opted_out = || std::iter::once(&was).chain(&twins).any(|row| row.status == ContactStatus::OptedOut);
    if !another && input.status.is_some_and(|status| status != ContactStatus::OptedOut) && opted_out() {
        return invalid(
            "status",
            "They opted out at this address. If that was noted by mistake, undo it; otherwise only a new opt-in of theirs, with what shows it, makes it usable again.",
        );
    }
    if another {
        let today = workspace::today(tx)?.to_string();
        // Where the old one came from is all that is known of the new one, unless it is said; what it was given for is not.
        (row.id, row.status, row.source_note, row.obtained_on) = (tx.new_id(), ContactStatus::Ok, None, today.clone());
        tx.trash::<ContactPoint>(was.id)?;
        for twin in &mut twins {
            tx.trash::<ContactPoint>(twin.id)?;
            (twin.id, twin.status, twin.source_note, twin.obtained_on) =
                (tx.new_id(), ContactStatus::Ok, None, today.clone());
        }
    }
    if !another && input.status == Some(ContactStatus::Ok) {
        trust::suppressions::arrives(tx, row.kind, &row.value)?;
    }
    row.status = input.status.unwrap_or(row.status);
    row.source = input.source.unwrap_or(row.source);
    if input.source_note.is_some() {
        row.source_note = text(input.source_note);
    }
    // What is shown as one is changed as one; where each came from stays its own.
    for twin in &mut twins {
        (twin.kind, twin.value, twin.value_norm) = (row.kind, row.value.clone(), row.value_norm.clone());
        (twin.norm_version, twin.status) = (row.norm_version, input.status.unwrap_or(twin.status));
        tx.put(twin)?;
    }
    if let Some(primary) = input.is_primary {
        row.is_primary = primary;
        if primary {
            // One of a kind is the one to use.
            for mut other in
                rows(tx, person)?.into_iter().filter(|c| c.id != row.id && c.kind == row.kind && c.is_primary)
            {
                other.is_primary = false;
                tx.put(&other)?;
            }
        }
    }
    tx.put(&row)?;
    tx.about(Subject::Person(person), None, None)?;
    Ok(row)
}

/// Whether a word hangs on a way to reach somebody: a basis, that it does not work, or a no of theirs.
fn something_was_said(tx: &Tx, row: &ContactPoint) -> Result<bool> {
    const BASIS: &str =
        "SELECT EXISTS (SELECT 1 FROM contact_bases WHERE contact_point_id = ?1 AND deleted_at IS NULL)";
    Ok(row.status != ContactStatus::Ok
        || tx.scalar::<bool>(BASIS, [row.id])? == Some(true)
        || trust::refusal(tx, row)?.is_some())
}

pub fn trash(tx: &mut Tx, input: ContactPointId) -> Result<Empty> {
    let row: ContactPoint = tx.get(input.id)?;
    let person = people::root(tx, row.person_id)?;
    for twin in twins(tx, person, &row)? {
        tx.trash::<ContactPoint>(twin.id)?;
    }
    tx.trash::<ContactPoint>(row.id)?;
    tx.about(Subject::Person(person), None, None)?;
    Ok(Empty {})
}

/// Somebody's contact points, mail first, the one to use before the others. What several rows of theirs say is said once,
/// with the strictest word on it.
pub fn of(tx: &Tx, person: Id) -> Result<Vec<ContactPoint>> {
    let mut shown: Vec<ContactPoint> = Vec::new();
    for mut row in rows(tx, person)? {
        if let Some(twin) = shown.iter_mut().find(|other| are_twins(other, &row)) {
            twin.status = twin.status.max(row.status);
            continue;
        }
        // Both may have had one to use: that of the row that stands for them is it.
        row.is_primary &= !shown.iter().any(|other| other.kind == row.kind && other.is_primary);
        shown.push(row);
    }
    Ok(shown)
}

/// [`of`] somebody with whom no other row was merged, in half the time: for whoever asks about everybody.
pub(crate) fn of_one_row(tx: &Tx, person: Id) -> Result<Vec<ContactPoint>> {
    tx.find(
        "WHERE person_id = ?1 AND deleted_at IS NULL ORDER BY kind <> 'email', kind, is_primary DESC, rid",
        [person],
    )
}

fn rows(tx: &Tx, person: Id) -> Result<Vec<ContactPoint>> {
    tx.find(
        "WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND deleted_at IS NULL
         ORDER BY kind <> 'email', kind, is_primary DESC, person_id <> ?1, rid",
        [person],
    )
}

/// Rows of the same person, by another row of theirs, that say the same.
pub(crate) fn twins(tx: &Tx, person: Id, row: &ContactPoint) -> Result<Vec<ContactPoint>> {
    let mut rows = rows(tx, person)?;
    rows.retain(|other| are_twins(other, row));
    Ok(rows)
}

fn are_twins(one: &ContactPoint, other: &ContactPoint) -> bool {
    one.person_id != other.person_id && one.kind == other.kind && one.value_norm == other.value_norm
}
