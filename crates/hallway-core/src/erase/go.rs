//! The transaction in which somebody is gone.
use super::{
    EraseRun, ErasedFor, TheirWords, WordOnText, again,
    choices::{self, Renamed},
    look, organisations,
    receipts::{self, Erasure, StaysBy},
    reworded,
};
use crate::{
    captures,
    error::{Result, invalid},
    fields::FieldValueRow,
    id::Id,
    people::state,
    record::Record,
    store::{Done, Leaving, Memory, Protection, Reworded, Store, Subject, Tx, keeps},
    subject::{
        held::Held,
        named::{self, Found, Names, blanked},
    },
    time::Now,
    trust,
};
use std::collections::{BTreeMap, BTreeSet};

/// Erases people, and what is theirs. Nothing when nobody is there.
pub(super) fn people(store: &Store, now: Now, input: &EraseRun, why: ErasedFor) -> Result<Done<Option<Id>>> {
    whatever(store, now, why, |tx| {
        let people = look::whole_people(tx, &input.ids)?;
        let held = Held::of(tx, &people)?;
        let mut leaving = look::leaving(tx, &held)?;
        let with_them = organisations::only_theirs(tx, &people, &leaving)?;
        let with_them: Vec<Id> = with_them.into_iter().map(|one| one.id).collect();
        let goes = with_them.into_iter().filter(|id| !input.organisations_kept.contains(id));
        leaving.rows.entry("organisations").or_default().extend(goes);
        Ok((held, leaving, input.clone()))
    })
}

/// Erases what is said of the file once nobody else has it open, then the bytes, then the backups.
pub(super) fn whatever(
    store: &Store,
    now: Now,
    why: ErasedFor,
    what: impl FnOnce(&Tx) -> Result<(Held, Leaving, EraseRun)>,
) -> Result<Done<Option<Id>>> {
    let mut names = Names::default();
    let mut anew = WrittenAnew::new();
    let command = match why {
        ErasedFor::Asked => "erase.run",
        ErasedFor::Trash => "trash.empty",
        ErasedFor::RanOut => "postal_addresses.run_out",
    };
    let done = store.alone(|| {
        let done = store.write(command, Memory::Recorded, now, |tx| {
            let (held, leaving, input) = what(tx)?;
            if leaving.rows.values().all(BTreeSet::is_empty) {
                return Ok(None);
            }
            names = look::names_of(tx, &held, &leaving)?;
            if why != ErasedFor::Asked {
                names.forget_parts();
            }
            anew = written_anew(&input);
            let (erasure, settled) = take_out(tx, &held, &leaving, &input, why, &names)?;
            if !settled.reworded.is_empty() {
                let parts: Vec<String> = names.parts().cloned().collect();
                names.also_typed(parts);
            }
            names.also_typed(settled.words);
            anew.extend(settled.in_part);
            state::refresh_concerned(tx)?;
            Ok(Some(erasure))
        })?;
        if done.value.is_some() {
            again::write_anew(store, now);
        }
        Ok(done)
    })?;
    if done.value.is_some() {
        again::backups_anew(store, now, Some(&names), anew);
    }
    Ok(done)
}

