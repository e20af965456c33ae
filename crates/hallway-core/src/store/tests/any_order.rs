//! Whatever was done, taken back in any order, and brought back.
mod acts;

use crate::testing::{
    Desk,
    prove::{proved, times},
};
use acts::{acts, furnished, perform, stops};
use proptest::{prelude::*, test_runner::RngSeed};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// What is in the file, but for the suppression list: where an address is taken back before the no that was said of it, it is
/// on that list from then on, and stays on it whatever is done.
fn standing(desk: &Desk) -> String {
    let mut kept = true;
    let stays = |line: &&str| {
        if !line.starts_with(' ') {
            kept = !matches!(*line, "suppression_keys" | "suppressions");
        }
        kept
    };
    desk.dump().split('\n').filter(stays).collect::<Vec<_>>().join("\n")
}

/// The same sequences in every test run, so that one says the same as the next; others each time in `make prove`.
fn sequences(in_test: u32, in_prove: u32) -> ProptestConfig {
    let rng_seed = if times(0, 1) == 1 { RngSeed::Random } else { RngSeed::Fixed(19) };
    ProptestConfig { cases: times(in_test, in_prove), rng_seed, ..ProptestConfig::default() }
}

/// Random sequences of acts, in the test run and in `make prove`. One takes a quarter of a second, so a thousand would be about
/// as long as every other test of the core together.
const SEQUENCES: (u32, u32) = (300, 10_000);

proptest! {
    #![proptest_config(sequences(SEQUENCES.0, SEQUENCES.1))]

    /// Whatever was done, undoing all of it, in any order, gives the file before; redoing all of it gives the file after.
    #[test]
    fn operations_can_be_taken_back_in_any_order(acts in acts(), shuffle in prop::collection::vec(any::<u32>(), 40)) {
        let desk = furnished();
        let before = standing(&desk);
        // With a backup to compare with, every look at the file below also asks whether anything changed that nobody did.
        desk.call("backups.make", json!({}));
        let first: i64 = desk.store.read(desk.now(), |tx| Ok(tx.scalar("SELECT max(id) FROM operations", [])?.unwrap())).unwrap();
        let newest = || desk.store.read(desk.now(), |tx| tx.newest_standing()).unwrap().unwrap_or_default();
        // What the file was before each operation.
        let mut dumps = std::collections::BTreeMap::new();
        for act in &acts {
            let dump = standing(&desk);
            perform(&desk, act);
            dumps.entry(newest()).or_insert(dump);
        }
        let after = standing(&desk);
        desk.is_sound();
        desk.call("backups.make", json!({}));

        // Newest first, the way Ctrl Z goes: every step is the state before it.
        let mut operations: Vec<i64> = desk.store.read(desk.now(), |tx| tx.column("SELECT id FROM operations WHERE id > ?1 AND undoable = 1 ORDER BY id", [first])).unwrap();
        for operation in operations.iter().rev() {
            prop_assert_eq!(newest(), *operation);
            desk.undo();
            prop_assert_eq!(&standing(&desk), &dumps[operation]);
        }
        prop_assert_eq!(standing(&desk), before.clone());
        for _ in &operations {
            desk.redo();
        }
        prop_assert_eq!(standing(&desk), after);
        desk.is_sound();

        // In any order.
        let mut keys: Vec<(u32, i64)> = operations.drain(..).enumerate().map(|(n, op)| (shuffle[n % shuffle.len()], op)).collect();
        keys.sort_unstable();
        for (_, operation) in keys {
            desk.store.write("test", super::super::Memory::Recorded, desk.now(), |tx| {
                let undone = crate::history::taken_back(tx, operation)?;
                crate::people::state::refresh_concerned(tx)?;
                Ok(undone)
            }).unwrap();
            desk.is_sound();
        }
        prop_assert_eq!(standing(&desk), before.clone());
        prop_assert!(desk.names().contains(&"Base".to_owned()));
        desk.is_sound();

        static TAKEN_BACK: AtomicU32 = AtomicU32::new(0);
        if TAKEN_BACK.fetch_add(1, Relaxed) + 1 == times(SEQUENCES.0, SEQUENCES.1) {
            let (never, tried) = acts::never_done();
            prop_assert!(never.len() * 4 < tried, "of {} commands these were refused every time: {:?}", tried, never);
            proved("undo", format_args!("{} random sequences of {} commands, taken back newest first and in any order, brought back: equal dumps", times(SEQUENCES.0, SEQUENCES.1), tried - never.len()));
        }
    }
}

