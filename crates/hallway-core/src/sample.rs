//! Invented people in a real file: the sample community of the first run, and any number of them for trying things at size.
use crate::{
    contact_points::{self, ContactPoint, ContactSource},
    days::days_after,
    demo::{self, Community, SamplePostalAddress, SampleTouchpoint},
    error::{Error, Result, invalid},
    followups::{self, FollowUpKind, NewFollowUp},
    history::{self, Undone},
    id::Id,
    journey,
    journey::engine::{ObservedBy, Role, Stage},
    lists::{self, NewList},
    normal::ContactKind,
    organisations,
    people::{self, Count, Person},
    postal_addresses::{self, PostalAddress},
    rpc::Empty,
    store::{Memory, Store, Subject, Tx},
    tags::{self, TagKind},
    time::Now,
    touchpoints::{self, Intent, Precision, Source, Touchpoint, TouchpointPerson},
    trust::{Basis, ContactBasis, Purpose},
    workspace,
};
use chrono::{Days, NaiveDate, TimeZone};
use std::collections::HashMap;

/// People, or touchpoints of so many people, that go in with one transaction.
const BATCH: usize = 2_000;
/// Moves older than this are not news in a community somebody has just been shown.
const NEWS_DAYS: u64 = 14;

/// Puts the sample community in, as one operation.
///
/// # Errors
/// `invalid` when it is there already.
pub fn load(tx: &mut Tx, _: Empty) -> Result<Count> {
    if operation(tx)?.is_some() {
        return invalid("sample", "The sample community is already here.");
    }
    let today = workspace::today(tx)?;
    let Community { people, touchpoints, .. } = demo::community();
    let mut ids: HashMap<String, Id> = HashMap::new();
    for sample in &people {
        let mut person = Person::new(tx.new_id(), &sample.display_name);
        person.pronouns.clone_from(&sample.pronouns);
        person.say_it_like.clone_from(&sample.say_it_like);
        person.role_title.clone_from(&sample.role_title);
        person.organisation_id = organisations::named(tx, sample.organisation.as_deref().unwrap_or_default())?;
        person.country = sample.country.clone().into();
        person.city = sample.city.clone().into();
        person.time_zone = sample.time_zone.clone().into();
        person.languages = sample.languages.clone().into();
        person.building_now.clone_from(&sample.building_now);
        person.challenges.clone_from(&sample.challenges);
        person.content_prefs.clone_from(&sample.content_prefs);
        person.appreciation_prefs.clone_from(&sample.appreciation_prefs);
        person.notes.clone_from(&sample.notes);
        person.teammate = sample.teammate;
        person.do_not_contact = sample.do_not_contact;
        person.do_not_contact_reason.clone_from(&sample.do_not_contact_reason);
        tx.insert(&person)?;
        for tag in &sample.tags {
            put_tag(tx, person.id, &tag.name, &tag.kind)?;
        }
        for (n, contact) in sample.contacts.iter().enumerate() {
            put_contact(tx, person.id, &contact.kind, &contact.value, &contact.source, n == 0, today)?;
        }
        if let Some(address) = &sample.postal_address {
            put_postal_address(tx, &person, address, today)?;
        }
        ids.insert(sample.key.clone(), person.id);
    }
    for sample in &touchpoints {
        put_sample_touchpoint(tx, sample, &ids, today)?;
    }
    tx.about(Subject::Row("people", ids[&people[0].key]), Some(people.len()), None)?;
    people::state::refresh_concerned(tx)?;
    old_moves_are_no_news(tx, today)?;
    Ok(Count { people: people.len() as u32 })
}

/// Takes the sample community out again; people to whom something was added since stay, and are named.
///
/// # Errors
/// `not_found` when it is not here.
pub fn remove(tx: &mut Tx, _: Empty) -> Result<Undone> {
    match operation(tx)? {
        Some(operation) => history::taken_back(tx, operation),
        None => Err(Error::NotFound("sample community")),
    }
}

