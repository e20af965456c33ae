//! A file of whoever the airlock lets through, in the shape of a template.
use super::{
    airlock::{ExportPurpose, Passed, Whom, meant},
    cells::Cells,
    file_error,
    made::{ExportMade, MadeExport, shown},
    out::{Fingerprinted, Out},
    template::{Plan, Template},
    whole::Unfinished,
};
use crate::{
    error::{Error, Result, invalid},
    filter::{
        self, Compare, Tree,
        fields::{About, Takes},
    },
    lists::ListRow,
    normal::ContactKind,
    record::AsJson,
    store::{Access, Done, Memory, Store, Tx},
    time::Now,
};
use serde::{Deserialize, Serialize};
use std::{
    io::{self, BufWriter, Write},
    path::Path,
};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct WriteExport {
    pub whom: Whom,
    pub purpose: ExportPurpose,
    pub channel: ContactKind,
    /// The key of a template.
    pub template: String,
    /// Keys of columns; missing means those of the template.
    pub columns: Option<Vec<String>>,
    /// A grant of the host.
    pub file: String,
}

#[derive(Debug, Serialize, TS)]
pub struct ExportWritten {
    pub made: MadeExport,
    /// Cells a spreadsheet could take for a formula: written as they are, counted here. Of a file that is for one program
    /// they are not counted: nobody opens it.
    pub flagged: u32,
}

/// Writes the file whole or not at all, and a line about it. Nothing is written about anybody who is in it: to be in a
/// file is no contact.
///
/// # Errors
/// `invalid` under `template`, `columns`, `purpose`, `channel`, `whom` or `file`, when one of them does not go with the
/// others; under `whom` when nobody may be in the file.
pub fn write(store: &Store, now: Now, input: WriteExport) -> Result<Done<ExportWritten>> {
    let path = store.granted(&input.file, Access::Write)?;
    let template = Template::of(&input.template)?;
    fits(template, &input)?;
    let (commit, draft) = store.read(now, |tx| Ok((tx.commit(), Draft::written(tx, now, &path, template, &input)?)))?;
    #[cfg(test)]
    meanwhile();
    let mut placed = None;
    let written = store.write("exports.write", Memory::Recorded, now, |tx| {
        // Somebody wrote while the file was being written, perhaps that one of those who are in it says no: it is decided
        // anew, where nobody writes until it is done.
        let Draft { mut unfinished, row, flagged } = match tx.commit() == commit {
            true => draft,
            false => {
                drop(draft);
                Draft::written(tx, now, &path, template, &input)?
            }
        };
        tx.insert(&row)?;
        tx.about(crate::store::Subject::Row("exports_made", row.id), Some(row.included as usize), None)?;
        let made = shown(tx, row)?;
        // Last of all: a line without its file would be a lie. What is left is the moment before the line is on the disk: a
        // process that is killed in it leaves the file without its line.
        unfinished.takes_its_place_for_now()?;
        placed = Some(unfinished);
        Ok(ExportWritten { made, flagged })
    });
    // Without a line of it, what stood there before comes back.
    if let (Ok(_), Some(unfinished)) = (&written, placed) {
        unfinished.stays();
    }
    written
}

/// A file as it was decided on one picture of the workspace, beside its place, and the line about it.
struct Draft {
    unfinished: Unfinished,
    row: ExportMade,
    flagged: u32,
}

impl Draft {
    fn written(tx: &Tx, now: Now, path: &Path, template: &'static Template, input: &WriteExport) -> Result<Draft> {
        let plan = Plan::of(tx, template, input.columns.as_deref(), input.purpose, input.channel)?;
        if template.list_mail_only && !plan.picked.iter().any(|key| key == "email") {
            return invalid("columns", format!("{} writes to an e-mail address. Pick that column.", template.label));
        }
        let meant = meant(tx, &input.whom)?;
        let mut passed = Passed::of(tx, meant, input.purpose, input.channel)?;
        passed.goes_into(tx, template, &plan, input.purpose)?;
        if passed.people.is_empty() {
            return invalid("whom", "Nobody would be in the file. Look at who is left out, and why.");
        }
        let left_out = passed.held.iter().map(|(reason, held)| (reason.key().to_owned(), held.len() as u32)).collect();
        let cells = Cells::new(tx, &plan.picked, passed.addresses)?.with_phones(template.shape.phones());
        let (unfinished, (bytes, sha256, flagged)) = Unfinished::written(path, |file| {
            let failed = |source| not_written(path, source);
            let to = BufWriter::new(Fingerprinted::new(file));
            let mut out = Out::begin(template.shape, &plan.headers, now, to).map_err(failed)?;
            for person in &passed.people {
                out.row(&plan.row(&cells.of(*person))?).map_err(failed)?;
            }
            let (mut to, flagged) = out.finish().map_err(failed)?;
            to.flush().map_err(failed)?;
            let to = to.into_inner().map_err(|error| failed(error.into_error()))?;
            Ok((to.bytes, to.sha256(), flagged))
        })?;
        let row = ExportMade {
            id: tx.new_id(),
            at: now.0,
            list_id: input.whom.list,
            filter: of_whom(tx, &input.whom)?,
            purpose: input.purpose,
            // The post is none of the channels that are kept of people.
            channel: if input.purpose == ExportPurpose::SwagPost { ContactKind::Other } else { input.channel },
            template: template.key.to_owned(),
            columns: AsJson(plan.picked),
            included: passed.people.len() as u32,
            left_out: AsJson(left_out),
            file_name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            bytes: bytes as i64,
            sha256,
        };
        Ok(Draft { unfinished, row, flagged: if template.may_be_opened() { flagged } else { 0 } })
    }
}

