//! The entities of the file, read off the records: their names there, their fields, whom they name.
use super::LEFT_OUT;
use crate::{
    error::Result,
    record::{Column, Table, wire_name},
    store::Tx,
};

/// One array of the file.
pub(super) struct Entity {
    pub table: &'static Table,
    /// `contactPoints`.
    pub name: String,
    /// Every column of the record, in its order.
    pub fields: Vec<Field>,
}

pub(super) struct Field {
    pub column: &'static Column,
    /// `displayName`.
    pub name: String,
    /// As TypeScript writes it.
    pub of: String,
    /// It is not in the file, but follows from the others.
    pub derived: bool,
    /// The table whose row it names.
    pub names: Option<&'static str>,
}

impl Entity {
    /// Every entity, in the order in which the records are declared.
    pub fn all(tx: &Tx) -> Result<Vec<Entity>> {
        tx.store().tables().iter().map(|table| Entity::of(tx, table)).collect()
    }

    fn of(tx: &Tx, table: &'static Table) -> Result<Entity> {
        let mut named: Vec<(String, String)> = tx
            .sql()
            .prepare("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1)")?
            .query_map([table.name], |r| Ok((r.get(0)?, r.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        // What a record says it hangs on counts as well, also where the file does not insist on it.
        named.extend(table.parents.iter().map(|(column, parent)| ((*column).to_owned(), (*parent).to_owned())));
        let fields = table.shape.iter().map(|column| Field {
            column,
            name: wire_name(column.name),
            of: (column.on_the_wire)(),
            derived: left_out(table.name, column.name).is_some(),
            names: named
                .iter()
                .find(|(from, _)| from == column.name)
                .and_then(|(_, to)| tx.store().tables().iter().find(|table| table.name == to))
                .map(|table| table.name),
        });
        Ok(Entity { table, name: wire_name(table.name), fields: fields.collect() })
    }

    /// The columns that name other rows.
    pub fn references(&self) -> impl Iterator<Item = (usize, &Field, &'static str)> {
        self.fields.iter().enumerate().filter_map(|(n, field)| Some((n, field, field.names?)))
    }
}

impl Field {
    pub fn may_be_null(&self) -> bool {
        self.of.ends_with("| null")
    }
}

/// Why a column is not in the file, if it is not.
pub fn left_out(table: &str, column: &str) -> Option<&'static str> {
    let stands = |what: &str| match what.split_once('.') {
        None => what == table,
        Some((of, name)) => (of == "*" || of == table) && name == column,
    };
    LEFT_OUT.iter().find(|(what, _)| stands(what)).map(|(_, why)| *why)
}
