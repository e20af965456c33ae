//! Three years of days, some of them offline, with travel, changed clocks, snoozes and repeats, against a plain model that
//! is written without a look at the rules it checks: every reminder is told once and none is lost, snoozing moves no due
//! day, and of what repeats one is open.
use crate::testing::{
    Desk, id_of,
    prove::{Chance, proved, times},
};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Weekday};
use chrono_tz::Tz;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const DAYS: i64 = 3 * 365;
const HOUR: i64 = 3_600_000;
const ZONES: [&str; 5] = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/St_Johns"];

/// A rule that is wrong on purpose, so that it is seen that the comparison notices.
#[derive(Clone, Copy, PartialEq)]
enum Wrong {
    Nothing,
    SnoozeMovesDue,
    MissedOnesPileUp,
    MonthsForgetTheirDay,
    ToldOnceForAll,
    DayOfTheFirstZone,
}

#[derive(Clone, PartialEq, Debug)]
struct Thing {
    id: String,
    text: String,
    due: NaiveDate,
    /// Local time and zone, when the minute matters.
    minute: Option<(NaiveDateTime, &'static str)>,
    hidden: Option<NaiveDate>,
    snoozes: u64,
    repeat: Option<Repeat>,
    nth: u32,
    open: bool,
}

#[derive(Clone, PartialEq, Debug)]
struct Repeat {
    n: i64,
    unit: &'static str,
    anchor: &'static str,
    count: Option<u32>,
    first: NaiveDate,
    /// With the last contact: the day the one before it was done.
    done_before: Option<NaiveDate>,
}

#[derive(Clone, Default)]
struct Model {
    things: Vec<Thing>,
    contacts: Vec<NaiveDate>,
}

fn weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// `n` units later, counted step by step.
fn step(from: NaiveDate, n: i64, unit: &str) -> NaiveDate {
    let mut day = from;
    match unit {
        "day" => day += Duration::days(n),
        "week" => day += Duration::days(7 * n),
        "business_day" => {
            for _ in 0..n {
                day += Duration::days(1);
                while weekend(day) {
                    day += Duration::days(1);
                }
            }
        }
        _ => {
            let months =
                i64::from(from.year()) * 12 + i64::from(from.month0()) + if unit == "year" { 12 * n } else { n };
            let (year, month) = ((months / 12) as i32, (months % 12 + 1) as u32);
            day = (1..=from.day()).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day)).expect("a day");
        }
    }
    day
}

/// The instant at which a clock in a zone first shows a time: looked for half an hour at a time.
fn shows(local: NaiveDateTime, zone: &str) -> i64 {
    let zone: Tz = zone.parse().expect("a zone");
    let begin = local.and_utc().timestamp_millis() - 15 * HOUR;
    (0..60)
        .map(|n| begin + n * HOUR / 2)
        .find(|at| {
            DateTime::from_timestamp_millis(*at).expect("an instant").with_timezone(&zone).naive_local() >= local
        })
        .expect("every clock comes by")
}

impl Model {
    /// What hangs on the last contact is due so long after it.
    fn due(&self, thing: &Thing) -> NaiveDate {
        match &thing.repeat {
            Some(repeat) if repeat.anchor == "last_contact" => {
                let from = self.contacts.iter().copied().chain(repeat.done_before).max();
                from.map_or(thing.due, |from| step(from, repeat.n, repeat.unit))
            }
            _ => thing.due,
        }
    }

    /// When it is to be told, and by what it is known.
    fn telling(&self, thing: &Thing, zone: &str, wrong: Wrong) -> (i64, String) {
        let due = self.due(thing);
        let day = thing.hidden.map_or(due, |hidden| hidden.max(due));
        let (at, known) = match thing.minute {
            Some((minute, there)) if day == due => {
                let at = shows(due.and_time(minute.time()), there);
                (at, at.to_string())
            }
            _ => (shows(day.and_hms_opt(9, 0, 0).expect("nine"), zone), day.to_string()),
        };
        (at, if wrong == Wrong::ToldOnceForAll { thing.id.clone() } else { format!("{}@{known}", thing.id) })
    }

