//! Who may be somebody that asked for no mail, under another address: they are called the same. It is asked, never decided:
//! two people may be.
use crate::{
    doubles::apart_from_each_other,
    error::Result,
    id::Id,
    normal::fold,
    numbers::{self, plural},
    store::{Tx, in_the_trash},
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Whose word counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum By {
    /// They are not to be contacted, or objected.
    Themselves,
    /// Or an address of theirs was opted out.
    AnyAddress,
}

/// Somebody who asked for no mail.
#[derive(Debug)]
pub(crate) struct Asked {
    pub person: Id,
    pub name: String,
    /// Name and organisation, as they are compared.
    pub key: (String, String),
    organisation: Option<Id>,
}

/// Name and organisation, as they are compared.
pub(crate) fn key(name: &str, organisation: &str) -> (String, String) {
    (fold(name).trim().to_owned(), fold(organisation).trim().to_owned())
}

/// Everybody who asked for no mail.
pub(crate) fn asked_for_none(tx: &Tx, by: By) -> Result<Vec<Asked>> {
    const WHO: &str = "SELECT root FROM people WHERE do_not_contact AND deleted_at IS NULL
         UNION SELECT p.root FROM objections o JOIN people p ON p.id = o.person_id WHERE o.kind = 'email' AND o.deleted_at IS NULL";
    let opted_out = format!(
        "UNION SELECT p.root FROM contact_points c JOIN people p ON p.id = c.person_id
         WHERE c.kind = 'email' AND c.status = 'opted_out' AND (c.deleted_at IS NULL OR {})
         UNION SELECT p.root FROM contact_bases b JOIN contact_points c ON c.id = b.contact_point_id JOIN people p ON p.id = c.person_id
         WHERE c.kind = 'email' AND b.basis = 'objected' AND b.purpose = 'list_mail' AND b.deleted_at IS NULL",
        in_the_trash("c")
    );
    let also = if by == By::AnyAddress { opted_out.as_str() } else { "" };
    let sql = format!(
        "SELECT r.id, r.display_name, o.id, coalesce(o.name, '') FROM people r LEFT JOIN organisations o ON o.id = r.organisation_id AND o.deleted_at IS NULL
         WHERE r.deleted_at IS NULL AND r.root = r.id AND r.id IN ({WHO} {also}) ORDER BY r.rid"
    );
    let mut query = tx.sql().prepare_cached(&sql)?;
    let mut rows = query.query([])?;
    let mut asked = Vec::new();
    while let Some(r) = rows.next()? {
        let (name, organisation): (String, String) = (r.get(1)?, r.get(3)?);
        asked.push(Asked { person: r.get(0)?, key: key(&name, &organisation), name, organisation: r.get(2)? });
    }
    Ok(asked)
}

words! {
    /// Why somebody who may be written to may have asked for no mail all the same.
    pub enum Doubt {
        /// They said no at another address, and have not said yes at this one since.
        AnotherAddress = "another_address",
        /// Somebody else asked who shares name and organisation.
        NameAndOrganisation = "name_and_organisation",
        /// Somebody else asked who shares the name, and of one of the two no organisation is known.
        Name = "name",
    }
}

impl Doubt {
    /// The sentence about so many people, up to their names: "2 in it asked for no mail at another address".
    pub fn words(self, count: u64) -> String {
        match self {
            Doubt::AnotherAddress => {
                format!("{} in it asked for no mail at another address of theirs", numbers::count(count))
            }
            Doubt::NameAndOrganisation => format!(
                "{} name and organisation with somebody who asked for no mail",
                plural(count, "in it shares", "in it share")
            ),
            Doubt::Name => format!(
                "{} the name of somebody who asked for no mail, and where one of the two works is not known",
                plural(count, "in it has", "in it have")
            ),
        }
    }
}

/// Those of these people who are called like somebody else that asked for no mail, unless it was said that the two are not
/// the same. A name of one word says nobody without an organisation beside it.
pub(crate) fn alike(tx: &Tx, people: &[Id]) -> Result<Vec<(Id, Doubt)>> {
    let mut asked: HashMap<String, Vec<(Id, Option<Id>)>> = HashMap::new();
    for one in asked_for_none(tx, By::AnyAddress)? {
        asked.entry(one.key.0).or_default().push((one.person, one.organisation));
    }
    if asked.is_empty() {
        return Ok(vec![]);
    }
    let apart = apart_from_each_other(tx)?;
    let there: HashSet<Id> = people.iter().copied().collect();
    let names: BTreeSet<&str> = asked.keys().map(String::as_str).collect();
    let mut query = tx.sql().prepare_cached(
        "SELECT p.id, s.sort_name, o.id FROM json_each(?1) j CROSS JOIN person_state s ON s.sort_name = j.value JOIN people p ON p.id = s.person
         LEFT JOIN organisations o ON o.id = p.organisation_id AND o.deleted_at IS NULL",
    )?;
    let mut rows = query.query([serde_json::to_string(&names)?])?;
    let mut found: HashMap<Id, Doubt> = HashMap::new();
    while let Some(r) = rows.next()? {
        let (id, name, organisation): (Id, String, Option<Id>) = (r.get(0)?, r.get(1)?, r.get(2)?);
        if !there.contains(&id) {
            continue;
        }
        let of_several_words = name.split_whitespace().nth(1).is_some();
        let doubt = |(other, theirs): &(Id, Option<Id>)| match (organisation, *theirs) {
            _ if *other == id || apart.contains(&(id.min(*other), id.max(*other))) => None,
            (Some(one), Some(other)) => (one == other).then_some(Doubt::NameAndOrganisation),
            _ => of_several_words.then_some(Doubt::Name),
        };
        if let Some(doubt) = asked.get(&name).into_iter().flatten().filter_map(doubt).min() {
            found.insert(id, doubt);
        }
    }
    Ok(people.iter().filter_map(|id| Some((*id, *found.get(id)?))).collect())
}
