//! What was told of addresses and people on one kind of channel, by whichever row: it holds for whoever else has the address.
use super::{
    Purpose,
    refusals::{NOT_TO_BE_CONTACTED, addresses_of},
    suppressions,
};
use crate::{
    contact_points::ContactStatus,
    error::Result,
    id::Id,
    normal::ContactKind,
    store::{Tx, in_the_trash},
};
use rusqlite::Row;
use std::collections::{BTreeSet, HashMap, HashSet};

/// More people than this are answered from whole tables.
pub(super) const FEW: usize = 2_000;

/// Whom is asked about: few are looked up, of many everything is read.
pub(super) struct Asked {
    few: Option<String>,
}

impl Asked {
    pub fn new(people: &[Id]) -> Result<Asked> {
        if people.len() <= FEW { Asked::these(people) } else { Ok(Asked::everybody()) }
    }
    /// These people and nobody else, however many they are.
    pub fn these(people: &[Id]) -> Result<Asked> {
        let ids: Vec<String> = people.iter().map(|id| suppressions::hex(&id.0)).collect();
        Ok(Asked { few: Some(serde_json::to_string(&ids)?) })
    }
    pub const fn everybody() -> Asked {
        Asked { few: None }
    }
    pub fn is_few(&self) -> bool {
        self.few.is_some()
    }
    /// Rows of a query about those people; `?1` is theirs, and `root` the column that says whose a row is. What follows the
    /// condition, such as an order, comes last.
    pub fn each(
        &self,
        tx: &Tx,
        sql: &str,
        root: &str,
        last: &str,
        params: &[&dyn rusqlite::ToSql],
        mut with: impl FnMut(&Row) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let whose = match self.few {
            // Whoever is named, and everybody who is the same.
            Some(_) => {
                format!("AND {root} IN (SELECT q.root FROM json_each(?1) j JOIN people q ON q.id = unhex(j.value))")
            }
            None => "AND ?1 IS NULL".to_owned(),
        };
        let mut query = tx.sql().prepare_cached(&format!("{sql} {whose} {last}"))?;
        let mut all: Vec<&dyn rusqlite::ToSql> = vec![&self.few];
        all.extend(params);
        let mut rows = query.query(all.as_slice())?;
        while let Some(row) = rows.next()? {
            with(row)?;
        }
        Ok(())
    }
}

/// Who each of some people is: the row that stands for them, and what any row of theirs says of them. Nobody of whom that row
/// lies in the trash.
#[derive(Default)]
pub(super) struct Who {
    roots: HashMap<Id, Id>,
    flags: HashMap<Id, (bool, bool)>,
}

impl Who {
    pub fn of(tx: &Tx, asked: &Asked) -> Result<Who> {
        let mut who = Who::default();
        asked.each(
            tx,
            "SELECT p.id, p.root, p.do_not_contact, p.teammate FROM people p JOIN people r ON r.id = p.root
             WHERE p.deleted_at IS NULL AND r.deleted_at IS NULL",
            "p.root",
            "",
            &[],
            |r| {
                let root: Id = r.get(1)?;
                who.roots.insert(r.get(0)?, root);
                let theirs = who.flags.entry(root).or_default();
                theirs.0 |= r.get::<_, bool>(2)?;
                theirs.1 |= r.get::<_, bool>(3)?;
                Ok(())
            },
        )?;
        Ok(who)
    }
    /// The row that stands for whoever a row is.
    pub fn root(&self, id: Id) -> Option<Id> {
        self.roots.get(&id).copied()
    }
    pub fn roots(&self) -> impl Iterator<Item = Id> {
        self.roots.values().copied()
    }
    /// Whether they are not to be contacted, and whether they are a teammate.
    pub fn flags(&self, root: Id) -> (bool, bool) {
        self.flags.get(&root).copied().unwrap_or_default()
    }
}

/// Something that was told of an address, and by whom.
pub(super) struct Said {
    pub root: Id,
    pub norm: String,
    what: What,
}

impl Said {
    /// They said no; mail that comes back is none.
    pub fn is_no(&self) -> bool {
        !matches!(self.what, What::Became(status) if status != ContactStatus::OptedOut)
    }
}

enum What {
    /// What became of it.
    Became(ContactStatus),
    /// Whoever has it objected to its kind, on that day.
    ObjectedOn(String),
    /// A no at this address, for one purpose.
    NoFor(Purpose, String),
    /// Whoever has it is not to be contacted.
    Apart,
}

/// What was told of addresses and people on one kind of channel.
#[derive(Default)]
pub(super) struct Told {
    /// By address: what became of it, whoever has it.
    pub status: HashMap<String, ContactStatus>,
    /// By person: the day of their newest objection.
    pub people: HashMap<Id, String>,
    /// By address: the day of the newest objection of anybody who has it.
    pub addresses: HashMap<String, String>,
    /// By purpose and address: the day of the newest no that was said at it, by whichever row.
    pub words: HashMap<Purpose, HashMap<String, String>>,
    /// Addresses of people who are not to be contacted.
    pub not_to_be_contacted: HashSet<String>,
}

