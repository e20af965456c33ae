//! `subject`: everything that is held about somebody, for them to read.
use crate::{
    arguments::Subject,
    desk::{Answer, Desk, refused, understood},
    whom::whom,
};
use hallway_core::{Access, Failure, Id, numbers::count};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Page {
    name: String,
    sections: Vec<Section>,
}

#[derive(Deserialize)]
struct Section {
    title: String,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    particulars: Vec<Particular>,
}

#[derive(Deserialize)]
struct Particular {
    label: String,
    value: String,
}

pub fn subject(desk: &Desk, asked: &Subject) -> Result<Answer, Failure> {
    // An id names also whoever lies in the trash, where no name is looked for.
    let id = match asked.whom.parse::<Id>() {
        Ok(id) => id,
        Err(_) => whom(desk, &asked.whom)?.id,
    };
    let value: Value = desk.call("subject.page", json!({ "id": id }))?;
    let page: Page = understood(value.clone())?;
    let Some(to) = &asked.write else { return Ok(Answer::new(words(&page), value)) };
    if to.exists() && !asked.replace {
        return Err(refused("file", format!("{} is there already. Add --replace to write over it.", to.display())));
    }
    let file = desk.grant(to, Access::Write)?;
    let written: Value = desk.call("subject.write", json!({ "id": id, "file": file }))?;
    let bytes = count(written["bytes"].as_u64().unwrap_or_default());
    let said = format!("Wrote everything held about {} to {} ({bytes} bytes).", page.name, to.display());
    Ok(Answer::new(said, written))
}

fn words(page: &Page) -> String {
    let section = |section: &Section| {
        let lines: Vec<String> = section.lines.iter().map(told).collect();
        format!("{}\n{}", section.title, lines.join("\n"))
    };
    page.sections.iter().map(section).collect::<Vec<_>>().join("\n\n")
}

fn told(line: &Line) -> String {
    let text = line.text.replace('\n', "\n  ");
    let particulars =
        line.particulars.iter().map(|one| format!("\n    {}: {}", one.label, one.value.replace('\n', "\n      ")));
    format!("  {text}{}", particulars.collect::<String>())
}
