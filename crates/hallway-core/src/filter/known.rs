//! What a workspace knows that a filter may speak of: its day, its kinds of entry, the names of its stages, its own fields.
use super::fields::{About, Choice, FIELDS, Field, Group, Kept, Own, Takes, own};
use crate::{
    error::Result,
    fields::{self, FieldKind},
    journey::{self, engine::Config},
    normal::fold,
    rpc::Empty,
    store::Tx,
    workspace,
};
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::{borrow::Cow, sync::Arc};

pub struct Known {
    pub today: NaiveDate,
    pub zone: Tz,
    pub rules: Arc<(u32, Config)>,
    /// The fields of the workspace's own making.
    own: Vec<Field>,
    /// It is nobody's workspace: what a workspace may have made itself is taken for there.
    pub anybodys: bool,
}

impl Known {
    pub fn of(tx: &Tx) -> Result<Arc<Known>> {
        let today = workspace::today(tx)?;
        tx.cached(&format!("filter.known {today}"), || {
            Ok(Known {
                today,
                zone: workspace::zone(tx)?,
                rules: journey::config(tx)?,
                own: own_fields(tx)?,
                anybodys: false,
            })
        })
    }

    /// What ships, on a day in UTC: for what needs no workspace.
    #[cfg(test)]
    pub fn shipped(today: NaiveDate) -> Known {
        Known { today, zone: chrono_tz::UTC, rules: Arc::new((1, Config::default())), own: vec![], anybodys: false }
    }

    /// What ships, and whatever else a workspace may have named itself. The day is any.
    pub fn anybodys() -> Known {
        Known {
            today: NaiveDate::default(),
            zone: chrono_tz::UTC,
            rules: Arc::new((1, Config::default())),
            own: vec![],
            anybodys: true,
        }
    }

    /// Every field one can ask people or entries for.
    pub fn fields(&self, about: About) -> impl Iterator<Item = &Field> {
        FIELDS.iter().copied().flatten().chain(&self.own).filter(move |field| field.about == about)
    }
    /// Every name a field has.
    pub fn names(&self, about: About) -> impl Iterator<Item = &str> {
        self.fields(about).flat_map(Field::names)
    }
    /// The field of that name, however it is written.
    pub fn field(&self, name: &str, about: About) -> Option<&Field> {
        let spelled = |text: &str| text.to_lowercase().replace('_', "-");
        let wanted = spelled(name);
        self.fields(about).find(|field| field.names().any(|name| spelled(name) == wanted))
    }
    /// The fields of the workspace's own making.
    pub fn own_fields(&self) -> impl Iterator<Item = &Field> {
        self.own.iter()
    }
    /// The kinds of entry there are, those that are switched off included.
    pub fn kinds(&self) -> Vec<Choice> {
        self.rules.1.kinds.iter().map(|kind| Choice::new(&kind.key, &kind.label)).collect()
    }
}

/// Fields of one's own, under the word their key makes. Whichever would be hidden by a field that ships, or by another of
/// their own, is found with `my.` before it.
fn own_fields(tx: &Tx) -> Result<Vec<Field>> {
    let mut made: Vec<Field> = Vec::new();
    for field in fields::list(tx, Empty {})? {
        let word: String =
            fold(&field.key).chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
        let word = word.trim_matches(['-', '_']).to_owned();
        let taken = |word: &str| {
            let same = |name: &str| name.replace('_', "-") == word.replace('_', "-");
            FIELDS.iter().copied().flatten().chain(&made).any(|field| field.names().any(same))
        };
        let mut key = word.clone();
        let mut n = 1;
        while taken(&key)
            || !key.contains(char::is_alphabetic)
            || key.chars().count() < 2
            || super::parse::is_plain_word(&format!("{key}:x"))
        {
            key = if n == 1 { format!("my.{word}") } else { format!("my.{word}.{n}") };
            n += 1;
        }
        let takes = match field.kind {
            FieldKind::Text => Takes::Text,
            FieldKind::Number => Takes::Number,
            FieldKind::Date => Takes::Day(super::days::Way::Either),
            FieldKind::Choice => Takes::Choice(own::choices),
            FieldKind::YesNo => Takes::YesNo,
        };
        made.push(Field {
            key: Cow::Owned(key),
            aliases: &[],
            label: Cow::Owned(field.label),
            group: Group::Own,
            about: About::People,
            takes,
            examples: &[],
            answer: own::answer,
            kept: Kept::Particulars,
            stands_for: None,
            own: Some(Own { id: field.id, choices: field.choices }),
        });
    }
    Ok(made)
}
