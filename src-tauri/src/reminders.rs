//! Tells on the desktop what is due, once. What is due is the core's to say; here is only when one may tell it, and how.
use crate::desk::{Desk, OpenFile, internal};
use crate::outside::{self, Outside};
use crate::windows;
use chrono::{Local, NaiveDate, TimeZone, Timelike};
use hallway_core::{Failure, Now, Store};
use notify_rust::{Notification, Timeout};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use tauri::{AppHandle, Manager};

/// Minutes of a day.
pub const DAY: u16 = 24 * 60;

/// How soon is tried again what nobody showed.
const AGAIN: i64 = 60_000;

/// How many are named when several are told at once.
const NAMED: usize = 5;

/// Something that is due and was not told yet.
#[derive(Debug, Clone, Deserialize)]
struct Reminder {
    key: String,
    followup: String,
    person: Option<String>,
    text: String,
    due: NaiveDate,
    at: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Due {
    due: Vec<Reminder>,
    next_at: Option<i64>,
}

/// What was told, and when to ask again.
#[derive(Debug, Clone, Default)]
pub struct Reminders(Arc<Mutex<Told>>);

#[derive(Debug, Default)]
struct Told {
    asked_at: Option<i64>,
    next_at: Option<i64>,
    /// A program is being asked to show something.
    telling: bool,
    /// Shown by this process, of whatever file: not shown again, also when that could not be written down, or when a
    /// backup was put in its place that does not know of it.
    shown: HashSet<String>,
    /// Shown, and not written down yet in the file that is open there.
    unmarked: Vec<(PathBuf, String)>,
}

impl Told {
    /// Instants are compared and never counted down, so a machine that slept or whose clock was set is right when it wakes.
    fn is_time(&self, now: i64, fresh: bool) -> bool {
        let passed = self.next_at.is_some_and(|next| next <= now);
        !self.telling && (fresh || passed || self.asked_at.is_none_or(|asked| asked > now))
    }
}

impl Reminders {
    /// The same for another file: of that one nothing was asked yet, and what was shown is not shown again.
    pub fn of_another_file(&self) -> Reminders {
        let mut told = self.told();
        (told.asked_at, told.next_at) = (None, None);
        drop(told);
        self.clone()
    }

    /// Asks the core if it is time, and tells what it answers. `fresh`: something has changed since it was asked.
    pub fn beat(&self, app: &AppHandle, desk: &Arc<Desk>, file: &OpenFile, fresh: bool) -> Result<(), Failure> {
        let wishes = app.state::<Arc<Outside>>().wishes();
        let now = Now::system().0;
        if !wishes.notify || wishes.quiet.is_some_and(|hours| hours.holds(minute_of_day(now))) {
            // Asked as soon as that is over.
            self.told().asked_at = None;
            return Ok(());
        }
        if !self.told().is_time(now, fresh) {
            return Ok(());
        }
        let reply = file.call("followups.reminders", json!({}))?;
        let Due { due, next_at } = serde_json::from_value(reply.value)
            .map_err(|error| internal(format!("What is due could not be understood: {error}.")))?;
        let due = {
            let mut told = self.told();
            told.asked_at = Some(now);
            told.next_at = next_at.map(|next| next.max(now + 1_000));
            if !told.unmarked.is_empty() {
                told.next_at = Some(told.next_at.unwrap_or(i64::MAX).min(now + AGAIN));
            }
            let due: Vec<Reminder> = due.into_iter().filter(|one| !told.shown.contains(&one.key)).collect();
            told.telling = !due.is_empty();
            due
        };
        self.mark(file);
        if !due.is_empty() {
            let (own, app, desk) = (self.clone(), app.clone(), Arc::clone(desk));
            // It waits until somebody clicks on it, and keeps no file open meanwhile.
            let (path, store) = (file.path.clone(), Arc::downgrade(&file.store));
            let telling = thread::Builder::new()
                .name("telling".into())
                .spawn(move || own.tell(&app, &desk, (&path, &store), &due));
            if let Err(error) = telling {
                self.told().telling = false;
                eprintln!("What is due could not be told: {error}");
            }
        }
        Ok(())
    }

    fn tell(&self, app: &AppHandle, desk: &Desk, (path, store): (&Path, &Weak<Store>), due: &[Reminder]) {
        let now = Now::system().0;
        if desk.still_open(path, store).is_none() {
            // What another file says is due is told of that one, if it is.
            self.told().telling = false;
            return;
        }
        let Words { summary, body, place } = words(due, today(now));
        let shown = Notification::new()
            .appname("Hallway")
            .icon("hallway")
            .summary(&summary)
            .body(&body)
            .action("default", "Open")
            .timeout(Timeout::Never)
            .show();
        {
            let mut told = self.told();
            told.telling = false;
            match &shown {
                Ok(_) => {
                    told.shown.extend(due.iter().map(|one| one.key.clone()));
                    told.unmarked.extend(due.iter().map(|one| (path.to_owned(), one.key.clone())));
                }
                Err(_) => told.next_at = Some(now + AGAIN),
            }
        }
        match shown {
            Ok(shown) => {
                // Otherwise as soon as the file is open again.
                if let Some(store) = desk.still_open(path, store) {
                    self.mark(&OpenFile { path: path.to_owned(), store });
                }
                outside::note(app, |fares| fares.unheard = false);
                shown.wait_for_action(|action| {
                    if action == "default" {
                        windows::go(app, &place);
                    }
                });
            }
            Err(error) => {
                if !app.state::<Arc<Outside>>().fares().unheard {
                    eprintln!("Nobody shows what is due; it is told when somebody does: {error}");
                }
                outside::note(app, |fares| fares.unheard = true);
            }
        }
    }

