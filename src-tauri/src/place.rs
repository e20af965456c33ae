//! Which file the window opens.
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The file named on the command line, else in `HALLWAY_FILE`, else `hallway/main.hallway` in the platform's data folder.
pub fn file() -> io::Result<PathBuf> {
    let named = named(std::env::args_os().nth(1), std::env::var_os("HALLWAY_FILE"));
    match named.or_else(|| dirs::data_dir().map(|folder| usual(&folder))) {
        Some(path) => std::path::absolute(path),
        None => Err(io::Error::new(
            ErrorKind::NotFound,
            "this computer names no folder for data; name a file on the command line",
        )),
    }
}

/// The name under which a running window is found: one for each file, so that a second start with the same file
/// brings its window forward, while another file gets a window of its own.
pub fn instance(file: &Path) -> String {
    let real = file
        .parent()
        .and_then(|folder| folder.canonicalize().ok())
        .zip(file.file_name())
        .map(|(folder, name)| folder.join(name));
    let mut hash = DefaultHasher::new();
    real.as_deref().unwrap_or(file).hash(&mut hash);
    format!("org.hallway.desktop.file{:016x}", hash.finish())
}

fn usual(data_folder: &Path) -> PathBuf {
    data_folder.join("hallway").join("main.hallway")
}

fn named(argument: Option<OsString>, variable: Option<OsString>) -> Option<PathBuf> {
    [argument, variable].into_iter().flatten().find(|name| !name.is_empty()).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_wins_over_the_environment_and_nothing_means_the_usual_file() {
        assert_eq!(named(Some("a.hallway".into()), Some("b.hallway".into())), Some("a.hallway".into()));
        assert_eq!(named(None, Some("b.hallway".into())), Some("b.hallway".into()));
        assert_eq!(named(None, Some("".into())), None);
        assert_eq!(usual(Path::new("/data")), Path::new("/data/hallway/main.hallway"));
    }

    #[test]
    fn one_file_is_one_window_however_it_is_named() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (a, b) = (folder.path().join("a.hallway"), folder.path().join("b.hallway"));
        assert_eq!(instance(&a), instance(&folder.path().join(".").join("a.hallway")));
        assert_ne!(instance(&a), instance(&b));
        Ok(())
    }
}
