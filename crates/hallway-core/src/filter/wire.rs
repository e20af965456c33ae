//! The filter on the wire: read with its count and what could be typed next, written, and the table of its fields.
//! Places in a text are told in UTF-16 units, as a page counts them.
use super::{
    Known, Tree,
    complete::{self, Offer},
    fields::{About, Field, Group, Takes},
    parse, slips,
};
use crate::{
    error::{Result, invalid},
    rpc::Empty,
    store::Tx,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ReadFilter {
    pub text: String,
    /// Where one is typing, in UTF-16 units; nothing is offered without it.
    pub cursor: Option<u32>,
}

/// Why a filter cannot be read, and the words that are meant.
#[derive(Debug, Serialize, TS)]
pub struct FilterFault {
    /// A sentence that says what would be understood.
    pub message: String,
    pub from: u32,
    pub to: u32,
}

/// Something that could stand where one is typing.
#[derive(Debug, Serialize, TS)]
pub struct Completion {
    pub label: String,
    /// What it is, or how many people it finds.
    pub note: String,
    /// What to put in the place of `from` … `to`.
    pub insert: String,
    pub from: u32,
    pub to: u32,
}

#[derive(Debug, Serialize, TS)]
pub struct FilterReading {
    pub tree: Option<Tree>,
    /// The same filter, written plainly; the text as it stands when it cannot be read.
    pub tidy: String,
    /// How many people it finds, exactly.
    pub count: Option<u32>,
    pub error: Option<FilterFault>,
    /// Of one that finds nobody: which names in it nothing here has, and what may have been meant. Nothing while one is typing.
    pub remark: Option<String>,
    pub completions: Vec<Completion>,
}

#[derive(Debug, Deserialize, TS)]
pub struct WriteFilter {
    pub tree: Tree,
}
#[derive(Debug, Serialize, TS)]
pub struct FilterText {
    pub text: String,
}

words! {
    pub enum FieldTakes { Choice = "choice", Day = "day", Number = "number", Text = "text", Name = "name", YesNo = "yes_no", }
}

#[derive(Debug, Serialize, TS)]
pub struct FieldChoice {
    pub key: String,
    pub label: String,
}

/// A field of the table, as a page shows it.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FilterField {
    pub key: String,
    pub label: String,
    pub group: Group,
    pub aliases: Vec<String>,
    /// It is asked of an entry, between the brackets of `touch(…)`.
    pub of_entries: bool,
    pub takes: FieldTakes,
    /// Whether `>` and `<` may stand before the value.
    pub in_order: bool,
    pub choices: Vec<FieldChoice>,
    /// Filters that use it; each can be read.
    pub examples: Vec<String>,
}

pub fn read(tx: &Tx, input: ReadFilter) -> Result<FilterReading> {
    let text = input.text.as_str();
    let known = Known::of(tx)?;
    let places = Places::of(text);
    let completions = match input.cursor {
        Some(cursor) => complete::offers(tx, &known, text, places.bytes(cursor))?,
        None => vec![],
    };
    let completions = completions
        .into_iter()
        .map(|Offer { label, note, insert, from, to }| Completion {
            label,
            note,
            insert,
            from: places.units(from),
            to: places.units(to),
        })
        .collect();
    Ok(match super::tried(tx, text)? {
        Ok(tree) => {
            let count = super::count(tx, &tree)?;
            // Each letter would look for it, and only whoever shows that nobody was found says it.
            let remark = if count == 0 && input.cursor.is_none() { slips::of(tx, &known, &tree)? } else { None };
            FilterReading {
                tidy: tree.written(),
                tree: Some(tree),
                count: Some(count),
                error: None,
                remark,
                completions,
            }
        }
        Err(fault) => {
            let (from, to) = (places.units(fault.from), places.units(fault.to));
            let error = Some(FilterFault { message: fault.message, from, to });
            FilterReading { tree: None, tidy: text.to_owned(), count: None, error, remark: None, completions }
        }
    })
}

/// The text of a tree that was put together by hand.
///
/// # Errors
/// `invalid` under `filter` for a tree that no text says.
pub fn write(tx: &Tx, input: WriteFilter) -> Result<FilterText> {
    if input.tree.depth() > parse::DEEPEST || input.tree.conditions() > parse::MOST {
        return invalid("filter", "There is more in this filter than one filter can have.");
    }
    let text = input.tree.plain().written();
    // What is written must be read, or it is no filter.
    Ok(FilterText { text: super::understood(tx, &text)?.written() })
}

pub fn fields(tx: &Tx, _: Empty) -> Result<Vec<FilterField>> {
    let known = Known::of(tx)?;
    let all = known.fields(About::People).chain(known.fields(About::Entries));
    Ok(all.map(|field| shown(&known, field)).collect())
}

fn shown(known: &Known, field: &Field) -> FilterField {
    let takes = match field.takes {
        Takes::Choice(_) | Takes::Ordered(_) | Takes::Open(_) | Takes::Kind => FieldTakes::Choice,
        Takes::Day(_) => FieldTakes::Day,
        Takes::Number => FieldTakes::Number,
        Takes::Text => FieldTakes::Text,
        Takes::Name(_) => FieldTakes::Name,
        Takes::YesNo => FieldTakes::YesNo,
    };
    let choices = field.choices(known).into_iter().map(|choice| FieldChoice { key: choice.key, label: choice.label });
    let mut examples: Vec<String> = field.examples.iter().map(|example| (*example).to_owned()).collect();
    if examples.is_empty() {
        examples = complete::examples(known, field);
    }
    FilterField {
        key: field.key.to_string(),
        label: field.label.to_string(),
        group: field.group,
        aliases: field.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        of_entries: field.about == About::Entries,
        takes,
        in_order: parse::is_in_order(&field.takes),
        choices: choices.collect(),
        examples,
    }
}

/// Places in a text, in bytes and in UTF-16 units.
struct Places {
    /// For each character and the end, where it begins both ways.
    both: Vec<(usize, u32)>,
}

impl Places {
    fn of(text: &str) -> Places {
        let mut both = Vec::new();
        let mut units = 0;
        for (byte, letter) in text.char_indices() {
            both.push((byte, units));
            units += letter.len_utf16() as u32;
        }
        both.push((text.len(), units));
        Places { both }
    }
    fn units(&self, byte: usize) -> u32 {
        let place = self.both.partition_point(|(at, _)| *at < byte).min(self.both.len() - 1);
        self.both[place].1
    }
    /// The beginning of the character that is there, or the end.
    fn bytes(&self, units: u32) -> usize {
        let place = self.both.partition_point(|(_, at)| *at <= units).saturating_sub(1);
        self.both[place].0
    }
}
