//! What is known of people beside the list, in memory: languages, ways to reach them, fields of one's own, follow-ups,
//! moves, until when their postal addresses are kept. Made when it is first asked for, and renewed for those whom a commit concerned.
use super::{
    days::{self, DayNumber},
    fields::Set,
    places::{NOBODY, Places},
};
use crate::{
    contact_points::{ContactSource, ContactStatus},
    error::Result,
    followups::FollowUpKind,
    id::Id,
    normal::{ContactKind, fold},
    people::{self, index::PeopleIndex},
    store::{Derived, Tx},
    trust::Basis,
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

#[derive(Default)]
pub struct Particulars {
    places: Places,
    /// By number.
    rows: Vec<Particular>,
    /// Each different text once.
    texts: HashMap<Arc<str>, ()>,
}

/// What is known of one person.
#[derive(Default, Clone)]
pub struct Particular {
    /// BCP 47, folded.
    pub languages: Vec<Arc<str>>,
    /// Folded.
    pub role: Option<Arc<str>>,
    pub zone: Option<Arc<str>>,
    pub has_pronouns: bool,
    pub has_building: bool,
    pub has_challenges: bool,
    pub has_notes: bool,
    /// One bit for each kind of contact, and one for each source of one.
    contacts: u32,
    sources: u32,
    /// An address of theirs bounced, was opted out; they objected to a kind of channel.
    pub bounced: bool,
    pub opted_out: bool,
    pub objected: bool,
    /// One bit for each basis that was said last of an address of theirs, for one of the purposes.
    bases: u32,
    /// By field, what it says; of several rows of theirs, that of the one that stands for them.
    pub values: Vec<(Id, Value)>,
    pub followups: Vec<(FollowUpKind, DayNumber)>,
    /// Days on which they moved.
    pub moves: Vec<DayNumber>,
    /// For each postal address, the day on which it is erased, and what it was given for, folded.
    pub addresses: Vec<(DayNumber, String)>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Folded.
    Text(Arc<str>),
    Number(f64),
    Day(DayNumber),
}

impl Particular {
    pub fn has_contact(&self, kind: ContactKind) -> bool {
        self.contacts >> kind as u32 & 1 == 1
    }
    pub fn can_be_reached(&self) -> bool {
        self.contacts != 0
    }
    pub fn has_basis(&self, basis: Basis) -> bool {
        self.bases >> basis as u32 & 1 == 1
    }
    pub fn has_source(&self, source: ContactSource) -> bool {
        self.sources >> source as u32 & 1 == 1
    }
    pub fn value(&self, field: Id) -> Option<&Value> {
        self.values.iter().find(|(id, _)| *id == field).map(|(_, value)| value)
    }
}

impl Particulars {
    /// Everybody of whom it holds; of whom nothing is known, it holds as of nobody in particular.
    pub fn which(&self, index: &PeopleIndex, holds: impl Fn(&Particular) -> bool) -> Set {
        let pairs = self.places.paired(index);
        let mut set = vec![holds(&Particular::default()); index.slots()];
        for (row, slot) in self.rows.iter().zip(pairs.iter()) {
            if *slot != NOBODY {
                set[*slot as usize] = holds(row);
            }
        }
        set
    }

    fn text(&mut self, text: &str) -> Arc<str> {
        if let Some((known, ())) = self.texts.get_key_value(text) {
            return known.clone();
        }
        let text = Arc::<str>::from(text);
        self.texts.insert(text.clone(), ());
        text
    }

    fn row(&mut self, id: Id) -> &mut Particular {
        let number = self.places.number(id) as usize;
        if self.rows.len() <= number {
            self.rows.resize(number + 1, Particular::default());
        }
        &mut self.rows[number]
    }

    fn person(&mut self, r: &rusqlite::Row) -> rusqlite::Result<()> {
        let languages: Vec<String> = r
            .get_ref(1)?
            .as_str_or_null()?
            .map(|all| all.split([',', ';']).map(fold).filter(|one| !one.is_empty()).collect())
            .unwrap_or_default();
        let languages = languages.iter().map(|one| self.text(one)).collect();
        let role = r.get_ref(2)?.as_str_or_null()?.map(fold).map(|role| self.text(&role));
        let zone = r.get_ref(3)?.as_str_or_null()?.map(fold).map(|zone| self.text(&zone));
        let row = self.row(r.get(0)?);
        (row.languages, row.role, row.zone) = (languages, role, zone);
        (row.has_pronouns, row.has_building) = (r.get(4)?, r.get(5)?);
        (row.has_challenges, row.has_notes) = (r.get(6)?, r.get(7)?);
        Ok(())
    }

    /// Person, kind, source, status.
    fn contact(&mut self, person: Id, r: &rusqlite::Row) -> rusqlite::Result<()> {
        let (kind, source): (ContactKind, ContactSource) = (r.get(1)?, r.get(2)?);
        let row = self.row(person);
        row.contacts |= 1 << kind as u32;
        row.sources |= 1 << source as u32;
        match r.get(3)? {
            ContactStatus::Bounced => row.bounced = true,
            ContactStatus::OptedOut => row.opted_out = true,
            _ => {}
        }
        Ok(())
    }

    /// Person, basis.
    fn basis(&mut self, person: Id, r: &rusqlite::Row) -> rusqlite::Result<()> {
        let basis: Basis = r.get(1)?;
        self.row(person).bases |= 1 << basis as u32;
        Ok(())
    }

    /// Person, field, text, number, date. The first of a field is kept.
    fn value(&mut self, person: Id, r: &rusqlite::Row) -> rusqlite::Result<()> {
        let field: Id = r.get(1)?;
        let value = match (r.get::<_, Option<f64>>(3)?, r.get_ref(4)?.as_str_or_null()?) {
            (Some(number), _) => Value::Number(number),
            (None, Some(day)) => Value::Day(days::number_of(day)),
            (None, None) => {
                let text = fold(r.get_ref(2)?.as_str()?);
                Value::Text(self.text(&text))
            }
        };
        let values = &mut self.row(person).values;
        if !values.iter().any(|(known, _)| *known == field) {
            values.push((field, value));
        }
        Ok(())
    }
}

fn day_at(r: &rusqlite::Row, column: usize) -> rusqlite::Result<DayNumber> {
    Ok(days::number_of(r.get_ref(column)?.as_str()?))
}

const OF_PEOPLE: &str = "p.id, p.languages, p.role_title, p.time_zone, p.pronouns IS NOT NULL, p.building_now IS NOT NULL, p.challenges IS NOT NULL, p.notes IS NOT NULL";
const A_MOVE: &str = "axis = 'journey' AND voided_by IS NULL AND status <> 'refused'";

/// What was said last of an address, for each of the purposes; a no, as long as no opt-in with what shows it came after it.
const SAID: &str = "SELECT c.person_id, iif(EXISTS (
      SELECT 1 FROM contact_bases o WHERE o.contact_point_id = b.contact_point_id AND o.purpose = b.purpose
        AND o.basis = 'objected' AND o.deleted_at IS NULL
        AND (b.basis <> 'opted_in' OR o.recorded_on >= b.recorded_on OR trim(coalesce(b.evidence, '')) = '' AND b.touchpoint_id IS NULL)),
      'objected', b.basis)
    FROM contact_bases b JOIN contact_points c ON c.id = b.contact_point_id
    WHERE b.deleted_at IS NULL AND c.deleted_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM contact_bases n WHERE n.contact_point_id = b.contact_point_id AND n.purpose = b.purpose
        AND n.deleted_at IS NULL AND (n.created_at, n.id) > (b.created_at, b.id))";

