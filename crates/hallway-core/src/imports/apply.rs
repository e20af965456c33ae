//! A planned row, written. What many rows share (tags, organisations, fields) is looked up once in a batch, and the state
//! of somebody new is made from what was just written: a million rows leave no time to read it all again.
use super::{
    ImportRequest, SignedUp,
    known::{country_text, custom_texts, notes_with, signed_up_on},
    planned::{Outcome, Planned},
};
use crate::{
    contact_points::{self, ContactPoint, ContactSource},
    error::Result,
    fields::{self, FieldRow},
    id::Id,
    journey::engine::{Direction, ObservedBy, Role, Standing},
    normal::{ContactKind, fold},
    organisations,
    people::{
        Person,
        state::{self, Fresh},
    },
    store::Tx,
    tags::{self, PersonTag, TagKind, TagRow},
    touchpoints::{self, Precision, Source, Touchpoint, TouchpointPerson},
    transfer::csv::{DayPrecision, Happened, ImportedPerson, ImportedTouch},
    trust::{
        SuppressedFor, basis, newsletter,
        suppressions::{self, Listed},
    },
    workspace,
};
use chrono::NaiveDate;
use std::collections::HashMap;

/// What every row of one batch has in common.
pub(super) struct Writing {
    source: ContactSource,
    file_name: String,
    today: NaiveDate,
    unplaced: Standing,
    organisations: HashMap<String, Option<Id>>,
    tags: HashMap<(TagKind, String), (Id, String)>,
    fields: HashMap<String, FieldRow>,
    /// Those who are new in this batch and were not touched again.
    fresh: HashMap<Id, Fresh>,
    /// Those who signed up, by the day, where a row says none, and what shows it; nothing when nobody said where.
    signed_up: Option<(Option<String>, String)>,
    /// How many are new to the newsletter, and how many are opted out.
    pub subscribed: u32,
    pub unsubscribed: u32,
}

impl Writing {
    pub fn new(tx: &Tx, request: &ImportRequest, file_name: String) -> Result<Writing> {
        let today = workspace::today(tx)?;
        let signed_up = match &request.newsletter {
            Some(SignedUp { evidence, on }) if !evidence.trim().is_empty() => {
                let on = on.as_ref().filter(|on| !on.trim().is_empty());
                let on = on.map(|on| basis::day(tx, Some(on.clone()))).transpose()?;
                Some((on, format!("{}: {file_name}", evidence.trim())))
            }
            _ => None,
        };
        Ok(Writing {
            source: request.source,
            file_name,
            today,
            unplaced: state::unplaced(tx, today)?,
            organisations: HashMap::new(),
            tags: HashMap::new(),
            fields: HashMap::new(),
            fresh: HashMap::new(),
            signed_up,
            subscribed: 0,
            unsubscribed: 0,
        })
    }

    pub fn apply(&mut self, tx: &mut Tx, planned: &Planned, listed: &Listed, overwrite: bool) -> Result<()> {
        let row = &planned.imported;
        match (planned.outcome, planned.person) {
            (Outcome::New, _) => {
                let mut person = Person::new(tx.new_id(), &row.name);
                self.fill(tx, &mut person, row, false)?;
                tx.insert(&person)?;
                let contacts = self.contacts(tx, person.id, row, vec![])?;
                let heard = self.hear(tx, person.id, planned, listed, &contacts)?;
                let mut tags = Vec::new();
                for (name, kind) in words(row) {
                    let (tag, name) = self.tag(tx, name, kind)?;
                    if tags.iter().all(|(known, _, _)| *known != tag) {
                        tx.insert(&PersonTag::of(person.id, tag))?;
                        tags.push((tag, kind, name));
                    }
                }
                for (label, text) in custom_texts(row) {
                    let field = self.field(tx, &label)?;
                    if let Some(value) = fields::valued(&field, person.id, &text)? {
                        tx.insert(&value)?;
                    }
                }
                for touch in &row.touches {
                    self.touch(tx, person.id, touch)?;
                }
                if row.touches.is_empty() && !heard {
                    let tags = tags.into_iter().map(|(_, kind, name)| (kind, name)).collect();
                    let organisation = person.organisation_id.and(row.organisation.clone());
                    self.fresh.insert(person.id, Fresh { person, organisation, tags, contacts });
                }
                Ok(())
            }
            (Outcome::Update, Some(id)) => {
                self.fresh.remove(&id);
                let mut person: Person = tx.get(id)?;
                self.fill(tx, &mut person, row, overwrite)?;
                tx.put(&person)?;
                let here = contact_points::of(tx, id)?;
                let contacts = self.contacts(tx, id, row, here)?;
                self.hear(tx, id, planned, listed, &contacts)?;
                for (name, kind) in words(row) {
                    let (tag, _) = self.tag(tx, name, kind)?;
                    tags::put_on(tx, id, tag)?;
                }
                let custom = custom_texts(row);
                if !custom.is_empty() {
                    let here = fields::of(tx, id)?;
                    for (label, text) in custom {
                        let field = self.field(tx, &label)?;
                        if overwrite || !here.iter().any(|v| v.field == field.id) {
                            fields::write(tx, id, field.id, &text)?;
                        }
                    }
                }
                for touch in &planned.touches {
                    self.touch(tx, id, touch)?;
                }
                Ok(())
            }
            _ if planned.says_no_apart() => self.hear_apart(tx, planned, listed),
            _ => Ok(()),
        }
    }