fn take_out(
    tx: &mut Tx,
    held: &Held,
    leaving: &Leaving,
    input: &EraseRun,
    why: ErasedFor,
    names: &Names,
) -> Result<(Id, Settled)> {
    if let Some(sentence) = look::not_now(tx)? {
        return invalid("ids", sentence);
    }
    let erasure = tx.new_id();
    let gone = look::counts(tx, leaving);
    let settled = settle_texts(tx, held, leaving, input, names)?;
    // Of one that stays since only a part of a name stands in it, nothing was said of what named them wholly before.
    let stays: BTreeSet<(&str, Id, &str)> = settled
        .kept
        .iter()
        .filter(|stays| !stays.in_part)
        .map(|stays| (stays.table.as_str(), stays.row, stays.column.as_str()))
        .collect();
    let suppressed = never_again(tx, leaving, why)?;
    let near = beside_others(tx, held)?;
    tx.erase(leaving, &|table, row, column, text| {
        if stays.contains(&(table, row, column)) {
            return Reworded::Stays;
        }
        if let Some(anew) = settled.renamed.of_history(names, table, row, column, text) {
            return Reworded::Reads(anew.clone());
        }
        let reworded = settled.reworded.get(&(table.to_owned(), row, column.to_owned()));
        without_names(names, near.get(&(table.to_owned(), row)), reworded, column, text)
    })?;
    forget_beside(tx, leaving, names)?;
    let people = held.whole;
    let operation = tx.operation()?;
    match input.ids.split_first().filter(|_| why == ErasedFor::RanOut) {
        // Whoever it was stays, and what their address was is not said. Each has a line of their own, and none names anybody else.
        Some((first, others)) => {
            tx.about(Subject::Person(*first), None, None)?;
            others.iter().try_for_each(|person| tx.beside(*person))?;
        }
        None => {
            tx.sql().execute("UPDATE operations SET count = ?2 WHERE id = ?1", (operation, people))?;
        }
    }
    Erasure {
        id: erasure,
        at: tx.now.0,
        why,
        people,
        gone,
        kept: settled.kept.clone(),
        blanked: settled.blanked,
        suppressed,
        backups: vec![],
        traces: true,
        finished_at: None,
    }
    .put(tx)?;
    let rows = leaving.rows.iter().flat_map(|(table, rows)| rows.iter().map(|row| ((*table).to_owned(), *row)));
    receipts::put_erased(tx, erasure, rows)?;
    reworded::put(tx, erasure, settled.reworded.keys())?;
    tx.mark_changed("erasures");
    Ok((erasure, settled))
}

/// What was decided of texts about others.
#[derive(Default)]
struct Settled {
    /// Which stay as they are.
    kept: Vec<StaysBy>,
    /// Which were blanked or written anew, and the words that others are called by whom each is about: what it said before is
    /// looked through for parts of the name too.
    reworded: Reworkings,
    /// How those read now in which only a part of their name stood, or where they work.
    in_part: WrittenAnew,
    /// The words by which those were found.
    words: BTreeSet<String>,
    /// How many were blanked or written anew, lines that are not saved yet among them; what was chosen counts with its choices.
    blanked: u32,
    /// How choices read now, and what was chosen.
    renamed: Renamed,
}

/// By where a text stands, the words that others are called by whom it is about.
pub(super) type Reworkings = BTreeMap<(String, Id, String), BTreeSet<String>>;

/// Does to every text that stays and names them what was decided.
fn settle_texts(tx: &mut Tx, held: &Held, leaving: &Leaving, input: &EraseRun, names: &Names) -> Result<Settled> {
    let mut settled = Settled::default();
    let mut undecided = 0;
    let (decided, mut chosen) = choices::parted(tx, look::outside(tx, held, leaving, names)?)?;
    for found in decided {
        let said = |decision: &&WordOnText| {
            decision.table == found.table && decision.row == found.row && decision.column == found.column
        };
        let decision = input.decisions.iter().find(said);
        // What may be about somebody else is not decided with all the others: it stays as it is.
        let others = if found.in_part { input.others.map(|_| TheirWords::Keep) } else { input.others };
        // What is not saved yet is no record.
        let table = tx.store().tables().iter().find(|table| table.name == found.table);
        let is_list = table.is_some_and(|table| table.is_list_of_texts(found.column));
        let text =
            match (decision.and_then(|decision| decision.text.as_deref()), decision.and_then(|d| d.words).or(others)) {
                (Some(text), _) => {
                    let lines = if is_list { text.lines().collect() } else { vec![text] };
                    if lines.into_iter().any(|line| !names.places(line).is_empty()) {
                        return invalid(
                            "decisions",
                            format!(
                                "The new text still names them: “{text}”. Take the name out, or keep the text as it is."
                            ),
                        );
                    }
                    if text.trim().is_empty() {
                        return invalid("decisions", "Write the text as it is to be, or have the words blanked.");
                    }
                    Some(text.to_owned())
                }
                (None, Some(TheirWords::Blank)) if look::can_blank(found.column) => {
                    Some(blanked(&found.whole, &found.spans))
                }
                (None, Some(_)) => None,
                (None, None) => {
                    undecided += 1;
                    None
                }
            };
        match (text, table) {
            (Some(text), Some(table)) => {
                let others = named::others_called(tx, table, found.row, held)?;
                settled.renamed.choices(&found, &text)?;
                Renamed::stay_apart(&found, &text)?;
                tx.reword(table, found.row, found.column, &text, true)?;
                let place = (found.table.to_owned(), found.row, found.column.to_owned());
                settled.reworded.insert(place.clone(), others);
                settled.blanked += 1;
                if found.in_part {
                    settled.words.extend(found.words());
                    settled.in_part.insert(place, text);
                }
            }
            // It has no history that would have to be looked through.
            (Some(text), None) => {
                captures::write_anew(tx, found.row, &text)?;
                settled.words.extend(found.words());
                settled.blanked += 1;
            }
            (None, _) => settled.kept.push(stays_by(found)),
        }
    }
    for value in settled.renamed.follow(tx)? {
        let others = named::others_called(tx, &FieldValueRow::TABLE, value, held)?;
        settled.reworded.insert((FieldValueRow::TABLE.name.to_owned(), value, "raw".to_owned()), others);
    }
    let reworded =
        |found: &Found| settled.reworded.contains_key(&(found.table.to_owned(), found.row, found.column.to_owned()));
    chosen.retain(|found| !reworded(found));
    settled.kept.extend(chosen.into_iter().map(stays_by));
    if undecided > 0 {
        let texts = crate::numbers::plural(undecided, "text about others names", "texts about others name");
        return invalid("decisions", format!("{texts} them. Say of each whether the words are blanked or stay."));
    }
    Ok(settled)
}

