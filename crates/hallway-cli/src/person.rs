//! `show`: somebody's page, in words.
use crate::{
    arguments::Show,
    days::{known_day, long_day},
    desk::{Answer, Desk, understood},
    explanation::{self, Standing, witness},
    people::{place, today},
    whom::whom,
};
use hallway_core::{
    Failure, Id, countries,
    journey::engine::{ObservedBy, Stage},
    normal::ContactKind,
    numbers::plural,
    touchpoints::Precision,
    trust::{Basis, Purpose, SuppressedFor},
};
use serde::Deserialize;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    person: Person,
    organisation: Option<String>,
    contact_points: Vec<Contact>,
    postal_addresses: Vec<PostalAddress>,
    tags: Vec<Tag>,
    fields: Vec<Field>,
    standing: Standing,
    touchpoints: u64,
    came_from: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    display_name: String,
    pronouns: Option<String>,
    say_it_like: Option<String>,
    role_title: Option<String>,
    country: Option<String>,
    city: Option<String>,
    time_zone: Option<String>,
    languages: Option<String>,
    building_now: Option<String>,
    challenges: Option<String>,
    notes: Option<String>,
    do_not_contact: bool,
    do_not_contact_reason: Option<String>,
    teammate: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Contact {
    id: Id,
    kind: String,
    value: String,
    status: String,
    source: String,
    source_note: Option<String>,
    obtained_on: String,
}

/// What was said against writing to them.
#[derive(Deserialize)]
struct Said {
    points: Vec<SaidOf>,
    objections: Vec<Objection>,
}

#[derive(Deserialize)]
struct SaidOf {
    point: Id,
    suppressed: Option<SuppressedFor>,
    purposes: Vec<SaidFor>,
}

