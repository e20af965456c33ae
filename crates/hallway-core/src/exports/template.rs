//! What a template is: the shape of a file, the columns the program that takes it wants, and where the others go.
use super::{ExportColumn, cells::columns, named, templates::TEMPLATES};
use crate::{
    error::{Error, Result, invalid},
    normal,
    rpc::Empty,
    store::Tx,
    transfer::csv::ExportMode,
};
use serde::Serialize;
use ts_rs::TS;

/// One way to write people down for somebody or something that reads them. Another one is an entry in [`TEMPLATES`].
#[derive(Debug)]
pub struct Template {
    pub key: &'static str,
    pub label: &'static str,
    /// Who reads it, and what to know of it; a sentence.
    pub says: &'static str,
    /// How its file's name ends, without the dot.
    pub ending: &'static str,
    pub shape: Shape,
    /// It is for mail to many, and for nothing else.
    pub list_mail_only: bool,
    /// The columns that the program names, in its order: the header, and what stands below.
    pub fixed: &'static [(&'static str, Cell)],
    /// Where what was picked beside those goes.
    pub others: Others,
    /// Keys of the columns that are in it unless somebody says otherwise.
    pub chosen: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    Csv(ExportMode),
    /// A workbook (.xlsx) with one sheet.
    Sheet,
    /// A list of objects.
    Json,
    /// A table in a text.
    Markdown,
    /// vCard; here the headers are the keys of the columns.
    Cards(CardVersion),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CardVersion {
    V3,
    V4,
}

