//! `import`: files looked at, accounted for row by row, and then brought in; one that was interrupted goes on or is taken back.
mod everything;
mod seen;

use crate::{
    arguments::Import,
    desk::{Answer, Desk, is_a_name, refused, understood},
    exports::is_json,
    people::today,
};
use hallway_core::{
    Access, Failure, Now,
    error::in_words,
    normal::fold,
    numbers::{count, people, plural},
    transfer::csv::{ColumnMapping, DayOrder, ImportColumn},
};
use seen::{Preview, Row, Stop, held_back, seen};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::{
    io::{self, IsTerminal, Read},
    path::Path,
};

#[derive(Deserialize)]
struct Done {
    added: u64,
    updated: u64,
    differs: u64,
    unchanged: u64,
    skipped: u64,
    refused: u64,
    waiting: u64,
    #[serde(default)]
    suppressed: u64,
    #[serde(default)]
    subscribed: u64,
    #[serde(default)]
    unsubscribed: u64,
    #[serde(default, rename = "heldBack")]
    held_back: u64,
    #[serde(default)]
    noted: Vec<Noted>,
}

#[derive(Deserialize)]
struct Noted {
    row: u32,
    name: String,
    note: String,
}

/// An import as the core tells of it.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    id: String,
    file_name: String,
    phase: String,
    share: f64,
    rows: u64,
    done: Value,
    notes: Vec<String>,
    /// Of one that was gone on with.
    request: Value,
}

/// A mistyped name must not leave a new workspace behind.
pub fn readable(import: &Import) -> Result<(), Failure> {
    for file in import.files.iter().chain(&import.save_refused) {
        is_a_name(file)?;
    }
    for file in &import.files {
        // A folder opens like a file, and only reading it is refused.
        let unread = std::fs::File::open(file).and_then(|mut opened| opened.read(&mut [0]));
        if let Err(error) = unread {
            return Err(refused("file", format!("{} could not be read: {}", file.display(), in_words(&error))));
        }
    }
    if import.files.len() > 1 && (import.save_refused.is_some() || import.resume) {
        return Err(refused("file", "Name one file: the others can be imported after it."));
    }
    Ok(())
}

/// A sentence that begins with the file's name, where that name stands before it already.
fn without_its_name<'a>(file: &Path, sentence: &'a str) -> &'a str {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    [file.to_string_lossy(), name]
        .iter()
        .find_map(|name| sentence.strip_prefix(&format!("{name}: ")))
        .unwrap_or(sentence)
}

pub fn import(desk: &Desk, import: &Import) -> Result<Answer, Failure> {
    if import.resume || import.cancel {
        return again(desk, import);
    }
    if let [file] = import.files.as_slice() {
        let One { words, value, sound, .. } = one(desk, import, file)?;
        return Ok(Answer { words, value, sound });
    }
    let (mut words, mut values, mut sum, mut sound) = (Vec::new(), Vec::new(), Sum::default(), true);
    for file in &import.files {
        match one(desk, import, file) {
            Ok(one) => {
                words.push(one.words);
                values.push(one.value);
                sum.take(one.done.as_ref());
                sound &= one.sound;
            }
            // The other files are none the worse for it.
            Err(failure) => {
                words.push(format!("{}: not imported. {}", file.display(), without_its_name(file, &failure.message)));
                values.push(json!({ "file": file, "failure": failure }));
                (sum.failed, sound) = (sum.failed + 1, false);
            }
        }
    }
    if !import.dry_run {
        words.push(sum.words(import.files.len() as u64));
    }
    Ok(Answer { words: words.join("\n\n"), value: values.into(), sound })
}

/// What several files brought together.
#[derive(Default)]
struct Sum {
    added: u64,
    updated: u64,
    left_out: u64,
    failed: u64,
}

impl Sum {
    fn take(&mut self, done: Option<&Done>) {
        if let Some(done) = done {
            self.added += done.added;
            self.updated += done.updated;
            self.left_out += done.refused + done.waiting;
        }
    }
    fn words(&self, files: u64) -> String {
        let mut words = format!(
            "{}: added {}, filled in {}; {} refused or waiting. Each file is a change of its own, and can be taken back by itself.",
            plural(files, "file", "files"),
            people(self.added),
            count(self.updated),
            count(self.left_out)
        );
        if self.failed > 0 {
            words += &format!(" {} not imported.", plural(self.failed, "file was", "files were"));
        }
        words
    }
}

