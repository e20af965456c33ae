//! How many touchpoints each person has: many have one to three, a few have hundreds.

use super::random::{Purpose, Random};

/// How a number of touchpoints is dealt out to a number of people, exactly and without a list of them.
///
/// Everybody first gets what they have at the least; what is left goes by appetite. A person's part of it is the
/// difference of two rounded running totals, so the parts add up to the whole.
pub struct Share {
    seed: u64,
    next: u32,
    n: u32,
    rest: u64,
    by: By,
    total: u64,
    running: u64,
}

/// What the rest is dealt out by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// Enough for everybody: the least each, then by appetite.
    Appetite,
    /// Too few even for the least: by what each would have had.
    Least,
    /// Nobody in this small crowd has an appetite, or a least: evenly.
    Evenly,
}

impl Share {
    /// One pass over the people, to know the totals.
    pub fn of(seed: u64, n: u32, m: u64) -> Share {
        let least: u64 = (0..n).map(|index| u64::from(least(seed, index))).sum();
        let appetites: u64 = (0..n).map(|index| u64::from(appetite(seed, index))).sum();
        let (by, rest, total) = match m.checked_sub(least) {
            Some(rest) if appetites > 0 => (By::Appetite, rest, appetites),
            None if least > 0 => (By::Least, m, least),
            _ => (By::Evenly, m, u64::from(n)),
        };
        Share { seed, next: 0, n, rest, by, total, running: 0 }
    }

    fn dealt(&self, running: u64) -> u64 {
        (u128::from(self.rest) * u128::from(running) / u128::from(self.total)) as u64
    }
}

impl Iterator for Share {
    /// A person's number and their count.
    type Item = (u32, u64);

    fn next(&mut self) -> Option<(u32, u64)> {
        if self.next >= self.n {
            return None;
        }
        let index = self.next;
        let (floor, weight) = match self.by {
            By::Appetite => (least(self.seed, index), appetite(self.seed, index)),
            By::Least => (0, least(self.seed, index)),
            By::Evenly => (0, 1),
        };
        let before = self.dealt(self.running);
        self.running += u64::from(weight);
        self.next += 1;
        Some((index, u64::from(floor) + self.dealt(self.running) - before))
    }
}

/// Touchpoints somebody has at the least: one to three; none for the few who are only on a list.
fn least(seed: u64, index: u32) -> u32 {
    let random = &mut Random::of(seed, Purpose::Share, index.into());
    random.weighted(&[(0, 5), (1, 35), (2, 35), (3, 25)])
}

/// How much somebody draws of the rest: most nothing, one in a hundred a great deal.
pub fn appetite(seed: u64, index: u32) -> u32 {
    let random = &mut Random::of(seed, Purpose::Share, index.into());
    if random.weighted(&[(0, 5), (1, 95)]) == 0 {
        return 0;
    }
    match random.below(100) {
        0..=51 => 0,
        52..=79 => random.between(4, 12),
        80..=93 => random.between(13, 40),
        94..=98 => random.between(41, 120),
        _ => random.between(121, 700),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_add_up_to_the_whole() {
        for (n, m) in [(1, 0), (1, 7), (2, 1), (3, 1_000), (60, 260), (1_000, 900), (5_000, 100_000)] {
            assert_eq!(Share::of(9, n, m).map(|(_, count)| count).sum::<u64>(), m, "{n} people, {m} touchpoints");
        }
        assert_eq!(Share::of(9, 0, 5).count(), 0);
    }

    #[test]
    fn many_have_one_to_three_and_a_few_have_hundreds() {
        let counts: Vec<u64> = Share::of(9, 10_000, 200_000).map(|(_, count)| count).collect();
        let few = counts.iter().filter(|count| (1..=3).contains(*count)).count();
        let hundreds = counts.iter().filter(|count| **count >= 200).count();
        assert!(few > 4_000, "{few} with one to three");
        assert!((20..400).contains(&hundreds), "{hundreds} with hundreds");
        assert!(counts.contains(&0));
    }
}
