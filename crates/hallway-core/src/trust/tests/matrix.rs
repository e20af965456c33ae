use crate::{
    contact_points::{ContactSource, ContactStatus},
    trust::{
        Basis, LeftOut, Purpose,
        decide::{Facts, decide, holds, source_of_both, stricter},
    },
};
use std::collections::BTreeSet;

/// Columns: they gave it, public profile, GitHub, badge, list sign-up, colleague, import.
const SOURCES: [ContactSource; 7] = [
    ContactSource::TheyGaveIt,
    ContactSource::PublicProfile,
    ContactSource::Github,
    ContactSource::Badge,
    ContactSource::ListSignup,
    ContactSource::Colleague,
    ContactSource::Import,
];

/// The file's words, in the order of the lines below.
const BASES: [Basis; 7] = [
    Basis::Unknown,
    Basis::TheyWroteFirst,
    Basis::SaidYesInPerson,
    Basis::OptedIn,
    Basis::ExistingUser,
    Basis::PublicWorkOneToOne,
    Basis::Objected,
];

/// Of addresses with which all is well: `.` may be used, `U` unknown basis, `N` no opt-in, `G` GitHub's terms, `O` objected.
const OK: [(Purpose, [&str; 7]); 5] = [
    (Purpose::OneToOne, ["UUUUUUU", ".......", ".......", ".......", ".......", ".......", "OOOOOOO"]),
    (Purpose::ListMail, ["UUGUUUU", "NNGNNNN", "NNGNNNN", ".......", "..G....", "NNGNNNN", "OOOOOOO"]),
    (Purpose::SwagPost, ["UUUUUUU", ".......", ".......", ".......", "NNNNNNN", "NNNNNNN", "OOOOOOO"]),
    (Purpose::RecruitingIntro, ["UUGUUUU", "NNGNNNN", ".......", ".......", "NNGNNNN", "NNGNNNN", "OOOOOOO"]),
    (Purpose::SalesIntro, ["UUGUUUU", "NNGNNNN", ".......", ".......", "NNGNNNN", "NNGNNNN", "OOOOOOO"]),
];

/// Of the others, whatever the purpose: `B` bounced, `W` somebody else's, `X` opted out.
const NOT_OK: [(ContactStatus, [&str; 7]); 3] = [
    (ContactStatus::Bounced, ["BBBBBBB", "BBBBBBB", "BBBBBBB", "BBBBBBB", "BBBBBBB", "BBBBBBB", "OOOOOOO"]),
    (ContactStatus::WrongPerson, ["WWWWWWW", "WWWWWWW", "WWWWWWW", "WWWWWWW", "WWWWWWW", "WWWWWWW", "OOOOOOO"]),
    (ContactStatus::OptedOut, ["XXXXXXX", "XXXXXXX", "XXXXXXX", "XXXXXXX", "XXXXXXX", "XXXXXXX", "OOOOOOO"]),
];

const WELL: Facts = Facts {
    source: ContactSource::TheyGaveIt,
    status: ContactStatus::Ok,
    basis: Basis::OptedIn,
    objected: false,
    suppressed: false,
    no_reply: false,
    teammate: false,
    do_not_contact: false,
    cooled_down: false,
};

fn meant(letter: u8) -> Option<LeftOut> {
    match letter {
        b'.' => None,
        b'U' => Some(LeftOut::UnknownBasis),
        b'N' => Some(LeftOut::NoOptIn),
        b'G' => Some(LeftOut::SourceForbids),
        b'O' => Some(LeftOut::Objected),
        b'B' => Some(LeftOut::Bounced),
        b'W' => Some(LeftOut::WrongPerson),
        b'X' => Some(LeftOut::OptedOut),
        other => panic!("{} means nothing", char::from(other)),
    }
}

