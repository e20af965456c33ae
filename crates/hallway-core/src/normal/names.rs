//! Names in their parts, and whole: which part comes first depends on where a name is from.

/// A name of two words as the given and the family's name; any other stays whole, as given. Written in Han, Hangul or hiragana
/// the family's name comes first: 李 小龙.
pub fn given_and_family(name: &str) -> (&str, &str) {
    match name.split_once(' ') {
        Some((family, given)) if [family, given].iter().all(|word| has_the_family_first(word)) => (given, family),
        Some((given, family)) if !given.is_empty() && !family.is_empty() && !family.contains(char::is_whitespace) => {
            (given, family)
        }
        _ => (name, ""),
    }
}

/// A whole name of its parts, any of which may be empty, in the order in which [`given_and_family`] finds two of them.
pub fn whole_name(given: &str, middle: &str, family: &str) -> String {
    let [given, middle, family] = [given, middle, family].map(str::trim);
    let said: Vec<&str> = [given, middle, family].into_iter().filter(|part| !part.is_empty()).collect();
    let ordered = match said.iter().all(|part| has_the_family_first(part)) {
        true => [family, given, middle],
        false => [given, middle, family],
    };
    ordered.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a word is written in Han, Hangul (in syllables or in their letters) or hiragana alone. Not katakana: in them stand
/// names of elsewhere.
fn has_the_family_first(word: &str) -> bool {
    let han = |c| matches!(c, '々' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}');
    let hangul =
        |c| matches!(c, '가'..='힣' | '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{d7b0}'..='\u{d7ff}');
    let hiragana = |c| matches!(c, '\u{3041}'..='\u{309f}');
    !word.is_empty() && word.chars().all(|c| han(c) || hangul(c) || hiragana(c))
}

#[cfg(test)]
mod tests {
    use super::{given_and_family, whole_name};
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn a_name_is_cut_only_where_one_knows_which_part_is_which() {
        for (name, parts) in [
            ("Ada Byron", ("Ada", "Byron")),
            ("李 小龙", ("小龙", "李")),
            ("김 민수", ("민수", "김")),
            ("佐々木 希", ("希", "佐々木")),
            ("佐藤 さくら", ("さくら", "佐藤")),
            ("ジョン スミス", ("ジョン", "スミス")),
            ("Ada 李", ("Ada", "李")),
            ("Ada King Byron", ("Ada King Byron", "")),
            ("小龙", ("小龙", "")),
        ] {
            assert_eq!(given_and_family(name), parts);
            let (given, family) = parts;
            assert_eq!(whole_name(given, "", family), name, "and put together again it is the same");
        }
        let in_letters: String = "김 민수".nfd().collect();
        let (given, family) = given_and_family(&in_letters);
        assert_eq!((given.nfc().collect::<String>(), family.nfc().collect::<String>()), ("민수".into(), "김".into()));
    }

    #[test]
    fn parts_that_are_not_there_leave_no_gap() {
        assert_eq!(whole_name(" Ada ", "King", "Byron"), "Ada King Byron");
        assert_eq!([whole_name("", "", "Byron"), whole_name("小龙", " ", "")], ["Byron", "小龙"]);
        assert_eq!(whole_name("", "", ""), "");
    }
}
