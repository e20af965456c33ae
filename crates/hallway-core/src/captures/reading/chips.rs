//! The pieces of a line as chips: what each will be, and where it stands in the line.
use super::{
    Chip, ChipKind, FOLLOW_UP, ReadCapture, here, instant,
    plan::{Plan, last_entry, organisation, tag},
    typed,
};
use crate::{
    captures::{
        parse::{Line, Meaning},
        when::in_words,
    },
    error::Result,
    journey,
    normal::fold,
    people::PersonPick,
    store::Tx,
};

pub(super) fn chips(
    tx: &Tx,
    input: &ReadCapture,
    line: &Line,
    plan: &Plan,
    person: Option<&PersonPick>,
) -> Result<Vec<Chip>> {
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
                if plan.talked {
                    chip.label += " · you talked";
                }
            }
            Meaning::Waits => {
                chip.what = ChipKind::Waiting;
                chip.label = "They wait for an answer".to_owned();
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
