//! What a row from elsewhere says of whether one may write to somebody, by what it is.
use super::{
    ContactBasis, Objection,
    suppressions::{Suppression, SuppressionKey},
};
use crate::{contact_points::ContactPoint, people::Person, record::Stored};

/// A row that says something of it; no other does.
pub(super) enum Said<'a> {
    /// Whether they are to be contacted.
    Of(&'a mut Person),
    /// Whether they opted out there.
    At(&'a mut ContactPoint),
    Word(&'a mut ContactBasis),
    No(&'a mut Objection),
    Listed(&'a mut Suppression),
    Key(&'a mut SuppressionKey),
}

impl Said<'_> {
    pub fn by(row: &mut dyn Stored) -> Option<Said<'_>> {
        let row = row.as_any();
        if row.is::<Person>() {
            return row.downcast_mut().map(Said::Of);
        }
        if row.is::<ContactPoint>() {
            return row.downcast_mut().map(Said::At);
        }
        if row.is::<ContactBasis>() {
            return row.downcast_mut().map(Said::Word);
        }
        if row.is::<Objection>() {
            return row.downcast_mut().map(Said::No);
        }
        if row.is::<Suppression>() {
            return row.downcast_mut().map(Said::Listed);
        }
        row.downcast_mut().map(Said::Key)
    }
}
