//! Whom a filter finds, found once: the count beside the line, the rows, the headings, views and lists all ask the same.
use super::{Asking, Known, Tree, asking, fields::Set};
use crate::{error::Result, people::index::PeopleIndex, store::Tx};
use std::sync::{Arc, Mutex, PoisonError};

/// Everybody a filter finds, by their slots in one state of the list.
pub struct Whom {
    pub set: Set,
    /// Nobody is spelled as it was typed; these come close.
    pub close: bool,
    pub count: u32,
    membership: u64,
}

/// What is found by whoever asks first; who asks meanwhile waits for it.
type Finding = Mutex<Option<Arc<Whom>>>;

/// Asks the list with everybody a tree finds; when nobody is spelled so and `forgiving`, with whoever comes close. What was
/// found is kept until the next change.
///
/// # Errors
/// `invalid` under `filter` when it asks for a field that is no more, or for too much.
pub fn whom<R>(tx: &Tx, tree: &Tree, forgiving: bool, ask: impl FnOnce(&PeopleIndex, &Whom) -> R) -> Result<R> {
    let known = Known::of(tx)?;
    let ask = if tx.is_writing() {
        ask
    } else {
        let find = |forgiving| asking(tx, &known, tree, |asking, tree| Ok(Arc::new(found(asking, tree, forgiving)?)));
        let (today, text) = (known.today, tree.written());
        let once = |key: &str, forgiving: bool| -> Result<Arc<Whom>> {
            let finding: Arc<Finding> = tx.cached(&format!("{key} {today} {text}"), || Ok(Mutex::new(None)))?;
            let mut finding = finding.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(whom) = &*finding {
                return Ok(whom.clone());
            }
            let whom = find(forgiving)?;
            *finding = Some(whom.clone());
            Ok(whom)
        };
        let mut whom = once("filter", false)?;
        // Nobody comes close while somebody is found.
        if forgiving && whom.count == 0 {
            whom = once("filter, forgiving", true)?;
        }
        let answer =
            tx.derived(
                |index: &PeopleIndex| {
                    if index.membership() == whom.membership { Ok(ask(index, &whom)) } else { Err(ask) }
                },
            )?;
        match answer {
            Ok(answer) => return Ok(answer),
            // Somebody came or went since: then of the list as it is.
            Err(ask) => ask,
        }
    };
    asking(tx, &known, tree, |asking, tree| Ok(ask(asking.index, &found(asking, tree, forgiving)?)))
}

fn found(asking: &Asking, tree: &Tree, forgiving: bool) -> Result<Whom> {
    let (set, close) = if forgiving { asking.people_or_close(tree)? } else { (asking.people(tree)?, false) };
    let count = asking.index.count(&set) as u32;
    Ok(Whom { set, close, count, membership: asking.index.membership() })
}
