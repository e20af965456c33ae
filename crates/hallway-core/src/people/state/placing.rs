//! What comes in over many transactions says of nobody where they stand before the last of it is in: the moves that were
//! seen elsewhere, and what they were seen in, come at different times. So whoever such a transaction touches waits, and is
//! placed at the end, a few people at a time.
use super::{
    Occasion, Shown, concerned_roots, organisation_of, placed_by, put, refresh_all, refresh_beside_people, unplaced,
};
use crate::{cadences, error::Result, followups, id::Id, normal::fold, people::Person, store::Tx, workspace};
use serde::{Deserialize, Serialize};

/// Lets everybody this write concerned wait until they are placed. The list calls them what they are called meanwhile;
/// somebody new stands nowhere, and who was here stands where they stood.
pub(crate) fn wait_to_be_placed(tx: &mut Tx) -> Result<()> {
    let nowhere = unplaced(tx, workspace::today(tx)?)?;
    // Only what is written on the person, and where they work, is shown before they are placed.
    let renamed = tx.has_changed("people") || tx.has_changed("organisations");
    for id in concerned_roots(tx)? {
        tx.mark_changed("person_state");
        let placed_by = placed_by(tx, id)?;
        // What is open is known at once: by its day as far as that can be told yet.
        if tx.has_changed("followups") || renamed && placed_by.is_some() {
            followups::open::refresh(tx, id)?;
        }
        if placed_by.is_some() && !renamed {
            tx.sql().prepare_cached("UPDATE person_state SET rules = -abs(rules) WHERE person = ?1")?.execute([id])?;
            continue;
        }
        let Some(person) = tx.find_one::<Person>("WHERE id = ?1 AND deleted_at IS NULL AND root = id", [id])? else {
            tx.sql().prepare_cached("DELETE FROM person_state WHERE person = ?1")?.execute([id])?;
            followups::open::refresh(tx, id)?;
            cadences::refresh(tx, id)?;
            continue;
        };
        let organisation = organisation_of(tx, &person)?;
        if placed_by.is_some() {
            tx.sql()
                .prepare_cached(
                    "UPDATE person_state SET rules = -abs(rules), name = ?2, sort_name = ?3, organisation = ?4, sort_organisation = ?5,
                       country = ?6, city = ?7, do_not_contact = ?8, teammate = ?9 WHERE person = ?1",
                )?
                .execute(rusqlite::params![
                    id,
                    person.display_name,
                    fold(&person.display_name),
                    organisation,
                    organisation.as_deref().map(fold),
                    person.country,
                    person.city,
                    person.do_not_contact,
                    person.teammate,
                ])?;
            continue;
        }
        let added_at = tx.scalar("SELECT created_at FROM people WHERE id = ?1", [id])?.unwrap_or_default();
        let shown = Shown {
            also: vec![],
            organisation,
            tags: vec![],
            contacts: vec![],
            last: None,
            added_at,
            moved: None,
            review_to: None,
            placed_by: 0,
        };
        put(tx, &person, &shown, &nowhere, true)?;
    }
    refresh_beside_people(tx)
}

/// How far the placing is. The default is the beginning.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Placing {
    /// What everybody's place follows from is different, such as the zone: then everybody is placed anew.
    everybody: bool,
    after: Option<Id>,
}

impl Placing {
    /// After an operation was taken back.
    pub fn taking_back(tx: &Tx, operation: i64) -> Result<Placing> {
        const SET: &str = "SELECT EXISTS (SELECT 1 FROM changes WHERE operation = ?1 AND tbl = 'settings')";
        Ok(Placing { everybody: tx.scalar(SET, [operation])?.unwrap_or(false), after: None })
    }

    pub fn takes_everybody(&mut self) {
        self.everybody = true;
    }

    /// Places the next people, so many at most. Returns how many that were.
    pub fn place(&mut self, tx: &mut Tx, most: u32) -> Result<u32> {
        let mut people: Vec<Id> = match self.everybody {
            true => tx.column(
                "SELECT person FROM person_state WHERE person > ?1 ORDER BY person LIMIT ?2",
                (self.after.unwrap_or(Id([0; 16])), most),
            )?,
            false => vec![],
        };
        match people.last() {
            Some(last) => self.after = Some(*last),
            None => people = tx.column("SELECT person FROM person_state WHERE rules <= 0 LIMIT ?1", [most])?,
        }
        for person in people {
            tx.concern(person);
        }
        refresh_all(tx, Occasion::Placed)
    }

    /// How many are still to be placed.
    pub fn left(&self, tx: &Tx) -> Result<u32> {
        let after = match self.everybody {
            true => self.after.unwrap_or(Id([0; 16])),
            false => Id([255; 16]),
        };
        Ok(tx.scalar("SELECT count(*) FROM person_state WHERE rules <= 0 OR person > ?1", [after])?.unwrap_or(0))
    }

    pub fn is_anybody_left(&self, tx: &Tx) -> Result<bool> {
        const WAITS: &str = "SELECT EXISTS (SELECT 1 FROM person_state WHERE rules <= 0)";
        const AFTER: &str = "SELECT EXISTS (SELECT 1 FROM person_state WHERE person > ?1)";
        Ok(tx.scalar(WAITS, [])?.unwrap_or(false)
            || self.everybody && tx.scalar(AFTER, [self.after.unwrap_or(Id([0; 16]))])?.unwrap_or(false))
    }
}
