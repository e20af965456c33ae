//! What the file says about one person.
use super::{Mistake, date, reach::Reach};
use crate::{Id, Result, countries, normal::fold, store::Tx};
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::BTreeMap;

#[derive(Default, Debug)]
pub struct Somebody {
    pub id: Option<Id>,
    pub columns: BTreeMap<&'static str, Option<String>>,
    pub names: Vec<String>,
    pub organisation: Option<String>,
    pub added: NaiveDate,
    pub state: BTreeMap<&'static str, Option<String>>,
    pub rank: i64,
    pub tags: Vec<(String, String)>,
    pub contacts: Vec<(String, String, String)>,
    /// Label, text, number, day; the first of a label counts.
    pub values: Vec<(String, String, Option<f64>, Option<String>)>,
    pub followups: Vec<(String, NaiveDate)>,
    pub moves: Vec<NaiveDate>,
    /// The days on which their postal addresses are erased, and what they were given for.
    pub addresses: Vec<(NaiveDate, String)>,
    pub entries: BTreeMap<Id, Entry>,
    pub reach: Reach,
    /// What was written down about them, each as the words it has.
    pub written: Vec<Vec<String>>,
    /// Lists they were put on, by name.
    pub lists: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub kind: String,
    pub day: Option<NaiveDate>,
    pub direction: String,
    pub role: String,
    pub intent: Option<String>,
    pub mood: Option<i64>,
    pub waits: bool,
    pub paid: bool,
}

impl Somebody {
    /// One person, and whoever was merged into them.
    pub fn of(tx: &Tx, root: Id, zone: Tz, mistake: Mistake) -> Result<Somebody> {
        let mut all: Vec<Id> = vec![root];
        // Chains of merges, followed one by one.
        let mut n = 0;
        while n < all.len() && mistake != Mistake::MergedForgotten {
            all.extend(tx.column::<Id>(
                "SELECT id FROM people WHERE merged_into = ?1 AND deleted_at IS NULL ORDER BY created_at, id",
                [all[n]],
            )?);
            n += 1;
        }
        let mut one = Somebody { id: Some(root), ..Somebody::default() };
        one.reach = Reach::of(tx, &all)?;
        for column in [
            "display_name",
            "country",
            "city",
            "role_title",
            "time_zone",
            "languages",
            "pronouns",
            "building_now",
            "challenges",
            "notes",
        ] {
            let value: Option<Option<String>> =
                tx.scalar(&format!("SELECT {column} FROM people WHERE id = ?1"), [root])?;
            one.columns.insert(column, value.flatten());
        }
        for column in ["do_not_contact", "teammate"] {
            let value: Option<i64> = tx.scalar(&format!("SELECT {column} FROM people WHERE id = ?1"), [root])?;
            one.columns.insert(column, value.filter(|n| *n == 1).map(|_| "yes".into()));
        }
        one.organisation = tx.scalar("SELECT o.name FROM people p JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ?1 AND o.deleted_at IS NULL", [root])?;
        let at: i64 = tx.scalar("SELECT created_at FROM people WHERE id = ?1", [root])?.unwrap_or_default();
        one.added = crate::Now(at).day_in(zone);
        for column in ["stage", "since", "confidence", "presence", "ring"] {
            let value: Option<Option<String>> =
                tx.scalar(&format!("SELECT {column} FROM person_state WHERE person = ?1"), [root])?;
            one.state.insert(column, value.flatten());
        }
        one.rank = tx.scalar("SELECT stage_rank FROM person_state WHERE person = ?1", [root])?.unwrap_or_default();
        let moved: Option<bool> = tx.scalar("SELECT moved IS NOT NULL FROM person_state WHERE person = ?1", [root])?;
        one.state.insert("moved", moved.filter(|moved| *moved).map(|_| "yes".into()));
        for person in &all {
            let name: Option<String> = tx.scalar("SELECT display_name FROM people WHERE id = ?1", [*person])?;
            one.names.extend(name);
            of_one_row(tx, *person, &mut one)?;
        }
        let mut due = tx.sql().prepare("SELECT kind, due_on FROM open_followups WHERE person = ?1")?;
        for row in due.query_map([root], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))? {
            let (kind, day) = row?;
            one.followups.push((kind, date(&day)));
        }
        Ok(one)
    }

    /// Everything of them that words are looked for in, folded.
    pub fn texts(&self) -> Vec<String> {
        let column = |name: &str| self.columns.get(name).cloned().flatten();
        let mut texts = self.names.clone();
        texts.extend(self.organisation.clone());
        texts.extend(column("city"));
        texts.extend(
            column("country").map(|country| countries::name_of(&country).map(str::to_owned).unwrap_or(country)),
        );
        texts.extend(column("role_title"));
        texts.extend(self.tags.iter().map(|(_, name)| name.clone()));
        texts.extend(self.contacts.iter().map(|(_, value, _)| value.clone()));
        texts.iter().map(|text| fold(text)).collect()
    }
    pub fn value(&self, label: &str) -> Option<&(String, String, Option<f64>, Option<String>)> {
        self.values.iter().find(|(known, _, _, _)| known == label)
    }
}