/// Random sequences with an import among them, in the test run and in `make prove`.
const INTERLEAVED: (u32, u32) = (8, 2_000);

proptest! {
    #![proptest_config(sequences(INTERLEAVED.0, INTERLEAVED.1))]

    /// The same of an import that runs while somebody works: it is one operation, which ended after what was done meanwhile.
    #[test]
    fn an_import_and_what_was_done_meanwhile_can_be_taken_back_in_any_order(
        earlier in acts(), meanwhile in acts(), later in acts(), shuffle in prop::collection::vec(any::<u32>(), 60),
    ) {
        let desk = Desk::new();
        let before = standing(&desk);
        let first: i64 = desk.store.read(desk.now(), |tx| Ok(tx.scalar("SELECT max(id) FROM operations", [])?.unwrap())).unwrap();
        earlier.iter().for_each(|act| perform(&desk, act));
        // They are called, and tagged, as those are whom somebody is at work on.
        let rows: String = (0..400).map(|n| {
            let word = ["alpha", "beta", "gamma", "delta"][n % 4];
            if n % 9 == 0 { format!("{word},,{word},{word}\n") } else { format!("{word} {n},p{n}@example.org,{word},{word}\n") }
        }).collect();
        let path = desk.path("words.csv");
        std::fs::write(&path, format!("Name,Email,Company,Tags\n{rows}")).unwrap();
        let file = desk.store.grant(path, crate::Access::Read);
        let run = desk.call("imports.begin", json!({ "file": file, "matching": true, "source": "import" }));
        let mut phase = run["phase"].clone();
        let mut step = || if phase != "done" { phase = desk.call("imports.step", json!({ "id": run["id"] }))["phase"].clone() };
        step();
        step();
        for act in &meanwhile {
            perform(&desk, act);
            if stops(act) { step() }
        }
        (0..20).for_each(|_| step());
        prop_assert_eq!(desk.call("imports.under_way", json!({})), Value::Null);
        later.iter().for_each(|act| perform(&desk, act));
        let after = standing(&desk);
        desk.is_sound();
        let mut operations: Vec<i64> = desk.store.read(desk.now(), |tx| tx.column("SELECT id FROM operations WHERE id > ?1 AND undoable = 1", [first])).unwrap();
        for _ in &operations { desk.undo(); }
        prop_assert_eq!(standing(&desk), before.clone());
        desk.is_sound();
        for _ in &operations { desk.redo(); }
        prop_assert_eq!(standing(&desk), after.clone());
        desk.is_sound();
        let mut keys: Vec<(u32, i64)> = operations.drain(..).enumerate().map(|(n, op)| (shuffle[n % shuffle.len()], op)).collect();
        keys.sort_unstable();
        for (_, operation) in &keys {
            desk.call("history.take_back", json!({ "operation": operation }));
        }
        prop_assert_eq!(standing(&desk), before.clone());
        desk.is_sound();
        for _ in &keys { desk.redo(); }
        prop_assert_eq!(standing(&desk), after.clone());
        desk.is_sound();

        static TAKEN_BACK: AtomicU32 = AtomicU32::new(0);
        if TAKEN_BACK.fetch_add(1, Relaxed) + 1 == times(INTERLEAVED.0, INTERLEAVED.1) {
            proved("undo", format_args!("{} random sequences around an import that ran meanwhile, taken back and brought back in any order: equal dumps", times(INTERLEAVED.0, INTERLEAVED.1)));
        }
    }
}
