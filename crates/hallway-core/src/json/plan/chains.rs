//! What is decided once a whole list was seen: rows that name each other, and what happened with nobody.
use super::{HAS_PEOPLE, LIVING, LONGEST_CHAIN, Planner};
use crate::{
    error::Result,
    id::Id,
    json::{arriving::Unfit, entities::Entity},
    record::Record,
    touchpoints::Touchpoint,
};

impl Planner<'_> {
    /// Rows that name another of their own entity: that one must be here or in the file, and none may lead back to itself.
    pub(super) fn settle_chains(&mut self, entities: &[Entity], n: usize) -> Result<()> {
        let entity = &entities[n];
        let ends: Vec<(Id, Id)> = self
            .plan
            .scratch
            .prepare(
                "SELECT id, onto FROM chained c WHERE entity = ?1
                   AND NOT EXISTS (SELECT 1 FROM chained o WHERE o.entity = c.entity AND o.id = c.onto)",
            )?
            .query_map([n as i64], |r| Ok((r.get(0)?, r.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let mut next = Vec::new();
        for (id, onto) in ends {
            if self.plan.known(n, onto)?.is_some() || self.is_here(entities, n, onto)? {
                next.push(id);
            }
        }
        for depth in 1..=LONGEST_CHAIN {
            let mut further = Vec::new();
            for id in next {
                let mut mark = self
                    .plan
                    .scratch
                    .prepare_cached("UPDATE chained SET depth = ?3 WHERE entity = ?1 AND id = ?2 AND depth IS NULL")?;
                if mark.execute((n as i64, id, depth))? > 0 {
                    let mut behind =
                        self.plan.scratch.prepare_cached("SELECT id FROM chained WHERE entity = ?1 AND onto = ?2")?;
                    let behind = behind.query_map((n as i64, id), |r| r.get(0))?;
                    further.extend(behind.collect::<rusqlite::Result<Vec<Id>>>()?);
                }
            }
            if further.is_empty() {
                break;
            }
            next = further;
        }
        let lost: Vec<(Id, i64, i64)> = self
            .plan
            .scratch
            .prepare("SELECT id, row, line FROM chained WHERE entity = ?1 AND depth IS NULL ORDER BY row")?
            .query_map([n as i64], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (id, row, line) in lost {
            let field = entity.references().find(|(_, _, parent)| *parent == entity.table.name);
            let reason = format!(
                "The {} it names is neither in the file nor here, or leads back to this one. Correct the id.",
                entity.table.noun
            );
            let unfit = Unfit { field: field.map(|(_, field, _)| field.name.clone()), reason };
            self.withdraw(entities, n, id, row as u64, line as u64, &unfit)?;
        }
        self.plan.scratch.execute("DELETE FROM chained WHERE entity = ?1 AND depth IS NULL", [n as i64])?;
        Ok(())
    }

    /// I02: what happened, happened with somebody.
    pub(super) fn refuse_deserted(&mut self, entities: &[Entity]) -> Result<()> {
        let Some(n) = entities.iter().position(|entity| entity.table.name == Touchpoint::TABLE.name) else {
            return Ok(());
        };
        let deserted: Vec<(Id, i64)> = self
            .plan
            .scratch
            .prepare("SELECT id, row FROM known WHERE entity = ?1 AND marks & ?2 <> 0 AND marks & ?3 = 0 ORDER BY row")?
            .query_map((n as i64, LIVING, HAS_PEOPLE), |r| Ok((r.get(0)?, r.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (id, row) in deserted {
            let somebody = self
                .tx
                .scalar::<bool>("SELECT EXISTS (SELECT 1 FROM touchpoint_people WHERE touchpoint_id = ?1)", [id])?;
            if somebody != Some(true) {
                let unfit = Unfit {
                    field: None,
                    reason: "Nobody was there. Say in touchpointPeople who it was with.".to_owned(),
                };
                self.withdraw(entities, n, id, row as u64, 0, &unfit)?;
            }
        }
        Ok(())
    }

    /// Refuses a row that had been taken, because of what became of others.
    fn withdraw(&mut self, entities: &[Entity], n: usize, id: Id, row: u64, line: u64, why: &Unfit) -> Result<()> {
        self.plan.scratch.execute("DELETE FROM known WHERE entity = ?1 AND id = ?2", (n as i64, id))?;
        let counts = &mut self.plan.counts[n];
        match self.tx.stands(entities[n].table, id)? {
            None => counts.new = counts.new.saturating_sub(1),
            // Whether it was the same or not, it stays as it is.
            Some(_) if counts.differs > 0 => counts.differs -= 1,
            Some(_) => counts.same = counts.same.saturating_sub(1),
        }
        self.refuse(entities, n, row, line, why)
    }
}
