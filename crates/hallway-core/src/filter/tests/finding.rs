//! Whom a filter finds: random trees on random workspaces, asked of memory and of a plain evaluator.
use super::plain::{Mistake, World};
use crate::{
    Id,
    filter::{self, Compare, Tree},
    testing::{
        Desk,
        prove::{Chance, proved, times},
    },
};
use serde_json::{Value, json};

const NAMES: &[&str] =
    &["Anna Nowak", "Susanna", "Åse Østergård", "林 美", "Łukasz Żak", "-_-", "Or Cohen", "C++ Fan", "Émile"];
const ORGANISATIONS: &[&str] = &["", "Acme GmbH", "Zeta", "北京大学", "Acme, Inc."];
const COUNTRIES: &[&str] = &["", "DE", "IN", "KE", "BR", "Atlantis", "US"];
const CITIES: &[&str] = &["", "New York", "Łódź", "york"];
const TAGS: &[&str] = &["Rust", "meetup", "東京", "vendor", "two words"];
const LANGUAGES: &[&str] = &["", "en", "pt-BR,en", "pt", "ja, de"];
const KINDS: &[&str] = &[
    "conversation_in_person",
    "in_production",
    "asked_how_to",
    "stopped_using",
    "emailed",
    "reported_bug",
    "opened_pr",
    "referred",
    "introduced",
    "co_created",
];
const DAYS: &[&str] = &[
    "2026-05-21",
    "2026-05-01",
    "2026-02-20",
    "2026-02-19",
    "2025-05-21",
    "2025-05-20",
    "2026-03",
    "2024",
    "2025-12-31",
];
const ADDRESSES: &[&str] = &["a@example.org", "b@example.org", "c@example.org"];
const PURPOSES: &[&str] = &["one_to_one", "list_mail", "swag_post"];
const GIVEN_FOR: &[&str] = &["stickers", "a T-shirt", "Bücher, Stickers"];
const BASES: &[&str] = &["unknown", "opted_in", "said_yes_in_person", "they_wrote_first", "objected"];
const UNTIL: &[&str] = &["2026-05-22", "2026-05-23", "2026-05-28", "2026-05-29", "2026-07-01"];
const LENGTHS: &[&str] = &[
    "1d",
    "90d",
    "91d",
    "12w",
    "3m",
    "6m",
    "1y",
    "today",
    "2026-03",
    "2025",
    "2026-02-20",
    "2026-01..2026-03",
    "2026-02..",
    "..2025-12-31",
    "90d..30d",
];

/// A desk with fields of its own, and nobody.
fn desk() -> Desk {
    let desk = Desk::new();
    for (label, kind, choices) in [
        ("Shirt", "choice", json!(["S", "M", "L"])),
        ("Score", "number", json!([])),
        ("Renewal", "date", json!([])),
        ("Signed", "yes_no", json!([])),
        // There is a field of that name already.
        ("Speaks", "text", json!([])),
    ] {
        desk.call("fields.define", json!({ "label": label, "kind": kind, "choices": choices }));
    }
    desk
}

fn of<'a>(chance: &mut Chance, list: &[&'a str]) -> &'a str {
    list[chance.roll(list.len() as u64) as usize]
}