#[test]
fn every_source_basis_status_and_purpose_is_decided_as_the_table_says() {
    let mut asserted = BTreeSet::new();
    let mut compare = |status: ContactStatus, purpose: Purpose, lines: &[&str; 7]| {
        for (basis, line) in BASES.iter().zip(lines) {
            assert_eq!(line.len(), SOURCES.len());
            for (source, letter) in SOURCES.iter().zip(line.bytes()) {
                let facts = Facts { source: *source, status, basis: *basis, ..WELL };
                assert_eq!(decide(&facts, purpose), meant(letter), "{purpose:?}, {source:?}, {basis:?}, {status:?}");
                asserted.insert((purpose.key(), source.key(), basis.key(), status.key()));
            }
        }
    };
    for (purpose, lines) in &OK {
        compare(ContactStatus::Ok, *purpose, lines);
        for (status, lines) in &NOT_OK {
            compare(*status, *purpose, lines);
        }
    }
    let all = Purpose::ALL.len() * ContactSource::ALL.len() * Basis::ALL.len() * ContactStatus::ALL.len();
    assert_eq!(asserted.len(), all, "a word was added that the table does not know");
}

#[test]
fn what_is_wrong_with_somebody_is_said_in_the_order_of_the_reasons() {
    let worst = Facts {
        source: ContactSource::Github,
        status: ContactStatus::OptedOut,
        basis: Basis::Objected,
        objected: true,
        suppressed: true,
        no_reply: true,
        teammate: true,
        do_not_contact: true,
        cooled_down: true,
    };
    let mut facts = worst;
    let mut said = Vec::new();
    let mends: [fn(&mut Facts); 8] = [
        |f| f.do_not_contact = false,
        |f| (f.objected, f.basis) = (false, Basis::Unknown),
        |f| f.suppressed = false,
        |f| f.status = ContactStatus::Ok,
        |f| f.teammate = false,
        |f| f.source = ContactSource::Badge,
        |f| f.no_reply = false,
        |f| f.basis = Basis::OptedIn,
    ];
    for mend in mends {
        said.extend(decide(&facts, Purpose::ListMail));
        mend(&mut facts);
    }
    said.extend(decide(&facts, Purpose::ListMail));
    use LeftOut::*;
    assert_eq!(
        said,
        [
            DoNotContact,
            Objected,
            Suppressed,
            OptedOut,
            Teammate,
            SourceForbids,
            NoReplyAddress,
            UnknownBasis,
            CooledDown
        ]
    );
    assert_eq!(decide(&facts, Purpose::SwagPost), None, "a parcel is not held back by peace and quiet");
    facts.cooled_down = false;
    for purpose in Purpose::ALL {
        assert_eq!(decide(&facts, *purpose), None);
    }
}

#[test]
fn an_objection_holds_until_an_opt_in_that_is_dated_after_it() {
    assert!(!holds(None, None));
    assert!(!holds(None, Some("2026-01-01")));
    assert!(holds(Some("2026-05-21"), None));
    assert!(holds(Some("2026-05-21"), Some("2026-05-20")));
    assert!(holds(Some("2026-05-21"), Some("2026-05-21")), "which came first that day nobody knows");
    assert!(!holds(Some("2026-05-21"), Some("2026-05-22")));
}

#[test]
fn of_two_words_the_stricter_counts_and_silence_is_none() {
    assert_eq!(stricter(Some(Basis::OptedIn), Some(Basis::PublicWorkOneToOne)), Some(Basis::PublicWorkOneToOne));
    assert_eq!(stricter(Some(Basis::Unknown), Some(Basis::OptedIn)), Some(Basis::Unknown));
    assert_eq!(stricter(Some(Basis::OptedIn), None), Some(Basis::OptedIn));
    assert_eq!(stricter(None, None), None);
}

#[test]
fn what_they_gave_us_themselves_is_no_longer_only_githubs() {
    use ContactSource::*;
    assert_eq!(source_of_both(Github, TheyGaveIt), TheyGaveIt);
    assert_eq!(source_of_both(Badge, Github), Badge);
    assert_eq!(source_of_both(Github, Import), Github);
    assert_eq!(source_of_both(Colleague, Github), Github);
    assert_eq!(source_of_both(PublicProfile, Import), PublicProfile);
}
