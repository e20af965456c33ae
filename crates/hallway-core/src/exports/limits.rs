//! What the program that reads a file does not take as it is. Whoever it would have to take so is left out, with the reason,
//! before anything is written: nothing is cut, and nothing is turned away by the program afterwards.
use super::{
    airlock::{Held, Passed},
    cells::Cells,
    template::Plan,
};
use crate::{
    error::Result,
    id::Id,
    normal::{ContactKind, contact},
    store::Tx,
    transfer::csv::split_names,
    trust::LeftOut,
};
use std::collections::{BTreeMap, HashMap};

/// Declared with a template, in a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The longest text of a cell, in bytes; of several values in one cell each may be as long.
    pub text_bytes: Option<usize>,
    /// Before the @ of an address stands ASCII, and nothing else.
    pub ascii_before_at: bool,
    /// A postal address stands on one line, with this between its parts, the country last.
    pub between_address_lines: Option<&'static str>,
}

/// Of a program that takes everything.
pub const ANYTHING: Limits = Limits { text_bytes: None, ascii_before_at: false, between_address_lines: None };

impl Limits {
    /// Whether nobody is left out because of them.
    pub fn none(&self) -> bool {
        self.text_bytes.is_none() && !self.ascii_before_at
    }

    /// Why somebody cannot be taken, if they cannot; and the header of the text this is about.
    fn broken_by<'p>(&self, plan: &'p Plan, address: &str, cells: &[String]) -> Option<(LeftOut, Option<&'p str>)> {
        let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
        if self.ascii_before_at && !local.is_ascii() {
            return Some((LeftOut::AddressNotTaken, None));
        }
        let longest = self.text_bytes?;
        let too_long = |(column, cell): &(usize, &String)| match plan.several(*column) {
            true => split_names(cell).iter().any(|one| one.len() > longest),
            false => cell.len() > longest,
        };
        let (column, _) = cells.iter().enumerate().find(too_long)?;
        Some((LeftOut::TextTooLong, plan.headers.get(column).map(String::as_str)))
    }
}

/// Leaves out whoever the program would not take with these columns.
pub(super) fn hold_back(tx: &Tx, passed: &mut Passed, limits: Limits, plan: &Plan) -> Result<()> {
    if limits.none() {
        return Ok(());
    }
    let cells = Cells::new(tx, &plan.picked, std::mem::take(&mut passed.addresses))?;
    let same = passed.held.get(&LeftOut::SameAddress).into_iter().flatten();
    let order: HashMap<Id, usize> = same.enumerate().map(|(n, one)| (one.person, n)).collect();
    let mut waiting = None;
    let mut next = std::mem::take(&mut passed.people);
    next.reverse();
    while let Some(person) = next.pop() {
        let row = cells.of(person);
        let address = row.cell("email")?;
        match limits.broken_by(plan, &address, &plan.row(&row)?) {
            None => passed.people.push(person),
            Some((reason, column)) => {
                let held = Held { person, point: None, column: column.map(str::to_owned) };
                passed.held.entry(reason).or_default().push(held);
                // The turn of whoever has the same address has come.
                if waiting.is_none() {
                    waiting = Some(self::waiting(&mut passed.held, &cells)?);
                }
                let same = waiting.as_mut().and_then(|all| all.get_mut(&contact(ContactKind::Email, &address)));
                next.extend(same.and_then(Vec::pop).map(|one| one.person));
            }
        }
    }
    let mut still: Vec<Held> = waiting.into_iter().flatten().flat_map(|(_, same)| same).collect();
    if !still.is_empty() {
        // In the order in which they were left out.
        still.sort_by_key(|one| order.get(&one.person).copied());
        passed.held.insert(LeftOut::SameAddress, still);
    }
    passed.addresses = cells.into_given();
    Ok(())
}

/// Who was left out because somebody with the same address was in it before them, by that address; those whose turn comes
/// first stand last.
fn waiting(held: &mut BTreeMap<LeftOut, Vec<Held>>, cells: &Cells) -> Result<HashMap<String, Vec<Held>>> {
    let mut waiting: HashMap<String, Vec<Held>> = HashMap::new();
    for one in held.remove(&LeftOut::SameAddress).unwrap_or_default().into_iter().rev() {
        let address = contact(ContactKind::Email, &cells.of(one.person).cell("email")?);
        waiting.entry(address).or_default().push(one);
    }
    Ok(waiting)
}

/// A postal address with this between its parts: without the name above it, which has a column of its own.
pub(super) fn on_one_line(key: &str, cell: String, between: &str) -> String {
    let lines = match key {
        "postal_address" => cell.split_once('\n').map_or(cell.as_str(), |(_, below)| below),
        "postal_lines" => &cell,
        _ => return cell,
    };
    let parts = lines.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}
