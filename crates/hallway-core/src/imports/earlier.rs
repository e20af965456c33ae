//! Who came before: from this very file another time, and from earlier rows of it.
use super::known::Known;
use crate::{
    error::Result,
    id::Id,
    normal::{self, ContactKind, fold},
    store::Tx,
    transfer::csv::ImportedPerson,
};
use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

/// Who came from this very file before, by name and organisation. A name alone makes nobody the same person: it is asked.
pub(super) struct Again {
    pub people: HashMap<String, (Id, String)>,
}

impl Again {
    /// Nothing for a file that was not imported before.
    pub fn of(tx: &Tx, hash: &str) -> Result<Option<Arc<Again>>> {
        Again::but_for(tx, hash, None)
    }

    /// The same, but for who came by an operation, which is the one that is asked about.
    pub fn but_for(tx: &Tx, hash: &str, operation: Option<i64>) -> Result<Option<Arc<Again>>> {
        let but = operation.unwrap_or_default();
        let mut query = tx.sql().prepare(
            "SELECT r.id, p.display_name, o.name, r.display_name FROM imports i JOIN people p ON p.created_op = i.created_op
             JOIN people r ON r.id = p.root LEFT JOIN organisations o ON o.id = p.organisation_id AND o.deleted_at IS NULL
             WHERE i.file_hash = ?1 AND i.deleted_at IS NULL AND i.created_op <> ?2 AND p.deleted_at IS NULL AND r.deleted_at IS NULL
             ORDER BY p.rid DESC",
        )?;
        let mut people = HashMap::new();
        let mut rows = query.query((hash, but))?;
        while let Some(r) = rows.next()? {
            let (name, organisation): (String, Option<String>) = (r.get(1)?, r.get(2)?);
            people.insert(again_key(&name, organisation.as_deref()), (r.get(0)?, r.get(3)?));
        }
        let known: bool = tx
            .scalar(
                "SELECT EXISTS (SELECT 1 FROM imports WHERE file_hash = ?1 AND deleted_at IS NULL AND created_op <> ?2)",
                (hash, but),
            )?
            .unwrap_or(false);
        Ok(known.then(|| Arc::new(Again { people })))
    }
}

pub(super) fn again_key(name: &str, organisation: Option<&str>) -> String {
    let mut words = normal::words(name);
    words.sort_unstable();
    format!("{}\u{1f}{}", words.join(" "), organisation.map(fold).unwrap_or_default())
}

/// As many people of earlier rows as a preview keeps in mind.
pub(super) const KEPT_IN_MIND: usize = 50_000;

/// The people of earlier rows, as a preview remembers them.
#[derive(Default)]
pub(super) struct Earlier {
    pub rows: Vec<(u32, Known)>,
    pub by_contact: HashMap<(ContactKind, String), Vec<usize>>,
    /// In a large file, what occurs in it more than once: nobody else can be met again further down.
    pub repeated: Option<HashSet<u64>>,
}

/// What occurs more than once in a large file, found out in little memory before it is looked at row by row.
#[derive(Default)]
pub(super) struct Repeated(pub Vec<u64>);

impl Repeated {
    pub fn see(&mut self, imported: &ImportedPerson) {
        self.0.extend(imported.contacts.iter().filter(|(kind, _)| kind.identifies()).map(|(kind, value)| {
            let mut hash = DefaultHasher::new();
            (kind, normal::contact(*kind, value)).hash(&mut hash);
            hash.finish()
        }));
    }
    pub fn found(mut self) -> HashSet<u64> {
        self.0.sort_unstable();
        self.0.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
    }
}
