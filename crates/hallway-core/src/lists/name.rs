//! What a list or a view may be called.
use crate::{
    error::{Result, invalid},
    normal::fold,
};

/// The longest name, in characters, that a sidebar can show.
const LONGEST: usize = 80;

/// `what` begins a sentence: "A list".
///
/// # Errors
/// `invalid` under `name`.
pub(crate) fn check(name: &str, what: &str) -> Result<()> {
    if name.trim().is_empty() {
        return invalid("name", format!("{what} needs a name. Any name will do."));
    }
    if name.chars().count() > LONGEST {
        return invalid(
            "name",
            format!("{what} may be called by at most {LONGEST} characters. Say the rest in a note."),
        );
    }
    Ok(())
}

/// Whether a name is not taken already. `what` stands within a sentence: "a list".
///
/// # Errors
/// `invalid` under `name`.
pub(crate) fn unlike<'a>(name: &str, others: impl IntoIterator<Item = &'a str>, what: &str) -> Result<()> {
    let folded = fold(name);
    match others.into_iter().find(|other| fold(other) == folded) {
        Some(other) => invalid("name", format!("There is {what} “{other}” already. Choose another name.")),
        None => Ok(()),
    }
}