    fn done(&mut self, n: usize, today: NaiveDate, wrong: Wrong) -> bool {
        let due = self.due(&self.things[n]);
        let thing = &mut self.things[n];
        thing.open = false;
        let Some(repeat) = thing.repeat.clone() else { return false };
        if repeat.count.is_some_and(|count| thing.nth >= count) {
            return false;
        }
        let next = match repeat.anchor {
            "due" if wrong == Wrong::MissedOnesPileUp => step(due, repeat.n, repeat.unit),
            "due" => {
                let (mut k, mut day) = (0, repeat.first);
                while day <= due || day <= today {
                    k += 1;
                    day = match wrong {
                        Wrong::MonthsForgetTheirDay => step(day, repeat.n, repeat.unit),
                        _ => step(repeat.first, k * repeat.n, repeat.unit),
                    };
                }
                day
            }
            _ => step(today, repeat.n, repeat.unit),
        };
        let done_before = (repeat.anchor == "last_contact").then_some(today);
        let thing = thing.clone();
        self.things.push(Thing {
            id: String::new(),
            due: next,
            hidden: None,
            snoozes: 0,
            nth: thing.nth + 1,
            open: true,
            repeat: Some(Repeat { done_before, ..repeat }),
            ..thing
        });
        true
    }
}

struct Life {
    desk: Desk,
    person: String,
    chance: Chance,
    zone: &'static str,
    model: Model,
    before: Vec<Model>,
    told: BTreeSet<String>,
    keys: BTreeSet<String>,
    wrong: Wrong,
    things: u32,
}

impl Life {
    fn begin(seed: u64, wrong: Wrong) -> Life {
        let desk = Desk::new();
        let person = desk.person("Priya Nair");
        let life = Life {
            desk,
            person,
            chance: Chance(seed),
            zone: ZONES[0],
            model: Model::default(),
            before: vec![],
            told: BTreeSet::new(),
            keys: BTreeSet::new(),
            wrong,
            things: 0,
        };
        life.travel();
        life
    }

    fn travel(&self) {
        self.desk.call("workspace.set_up", json!({ "product": "Ferrite", "zone": self.zone }));
    }

    fn today(&self) -> NaiveDate {
        let zone: Tz =
            if self.wrong == Wrong::DayOfTheFirstZone { ZONES[0] } else { self.zone }.parse().expect("a zone");
        DateTime::from_timestamp_millis(self.desk.now().0).expect("an instant").with_timezone(&zone).date_naive()
    }

    fn open(&self) -> Vec<usize> {
        (0..self.model.things.len()).filter(|n| self.model.things[*n].open).collect()
    }

