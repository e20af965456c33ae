//! How quick Hallway is, as ratios taken in one run: each figure is the time of what a person waits for, divided by the
//! time of the barest way to the same result on the same file. What the machine is doing besides slows both.
//!
//! `cargo bench -p hallway-tests --bench speed -- [SIZE…] [PART…]`: sizes are 10k, 100k and 1m people, parts are the
//! names in [`PARTS`]; all of them unless some are named. Nothing here asserts a time. What is compared is checked to be
//! the same, and that fails.
mod back;
mod data;
mod days;
mod doubles;
mod exports;
mod figures;
mod filters;
mod import;
mod large;
mod lists;
mod notes;
mod older;
mod once;
mod replay;
mod whole;
mod writes;

use data::{SIZES, Size};
use figures::Figures;
use std::error::Error;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;
type Part = fn(&mut Figures, &Size) -> Outcome;

const PARTS: &[(&str, Part)] = &[
    // Only makes the file.
    ("data", |_, _| Ok(())),
    ("start", once::start),
    ("lists", lists::lists),
    ("filters", filters::filters),
    ("notes", notes::notes),
    ("writes", writes::writes),
    ("days", days::days),
    ("replay", replay::replay),
    ("import", import::import),
    // A gigabyte: only with the largest file.
    ("large", large::large),
    ("doubles", doubles::doubles),
    ("export", whole::export),
    ("exports", exports::exports),
    ("whole", whole::whole),
    ("back", back::back),
    ("older", older::older),
];

fn main() -> Outcome {
    // Cargo says that this is a benchmark.
    let said: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [child, file] = said.as_slice()
        && let Some(child) = child.strip_prefix("--child=")
    {
        return once::child(child, file.as_ref());
    }
    let known = |word: &String| {
        SIZES.iter().any(|size| size.name == word.as_str()) || PARTS.iter().any(|(name, _)| name == word)
    };
    if let Some(word) = said.iter().find(|word| !known(word)) {
        return Err(format!("There is neither a size nor a part called {word}.").into());
    }
    let wanted = |name: &str, all: &[&str]| {
        said.iter().any(|word| word == name) || !said.iter().any(|word| all.contains(&word.as_str()))
    };
    let sizes: Vec<&str> = SIZES.iter().map(|size| size.name).collect();
    let parts: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
    let mut figures = Figures::default();
    for size in SIZES.iter().filter(|size| wanted(size.name, &sizes)) {
        data::made(size)?;
        for (_, part) in PARTS.iter().filter(|(name, _)| wanted(name, &parts)) {
            part(&mut figures, size)?;
        }
    }
    figures.write()
}
