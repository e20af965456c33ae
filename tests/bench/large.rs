//! A CSV file of a million rows and a gigabyte, brought in by a process of its own, against a hundredth of it: the memory
//! it takes may not grow with the file, nor the time of a row with what is there already.
use crate::{
    Outcome,
    data::{self, NOW, Size, call},
    figures::{Aim, Figures, ms},
};
use hallway_core::{Access, demo};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

const ROWS: u32 = 1_000_000;
/// Bytes of notes in a row, at least; with the rest of the row it is about a thousand.
const NOTES: usize = 830;
const PART: u32 = 100;

pub fn large(figures: &mut Figures, size: &Size) -> Outcome {
    if size.people != ROWS {
        return Ok(());
    }
    let (whole, part) = (written(ROWS)?, written(ROWS / PART)?);
    println!("{:>5}  The file has {} MiB.", size.name, fs::metadata(&whole)?.len() >> 20);
    let (time, held) = brought_in(&whole, ROWS)?;
    let (of_part, held_by_part) = brought_in(&part, ROWS / PART)?;
    println!("{:>5}  {:.0} rows in a second of the processor's time.", size.name, f64::from(ROWS) / ms(time) * 1_000.0);
    let what = "bring in 1 GB in a million rows, against a hundred times a hundredth of it";
    figures.once(size, what, time, of_part * PART, Aim::None);
    figures.memory(size, "most memory meanwhile, against that of the hundredth", held, held_by_part);
    Ok(())
}

/// In a process of its own: its time, and the most memory it ever held, in MiB.
fn brought_in(csv: &Path, rows: u32) -> Outcome<(Duration, f64)> {
    let said = Command::new(std::env::current_exe()?).arg("--child=import").arg(csv).output()?;
    let error = || format!("{}: {}", csv.display(), String::from_utf8_lossy(&said.stderr));
    let told: Value = serde_json::from_slice(&said.stdout).map_err(|_| error())?;
    let dealt_with = told["added"].as_u64().unwrap_or(0) + told["waiting"].as_u64().unwrap_or(0);
    if dealt_with != u64::from(rows) {
        return Err(format!("not everybody was brought in: {told}").into());
    }
    let held = told["most"].as_f64().unwrap_or(0.0) / 1024.0;
    Ok((Duration::from_micros(told["us"].as_u64().unwrap_or(0)), held))
}

/// Brings a file in and says what came of it.
pub fn bring_in(csv: &Path) -> Outcome<Value> {
    let path = data::folder()?.join("large.hallway");
    data::remove(&path)?;
    let store = data::opened(&path)?;
    call(&store, "workspace.set_up", json!({ "product": "Queues", "zone": "Europe/Berlin" }))?;
    let file = store.grant(csv.to_owned(), Access::Read);
    let done = call(&store, "imports.run", json!({ "file": file, "matching": true, "source": "import" }));
    drop(store);
    data::remove(&path)?;
    data::no_backups()?;
    done
}

/// Invented people, with as much written about each as makes a row of a thousand bytes. Made once.
fn written(rows: u32) -> Outcome<PathBuf> {
    let path = data::folder()?.join(format!("large-{rows}.csv"));
    if path.exists() {
        return Ok(path);
    }
    let today = NOW.0.div_euclid(86_400_000);
    let mut notes = demo::touchpoints(3, 100_000, 20_000_000, today).filter_map(|touchpoint| touchpoint.note);
    let part = path.with_extension("part");
    let mut csv = csv::Writer::from_writer(BufWriter::new(File::create(&part)?));
    csv.write_record(["Name", "Organisation", "Role", "City", "Country", "Email", "Tags", "Notes"])?;
    for person in demo::people(4, rows) {
        let mut text = String::new();
        while text.len() < NOTES {
            let Some(note) = notes.next() else { break };
            text += &note;
            text.push(' ');
        }
        let email = person.contacts.iter().find(|c| c.kind == "email").map_or("", |c| c.value.as_str());
        let tags: Vec<&str> = person.tags.iter().map(|tag| tag.name).collect();
        csv.write_record([
            person.name.as_str(),
            person.organisation.as_deref().unwrap_or_default(),
            person.role_title.unwrap_or_default(),
            person.city,
            person.country,
            email,
            &tags.join("; "),
            text.trim_end(),
        ])?;
    }
    csv.into_inner().map_err(|e| e.into_error())?.flush()?;
    fs::rename(&part, &path)?;
    Ok(path)
}
