//! What is in an archive, told before anybody takes it for a workbook.
use std::io::{Read, Seek};
use zip::ZipArchive;

/// As much as a list of connections may be once it is unpacked, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;
/// What workbooks have in them, of Excel and its like.
const OF_WORKBOOKS: [&str; 5] = ["[Content_Types].xml", "xl/", "mimetype", "content.xml", "Index/"];

#[derive(Debug, PartialEq)]
pub enum Packed {
    /// A workbook, or an archive that only the reader of workbooks can say something of.
    Workbook,
    /// The list of connections in what LinkedIn hands out.
    Connections(Vec<u8>),
    /// Files of any kind, to be unpacked first.
    Files,
}

/// Looks into an archive.
pub fn look(source: impl Read + Seek) -> Packed {
    let Ok(mut archive) = ZipArchive::new(source) else { return Packed::Workbook };
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    if names.is_empty() || names.iter().any(|name| OF_WORKBOOKS.iter().any(|part| name.starts_with(part))) {
        return Packed::Workbook;
    }
    let is_list = |name: &&String| {
        name.rsplit(['/', '\\']).next().is_some_and(|file| file.eq_ignore_ascii_case("Connections.csv"))
    };
    let Some(list) = names.iter().find(is_list) else { return Packed::Files };
    let mut bytes = Vec::new();
    match archive.by_name(list).map(|part| part.take(LARGEST + 1).read_to_end(&mut bytes)) {
        Ok(Ok(_)) if bytes.len() as u64 <= LARGEST => Packed::Connections(bytes),
        _ => Packed::Files,
    }
}

#[cfg(test)]
pub(crate) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    use std::io::{Cursor, Write};
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        packed.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
        packed.write_all(text.as_bytes()).expect("its text");
    }
    packed.finish().expect("an archive").into_inner()
}