/// Does something to somebody if it can be done; a refusal is fine.
fn act(desk: &Desk, chance: &mut Chance) {
    let ids = |sql: &str| -> Vec<Id> { desk.store.read(desk.now(), |tx| tx.column(sql, [])).expect("ids") };
    let one = |chance: &mut Chance, ids: &[Id]| ids.get(chance.roll(ids.len() as u64) as usize).copied();
    let people = ids("SELECT id FROM people WHERE deleted_at IS NULL AND root = id ORDER BY id");
    let someone = one(chance, &people);
    let other = one(chance, &people);
    let day = of(chance, DAYS);
    let yes = chance.roll(2) == 0;
    let (command, input): (&str, Value) = match chance.roll(36) {
        0..=3 => (
            "people.create",
            json!({ "displayName": of(chance, NAMES), "organisation": of(chance, ORGANISATIONS), "country": of(chance, COUNTRIES), "city": of(chance, CITIES) }),
        ),
        4 => (
            "people.edit",
            json!({ "id": someone, "languages": of(chance, LANGUAGES), "roleTitle": of(chance, &["", "Maintainer", "staff engineer"]), "timeZone": of(chance, &["", "Europe/Berlin", "Africa/Lagos"]) }),
        ),
        5 => (
            "people.edit",
            json!({ "id": someone, "doNotContact": yes, "pronouns": of(chance, &["", "they"]), "notes": of(chance, &["", "note"]), "challenges": of(chance, &["", "x"]), "buildingNow": of(chance, &["", "y"]) }),
        ),
        6 => (
            "people.edit",
            json!({ "id": someone, "teammate": yes, "country": of(chance, COUNTRIES), "organisation": of(chance, ORGANISATIONS) }),
        ),
        7 => ("people.trash", json!({ "ids": [someone] })),
        8 => (
            "tags.add",
            json!({ "people": [someone], "name": of(chance, TAGS), "kind": of(chance, &["topic", "stack"]) }),
        ),
        9..=13 => {
            let role = of(chance, &["by", "with", "about"]);
            let roles = of(chance, &["by", "with", "about"]);
            let mut people =
                vec![json!({ "person": someone, "role": role, "incentivised": yes, "observedBy": "seen" })];
            if chance.roll(3) == 0 && other != someone {
                people.push(json!({ "person": other, "role": roles, "incentivised": !yes }));
            }
            let kind = of(chance, KINDS);
            let intent = (kind == "emailed").then(|| of(chance, &["ask", "help"]));
            let on = (chance.roll(8) > 0).then_some(day);
            let mood = (chance.roll(2) == 0).then(|| chance.roll(5) as i64 - 2);
            (
                "touchpoints.log",
                json!({ "kind": kind, "on": on, "unknownDay": on.is_none(), "people": people, "intent": intent, "sentiment": mood, "needsAnswer": yes, "note": of(chance, &["", "Retry docs unclear", "a note"]) }),
            )
        }
        14 => (
            "contact_points.add",
            json!({ "person": someone, "kind": of(chance, &["github", "website", "phone"]), "value": of(chance, &["anna", "https://a.example", "12345"]), "source": of(chance, &["badge", "github", "import"]) }),
        ),
        15 => (
            "contact_points.add",
            json!({ "person": someone, "kind": "email", "value": of(chance, ADDRESSES), "source": of(chance, &["they_gave_it", "github"]) }),
        ),
        16 => {
            let field = ids("SELECT id FROM fields ORDER BY rid");
            let field = one(chance, &field);
            (
                "fields.set",
                json!({ "person": someone, "field": field, "value": of(chance, &["", "S", "L", "3", "7.5", "2026-05-01", "2026-06-11", "yes", "no", "some words"]) }),
            )
        }
        17 => (
            "followups.add",
            json!({ "person": someone, "kind": of(chance, &["promise", "check_in", "deadline"]), "text": "do it", "due": of(chance, &["2026-05-20", "2026-05-21", "2026-05-28", "2026-05-29", "2026-07-01"]) }),
        ),
        18 => {
            let open = ids("SELECT followup FROM open_followups ORDER BY followup");
            ("followups.done", json!({ "id": one(chance, &open) }))
        }
        19 => ("doubles.merge", json!({ "ids": [someone, other] })),
        20 => (
            "journey.pin",
            json!({ "person": someone, "stage": of(chance, &["learn", "scale"]), "until": "good", "reason": "seen" }),
        ),
        21..=23 => {
            let point = ids("SELECT id FROM contact_points WHERE deleted_at IS NULL ORDER BY rid");
            let point = one(chance, &point);
            if chance.roll(3) == 0 {
                let status = of(chance, &["ok", "bounced", "opted_out", "wrong_person"]);
                ("contact_points.edit", json!({ "id": point, "status": status }))
            } else {
                let purposes = [of(chance, PURPOSES), of(chance, PURPOSES)];
                let today = desk.now().day_in(chrono_tz::UTC).to_string();
                (
                    "basis.set",
                    json!({ "point": point, "purposes": purposes, "basis": of(chance, BASES), "evidence": "seen", "on": today }),
                )
            }
        }
        24 => ("basis.objected", json!({ "person": someone, "kinds": [of(chance, &["email", "phone"])] })),
        25 => (
            "suppressions.add",
            json!({ "values": [of(chance, ADDRESSES)], "kind": "email", "reason": "unsubscribed" }),
        ),
        26 | 27 => (
            "lists.add",
            json!({ "name": of(chance, &["Beta", "Łódź talks"]), "people": [someone, other], "why": "seen" }),
        ),
        28 => {
            let filter = of(chance, &["tag:rust or new:yes", "touches:>1", "-list:Beta", "basis:opted_in"]);
            ("lists.create", json!({ "name": "Live", "filter": filter }))
        }
        29 => {
            let lists = ids("SELECT id FROM lists WHERE deleted_at IS NULL ORDER BY rid");
            let list = one(chance, &lists);
            if chance.roll(3) == 0 {
                ("lists.trash", json!({ "id": list }))
            } else {
                ("lists.remove", json!({ "list": list, "people": [someone] }))
            }
        }
        30 | 31 => (
            "postal_addresses.add",
            json!({ "person": someone, "lines": "Kiln Lane 3", "country": "DE", "purpose": of(chance, GIVEN_FOR), "source": "they_gave_it", "expiresOn": of(chance, UNTIL) }),
        ),
        32 => {
            let addresses = ids("SELECT id FROM postal_addresses WHERE deleted_at IS NULL ORDER BY rid");
            let address = one(chance, &addresses);
            if chance.roll(3) == 0 {
                ("postal_addresses.remove", json!({ "id": address }))
            } else {
                ("postal_addresses.edit", json!({ "id": address, "expiresOn": of(chance, UNTIL) }))
            }
        }
        33 | 34 => {
            let newest: Option<String> = desk
                .store
                .read(desk.now(), |tx| tx.scalar("SELECT command FROM operations WHERE undone_at IS NULL AND undoable = 1 ORDER BY coalesce(ended, id) DESC LIMIT 1", []))
                .expect("an operation");
            if newest.as_deref() == Some("fields.define") {
                return;
            }
            ("history.undo", json!({}))
        }
        _ => ("history.redo", json!({})),
    };
    // A kind takes some days and roles and not others, and who is nobody cannot be merged.
    let _refusals_are_fine = crate::dispatch(&desk.store, desk.later(1).now(), command, input);
}

