//! Text and tree, without a workspace: what is read, how it is written again, and what is refused where.
use crate::filter::{
    Compare, Tree,
    answer::is,
    could_be_kept,
    fields::{About, FIELDS},
    known::Known,
    parse::{self, Fault},
};
use chrono::NaiveDate;
use proptest::{collection::vec, prelude::*, sample::select};

fn known() -> Known {
    Known::shipped(NaiveDate::from_ymd_opt(2026, 5, 21).expect("a day"))
}
fn read(text: &str) -> Result<Tree, Fault> {
    parse::read(text, &known(), &|word| word == "Zoë:Quinn")
}
fn tidy(text: &str) -> String {
    match read(text) {
        Ok(tree) => tree.written(),
        Err(fault) => panic!("{text}: {}", fault.message),
    }
}
fn words(text: &str) -> Tree {
    Tree::Words { text: text.into() }
}
/// The words a refusal points at, and its sentence.
fn refused(text: &str) -> (String, String) {
    match read(text) {
        Ok(tree) => panic!("{text} was read as {tree:?}"),
        Err(fault) => (text[fault.from..fault.to].to_owned(), fault.message),
    }
}

#[test]
fn the_line_of_the_brief_is_read_and_written_as_it_stands() {
    let line = "stage:learn region:africa stack:rust talked:90d -tag:vendor \"retry docs\"";
    assert_eq!(tidy(line), line);
    let Ok(Tree::All { of }) = read(line) else { panic!("not all of it") };
    assert_eq!(of.len(), 6);
    assert_eq!(of[0], is("stage", "learn"));
    assert_eq!(of[4], Tree::Not { of: Box::new(is("tag", "vendor")) });
    assert_eq!(of[5], words("retry docs"));
}

#[test]
fn or_binds_loosest_and_groups_hold_together() {
    assert_eq!(tidy("a b or c"), "(a b) or c");
    assert_eq!(tidy("a and (b or c)"), "a (b or c)");
    assert_eq!(tidy("not (a or b) c"), "-(a or b) c");
    assert_eq!(tidy("A OR (B)"), "A or B");
    assert_eq!(tidy("((a) (b))"), "a b");
    assert_eq!(tidy("-(-x)"), "x");
}

#[test]
fn plain_words_are_still_looked_for_as_they_stand() {
    for plain in [
        "C++",
        "50+",
        "@handle",
        "anna@example.org",
        "https://example.org/a:b?c=(d)",
        "mailto:a@b.org",
        "10:30",
        "-_-",
        "Foo::Bar",
        "12\"",
        "O'Brien",
        "+49",
        "c:\\x",
        "#rust",
        "a,b",
        "東京",
        ":)",
        "--",
        "-",
        "1:1",
        "Or",
    ] {
        assert_eq!(read(plain), Ok(words(plain)), "{plain}");
    }
    assert_eq!(read("Zoë:Quinn"), Ok(words("Zoë:Quinn")), "somebody is called so");
    assert_eq!(read("Or Cohen"), Ok(Tree::All { of: vec![words("Or"), words("Cohen")] }));
    assert_eq!(read("or"), Ok(words("or")));
    assert_eq!(read("  "), Ok(Tree::everybody()));
    assert_eq!(read("“retry docs”"), Ok(words("retry docs")));
}

#[test]
fn a_bracket_that_closes_nothing_is_pointed_at_and_no_word_is_said_back_whole() {
    for (text, at) in [(")(", 0), ("ana ) bo", 4), ("ana)", 3), (")ana", 0)] {
        let fault = read(text).expect_err(text);
        assert_eq!((fault.from, fault.to), (at, at + 1), "{text}");
        assert!(fault.message.starts_with("There is no “(” to this “)”."), "{text}: {}", fault.message);
    }
    let long = "x".repeat(5_000);
    for text in [format!("stage:{long}"), format!("stage:\"{}\"", "x ".repeat(2_000)), format!("stgae{long}:a")] {
        let fault = read(&text).expect_err("a slip");
        assert!(fault.message.chars().count() < 300 && fault.message.contains('…'), "{}", fault.message);
    }
}

#[test]
fn values_are_taken_by_key_by_name_and_by_how_they_begin() {
    assert_eq!(tidy("stage:Learning"), "stage:learn");
    assert_eq!(tidy("stage:eval,BUILD"), "stage:evaluate,build");
    assert_eq!(tidy("Stage:>=build"), "stage:>=build");
    assert_eq!(tidy("region:002"), "region:africa");
    assert_eq!(tidy("region:\"Western Africa\""), "region:western-africa");
    assert_eq!(tidy("country:germany"), "country:DE");
    assert_eq!(tidy("country:Atlantis"), "country:Atlantis");
    assert_eq!(tidy("lang:portuguese"), "language:pt");
    assert_eq!(tidy("dnc:y"), "do-not-contact:yes");
    assert_eq!(tidy("org:\"Acme, Inc.\""), "organisation:\"Acme, Inc.\"");
    assert_eq!(tidy("did:bug"), "did:reported_bug");
    assert_eq!(tidy("did:conversation"), "did:conversation_in_person,conversation_online");
    assert_eq!(tidy("last:90days"), "last:90d");
}

