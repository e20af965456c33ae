//! What is known of somebody, in the terms a row speaks in: what is here, and what a row tells.
use super::apply;
use crate::{
    contact_points,
    error::Result,
    fields,
    id::Id,
    normal::{self, ContactKind, fold},
    organisations::Organisation,
    people::Person,
    store::Tx,
    tags,
    transfer::csv::{DayPrecision, ImportedPerson, ImportedTouch},
    trust::{newsletter, suppressions::Listed},
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// How a row calls the notes on somebody.
pub(super) const NOTES: &str = "notes";

/// What is known of somebody, in the terms a row speaks in.
#[derive(Default)]
pub(super) struct Known {
    pub name: String,
    pub texts: BTreeMap<&'static str, String>,
    pub contacts: BTreeSet<(String, String)>,
    pub tags: BTreeSet<(bool, String)>,
    pub custom: BTreeMap<String, String>,
    /// Kind, day and folded note of imported entries; no day when nobody knows it.
    pub touches: BTreeSet<(String, String, String)>,
    /// The texts from which an erasure took words, as a row calls them.
    pub reworded: Vec<&'static str>,
    /// The folded labels of fields of one's own from whose values an erasure took words.
    pub reworded_custom: BTreeSet<String>,
    /// Kind and day of imported entries from whose notes an erasure took words.
    pub reworded_touches: BTreeSet<(String, String)>,
    /// What is known of the newsletter at which address.
    pub newsletter: BTreeSet<(String, bool)>,
}

impl Known {
    /// Whether an entry that says so is here.
    pub fn tells(&self, touch: &ImportedTouch) -> bool {
        let (kind, day, note) = touch_key(touch);
        self.touches
            .iter()
            .any(|(k, d, n)| *k == kind && (touch.day.is_none() || *d == day) && (note.is_empty() || *n == note))
    }

    /// Whether an entry of that kind and day said something here that an erasure took words out of.
    pub fn told_before(&self, touch: &ImportedTouch) -> bool {
        let (kind, day, note) = touch_key(touch);
        let on_the_day = |(k, d): &(String, String)| *k == kind && (touch.day.is_none() || *d == day);
        !note.is_empty() && self.reworded_touches.iter().any(on_the_day)
    }

    pub fn of_row(row: &ImportedPerson) -> Known {
        let mut texts = BTreeMap::new();
        let mut put = |field: &'static str, text: Option<&String>| {
            if let Some(text) = text {
                texts.insert(field, text.clone());
            }
        };
        put("organisation", row.organisation.as_ref());
        put("role", row.role_title.as_ref());
        put("city", row.city.as_ref());
        put("pronouns", row.pronouns.as_ref());
        put("languages", row.languages.as_ref());
        put("time zone", row.time_zone.as_ref().filter(|z| z.parse::<chrono_tz::Tz>().is_ok()));
        put(NOTES, row.notes.as_ref());
        put("building now", row.building_now.as_ref());
        put("stuck on", row.challenges.as_ref());
        put("country", country_text(row).as_ref());
        Known {
            name: row.name.clone(),
            texts,
            contacts: row
                .contacts
                .iter()
                .map(|(kind, value)| (kind.key().to_owned(), normal::contact(*kind, value)))
                .collect(),
            tags: row.tags.iter().map(|t| (false, fold(t))).chain(row.stack.iter().map(|t| (true, fold(t)))).collect(),
            custom: custom_texts(row).into_iter().map(|(label, text)| (fold(&label), text)).collect(),
            touches: row.touches.iter().map(touch_key).collect(),
            reworded: vec![],
            reworded_custom: BTreeSet::new(),
            reworded_touches: BTreeSet::new(),
            newsletter: match (row.newsletter, addresses_of(row)) {
                (None, _) => BTreeSet::new(),
                (Some(wants), none) if none.is_empty() => BTreeSet::from([(WHEREVER.to_owned(), wants)]),
                (Some(wants), addresses) => addresses.into_iter().map(|address| (address, wants)).collect(),
            },
        }
    }

    /// The same with what is known of the newsletter, where the row says something of it.
    pub fn with_newsletter(mut self, tx: &Tx, listed: &Listed, person: Id, row: &ImportedPerson) -> Result<Known> {
        for address in addresses_of(row) {
            let no = newsletter::is_opted_out(tx, person, &address)?;
            // Where something stands against it, a yes is nothing new.
            let yes = newsletter::is_subscribed(tx, person, &address)?
                || newsletter::stands_against(tx, listed, &address)?.is_some();
            self.newsletter.extend(yes.then(|| (address.clone(), true)));
            self.newsletter.extend(no.then_some((address, false)));
        }
        if row.newsletter == Some(false) && newsletter::objects(tx, person)? {
            self.newsletter.insert((WHEREVER.to_owned(), false));
        }
        Ok(self)
    }
}

