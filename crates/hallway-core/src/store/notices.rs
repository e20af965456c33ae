//! What the person should know although nobody asked.
use super::{Store, held};
use std::sync::atomic::Ordering;

/// What a notice is about, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum About {
    /// The file is not where it was.
    Place,
    /// Something in it changed that nobody did.
    Damage,
    /// The disk is full.
    Space,
    /// No backup could be made.
    Backup,
}

impl Store {
    /// What the person should know although nobody asked: a sentence.
    pub fn notice(&self) -> Option<String> {
        held(&self.notices).values().next().cloned()
    }
    pub(crate) fn tell(&self, about: About, sentence: Option<String>) {
        let mut notices = held(&self.notices);
        let before = match &sentence {
            Some(sentence) => notices.insert(about, sentence.clone()),
            None => notices.remove(&about),
        };
        if before != sentence {
            self.news.store(true, Ordering::SeqCst);
            self.revision.fetch_add(1, Ordering::SeqCst);
        }
    }
}
