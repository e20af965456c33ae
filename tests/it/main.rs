//! Tests that need more than one crate: the house as a whole, files that others made, and a process that dies.
mod commands;
mod csv_spectrum;
mod desk;
mod generated;
mod house;
mod kill9;
mod leaks;
mod locales;
mod model;
mod repository;
mod schema;
mod two_writers;
