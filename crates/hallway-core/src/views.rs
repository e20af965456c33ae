//! What somebody wants to see again: a filter, in an order, in a shape, under a name.
#[cfg(test)]
mod tests;

use crate::{
    error::{Result, invalid},
    id::Id,
    lists::{self, Found, name},
    people::PeopleSort,
    record::{AsJson, Check},
    rpc::Empty,
    store::{Subject, Tx},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

words! {
    /// The shape in which people are shown.
    pub enum ViewLayout {
        /// Row by row.
        List = "list",
        /// A column for each stage.
        Board = "board",
        /// Row by row, under a heading for each value of what they are sorted by.
        Grouped = "grouped",
    }
}

record! {
    /// A view of people that was kept: whom, in which order, in which shape.
    pub struct ViewRow in "views" as "view", Trash, concerns Nobody, hangs on [] {
        /// The view's own id.
        pub id: Id,
        /// As it stands in the sidebar.
        pub name: String,
        /// Whom it shows, in the language of filters; empty is everybody.
        pub filter: String,
        /// What they are sorted by.
        pub sort: PeopleSort,
        /// The other way round.
        pub descending: bool,
        /// The shape.
        pub layout: ViewLayout,
        /// Keys of the columns, in their order; empty is the usual ones.
        pub columns: AsJson<Vec<String>>,
        /// Its place among the views, rising from the top.
        pub position: i64,
    }
}
impl Check for ViewRow {
    fn check(&self) -> Result<()> {
        name::check(&self.name, "A view")?;
        if self.columns.0.len() > 100 {
            return invalid("columns", "A view may show at most 100 columns.");
        }
        Ok(())
    }
}

/// A view as the sidebar shows it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct View {
    pub id: Id,
    pub name: String,
    pub filter: String,
    pub sort: PeopleSort,
    pub descending: bool,
    pub layout: ViewLayout,
    pub columns: Vec<String>,
    /// How many people it shows; none when its filter cannot be read.
    pub count: Option<u32>,
    /// Why its filter cannot be read, and what to do.
    pub problem: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct SaveView {
    pub name: String,
    pub filter: String,
    pub sort: PeopleSort,
    pub descending: bool,
    pub layout: ViewLayout,
    /// Missing is the usual ones.
    pub columns: Option<Vec<String>>,
}

/// Only what is present changes.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(optional_fields)]
pub struct EditView {
    pub id: Id,
    pub name: Option<String>,
    pub filter: Option<String>,
    pub sort: Option<PeopleSort>,
    pub descending: Option<bool>,
    pub layout: Option<ViewLayout>,
    pub columns: Option<Vec<String>>,
    /// Its place among the views, from 0; the others move along.
    pub position: Option<u32>,
}

#[derive(Debug, Deserialize, TS)]
pub struct ViewId {
    pub id: Id,
}

/// Every view in its place, with how many people it shows now.
pub fn list(tx: &Tx, _: Empty) -> Result<Vec<View>> {
    let counts = lists::counts(tx)?;
    let shown = |row: ViewRow| {
        let Found { count, problem } = counts.get(&row.filter).cloned().unwrap_or_default();
        View {
            id: row.id,
            name: row.name,
            filter: row.filter,
            sort: row.sort,
            descending: row.descending,
            layout: row.layout,
            columns: row.columns.0,
            count,
            problem,
        }
    };
    Ok(rows(tx)?.into_iter().map(shown).collect())
}

/// Keeps a view, after the others.
///
/// # Errors
/// `invalid` under `name` when there is one of that name, under `filter` for a filter that cannot be read.
pub fn save(tx: &mut Tx, input: SaveView) -> Result<ViewRow> {
    let rows = rows(tx)?;
    let mut row = ViewRow {
        id: tx.new_id(),
        name: input.name.trim().to_owned(),
        filter: String::new(),
        sort: input.sort,
        descending: input.descending,
        layout: input.layout,
        columns: AsJson(input.columns.unwrap_or_default()),
        position: rows.last().map_or(0, |last| last.position + 1),
    };
    unlike(&rows, &row)?;
    row.filter = crate::filter::kept(tx, &input.filter)?;
    tx.insert(&row)?;
    tx.about(Subject::Row("views", row.id), None, None)?;
    Ok(row)
}

/// Changes what a view shows, how it is called or where it stands.
///
/// # Errors
/// As [`save`].
pub fn edit(tx: &mut Tx, input: EditView) -> Result<ViewRow> {
    let mut row: ViewRow = tx.get(input.id)?;
    if let Some(name) = input.name {
        row.name = name.trim().to_owned();
        unlike(&rows(tx)?, &row)?;
    }
    if let Some(filter) = input.filter {
        row.filter = crate::filter::kept(tx, &filter)?;
    }
    row.sort = input.sort.unwrap_or(row.sort);
    row.descending = input.descending.unwrap_or(row.descending);
    row.layout = input.layout.unwrap_or(row.layout);
    if let Some(columns) = input.columns {
        row.columns = AsJson(columns);
    }
    tx.put(&row)?;
    if let Some(position) = input.position {
        let mut rows = rows(tx)?;
        rows.retain(|other| other.id != row.id);
        rows.insert((position as usize).min(rows.len()), row.clone());
        for (position, mut other) in (0..).zip(rows) {
            other.position = position;
            tx.put(&other)?;
        }
    }
    tx.about(Subject::Row("views", row.id), None, None)?;
    Ok(row)
}

pub fn trash(tx: &mut Tx, input: ViewId) -> Result<Empty> {
    tx.trash::<ViewRow>(input.id)?;
    tx.about(Subject::Row("views", input.id), None, None)?;
    Ok(Empty {})
}

fn rows(tx: &Tx) -> Result<Vec<ViewRow>> {
    tx.find("WHERE deleted_at IS NULL ORDER BY position, rid", [])
}

/// Two of one name could not be told apart in the sidebar.
fn unlike(rows: &[ViewRow], row: &ViewRow) -> Result<()> {
    let others = rows.iter().filter(|other| other.id != row.id);
    name::unlike(&row.name, others.map(|other| other.name.as_str()), "a view")
}
