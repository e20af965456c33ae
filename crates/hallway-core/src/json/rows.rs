//! The rows of a file of everything, brought in some at a time: read ahead, written, and in the end everybody they touched is
//! placed.
//!
//! Whom a row names comes before it. Who was at a touchpoint comes with it, wherever in the file that stands: between two
//! batches, and after a crash, there is no touchpoint that nobody was at.
use super::{
    apply::Writing,
    arriving::{self, Arrival},
    coming::JsonRequest,
    entities::Entity,
    opened::Opened,
    plan::{PartAt, Plan, default_direction, plan},
};
use crate::{
    error::{Error, Result},
    imports::{Bringing, Brought, ImportRun, Phase},
    people::state::{self, Placing},
    record::{Record, Stored},
    store::{Subject, Times, Tx},
    touchpoints::{Touchpoint, TouchpointPerson},
    transfer::json::{Place, RawRow},
};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// As much text as one batch takes in, in bytes, whatever the number of its rows.
const TEXT_AT_ONCE: usize = 256 * 1024;
/// How much of the whole the rows are, when their share is shown; placing people is the rest.
const SHARE_OF_ROWS: f64 = 0.85;

/// Where in the file it goes on. Kept with every batch, so that what somebody changed by hand since is not written again.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Cursor {
    /// The list it is at, of those in their order; beyond the last one every row is in.
    entity: Option<String>,
    /// Rows that name others of their own list are written after them, in further rounds.
    round: u32,
    place: Option<Place>,
    /// The last row of those who were at a touchpoint that is here and not in the file.
    part: Option<i64>,
    placing: Placing,
    /// Every row is in.
    rows_are_in: bool,
}

/// Rows that come in together: one, or a touchpoint with those who were there.
pub(super) type Unit = Vec<Coming>;
/// A row that comes in: of which entity, what it says, and when it was made.
type Coming = (usize, Box<dyn Stored>, Times);

pub(super) struct JsonRows {
    file: Opened,
    plan: Plan,
    theirs: bool,
    /// Where it goes on once what was read ahead is written, and that as it was written.
    next: Cursor,
    written: Cursor,
    ahead: Vec<Unit>,
    /// Rows of the file that were read since the last batch, and in all.
    seen: u32,
    dealt: u32,
    /// How many are placed at a time, once the rows are in.
    placing: Option<u32>,
    /// How many there were to be placed, and how many there are still.
    to_place: (u32, u32),
    nobody_is_left: bool,
    all_done: bool,
    /// A row that was written, for the sentence of the operation.
    last: Option<Subject>,
}

impl JsonRows {
    /// The rows of a file that was looked at.
    pub fn new(tx: &Tx, mut file: Opened, theirs: bool) -> Result<JsonRows> {
        let plan = plan(tx, &mut file, theirs)?;
        let mut rows = JsonRows {
            file,
            plan,
            theirs,
            next: Cursor::default(),
            written: Cursor::default(),
            ahead: vec![],
            seen: 0,
            dealt: 0,
            placing: None,
            to_place: (0, 0),
            nobody_is_left: false,
            all_done: false,
            last: None,
        };
        rows.next.entity = rows.list(0);
        Ok(rows)
    }

    /// How many of its rows are refused.
    pub fn refused(&self) -> u32 {
        self.plan.counts.iter().map(|count| count.refused).sum()
    }

    /// How many of its rows are left out because they were erased from here.
    pub fn erased(&self) -> u32 {
        self.plan.erased
    }

    /// The name of a list, by its place in the order.
    fn list(&self, nth: usize) -> Option<String> {
        self.file.order.get(nth).map(|n| self.file.entities[*n].name.clone())
    }

    /// Goes on to the next round of a list, or to the next list.
    fn turn(&mut self, nth: usize, n: usize) -> Result<()> {
        self.next.place = None;
        self.next.part = None;
        if self.next.round < self.plan.deepest(n)? {
            self.next.round += 1;
        } else {
            self.next.round = 0;
            self.next.entity = self.list(nth + 1);
            self.next.rows_are_in = self.next.entity.is_none();
        }
        Ok(())
    }