impl Derived for Particulars {
    fn heeds(table: &str) -> bool {
        // What the list itself keeps is not kept here.
        !["tags", "person_tags", "lists", "list_people", "views", "person_state"].contains(&table)
    }
    fn people(&self) -> usize {
        self.places.len()
    }
    fn make(tx: &Tx) -> Result<Particulars> {
        let mut made = Particulars::default();
        let merged = people::merged(tx)?;
        let root = |id: Id| merged.get(&id).copied().unwrap_or(id);
        let mut query = tx.sql().prepare_cached(&format!(
            "SELECT {OF_PEOPLE} FROM people p WHERE p.deleted_at IS NULL AND p.root = p.id"
        ))?;
        let mut rows = query.query([])?;
        while let Some(r) = rows.next()? {
            made.person(r)?;
        }
        let mut query = tx
            .sql()
            .prepare_cached("SELECT person_id, kind, source, status FROM contact_points WHERE deleted_at IS NULL")?;
        let mut rows = query.query([])?;
        while let Some(r) = rows.next()? {
            made.contact(root(r.get(0)?), r)?;
        }
        let mut query = tx.sql().prepare_cached(SAID)?;
        let mut rows = query.query([])?;
        while let Some(r) = rows.next()? {
            made.basis(root(r.get(0)?), r)?;
        }
        for person in tx.column::<Id>("SELECT person_id FROM objections WHERE deleted_at IS NULL", [])? {
            made.row(root(person)).objected = true;
        }
        // What stands on the row that stands for somebody comes before what its others say.
        let mut query =
            tx.sql().prepare_cached("SELECT person_id, field_id, raw, number, date FROM field_values ORDER BY rid")?;
        for own in [true, false] {
            let mut rows = query.query([])?;
            while let Some(r) = rows.next()? {
                let person: Id = r.get(0)?;
                if merged.contains_key(&person) != own {
                    made.value(root(person), r)?;
                }
            }
            if merged.is_empty() {
                break;
            }
        }
        let mut query =
            tx.sql().prepare_cached("SELECT person, kind, due_on FROM open_followups WHERE person IS NOT NULL")?;
        let mut rows = query.query([])?;
        while let Some(r) = rows.next()? {
            let (kind, due) = (r.get(1)?, day_at(r, 2)?);
            made.row(r.get(0)?).followups.push((kind, due));
        }
        let mut query =
            tx.sql().prepare_cached(&format!("SELECT person_id, on_day FROM stage_changes WHERE {A_MOVE}"))?;
        let mut rows = query.query([])?;
        while let Some(r) = rows.next()? {
            let day = day_at(r, 1)?;
            made.row(root(r.get(0)?)).moves.push(day);
        }
        let mut query = tx
            .sql()
            .prepare_cached("SELECT person_id, expires_on, purpose FROM postal_addresses WHERE deleted_at IS NULL")?;
        let mut rows = query.query([])?;
        while let Some(r) = rows.next()? {
            let day = day_at(r, 1)?;
            let purpose = fold(&r.get::<_, String>(2)?);
            made.row(root(r.get(0)?)).addresses.push((day, purpose));
        }
        Ok(made)
    }

