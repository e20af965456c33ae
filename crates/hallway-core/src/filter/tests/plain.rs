//! Whom a filter must find: the same question, asked of every person one by one, of what the file says about them.
//! Slow, and plain to see through; it shares nothing with the list in memory but the folding of letters.
use crate::{
    Id, Result, countries,
    filter::{Compare, Tree},
    journey,
    normal::fold,
    regions,
    store::Tx,
    workspace,
};
use chrono::{Days, Months, NaiveDate};
use std::collections::BTreeMap;

/// Something an evaluator may get wrong; the right one gets nothing wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mistake {
    None,
    /// The first day of “the last 90 days” does not count.
    FirstDayLeftOut,
    /// What was only about somebody counts as a touch.
    AboutCounts,
    /// Whoever was merged into somebody takes nothing along.
    MergedForgotten,
    /// “Longer ago than” is true once anything was longer ago.
    OldestInsteadOfNewest,
}

#[derive(Default, Debug)]
pub struct Somebody {
    pub id: Option<Id>,
    columns: BTreeMap<&'static str, Option<String>>,
    names: Vec<String>,
    organisation: Option<String>,
    added: NaiveDate,
    state: BTreeMap<&'static str, Option<String>>,
    rank: i64,
    tags: Vec<(String, String)>,
    contacts: Vec<(String, String, String)>,
    /// Label, text, number, day; the first of a label counts.
    values: Vec<(String, String, Option<f64>, Option<String>)>,
    followups: Vec<(String, NaiveDate)>,
    moves: Vec<NaiveDate>,
    entries: BTreeMap<Id, Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    kind: String,
    day: Option<NaiveDate>,
    direction: String,
    role: String,
    intent: Option<String>,
    mood: Option<i64>,
    waits: bool,
    paid: bool,
}

pub struct World {
    pub people: Vec<Somebody>,
    today: NaiveDate,
    rules: std::sync::Arc<(u32, journey::engine::Config)>,
    mistake: Mistake,
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

impl World {
    pub fn of(tx: &Tx, mistake: Mistake) -> Result<World> {
        let zone = workspace::zone(tx)?;
        let mut people = Vec::new();
        for root in tx.column::<Id>("SELECT id FROM people WHERE merged_into IS NULL AND deleted_at IS NULL", [])? {
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
            let moved: Option<bool> =
                tx.scalar("SELECT moved IS NOT NULL FROM person_state WHERE person = ?1", [root])?;
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
            people.push(one);
        }
        Ok(World { people, today: workspace::today(tx)?, rules: journey::config(tx)?, mistake })
    }

    /// Everybody of whom a tree is true.
    pub fn found(&self, tree: &Tree) -> Vec<Id> {
        let mut found: Vec<Id> = self.people.iter().filter(|one| self.is(one, tree)).filter_map(|one| one.id).collect();
        found.sort_unstable();
        found
    }

    fn is(&self, one: &Somebody, tree: &Tree) -> bool {
        match tree {
            Tree::All { of } => of.iter().all(|part| self.is(one, part)),
            Tree::Any { of } => of.iter().any(|part| self.is(one, part)),
            Tree::Not { of } => !self.is(one, of),
            Tree::Words { text } => {
                let wanted = fold(text);
                one.texts().iter().any(|text| text.contains(&wanted))
            }
            Tree::Field { key, compare, values } => self.field(one, key, *compare, values),
            Tree::Entries { of, compare, count } => {
                let about = of.mentions("role") || self.mistake == Mistake::AboutCounts;
                let n = one
                    .entries
                    .values()
                    .filter(|entry| (about || entry.role != "about") && self.entry(entry, of))
                    .count();
                compare.holds((n as u32).cmp(count))
            }
        }
    }