/// What hangs on one row of somebody.
fn of_one_row(tx: &Tx, person: Id, one: &mut Somebody) -> Result<()> {
    let mut query = tx.sql().prepare("SELECT t.kind, t.name FROM person_tags pt JOIN tags t ON t.id = pt.tag_id WHERE pt.person_id = ?1 AND t.deleted_at IS NULL")?;
    for row in query.query_map([person], |r| Ok((r.get(0)?, r.get(1)?)))? {
        one.tags.push(row?);
    }
    let written = "SELECT coalesce(notes, '') || ' ' || coalesce(building_now, '') || ' ' || coalesce(challenges, '') FROM people WHERE id = ?1
         UNION ALL SELECT coalesce(t.note, '') || ' ' || coalesce(t.quote, '') FROM touchpoints t WHERE t.deleted_at IS NULL
           AND t.id IN (SELECT touchpoint_id FROM touchpoint_people WHERE person_id = ?1)";
    for text in tx.column::<String>(written, [person])? {
        one.written.push(fold(&text).split_whitespace().map(str::to_owned).collect());
    }
    let mut query = tx
        .sql()
        .prepare("SELECT kind, value, source FROM contact_points WHERE person_id = ?1 AND deleted_at IS NULL")?;
    for row in query.query_map([person], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))? {
        one.contacts.push(row?);
    }
    one.lists.extend(tx.column::<String>(
        "SELECT l.name FROM list_people lp JOIN lists l ON l.id = lp.list_id WHERE lp.person_id = ?1 AND l.deleted_at IS NULL AND l.filter IS NULL",
        [person],
    )?);
    let mut query = tx.sql().prepare("SELECT f.label, v.raw, v.number, v.date FROM field_values v JOIN fields f ON f.id = v.field_id WHERE v.person_id = ?1 ORDER BY v.rid")?;
    for row in query.query_map([person], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))? {
        one.values.push(row?);
    }
    let mut query = tx.sql().prepare("SELECT on_day FROM stage_changes WHERE person_id = ?1 AND axis = 'journey' AND voided_by IS NULL AND status <> 'refused'")?;
    for row in query.query_map([person], |r| r.get::<_, String>(0))? {
        one.moves.push(date(&row?));
    }
    let mut query = tx
        .sql()
        .prepare("SELECT expires_on, purpose FROM postal_addresses WHERE person_id = ?1 AND deleted_at IS NULL")?;
    for row in query.query_map([person], |r| Ok((r.get::<_, String>(0)?, r.get(1)?)))? {
        let (day, purpose) = row?;
        one.addresses.push((date(&day), purpose));
    }
    let mut query = tx.sql().prepare(
        "SELECT t.id, t.kind, t.on_day, t.precision, t.direction, tp.role, t.intent, t.sentiment, t.needs_answer, tp.incentivised
         FROM touchpoints t JOIN touchpoint_people tp ON tp.touchpoint_id = t.id WHERE tp.person_id = ?1 AND t.deleted_at IS NULL")?;
    let rows = query.query_map([person], |r| {
        let day: String = r.get(2)?;
        let known = r.get::<_, String>(3)? != "unknown";
        let entry = Entry {
            kind: r.get(1)?,
            day: known.then(|| date(&day)),
            direction: r.get(4)?,
            role: r.get(5)?,
            intent: r.get(6)?,
            mood: r.get(7)?,
            waits: r.get(8)?,
            paid: r.get(9)?,
        };
        Ok((r.get::<_, Id>(0)?, entry))
    })?;
    for row in rows {
        let (id, entry) = row?;
        let other = one.entries.get(&id).cloned();
        let mut together = entry.clone();
        if let Some(other) = other {
            let strongest = |role: &str| ["by", "with", "about"].iter().position(|known| *known == role);
            if strongest(&other.role) < strongest(&entry.role) {
                together.role = other.role;
            }
            together.paid = entry.paid && other.paid;
        }
        one.entries.insert(id, together);
    }
    Ok(())
}