impl Told {
    /// What these people told.
    pub fn by(tx: &Tx, asked: &Asked, channel: ContactKind) -> Result<Told> {
        let (people, said) = said(tx, asked, channel)?;
        let mut told = Told { people, ..Told::default() };
        for Said { norm, what, .. } in said {
            match what {
                What::Became(status) => {
                    let known = told.status.entry(norm).or_insert(status);
                    *known = (*known).max(status);
                }
                What::ObjectedOn(day) => newest(told.addresses.entry(norm).or_default(), day),
                What::NoFor(purpose, day) => {
                    newest(told.words.entry(purpose).or_default().entry(norm).or_default(), day);
                }
                What::Apart => drop(told.not_to_be_contacted.insert(norm)),
            }
        }
        Ok(told)
    }
}

fn newest(known: &mut String, day: String) {
    *known = std::mem::take(known).max(day);
}

/// The newest objection of each of these people, and what they told of their addresses, those they have no more included.
pub(super) fn said(tx: &Tx, asked: &Asked, channel: ContactKind) -> Result<(HashMap<Id, String>, Vec<Said>)> {
    let mut all = Vec::new();
    // Also of somebody in the trash: who opted out has done so.
    asked.each(
        tx,
        "SELECT p.root, c.value_norm, c.status FROM contact_points c JOIN people p ON p.id = c.person_id
         WHERE c.kind = ?2 AND c.status <> 'ok' AND (c.status = 'opted_out' OR (c.status = 'bounced' AND c.deleted_at IS NULL))",
        "p.root",
        "",
        &[&channel],
        |r| {
            all.push(Said { root: r.get(0)?, norm: r.get(1)?, what: What::Became(r.get(2)?) });
            Ok(())
        },
    )?;
    let mut objected: HashMap<Id, String> = HashMap::new();
    asked.each(
        tx,
        "SELECT p.root, o.on_day FROM objections o JOIN people p ON p.id = o.person_id WHERE o.kind = ?2 AND o.deleted_at IS NULL",
        "p.root",
        "",
        &[&channel],
        |r| {
            newest(objected.entry(r.get(0)?).or_default(), r.get(1)?);
            Ok(())
        },
    )?;
    for (root, day) in &objected {
        for norm in addresses_of(tx, *root, channel)? {
            all.push(Said { root: *root, norm, what: What::ObjectedOn(day.clone()) });
        }
    }
    // What is said of an address holds for another row of it as well, also when the one it was said of is in the trash.
    asked.each(
        tx,
        &format!(
            "SELECT p.root, contact_points.value_norm, b.purpose, b.recorded_on FROM contact_bases b
             JOIN contact_points ON contact_points.id = b.contact_point_id JOIN people p ON p.id = contact_points.person_id
             WHERE b.basis = 'objected' AND b.deleted_at IS NULL AND contact_points.kind = ?2
               AND (contact_points.deleted_at IS NULL OR {})",
            in_the_trash("contact_points")
        ),
        "p.root",
        "",
        &[&channel],
        |r| {
            all.push(Said { root: r.get(0)?, norm: r.get(1)?, what: What::NoFor(r.get(2)?, r.get(3)?) });
            Ok(())
        },
    )?;
    let mut apart: BTreeSet<Id> = BTreeSet::new();
    asked.each(tx, NOT_TO_BE_CONTACTED, "root", "", &[], |r| {
        apart.insert(r.get(0)?);
        Ok(())
    })?;
    for root in apart {
        for norm in addresses_of(tx, root, channel)? {
            all.push(Said { root, norm, what: What::Apart });
        }
    }
    Ok((objected, all))
}

/// The kinds of channel on which something can have been told: of few people those they have, or objected to; of everybody
/// those of which anything was said.
pub(super) fn kinds_of(tx: &Tx, asked: &Asked) -> Result<Vec<ContactKind>> {
    let mut kinds = BTreeSet::new();
    let told = match asked.is_few() {
        true => [
            "SELECT DISTINCT c.kind FROM people p JOIN contact_points c ON c.person_id = p.id WHERE 1",
            "SELECT DISTINCT o.kind FROM people p JOIN objections o ON o.person_id = p.id WHERE o.deleted_at IS NULL",
        ]
        .as_slice(),
        false => &[
            "SELECT DISTINCT c.kind FROM contact_points c WHERE c.status <> 'ok'",
            "SELECT DISTINCT o.kind FROM objections o WHERE o.deleted_at IS NULL",
            "SELECT DISTINCT c.kind FROM contact_bases b JOIN contact_points c ON c.id = b.contact_point_id WHERE b.basis = 'objected'",
            "SELECT DISTINCT c.kind FROM people r JOIN people p ON p.root = r.root JOIN contact_points c ON c.person_id = p.id WHERE r.do_not_contact",
        ],
    };
    for sql in told {
        asked.each(tx, sql, "p.root", "", &[], |r| {
            kinds.insert(r.get(0)?);
            Ok(())
        })?;
    }
    Ok(kinds.into_iter().collect())
}

/// Everybody who has one of these addresses, or had it.
pub(super) fn holders<'a>(
    tx: &Tx,
    channel: ContactKind,
    norms: impl IntoIterator<Item = &'a str>,
) -> Result<BTreeSet<Id>> {
    let norms: BTreeSet<&str> = norms.into_iter().collect();
    if norms.is_empty() {
        return Ok(BTreeSet::new());
    }
    let found: Vec<Id> = tx.column(
        "SELECT DISTINCT p.root FROM json_each(?1) j CROSS JOIN contact_points c ON c.value_norm = j.value AND c.kind = ?2
         JOIN people p ON p.id = c.person_id",
        (serde_json::to_string(&norms)?, channel),
    )?;
    Ok(found.into_iter().collect())
}
