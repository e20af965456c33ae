//! Whom a filter finds: a tree, asked of what is in memory.
use super::{
    days::{self, DayTest, Way},
    entries::Entries,
    fields::{About, Asked, Kept, Set, Takes},
    known::Known,
    particulars::{Particular, Particulars},
    reach::Reach,
    tree::{Compare, Tree},
};
use crate::{
    error::{Result, invalid},
    id::Id,
    normal::fold,
    people::index::{PeopleIndex, Row},
    store::{Derived, Tx},
    tags::TagRow,
};
use rusqlite::Params;

/// What an answer is made of.
pub struct Asking<'a> {
    pub tx: &'a Tx<'a>,
    pub index: &'a PeopleIndex,
    pub known: &'a Known,
    particulars: Option<&'a Particulars>,
    reach: Option<&'a Reach>,
    entries: Option<&'a Entries>,
}

/// As many fields may stand for each other, as a list does for its filter.
const EXPANDED: usize = 8;
/// As many conditions a filter may come to, with those of the lists it asks for.
const CONDITIONS: usize = 4_000;

/// Asks with whatever a tree needs at hand: the list, and of what is kept beside it no more than is asked for. What is
/// asked is handed the tree without the fields that stand for another. Nothing that is asked may itself ask for what is
/// derived: it is held.
pub fn asking<R>(tx: &Tx, known: &Known, tree: &Tree, ask: impl FnOnce(&Asking, &Tree) -> Result<R>) -> Result<R> {
    let mut left = CONDITIONS;
    let tree = &expanded(tx, known, tree, 0, &mut left)?;
    let needs = |kept| needs(tree, known, kept, About::People);
    let beside =
        Beside { particulars: needs(Kept::Particulars), reach: needs(Kept::Reach), entries: needs(Kept::Entries) };
    // Made before the list is held, so that nobody waits for the list meanwhile.
    if !tx.is_writing() {
        with(tx, beside.particulars, |_: Option<&Particulars>| Ok(()))?;
        with(tx, beside.reach, |_: Option<&Reach>| Ok(()))?;
        with(tx, beside.entries, |_: Option<&Entries>| Ok(()))?;
    }
    tx.derived(|index: &PeopleIndex| asking_of(tx, index, known, beside, |asking| ask(asking, tree)))?
}

/// What is needed of what is kept beside the list.
#[derive(Default, Clone, Copy)]
struct Beside {
    particulars: bool,
    reach: bool,
    entries: bool,
}

/// The same of a list that is at hand already.
fn asking_of<R>(
    tx: &Tx,
    index: &PeopleIndex,
    known: &Known,
    beside: Beside,
    ask: impl FnOnce(&Asking) -> Result<R>,
) -> Result<R> {
    with(tx, beside.particulars, |particulars| {
        with(tx, beside.reach, |reach| {
            with(tx, beside.entries, |entries| ask(&Asking { tx, index, known, particulars, reach, entries }))
        })
    })
}

/// Asks with what is kept, where it is wanted.
fn with<T: Derived, R>(tx: &Tx, wanted: bool, ask: impl FnOnce(Option<&T>) -> Result<R>) -> Result<R> {
    if wanted { tx.derived(|kept: &T| ask(Some(kept)))? } else { ask(None) }
}

/// Asks a list that is at hand, and only the list.
#[cfg(test)]
pub fn asking_list<R>(
    tx: &Tx,
    index: &PeopleIndex,
    known: &Known,
    ask: impl FnOnce(&Asking) -> Result<R>,
) -> Result<R> {
    asking_of(tx, index, known, Beside::default(), ask)
}

