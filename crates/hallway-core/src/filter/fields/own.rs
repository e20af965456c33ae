//! Fields of the workspace's own making.
use super::{Asked, Asking, Choice, Field, Set, Takes};
use crate::{
    error::Result,
    filter::{days::NO_DAY, known::Known, particulars::Value, values},
    normal::fold,
};

pub fn choices(_: &Known, field: &Field) -> Vec<Choice> {
    field.own.iter().flat_map(|own| &own.choices).map(|choice| Choice::new(choice, choice)).collect()
}

pub fn answer(asking: &Asking, asked: &Asked) -> Result<Set> {
    let Some(id) = asked.field.own.as_ref().map(|own| own.id) else { return Ok(asking.nobody()) };
    let folded: Vec<String> = asked.values.iter().map(|value| fold(value)).collect();
    match asked.field.takes {
        Takes::Day(_) => {
            let test = asking.days(asked);
            asking.of_particulars(|of| {
                test.holds(match of.value(id) {
                    Some(Value::Day(day)) => *day,
                    _ => NO_DAY,
                })
            })
        }
        Takes::Number => asking.of_particulars(|of| match of.value(id) {
            Some(Value::Number(n)) => values::number_holds(asked.values, asked.compare, *n),
            _ => false,
        }),
        // What nobody answered is neither.
        Takes::YesNo => {
            let (yes, no) = asked.yes_no();
            asking.of_particulars(|of| match of.value(id) {
                Some(Value::Number(n)) => {
                    if *n > 0.0 {
                        yes
                    } else {
                        no
                    }
                }
                _ => false,
            })
        }
        Takes::Choice(_) => asking.of_particulars(|of| match of.value(id) {
            Some(Value::Text(text)) => folded.iter().any(|wanted| **wanted == **text),
            _ => false,
        }),
        _ => asking.of_particulars(|of| match of.value(id) {
            Some(Value::Text(text)) => folded.iter().any(|wanted| text.contains(wanted.as_str())),
            _ => false,
        }),
    }
}