/// What became of one file.
struct One {
    words: String,
    value: Value,
    done: Option<Done>,
    /// Whether nothing has to be said before it can be imported.
    sound: bool,
}

/// Looks at one file, accounts for its rows and, unless it is a dry run, brings it in.
fn one(desk: &Desk, import: &Import, file: &Path) -> Result<One, Failure> {
    if is_json(file) {
        let (words, value) = everything::import(desk, import, file)?;
        return Ok(One { words, value, done: None, sound: true });
    }
    if import.keep.is_some() {
        return Err(refused("keep", "--keep is for JSON files. For a table, say --look new or --look skip."));
    }
    let source = import.source.as_deref().unwrap_or("import");
    let mut request = json!({ "file": desk.grant(file, Access::Read)?, "matching": !import.no_match, "source": source, "decisions": {}, "overwrite": [] });
    if let Some(sheet) = &import.sheet {
        request["sheet"] = json!(sheet);
    }
    if let Some(separator) = &import.separator {
        request["separator"] = json!(separator);
    }
    if let Some(evidence) = &import.signed_up {
        request["newsletter"] = match &import.signed_up_on {
            Some(on) => json!({ "evidence": evidence, "on": on }),
            None => json!({ "evidence": evidence }),
        };
    }
    let mut value: Value = desk.call("imports.preview", request.clone())?;
    let columns: Vec<ImportColumn> = understood(value["columns"].clone())?;
    if !import.columns.is_empty() {
        request["mapping"] = json!(mapped(&columns, &import.columns)?);
    }
    if !import.days.is_empty() {
        request["days"] = ordered(&columns, &import.days)?;
    }
    if !import.columns.is_empty() || !import.days.is_empty() {
        value = desk.call("imports.preview", request.clone())?;
    }
    if let Some(decision) = &import.look {
        value = decide(desk, &mut request, value, "look", decision)?;
    }
    if import.let_in_erased {
        value = decide(desk, &mut request, value, "skipped", "new")?;
    }
    let preview: Preview = understood(value.clone())?;
    if let Some(program) = preview.returns_of.as_ref().filter(|_| !import.as_people) {
        let path = file.display();
        return Err(refused(
            "file",
            format!(
                "{path} is a file of {program} that says who left or whose mail came back: nobody is added by it. Take it in with `hallway-cli suppress --from \"{path}\"`. To bring its rows in as people all the same, say --as-people."
            ),
        ));
    }
    let mut words = seen(&preview, &today(desk)?, import.dry_run);
    let (mut done, mut sound) = (None, true);
    if import.dry_run {
        for Stop { field, message } in &preview.stops {
            let failure = in_terminal(&refused(field, message.as_str()));
            words += &format!("\n\nAn import would stop here: {}", failure.message);
            sound = false;
        }
        words += "\n\nNothing was written: this was a dry run.";
    } else {
        request["hash"] = value["hash"].clone();
        let run: Run = desk.call("imports.begin", request.clone()).map_err(|failure| in_terminal(&failure))?;
        let run = followed(desk, run)?;
        let result: Done = understood(run.done.clone())?;
        words += &format!("\n\n{}", written(&result));
        done = Some((run.done, result));
    }
    let left_out = match &done {
        Some((_, done)) => done.refused + done.waiting,
        None => preview.refused + preview.look,
    };
    if let Some(out) = import.save_refused.as_ref().filter(|_| left_out == 0) {
        words += &none_saved(out);
    } else if let Some(out) = &import.save_refused {
        let to = desk.grant(out, Access::Write)?;
        let operation = done.as_ref().map_or(Value::Null, |(value, _)| value["operation"].clone());
        let asked = json!({ "request": request, "to": to, "operation": operation });
        let saved: Value = desk.call("imports.save_refused", asked)?;
        words += &saved_words(&saved, out);
    }
    let (value_done, done) = done.map_or((Value::Null, None), |(value, done)| (value, Some(done)));
    Ok(One { words, value: json!({ "preview": value, "done": value_done }), done, sound })
}

fn none_saved(out: &Path) -> String {
    let before = if out.exists() { " What stands there is from before." } else { "" };
    format!("\n\nNo row was refused and none waits: {} was not written.{before}", out.display())
}

