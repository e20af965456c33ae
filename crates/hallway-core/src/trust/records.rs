//! What is written down about whether one may write to somebody.
use super::{Basis, Purpose};
use crate::{error::Result, id::Id, normal::ContactKind, record::Check, time};

record! {
    /// Why one may, or may not, write to somebody at one address for one purpose. Of several the one that was made last counts.
    pub struct ContactBasis in "contact_bases" as "contact basis", Trash,
    concerns Query("SELECT person_id FROM contact_points WHERE id = (SELECT contact_point_id FROM contact_bases WHERE id = ?1)"),
    hangs on ["contact_point_id" -> "contact_points"] {
        /// Its own id.
        pub id: Id,
        /// Which way to reach them.
        pub contact_point_id: Id,
        /// What for.
        pub purpose: Purpose,
        /// Why one may.
        pub basis: Basis,
        /// What shows it, in words.
        pub evidence: Option<String>,
        /// The entry that shows it; it may be gone since.
        pub touchpoint_id: Option<Id>,
        /// `YYYY-MM-DD`: since when.
        pub recorded_on: String,
    }
}
impl Check for ContactBasis {
    fn check(&self) -> Result<()> {
        time::day("on", &self.recorded_on)?;
        Ok(())
    }
}

record! {
    /// Somebody does not want to be written to on one kind of channel. It is final until they opt in anew after that day.
    pub struct Objection in "objections" as "objection", Trash, concerns Column("person_id"),
    hangs on ["person_id" -> "people"] {
        /// Its own id.
        pub id: Id,
        /// Who.
        pub person_id: Id,
        /// On which kind of channel.
        pub kind: ContactKind,
        /// `YYYY-MM-DD`: when they said so.
        pub on_day: String,
        /// How they said it.
        pub evidence: Option<String>,
    }
}
impl Check for Objection {
    fn check(&self) -> Result<()> {
        time::day("on", &self.on_day)?;
        Ok(())
    }
}
