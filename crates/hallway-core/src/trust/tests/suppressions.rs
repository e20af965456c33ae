//! Addresses that are never to be written to.
use crate::{
    normal::ContactKind,
    testing::Desk,
    trust::{LeftOut, SuppressedFor, suppress},
};
use serde_json::json;

#[test]
fn a_suppressed_address_is_left_out_and_neither_undo_nor_another_spelling_brings_it_back() {
    let desk = Desk::new();
    desk.suppress("Ada@Acme.example");
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "<mailto:ada@ACME.example>", "they_gave_it");
    assert_eq!(desk.list(&ada), Err(LeftOut::Suppressed));
    let today = json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page", "on": "2026-05-21" });
    let refused = desk.refused("basis.set", today);
    assert!(refused.message.contains("suppression list since 2026-05-21"), "{}", refused.message);
    desk.wait(1);
    desk.opted_in(&point, "2026-05-22");
    assert!(desk.list(&ada).is_ok());
    desk.undo();
    assert_eq!(desk.list(&ada), Err(LeftOut::Suppressed));
    desk.redo();
    assert!(desk.list(&ada).is_ok());
    desk.suppress("ada@acme.example");
    assert_eq!(desk.list(&ada), Err(LeftOut::Suppressed), "asked anew");
    while desk
        .call("history.recent", json!({ "limit": 9 }))
        .as_array()
        .expect("lines")
        .iter()
        .any(|l| l["canTakeBack"] == true)
    {
        desk.undo();
    }
    let count = desk.call("suppressions.count", json!({}));
    assert_eq!((&count["addresses"], &count["byReason"]), (&json!(1), &json!([["unsubscribed", 1]])));
    let file = std::fs::read(desk.store.path()).expect("the file");
    assert!(!file.windows(3).any(|bytes| bytes.eq_ignore_ascii_case(b"Ada@")));
}

/// `\u{…}` as the letter it stands for.
fn spelled(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}').expect("an end");
        out.push(char::from_u32(u32::from_str_radix(digits, 16).expect("a number")).expect("a letter"));
        out.push_str(rest);
    }
    out
}

#[test]
fn an_address_on_the_list_is_met_in_every_spelling_and_its_neighbours_are_not() {
    let cases: Vec<Vec<String>> = include_str!("spellings.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').map(spelled).collect())
        .collect();
    assert!(cases.len() >= 200, "{}", cases.len());
    let desk = Desk::new();
    let kind = |case: &[String]| ContactKind::from_key(&case[1]).expect("a kind");
    desk.store
        .write("suppressions.add", crate::store::Memory::Recorded, desk.now(), |tx| {
            cases.iter().try_for_each(|case| suppress(tx, kind(case), &case[2], SuppressedFor::ByHand).map(drop))
        })
        .expect("suppressions");
    let wrong: Vec<String> = desk
        .store
        .read(desk.now(), |tx| {
            let mut wrong = Vec::new();
            for case in &cases {
                let met = crate::trust::is_suppressed(tx, kind(case), &case[3])?;
                if met != (case[0] == "=") {
                    wrong.push(format!("{case:?}"));
                }
            }
            Ok(wrong)
        })
        .expect("answers");
    assert!(wrong.is_empty(), "{wrong:#?}");
    let file = std::fs::read(desk.store.path()).expect("the file");
    assert!(!file.windows(13).any(|bytes| bytes == b"@acme.example"), "no address stands in the file");
}

#[test]
fn what_is_known_goes_with_the_whole_workspace_into_another_file() {
    let desk = Desk::new();
    desk.suppress("gone@acme.example");
    let came_back = |desk: &Desk, value: &str| {
        desk.call("suppressions.add", json!({ "kind": "email", "values": [value], "reason": "bounced" }));
    };
    came_back(&desk, "own@acme.example");
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "list_signup");
    desk.opted_in(&point, "2026-05-03");
    let out = desk.path("all.json");
    desk.call("json.export", json!({ "file": desk.store.grant(out.clone(), crate::Access::Write) }));
    let other = Desk::new();
    // So that it makes another key.
    other.person("First");
    other.suppress("own@acme.example");
    came_back(&other, "gone@acme.example");
    other.call("json.run", json!({ "file": other.store.grant(out.clone(), crate::Access::Read) }));
    assert_eq!(other.list(&ada), Ok("ada@acme.example".into()));
    let stranger = other.person("Stranger");
    other.point(&stranger, "email", "gone@acme.example", "import");
    assert_eq!(other.list(&stranger), Err(LeftOut::Suppressed), "by the key of the file it came from");
    let second = other.person("Second");
    other.point(&second, "email", "own@acme.example", "import");
    assert_eq!(other.list(&second), Err(LeftOut::Suppressed), "by its own");
    for person in [&stranger, &second] {
        let of = other.call("basis.of", json!({ "id": person }));
        assert_eq!(of["points"][0]["suppressed"], "unsubscribed", "the graver word, by whichever key");
    }
    while other
        .call("history.recent", json!({ "limit": 9 }))
        .as_array()
        .expect("lines")
        .iter()
        .any(|l| l["canTakeBack"] == true)
    {
        other.undo();
    }
    assert_eq!(other.call("suppressions.count", json!({}))["addresses"], 4, "and no undo forgets it");
}