    fn field(&self, one: &Somebody, key: &str, compare: Compare, values: &[String]) -> bool {
        let any = |is: &dyn Fn(&str) -> bool| values.iter().any(|value| is(value));
        let within =
            |text: &Option<String>| any(&|value| text.as_ref().is_some_and(|text| fold(text).contains(&fold(value))));
        let column = |name: &str| one.columns.get(name).cloned().flatten();
        let state = |name: &str| one.state.get(name).cloned().flatten();
        let yes_no = |is: bool| any(&|value| (value == "yes") == is);
        let there = |entry: &&Entry| entry.role != "about" || self.mistake == Mistake::AboutCounts;
        match key {
            "tag" => any(&|value| one.tags.iter().any(|(_, name)| fold(name) == fold(value))),
            "stack" | "topic" => {
                any(&|value| one.tags.iter().any(|(kind, name)| kind == key && fold(name) == fold(value)))
            }
            "organisation" => within(&one.organisation),
            "city" => within(&column("city")),
            "role" => within(&column("role_title")),
            "zone" => within(&column("time_zone")),
            "country" => any(&|value| {
                column("country").is_some_and(|country| match countries::code_of(value) {
                    Some(code) => country == code,
                    None => fold(&country) == fold(value),
                })
            }),
            "region" => any(&|value| {
                column("country")
                    .is_some_and(|country| regions::of_country(&country).iter().any(|region| region.key == value))
            }),
            "language" => any(&|value| {
                let all = column("languages").unwrap_or_default();
                all.split(',')
                    .any(|one| fold(one) == fold(value) || fold(one).starts_with(&format!("{}-", fold(value))))
            }),
            "stage" => any(&|value| {
                let stages = ["none", "discover", "evaluate", "learn", "build", "scale"];
                let rank = stages.iter().position(|stage| *stage == value).expect("a stage") as i64;
                match compare {
                    Compare::Is => one.rank == rank,
                    Compare::Over => one.rank > rank,
                    Compare::AtLeast => one.rank >= rank,
                    Compare::Under => one.rank < rank,
                    Compare::AtMost => one.rank <= rank,
                }
            }),
            "confidence" | "presence" | "ring" => any(&|value| state(key).as_deref() == Some(value)),
            "new" => yes_no(state("moved").is_some()),
            "do-not-contact" => yes_no(column("do_not_contact").is_some()),
            "teammate" => yes_no(column("teammate").is_some()),
            "since" => self.days(compare, values, false, state("since").iter().map(|day| date(day)).collect()),
            "added" => self.days(compare, values, false, vec![one.added]),
            "moved" => self.days(compare, values, false, one.moves.clone()),
            "last" => {
                let days = one.entries.values().filter(there).filter_map(|entry| entry.day);
                self.days(compare, values, false, days.max().into_iter().collect())
            }
            "met" => {
                let days = one.entries.values().filter(there).filter_map(|entry| entry.day);
                self.days(compare, values, false, days.min().into_iter().collect())
            }
            "talked" | "heard" | "wrote" => {
                let way = |entry: &&Entry| match key {
                    "talked" => entry.direction == "two_way",
                    "heard" => entry.direction != "from_us",
                    _ => entry.direction == "from_us",
                };
                self.days(
                    compare,
                    values,
                    false,
                    one.entries.values().filter(there).filter(way).filter_map(|e| e.day).collect(),
                )
            }
            "did" => any(&|value| one.entries.values().filter(there).any(|entry| entry.kind == value)),
            "channel" | "four" => {
                one.entries.values().filter(there).any(|entry| self.entry_field(entry, key, compare, values))
            }
            "touches" => numbers(compare, values, Some(one.entries.values().filter(there).count() as f64)),
            "has" => any(&|value| self.has(one, value)),
            "no" => any(&|value| !self.has(one, value)),
            "source" => any(&|value| one.contacts.iter().any(|(_, _, source)| source == value)),
            "followup" => any(&|value| match value {
                "none" => one.followups.is_empty(),
                "open" => !one.followups.is_empty(),
                "overdue" => one.followups.iter().any(|(_, due)| *due < self.today),
                kind => one.followups.iter().any(|(known, _)| known == kind),
            }),
            "due" => any(&|value| match value {
                "never" => one.followups.is_empty(),
                value => one.followups.iter().any(|(_, day)| self.day(compare, value, Some(true), *day).0),
            }),
            own => {
                let value = one.value(label(own));
                match (own, value) {
                    ("renewal", value) => {
                        let days: Vec<NaiveDate> =
                            value.iter().filter_map(|(_, _, _, day)| day.as_deref().map(date)).collect();
                        any(&|value| match (value, days.first()) {
                            ("never", day) => day.is_none(),
                            (_, None) => false,
                            (value, Some(day)) => self.day(compare, value, None, *day).0,
                        })
                    }
                    ("score", value) => numbers(compare, values, value.and_then(|(_, _, n, _)| *n)),
                    ("signed", value) => value.is_some_and(|(_, _, n, _)| yes_no(*n == Some(1.0))),
                    ("shirt", value) => any(&|wanted| value.is_some_and(|(_, text, _, _)| fold(text) == fold(wanted))),
                    (_, value) => {
                        any(&|wanted| value.is_some_and(|(_, text, _, _)| fold(text).contains(&fold(wanted))))
                    }
                }
            }
        }
    }

