//! A small seeded generator of numbers that gives the same sequence on every platform, for ever.
//!
//! xoshiro256** 1.0 with its state filled by splitmix64, both by David Blackman and Sebastiano Vigna
//! (<https://prng.di.unimi.it>, public domain). Integers only: floats would round differently somewhere.
//! Not for anything secret.

/// What a sequence is for. Every purpose draws from its own sequence, so that a change to one
/// (a longer list of notes, say) leaves the others as they were.
#[derive(Clone, Copy)]
pub enum Purpose {
    Person = 1,
    Share = 2,
    Course = 3,
    Kinds = 4,
    Days = 5,
    Notes = 6,
    Work = 7,
    Newsletter = 8,
    FollowUps = 9,
}

/// A sequence of numbers that depends on nothing but what it was started with.
pub struct Random([u64; 4]);

impl Random {
    /// The sequence of one purpose for one row: no row needs the rows before it.
    pub fn of(seed: u64, purpose: Purpose, index: u64) -> Random {
        let mut state = seed
            .wrapping_add((purpose as u64).wrapping_mul(0xd1b5_4a32_d192_ed03))
            .wrapping_add(index.wrapping_mul(0x8cb9_2ba7_2f3d_8dd7));
        Random(std::array::from_fn(|_| splitmix64(&mut state)))
    }

    /// The next 64 bits (xoshiro256**).
    pub fn next(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A number in `0..limit`; 0 when there is nothing to choose from.
    ///
    /// The high half of a 128-bit product. Its bias is below `limit / 2^64`, which no sample of ours can show.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(u64::from(high.saturating_sub(low)) + 1) as u32
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < u64::from(percent)
    }

    /// One entry. The lists of this module are constants and never empty, which its tests check.
    pub fn pick<'a, T>(&mut self, entries: &'a [T]) -> &'a T {
        &entries[self.below(entries.len() as u64) as usize]
    }

    /// One entry, each as likely as its weight says.
    pub fn weighted<T: Copy>(&mut self, entries: &[(T, u32)]) -> T {
        let total: u64 = entries.iter().map(|(_, weight)| u64::from(*weight)).sum();
        let mut left = self.below(total);
        for (entry, weight) in entries {
            match left.checked_sub(u64::from(*weight)) {
                Some(rest) => left = rest,
                None => return *entry,
            }
        }
        entries[entries.len() - 1].0
    }
}

fn splitmix64(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitmix64_gives_the_published_sequence() {
        // First values for the seed 1234567 in the reference implementation's own test.
        let mut state = 1_234_567;
        let first: Vec<u64> = (0..3).map(|_| splitmix64(&mut state)).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn xoshiro_gives_the_published_sequence() {
        // From the state 1, 2, 3, 4, as in the reference implementation's ports.
        let mut random = Random([1, 2, 3, 4]);
        let first: Vec<u64> = (0..4).map(|_| random.next()).collect();
        assert_eq!(first, [11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240]);
    }

    #[test]
    fn purposes_and_rows_do_not_share_a_sequence() {
        let first = |purpose, index| Random::of(7, purpose, index).next();
        assert_ne!(first(Purpose::Person, 0), first(Purpose::Person, 1));
        assert_ne!(first(Purpose::Person, 0), first(Purpose::Days, 0));
    }

    #[test]
    fn weights_are_kept() {
        let mut random = Random::of(1, Purpose::Kinds, 0);
        let rare = (0..10_000).filter(|_| random.weighted(&[(false, 9), (true, 1)])).count();
        assert!((900..1_100).contains(&rare), "{rare}");
    }
}
