//! Where somebody is named in what is not theirs: in a note about others, in a line that waits, in the name of a tag.
use super::held::{Held, happens};
use crate::{
    error::Result,
    id::Id,
    normal::fold,
    record::{Concerns, Table},
    search::unspaced,
    store::Tx,
};
use std::collections::{BTreeMap, BTreeSet};

/// A text that is not theirs, and names them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub table: &'static str,
    pub row: Id,
    pub column: &'static str,
    /// "A note of what happened".
    pub place: String,
    pub whole: String,
    /// Where in the text, as bytes, one after the other.
    pub spans: Vec<(usize, usize)>,
    /// Only a part of their name stands in it, or where they work: it may be about somebody else.
    pub in_part: bool,
}

impl Found {
    /// The words that name them, as they stand in the text, each once.
    pub fn words(&self) -> Vec<String> {
        let words: BTreeSet<&str> = self.spans.iter().map(|(from, to)| &self.whole[*from..*to]).collect();
        words.into_iter().map(str::to_owned).collect()
    }
}

/// Texts outside of everything that is held about them anyway.
pub(crate) fn of(tx: &Tx, held: &Held) -> Result<Vec<Found>> {
    let mut names = Names::of(tx, held)?;
    names.forget_parts();
    let mut found = everywhere(tx, &names, held)?;
    found.retain(|text| !held.has(text.table, text.row));
    Ok(found)
}

/// Every text of the file that names them, theirs too.
///
/// In what happened with them and others, one of their names is enough, unless it is one of the others' too. Anywhere else it is
/// said of a text that only a part of their name stands in it.
pub(crate) fn everywhere(tx: &Tx, names: &Names, held: &Held) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    let nobody = BTreeSet::new();
    for table in tx.store().tables() {
        let columns = free_columns(table);
        if columns.is_empty() || names.is_empty() {
            continue;
        }
        let mut query =
            tx.sql().prepare(&format!("SELECT id, {} FROM {} ORDER BY rid", columns.join(", "), table.name))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            for (n, column) in columns.iter().enumerate() {
                // The number of another row is a text on the wire only.
                let Ok(Some(text)) = row.get_ref(n + 1)?.as_str_or_null() else { continue };
                let text = &*table.as_lines(column, text);
                // Texts of a list stand beside each other and say nothing together.
                let apart = table.is_list_of_texts(column);
                let places = |find: &dyn Fn(&str) -> Vec<(usize, usize)>| {
                    if apart { line_by_line(text, find) } else { find(text) }
                };
                let (spans, in_part) = match near(tx, table, row.get(0)?, held)? {
                    Some(others) => match places(&|line| names.places_among(line, &others)) {
                        none if none.is_empty() => (places(&|line| names.places_in_part(line, &others)), true),
                        some => (some, false),
                    },
                    None => match places(&|line| names.places_in_part(line, &nobody)) {
                        all if all.is_empty() || names.surely => (all, false),
                        _ => {
                            let others = others_called(tx, table, row.get(0)?, held)?;
                            let whole = places(&|line| names.places(line));
                            (places(&|line| names.places_in_part(line, &others)), whole.is_empty())
                        }
                    },
                };
                if !spans.is_empty() {
                    found.push(Found {
                        table: table.name,
                        row: row.get(0)?,
                        column,
                        place: super::places::of(table, column),
                        whole: text.to_owned(),
                        spans,
                        in_part,
                    });
                }
            }
        }
    }
    Ok(found)
}

/// What is found in each line by itself, as bytes of the whole.
fn line_by_line(text: &str, find: &dyn Fn(&str) -> Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let (mut found, mut at) = (Vec::new(), 0);
    for line in text.split('\n') {
        found.extend(find(line).into_iter().map(|(from, to)| (at + from, at + to)));
        at += line.len() + 1;
    }
    found
}

/// The words that others are called by who were there, where somebody was with others; nothing anywhere else.
pub(crate) fn near(tx: &Tx, table: &Table, id: Id, held: &Held) -> Result<Option<BTreeSet<String>>> {
    let Concerns::Query(people) = table.concerns else { return Ok(None) };
    if !happens(table) || !held.shared.get(table.name).is_some_and(|rows| rows.contains(&id)) {
        return Ok(None);
    }
    Ok(Some(words_of_others(tx, tx.column::<Id>(people, [id])?, held)?))
}

/// The words that others are called by whom a row is about.
pub(crate) fn others_called(tx: &Tx, table: &Table, id: Id, held: &Held) -> Result<BTreeSet<String>> {
    let people: Vec<Id> = match table.concerns {
        Concerns::Itself => vec![id],
        Concerns::Column(column) => {
            tx.column(&format!("SELECT {column} FROM {} WHERE id = ?1 AND {column} IS NOT NULL", table.name), [id])?
        }
        Concerns::Query(people) => tx.column(people, [id])?,
        Concerns::Nobody => vec![],
    };
    words_of_others(tx, people, held)
}

