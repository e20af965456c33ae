//! Who may know whom, from manifests and imports. The page looks after its own in `ui/src/directions.test.ts`.
use crate::repository::{code, files, read};
use std::collections::{BTreeMap, BTreeSet};

/// What everything in the core stands on. These know no feature.
const FLOOR: &[&str] = &["error", "id", "record", "store", "time"];

#[test]
fn the_core_is_built_on_no_window_no_network_and_no_async() {
    let lock = lock();
    let mut below = BTreeSet::new();
    // From the manifest, since the lock file does not tell what only the tests of the core are built on.
    let mut next = section(&read("crates/hallway-core/Cargo.toml"), "dependencies");
    while let Some(package) = next.pop() {
        if below.insert(package.clone()) {
            next.extend(lock.get(&package).cloned().unwrap_or_default());
        }
    }
    assert!(below.contains("libsqlite3-sys"), "the lock file was not understood: {below:?}");
    for stranger in ["tauri", "tokio", "reqwest", "hyper", "ureq", "curl", "async-std", "rand", "webkit2gtk"] {
        assert!(!below.contains(stranger), "hallway-core is built on {stranger}");
    }
}

#[test]
fn the_core_asks_no_clock_no_dice_and_no_machine() {
    let allowed = [("Utc::now", "time.rs"), ("RandomState", "id.rs")];
    for path in core() {
        let source = code(&path);
        for asked in [
            "Utc::now",
            "Local::now",
            "SystemTime::now",
            "Instant::now",
            "RandomState",
            "std::env",
            "std::net",
            "std::process",
            "env!(",
        ] {
            let by_right = allowed.iter().any(|(what, file)| *what == asked && path.ends_with(&format!("src/{file}")));
            assert!(by_right || !source.contains(asked), "{path} asks {asked}. Time, ids and chance are passed in.");
        }
    }
}

#[test]
fn what_the_core_stands_on_knows_no_feature() {
    for path in core() {
        let place = path.strip_prefix("crates/hallway-core/src/").expect("a file of the core");
        let module = place.split(['/', '.']).next().unwrap_or_default();
        if !FLOOR.contains(&module) {
            continue;
        }
        for known in modules_named(&code(&path)) {
            assert!(FLOOR.contains(&known.as_str()), "{path} knows {known}. The floor knows no feature.");
        }
    }
}

/// The rules of the journey, the forms of words and the reading of CSV are pure: the same answer on every machine.
#[test]
fn what_is_pure_knows_no_file() {
    let pure = ["journey/engine/", "transfer/", "normal", "countries.rs", "demo/"];
    for path in core() {
        let place = path.strip_prefix("crates/hallway-core/src/").expect("a file of the core");
        if !pure.iter().any(|part| place.starts_with(part)) {
            continue;
        }
        let source = code(&path);
        for stranger in ["rusqlite", "crate::store", "std::fs", "File::open"] {
            assert!(!source.contains(stranger), "{path} knows {stranger}");
        }
        let known = modules_named(&source);
        assert!(!known.contains("store") && !known.contains("record"), "{path} knows the file: {known:?}");
    }
}

/// The window, the terminal and the bridge carry calls. A rule in one of them would be missing in the others.
#[test]
fn what_carries_calls_holds_no_sql() {
    let mut transports = Vec::new();
    for folder in ["src-tauri/src", "crates/hallway-cli/src", "tests/bridge", "tests/importer", "tests/writer"] {
        transports.extend(files(folder, &[".rs"]));
    }
    transports.extend(files("ui/src", &[".ts", ".svelte"]));
    for path in transports {
        let source = code(&path);
        for word in ["rusqlite", "SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "PRAGMA", "CREATE TABLE"] {
            assert!(!source.contains(word), "{path} holds SQL: {word}");
        }
    }
    for manifest in ["Cargo.toml", "crates/hallway-cli/Cargo.toml", "tests/Cargo.toml"] {
        assert!(
            !section(&read(manifest), "dependencies").iter().any(|name| name == "rusqlite"),
            "{manifest} gives a transport SQLite"
        );
    }
}

/// The page works offline and tells nobody anything: the bridge of the tests is all it can reach.
#[test]
fn the_page_reaches_no_network() {
    for path in files("ui/src", &[".ts", ".svelte"]).iter().filter(|path| *path != "ui/src/ipc/http.ts") {
        let source = code(path);
        for reach in ["fetch(", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon"] {
            assert!(!source.contains(reach), "{path} reaches the network: {reach}");
        }
    }
}

#[test]
fn the_reading_of_imports_sees_them() {
    assert_eq!(
        modules_named("use crate::{error::{Error, Result}, people::{self, Person}, Now};\ncrate::journey::x()"),
        ["error", "journey", "people", "time"].map(str::to_owned).into()
    );
}

fn core() -> Vec<String> {
    let mut files = files("crates/hallway-core/src", &[".rs"]);
    files.retain(|path| !path.ends_with("/tests.rs") && !path.contains("/tests/") && !path.ends_with("/testing.rs"));
    files
}

/// The modules of the core a source names, whether one by one or in a list.
fn modules_named(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in source.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => found.extend(word(rest)),
            Some(list) => {
                let mut depth = 0;
                let mut begins = true;
                for (at, letter) in list.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => begins = true,
                        _ if begins && !letter.is_whitespace() => {
                            begins = false;
                            found.extend(word(&list[at..]));
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

/// The module a path begins with; what `lib.rs` hands on counts as the module it comes from. Macros are the floor's.
fn word(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let module = match name.as_str() {
        "Error" | "Failure" | "Result" => "error",
        "Id" => "id",
        "Now" => "time",
        "Store" => "store",
        "Reply" | "TABLES" | "dispatch" => "rpc",
        "stored_as_word" | "words" => "record",
        _ => &name,
    };
    (!module.is_empty()).then(|| module.to_owned())
}

/// Every package of the lock file with those it is built on.
fn lock() -> BTreeMap<String, Vec<String>> {
    let text = read("Cargo.lock");
    let value =
        |line: &str| line.split('"').nth(1).unwrap_or_default().split(' ').next().unwrap_or_default().to_owned();
    let mut packages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for block in text.split("[[package]]").skip(1) {
        let name = block.lines().find(|line| line.starts_with("name = ")).map(value).unwrap_or_default();
        let listed = block.split("dependencies = [").nth(1).unwrap_or_default();
        // Two versions of one name are one here: what either is built on, counts.
        packages.entry(name).or_default().extend(listed.lines().filter(|line| line.trim().starts_with('"')).map(value));
    }
    packages
}

/// The names in a section of a manifest.
fn section(manifest: &str, name: &str) -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line == format!("[{name}]");
        } else if inside && line.contains('=') {
            names.push(line.split(['.', '=', ' ']).next().unwrap_or_default().to_owned());
        }
    }
    names
}