    /// Writes down what was shown, so that it is not shown again after the next start.
    fn mark(&self, file: &OpenFile) {
        let of_it = |(path, _): &&(PathBuf, String)| *path == file.path;
        let keys: Vec<String> = self.told().unmarked.iter().filter(of_it).map(|(_, key)| key.clone()).collect();
        if keys.is_empty() {
            return;
        }
        match file.call("followups.reminded", json!({ "keys": keys })) {
            Ok(_) => self.told().unmarked.retain(|(path, key)| *path != file.path || !keys.contains(key)),
            Err(failure) => eprintln!("It could not be written down what was told: {}", failure.message),
        }
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Words {
    summary: String,
    body: String,
    /// Where a click leads.
    place: String,
}

fn words(due: &[Reminder], today: NaiveDate) -> Words {
    if let [one] = due {
        let when = when(one, today);
        let text = if when.is_empty() { one.text.clone() } else { format!("{}\n{when}", one.text) };
        return Words {
            summary: one.person.clone().unwrap_or_else(|| "Hallway".into()),
            body: escaped(&text),
            place: format!("/today/followup:{}", one.followup),
        };
    }
    let mut lines: Vec<String> = due
        .iter()
        .take(NAMED)
        .map(|one| match &one.person {
            Some(person) => format!("{person}: {}", one.text),
            None => one.text.clone(),
        })
        .collect();
    if due.len() > NAMED {
        lines.push(format!("and {} more", due.len() - NAMED));
    }
    let first = due.first().map(|one| format!("/today/followup:{}", one.followup));
    Words {
        summary: format!("{} things are due", due.len()),
        body: escaped(&lines.join("\n")),
        place: first.unwrap_or_else(|| "/today".into()),
    }
}

/// When it was promised for, unless that is simply today.
fn when(one: &Reminder, today: NaiveDate) -> String {
    match one.at.and_then(|at| Local.timestamp_millis_opt(at).single()) {
        Some(at) if at.date_naive() == today => at.format("At %H:%M").to_string(),
        Some(at) => at.format("For %-d %B, %H:%M").to_string(),
        None if one.due == today => String::new(),
        None => one.due.format("For %-d %B").to_string(),
    }
}

/// The body of a notification may hold marks, so what was typed must not be taken for some.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn minute_of_day(now: i64) -> u16 {
    let minutes = Local.timestamp_millis_opt(now).single().map_or(0, |at| at.hour() * 60 + at.minute());
    u16::try_from(minutes).unwrap_or_default()
}

fn today(now: i64) -> NaiveDate {
    Local.timestamp_millis_opt(now).single().map(|at| at.date_naive()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reminder(person: Option<&str>, text: &str, due: &str) -> Reminder {
        let due = due.parse().expect("a day");
        Reminder {
            key: text.into(),
            followup: "7".into(),
            person: person.map(Into::into),
            text: text.into(),
            due,
            at: None,
        }
    }

    #[test]
    fn one_is_told_by_name_and_several_together() {
        let today = "2026-05-21".parse().expect("a day");
        let one = words(&[reminder(Some("Priya Nair"), "send the retry guide", "2026-05-21")], today);
        assert_eq!((one.summary.as_str(), one.body.as_str()), ("Priya Nair", "send the retry guide"));
        assert_eq!(one.place, "/today/followup:7");
        let late = words(&[reminder(None, "ask <b>Tom</b> & co", "2026-05-04")], today);
        assert_eq!(late.body, "ask &lt;b&gt;Tom&lt;/b&gt; &amp; co\nFor 4 May");
        let many: Vec<_> = (0..7).map(|n| reminder(Some("Priya Nair"), &n.to_string(), "2026-05-21")).collect();
        let told = words(&many, today);
        assert_eq!(told.summary, "7 things are due");
        assert_eq!(told.body.lines().count(), NAMED + 1);
        assert!(told.body.ends_with("and 2 more"));
    }

    #[test]
    fn it_is_asked_again_at_the_instant_named_and_whenever_the_clock_was_set_back() {
        let told = Told { asked_at: Some(1_000), next_at: Some(5_000), ..Told::default() };
        assert!(!told.is_time(4_999, false));
        assert!(told.is_time(5_000, false));
        assert!(told.is_time(90_000, false), "slept through it");
        assert!(told.is_time(999, false), "the clock was set back");
        assert!(told.is_time(4_000, true), "something has changed");
        assert!(Told::default().is_time(0, false), "never asked");
        assert!(!Told { telling: true, ..Told::default() }.is_time(0, true));
    }

    #[test]
    fn what_was_shown_is_not_shown_again_of_a_backup_in_its_place_and_that_one_is_asked_at_once() {
        let reminders = Reminders::default();
        {
            let mut told = reminders.told();
            (told.asked_at, told.next_at) = (Some(1_000), Some(9_000));
            told.shown.insert("7@2026-05-21".into());
        }
        let after = reminders.of_another_file();
        assert!(after.told().is_time(2_000, false));
        assert!(after.told().shown.contains("7@2026-05-21"));
    }
}