    /// Reads about so many rows of the list it is at.
    fn read_some(&mut self, most: u32, text: &mut usize) -> Result<()> {
        let entities = &self.file.entities;
        let at = |name: &String| self.file.order.iter().position(|n| entities[*n].name == *name);
        let Some(nth) = self.next.entity.as_ref().and_then(at) else {
            self.next.rows_are_in = true;
            return Ok(());
        };
        let n = self.file.order[nth];
        if self.file.entities[n].table.name == TouchpointPerson::TABLE.name {
            let touchpoints = self.touchpoints();
            let parts = self.plan.parts_of_others(touchpoints, self.next.part.unwrap_or(-1), most)?;
            for part in &parts {
                *text += part.length;
                let row = self.part(n, part)?;
                self.ahead.push(row.into_iter().collect());
                self.seen += 1;
            }
            match parts.last() {
                Some(last) => self.next.part = Some(last.row),
                None => self.turn(nth, n)?,
            }
            return Ok(());
        }
        let Some(list) = self.file.document.lists.iter().position(|list| list.name == self.file.entities[n].name)
        else {
            return self.turn(nth, n);
        };
        let (mut taken, mut left) = (Vec::new(), most);
        let (plan, round) = (&self.plan, self.next.round);
        let (entities, source, seen) = (&self.file.entities, self.file.source.as_deref(), &mut self.seen);
        let place = self.file.document.rows(list, self.next.place, |raw| {
            *seen += u32::from(round == 0);
            left = left.saturating_sub(1);
            if let Some(arrival) = arrived(plan, &entities[n], n, &raw, source)?
                && plan.depth(n, arrival.row.id())? == round
            {
                *text += raw.bytes.map_or(0, <[u8]>::len);
                taken.push(arrival);
            }
            Ok::<_, Error>(left > 0 && *text < TEXT_AT_ONCE)
        })?;
        let touchpoints = self.file.entities[n].table.name == Touchpoint::TABLE.name;
        for Arrival { row, times, .. } in taken {
            let id = row.id();
            let mut unit: Unit = vec![(n, row, times)];
            if touchpoints {
                let people = self.people_of_touchpoints();
                for part in self.plan.parts(id)? {
                    *text += part.length;
                    self.seen += 1;
                    unit.extend(self.part(people, &part)?);
                }
            }
            self.ahead.push(unit);
        }
        match place {
            Some(place) => self.next.place = Some(place),
            None => self.turn(nth, n)?,
        }
        Ok(())
    }

    /// A row that says who was at a touchpoint.
    fn part(&mut self, n: usize, part: &PartAt) -> Result<Option<Coming>> {
        let bytes = self.file.document.row_at(part.offset, part.length)?;
        let entity = &self.file.entities[n];
        let read = arriving::read(entity, Some(&bytes), self.file.source.as_deref(), |_| ());
        Ok(read.ok().map(|Arrival { row, times, .. }| (n, row, times)))
    }

    fn touchpoints(&self) -> usize {
        self.nth_of(Touchpoint::TABLE.name)
    }
    fn people_of_touchpoints(&self) -> usize {
        self.nth_of(TouchpointPerson::TABLE.name)
    }
    fn nth_of(&self, table: &str) -> usize {
        self.file.entities.iter().position(|entity| entity.table.name == table).unwrap_or_default()
    }
}

/// A row of the file that is not refused, read.
fn arrived(plan: &Plan, entity: &Entity, n: usize, raw: &RawRow, source: Option<&str>) -> Result<Option<Arrival>> {
    if plan.is_refused(n, raw.index)? {
        return Ok(None);
    }
    let read = arriving::read(entity, raw.bytes, source, |given| default_direction(entity, &plan.rules, given));
    Ok(read.ok())
}

