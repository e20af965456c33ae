//! The stage engine: where a person stands on the journey, from what they did, on any day, with the reasons.
//!
//! Pure: rules, evidence, pins and a day go in, a [`Standing`] comes out. It reads no clock and no file, so the same
//! input gives the same answer on every machine and in every order of entry. Three things hold by construction:
//! only what the person does can move them, time alone never moves them, and a stage falls only by a reset. A pin set
//! by hand stands over all of it for as long as it is in force.

mod config;
mod evidence;
mod explain;
mod kinds;
mod life;
mod pins;
mod presets;
mod replay;
mod signs;
mod standing;
mod walk;
mod words;

#[cfg(test)]
mod tests;

pub use config::{ByStage, Config, Credence, StageNames, Strengths};
pub use evidence::{Evidence, EvidenceId, Pin, Until};
pub use kinds::{GIVING, Kind, Text, shipped_kinds};
pub use replay::replay;
pub use standing::{Move, Piece, Reached, Standing};
pub use words::{
    Applies, Cause, ChannelClass, Confidence, Direction, FourC, ObservedBy, Presence, Preset, Review, Ring, Role,
    Stage, Strength,
};