/// What a row's notes say that those here do not, line by line, as it would be added below them; nothing when all of it is
/// here. Notes are added to and never written over: one remark on somebody says nothing against another.
pub(super) fn more_notes(here: &str, row: &str) -> Option<String> {
    let here: BTreeSet<String> = here.lines().map(fold).collect();
    let more: Vec<&str> = row.lines().filter(|line| !line.trim().is_empty() && !here.contains(&fold(line))).collect();
    (!more.is_empty()).then(|| more.join("\n"))
}

/// Notes with what a row adds to them.
pub(super) fn notes_with(here: Option<&String>, row: &str) -> String {
    match here.filter(|here| !here.trim().is_empty()) {
        None => row.to_owned(),
        Some(here) => match more_notes(here, row) {
            None => here.clone(),
            Some(more) => format!("{}\n{more}", here.trim_end()),
        },
    }
}

/// `YYYY-MM-DD`: the day on which a row says that they signed up, if it says one that has come.
pub(super) fn signed_up_on(row: &ImportedPerson, today: NaiveDate) -> Option<String> {
    let day = row.signed_up_on.filter(|day| day.precision == DayPrecision::Day && day.date <= today)?;
    Some(day.date.to_string())
}

/// Stands for every address of somebody, where a row says no to the newsletter and has none.
pub(super) const WHEREVER: &str = "";

/// The addresses that a row's word on the newsletter is about: of a yes the first, where it is sent to; of a no all of them,
/// since nobody who says no to it wants it somewhere else.
pub(super) fn addresses_of(row: &ImportedPerson) -> Vec<String> {
    let mails = row.contacts.iter().filter(|(kind, _)| *kind == ContactKind::Email);
    let all = match row.newsletter {
        None => 0,
        Some(true) => 1,
        Some(false) => usize::MAX,
    };
    mails.take(all).map(|(kind, value)| normal::contact(*kind, value)).collect()
}

fn touch_key(touch: &ImportedTouch) -> (String, String, String) {
    let day = touch.day.map(|day| day.date.to_string()).unwrap_or_default();
    (apply::kind(touch).to_owned(), day, touch.note.as_deref().map(fold).unwrap_or_default())
}

/// A country as it is stored: its code, or the words nobody recognised.
pub(super) fn country_text(row: &ImportedPerson) -> Option<String> {
    row.country.as_ref().map(|c| c.code.map_or_else(|| c.raw.clone(), str::to_owned))
}

/// The custom fields of a row: those that were mapped, and the day they met, which has no field of its own.
pub(super) fn custom_texts(row: &ImportedPerson) -> Vec<(String, String)> {
    // Several columns of one label are several lines, as with notes.
    let mut texts: Vec<(String, String)> = Vec::new();
    let met = row.met_on.as_ref().map(|m| ("Met on".to_owned(), m.raw.clone()));
    let zone = row
        .time_zone
        .as_ref()
        .filter(|z| z.parse::<chrono_tz::Tz>().is_err())
        .map(|z| ("Time zone as given".to_owned(), z.clone()));
    for (label, text) in row.custom.iter().cloned().chain(met).chain(zone) {
        match texts.iter_mut().find(|(known, _)| fold(known) == fold(&label)) {
            None => texts.push((label, text)),
            Some((_, known)) if known.lines().any(|line| fold(line) == fold(&text)) => {}
            Some((_, known)) => *known += &format!("\n{text}"),
        }
    }
    texts
}

