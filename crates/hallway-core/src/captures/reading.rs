//! What a line says in this workspace: its pieces as chips, whom it may be about, and what would be saved.
use super::{
    parse::{self, Known, Line, Meaning},
    when::{self, Here, in_words},
};
use crate::{
    days,
    error::Result,
    id::Id,
    journey::{self, engine::Direction, engine::Stage},
    normal::{self, ContactKind, fold, names_agree},
    people::{self, Match, PersonPick},
    store::Tx,
    tags::TagKind,
    time::Now,
    touchpoints::Kind,
    workspace,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// As many people as are offered under a line.
const OFFERED: usize = 5;
/// As far back as “the same” looks for an entry that says something itself.
const BACK: i64 = 50;
/// What follows a conversation when nothing else was promised.
pub(super) const FOLLOW_UP: &str = "follow up";

#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct ReadCapture {
    pub text: String,
    /// BCP 47; says which number comes first in 3/4.
    pub locale: Option<String>,
    /// Who was picked for the name the line begins with.
    pub picked: Option<Id>,
    /// It is somebody new, whoever is called so already.
    pub someone_new: Option<bool>,
    /// When a line that waited was written down: its days are counted from there.
    #[serde(skip)]
    #[ts(skip)]
    pub written: Option<Now>,
}

words! {
    pub enum ChipKind {
        Person = "person", Organisation = "organisation", Stage = "stage", Tag = "tag", FollowUp = "follow_up",
        Quote = "quote", Mood = "mood", Item = "item", Contact = "contact", Kind = "kind", Same = "same",
    }
}

/// A piece of the line, as it will be saved.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Chip {
    pub what: ChipKind,
    /// Where it stands in the line, in UTF-16 units.
    pub from: u32,
    pub to: u32,
    /// What it will be: “Acme”, “Building”, “Mon 25 May: send the guide”.
    pub label: String,
    pub stage: Option<Stage>,
    /// Of a follow-up: `YYYY-MM-DD`, and what was promised.
    pub day: Option<String>,
    /// Instant, ms UTC, when a time was said.
    pub at: Option<i64>,
    pub text: Option<String>,
    pub contact: Option<ContactKind>,
    pub mood: Option<i8>,
    /// It is in the file already: an organisation, a tag, a person.
    pub known: bool,
    /// What it takes the place of: where they worked until now.
    pub instead_of: Option<String>,
}

/// What a line says.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaptureReading {
    pub chips: Vec<Chip>,
    pub name: String,
    pub note: String,
    /// Whom it will be saved to; nobody when somebody new is made.
    pub person: Option<PersonPick>,
    /// Whom it may be about, the likeliest first.
    pub people: Vec<PersonPick>,
    /// The one among them who is so near that it may be the same person.
    pub near: Option<Id>,
    /// What happened, as it will be saved.
    pub happened: String,
    /// Why it cannot be saved: a sentence.
    pub problem: Option<String>,
}

