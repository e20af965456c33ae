//! The dialogs for opening and saving. The page asks for a file and gets a word for it, never a path.
use crate::desk::{Desk, aside};
use crate::dialogs::{self, Dialog};
use hallway_core::{Access, Failure};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use tauri::{Manager, State, WebviewWindow};

/// What the file is for; it settles which dialog opens.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    Import,
    Export,
    /// The rules of the journey, as a team shares them.
    RulesIn,
    RulesOut,
    /// A copy of the open file.
    Copy,
    /// Everything in it, for other programs.
    Json,
    /// A workspace that exists, one to be made, the place one is moved to: asked by the shell, never by the page.
    #[serde(skip)]
    Open,
    #[serde(skip)]
    New,
    #[serde(skip)]
    Move,
    /// The calendar file, which the shell writes by itself.
    #[serde(skip)]
    Calendar,
}

/// The file a person chose: a word that stands for its path, and its name to show.
#[derive(Debug, Clone, Serialize)]
pub struct Chosen {
    pub grant: String,
    pub name: String,
}

/// Null when the person changed their mind.
#[tauri::command]
pub async fn choose_path(
    window: WebviewWindow,
    desk: State<'_, Arc<Desk>>,
    purpose: Purpose,
    suggested_name: Option<String>,
) -> Result<Option<Chosen>, Failure> {
    let desk = Arc::clone(&desk);
    aside(move || {
        let access = if matches!(purpose, Purpose::Import | Purpose::RulesIn) { Access::Read } else { Access::Write };
        let Some(path) = ask(&window, purpose, suggested_name)? else { return Ok(None) };
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok(Some(Chosen { grant: desk.grant(path, access)?, name }))
    })
    .await
}

/// Several files to import, in the order the person sees them; none when they changed their mind.
#[tauri::command]
pub async fn choose_files(window: WebviewWindow, desk: State<'_, Arc<Desk>>) -> Result<Vec<Chosen>, Failure> {
    let desk = Arc::clone(&desk);
    aside(move || {
        #[cfg(debug_assertions)]
        if let Some(answers) = std::env::var_os("HALLWAY_TEST_CHOOSE").filter(|answers| !answers.is_empty()) {
            return granted(&desk, rehearsed::next_answer(answers.as_ref())?.into_iter().collect());
        }
        let dialog = Dialog { several: true, ..dialog_for(Purpose::Import, None) };
        granted(&desk, dialogs::show_several(&window.app_handle().state(), &dialog)?)
    })
    .await
}

/// Lets the page read files without knowing where they lie.
pub fn granted(desk: &Desk, paths: Vec<PathBuf>) -> Result<Vec<Chosen>, Failure> {
    let chosen = |path: PathBuf| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok(Chosen { grant: desk.grant(path, Access::Read)?, name })
    };
    paths.into_iter().map(chosen).collect()
}

pub fn ask(
    window: &WebviewWindow,
    purpose: Purpose,
    suggested_name: Option<String>,
) -> Result<Option<PathBuf>, Failure> {
    #[cfg(debug_assertions)]
    if let Some(answers) = std::env::var_os("HALLWAY_TEST_CHOOSE").filter(|answers| !answers.is_empty()) {
        return rehearsed::next_answer(answers.as_ref());
    }
    dialogs::show(&window.app_handle().state(), &dialog_for(purpose, suggested_name))
}

fn dialog_for(purpose: Purpose, suggested_name: Option<String>) -> Dialog {
    let (kind, endings): (_, &[&str]) = match purpose {
        Purpose::Import => {
            ("Tables, address books, everything as JSON", &["csv", "tsv", "txt", "xlsx", "vcf", "vcard", "json"])
        }
        Purpose::Export => ("Tables, workbooks, address cards", &["csv", "xlsx", "json", "vcf", "md", "tsv", "txt"]),
        Purpose::Json => ("JSON files", &["json"]),
        Purpose::RulesIn | Purpose::RulesOut => ("Rules", &["toml"]),
        Purpose::Calendar => ("Calendars", &["ics"]),
        Purpose::Copy | Purpose::Open | Purpose::New | Purpose::Move => ("Hallway files", &["hallway"]),
    };
    let (title, usual) = match purpose {
        Purpose::Import => ("Choose a file to import", None),
        Purpose::RulesIn => ("Choose a file of rules", None),
        Purpose::RulesOut => ("Write the rules to", Some("journey.toml")),
        Purpose::Open => ("Open a Hallway file", None),
        Purpose::Export => ("Export as", Some("people.csv")),
        Purpose::Copy => ("Save a copy", Some("copy.hallway")),
        Purpose::Json => ("Save everything as JSON", Some("people.json")),
        Purpose::New => ("Make a new file", Some("people.hallway")),
        Purpose::Move => ("Move the file to", Some("people.hallway")),
        Purpose::Calendar => ("Keep a calendar file as", Some("hallway.ics")),
    };
    let suggested = suggested_name.map(|name| plain(&name)).filter(|name| !name.is_empty());
    Dialog {
        title: title.to_owned(),
        kind: kind.to_owned(),
        endings: endings.iter().map(|ending| (*ending).to_owned()).collect(),
        several: false,
        save_as: usual.map(|usual| suggested.unwrap_or_else(|| usual.to_owned())),
        folder: if matches!(purpose, Purpose::Import) { dirs::download_dir() } else { dirs::document_dir() }
            .filter(|folder| folder.is_dir())
            .or_else(dirs::home_dir),
    }
}

/// A file name without anything that could lead to another folder.
fn plain(name: &str) -> String {
    let name: String =
        name.chars().map(|c| if c.is_control() || matches!(c, '/' | '\\' | ':') { '-' } else { c }).collect();
    name.trim_start_matches('.').chars().take(120).collect()
}

/// Debug builds only: answers written down beforehand, since WebDriver cannot reach a dialog of the system.
#[cfg(debug_assertions)]
mod rehearsed {
    use super::*;
    use crate::desk::internal;
    use std::fs;
    use std::path::Path;

    /// Takes the first line of `answers` as the chosen path; an empty line is a person who changes their mind.
    pub fn next_answer(answers: &Path) -> Result<Option<PathBuf>, Failure> {
        let failed = |error| internal(format!("{}: {error}", answers.display()));
        let text = fs::read_to_string(answers).map_err(failed)?;
        let Some((answer, rest)) = text.split_once('\n') else {
            return Err(internal(format!("{} has no answer left.", answers.display())));
        };
        fs::write(answers, rest).map_err(failed)?;
        Ok(Some(answer).filter(|path| !path.is_empty()).map(PathBuf::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_name_cannot_lead_elsewhere() {
        assert_eq!(plain("people 2026-05-21.csv"), "people 2026-05-21.csv");
        assert_eq!(plain("../../.ssh/config"), "-..-.ssh-config");
        assert_eq!(plain("C:\\auto\nexec"), "C--auto-exec");
        assert_eq!(plain("..."), "");
        assert_eq!(plain(&"é".repeat(500)).chars().count(), 120);
    }

    #[test]
    fn answers_are_given_one_by_one_and_do_not_repeat() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let answers = folder.path().join("answers");
        std::fs::write(&answers, "/a.csv\n\n/b.csv\n")?;
        let next = || rehearsed::next_answer(&answers).map_err(|failure| failure.message);
        assert_eq!(next()?, Some("/a.csv".into()));
        assert_eq!(next()?, None);
        assert_eq!(next()?, Some("/b.csv".into()));
        assert!(next().is_err());
        Ok(())
    }
}