fn stays_by(found: Found) -> StaysBy {
    StaysBy {
        table: found.table.into(),
        row: found.row,
        column: found.column.into(),
        place: found.place,
        in_part: found.in_part,
    }
}

/// Texts about others that were written anew, by where they stand.
pub(super) type WrittenAnew = BTreeMap<(String, Id, String), String>;

fn written_anew(input: &EraseRun) -> WrittenAnew {
    let anew = |word: &WordOnText| Some(((word.table.clone(), word.row, word.column.clone()), word.text.clone()?));
    input.decisions.iter().filter_map(anew).collect()
}

/// What they were at with others, and the words those are called by.
pub(super) type BesideOthers = BTreeMap<(String, Id), BTreeSet<String>>;

pub(super) fn beside_others(tx: &Tx, held: &Held) -> Result<BesideOthers> {
    let mut beside = BTreeMap::new();
    for table in tx.store().tables() {
        for id in held.shared.get(table.name).into_iter().flatten() {
            if let Some(others) = named::near(tx, table, *id, held)? {
                beside.insert((table.name.to_owned(), *id), others);
            }
        }
    }
    Ok(beside)
}

/// A text of the history without the words that name them. Where they were with others those are said, and of a text that
/// was blanked or written anew whom it is about.
pub(super) fn without_names(
    names: &Names,
    with: Option<&BTreeSet<String>>,
    reworded: Option<&BTreeSet<String>>,
    column: &str,
    text: &str,
) -> Reworded {
    if !keeps(Protection::History) {
        return Reworded::Stays;
    }
    let spans = match (with, reworded) {
        (Some(others), _) => names.places_among(text, others),
        (None, Some(others)) => names.places_in_part(text, others),
        (None, None) => names.places(text),
    };
    match look::can_blank(column) {
        _ if spans.is_empty() => Reworded::Stays,
        true => Reworded::Reads(blanked(text, &spans)),
        false => Reworded::Goes(blanked(text, &spans)),
    }
}

/// What stands beside the records: reminders that were told of what is gone, what is being typed about them, and where the
/// columns of a table went that names them.
pub(super) fn forget_beside(tx: &mut Tx, leaving: &Leaving, names: &Names) -> Result<()> {
    for id in leaving.rows.get("followups").into_iter().flatten() {
        tx.sql().prepare_cached("DELETE FROM reminders_told WHERE key GLOB ?1")?.execute([format!("{id}@*")])?;
    }
    let mut about_them = Vec::new();
    let mut query = tx.sql().prepare("SELECT key, text FROM unsaved_lines")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (key, text): (String, String) = (row.get(0)?, row.get(1)?);
        if !names.places(&text).is_empty() {
            about_them.push(key);
        }
    }
    drop(rows);
    for key in about_them.iter().filter(|_| keeps(Protection::Lines)) {
        tx.sql().execute("DELETE FROM unsaved_lines WHERE key = ?1", [key])?;
        tx.mark_changed("unsaved_lines");
    }
    forget_layouts(tx, names)
}