/// What is to be saved, once it is known to whom.
pub(super) struct Plan {
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
    /// Only something was handed over; nothing else happened.
    pub only_handed: bool,
    pub note: String,
    pub problem: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct WhenSaid {
    /// `mon`, `3d`, `12 jun`, `eom`, `mon 15:00`; empty is the next business day.
    pub text: String,
    pub locale: Option<String>,
}

/// A day that was said in words.
#[derive(Debug, Serialize, TS)]
pub struct SaidWhen {
    pub day: String,
    /// Instant, ms UTC, when a time was said.
    pub at: Option<i64>,
    /// “Mon 25 May”.
    pub words: String,
}

/// Reads a day said in words; nothing when it says none.
pub fn when(tx: &Tx, input: WhenSaid) -> Result<Option<SaidWhen>> {
    let here = here(tx, tx.now, input.locale.as_deref())?;
    let Some(said) = when::read(&input.text, &here) else { return Ok(None) };
    Ok(Some(SaidWhen { day: said.day.to_string(), at: instant(tx, said)?, words: in_words(said, here.now.date()) }))
}

/// What a line says as it stands, and whom it may be about.
pub fn read(tx: &Tx, input: ReadCapture) -> Result<CaptureReading> {
    let (line, plan) = understood(tx, &input)?;
    let person = plan.person.map(|id| people::pick(tx, id)).transpose()?.flatten();
    let (people, near) = offered(tx, &plan)?;
    let near = near.filter(|_| person.is_none() && input.someone_new != Some(true));
    Ok(CaptureReading {
        chips: chips(tx, &input, &line, &plan, person.as_ref())?,
        name: plan.name,
        note: plan.note,
        person,
        people,
        near,
        happened: plan.kind.label,
        problem: plan.problem,
    })
}

/// The line taken apart, and what is to be saved of it.
pub(super) fn understood(tx: &Tx, input: &ReadCapture) -> Result<(Line, Plan)> {
    let picked = input.picked.map(|id| people::root(tx, id)).transpose()?;
    let picked_name = picked.map(|id| people::pick(tx, id)).transpose()?.flatten().map(|pick| pick.name);
    let typed = typed(tx, input)?;
    let line = parsed(tx, &input.text, typed.here, picked_name.as_deref())?;
    let mut plan = planned(tx, &line, &typed)?;
    plan.person = match picked.filter(|_| picked_name.as_deref().is_some_and(|name| fold(name) == fold(&plan.name))) {
        Some(picked) => Some(picked),
        None if input.someone_new == Some(true) => None,
        None => by_itself(tx, &plan)?,
    };
    Ok((line, plan))
}

/// What the days of a line are counted by, and which lines it comes after.
struct Typed {
    here: Here,
    /// Instant, ms UTC: nothing that was typed later was the last entry then.
    until: i64,
}

fn typed(tx: &Tx, input: &ReadCapture) -> Result<Typed> {
    let here = here(tx, input.written.unwrap_or(tx.now), input.locale.as_deref())?;
    Ok(Typed { here, until: input.written.map_or(i64::MAX, |at| at.0) })
}

/// Where and when something is said.
fn here(tx: &Tx, written: Now, locale: Option<&str>) -> Result<Here> {
    let (day, time) = days::civil(written.0, workspace::zone(tx)?);
    Ok(Here {
        now: day.and_time(time),
        weekend: workspace::weekend(tx)?,
        month_first: when::month_first(locale.unwrap_or_default()),
    })
}

/// The instant of a time that was said, in the workspace's zone.
pub(super) fn instant(tx: &Tx, said: when::Said) -> Result<Option<i64>> {
    let zone = workspace::zone(tx)?;
    Ok(said.time.map(|time| days::instant(said.day, time, zone)))
}

fn parsed(tx: &Tx, text: &str, here: Here, picked: Option<&str>) -> Result<Line> {
    let config = journey::config(tx)?;
    let kinds: Vec<(String, String)> = config
        .1
        .kinds
        .iter()
        .filter(|kind| kind.on)
        .map(|kind| (kind.key.to_string(), kind.label.to_string()))
        .collect();
    let stages: Vec<(Stage, String)> =
        Stage::ALL.iter().map(|stage| (*stage, config.1.names.at(*stage).to_owned())).collect();
    Ok(parse::parse(text, &Known { here, kinds: &kinds, stages: &stages, picked }))
}

fn planned(tx: &Tx, line: &Line, typed: &Typed) -> Result<Plan> {
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
            Meaning::Same => same = true,
            Meaning::Name(_) | Meaning::Note => {}
        }
    }
    plan.quote = (!quotes.is_empty()).then(|| quotes.join("\n"));
    if let Some(key) = &kind {
        plan.kind = kind_of(tx, key)?.unwrap_or(plan.kind);
    }
    if same && let Some(last) = last_entry(tx, typed)? {
        plan.organisation = plan.organisation.or(last.organisation);
        plan.tags.extend(last.tags);
        if plan.promises.is_empty() {
            plan.promises = last.promises;
        }
    }
    let nothing_else =
        plan.note.is_empty() && plan.quote.is_none() && plan.stage.is_none() && plan.mood.is_none() && kind.is_none();
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
    } else {
        None
    };
    Ok(plan)
}

