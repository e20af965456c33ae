//! The language, as somebody writes it, and whom it finds.
mod finding;
mod plain;
mod typing;
mod writing;