    fn has(&self, one: &Somebody, thing: &str) -> bool {
        let column = |name: &str| one.columns.get(name).is_some_and(Option::is_some);
        match thing {
            "organisation" => one.organisation.is_some(),
            "country" | "city" | "pronouns" | "challenges" | "notes" => column(thing),
            "role" => column("role_title"),
            "zone" => column("time_zone"),
            "language" => column("languages"),
            "building" => column("building_now"),
            "stage" => one.rank > 0,
            "tag" => !one.tags.is_empty(),
            "stack" | "topic" => one.tags.iter().any(|(kind, _)| kind == thing),
            "followup" => !one.followups.is_empty(),
            "touch" => one.entries.values().any(|entry| entry.role != "about" && entry.day.is_some()),
            "renewal" | "score" | "signed" | "shirt" | "my.speaks" => one.value(label(thing)).is_some(),
            kind => one.contacts.iter().any(|(known, _, _)| known == kind),
        }
    }

    fn entry(&self, entry: &Entry, tree: &Tree) -> bool {
        match tree {
            Tree::All { of } => of.iter().all(|part| self.entry(entry, part)),
            Tree::Any { of } => of.iter().any(|part| self.entry(entry, part)),
            Tree::Not { of } => !self.entry(entry, of),
            Tree::Field { key, compare, values } => self.entry_field(entry, key, *compare, values),
            Tree::Words { .. } | Tree::Entries { .. } => unreachable!("nothing of this is asked of an entry"),
        }
    }

    fn entry_field(&self, entry: &Entry, key: &str, compare: Compare, values: &[String]) -> bool {
        let any = |is: &dyn Fn(&str) -> bool| values.iter().any(|value| is(value));
        let kind = self.rules.1.kinds.iter().find(|kind| kind.key == entry.kind);
        match key {
            "kind" => any(&|value| entry.kind == value),
            "on" => any(&|value| match (value, entry.day) {
                ("never", day) => day.is_none(),
                (_, None) => false,
                (value, Some(day)) => self.day(compare, value, Some(false), day).0,
            }),
            "channel" => any(&|value| kind.is_some_and(|kind| kind.channel_class.key() == value)),
            "four" => any(&|value| kind.is_some_and(|kind| kind.four_c.key() == value)),
            "direction" => any(&|value| entry.direction == value),
            "role" => any(&|value| entry.role == value),
            "intent" => any(&|value| entry.intent.as_deref().unwrap_or("none") == value),
            "mood" => numbers(compare, values, entry.mood.map(|mood| mood as f64)),
            "waiting" => any(&|value| (value == "yes") == entry.waits),
            "rewarded" => any(&|value| (value == "yes") == entry.paid),
            other => unreachable!("nobody asks an entry for {other}"),
        }
    }

    /// Whether one of several days is as was asked, and of what is longer ago the newest.
    fn days(&self, compare: Compare, values: &[String], ahead: bool, days: Vec<NaiveDate>) -> bool {
        values.iter().any(|value| {
            if value == "never" {
                return days.is_empty();
            }
            let newest = days.iter().max();
            let all = days.iter().map(|day| (day, self.day(compare, value, Some(ahead), *day)));
            all.into_iter().any(|(day, (is, says_before))| {
                is && (!says_before || Some(day) == newest || self.mistake == Mistake::OldestInsteadOfNewest)
            })
        })
    }

