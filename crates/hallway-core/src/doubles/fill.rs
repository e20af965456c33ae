//! What a merge fills in where the row that stands for somebody is blank, and how that is taken back.
use crate::{error::Result, id::Id, people::Person, store::Tx};

/// The texts of a person that may be blank, by their columns.
fn texts(person: &mut Person) -> [(&'static str, &mut Option<String>); 13] {
    let Person {
        pronouns,
        say_it_like,
        role_title,
        country,
        city,
        time_zone,
        languages,
        building_now,
        challenges,
        content_prefs,
        appreciation_prefs,
        notes,
        do_not_contact_reason,
        ..
    } = person;
    [
        ("pronouns", pronouns),
        ("say_it_like", say_it_like),
        ("role_title", role_title),
        ("country", country),
        ("city", city),
        ("time_zone", time_zone),
        ("languages", languages),
        ("building_now", building_now),
        ("challenges", challenges),
        ("content_prefs", content_prefs),
        ("appreciation_prefs", appreciation_prefs),
        ("notes", notes),
        ("do_not_contact_reason", do_not_contact_reason),
    ]
}

/// Fills what is blank in one row with what another one says. A yes fills a no: it is what somebody said.
pub(super) fn blanks(whole: &mut Person, row: &Person) {
    let mut row = row.clone();
    for ((_, slot), (_, text)) in texts(whole).into_iter().zip(texts(&mut row)) {
        if slot.is_none() {
            slot.clone_from(text);
        }
    }
    whole.organisation_id = whole.organisation_id.or(row.organisation_id);
    whole.do_not_contact |= row.do_not_contact;
    whole.teammate |= row.teammate;
}

/// Fills a row again from those that are still merged into it, wherever the newest word that stands is that of a merge and
/// not of a person.
pub(super) fn again(tx: &mut Tx, id: Id) -> Result<()> {
    let Some(mut whole) = tx.find_one::<Person>("WHERE id = ?1", [id])? else { return Ok(()) };
    let mut filled = Person::new(id, &whole.display_name);
    let rows: Vec<Person> = tx.find("WHERE merged_into = ?1 AND deleted_at IS NULL ORDER BY created_at, id", [id])?;
    for row in &rows {
        blanks(&mut filled, row);
    }
    for ((column, slot), (_, text)) in texts(&mut whole).into_iter().zip(texts(&mut filled)) {
        if was_filled(tx, id, column)? {
            slot.clone_from(text);
        }
    }
    if was_filled(tx, id, "organisation_id")? {
        whole.organisation_id = filled.organisation_id;
    }
    if was_filled(tx, id, "do_not_contact")? {
        whole.do_not_contact = filled.do_not_contact;
    }
    if was_filled(tx, id, "teammate")? {
        whole.teammate = filled.teammate;
    }
    tx.put(&whole)?;
    Ok(())
}

/// Whether what stands in a column was put there by merging or parting people.
fn was_filled(tx: &Tx, id: Id, column: &str) -> Result<bool> {
    let newest: Option<String> = tx.scalar(
        "SELECT o.command FROM changes c JOIN operations o ON o.id = c.operation
         WHERE c.row_id = ?1 AND c.tbl = 'people' AND c.op = 'update' AND o.undone_at IS NULL
           AND json_type(c.new, '$.' || ?2) IS NOT NULL ORDER BY c.id DESC LIMIT 1",
        (id, column),
    )?;
    Ok(newest.is_some_and(|command| command == "doubles.merge" || command == "doubles.separate"))
}

/// Where a row says something else than the one that stands for them: field and value.
pub(super) fn otherwise(whole: &Person, row: &Person) -> Vec<(String, String)> {
    let (mut whole, mut row) = (whole.clone(), row.clone());
    texts(&mut whole)
        .into_iter()
        .zip(texts(&mut row))
        .filter(|((_, shown), (_, text))| text.is_some() && shown != text)
        .filter_map(|(_, (column, text))| Some((crate::history::spelled(column), text.clone()?)))
        .collect()
}
