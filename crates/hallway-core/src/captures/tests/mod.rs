//! The grammar as a table that people can read, and what must hold of every line whatever.
mod saving;
mod talked;

use super::{
    parse::{Known, Line, Meaning, parse},
    when::{self, Here, in_words},
};
use crate::{days::Weekend, journey::engine, normal::fold};
use chrono::NaiveDate;
use proptest::prelude::*;

/// Noon on Thursday, the 21st of May 2026.
pub(super) fn here(locale: &str) -> Here {
    let day = NaiveDate::from_ymd_opt(2026, 5, 21).expect("a day");
    Here {
        now: day.and_hms_opt(12, 0, 0).expect("noon"),
        weekend: Weekend::default(),
        month_first: when::month_first(locale),
    }
}

fn read(line: &str, locale: &str) -> Line {
    let kinds: Vec<(String, String)> =
        engine::Config::default().kinds.iter().map(|kind| (kind.key.to_string(), kind.label.to_string())).collect();

    let stages: Vec<_> = engine::Stage::ALL.iter().copied().map(|stage| (stage, stage.label().to_owned())).collect();
    let is_person = |name: &str| ["pedro alves", "ana maria", "maria del mar"].contains(&fold(name).as_str());
    let is_organisation = |name: &str| ["aegean", "aegean grid", "bay & sons"].contains(&fold(name).as_str());
    parse(
        line,
        &Known {
            here: here(locale),
            kinds: &kinds,
            stages: &stages,
            picked: None,
            is_person: &is_person,
            is_organisation: &is_organisation,
        },
    )
}

/// What a line says, in a line.
fn said(line: &Line) -> String {
    let today = here("").now.date();
    let mut said: Vec<String> = line
        .pieces
        .iter()
        .filter_map(|piece| {
            Some(match &piece.meaning {
                Meaning::Name(name) => format!("name {name}"),
                Meaning::Organisation(name) => format!("org {name}"),
                Meaning::Stage(stage) => format!("stage {}", stage.key()),
                Meaning::Tag(name) => format!("tag {name}"),
                Meaning::Promise { due, text } if text.is_empty() => format!("due {}", in_words(*due, today)),
                Meaning::Promise { due, text } => format!("due {}: {text}", in_words(*due, today)),
                Meaning::Quote(words) => format!("quote {words}"),
                Meaning::Mood(mood) => format!("mood {mood}"),
                Meaning::Item(item) => format!("item {item}"),
                Meaning::Contact(kind, value) => format!("{} {value}", kind.key()),
                Meaning::Kind(key) => format!("kind {key}"),
                Meaning::Waits => "waits".into(),
                Meaning::Same => "same".into(),
                Meaning::Note => return None,
            })
        })
        .collect();
    if !line.note.is_empty() {
        said.push(format!("note {}", line.note));
    }
    said.join(" · ")
}

/// `tests/lines.txt`: a line as it is typed, and below it what it says. A locale may stand before it.
#[test]
fn every_line_of_the_table_says_what_stands_below_it() {
    let table = include_str!("lines.txt");
    let mut lines = table.lines();
    let (mut count, mut wrong) = (0, String::new());
    while let Some(typed) = lines.next() {
        let expected = lines.next().and_then(|line| line.strip_prefix("    ")).expect("what it says, four spaces in");
        let (locale, line) =
            typed.split_once("| ").filter(|(before, _)| *before == "en-US").unwrap_or(("en-GB", typed));
        let found = said(&read(line, locale));
        if found != expected {
            wrong += &format!("{typed}\n    {found}\n  not\n    {expected}\n");
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 150, "only {count} lines");
}

/// Nothing that was typed is lost: the pieces cover the line, they touch, and what is in none of them is in the note.
fn keeps_every_letter(text: &str) {
    let line = read(text, "en-GB");
    let mut at = 0;
    for piece in &line.pieces {
        assert_eq!(piece.from, at, "{text:?}: {line:?}");
        assert!(piece.to > piece.from && piece.meaning != Meaning::Name(String::new()), "{text:?}: {line:?}");
        assert!(text.is_char_boundary(piece.to), "{text:?}: {line:?}");
        at = piece.to;
    }
    assert_eq!(at, text.len(), "{text:?}: {line:?}");
    let unexplained: String = line
        .pieces
        .iter()
        .filter(|piece| piece.meaning == Meaning::Note)
        .flat_map(|piece| text[piece.from..piece.to].split_whitespace())
        .collect();
    let note: String = line.note.split_whitespace().collect();
    // A backslash that makes a token a word is the one letter that is not repeated in the note.
    assert_eq!(unexplained.replace('\\', ""), note.replace('\\', ""), "{text:?}");
}

/// A value holds what was typed at its place, but for signs and spaces.
fn values_stand_where_they_were_typed(text: &str) {
    let line = read(text, "en-GB");
    for piece in &line.pieces {
        let value = match &piece.meaning {
            Meaning::Organisation(value) | Meaning::Tag(value) | Meaning::Quote(value) | Meaning::Item(value) => value,
            Meaning::Contact(_, value) => value,
            Meaning::Name(value) => value,
            _ => continue,
        };
        let letters = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let typed = letters(&text[piece.from..piece.to]);
        for word in value.split_whitespace() {
            assert!(typed.contains(&letters(word)), "{text:?}: {value:?} is not in {typed:?}");
        }
    }
}

/// What lines are made of, and what breaks them.
fn bits() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        3 => prop::sample::select(vec![
            "priya", "nair", "pedro", "Alves", "@acme", "@aegean", "grid", "@\"Acme Corp\"", "/4", "/learn", "#rust", "!mon", "!", "!12", "jun", "!3d", "\"", "“",
            "”", "+1", "-2", "*sticker", "gh:x1", "a@b.c", "https://x.y/z#q", "@a@b.c", "&bug", "!?", "=", "\\", "\\@a", ",", ":",
            "-", "next", "week", "15:00", "+49", "151", "23456789", "０", "！", "＠", "‏", "ß", "İ", "é", "🦀", "👩‍💻", "日本",
            "مرحبا", "\u{200b}", "\u{a0}", "\t", "\n", "c++", "3/4", "31.", "99999999999",
        ])
        .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec((bit, prop::bool::weighted(0.7)), 0..14)
        .prop_map(|bits| bits.into_iter().map(|(bit, space)| if space { bit + " " } else { bit }).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::testing::prove::times(1_000, 20_000)))]
    #[test]
    fn no_letter_is_lost_and_no_line_is_too_odd(text in bits()) {
        keeps_every_letter(&text);
        values_stand_where_they_were_typed(&text);
    }
    #[test]
    fn any_text_at_all_is_read(text in any::<String>()) {
        keeps_every_letter(&text);
    }
    #[test]
    fn every_beginning_of_a_line_is_read_while_it_is_typed(text in bits()) {
        for (at, _) in text.char_indices() {
            keeps_every_letter(&text[..at]);
        }
    }
    #[test]
    fn a_day_in_words_reads_its_own_words(days in 0_u64..400) {
        let day = here("").now.date().checked_add_days(chrono::Days::new(days)).expect("a day");
        for words in [day.format("%-d %b %Y"), day.format("%b %-d %Y"), day.format("%Y-%m-%d"), day.format("%-d.%-m.%Y")] {
            let said = when::read(&words.to_string(), &here("en-GB"));
            prop_assert_eq!(said.map(|said| said.day), Some(day));
        }
    }
}
