//! `list:"Name"` in a filter.
use super::{ListRow, named, on, put_on};
use crate::{
    error::{Error, Result},
    filter::{
        self, Tree,
        fields::{Asked, Asking, Field, Group, Kept, Set, Takes},
    },
    store::Tx,
};

/// What can be asked about lists.
pub(crate) const FIELDS: &[Field] = &[Field::of_people(
    "list",
    "On the list",
    Group::Lists,
    Takes::Name(names),
    &["list:newsletter", "-list:\"Beta testers\"", "list:speakers,\"Beta testers\""],
    people,
)
.kept(Kept::File)
.also(&["lists", "on-list"])
.standing_for(tree)];

/// Whoever was put on one of these lists; a list that follows a filter is that filter.
fn people(asking: &Asking, asked: &Asked) -> Result<Set> {
    let mut set = asking.nobody();
    for name in asked.values {
        let Some(list) = named(asking.tx, name)?.filter(|list| list.filter.is_none()) else { continue };
        for id in on(asking.tx, &list)?.iter() {
            if let Some(slot) = asking.index.slot_of(*id) {
                set[slot as usize] = true;
            }
        }
    }
    Ok(set)
}

/// What a list that follows a filter stands for.
fn tree(tx: &Tx, name: &str) -> Result<Option<Tree>> {
    match named(tx, name)? {
        Some(ListRow { filter: Some(filter), name, .. }) => match filter::understood(tx, &filter) {
            Ok(tree) => Ok(Some(tree)),
            Err(Error::Invalid { field, message }) => Err(Error::Invalid {
                field,
                message: format!("The filter of the list “{name}” cannot be read: {message}"),
            }),
            Err(other) => Err(other),
        },
        _ => Ok(None),
    }
}

/// The names of all lists, with how many people were put on each; of one that follows a filter nothing is counted.
fn names(asking: &Asking, _: &Field, _: &str) -> Result<Vec<(String, Option<u32>)>> {
    let lists: Vec<ListRow> = asking.tx.find("WHERE deleted_at IS NULL ORDER BY rid", [])?;
    let put_on = put_on(asking.tx)?;
    let people = |list: &ListRow| match list.filter {
        None => Some(put_on.get(&list.id).copied().unwrap_or(0)),
        Some(_) => None,
    };
    Ok(lists.into_iter().map(|list| (people(&list), list)).map(|(people, list)| (list.name, people)).collect())
}
