//! Room in which nothing stands any more is given back to the disk.
use crate::testing::Desk;
use serde_json::json;

/// Pages of the file, and those of them in which nothing stands.
fn pages(desk: &Desk) -> (u64, u64) {
    let asked = |tx: &crate::store::Tx| {
        let one = |sql: &str| -> crate::Result<u64> { Ok(tx.scalar::<i64>(sql, [])?.unwrap_or(0) as u64) };
        Ok((one("SELECT page_count FROM pragma_page_count")?, one("SELECT freelist_count FROM pragma_freelist_count")?))
    };
    desk.store.read(desk.now(), asked).expect("pages")
}

#[test]
fn what_an_interruption_left_is_given_back_with_the_backup_of_an_hour() {
    let desk = Desk::new();
    desk.person("Ada");
    let (before, _) = pages(&desk);
    let ballast =
        "CREATE TABLE ballast AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
                     SELECT randomblob(4000) AS blob FROM n;
                   DROP TABLE ballast;";
    let write = |tx: &mut crate::store::Tx| Ok(tx.sql().execute_batch(ballast)?);
    desk.store.write("test", crate::store::Memory::Recorded, desk.now(), write).expect("room");
    assert!(pages(&desk).1 > 3_000);
    desk.wait(1).call("backups.keep", json!({}));
    let (after, free) = pages(&desk);
    assert!(after <= before + 1 && free == 0, "{after} pages, {free} of them free, and {before} before");
    desk.is_sound();
}
