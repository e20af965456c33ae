//! A row that is here and says something else than the file.
use super::Planner;
use crate::{
    error::Result,
    id::Id,
    imports::Differing,
    json::entities::Entity,
    record::{Stored, from_json, to_json, value_of},
    store::Standing,
};
use rusqlite::types::Value;

impl Planner<'_> {
    /// Whom or what a row that is here is about.
    pub(super) fn name_of(&self, entity: &Entity, here: &Standing) -> Result<String> {
        let text = |column: &str| {
            let n = entity.table.columns.iter().position(|name| *name == column)?;
            match &here.values[n] {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            }
        };
        if let Some(name) = ["display_name", "name", "label", "value", "raw", "key"].into_iter().find_map(text) {
            return Ok(name);
        }
        let person = entity.table.columns.iter().position(|name| *name == "person_id");
        if let Some(Value::Blob(id)) = person.map(|n| &here.values[n])
            && let Some(name) =
                self.tx.scalar::<String>("SELECT display_name FROM people WHERE id = ?1", [id.as_slice()])?
        {
            return Ok(name);
        }
        Ok(entity.table.noun.to_owned())
    }
}

/// What the file says otherwise than what is here.
pub(in crate::json) fn differences(
    entity: &Entity,
    row: &dyn Stored,
    here: &Standing,
    deleted: Option<i64>,
) -> Result<Vec<Differing>> {
    let mut differs = Vec::new();
    for (n, field) in entity.fields.iter().enumerate().skip(1).filter(|(_, field)| !field.derived) {
        let theirs = value_of(row.params()[n])?;
        // Both as the history would keep them: two spellings of one real number are one.
        if theirs != here.values[n] && from_json(&to_json(&theirs)) != here.values[n] {
            differs.push(Differing { field: field.name.clone(), have: words(&here.values[n]), file: words(&theirs) });
        }
    }
    if entity.table.trashes() && here.deleted_at.is_some() != deleted.is_some() {
        let word = |gone: bool| if gone { "in the trash" } else { "not in the trash" }.to_owned();
        differs.push(Differing {
            field: "deletedAt".to_owned(),
            have: word(here.deleted_at.is_some()),
            file: word(deleted.is_some()),
        });
    }
    Ok(differs)
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(n) => n.to_string(),
        Value::Real(x) => x.to_string(),
        Value::Text(text) => {
            let short: String = text.chars().take(200).collect();
            if short.len() < text.len() { short + "…" } else { short }
        }
        Value::Blob(id) => id.as_slice().try_into().map_or_else(|_| "an id".to_owned(), |id| Id(id).to_string()),
    }
}
