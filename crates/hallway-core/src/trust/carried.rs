//! The suppression list of one state of a file, written into another: a backup, or one that takes the place of the file.
use super::suppressions::{Suppression, SuppressionKey};
use crate::{error::Result, record::Record, store::Tx};

/// The whole list, with the keys it is hashed by.
pub(super) struct Everything {
    keys: Vec<SuppressionKey>,
    rows: Vec<Suppression>,
}

impl Everything {
    pub fn of(tx: &Tx) -> Result<Everything> {
        Ok(Everything { keys: tx.find("ORDER BY rid", [])?, rows: tx.find("ORDER BY rid", [])? })
    }

    /// Writes it into another state of the same file: a backup that stays one, whose history says nothing of it; or one that
    /// takes the place of the file, which `remembers` what was written over.
    pub fn carry(&self, tx: &mut Tx, remembers: bool) -> Result<()> {
        for key in &self.keys {
            if tx.find_one::<SuppressionKey>("WHERE id = ?1", [key.id])?.is_none() {
                carry(tx, key)?;
            }
        }
        for row in &self.rows {
            match tx.find_one::<Suppression>("WHERE id = ?1", [row.id])? {
                None => carry(tx, row)?,
                Some(there) => {
                    let newer = row.newer_of(&there);
                    if remembers {
                        tx.put(&newer)?;
                        continue;
                    }
                    tx.sql()
                        .prepare_cached(
                            "UPDATE suppressions SET reason = ?2, on_day = ?3, lifted_on = ?4 WHERE id = ?1",
                        )?
                        .execute((newer.id, newer.reason, &newer.on_day, &newer.lifted_on))?;
                }
            }
        }
        tx.mark_changed("suppressions");
        tx.forget_cached();
        Ok(())
    }
}

fn carry<R: Record>(tx: &mut Tx, row: &R) -> Result<()> {
    let made = match tx.scalar::<Option<i64>>("SELECT max(id) FROM operations", [])?.flatten() {
        Some(made) => made,
        None => tx.operation()?,
    };
    let mut params = row.params();
    params.push(&made);
    let marks: Vec<String> = (1..=params.len()).map(|n| format!("?{n}")).collect();
    let sql =
        format!("INSERT INTO {} ({}, created_op) VALUES ({})", R::TABLE.name, R::TABLE.column_list(), marks.join(", "));
    tx.sql().prepare_cached(&sql)?.execute(params.as_slice())?;
    Ok(())
}
