//! The index and SQL are asked the same, whatever was done in between, and answer the same.
use super::{
    Found, PeopleIndex,
    oracle::{self, Question},
};
use crate::{
    Id, Now, Result, Store, dispatch, filter, open,
    people::{self, PeopleQuery, PeopleSort},
    sample,
    store::{Derived, Memory, Tx},
    testing::{DAY, Desk},
    workspace,
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const NAMES: [&str; 10] = [
    "Anna Nowak",
    "anna nowak",
    "Susanna",
    "Åse Østergård",
    "林 美",
    "محمد الفاسي",
    "박지민",
    "Łukasz Żak",
    "Émile",
    "-_-",
];
const ORGANISATIONS: &[&str] = &["", "Acme GmbH", "ACME gmbh", "Zeta", "北京大学"];
const COUNTRIES: &[&str] = &["", "DE", "IN", "Atlantis"];
const TAGS: &[&str] = &["Rust", "meetup", "東京"];
const KINDS: &[&str] = &["conversation_in_person", "in_production", "asked_how_to", "stopped_using", "emailed"];
const TEXTS: &[&str] = &[
    "",
    "a",
    "an",
    "ANNA",
    "anna n",
    "ost",
    "美",
    "فاسي",
    "지민",
    "zak ł",
    "rust",
    "acme ind",
    "東",
    "nobody",
    "w now",
    "nowka",
    "anan",
    "lukasz zka",
    "oestergard",
    " - ",
];

fn question() -> impl Strategy<Value = Question> {
    let words = prop_oneof![Just(""), select(TEXTS)];
    let stages = prop_oneof![
        2 => Just(vec![]),
        1 => vec(select(vec!["none", "discover", "evaluate", "build", "scale"]), 1..3)
    ];
    let tags = prop_oneof![2 => Just(vec![]), 1 => vec((select(vec!["topic", "stack"]), select(TAGS)), 1..3)];
    let last = prop_oneof![Just(None), select(vec!["30d", "90d", "365d", ">90d", ">365d", "never"]).prop_map(Some)];
    let sort = select(vec![
        PeopleSort::Name,
        PeopleSort::Organisation,
        PeopleSort::Stage,
        PeopleSort::Country,
        PeopleSort::LastTouch,
        PeopleSort::Added,
    ]);
    (words, stages, tags, last, sort, any::<bool>()).prop_map(|(words, stages, tags, last, sort, descending)| {
        Question { words, stages, tags, last, sort, descending }
    })
}

/// Does something to somebody if it can be done; a refusal is fine.
fn act(store: &Store, now: Now, (what, whom, how): (u8, u8, u8)) {
    let ids = |sql: &str| -> Vec<Id> { store.read(now, |tx| tx.column(sql, [])).expect("ids") };
    let of = |list: &[&str]| list[how as usize % list.len()].to_owned();
    let people = ids("SELECT id FROM people WHERE deleted_at IS NULL ORDER BY id");
    let someone = people.get(whom as usize % people.len().max(1));
    let tag = ids("SELECT id FROM tags ORDER BY id").get(how as usize % TAGS.len()).copied();
    let (command, input): (&str, Value) = match what {
        0..=3 => (
            "people.create",
            json!({ "displayName": of(&NAMES), "organisation": of(ORGANISATIONS), "country": of(COUNTRIES) }),
        ),
        4 => ("people.edit", json!({ "id": someone, "displayName": of(&NAMES) })),
        5 => ("people.edit", json!({ "id": someone, "organisation": of(ORGANISATIONS), "city": of(&NAMES) })),
        6 => ("people.edit", json!({ "id": someone, "country": of(COUNTRIES), "roleTitle": of(TEXTS) })),
        7 => ("people.trash", json!({ "ids": [someone] })),
        8 => ("tags.add", json!({ "people": [someone], "name": of(TAGS), "kind": "topic" })),
        9 => ("tags.add", json!({ "people": people, "name": of(TAGS), "kind": "stack" })),
        10 => ("tags.remove", json!({ "person": someone, "tag": tag })),
        11 | 12 => {
            let on = format!("202{}-0{}-11", 4 + how % 3, 1 + how % 5);
            ("touchpoints.log", json!({ "kind": of(KINDS), "on": on, "people": [{ "person": someone }] }))
        }
        13 => (
            "contact_points.add",
            json!({ "person": someone, "kind": "github", "value": of(&NAMES), "source": "badge" }),
        ),
        14 | 15 => ("history.undo", json!({})),
        _ => ("history.redo", json!({})),
    };
    let _refusals_are_fine = dispatch(store, now, command, input);
}

/// What the list, the picker and the tags are told, against what SQL says of the same picture of the file.
fn agrees(store: &Store, now: Now, question: &Question) {
    let query = &question.query();
    store
        .read(now, |tx| {
            let wanted = oracle::ids(tx, question, workspace::today(tx)?)?;
            assert_eq!(people::found(tx, query)?.ids, wanted, "{query:?}");
            // Whoever comes close is who comes close in an index that was never renewed.
            let mut forgiving = query.clone();
            forgiving.filter.forgiving = true;
            let anew = anew(tx, &PeopleIndex::make(tx)?, &forgiving)?;
            assert_eq!(*people::found(tx, &forgiving)?, anew, "{query:?}");
            let picks = tx.derived(|index: &PeopleIndex| index.picks(&query.filter.text, 5))?;
            assert_eq!(picks, oracle::picks(tx, &query.filter.text, 5)?, "{query:?}");
            assert_eq!(tx.derived(PeopleIndex::len)?, oracle::people(tx)?);
            for (tag, carriers) in oracle::carriers(tx)? {
                assert_eq!(people::carriers(tx, [tag])?, [carriers]);
            }
            for (organisation, count) in oracle::organisations(tx)? {
                assert_eq!(people::people_at(tx, [organisation.as_str()])?, [count], "{organisation}");
            }
            Ok(())
        })
        .expect("an answer");
}

/// What another index answers.
fn anew(tx: &Tx, index: &PeopleIndex, query: &PeopleQuery) -> Result<Found> {
    let tree = query.filter.tree(tx)?;
    let known = filter::Known::of(tx)?;
    filter::asking_list(tx, index, &known, |asking| {
        let named =
            if query.filter.forgiving { asking.people_or_close(&tree)? } else { (asking.people(&tree)?, false) };
        Ok(index.found(query, named))
    })
}

fn by_name() -> Question {
    Question::default()
}

/// Everybody's id, by name.
fn everybody(tx: &Tx) -> Result<Vec<Id>> {
    Ok(people::found(tx, &by_name().query())?.ids.clone())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_done_the_index_answers_as_sql_does(
        steps in vec(((0u8..=16, 0u8..=9, 0u8..=19), question(), 0u8..=5), 1..24)
    ) {
        let desk = Desk::new();
        let elsewhere = open(desk.store.path(), desk.now(), 8, "UTC").expect("the same file");
        for (step, question, where_and_when) in steps {
            // One in six is done by another process, and nobody says so.
            act(if where_and_when == 0 { &elsewhere } else { &desk.store }, desk.now(), step);
            // Sometimes nobody looks, so that several writes are caught up with at once.
            if where_and_when == 1 {
                desk.wait(40);
                continue;
            }
            agrees(&desk.store, desk.now(), &question);
        }
    }
}

#[test]
fn a_write_about_very_many_people_is_followed_too() {
    let desk = Desk::new();
    sample::fill(&desk.store, desk.now(), 3, 1_100, 40, |_, _, _| {}).expect("a community");
    agrees(&desk.store, desk.now(), &by_name());
    let all = desk.store.read(desk.now(), everybody).expect("everybody");
    desk.call("tags.add", json!({ "people": all, "name": "Everybody", "kind": "topic" }));
    let question =
        Question { tags: vec![("topic", "Everybody")], sort: PeopleSort::LastTouch, descending: true, ..by_name() };
    agrees(&desk.store, desk.now(), &question);
    assert_eq!(desk.store.read(desk.now(), |tx| people::found(tx, &question.query())).unwrap().ids.len(), 1_100);
    desk.undo();
    agrees(&desk.store, desk.now(), &question);
    // As many as are renewed together: some go, some come back, others change where they stand.
    let close = Question { words: "demo-", sort: PeopleSort::Name, descending: true, ..by_name() };
    let (going, staying) = all.split_at(880);
    for (n, share) in going.chunks(220).enumerate() {
        desk.call("people.trash", json!({ "ids": share }));
        agrees(&desk.store, desk.now(), &close);
        desk.call("tags.add", json!({ "people": staying[..110 + 30 * n], "name": "Some", "kind": "topic" }));
        if n % 2 == 1 {
            desk.undo();
            desk.undo();
        }
        desk.person(&format!("Somebody new {n}"));
        agrees(&desk.store, desk.now(), &close);
        agrees(&desk.store, desk.now(), &Question { tags: vec![("topic", "Some")], ..by_name() });
    }
}

#[test]
fn renewing_again_and_again_leaves_nobody_out_and_keeps_the_memory_small() {
    let desk = Desk::new();
    sample::fill(&desk.store, desk.now(), 3, 300, 40, |_, _, _| {}).expect("a community");
    desk.store
        .read(desk.now(), |tx| {
            let all: BTreeSet<Id> = everybody(tx)?.into_iter().collect();
            let mut index = PeopleIndex::make(tx)?;
            let room = index.texts.room();
            for _ in 0..20 {
                index.renew(tx, &all)?;
            }
            assert!(index.texts.room() < room + 100_000, "{} bytes became {}", room, index.texts.room());
            for text in ["", "an", "demo-"] {
                let question = Question { words: text, ..by_name() };
                let wanted = oracle::ids(tx, &question, workspace::today(tx)?)?;
                assert_eq!(anew(tx, &index, &question.query())?.ids, wanted);
            }
            Ok(())
        })
        .expect("an answer");
}

#[test]
fn whoever_asks_while_others_write_is_told_one_state_of_the_file() {
    let desk = Desk::new();
    let ids: Vec<String> = (0..20).map(|n| desk.person(&format!("Person {n:02}"))).collect();
    let (store, now) = (&desk.store, desk.now());
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for n in 0..60 {
                let edit = json!({ "id": ids[n % 20], "displayName": format!("Person {:02}", (n * 7) % 40) });
                dispatch(store, now, "people.edit", edit).expect("an edit");
            }
        });
        while !writer.is_finished() {
            agrees(store, now, &by_name());
        }
    });
    agrees(store, now, &by_name());
}

