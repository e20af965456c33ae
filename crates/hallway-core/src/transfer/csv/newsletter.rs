//! Yes and no, as the lists of the world write them over a newsletter.

use super::{
    cells::split_contacts,
    mapping::{ColumnMapping, ImportTarget},
};
use crate::normal::{ContactKind, fold, looks_like_email};

/// English first, then German, French, Spanish, Portuguese, Italian, Dutch, Polish, Scandinavian, Russian, Japanese,
/// Chinese and Korean where they differ. `no` is both a no and a Norwegian or Polish filler: here it is a no.
const YES: &str = "yes y true t 1 x on ok ja j oui si sim tak da да はい 是 예 네 subscribed subscribe optedin optin \
                   accepted accepts granted consented confirmed";
const NO: &str = "no n false f 0 off nein non nao nie nee nej nei niet нет いいえ 否 不 아니요 unsubscribed unsubscribe \
                  optedout optout notsubscribed nonsubscribed notoptedin declined denied revoked refused withdrawn";

/// What a cell says, if it is one of the two.
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    match cell.trim() {
        "✓" | "✔" | "☑" | "✅" => return Some(true),
        "✗" | "✘" | "❌" | "☐" | "-" => return Some(false),
        _ => {}
    }
    let word: String = fold(cell).chars().filter(|c| c.is_alphanumeric()).collect();
    let is = |words: &str| words.split_whitespace().any(|known| known == word);
    match (is(YES), is(NO)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// Of cells one of which says no to the newsletter: the e-mail addresses among them that can be read, each once.
pub(super) fn said_no<'a>(cells: impl Iterator<Item = (&'a ColumnMapping, &'a str)>) -> Option<Vec<String>> {
    let (mut no, mut addresses) = (false, Vec::<String>::new());
    for (mapping, cell) in cells {
        let ColumnMapping::Target(target) = mapping else { continue };
        if *target == ImportTarget::Newsletter {
            no |= yes_or_no(cell.trim().trim_matches('"')) == Some(false);
        } else if target.contact() == Some(ContactKind::Email) {
            // A row whose quotes do not close keeps those around its parts.
            let cell = cell.trim().trim_matches('"');
            let found = split_contacts(ContactKind::Email, cell).unwrap_or_else(|_| {
                cell.split([',', ';', '\n', ' '])
                    .map(|part| part.trim().trim_matches('"'))
                    .filter(|part| looks_like_email(part))
                    .collect()
            });
            for address in found {
                if !addresses.iter().any(|known| fold(known) == fold(address)) {
                    addresses.push(address.trim().to_owned());
                }
            }
        }
    }
    no.then_some(addresses)
}

#[cfg(test)]
mod tests {
    use super::yes_or_no;

    #[test]
    fn yes_and_no_are_read_in_the_usual_languages_and_nothing_else_is_guessed() {
        for yes in
            ["Yes", " TRUE ", "1", "x", "Ja", "Oui", "Sí", "sim", "Да", "はい", "✓", "Opted in", "opt-in", "subscribed"]
        {
            assert_eq!(yes_or_no(yes), Some(true), "{yes}");
        }
        for no in
            ["No", "false", "0", "nein", "não", "Нет", "いいえ", "✗", "Opted-out", "unsubscribed", "Not subscribed"]
        {
            assert_eq!(yes_or_no(no), Some(false), "{no}");
        }
        for neither in ["", "weekly", "maybe", "2", "pending", "yes please, but only in May"] {
            assert_eq!(yes_or_no(neither), None, "{neither}");
        }
    }
}
