//! What is in a file, for the preview: counted while its rows go by.

use super::WHY_NOT;
use super::dates::DayOrder;
use super::mapping::{ColumnMapping, ImportColumn, UnreadDays};
use super::reading::unread_day;
use super::records::Record;
use chrono::NaiveDate;

const SAMPLES: usize = 3;
const SAMPLE_LETTERS: usize = 80;

/// Counts over the rows that [`see`](Survey::see) was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Every column with its samples and how often it is filled.
    pub columns: Vec<ImportColumn>,
    /// Rows with something in them.
    pub rows: u64,
    /// Rows with nothing in them.
    pub blank: u64,
    /// Rows with more in them than the header has columns. What stands beyond is not imported.
    pub longer: u64,
    /// Rows with fewer cells than the header has columns.
    pub shorter: u64,
    /// The last day on which something can have happened, and the order of each column's days, as far as they are known.
    latest: Option<NaiveDate>,
    orders: Vec<Option<DayOrder>>,
}

impl Survey {
    /// An empty survey of a file with these headers; a column without a mapping is skipped.
    pub fn new(headers: &[String], mapping: &[ColumnMapping]) -> Survey {
        let column = |(index, header): (usize, &String)| ImportColumn {
            index: u32::try_from(index).unwrap_or(u32::MAX),
            header: header.clone(),
            samples: Vec::new(),
            filled: 0,
            mapping: mapping.get(index).cloned().unwrap_or(ColumnMapping::SKIP),
            days: None,
            unread: None,
        };
        Survey {
            columns: headers.iter().enumerate().map(column).collect(),
            rows: 0,
            blank: 0,
            longer: 0,
            shorter: 0,
            latest: None,
            orders: vec![],
        }
    }

    /// The same, where nothing can have happened after this day, and days are read in these orders.
    pub fn until(self, latest: NaiveDate, orders: Vec<Option<DayOrder>>) -> Survey {
        Survey { latest: Some(latest), orders, ..self }
    }

    /// Counts one row.
    pub fn see(&mut self, record: &Record) {
        if record.is_blank() {
            self.blank += 1;
            return;
        }
        self.rows += 1;
        self.longer += u64::from(record.extra().next().is_some());
        self.shorter += u64::from(record.missing > 0);
        for (column, cell) in self.columns.iter_mut().zip(&record.cells) {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            column.filled = column.filled.saturating_add(1);
            let order = self.orders.get(column.index as usize).copied().flatten();
            let unread = |target| unread_day(target, cell, order, self.latest).is_some();
            if matches!(column.mapping, ColumnMapping::Target(target) if unread(target)) {
                let example = || UnreadDays { rows: 0, example: cell.chars().take(SAMPLE_LETTERS).collect() };
                column.unread.get_or_insert_with(example).rows += 1;
            }
            if column.samples.len() < SAMPLES {
                let sample: String = cell.chars().take(SAMPLE_LETTERS).collect();
                if !column.samples.contains(&sample) {
                    column.samples.push(sample);
                }
            }
        }
    }

    /// The headers of columns that hold something and go nowhere, in file order.
    pub fn unmapped(&self) -> Vec<String> {
        let named = |column: &&ImportColumn| column.mapping.is_skip() && column.filled > 0 && column.header != WHY_NOT;
        let skipped = self.columns.iter().filter(named);
        skipped.map(|column| column.header.clone()).collect()
    }
}