#[cfg(test)]
thread_local! {
    /// What somebody else does between the decision and the line of the next file.
    pub(in crate::exports) static MEANWHILE: std::cell::RefCell<Option<Box<dyn FnOnce()>>> = const { std::cell::RefCell::new(None) };
}

#[cfg(test)]
fn meanwhile() {
    if let Some(does) = MEANWHILE.with(|next| next.borrow_mut().take()) {
        does();
    }
}

/// Whether the template, the purpose and the channel go together.
fn fits(template: &Template, input: &WriteExport) -> Result<()> {
    if !template.list_mail_only {
        return Ok(());
    }
    if input.purpose != ExportPurpose::ListMail {
        return invalid(
            "purpose",
            format!("{} sends the same to many. Say that the file is for mail to a list.", template.label),
        );
    }
    if input.channel != ContactKind::Email {
        return invalid("channel", format!("{} writes to e-mail addresses. Choose e-mail.", template.label));
    }
    Ok(())
}

/// Fields whose words name a group and nobody in it. Where one is called like somebody who is erased, this line is found as
/// every other text is.
const GROUPS: [&str; 7] = ["tag", "stack", "topic", "list", "country", "region", "language"];

/// Of whom a file is, in the language of filters, as it was when it was written: the list may be changed since, or gone.
fn of_whom(tx: &Tx, whom: &Whom) -> Result<Option<String>> {
    Ok(match (whom.list, &whom.query, &whom.ids) {
        (Some(list), _, None) => {
            let list: ListRow = tx.get(list)?;
            let tree = match &list.filter {
                Some(text) => filter::understood(tx, text)?,
                // Those who were put on it are whoever is on a list of its name.
                None => Tree::Field { key: "list".into(), compare: Compare::Is, values: vec![list.name] },
            };
            Some(asked(tx, tree)?)
        }
        // Those who were picked by hand are no filter's.
        (None, Some(query), None) => Some(asked(tx, query.filter.tree(tx)?)?),
        _ => None,
    })
}

/// What a filter asked for, without what somebody typed to look for: that may be a name, and this line stays.
fn asked(tx: &Tx, tree: Tree) -> Result<String> {
    let known = filter::Known::of(tx)?;
    let everybody = tree == Tree::everybody();
    let asked = without_words(&known, About::People, tree).written();
    Ok(if everybody { "everybody".into() } else { asked })
}

fn without_words(known: &filter::Known, about: About, tree: Tree) -> Tree {
    let all = |of: Vec<Tree>| of.into_iter().map(|part| without_words(known, about, part)).collect();
    match tree {
        Tree::All { of } => Tree::All { of: all(of) },
        Tree::Any { of } => Tree::Any { of: all(of) },
        Tree::Not { of } => Tree::Not { of: Box::new(without_words(known, about, *of)) },
        Tree::Words { .. } => Tree::Words { text: "…".to_owned() },
        Tree::Entries { of, compare, count } => {
            Tree::Entries { of: Box::new(without_words(known, About::Entries, *of)), compare, count }
        }
        Tree::Field { key, compare, values } => {
            let chosen = known.field(&key, about).is_some_and(|field| {
                GROUPS.contains(&field.key.as_ref())
                    || matches!(
                        field.takes,
                        Takes::Choice(_)
                            | Takes::Ordered(_)
                            | Takes::Kind
                            | Takes::Day(_)
                            | Takes::Number
                            | Takes::YesNo
                    )
            });
            Tree::Field { key, compare, values: if chosen { values } else { vec!["…".to_owned()] } }
        }
    }
}

fn not_written(path: &Path, source: io::Error) -> Error {
    match source.kind() {
        io::ErrorKind::InvalidInput if source.get_ref().is_some() => {
            Error::Invalid { field: "template".into(), message: source.to_string() }
        }
        _ => file_error(path, source),
    }
}
