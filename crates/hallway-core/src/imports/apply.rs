//! A planned row, written.
use super::plan::{Outcome, Planned, country_text, custom_texts};
use crate::{
    contact_points::{self, ContactSource},
    error::Result,
    fields,
    id::Id,
    organisations,
    people::Person,
    store::Tx,
    tags::{self, TagKind},
    transfer::csv::ImportedPerson,
    workspace,
};
use chrono::NaiveDate;

/// What every row of one import has in common.
pub(super) struct Writing {
    source: ContactSource,
    file_name: String,
    today: NaiveDate,
}

impl Writing {
    pub fn new(tx: &Tx, source: ContactSource, file_name: String) -> Result<Writing> {
        Ok(Writing { source, file_name, today: workspace::today(tx)? })
    }

    pub fn apply(&self, tx: &mut Tx, planned: &Planned, overwrite: bool) -> Result<()> {
        match (planned.outcome, planned.person) {
            (Outcome::New, _) => {
                let mut person = Person::new(tx.new_id(), &planned.imported.name);
                fill(tx, &mut person, &planned.imported, false)?;
                tx.insert(&person)?;
                self.hang_on(tx, person.id, &planned.imported, false)
            }
            (Outcome::Update, Some(id)) => {
                let mut person: Person = tx.get(id)?;
                fill(tx, &mut person, &planned.imported, overwrite)?;
                tx.put(&person)?;
                self.hang_on(tx, id, &planned.imported, overwrite)
            }
            _ => Ok(()),
        }
    }

    /// What stands in tables of its own.
    fn hang_on(&self, tx: &mut Tx, person: Id, row: &ImportedPerson, overwrite: bool) -> Result<()> {
        let here = contact_points::of(tx, person)?;
        let mut kinds: Vec<_> = here.iter().map(|c| c.kind).collect();
        for (kind, value) in &row.contacts {
            let made = contact_points::made(
                tx,
                person,
                *kind,
                value,
                self.source,
                Some(self.file_name.clone()),
                !kinds.contains(kind),
                self.today,
            );
            if here.iter().any(|c| c.kind == *kind && c.value_norm == made.value_norm) {
                continue;
            }
            kinds.push(*kind);
            tx.insert(&made)?;
        }
        for (names, kind) in [(&row.tags, TagKind::Topic), (&row.stack, TagKind::Stack)] {
            for name in names {
                let tag = tags::named(tx, name, kind)?;
                tags::put_on(tx, person, tag)?;
            }
        }
        let custom = custom_texts(row);
        if !custom.is_empty() {
            let here = fields::of(tx, person)?;
            for (label, text) in custom {
                let field = fields::labelled(tx, &label)?;
                if overwrite || !here.iter().any(|v| v.field == field) {
                    fields::write(tx, person, field, &text)?;
                }
            }
        }
        Ok(())
    }
}

/// Fills blanks; writes over what differs only when told to.
fn fill(tx: &mut Tx, person: &mut Person, row: &ImportedPerson, overwrite: bool) -> Result<()> {
    let take = |slot: &mut Option<String>, text: Option<&String>| {
        if let Some(text) = text
            && (overwrite || slot.is_none())
        {
            *slot = Some(text.clone());
        }
    };
    take(&mut person.role_title, row.role_title.as_ref());
    take(&mut person.city, row.city.as_ref());
    take(&mut person.pronouns, row.pronouns.as_ref());
    take(&mut person.languages, row.languages.as_ref());
    take(&mut person.time_zone, row.time_zone.as_ref().filter(|z| z.parse::<chrono_tz::Tz>().is_ok()));
    take(&mut person.notes, row.notes.as_ref());
    take(&mut person.building_now, row.building_now.as_ref());
    take(&mut person.challenges, row.challenges.as_ref());
    take(&mut person.country, country_text(row).as_ref());
    if let Some(name) = &row.organisation
        && (overwrite || person.organisation_id.is_none())
    {
        person.organisation_id = organisations::spelled(tx, name)?;
    }
    Ok(())
}