/// The operation that put the sample community here, while it stands.
pub(crate) fn operation(tx: &Tx) -> Result<Option<i64>> {
    tx.scalar(
        "SELECT id FROM operations WHERE command = 'sample.load' AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
        [],
    )
}

/// Fills a file with `n` invented people and `m` touchpoints, the same for the same seed and day, telling how far it is.
pub fn fill(store: &Store, now: Now, seed: u64, n: u32, m: u64, mut told: impl FnMut(&str, u64, u64)) -> Result<()> {
    let today = store.read(now, workspace::today)?;
    let mut ids: Vec<Id> = Vec::with_capacity(n as usize);
    let mut people = demo::people(seed, n).peekable();
    while people.peek().is_some() {
        let batch: Vec<_> = people.by_ref().take(BATCH).collect();
        store.write("demo.people", Memory::Recorded, now, |tx| {
            for person in &batch {
                ids.push(put_demo_person(tx, seed, person, today)?);
            }
            tx.take_concerned();
            Ok(())
        })?;
        told("people", ids.len() as u64, n.into());
    }
    let day_number = today.signed_duration_since(NaiveDate::default()).num_days();
    let mut touchpoints = demo::touchpoints(seed, n, m, day_number).peekable();
    let mut done = 0;
    while touchpoints.peek().is_some() {
        let batch: Vec<_> = touchpoints.by_ref().take(BATCH * 10).collect();
        store.write("demo.touchpoints", Memory::Recorded, now, |tx| {
            for touchpoint in &batch {
                put_demo_touchpoint(tx, touchpoint, &ids, today)?;
            }
            tx.take_concerned();
            Ok(())
        })?;
        done += batch.len() as u64;
        told("touchpoints", done, m);
    }
    for (nth, batch) in ids.chunks(BATCH).enumerate() {
        store.write("demo.journeys", Memory::Recorded, now, |tx| {
            for id in batch {
                tx.concern(*id);
            }
            people::state::refresh_concerned(tx)?;
            old_moves_are_no_news(tx, today)
        })?;
        told("journeys", ((nth + 1) * BATCH).min(ids.len()) as u64, n.into());
    }
    if n > 0 {
        let newsletter = NewList {
            name: "Newsletter".to_owned(),
            filter: Some("basis:opted_in".to_owned()),
            note: Some("Whoever signed up for it".to_owned()),
        };
        store.write("demo.list", Memory::Recorded, now, |tx| lists::create(tx, newsletter))?;
    }
    Ok(())
}

fn put_demo_person(tx: &mut Tx, seed: u64, demo: &demo::DemoPerson, today: NaiveDate) -> Result<Id> {
    let mut person = Person::new(tx.new_id(), &demo.name);
    let some = |t: &str| Some(t.to_owned()).filter(|t| !t.is_empty());
    person.pronouns = demo.pronouns.and_then(some);
    person.role_title = demo.role_title.and_then(some);
    person.organisation_id = organisations::named(tx, demo.organisation.as_deref().unwrap_or_default())?;
    person.country = some(demo.country);
    person.city = some(demo.city);
    person.time_zone = some(demo.time_zone);
    person.languages = some(&demo.languages);
    person.building_now = demo.building_now.and_then(some);
    person.challenges = demo.challenges.and_then(some);
    person.content_prefs = some(&demo.content_prefs);
    person.appreciation_prefs = some(&demo.appreciation_prefs);
    person.do_not_contact = demo.do_not_contact;
    person.teammate = demo.teammate;
    tx.insert(&person)?;
    for tag in &demo.tags {
        put_tag(tx, person.id, tag.name, tag.kind)?;
    }
    let mut mail = None;
    for (n, contact) in demo.contacts.iter().enumerate() {
        let point = put_contact(tx, person.id, contact.kind, &contact.value, contact.source, n == 0, today)?;
        mail = mail.or((contact.kind == "email").then_some(point));
    }
    if let (Some(said), Some(contact_point_id)) = (demo::opted_in(seed, demo), mail) {
        let since = days_after(today, -i64::from(said.days_ago)).unwrap_or(today);
        tx.insert(&ContactBasis {
            id: tx.new_id(),
            contact_point_id,
            purpose: Purpose::ListMail,
            basis: Basis::OptedIn,
            evidence: Some(said.evidence.to_owned()),
            touchpoint_id: None,
            recorded_on: since.to_string(),
        })?;
    }
    if let Some(said) = demo::follow_up(seed, demo) {
        let new = NewFollowUp {
            kind: Some(known(FollowUpKind::from_key(said.kind), said.kind)?),
            text: said.text.to_owned(),
            person: Some(person.id),
            due: days_after(today, said.due_in).unwrap_or(today).to_string(),
            ..NewFollowUp::default()
        };
        followups::put_new(tx, new)?;
    }
    Ok(person.id)
}

