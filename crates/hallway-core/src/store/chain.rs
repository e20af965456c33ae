//! Rows that say they are the same as another row of their table, and the row at the end of such a chain.
use super::Tx;
use crate::{
    error::Result,
    id::Id,
    record::{Concerns, Table},
};

impl Tx<'_> {
    /// The row that this one says it is the same as.
    pub(super) fn chained_to(&self, table: &Table, id: Id) -> Result<Option<Id>> {
        let Some(column) = table.chain() else { return Ok(None) };
        let to = self.scalar::<Option<Id>>(&format!("SELECT {column} FROM {} WHERE id = ?1", table.name), [id])?;
        Ok(to.flatten())
    }

    /// Keeps `root` true of a row, and of all that are chained to it, after its word on that was written: by a verb, by
    /// undo, or by anything else, since all of them write columns through one function.
    pub(super) fn follow_chain(&mut self, table: &Table, id: Id) -> Result<()> {
        let Some(column) = table.chain() else { return Ok(()) };
        let name = table.name;
        let root = self.end_of_chain(table, id)?;
        let known: Option<Option<Id>> = self.scalar(&format!("SELECT root FROM {name} WHERE id = ?1"), [id])?;
        if known == Some(Some(root)) {
            return Ok(());
        }
        let chained = format!(
            "WITH RECURSIVE part (id) AS (VALUES (?1) UNION SELECT t.id FROM {name} t JOIN part ON t.{column} = part.id)"
        );
        if matches!(table.concerns, Concerns::Itself) {
            // Whom they were a part of until now, and whom they are a part of from now on.
            let before: Vec<Id> = self.column(
                &format!("{chained} SELECT DISTINCT root FROM {name} WHERE id IN part AND root IS NOT NULL"),
                [id],
            )?;
            for person in before.into_iter().chain([root]) {
                self.concern(person);
            }
        }
        self.sql()
            .prepare_cached(&format!("{chained} UPDATE {name} SET root = ?2 WHERE id IN part"))?
            .execute((id, root))?;
        Ok(())
    }

    fn end_of_chain(&self, table: &Table, id: Id) -> Result<Id> {
        let (mut end, mut seen) = (id, vec![id]);
        while let Some(next) = self.chained_to(table, end)? {
            if let Some(begin) = seen.iter().position(|known| *known == next) {
                // Nothing here makes a circle. If one is brought in, one of it stands for it, and nobody is lost.
                return Ok(seen[begin..].iter().copied().min().unwrap_or(id));
            }
            seen.push(next);
            end = next;
        }
        Ok(end)
    }
}