#[test]
fn entries_are_counted_in_brackets() {
    assert_eq!(tidy("touch(bug in:365d)"), "touch(kind:reported_bug on:365d)");
    assert_eq!(tidy("count(bug in:365d):>=2"), "count(kind:reported_bug on:365d):>=2");
    assert_eq!(tidy("count():>=1"), "touch()");
    assert_eq!(
        tidy("-touch(by:them (4c:code or 4c:content) on:90d)"),
        "-touch(direction:from_them (four:code or four:content) on:90d)"
    );
    assert_eq!(tidy("count(emailed):never"), "count(kind:emailed):0");
}

#[test]
fn a_refusal_points_at_the_word_and_offers_what_is_near() {
    let (word, sentence) = refused("region:africa stgae:learn");
    assert_eq!(word, "stgae");
    assert!(sentence.contains("Did you mean stage:?"), "{sentence}");
    let (word, sentence) = refused("stage:lern region:africa");
    assert_eq!(word, "lern");
    assert!(sentence.contains("Did you mean stage:learn?"), "{sentence}");
    let (word, sentence) = refused("event:fosdem");
    assert_eq!(word, "event");
    assert!(sentence.contains("put them in quotes"), "{sentence}");
    let (word, sentence) = refused("country:Germny");
    assert_eq!(word, "Germny");
    assert!(sentence.contains("country:DE"), "{sentence}");
    let (word, sentence) = refused("talked:soon");
    assert_eq!(word, "soon");
    assert!(sentence.contains("talked:90d"), "{sentence}");
    for (text, word) in [
        ("rust or", "or"),
        ("rust and ", "and"),
        ("rust not", "not"),
        ("stage:", "stage:"),
        ("stage: learn", "stage:"),
        ("stage:learn,", "stage:learn,"),
        ("(a or b", "("),
        ("a b)", ")"),
        ("\"open", "\""),
        ("org:\"open", "\""),
        ("stage:>=learn,build", "stage:>=learn,build"),
        ("tag:>rust", "rust"),
        ("count(bug):x", "x"),
        ("touch(nothing)", "nothing"),
        ("touch(stage:learn)", "stage"),
        ("last:never..", "never.."),
        ("touches:many", "many"),
    ] {
        assert_eq!(refused(text).0, word, "{text}");
    }
}

#[test]
fn every_example_of_every_field_is_read_and_uses_that_field() {
    let known = known();
    for field in FIELDS.iter().copied().flatten() {
        assert!(!field.examples.is_empty(), "{} has no example", field.key);
        for example in field.examples {
            let tree = read(example).unwrap_or_else(|fault| panic!("{example}: {}", fault.message));
            assert!(tree.mentions(&field.key), "{example} does not show {}", field.key);
            assert_eq!(read(&tree.written()), Ok(tree));
        }
        for name in field.names() {
            let found = known.field(name, field.about).expect("a field");
            assert_eq!(found.key, field.key, "two fields are called {name}");
            assert!(!parse::is_plain_word(&format!("{name}:x")), "{name}: is not read as a field");
        }
    }
}

#[test]
fn hostile_text_is_read_or_refused_and_nothing_else() {
    let long = "a".repeat(100_000);
    let deep = "(".repeat(3_000);
    let closed = format!("{}a{}", "(".repeat(3_000), ")".repeat(3_000));
    let denied = format!("{}a", "not ".repeat(1_900));
    let many = "a or ".repeat(1_500);
    for text in [
        "'; DROP TABLE people; --",
        "stage:learn' OR '1'='1",
        "tag:\"'); DELETE FROM people; --\"",
        "\0",
        "tag:\0",
        "\u{202e}stage:learn",
        "stage:\u{202e}nrael",
        "((((",
        "))))",
        "\"\"\"",
        "\\",
        "\"\\",
        "-",
        "--",
        "- -",
        ":",
        "::",
        ":::",
        "tag:,",
        "tag:,,",
        "touch(",
        "touch(touch(a))",
        "count():>=99999999",
        "touches:1e999",
        "touches:--1",
        "touches:..",
        "last:99999d..",
        "\u{feff}",
        "🇩🇪:x",
        "a\u{300}:b",
        "tag:()",
        "tag:(((",
        &long,
        &deep,
        &closed,
        &denied,
        &many,
    ] {
        if let Ok(tree) = read(text) {
            assert_eq!(read(&tree.written()), Ok(tree), "{text}");
        }
    }
}

