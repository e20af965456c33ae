//! The files of this repository, as the tests of the house look at them.
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What is made, not written: never looked at.
const MADE: &[&str] =
    &[".git", ".make", "dist", "gen", "node_modules", "permissions", "shots", "target", "test-results"];

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in the repository")
}

/// A file by its path from the root.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Every file below a folder whose name ends with one of these, with its path from the root, in order.
pub fn files(folder: &str, endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut |path| {
        let name = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
        if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(name);
        }
    });
    found.sort();
    assert!(
        !found.is_empty(),
        "There is no file {} in {folder}: this test looks in the wrong place.",
        endings.join(" or ")
    );
    found
}

fn walk(folder: &Path, seen: &mut impl FnMut(PathBuf)) {
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let entry = entry.expect("an entry of a folder");
        let made = entry.file_name().to_str().is_some_and(|name| MADE.contains(&name));
        match entry.file_type().expect("the kind of an entry") {
            kind if kind.is_dir() && !made => walk(&entry.path(), seen),
            kind if kind.is_file() => seen(entry.path()),
            _ => {}
        }
    }
}

/// Source without its comments and without the tests at its end.
pub fn code(path: &str) -> String {
    let text = read(path);
    let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    shipped.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Whether generated files are to be written instead of compared.
pub fn updating() -> bool {
    std::env::var_os("HALLWAY_UPDATE").is_some_and(|value| value == "1")
}

/// A generated file that stands in the repository must be what would be generated now.
pub fn keep_fresh(path: &str, wanted: &str) {
    let here = fs::read_to_string(root().join(path)).unwrap_or_default();
    if here == wanted {
        return;
    }
    if updating() {
        fs::write(root().join(path), wanted).unwrap_or_else(|e| panic!("{path}: {e}"));
        return;
    }
    let line = here
        .lines()
        .zip(wanted.lines())
        .position(|(here, wanted)| here != wanted)
        .unwrap_or(here.lines().count().min(wanted.lines().count()))
        + 1;
    panic!(
        "{path} is stale from line {line} on. Run `HALLWAY_UPDATE=1 cargo test -p hallway-tests generated`, and look at what it changed."
    );
}
