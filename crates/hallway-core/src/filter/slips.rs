//! What a filter that finds nobody may have been meant to say: tags, lists, organisations and places it names that nothing
//! here is called. That is no fault, since what nothing is called today something may be tomorrow.
use super::{
    Known, Tree, answer,
    fields::{About, Field, Names, Takes},
    near::{nearest, plain},
    tree::{Compare, value_written},
};
use crate::{error::Result, store::Tx};

/// So many are said at most.
const SAID: usize = 3;

/// A sentence for each, or nothing.
///
/// # Errors
/// As [`super::count`].
pub fn of(tx: &Tx, known: &Known, tree: &Tree) -> Result<Option<String>> {
    let mut named = Vec::new();
    names_in(known, tree, &mut named);
    let mut unknown = Vec::new();
    for (field, names, value) in named {
        let alone = Tree::Field { key: field.key.to_string(), compare: Compare::Is, values: vec![value.to_owned()] };
        if super::count(tx, &alone)? == 0 {
            unknown.push((field, names, value));
        }
    }
    let sentences = answer::asking(tx, known, &Tree::everybody(), |asking, _| {
        let mut sentences = Vec::new();
        for (field, names, value) in unknown {
            let wanted = plain(value);
            // Of all the organisations there are, those that have two of its letters: somebody is typing.
            let begins: String = wanted.chars().take(2).collect();
            let there: Vec<String> = names(asking, field, &begins)?.into_iter().map(|(name, _)| name).collect();
            if there.iter().any(|name| plain(name) == wanted) {
                continue;
            }
            let part =
                || there.iter().map(String::as_str).find(|name| !wanted.is_empty() && plain(name).contains(&wanted));
            sentences.push(match nearest(value, there.iter().map(String::as_str)).or_else(part) {
                Some(near) => {
                    format!("{0}: knows no “{value}”. Did you mean {0}:{1}?", field.key, value_written(near))
                }
                None => format!("{}: knows no “{value}”.", field.key),
            });
        }
        Ok(sentences)
    })?;
    Ok((!sentences.is_empty()).then(|| sentences.into_iter().take(SAID).collect::<Vec<_>>().join(" ")))
}

/// The names that must be somebody's for the tree to find them.
fn names_in<'t>(known: &'t Known, tree: &'t Tree, named: &mut Vec<(&'t Field, Names, &'t str)>) {
    match tree {
        Tree::All { of } | Tree::Any { of } => of.iter().for_each(|part| names_in(known, part, named)),
        Tree::Field { key, compare: Compare::Is, values } => {
            if let Some(field) = known.field(key, About::People)
                && let Takes::Name(names) = field.takes
            {
                named.extend(values.iter().map(|value| (field, names, value.as_str())));
            }
        }
        // What must not be so keeps nobody away by not being there.
        Tree::Not { .. } | Tree::Words { .. } | Tree::Entries { .. } | Tree::Field { .. } => {}
    }
}
