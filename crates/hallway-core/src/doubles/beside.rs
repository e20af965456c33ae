//! People side by side: what each says, and what would be shown once they are one. Writes nothing.
use super::{by_age, fill};
use crate::{
    contact_points, countries,
    error::{Result, invalid},
    fields,
    id::Id,
    imports,
    journey::{self, engine::Stage},
    normal::{ContactKind, fold},
    people::{self, Person, PersonIds},
    store::Tx,
    tags, touchpoints, workspace,
};
use serde::Serialize;
use ts_rs::TS;

/// As many as fit side by side.
const SIDES: usize = 5;

/// People side by side, the one who would stand for all of them first.
#[derive(Debug, Serialize, TS)]
pub struct Beside {
    pub sides: Vec<Side>,
    /// What any of them says, in the order of a person's page.
    pub rows: Vec<BesideRow>,
    /// The stage they would be at, over what all of them did.
    pub stage: Option<Stage>,
    pub touchpoints: u32,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Side {
    pub id: Id,
    pub name: String,
    pub stage: Option<Stage>,
    pub touchpoints: u32,
    pub last_touch_on: Option<String>,
    /// Instant, ms UTC.
    #[ts(type = "number")]
    pub added_at: i64,
    pub came_from: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct BesideRow {
    pub label: String,
    /// Side by side; empty where one says nothing.
    pub sides: Vec<Vec<String>>,
    /// What would be shown.
    pub whole: Vec<String>,
    /// They say different things, and only one of them would be shown.
    pub differs: bool,
    /// More than one of them says this: what makes them look like one.
    pub shared: Vec<String>,
}

/// # Errors
/// `invalid` under `ids` for fewer than two different people, or more than five.
pub fn beside(tx: &Tx, input: PersonIds) -> Result<Beside> {
    let ids = by_age(tx, &people::roots(tx, &input.ids)?)?;
    if ids.len() < 2 {
        return invalid("ids", "Choose at least two people. These are one already.");
    }
    if ids.len() > SIDES {
        return invalid("ids", format!("At most {SIDES} people fit side by side. Choose fewer."));
    }
    let people: Vec<Person> = ids.iter().map(|id| tx.get(*id)).collect::<Result<_>>()?;
    let mut whole = people[0].clone();
    for person in &people[1..] {
        fill::blanks(&mut whole, person);
    }
    let today = workspace::today(tx)?;
    let together = journey::together(tx, &ids, today)?;
    Ok(Beside {
        sides: people.iter().map(|person| side(tx, person)).collect::<Result<_>>()?,
        rows: rows(tx, &people, &whole)?,
        stage: together.stage,
        touchpoints: touchpoints::count_of_all(tx, &ids)?,
    })
}

fn side(tx: &Tx, person: &Person) -> Result<Side> {
    let pick = people::pick(tx, person.id)?;
    Ok(Side {
        id: person.id,
        name: person.display_name.clone(),
        stage: pick.as_ref().and_then(|pick| pick.stage),
        touchpoints: touchpoints::count(tx, person.id)?,
        last_touch_on: pick.and_then(|pick| pick.last_touch_on),
        added_at: tx.scalar("SELECT created_at FROM people WHERE id = ?1", [person.id])?.unwrap_or_default(),
        came_from: imports::brought(tx, person.id)?,
    })
}

fn rows(tx: &Tx, people: &[Person], whole: &Person) -> Result<Vec<BesideRow>> {
    let mut rows = Vec::new();
    let mut one = |label: &str, say: &dyn Fn(&Person) -> Result<Option<String>>| -> Result<()> {
        let sides = people.iter().map(|p| Ok(say(p)?.into_iter().collect())).collect::<Result<Vec<Vec<String>>>>()?;
        let mut row = BesideRow::new(label, sides, say(whole)?.into_iter().collect());
        row.differs = row.sides.iter().flatten().any(|text| !row.whole.iter().any(|shown| fold(shown) == fold(text)));
        rows.push(row);
        Ok(())
    };
    one("Name", &|p| Ok(Some(p.display_name.clone())))?;
    one("Pronouns", &|p| Ok(p.pronouns.clone()))?;
    one("Organisation", &|p| {
        p.organisation_id.map_or(Ok(None), |id| {
            tx.scalar("SELECT name FROM organisations WHERE id = ?1 AND deleted_at IS NULL", [id])
        })
    })?;
    one("Role", &|p| Ok(p.role_title.clone()))?;
    one("City", &|p| Ok(p.city.clone()))?;
    one("Country", &|p| Ok(p.country.as_deref().map(|c| countries::name_of(c).unwrap_or(c).to_owned())))?;
    one("Time zone", &|p| Ok(p.time_zone.clone()))?;
    one("Languages", &|p| Ok(p.languages.clone()))?;
    one("Building now", &|p| Ok(p.building_now.clone()))?;
    one("Stuck on", &|p| Ok(p.challenges.clone()))?;
    one("Notes", &|p| Ok(p.notes.clone()))?;
    one("Do not contact", &|p| {
        Ok(p.do_not_contact.then(|| p.do_not_contact_reason.clone().unwrap_or_else(|| "yes".into())))
    })?;
    one("Teammate", &|p| Ok(p.teammate.then(|| "yes".into())))?;

    let contacts = people.iter().map(|p| contact_points::of(tx, p.id)).collect::<Result<Vec<_>>>()?;
    for kind in ContactKind::ALL {
        let sides = contacts.iter().map(|of| of.iter().filter(|c| c.kind == kind).map(|c| c.value.clone()).collect());
        rows.push(BesideRow::union(kind.label(), sides.collect()));
    }
    let tags = people
        .iter()
        .map(|p| Ok(tags::of(tx, p.id)?.into_iter().map(|tag| tag.name).collect()))
        .collect::<Result<Vec<Vec<String>>>>()?;
    rows.push(BesideRow::union("Tags", tags));
    let values = people.iter().map(|p| fields::of(tx, p.id)).collect::<Result<Vec<_>>>()?;
    for field in fields::list(tx, crate::rpc::Empty {})? {
        let sides: Vec<Vec<String>> = values
            .iter()
            .map(|of| of.iter().filter(|v| v.field == field.id).map(|v| v.value.clone()).collect())
            .collect();
        let shown: Vec<String> = sides.iter().flatten().take(1).cloned().collect();
        let mut row = BesideRow::new(&field.label, sides, shown);
        row.differs = row.sides.iter().flatten().any(|text| Some(text) != row.whole.first());
        rows.push(row);
    }
    rows.retain(|row| row.sides.iter().any(|side| !side.is_empty()));
    Ok(rows)
}

impl BesideRow {
    fn new(label: &str, sides: Vec<Vec<String>>, whole: Vec<String>) -> BesideRow {
        let said_by = |text: &str| sides.iter().filter(|side| side.iter().any(|t| fold(t) == fold(text))).count();
        let mut shared: Vec<String> = sides.iter().flatten().filter(|text| said_by(text) > 1).cloned().collect();
        shared.sort_unstable();
        shared.dedup();
        BesideRow { label: label.to_owned(), sides, whole, differs: false, shared }
    }

    /// Of which all is kept.
    fn union(label: &str, sides: Vec<Vec<String>>) -> BesideRow {
        let mut whole: Vec<String> = Vec::new();
        for text in sides.iter().flatten() {
            if !whole.iter().any(|known| fold(known) == fold(text)) {
                whole.push(text.clone());
            }
        }
        BesideRow::new(label, sides, whole)
    }
}
