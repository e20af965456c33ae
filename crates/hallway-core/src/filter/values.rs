//! What stands after a colon, read as its field takes it.
use super::{
    days,
    fields::{Choice, Field, Takes},
    known::Known,
    near::{nearest, plain},
    parse::{is_in_order, listed},
    tree::Compare,
};

/// The values a text says, as they are written; of most fields it is one.
///
/// # Errors
/// A sentence that says what would be understood.
pub fn read(known: &Known, field: &Field, compare: Compare, text: &str) -> Result<Vec<String>, String> {
    if compare != Compare::Is && !is_in_order(&field.takes) {
        return Err(format!(
            "{}: is not in an order, so nothing is {} it. {}",
            field.key,
            side(compare),
            wanted(known, field)
        ));
    }
    let text = text.trim();
    let one = |value: String| Ok(vec![value]);
    match &field.takes {
        Takes::Choice(choices) | Takes::Ordered(choices) => {
            let choices = choices(known, field);
            match chosen(&choices, text).as_slice() {
                [_, _, ..] | [] if may_be_named_so(known, text) => one(text.to_owned()),
                [] => Err(unknown(field, &choices, text)),
                [choice] => one(choice.key.clone()),
                several => Err(format!(
                    "“{text}” could be {}. Write one of them.",
                    listed(several.iter().take(6).map(|choice| choice.key.as_str()))
                )),
            }
        }
        Takes::Kind => kinds(known, text),
        Takes::Open(choices) => {
            let choices = choices(known, field);
            if let Some(choice) = exactly(&choices, text) {
                return one(choice.key.clone());
            }
            // What people wrote instead of a country is found as they wrote it; a slip is not.
            match nearest(text, choices.iter().flat_map(Choice::names)) {
                Some(near) => {
                    let key = exactly(&choices, near).map_or(near, |choice| choice.key.as_str());
                    Err(format!(
                        "There is no {} “{text}”. Did you mean {near}? Write {}:{key}.",
                        field.label.to_lowercase(),
                        field.key
                    ))
                }
                None => one(text.to_owned()),
            }
        }
        Takes::Day(way) => match days::read(text, compare, *way, known.today) {
            Some((written, _)) => one(written),
            None => Err(format!("“{text}” says no day. {}", wanted(known, field))),
        },
        Takes::Number => match number(text, compare) {
            Some((written, _, _)) => one(written),
            None => Err(format!("“{text}” is no number. {}", wanted(known, field))),
        },
        Takes::YesNo => match plain(text).as_str() {
            "yes" | "y" | "true" | "1" => one("yes".into()),
            "no" | "n" | "false" | "0" => one("no".into()),
            _ => Err(format!("“{text}” is neither yes nor no. Write {0}:yes or {0}:no.", field.key)),
        },
        Takes::Text | Takes::Name(_) => one(text.to_owned()),
    }
}

/// Whether something in nobody's workspace may be called so: a stage or a kind of entry that was named there.
fn may_be_named_so(known: &Known, text: &str) -> bool {
    known.anybodys && text.contains(char::is_alphanumeric)
}

/// The kinds of entry a text names: one by its key or its name, or all that have the words.
pub fn kinds(known: &Known, text: &str) -> Result<Vec<String>, String> {
    let choices = known.kinds();
    if let Some(choice) = exactly(&choices, text) {
        return Ok(vec![choice.key.clone()]);
    }
    let wanted = plain(text);
    let having: Vec<String> = choices
        .iter()
        .filter(|choice| {
            !wanted.is_empty() && (plain(&choice.key).contains(&wanted) || plain(&choice.label).contains(&wanted))
        })
        .map(|choice| choice.key.clone())
        .collect();
    if !having.is_empty() {
        return Ok(having);
    }
    if may_be_named_so(known, text) {
        return Ok(vec![text.to_owned()]);
    }
    let near = nearest(text, choices.iter().flat_map(Choice::names));
    let near = near.and_then(|near| exactly(&choices, near));
    Err(match near {
        Some(choice) => format!("No kind of entry is called “{text}”. Did you mean {} ({})?", choice.key, choice.label),
        None => format!("No kind of entry is called “{text}”. Those there are, are offered after kind: as you type."),
    })
}

