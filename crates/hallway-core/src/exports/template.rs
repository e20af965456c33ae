//! What a template is: the shape of a file, the columns the program that takes it wants, and where the others go.
use super::{
    ExportColumn,
    airlock::ExportPurpose,
    cells::{Phones, columns},
    limits::{Limits, on_one_line},
    named,
    templates::TEMPLATES,
};
use crate::{
    error::{Error, Result, invalid},
    normal::{self, ContactKind},
    rpc::Empty,
    store::Tx,
    transfer::csv::ExportMode,
};
use serde::{Deserialize, Serialize};
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
    /// What the program that reads it does not take; nobody of whom it would have to is in the file.
    pub limits: Limits,
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

impl Template {
    /// Whether somebody may open it in a spreadsheet, where a cell could be taken for a formula. What a program names the
    /// columns of, it reads itself.
    pub(super) fn may_be_opened(&self) -> bool {
        self.fixed.is_empty()
    }
}

impl Shape {
    /// How telephone numbers stand in it.
    pub(super) fn phones(self) -> Phones {
        match self {
            Shape::Csv(ExportMode::Spreadsheet) | Shape::Sheet => Phones::Spaced,
            Shape::Csv(ExportMode::Program) | Shape::Json | Shape::Markdown | Shape::Cards(_) => Phones::AsTyped,
        }
    }
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
    Object(Several),
    Blank,
}

/// How several values of one column stand in an object.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Several {
    /// One text, with commas between them.
    Joined,
    /// A list of texts, also of one.
    Listed,
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
    /// The program that reads it does not take everything: who may be in it depends on what stands in it.
    pub limited: bool,
    /// What it can hold, and what is in it unless somebody says otherwise.
    pub columns: Vec<ExportColumn>,
    /// What a file must hold to write to people with; none where nobody is written to, or it was not said what for.
    pub reach: Option<Reach>,
}

/// What the templates are asked with: the columns that are in a file unless somebody says otherwise follow from it.
#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct AskTemplates {
    pub purpose: Option<ExportPurpose>,
    /// Missing means e-mail.
    pub channel: Option<ContactKind>,
}

/// The columns that say where people are written to.
#[derive(Debug, Serialize, TS)]
pub struct Reach {
    /// Their keys: one of them is enough.
    pub columns: Vec<String>,
    /// What is said as long as none of them is in the file; a sentence.
    pub missing: String,
    /// Which of them is added then; none where the template has no place for one.
    pub add: Option<String>,
}

