//! Who may be one person, at the first question and at the next, against the joins that find the same address or name.
use crate::{
    Outcome,
    data::{self, Size, call},
    figures::{Aim, Figures, Series, timed},
    notes::rows,
};
use serde_json::json;

pub fn doubles(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::path(size)?;
    let (store, conn) = (data::opened(&path)?, data::bare(&path)?);
    let ask = || call(&store, "doubles.list", json!({ "offset": 0, "limit": 20 }));
    let (first, said) = timed(ask);
    let said = said?;
    let (bare, found) = timed(|| {
        let same_address = "SELECT count(*) FROM contact_points a JOIN contact_points b
            ON b.value_norm = a.value_norm AND b.kind = a.kind AND b.person_id > a.person_id WHERE a.deleted_at IS NULL AND b.deleted_at IS NULL";
        let same_name = "SELECT count(*) FROM person_state a JOIN person_state b ON b.sort_name = a.sort_name AND b.person > a.person";
        rows(&conn, same_address, &[]).and_then(|_| rows(&conn, same_name, &[]))
    });
    found?;
    println!("{:>5}  {} are suggested.", size.name, said["count"]);
    figures.once(size, "who may be one person, asked first, against two joins", first, bare, Aim::None);
    let (mut next, mut joins) = (Series::default(), Series::default());
    for _ in 0..20 {
        let (time, said) = timed(ask);
        next.add(time);
        said?;
        joins.add(bare);
    }
    figures.series(size, "who may be one person, asked again", &next, &joins, Aim::None);
    Ok(())
}
