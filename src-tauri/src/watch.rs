//! Follows the open file for what stands outside the window: the count in the tray, what is due, the calendar file.
use crate::desk::{Desk, OpenFile};
use crate::outside::Outside;
use crate::reminders::Reminders;
use crate::{calendar, tray};
use hallway_core::{Failure, Store};
use serde_json::json;
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use tauri::{AppHandle, Manager};

/// However fast changes follow each other, after so many beats they are looked at.
const AT_MOST: u32 = 8;

/// What is known from one beat to the next.
#[derive(Default)]
pub struct Watch {
    path: PathBuf,
    store: Weak<Store>,
    revision: u64,
    /// Beats since something changed that was not looked at yet.
    waiting: Option<u32>,
    reminders: Reminders,
    calendar: calendar::Written,
    complaint: String,
}

impl Watch {
    /// One look. `news`: another program wrote to the file, or the day may have turned.
    pub fn beat(&mut self, app: &AppHandle, desk: &Arc<Desk>, news: bool) {
        // The page opens the file, or says why it could not.
        let Some(file) = desk.open_file() else { return };
        // A backup that was put in the place of a file is another file as well.
        let another = file.path != self.path || !self.store.ptr_eq(&Arc::downgrade(&file.store));
        if another {
            let reminders = self.reminders.of_another_file();
            let (path, store) = (file.path.clone(), Arc::downgrade(&file.store));
            *self = Watch { path, store, reminders, ..Watch::default() };
        }
        let revision = file.store.revision();
        let moved = std::mem::replace(&mut self.revision, revision) != revision;
        let asked = app.state::<Arc<Outside>>().take_stale();
        let fresh = self.settled(another || moved || news || asked);
        if fresh {
            match waiting(&file) {
                Ok(waiting) => tray::count(app, waiting),
                Err(failure) => self.complain(&failure),
            }
            self.calendar.beat(app, &file);
        }
        if let Err(failure) = self.reminders.beat(app, desk, &file, fresh) {
            self.complain(&failure);
        }
    }

    /// Whether to look: a beat without a change has passed since the last one, or they do not end.
    fn settled(&mut self, changed: bool) -> bool {
        let beats = match (self.waiting, changed) {
            (None, false) => return false,
            (None, true) => 0,
            (Some(beats), _) => beats + 1,
        };
        let look = (!changed && beats > 0) || beats >= AT_MOST;
        self.waiting = if look { None } else { Some(beats) };
        look
    }

    /// Once for each sentence: a beat comes several times a second.
    fn complain(&mut self, failure: &Failure) {
        if self.complaint != failure.message {
            eprintln!("What stands outside the window is not up to date: {}", failure.message);
            self.complaint.clone_from(&failure.message);
        }
    }
}

fn waiting(file: &OpenFile) -> Result<u64, Failure> {
    Ok(file.call("today.count", json!({}))?.value["people"].as_u64().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_looked_at_once_they_pause_and_also_when_they_do_not() {
        let mut watch = Watch::default();
        assert!(!watch.settled(false), "nothing has changed");
        assert!(!watch.settled(true));
        assert!(watch.settled(false));
        assert!(!watch.settled(false), "it was looked at");
        let looks = (0..90).filter(|_| watch.settled(true)).count();
        assert_eq!(looks, 10);
    }
}