/// A condition about people.
fn leaf(chance: &mut Chance) -> Tree {
    let compares = [Compare::Is, Compare::Is, Compare::Over, Compare::AtLeast, Compare::Under, Compare::AtMost];
    let compare = compares[chance.roll(6) as usize];
    let field = |key: &str, compare: Compare, values: Vec<&str>| Tree::Field {
        key: key.into(),
        compare,
        values: values.into_iter().map(str::to_owned).collect(),
    };
    let several = |chance: &mut Chance, list: &[&'static str]| {
        let mut values = vec![of(chance, list)];
        if chance.roll(3) == 0 {
            values.push(of(chance, list));
        }
        values.dedup();
        values
    };
    let choices: &[(&str, &[&str])] = &[
        ("tag", &["rust", "東京", "vendor", "two words", "nothing"]),
        ("stack", &["Rust", "meetup"]),
        ("topic", &["rust", "vendor"]),
        ("organisation", &["acme", "Zeta", "大学", "Acme, Inc."]),
        ("city", &["york", "lodz", "new york"]),
        ("role", &["engineer", "main"]),
        ("zone", &["africa", "berlin"]),
        ("country", &["DE", "KE", "Atlantis"]),
        ("region", &["africa", "europe", "eastern-africa", "americas", "northern-america", "latin-america", "asia"]),
        ("language", &["pt", "pt-BR", "en", "ja"]),
        ("stage", &["none", "discover", "learn", "scale"]),
        ("confidence", &["unplaced", "confirmed", "fading", "stale"]),
        ("presence", &["none", "active", "quiet", "dormant"]),
        ("ring", &["primary", "secondary", "tertiary"]),
        ("new", &["yes", "no"]),
        ("note", &["note", "x", "retry docs", "unclear retry", "note x", "nothing"]),
        ("do-not-contact", &["yes", "no"]),
        ("teammate", &["yes", "no"]),
        ("did", KINDS),
        ("channel", &["engagement", "social", "word_of_mouth"]),
        ("four", &["code", "communication", "conductor"]),
        (
            "has",
            &[
                "email",
                "github",
                "organisation",
                "city",
                "country",
                "role",
                "zone",
                "language",
                "tag",
                "stack",
                "stage",
                "pronouns",
                "notes",
                "building",
                "challenges",
                "followup",
                "touch",
                "address",
                "shirt",
                "my.speaks",
            ],
        ),
        ("no", &["email", "organisation", "touch", "renewal", "topic"]),
        ("source", &["badge", "github", "they_gave_it"]),
        ("followup", &["open", "overdue", "none", "promise", "deadline"]),
        ("may", PURPOSES),
        ("basis", &["opted_in", "said_yes_in_person", "unknown", "objected"]),
        ("suppressed", &["yes", "no"]),
        ("bounced", &["yes", "no"]),
        ("opted-out", &["yes", "no"]),
        ("address", &["yes", "no", "stickers", "shirt", "BUCHER", "mug"]),
        ("list", &["beta", "lodz talks", "Live", "Nowhere"]),
        ("shirt", &["S", "L"]),
        ("signed", &["yes", "no"]),
        ("my.speaks", &["words", "S"]),
    ];
    match chance.roll(12) {
        0 | 1 => Tree::Words {
            text: of(chance, &["anna", "or", "a b", "c++", "new york", "example.org", "germany", "-_-", "美", "rust"])
                .into(),
        },
        2..=5 => {
            let (key, values) = choices[chance.roll(choices.len() as u64) as usize];
            match key {
                "stage" if compare != Compare::Is => field(key, compare, vec![of(chance, values)]),
                _ => field(key, Compare::Is, several(chance, values)),
            }
        }
        6..=8 => {
            let key = of(chance, &["since", "added", "moved", "last", "met", "talked", "heard", "wrote"]);
            match chance.roll(8) {
                0 => field(key, Compare::Is, vec!["never"]),
                1 => field(key, Compare::Is, vec!["ever"]),
                2..=4 => field(key, Compare::Is, several(chance, LENGTHS)),
                _ => {
                    field(key, compare, vec![of(chance, if compare == Compare::Is { LENGTHS } else { &LENGTHS[..11] })])
                }
            }
        }
        9 => {
            let values = ["7d", "1d", "today", "2026-07", "2026-05-28"];
            match chance.roll(3) {
                0 => field(of(chance, &["due", "address-until"]), compare, vec![of(chance, &values)]),
                1 => field(of(chance, &["due", "address-until"]), Compare::Is, vec!["never"]),
                _ => field("renewal", compare, vec![of(chance, &["30d", "+30d", "+1m", "2026-05", "today"])]),
            }
        }
        10 => {
            let key = of(chance, &["touches", "score"]);
            let values: &[&str] =
                if compare == Compare::Is { &["0", "1", "3", "2..5", "7.5"] } else { &["0", "1", "2", "7.5"] };
            field(key, compare, vec![of(chance, values)])
        }
        _ => {
            let of = Box::new(groups(chance, 2, &entry_leaf));
            Tree::Entries { of, compare: Compare::ALL[chance.roll(5) as usize], count: chance.roll(4) as u32 }
        }
    }
}