fn words_of_others(tx: &Tx, people: Vec<Id>, held: &Held) -> Result<BTreeSet<String>> {
    let mut others = BTreeSet::new();
    for person in people.into_iter().filter(|person| !held.is_theirs("people", *person)) {
        let name: Option<String> = tx.scalar("SELECT display_name FROM people WHERE id = ?1", [person])?;
        others.extend(words_of(&fold(&name.unwrap_or_default())));
    }
    Ok(others)
}

fn words_of(folded: &str) -> Vec<String> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The columns of a table in which somebody can write what they like: not a word out of a list, not a number, not a form
/// that follows from another column.
pub(crate) fn free_columns(table: &Table) -> Vec<&'static str> {
    let free = |column: &&crate::record::Column| {
        let reference = column.name == "id"
            || table.parents.iter().any(|(name, _)| *name == column.name)
            || matches!(table.concerns, Concerns::Column(name) if name == column.name);
        (column.is_text() || column.is_list_of_texts()) && !reference && !column.name.ends_with("_norm")
    };
    table.shape.iter().filter(free).map(|column| column.name).collect()
}

/// What somebody is called, and how they are reached, ready to be looked for.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Each name as its words, sorted: "Nair, Priya" is the same.
    words: BTreeSet<Vec<String>>,
    /// Names in a script without spaces, and whatever has no word in it.
    anywhere: BTreeSet<String>,
    /// Addresses, handles and numbers, as they are typed and as they are compared.
    addresses: BTreeSet<String>,
    /// All of them as they were typed.
    typed: BTreeSet<String>,
    /// What may mean them where it stands alone: the first and the last word of a name, where they work. As words that are
    /// sorted, and as it was typed.
    parts: BTreeMap<Vec<String>, String>,
    /// Only what means them and nobody else is looked for: no part of a name, and none with an ending.
    surely: bool,
}

impl Names {
    /// All their names, those of before too, and all their addresses.
    pub fn of(tx: &Tx, held: &Held) -> Result<Names> {
        let mut names = Names::default();
        for person in &held.people {
            for name in tx.column::<String>("SELECT display_name FROM people WHERE id = ?1", [person])? {
                names.called(&name);
            }
            let before = "SELECT json_extract(old, '$.display_name') FROM changes WHERE row_id = ?1 AND tbl = 'people' AND op = 'update'
                 AND json_type(old, '$.display_name') = 'text'";
            for name in tx.column::<String>(before, [person])? {
                names.called(&name);
            }
        }
        for point in held.theirs.get("contact_points").into_iter().flatten() {
            for column in ["value", "value_norm"] {
                let sql = format!("SELECT {column} FROM contact_points WHERE id = ?1");
                for value in tx.column::<String>(&sql, [point])? {
                    names.reached_at(&value);
                }
            }
            let before = "SELECT json_extract(old, '$.value') FROM changes WHERE row_id = ?1 AND tbl = 'contact_points' AND op = 'update'
                 AND json_type(old, '$.value') = 'text'";
            for value in tx.column::<String>(before, [point])? {
                names.reached_at(&value);
            }
        }
        Ok(names)
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.anywhere.is_empty() && self.addresses.is_empty()
    }

    /// Looks for these as well.
    pub fn also(&mut self, other: &Names) {
        self.words.extend(other.words.iter().cloned());
        self.anywhere.extend(other.anywhere.iter().cloned());
        self.addresses.extend(other.addresses.iter().cloned());
        self.typed.extend(other.typed.iter().cloned());
        self.parts.extend(other.parts.iter().map(|(words, typed)| (words.clone(), typed.clone())));
    }
    /// Looks for no part of a name: where nobody decides, such a text stays as it is anyway.
    pub fn forget_parts(&mut self) {
        self.surely = true;
        self.parts.clear();
    }
    /// What means them where it stands alone, as it was typed.
    pub fn parts(&self) -> impl Iterator<Item = &String> {
        self.parts.values()
    }
    /// Looks for where they work as well, since nobody else does.
    pub fn works_at(&mut self, organisation: &str) {
        let mut words = words_of(&fold(organisation));
        words.sort();
        if words.concat().chars().count() > 2 {
            self.parts.insert(words, organisation.trim().to_owned());
        }
    }
    /// Takes these for what they were typed as, too.
    pub fn also_typed(&mut self, typed: impl IntoIterator<Item = String>) {
        self.typed.extend(typed);
    }
    /// Everything that is looked for, as it was typed: the names, the addresses, the parts of names.
    pub fn searched(&self) -> BTreeSet<String> {
        self.typed.iter().chain(self.parts.values()).map(|text| text.trim().to_owned()).collect()
    }
    pub fn typed(&self) -> impl Iterator<Item = &String> {
        self.typed.iter()
    }

