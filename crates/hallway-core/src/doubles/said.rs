//! How the history names whom a merge was about. The names are looked up when they are shown.
use crate::{error::Result, id::Id, numbers, store::Tx};

/// "Tom K. into Tom Kowalski", "Tom K. from Tom Kowalski", "Tom K. and Tom Kowalski"; nothing when they are no longer here.
pub(crate) fn whom(tx: &Tx, operation: i64) -> Result<Option<String>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT row_id, json_extract(new, '$.merged_into.id'), json_extract(old, '$.merged_into.id') FROM changes
         WHERE operation = ?1 AND tbl = 'people' AND op = 'update' AND json_type(new, '$.merged_into') IS NOT NULL ORDER BY id",
    )?;
    let moved: Vec<(Id, Option<String>, Option<String>)> =
        query.query_map([operation], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
    if let Some((_, into, from)) = moved.first() {
        let rows: Vec<Id> = moved.iter().map(|(row, _, _)| *row).collect();
        let (word, whole) = if let Some(into) = into { ("into", Some(into)) } else { ("from", from.as_ref()) };
        let whole = whole.and_then(|id| id.parse().ok());
        return Ok(named(tx, &rows)?
            .zip(whole.map(|id| named(tx, &[id])).transpose()?.flatten())
            .map(|(rows, whole)| format!("{rows} {word} {whole}")));
    }
    // Those who are told apart stand in rows of this operation, or on its lines when they are taken out.
    let pairs: Vec<(Option<String>, Option<String>)> = tx
        .sql()
        .prepare_cached(
            "SELECT json_extract(coalesce(old, new), '$.one.id'), json_extract(coalesce(old, new), '$.other.id') FROM changes
             WHERE operation = ?1 AND tbl = 'told_apart'",
        )?
        .query_map([operation], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut people: Vec<Id> = tx.column(
        "SELECT one FROM told_apart WHERE created_op = ?1 UNION SELECT other FROM told_apart WHERE created_op = ?1",
        [operation],
    )?;
    people.extend(pairs.iter().flat_map(|(one, other)| [one, other]).flatten().filter_map(|id| id.parse::<Id>().ok()));
    people.sort_unstable();
    people.dedup();
    named(tx, &super::by_age(tx, &people)?)
}

/// "Tom K.", "Tom K. and Tom Kowalski", "Tom K. and 3 others".
fn named(tx: &Tx, people: &[Id]) -> Result<Option<String>> {
    let name = |id: &Id| tx.scalar::<String>("SELECT display_name FROM people WHERE id = ?1", [id]);
    Ok(match people {
        [] => None,
        [one] => name(one)?,
        [one, other] => name(one)?.zip(name(other)?).map(|(one, other)| format!("{one} and {other}")),
        [one, others @ ..] => name(one)?.map(|one| format!("{one} and {} others", numbers::count(others.len() as u64))),
    })
}
