//! What is to be saved of a line, in the words that are known here: its organisation, its tags, its kind, and what “the
//! same” was.
use super::{Typed, parsed};
use crate::{
    captures::{
        parse::{self, Line, Meaning},
        when,
    },
    error::Result,
    id::Id,
    journey::{
        self,
        engine::{ChannelClass, Direction, Stage},
    },
    normal::{ContactKind, fold},
    store::Tx,
    tags::TagKind,
    touchpoints::Kind,
};

/// As far back as “the same” looks for an entry that says something itself.
const BACK: i64 = 50;

/// What is to be saved, once it is known to whom.
pub(in crate::captures) struct Plan {
    pub name: String,
    pub person: Option<Id>,
    pub organisation: Option<String>,
    pub stage: Option<Stage>,
    pub tags: Vec<(String, TagKind)>,
    pub promises: Vec<(when::Said, String)>,
    pub quote: Option<String>,
    pub mood: Option<i8>,
    pub items: Vec<String>,
    pub contacts: Vec<(ContactKind, String)>,
    pub kind: Kind,
    /// It came up as one talked to them, though it is more than a talk.
    pub talked: bool,
    /// They wait for an answer.
    pub waits: bool,
    /// Only something was handed over; nothing else happened.
    pub only_handed: bool,
    pub note: String,
    pub problem: Option<String>,
}

pub(super) fn planned(tx: &Tx, line: &Line, typed: &Typed) -> Result<Plan> {
    let mut plan = Plan {
        name: line.name().to_owned(),
        person: None,
        organisation: None,
        stage: None,
        tags: vec![],
        promises: vec![],
        quote: None,
        mood: None,
        items: vec![],
        contacts: vec![],
        kind: default_kind(tx)?,
        talked: false,
        waits: false,
        only_handed: false,
        note: line.note.clone(),
        problem: None,
    };
    let (mut quotes, mut kind, mut same) = (Vec::new(), None, false);
    for piece in &line.pieces {
        match &piece.meaning {
            Meaning::Organisation(name) => plan.organisation = Some(organisation(tx, name)?.0),
            Meaning::Stage(stage) => plan.stage = Some(*stage),
            Meaning::Tag(name) => {
                let (name, kind, _) = tag(tx, name)?;
                plan.tags.push((name, kind));
            }
            Meaning::Promise { due, text } => plan.promises.push((*due, text.clone())),
            Meaning::Quote(words) => quotes.push(words.as_str()),
            Meaning::Mood(mood) => plan.mood = Some(*mood),
            Meaning::Item(item) => plan.items.push(item.clone()),
            Meaning::Contact(kind, value) => plan.contacts.push((*kind, value.clone())),
            Meaning::Kind(key) => kind = Some(key.clone()),
            Meaning::Waits => plan.waits = true,
            Meaning::Same => same = true,
            Meaning::Name(_) | Meaning::Note => {}
        }
    }
    plan.quote = (!quotes.is_empty()).then(|| quotes.join("\n"));
    if let Some(key) = &kind {
        plan.kind = kind_of(tx, key)?.unwrap_or(plan.kind);
        plan.talked = as_one_talked(tx, key)?;
    }
    if same && let Some(last) = last_entry(tx, typed)? {
        plan.organisation = plan.organisation.or(last.organisation);
        plan.tags.extend(last.tags);
        if plan.promises.is_empty() {
            plan.promises = last.promises;
        }
    }
    let nothing_else = plan.note.is_empty()
        && plan.quote.is_none()
        && plan.stage.is_none()
        && plan.mood.is_none()
        && kind.is_none()
        && !plan.waits;
    plan.only_handed = !plan.items.is_empty() && nothing_else;
    plan.problem = if plan.name.is_empty() {
        Some("Say who it was: the line begins with the name.".to_owned())
    } else if plan.name.chars().count() > 200 {
        Some("A name may have at most 200 characters. Put a comma behind it.".to_owned())
    } else if plan.stage.is_some() && plan.kind.direction == Direction::FromUs {
        Some(format!(
            "“{}” is something we did, so it says nothing about where they stand. Leave out the stage, or say what they did in a line of its own.",
            plan.kind.label
        ))
    } else if plan.waits && plan.kind.direction == Direction::FromUs {
        Some(format!(
            "“{}” is something we did, so nobody waits for an answer to it. Leave out !?, or say what they asked in a line of its own.",
            plan.kind.label
        ))
    } else {
        None
    };
    Ok(plan)
}

/// The newest saved line that does not itself say “the same”, of those that were there when this one was typed; its days
/// are counted as this one counts them.
pub(super) fn last_entry(tx: &Tx, typed: &Typed) -> Result<Option<Plan>> {
    let texts: Vec<String> = tx.column(
        "SELECT text FROM captures WHERE touchpoint_id IS NOT NULL AND deleted_at IS NULL AND created_at <= ?1 ORDER BY rid DESC LIMIT ?2",
        (typed.until, BACK),
    )?;
    for text in texts {
        let line = parsed(tx, &text, typed.here, None)?;
        if !line.pieces.iter().any(|piece| piece.meaning == Meaning::Same) {
            return planned(tx, &line, typed).map(Some);
        }
    }
    Ok(None)
}

fn default_kind(tx: &Tx) -> Result<Kind> {
    let kinds = crate::touchpoints::kinds(tx, crate::rpc::Empty {})?;
    let on = |kind: &&Kind| kind.on;
    let found = kinds
        .iter()
        .find(|kind| kind.key == "conversation_in_person" && kind.on)
        .or_else(|| kinds.iter().filter(on).find(|kind| kind.direction == Direction::TwoWay))
        .or_else(|| kinds.iter().find(on))
        .or_else(|| kinds.first());
    found.cloned().ok_or(crate::Error::NotFound("kind"))
}

fn kind_of(tx: &Tx, key: &str) -> Result<Option<Kind>> {
    Ok(crate::touchpoints::kinds(tx, crate::rpc::Empty {})?.into_iter().find(|kind| kind.key == key))
}

/// Whether what a line says they did came up as one talked to them: a line is about somebody one has just talked to. What
/// they read, joined or followed is seen from afar, and what they do for others is between them.
fn as_one_talked(tx: &Tx, key: &str) -> Result<bool> {
    let config = journey::config(tx)?;
    Ok(config.1.kind(key).is_some_and(|kind| {
        kind.direction == Direction::FromThem
            && !matches!(kind.channel_class, ChannelClass::Content | ChannelClass::Social)
    }))
}

/// An organisation as it is called here, or as it will be, and whether it is here.
pub(super) fn organisation(tx: &Tx, name: &str) -> Result<(String, bool)> {
    let known: Option<String> = tx.scalar(
        "SELECT name FROM organisations WHERE name_norm = ?1 AND deleted_at IS NULL ORDER BY name = ?2 DESC, rid LIMIT 1",
        (fold(name), name),
    )?;
    Ok(match known {
        Some(name) => (name, true),
        None => (parse::with_capitals(name), false),
    })
}

/// A tag as it is called here: what people work with before a topic. One that is new is a topic.
pub(super) fn tag(tx: &Tx, name: &str) -> Result<(String, TagKind, bool)> {
    let mut query = tx.sql().prepare_cached(
        "SELECT name, kind FROM tags WHERE name_norm = ?1 AND deleted_at IS NULL ORDER BY kind = 'stack' DESC, rid LIMIT 1",
    )?;
    let mut rows = query.query_map([fold(name)], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(match rows.next().transpose()? {
        Some((name, kind)) => (name, kind, true),
        None => (name.to_owned(), TagKind::Topic, false),
    })
}
