//! Finding the one person who is meant.
use crate::desk::{Desk, refused};
use hallway_core::{Failure, Id, filter::plain_words, normal::fold, numbers::people};
use serde::Deserialize;
use serde_json::json;

/// As many candidates as a sentence can name.
const NAMED: usize = 8;

/// Somebody, as far as it takes to tell them apart.
#[derive(Debug, Clone, Deserialize)]
pub struct Somebody {
    pub id: Id,
    pub name: String,
    pub organisation: Option<String>,
}

#[derive(Deserialize)]
struct Rows {
    count: usize,
    rows: Vec<Somebody>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ById {
    person: NamedPerson,
    organisation: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NamedPerson {
    id: Id,
    display_name: String,
}

/// The one person with this id, this name, this part of a name or this address.
///
/// # Errors
/// A sentence that names the candidates when several could be meant, or says that nobody is.
pub fn whom(desk: &Desk, said: &str) -> Result<Somebody, Failure> {
    if let Ok(id) = said.parse::<Id>() {
        let page: ById = desk.call("people.page", json!({ "id": id }))?;
        return Ok(Somebody { id: page.person.id, name: page.person.display_name, organisation: page.organisation });
    }
    if fold(said).trim().is_empty() {
        return Err(refused("whom", "Say whom you mean: a name, an address or an id."));
    }
    let filter = json!({ "text": plain_words(said) });
    let found: Rows = desk.call(
        "people.list",
        json!({ "query": { "filter": filter, "sort": "name", "descending": false }, "offset": 0, "limit": 500 }),
    )?;
    choose(said, found.rows, found.count)
}

/// A whole name wins over part of one, and a name over anything else that contains the words.
fn choose(said: &str, found: Vec<Somebody>, count: usize) -> Result<Somebody, Failure> {
    let wanted = fold(said);
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let called: Vec<&Somebody> =
        found.iter().filter(|somebody| fold(&somebody.name).split_whitespace().eq(words.iter().copied())).collect();
    let partly: Vec<&Somebody> =
        found.iter().filter(|somebody| words.iter().all(|word| fold(&somebody.name).contains(word))).collect();
    // Beyond the rows that were looked at there may be more of the same kind: a whole name is certain all the same.
    let beyond = count - found.len();
    let (candidates, count) = match (&called[..], &partly[..]) {
        ([one], _) => return Ok((*one).clone()),
        ([_, ..], _) => (called.clone(), called.len()),
        ([], [one]) if beyond == 0 => return Ok((*one).clone()),
        ([], [_, ..]) => (partly.clone(), partly.len() + beyond),
        ([], []) => (found.iter().collect(), count),
    };
    match &candidates[..] {
        [] => Err(refused(
            "whom",
            format!("Nobody here is called “{said}”. Look for them with `list`, or write them down with `add`."),
        )),
        [one] if count == 1 => Ok((*one).clone()),
        several => Err(refused(
            "whom",
            format!(
                "“{said}” could be {}: {}. Write more of the name, or the id that `--json list` shows.",
                people(count as u64),
                named(several, count)
            ),
        )),
    }
}

fn named(several: &[&Somebody], count: usize) -> String {
    let mut names: Vec<String> = several
        .iter()
        .map(|somebody| match &somebody.organisation {
            Some(organisation) => format!("{} ({organisation})", somebody.name),
            None => somebody.name.clone(),
        })
        .collect();
    // People of one name come in no order of their own, and a sentence should not change from call to call.
    names.sort();
    names.truncate(NAMED);
    if count > names.len() {
        names.push(format!("and {} more", count - names.len()));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(n: u8, name: &str, organisation: Option<&str>) -> Somebody {
        Somebody { id: Id([n; 16]), name: name.to_owned(), organisation: organisation.map(str::to_owned) }
    }
    fn chosen(said: &str, found: &[Somebody]) -> Result<String, String> {
        choose(said, found.to_vec(), found.len()).map(|somebody| somebody.name).map_err(|failure| failure.message)
    }

    #[test]
    fn part_of_a_name_is_enough_when_only_one_person_has_it() {
        let both = [somebody(1, "Priya Nair", None), somebody(2, "Tom Nairn", None)];
        assert_eq!(chosen("priya", &both), Ok("Priya Nair".to_owned()));
        assert_eq!(chosen("nair priya", &both), Ok("Priya Nair".to_owned()));
    }

    #[test]
    fn a_whole_name_wins_over_longer_ones() {
        let both = [somebody(1, "Ana", None), somebody(2, "Ana Prado", None)];
        assert_eq!(chosen("ANA", &both), Ok("Ana".to_owned()));
    }

    #[test]
    fn a_name_wins_over_an_organisation_that_contains_it() {
        let both = [somebody(1, "Tom Kowalski", Some("Ana Ltd")), somebody(2, "Ana Prado", None)];
        assert_eq!(chosen("ana", &both), Ok("Ana Prado".to_owned()));
    }

    #[test]
    fn several_of_one_name_are_told_apart_by_where_they_work() {
        let both = [somebody(1, "Tom Kowalski", Some("Globex")), somebody(2, "Tom Kowalski", None)];
        let sentence = chosen("Tom Kowalski", &both).unwrap_err();
        assert!(
            sentence.starts_with("“Tom Kowalski” could be 2 people: Tom Kowalski, Tom Kowalski (Globex)."),
            "{sentence}"
        );
    }

    #[test]
    fn a_sentence_names_a_few_and_counts_the_rest() {
        let many: Vec<Somebody> = (1..=20).map(|n| somebody(n, &format!("Ana {n}"), None)).collect();
        let sentence = choose("ana", many, 700).unwrap_err().message;
        assert!(
            sentence.contains("could be 700 people: Ana 1, Ana 10,") && sentence.contains("and 692 more"),
            "{sentence}"
        );
    }

    #[test]
    fn nobody_is_said_to_be_nobody() {
        assert!(chosen("Zoë", &[]).is_err_and(|sentence| sentence.starts_with("Nobody here is called “Zoë”.")));
    }
}
