//! Tests that look at the house as a whole.
mod house;
