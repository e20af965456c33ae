//! What a column says of somebody.
use super::ExportColumn;
use crate::{
    contact_points::{self, ContactPoint, ContactStatus},
    countries,
    error::{Error, Result},
    fields::{self, FieldValue},
    id::Id,
    journey::{self, engine::Stage},
    normal::{self, ContactKind},
    people,
    postal_addresses::{self, PostalAddress},
    rpc::Empty,
    store::Tx,
    tags::{self, EveryTag, TagKind, TagRow},
    transfer::csv::join_names,
    workspace,
};
use rusqlite::{OptionalExtension, types::Value};
use std::{
    borrow::Cow,
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

/// One of the fixed columns.
pub(super) struct Fixed {
    pub key: &'static str,
    pub label: &'static str,
    /// It is in a plain table unless somebody says otherwise.
    pub chosen: bool,
    /// It says more of somebody than a file that leaves Hallway needs: it is in one only when it was picked by hand.
    pub personal: bool,
}

const fn fixed(key: &'static str, label: &'static str, chosen: bool, personal: bool) -> Fixed {
    Fixed { key, label, chosen, personal }
}

/// In the order in which they stand in a table.
pub(super) const COLUMNS: &[Fixed] = &[
    fixed("name", "Name", true, false),
    fixed("pronouns", "Pronouns", false, true),
    fixed("organisation", "Organisation", true, false),
    fixed("role_title", "Role", true, false),
    fixed("city", "City", true, true),
    fixed("country", "Country", true, false),
    fixed("country_code", "Country code", false, false),
    fixed("time_zone", "Time zone", false, false),
    fixed("languages", "Languages", false, false),
    fixed("stage", "Stage", true, true),
    fixed("stage_since", "Stage since", false, true),
    fixed("confidence", "Confidence", false, true),
    fixed("last_touch", "Last touch", true, true),
    fixed("do_not_contact", "Do not contact", true, true),
    fixed("stack", "Works with", true, false),
    fixed("tags", "Tags", true, true),
    fixed("building_now", "Building now", false, true),
    fixed("challenges", "Stuck on", false, true),
    fixed("postal_address", "Postal address", false, true),
    fixed("postal_recipient", "Recipient", false, true),
    fixed("postal_lines", "Address lines", false, true),
    fixed("postal_country_code", "Address country code", false, true),
    fixed("postal_country", "Address country", false, true),
    fixed("postal_phone", "Phone for the parcel", false, true),
    fixed("notes", "Notes", false, true),
    fixed("added", "Added", false, true),
];

/// Every column there is: the fixed ones, ways to reach people, and fields of one's own.
pub fn columns(tx: &Tx, _: Empty) -> Result<Vec<ExportColumn>> {
    let mut columns: Vec<ExportColumn> = COLUMNS
        .iter()
        .map(|column| ExportColumn {
            key: column.key.into(),
            label: column.label.into(),
            chosen: column.chosen,
            personal: column.personal,
        })
        .collect();
    for kind in ContactKind::ALL {
        columns.push(ExportColumn {
            key: kind.key().into(),
            label: kind.label().into(),
            chosen: kind == ContactKind::Email,
            personal: kind == ContactKind::Phone,
        });
    }
    for field in fields::list(tx, Empty {})? {
        let key = format!("field:{}", field.id);
        columns.push(ExportColumn { key, label: field.label, chosen: false, personal: true });
    }
    Ok(columns)
}

/// Where the text of a fixed column stands: in the row of the person, of their organisation, or of what is derived.
fn stands_in(key: &str) -> Option<&'static str> {
    Some(match key {
        "name" => "p.display_name",
        "pronouns" => "p.pronouns",
        "organisation" => "o.name",
        "role_title" => "p.role_title",
        "city" => "p.city",
        "country" | "country_code" => "p.country",
        "time_zone" => "p.time_zone",
        "languages" => "p.languages",
        "stage" => "s.stage",
        "stage_since" => "s.since",
        "confidence" => "iif(s.stage IS NULL, NULL, s.confidence)",
        "last_touch" => "s.last_touch_on",
        "do_not_contact" => "iif(p.do_not_contact, 'yes', NULL)",
        "building_now" => "p.building_now",
        "challenges" => "p.challenges",
        "notes" => "p.notes",
        "added" => "s.added_at",
        _ => return None,
    })
}

