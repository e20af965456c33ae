//! A JSON file that was chosen: what it says of itself, and where its lists stand.
use super::{FORMAT, VERSION, entities::Entity};
use crate::{
    error::{Error, Result, invalid},
    store::{Access, Tx},
    transfer::json::{Document, Fault},
};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{BufReader, Seek},
    path::Path,
};

pub(super) struct Opened {
    pub name: String,
    pub hash: String,
    pub document: Document<File>,
    pub entities: Vec<Entity>,
    /// The order in which they can be written: whom a row names comes before it.
    pub order: Vec<usize>,
    /// What external ids belong to.
    pub source: Option<String>,
    /// Entries that mean nothing here, and how many rows each has.
    pub unknown: Vec<(String, u64)>,
}

impl Opened {
    /// # Errors
    /// `invalid` for `file`, with a sentence, for whatever is not a whole file of this format.
    pub fn open(tx: &Tx, grant: &str, hash: Option<&str>) -> Result<Opened> {
        Opened::at(tx, &tx.store().granted(grant, Access::Read)?, hash)
    }

    /// A file by its path, for an import that goes on.
    ///
    /// # Errors
    /// As [`Opened::open`].
    pub fn at(tx: &Tx, path: &Path, hash: Option<&str>) -> Result<Opened> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let unreadable = |source| Error::File { context: format!("{} could not be read", path.display()), source };
        let file = File::open(path).map_err(unreadable)?;
        let mut bytes = BufReader::with_capacity(1 << 18, file);
        let mut seen = Sha256::new();
        std::io::copy(&mut bytes, &mut seen).map_err(unreadable)?;
        let seen: String = seen.finalize().iter().map(|b| format!("{b:02x}")).collect();
        if hash.is_some_and(|hash| hash != seen) {
            return invalid("file", "The file has changed since you looked at it. Look at it again, then import it.");
        }
        let mut file = bytes.into_inner();
        file.rewind().map_err(unreadable)?;
        let wrong = |message: String| Error::Invalid { field: "file".into(), message: format!("{name}: {message}") };
        let document = Document::open(file).map_err(|fault| wrong(fault.to_string()))?;
        let source = said_of_itself(&document).map_err(wrong)?;
        let entities = Entity::all(tx)?;
        if let Some((entity, _)) = document.others.iter().find(|(other, _)| entities.iter().any(|e| e.name == *other)) {
            return Err(wrong(format!("“{entity}” must be a list of rows.")));
        }
        let unknown = document
            .lists
            .iter()
            .filter(|list| !entities.iter().any(|entity| entity.name == list.name))
            .map(|list| (list.name.clone(), list.rows))
            .chain(
                document
                    .others
                    .iter()
                    .filter(|(other, _)| !["format", "version", "source"].contains(&other.as_str()))
                    .map(|(other, _)| (other.clone(), 1)),
            )
            .collect();
        let order = order(&entities);
        Ok(Opened { name, hash: seen, document, entities, order, source, unknown })
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Error::Invalid { field: "file".into(), message: fault.to_string() }
    }
}

/// Makes sure that it is ours and not newer than we are; answers what its external ids belong to.
fn said_of_itself(document: &Document<File>) -> Result<Option<String>, String> {
    let said = |name: &str| {
        let (_, bytes) = document.others.iter().find(|(other, _)| other == name)?;
        serde_json::from_slice::<serde_json::Value>(bytes).ok()
    };
    match said("format") {
        Some(format) if format == FORMAT => {}
        Some(format) => {
            let format: String = format.to_string().chars().take(60).collect();
            return Err(format!(
                "This JSON is of the format {format}, not of Hallway's. Save it there as CSV and import that."
            ));
        }
        None => {
            return Err(format!(
                "This JSON does not begin with \"format\": \"{FORMAT}\", so Hallway cannot tell what it means. Save it as CSV where it comes from, and import that."
            ));
        }
    }
    match said("version").and_then(|version| version.as_u64()) {
        Some(version) if version == u64::from(VERSION) => {}
        Some(version) if version > u64::from(VERSION) => {
            return Err(format!(
                "A newer Hallway wrote this file (version {version}; this one knows {VERSION}). Update Hallway to import it."
            ));
        }
        _ => {
            return Err(format!(
                "It does not say which version it is of. Write \"version\": {VERSION} beside the format."
            ));
        }
    }
    match said("source") {
        None | Some(serde_json::Value::Null) => Ok(None),
        Some(serde_json::Value::String(source)) if !source.is_empty() => Ok(Some(source)),
        Some(_) => Err("The \"source\" of its external ids must be a text.".to_owned()),
    }
}

fn order(entities: &[Entity]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    while order.len() < entities.len() {
        let before = order.len();
        for (n, entity) in entities.iter().enumerate().filter(|(n, _)| !order.contains(n)).collect::<Vec<_>>() {
            let waits = entity.references().any(|(_, _, parent)| {
                parent != entity.table.name && !order.iter().any(|done| entities[*done].table.name == parent)
            });
            if !waits {
                order.push(n);
            }
        }
        if order.len() == before {
            // Two entities that name each other: the declared order is as good as any.
            order.extend((0..entities.len()).filter(|n| !order.contains(n)).collect::<Vec<_>>());
        }
    }
    order
}
