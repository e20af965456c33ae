//! What is in the repository says nothing about the machines it was written on.
use crate::repository::{files, root};
use std::fs;

/// Written in pieces, so that this file is not its own finding.
const MACHINES: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/tm", "p/"),
    concat!("/Us", "ers/"),
    concat!(r"C:\Us", "ers"),
];

#[test]
fn no_file_names_a_path_of_a_machine() {
    for path in files("", &[""]) {
        // A picture or a font has no text to look at.
        let Ok(text) = String::from_utf8(fs::read(root().join(&path)).expect("a file")) else { continue };
        for machine in MACHINES {
            // `https://host/home/…` is an address, not a place on a disk.
            let found = text.lines().find(|line| {
                line.match_indices(machine)
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "-_.~})".contains(c)))
            });
            assert!(found.is_none(), "{path} names a path of a machine: {}", found.unwrap_or_default().trim());
        }
    }
}

#[test]
fn what_is_built_on_comes_from_the_public_registries() {
    for path in files("", &["Cargo.lock", "package-lock.json"]) {
        let text = fs::read_to_string(root().join(&path)).expect("a lock file");
        for line in text.lines().map(str::trim) {
            if let Some(source) = line.strip_prefix("source = ") {
                assert_eq!(source, "\"registry+https://github.com/rust-lang/crates.io-index\"", "{path}");
            }
            // npm's own registry goes without saying; an address would be somebody's mirror.
            assert!(!line.starts_with("\"resolved\": "), "{path}: {line}");
        }
    }
    for path in files("", &[""]) {
        assert!(
            !path.ends_with(".npmrc") && !path.ends_with(".cargo/config.toml"),
            "{path} says where one machine gets its packages from"
        );
    }
}
