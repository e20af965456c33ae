//! Fields of whom one may write to, and why. All of it is kept beside the list and follows each change, also of others who
//! have the same address.
use super::{Asked, Asking, Choice, Field, Group, Kept, Set, Takes};
use crate::{
    error::Result,
    filter::known::Known,
    trust::{self, Basis, Purpose},
};

pub const FIELDS: &[Field] = &[
    Field::of_people(
        "may",
        "May be written to by e-mail, or sent a parcel",
        Group::Reach,
        Takes::Choice(purposes),
        &["may:list_mail", "-may:one_to_one", "may:swag_post"],
        may,
    )
    .kept(Kept::Reach)
    .also(&["may-write", "reachable"]),
    Field::of_people(
        "basis",
        "Why one may write to them",
        Group::Reach,
        Takes::Choice(bases),
        &["basis:opted_in", "basis:unknown", "basis:opted_in,existing_user"],
        basis,
    )
    .kept(Kept::Particulars)
    .also(&["consent"]),
    Field::of_people(
        "suppressed",
        "Has an address on the suppression list",
        Group::Reach,
        Takes::YesNo,
        &["suppressed:yes"],
        suppressed,
    )
    .kept(Kept::Reach),
    Field::of_people("bounced", "Has an address that bounced", Group::Reach, Takes::YesNo, &["bounced:yes"], bounced)
        .kept(Kept::Particulars),
    Field::of_people(
        "opted-out",
        "Has an address that was opted out",
        Group::Reach,
        Takes::YesNo,
        &["opted-out:yes"],
        opted_out,
    )
    .kept(Kept::Particulars)
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
    let asked = Purpose::ALL.iter().filter(|purpose| asked.has(purpose.key())).map(|purpose| trust::bit(*purpose));
    let wanted = asked.fold(0, |all, bit| all | bit);
    let peace_from = trust::peace_from(asking.known.today);
    let today = asking.known.today.to_string();
    Ok(asking.reach()?.which(asking.index, |reach| reach.may(&today, &peace_from) & wanted != 0))
}

/// Unknown is said of whoever can be reached, and of whom nothing was said.
fn basis(asking: &Asking, asked: &Asked) -> Result<Set> {
    let asked: Vec<Basis> = Basis::ALL.iter().copied().filter(|basis| asked.has(basis.key())).collect();
    asking.of_particulars(|of_them| {
        asked.iter().any(|basis| match basis {
            Basis::Unknown => {
                let mut others = Basis::ALL.iter().filter(|basis| **basis != Basis::Unknown);
                of_them.can_be_reached() && !of_them.objected && !others.any(|basis| of_them.has_basis(*basis))
            }
            Basis::Objected => of_them.objected || of_them.has_basis(Basis::Objected),
            basis => of_them.has_basis(*basis),
        })
    })
}

fn suppressed(asking: &Asking, asked: &Asked) -> Result<Set> {
    Ok(chosen(asking.reach()?.which(asking.index, |reach| reach.suppressed), asked))
}

fn bounced(asking: &Asking, asked: &Asked) -> Result<Set> {
    Ok(chosen(asking.of_particulars(|of_them| of_them.bounced)?, asked))
}
fn opted_out(asking: &Asking, asked: &Asked) -> Result<Set> {
    Ok(chosen(asking.of_particulars(|of_them| of_them.opted_out)?, asked))
}

/// Those of whom it is so, those of whom it is not, or both.
fn chosen(found: Set, asked: &Asked) -> Set {
    let (yes, no) = asked.yes_no();
    found.into_iter().map(|it| if it { yes } else { no }).collect()
}
