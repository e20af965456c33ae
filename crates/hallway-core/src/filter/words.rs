//! Where in the file the words of a filter stand, as the index of words says. What was asked last is kept, since a word that
//! is in every second note takes longer to look up than a key takes to press, and follows what is written down since.
use crate::{error::Result, store::Tx};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

/// So many filters are kept.
const KEPT: usize = 4;
/// More places than this are looked up anew by asking everything again.
const LOOKED_UP: usize = 500;

#[derive(Default)]
pub struct Words {
    /// By expression, what was asked last at the end.
    kept: Mutex<VecDeque<(String, Arc<WrittenAt>)>>,
    /// The commit it is true of.
    commit: i64,
}

/// Places of the file at which something is written.
#[derive(Default, Clone)]
pub struct WrittenAt {
    entries: Vec<bool>,
    people: Vec<bool>,
}

impl WrittenAt {
    pub fn has_entry(&self, rid: u32) -> bool {
        self.entries.get(rid as usize).is_some_and(|there| *there)
    }
    pub fn has_person(&self, rid: u32) -> bool {
        self.people.get(rid as usize).is_some_and(|there| *there)
    }

    /// A place as the index of words has it: a person's is below nothing, which keeps both apart.
    fn put(&mut self, place: i64, there: bool) {
        let places = if place < 0 { &mut self.people } else { &mut self.entries };
        let at = place.unsigned_abs() as usize;
        if places.len() <= at {
            if !there {
                return;
            }
            places.resize((at + 1).next_power_of_two(), false);
        }
        places[at] = there;
    }
}

impl Words {
    pub fn as_of(tx: &Tx) -> Words {
        Words { commit: tx.commit(), ..Words::default() }
    }

    /// Where an expression of the index of words is found.
    pub fn of(&self, tx: &Tx, expression: &str) -> Result<Arc<WrittenAt>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(|(known, _)| known == expression)
            && let Some(known) = kept.remove(at)
        {
            let places = known.1.clone();
            kept.push_back(known);
            return Ok(places);
        }
        let mut places = WrittenAt::default();
        let mut query = tx.sql().prepare_cached("SELECT rowid FROM notes WHERE notes MATCH ?1")?;
        let mut rows = query.query([expression])?;
        while let Some(row) = rows.next()? {
            places.put(row.get(0)?, true);
        }
        let places = Arc::new(places);
        // A read that began before a commit sees the file as it was.
        if tx.commit() != self.commit {
            return Ok(places);
        }
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back((expression.to_owned(), places.clone()));
        Ok(places)
    }

    /// Something else may be written at these places.
    pub fn renew(&mut self, tx: &Tx, written: &[i64]) -> Result<()> {
        self.commit = tx.commit();
        let kept = self.kept.get_mut().unwrap_or_else(PoisonError::into_inner);
        if kept.len() * written.len() > LOOKED_UP {
            kept.clear();
        }
        let mut query = tx.sql().prepare_cached("SELECT 1 FROM notes WHERE notes MATCH ?1 AND rowid = ?2")?;
        for (expression, places) in kept {
            let places = Arc::make_mut(places);
            for place in written {
                places.put(*place, query.exists((&*expression, place))?);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{filter::entries::Entries, search, testing::Desk};
    use serde_json::json;

    #[test]
    fn what_an_older_picture_of_the_file_says_is_not_kept() {
        let desk = Desk::new();
        let tom = desk.person("Tom");
        let found = |text: &str| desk.call("filter.read", json!({ "text": text }))["count"].clone();
        let read = desk.store.read(desk.now(), |older| {
            desk.call("people.edit", json!({ "id": tom, "notes": "Builds a kiln" }));
            // What happened is in memory as it is now, and nobody has asked for the word yet.
            assert_eq!(found("did:emailed"), 0);
            let kiln = search::expression("kiln").expect("a word");
            older.derived(|entries: &Entries| entries.words().of(older, &kiln).map(|places| places.has_person(1)))?
        });
        assert!(!read.expect("an answer"), "there was no kiln when that read began");
        assert_eq!(found("note:kiln"), 1);
        desk.call("people.edit", json!({ "id": tom, "notes": "Builds a kite" }));
        assert_eq!(found("note:kiln"), 0);
    }
}
