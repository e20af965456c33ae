//! Starting with the session, hidden in the tray where there is one.
use crate::desk::internal;
use hallway_core::Failure;

/// How the session starts Hallway.
pub const ARGUMENT: &str = "--hidden";

#[cfg(target_os = "linux")]
pub use entry::{is_on, set};

/// Null: this system is not known to us yet.
#[cfg(not(target_os = "linux"))]
pub fn is_on() -> Option<bool> {
    None
}

#[cfg(not(target_os = "linux"))]
pub fn set(_on: bool) -> Result<(), Failure> {
    Err(internal("On this system Hallway cannot be started with the session yet."))
}

#[cfg(target_os = "linux")]
mod entry {
    use super::*;
    use crate::place;
    use hallway_core::error::in_words;
    use std::fs;
    use std::io::{self, ErrorKind};
    use std::path::{Path, PathBuf};

    pub fn is_on() -> Option<bool> {
        at().map(|path| path.exists())
    }

    pub fn set(on: bool) -> Result<(), Failure> {
        let failed = |error: io::Error| {
            internal(format!("Starting with the session could not be changed: {}", in_words(&error)))
        };
        let path = at().ok_or_else(|| {
            internal("Starting with the session could not be changed: this computer names no folder for it.")
        })?;
        if on {
            let program = std::env::current_exe().map_err(failed)?;
            let folder = path.parent().unwrap_or(Path::new("."));
            fs::create_dir_all(folder)
                .and_then(|()| place::write_whole(&path, entry(&program).as_bytes()))
                .map_err(failed)
        } else {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(error)),
                _ => Ok(()),
            }
        }
    }

    fn at() -> Option<PathBuf> {
        dirs::config_dir().map(|folder| folder.join("autostart").join("org.hallway.desktop.desktop"))
    }

    /// An entry as desktops read it: <https://specifications.freedesktop.org/desktop-entry-spec/latest/>.
    fn entry(program: &Path) -> String {
        let plain = program.to_string_lossy();
        // A line that starts a program is quoted for the program's sake, and then once more for the file's.
        let mut quoted = String::new();
        for letter in plain.chars() {
            match letter {
                '"' | '`' | '$' => quoted.extend(["\\\\", &letter.to_string()]),
                '\\' => quoted.push_str("\\\\\\\\"),
                '%' => quoted.push_str("%%"),
                _ => quoted.push(letter),
            }
        }
        let named = plain.replace('\\', "\\\\");
        format!(
            "[Desktop Entry]\nType=Application\nName=Hallway\nComment=Tells what is due\nIcon=hallway\n\
             TryExec={named}\nExec=\"{quoted}\" {ARGUMENT}\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"
        )
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_program_is_found_wherever_it_lies() {
            let exec = |program: &str| {
                let entry = entry(Path::new(program));
                entry.lines().find_map(|line| line.strip_prefix("Exec=")).map(str::to_owned)
            };
            assert_eq!(exec("/usr/bin/hallway").as_deref(), Some("\"/usr/bin/hallway\" --hidden"));
            assert_eq!(exec("/opt/My apps/100%/hallway").as_deref(), Some("\"/opt/My apps/100%%/hallway\" --hidden"));
            assert_eq!(exec("/opt/a$b/hallway").as_deref(), Some("\"/opt/a\\\\$b/hallway\" --hidden"));
        }
    }
}
