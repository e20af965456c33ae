//! Files that are dropped on the window: the page gets a word for each, as from a dialog, and never a path.
use crate::choose::{Chosen, granted};
use crate::desk::Desk;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use tauri::{DragDropEvent, Emitter, Manager, WebviewWindow, WindowEvent};

/// Tells the page of every file that is dropped, for as long as the window stands.
pub fn follow(window: &WebviewWindow) {
    let app = window.app_handle().clone();
    window.on_window_event(move |event| {
        let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event else { return };
        let (app, paths) = (app.clone(), paths.clone());
        // Looking at files may wait for a disk; the thread that draws the window does not.
        thread::spawn(move || {
            let files = dropped(&app.state::<Arc<Desk>>(), paths);
            if !files.is_empty()
                && let Err(error) = app.emit_to("main", "dropped", files)
            {
                eprintln!("The page could not be told what was dropped: {error}");
            }
        });
    });
}

/// What can be read of what was dropped. Folders and what is no longer there are passed over.
fn dropped(desk: &Desk, paths: Vec<PathBuf>) -> Vec<Chosen> {
    let files = paths.into_iter().filter(|path| path.is_file()).collect();
    granted(desk, files).unwrap_or_else(|failure| {
        // The page meets the same failure at its next call, and shows it.
        eprintln!("What was dropped cannot be looked at: {}", failure.message);
        vec![]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::fs;

    #[test]
    fn dropped_files_become_words_the_page_can_import_by_and_folders_are_passed_over() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (ada, bo) = (folder.path().join("ada.csv"), folder.path().join("bo.csv"));
        fs::write(&ada, "Name\nAda\n")?;
        fs::write(&bo, "Name\nBo\n")?;
        let desk = Desk::new(folder.path().join("main.hallway"), true);
        let files = dropped(&desk, vec![ada, folder.path().to_owned(), bo, folder.path().join("gone.csv")]);
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["ada.csv", "bo.csv"]);
        for file in files {
            assert!(!file.grant.contains('/'), "a word, not a path");
            let request = json!({ "file": file.grant, "matching": true, "source": "import" });
            assert!(desk.call("", "imports.preview", request).is_ok());
        }
        Ok(())
    }
}