#[test]
fn what_a_refused_write_saw_is_not_kept() {
    let desk = Desk::new();
    desk.person("Anna");
    agrees(&desk.store, desk.now(), &by_name());
    let outcome = desk.store.write("test", Memory::Recorded, desk.now(), |tx| {
        people::create(tx, serde_json::from_value(json!({ "displayName": "Nobody" }))?)?;
        people::state::refresh_concerned(tx)?;
        assert_eq!(everybody(tx)?.len(), 2, "a write sees what it has written");
        Err::<(), _>(crate::Error::Busy)
    });
    assert!(outcome.is_err());
    agrees(&desk.store, desk.now(), &by_name());
    assert_eq!(desk.names(), ["Anna"]);
}

#[test]
fn a_day_that_goes_by_moves_the_bounds_of_last_touch() {
    let desk = Desk::new();
    let anna = desk.person("Anna");
    desk.log(&anna, "conversation_online", "2026-05-20");
    let query = Question { last: Some("30d"), ..by_name() }.query();
    let count = |now: Now| desk.store.read(now, |tx| people::found(tx, &query)).expect("an answer").ids.len();
    assert_eq!(count(desk.now()), 1);
    assert_eq!(count(Now(desk.now().0 + 29 * DAY)), 1);
    assert_eq!(count(Now(desk.now().0 + 30 * DAY)), 0);
}
