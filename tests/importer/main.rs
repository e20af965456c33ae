//! Imports a table, or everything of a workspace as JSON, or goes on with an import that was interrupted, and says `ready` and then `step ROWS` after every step.
//! The tests kill it at any moment. Never shipped.
//!
//! `hallway-importer FILE TABLE-OR-JSON`
use hallway_core::{Access, Error, Now, dispatch, id, open};
use serde_json::{Value, json};
use std::{
    io::{self, Write},
    path::PathBuf,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(file), Some(table)) = (arguments.next(), arguments.next()) else {
        return Err("say which file, and which table".into());
    };
    let store = open(&file, Now::system(), id::seed_from_system(), "UTC")?;
    let call = |command: &str, input: Value| Ok::<_, Error>(dispatch(&store, Now::system(), command, input)?.value);
    say("ready")?;
    let waits = call("imports.under_way", json!({}))?;
    let mut run = if waits.is_null() {
        let everything = table.extension().is_some_and(|ending| ending == "json");
        let file = store.grant(table, Access::Read);
        match everything {
            true => call("json.begin", json!({ "file": file }))?,
            false => call("imports.begin", json!({ "file": file, "matching": true, "source": "import" }))?,
        }
    } else {
        call("imports.resume", json!({ "id": waits["id"] }))?
    };
    while run["phase"] != "done" {
        run = call("imports.step", json!({ "id": run["id"] }))?;
        say(&format!("step {}", run["rows"]))?;
    }
    Ok(())
}

/// A line that is out of this process when this returns.
fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
