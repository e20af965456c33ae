//! Everything Hallway knows and does, without a window: the file, the people, what happened, and where each stands.
//!
//! One way to write: a command of [`rpc`] → [`Store::write`] → [`store::Tx`] → one transaction, from which undo,
//! history and derived state follow. Time, ids and chance come in from outside.
#[macro_use]
pub mod record;
pub mod backups;
pub mod cadences;
pub mod captures;
pub mod contact_points;
pub mod countries;
pub mod days;
pub mod demo;
pub mod doctor;
pub mod doubles;
pub mod erase;
pub mod error;
pub mod exports;
pub mod fields;
pub mod filter;
pub mod followups;
pub mod history;
pub mod id;
pub mod imports;
pub mod journey;
pub mod json;
pub mod lists;
pub mod normal;
pub mod numbers;
pub mod organisations;
pub mod people;
pub mod postal_addresses;
pub mod regions;
pub mod rpc;
pub mod sample;
pub mod search;
pub mod store;
pub mod subject;
pub mod tags;
#[cfg(test)]
mod testing;
pub mod time;
pub mod today;
pub mod touchpoints;
pub mod transfer;
pub mod trash;
pub mod trust;
pub mod views;
pub mod workspace;

pub use error::{Error, Failure, Result};
pub use id::Id;
pub use rpc::{Reply, TABLES, dispatch, dispatch_once};
pub use store::{Access, Store, relocate};
pub use time::Now;

use std::path::Path;

/// Opens a workspace and makes sure it has what every workspace has: rules for the journey and a time zone.
/// `zone` is the system's, and is written down only in a file that has none yet.
///
/// # Errors
/// As [`Store::open`].
pub fn open(path: &Path, now: Now, seed: u128, zone: &str) -> Result<Store> {
    let beside = store::Beside::of(path);
    let opened = Store::open(path, TABLES, now, seed).and_then(|store| match begun(&store, now, zone) {
        Err(error @ Error::Damaged(_)) => {
            store.leave_as_it_is();
            Err(error)
        }
        begun => begun.map(|()| store),
    });
    if let Err(Error::Damaged(_) | Error::ForeignFile(_) | Error::NewerFile { .. }) = &opened {
        beside.leave_nothing_new();
    }
    let store = opened?;
    if let Err(error) = erase::go_on(&store, now) {
        eprintln!("hallway: an erasure goes on later: {error}");
    }
    Ok(store)
}

fn begun(store: &Store, now: Now, zone: &str) -> Result<()> {
    let missing = store.read(now, |tx| Ok(!journey::has_config(tx)? || workspace::setting(tx, "zone")?.is_none()))?;
    if missing {
        store.write("workspace.begin", store::Memory::Recorded, now, |tx| {
            journey::ensure_config(tx)?;
            workspace::begin(tx, zone)
        })?;
    }
    Ok(())
}

/// Opens a damaged workspace to be looked at.
///
/// # Errors
/// As [`Store::look`].
pub fn look(path: &Path, seed: u128) -> Result<Store> {
    Store::look(path, TABLES, seed)
}