/// A tree in which every field that stands for another tree is that tree; `left` says how many conditions there may be.
fn expanded(tx: &Tx, known: &Known, tree: &Tree, deep: usize, left: &mut usize) -> Result<Tree> {
    let mut all =
        |of: &[Tree]| of.iter().map(|part| expanded(tx, known, part, deep, left)).collect::<Result<Vec<Tree>>>();
    Ok(match tree {
        Tree::All { of } => Tree::All { of: all(of)? },
        Tree::Any { of } => Tree::Any { of: all(of)? },
        Tree::Not { of } => Tree::Not { of: Box::new(expanded(tx, known, of, deep, left)?) },
        Tree::Field { key, compare, values } => {
            one_more(left)?;
            let Some(stands_for) = known.field(key, About::People).and_then(|field| field.stands_for) else {
                return Ok(tree.clone());
            };
            if deep == EXPANDED {
                return invalid("filter", format!("“{}” asks for itself. Take it out of the filter.", tree.written()));
            }
            let (mut any, mut rest) = (Vec::new(), Vec::new());
            for value in values {
                one_more(left)?;
                match stands_for(tx, value)? {
                    Some(tree) => any.push(expanded(tx, known, &tree, deep + 1, left)?),
                    None => rest.push(value.clone()),
                }
            }
            if !rest.is_empty() {
                any.push(Tree::Field { key: key.clone(), compare: *compare, values: rest });
            }
            Tree::Any { of: any }
        }
        Tree::Words { .. } | Tree::Entries { .. } => {
            one_more(left)?;
            tree.clone()
        }
    })
}

fn one_more(left: &mut usize) -> Result<()> {
    match left.checked_sub(1) {
        Some(less) => *left = less,
        None => {
            return invalid(
                "filter",
                format!("The lists in this filter come to more than {CONDITIONS} conditions. Ask for fewer of them."),
            );
        }
    }
    Ok(())
}

/// Whether some condition of a tree is answered by this.
fn needs(tree: &Tree, known: &Known, kept: Kept, about: About) -> bool {
    match tree {
        Tree::All { of } | Tree::Any { of } => of.iter().any(|part| needs(part, known, kept, about)),
        Tree::Not { of } => needs(of, known, kept, about),
        Tree::Words { .. } => false,
        Tree::Field { key, .. } => known.field(key, about).is_some_and(|field| field.kept == kept),
        Tree::Entries { of, .. } => kept == Kept::Entries || needs(of, known, kept, About::Entries),
    }
}