/// Reads the cells of one person after the other.
pub(super) struct Cells<'t> {
    tx: &'t Tx<'t>,
    /// Where the airlock has decided which address may be used, it is that or none.
    given: HashMap<ContactKind, HashMap<Id, String>>,
    rules: std::sync::Arc<(u32, journey::engine::Config)>,
    zone: chrono_tz::Tz,
    /// Those with whom another row was merged: what is said of them stands in several places.
    merged: HashSet<Id>,
    every_tag: OnceCell<EveryTag>,
    /// Of the columns that are asked for, those that [stand in](stands_in) a row, and how that is read: at once, since a
    /// query for each would take as long as all of them.
    keys: Vec<String>,
    reads: String,
    phones: Phones,
}

/// How telephone numbers stand in a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Phones {
    /// As somebody wrote them down.
    AsTyped,
    /// In spaced international form: a spreadsheet takes digits without spaces for a number.
    Spaced,
}

/// One person, of whom is read what is asked for.
pub(super) struct Row<'c> {
    cells: &'c Cells<'c>,
    pub id: Id,
    row: OnceCell<Vec<Value>>,
    contacts: OnceCell<Vec<ContactPoint>>,
    tags: OnceCell<Vec<Cow<'c, TagRow>>>,
    fields: OnceCell<Vec<FieldValue>>,
    postal: OnceCell<Option<PostalAddress>>,
}

impl<'t> Cells<'t> {
    /// For these columns, by their keys.
    pub fn new(tx: &'t Tx<'t>, keys: &[String], given: HashMap<ContactKind, HashMap<Id, String>>) -> Result<Cells<'t>> {
        let (rules, zone) = (journey::config(tx)?, workspace::zone(tx)?);
        let keys: Vec<String> = keys.iter().filter(|key| stands_in(key).is_some()).cloned().collect();
        let reads = format!(
            "SELECT {} FROM people p JOIN person_state s ON s.person = p.id
               LEFT JOIN organisations o ON o.id = p.organisation_id AND o.deleted_at IS NULL
             WHERE p.id = ?1 AND p.deleted_at IS NULL",
            keys.iter().filter_map(|key| stands_in(key)).collect::<Vec<_>>().join(", ")
        );
        let merged = people::merged(tx)?.into_values().collect();
        let phones = Phones::AsTyped;
        Ok(Cells { tx, given, rules, zone, merged, every_tag: OnceCell::new(), keys, reads, phones })
    }

    pub fn with_phones(self, phones: Phones) -> Cells<'t> {
        Cells { phones, ..self }
    }

    /// What it was given, back.
    pub fn into_given(self) -> HashMap<ContactKind, HashMap<Id, String>> {
        self.given
    }

    pub fn of(&self, id: Id) -> Row<'_> {
        Row {
            cells: self,
            id,
            row: OnceCell::new(),
            contacts: OnceCell::new(),
            tags: OnceCell::new(),
            fields: OnceCell::new(),
            postal: OnceCell::new(),
        }
    }
}

/// Reads something once.
fn once<T>(cell: &OnceCell<T>, read: impl FnOnce() -> Result<T>) -> Result<&T> {
    if cell.get().is_none() {
        let value = read()?;
        return Ok(cell.get_or_init(|| value));
    }
    cell.get().ok_or(Error::NotFound("person"))
}

