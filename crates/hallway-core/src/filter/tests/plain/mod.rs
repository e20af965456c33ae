//! Whom a filter must find: the same question, asked of every person one by one, of what the file says about them.
//! Slow, and plain to see through; it shares nothing with the list in memory but the folding of letters.
mod days;
mod entries;
mod reach;
mod somebody;

use crate::{
    Id, Result, countries,
    filter::{self, Compare, Tree},
    journey,
    normal::fold,
    regions,
    store::Tx,
    workspace,
};
use chrono::NaiveDate;
use somebody::{Entry, Somebody};
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

pub struct World {
    pub people: Vec<Somebody>,
    today: NaiveDate,
    rules: std::sync::Arc<(u32, journey::engine::Config)>,
    mistake: Mistake,
    /// What lists stand for that hold whoever a filter finds, by their folded names.
    live: BTreeMap<String, Tree>,
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

impl World {
    pub fn of(tx: &Tx, mistake: Mistake) -> Result<World> {
        let zone = workspace::zone(tx)?;
        let mut people = Vec::new();
        for root in tx.column::<Id>("SELECT id FROM people WHERE merged_into IS NULL AND deleted_at IS NULL", [])? {
            people.push(Somebody::of(tx, root, zone, mistake)?);
        }
        let mut live = BTreeMap::new();
        let mut query =
            tx.sql().prepare("SELECT name, filter FROM lists WHERE deleted_at IS NULL AND filter IS NOT NULL")?;
        for row in query.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))? {
            let (name, text) = row?;
            live.insert(fold(&name), filter::understood(tx, &text)?);
        }
        Ok(World { people, live, today: workspace::today(tx)?, rules: journey::config(tx)?, mistake })
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
            "note" => any(&|value| {
                let wanted: Vec<String> = fold(value).split_whitespace().map(str::to_owned).collect();
                let last = wanted.last().filter(|last| last.chars().count() >= 5);
                one.written.iter().any(|words| {
                    wanted.iter().all(|word| {
                        words.contains(word)
                            || last == Some(word) && words.iter().any(|said| said.starts_with(word.as_str()))
                    })
                })
            }),
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
            "address" => any(&|value| match value {
                "yes" | "no" => one.addresses.iter().any(|(day, _)| *day > self.today) == (value == "yes"),
                what_for => one
                    .addresses
                    .iter()
                    .any(|(day, purpose)| *day > self.today && fold(purpose).contains(&fold(what_for))),
            }),
            "address-until" => {
                let kept: Vec<NaiveDate> =
                    one.addresses.iter().map(|(day, _)| *day).filter(|day| *day > self.today).collect();
                any(&|value| match value {
                    "never" => kept.is_empty(),
                    value => kept.iter().any(|day| self.day(compare, value, Some(true), *day).0),
                })
            }
            "may" => any(&|value| one.reach.may.contains(&value)),
            "basis" => any(&|value| one.reach.bases.iter().any(|basis| basis == value)),
            "suppressed" => yes_no(one.reach.suppressed),
            "bounced" => yes_no(one.reach.statuses.iter().any(|status| status == "bounced")),
            "opted-out" => yes_no(one.reach.statuses.iter().any(|status| status == "opted_out")),
            "list" => any(&|value| match self.live.get(&fold(value)) {
                Some(tree) => self.is(one, tree),
                None => one.lists.iter().any(|name| fold(name) == fold(value)),
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
            "address" => one.addresses.iter().any(|(day, _)| *day > self.today),
            "touch" => one.entries.values().any(|entry| entry.role != "about" && entry.day.is_some()),
            "renewal" | "score" | "signed" | "shirt" | "my.speaks" => one.value(label(thing)).is_some(),
            kind => one.contacts.iter().any(|(known, _, _)| known == kind),
        }
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