    /// Makes the state of everybody the batch touched anew. It ends every batch.
    pub fn settle(&mut self, tx: &mut Tx) -> Result<()> {
        for person in tx.take_concerned() {
            match self.fresh.remove(&person) {
                Some(fresh) => state::put_fresh(tx, fresh, &self.unplaced)?,
                None => tx.concern(person),
            }
        }
        state::refresh_concerned(tx)?;
        Ok(())
    }

    fn contacts(
        &self,
        tx: &mut Tx,
        person: Id,
        row: &ImportedPerson,
        here: Vec<ContactPoint>,
    ) -> Result<Vec<ContactPoint>> {
        let mut all = here;
        for (kind, value) in &row.contacts {
            let first = !all.iter().any(|c| c.kind == *kind);
            let note = Some(self.file_name.clone());
            let made = contact_points::made(tx, person, *kind, value, self.source, note, first, self.today);
            if !all.iter().any(|c| c.kind == *kind && c.value_norm == made.value_norm) {
                tx.insert(&made)?;
                all.push(made);
            }
        }
        Ok(all)
    }

    /// Takes the no of a row that does not come in. Whoever the row is: the address is theirs who say no at it.
    fn hear_apart(&mut self, tx: &mut Tx, planned: &Planned, listed: &Listed) -> Result<()> {
        let here = planned.person.map_or(Ok(vec![]), |id| contact_points::of(tx, id))?;
        let theirs = |address: &String| here.iter().any(|point| point.value_norm == *address);
        let (at, elsewhere): (Vec<String>, Vec<String>) = planned.addresses().into_iter().partition(theirs);
        let before = self.unsubscribed;
        // Who it is that waits is not known, so a no without an address is nobody's yet.
        let of_the_person = elsewhere.is_empty() && planned.outcome == Outcome::Skipped;
        if let Some(id) = planned.person.filter(|_| !at.is_empty() || of_the_person) {
            self.fresh.remove(&id);
            self.hear(tx, id, planned, listed, &here)?;
        }
        let mut any = false;
        for address in elsewhere {
            any |= suppressions::suppress(tx, ContactKind::Email, &address, SuppressedFor::Unsubscribed)?;
        }
        self.unsubscribed += u32::from(any && self.unsubscribed == before);
        Ok(())
    }

    /// Takes the row's word on the newsletter. Returns whether what is known of the person changed by it.
    fn hear(
        &mut self,
        tx: &mut Tx,
        person: Id,
        planned: &Planned,
        listed: &Listed,
        contacts: &[ContactPoint],
    ) -> Result<bool> {
        let Some(wants) = planned.newsletter else { return Ok(false) };
        let addresses = planned.addresses();
        let at = |point: &&ContactPoint| point.kind == ContactKind::Email && addresses.contains(&point.value_norm);
        let points: Vec<&ContactPoint> = contacts.iter().filter(at).collect();
        let evidence = format!("Said no to the newsletter: {}", self.file_name);
        if !wants && addresses.is_empty() && !newsletter::objects(tx, person)? {
            newsletter::objected(tx, person, &evidence, &self.today.to_string())?;
            self.unsubscribed += 1;
            return Ok(true);
        }
        if points.is_empty() {
            return Ok(false);
        }
        if !wants {
            let mut any = false;
            for point in points {
                if !newsletter::is_opted_out(tx, person, &point.value_norm)? {
                    newsletter::said_no(tx, person, point, &evidence, &self.today.to_string())?;
                    any = true;
                }
            }
            self.unsubscribed += u32::from(any);
        } else if let (Some((on, evidence)), Some(point)) = (&self.signed_up, points.first())
            && let Some(on) = signed_up_on(&planned.imported, self.today).as_ref().or(on.as_ref())
            && newsletter::stands_against(tx, listed, &point.value)?.is_none()
        {
            self.subscribed += u32::from(newsletter::signed_up(tx, person, point, evidence, on)?);
        }
        // A basis says nothing of where somebody stands; a way to reach them that is opted out is written anew.
        Ok(!wants)
    }

