//! Who was at a touchpoint, person by person. Two rows that turned out to be one person are one part in it: what the
//! strongest of them says.
use super::{TouchpointPerson, part};
use crate::{
    error::Result,
    id::Id,
    journey::engine::{ObservedBy, Role, Stage},
    people,
    store::Tx,
};
use std::collections::BTreeMap;

/// What a sentence calls something that happened: "what happened with Priya Nair".
pub(crate) fn whom(tx: &Tx, touchpoint: Id) -> Result<Option<String>> {
    tx.scalar(
        "SELECT 'what happened with ' || r.display_name FROM touchpoint_people t JOIN people p ON p.id = t.person_id
           JOIN people r ON r.id = p.root WHERE t.touchpoint_id = ?1 ORDER BY t.rid LIMIT 1",
        [touchpoint],
    )
}

/// What somebody did at a touchpoint, and what that shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Part {
    pub role: Role,
    pub observed_stage: Option<Stage>,
    pub observed_by: ObservedBy,
    pub incentivised: bool,
}

impl Part {
    /// What two rows of one person say together: whoever did it by themselves was not only there; a stage that somebody
    /// saw outweighs one that was told, and that one none; and an act was rewarded only if nobody did it for nothing.
    pub fn and(self, other: Part) -> Part {
        // Seen, told, inferred, imported: the surest word comes first.
        let sure = |part: &Part| {
            (part.observed_stage.is_none(), part.observed_by as u8, std::cmp::Reverse(part.observed_stage))
        };
        let seen = if sure(&other) < sure(&self) { other } else { self };
        let role = if (other.role as u8) < self.role as u8 { other.role } else { self.role };
        Part { role, incentivised: self.incentivised && other.incentivised, ..seen }
    }
}

impl From<&TouchpointPerson> for Part {
    fn from(row: &TouchpointPerson) -> Part {
        Part {
            role: row.role,
            observed_stage: row.observed_stage,
            observed_by: row.observed_by,
            incentivised: row.incentivised,
        }
    }
}

/// Everybody at a touchpoint who is not in the trash, in the order they were named.
pub(crate) fn at(tx: &Tx, touchpoint: Id) -> Result<Vec<(Id, Part)>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT r.id, tp.role, tp.observed_stage, tp.observed_by, tp.incentivised FROM touchpoint_people tp
         JOIN people p ON p.id = tp.person_id JOIN people r ON r.id = p.root
         WHERE tp.touchpoint_id = ?1 AND p.deleted_at IS NULL AND r.deleted_at IS NULL ORDER BY tp.rid",
    )?;
    let mut rows = query.query([touchpoint])?;
    let mut people: Vec<(Id, Part)> = Vec::new();
    while let Some(r) = rows.next()? {
        let (id, part) = (
            r.get(0)?,
            Part { role: r.get(1)?, observed_stage: r.get(2)?, observed_by: r.get(3)?, incentivised: r.get(4)? },
        );
        match people.iter_mut().find(|(known, _)| *known == id) {
            Some((_, known)) => *known = known.and(part),
            None => people.push((id, part)),
        }
    }
    Ok(people)
}

/// Somebody as a row of this touchpoint may name them: by the row that stands for them. Whoever is at it already and lies
/// in the trash may stay.
pub(super) fn attending(tx: &Tx, touchpoint: Id, person: Id) -> Result<Id> {
    people::root(tx, person).or_else(|e| {
        let there = tx.find_one::<TouchpointPerson>("WHERE id = ?1", [part(touchpoint, person)])?;
        there.map(|row| row.person_id).ok_or(e)
    })
}

/// Makes these the parts in a touchpoint. Whoever lies in the trash was not shown, and so is not taken out either; of
/// somebody who is several rows, the rows that are there are written, and only if what they say together is different.
pub(super) fn replace(tx: &mut Tx, touchpoint: Id, after: &[TouchpointPerson]) -> Result<()> {
    let mut before: BTreeMap<Id, Vec<TouchpointPerson>> = BTreeMap::new();
    for row in tx.find::<TouchpointPerson>("WHERE touchpoint_id = ?1 ORDER BY rid", [touchpoint])? {
        if let Ok(root) = people::root(tx, row.person_id) {
            before.entry(root).or_default().push(row);
        }
    }
    for (_, gone) in before.iter().filter(|(root, _)| !after.iter().any(|row| row.person_id == **root)) {
        for row in gone {
            tx.remove::<TouchpointPerson>(row.id)?;
        }
    }
    for row in after {
        let rows = before.remove(&row.person_id).unwrap_or_default();
        let together = rows.iter().map(Part::from).reduce(Part::and);
        if together.is_none() {
            tx.put(row)?;
        }
        if together != Some(Part::from(row)) {
            for there in rows {
                tx.put(&TouchpointPerson { id: there.id, person_id: there.person_id, ..row.clone() })?;
            }
        }
    }
    Ok(())
}