impl Row<'_> {
    /// What stands in a row under this key. Nothing where nobody asked for the column.
    fn value(&self, key: &str) -> Result<&Value> {
        let row = once(&self.row, || {
            let mut query = self.cells.tx.sql().prepare_cached(&self.cells.reads)?;
            let row = query.query_row([self.id], |r| (0..self.cells.keys.len()).map(|n| r.get(n)).collect());
            row.optional()?.ok_or(Error::NotFound("person"))
        })?;
        let at = self.cells.keys.iter().position(|asked| asked == key);
        Ok(at.and_then(|at| row.get(at)).unwrap_or(&Value::Null))
    }
    fn text(&self, key: &str) -> Result<&str> {
        Ok(match self.value(key)? {
            Value::Text(text) => text,
            _ => "",
        })
    }

    /// The cell of a column, by its key.
    ///
    /// # Errors
    /// `not_found` for somebody who is not there.
    pub fn cell(&self, key: &str) -> Result<String> {
        let cell = self.said(key)?;
        let spaced = self.cells.phones == Phones::Spaced && matches!(key, "phone" | "postal_phone");
        Ok(if spaced { normal::spaced_phone(&cell).unwrap_or(cell) } else { cell })
    }

    fn said(&self, key: &str) -> Result<String> {
        Ok(match key {
            "id" => self.id.to_string(),
            "country" => {
                let code = self.text(key)?;
                countries::name_of(code).unwrap_or(code).to_owned()
            }
            "country_code" => {
                Some(self.text(key)?).filter(|code| countries::name_of(code).is_some()).unwrap_or_default().to_owned()
            }
            "stage" => {
                let stage = Stage::from_key(self.text(key)?);
                stage.map_or(String::new(), |stage| self.cells.rules.1.names.at(stage).to_owned())
            }
            "stack" => self.tags(TagKind::Stack)?,
            "tags" => self.tags(TagKind::Topic)?,
            "added" => match self.value(key)? {
                Value::Integer(at) => crate::Now(*at).day_in(self.cells.zone).to_string(),
                _ => String::new(),
            },
            // As it stands on a parcel; its telephone number is for whoever brings one.
            "postal_address" => self.postal(PostalAddress::formatted)?,
            "postal_recipient" => self.postal(|address| address.recipient_name.clone())?,
            "postal_lines" => self.postal(|address| address.lines.clone())?,
            "postal_country_code" => self.postal(|address| address.country.clone())?,
            "postal_country" => {
                self.postal(|address| countries::name_of(&address.country).unwrap_or(&address.country).to_owned())?
            }
            "postal_phone" => self.postal(|address| address.phone.clone().unwrap_or_default())?,
            key if stands_in(key).is_some() => self.text(key)?.to_owned(),
            key => match (ContactKind::from_key(key), key.strip_prefix("field:")) {
                (Some(kind), _) => self.contact(kind)?,
                (None, Some(field)) => {
                    let values = once(&self.fields, || fields::of(self.cells.tx, self.id))?;
                    let value = values.iter().find(|value| value.field.to_string() == field);
                    value.map(|value| value.value.clone()).unwrap_or_default()
                }
                (None, None) => String::new(),
            },
        })
    }

    /// Of the postal address that was given last.
    fn postal(&self, of: impl Fn(&PostalAddress) -> String) -> Result<String> {
        let address = once(&self.postal, || Ok(postal_addresses::of(self.cells.tx, self.id)?.into_iter().next()))?;
        Ok(address.as_ref().map(of).unwrap_or_default())
    }

    /// The one to use; others of its kind are on the person's page. One that no longer reaches them, or that they do not
    /// want to be reached by, is never the one to use.
    fn contact(&self, kind: ContactKind) -> Result<String> {
        if let Some(given) = self.cells.given.get(&kind) {
            return Ok(given.get(&self.id).cloned().unwrap_or_default());
        }
        let contacts = once(&self.contacts, || match self.cells.merged.contains(&self.id) {
            true => contact_points::of(self.cells.tx, self.id),
            false => contact_points::of_one_row(self.cells.tx, self.id),
        })?;
        let usable = contacts.iter().find(|c| c.kind == kind && c.status == ContactStatus::Ok);
        Ok(usable.map(|c| c.value.clone()).unwrap_or_default())
    }

    fn tags(&self, kind: TagKind) -> Result<String> {
        let Cells { tx, merged, every_tag, .. } = self.cells;
        let tags = once(&self.tags, || match merged.contains(&self.id) {
            true => Ok(tags::of(tx, self.id)?.into_iter().map(Cow::Owned).collect()),
            false => {
                let tags = once(every_tag, || EveryTag::read(tx))?.of_one_row(tx, self.id)?;
                Ok(tags.into_iter().map(Cow::Borrowed).collect())
            }
        })?;
        Ok(join_names(tags.iter().filter(|tag| tag.kind == kind).map(|tag| tag.name.as_str())))
    }
}
