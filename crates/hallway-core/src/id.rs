//! Names of rows: UUIDv7 for what a person makes, UUIDv5 for what joins two rows.
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Namespace of derived ids; never changes, since two devices must derive the same one.
const NAMESPACE: Uuid = Uuid::from_u128(0xc7c9fcbc_1f36_4885_816a_4e31b9700dfc);

/// Sixteen bytes in the file, hyphenated text on the wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ts_rs::TS)]
#[ts(type = "string")]
pub struct Id(pub [u8; 16]);

impl Id {
    /// The id of a row of `table` that joins `parts`, in the order given. Sort an unordered pair first.
    pub fn derived(table: &str, parts: &[&[u8]]) -> Id {
        let mut name = table.as_bytes().to_vec();
        for part in parts {
            name.push(0);
            name.extend_from_slice(part);
        }
        Id(*Uuid::new_v5(&NAMESPACE, &name).as_bytes())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", Uuid::from_bytes(self.0).hyphenated())
    }
}
impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{self}")
    }
}
impl FromStr for Id {
    type Err = uuid::Error;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Ok(Id(*Uuid::parse_str(s)?.as_bytes()))
    }
}
impl ToSql for Id {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}
impl FromSql for Id {
    fn column_result(v: ValueRef) -> FromSqlResult<Self> {
        let bytes = v.as_blob()?;
        Ok(Id(bytes
            .try_into()
            .map_err(|_| FromSqlError::InvalidBlobSize { expected_size: 16, blob_size: bytes.len() })?))
    }
}
impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map_err(|_| serde::de::Error::custom(format!("“{text}” is not an id")))
    }
}

/// Makes UUIDv7s from the time it is told and a seed it is given, strictly rising within one process.
pub struct IdSource {
    state: [u64; 2],
    last_ms: u64,
    counter: u16,
}

impl IdSource {
    pub fn new(seed: u128) -> IdSource {
        IdSource { state: [seed as u64, (seed >> 64) as u64], last_ms: 0, counter: 0 }
    }

    /// 48 bits of time, 12 of a counter, 62 of chance. A full counter borrows the next millisecond, and a clock
    /// that was set back keeps the last one: ids of one process always sort in the order they were made.
    pub fn next(&mut self, now_ms: i64) -> Id {
        let now = now_ms.max(0) as u64;
        if now > self.last_ms {
            (self.last_ms, self.counter) = (now, 0);
        } else if self.counter == 0x0fff {
            (self.last_ms, self.counter) = (self.last_ms + 1, 0);
        } else {
            self.counter += 1;
        }
        let chance = self.random();
        let high = (self.last_ms << 16) | 0x7000 | u64::from(self.counter);
        let low = (chance >> 2) | (0b10 << 62);
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&high.to_be_bytes());
        bytes[8..].copy_from_slice(&low.to_be_bytes());
        Id(bytes)
    }

    // SplitMix64 (Steele, Lea, Flood 2014) over both halves of the seed; uniqueness needs no more than this.
    fn random(&mut self) -> u64 {
        let mut mix = 0;
        for s in &mut self.state {
            *s = s.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *s;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mix = (mix ^ (z ^ (z >> 31))).rotate_left(17);
        }
        mix
    }
}

/// A seed from the operating system, for programs; tests name their own.
pub fn seed_from_system() -> u128 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    let half = || u128::from(RandomState::new().build_hasher().finish());
    (half() << 64) | half()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_process_sort_in_the_order_they_were_made_even_when_the_clock_goes_back() {
        let mut source = IdSource::new(7);
        let ids: Vec<Id> = (0..10_000).map(|n| source.next(if n < 5_000 { 1_000 } else { 10 })).collect();
        assert!(ids.windows(2).all(|w| w[0] < w[1]));
        assert!(ids.iter().all(|id| Uuid::from_bytes(id.0).get_version_num() == 7));
    }
    #[test]
    fn the_same_pair_has_the_same_id_and_its_table_tells_it_apart() {
        let (a, b) = ([1; 16], [2; 16]);
        assert_eq!(Id::derived("person_tags", &[&a, &b]), Id::derived("person_tags", &[&a, &b]));
        assert_ne!(Id::derived("person_tags", &[&a, &b]), Id::derived("field_values", &[&a, &b]));
    }
    #[test]
    fn text_and_bytes_are_the_same_id() {
        let id = IdSource::new(1).next(1_780_000_000_000);
        assert_eq!(id.to_string().parse::<Id>().unwrap(), id);
    }
}