    fn pick(&mut self) -> Option<usize> {
        let open = self.open();
        open.get(self.chance.roll(open.len() as u64) as usize).copied()
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.chance.roll(choices.len() as u64) as usize]
    }

    fn add(&mut self) {
        let today = self.today();
        let due = today + Duration::days(self.chance.roll(40) as i64 - 3);
        let text = format!("Thing {}", self.things);
        self.things += 1;
        let mut input = json!({ "text": text, "due": due.to_string(), "person": self.person });
        let minute = (self.chance.roll(3) == 0).then(|| {
            let zone = self.one_of(&ZONES);
            let local =
                due.and_hms_opt(6 + self.chance.roll(15) as u32, 30 * self.chance.roll(2) as u32, 0).expect("a time");
            input["at"] = shows(local, zone).into();
            input["zone"] = zone.into();
            (local, zone)
        });
        let repeat = (self.chance.roll(2) == 0).then(|| Repeat {
            n: 1 + self.chance.roll(4) as i64,
            unit: self.one_of(&["day", "business_day", "week", "month", "month", "year"]),
            anchor: self.one_of(&["due", "due", "done", "last_contact"]),
            count: (self.chance.roll(4) == 0).then(|| 1 + self.chance.roll(4) as u32),
            first: due,
            done_before: None,
        });
        if let Some(repeat) = &repeat {
            input["every"] = json!({ "n": repeat.n, "unit": repeat.unit, "anchor": repeat.anchor, "until": null, "count": repeat.count });
        }
        let id = id_of(&self.desk.call("followups.add", input));
        self.before.push(self.model.clone());
        self.model.things.push(Thing { id, text, due, minute, hidden: None, snoozes: 0, repeat, nth: 1, open: true });
    }

    fn act(&mut self) {
        let today = self.today();
        match self.chance.roll(12) {
            0..=1 if self.open().len() < 20 => self.add(),
            2..=4 => {
                let Some(n) = self.pick() else { return };
                let until = today + Duration::days(1 + self.chance.roll(12) as i64);
                let input = json!({ "id": self.model.things[n].id, "until": until.to_string() });
                self.desk.call("followups.snooze", input);
                self.before.push(self.model.clone());
                let thing = &mut self.model.things[n];
                (thing.hidden, thing.snoozes) = (Some(until), thing.snoozes + 1);
                if self.wrong == Wrong::SnoozeMovesDue {
                    thing.due = until;
                }
            }
            5..=7 => {
                let Some(n) = self.pick() else { return };
                self.desk.call("followups.done", json!({ "id": self.model.things[n].id }));
                self.before.push(self.model.clone());
                if self.model.done(n, today, self.wrong) {
                    // Which one is the next of its series, only the file knows.
                    let text = self.model.things[n].text.clone();
                    let next = self.listed().remove(&text).map(|row| id_of(&row));
                    self.model.things.last_mut().expect("the next").id = next.unwrap_or_default();
                }
            }
            8 => {
                let Some(n) = self.pick() else { return };
                self.desk.call("followups.drop", json!({ "id": self.model.things[n].id }));
                self.before.push(self.model.clone());
                self.model.things[n].open = false;
            }
            9 => {
                let day = today - Duration::days(self.chance.roll(20) as i64);
                self.desk.log(&self.person, "conversation_online", &day.to_string());
                self.before.push(self.model.clone());
                self.model.contacts.push(day);
            }
            10 => {
                if let Some(before) = self.before.pop() {
                    self.desk.undo();
                    self.model = before;
                }
            }
            _ => {}
        }
    }

    /// What is open in the file, by its text.
    fn listed(&self) -> BTreeMap<String, Value> {
        let rows =
            self.desk.call("followups.list", json!({ "status": "open", "offset": 0, "limit": 500 }))["rows"].clone();
        let rows = rows.as_array().expect("rows").clone();
        let listed: BTreeMap<String, Value> =
            rows.iter().map(|row| (row["text"].as_str().expect("a text").to_owned(), row.clone())).collect();
        assert_eq!(listed.len(), rows.len(), "two of one series are open");
        listed
    }

    fn is_what_the_model_says(&self) -> Result<(), String> {
        let wanted: BTreeMap<String, String> = self
            .open()
            .into_iter()
            .map(|n| {
                let thing = &self.model.things[n];
                let due = self.model.due(thing);
                (
                    thing.text.clone(),
                    format!("due {due}, hidden {:?}, {} times", thing.hidden.map(|day| day.to_string()), thing.snoozes),
                )
            })
            .collect();
        let found: BTreeMap<String, String> = self
            .listed()
            .into_iter()
            .map(|(text, row)| {
                (
                    text,
                    format!(
                        "due {}, hidden {:?}, {} times",
                        row["due"].as_str().unwrap_or_default(),
                        row["hiddenUntil"].as_str(),
                        row["snoozes"]
                    ),
                )
            })
            .collect();
        if wanted == found { Ok(()) } else { Err(format!("{}: must be {wanted:?}, is {found:?}", self.today())) }
    }

    /// Asks what is to be told, and tells it.
    fn ask(&mut self) -> Result<(), String> {
        let now = self.desk.now().0 + 1;
        let telling = |life: &Life| -> Vec<(i64, String, String)> {
            life.open()
                .into_iter()
                .map(|n| {
                    let thing = &life.model.things[n];
                    let (at, known) = life.model.telling(thing, life.zone, life.wrong);
                    (at, known, thing.text.clone())
                })
                .filter(|(_, known, _)| !life.told.contains(known))
                .collect()
        };
        let untold = telling(self);
        let wanted: BTreeSet<String> =
            untold.iter().filter(|(at, ..)| *at <= now).map(|(_, _, text)| text.clone()).collect();
        let next = untold.iter().map(|(at, ..)| *at).filter(|at| *at > now).min();
        let answer = self.desk.call("followups.reminders", json!({}));
        let due = answer["due"].as_array().expect("reminders").clone();
        let found: BTreeSet<String> = due.iter().map(|one| one["text"].as_str().expect("a text").to_owned()).collect();
        if wanted != found || due.len() != found.len() {
            return Err(format!("{}: to be told are {wanted:?}, and it tells {found:?}", self.today()));
        }
        if answer["nextAt"].as_i64() != next {
            return Err(format!("{}: next is {next:?}, and it says {}", self.today(), answer["nextAt"]));
        }
        // Whoever tells may be stopped before it says so: then it is told again, and that is for the next ask.
        let keys: Vec<&Value> = due.iter().map(|one| &one["key"]).collect();
        for key in &keys {
            if !self.keys.insert(key.to_string()) {
                return Err(format!("{key} is told twice"));
            }
        }
        self.told.extend(untold.into_iter().filter(|(at, ..)| *at <= now).map(|(_, known, _)| known));
        self.desk.call("followups.reminded", json!({ "keys": keys }));
        Ok(())
    }

    fn live(mut self) -> Result<(usize, u32), String> {
        let mut day = 0;
        while day < DAYS {
            if self.chance.roll(40) == 0 {
                self.zone = self.one_of(&ZONES);
                self.travel();
            }
            // A few days without the machine now and then.
            let away = if self.chance.roll(25) == 0 { self.chance.roll(12) as i64 } else { 0 };
            let mut hours = 24 * (1 + away);
            if self.chance.roll(60) == 0 {
                self.desk.later(-3 * HOUR);
            }
            for _ in 0..2 {
                self.act();
                let sleep = self.chance.roll(11) as i64;
                self.desk.later(sleep * HOUR + HOUR / 7);
                hours -= sleep;
                self.ask()?;
            }
            self.is_what_the_model_says()?;
            self.desk.later(hours.max(1) * HOUR);
            day += 1 + away;
        }
        self.desk.is_sound();
        Ok((self.keys.len(), self.things))
    }
}

#[test]
fn three_years_lose_no_reminder_and_double_none() {
    let lives = times(1, 12);
    let (mut all_told, mut all_things) = (0, 0);
    for seed in 0..u64::from(lives) {
        let (told, things) = Life::begin(seed, Wrong::Nothing).live().unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        (all_told, all_things) = (all_told + told, all_things + things);
        proved("three years of days", format!("{things} follow-ups, {told} reminders, each told once (seed {seed})"));
    }
    // One life may be a quiet one.
    let many = all_told > 200 * lives as usize && all_things > 50 * lives;
    assert!(many, "{all_told} reminders of {all_things} in {lives} lives");
}

/// The comparison is one that can fail.
#[test]
fn a_model_with_a_wrong_rule_differs() {
    for wrong in [
        Wrong::SnoozeMovesDue,
        Wrong::MissedOnesPileUp,
        Wrong::MonthsForgetTheirDay,
        Wrong::ToldOnceForAll,
        Wrong::DayOfTheFirstZone,
    ] {
        let differs = (0..4).any(|seed| {
            let life = Life::begin(seed, wrong);
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| life.live())).is_ok_and(|lived| lived.is_err())
        });
        assert!(differs, "wrong rule {}", wrong as u8);
    }
}
