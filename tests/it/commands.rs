//! Every command is said in words, and somebody uses it.
use crate::repository::{code, files, read};
use hallway_core::rpc::{COMMANDS, phrase};

#[test]
fn every_operation_that_is_written_down_has_a_sentence() {
    for path in files("crates/hallway-core/src", &[".rs"]).iter().filter(|path| !path.contains("tests")) {
        let source = code(path);
        for written in source.split("store.write(\"").skip(1) {
            let command = written.split('"').next().unwrap_or_default();
            assert!(
                phrase(command).is_some(),
                "{path} writes “{command}”, and the history has no sentence for it. Give it one in rpc.rs."
            );
        }
    }
}

#[test]
fn the_sentences_read_as_lines_of_a_menu() {
    for command in COMMANDS {
        let Some(sentence) = phrase(command) else { continue };
        let filled = sentence
            .replace("{who}", "Priya")
            .replace("{people}", "Tom")
            .replace("{n}", "12")
            .replace("{note}", "“meetup.csv”");
        assert!(!filled.contains(['{', '}']), "{command}: “{sentence}” has a place that nothing fills");
        assert!(
            filled.starts_with(char::is_uppercase) && !filled.ends_with(['.', '!', ' ']),
            "{command}: “{sentence}”"
        );
    }
}

/// A command that neither the page, the terminal nor a test names is one nobody would miss.
#[test]
fn every_command_is_used_or_at_least_tested() {
    let mut sources = files("ui/src", &[".ts", ".svelte"]);
    sources.retain(|path| !path.ends_with("ipc/gen.ts") && !path.contains("/fake/"));
    sources.extend(files("crates/hallway-cli/src", &[".rs"]));
    sources.extend(files("crates/hallway-core/src", &["tests.rs", "testing.rs"]));
    sources.extend(files("src-tauri/src", &[".rs"]));
    let everything: String = sources.iter().map(|path| read(path)).collect();
    let unused: Vec<_> = COMMANDS.iter().filter(|command| !everything.contains(&format!("\"{command}\""))).collect();
    assert!(unused.is_empty(), "Nobody calls {unused:?}. Use them, test them, or take them out.");
}

/// The words of selling have no place among people one meets.
#[test]
fn the_window_and_the_terminal_speak_of_people_not_of_sales() {
    let banned = ["prospect", "funnel", "campaign", "lead score", "conversion rate", "engagement score"];
    let mut sources = files("ui/src", &[".svelte"]);
    sources.extend([
        "ui/src/kit/words.ts".to_owned(),
        "crates/hallway-core/src/rpc.rs".to_owned(),
        "crates/hallway-core/src/error.rs".to_owned(),
    ]);
    sources.extend(files("crates/hallway-cli/src", &[".rs"]));
    for path in sources {
        let text = code(&path).to_lowercase();
        for word in banned {
            assert!(!text.contains(word), "{path} says “{word}”");
        }
    }
}
