//! The terminal, run as somebody would run it: the program itself, on a file of its own.
#![cfg(test)]
mod beside;
mod capture;
mod damaged;
mod day;
mod demo;
mod doubles;
mod files;
mod first_minutes;
mod imports;
mod keeping;
mod lists;
mod logging;
mod lost;
mod program;
mod subject;
mod suppress;
mod tables;
