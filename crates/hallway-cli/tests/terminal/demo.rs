//! Invented people, for trying things at size.
use crate::program::Terminal;

#[test]
fn the_same_seed_makes_the_same_people() {
    let terminal = Terminal::new();
    let demo = |out: &str, seed: &str| {
        terminal.run(&["demo", "--people", "120", "--touchpoints", "600", "--seed", seed, "--out", out])
    };
    for (out, seed) in [("a.hallway", "7"), ("b.hallway", "7"), ("c.hallway", "8")] {
        let said = demo(out, seed);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(
            said.out.contains("120 people and 600 touchpoints, all invented.")
                && said.err.contains("touchpoints: 600 of 600"),
            "{} {}",
            said.out,
            said.err
        );
    }
    let everybody = |file: &str| terminal.json(&["--file", file, "list", "--limit", "1000"]);
    assert_eq!(everybody("a.hallway"), everybody("b.hallway"));
    assert_ne!(everybody("a.hallway"), everybody("c.hallway"));
    assert!(terminal.ok(&["--file", "a.hallway", "doctor"]).ends_with("The file is sound.\n"));

    // There is something to try: a list that may be written to, and what was promised.
    let looked =
        terminal.ok(&["--file", "a.hallway", "export", "--list", "Newsletter", "--purpose", "list_mail", "--dry-run"]);
    assert!(looked.contains("Included ") && !looked.contains("Included 0"), "{looked}");
    assert!(!terminal.json(&["--file", "a.hallway", "followups"])["rows"].as_array().expect("rows").is_empty());

    let again = demo("a.hallway", "9");
    assert_eq!(again.code, Some(1));
    assert!(again.err.contains("holds 120 people already"), "{}", again.err);
    assert_eq!(everybody("a.hallway")["count"], 120);
    assert!(!terminal.path("main.hallway").exists(), "invented people never go into the usual file");
}

#[test]
fn without_a_name_it_makes_the_file_of_the_variable_and_writes_over_none() {
    let terminal = Terminal::new();
    let few = ["demo", "--people", "20", "--touchpoints", "40"];
    let made = terminal.ok(&few);
    assert!(made.contains("main.hallway: 20 people"), "{made}");
    assert_eq!(terminal.json(&["list"])["count"], 20, "what looks next looks there");

    let refused = terminal.refused(&few);
    assert!(refused.contains("main.hallway, the file of HALLWAY_FILE, is there already"), "{refused}");
    assert!(refused.contains("Name a new file with --out."), "{refused}");
    assert_eq!(terminal.json(&["list"])["count"], 20);

    // Nor does it go into a file that was begun and holds nobody yet.
    let begun = Terminal::new();
    drop(begun.window());
    let refused = begun.refused(&few);
    assert!(refused.contains("is there already"), "{refused}");
    assert_eq!(begun.json(&["list"])["count"], 0);
    begun.ok(&[&few[..], &["--out", "invented.hallway"]].concat());
    assert_eq!(begun.json(&["--file", "invented.hallway", "list"])["count"], 20, "one that is named stands over it");
}