/// Goes on with a file that was begun, from where its last batch ended.
pub(crate) fn again(
    tx: &Tx,
    path: &Path,
    request: &JsonRequest,
    dealt: u32,
    place: Option<&str>,
) -> Result<Box<dyn Bringing>> {
    let file = Opened::at(tx, path, request.hash.as_deref())?;
    let mut rows = JsonRows::new(tx, file, request.theirs.unwrap_or(false))?;
    if let Some(place) = place {
        rows.next = serde_json::from_str(place)?;
    }
    rows.dealt = dealt;
    if rows.next.rows_are_in {
        let left = rows.next.placing.left(tx)?;
        rows.to_place = (left, left);
    }
    Ok(Box::new(rows))
}

impl Bringing for JsonRows {
    fn command(&self) -> &'static str {
        "json.run"
    }

    fn read(&mut self, rows: u32) -> Result<bool> {
        if self.all_done {
            return Ok(false);
        }
        // What was read and could not be written is written first.
        if !self.ahead.is_empty() || self.placing.is_some() {
            return Ok(true);
        }
        let mut text = 0;
        while !self.next.rows_are_in && self.seen < rows && self.ahead.len() < rows as usize && text < TEXT_AT_ONCE {
            self.read_some(rows - self.seen, &mut text)?;
        }
        if self.next.rows_are_in && self.ahead.is_empty() && self.seen == 0 {
            self.placing = Some(rows);
        }
        Ok(true)
    }

    fn write(&mut self, tx: &mut Tx, done: &mut Brought) -> Result<u32> {
        let Brought::Everything(done) = done else { return Err(Error::NotFound("import")) };
        self.written = self.next.clone();
        if let Some(most) = self.placing {
            let placed = self.written.placing.place(tx, most)?;
            self.to_place.1 = self.to_place.1.saturating_sub(placed);
            self.nobody_is_left = !self.written.placing.is_anybody_left(tx)?;
            return Ok(0);
        }
        let mut writing = Writing {
            entities: &self.file.entities,
            plan: &self.plan,
            theirs: self.theirs,
            done,
            hashed: Default::default(),
            last: None,
        };
        for unit in &mut self.ahead {
            writing.write(tx, unit)?;
        }
        self.last = writing.last.or(self.last);
        if tx.has_changed("journey_configs") || tx.has_changed("settings") {
            tx.forget_cached();
        }
        if tx.has_changed("settings") {
            self.written.placing.takes_everybody();
        }
        state::wait_to_be_placed(tx)?;
        if self.written.rows_are_in {
            let left = self.written.placing.left(tx)?;
            self.to_place = (left, left);
        }
        Ok(self.seen)
    }

    fn kept(&mut self) {
        self.dealt += self.seen;
        self.seen = 0;
        self.ahead.clear();
        self.next = self.written.clone();
        self.all_done = self.placing.take().is_some() && self.nobody_is_left;
    }

    fn share(&self) -> f64 {
        let (all, left) = self.to_place;
        let placed = if all == 0 { 0.0 } else { f64::from(all.saturating_sub(left)) / f64::from(all) };
        let rows = f64::from(self.dealt + self.seen) / f64::from(self.plan.rows().max(1));
        (SHARE_OF_ROWS * rows.min(1.0) + (1.0 - SHARE_OF_ROWS) * placed).min(1.0)
    }

    fn phase(&self) -> Phase {
        if self.next.rows_are_in { Phase::Placing } else { Phase::Rows }
    }

    fn place(&self) -> Result<Option<String>> {
        Ok(Some(serde_json::to_string(&self.written)?))
    }

    fn about(&self, tx: &mut Tx, run: &ImportRun) -> Result<()> {
        match self.last {
            Some(subject) => tx.about(subject, None, Some(&run.file_name)),
            None => Ok(()),
        }
    }

    fn finish(&self, _: &mut Tx, _: &ImportRun) -> Result<()> {
        // A whole workspace brings its own account of what was imported into it.
        Ok(())
    }
}
