//! Whom one may write to, in memory: made when it is first asked for, and renewed for those whom a commit concerned and for
//! whoever shares an address with one of them who said no of it.
use super::{
    fields::Set,
    places::{NOBODY, Places},
};
use crate::{
    error::Result,
    id::Id,
    normal::ContactKind,
    people::index::PeopleIndex,
    store::{Derived, Tx},
    trust::{self, Refused},
};
use std::collections::BTreeSet;

pub struct Reach {
    places: Places,
    /// By number.
    rows: Vec<trust::Reach>,
    refused: Refused,
}

impl Reach {
    /// Everybody of whom it holds; of whom nothing is known, it holds as of nobody in particular.
    pub(crate) fn which(&self, index: &PeopleIndex, holds: impl Fn(&trust::Reach) -> bool) -> Set {
        let pairs = self.places.paired(index);
        let mut set = vec![holds(&trust::Reach::default()); index.slots()];
        for (row, slot) in self.rows.iter().zip(pairs.iter()) {
            if *slot != NOBODY {
                set[*slot as usize] = holds(row);
            }
        }
        set
    }

    fn put(&mut self, id: Id, reach: trust::Reach) {
        let number = self.places.number(id) as usize;
        if self.rows.len() <= number {
            self.rows.resize(number + 1, trust::Reach::default());
        }
        self.rows[number] = reach;
    }
}

impl Derived for Reach {
    fn heeds(table: &str) -> bool {
        [
            "people",
            "contact_points",
            "contact_bases",
            "objections",
            "suppressions",
            "suppression_keys",
            "postal_addresses",
            "touchpoints",
            "touchpoint_people",
        ]
        .contains(&table)
    }
    /// They are asked of with everything that hangs on them, which takes longer than reading it all does for each.
    fn renewed_at_once(&self) -> usize {
        1_000
    }
    fn make(tx: &Tx) -> Result<Reach> {
        let mut made =
            Reach { places: Places::default(), rows: vec![], refused: Refused::of(tx, Some(ContactKind::Email))? };
        for (id, reach) in trust::reach(tx, None)? {
            made.put(id, reach);
        }
        Ok(made)
    }
    fn renew(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<()> {
        let Some(concerned) = self.refused.follow(tx, people)? else {
            *self = Reach::make(tx)?;
            return Ok(());
        };
        let mut now = trust::reach(tx, Some(&concerned))?;
        for id in concerned {
            let reach = now.remove(&id).unwrap_or_default();
            // Of whom nothing was known and is, nothing needs to be kept.
            if self.places.known(id).is_some() || reach != trust::Reach::default() {
                self.put(id, reach);
            }
        }
        for (id, reach) in now {
            self.put(id, reach);
        }
        Ok(())
    }
}
