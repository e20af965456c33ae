//! Nothing is lost: not to a kill, a power cut, a full disk or a damaged file. Each proof is short in the test run and
//! long in `make prove`, says in one line what it counted, and has a liar beside it that it must catch.
mod damage;
mod formulas;
mod full_disk;
mod kill9;
mod look;
mod odd_states;
mod old_files;
mod power_cut;
mod recorded;
mod small_disk;
mod two_writers;