/// A condition about an entry.
fn entry_leaf(chance: &mut Chance) -> Tree {
    let field =
        |key: &str, compare: Compare, value: &str| Tree::Field { key: key.into(), compare, values: vec![value.into()] };
    match chance.roll(9) {
        0 | 1 => field("kind", Compare::Is, of(chance, KINDS)),
        2 | 3 => {
            let compare = Compare::ALL[chance.roll(5) as usize];
            let value = of(chance, if compare == Compare::Is { LENGTHS } else { &LENGTHS[..11] });
            field("on", compare, value)
        }
        4 => field("channel", Compare::Is, of(chance, &["engagement", "social"])),
        5 => field("direction", Compare::Is, of(chance, &["from_them", "from_us", "two_way", "between_them"])),
        6 => match chance.roll(3) {
            0 => field("role", Compare::Is, of(chance, &["by", "with", "about"])),
            1 => field("intent", Compare::Is, of(chance, &["none", "ask"])),
            _ => field("four", Compare::Is, of(chance, &["code", "conductor"])),
        },
        7 => field("mood", Compare::ALL[chance.roll(5) as usize], of(chance, &["-1", "0", "2"])),
        _ => field(of(chance, &["waiting", "rewarded"]), Compare::Is, of(chance, &["yes", "no"])),
    }
}

