//! Fields of whom one may write to, and why. Their answers are kept until the next change to the file.
use super::{Asked, Asking, Choice, Field, Group, Kept, Set, Takes};
use crate::{
    error::Result,
    filter::known::Known,
    trust::{self, Basis, Purpose},
};

pub const FIELDS: &[Field] = &[
    Field::of_people(
        "may",
        "May be written to, by e-mail",
        Group::Reach,
        Takes::Choice(purposes),
        &["may:list_mail", "-may:one_to_one"],
        may,
    )
    .kept(Kept::File)
    .also(&["may-write", "reachable"]),
    Field::of_people(
        "basis",
        "Why one may write to them",
        Group::Reach,
        Takes::Choice(bases),
        &["basis:opted_in", "basis:unknown", "basis:opted_in,existing_user"],
        basis,
    )
    .kept(Kept::File)
    .also(&["consent"]),
    Field::of_people(
        "suppressed",
        "Has an address on the suppression list",
        Group::Reach,
        Takes::YesNo,
        &["suppressed:yes"],
        suppressed,
    )
    .kept(Kept::File),
    Field::of_people("bounced", "Has an address that bounced", Group::Reach, Takes::YesNo, &["bounced:yes"], bounced)
        .kept(Kept::File),
    Field::of_people(
        "opted-out",
        "Has an address that was opted out",
        Group::Reach,
        Takes::YesNo,
        &["opted-out:yes"],
        opted_out,
    )
    .kept(Kept::File)
    .also(&["unsubscribed"]),
];

fn purposes(_: &Known, _: &Field) -> Vec<Choice> {
    Purpose::ALL
        .iter()
        .map(|purpose| match purpose {
            Purpose::OneToOne => Choice::new(purpose.key(), "A message of their own").also("one to one"),
            Purpose::ListMail => Choice::new(purpose.key(), "Mail to a list").also("list").also("newsletter"),
            Purpose::SwagPost => Choice::new(purpose.key(), "Something in the post").also("post"),
            Purpose::RecruitingIntro => Choice::new(purpose.key(), "An introduction to recruiting").also("recruiting"),
            Purpose::SalesIntro => Choice::new(purpose.key(), "An introduction to sales").also("sales"),
        })
        .collect()
}

fn bases(_: &Known, _: &Field) -> Vec<Choice> {
    Basis::ALL
        .iter()
        .map(|basis| match basis {
            Basis::OptedIn => Choice::new(basis.key(), "Opted in"),
            Basis::ExistingUser => Choice::new(basis.key(), "Uses what we make"),
            Basis::SaidYesInPerson => Choice::new(basis.key(), "Said yes in person"),
            Basis::TheyWroteFirst => Choice::new(basis.key(), "Wrote first"),
            Basis::PublicWorkOneToOne => Choice::new(basis.key(), "Public work, one to one"),
            Basis::Unknown => Choice::new(basis.key(), "Not known").also("none"),
            Basis::Objected => Choice::new(basis.key(), "Asked not to"),
        })
        .collect()
}

fn may(asking: &Asking, asked: &Asked) -> Result<Set> {
    let mut found = asking.nobody();
    for purpose in Purpose::ALL.iter().filter(|purpose| asked.has(purpose.key())) {
        for id in trust::who_may(asking.tx, *purpose)?.iter() {
            if let Some(slot) = asking.index.slot_of(*id) {
                found[slot as usize] = true;
            }
        }
    }
    Ok(found)
}

/// Unknown is said of whoever can be reached, and of whom nothing was said.
fn basis(asking: &Asking, asked: &Asked) -> Result<Set> {
    let said = |basis: Basis| asking.rows(SAID, [basis.key()]);
    let mut found = asking.nobody();
    let mut or = |set: Set| found.iter_mut().zip(set).for_each(|(found, one)| *found |= one);
    for basis in Basis::ALL.iter().filter(|basis| asked.has(basis.key())) {
        match basis {
            Basis::Unknown => {
                let mut unknown =
                    asking.rows("SELECT person_id AS person FROM contact_points WHERE deleted_at IS NULL", [])?;
                for basis in Basis::ALL.iter().filter(|basis| **basis != Basis::Unknown) {
                    unknown.iter_mut().zip(said(*basis)?).for_each(|(unknown, said)| *unknown &= !said);
                }
                let objected = asking.rows(OBJECTED, [])?;
                unknown.iter_mut().zip(objected).for_each(|(unknown, objected)| *unknown &= !objected);
                or(unknown);
            }
            Basis::Objected => {
                or(said(*basis)?);
                or(asking.rows(OBJECTED, [])?);
            }
            basis => or(said(*basis)?),
        }
    }
    Ok(found)
}

const OBJECTED: &str = "SELECT person_id AS person FROM objections WHERE deleted_at IS NULL";

/// Of whom it is what was said last of one of their addresses, for one of the purposes.
const SAID: &str =
    "SELECT c.person_id AS person FROM contact_bases b JOIN contact_points c ON c.id = b.contact_point_id
    WHERE b.basis = ?1 AND b.deleted_at IS NULL AND c.deleted_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM contact_bases n WHERE n.contact_point_id = b.contact_point_id AND n.purpose = b.purpose
        AND n.deleted_at IS NULL AND (n.created_at, n.id) > (b.created_at, b.id))";

fn suppressed(asking: &Asking, asked: &Asked) -> Result<Set> {
    let mut found = asking.nobody();
    for id in trust::suppressions::people(asking.tx)?.iter() {
        if let Some(slot) = asking.index.slot_of(*id) {
            found[slot as usize] = true;
        }
    }
    Ok(chosen(found, asked))
}

fn bounced(asking: &Asking, asked: &Asked) -> Result<Set> {
    with_status(asking, asked, "bounced")
}
fn opted_out(asking: &Asking, asked: &Asked) -> Result<Set> {
    with_status(asking, asked, "opted_out")
}
fn with_status(asking: &Asking, asked: &Asked, status: &str) -> Result<Set> {
    let found = asking.rows(
        "SELECT person_id AS person FROM contact_points WHERE status = ?1 AND status <> 'ok' AND deleted_at IS NULL",
        [status],
    )?;
    Ok(chosen(found, asked))
}

/// Those of whom it is so, those of whom it is not, or both.
fn chosen(found: Set, asked: &Asked) -> Set {
    let (yes, no) = asked.yes_no();
    found.into_iter().map(|it| if it { yes } else { no }).collect()
}
