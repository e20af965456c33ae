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
use std::collections::BTreeMap;

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
                next.extend(at_the_same(&mut passed.held, &cells, &address)?);
            }
        }
    }
    passed.addresses = cells.into_given();
    Ok(())
}

/// Whoever was left out because somebody with this address was in it before them: their turn has come.
fn at_the_same(held: &mut BTreeMap<LeftOut, Vec<Held>>, cells: &Cells, address: &str) -> Result<Option<Id>> {
    let Some(same) = held.get_mut(&LeftOut::SameAddress) else { return Ok(None) };
    let address = contact(ContactKind::Email, address);
    let mut found = None;
    for (n, one) in same.iter().enumerate() {
        if contact(ContactKind::Email, &cells.of(one.person).cell("email")?) == address {
            found = Some(n);
            break;
        }
    }
    let person = found.map(|n| same.remove(n).person);
    if same.is_empty() {
        held.remove(&LeftOut::SameAddress);
    }
    Ok(person)
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
