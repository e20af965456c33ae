//! What a column says of somebody.
use super::ExportColumn;
use crate::{
    contact_points::{self, ContactPoint, ContactStatus},
    countries,
    error::{Error, Result},
    fields::{self, FieldValue},
    id::Id,
    journey::{self, engine::Stage},
    normal::ContactKind,
    organisations::Organisation,
    people::Person,
    postal_addresses::{self, PostalAddress},
    rpc::Empty,
    store::Tx,
    tags::{self, TagKind, TagRow},
    transfer::csv::join_names,
    workspace,
};
use rusqlite::OptionalExtension;
use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
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

/// Reads the cells of one person after the other.
pub(super) struct Cells<'t> {
    tx: &'t Tx<'t>,
    /// Where the airlock has decided which address may be used, it is that or none.
    given: HashMap<ContactKind, HashMap<Id, String>>,
    rules: std::sync::Arc<(u32, journey::engine::Config)>,
    zone: chrono_tz::Tz,
    organisations: RefCell<HashMap<Id, String>>,
    /// Of the person themselves no more than the name is asked for.
    only_names: bool,
}

/// What stands in the row of a person, the name apart.
const OF_THE_ROW: [&str; 12] = [
    "pronouns",
    "organisation",
    "role_title",
    "city",
    "country",
    "country_code",
    "time_zone",
    "languages",
    "do_not_contact",
    "building_now",
    "challenges",
    "notes",
];

type State = (Option<Stage>, Option<String>, String, Option<String>, i64);

/// One person, of whom is read what is asked for.
pub(super) struct Row<'c> {
    cells: &'c Cells<'c>,
    pub id: Id,
    person: OnceCell<Person>,
    state: OnceCell<State>,
    contacts: OnceCell<Vec<ContactPoint>>,
    tags: OnceCell<Vec<TagRow>>,
    fields: OnceCell<Vec<FieldValue>>,
    postal: OnceCell<Option<PostalAddress>>,
}

impl<'t> Cells<'t> {
    /// For these columns, by their keys.
    pub fn new(tx: &'t Tx<'t>, keys: &[String], given: HashMap<ContactKind, HashMap<Id, String>>) -> Result<Cells<'t>> {
        let (rules, zone) = (journey::config(tx)?, workspace::zone(tx)?);
        let only_names = !keys.iter().any(|key| OF_THE_ROW.contains(&key.as_str()));
        Ok(Cells { tx, given, rules, zone, organisations: RefCell::default(), only_names })
    }

    pub fn of(&self, id: Id) -> Row<'_> {
        Row {
            cells: self,
            id,
            person: OnceCell::new(),
            state: OnceCell::new(),
            contacts: OnceCell::new(),
            tags: OnceCell::new(),
            fields: OnceCell::new(),
            postal: OnceCell::new(),
        }
    }

    fn organisation(&self, id: Id) -> Result<String> {
        if let Some(name) = self.organisations.borrow().get(&id) {
            return Ok(name.clone());
        }
        let row = self.tx.find_one::<Organisation>("WHERE id = ?1 AND deleted_at IS NULL", [id])?;
        let name = row.map(|row| row.name).unwrap_or_default();
        self.organisations.borrow_mut().insert(id, name.clone());
        Ok(name)
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
    fn person(&self) -> Result<&Person> {
        once(&self.person, || self.cells.tx.get(self.id))
    }
    fn state(&self) -> Result<&State> {
        const STATE: &str =
            "SELECT stage, since, confidence, last_touch_on, added_at FROM person_state WHERE person = ?1";
        once(&self.state, || {
            let mut query = self.cells.tx.sql().prepare_cached(STATE)?;
            let state = query.query_row([self.id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)));
            state.optional()?.ok_or(Error::NotFound("person"))
        })
    }

    /// The cell of a column, by its key.
    ///
    /// # Errors
    /// `not_found` for somebody who is not there.
    pub fn cell(&self, key: &str) -> Result<String> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Ok(match key {
            "id" => self.id.to_string(),
            "name" if self.cells.only_names => {
                let name = "SELECT display_name FROM people WHERE id = ?1 AND deleted_at IS NULL";
                self.cells.tx.scalar(name, [self.id])?.ok_or(Error::NotFound("person"))?
            }
            "name" => self.person()?.display_name.clone(),
            "pronouns" => text(&self.person()?.pronouns),
            "organisation" => match self.person()?.organisation_id {
                Some(id) => self.cells.organisation(id)?,
                None => String::new(),
            },
            "role_title" => text(&self.person()?.role_title),
            "city" => text(&self.person()?.city),
            "country" => match self.person()?.country.as_deref() {
                Some(code) => countries::name_of(code).unwrap_or(code).to_owned(),
                None => String::new(),
            },
            "country_code" => {
                self.person()?.country.clone().filter(|c| countries::name_of(c).is_some()).unwrap_or_default()
            }
            "time_zone" => text(&self.person()?.time_zone),
            "languages" => text(&self.person()?.languages),
            "stage" => self.state()?.0.map_or(String::new(), |stage| self.cells.rules.1.names.at(stage).to_owned()),
            "stage_since" => text(&self.state()?.1),
            "confidence" => match self.state()? {
                (Some(_), _, confidence, ..) => confidence.clone(),
                _ => String::new(),
            },
            "last_touch" => text(&self.state()?.3),
            "do_not_contact" => if self.person()?.do_not_contact { "yes" } else { "" }.to_owned(),
            "stack" => self.tags(TagKind::Stack)?,
            "tags" => self.tags(TagKind::Topic)?,
            "building_now" => text(&self.person()?.building_now),
            "challenges" => text(&self.person()?.challenges),
            // As it stands on a parcel; its telephone number is for whoever brings one.
            "postal_address" => self.postal(PostalAddress::formatted)?,
            "postal_recipient" => self.postal(|address| address.recipient_name.clone())?,
            "postal_lines" => self.postal(|address| address.lines.clone())?,
            "postal_country_code" => self.postal(|address| address.country.clone())?,
            "postal_country" => {
                self.postal(|address| countries::name_of(&address.country).unwrap_or(&address.country).to_owned())?
            }
            "postal_phone" => self.postal(|address| address.phone.clone().unwrap_or_default())?,
            "notes" => text(&self.person()?.notes),
            "added" => crate::Now(self.state()?.4).day_in(self.cells.zone).to_string(),
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
        let contacts = once(&self.contacts, || contact_points::of(self.cells.tx, self.id))?;
        let usable = contacts.iter().find(|c| c.kind == kind && c.status == ContactStatus::Ok);
        Ok(usable.map(|c| c.value.clone()).unwrap_or_default())
    }

    fn tags(&self, kind: TagKind) -> Result<String> {
        let tags = once(&self.tags, || tags::of(self.cells.tx, self.id))?;
        Ok(join_names(tags.iter().filter(|tag| tag.kind == kind).map(|tag| tag.name.as_str())))
    }
}