    fn renew(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<()> {
        const THEIRS: &str = "(SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL)";
        for id in people {
            *self.row(*id) = Particular::default();
            let mut query = tx.sql().prepare_cached(&format!(
                "SELECT {OF_PEOPLE} FROM people p WHERE p.id = ?1 AND p.deleted_at IS NULL AND p.root = p.id"
            ))?;
            let mut rows = query.query([id])?;
            while let Some(r) = rows.next()? {
                self.person(r)?;
            }
            let mut query = tx.sql().prepare_cached(&format!(
                "SELECT person_id, kind, source, status FROM contact_points WHERE person_id IN {THEIRS} AND deleted_at IS NULL"
            ))?;
            let mut rows = query.query([id])?;
            while let Some(r) = rows.next()? {
                self.contact(*id, r)?;
            }
            let mut query = tx.sql().prepare_cached(&format!("{SAID} AND c.person_id IN {THEIRS}"))?;
            let mut rows = query.query([id])?;
            while let Some(r) = rows.next()? {
                self.basis(*id, r)?;
            }
            let objections: u32 = tx
                .scalar(
                    &format!("SELECT count(*) FROM objections WHERE person_id IN {THEIRS} AND deleted_at IS NULL"),
                    [id],
                )?
                .unwrap_or(0);
            self.row(*id).objected = objections > 0;
            let mut query = tx.sql().prepare_cached(&format!(
                "SELECT person_id, field_id, raw, number, date FROM field_values WHERE person_id IN {THEIRS} ORDER BY person_id <> ?1, rid"
            ))?;
            let mut rows = query.query([id])?;
            while let Some(r) = rows.next()? {
                self.value(*id, r)?;
            }
            let mut query = tx.sql().prepare_cached("SELECT kind, due_on FROM open_followups WHERE person = ?1")?;
            let mut rows = query.query([id])?;
            while let Some(r) = rows.next()? {
                let (kind, due) = (r.get(0)?, day_at(r, 1)?);
                self.row(*id).followups.push((kind, due));
            }
            let mut query = tx.sql().prepare_cached(&format!(
                "SELECT on_day FROM stage_changes WHERE person_id IN {THEIRS} AND {A_MOVE}"
            ))?;
            let mut rows = query.query([id])?;
            while let Some(r) = rows.next()? {
                let day = day_at(r, 0)?;
                self.row(*id).moves.push(day);
            }
            let mut query = tx.sql().prepare_cached(&format!(
                "SELECT expires_on, purpose FROM postal_addresses WHERE person_id IN {THEIRS} AND deleted_at IS NULL"
            ))?;
            let mut rows = query.query([id])?;
            while let Some(r) = rows.next()? {
                let day = day_at(r, 0)?;
                let purpose = fold(&r.get::<_, String>(1)?);
                self.row(*id).addresses.push((day, purpose));
            }
        }
        Ok(())
    }
}
