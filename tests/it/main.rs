//! Tests that need more than one crate: the house as a whole, and files that others made.
mod broken_files;
mod calendar;
mod commands;
mod csv_spectrum;
mod desk;
mod generated;
mod house;
mod json;
mod killed_imports;
mod leaks;
mod leaving;
mod leaving_in_full;
mod locales;
mod readers;
mod repository;
mod schema;