    /// Whether a day is as was asked, and whether what was asked has no beginning. `ahead` says which way a length looks;
    /// nothing that `+` says it.
    fn day(&self, compare: Compare, value: &str, ahead: Option<bool>, day: NaiveDate) -> (bool, bool) {
        let today = self.today;
        if value == "ever" {
            return (true, false);
        }
        let said = |text: &str| -> (NaiveDate, NaiveDate, bool) {
            let far = |n: &str, unit: char, ahead: bool| {
                let n: u32 = n.parse().expect("a number");
                let day = match (unit, ahead) {
                    ('d', false) => today - Days::new(n.into()),
                    ('d', true) => today + Days::new(n.into()),
                    ('w', false) => today - Days::new(u64::from(n) * 7),
                    ('w', true) => today + Days::new(u64::from(n) * 7),
                    ('m', false) => today - Months::new(n),
                    ('m', true) => today + Months::new(n),
                    (_, false) => today - Months::new(n * 12),
                    (_, true) => today + Months::new(n * 12),
                };
                (day, day, true)
            };
            let unit = text.chars().last().filter(char::is_ascii_alphabetic);
            match (unit, text) {
                (_, "today") => (today, today, false),
                (Some(unit), text) => {
                    let digits = text[..text.len() - 1].trim_start_matches('+');
                    far(digits, unit, ahead.unwrap_or(text.starts_with('+')))
                }
                (None, text) if text.len() == 4 => {
                    (date(&format!("{text}-01-01")), date(&format!("{text}-12-31")), false)
                }
                (None, text) if text.len() == 7 => {
                    let first = date(&format!("{text}-01"));
                    (first, first + Months::new(1) - Days::new(1), false)
                }
                (None, text) => (date(text), date(text), false),
            }
        };
        if let Some((from, to)) = value.split_once("..") {
            let from = (!from.is_empty()).then(|| said(from).0);
            let to = (!to.is_empty()).then(|| said(to).1);
            return (from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to), from.is_none());
        }
        let (from, to, length) = said(value);
        let forward = ahead.unwrap_or(value.starts_with('+'));
        if length && !forward {
            let until = if ahead.is_none() { today } else { NaiveDate::MAX };
            let first = if self.mistake == Mistake::FirstDayLeftOut { day > from } else { day >= from };
            return match compare {
                Compare::Is | Compare::AtMost => (first && day <= until, false),
                Compare::Under => (day > from && day <= until, false),
                Compare::Over => (day < from, true),
                Compare::AtLeast => (day <= from, true),
            };
        }
        if length {
            return match compare {
                Compare::Is | Compare::AtMost => (day >= today && day <= to, false),
                Compare::Under => (day >= today && day < to, false),
                Compare::Over => (day > to, false),
                Compare::AtLeast => (day >= to, false),
            };
        }
        match compare {
            Compare::Is => (day >= from && day <= to, false),
            Compare::Over => (day > to, false),
            Compare::AtLeast => (day >= from, false),
            Compare::Under => (day < from, true),
            Compare::AtMost => (day <= to, true),
        }
    }
}

impl Somebody {
    /// Everything of them that words are looked for in, folded.
    fn texts(&self) -> Vec<String> {
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
    fn value(&self, label: &str) -> Option<&(String, String, Option<f64>, Option<String>)> {
        self.values.iter().find(|(known, _, _, _)| known == label)
    }
}

fn label(own: &str) -> &str {
    match own {
        "renewal" => "Renewal",
        "score" => "Score",
        "signed" => "Signed",
        "shirt" => "Shirt",
        "my.speaks" => "Speaks",
        other => unreachable!("there is no field {other}"),
    }
}

fn numbers(compare: Compare, values: &[String], n: Option<f64>) -> bool {
    let Some(n) = n else { return false };
    values.iter().any(|value| {
        if let Some((from, to)) = value.split_once("..") {
            return n >= from.parse().unwrap_or(f64::MIN) && n <= to.parse().unwrap_or(f64::MAX);
        }
        let wanted: f64 = value.parse().expect("a number");
        match compare {
            Compare::Is => n == wanted,
            Compare::Over => n > wanted,
            Compare::AtLeast => n >= wanted,
            Compare::Under => n < wanted,
            Compare::AtMost => n <= wanted,
        }
    })
}

/// What hangs on one row of somebody.
fn of_one_row(tx: &Tx, person: Id, one: &mut Somebody) -> Result<()> {
    let mut query = tx.sql().prepare("SELECT t.kind, t.name FROM person_tags pt JOIN tags t ON t.id = pt.tag_id WHERE pt.person_id = ?1 AND t.deleted_at IS NULL")?;
    for row in query.query_map([person], |r| Ok((r.get(0)?, r.get(1)?)))? {
        one.tags.push(row?);
    }
    let mut query = tx
        .sql()
        .prepare("SELECT kind, value, source FROM contact_points WHERE person_id = ?1 AND deleted_at IS NULL")?;
    for row in query.query_map([person], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))? {
        one.contacts.push(row?);
    }
    let mut query = tx.sql().prepare("SELECT f.label, v.raw, v.number, v.date FROM field_values v JOIN fields f ON f.id = v.field_id WHERE v.person_id = ?1 ORDER BY v.rid")?;
    for row in query.query_map([person], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))? {
        one.values.push(row?);
    }
    let mut query = tx.sql().prepare("SELECT on_day FROM stage_changes WHERE person_id = ?1 AND axis = 'journey' AND voided_by IS NULL AND status <> 'refused'")?;
    for row in query.query_map([person], |r| r.get::<_, String>(0))? {
        one.moves.push(date(&row?));
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
