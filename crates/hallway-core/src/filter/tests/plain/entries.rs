//! What is asked of one entry.
use super::{World, numbers, somebody::Entry};
use crate::filter::{Compare, Tree};

impl World {
    pub(super) fn entry(&self, entry: &Entry, tree: &Tree) -> bool {
        match tree {
            Tree::All { of } => of.iter().all(|part| self.entry(entry, part)),
            Tree::Any { of } => of.iter().any(|part| self.entry(entry, part)),
            Tree::Not { of } => !self.entry(entry, of),
            Tree::Field { key, compare, values } => self.entry_field(entry, key, *compare, values),
            Tree::Words { .. } | Tree::Entries { .. } => unreachable!("nothing of this is asked of an entry"),
        }
    }

    pub(super) fn entry_field(&self, entry: &Entry, key: &str, compare: Compare, values: &[String]) -> bool {
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
}