/// A tree that says what can be said, however oddly.
pub fn tree() -> impl Strategy<Value = Tree> {
    let text = prop_oneof![
        select(vec![
            "anna",
            "or",
            "AND",
            "not",
            "-x",
            "--",
            "a b",
            "\"",
            "\\",
            "(",
            ")",
            "a)b",
            "x:y",
            "stage:learn",
            "https://x",
            "10:30",
            "touch",
            "“q”",
            ",",
            "\u{202e}",
            "東京",
            "é",
            "a\nb",
            "'",
            "count(",
            ":",
            "-\"",
            "\u{a0}x",
            "not\"x",
            "or\"x",
            "AND“x",
            "nothing\"x",
        ])
        .prop_map(str::to_owned),
        "[a-z\"\\\\(): ,<>=-]{1,6}".prop_filter("something is said", |text| !text.trim().is_empty()),
    ];
    let value = prop_oneof![
        select(vec!["rust", "a b", ">x", "=x", "x,y", "(", ")", "\"", "é", "“", "≥1", "a\"b", "\\"])
            .prop_map(str::to_owned),
        "[a-z\"\\\\(): ,<>=-]{1,6}".prop_filter("something is said", |text| !text.trim().is_empty()),
    ]
    .prop_map(|text| text.trim().to_owned());
    let field = |key: &'static str, compare: Compare, values: &[&str]| Tree::Field {
        key: key.into(),
        compare,
        values: values.iter().map(|v| (*v).to_owned()).collect(),
    };
    let leaf = prop_oneof![
        text.prop_map(|text| Tree::Words { text }),
        (select(vec!["tag", "organisation", "city", "role"]), vec(value, 1..4)).prop_map(|(key, mut values)| {
            values.dedup();
            Tree::Field { key: key.into(), compare: Compare::Is, values }
        }),
        Just(field("stage", Compare::AtLeast, &["learn"])),
        Just(field("stage", Compare::Is, &["none", "scale"])),
        Just(field("last", Compare::Over, &["90d"])),
        Just(field("added", Compare::Is, &["2026-01..2026-03"])),
        Just(field("touches", Compare::Under, &["3"])),
        Just(field("did", Compare::Is, &["emailed", "reported_bug"])),
    ];
    let entry = prop_oneof![
        Just(field("kind", Compare::Is, &["reported_bug"])),
        Just(field("on", Compare::Is, &["365d"])),
        Just(field("mood", Compare::Under, &["0"])),
        Just(field("direction", Compare::Is, &["from_them"])),
    ];
    let entry = entry.prop_recursive(3, 8, 3, groups);
    let counted = (entry, select(Compare::ALL.to_vec()), 0_u32..5).prop_map(|(of, compare, count)| Tree::Entries {
        of: Box::new(of),
        compare,
        count,
    });
    prop_oneof![4 => leaf, 1 => counted].prop_recursive(5, 40, 4, groups)
}

fn groups(inner: BoxedStrategy<Tree>) -> BoxedStrategy<Tree> {
    prop_oneof![
        vec(inner.clone(), 0..4).prop_map(|of| Tree::All { of }),
        vec(inner.clone(), 0..4).prop_map(|of| Tree::Any { of }),
        inner.prop_map(|of| Tree::Not { of: Box::new(of) }),
    ]
    .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::testing::prove::times(600, 20_000), ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_as_the_same_tree(tree in tree()) {
        let tree = tree.plain();
        prop_assume!(tree.depth() < parse::DEEPEST && tree.conditions() < parse::MOST);
        let text = tree.written();
        prop_assert_eq!(read(&text), Ok(tree), "{}", text);
        prop_assert!(could_be_kept(&text).is_ok(), "{}", text);
    }

    #[test]
    fn what_is_read_is_written_the_same_ever_after(text in "[a-z:\"()<>=, -]{0,40}|\\PC{0,30}") {
        if let Ok(tree) = read(&text) {
            prop_assert!(could_be_kept(&text).is_ok(), "{}", text);
            let written = tree.written();
            prop_assert_eq!(read(&written).map(|tree| tree.written()), Ok(written), "{}", text);
        }
    }
}

#[test]
fn entries_and_people_are_asked_for_by_different_fields() {
    let known = known();
    assert!(known.field("kind", About::People).is_none());
    assert!(known.field("stage", About::Entries).is_none());
}