fn saved_words(saved: &Value, out: &Path) -> String {
    let rows = saved["rows"].as_u64().unwrap_or_default();
    format!(
        "\n\nSaved {} to {}, each with its reason. Mend them there and import that file.",
        plural(rows, "row that was refused or waits", "rows that were refused or wait"),
        out.display()
    )
}

/// Goes on with an import that was interrupted, or takes back what it brought.
fn again(desk: &Desk, import: &Import) -> Result<Answer, Failure> {
    let Some(run) = desk.call::<Option<Run>>("imports.under_way", json!({}))? else {
        return Err(refused("file", "No import was interrupted here: there is nothing to go on with or to take back."));
    };
    let mut asked = json!({ "id": run.id });
    if let Some(file) = import.files.first() {
        asked["file"] = json!(desk.grant(file, Access::Read)?);
    }
    let command = if import.cancel { "imports.cancel" } else { "imports.resume" };
    let run = followed(desk, desk.call(command, asked)?)?;
    let words = if run.phase == "taken_back" {
        let kept: String = run.notes.iter().map(|note| format!("\n{note}")).collect();
        format!("Took back what came in from {}.{kept}", run.file_name)
    } else {
        let done = match run.done["kind"].as_str() {
            Some("everything") => everything::written(&understood(run.done.clone())?),
            _ => written(&understood(run.done.clone())?),
        };
        let saved = match &import.save_refused {
            Some(_) if run.request.is_null() => "\n\nThe rows that were refused cannot be saved any more: its file is not known. Import it again to see them.".to_owned(),
            Some(out) if run.done["refused"] == 0 && run.done["waiting"] == 0 => none_saved(out),
            Some(out) => {
                let to = desk.grant(out, Access::Write)?;
                let asked = json!({ "request": run.request, "to": to, "operation": run.done["operation"] });
                saved_words(&desk.call("imports.save_refused", asked)?, out)
            }
            None => String::new(),
        };
        format!("{}: {done}{saved}", run.file_name)
    };
    Ok(Answer::new(words, json!({ "phase": run.phase, "done": run.done })))
}

/// Sees an import through to its end, and says on a terminal how far it is.
fn followed(desk: &Desk, mut run: Run) -> Result<Run, Failure> {
    let mut line = Progress::begin();
    while !matches!(run.phase.as_str(), "done" | "taken_back") {
        line.say(&run);
        run = desk.call("imports.step", json!({ "id": run.id }))?;
    }
    line.end();
    Ok(run)
}

/// One line on the terminal that is written over; nothing where nobody sees it.
struct Progress {
    shown: bool,
    began: i64,
    said: i64,
    /// Where it stood when it began, for how fast it is.
    from: Option<(u64, f64)>,
}

impl Progress {
    fn begin() -> Progress {
        let now = Now::system().0;
        Progress { shown: io::stderr().is_terminal(), began: now, said: 0, from: None }
    }

    fn say(&mut self, run: &Run) {
        let now = Now::system().0;
        if !self.shown || now - self.said < 200 {
            return;
        }
        self.said = now;
        let (rows, share) = *self.from.get_or_insert_with(|| {
            self.began = now;
            (run.rows, run.share)
        });
        eprint!("\r\x1b[K{}", progress(run, now - self.began, run.rows - rows, run.share - share));
    }

    fn end(&self) {
        if self.shown && self.said > 0 {
            eprint!("\r\x1b[K");
        }
    }
}

/// "meetup.csv: 12,400 rows, 24 %, 4,300 rows a second, 2 minutes left".
fn progress(run: &Run, took: i64, rows: u64, share: f64) -> String {
    let what = match run.phase.as_str() {
        "backup" => return format!("{}: making a backup first", run.file_name),
        "taking_back" => return format!("{}: taking back what came in", run.file_name),
        "placing" => format!("{}: working out where people stand, {} %", run.file_name, (run.share * 100.0) as u32),
        _ => format!("{}: {}, {} %", run.file_name, plural(run.rows, "row", "rows"), (run.share * 100.0) as u32),
    };
    if took < 1_000 || share <= 0.0 {
        return what;
    }
    let left = (took as f64 * (1.0 - run.share) / share / 1_000.0).ceil() as u64;
    let left =
        if left < 90 { plural(left, "second", "seconds") } else { plural(left.div_ceil(60), "minute", "minutes") };
    if run.phase == "placing" {
        return format!("{what}, {left} left");
    }
    format!("{what}, {} rows a second, {left} left", count(rows * 1_000 / took as u64))
}

