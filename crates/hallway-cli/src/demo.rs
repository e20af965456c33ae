//! `demo`: a file of invented people.
use crate::{
    arguments::Demo,
    desk::{Answer, Desk, refused, understood, usual, variable},
};
use hallway_core::{
    Failure, Now,
    demo::community,
    numbers::{people, plural},
    sample,
};
use serde_json::{Value, json};
use std::{io::Write, path::Path};

pub fn fill(named: Option<&Path>, now: Option<Now>, demo: Demo) -> Result<Answer, Failure> {
    let said = demo.out.as_deref().or(named).map(Path::to_owned);
    // Never the usual file, nor one that is there already and was not named on this line: invented people do not belong among
    // real ones.
    let variable = variable().filter(|_| said.is_none());
    if let Some(there) = variable.as_deref().filter(|path| path.exists()) {
        return Err(refused(
            "out",
            format!(
                "{}, the file of HALLWAY_FILE, is there already, and invented people do not go into it. Name a new file with --out.",
                there.display()
            ),
        ));
    }
    let path = said.or(variable).or_else(|| usual("demo.hallway"));
    let path = path.ok_or_else(|| refused("out", "Say which file to make with --out."))?;
    // One instant for the whole run, so that the ids, which hold it, are the same in every run on it.
    let now = now.unwrap_or_else(Now::system);
    let desk = Desk::begin(&path, Some(now), demo.seed.into())?;
    let info: Value = desk.call("workspace.info", json!({}))?;
    let here = info["people"].as_u64().unwrap_or(0);
    if here > 0 {
        return Err(refused(
            "out",
            format!("{} holds {} already. Name a new file with --out.", path.display(), people(here)),
        ));
    }
    if demo.people == 0 && demo.touchpoints > 0 {
        return Err(refused("people", "Nothing happens without people. Ask for at least one, or for no touchpoints."));
    }
    let zone: String = understood(info["zone"].clone())?;
    desk.call::<Value>("workspace.set_up", json!({ "product": community().product, "zone": zone }))?;
    sample::fill(desk.store(), now, demo.seed, demo.people, demo.touchpoints, progress)
        .map_err(|e| Failure::from(&e))?;
    let info: Value = desk.call("workspace.info", json!({}))?;
    let (count, touchpoints) = (info["people"].as_u64().unwrap_or(0), info["touchpoints"].as_u64().unwrap_or(0));
    Ok(Answer::new(
        format!(
            "Made {}: {} and {}, all invented.",
            path.display(),
            people(count),
            plural(touchpoints, "touchpoint", "touchpoints")
        ),
        info,
    ))
}

fn progress(what: &str, done: u64, of: u64) {
    // A progress line that cannot be shown is not worth stopping for.
    drop(writeln!(std::io::stderr(), "{what}: {done} of {of}"));
}
