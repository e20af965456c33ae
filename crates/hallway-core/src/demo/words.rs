//! Lists of words and note templates, and how a template becomes a sentence.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::random::{Purpose, Random};

type Lists = HashMap<&'static str, HashMap<&'static str, Vec<&'static str>>>;

/// The list of this name, in this language; empty if there is none.
pub fn list(language: &str, name: &str) -> &'static [&'static str] {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let mut lists = Lists::new();
        read(include_str!("notes.txt"), &mut lists);
        read(include_str!("words.txt"), &mut lists);
        lists
    });
    lists.get(language).and_then(|lists| lists.get(name)).map_or(&[], Vec::as_slice)
}

/// An entry of a list that has no language: roles, tags, parts of invented names.
pub fn word(random: &mut Random, name: &str) -> &'static str {
    one_of(random, "any", name)
}

/// What somebody works on: the same in every note about them.
#[derive(Clone, Copy)]
pub struct Work(u64);

impl Work {
    /// The work of one person.
    pub fn of(seed: u64, index: u32) -> Work {
        Work(Random::of(seed, Purpose::Work, index.into()).next())
    }

    /// What they build, in words of this language; none where the language has no list of things.
    pub fn thing(self, language: &str) -> Option<&'static str> {
        self.entry(language, "thing")
    }

    /// What they build it with.
    pub fn stack(self) -> Option<&'static str> {
        self.entry("en", "stack")
    }

    fn entry(self, language: &str, name: &str) -> Option<&'static str> {
        let entries = list(language, name);
        let place = self.0.checked_rem(entries.len() as u64)?;
        entries.get(place as usize).copied()
    }
}

/// A note as somebody would have typed it, in `language` where that has notes of this kind, else in English.
pub fn note(random: &mut Random, language: &str, kind: &str, work: Work) -> String {
    let language = if list(language, kind).is_empty() { "en" } else { language };
    let mut text = filled(random, language, kind, work);
    let about_them = matches!(
        kind,
        "conversation_in_person" | "conversation_online" | "attended_event" | "hands_on_workshop" | "replied"
    );
    if about_them && language == "en" && random.chance(40) {
        text.push(' ');
        text.push_str(one_of(random, "en", "aside"));
    }
    capitalised(text)
}

/// An entry of a list with every `{slot}` filled from the list of that name.
fn filled(random: &mut Random, language: &str, name: &str, work: Work) -> String {
    let mut rest = one_of(random, language, name);
    let mut text = String::with_capacity(rest.len() + 64);
    while let Some((before, slot, after)) = next_slot(rest) {
        text.push_str(before);
        text.push_str(match slot {
            "thing" | "stack" => work.entry(language, slot).unwrap_or_default(),
            _ => one_of(random, language, slot),
        });
        rest = after;
    }
    text.push_str(rest);
    text
}

fn one_of(random: &mut Random, language: &str, name: &str) -> &'static str {
    random.pick::<&'static str>(list(language, name))
}

fn read(text: &'static str, lists: &mut Lists) {
    let mut open = None;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('@').and_then(|heading| heading.split_once(' ')) {
            Some(heading) => open = Some(heading),
            None => {
                if let Some((language, name)) = open {
                    lists.entry(language).or_default().entry(name).or_default().push(line);
                }
            }
        }
    }
}

fn next_slot(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (slot, after) = rest.split_once('}')?;
    Some((before, slot, after))
}

/// Templates may begin with a slot, and slots are written to stand inside a sentence.
fn capitalised(text: String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(letters).collect(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Languages with notes of their own.
    const LANGUAGES: [&str; 15] =
        ["en", "es", "pt", "fr", "de", "ja", "zh", "ko", "ar", "hi", "uk", "tr", "vi", "id", "th"];

    #[test]
    fn every_slot_names_a_list_of_its_language() {
        let text = include_str!("notes.txt");
        let mut language = "";
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((heading, _)) = line.strip_prefix('@').and_then(|heading| heading.split_once(' ')) {
                language = heading;
            }
            let mut rest = line;
            while let Some((_, slot, after)) = next_slot(rest) {
                assert!(!list(language, slot).is_empty(), "{language}: no list {slot} for {line}");
                rest = after;
            }
        }
    }

    #[test]
    fn every_kind_has_english_notes() {
        for (kind, _) in crate::demo::kinds::KINDS {
            assert!(list("en", kind).len() >= 2, "{kind}");
        }
    }

    #[test]
    fn the_grammar_holds_thousands_of_notes() {
        let mut random = Random::of(1, Purpose::Notes, 0);
        let all: std::collections::HashSet<String> = (0..40_000_u32)
            .map(|turn| {
                let (kind, _) = *random.pick(&crate::demo::kinds::KINDS);
                let language = if turn % 2 == 0 { "en" } else { LANGUAGES[turn as usize / 2 % LANGUAGES.len()] };
                note(&mut random, language, kind, Work::of(1, turn))
            })
            .collect();
        assert!(all.len() > 5_000, "{} different notes", all.len());
        assert!(all.iter().all(|note| !note.contains(['{', '}'])));
    }

    #[test]
    fn a_note_begins_with_a_capital() {
        assert_eq!(capitalised("an exporter".into()), "An exporter");
        assert_eq!(capitalised("érable".into()), "Érable");
        assert_eq!(capitalised("廊下".into()), "廊下");
    }
}