/// A sentence that says what a field takes.
pub fn wanted(known: &Known, field: &Field) -> String {
    match &field.takes {
        Takes::Choice(choices) | Takes::Ordered(choices) => {
            let choices = choices(known, field);
            if choices.len() > 8 {
                format!("Write it like {}.", examples(field))
            } else {
                format!("{}: takes {}.", field.key, listed(choices.iter().map(|choice| choice.key.as_str())))
            }
        }
        Takes::YesNo => format!("Write {0}:yes or {0}:no.", field.key),
        _ => format!("Write it like {}.", examples(field)),
    }
}

fn examples(field: &Field) -> String {
    if field.examples.is_empty() {
        return match field.takes {
            Takes::Day(_) => format!("{0}:90d, {0}:2026-03 or {0}:never", field.key),
            Takes::Number => format!("{0}:5, {0}:>=5 or {0}:3..5", field.key),
            _ => format!("{}:\"some words\"", field.key),
        };
    }
    listed(field.examples.iter().copied().take(3))
}

fn side(compare: Compare) -> &'static str {
    match compare {
        Compare::Over | Compare::AtLeast => "above",
        _ => "below",
    }
}

fn unknown(field: &Field, choices: &[Choice], text: &str) -> String {
    let near = nearest(text, choices.iter().flat_map(Choice::names));
    let near = near.and_then(|near| exactly(choices, near));
    let takes = match near {
        Some(choice) => format!("Did you mean {}:{}?", field.key, choice.key),
        None if choices.len() > 8 => format!("Write it like {}; the others are offered as you type.", examples(field)),
        None => format!("It takes {}.", listed(choices.iter().map(|choice| choice.key.as_str()))),
    };
    format!("{}: knows no “{text}”. {takes}", field.key)
}

fn exactly<'a>(choices: &'a [Choice], text: &str) -> Option<&'a Choice> {
    let wanted = plain(text);
    let key = |choice: &&Choice| choice.key.eq_ignore_ascii_case(text.trim());
    choices.iter().find(key).or_else(|| {
        choices.iter().find(|choice| !wanted.is_empty() && choice.names().any(|name| plain(name) == wanted))
    })
}

/// The choice a text names, or those it begins.
fn chosen<'a>(choices: &'a [Choice], text: &str) -> Vec<&'a Choice> {
    if let Some(choice) = exactly(choices, text) {
        return vec![choice];
    }
    let wanted = plain(text);
    if wanted.chars().count() < 2 {
        return vec![];
    }
    choices.iter().filter(|choice| choice.names().any(|name| plain(name).starts_with(&wanted))).collect()
}

/// A number or a stretch of them: how it is written, and its least and greatest.
pub fn number(text: &str, compare: Compare) -> Option<(String, f64, f64)> {
    let read = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain =
            digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') && digits.bytes().any(|b| b.is_ascii_digit());
        (plain && digits.len() <= 18).then(|| text.parse::<f64>().ok()).flatten().filter(|n| n.is_finite())
    };
    match text.split_once("..") {
        Some((from, to)) if compare == Compare::Is => {
            let end = |text: &str, open: f64| if text.is_empty() { Some(open) } else { read(text) };
            let (a, b) = (end(from, f64::NEG_INFINITY)?, end(to, f64::INFINITY)?);
            (a.is_finite() || b.is_finite()).then(|| (text.to_owned(), a.min(b), a.max(b)))
        }
        _ => read(text).map(|n| (text.to_owned(), n, n)),
    }
}

/// Whether a number is as was asked.
pub fn number_holds(values: &[String], compare: Compare, n: f64) -> bool {
    values.iter().filter_map(|text| number(text, compare)).any(|(_, from, to)| match compare {
        Compare::Is => (from..=to).contains(&n),
        compare => n.partial_cmp(&from).is_some_and(|order| compare.holds(order)),
    })
}