/// A column may have gone into a field that was called by their name; it is chosen anew for the next table.
fn forget_layouts(tx: &mut Tx, names: &Names) -> Result<()> {
    let mut query = tx.sql().prepare("SELECT headers, mapping FROM import_layouts")?;
    let layouts: Vec<(String, String)> =
        query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    drop(query);
    for (headers, _) in layouts.iter().filter(|(_, mapping)| !names.places(mapping).is_empty()) {
        tx.sql().execute("DELETE FROM import_layouts WHERE headers = ?1", [headers])?;
        tx.mark_changed("import_layouts");
    }
    Ok(())
}

/// Puts addresses on the list of those that are never written to again: whatever was refused, by whichever row says so and
/// whoever else has it; and of whoever asked to be gone all the others as well. One of which nothing bad was said stays with
/// somebody else who has it too, and lives.
fn never_again(tx: &mut Tx, leaving: &Leaving, why: ErasedFor) -> Result<u32> {
    let mut suppressed = 0;
    let leaves = |person: &Id| leaving.rows.get("people").is_some_and(|people| people.contains(person));
    for point in leaving.rows.get("contact_points").into_iter().flatten() {
        let row = tx.find_one::<crate::contact_points::ContactPoint>("WHERE id = ?1", [point])?;
        let Some(row) = row.filter(|row| !row.value.trim().is_empty()) else { continue };
        let refused = trust::refusal(tx, &row)?.is_some();
        let others: Vec<Id> = tx.column(
            "SELECT c.person_id FROM contact_points c JOIN people p ON p.id = c.person_id JOIN people r ON r.id = p.root
             WHERE c.value_norm = ?1 AND c.kind = ?2 AND c.deleted_at IS NULL AND p.deleted_at IS NULL AND r.deleted_at IS NULL",
            (&row.value_norm, row.kind),
        )?;
        if refused || why == ErasedFor::Asked && others.iter().all(leaves) {
            // From today on: not even the day of what they said stays.
            suppressed += u32::from(trust::suppress(tx, row.kind, &row.value, trust::SuppressedFor::Erased)?);
        }
    }
    Ok(suppressed)
}

/// For the backups: every text that names them and stays, but for those that stay by decision, without the words; names that
/// something had when the backup was made, and has no more, too.
pub(super) fn blank_everywhere(
    tx: &mut Tx,
    leaving: &Leaving,
    held: &Held,
    names: &Names,
    kept: &BTreeSet<(String, Id, String)>,
    reworded: &Reworkings,
    anew: &WrittenAnew,
) -> Result<bool> {
    let (mut any, mut renamed) = (false, Renamed::default());
    let (decided, _) = choices::parted(tx, named::everywhere(tx, names, held)?)?;
    for found in decided {
        let goes = leaving.rows.get(found.table).is_some_and(|rows| rows.contains(&found.row));
        let place = (found.table.to_owned(), found.row, found.column.to_owned());
        let stays = kept.contains(&place);
        if found.in_part && !reworded.contains_key(&place) {
            continue;
        }
        let Some(table) = tx.store().tables().iter().find(|table| table.name == found.table) else { continue };
        if goes || stays || !(look::can_blank(found.column) || look::is_called(found.column)) {
            continue;
        }
        let blanked = blanked(&found.whole, &found.spans);
        let text = match anew.get(&place) {
            // As it reads in the file itself, where there were as many choices.
            Some(text) if renamed.choices(&found, text).is_ok() => text,
            _ => {
                renamed.choices(&found, &blanked)?;
                &blanked
            }
        };
        tx.reword(table, found.row, found.column, text, false)?;
        any = true;
    }
    renamed.follow(tx)?;
    Ok(any)
}
