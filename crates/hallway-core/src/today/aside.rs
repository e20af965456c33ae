//! What was set aside on the page of the day although nothing was written down for it.
use crate::{
    error::{Result, invalid},
    id::Id,
    people,
    record::Check,
    rpc::Empty,
    store::{Subject, Tx},
    time,
    touchpoints::Part,
    workspace,
};
use serde::Deserialize;
use ts_rs::TS;

record! {
    /// Something the page of the day had worked out, put off or let go.
    pub struct SetAside in "set_aside" as "item set aside", Joined,
    concerns Column("person_id"), hangs on ["person_id" -> "people"] {
        /// Follows from the key.
        pub id: Id,
        /// touch:PERSON, thank:TOUCHPOINT or answer:TOUCHPOINT.
        pub key: String,
        /// Whom it is about.
        pub person_id: Option<Id>,
        /// `YYYY-MM-DD`: when.
        pub on_day: String,
        /// `YYYY-MM-DD`: it shows again on that day; null is for good, and with touch: until the next contact.
        pub until_day: Option<String>,
    }
}
impl Check for SetAside {
    fn check(&self) -> Result<()> {
        if about(&self.key).is_none() {
            return invalid(
                "key",
                "Write what was put off as touch: with the id of a person, or as thank: or answer: with the id of a touchpoint.",
            );
        }
        time::day("onDay", &self.on_day)?;
        self.until_day.as_deref().map_or(Ok(()), |day| time::day("untilDay", day).map(drop))
    }
    fn complete(&mut self) {
        self.id = key_id(&self.key);
    }
}

/// What a key is about: a person, after touch, or a touchpoint.
fn about(key: &str) -> Option<(&str, Id)> {
    let (kind, id) = key.split_once(':')?;
    let known = ["touch", "thank", "answer"].contains(&kind);
    // Written as the page of the day writes it, which looks for the whole key.
    id.parse::<Id>().ok().filter(|read| known && read.to_string() == id).map(|id| (kind, id))
}

/// The id that follows from a key.
pub(super) fn key_id(key: &str) -> Id {
    Id::derived("set_aside", &[key.as_bytes()])
}

#[derive(Debug, Deserialize, TS)]
pub struct PutAside {
    /// touch:PERSON, thank:TOUCHPOINT or answer:TOUCHPOINT.
    pub key: String,
    /// `YYYY-MM-DD`: it shows again on that day. Missing: it is let go for good, and with touch: until the next contact.
    #[ts(optional)]
    pub until: Option<String>,
}

/// Puts something off that the page of the day had worked out, or lets it go: for good, or whoever one loses touch
/// with until the next contact.
pub fn set_aside(tx: &mut Tx, input: PutAside) -> Result<Empty> {
    let today = workspace::today(tx)?;
    if let Some(until) = &input.until
        && time::day("until", until)? <= today
    {
        return invalid("until", "Choose a day after today, so that it can come back.");
    }
    let person = match about(&input.key) {
        Some(("touch", person)) => people::root(tx, person)?,
        Some((_, touchpoint)) => first_at(tx, touchpoint)?,
        None => return invalid("key", "That cannot be set aside here. Settle it where it stands."),
    };
    let mut row = SetAside {
        id: Id([0; 16]),
        key: input.key,
        person_id: Some(person),
        on_day: today.to_string(),
        until_day: input.until,
    };
    row.complete();
    tx.put(&row)?;
    tx.about(Subject::Person(person), None, None)?;
    Ok(Empty {})
}

fn first_at(tx: &Tx, touchpoint: Id) -> Result<Id> {
    let people: Vec<(Id, Part)> = crate::touchpoints::at(tx, touchpoint)?;
    people.first().map(|(person, _)| *person).ok_or(crate::Error::NotFound("touchpoint"))
}