fn groups(chance: &mut Chance, depth: u32, leaf: &dyn Fn(&mut Chance) -> Tree) -> Tree {
    if depth == 0 || chance.roll(3) == 0 {
        return leaf(chance);
    }
    match chance.roll(5) {
        0 | 1 => Tree::All { of: (0..chance.roll(4)).map(|_| groups(chance, depth - 1, leaf)).collect() },
        2 | 3 => Tree::Any { of: (0..1 + chance.roll(3)).map(|_| groups(chance, depth - 1, leaf)).collect() },
        _ => Tree::Not { of: Box::new(groups(chance, depth - 1, leaf)) },
    }
}

/// Asks both, and returns the first tree they do not agree on.
fn compared(desk: &Desk, chance: &mut Chance, trees: u32, mistake: Mistake) -> Option<String> {
    let world = desk.store.read(desk.now(), |tx| World::of(tx, mistake)).expect("a world");
    for _ in 0..trees {
        let tree = groups(chance, 3, &leaf).plain();
        let found = desk
            .store
            .read(desk.now(), |tx| {
                // Through the text, as a window sends it.
                let text = tree.written();
                let read = filter::understood(tx, &text)?;
                assert_eq!(read, tree, "{text}");
                let mut found = filter::found(tx, &read)?;
                assert_eq!(filter::count(tx, &read)? as usize, found.len(), "{text}");
                found.sort_unstable();
                Ok(found)
            })
            .unwrap_or_else(|error| panic!("{}: {error}", tree.written()));
        let wanted = world.found(&tree);
        if found != wanted {
            return Some(format!("{} finds {found:?}, and not {wanted:?}", tree.written()));
        }
    }
    None
}

#[test]
fn random_trees_find_whom_a_plain_evaluator_finds() {
    let (workspaces, rounds, trees) = (times(4, 40), times(5, 10), 500);
    for seed in 0..u64::from(workspaces) {
        let (desk, mut chance) = (desk(), Chance(seed));
        for _ in 0..40 {
            act(&desk, &mut chance);
        }
        for round in 0..rounds {
            if let Some(difference) = compared(&desk, &mut chance, trees, Mistake::None) {
                panic!("workspace {seed}, round {round}: {difference}");
            }
            // What is in memory is renewed by what is done now; sometimes a day goes by.
            for _ in 0..6 {
                act(&desk, &mut chance);
            }
            if chance.roll(4) == 0 {
                desk.wait(1);
            }
        }
    }
    proved("filters", format!("{} random trees found whom a plain evaluator finds", workspaces * rounds * trees));
}

#[test]
fn an_evaluator_that_is_wrong_is_caught() {
    for mistake in
        [Mistake::FirstDayLeftOut, Mistake::AboutCounts, Mistake::MergedForgotten, Mistake::OldestInsteadOfNewest]
    {
        let caught = (100..130).any(|seed| {
            let (desk, mut chance) = (desk(), Chance(seed));
            for _ in 0..60 {
                act(&desk, &mut chance);
            }
            compared(&desk, &mut chance, 200, mistake).is_some()
        });
        assert!(caught, "nobody noticed {mistake:?}");
    }
}