fn put_tag(tx: &mut Tx, person: Id, name: &str, kind: &str) -> Result<()> {
    let tag = tags::named(tx, name, known(TagKind::from_key(kind), kind)?)?;
    tags::put_on(tx, person, tag)?;
    Ok(())
}

fn put_contact(
    tx: &mut Tx,
    person_id: Id,
    kind: &str,
    value: &str,
    source: &str,
    is_primary: bool,
    today: NaiveDate,
) -> Result<Id> {
    let kind = known(ContactKind::from_key(kind), kind)?;
    let row: ContactPoint = contact_points::made(
        tx,
        person_id,
        kind,
        value,
        known(ContactSource::from_key(source), source)?,
        None,
        is_primary,
        today,
    );
    tx.insert(&row)?;
    Ok(row.id)
}

fn put_postal_address(tx: &mut Tx, person: &Person, sample: &SamplePostalAddress, today: NaiveDate) -> Result<()> {
    let given_on = days_after(today, -i64::from(sample.given_days_ago)).unwrap_or(today);
    let row = PostalAddress {
        id: tx.new_id(),
        person_id: person.id,
        lines: sample.lines.clone(),
        country: person.country.clone().unwrap_or_default(),
        recipient_name: person.display_name.clone(),
        phone: None,
        purpose: sample.purpose.clone(),
        source: ContactSource::TheyGaveIt,
        source_note: None,
        given_on: given_on.to_string(),
        expires_on: postal_addresses::kept_until(given_on).to_string(),
    };
    tx.insert(&row)
}

fn put_sample_touchpoint(
    tx: &mut Tx,
    sample: &SampleTouchpoint,
    ids: &HashMap<String, Id>,
    today: NaiveDate,
) -> Result<()> {
    let people = sample.people.iter().map(|p| Part {
        person: ids[&p.person],
        role: p.role.as_deref().unwrap_or("with"),
        observed_stage: p.observed_stage.as_deref(),
        observed_by: p.observed_by.as_deref().unwrap_or("told"),
        incentivised: p.incentivised,
    });
    let happened = Happened {
        kind: &sample.kind,
        days_ago: sample.days_ago,
        precision: sample.precision.as_deref().unwrap_or("day"),
        minute: None,
        note: Some(sample.note.clone()),
        intent: sample.intent.as_deref(),
        sentiment: sample.sentiment,
        minutes: sample.minutes,
        needs_answer: sample.needs_answer,
        source: sample.source.as_deref().unwrap_or("quick_capture"),
    };
    put_touchpoint(tx, &happened, people, today)
}

fn put_demo_touchpoint(tx: &mut Tx, demo: &demo::DemoTouchpoint, ids: &[Id], today: NaiveDate) -> Result<()> {
    let people = demo.people.iter().map(|p| Part {
        person: ids[p.person as usize],
        role: p.role,
        observed_stage: p.observed_stage,
        observed_by: p.observed_by,
        incentivised: p.incentivised,
    });
    let happened = Happened {
        kind: demo.kind,
        days_ago: demo.days_ago,
        precision: demo.precision,
        minute: demo.minute,
        note: demo.note.clone(),
        intent: demo.intent,
        sentiment: demo.sentiment,
        minutes: demo.minutes,
        needs_answer: demo.needs_answer,
        source: demo.source,
    };
    put_touchpoint(tx, &happened, people, today)
}

