//! How much a proof proves: a share of it in every test run, all of it in `make prove`. Included by the tests of the
//! core and by those of the house, and spoken of in one line each.
#![allow(dead_code)] // Not every ring that includes it needs all of it.

/// `short` in the test run, `long` where `HALLWAY_PROVE=1`.
pub fn times(short: u32, long: u32) -> u32 {
    if std::env::var_os("HALLWAY_PROVE").is_some_and(|value| value == "1") { long } else { short }
}

/// Says what was proved, with its numbers, where `make prove` finds it.
pub fn proved(what: &str, numbers: impl std::fmt::Display) {
    println!("proved: {what}: {numbers}");
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed proves the same things again.
pub struct Chance(pub u64);

impl Chance {
    /// 0 … below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides.max(1)
    }
}