    fn called(&mut self, name: &str) {
        self.typed.insert(name.to_owned());
        let folded = fold(name);
        let mut words = words_of(&folded);
        if words.iter().any(|word| word.chars().any(unspaced)) {
            self.anywhere.insert(words.concat());
        } else if words.is_empty() {
            if !folded.trim().is_empty() {
                self.anywhere.insert(folded.trim().to_owned());
            }
        } else {
            if words.len() > 1 {
                // As one word: #HannaLindqvist.
                self.addresses.insert(words.concat());
                self.addresses.insert(words.iter().rev().map(String::as_str).collect());
                let mut typed = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                for word in [typed.next(), typed.next_back()].into_iter().flatten() {
                    // A letter or two is a part of nobody's name alone.
                    if word.chars().count() > 2 {
                        self.parts.insert(words_of(&fold(word)), word.to_owned());
                    }
                }
            }
            words.sort();
            self.words.insert(words);
        }
    }

    fn reached_at(&mut self, value: &str) {
        let folded = fold(value).trim().to_owned();
        // A letter or two is nobody's address.
        if folded.chars().count() > 2 {
            self.typed.insert(value.to_owned());
            self.addresses.insert(folded);
        }
    }

    /// As [`places`](Names::places), and wherever one of their names stands alone that is none of these words.
    pub fn places_among(&self, text: &str, others: &BTreeSet<String>) -> Vec<(usize, usize)> {
        let alone = |word: &&String| word.chars().count() > 2 && !others.contains(*word);
        let alone = self.words.iter().flatten().filter(alone).map(std::slice::from_ref);
        self.places_of(text, self.words.iter().map(Vec::as_slice).chain(alone))
    }

    /// As [`places`](Names::places), and wherever a part of a name stands alone that others are not called by, also with an
    /// ending.
    pub fn places_in_part(&self, text: &str, others: &BTreeSet<String>) -> Vec<(usize, usize)> {
        let theirs = |words: &&Vec<String>| words.len() > 1 || words.iter().all(|word| !others.contains(word));
        let parts = || self.parts.keys().filter(theirs);
        let mut places = self.places_of(text, self.words.iter().chain(parts()).map(Vec::as_slice));
        let single = parts().filter(|words| words.len() == 1).flatten();
        // A name of one word has no part: its endings are asked about as well.
        let whole = self.words.iter().filter(|words| !self.surely && words.len() == 1).flatten();
        let stems: Vec<(&str, usize)> = single.chain(whole).map(|word| (stem(word), word.chars().count())).collect();
        places.extend(with_endings(text, &stems, others));
        apart(places)
    }

    /// Where a text names them, as bytes of the text, one after the other and none within another.
    pub fn places(&self, text: &str) -> Vec<(usize, usize)> {
        self.places_of(text, self.words.iter().map(Vec::as_slice))
    }

    fn places_of<'a>(&self, text: &str, mut names: impl Iterator<Item = &'a [String]> + Clone) -> Vec<(usize, usize)> {
        let folded = Folded::of(text);
        let one_of = |words: &[String]| words.iter().all(|word| folded.text.contains(word.as_str()));
        let mut places = Vec::new();
        if names.clone().any(one_of) {
            let words = folded.words();
            for name in names.by_ref().filter(|name| one_of(name)) {
                for window in words.windows(name.len()) {
                    let mut said: Vec<&str> = window.iter().map(|(at, end)| &folded.text[*at..*end]).collect();
                    said.sort_unstable();
                    // What parts the words of a name is short: "Nair, Priya" and not "Nair. … Priya".
                    let near = window.windows(2).all(|two| folded.text[two[0].1..two[1].0].chars().count() <= 3);
                    if near && said.iter().eq(name) {
                        places.push((window[0].0, window[name.len() - 1].1));
                    }
                }
            }
        }
        for address in &self.addresses {
            places.extend(folded.text.match_indices(address.as_str()).filter_map(|(at, found)| {
                let end = at + found.len();
                let within = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
                let (before, after) = (folded.text[..at].chars().next_back(), folded.text[end..].chars().next());
                (!within(before) && !within(after)).then_some((at, end))
            }));
        }
        let mut places: Vec<(usize, usize)> =
            places.into_iter().map(|(at, end)| (folded.from[at], folded.end(end))).collect();
        if !self.anywhere.is_empty() {
            let squeezed = folded.squeezed();
            for name in &self.anywhere {
                places.extend(squeezed.text.match_indices(name.as_str()).map(|(at, found)| {
                    let (from, to) = (squeezed.from[at], squeezed.end(at + found.len()));
                    (from, from + text[from..to].trim_end().len())
                }));
            }
        }
        apart(places)
    }
}