/// Every template, the ones for any program first.
pub fn templates(tx: &Tx, input: AskTemplates) -> Result<Vec<TemplateShown>> {
    let channel = input.channel.unwrap_or(ContactKind::Email);
    let known = columns(tx, Empty {})?;
    Ok(TEMPLATES
        .iter()
        .map(|template| {
            let chosen = template.chosen(input.purpose, channel);
            let held = known.iter().filter(|column| template.holds(&column.key));
            // What they are written to says no more of them than such a file needs.
            let offered = |column: &ExportColumn| {
                let chosen = chosen.contains(&column.key.as_str());
                ExportColumn { chosen, personal: column.personal && !chosen, ..column.clone() }
            };
            TemplateShown {
                key: template.key.into(),
                label: template.label.into(),
                says: template.says.into(),
                ending: template.ending.into(),
                list_mail_only: template.list_mail_only,
                limited: !template.limits.none(),
                columns: held.map(offered).collect(),
                reach: input.purpose.and_then(|purpose| template.reach(purpose, channel)),
            }
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

    /// Keys of the columns that are in it unless somebody says otherwise: how they are called, and what they are written
    /// to. The parts of a postal address are picked by hand.
    pub fn chosen(&self, purpose: Option<ExportPurpose>, channel: ContactKind) -> Vec<&'static str> {
        let channel = if purpose == Some(ExportPurpose::SwagPost) { ContactKind::Email } else { channel };
        ["name", channel.key()].into_iter().filter(|key| self.holds(key)).collect()
    }

    /// What a file for this must hold, if it is to write to people.
    fn reach(&self, purpose: ExportPurpose, channel: ContactKind) -> Option<Reach> {
        purpose.writes()?;
        let (columns, missing) = match (purpose, channel) {
            (ExportPurpose::SwagPost, _) => {
                (vec!["postal_address", "postal_lines"], "Nothing in it says where the parcels go.".to_owned())
            }
            (_, ContactKind::Email) => (vec!["email"], "Nothing in it says how to reach them by e-mail.".to_owned()),
            (_, ContactKind::Phone) => (vec!["phone"], "Nothing in it says how to reach them by phone.".to_owned()),
            (_, kind) => (vec![kind.key()], format!("Nothing in it says how to reach them on {}.", kind.label())),
        };
        let add = columns.iter().find(|key| self.holds(key)).map(|key| (*key).to_owned());
        let missing = match add {
            Some(_) => missing,
            None => format!("{missing} {} has no place for that: choose another template.", self.label),
        };
        Some(Reach { columns: columns.into_iter().map(str::to_owned).collect(), missing, add })
    }

    fn holds(&self, key: &str) -> bool {
        self.others != Others::Nowhere || self.has_place_for(key)
    }

    /// Whether one of the named columns is for it.
    fn has_place_for(&self, key: &str) -> bool {
        self.fixed.iter().any(|(_, cell)| match cell {
            Cell::Is(named) | Cell::Labels(named) => *named == key,
            Cell::First | Cell::Last => key == "name",
            Cell::Says(_) | Cell::Object(_) | Cell::Blank => false,
        })
    }
}

/// A template with the columns that were picked: what each column of the file is called, and what stands in it.
pub(super) struct Plan {
    /// Keys of the columns that are in the file.
    pub picked: Vec<String>,
    pub headers: Vec<String>,
    cells: Vec<Filled>,
    limits: Limits,
}

enum Filled {
    Cell(Cell),
    Key(String),
    /// Name and key of each.
    Object(Several, Vec<(String, String)>),
}

impl Plan {
    /// # Errors
    /// `invalid` under `columns` for a column that is none, or that the template has no place for.
    pub fn of(
        tx: &Tx,
        template: &'static Template,
        picked: Option<&[String]>,
        purpose: ExportPurpose,
        channel: ContactKind,
    ) -> Result<Plan> {
        let known = columns(tx, Empty {})?;
        let picked: Vec<ExportColumn> = match picked {
            Some(keys) => keys.iter().map(|key| named(&known, key).cloned()).collect::<Result<_>>()?,
            None => {
                let chosen = template.chosen(Some(purpose), channel);
                chosen.into_iter().map(|key| named(&known, key).cloned()).collect::<Result<_>>()?
            }
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
        let mut plan = Plan { headers: vec![], cells: vec![], picked: vec![], limits: template.limits };
        for (header, cell) in template.fixed {
            // A card has only the lines that say something.
            let cell = match cell {
                Cell::Is(key) | Cell::Labels(key) if *key != "id" && !is_picked(key) => Filled::Cell(Cell::Blank),
                Cell::First | Cell::Last if !is_picked("name") => Filled::Cell(Cell::Blank),
                Cell::Object(several) => {
                    Filled::Object(*several, beside.iter().map(|c| (name_of(&c.key), c.key.clone())).collect())
                }
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
        self.cells.iter().map(|cell| cell.filled(row, self.limits)).collect()
    }

    /// Whether what stands below this header are several values, each of which stands for itself.
    pub fn several(&self, column: usize) -> bool {
        matches!(self.cells.get(column), Some(Filled::Cell(Cell::Is("tags") | Cell::Labels("tags"))))
    }
}

impl Filled {
    fn filled(&self, row: &super::cells::Row, limits: Limits) -> Result<String> {
        let cell = |key: &str| match limits.between_address_lines {
            Some(between) => Ok(on_one_line(key, row.cell(key)?, between)),
            None => row.cell(key),
        };
        match self {
            Filled::Key(key) => cell(key),
            Filled::Cell(Cell::Is(key)) => cell(key),
            Filled::Cell(Cell::Labels(key)) => Ok(crate::transfer::csv::split_names(&row.cell(key)?).join(" ::: ")),
            Filled::Cell(Cell::First) => Ok(normal::given_and_family(&row.cell("name")?).0.to_owned()),
            Filled::Cell(Cell::Last) => Ok(normal::given_and_family(&row.cell("name")?).1.to_owned()),
            Filled::Cell(Cell::Says(text)) => Ok((*text).to_owned()),
            Filled::Cell(Cell::Object(_) | Cell::Blank) => Ok(String::new()),
            Filled::Object(several, names) => {
                let mut object = serde_json::Map::new();
                for (name, key) in names {
                    let said = cell(key)?;
                    if said.is_empty() {
                        continue;
                    }
                    let value = match (several, several_in(key, &said)) {
                        (Several::Listed, Some(values)) => values.into(),
                        _ => said.into(),
                    };
                    object.insert(name.clone(), value);
                }
                Ok(serde_json::Value::Object(object).to_string())
            }
        }
    }
}

/// The values of a column that holds several; none for one that holds a text.
fn several_in(key: &str, cell: &str) -> Option<Vec<String>> {
    match key {
        "tags" | "stack" => Some(crate::transfer::csv::split_names(cell)),
        "languages" => {
            let each = cell.split(',').map(str::trim).filter(|language| !language.is_empty());
            Some(each.map(str::to_owned).collect())
        }
        _ => None,
    }
}