/// The newest saved line that does not itself say “the same”, of those that were there when this one was typed; its days
/// are counted as this one counts them.
fn last_entry(tx: &Tx, typed: &Typed) -> Result<Option<Plan>> {
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

/// An organisation as it is called here, or as it will be, and whether it is here.
fn organisation(tx: &Tx, name: &str) -> Result<(String, bool)> {
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
fn tag(tx: &Tx, name: &str) -> Result<(String, TagKind, bool)> {
    let mut query = tx.sql().prepare_cached(
        "SELECT name, kind FROM tags WHERE name_norm = ?1 AND deleted_at IS NULL ORDER BY kind = 'stack' DESC, rid LIMIT 1",
    )?;
    let mut rows = query.query_map([fold(name)], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(match rows.next().transpose()? {
        Some((name, kind)) => (name, kind, true),
        None => (name.to_owned(), TagKind::Topic, false),
    })
}

/// A unique exact full name is picked by itself; of namesakes, the one who works where the line says.
fn by_itself(tx: &Tx, plan: &Plan) -> Result<Option<Id>> {
    let namesakes = people::named_exactly(tx, &plan.name)?;
    match (namesakes.as_slice(), &plan.organisation) {
        ([one], _) => Ok(Some(*one)),
        ([_, _, ..], Some(organisation)) => {
            let mut there = Vec::new();
            for id in namesakes.iter().take(50) {
                let pick = people::pick(tx, *id)?;
                if pick.is_some_and(|pick| works_at(&pick, organisation)) {
                    there.push(*id);
                }
            }
            Ok(if let [one] = there.as_slice() { Some(*one) } else { None })
        }
        _ => Ok(None),
    }
}

fn works_at(pick: &PersonPick, organisation: &str) -> bool {
    pick.organisation.as_deref().is_some_and(|name| fold(name) == fold(organisation))
}

/// Whom a line may be about, the likeliest first; and the one who is so near that it may be the same person.
fn offered(tx: &Tx, plan: &Plan) -> Result<(Vec<PersonPick>, Option<Id>)> {
    let mut found: Vec<PersonPick> = Vec::new();
    let mut take = |picks: Vec<PersonPick>| {
        for pick in picks {
            if !found.iter().any(|known| known.id == pick.id) {
                found.push(pick);
            }
        }
    };
    let same_address = with_contacts(tx, &plan.contacts)?;
    take(same_address.clone());
    let folded = fold(&plan.name);
    if !folded.is_empty() {
        let namesakes = people::named_exactly(tx, &plan.name)?;
        take(namesakes.iter().take(OFFERED).filter_map(|id| people::pick(tx, *id).transpose()).collect::<Result<_>>()?);
        let mut matching = people::matching(tx, Match { text: plan.name.clone(), limit: 50 })?;
        matching.retain(|pick| folded.split(' ').all(|word| fold(&pick.name).contains(word)));
        // Sorting is stable: who works there first, and otherwise in the order they came.
        if let Some(organisation) = &plan.organisation {
            matching.sort_by_key(|pick| !works_at(pick, organisation));
        }
        take(matching);
    }
    let mut close = Vec::new();
    if found.is_empty() && folded.chars().count() > 3 {
        close = people::close(tx, Match { text: plan.name.clone(), limit: 3 })?;
        close.retain(|pick| fold(&pick.name).split(' ').count() == folded.split(' ').count());
        found.extend(close.clone());
    }
    found.truncate(OFFERED);
    let near = found
        .iter()
        .find(|pick| {
            let first = |name: &str| fold(name).split(' ').next().map(str::to_owned);
            let at_work = plan.organisation.as_deref().is_some_and(|organisation| works_at(pick, organisation));
            same_address.iter().any(|same| same.id == pick.id)
                || (folded.contains(' ') && names_agree(&plan.name, &pick.name))
                || (at_work && first(&pick.name) == first(&plan.name))
                || (folded.contains(' ') && close.iter().any(|one| one.id == pick.id))
        })
        .map(|pick| pick.id);
    Ok((found, near))
}

/// Everybody who has one of these addresses or handles.
fn with_contacts(tx: &Tx, contacts: &[(ContactKind, String)]) -> Result<Vec<PersonPick>> {
    let mut picks = Vec::new();
    for (kind, value) in contacts.iter().filter(|(kind, _)| kind.identifies()) {
        let people: Vec<Id> = tx.column(
            "SELECT DISTINCT r.id FROM contact_points c JOIN people p ON p.id = c.person_id JOIN people r ON r.id = p.root
             WHERE c.value_norm = ?1 AND c.kind = ?2 AND c.deleted_at IS NULL AND p.deleted_at IS NULL AND r.deleted_at IS NULL LIMIT 5",
            (normal::contact(*kind, value), kind),
        )?;
        for person in people {
            picks.extend(people::pick(tx, person)?);
        }
    }
    Ok(picks)
}

fn chips(tx: &Tx, input: &ReadCapture, line: &Line, plan: &Plan, person: Option<&PersonPick>) -> Result<Vec<Chip>> {
    let config = journey::config(tx)?;
    let today = here(tx, tx.now, input.locale.as_deref())?.now.date();
    let mut units = Units::of(&input.text);
    let mut chips = Vec::new();
    for piece in &line.pieces {
        let mut chip = Chip {
            what: ChipKind::Same,
            from: units.at(piece.from),
            to: units.at(piece.to),
            label: String::new(),
            stage: None,
            day: None,
            at: None,
            text: None,
            contact: None,
            mood: None,
            known: false,
            instead_of: None,
        };
        match &piece.meaning {
            Meaning::Note => continue,
            Meaning::Name(_) if plan.name.is_empty() => continue,
            Meaning::Name(name) => {
                chip.what = ChipKind::Person;
                chip.label = person.map_or(name, |pick| &pick.name).clone();
                chip.known = person.is_some();
            }
            Meaning::Organisation(name) => {
                chip.what = ChipKind::Organisation;
                (chip.label, chip.known) = organisation(tx, name)?;
                let before = person.and_then(|pick| pick.organisation.clone());
                chip.instead_of = before.filter(|before| fold(before) != fold(&chip.label));
            }
            Meaning::Stage(stage) => {
                chip.what = ChipKind::Stage;
                chip.label = config.1.names.at(*stage).to_owned();
                chip.stage = Some(*stage);
            }
            Meaning::Tag(name) => {
                chip.what = ChipKind::Tag;
                let (name, _, known) = tag(tx, name)?;
                (chip.label, chip.known) = (name, known);
            }
            Meaning::Promise { due, text } => {
                chip.what = ChipKind::FollowUp;
                let words = if text.is_empty() { FOLLOW_UP } else { text };
                chip.label = format!("{}: {words}", in_words(*due, today));
                (chip.day, chip.at) = (Some(due.day.to_string()), instant(tx, *due)?);
                chip.text = Some(words.to_owned());
            }
            Meaning::Quote(words) => {
                chip.what = ChipKind::Quote;
                chip.label = words.clone();
            }
            Meaning::Mood(mood) => {
                chip.what = ChipKind::Mood;
                chip.label = if *mood > 0 { format!("+{mood}") } else { format!("−{}", mood.abs()) };
                chip.mood = Some(*mood);
            }
            Meaning::Item(item) => {
                chip.what = ChipKind::Item;
                chip.label = item.clone();
            }
            Meaning::Contact(kind, value) => {
                chip.what = ChipKind::Contact;
                chip.label = value.clone();
                chip.contact = Some(*kind);
            }
            Meaning::Kind(_) => {
                chip.what = ChipKind::Kind;
                chip.label = plan.kind.label.clone();
            }
            Meaning::Same => {
                chip.label = match last_entry(tx, &typed(tx, input)?)? {
                    Some(last) => the_same(&last, today),
                    None => "nothing was captured before".into(),
                };
                chip.known = true;
            }
        }
        chips.push(chip);
    }
    Ok(chips)
}

/// “Acme, #rust, Mon 25 May: send the guide”.
fn the_same(last: &Plan, today: chrono::NaiveDate) -> String {
    let mut said: Vec<String> = last.organisation.iter().cloned().collect();
    said.extend(last.tags.iter().map(|(name, _)| format!("#{name}")));
    said.extend(
        last.promises.iter().map(|(due, text)| {
            format!("{}: {}", in_words(*due, today), if text.is_empty() { FOLLOW_UP } else { text })
        }),
    );
    if said.is_empty() { "the last entry says nothing more".into() } else { said.join(", ") }
}

/// Bytes of a text as UTF-16 units, asked in rising order.
struct Units<'a> {
    text: &'a str,
    byte: usize,
    unit: u32,
}

impl<'a> Units<'a> {
    fn of(text: &'a str) -> Units<'a> {
        Units { text, byte: 0, unit: 0 }
    }
    fn at(&mut self, byte: usize) -> u32 {
        self.unit += self.text[self.byte..byte].encode_utf16().count() as u32;
        self.byte = byte;
        self.unit
    }
}