/// What is known of somebody who is here.
pub(super) fn known(tx: &Tx, id: Id) -> Result<Known> {
    let person: Person = tx.get(id)?;
    let mut texts = BTreeMap::new();
    let mut put = |field: &'static str, text: Option<String>| {
        if let Some(text) = text {
            texts.insert(field, text);
        }
    };
    if let Some(organisation) = person.organisation_id {
        put(
            "organisation",
            tx.find_one::<Organisation>("WHERE id = ?1 AND deleted_at IS NULL", [organisation])?.map(|o| o.name),
        );
    }
    put("role", person.role_title);
    put("city", person.city);
    put("pronouns", person.pronouns);
    put("languages", person.languages);
    put("time zone", person.time_zone);
    put(NOTES, person.notes);
    put("building now", person.building_now);
    put("stuck on", person.challenges);
    put("country", person.country);
    let (mut touches, mut reworded_touches) = (BTreeSet::new(), BTreeSet::new());
    let mut entries = tx.sql().prepare_cached(
        "SELECT t.kind, iif(t.precision = 'unknown', '', t.on_day), coalesce(t.note, ''), t.deleted_at IS NULL,
                EXISTS (SELECT 1 FROM erased e WHERE e.tbl = 'touchpoints.note' AND e.row_id = t.id)
         FROM touchpoint_people p JOIN touchpoints t ON t.id = p.touchpoint_id
         WHERE p.person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND t.source = 'import'",
    )?;
    let mut rows = entries.query([id])?;
    while let Some(row) = rows.next()? {
        let (kind, day): (String, String) = (row.get(0)?, row.get(1)?);
        // What was said there does not come back after the entry went to the trash, either.
        if row.get(4)? {
            reworded_touches.insert((kind.clone(), day.clone()));
        }
        if row.get(3)? {
            touches.insert((kind, day, fold(&row.get::<_, String>(2)?)));
        }
    }
    Ok(Known {
        name: person.display_name,
        texts,
        contacts: contact_points::of(tx, id)?.into_iter().map(|c| (c.kind.key().to_owned(), c.value_norm)).collect(),
        tags: tags::of(tx, id)?.into_iter().map(|t| (t.kind == tags::TagKind::Stack, fold(&t.name))).collect(),
        custom: fields::of(tx, id)?.into_iter().map(|v| (fold(&v.label), v.value)).collect(),
        touches,
        reworded: reworded(tx, id)?,
        reworded_custom: reworded_custom(tx, id)?,
        reworded_touches,
        newsletter: BTreeSet::new(),
    })
}

/// The places from which an erasure may have taken words, and what a row calls each.
const TEXTS: [(&str, &str); 7] = [
    ("people.role_title", "role"),
    ("people.city", "city"),
    ("people.pronouns", "pronouns"),
    ("people.languages", "languages"),
    ("people.notes", NOTES),
    ("people.building_now", "building now"),
    ("people.challenges", "stuck on"),
];

/// The texts of somebody from which an erasure took words, as a row calls them, under whichever of their names they stand.
fn reworded(tx: &Tx, id: Id) -> Result<Vec<&'static str>> {
    // By its names, so that the index of places finds them: this is asked for each row that is here already.
    let names = TEXTS.map(|(place, _)| format!("'{place}'")).join(", ");
    let places: Vec<String> = tx.column(
        &format!(
            "SELECT e.tbl FROM people p JOIN erased e ON e.row_id = p.id AND e.tbl IN ({names}) WHERE p.root = ?1"
        ),
        [id],
    )?;
    let field = |(place, field): &(&str, &'static str)| places.iter().any(|at| at == place).then_some(*field);
    Ok(TEXTS.iter().filter_map(field).collect())
}

/// The fields of one's own in which an erasure took words out of what they say of somebody, by their folded labels.
fn reworded_custom(tx: &Tx, id: Id) -> Result<BTreeSet<String>> {
    let labels: Vec<String> = tx.column(
        "SELECT f.label FROM people p JOIN field_values v ON v.person_id = p.id JOIN fields f ON f.id = v.field_id
         WHERE p.root = ?1 AND EXISTS (SELECT 1 FROM erased e WHERE e.tbl = 'field_values.raw' AND e.row_id = v.id)",
        [id],
    )?;
    Ok(labels.iter().map(|label| fold(label)).collect())
}
