//! The language, as somebody writes it, and whom it finds.
mod finding;
mod plain;
mod wire_tests;
mod writing;
