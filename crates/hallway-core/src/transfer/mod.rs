//! Formats people come and go in. Pure: bytes and rows, no file, no clock.
pub mod cards;
pub mod csv;
pub mod json;
pub mod packed;
pub mod workbooks;
