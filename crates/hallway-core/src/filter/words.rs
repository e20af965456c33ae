//! Where in the file the words of a filter stand, as the index of words says. What was asked last is kept, since a word that
//! is in every second note takes longer to look up than a key takes to press, and follows what is written down since.
use crate::{error::Result, store::Tx};
use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

/// So many filters are kept.
const KEPT: usize = 4;
/// More places than this take longer to look up one by one than everything at once.
const LOOKED_UP: usize = 500;

#[derive(Default)]
pub struct Words {
    /// What was asked last at the end.
    kept: Mutex<VecDeque<Kept>>,
    /// The commit it is true of.
    commit: i64,
}

struct Kept {
    expression: String,
    places: Arc<WrittenAt>,
    /// Where something else may be written since.
    behind: BTreeSet<i64>,
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
        let at = kept.iter().position(|known| known.expression == expression);
        let found = match at.and_then(|at| kept.remove(at)) {
            Some(mut known) => {
                known.catch_up(tx)?;
                known
            }
            None => Kept {
                expression: expression.to_owned(),
                places: Arc::new(everywhere(tx, expression)?),
                behind: BTreeSet::new(),
            },
        };
        let places = found.places.clone();
        // A read that began before a commit sees the file as it was.
        if tx.commit() == self.commit {
            if kept.len() == KEPT {
                kept.pop_front();
            }
            kept.push_back(found);
        }
        Ok(places)
    }

    /// Something else may be written at these places. They are looked up by whoever asks next.
    pub fn renew(&mut self, tx: &Tx, written: &[i64]) {
        self.commit = tx.commit();
        for known in self.kept.get_mut().unwrap_or_else(PoisonError::into_inner) {
            // Of more, no more need be known than that they are too many.
            if known.behind.len() <= LOOKED_UP {
                known.behind.extend(written);
            }
        }
    }
}

impl Kept {
    fn catch_up(&mut self, tx: &Tx) -> Result<()> {
        if self.behind.is_empty() {
            return Ok(());
        }
        // The beginning of a word is looked up among all words that begin so, at one place as at all of them.
        if self.behind.len() > LOOKED_UP || self.expression.contains('*') {
            self.places = Arc::new(everywhere(tx, &self.expression)?);
        } else {
            let mut query = tx.sql().prepare_cached("SELECT 1 FROM notes WHERE notes MATCH ?1 AND rowid = ?2")?;
            let places = Arc::make_mut(&mut self.places);
            for place in &self.behind {
                places.put(*place, query.exists((&self.expression, place))?);
            }
        }
        self.behind.clear();
        Ok(())
    }
}

fn everywhere(tx: &Tx, expression: &str) -> Result<WrittenAt> {
    let mut places = WrittenAt::default();
    let mut query = tx.sql().prepare_cached("SELECT rowid FROM notes WHERE notes MATCH ?1")?;
    let mut rows = query.query([expression])?;
    while let Some(row) = rows.next()? {
        places.put(row.get(0)?, true);
    }
    Ok(places)
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
            let rid: u32 = older.scalar("SELECT rid FROM people WHERE display_name = 'Tom'", [])?.expect("Tom");
            older.derived(|entries: &Entries| entries.words().of(older, &kiln).map(|places| places.has_person(rid)))?
        });
        assert!(!read.expect("an answer"), "there was no kiln when that read began");
        assert_eq!(found("note:kiln"), 1);
        desk.call("people.edit", json!({ "id": tom, "notes": "Builds a kite" }));
        assert_eq!(found("note:kiln"), 0);
    }
}
