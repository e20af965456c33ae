//! What the index must answer: the same questions, asked of the file in SQL.
use crate::{
    error::Result,
    id::Id,
    normal::fold,
    people::{PeopleFilter, PeopleQuery, PeopleSort},
    store::Tx,
};
use chrono::{Days, NaiveDate};
use rusqlite::types::Value;

/// What is asked, apart: the index is asked it as filters, and SQL in its own words.
#[derive(Debug, Clone, Default)]
pub struct Question {
    pub words: &'static str,
    pub stages: Vec<&'static str>,
    /// Each by its kind and its name.
    pub tags: Vec<(&'static str, &'static str)>,
    /// As it is written after `last:`.
    pub last: Option<&'static str>,
    pub sort: PeopleSort,
    pub descending: bool,
}

impl Question {
    pub fn query(&self) -> PeopleQuery {
        let stages = (!self.stages.is_empty()).then(|| format!("stage:{}", self.stages.join(",")));
        let tags = self.tags.iter().map(|(kind, name)| format!("{kind}:{name}"));
        let last = self.last.map(|last| format!("last:{last}"));
        let also = stages.into_iter().chain(tags).chain(last).collect();
        let filter = PeopleFilter { text: self.words.to_owned(), also, forgiving: false };
        PeopleQuery { filter, sort: self.sort, descending: self.descending }
    }
}

pub fn ids(tx: &Tx, query: &Question, today: NaiveDate) -> Result<Vec<Id>> {
    let (sql, params) = compile(query, today);
    tx.column(&sql, rusqlite::params_from_iter(params))
}

pub fn picks(tx: &Tx, text: &str, limit: usize) -> Result<Vec<Id>> {
    let needle = fold(text);
    let mut wheres = vec!["?1 <> ''".to_owned()];
    wheres.extend((0..needle.split_whitespace().count()).map(|n| format!("instr(search, ?{}) > 0", n + 2)));
    let params = std::iter::once(needle.as_str()).chain(needle.split_whitespace());
    tx.column(
        &format!(
            "SELECT person FROM person_state WHERE {} ORDER BY instr(sort_name, ?1) = 1 DESC, instr(sort_name, ?1) > 0 DESC,
               last_touch_on DESC, sort_name, person LIMIT {limit}",
            wheres.join(" AND ")
        ),
        rusqlite::params_from_iter(params),
    )
}

fn compile(query: &Question, today: NaiveDate) -> (String, Vec<Value>) {
    let mut wheres: Vec<String> = Vec::new();
    let mut params: Vec<Value> = Vec::new();
    for word in fold(query.words).split_whitespace() {
        params.push(Value::Text(word.to_owned()));
        wheres.push(format!("instr(search, ?{}) > 0", params.len()));
    }
    if !query.stages.is_empty() {
        let stages: Vec<String> = query.stages.iter().map(|stage| format!("'{stage}'")).collect();
        wheres.push(format!("coalesce(stage, 'none') IN ({})", stages.join(", ")));
    }
    for (kind, name) in &query.tags {
        params.push(Value::Text(fold(name)));
        wheres.push(format!(
            "EXISTS (SELECT 1 FROM person_tags pt JOIN people p ON p.id = pt.person_id JOIN tags t ON t.id = pt.tag_id
               WHERE p.root = person AND p.deleted_at IS NULL AND t.deleted_at IS NULL AND t.kind = '{kind}' AND t.name_norm = ?{})",
            params.len()
        ));
    }
    let mut since = |days: &str, sign: &str| {
        let days = days.trim_end_matches('d').parse().expect("days");
        let day = today.checked_sub_days(Days::new(days)).unwrap_or(today);
        params.push(Value::Text(day.to_string()));
        wheres.push(format!("last_touch_on {sign} ?{}", params.len()));
    };
    match query.last {
        None => {}
        Some("never") => wheres.push("last_touch_on IS NULL".into()),
        Some(last) => match last.strip_prefix('>') {
            Some(days) => since(days, "<"),
            None => since(last, ">="),
        },
    }
    let way = if query.descending { "DESC" } else { "ASC" };
    // Ties are broken by name, and by the id at last, so that a list never reorders itself.
    let order = match query.sort {
        PeopleSort::Name => format!("sort_name {way}, person"),
        PeopleSort::Organisation => format!("sort_organisation IS NULL, sort_organisation {way}, sort_name, person"),
        PeopleSort::Stage => format!("stage_rank {way}, sort_name, person"),
        PeopleSort::Country => format!("country IS NULL, country {way}, sort_name, person"),
        PeopleSort::LastTouch => format!("last_touch_on IS NULL, last_touch_on {way}, sort_name, person"),
        PeopleSort::Next => "sort_name, person".into(),
        PeopleSort::Added => format!("added_at {way}, person {way}"),
    };
    let condition = if wheres.is_empty() { String::new() } else { format!("WHERE {}", wheres.join(" AND ")) };
    (format!("SELECT person FROM person_state {condition} ORDER BY {order}"), params)
}

pub fn people(tx: &Tx) -> Result<usize> {
    Ok(tx.scalar::<u32>("SELECT count(*) FROM people WHERE deleted_at IS NULL AND root = id", [])?.unwrap_or(0)
        as usize)
}

/// Every tag there is or was, with how many living people carry it.
pub fn carriers(tx: &Tx) -> Result<Vec<(Id, u32)>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT t.id, (SELECT count(DISTINCT r.id) FROM person_tags pt JOIN people p ON p.id = pt.person_id JOIN people r ON r.id = p.root
                       WHERE pt.tag_id = t.id AND p.deleted_at IS NULL AND r.deleted_at IS NULL) FROM tags t",
    )?;
    Ok(query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// Every folded name of an organisation there is or was, with how many people are at it.
pub fn organisations(tx: &Tx) -> Result<Vec<(String, u32)>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT DISTINCT o.name_norm, (SELECT count(*) FROM person_state s WHERE s.sort_organisation = o.name_norm)
         FROM organisations o",
    )?;
    Ok(query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}