/// What the core says to a window, with what to type here.
fn in_terminal(failure: &Failure) -> Failure {
    let hint = match failure.field.as_deref() {
        Some("newsletter") if failure.message.contains("no day") => " Say it with --signed-up-on 2026-05-03.",
        Some("on") => " Say with --signed-up-on a day that has come, such as 2026-05-03.",
        Some("newsletter") => " Say it with --signed-up \"the form on our page\", or --map \"Header=skip\".",
        Some("days") => " Say it with --days \"Header=day\" or --days \"Header=month\".",
        Some("file") if failure.message.contains("was interrupted") => {
            " Here that is `hallway-cli import --resume`, or `hallway-cli import --cancel`."
        }
        _ => "",
    };
    Failure { message: format!("{}{hint}", failure.message), ..failure.clone() }
}

/// The columns whose days were said, by their place.
fn ordered(columns: &[ImportColumn], said: &[(String, DayOrder)]) -> Result<Value, Failure> {
    let mut days = Map::new();
    for (header, order) in said {
        days.insert(place_of(columns, header)?.to_string(), json!(order));
    }
    Ok(days.into())
}

fn place_of(columns: &[ImportColumn], header: &str) -> Result<usize, Failure> {
    let exact = || columns.iter().position(|column| column.header == *header);
    let alike = || columns.iter().position(|column| fold(&column.header).trim() == fold(header).trim());
    exact().or_else(alike).ok_or_else(|| {
        let headers: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
        refused(
            "mapping",
            format!("There is no column “{header}” in this file. Its columns are: {}.", headers.join(", ")),
        )
    })
}

/// The recognised mapping, with what was said otherwise.
fn mapped(columns: &[ImportColumn], said: &[(String, ColumnMapping)]) -> Result<Vec<ColumnMapping>, Failure> {
    let mut mapping: Vec<ColumnMapping> = columns.iter().map(|column| column.mapping.clone()).collect();
    for (header, target) in said {
        let place = place_of(columns, header)?;
        mapping[place] = target.clone();
    }
    Ok(mapping)
}

/// Gives every row that waits, or that is left out for what was erased, the same answer. A preview shows so many of them at a time, and an answer may make
/// others wait.
fn decide(
    desk: &Desk,
    request: &mut Value,
    mut preview: Value,
    outcome: &str,
    decision: &str,
) -> Result<Value, Failure> {
    let mut decisions = request["decisions"].as_object().cloned().unwrap_or_default();
    loop {
        let rows: Vec<Row> = understood(preview["examples"].clone())?;
        let before = decisions.len();
        let theirs = rows.iter().filter(|row| row.outcome == outcome && row.reason.is_some());
        decisions.extend(theirs.map(|row| (row.row.to_string(), decision.into())));
        if decisions.len() == before {
            return Ok(preview);
        }
        request["decisions"] = decisions.clone().into();
        preview = desk.call("imports.preview", request.clone())?;
    }
}

fn written(done: &Done) -> String {
    let mut words = format!(
        "Added {}, filled in {}; {} differing and kept as they were, {} unchanged, {} skipped, {} refused.",
        people(done.added),
        count(done.updated),
        count(done.differs),
        count(done.unchanged),
        count(done.skipped),
        count(done.refused)
    );
    if done.subscribed + done.unsubscribed > 0 {
        words += &format!(
            "\nBy the column on the newsletter {} opted in, and {} opted out.",
            people(done.subscribed),
            count(done.unsubscribed)
        );
    }
    if done.suppressed > 0 {
        words += &format!(
            "\n{} on the suppression list: left out of every mailing.",
            plural(done.suppressed, "row has an address", "rows have addresses")
        );
    }
    words += &held_back(done.held_back).map_or_else(String::new, |said| format!("\n{said}"));
    for Noted { row, name, note } in &done.noted {
        words += &format!("\n  row {row}, {name}: {note}");
    }
    if done.waiting > 0 {
        words += &format!(
            "\n{} left out: look at them above, then import the file again with --look new to add them as new people, or with --look skip to leave them.",
            plural(done.waiting, "row waits and was", "rows wait and were")
        );
    }
    words
}