impl Asking<'_> {
    /// Everybody of whom it holds, as the list knows them.
    pub fn which(&self, holds: impl Fn(&Row) -> bool) -> Set {
        self.index.which(holds)
    }
    /// Everybody of whom it holds, as is known beside the list.
    ///
    /// # Errors
    /// When the field did not say that it is kept there.
    pub fn of_particulars(&self, holds: impl Fn(&Particular) -> bool) -> Result<Set> {
        Ok(at_hand(self.particulars)?.which(self.index, holds))
    }
    /// What one may do with everybody.
    ///
    /// # Errors
    /// When the field did not say that it is kept there.
    pub fn reach(&self) -> Result<&Reach> {
        at_hand(self.reach)
    }
    /// What happened.
    ///
    /// # Errors
    /// When the field did not say that it is kept there.
    pub fn entries(&self) -> Result<&Entries> {
        at_hand(self.entries)
    }
    /// Everybody whom a query names in its first column. Rows that were merged stand for whoever they were merged into.
    pub fn rows(&self, sql: &str, params: impl Params) -> Result<Set> {
        let mut set = self.nobody();
        for id in self.tx.column::<Id>(
            &format!(
                "SELECT DISTINCT p.root FROM ({sql}) q JOIN people p ON p.id = q.person WHERE p.deleted_at IS NULL"
            ),
            params,
        )? {
            if let Some(slot) = self.index.slot_of(id) {
                set[slot as usize] = true;
            }
        }
        Ok(set)
    }
    pub fn nobody(&self) -> Set {
        vec![false; self.index.slots()]
    }
    /// What the days of a field must be.
    pub fn days(&self, asked: &Asked) -> DayTest {
        let way = if let Takes::Day(way) = asked.field.takes { way } else { Way::Back };
        let mut test = DayTest::default();
        for value in asked.values {
            if let Some((_, one)) = days::read(value, asked.compare, way, self.known.today) {
                test.never |= one.never;
                test.stretches.extend(one.stretches);
            }
        }
        test
    }
    /// Every tag there is.
    pub fn tags(&self) -> Result<Vec<TagRow>> {
        self.tx.find("WHERE deleted_at IS NULL", [])
    }

    /// Whom a tree finds.
    pub fn people(&self, tree: &Tree) -> Result<Set> {
        self.found(tree, About::People)
    }

    fn found(&self, tree: &Tree, about: About) -> Result<Set> {
        let size = if about == About::People { self.index.slots() } else { self.entries()?.len() };
        match tree {
            Tree::All { of } => {
                // Words that are all wanted are looked for in one walk.
                let words: Vec<&str> = of.iter().filter_map(spoken).collect();
                let mut all = if words.is_empty() { vec![true; size] } else { self.spelled(&words)? };
                for part in of.iter().filter(|part| spoken(part).is_none()) {
                    for (all, part) in all.iter_mut().zip(self.found(part, about)?) {
                        *all &= part;
                    }
                }
                Ok(all)
            }
            Tree::Any { of } => {
                let mut any = vec![false; size];
                for part in of {
                    for (any, part) in any.iter_mut().zip(self.found(part, about)?) {
                        *any |= part;
                    }
                }
                Ok(any)
            }
            Tree::Not { of } => Ok(self.found(of, about)?.into_iter().map(|found| !found).collect()),
            Tree::Words { text } => self.spelled(&[text]),
            Tree::Field { key, compare, values } => match self.known.field(key, about) {
                Some(field) => {
                    let asked = Asked { field, compare: *compare, values };
                    if about == About::Entries || field.kept == Kept::List {
                        return (field.answer)(self, &asked);
                    }
                    self.once("field", &tree.written(), || (field.answer)(self, &asked))
                }
                None => invalid("filter", format!("There is no field “{key}” any more. Take it out of the filter.")),
            },
            Tree::Entries { of, compare, count } => self.once("entries", &tree.written(), || {
                let mut found = self.found(of, About::Entries)?;
                if !of.mentions("role") {
                    for (found, there) in found.iter_mut().zip(super::fields::there(self.entries()?)) {
                        *found &= there;
                    }
                }
                let (compare, count) = (*compare, *count);
                Ok(self.entries()?.whose(self.index, &found, |n| compare.holds(n.cmp(&count))))
            }),
        }
    }

    /// Whose text has all of these words.
    fn spelled(&self, words: &[&str]) -> Result<Set> {
        let needles = needles(words);
        self.once("words", &needles.join("\u{1f}"), || Ok(self.index.containing(&needles)))
    }

    /// A part of a filter that costs something, answered once until the next change: while one types, and from one column
    /// of a board to the next, most parts stay as they are.
    fn once(&self, kind: &str, part: &str, answer: impl FnOnce() -> Result<Set>) -> Result<Set> {
        if self.tx.is_writing() {
            return answer();
        }
        // By the state of the list as well: a set is true of its slots alone.
        let key = format!("{kind} {} {} {part}", self.known.today, self.index.membership());
        Ok(Set::clone(&*self.tx.cached(&key, answer)?))
    }

    /// The same, and when nobody's text has the words of it, whoever comes close; and whether that is so.
    pub fn people_or_close(&self, tree: &Tree) -> Result<(Set, bool)> {
        let (words, rest) = match tree {
            Tree::Words { text } => (vec![text.as_str()], vec![]),
            Tree::All { of } => (
                of.iter().filter_map(spoken).collect(),
                of.iter().filter(|part| spoken(part).is_none()).cloned().collect(),
            ),
            _ => return Ok((self.people(tree)?, false)),
        };
        let named = self.spelled(&words)?;
        let folded = needles(&words).join(" ");
        if folded.is_empty() || named.contains(&true) {
            return Ok((self.people(tree)?, false));
        }
        let Some(mut close) = self.index.close(&folded) else { return Ok((named, false)) };
        for (close, rest) in close.iter_mut().zip(self.people(&Tree::All { of: rest })?) {
            *close &= rest;
        }
        Ok((close, true))
    }
}

fn at_hand<T>(kept: Option<T>) -> Result<T> {
    match kept {
        Some(kept) => Ok(kept),
        None => invalid("filter", "This field is answered by what is not at hand. Please report this."),
    }
}

fn spoken(tree: &Tree) -> Option<&str> {
    if let Tree::Words { text } = tree { Some(text) } else { None }
}

/// What is looked for in the texts: a phrase as it stands, a word without its invisible signs.
fn needles(words: &[&str]) -> Vec<String> {
    words
        .iter()
        .flat_map(|text| {
            let folded = fold(text);
            if text.contains(char::is_whitespace) {
                vec![folded]
            } else {
                folded.split_whitespace().map(str::to_owned).collect()
            }
        })
        .filter(|needle| !needle.is_empty())
        .collect()
}

/// For a condition of a tree, as a choice is counted: one field that is one value.
pub fn is(key: &str, value: &str) -> Tree {
    Tree::Field { key: key.to_owned(), compare: Compare::Is, values: vec![value.to_owned()] }
}