    fn tag(&mut self, tx: &mut Tx, name: &str, kind: TagKind) -> Result<(Id, String)> {
        if let Some(known) = self.tags.get(&(kind, name.to_owned())) {
            return Ok(known.clone());
        }
        let id = tags::named(tx, name, kind)?;
        let found = (id, tx.get::<TagRow>(id)?.name);
        self.tags.insert((kind, name.to_owned()), found.clone());
        Ok(found)
    }

    fn field(&mut self, tx: &mut Tx, label: &str) -> Result<FieldRow> {
        let folded = fold(label);
        if let Some(known) = self.fields.get(&folded) {
            return Ok(known.clone());
        }
        let id = fields::labelled(tx, label)?;
        let field: FieldRow = tx.get(id)?;
        self.fields.insert(folded, field.clone());
        Ok(field)
    }

    /// An entry that tells of something that happened; it is imported, and nobody saw it.
    fn touch(&self, tx: &mut Tx, person: Id, touch: &ImportedTouch) -> Result<()> {
        let (on_day, precision) = match &touch.day {
            None => (self.today, Precision::Unknown),
            Some(day) => (day.date, precision(day.precision)),
        };
        let row = Touchpoint {
            id: tx.new_id(),
            kind: kind(touch).to_owned(),
            on_day: on_day.to_string(),
            precision,
            at: None,
            zone: None,
            direction: match touch.how {
                Happened::Wrote => Direction::FromUs,
                Happened::Heard => Direction::FromThem,
                Happened::Met | Happened::Spoke => Direction::TwoWay,
            },
            intent: None,
            note: touch.note.clone(),
            quote: None,
            sentiment: None,
            minutes: None,
            needs_answer: false,
            answers: None,
            source: Source::Import,
        };
        tx.insert(&row)?;
        tx.insert(&TouchpointPerson {
            id: touchpoints::part(row.id, person),
            touchpoint_id: row.id,
            person_id: person,
            role: if touch.how == Happened::Heard { Role::By } else { Role::With },
            observed_stage: None,
            observed_by: ObservedBy::Imported,
            incentivised: false,
        })
    }

    /// Fills blanks, and adds to the notes; writes over what differs only when told to.
    fn fill(&mut self, tx: &mut Tx, person: &mut Person, row: &ImportedPerson, overwrite: bool) -> Result<()> {
        let take = |slot: &mut Option<String>, text: Option<&String>| {
            if let Some(text) = text
                && (overwrite || slot.is_none())
            {
                *slot = Some(text.clone());
            }
        };
        take(&mut person.role_title, row.role_title.as_ref());
        take(&mut person.city, row.city.as_ref());
        take(&mut person.pronouns, row.pronouns.as_ref());
        take(&mut person.languages, row.languages.as_ref());
        take(&mut person.time_zone, row.time_zone.as_ref().filter(|z| z.parse::<chrono_tz::Tz>().is_ok()));
        take(&mut person.building_now, row.building_now.as_ref());
        take(&mut person.challenges, row.challenges.as_ref());
        take(&mut person.country, country_text(row).as_ref());
        if let Some(notes) = &row.notes {
            person.notes = Some(notes_with(person.notes.as_ref(), notes));
        }
        if let Some(name) = &row.organisation
            && (overwrite || person.organisation_id.is_none())
        {
            person.organisation_id = match self.organisations.get(name) {
                Some(known) => *known,
                None => {
                    let made = organisations::spelled(tx, name)?;
                    self.organisations.insert(name.clone(), made);
                    made
                }
            };
        }
        Ok(())
    }
}

/// The kind of the entry that a row tells of.
pub(super) fn kind(touch: &ImportedTouch) -> &'static str {
    match touch.how {
        Happened::Wrote => "emailed",
        Happened::Heard => "replied",
        Happened::Met => "conversation_in_person",
        Happened::Spoke => "conversation_online",
    }
}

pub(super) fn precision(precision: DayPrecision) -> Precision {
    match precision {
        DayPrecision::Day => Precision::Day,
        DayPrecision::Month => Precision::Month,
        DayPrecision::Year => Precision::Year,
    }
}

fn words(row: &ImportedPerson) -> impl Iterator<Item = (&str, TagKind)> {
    let topics = row.tags.iter().map(|name| (name.as_str(), TagKind::Topic));
    topics.chain(row.stack.iter().map(|name| (name.as_str(), TagKind::Stack)))
}