/// What stands in a column that a program names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    /// The column of that key, when it was picked; else nothing.
    Is(&'static str),
    /// The name up to its only space; a name of more or fewer words stays whole, because nobody but its owner can cut it.
    First,
    /// The name behind its only space.
    Last,
    /// The tags of that column as Google joins them.
    Labels(&'static str),
    /// Always this.
    Says(&'static str),
    /// What was picked beside the named columns, as one JSON object.
    Object,
    Blank,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Others {
    /// Columns of their own behind the named ones, under their labels.
    Labels,
    /// Columns of their own, under their keys.
    Keys,
    /// Into the cell that is [`Cell::Object`].
    Object,
    /// There is no place for them.
    Nowhere,
}

/// A template as a page offers it.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TemplateShown {
    pub key: String,
    pub label: String,
    pub says: String,
    pub ending: String,
    pub list_mail_only: bool,
    /// What it can hold, and what is in it unless somebody says otherwise.
    pub columns: Vec<ExportColumn>,
}

/// Every template, the ones for any program first.
pub fn templates(tx: &Tx, _: Empty) -> Result<Vec<TemplateShown>> {
    let known = columns(tx, Empty {})?;
    Ok(TEMPLATES
        .iter()
        .map(|template| TemplateShown {
            key: template.key.into(),
            label: template.label.into(),
            says: template.says.into(),
            ending: template.ending.into(),
            list_mail_only: template.list_mail_only,
            columns: known
                .iter()
                .filter(|column| template.holds(&column.key))
                .map(|column| ExportColumn { chosen: template.chosen.contains(&column.key.as_str()), ..column.clone() })
                .collect(),
        })
        .collect())
}

impl Template {
    /// # Errors
    /// `invalid` under `template` when there is none of that key.
    pub fn of(key: &str) -> Result<&'static Template> {
        TEMPLATES.iter().find(|template| template.key == key).ok_or_else(|| {
            let all: Vec<&str> = TEMPLATES.iter().map(|template| template.key).collect();
            Error::Invalid {
                field: "template".into(),
                message: format!("There is no template “{key}”. Choose from: {}.", all.join(", ")),
            }
        })
    }

    fn holds(&self, key: &str) -> bool {
        self.others != Others::Nowhere || self.has_place_for(key)
    }

    /// Whether one of the named columns is for it.
    fn has_place_for(&self, key: &str) -> bool {
        self.fixed.iter().any(|(_, cell)| match cell {
            Cell::Is(named) | Cell::Labels(named) => *named == key,
            Cell::First | Cell::Last => key == "name",
            Cell::Says(_) | Cell::Object | Cell::Blank => false,
        })
    }
}

/// A template with the columns that were picked: what each column of the file is called, and what stands in it.
pub(super) struct Plan {
    /// Keys of the columns that are in the file.
    pub picked: Vec<String>,
    pub headers: Vec<String>,
    cells: Vec<Filled>,
}

enum Filled {
    Cell(Cell),
    Key(String),
    /// Name and key of each.
    Object(Vec<(String, String)>),
}

impl Plan {
    /// # Errors
    /// `invalid` under `columns` for a column that is none, or that the template has no place for.
    pub fn of(tx: &Tx, template: &'static Template, picked: Option<&[String]>) -> Result<Plan> {
        let known = columns(tx, Empty {})?;
        let picked: Vec<ExportColumn> = match picked {
            Some(keys) => keys.iter().map(|key| named(&known, key).cloned()).collect::<Result<_>>()?,
            None => template.chosen.iter().map(|key| named(&known, key).cloned()).collect::<Result<_>>()?,
        };
        if let Some(column) = picked.iter().find(|column| !template.holds(&column.key)) {
            return invalid(
                "columns",
                format!(
                    "{} has no place for “{}”. Leave it out, or choose another template.",
                    template.label, column.label
                ),
            );
        }
        if picked.is_empty() {
            return invalid("columns", "Choose at least one column.");
        }
        let names = crate::fields::keys(tx)?;
        // A program is told a key; of a field of one's own it is the one it was made with.
        let name_of = |key: &str| names.get(key).cloned().unwrap_or_else(|| key.to_owned());
        let beside: Vec<&ExportColumn> = picked.iter().filter(|column| !template.has_place_for(&column.key)).collect();
        let is_picked = |key: &str| picked.iter().any(|column| column.key == key);
        let mut plan = Plan { headers: vec![], cells: vec![], picked: vec![] };
        for (header, cell) in template.fixed {
            // A card has only the lines that say something.
            let cell = match cell {
                Cell::Is(key) | Cell::Labels(key) if *key != "id" && !is_picked(key) => Filled::Cell(Cell::Blank),
                Cell::First | Cell::Last if !is_picked("name") => Filled::Cell(Cell::Blank),
                Cell::Object => Filled::Object(beside.iter().map(|c| (name_of(&c.key), c.key.clone())).collect()),
                other => Filled::Cell(*other),
            };
            plan.put((*header).to_owned(), cell);
        }
        for column in beside {
            match template.others {
                Others::Labels => plan.put(column.label.clone(), Filled::Key(column.key.clone())),
                Others::Keys => plan.put(name_of(&column.key), Filled::Key(column.key.clone())),
                Others::Object | Others::Nowhere => {}
            }
        }
        plan.picked = picked.into_iter().map(|column| column.key).collect();
        Ok(plan)
    }

    /// A name twice would be one column to whoever reads them by name.
    fn put(&mut self, header: String, cell: Filled) {
        let twins = (2..).map(|n| format!("{header} {n}"));
        let free = std::iter::once(header.clone()).chain(twins).find(|name| !self.headers.contains(name));
        self.headers.push(free.unwrap_or(header));
        self.cells.push(cell);
    }

    /// The cells of one person, below the headers.
    pub fn row(&self, row: &super::cells::Row) -> Result<Vec<String>> {
        self.cells.iter().map(|cell| cell.filled(row)).collect()
    }
}

impl Filled {
    fn filled(&self, row: &super::cells::Row) -> Result<String> {
        match self {
            Filled::Key(key) => row.cell(key),
            Filled::Cell(Cell::Is(key)) => row.cell(key),
            Filled::Cell(Cell::Labels(key)) => Ok(crate::transfer::csv::split_names(&row.cell(key)?).join(" ::: ")),
            Filled::Cell(Cell::First) => Ok(normal::given_and_family(&row.cell("name")?).0.to_owned()),
            Filled::Cell(Cell::Last) => Ok(normal::given_and_family(&row.cell("name")?).1.to_owned()),
            Filled::Cell(Cell::Says(text)) => Ok((*text).to_owned()),
            Filled::Cell(Cell::Object | Cell::Blank) => Ok(String::new()),
            Filled::Object(names) => {
                let mut object = serde_json::Map::new();
                for (name, key) in names {
                    let cell = row.cell(key)?;
                    if !cell.is_empty() {
                        object.insert(name.clone(), cell.into());
                    }
                }
                Ok(serde_json::Value::Object(object).to_string())
            }
        }
    }
}