/// Places in their order, one after the other and none within another.
fn apart(mut places: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    places.sort_unstable();
    let mut apart: Vec<(usize, usize)> = Vec::with_capacity(places.len());
    for (at, end) in places {
        match apart.last_mut() {
            Some(last) if at < last.1 => last.1 = last.1.max(end),
            _ => apart.push((at, end)),
        }
    }
    apart
}

/// What endings are put to: a longer word without the vowel at its end, Анна and Анны.
fn stem(word: &str) -> &str {
    match word.char_indices().next_back() {
        Some((at, 'a' | 'e' | 'i' | 'o' | 'u' | 'а' | 'е' | 'и' | 'й' | 'о' | 'у' | 'ы' | 'ь' | 'э' | 'ю' | 'я'))
            if word.chars().count() > 3 =>
        {
            &word[..at]
        }
        _ => word,
    }
}

/// Letters that an ending may have: “Lindqvists”, «Петровым». In Latin letters most of what is longer is another name, Priya
/// and Priyanka; behind a short one it is one: “Adas”.
fn ending(stem: &str, letters: usize) -> usize {
    match stem.is_ascii() {
        _ if letters < 4 => 1,
        true => 2,
        false => 3,
    }
}

/// Where a word of a text is one of these stems with an ending, and is written as names are: not with a small letter. A stem
/// comes with the letters of its whole word.
fn with_endings(text: &str, stems: &[(&str, usize)], others: &BTreeSet<String>) -> Vec<(usize, usize)> {
    let folded = Folded::of(text);
    if !stems.iter().any(|(stem, _)| folded.text.contains(stem)) {
        return vec![];
    }
    let ends = |word: &str| {
        let letters = word.chars().count();
        stems.iter().any(|(stem, whole)| word.starts_with(stem) && letters <= whole + ending(stem, *whole))
    };
    let found = folded.words().into_iter().filter(|(at, end)| {
        let word = &folded.text[*at..*end];
        let small = text[folded.from[*at]..].chars().next().is_some_and(char::is_lowercase);
        !small && !others.contains(word) && ends(word)
    });
    found.map(|(at, end)| (folded.from[at], folded.end(end))).collect()
}

/// The text without the words that name somebody; "…" stands for each.
pub(crate) fn blanked(text: &str, spans: &[(usize, usize)]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (from, to) in spans {
        out.push_str(&text[at..*from]);
        out.push('…');
        at = *to;
    }
    out + &text[at..]
}

/// A text as it is compared, and where each of its bytes came from.
struct Folded {
    text: String,
    from: Vec<usize>,
    length: usize,
}

impl Folded {
    fn of(text: &str) -> Folded {
        let mut folded = Folded { text: String::new(), from: Vec::new(), length: text.len() };
        for (at, letter) in text.char_indices() {
            if letter.is_ascii() {
                folded.from.push(at);
                folded.text.push(if letter.is_whitespace() { ' ' } else { letter.to_ascii_lowercase() });
                continue;
            }
            let one = if letter.is_whitespace() { " ".to_owned() } else { fold(letter.encode_utf8(&mut [0; 4])) };
            folded.from.extend(std::iter::repeat_n(at, one.len()));
            folded.text += &one;
        }
        folded
    }

    /// Where what ends at this byte of the folded text ends in the text itself.
    fn end(&self, at: usize) -> usize {
        self.from.get(at).copied().unwrap_or(self.length)
    }

    fn words(&self) -> Vec<(usize, usize)> {
        let mut words: Vec<(usize, usize)> = Vec::new();
        for (at, letter) in self.text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
            let end = at + letter.len_utf8();
            match words.last_mut() {
                Some(last) if last.1 == at => last.1 = end,
                _ => words.push((at, end)),
            }
        }
        words
    }

    /// Without anything between the letters.
    fn squeezed(&self) -> Folded {
        let mut squeezed = Folded { text: String::new(), from: Vec::new(), length: self.length };
        for (at, letter) in self.text.char_indices().filter(|(_, letter)| !letter.is_whitespace()) {
            squeezed.from.extend(std::iter::repeat_n(self.from[at], letter.len_utf8()));
            squeezed.text.push(letter);
        }
        squeezed
    }
}