#[derive(Deserialize)]
struct SaidFor {
    purpose: Purpose,
    basis: Basis,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Objection {
    kind: ContactKind,
    on_day: String,
    evidence: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PostalAddress {
    lines: String,
    country: String,
    recipient_name: String,
    phone: Option<String>,
    purpose: String,
    source: String,
    source_note: Option<String>,
    given_on: String,
    expires_on: String,
}

#[derive(Deserialize)]
struct Tag {
    name: String,
    kind: String,
}

#[derive(Deserialize)]
struct Field {
    label: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    label: String,
    on_day: String,
    precision: Precision,
    note: Option<String>,
    needs_answer: bool,
    people: Vec<Attendee>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attendee {
    id: Id,
    name: String,
    observed_stage: Option<Stage>,
    observed_by: ObservedBy,
}

pub fn show(desk: &Desk, show: Show) -> Result<Answer, Failure> {
    let somebody = whom(desk, &show.whom)?;
    let page: Value = desk.call("people.page", json!({ "id": somebody.id }))?;
    let timeline: Value =
        desk.call("touchpoints.timeline", json!({ "person": somebody.id, "limit": show.limit.clamp(1, 500) }))?;
    let entries: Vec<Entry> = understood(timeline["entries"].clone())?;
    let basis: Value = desk.call("basis.of", json!({ "id": somebody.id }))?;
    let words = words(&understood(page.clone())?, &understood(basis.clone())?, somebody.id, &entries, &today(desk)?);
    Ok(Answer::new(words, json!({ "page": page, "timeline": timeline, "basis": basis })))
}

fn words(page: &Page, said: &Said, id: Id, entries: &[Entry], today: &str) -> String {
    let mut blocks = vec![
        head(page),
        explanation::in_full(&page.standing),
        particulars(page, said, today),
        timeline(page, id, entries, today),
    ];
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n")
}

fn head(page: &Page) -> String {
    let person = &page.person;
    let mut name = person.display_name.clone();
    if let Some(pronouns) = &person.pronouns {
        name += &format!(" ({pronouns})");
    }
    if let Some(sound) = &person.say_it_like {
        name += &format!(", said like “{sound}”");
    }
    let work = [person.role_title.as_deref(), page.organisation.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let lives = place(person.city.as_deref(), person.country.as_deref());
    let mut lines =
        vec![name, [work, lives].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")];
    if person.do_not_contact {
        let reason = person.do_not_contact_reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
        lines.push(format!("Do not contact{reason}"));
    }
    if person.teammate {
        lines.push("One of your own team".to_owned());
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn particulars(page: &Page, said: &Said, today: &str) -> String {
    let person = &page.person;
    let mut lines: Vec<(String, String)> = Vec::new();
    for contact in &page.contact_points {
        let kind = ContactKind::from_key(&contact.kind).map_or(contact.kind.clone(), |kind| kind.label().to_owned());
        lines.push((kind, reach(contact, said, today)));
    }
    lines.extend(said.objections.iter().map(|no| {
        let evidence = no.evidence.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
        ("Asked for no".into(), format!("{} (since {}{evidence})", no.kind.label(), long_day(&no.on_day, today)))
    }));
    lines.extend(page.postal_addresses.iter().map(|address| ("Parcels to".into(), parcel(address, today))));
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    lines.push(("Works with".into(), tags(page, "stack")));
    lines.push(("Tags".into(), tags(page, "topic")));
    lines.extend(page.fields.iter().map(|field| (field.label.clone(), field.value.clone())));
    lines.push(("Building now".into(), given(&person.building_now)));
    lines.push(("Stuck on".into(), given(&person.challenges)));
    lines.push(("Languages".into(), listed(&given(&person.languages))));
    lines.push(("Time zone".into(), given(&person.time_zone)));
    lines.push(("Notes".into(), given(&person.notes)));
    lines.push(("Came from".into(), given(&page.came_from)));
    lines.retain(|(_, text)| !text.trim().is_empty());
    let wide = lines.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
    let indent = format!("\n{}", " ".repeat(wide + 2));
    lines
        .iter()
        .map(|(label, text)| format!("{label}{}  {}", " ".repeat(wide - label.width()), text.replace('\n', &indent)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// What was typed with commas or semicolons between, as one reads it.
fn listed(text: &str) -> String {
    text.split([',', ';']).map(str::trim).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
}

fn tags(page: &Page, kind: &str) -> String {
    page.tags.iter().filter(|tag| tag.kind == kind).map(|tag| tag.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// An address with what became of it, what they said against it and where it came from: they may ask.
fn reach(contact: &Contact, said: &Said, today: &str) -> String {
    let status = match contact.status.as_str() {
        "bounced" => ", came back",
        "opted_out" => ", they opted out",
        "wrong_person" => ", somebody else's",
        _ => "",
    };
    let source = came_from(&contact.source, contact.source_note.as_deref());
    format!("{}{status}{} ({source}, {})", contact.value, against(contact, said), long_day(&contact.obtained_on, today))
}

/// What keeps an address from being written to, beside what became of it.
fn against(contact: &Contact, said: &Said) -> String {
    let Some(of) = said.points.iter().find(|of| of.point == contact.id) else { return String::new() };
    let mut against = String::new();
    if let Some(reason) = of.suppressed {
        against += &format!(", on the suppression list ({})", reason.words());
    }
    let objects = said.objections.iter().any(|no| no.kind.key() == contact.kind);
    let refused: Vec<&str> =
        of.purposes.iter().filter(|one| one.basis == Basis::Objected).map(|one| one.purpose.words()).collect();
    if !refused.is_empty() && !objects && contact.status != "opted_out" {
        against += &format!(", asked for no {}", refused.join(", "));
    }
    against
}

/// Where a parcel goes, with what the address was given for and until when it is kept.
fn parcel(address: &PostalAddress, today: &str) -> String {
    let country = countries::name_of(&address.country).unwrap_or(&address.country);
    let mut lines = vec![address.recipient_name.clone(), address.lines.clone(), country.to_owned()];
    lines.extend(address.phone.as_ref().map(|phone| format!("Phone for the carrier: {phone}")));
    lines.push(format!(
        "For {} ({}, {}; deleted on {})",
        address.purpose,
        came_from(&address.source, address.source_note.as_deref()),
        long_day(&address.given_on, today),
        long_day(&address.expires_on, today)
    ));
    lines.join("\n")
}

fn came_from(source: &str, note: Option<&str>) -> String {
    match (source, note) {
        ("import", Some(file)) => format!("from {file}"),
        (source, note) => {
            let words = match source {
                "they_gave_it" => "they gave it to you",
                "public_profile" => "from a public profile",
                "github" => "from GitHub",
                "badge" => "from a badge",
                "list_signup" => "signed up for a list",
                "colleague" => "from a colleague",
                _ => "imported",
            };
            note.map_or(words.to_owned(), |note| format!("{words}: {note}"))
        }
    }
}

fn timeline(page: &Page, id: Id, entries: &[Entry], today: &str) -> String {
    let mut lines: Vec<String> = entries.iter().map(|entry| told(entry, id, today)).collect();
    let older = page.touchpoints.saturating_sub(entries.len() as u64);
    if older > 0 {
        lines.push(format!("And {}. Ask for more with --limit.", plural(older, "older entry", "older entries")));
    }
    lines.join("\n")
}

fn told(entry: &Entry, id: Id, today: &str) -> String {
    let mut line = format!("{}: {}", known_day(&entry.on_day, entry.precision, today), entry.label);
    let others: Vec<&str> =
        entry.people.iter().filter(|person| person.id != id).map(|person| person.name.as_str()).collect();
    if !others.is_empty() {
        line += &format!(", with {}", others.join(", "));
    }
    if let Some(own) = entry.people.iter().find(|person| person.id == id && person.observed_stage.is_some()) {
        line += &format!(" ({})", witness(own.observed_by, own.observed_stage));
    }
    if entry.needs_answer {
        line += ", waits for an answer";
    }
    if let Some(note) = &entry.note {
        line += &format!("\n  {}", note.trim_end().replace('\n', "\n  "));
    }
    line
}
