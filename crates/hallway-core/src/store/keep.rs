//! What stays although the operation that made it is taken back: people to whom something was added since, and words
//! that others use.
use super::{Settled, Tx};
use crate::{
    error::Result,
    id::Id,
    record::{Concerns, Life, Table},
};

impl Tx<'_> {
    /// People and lists whose making was taken back earlier and which were kept by what this operation did: it may be over, or begin again.
    pub(super) fn settle_held(&mut self, tables: &[Table], operation: i64, settled: &mut Settled) -> Result<()> {
        let concerned = self.take_concerned();
        for table in tables.iter().filter(|t| t.life == Life::Held) {
            let mut stands = self.sql().prepare_cached(&format!(
                "SELECT 1 FROM {} t JOIN operations o ON o.id = t.created_op WHERE t.id = ?1 AND t.created_op <> ?2 AND o.undone_at IS NOT NULL",
                table.name
            ))?;
            // What is about nobody, such as a list, is not among those who are concerned.
            let of_nobody: Vec<Id> = if matches!(table.concerns, Concerns::Nobody) {
                self.column(
                    &format!(
                        "SELECT t.id FROM operations o JOIN {} t ON t.created_op = o.id WHERE o.undone_at IS NOT NULL",
                        table.name
                    ),
                    [],
                )?
            } else {
                vec![]
            };
            for id in concerned.iter().chain(&of_nobody) {
                if stands.exists((id, operation))? {
                    self.settle_row(table, *id, None, settled)?;
                }
            }
        }
        for person in concerned {
            self.concern(person);
        }
        Ok(())
    }

    /// Words whose making is taken back: alive while anything living refers to them.
    pub(super) fn settle_shared(&mut self, table: &Table) -> Result<()> {
        let name = table.name;
        let referred = self.referred_sql(table);
        let orphaned = format!(
            "{name}.rid IN (SELECT t.rid FROM operations o JOIN {name} t ON t.created_op = o.id WHERE o.undone_at IS NOT NULL)"
        );
        let gone = self.sql().execute(
            &format!("UPDATE {name} SET deleted_at = ?1, deleted_op = created_op, updated_at = ?1 WHERE deleted_at IS NULL AND {orphaned} AND NOT ({referred})"),
            [self.now.0],
        )?;
        let back = self.sql().execute(
            &format!("UPDATE {name} SET deleted_at = NULL, deleted_op = NULL, updated_at = ?1 WHERE deleted_op = created_op AND {orphaned} AND ({referred})"),
            [self.now.0],
        )?;
        if gone + back > 0 {
            self.mark_changed(name);
        }
        Ok(())
    }

    /// True of a row that a living row names, or that somebody has changed since.
    fn referred_sql(&self, table: &Table) -> String {
        let name = table.name;
        let mut clauses = vec![format!(
            "EXISTS (SELECT 1 FROM changes c JOIN operations o ON o.id = c.operation
              WHERE c.row_id = {name}.id AND c.tbl = '{name}' AND c.operation <> {name}.created_op AND o.undone_at IS NULL)"
        )];
        for child in self.store().tables() {
            for (column, _) in child.parents.iter().filter(|(_, parent)| *parent == name) {
                let alive = if child.trashes() {
                    " AND k.deleted_at IS NULL".to_owned()
                } else {
                    let others = child.parents.iter().filter(|(_, parent)| *parent != name);
                    others
                        .map(|(column, parent)| {
                            format!(" AND EXISTS (SELECT 1 FROM {parent} p WHERE p.id = k.{column} AND p.deleted_at IS NULL)")
                        })
                        .collect()
                };
                clauses.push(format!("EXISTS (SELECT 1 FROM {} k WHERE k.{column} = {name}.id{alive})", child.name));
            }
        }
        clauses.join(" OR ")
    }

    /// True of a row to which a standing operation, other than the one that made it, added something.
    pub(super) fn held_sql(&self, table: &Table) -> String {
        let name = table.name;
        let mut clauses = vec![format!(
            "EXISTS (SELECT 1 FROM changes c JOIN operations o ON o.id = c.operation
              WHERE c.row_id = {name}.id AND c.tbl = '{name}' AND c.operation <> {name}.created_op AND o.undone_at IS NULL
                AND json_type(c.new, '$.deleted_at') IS NULL)"
        )];
        for child in self.store().tables() {
            let columns: Vec<&str> = child.parents.iter().filter(|p| p.1 == name).map(|p| p.0).collect();
            if child.name == name {
                // Whoever was made one with it would lose whom they are a part of.
                clauses.extend(columns.iter().map(|column| {
                    format!("EXISTS (SELECT 1 FROM {name} k WHERE k.{column} = {name}.id AND k.deleted_at IS NULL)")
                }));
                continue;
            }
            if columns.len() > 1 {
                // What is said of two of them adds nothing to either.
                continue;
            }
            for column in columns {
                let alive = if child.trashes() { "AND k.deleted_at IS NULL" } else { "" };
                clauses.push(format!(
                    "EXISTS (SELECT 1 FROM {} k JOIN operations o ON o.id = k.created_op
                      WHERE k.{column} = {name}.id AND k.created_op <> {name}.created_op AND o.undone_at IS NULL {alive})",
                    child.name
                ));
            }
        }
        clauses.join(" OR ")
    }
}
