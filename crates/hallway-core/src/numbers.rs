//! How many, in words.

/// "1 person", "12,406 people".
pub fn people(n: u64) -> String {
    plural(n, "person", "people")
}

pub fn plural(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// "12,406".
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        assert_eq!(
            (count(0), count(999), count(1_284), count(1_000_000)),
            ("0".into(), "999".into(), "1,284".into(), "1,000,000".into())
        );
        assert_eq!((people(1), people(2)), ("1 person".into(), "2 people".into()));
    }
}