/// What both kinds of invented touchpoints come down to.
struct Happened<'a> {
    kind: &'a str,
    days_ago: u32,
    precision: &'a str,
    minute: Option<u16>,
    note: Option<String>,
    intent: Option<&'a str>,
    sentiment: Option<i8>,
    minutes: Option<u16>,
    needs_answer: bool,
    source: &'a str,
}
struct Part<'a> {
    person: Id,
    role: &'a str,
    observed_stage: Option<&'a str>,
    observed_by: &'a str,
    incentivised: bool,
}

fn put_touchpoint<'a>(
    tx: &mut Tx,
    happened: &Happened,
    people: impl Iterator<Item = Part<'a>>,
    today: NaiveDate,
) -> Result<()> {
    use chrono::Datelike;
    let config = journey::config(tx)?;
    let direction = known(config.1.kind(happened.kind), happened.kind)?.direction;
    let precision = known(Precision::from_key(happened.precision), happened.precision)?;
    let day = today.checked_sub_days(Days::new(happened.days_ago.into())).unwrap_or(today);
    let on_day = match precision {
        Precision::Month => day.with_day(1),
        Precision::Year => day.with_ordinal(1),
        _ => None,
    }
    .unwrap_or(day);
    let zone = workspace::zone(tx)?;
    let at = happened
        .minute
        .filter(|_| precision == Precision::Minute)
        .and_then(|m| on_day.and_hms_opt(u32::from(m) / 60, u32::from(m) % 60, 0))
        .and_then(|civil| zone.from_local_datetime(&civil).earliest());
    let row = Touchpoint {
        id: tx.new_id(),
        kind: happened.kind.to_owned(),
        on_day: on_day.to_string(),
        // An hour the clocks skipped leaves the day.
        precision: if precision == Precision::Minute && at.is_none() { Precision::Day } else { precision },
        zone: at.as_ref().map(|_| zone.name().to_owned()),
        at: at.map(|t| t.timestamp_millis()),
        direction,
        intent: happened.intent.map(|i| known(Intent::from_key(i), i)).transpose()?,
        note: happened.note.clone(),
        quote: None,
        sentiment: happened.sentiment,
        minutes: happened.minutes.map(u32::from),
        needs_answer: happened.needs_answer,
        answers: None,
        source: known(Source::from_key(happened.source), happened.source)?,
    };
    tx.insert(&row)?;
    for part in people {
        tx.insert(&TouchpointPerson {
            id: touchpoints::part(row.id, part.person),
            touchpoint_id: row.id,
            person_id: part.person,
            role: known(Role::from_key(part.role), part.role)?,
            observed_stage: part.observed_stage.map(|s| known(Stage::from_key(s), s)).transpose()?,
            observed_by: known(ObservedBy::from_key(part.observed_by), part.observed_by)?,
            incentivised: part.incentivised,
        })?;
    }
    Ok(())
}

/// Somebody who is shown a community for the first time is not asked about moves of long ago.
fn old_moves_are_no_news(tx: &mut Tx, today: NaiveDate) -> Result<()> {
    let news = today.checked_sub_days(Days::new(NEWS_DAYS)).unwrap_or(today);
    let operation = tx.operation()?;
    tx.sql().execute(
        "UPDATE stage_changes SET status = 'accepted' WHERE created_op = ?1 AND status IN ('suggested', 'applied') AND on_day < ?2",
        (operation, news.to_string()),
    )?;
    people::state::answered(tx, operation)
}

/// Invented data speaks the words of this program; if it does not, that is a fault of the program.
fn known<T>(word: Option<T>, key: &str) -> Result<T> {
    word.ok_or_else(|| Error::Invalid {
        field: "sample".into(),
        message: format!("The invented data has an unknown word, “{key}”. Please report this."),
    })
}
